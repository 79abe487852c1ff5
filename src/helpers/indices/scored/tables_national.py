"""The tables of the page on the whole country, for an index that is published in parts."""

from __future__ import annotations

from helpers.display.table import Cell, Table
from helpers.indices.scored import cells_country as words
from helpers.indices.scored.national import PublishedCountry
from helpers.indices.scored.tables_office import without_empty
from helpers.words import numbers
from helpers.words.numbers import Number


def results(country: PublishedCountry) -> Table:
    """Return every province about which something was published."""
    name, year = country.framework.short_name, country.year
    doubted = any(figure.doubt for figure in country.figures)
    rows = []
    for figure in country.figures:
        place = country.place(figure)
        got: Cell = "" if figure.value is None else words.value(country, figure)
        rank: Cell = ""
        if figure.rank is not None:
            rank = Number(
                numbers.whole(figure.rank),
                f"{name} {year}, thứ hạng đã công bố: {figure.rank_origin}",
            )
        doubt = "có" if figure.doubt else " " if doubted else ""
        rows.append((place.name, place.region, got, figure.group, rank, doubt))
    table = Table(
        header=("Tỉnh, thành phố", "Vùng", "Kết quả", "Nhóm", "Thứ hạng công bố", "Còn nghi ngờ"),
        rows=tuple(rows),
        caption=f"Kết quả {name} năm {year} tìm thấy trong các nguồn đã công bố",
        align="llrlrl",
    )
    return without_empty(table, keep=3)


def regions(country: PublishedCountry) -> Table:
    """Return the published means of the regions, from high to low."""
    if not country.regions:
        return Table.nothing("Chưa tìm thấy bình quân đã công bố của các vùng.")
    return Table(
        header=("Vùng", "Bình quân đã công bố"),
        rows=tuple((found.unit, words.mean(country, found)) for found in country.regions),
        caption=f"Bình quân {country.framework.short_name} năm {country.year} của các vùng",
        align="lr",
    )


def changes(country: PublishedCountry) -> Table:
    """Return the provinces with a value in two years that may be compared."""
    if not country.moved:
        return Table.nothing("Không có đơn vị nào có giá trị so sánh được của hai năm.")
    before = country.year - 1
    if country.framework.is_sampled():
        return _both_years(country)
    rows = []
    for moved in country.moved:
        change = numbers.signed(moved.difference, words.decimals(country))
        trace = words.difference(country, moved).trace
        rows.append(
            (
                moved.place.name,
                words.value(country, moved.earlier, before),
                words.value(country, moved.later),
                Number(change, trace),
            )
        )
    unit = words.difference_unit(country)
    return Table(
        header=("Tỉnh, thành phố", str(before), str(country.year), f"Thay đổi ({unit})"),
        rows=tuple(rows),
        caption=f"Thay đổi {country.framework.short_name} giữa năm {before} và năm {country.year}",
        align="lrrr",
    )


def _both_years(country: PublishedCountry) -> Table:
    """Set the values of two years side by side; without a known error no difference is shown."""
    before = country.year - 1
    return Table(
        header=("Tỉnh, thành phố", str(before), str(country.year)),
        rows=tuple(
            (
                moved.place.name,
                words.value(country, moved.earlier, before),
                words.value(country, moved.later),
            )
            for moved in country.moved
        ),
        caption=f"{country.framework.short_name} năm {before} và năm {country.year}",
        align="lrr",
    )
