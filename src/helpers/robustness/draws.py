"""Assumptions drawn at random, and the ranks that they give: vectorised over draws.

A regeneration is the whole index made once more. With normalisation and mean fixed it is a product of a
matrix of weights and one of indicators, so all draws that share these choices are made together, a
piece of them at a time: memory does not grow with the number of draws.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.robustness.construction import (
    Aggregation,
    Floats,
    Imputation,
    Normalisation,
    impute,
    normalise,
)
from helpers.robustness.tree import Tree

Integers = NDArray[np.int64]
_PIECE = 200_000
_SCALES: Mapping[str, dict[str, Any]] = {
    # Positive everywhere, so that geometric and harmonic means exist.
    "minmax": {"low": 1.0, "high": 100.0},
    "zscore": {"mean": 10.0, "spread": 2.0},
}


@dataclass(frozen=True)
class Assumptions:
    """Which choices of construction are open, and how far.

    Parameters
    ----------
    normalisations : tuple of str
        The first is the nominal one. Min-max is onto 1 to 100, z-scores have mean 10 and spread 2.
    aggregations : tuple of {"arithmetic", "geometric", "harmonic"}
        The first is the nominal one; the same at every level.
    noise : float
        Each weight is multiplied by a number drawn evenly from ``1 - noise`` to ``1 + noise``.
    concentration : float, optional
        Draw the weights of a group from a Dirichlet distribution around the nominal ones instead;
        the higher, the nearer they stay.
    imputations : tuple of str
        Of what is missing; ``"none"`` leaves it to the weights of the others.
    drop : bool
        Whether each draw leaves out one of the parts of the top, or none, with equal chances.
    errors : pandas.DataFrame, optional
        Standard errors of the indicators, of the table's shape; drawn as normal and independent.
    """

    normalisations: tuple[Normalisation, ...] = ("minmax", "zscore")
    aggregations: tuple[Aggregation, ...] = ("arithmetic", "geometric")
    noise: float = 0.25
    concentration: float | None = None
    imputations: tuple[Imputation, ...] = ("none",)
    drop: bool = False
    errors: pd.DataFrame | None = None

    def __post_init__(self) -> None:
        if "median" in self.aggregations:
            raise ValueError(
                "trung vị không có trong phép thử ngẫu nhiên: dùng aggregate(how='median')"
            )
        if not 0 <= self.noise < 1:
            raise ValueError("noise phải từ 0 đến dưới 1")

    @property
    def open(self) -> tuple[str, ...]:
        """Names of the choices that vary."""
        varies = {
            "weights": self.noise > 0 or self.concentration is not None,
            "normalisation": len(self.normalisations) > 1,
            "aggregation": len(self.aggregations) > 1,
            "imputation": len(self.imputations) > 1,
            "drop": self.drop,
            "errors": self.errors is not None,
        }
        return tuple(name for name, one in varies.items() if one)


@dataclass(frozen=True)
class Draws:
    """Assumptions of many regenerations: one entry a draw.

    Parameters
    ----------
    normalisation, aggregation, imputation : numpy.ndarray
        Numbers of the choice.
    weights : mapping of str to numpy.ndarray
        For every group, draws × children.
    drop : numpy.ndarray
        Number of the part of the top that is left out; -1 for none.
    seeds : numpy.ndarray
        Of the errors of the indicators.
    """

    normalisation: Integers
    aggregation: Integers
    imputation: Integers
    weights: Mapping[str, Floats]
    drop: Integers
    seeds: Integers

    def taking(self, choice: str, other: Draws) -> Draws:
        """Return these draws with one choice of the others."""
        name = "seeds" if choice == "errors" else choice
        return replace(self, **{name: getattr(other, name)})


def draw(tree: Tree, assumptions: Assumptions, count: int, seed: int) -> Draws:
    """Draw assumptions; the same seed gives the same ones."""
    rng = np.random.default_rng(seed)
    weights = {}
    for group in tree.groups():
        nominal = np.array([tree.weight(code) for code in tree.children(group)])
        shape = (count, len(nominal))
        if assumptions.concentration is not None:
            around = nominal / nominal.sum() * assumptions.concentration * len(nominal)
            weights[group] = rng.dirichlet(around, count)
        else:
            weights[group] = nominal * rng.uniform(
                1 - assumptions.noise, 1 + assumptions.noise, shape
            )
    parts = len(tree.children(tree.top))
    return Draws(
        rng.integers(len(assumptions.normalisations), size=count),
        rng.integers(len(assumptions.aggregations), size=count),
        rng.integers(len(assumptions.imputations), size=count),
        weights,
        rng.integers(-1, parts, size=count) if assumptions.drop else np.full(count, -1),
        rng.integers(2**32, size=count),
    )


def nominal_draw(tree: Tree) -> Draws:
    """Return one draw that is the index as it is: the first of every choice."""
    zero = np.zeros(1, dtype=np.int64)
    weights = {
        group: np.array([[tree.weight(code) for code in tree.children(group)]])
        for group in tree.groups()
    }
    return Draws(zero, zero, zero, weights, zero - 1, zero)


def each_ranking(
    table: pd.DataFrame,
    tree: Tree,
    assumptions: Assumptions,
    draws: Draws,
    use: Callable[[Integers, Integers], None],
    workers: int = 1,
) -> None:
    """Rank the units under every draw.

    Parameters
    ----------
    table : pandas.DataFrame
        Indicators as measured.
    tree : Tree
    assumptions : Assumptions
    draws : Draws
    use : callable
        Given the numbers of some draws and their ranks, draws × units, 1 for the highest. May be
        called by several threads, with different draws.
    workers : int
        Threads.
    """
    table = table[list(tree.indicators)]

    def rank(piece: tuple[Integers, Any, Any, Any]) -> None:
        numbers, how, mean, filled = piece
        if assumptions.errors is None:
            x = _normalised(impute(table, filled), tree, how)
            scores = _scores(x[None], tree, mean, _some(draws, numbers))
        else:
            scores = _with_errors(table, tree, assumptions, (how, mean, filled), draws, numbers)
        use(numbers, rank_rows(scores))

    pieces = _pieces(assumptions, draws, len(table))
    if workers == 1:
        for piece in pieces:
            rank(piece)
        return
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(rank, pieces))


def _pieces(
    assumptions: Assumptions, draws: Draws, units: int
) -> Iterator[tuple[Integers, Normalisation, Aggregation, Imputation]]:
    size = max(1, _PIECE // units, units // 8)
    if assumptions.errors is not None:
        size = max(1, size // assumptions.errors.shape[1])
    for (n, how), (a, mean), (i, filled) in product(
        enumerate(assumptions.normalisations),
        enumerate(assumptions.aggregations),
        enumerate(assumptions.imputations),
    ):
        same = (draws.normalisation == n) & (draws.aggregation == a) & (draws.imputation == i)
        numbers = np.flatnonzero(same)
        for start in range(0, len(numbers), size):
            yield numbers[start : start + size], how, mean, filled


def _some(draws: Draws, numbers: Integers) -> Draws:
    weights = {group: values[numbers] for group, values in draws.weights.items()}
    return replace(draws, weights=weights, drop=draws.drop[numbers], seeds=draws.seeds[numbers])


def _normalised(table: pd.DataFrame, tree: Tree, how: Normalisation) -> Floats:
    directions = {code: tree.direction(code) for code in tree.indicators}
    made = normalise(table, how, directions, **_SCALES.get(how, {}))
    return made.to_numpy(dtype=float)


def _with_errors(
    table: pd.DataFrame,
    tree: Tree,
    assumptions: Assumptions,
    choices: tuple[Normalisation, Aggregation, Imputation],
    draws: Draws,
    numbers: Integers,
) -> Floats:
    """Return scores where the indicators differ from draw to draw too."""
    how, mean, filled = choices
    errors = assumptions.errors if assumptions.errors is not None else table * 0
    spread = errors.reindex_like(table).fillna(0.0).to_numpy()
    base, some = impute(table, filled), _some(draws, numbers)
    drawn = (
        np.random.default_rng(int(seed)).standard_normal(spread.shape) * spread
        for seed in some.seeds
    )
    if how == "none":  # no value depends on those of other units
        signs = np.array([tree.direction(code) for code in tree.indicators])
        x = (base.to_numpy(dtype=float) + np.stack(list(drawn))) * signs
    else:
        x = np.stack([_normalised(base + one, tree, how) for one in drawn])
    return _scores(x, tree, mean, some)


def _scores(x: Floats, tree: Tree, mean: Aggregation, draws: Draws) -> Floats:
    """Return the top's scores, draws × units, up to a function that keeps their order.

    Parameters
    ----------
    x : numpy.ndarray
        1 or draws × units × indicators.
    """
    forward, back = {
        "arithmetic": (None, None),
        "geometric": (np.log, np.exp),
        "harmonic": (np.reciprocal, np.reciprocal),
    }[mean]
    if forward is not None:
        if np.nanmin(x) <= 0:
            raise ValueError("trung bình nhân, điều hòa cần mọi giá trị dương")
        x = forward(x)
    places = {code: number for number, code in enumerate(tree.indicators)}
    made: dict[str, Floats] = {}
    for group in tree.groups():
        children = tree.children(group)
        w = draws.weights[group]
        if group == tree.top and (draws.drop >= 0).any():
            w = np.where(np.arange(len(children)) == draws.drop[:, None], 0.0, w)
        if all(code in places for code in children):
            part = x[:, :, [places[code] for code in children]]
            value = _mean_of_indicators(part, w)
        else:
            parts = [made[c] if c in made else x[:, :, places[c]] for c in children]
            value = _mean_of_groups(parts, w)
        # Level by level: the mean of a group is a value that the next mean starts from, and the
        # transformed value is what that needs. Only the harmonic mean turns the order round.
        made[group] = value
    top = made[tree.top]
    return -top if back is np.reciprocal else top


def _mean_of_indicators(x: Floats, w: Floats) -> Floats:
    known = ~np.isnan(x)
    if x.shape[0] == 1:
        if known.all():
            return np.asarray((w / w.sum(axis=1, keepdims=True)) @ x[0].T)
        over, under = w @ np.where(known, x, 0.0)[0].T, w @ known[0].T
    else:
        over = np.einsum("duk,dk->du", np.where(known, x, 0.0), w)
        under = np.einsum("duk,dk->du", known, w)
    with np.errstate(invalid="ignore"):
        return np.asarray(over / np.where(under > 0, under, np.nan))


def _mean_of_groups(parts: list[Floats], w: Floats) -> Floats:
    over, under = np.zeros(1), np.zeros(1)
    for number, part in enumerate(parts):
        weight, known = w[:, number, None], ~np.isnan(part)
        over = over + weight * np.where(known, part, 0.0)
        under = under + weight * known
    with np.errstate(invalid="ignore"):
        return np.asarray(over / np.where(under > 0, under, np.nan))


def rank_rows(scores: Floats) -> Integers:
    """Rank each row from 1 for the highest; equal scores share the better place, NaN comes last."""
    order = np.argsort(-scores, axis=1)
    ranked = np.take_along_axis(scores, order, 1)
    places = np.broadcast_to(np.arange(1, scores.shape[1] + 1), scores.shape)
    tied = ranked[:, 1:] == ranked[:, :-1]
    if tied.any():
        first = np.hstack([np.ones((len(scores), 1), dtype=bool), ~tied])
        places = np.maximum.accumulate(np.where(first, places, 0), axis=1)
    made = np.empty(scores.shape, dtype=np.int64)
    np.put_along_axis(made, order, places, 1)
    return made
