"""The charts of a scored index, by the names that its notebook asks for; each brings its caption."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from helpers.display import strips
from helpers.display.bars import Bar, Part, Scale, bars
from helpers.display.chart import Chart
from helpers.display.keys import Entry
from helpers.indices.scored import cells as words
from helpers.indices.scored.charts_history import history
from helpers.indices.scored.result import ScoredResult
from helpers.indices.scored.scoring import Tally
from helpers.indices.scored.standing import Figure as PublishedFigure
from helpers.indices.scored.tables_office import index_and_year, name_of
from helpers.words import numbers
from helpers.words.numbers import known
from helpers.words.text import joined

__all__ = ["areas", "history", "position"]

FEWEST = 8
"""Provinces with a value below which a picture of their spread says nothing."""


def areas(result: ScoredResult) -> Chart:
    """Draw the share of its maximum that each area reached.

    The self-scored share is marked only where it is of the same criteria, hence of the same maximum:
    surveys are not self-scored, and a share of another maximum beside the bar would read as a cut.
    """
    scoring = result.scoring
    if scoring is None:
        return Chart.nothing("Chưa có bảng chấm điểm của đơn vị.")
    tallies = [scoring.tally(code) for code in result.areas]
    shown = [t for t in tallies if t.known_index is not None or t.self_index is not None]
    if not shown:
        return Chart.nothing("Các dòng của bảng chấm điểm chưa có điểm hoặc điểm tối đa.")
    noun = words.noun_of_area(result).lower()
    what = f"Tỷ lệ điểm đạt của {name_of(result)} theo {noun}"
    if not any(tally.has_final for tally in shown):
        what = f"{what} (điểm tự chấm)"
    final = any(tally.has_final for tally in shown)
    rows = [_bar(result, tally, final=final) for tally in shown]
    return Chart(
        partial(bars, rows, Scale(100, "% điểm tối đa"), _area_entries(shown, final=final)),
        f"{what}, {index_and_year(result)}",
        _areas_alt(result, shown, what),
        [
            {
                "area": row.name,
                "share": row.parts[0].length if row.parts else None,
                "self_scored": row.tick,
                "points": row.beside,
            }
            for row in rows
        ],
    )


def _bar(result: ScoredResult, tally: Tally, *, final: bool) -> Bar:
    share, role = tally.known_index, "fill"
    if share is None and not final:
        share, role = tally.self_index, "mid-mark"
    return Bar(
        words.named(result, tally.code).replace("\\", ""),
        () if share is None else (Part(share, role),),
        _beside(tally, final=final),
        tally.self_index if tally.same_base else None,
    )


def _area_entries(shown: Sequence[Tally], *, final: bool) -> list[Entry]:
    entries = [
        Entry("fill", "Điểm đạt (thẩm định, khảo sát)") if final else Entry("quiet", "Điểm tự chấm")
    ]
    if any(tally.same_base for tally in shown):
        label = "Tự chấm (chỉ ở nơi cùng các tiêu chí, cùng điểm tối đa)"
        entries.append(Entry("own-tick", label))
    return entries


def _beside(tally: Tally, *, final: bool) -> str:
    if not final and tally.self_maximum and tally.self_points is not None:
        most = words.trimmed(tally.self_maximum)
        return f"{numbers.decimal(tally.self_points, 2)}/{most} điểm"
    if tally.final is None or tally.known_index is None or tally.final_maximum is None:
        return "chưa có điểm"
    most = words.trimmed(tally.final_maximum)
    return f"{numbers.decimal(tally.final, 2)}/{most} điểm"


def _areas_alt(result: ScoredResult, shown: Sequence[Tally], what: str) -> str:
    said = []
    for tally in shown:
        name = words.named(result, tally.code).replace("\\", "")
        own = tally.self_index
        told = "" if own is None else f"tự chấm {numbers.decimal(own, 2)}%"
        if tally.known_index is not None:
            beside = f" ({told})" if told and tally.same_base else ""
            said.append(f"{name} {numbers.decimal(tally.known_index, 2)}%{beside}")
        elif told:
            said.append(f"{name} {told}")
    return f"Biểu đồ thanh. {what}: {'; '.join(said)}."


def position(result: ScoredResult) -> Chart:
    """Draw the provinces whose value was published, with the own, the country and the region."""
    found = result.published
    own = found.total
    values = [peer for peer in found.valued if peer.value is not None]
    # Those that pages name are mostly the winners; beside the mean of all they would pass for all.
    if own is None or own.value is None or own.doubt or len(values) < max(FEWEST, found.units / 2):
        return Chart.nothing("Có quá ít giá trị công bố để vẽ phân bố.")
    look = words.scale(result)
    label = f"{result.place.name} {numbers.decimal(known(own.value), look.decimals)}{look.sign}"
    spread = tuple(known(peer.value) for peer in values)
    place = next((i for i, v in enumerate(spread) if v == own.value), 0)
    marks = _marks(result)
    row = strips.Strip("", spread, (), None, ())
    shared = strips.Look(
        headings=(),
        entries=(
            Entry("dot", "Tỉnh, thành phố"),
            *(
                Entry(
                    f"upright-{role}",
                    f"{name} {numbers.decimal(value, look.decimals)}{look.sign}",
                )
                for name, value, role in marks
            ),
        ),
        unit="%" if look.sign else "Điểm",
        lines=tuple(strips.Line(value, role) for _, value, role in marks),
    )
    owns = [strips.Own(place, known(own.value), 0, label)]
    n = numbers.place(len(values), found.units)
    caption = (
        f"{result.place.in_full} trong {numbers.whole(len(values))} tỉnh, thành phố có giá trị công "
        f"bố, "
        f"{index_and_year(result)}"
    )
    return Chart(
        lambda width: strips.strip([row], shared, width, owns),
        caption,
        _position_alt(result, values, own, n),
        [{"unit": peer.unit, "value": peer.value} for peer in values],
    )


def _marks(result: ScoredResult) -> list[tuple[str, float, str]]:
    marks: list[tuple[str, float, str]] = []
    if result.published.national is not None:
        marks.append(("Bình quân cả nước", result.published.national.value, "tick"))
    if result.published.region is not None:
        marks.append(("Bình quân vùng", result.published.region.value, "point-line"))
    return marks


def _position_alt(
    result: ScoredResult, values: Sequence[PublishedFigure], own: PublishedFigure, n: str
) -> str:
    look = words.scale(result)

    def written(value: float | None) -> str:
        return f"{numbers.decimal(known(value), look.decimals)}{look.sign}"

    marks = [f"{name.lower()} {written(value)}" for name, value, _ in _marks(result)]
    return (
        f"Biểu đồ chấm của {n} tỉnh, thành phố có giá trị công bố, từ {written(values[-1].value)} "
        f"({values[-1].unit}) đến {written(values[0].value)} ({values[0].unit}). "
        f"{result.place.in_full} "
        f"đạt {written(own.value)}" + (f"; {joined(marks)}." if marks else ".")
    )
