"""Families of sentences, one family for each kind of finding.

The variant is chosen by what is said and where it stands, never at random: the same data always give
the same text, and two provinces do not read alike word for word.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import replace

from helpers.analysis.judgement import Finding, Kind
from helpers.analysis.measured import Beside, Earlier, Measured, Value
from helpers.commentary.numbers import Number, decimal, magnitude, place, whole
from helpers.commentary.text import joined, upper_first
from helpers.commentary.wording import verb

Phrase = Callable[[Finding], str]

_PERCENT = "%"


def sentence(finding: Finding, position: int = 0) -> str:
    """Write a finding as a Vietnamese sentence with traced numbers.

    Parameters
    ----------
    finding : Finding
    position : int
        Place of the sentence in its section; neighbours of one kind get different variants.

    Returns
    -------
    str
        Markdown, capitalised, with its full stop.
    """
    family = FAMILIES[finding.kind]
    about = finding.about
    printed = decimal(about.value.value, about.decimals) if about.value else ""
    key = f"{about.index}|{about.code}|{about.year}|{finding.kind}|{printed}"
    chosen = family[(zlib.crc32(key.encode()) + position) % len(family)]
    return f"{upper_first(chosen(finding))}."


def amount(measured: Measured, value: Value) -> str:
    """Write a value with its unit: ``78,04%``, ``85,78 điểm``, ``24.669 hộ``."""
    text = decimal(value.value, measured.decimals)
    if measured.unit == _PERCENT:
        return str(Number(_safe_percent(value.value, measured.decimals), value.source))
    return f"{Number(text, value.source)} {measured.unit}".rstrip()


def size_of(measured: Measured, value: Value) -> str:
    """Write the size of a difference with its unit: ``3,24 điểm phần trăm``."""
    unit = "điểm phần trăm" if measured.unit == _PERCENT else measured.unit
    return f"{Number(magnitude(value.value, measured.decimals), value.source)} {unit}".rstrip()


def _safe_percent(value: float, decimals: int) -> str:
    """Below 100 % never prints 100 %: digits are added until it does not."""
    digits = decimals
    while value < 100 and float(f"{value:.{digits}f}") >= 100:
        digits += 1
    text = decimal(value, digits)
    return f"{text}%"


# Parts ------------------------------------------------------------------------------------------


def _own(finding: Finding) -> str:
    measured = finding.about
    if measured.value is None:
        raise ValueError(f"{measured.name} không có giá trị.")
    return amount(measured, measured.value)


def _standing(measured: Measured) -> str:
    """Grade and place, as the end of the first sentence."""
    parts = []
    if measured.maximum is not None and measured.unit == "điểm":
        top = Number(decimal(measured.maximum, 0), f"điểm tối đa của {measured.name}")
        parts.append(f" trên thang {top}")
    if measured.grade.startswith("nhóm "):
        parts.append(f", thuộc {measured.grade}")
    elif measured.grade:
        parts.append(f", xếp loại {measured.grade}")
    held = measured.place
    if held is not None and held.units is not None and held.units > 1:
        parts.append(f", đứng thứ {Number(place(held.rank, held.units), held.source)}")
    elif held is not None and held.units is None:
        parts.append(f", xếp thứ {Number(whole(held.rank), held.source)}")
    return "".join(parts)


def _gap(finding: Finding) -> str:
    return size_of(finding.about, finding.values["gap"])


def _beside(finding: Finding) -> tuple[Beside, str]:
    if finding.beside is None:
        raise ValueError(f"«{finding.kind}» cần một giá trị để so sánh.")
    return finding.beside, amount(finding.about, finding.beside.value)


def _earlier(finding: Finding) -> tuple[Earlier, str]:
    if finding.earlier is None:
        raise ValueError(f"«{finding.kind}» cần một năm trước đó.")
    return finding.earlier, amount(finding.about, finding.earlier.value)


def _verb(finding: Finding) -> str:
    if finding.size is None or finding.direction is None:
        raise ValueError(f"«{finding.kind}» cần độ lớn và chiều.")
    return verb(finding.size, finding.direction)


def _names(finding: Finding) -> str:
    return joined([f"{child.name} ({_score(child)})" for child in finding.named])


def _score(child: Measured) -> str:
    """Write a criterion's value, beside its maximum where it has one: ``8,00/10 điểm``."""
    if child.value is None:
        raise ValueError(f"{child.name} không có giá trị.")
    if child.maximum is None or child.unit == _PERCENT:
        return amount(child, child.value)
    digits = 0 if float(child.maximum).is_integer() else child.decimals
    both = f"{decimal(child.value.value, child.decimals)}/{decimal(child.maximum, digits)}"
    return f"{Number(both, child.value.source)} {child.unit}"


