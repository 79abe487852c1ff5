"""The few charts that carry the story of the year, each the index's own."""

from __future__ import annotations

from helpers.display.chart import Chart
from helpers.indices.poverty import charts as poverty_charts
from helpers.indices.scored import charts as scored_charts
from helpers.indices.sipas import charts as sipas_charts
from helpers.reports.annual.result import AnnualResult

NOTHING = Chart.nothing("Không có số liệu cho hình này.")


def areas(result: AnnualResult) -> Chart:
    """Draw points and lost points of the areas of administrative reform."""
    part = result.part("par_index")
    return NOTHING if part is None else scored_charts.areas(part)


def factors(result: AnnualResult) -> Chart:
    """Draw satisfaction by factor."""
    part = result.part("sipas")
    return NOTHING if part is None else sipas_charts.factors(part)


def poverty(result: AnnualResult) -> Chart:
    """Draw poverty by district."""
    part = result.part("poverty")
    return NOTHING if part is None else poverty_charts.districts(part)
