"""What the report on poor and near-poor households says, section by section."""

from __future__ import annotations

import pandas as pd

from helpers.facts.comparison import HALF_PRINTED
from helpers.facts.leading import leading
from helpers.facts.weak import WeakPoint
from helpers.indices.poverty import text_parts as poverty_parts
from helpers.indices.poverty import text_words as words
from helpers.indices.poverty.levels import NAMES, RATE_NAMES, Kind, Measure
from helpers.indices.poverty.moves import Moved
from helpers.indices.poverty.result import PovertyResult
from helpers.indices.poverty.text_changes import changes, plan
from helpers.words.numbers import Number, decimal, magnitude, whole
from helpers.words.text import FrontMatter, Text, escape, joined, paragraphs, plain, upper_first

__all__ = [
    "brief",
    "changes",
    "deprivations",
    "groups",
    "movement",
    "overview",
    "plan",
    "title",
    "units",
    "weak_points",
]

units = poverty_parts.units
groups = poverty_parts.groups
movement = poverty_parts.movement
deprivations = poverty_parts.deprivations


def title(result: PovertyResult) -> FrontMatter:
    """Return title, subtitle and description of the document."""
    full_name = result.place.full_name(result.year)
    return FrontMatter(
        title=f"Hộ nghèo, hộ cận nghèo năm {result.year} của {full_name}",
        subtitle=result.framework.name_vi,
        description=plain(_level(result)),
        categories=("Giảm nghèo", str(result.year), result.place.name),
        date=str(result.year),
        status=result.status,
        citation=(
            f"{result.office.office.name}: số liệu rà soát hộ nghèo, hộ cận nghèo năm "
            f"{result.year}. Báo cáo được lập tự động từ số liệu này."
        ),
    )


def overview(result: PovertyResult) -> Text:
    """Say the level first: rate with households, its two parts, beside country and region."""
    if result.lead is None:
        return paragraphs(_level(result))
    return paragraphs(
        [_level(result), _parts(result), *_beside(result)],
        _households(result),
    )


def _level(result: PovertyResult) -> str:
    kind = result.lead
    place = result.place.full_name(result.year)
    if kind is None and result.state.hidden:
        return (
            f"Số hộ nghèo, hộ cận nghèo cuối năm {result.year} của {place}, đếm từ danh sách hộ, không "
            f"được nêu ({words.hidden_why(result)})."
        )
    if kind is None:
        return (
            f"Cơ quan chưa cung cấp kết quả rà soát hộ nghèo, hộ cận nghèo cuối năm {result.year} "
            f"của {place}; báo cáo chỉ nêu những số liệu khác đã nhận."
        )
    rate, households = result.state.rate(kind), result.state.households(kind)
    if rate is None and households is not None:
        return f"Cuối năm {result.year}, {place} có {words.count(households)} {NAMES[kind]}."
    if rate is None:
        raise ValueError("Không có tỷ lệ và số hộ của nhóm được nêu đầu báo cáo.")
    counted = f" ({words.count(households)} {NAMES[kind]})" if households else ""
    return f"Cuối năm {result.year}, {RATE_NAMES[kind]} của {place} là {words.rate(rate)}{counted}."


def _parts(result: PovertyResult) -> str:
    if result.lead != "both":
        return ""
    said = []
    for kind in ("poor", "near_poor"):
        known = words.with_count(result.state.rate(kind), result.state.households(kind))
        if known:
            said.append(f"{NAMES[kind]} là {known}")
    return f"Trong đó, {joined(said)} (@tbl-levels)." if said else ""


def _beside(result: PovertyResult) -> list[str]:
    """Set the rate beside the country and the region; by the same measure only."""
    said = []
    for level, name in (("national", "cả nước"), ("region", f"vùng {result.place.region}")):
        own = result.state.rate("both")
        row = result.reference(level, "both_rate")
        if own is None or row is None:
            continue
        trace = f"{row['origin']}: {row['source']}"
        mean = Number(f"{decimal(float(row['value']), 2)}%", trace)
        said.append(f"{_against(own, float(row['value']), trace)} {name} ({mean})")
    if not said:
        return []
    return [f"Tỷ lệ nghèo đa chiều của địa phương {joined(said)}."]