def _places(finding: Finding) -> tuple[str, str]:
    measured, earlier = finding.about, finding.earlier
    if earlier is None or earlier.rank is None or measured.place is None:
        raise ValueError("cần thứ hạng của cả hai năm.")
    source = f"thứ hạng năm {earlier.year}"
    before = (
        Number(place(earlier.rank, earlier.units), source)
        if earlier.units
        else Number(whole(earlier.rank), source)
    )
    held = measured.place
    now = Number(place(held.rank, held.units or held.rank), held.source)
    return str(before), str(now)


# Families ---------------------------------------------------------------------------------------


def _level_a(finding: Finding) -> str:
    measured = finding.about
    return (
        f"{measured.name} năm {measured.year} {_is(measured)} {_own(finding)}{_standing(measured)}"
    )


def _level_b(finding: Finding) -> str:
    measured = finding.about
    name = _lower(measured.name)
    return f"Năm {measured.year}, {name} {_is(measured)} {_own(finding)}{_standing(measured)}"


def _is(measured: Measured) -> str:
    """What is better low is not attained."""
    return "đạt" if measured.higher_is_better else "là"


def _lower(name: str) -> str:
    """A name inside a sentence: only a capital that is not part of an abbreviation falls."""
    return name if name[1:2].isupper() or not name else name[0].lower() + name[1:]


def _not_measured(finding: Finding) -> str:
    measured = finding.about
    return f"{measured.name} năm {measured.year} chưa có giá trị: {measured.why}"


def _small_sample(finding: Finding) -> str:
    measured = finding.about
    got = Number(whole(measured.sample or 0), "số phiếu hợp lệ")
    needed = Number(whole(measured.sample_needed or 0), "cỡ mẫu tối thiểu theo quy định")
    return (
        f"số phiếu hợp lệ ({got}) dưới mức tối thiểu ({needed}) nên kết quả chỉ để tham khảo và "
        "không được xếp hạng"
    )


def _only_unit(finding: Finding) -> str:
    return f"chưa có đơn vị để so sánh thứ hạng của {_lower(finding.about.name)}"


def _place(finding: Finding) -> str:
    measured = finding.about
    held = measured.place
    if held is None or held.units is None:
        raise ValueError("cần thứ hạng và số đơn vị.")
    return f"{measured.name} đứng thứ {Number(place(held.rank, held.units), held.source)}"


def _place_of_unknown(finding: Finding) -> str:
    return "nguồn không nêu số đơn vị được xếp hạng nên chưa đánh giá được vị trí này cao hay thấp"


def _target(finding: Finding) -> tuple[Beside, str]:
    """A target is printed as it is set: ``80%``, not ``80,00%``."""
    beside, _ = _beside(finding)
    value = beside.value.value
    most = finding.about.decimals
    digits = next((d for d in range(most) if round(value, d) == value), most)
    return beside, amount(replace(finding.about, decimals=digits), beside.value)


def _target_met_a(finding: Finding) -> str:
    beside, value = _target(finding)
    if abs(finding.values["gap"].value) < finding.about.smallest_printed:
        return f"kết quả này đúng bằng {beside.name} ({value})"
    side = "cao hơn" if finding.values["gap"].value > 0 else "thấp hơn"
    return f"kết quả này đạt {beside.name} ({value}), {side} {_gap(finding)}"


