"""What a SIPAS report says of an office or a province: scores, place, change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from helpers.definitions.framework import Framework, FrameworkEdition
from helpers.definitions.models import Node
from helpers.facts.value import Value, Why
from helpers.facts.weak import WeakPoint
from helpers.indices.sipas.findings import Found, found
from helpers.indices.sipas.national import National
from helpers.indices.sipas.rules import TOTAL, SipasRules, dimensions, factors, items
from helpers.indices.sipas.year import SipasYear, Subject
from helpers.inputs.office import DataStatus, Office
from helpers.places import Place
from helpers.places.words import bare
from helpers.tidy import Looked
from helpers.words.document import Document


@dataclass(frozen=True, repr=False)
class SipasResult(Looked):
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
    missing : tuple of Why
        What could not be computed, by the rules of the words, which say what to deliver for it.
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
    missing: tuple[Why, ...] = ()

    def document(self) -> Document:
        """Return names and findings for the words."""
        return self.found.document

    def weak_points(self) -> tuple[WeakPoint, ...]:
        """Return what the figures show to be weak."""
        from helpers.indices.sipas.weak import weak_points

        return weak_points(self)

    @cached_property
    def found(self) -> Found:
        """What the figures say, judged once for text, tables and charts."""
        return found(self)

    @property
    def subject(self) -> Subject:
        """Whom the report is about."""
        return self.current.subject

    @property
    def own(self) -> Mapping[str, Value]:
        """The subject's scores by code."""
        return self.current.own

    @property
    def overall(self) -> Value | None:
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

    def measured_codes(
        self, level: Callable[[FrameworkEdition], tuple[Node, ...]]
    ) -> tuple[str, ...]:
        """Return the codes of a level that the subject was measured by, told or hidden."""
        known = {*self.own, *self.hidden}
        return tuple(node.code for node in level(self.edition) if node.code in known)

    @property
    def target(self) -> float | None:
        """What the office aims at, in percent."""
        return self.office.targets.get("sipas.overall")

    @property
    def units(self) -> pd.DataFrame | None:
        """Standing of the units of the subject's kind; None for the province itself."""
        return self.current.units.get(self.subject.kind)

    @cached_property
    def hidden(self) -> frozenset[str]:
        """Codes for which the subject was measured and whose results must not be told."""
        return self.current.hidden(self.subject.kind, self.subject.unit) - set(self.own)

    @property
    def is_hidden(self) -> bool:
        """Whether the subject's overall result must not be told."""
        return TOTAL in self.hidden

    @property
    def level(self) -> str:
        """Kind of unit that the subject is; of an office known by figures only, by its name."""
        if self.subject.kind != "office":
            return self.subject.kind
        return "department" if bare(self.office.office.name).startswith("so ") else "office"

    def not_comparable(self, code: str) -> tuple[Why, ...]:
        """Return why a score must not be compared with the year before."""
        if self.earlier is None:
            return ()
        found = [
            Why("not_comparable", {"reason": reason})
            for reason in self.framework.why_not_comparable(
                self.earlier.year, self.year, code, place=self.place
            )
        ]
        old, new = self.earlier.rules, self.rules
        if (old.overall_rule, old.part_rule, old.scale) != (
            new.overall_rule,
            new.part_rule,
            new.scale,
        ):
            found.append(Why("survey_rules_differ"))
        if self._asked(self.earlier, code) != self._asked(self.current, code):
            found.append(Why("items_asked_differ"))
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
