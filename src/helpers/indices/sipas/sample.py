"""How survey responses were drawn, and sums over the clusters they were drawn in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Design:
    """How the responses were drawn; one entry a response.

    Parameters
    ----------
    weights : array of float
        Positive; only their proportions matter.
    strata : array of int
        Codes 0, 1, … of the strata.
    psus : array of int
        Codes 0, 1, … of the primary sampling units, different in different strata.
    population : array of float or None
        Primary sampling units in the population of each stratum, for the finite-population
        correction; infinite where it is not known. None for no correction.
    """

    weights: Floats
    strata: Ints
    psus: Ints
    population: Floats | None = None

    @property
    def stratum_of_psu(self) -> Ints:
        """Stratum of each primary sampling unit."""
        found = np.zeros(int(self.psus.max()) + 1, dtype=np.int64)
        found[self.psus] = self.strata
        return found

    @property
    def psus_of_stratum(self) -> Ints:
        """Number of primary sampling units in each stratum."""
        return np.bincount(self.stratum_of_psu, minlength=int(self.strata.max()) + 1)


@dataclass(frozen=True)
class Cells:
    """Cells are the primary sampling units crossed with the units; rows are sorted into them."""

    order: Ints
    starts: Ints
    psu: Ints
    unit: Ints
    stratum: Ints
    units: int

    @classmethod
    def of(cls, design: Design, units: Ints) -> Cells:
        """Sort the responses that belong to a unit into cells."""
        inside = np.flatnonzero(units >= 0)
        order = inside[np.lexsort((design.psus[inside], design.strata[inside], units[inside]))]
        unit, psu = units[order], design.psus[order]
        new = np.ones(len(order), dtype=bool)
        new[1:] = (unit[1:] != unit[:-1]) | (psu[1:] != psu[:-1])
        starts = np.flatnonzero(new)
        first = order[starts]
        return cls(
            order,
            starts,
            design.psus[first],
            units[first],
            design.strata[first],
            int(units.max(initial=-1)) + 1,
        )

    def by_cell(self, rows: Floats) -> Floats:
        """Add up rows within cells."""
        if len(self.starts) == len(self.order):
            return rows[self.order]
        return np.add.reduceat(rows[self.order], self.starts, axis=0)

    def by_unit(self, cells: Floats) -> Floats:
        """Add up cells within units; cells are sorted by unit."""
        found = np.zeros((self.units, cells.shape[1]))
        present, first = np.unique(self.unit, return_index=True)
        found[present] = np.add.reduceat(cells, first, axis=0)
        return found

    def _strata(self) -> tuple[Ints, Ints, Ints]:
        """Return where each unit's strata begin among the cells, and their unit and stratum."""
        new = np.ones(len(self.unit), dtype=bool)
        new[1:] = (self.unit[1:] != self.unit[:-1]) | (self.stratum[1:] != self.stratum[:-1])
        first = np.flatnonzero(new)
        return first, self.unit[first], self.stratum[first]

    def variance(self, influence: Floats, design: Design) -> tuple[Floats, Ints]:
        """Return the variance of each unit's shares, and its number of lonely strata."""
        first, unit, stratum = self._strata()
        size = design.psus_of_stratum[stratum].astype(float)[:, None]
        squares = np.add.reduceat(influence**2, first, axis=0)
        sums = np.add.reduceat(influence, first, axis=0)
        alone = size[:, 0] == 1
        # A lonely stratum has no spread of its own: it is taken around the mean of all, which is 0.
        factor = np.where(size > 1, size / np.maximum(size - 1, 1), 1.0)
        spread = squares - np.where(size > 1, sums**2 / size, 0.0)
        part = factor * spread * _correction(design, stratum)[:, None]
        found = np.zeros((self.units, influence.shape[1]))
        np.add.at(found, unit, part)
        return found, np.bincount(unit[alone], minlength=self.units)

    def within(self, influence: Floats, design: Design) -> Floats:
        """Return the covariances of each unit's shares with each other: units × shares × shares."""
        first, unit, stratum = self._strata()
        last = np.append(first[1:], len(self.unit))
        sizes, keep = design.psus_of_stratum, _correction(design, stratum)
        shares = influence.shape[1]
        found = np.zeros((self.units, shares, shares))
        for place, (begin, end) in enumerate(zip(first, last, strict=True)):
            totals, size = influence[begin:end], int(sizes[stratum[place]])
            spread = totals.T @ totals
            if size > 1:
                sums = totals.sum(axis=0)
                spread = (spread - np.outer(sums, sums) / size) * size / (size - 1)
            found[unit[place]] += spread * keep[place]
        return found

    def freedom(self, present: npt.NDArray[np.bool_]) -> Floats:
        """Return, per unit and ratio, primary sampling units with an answer less their strata."""
        first, unit, _ = self._strata()
        counts = np.add.reduceat(present.astype(float), first, axis=0)
        found = np.zeros((self.units, present.shape[1]))
        np.add.at(found, unit, np.maximum(counts - 1, 0))
        return found

    def covariance(self, influence: Floats, design: Design) -> Floats:
        """Return the covariance of one share between units, from the strata that units share."""
        _, _, stratum = self._strata()
        found = np.zeros((self.units, self.units))
        shared = np.flatnonzero(np.bincount(stratum) > 1)
        cells_of = {int(s): np.flatnonzero(self.stratum == s) for s in shared}
        sizes, keep = (
            design.psus_of_stratum,
            _correction(design, np.arange(design.strata.max() + 1)),
        )
        for number, cells in cells_of.items():
            size = int(sizes[number])
            names, column = np.unique(self.unit[cells], return_inverse=True)
            places, row = np.unique(self.psu[cells], return_inverse=True)
            totals = np.zeros((len(places), len(names)))
            totals[row, column] = influence[cells]
            sums = totals.sum(axis=0)
            spread = totals.T @ totals
            if size > 1:
                spread = (spread - np.outer(sums, sums) / size) * size / (size - 1)
            found[np.ix_(names, names)] += spread * keep[number]
        alone = ~np.isin(stratum, shared)
        if alone.any():
            own, _ = self.variance(
                influence[:, None] * ~np.isin(self.stratum, shared)[:, None], design
            )
            found[np.diag_indices(self.units)] += own[:, 0]
        return found


def _correction(design: Design, strata: Ints) -> Floats:
    """Return the finite-population correction of strata: 1 − drawn / population."""
    if design.population is None:
        return np.ones(len(strata))
    drawn = design.psus_of_stratum[strata]
    return np.clip(1 - drawn / design.population[strata], 0.0, 1.0)