def _against(own: Measure, other: float, trace: str) -> str:
    gap = own.value - other
    if abs(gap) < HALF_PRINTED:
        return "bằng mức của"
    size = Number(magnitude(gap), f"hiệu số giữa hai tỷ lệ nghèo đa chiều; {own.trace}; {trace}")
    return f"{'cao hơn' if gap > 0 else 'thấp hơn'} {size} điểm phần trăm so với"


def _households(result: PovertyResult) -> list[str]:
    total = result.state.total
    if total is not None:
        return [f"Tổng số hộ dân cư được dùng làm mẫu số là {words.count(total)} hộ."]
    if result.span is None:
        return []
    whole = result.span.whole
    if whole is None:
        return [
            "Nguồn không nêu tổng số hộ dân cư; không có tổng số hộ nào cho đúng mọi số hộ và tỷ "
            "lệ đã in, nên ít nhất một trong các số này cần được kiểm tra lại."
        ]
    trace = "tính toán: các tổng số hộ mà số hộ chia tổng số hộ làm tròn đúng bằng mọi tỷ lệ đã in"
    return [
        "Nguồn không nêu tổng số hộ dân cư; các số hộ và tỷ lệ đã in cùng phù hợp khi tổng số hộ "
        f"{words.interval(*whole, trace)} hộ."
    ]


def brief(result: PovertyResult) -> Text:
    """Say in at most three paragraphs what the annual report needs."""
    first = [_level(result)]
    if result.lead is not None:
        first += [_parts_alone(result), *_beside(result)]
    return paragraphs(first, changes(result).paragraphs[:1], plan(result).paragraphs[:1])


def _parts_alone(result: PovertyResult) -> str:
    return _parts(result).replace(" (@tbl-levels)", "")


def weak_points(result: PovertyResult) -> tuple[WeakPoint, ...]:
    """Return a rise of poverty, a plan that was not reached, and the commonest deprivation."""
    found = []
    for kind in ("poor", "near_poor"):
        change = result.change(kind)
        if change and change.points and not change.reasons and change.points.value > 0:
            text = (
                f"{upper_first(RATE_NAMES[kind])} {words.moved(change.points, 'điểm phần trăm')} "
                f"{words.base(change)}."
            )
            found.append(_weak(kind, RATE_NAMES[kind], text, min(1.0, change.points.value / 5)))
    attained = result.plan.attained
    if attained is not None and attained.value < 100 and not attained.bound:
        text = f"Số hộ nghèo giảm được bằng {words.rate(attained)} kế hoạch."
        found.append(_weak("plan", "Kế hoạch giảm hộ nghèo", text, 1 - attained.value / 100))
    entered = (_entered(one) for one in result.moved if one.kind == "poor")
    found += [weak for weak in entered if weak is not None]
    for worst in _worst(result.deprivations):
        share = Measure(
            float(worst["poor"]),
            f"{worst['name']}: số hộ nghèo thiếu hụt chia số hộ nghèo; {worst['origin']}",
            2,
            delivered=False,
        )
        text = (
            f"Chỉ số mà hộ nghèo thiếu hụt nhiều nhất là {worst['name']}: {words.rate(share)} số "
            "hộ nghèo."
        )
        found.append(
            _weak(str(worst["code"]), str(worst["name"]), text, float(worst["poor"]) / 200)
        )
    return tuple(found)


def _entered(one: Moved) -> WeakPoint | None:
    """Say that more households became poor than escaped, moves between classes aside, if so."""
    left, entered = one.shown("thoat"), one.entered
    if left is None or entered is None or entered <= left:
        return None
    told = Number(whole(entered), f"phát sinh cộng tái nghèo: {one.trace}")
    escaped = Number(whole(left), f"thoát nghèo: {one.trace}")
    text = f"Số hộ nghèo phát sinh và tái nghèo ({told}) lớn hơn số hộ thoát nghèo ({escaped})."
    return _weak("new", "Hộ nghèo phát sinh", text, 0.6)


def _weak(code: Kind | str, name: str, text: str, importance: float) -> WeakPoint:
    return WeakPoint("poverty", code, escape(upper_first(name)), text, importance)


def _worst(rows: pd.DataFrame) -> tuple[pd.Series, ...]:
    """Return the indicator that most poor households lack, if it is one and all are known."""
    if rows.empty or rows["hidden_poor"].any():
        return ()
    every = [row for _, row in rows.iterrows()]
    worst = leading(every, lambda row: round(float(row["poor"]), 2), 1).one
    return () if worst is None else (worst,)
