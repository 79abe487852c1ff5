"""What a SIPAS report says of an office or a province: scores, place, change."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from helpers.definitions.framework import Framework, FrameworkEdition
from helpers.facts.comparison import Comparison, compare
from helpers.indices.sipas.errors import error_of
from helpers.indices.sipas.national import National
from helpers.indices.sipas.rules import TOTAL, SipasRules, dimensions, factors, items
from helpers.indices.sipas.year import Fact, SipasYear, Subject
from helpers.inputs.office import DataStatus, Office
from helpers.places import Place, register
from helpers.places.words import bare

_LOCAL = ("district", "commune")


@dataclass(frozen=True)
class SipasChange:
    """A score in two years.

    Parameters
    ----------
    code : str
    earlier, later : Fact
    comparison : Comparison or None
        Of the later year against the earlier; None where the years must not be compared.
    reasons : tuple of str
        Why they must not; clauses that can follow "vì".
    """

    code: str
    earlier: Fact
    later: Fact
    comparison: Comparison | None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class UnitStanding:
    """A place among units.

    Parameters
    ----------
    rank : int
    units : int or None
        Units ranked; None where it was not told, so that no "x/n" can be written.
    tied : int
        Units that share the place.
    best, worst : int or None
        Interval of the place.
    trace : str
    published : bool
        Whether it follows from printed results, of which no error is known.
    """

    rank: int
    units: int | None
    tied: int
    best: int | None
    worst: int | None
    trace: str
    published: bool = True


@dataclass(frozen=True)
class SipasResult:
    """One office or province in one year.

    Parameters
    ----------
    index : str
    place : Place
    year : int
    office : Office
    status : {"official", "computed", "simulated"}
    framework : Framework
    edition : FrameworkEdition
    rules : SipasRules
    current : SipasYear
    earlier : SipasYear or None
        The year before, from its own delivery or from rows about it in this one.
    national : National
    missing : tuple of str
        Vietnamese sentences: what could not be computed, and what to deliver for it.
    """

    index: str
    place: Place
    year: int
    office: Office
    status: DataStatus
    framework: Framework
    edition: FrameworkEdition
    rules: SipasRules
    current: SipasYear
    earlier: SipasYear | None
    national: National
    missing: tuple[str, ...] = ()

    @property
    def subject(self) -> Subject:
        """Whom the report is about."""
        return self.current.subject

    @property
    def own(self) -> Mapping[str, Fact]:
        """The subject's scores by code."""
        return self.current.own

    @property
    def overall(self) -> Fact | None:
        """The subject's overall satisfaction."""
        return self.own.get(TOTAL)

    @property
    def factor_codes(self) -> tuple[str, ...]:
        """Factors for which the subject has a score, in the order of the edition."""
        return tuple(node.code for node in factors(self.edition) if node.code in self.own)

    @property
    def dimension_codes(self) -> tuple[str, ...]:
        """Dimensions for which the subject has a score."""
        return tuple(node.code for node in dimensions(self.edition) if node.code in self.own)

    @property
    def item_codes(self) -> tuple[str, ...]:
        """Items for which the subject has a score."""
        return tuple(node.code for node in items(self.edition) if node.code in self.own)

    @property
    def target(self) -> float | None:
        """What the office aims at, in percent."""
        return self.office.targets.get("sipas.overall")

    @property
    def units(self) -> pd.DataFrame | None:
        """Standing of the units of the subject's kind; None for the province itself."""
        return self.current.units.get(self.subject.kind)

    def standing(self, year: SipasYear | None = None) -> UnitStanding | None:
        """Return the subject's place in a year; None where it is not known."""
        of = year or self.current
        table = of.units.get(of.subject.kind)
        if table is not None:
            row = table[table["unit"] == of.subject.unit]
            if len(row) and row.iloc[0]["rank"] == row.iloc[0]["rank"]:
                surveyed = of.survey is not None and of.subject.kind in of.survey.asked
                ranked = int(table["rank"].notna().sum())
                return _place_of(row.iloc[0], ranked, of.year, published=not surveyed)
            if len(row) and row.iloc[0]["published_rank"] == row.iloc[0]["published_rank"]:
                told = of.figure("units")
                number = None if told is None else int(told.value)
                return UnitStanding(
                    int(row.iloc[0]["published_rank"]),
                    number,
                    1,
                    None,
                    None,
                    str(row.iloc[0]["source"]),
                )
        rank, units = of.figure("rank"), of.figure("units")
        if rank is None or of.subject.kind == "province":
            return None
        count = None if units is None else int(units.value)
        trace = rank.trace if units is None else f"{rank.trace}; {units.trace}"
        return UnitStanding(int(rank.value), count, 1, None, None, trace)

    @property
    def mean_of_units(self) -> Fact | None:
        """The simple mean over the ranked units of the subject's kind, or the figure delivered."""
        table = self.units
        if table is not None and table["rank"].notna().sum() > 1:
            values = table.loc[table["rank"].notna(), "value"]
            count = len(values)
            trace = f"bình quân cộng chỉ số chưa làm tròn của {count} đơn vị được xếp hạng"
            return Fact(math.fsum(values) / count, trace)
        found = self.current.figure("mean_of_units")
        if found is not None:
            return Fact.of(found)
        published = self.national.in_province.get(f"mean:{self._level}")
        return None if published is None else published[0]

    def edge(self, highest: bool) -> tuple[Fact, tuple[str, ...]] | None:
        """Return the highest or lowest overall score among the units, and who has it."""
        table = self.units
        if table is not None and table["rank"].notna().sum() > 1:
            ranked = table[table["rank"].notna()]
            value = ranked["value"].max() if highest else ranked["value"].min()
            rows = ranked[ranked["value"] == value]
            return Fact(float(value), str(rows.iloc[0]["source"])), tuple(rows["unit"])
        found = self.current.figure("best" if highest else "lowest")
        if found is not None:
            return Fact.of(found), ()
        published = self.national.in_province.get(f"{'max' if highest else 'min'}:{self._level}")
        return None if published is None else (published[0], (published[1],))

    @property
    def _level(self) -> str:
        """Kind of unit that the subject is; of an office known by figures only, by its name."""
        if self.subject.kind != "office":
            return self.subject.kind
        return "department" if bare(self.office.office.name).startswith("so ") else "office"

    def change(self, code: str = TOTAL) -> SipasChange | None:
        """Return the subject's change of a score since the year before."""
        if self.earlier is None:
            return None
        # A province is not compared with an office; an office may have been known by figures only.
        if (self.earlier.subject.kind == "province") != (self.subject.kind == "province"):
            return None
        return self._compared(code, self.earlier.own.get(code), self.own.get(code))

    def unit_change(self, kind: str, unit: str) -> SipasChange | None:
        """Return the change of a unit's overall score since the year before."""
        if self.earlier is None:
            return None
        before = self.earlier.of_unit(kind, unit).get(TOTAL)
        now = self.current.of_unit(kind, unit).get(TOTAL)
        if kind in _LOCAL and before is not None and now is not None:
            ended = register().same_parts(self.earlier.year, self.year)
            if ended:
                return SipasChange(TOTAL, before, now, None, ended)
        return self._compared(TOTAL, before, now)

    def _compared(self, code: str, before: Fact | None, now: Fact | None) -> SipasChange | None:
        if before is None or now is None or self.earlier is None:
            return None
        reasons = self.not_comparable(code)
        if reasons:
            return SipasChange(code, before, now, None, reasons)
        found = compare(
            now.value,
            before.value,
            errors=(error_of(now), error_of(before)),
            decimals=min(now.decimals, before.decimals),
            confidence=self.rules.confidence,
        )
        return SipasChange(code, before, now, found)

    def not_comparable(self, code: str) -> tuple[str, ...]:
        """Return why a score must not be compared with the year before; clauses after "vì"."""
        if self.earlier is None:
            return ()
        found = list(
            self.framework.why_not_comparable(self.earlier.year, self.year, code, place=self.place)
        )
        old, new = self.earlier.rules, self.rules
        if (old.overall_rule, old.part_rule, old.scale) != (
            new.overall_rule,
            new.part_rule,
            new.scale,
        ):
            found.append("hai năm dùng quy tắc tính hoặc thang đo khác nhau")
        if self._asked(self.earlier, code) != self._asked(self.current, code):
            found.append("phiếu của hai năm hỏi những tiêu chí khác nhau")
        return tuple(found)

    def _asked(self, year: SipasYear, code: str) -> frozenset[str] | None:
        """Return the items below a code that a year's forms asked; None without forms."""
        if (
            self.current.survey is None
            or self.earlier is None
            or self.earlier.survey is None
            or year.survey is None
        ):
            return None
        asked = {str(kind): parts for kind, parts in year.survey.asked.items()}
        nodes = year.edition.nodes if code == TOTAL else year.edition.get(code).walk()
        below = {node.code for node in nodes}
        return frozenset(item for item in asked.get(self.subject.kind, ()) if item in below)


def _place_of(row: pd.Series, units: int, year: int, *, published: bool) -> UnitStanding:
    known = row["best"] == row["best"]
    return UnitStanding(
        rank=int(row["rank"]),
        units=units,
        tied=int(row["tied"]),
        best=int(row["best"]) if known else None,
        worst=int(row["worst"]) if known else None,
        trace=f"xếp theo chỉ số chung chưa làm tròn của {units} đơn vị, năm {year}",
        published=published,
    )
