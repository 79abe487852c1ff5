"""What the report says of districts, groups, movement and deprivations."""

from __future__ import annotations

from functools import partial

import pandas as pd

from helpers.facts.comparison import HALF_PRINTED, NOISE
from helpers.facts.leading import Leading, leading, population
from helpers.indices.poverty import text_words as words
from helpers.indices.poverty.disclosure import HIDDEN
from helpers.indices.poverty.households import CAUSE_KIND, GROUP_KIND
from helpers.indices.poverty.levels import NAMES
from helpers.indices.poverty.moves import Moved
from helpers.indices.poverty.result import PovertyResult
from helpers.words.numbers import Number, percent, signed, whole
from helpers.words.text import Text, escape, joined, paragraphs, upper_first

MOST_NAMED = 3


def share(value: float, what: str, row: pd.Series) -> Number:
    """Write a computed rate of a row in percent; `what` says of what."""
    return Number(percent(value / 100, 2), f"{what}: tính toán; {row['origin']}")


def units(result: PovertyResult) -> Text:
    """Name the districts at both ends, and those whose rate rose."""
    rows = result.units
    if rows.empty:
        return paragraphs("Chưa có số liệu theo địa bàn nên chưa so sánh được giữa các địa bàn.")
    known = rows[rows["poor"].notna() & ~rows[HIDDEN]]
    if len(known) < 2:
        return paragraphs(
            "@tbl-districts nêu số hộ theo địa bàn; chưa có tổng số hộ của từng địa bàn nên chưa "
            "so sánh được tỷ lệ."
        )
    hidden = int(rows[HIDDEN].sum())
    count = Number(whole(len(known)), f"đếm địa bàn có tỷ lệ; {known['origin'].iloc[0]}")
    if hidden:
        # The highest and the lowest rates may be among those that are hidden.
        first = known.sort_values("poor", ascending=False, kind="stable").head(MOST_NAMED)
        said = [
            f"{count} {words.units_of(result)} được nêu tỷ lệ hộ nghèo, trong đó có "
            f"{joined([_rate_of(result, row) for _, row in first.iterrows()])} (@fig-districts và "
            "@tbl-districts).",
            f"{Number(whole(hidden), 'đếm địa bàn không được nêu')} địa bàn khác không được nêu "
            f"({words.hidden_why(result)}), nên báo cáo không xếp các địa bàn từ cao xuống thấp.",
        ]
    else:
        said = _ends(result, known, count)
    return paragraphs(said, _concentration(result, known), _risen(result, known))


