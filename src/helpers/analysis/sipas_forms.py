"""What the forms of a satisfaction survey say about themselves: unit, weight, stratum, cluster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np
import numpy.typing as npt
import polars as pl

from helpers.indices.sipas_rules import Kind, SipasRules
from helpers.indices.sipas_sample import Design, Floats, Ints

KINDS: tuple[Kind, ...] = get_args(Kind)
UNIT_COLUMN: Mapping[Kind, str] = {"department": "co_quan", "district": "huyen", "commune": "xa"}
"""Column of the survey file that names the unit; the province needs none."""

_SEPARATOR = "\x1f"


@dataclass(frozen=True)
class Drawn:
    """How the forms of one kind of unit were drawn, for the method note.

    Parameters
    ----------
    kind : str
    strata, clusters : int
        Strata, and primary sampling units (forms, where they were drawn one by one).
    clustered : bool
        Whether there are clusters above the forms.
    lonely : int
        Strata with a single primary sampling unit.
    weighted, corrected : bool
        Whether forms have weights, and whether the finite population was taken account of.
    """

    kind: Kind
    strata: int
    clusters: int
    clustered: bool
    lonely: int
    weighted: bool
    corrected: bool


@dataclass(frozen=True)
class FormRows:
    """What a form says about itself."""

    names: Mapping[str, pl.Series]
    agency: pl.Series
    agency_named: np.ndarray
    weights: Floats
    weight_known: np.ndarray

    @classmethod
    def of(cls, frame: pl.DataFrame) -> FormRows:
        """Read the columns that are there; a survey without weights has equal ones."""
        empty = pl.Series([""] * frame.height, dtype=pl.String)
        text = [c for c in frame.columns if frame[c].dtype == pl.String]
        names = {c: frame[c].fill_null("").str.strip_chars() for c in text}
        agency = names.get("co_quan", empty)
        given = frame["trong_so"] if "trong_so" in frame.columns else None
        if given is None or given.null_count() == frame.height:
            weights = np.ones(frame.height)
        else:
            weights = given.cast(pl.Float64).fill_null(0.0).to_numpy().astype(np.float64)
        return cls(
            names=names,
            agency=agency,
            agency_named=(agency != "").to_numpy(),
            weights=weights,
            weight_known=weights > 0,
        )

    def column(self, name: str) -> pl.Series:
        """Return a column of names; empty texts if the file does not have it."""
        empty = pl.Series([""] * len(self.agency), dtype=pl.String)
        return self.names.get(name, empty)

    def joined(self, columns: Sequence[str]) -> pl.Series:
        """Return one name made of several columns; a place may have the name of another's."""
        parts = [self.column(name) for name in columns]
        if not parts:
            return pl.Series([""] * len(self.agency), dtype=pl.String)
        return pl.select(pl.concat_str(parts, separator=_SEPARATOR)).to_series()

    def unit_names(self, kind: Kind) -> pl.Series:
        """Return the unit of each form; a commune with its district, which tells namesakes apart."""
        if kind == "province":
            return self.joined(())
        own = self.column(UNIT_COLUMN[kind])
        if kind != "commune":
            return own
        both = self.joined(("xa", "huyen"))
        return pl.select(pl.when(own != "").then(both).otherwise(pl.lit(""))).to_series()


def design_of(
    rows: FormRows,
    rules: SipasRules,
    kind: Kind,
    customers: bool,
    inside: Ints,
    units: npt.NDArray[np.str_],
    unit: Ints,
) -> tuple[Design, Drawn]:
    """Say how forms were drawn, by the rules and by the columns that the file fills in.

    Parameters
    ----------
    rows : FormRows
    rules : SipasRules
    kind : str
    customers : bool
        Whether the forms judge an agency.
    inside : array of int
        Forms that count.
    units : array of str
        Names of the units.
    unit : array of int
        Unit of each form that counts.
    """
    columns = rules.designs["department" if customers else kind]
    strata_columns = columns.strata
    if (rows.column(rules.given_strata).gather(inside) != "").any():
        # Strata that the file names are those the sample was drawn in.
        strata_columns = ("co_quan", rules.given_strata) if customers else (rules.given_strata,)
    elif kind == "commune":
        strata_columns = (*strata_columns, "huyen")
    strata = _numbered(rows.joined(strata_columns).gather(inside))
    clustered = any((rows.column(name).gather(inside) != "").any() for name in columns.clusters)
    if clustered:
        cluster = _numbered(rows.joined(columns.clusters).gather(inside))
    else:
        cluster = np.arange(len(inside), dtype=np.int64)
    _, psus = np.unique(strata * (cluster.max() + 1) + cluster, return_inverse=True)
    one_by_one = customers and not clustered
    population = _population(rules, units, unit, strata) if one_by_one else None
    design = Design(rows.weights[inside], strata, psus.astype(np.int64), population)
    sizes = design.psus_of_stratum
    return design, Drawn(
        kind=kind,
        strata=len(sizes),
        clusters=int(sizes.sum()),
        clustered=clustered,
        lonely=int((sizes == 1).sum()),
        weighted=bool(np.ptp(design.weights) > 0),
        corrected=population is not None,
    )


def _population(
    rules: SipasRules, units: npt.NDArray[np.str_], unit: Ints, strata: Ints
) -> Floats | None:
    """Return what each stratum was drawn from, where the province told and a unit is a stratum."""
    found = np.full(int(strata.max()) + 1, np.inf)
    for number, name in enumerate(units):
        of_unit = np.unique(strata[unit == number]) if name in rules.population else ()
        if len(of_unit) == 1:
            found[of_unit] = rules.population[str(name)]
    return found if np.isfinite(found).any() else None


def shown_names(names: Sequence[str]) -> list[str]:
    """Return how units are called: a commune with its district only where its name occurs twice."""
    short = [name.split(_SEPARATOR)[0] for name in names]
    return [
        f"{own} ({name.split(_SEPARATOR)[1]})" if short.count(own) > 1 else own
        for name, own in zip(names, short, strict=True)
    ]


def _numbered(names: pl.Series) -> Ints:
    _, numbers = np.unique(names.to_numpy().astype(str), return_inverse=True)
    return numbers.astype(np.int64)
