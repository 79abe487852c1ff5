"""The charts of a PAR INDEX report; each brings its caption and its text alternative with it."""

from __future__ import annotations

from helpers.display.chart import Chart
from helpers.indices.par_index.result import ParIndexResult
from helpers.indices.scored import charts
from helpers.indices.scored import charts_history as _scored_history


def areas(result: ParIndexResult) -> Chart:
    """Show the share of its maximum that each area reached, and the self-scored share.

    Parameters
    ----------
    result : ParIndexResult

    Returns
    -------
    Chart
        Bars in percent of the maximum; empty without a scoring table.
    """
    return charts.areas(result, "Lĩnh vực")


def position(result: ParIndexResult) -> Chart:
    """Show the province among those whose index was published, in percent.

    Parameters
    ----------
    result : ParIndexResult

    Returns
    -------
    Chart
        Empty if the province's value is not known, or the values of fewer than half of the units.
    """
    return charts.position(result)


def history(result: ParIndexResult) -> Chart:
    """Show the province's index over the years, in percent; no line crosses a change of method.

    Parameters
    ----------
    result : ParIndexResult

    Returns
    -------
    Chart
        Empty if fewer than two years have a value.
    """
    return _scored_history.history(result)
