"""The tables of a province's page."""

from __future__ import annotations

from helpers.display.table import Cell, Prose, Table
from helpers.indices.papi import charts_words as _words
from helpers.indices.papi import tables
from helpers.reports.province import text as words
from helpers.reports.province.result import ProvinceProfile
from helpers.reports.province.series import Point, Series
from helpers.words import numbers
from helpers.words.numbers import Number, known
from helpers.words.text import joined


def key_figures(profile: ProvinceProfile) -> Table:
    """Return the newest result of every index, written large; a place where there is no value."""
    if not profile.series:
        return Table.nothing(f"{profile.place.in_full} chưa có kết quả để nêu.")
    return Table(
        header=tuple(f"{series.name} {series.latest.year}" for series in profile.series),
        rows=(tuple(_result(profile, series) for series in profile.series),),
        caption="",
        align="c" * len(profile.series),
        wrapper="key-figures",
        note=_doubt_note(profile),
    )


def _doubt_note(profile: ProvinceProfile) -> str:
    doubted = [s.name for s in profile.series if s.latest.doubt]
    said = [f"Còn nghi ngờ, xem bảng dưới: {', '.join(doubted)}"] if doubted else []
    said += [
        f"{s.name} {s.latest.year}: {told}"
        for s in profile.series
        if (told := words.computed(s.latest))
    ]
    return "; ".join(said)


def _result(profile: ProvinceProfile, series: Series) -> Cell:
    """Return the newest value, or the place where only a place was published."""
    point = series.latest
    if point.value is None:
        return _rank(profile, series, point)
    return words.value(profile, series, point)


def years(profile: ProvinceProfile) -> Table:
    """Return every index and year with value, place, the country and what it may be compared with."""
    rows = [
        (
            series.name,
            str(point.year),
            _value(profile, series, point),
            _rank(profile, series, point),
            _middle(series, point),
            _remark(series, point),
        )
        for series in profile.series
        for point in reversed(series.points)
    ]
    if not rows:
        return Table.nothing(f"{profile.place.in_full} chưa có kết quả đã công bố.")
    tied = any(point.tied > 1 for series in profile.series for point in series.points)
    return Table(
        header=("Chỉ số", "Năm", "Kết quả", "Thứ hạng", "Cả nước", "Ghi chú"),
        rows=tuple(rows),
        caption=f"Kết quả của {profile.place.in_full} theo chỉ số và năm",
        align="lrrrrl",
        note=". ".join([_country(profile), *([_words.TIES] if tied else [])]),
        minor=(4,),
    )


def _value(profile: ProvinceProfile, series: Series, point: Point) -> Cell:
    return "" if point.value is None else words.value(profile, series, point)


def _rank(profile: ProvinceProfile, series: Series, point: Point) -> Cell:
    if point.rank is None:
        return ""
    held = words.rank(profile, series, point)
    return Prose(f"{held} (đồng hạng)") if point.tied > 1 else held


def _country(profile: ProvinceProfile) -> str:
    """Say what the column of the country holds, and of which units it is the median."""
    points = [point for s in profile.series if s.key == "papi" for point in s.points]
    merged = any(point.placed_here for point in points)
    of = "đơn vị mới, do trang này tính" if merged else "đơn vị có số liệu của năm đó"
    return f"Cả nước: trung vị các {of} (PAPI) hoặc bình quân đã công bố (chỉ số khác)"


def _middle(series: Series, point: Point) -> Cell:
    if point.middle is None:
        return ""
    median = f"trung vị của {point.n} đơn vị {'mới' if point.placed_here else 'có số liệu'}"
    what = median if series.key == "papi" else "bình quân cả nước đã công bố"
    text = f"{numbers.decimal(point.middle, series.decimals)}{series.sign}"
    return Number(text, f"{series.name} {point.year}, {what}")


def _remark(series: Series, point: Point) -> str:
    said = []
    if any(year == point.year for year, _ in series.breaks) or (
        point is not series.points[0] and _first_of_segment(series, point)
    ):
        said.append("không so sánh với năm trước")
    if told := words.computed(point):
        said.append(told)
    if point.group:
        said.append(f"thuộc nhóm {point.group}")
    if point.status == "simulated":
        said.append("số liệu mô phỏng")
    if point.sharing:
        said.append(f"nguồn công bố ghi cùng thứ hạng cho {joined(point.sharing)}")
    if point.doubt:
        said.append(f"còn nghi ngờ: {point.doubt}")
    return "; ".join(said) or " "


def _first_of_segment(series: Series, point: Point) -> bool:
    before = [other for other in series.points if other.year < point.year]
    return bool(before) and before[-1].segment != point.segment


def dimensions(profile: ProvinceProfile) -> Table:
    """Return the newest PAPI dimensions of the province."""
    if profile.papi is None:
        return Table.nothing(f"{profile.place.in_full} không có điểm PAPI như một đơn vị.")
    return tables.dimensions(profile.papi)


def neighbours(profile: ProvinceProfile) -> Table:
    """Return the units next to the province by PAPI score."""
    if not profile.neighbours:
        return Table.nothing("Chưa có điểm PAPI để so sánh.")
    year = profile.neighbour_year
    return Table(
        header=("Đơn vị", f"PAPI {year}", "Vị trí"),
        rows=tuple(
            (
                f"{n.place.name} (trang này)" if n.own else n.place.name,
                Number(numbers.decimal(n.value), f"PAPI {year}, {n.place.name}: {n.source}"),
                numbers.place(n.rank, n.n),
            )
            for n in profile.neighbours
        ),
        caption=f"Các đơn vị liền trên, liền dưới {profile.place.in_full} theo điểm PAPI, năm {year}",
        align="lrr",
        note=words.PLACED_HERE.rstrip(".") if profile.placed_here else "",
    )


def parts(profile: ProvinceProfile) -> Table:
    """Return the newest results of the units that the province was formed from."""
    if not profile.parts:
        return Table.nothing(f"{profile.place.in_full} không hợp thành từ nhiều đơn vị.")
    found = {s.key: s.name for _, of_unit in profile.parts for s in of_unit}
    keys = [one.key for one in profile.shown if one.key in found]
    rows = []
    for unit, of_unit in profile.parts:
        cells: list[Cell] = [unit.name]
        for key in keys:
            series = next((s for s in of_unit if s.key == key), None)
            cells.append(_newest(unit.name, series))
        rows.append(tuple(cells))
    return Table(
        header=("Đơn vị cũ", *(found[key] for key in keys)),
        rows=tuple(rows),
        caption=f"Kết quả mới nhất của các đơn vị hợp thành {profile.place.in_full}",
        align="l" + "r" * len(keys),
        note="Trong ngoặc là năm đánh giá",
    )


def _newest(name: str, series: Series | None) -> Cell:
    if series is None or not series.valued:
        return ""
    point = series.valued[-1]
    doubt = ", còn nghi ngờ" if point.doubt else ""
    of = f"({point.year}{doubt})"
    text = f"{numbers.decimal(known(point.value), series.decimals)}{series.sign} {of}"
    return Number(text, f"{series.name} {point.year}, {name}: {point.source}")
