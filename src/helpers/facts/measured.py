"""What is known about one criterion of one unit in one year, whatever the index.

Every index fills the same form, so that what the figures say is judged in one place. Nothing here is
judged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from helpers.facts.ranks import Ranks, rank
from helpers.facts.value import Error, Key, Score, Value, Why

MarkKind = Literal["target", "mean", "pooled", "median", "region", "country"]
Role = Literal["previous", "base"]
Basis = Literal["value", "share", "place", "lost"]
DifferenceOf = Callable[[str, str], Error]
"""Error of the difference of two parts, or of two units."""


@dataclass(frozen=True)
class Peers:
    """The declared population in which a place is counted.

    One object serves every unit of an index, year and criterion: places are computed once.

    Parameters
    ----------
    values : mapping of str to Value
        Of every unit that is counted, the own one among them unless it is excluded.
    of : str
        What they are, a code of the words: ``provinces``, ``departments``.
    names : mapping of str to str
        As written inside a sentence; the key where it is missing.
    all_units : int or None
        Units that there are, counted or not; None if nobody said.
    not_measured : tuple of str
        Units that the owner did not measure: they change no place.
    not_delivered : tuple of str
        Units whose figures are not here yet: places may change.
    excluded : mapping of str to Why
        Units with a value that are not counted, and the reason.
    covariance : callable, optional
        Of two units' values, in squared units, a unit with itself included; None if the units are
        independent samples.
    higher_is_better : bool
    """

    values: Mapping[str, Value]
    of: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    all_units: int | None = None
    not_measured: tuple[str, ...] = ()
    not_delivered: tuple[str, ...] = ()
    excluded: Mapping[str, Why] = field(default_factory=dict)
    covariance: Callable[[str, str], float] | None = None
    higher_is_better: bool = True

    def __post_init__(self) -> None:
        both = set(self.values) & (set(self.excluded) | set(self.not_measured))
        if both:
            raise ValueError(f"counted and left out: {sorted(both)}")

    @cached_property
    def known(self) -> Mapping[str, Value]:
        """Units with a value that may be told and is not only known from one side."""
        return {
            unit: value
            for unit, value in self.values.items()
            if value.is_known and value.bound == "exact"
        }

    @cached_property
    def unsettled(self) -> int:
        """How many counted units have no value that may be told, or did not deliver."""
        return len(self.values) - len(self.known) + len(self.not_delivered)

    @cached_property
    def ranks(self) -> Ranks:
        """Places of the known ones, at unrounded and at printed precision."""
        return rank(self.known, higher_is_better=self.higher_is_better)

    @cached_property
    def memo(self) -> dict[str, tuple[int, int, bool]]:
        """Places that the errors leave open, kept by :func:`helpers.facts.places.open_places`."""
        return {}

    def name(self, unit: str) -> str:
        """Return a unit's name."""
        return self.names.get(unit, unit)


@dataclass(frozen=True)
class Mark:
    """A value to set the own one beside.

    Parameters
    ----------
    kind : str
        Which: a target, a mean, a median, …
    value : Value
    name : str
        Code or name of what it is, for the words: whose target, the mean of whom.
    members : tuple of str
        Units that it was made of, names in the peers; empty if it was made of none of them.
    contains_own : bool
        Whether the own value is one of them.
    difference : Error, optional
        Error of the own value minus the mark, where the index knows it from its records.
    """

    kind: MarkKind
    value: Value
    name: str = ""
    members: tuple[str, ...] = ()
    contains_own: bool = False
    difference: Error | None = None


@dataclass(frozen=True)
class Place:
    """A place as its owner printed it.

    Parameters
    ----------
    rank : int
    units : int or None
        None where the source does not say among how many.
    source : str or Why
    sharing : tuple of str
        Names of other units to which its owner gave the same place.
    """

    rank: int
    units: int | None
    source: str | Why = ""
    sharing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """A published or computed group, such as a quartile or a band.

    Parameters
    ----------
    code : str
    order : int
        1 is the lowest.
    of : int
        How many groups there are.
    published : bool
        Whether its owner states it, or published rules give it for certain.
    source : str or Why
    """

    code: str
    order: int
    of: int
    published: bool
    source: str | Why = ""


@dataclass(frozen=True)
class Earlier:
    """The same criterion of the same unit in an earlier year.

    Parameters
    ----------
    measured : Measured
    role : {"previous", "base"}
        The last year with a value, or the base year of the term.
    barred : tuple of Why
        Why the two years must not be compared; empty if they may.
    covariance : float or None
        Of the two estimates; 0 for independent samples, None for one sample with unknown covariance.
    difference : Error, optional
        Of the difference itself, where the index knows it.
    """

    measured: Measured
    role: Role = "previous"
    barred: tuple[Why, ...] = ()
    covariance: float | None = 0.0
    difference: Error | None = None

    @property
    def year(self) -> int:
        """The earlier year."""
        return self.measured.key.year


@dataclass(frozen=True)
class Measured:
    """One criterion of one unit in one year.

    Parameters
    ----------
    key : Key
    name : str
        As written inside a sentence.
    value : Value
    higher_is_better : bool or None
        None where neither direction is better.
    maximum : Value or None
        Best possible value.
    peers : Peers or None
    printed_place : Place or None
    marks : tuple of Mark
    earlier : tuple of Earlier
        The previous year first.
    parts : tuple of Measured
        Of the tree; depth may differ from part to part.
    weights : mapping of str to float, or None
        By code of the part, if the value is their weighted sum; None if it is not (a rate).
    part_basis : {"value", "share", "place", "lost"} or None
        By what the parts are ordered; None if they are not.
    part_difference : callable, optional
        Error of the difference of two parts by code: parts of one sample are correlated.
    needs : mapping of str to int
        Least counts that the value needs: ``forms``, ``answers``.
    suppressed_below : int or None
        Size below which the index tells nothing; for the sentence.
    group : Group or None
    self_scored : Value or None
        What the unit gave itself; `value` is then what the appraisal left.
    floor : float
        Smallest gap worth telling, in the unit of the value, besides one case of a rate's base.
    """

    key: Key
    name: str
    value: Value
    higher_is_better: bool | None = True
    maximum: Value | None = None
    peers: Peers | None = None
    printed_place: Place | None = None
    marks: tuple[Mark, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    parts: tuple[Measured, ...] = ()
    weights: Mapping[str, float] | None = None
    part_basis: Basis | None = None
    part_difference: DifferenceOf | None = None
    needs: Mapping[str, int] = field(default_factory=dict)
    suppressed_below: int | None = None
    group: Group | None = None
    self_scored: Value | None = None
    floor: float = 0.0

    def __post_init__(self) -> None:
        codes = [part.key.code for part in self.parts]
        if len(codes) != len(set(codes)):
            raise ValueError("two parts have one code")
        if self.weights is not None and not set(self.weights) <= set(codes):
            raise ValueError("a weight without its part")

    @property
    def own(self) -> str:
        """Who is measured, as the peers call it."""
        return self.key.measured_unit

    @property
    def score(self) -> Score:
        """Stage of scoring of the value."""
        return self.value.score

    def before(self, role: Role) -> Earlier | None:
        """Return the earlier year of a role."""
        return next((one for one in self.earlier if one.role == role), None)