def _target_met_b(finding: Finding) -> str:
    beside, value = _target(finding)
    return f"so với {beside.name} là {value}, kết quả đã đạt"


def _target_missed_a(finding: Finding) -> str:
    beside, value = _target(finding)
    return f"kết quả này chưa đạt {beside.name} ({value}), còn cách {_gap(finding)}"


def _target_missed_b(finding: Finding) -> str:
    beside, value = _target(finding)
    return f"so với {beside.name} là {value}, kết quả còn cách {_gap(finding)}"


def _change_a(finding: Finding) -> str:
    earlier, before = _earlier(finding)
    return f"so với năm {earlier.year} ({before}), kết quả {_verb(finding)} {_gap(finding)}"


def _change_b(finding: Finding) -> str:
    earlier, before = _earlier(finding)
    return (
        f"mức này {_verb(finding)} {_gap(finding)} so với năm {earlier.year}, "
        f"từ {before} thành {_own(finding)}"
    )


def _unclear(finding: Finding) -> str:
    earlier, _ = _earlier(finding)
    margin = size_of(finding.about, finding.values["margin"])
    return (
        f"so với năm {earlier.year}, chưa đủ cơ sở để kết luận là có thay đổi: chênh lệch "
        f"{_gap(finding)} nằm trong sai số khảo sát (±{margin})"
    )


def _unchanged(finding: Finding) -> str:
    earlier, _ = _earlier(finding)
    return f"kết quả giữ nguyên so với năm {earlier.year}"


def _not_comparable(finding: Finding) -> str:
    earlier, _ = _earlier(finding)
    first, *rest = earlier.reasons
    # Each further reason is a sentence of its own: together they are too long to be read.
    more = "".join(f". Ngoài ra, {reason}" for reason in rest)
    return f"kết quả không so sánh được với năm {earlier.year} vì {first}{more}"


def _since_base(finding: Finding) -> str:
    earlier, before = _earlier(finding)
    return (
        f"so với năm {earlier.year}, năm gốc của nhiệm kỳ ({before}), kết quả {_verb(finding)} "
        f"{_gap(finding)}"
    )


def _place_moved_a(finding: Finding) -> str:
    before, now = _places(finding)
    if finding.direction is None:
        return f"thứ hạng giữ nguyên ({now})"
    return f"thứ hạng thay đổi từ {before} thành {now}"


def _points_up(finding: Finding) -> str:
    before, now = _places(finding)
    return (
        f"tuy kết quả cao hơn năm {finding.earlier.year if finding.earlier else ''}, thứ hạng lùi từ "
        f"{before} xuống {now}, vì có đơn vị khác tiến nhanh hơn"
    )


def _points_down(finding: Finding) -> str:
    before, now = _places(finding)
    return (
        f"tuy kết quả thấp hơn năm {finding.earlier.year if finding.earlier else ''}, thứ hạng lại lên "
        f"từ {before} thành {now}, vì có đơn vị khác giảm nhiều hơn"
    )


def _above_a(finding: Finding) -> str:
    beside, value = _beside(finding)
    return f"mức này cao hơn {beside.name} ({value}) {_gap(finding)}"


def _above_b(finding: Finding) -> str:
    beside, value = _beside(finding)
    return f"so với {beside.name} là {value}, kết quả cao hơn {_gap(finding)}"


def _below_a(finding: Finding) -> str:
    beside, value = _beside(finding)
    return f"mức này thấp hơn {beside.name} ({value}) {_gap(finding)}"


def _below_b(finding: Finding) -> str:
    beside, value = _beside(finding)
    return f"so với {beside.name} là {value}, kết quả thấp hơn {_gap(finding)}"


def _equal(finding: Finding) -> str:
    beside, value = _beside(finding)
    return f"mức này ngang với {beside.name} ({value})"


def _closing_in(finding: Finding) -> str:
    before = size_of(finding.about, finding.values["before"])
    now = size_of(finding.about, finding.values["now"])
    return f"tuy còn dưới mức bình quân, khoảng cách đã thu hẹp từ {before} còn {now}"


