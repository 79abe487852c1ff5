"""What each index found of who reports, with what the judge says of it, in one line of the report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from helpers.facts.families import Finding
from helpers.facts.measured import Measured
from helpers.facts.value import Value, Why
from helpers.words.numbers import Number, place
from helpers.words.telling import Telling

if TYPE_CHECKING:
    from helpers.reports.annual.result import AnnualResult


@dataclass(frozen=True)
class Headline:
    """An index in one line of the report.

    Parameters
    ----------
    key : str
        Key of the index.
    name : Why
        What was measured of whom, inside a sentence: a rule of the report's words.
    measured : Measured
    found : tuple of Finding
        What the judge says of it: ``target``, ``change`` and ``place``.
    grade : str
        Name of the grade that it got.
    parts : tuple of Headline
        Criteria of one kind below it, each with its place.
    published : bool
        Whether it was published of the whole province, beside the others.
    """

    key: str
    name: Why
    measured: Measured
    found: tuple[Finding, ...] = ()
    grade: str = ""
    parts: tuple[Headline, ...] = ()
    published: bool = False

    @property
    def title(self) -> Why:
        """What the first column of a table calls it: a rule of ``## cell``."""
        return Why(self.key, {"published": self.published and "published", "whom": ""})

    @property
    def value(self) -> Value | None:
        """What was measured; None where only a place is known."""
        return self.measured.value if self.measured.value.is_known else None

    @property
    def previous(self) -> tuple[int, Value] | None:
        """The last year before with a value, and that value."""
        before = self.measured.before("previous")
        if before is None or not before.measured.value.is_known:
            return None
        return before.year, before.measured.value

    def of(self, family: str) -> Finding | None:
        """Return what the judge says of a kind; of several years that of the last one."""
        every = (one for one in self.found if one.family == family)
        return next((one for one in every if one.fields.get("role") != "base"), None)

    def sourced(self, telling: Telling) -> Headline:
        """Return it with the sources of its numbers written in the words of their own index."""

        def value(given: Value) -> Value:
            return replace(given, source=telling.source(given)) if given.is_known else given

        def finding(given: Finding) -> Finding:
            fields = given.fields.items()
            told = {name: value(one) if isinstance(one, Value) else one for name, one in fields}
            return replace(given, fields=told)

        def measured(given: Measured) -> Measured:
            then = [replace(one, measured=measured(one.measured)) for one in given.earlier]
            return replace(given, value=value(given.value), earlier=tuple(then))

        return replace(
            self,
            measured=measured(self.measured),
            found=tuple(map(finding, self.found)),
            parts=tuple(one.sourced(telling) for one in self.parts),
        )


@dataclass(frozen=True)
class Standing:
    """A place as it is told: its rank, of how many, and whether others share it."""

    rank: Value
    units: Value | None
    shared: bool


def standing(one: Headline) -> Standing | None:
    """Return the place of an index as its owner printed it, else as it was computed.

    Returns
    -------
    Standing or None
        None without a place, and for the only unit of its kind.
    """
    found = one.of("place")
    if found is None or found.case in ("not_ranked", "sole"):
        return None
    rank, units = found.fields.get("printed", found.fields["rank"]), found.fields.get("units")
    if not isinstance(rank, Value):
        raise TypeError(f"{found.name} has no place")
    shared = found.case == "tied" or bool(found.fields.get("with_"))
    return Standing(rank, units if isinstance(units, Value) else None, shared)


def placed(telling: Telling, held: Standing) -> Number:
    """Write a place with the number of units, or alone where nobody says among how many."""
    if held.units is None:
        return telling.number(held.rank)
    sources = dict.fromkeys((telling.source(held.rank), telling.source(held.units)))
    return Number(place(int(held.rank.known), int(held.units.known)), "; ".join(sources))


def headlines(result: AnnualResult) -> tuple[Headline, ...]:
    """Return the indices that have a headline value or place, in the order of the report."""
    return result.headlines


def own_headlines(result: AnnualResult) -> tuple[Headline, ...]:
    """Return the indices that measure who reports: the province's are not a department's.

    Parameters
    ----------
    result : AnnualResult
    """
    return tuple(
        one
        for one in result.headlines
        if result.is_province or (one.key != "papi" and not one.published)
    )
