"""What counts from records of households must not tell: small groups, and what gives them away.

Only counts made here from records are protected; tables and figures that an office delivers are printed
as delivered, and are taken as known to every reader (:mod:`helpers.facts.disclosure` has the rule).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from helpers.facts.disclosure import (
    Counts,
    Flags,
    Sum,
    exposed,
    is_small,
    nested,
    protect,
    protect_rows,
)
from helpers.indices.poverty.arithmetic import Movement
from helpers.indices.poverty.households import MOVES

HIDDEN = "hidden"
"""Column that tells which rows show no counts."""
END = ("tong_ho", "ho_ngheo", "ho_can_ngheo")
START = ("tong_ho_dau", "ho_ngheo_dau", "ho_can_ngheo_dau")
_UNKNOWN = float("nan")


def counts_of(rows: pd.DataFrame, columns: Sequence[str]) -> Counts:
    """Return what rows tell of: all, poor and near-poor households, and those that are neither."""
    total, poor, near = (pd.to_numeric(rows[name]).to_numpy(dtype=float) for name in columns)
    return np.column_stack([total, poor, near, total - poor - near])


def tells_of_few(rows: pd.DataFrame, columns: Sequence[str], least: int) -> bool:
    """Tell whether the rows together hold a group that is too small to be told of."""
    return any(is_small(count, least) for count in counts_of(rows, columns).sum(axis=0))


def hidden_units(
    communes: pd.DataFrame, columns: Sequence[str], least: int, *, districts_known: bool
) -> tuple[pd.Series, frozenset[str]]:
    """Return the communes, and the districts, whose counts must not be shown.

    Parameters
    ----------
    communes : DataFrame
        Counted rows with ``huyen``; a row is shown or hidden as a whole, because poor and near-poor
        households add up to a third figure.
    columns : sequence of str
        :data:`END` or :data:`START`.
    least : int
    districts_known : bool
        Whether the districts' counts are printed in any case, because the office delivered them.

    Returns
    -------
    tuple of (Series of bool, frozenset of str)
    """
    inside = counts_of(communes, columns)
    names, sums = nested(communes["huyen"].tolist())
    of_district = [
        inside[(communes["huyen"] == name).to_numpy()].sum(axis=0)[None, :] for name in names
    ]
    table = np.vstack([inside, *of_district, inside.sum(axis=0)[None, :]])
    fixed = np.zeros(len(table), dtype=bool)
    # The whole is printed in the first sentence of the report, unless it is small itself.
    fixed[-1] = not tells_of_few(communes, columns, least)
    fixed[len(inside) : -1] = districts_known
    hidden = protect_rows(table, sums, least=least, fixed=fixed)
    shut = hidden[len(inside) : -1]
    return (
        pd.Series(hidden[: len(inside)], index=communes.index),
        frozenset(name for name, one in zip(names, shut, strict=True) if one),
    )


def hidden_groups(rows: pd.DataFrame, whole: Counts, columns: Sequence[str], least: int) -> Flags:
    """Tell which groups are too small, or leave too few households outside.

    Parameters
    ----------
    rows : DataFrame
        Counted groups that overlap and do not add up.
    whole : array
        All households as :func:`counts_of` gives them; a reader knows them.
    columns : sequence of str
    least : int

    Returns
    -------
    array of bool
    """
    inside = counts_of(rows, columns)
    outside = whole[None, :] - inside
    few = [(cells > 0) & (cells < least) for cells in (inside, outside)]
    return np.asarray((few[0] | few[1]).any(axis=1), dtype=np.bool_)


def hidden_peoples(
    rows: pd.DataFrame, minority: Flags, whole: Counts, columns: Sequence[str], least: int
) -> tuple[Flags, bool]:
    """Return the ethnic groups, and whether all minorities together, must not be shown.

    The groups add up to the minorities and to all households; those of which no group is known are a
    part of all, too.

    Parameters
    ----------
    rows : DataFrame
        One row an ethnic group.
    minority : array of bool
    whole, columns, least
        As in :func:`hidden_groups`.
    """
    inside = counts_of(rows, columns)
    few = minority
    together = inside[few].sum(axis=0)
    rest = whole - inside.sum(axis=0)
    table = np.vstack([inside, rest[None, :], together[None, :], whole[None, :]])
    count = len(inside)
    parts = [*map(int, np.flatnonzero(~few)), count, count + 1]
    sums = [Sum(count + 2, tuple(parts))]
    if few.any():
        sums.append(Sum(count + 1, tuple(map(int, np.flatnonzero(few)))))
    fixed = np.zeros(len(table), dtype=bool)
    fixed[-1] = True
    hidden = protect_rows(table, sums, least=least, fixed=fixed)
    return hidden[:count], bool(hidden[count + 1])


def hidden_moves(moved: Movement, least: int) -> frozenset[str]:
    """Return the columns of a movement that must not be shown.

    Start and end are known from the level of the two years, so what lies between is hidden; where one
    flow alone stands between them, no flow is shown.

    Parameters
    ----------
    moved : Movement
        Where it is not known who came back and who is new, both together are told as the others imply.
    least : int
    """
    start, end = moved.start, moved.end
    back, new = moved.fell_back, moved.new
    if back is None and new is None and moved.implied_entered is not None:
        back, new = moved.implied_entered, 0  # one cell for both together, and an empty one
    counts = (start, moved.left, moved.left_otherwise, back, new, moved.entered_otherwise, end)
    # Both sides of the year come to the same number of households, which nobody prints.
    cells = [*(_UNKNOWN if count is None else count for count in counts), _UNKNOWN]
    sums = [Sum(7, (0, 3, 4, 5)), Sum(7, (1, 2, 6))]
    ends = [count is not None and not is_small(count, least) for count in (start, end)]
    fixed = [ends[0], *[False] * 5, ends[1], False]
    hidden = protect(cells, sums, least=least, fixed=fixed)
    if exposed(cells, sums, hidden, least=least).any():
        hidden[1:6] = True
    return frozenset(name for name, shut in zip(MOVES, hidden, strict=False) if shut)
