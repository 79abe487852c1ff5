"""The chart of the page on the whole country, for an index that is published in parts."""

from __future__ import annotations

from helpers.display import matplotlib_theme as theme
from helpers.display.chart import Chart
from helpers.display.figure_chart import figure_chart
from helpers.indices.scored import cells_country as words
from helpers.indices.scored.national import PublishedCountry
from helpers.words import numbers
from helpers.words.numbers import known

_ROW = 0.34
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
    names = [r for r in country.places.regions(country.system) if _of(country, r)]
    with theme.theme():
        height = _ROW * len(names) + 0.85
        figure = theme.new_figure(height)
        axes = figure.add_axes((0.34, 0.42 / height, 0.63, _ROW * len(names) / height))
        for row, name in enumerate(names):
            values = _of(country, name)
            axes.plot(values, [row] * len(values), "o", color=theme.OWN, alpha=0.65, markersize=5)
        if country.national is not None:
            axes.axvline(country.national.value, color=theme.INK, linewidth=1.0, linestyle="--")
            axes.annotate(
                "bình quân cả nước",
                (country.national.value, -0.6),
                ha="center",
                va="bottom",
                fontsize=theme.SMALL,
                color=theme.INK,
                annotation_clip=False,
            )
        axes.set_ylim(len(names) - 0.5, -0.5)
        axes.set_yticks(range(len(names)), names)
        axes.grid(axis="x")
        axes.spines["left"].set_visible(False)
        theme.decimal_axis(axes.xaxis, 0 if words.sign(country) else 2)
        theme.without_labels(axes)
    name = country.framework.short_name
    return figure_chart(
        figure, f"Các giá trị {name} năm {country.year} tìm thấy, theo vùng", _alt(country)
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