def _ends(result: PovertyResult, known: pd.DataFrame, count: Number) -> list[str]:
    """Name the units with the highest and the lowest rates, and all that print alike."""
    rows = [row for _, row in known.sort_values("poor", ascending=False, kind="stable").iterrows()]
    named = min(MOST_NAMED, len(rows) // 2)
    most = leading(rows, _printed, named)
    least = leading(rows[::-1], lambda row: -_printed(row), named)
    see, what = "(@fig-districts và @tbl-districts)", words.units_of(result)
    if _printed(rows[0]) == _printed(rows[-1]):
        rate = share(float(rows[0]["poor"]), "tỷ lệ hộ nghèo", rows[0])
        return [f"Cả {count} {what} có cùng tỷ lệ hộ nghèo {rate} {see}."]
    said = [
        f"Trong {count} {what} được nêu tỷ lệ, tỷ lệ hộ nghèo cao nhất là "
        f"{_named(result, most, 'cao nhất', rows)}."
    ]
    return [*said, f"Thấp nhất là {_named(result, least, 'thấp nhất', rows[::-1])} {see}."]


def _printed(row: pd.Series) -> float:
    return _of(row, column="poor")


def _of(row: pd.Series, *, column: str) -> float:
    """Return a rate as it is printed."""
    return round(float(row[column]), 2)


def _named(
    result: PovertyResult, found: Leading[pd.Series], side: str, rows: list[pd.Series]
) -> str:
    if found.named:
        return joined([_rate_of(result, row) for row in found.named])
    first = rows[0]
    counted = Number(whole(found.left), f"đếm địa bàn có tỷ lệ {side}; {first['origin']}")
    return f"{share(float(first['poor']), side, first)}, ở {counted} địa bàn"


def _rate_of(result: PovertyResult, row: pd.Series) -> str:
    name = str(row[result.unit_name])
    return f"{escape(name)} ({share(float(row['poor']), name, row)})"


def _concentration(result: PovertyResult, known: pd.DataFrame) -> str:
    total = result.state.households("poor")
    rows = [row for _, row in result.units.iterrows()]
    counted = population(rows, lambda row: None if row[HIDDEN] else float(row["ho_ngheo"]))
    if total is None or total.value <= 0 or not counted.is_whole or len(known) <= MOST_NAMED:
        return ""
    most = result.units.nlargest(MOST_NAMED, "ho_ngheo", keep="all")
    if len(most) > MOST_NAMED or float(most["ho_ngheo"].iloc[-1]) <= 0:
        return ""
    part = float(most["ho_ngheo"].sum()) / total.value
    names = joined([escape(str(name)) for name in most[result.unit_name]])
    trace = f"tính toán: số hộ nghèo của ba địa bàn chia tổng; {most['origin'].iloc[0]}"
    return (
        f"Ba địa bàn có nhiều hộ nghèo nhất là {names}, chiếm {Number(percent(part, 1), trace)} số "
        "hộ nghèo."
    )


def _risen(result: PovertyResult, known: pd.DataFrame) -> str:
    if result.why_not_since_start:
        return ""
    compared = known[known["change"].notna()]
    if compared.empty:
        return ""
    # One household more or less in the smaller of the two numbers of households is no news.
    floor = (100 / compared[["tong_ho", "tong_ho_dau"]].min(axis=1)).clip(
        lower=HALF_PRINTED
    ) + NOISE
    risen = compared[compared["change"] > floor].sort_values("change", ascending=False)
    fallen = compared[compared["change"] < -floor]
    still = len(compared) - len(risen) - len(fallen)
    parts = []
    if len(fallen):
        parts.append(f"giảm ở {_counted(fallen, 'có tỷ lệ giảm')} địa bàn")
    if len(risen):
        named = [_rise_of(result, row) for _, row in risen.head(MOST_NAMED).iterrows()]
        more = " và một số địa bàn khác" if len(risen) > MOST_NAMED else ""
        parts.append(f"tăng ở {joined(named)}{more}, tính bằng điểm phần trăm")
    if still:
        counted = _counted(compared, "thay đổi không quá một hộ", still)
        parts.append(f"thay đổi không quá mức của một hộ ở {counted} địa bàn")
    told = "; ".join(parts)
    if len(fallen) == len(result.units):
        told += " và không tăng ở địa bàn nào"
    among = ""
    if len(compared) < len(result.units):
        among = f", trong {_counted(compared, 'so sánh được')} địa bàn so sánh được"
    return f"So với đầu năm{among}, tỷ lệ hộ nghèo {told}."


def _counted(rows: pd.DataFrame, what: str, number: int | None = None) -> Number:
    trace = f"đếm địa bàn {what}; {rows['origin'].iloc[0]}"
    return Number(whole(len(rows) if number is None else number), trace)


def _rise_of(result: PovertyResult, row: pd.Series) -> str:
    change = Number(signed(float(row["change"])), f"tính toán: {row['origin']}")
    return f"{escape(str(row[result.unit_name]))} ({change})"


def lower_first(text: str) -> str:
    """Lower the first letter of a name that stands inside a sentence; an abbreviation keeps it."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def groups(result: PovertyResult) -> Text:
    """Say how poor the groups are, and what causes were recorded."""
    rows = result.groups
    if rows.empty:
        return paragraphs("Chưa có số liệu theo nhóm đối tượng, dân tộc và nguyên nhân nghèo.")
    shown = rows[~rows[HIDDEN]]
    own = shown[(shown["loai"] == GROUP_KIND) & shown["poor"].notna()]
    said = [
        f"{escape(lower_first(str(row['nhom'])))} là "
        f"{share(float(row['poor']), str(row['nhom']), row)}"
        for _, row in own.head(MOST_NAMED + 1).iterrows()
    ]
    first = f"Tỷ lệ hộ nghèo trong {joined(said)} (@tbl-groups)." if said else ""
    told = paragraphs([first, _causes(result, rows)])
    return told if told.paragraphs else paragraphs("Số hộ theo nhóm được nêu ở bảng dưới đây.")


def _causes(result: PovertyResult, rows: pd.DataFrame) -> str:
    causes = [row for _, row in rows[rows["loai"] == CAUSE_KIND].iterrows()]
    among = population(causes, lambda row: None if row[HIDDEN] else float(row["ho_ngheo"]))
    shown = [row for row in among.known if row["ho_ngheo"] > 0]
    found = leading(shown, lambda row: float(row["ho_ngheo"]), MOST_NAMED)
    if not found.named:
        return ""
    named = joined(
        [
            f"{escape(lower_first(str(row['nhom'])))} "
            f"({Number(whole(int(row['ho_ngheo'])), str(row['origin']))} hộ nghèo)"
            for row in found.named
        ]
    )
    see = "một hộ có thể có nhiều nguyên nhân (@tbl-causes)"
    if not among.is_whole or not result.causes_known:
        return f"Trong các nguyên nhân nghèo được ghi có {named}; {see}."
    return f"Nguyên nhân nghèo được ghi nhiều nhất là {named}; {see}."


def movement(result: PovertyResult) -> Text:
    """Say who escaped, fell back and became poor, and whether the table adds up."""
    if not result.moved:
        return paragraphs(
            "Chưa có bảng diễn biến nên chưa biết bao nhiêu hộ thoát nghèo, tái nghèo và phát sinh "
            "mới."
        )
    return paragraphs(*[_moved(result, one) for one in result.moved])


def _moved(result: PovertyResult, one: Moved) -> list[str]:
    found = one.movement
    name = NAMES[one.kind]

    def number(value: int, what: str) -> Number:
        return Number(whole(value), f"{what}: {one.trace}")

    escaped = "thoát nghèo" if one.kind == "poor" else "thoát cận nghèo"
    back = "tái nghèo" if one.kind == "poor" else "tái cận nghèo"
    flows = [
        f"{number(count, what)} hộ {what}"
        for column, what in (
            ("thoat", escaped),
            ("tai", back),
            ("phat_sinh", "phát sinh mới"),
        )
        if (count := one.shown(column)) is not None
    ]
    if one.entered is not None and not {"tai", "phat_sinh"} & one.counts.keys():
        entered = number(one.entered, f"{back} hoặc phát sinh mới, không rõ từng loại")
        flows.append(f"{entered} hộ {back} hoặc phát sinh mới")
    start, end = one.shown("dau_ky"), one.shown("cuoi_ky")
    parts = [
        "" if start is None else f"đầu năm có {number(start, 'đầu năm')} {name}",
        f"trong năm có {joined(flows)}" if flows else "",
        "" if end is None else f"cuối năm còn {number(end, 'cuối năm')} {name}",
    ]
    told = "; ".join(part for part in parts if part)
    said = [f"{upper_first(told)} (@tbl-movement)."] if told else []
    others = [
        f"{number(count, what)} hộ {what}"
        for column, what in (
            ("giam_khac", "giảm vì lý do khác"),
            ("tang_khac", "tăng vì lý do khác"),
        )
        if (count := one.shown(column))
    ]
    if others:
        # Without these the sentence above would not add up for whoever checks it.
        said.append(f"Ngoài ra có {joined(others)}, gồm chuyển loại, chuyển đi và chuyển đến.")
    if one.hidden:
        said.append(
            f"Một số mục trong diễn biến của {name} không được nêu ({words.hidden_why(result)})."
        )
    if found.expected_end is not None and found.gap:
        expected = Number(
            whole(found.expected_end), f"tính toán: đầu năm trừ giảm cộng tăng; {one.trace}"
        )
        said.append(
            f"Cộng trừ các dòng của bảng cho {expected} hộ cuối năm, khác số đã nêu; báo cáo giữ "
            "số đã nêu, đề nghị cơ quan xác nhận."
        )
    return said


def _listed(result: PovertyResult) -> int:
    """Return how many indicators the edition asks for."""
    return sum(len(top.children) for top in result.edition.criteria)


def deprivations(result: PovertyResult) -> Text:
    """Name what poor and near-poor households lack most."""
    rows = result.deprivations
    if not result.edition.criteria:
        return paragraphs(
            "Danh mục chỉ số thiếu hụt của giai đoạn này chưa có trong định nghĩa nên báo cáo "
            "không phân tích thiếu hụt."
        )
    if rows.empty:
        return paragraphs("Chưa có số hộ thiếu hụt theo từng chỉ số dịch vụ xã hội cơ bản.")
    said = []
    for column, name in (("poor", "hộ nghèo"), ("near_poor", "hộ cận nghèo")):
        every = [row for _, row in rows.iterrows()]
        among = population(every, partial(_of, column=column), of=_listed(result))
        found = leading(among.known, partial(_of, column=column), MOST_NAMED)
        if not found.named:
            continue
        most = [
            f"{row['name']} ({share(float(row[column]), str(row['name']) + ', ' + name, row)})"
            for row in found.named
        ]
        hidden = int(rows[f"hidden_{column}"].sum())
        if among.is_whole:
            said.append(f"Trong số {name}, thiếu hụt nhiều nhất là {joined(most)}.")
            continue
        if not hidden:
            known = Number(whole(len(among.known)), f"đếm chỉ số có số liệu của {name}")
            said.append(
                f"Trong {known} chỉ số có số liệu của {name}, thiếu hụt nhiều nhất là {joined(most)}."
            )
            continue
        # What nearly all of them lack is hidden, too.
        counted = Number(whole(hidden), f"đếm chỉ số không được nêu của {name}")
        said.append(
            f"Trong số {name}, các chỉ số thiếu hụt được nêu có {joined(most)}; {counted} chỉ số không "
            f"được nêu ({words.hidden_why(result)})."
        )
    return paragraphs([*said, "Số liệu đầy đủ ở @tbl-deprivations."])
