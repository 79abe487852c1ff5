"""The charts of a DTI report; each brings its caption and its text alternative with it."""

from __future__ import annotations

from helpers.display.chart import Chart
from helpers.indices.dti.result import DtiResult
from helpers.indices.scored import charts
from helpers.indices.scored import charts_history as _scored_history


def areas(result: DtiResult) -> Chart:
    """Show the share of its maximum that each main indicator reached, and the self-scored share.

    Parameters
    ----------
    result : DtiResult

    Returns
    -------
    Chart
        Bars in percent of the maximum; empty without a scoring table.
    """
    return charts.areas(result, "Chỉ số chính")


def position(result: DtiResult) -> Chart:
    """Show the province among those whose value was published (0 to 1).

    Parameters
    ----------
    result : DtiResult

    Returns
    -------
    Chart
        Empty if the province's value is not known, or the values of fewer than half of the units.
    """
    return charts.position(result)


def history(result: DtiResult) -> Chart:
    """Show the province's value over the years (0 to 1); no line crosses a change of method.

    Parameters
    ----------
    result : DtiResult

    Returns
    -------
    Chart
        Empty if fewer than two years have a value.
    """
    return _scored_history.history(result)
