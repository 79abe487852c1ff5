"""The published value of a province over the years, for PAR INDEX and DTI reports."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from helpers.display.chart import Chart
from helpers.display.history import Panel, Point, stretches
from helpers.display.history import history as drawn
from helpers.display.keys import Entry
from helpers.facts.change import Mark, joined_segments, lacks_error
from helpers.indices.scored import cells as words
from helpers.indices.scored.result import ScoredResult
from helpers.indices.scored.standing import Figure as PublishedFigure
from helpers.indices.scored.tables_office import renewals
from helpers.words import numbers
from helpers.words.numbers import known
from helpers.words.side_by_side import UNJOINED
from helpers.words.text import joined


def history(result: ScoredResult) -> Chart:
    """Draw the province's value over the years; no line crosses a change of method."""
    found = [figure for figure in result.published.history if figure.value is not None]
    if len(found) < 2:
        return Chart.nothing("Có giá trị công bố của chưa đến hai năm.")
    span = f"{found[0].year}–{found[-1].year}"
    what = f"{result.framework.short_name} của {result.place.in_full} qua các năm, {span}"
    caption = f"{what}{UNJOINED if any(lacks_error(_marks(result, found))) else ''}"
    panel = _panel(result, found)
    return Chart(
        partial(drawn, [panel], _entries(result, panel), columns=1),
        caption,
        _history_alt(result, found),
        [
            {"year": p.year, "value": p.value, "country": p.middle, "doubted": p.doubted}
            for p in panel.points
        ],
    )


def _panel(result: ScoredResult, found: Sequence[PublishedFigure]) -> Panel:
    first, last = found[0].year, found[-1].year
    means = {mean.year: mean.value for mean in result.published.national_history}
    points = tuple(
        Point(mark.year, known(mark.value), means.pop(mark.year, None), segment, bool(mark.doubt))
        for mark, segment in zip(found, joined_segments(_marks(result, found)), strict=True)
    )
    others = tuple((year, value) for year, value in sorted(means.items()) if first <= year <= last)
    look = words.scale(result)
    name = look.sign.strip()
    return Panel(
        result.framework.key,
        name,
        points,
        tuple(renewals(result, first, last)),
        look.decimals,
        (first, last),
        joined=False,
        others=others,
    )


def _entries(result: ScoredResult, panel: Panel) -> list[Entry]:
    own = "own-line" if list(stretches(panel.points)) else "own-point"
    entries = [Entry(own, result.place.name)]
    if panel.others or any(point.middle is not None for point in panel.points):
        entries.append(Entry("mid-dot", "Bình quân cả nước"))
    if any(point.doubted for point in panel.points):
        entries.append(Entry("own-hollow", "Giá trị còn nghi ngờ"))
    if panel.breaks:
        entries.append(Entry("break", "Đổi cách tính"))
    return entries


def _marks(result: ScoredResult, found: Sequence[PublishedFigure]) -> list[Mark]:
    segment, marks = 0, list[Mark]()
    for place, figure in enumerate(found):
        if place and result.framework.why_not_comparable(
            found[place - 1].year, figure.year, place=result.place
        ):
            segment += 1
        marks.append(Mark(segment, figure.error, bool(figure.doubt)))
    return marks


def _history_alt(result: ScoredResult, found: Sequence[PublishedFigure]) -> str:
    look = words.scale(result)
    listed = [
        f"{numbers.decimal(known(mark.value), look.decimals)}{look.sign} năm {mark.year}"
        f"{' (còn nghi ngờ)' if mark.doubt else ''}"
        for mark in found
    ]
    broken = renewals(result, found[0].year, found[-1].year)
    told = (
        f" Cách tính thay đổi từ {joined([f'năm {year}' for year in broken])} nên không "
        f"{'so sánh' if found[0].sampled else 'nối'} qua {'các ' if len(broken) > 1 else ''}mốc này."
        if broken
        else ""
    )
    if any(lacks_error(_marks(result, found))):
        told += " Các năm không được nối với nhau vì chưa biết sai số khảo sát."
    what = f"{result.framework.short_name} của {result.place.in_full}"
    drawn = "Biểu đồ điểm" if found[0].sampled else "Biểu đồ đường"
    return f"{drawn}. {what}: {joined(listed)}.{told}"
