"""The chart of a province's page: one small panel an index, with gaps where the method changed."""

from __future__ import annotations

from functools import partial

from helpers.display.chart import Chart
from helpers.display.history import Panel, Point, history
from helpers.display.keys import Entry
from helpers.facts.change import Mark, joined_segments, lacks_error
from helpers.indices.papi import charts
from helpers.reports.province.result import ProvinceProfile
from helpers.reports.province.series import Series
from helpers.words import numbers
from helpers.words.numbers import known
from helpers.words.side_by_side import UNJOINED
from helpers.words.text import joined

COLUMNS = 2


def years(profile: ProvinceProfile) -> Chart:
    """Draw every index that has values over the years; no line crosses a change of method.

    Returns
    -------
    Chart
        Empty if there are no values.
    """
    shown = [series for series in profile.series if series.valued]
    if not shown:
        return Chart.nothing(f"{profile.place.in_full} chưa có giá trị nào để vẽ.")
    names = joined([series.name for series in shown])
    panels = [_panel(series) for series in shown]
    unjoined = UNJOINED if any(_is_unjoined(series) for series in shown) else ""
    return Chart(
        partial(history, panels, _entries(profile, shown), columns=COLUMNS),
        f"{names} của {profile.place.in_full} qua các năm{unjoined}",
        _alt(profile, shown),
        [
            {"index": panel.name, "year": p.year, "value": p.value, "country": p.middle}
            for panel in panels
            for p in panel.points
        ],
    )


def dimensions(profile: ProvinceProfile) -> Chart:
    """Draw where the province lies in the newest PAPI dimensions."""
    if profile.papi is None:
        return Chart.nothing(f"{profile.place.in_full} không có điểm PAPI như một đơn vị.")
    return charts.dimensions(profile.papi)


def _entries(profile: ProvinceProfile, shown: list[Series]) -> list[Entry]:
    points = [point for series in shown for point in series.valued]
    entries = [Entry("own-line", profile.place.name)]
    if any(point.doubt for point in points):
        entries.append(Entry("own-hollow", "Giá trị còn nghi ngờ"))
    if any(point.middle is not None for point in points):
        entries.append(Entry("mid-line", "Cả nước (trung vị, bình quân)"))
    if any(_panel(series).breaks for series in shown):
        entries.append(Entry("break", "Đổi cách tính: không so sánh qua mốc này"))
    return entries


def _panel(series: Series) -> Panel:
    points = tuple(
        Point(point.year, known(point.value), point.middle, segment, bool(point.doubt))
        for point, segment in zip(series.valued, joined_segments(_marks(series)), strict=True)
    )
    first, last = points[0].year, points[-1].year
    breaks = tuple(sorted({year for year, _ in series.breaks if first < year <= last}))
    unit = f", {series.sign}" if series.sign else ""
    least = 0.02 if series.decimals > 2 else 0.2
    name = f"{series.name}{unit}"
    return Panel(series.key, name, points, breaks, series.decimals, (first, last), least)


def _marks(series: Series) -> list[Mark]:
    return [Mark(point.segment, point.error, bool(point.doubt)) for point in series.valued]


def _alt(profile: ProvinceProfile, shown: list[Series]) -> str:
    said = []
    for series in shown:
        values = [
            f"{numbers.decimal(known(p.value), series.decimals)}{series.sign} năm {p.year}"
            f"{' (còn nghi ngờ)' if p.doubt else ''}"
            for p in series.valued
        ]
        apart = _panel(series).breaks
        # Where no line is drawn none ends.
        ends = apart and not series.sampled
        gap = f" Đường ngắt ở năm {joined([str(y) for y in apart])}." if ends else ""
        said.append(f"{series.name} của {profile.place.in_full}: {joined(values)}.{gap}")
    named = joined([_unjoined(series) for series in shown if _is_unjoined(series)])
    if named:
        said.append(f"Các năm của {named} không được nối với nhau vì chưa biết sai số khảo sát.")
    return " ".join(said)


def _is_unjoined(series: Series) -> bool:
    return any(lacks_error(_marks(series)))


def _unjoined(series: Series) -> str:
    """Name an index, with the last year that is not joined where later ones are."""
    apart = [
        p.year for p, alone in zip(series.valued, lacks_error(_marks(series)), strict=True) if alone
    ]
    last = max(apart)
    return series.name if last == series.valued[-1].year else f"{series.name} đến năm {last}"
