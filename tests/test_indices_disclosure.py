"""No hidden cell can be worked out: every completion of small tables is tried."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.facts.disclosure import (
    LEAST,
    Sum,
    is_small,
    nested,
    protect,
    protect_rows,
)

Flags = np.ndarray


def one_way(groups: list[int]) -> tuple[Flags, bool]:
    """Return which groups of a whole are hidden, and whether the whole is."""
    hidden = protect([*groups, sum(groups)], [Sum(len(groups), tuple(range(len(groups))))])
    return hidden[:-1], bool(hidden[-1])


def two_way(table: np.ndarray | list[list[int]]) -> tuple[Flags, Flags, Flags, bool]:
    """Return which cells, row totals and column totals, and whether the total, are hidden."""
    inside = np.asarray(table)
    full = np.zeros((inside.shape[0] + 1, inside.shape[1] + 1))
    full[:-1, :-1] = inside
    full[:-1, -1], full[-1, :-1] = inside.sum(axis=1), inside.sum(axis=0)
    full[-1, -1] = inside.sum()
    place = np.arange(full.size).reshape(full.shape)
    sums = [Sum(int(line[-1]), tuple(map(int, line[:-1]))) for line in (*place, *place.T)]
    hidden = protect(full.ravel(), sums).reshape(full.shape)
    return hidden[:-1, :-1], hidden[:-1, -1], hidden[-1, :-1], bool(hidden[-1, -1])


counts = st.one_of(st.integers(0, 7), st.integers(0, 30))


def _other_values(cells: list[int], sums: list[Sum], hidden: np.ndarray, most: int) -> list[set]:
    """Return, for each hidden cell, the values that fit all shown cells (brute force)."""
    free = [c for c in np.flatnonzero(hidden) if c not in {one.total for one in sums}]
    found: list[set] = [set() for _ in cells]
    for values in product(range(1, most + 1), repeat=len(free)):
        made = list(cells)
        for cell, value in zip(free, values, strict=True):
            made[cell] = value
        for one in sums:
            made[one.total] = sum(made[part] for part in one.parts)
        if any(not h and made[c] != cells[c] for c, h in enumerate(hidden)):
            continue
        for cell in np.flatnonzero(hidden):
            found[cell].add(made[cell])
    return found


def _check(cells: list[int], sums: list[Sum], hidden: np.ndarray) -> None:
    for cell, count in enumerate(cells):
        assert hidden[cell] or not is_small(count)
        assert not (hidden[cell] and count == 0)
    for one in sums:
        behind = [cells[part] for part in one.parts if hidden[part]]
        if behind and not hidden[one.total]:
            # What the total less the shown parts gives is no small group, and not one cell.
            assert sum(behind) >= LEAST
            assert len(behind) >= 2


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=5))
def test_no_group_of_a_whole_can_be_worked_out(groups: list[int]) -> None:
    cells = [*groups, sum(groups)]
    sums = [Sum(len(groups), tuple(range(len(groups))))]
    hidden, whole = one_way(groups)
    both = np.array([*hidden, whole])
    _check(cells, sums, both)
    if both.sum() <= 4:
        values = _other_values(cells, sums, both, sum(groups) + 1)
        assert all(len(values[cell]) > 1 for cell in np.flatnonzero(both))


@settings(max_examples=80, deadline=None)
@given(st.integers(2, 3), st.integers(2, 3), st.data())
def test_no_cell_of_a_cross_table_can_be_worked_out(
    height: int, width: int, data: st.DataObject
) -> None:
    table = np.array(
        data.draw(
            st.lists(
                st.lists(st.integers(0, 9), min_size=width, max_size=width),
                min_size=height,
                max_size=height,
            )
        )
    )
    inside, rows, columns, total = two_way(table)
    hidden = np.zeros((height + 1, width + 1), dtype=bool)
    hidden[:-1, :-1], hidden[:-1, -1], hidden[-1, :-1], hidden[-1, -1] = (
        inside,
        rows,
        columns,
        total,
    )
    full = np.zeros((height + 1, width + 1), dtype=int)
    full[:-1, :-1] = table
    full[:-1, -1], full[-1, :-1], full[-1, -1] = table.sum(1), table.sum(0), table.sum()
    number = np.arange(full.size).reshape(full.shape)
    sums = [Sum(int(r[-1]), tuple(map(int, r[:-1]))) for r in number]
    sums += [Sum(int(c[-1]), tuple(map(int, c[:-1]))) for c in number.T]
    cells = [int(v) for v in full.ravel()]
    _check(cells, sums, hidden.ravel())
    if inside.sum() <= 4:
        # Totals follow from the cells: the sums are ordered rows first, the last row being a sum too.
        ordered = [*sums[:height], *sums[height + 1 :], sums[height]]
        values = _other_values(cells, ordered, hidden.ravel(), 11)
        assert all(len(values[c]) > 1 for c in np.flatnonzero(hidden.ravel()))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 8)), min_size=1, max_size=6))
def test_no_commune_can_be_worked_out_of_its_district_or_the_province(
    communes: list[tuple[str, int]],
) -> None:
    names, sums = nested([group for group, _ in communes])
    cells = [count for _, count in communes]
    cells += [sum(n for g, n in communes if g == name) for name in names]
    cells.append(sum(n for _, n in communes))
    hidden = protect(cells, sums)
    _check(cells, list(sums), hidden)
    if hidden[: len(communes)].sum() <= 4:
        values = _other_values(cells, list(sums), hidden, 10)
        assert all(len(values[cell]) > 1 for cell in np.flatnonzero(hidden))


def test_a_small_group_takes_the_smallest_other_with_it() -> None:
    hidden, whole = one_way([2, 30, 8, 0])
    assert hidden.tolist() == [True, False, True, False]
    assert not whole


def test_two_small_groups_that_are_small_together_take_a_third() -> None:
    hidden, whole = one_way([1, 2, 9, 40])
    assert hidden.tolist() == [True, True, True, False]
    assert not whole


def test_a_single_group_is_hidden_with_its_whole() -> None:
    hidden, whole = one_way([3, 0, 0])
    assert hidden.tolist() == [True, False, False]
    assert whole


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    inside, rows, columns, total = two_way([[5, 9], [0, 12]])
    assert not any((inside.any(), rows.any(), columns.any(), total))


def test_a_cross_table_is_protected_along_rows_and_columns() -> None:
    inside, rows, columns, total = two_way([[2, 20, 30], [21, 22, 31], [40, 41, 42]])
    assert inside.tolist() == [[True, True, False], [True, True, False], [False] * 3]
    assert not any((rows.any(), columns.any(), total))


def _fixed(inside: np.ndarray) -> list[tuple[int, int]]:
    """Return the hidden cells that the sums of rows and columns alone determine."""
    places = [tuple(map(int, place)) for place in np.argwhere(inside)]
    equations = np.zeros((sum(inside.shape), len(places)))
    for column, (row, place) in enumerate(places):
        equations[row, column] = equations[inside.shape[0] + place, column] = 1
    _, sizes, directions = np.linalg.svd(equations)
    free = directions[(sizes > 1e-9).sum() :]
    return [place for n, place in enumerate(places) if not np.abs(free[:, n]).max(initial=0) > 1e-9]


def test_a_cell_between_two_hidden_blocks_does_not_follow_from_their_sums() -> None:
    # Every row and column has two hidden cells and more than five behind them; yet the cell that
    # ties both blocks together is the rows of one block less its columns.
    table = np.full((4, 4), 50)
    table[:2, :2], table[2:, 2:], table[1, 2] = 3, 3, 4
    small = table < LEAST
    assert _fixed(small) == [(1, 2)]
    inside, _, _, _ = two_way(table)
    assert inside[small].all()
    assert _fixed(inside) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 30), min_size=5, max_size=5), min_size=5, max_size=5))
def test_no_cell_of_a_larger_table_follows_from_its_sums(table: list[list[int]]) -> None:
    inside, rows, columns, total = two_way(table)
    if not any((rows.any(), columns.any(), total)):
        assert _fixed(inside) == []


def test_rows_are_hidden_whole_and_protect_each_other_in_every_column() -> None:
    # Row 0 is small in its second count only; row 1 protects it there, row 4 is the total.
    table = [[50, 2], [60, 9], [70, 30], [80, 40], [260, 81]]
    hidden = protect_rows(table, [Sum(4, (0, 1, 2, 3))])
    assert hidden.tolist() == [True, True, False, False, False]


def test_an_unknown_count_protects_nobody() -> None:
    hidden = protect([3, float("nan"), 10, 40, 60], [Sum(4, (0, 1, 2, 3))])
    assert hidden.tolist() == [True, False, True, False, False]


def test_what_is_hidden_for_another_reason_is_protected_too() -> None:
    hidden = protect([10, 20, 30, 60], [Sum(3, (0, 1, 2))], forced=[False, True, False, False])
    assert hidden.tolist() == [True, True, False, False]


def test_sums_that_are_no_network_are_refused() -> None:
    with pytest.raises(ValueError, match="in 3 sums"):
        protect([1, 2, 3, 4], [Sum(1, (0,)), Sum(2, (0,)), Sum(3, (0,))])
