"""Families of sentences, one family for each kind of finding.

The variant is chosen by what is said and where it stands, never at random: the same data always give
the same text, and two provinces do not read alike word for word.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import replace

from helpers.facts.figures import Beside, Measured, Value
from helpers.facts.judgement import Finding, Kind
from helpers.words.numbers import Number, decimal, place, whole
from helpers.words.phrase_parts import (
    amount,
    beside_of,
    earlier_of,
    gap,
    names_of,
    own,
    places_of,
    size_of,
    standing,
    verb_of,
)
from helpers.words.text import joined, upper_first

Phrase = Callable[[Finding], str]


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


def _level_a(finding: Finding) -> str:
    measured = finding.about
    return f"{measured.name} năm {measured.year} {_is(measured)} {own(finding)}{standing(measured)}"


def _level_b(finding: Finding) -> str:
    measured = finding.about
    name = _lower(measured.name)
    return f"Năm {measured.year}, {name} {_is(measured)} {own(finding)}{standing(measured)}"


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
    if measured.sample is None or measured.sample_needed is None:
        raise ValueError("cần số phiếu hợp lệ và cỡ mẫu tối thiểu.")
    got = Number(whole(measured.sample), "số phiếu hợp lệ")
    needed = Number(whole(measured.sample_needed), "cỡ mẫu tối thiểu theo quy định")
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
    beside, _ = beside_of(finding)
    value = beside.value.value
    most = finding.about.decimals
    digits = next((d for d in range(most) if round(value, d) == value), most)
    return beside, amount(replace(finding.about, decimals=digits), beside.value)


def _target_met_a(finding: Finding) -> str:
    beside, value = _target(finding)
    if abs(finding.values["gap"].value) < finding.about.smallest_printed:
        return f"kết quả này đúng bằng {beside.name} ({value})"
    return f"kết quả này đạt {beside.name} ({value}), {_side(finding)} {gap(finding)}"


def _target_met_b(finding: Finding) -> str:
    beside, value = _target(finding)
    return f"so với {beside.name} là {value}, kết quả đã đạt"


def _target_missed_a(finding: Finding) -> str:
    beside, value = _target(finding)
    return f"kết quả này chưa đạt {beside.name} ({value}), còn cách {gap(finding)}"


def _target_missed_b(finding: Finding) -> str:
    beside, value = _target(finding)
    return f"so với {beside.name} là {value}, kết quả còn cách {gap(finding)}"


def _target_unclear(finding: Finding) -> str:
    beside, value = _target(finding)
    return f"so với {beside.name} ({value}), chưa kết luận được đạt hay chưa đạt"


def _change_a(finding: Finding) -> str:
    earlier, before = earlier_of(finding)
    return f"so với năm {earlier.year} ({before}), kết quả {verb_of(finding)} {gap(finding)}"


def _change_b(finding: Finding) -> str:
    earlier, before = earlier_of(finding)
    return (
        f"mức này {verb_of(finding)} {gap(finding)} so với năm {earlier.year}, "
        f"từ {before} thành {own(finding)}"
    )


def _unclear(finding: Finding) -> str:
    earlier, _ = earlier_of(finding)
    margin = size_of(finding.about, finding.values["margin"])
    return (
        f"so với năm {earlier.year}, chưa đủ cơ sở để kết luận là có thay đổi: chênh lệch "
        f"{gap(finding)} nằm trong {_error(finding)} (±{margin})"
    )


def _unknown_change(finding: Finding) -> str:
    earlier, before = earlier_of(finding)
    return (
        f"năm {earlier.year}, kết quả là {before}; chưa có sai số khảo sát nên chưa kết luận được "
        "tăng hay giảm"
    )


def _unchanged(finding: Finding) -> str:
    earlier, _ = earlier_of(finding)
    return f"kết quả giữ nguyên so với năm {earlier.year}"


def _not_comparable(finding: Finding) -> str:
    earlier, _ = earlier_of(finding)
    first, *rest = earlier.reasons
    # Each further reason is a sentence of its own: together they are too long to be read.
    more = "".join(f". Ngoài ra, {reason}" for reason in rest)
    return f"kết quả không so sánh được với năm {earlier.year} vì {first}{more}"


def _since_base(finding: Finding) -> str:
    earlier, before = earlier_of(finding)
    return (
        f"so với năm {earlier.year}, năm gốc của nhiệm kỳ ({before}), kết quả {verb_of(finding)} "
        f"{gap(finding)}"
    )


def _place_moved(finding: Finding) -> str:
    before, now = places_of(finding)
    if finding.direction is None:
        return f"thứ hạng giữ nguyên ({now})"
    return f"thứ hạng thay đổi từ {before} thành {now}"


def _points_up(finding: Finding) -> str:
    before, now = places_of(finding)
    earlier, _ = earlier_of(finding)
    return (
        f"tuy kết quả cao hơn năm {earlier.year}, thứ hạng lùi từ "
        f"{before} xuống {now}, vì có đơn vị khác tiến nhanh hơn"
    )


def _points_down(finding: Finding) -> str:
    before, now = places_of(finding)
    earlier, _ = earlier_of(finding)
    return (
        f"tuy kết quả thấp hơn năm {earlier.year}, thứ hạng lại lên "
        f"từ {before} thành {now}, vì có đơn vị khác giảm nhiều hơn"
    )


def _against_a(finding: Finding) -> str:
    beside, value = beside_of(finding)
    return f"mức này {_side(finding)} {beside.name} ({value}) {gap(finding)}"


def _against_b(finding: Finding) -> str:
    beside, value = beside_of(finding)
    return f"so với {beside.name} là {value}, kết quả {_side(finding)} {gap(finding)}"


def _side(finding: Finding) -> str:
    side = "cao hơn" if finding.values["gap"].value > 0 else "thấp hơn"
    return f"nhiều khả năng {side}" if finding.assumed else side


def _error(finding: Finding) -> str:
    return "sai số ước tính" if finding.assumed else "sai số khảo sát"


def _equal(finding: Finding) -> str:
    beside, value = beside_of(finding)
    return f"mức này ngang với {beside.name} ({value})"


def _unclear_side(finding: Finding) -> str:
    beside, value = beside_of(finding)
    return (
        f"chênh lệch với {beside.name} ({value}) nằm trong {_error(finding)} nên chưa kết luận được "
        "cao hơn hay thấp hơn"
    )


def _unknown_side(finding: Finding) -> str:
    beside, value = beside_of(finding)
    return f"{beside.name} là {value}"


def _closing_in(finding: Finding) -> str:
    before = size_of(finding.about, finding.values["before"])
    now = size_of(finding.about, finding.values["now"])
    return f"tuy còn dưới mức bình quân, khoảng cách đã thu hẹp từ {before} còn {now}"


def _is_best(finding: Finding) -> str:
    return "đây là kết quả cao nhất trong các đơn vị được xếp hạng"


def _is_lowest(finding: Finding) -> str:
    return "đây là kết quả thấp nhất trong các đơn vị được xếp hạng"


def _gap_to_best(finding: Finding) -> str:
    beside, value = beside_of(finding)
    return f"đơn vị cao nhất là {beside.name} ({value}), cách {gap(finding)}"


def _course(finding: Finding) -> str:
    course = finding.about.course
    way = "tăng liên tục" if finding.direction == "up" else "giảm liên tục"
    return f"kết quả {way} từ năm {course[0][0]} đến năm {course[-1][0]}"


def _appraised(finding: Finding) -> str:
    given = amount(finding.about, finding.values["self"])
    side = "thấp hơn" if finding.kind == "appraised_lower" else "cao hơn"
    return f"thẩm định {side} mức tự chấm ({given}) {gap(finding)}"


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
    return f"cao nhất là {names_of(finding)}"


def _strongest_b(finding: Finding) -> str:
    return f"kết quả tốt nhất ở {names_of(finding)}"


def _weakest_a(finding: Finding) -> str:
    return f"thấp nhất là {names_of(finding)}"


def _weakest_b(finding: Finding) -> str:
    return (
        f"những nội dung còn thấp là {names_of(finding)}"
        if len(finding.named) > 1
        else f"nội dung còn thấp là {names_of(finding)}"
    )


def _contribution(finding: Finding) -> str:
    earlier, _ = earlier_of(finding)
    way = "tăng" if finding.direction == "up" else "giảm"
    return (
        f"phần đóng góp lớn nhất vào mức {way} so với năm {earlier.year} là {finding.about.name} "
        f"({way} {gap(finding)})"
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
    "target_unclear": (_target_unclear,),
    "change": (_change_a, _change_b),
    "unclear_change": (_unclear,),
    "unknown_change": (_unknown_change,),
    "unchanged": (_unchanged,),
    "not_comparable": (_not_comparable,),
    "since_base": (_since_base,),
    "place_moved": (_place_moved,),
    "points_up_place_down": (_points_up,),
    "points_down_place_up": (_points_down,),
    "above": (_against_a, _against_b),
    "below": (_against_a, _against_b),
    "equal": (_equal,),
    "unclear_side": (_unclear_side,),
    "unknown_side": (_unknown_side,),
    "closing_in": (_closing_in,),
    "is_best": (_is_best,),
    "is_lowest": (_is_lowest,),
    "gap_to_best": (_gap_to_best,),
    "course": (_course,),
    "appraised_lower": (_appraised,),
    "appraised_higher": (_appraised,),
    "lost": (_lost,),
    "strongest": (_strongest_a, _strongest_b),
    "weakest": (_weakest_a, _weakest_b),
    "contribution": (_contribution,),
}
