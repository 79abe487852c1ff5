"""The tables of a DTI report; each brings its caption with it."""

from __future__ import annotations

from helpers.display.table import Table
from helpers.indices.dti.result import DtiResult
from helpers.indices.scored import tables
from helpers.indices.scored import tables_published as published


def key_figures(result: DtiResult) -> Table:
    """Show the office's points, or the province's published value, in one row.

    Parameters
    ----------
    result : DtiResult

    Returns
    -------
    Table
        Without caption, class ``key-figures``.
    """
    own = tables.own_key_figures(result, "") or tables.delivered_key_figures(result)
    return published.published_key_figures(result, "") if own is None else own


def areas(result: DtiResult) -> Table:
    """Show maximum, self-scored and final points, share and lost points of each main indicator."""
    return tables.areas(result, "Chỉ số chính")


def losses(result: DtiResult) -> Table:
    """Show the criteria that lost points, the largest first, with cause, measure, owner, deadline."""
    return tables.losses(result)


def limits(result: DtiResult) -> Table:
    """Show the limitations that the office stated itself."""
    return tables.limits(result)


def checks(result: DtiResult) -> Table:
    """Show where declared data and entered points do not fit the rule of the criterion."""
    return tables.checks(result)


def parts(result: DtiResult) -> Table:
    """Show the published components of the province's value."""
    return published.parts(result, {})


def means(result: DtiResult) -> Table:
    """Show the means of country and regions beside the province."""
    return published.means(result)


def peers(result: DtiResult) -> Table:
    """Show the provinces whose place was published, by published place."""
    return published.peers(result)


def history(result: DtiResult) -> Table:
    """Show the province's value over the years beside the national mean."""
    return published.history(result)
