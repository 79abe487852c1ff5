"""What the forms of a satisfaction survey say about themselves: unit, weight, stratum, cluster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np
import numpy.typing as npt
import polars as pl

from helpers.indices.sipas.rules import Kind, SipasRules
from helpers.indices.sipas.sample import Design, Floats, Ints

KINDS: tuple[Kind, ...] = get_args(Kind)
UNIT_COLUMN: Mapping[Kind, str] = {"department": "co_quan", "district": "huyen", "commune": "xa"}
"""Column of the survey file that names the unit; the province needs none."""

Flags = npt.NDArray[np.bool_]
Names = npt.NDArray[np.str_]

_PLACES = ("huyen", "xa", "thon")
"""Columns of a place, the wider first; a name is one only together with those before it."""
SEPARATOR = "\x1f"


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
    told : bool
        Whether the file names the strata; else they are assumed.
    """

    kind: Kind
    strata: int
    clusters: int
    clustered: bool
    lonely: int
    weighted: bool
    corrected: bool
    told: bool


@dataclass(frozen=True)
class FormRows:
    """What a form says about itself."""

    names: Mapping[str, pl.Series]
    agency: pl.Series
    agency_named: Flags
    weights: Floats
    weight_known: Flags

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

    @property
    def one_agency(self) -> bool:
        """Whether every form judges the same agency: a survey of it, wherever people live."""
        return bool(self.agency_named.all()) and self.agency.n_unique() == 1

    @property
    def names_nobody(self) -> bool:
        """Whether no form names an agency or a place, so that nobody knows who was measured."""
        placed = any((self.column(name) != "").any() for name in _PLACES)
        return not placed and not self.agency_named.any()

    @property
    def one_sample(self) -> bool:
        """Whether all who judge an agency were drawn in hamlets, as residents are."""
        hamlet = (self.column("thon") != "").to_numpy()
        drawn = bool(self.agency_named.any() and hamlet[self.agency_named].all())
        return drawn and not self.one_agency

    def samples(self) -> tuple[Flags, Flags]:
        """Return which forms are of residents, and which are of the sample that judges agencies."""
        if self.one_sample:
            every = np.ones(len(self.agency), dtype=bool)
            return every, every
        return ~self.agency_named, self.agency_named

    def column(self, name: str) -> pl.Series:
        """Return a column of names; empty texts if the file does not have it."""
        empty = pl.Series([""] * len(self.agency), dtype=pl.String)
        return self.names.get(name, empty)

    def joined(self, columns: Sequence[str]) -> pl.Series:
        """Return one name made of several columns; a place may have the name of another's."""
        parts = [self.column(name) for name in columns]
        if not parts:
            return pl.Series([""] * len(self.agency), dtype=pl.String)
        return pl.select(pl.concat_str(parts, separator=SEPARATOR)).to_series()

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
    rows: FormRows, rules: SipasRules, kind: Kind, inside: Ints, units: Names, unit: Ints
) -> tuple[Design, Drawn]:
    """Say how forms were drawn, by the rules and by the columns that the file fills in.

    Parameters
    ----------
    rows : FormRows
    rules : SipasRules
    kind : str
    inside : array of int
        Forms of the sample.
    units : array of str
        Names of the units.
    unit : array of int
        Unit of each form of the sample, −1 for none.
    """
    drawn_as: Kind = kind
    if rows.one_sample and kind == "department":
        drawn_as = "province"
    elif not rows.one_sample and rows.agency_named[inside].all():
        # Who judges an agency is drawn from its dossiers.
        drawn_as = "department"
    columns = rules.designs[drawn_as]
    strata_columns = _with_places(columns.strata)
    told = bool((rows.column(rules.given_strata).gather(inside) != "").any())
    if told:
        # Strata that the file names are those the sample was drawn in.
        agency = tuple(name for name in columns.strata if name == "co_quan")
        strata_columns = (*agency, rules.given_strata)
    strata = _numbered(rows.joined(strata_columns).gather(inside))
    clustered = any((rows.column(name).gather(inside) != "").any() for name in columns.clusters)
    if clustered:
        cluster = _numbered(rows.joined(_with_places(columns.clusters)).gather(inside))
    else:
        cluster = np.arange(len(inside), dtype=np.int64)
    _, psus = np.unique(strata * (cluster.max() + 1) + cluster, return_inverse=True)
    population = None if clustered else _population(rules, units, unit, strata)
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
        told=told,
    )


def _with_places(columns: tuple[str, ...]) -> tuple[str, ...]:
    """Add the wider places that a hamlet's or commune's name needs to be one."""
    deepest = max((_PLACES.index(name) for name in columns if name in _PLACES), default=-1)
    others = tuple(name for name in columns if name not in _PLACES)
    return (*others, *_PLACES[: deepest + 1])


def _population(rules: SipasRules, units: Names, unit: Ints, strata: Ints) -> Floats | None:
    """Return what each stratum was drawn from, where the province told and a unit is a stratum."""
    found = np.full(int(strata.max()) + 1, np.inf)
    for number, name in enumerate(units):
        of_unit = np.unique(strata[unit == number]) if name in rules.population else ()
        if len(of_unit) == 1:
            found[of_unit] = rules.population[str(name)]
    return found if np.isfinite(found).any() else None


def shown_names(names: Sequence[str]) -> list[str]:
    """Return how units are called: a commune with its district only where its name occurs twice."""
    short = [name.split(SEPARATOR)[0] for name in names]
    return [
        f"{own} ({name.split(SEPARATOR)[1]})" if short.count(own) > 1 else own
        for name, own in zip(names, short, strict=True)
    ]


def _numbered(names: pl.Series) -> Ints:
    _, numbers = np.unique(names.to_numpy().astype(str), return_inverse=True)
    return numbers.astype(np.int64)
