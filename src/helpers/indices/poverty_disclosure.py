"""Small cells of cross tables are not shown, nor others from which they could be worked out."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

HIDDEN = "hidden"
"""Column that tells which rows show no counts."""


def protect(
    table: pd.DataFrame, columns: Sequence[str], smallest: int, within: Sequence[str] = ()
) -> pd.DataFrame:
    """Mark the rows of a cross table whose counts must not be shown.

    A row is hidden as a whole, because poor and near-poor households add up to a third figure. First
    every row with a count from 1 to ``smallest − 1``. Then, in every block whose total is known (and in
    the whole table, whose total is the province's), further rows, the smallest first, until the hidden
    rows are at least two and what they hold together is itself not small: the total minus the rows
    shown must not give a small count away.

    Parameters
    ----------
    table : DataFrame
        One row a commune or group.
    columns : sequence of str
        Counts; NaN is a count that nobody delivered and gives nothing away.
    smallest : int
        The smallest count that may be shown; 0 may be shown too.
    within : sequence of str
        Columns that name the block; empty if only the whole table has a known total.

    Returns
    -------
    DataFrame
        The table with a column ``hidden``. In a block with a single row that is small the total of the
        block gives it away: there the block's rows are hidden and `hidden_totals` names the block.
    """
    counts = table[list(columns)].apply(pd.to_numeric, errors="coerce").fillna(0)
    hidden = ((counts > 0) & (counts < smallest)).any(axis=1)
    blocks = [table.index]
    if within:
        blocks = [rows.index for _, rows in table.groupby(list(within), sort=False, dropna=False)]
    for block in blocks:
        _complete(hidden, counts, block, smallest)
    return table.assign(**{HIDDEN: hidden})


def hidden_totals(
    table: pd.DataFrame, columns: Sequence[str], smallest: int, within: Sequence[str]
) -> pd.Series:
    """Return, for each block of a protected table, whether its total must not be shown.

    That is where its hidden rows cannot hide behind each other: the block's own total is then hidden,
    and a second block's with it, since the province's total is known.

    Parameters
    ----------
    table : DataFrame
        From :func:`protect`.
    columns, smallest, within
        As there.

    Returns
    -------
    Series of bool
        By block, in the order of the table.
    """
    counts = table[list(columns)].apply(pd.to_numeric, errors="coerce").fillna(0)
    by = table.groupby(list(within), sort=False, dropna=False)
    bare = by[HIDDEN].sum().map(lambda rows: False)
    totals = pd.DataFrame(index=bare.index, columns=list(columns), dtype=float)
    for place, (_, rows) in enumerate(by):
        shut = table.loc[rows.index, HIDDEN]
        bare.iloc[place] = bool(shut.any()) and not _safe(counts.loc[rows.index], shut, smallest)
        totals.iloc[place] = counts.loc[rows.index].sum().to_numpy()
    _complete(bare, totals, bare.index, smallest)
    return bare


def _complete(hidden: pd.Series, counts: pd.DataFrame, block: pd.Index, smallest: int) -> None:
    """Hide further rows of a block until the hidden ones protect each other, if they can."""
    if not hidden.loc[block].any():
        return
    order = counts.loc[block].sum(axis=1).sort_values(kind="stable").index
    for row in order:
        if _safe(counts.loc[block], hidden.loc[block], smallest):
            return
        hidden.loc[row] = True


def _safe(counts: pd.DataFrame, hidden: pd.Series, smallest: int) -> bool:
    """Tell whether the block's total minus its shown rows gives no small count away."""
    behind = counts[hidden]
    together = behind.sum()
    enough = int((behind.sum(axis=1) > 0).sum()) >= 2
    return enough and not ((together > 0) & (together < smallest)).any()
