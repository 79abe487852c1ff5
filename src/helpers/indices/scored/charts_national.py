"""The chart of the page on the whole country, for an index that is published in parts."""

from __future__ import annotations

from functools import partial

from helpers.display import strips
from helpers.display.chart import Chart
from helpers.display.keys import Entry
from helpers.indices.scored import cells_country as words
from helpers.indices.scored.national import PublishedCountry
from helpers.words import numbers
from helpers.words.numbers import known

_FEWEST = 5


def spread(country: PublishedCountry) -> Chart:
    """Show the values that were found, a row a region, with the published mean of the country.

    Returns
    -------
    Chart
        Empty if the value of fewer than half of the units was found: those that pages name are
        mostly the winners, and beside the mean of all they would pass for the country.
    """
    found = country.valued
    if len(found) < max(_FEWEST, country.units / 2):
        return Chart.nothing("Tìm thấy giá trị của quá ít đơn vị để vẽ phân bố.")
    rows = []
    for region in country.places.regions(country.system):
        values = _of(country, region)
        if values:
            rows.append(strips.Strip(region, tuple(values), (), None, ()))
    entries, lines = [Entry("dot", "Một tỉnh, thành phố")], []
    sign = words.sign(country)
    if country.national is not None:
        told = f"{numbers.decimal(country.national.value, words.decimals(country))}{sign}"
        entries.append(Entry("upright-dash", f"Bình quân cả nước ({told})"))
        lines.append(strips.Line(country.national.value, "dash"))
    look = strips.Look((), tuple(entries), sign or "Điểm", tuple(lines))
    return Chart(
        partial(strips.strip, rows, look),
        f"Các giá trị {country.framework.short_name} năm {country.year} tìm thấy, theo vùng",
        _alt(country),
        [
            {"unit": f.unit, "region": country.place(f).region, "value": known(f.value)}
            for f in found
        ],
    )


def _of(country: PublishedCountry, region: str) -> list[float]:
    return [known(f.value) for f in country.valued if country.place(f).region == region]


def _alt(country: PublishedCountry) -> str:
    places, sign = words.decimals(country), words.sign(country)
    high, low = country.valued[0], country.valued[-1]
    said = (
        f"{numbers.whole(len(country.valued))} giá trị tìm thấy, từ "
        f"{numbers.decimal(known(low.value), places)}{sign} ({country.place(low).in_full}) đến "
        f"{numbers.decimal(known(high.value), places)}{sign} ({country.place(high).in_full})."
    )
    if country.national is None:
        return said
    middle = numbers.decimal(country.national.value, places)
    return f"{said} Bình quân cả nước đã công bố là {middle}{sign}."