def _is_best(finding: Finding) -> str:
    return "đây là kết quả cao nhất trong các đơn vị được xếp hạng"


def _is_lowest(finding: Finding) -> str:
    return "đây là kết quả thấp nhất trong các đơn vị được xếp hạng"


def _gap_to_best(finding: Finding) -> str:
    beside, value = _beside(finding)
    return f"đơn vị cao nhất là {beside.name} ({value}), cách {_gap(finding)}"


def _course(finding: Finding) -> str:
    course = finding.about.course
    way = "tăng liên tục" if finding.direction == "up" else "giảm liên tục"
    return f"kết quả {way} từ năm {course[0][0]} đến năm {course[-1][0]}"


def _appraised_lower(finding: Finding) -> str:
    given = amount(finding.about, finding.values["self"])
    return f"thẩm định thấp hơn mức tự chấm ({given}) {_gap(finding)}"


def _appraised_higher(finding: Finding) -> str:
    given = amount(finding.about, finding.values["self"])
    return f"thẩm định cao hơn mức tự chấm ({given}) {_gap(finding)}"


def _lost(finding: Finding) -> str:
    total = size_of(finding.about, finding.values["total"])
    parts = [_lost_of(child) for child in finding.named]
    return f"tổng số điểm bị mất là {total}, nhiều nhất ở {joined(parts)}"


def _lost_of(child: Measured) -> str:
    if child.value is None or child.maximum is None:
        raise ValueError(f"{child.name} không có điểm hoặc điểm tối đa.")
    lost = Value(child.maximum - child.value.value, f"điểm tối đa trừ điểm đạt của {child.name}")
    return f"{child.name} ({size_of(child, lost)})"


def _strongest_a(finding: Finding) -> str:
    return f"cao nhất là {_names(finding)}"


def _strongest_b(finding: Finding) -> str:
    return f"kết quả tốt nhất ở {_names(finding)}"


def _weakest_a(finding: Finding) -> str:
    return f"thấp nhất là {_names(finding)}"


def _weakest_b(finding: Finding) -> str:
    return (
        f"những nội dung còn thấp là {_names(finding)}"
        if len(finding.named) > 1
        else f"nội dung còn thấp là {_names(finding)}"
    )


def _contribution(finding: Finding) -> str:
    earlier, _ = _earlier(finding)
    way = "tăng" if finding.direction == "up" else "giảm"
    return (
        f"phần đóng góp lớn nhất vào mức {way} so với năm {earlier.year} là {finding.about.name} "
        f"({way} {_gap(finding)})"
    )


FAMILIES: dict[Kind, tuple[Phrase, ...]] = {
    "level": (_level_a, _level_b),
    "not_measured": (_not_measured,),
    "small_sample": (_small_sample,),
    "place": (_place,),
    "place_of_unknown": (_place_of_unknown,),
    "only_unit": (_only_unit,),
    "target_met": (_target_met_a, _target_met_b),
    "target_missed": (_target_missed_a, _target_missed_b),
    "change": (_change_a, _change_b),
    "unclear_change": (_unclear,),
    "unchanged": (_unchanged,),
    "not_comparable": (_not_comparable,),
    "since_base": (_since_base,),
    "place_moved": (_place_moved_a,),
    "points_up_place_down": (_points_up,),
    "points_down_place_up": (_points_down,),
    "above": (_above_a, _above_b),
    "below": (_below_a, _below_b),
    "equal": (_equal,),
    "closing_in": (_closing_in,),
    "is_best": (_is_best,),
    "is_lowest": (_is_lowest,),
    "gap_to_best": (_gap_to_best,),
    "course": (_course,),
    "appraised_lower": (_appraised_lower,),
    "appraised_higher": (_appraised_higher,),
    "lost": (_lost,),
    "strongest": (_strongest_a, _strongest_b),
    "weakest": (_weakest_a, _weakest_b),
    "contribution": (_contribution,),
}
