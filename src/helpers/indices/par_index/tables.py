"""The tables of a PAR INDEX report; each brings its caption with it."""

from __future__ import annotations

from helpers.display.table import Table
from helpers.indices.par_index.result import ParIndexResult
from helpers.indices.scored import tables
from helpers.indices.scored import tables_published as published


def key_figures(result: ParIndexResult) -> Table:
    """Show the office's points and index, or the province's published index, in one row.

    Parameters
    ----------
    result : ParIndexResult

    Returns
    -------
    Table
        Without caption, class ``key-figures``.
    """
    printed = result.own("grade")
    grade = result.grade or ("" if printed is None else printed.printed)
    own = tables.own_key_figures(result, grade)
    if own is None:
        own = tables.delivered_key_figures(result)
    if own is not None:
        return own
    group = result.group
    return published.published_key_figures(result, "" if group is None else group.name)


def areas(result: ParIndexResult) -> Table:
    """Show maximum, self-scored and final points, index and lost points of each area."""
    return tables.areas(result, "Lĩnh vực")


def losses(result: ParIndexResult) -> Table:
    """Show the criteria that lost points, the largest first, with cause, measure, owner, deadline."""
    return tables.losses(result)


def limits(result: ParIndexResult) -> Table:
    """Show the limitations that the office stated itself."""
    return tables.limits(result)


def checks(result: ParIndexResult) -> Table:
    """Show where declared data and entered points do not fit the rule of the criterion."""
    return tables.checks(result)


def parts(result: ParIndexResult) -> Table:
    """Show the published parts and areas of the province's index, with maxima where they are known."""
    maxima = {node.code: node.maximum for node in result.edition.nodes if node.maximum is not None}
    maxima |= {block.code: block.maximum for block in result.rules.blocks}
    return published.parts(result, maxima)


def means(result: ParIndexResult) -> Table:
    """Show the means of country and regions beside the province."""
    return published.means(result)


def peers(result: ParIndexResult) -> Table:
    """Show the provinces whose index was published, by published place."""
    return published.peers(result)


def below(result: ParIndexResult) -> Table:
    """Show departments, districts and communes of the province with a published index."""
    return published.below(result)


def history(result: ParIndexResult) -> Table:
    """Show the province's index over the years beside the national mean."""
    return published.history(result)
