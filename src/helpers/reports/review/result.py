"""What must be settled before a document is signed: contradictions, blanks, doubts, proposals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from helpers.facts.discrepancy import Severity
from helpers.facts.families import Finding
from helpers.facts.value import Key, Value, Why
from helpers.inputs.delivery import Delivery
from helpers.inputs.office import DataStatus
from helpers.keys import module_of
from helpers.project import Project
from helpers.reports.annual import result as annual
from helpers.reports.annual.result import AnnualResult
from helpers.reports.annual.text import own_text_problems
from helpers.reports.annual.text_words import bare, inside, without_references
from helpers.reports.annual.weak import (
    is_unconfirmed,
    limits_of,
    measures_of,
    proposals,
    shown_points,
)
from helpers.reports.reconciliation.text import statement
from helpers.reports.review.printed import Printed, Unused, printed, unused
from helpers.tidy import Looked
from helpers.words.document import Document, Remark, Written
from helpers.words.say import Result, say, telling_of, title
from helpers.words.text import INTERNAL, FrontMatter, Text

INDEX = "review"
JOINS_OFFICES = True
Kind = Literal["contradiction", "blank", "doubt", "absent", "proposal"]
ORDER: tuple[Kind, ...] = ("contradiction", "blank", "doubt", "absent", "proposal")
"""First what stops the signature, then what should be looked at."""
_KINDS: dict[Severity, Kind] = {
    "mâu thuẫn": "contradiction",
    "không rõ nghĩa": "doubt",
    "thiếu mẫu số": "doubt",
}


@dataclass(frozen=True)
class Item:
    """One matter and one act.

    Parameters
    ----------
    kind : {"contradiction", "blank", "doubt", "absent", "proposal"}
    what : Why
        What the words say of it.
    where : str
        File, sheet and cell or line; empty where there is none.
    act : str
        Name of the rule that says what to do.
    """

    kind: Kind
    what: Why
    where: str
    act: str


@dataclass(frozen=True, repr=False)
class Slip(Looked):
    """The review slip of an annual report.

    Parameters
    ----------
    annual : AnnualResult
    items : tuple of Item
        In the order of their kinds.
    printed : Printed
    unused : tuple of Unused
    """

    annual: AnnualResult
    items: tuple[Item, ...]
    printed: Printed
    unused: tuple[Unused, ...]

    @property
    def index(self) -> str:
        """Key of the report."""
        return INDEX

    @property
    def status(self) -> DataStatus:
        """Whether the figures are official, computed or simulated."""
        return self.annual.status

    def document(self) -> Document:
        """Return what the slip says in sentences; its tables hold the rest."""
        result = self.annual
        office = result.office.office
        found = [
            _stated(result, slot, why)
            for slot, why in (
                ("opening", Why("review_before_signing", _counts(self, ORDER[:2]))),
                ("second", _to_look_at(self)),
                ("third", Why("review_unused", {"count": _count(len(self.unused))})),
                ("closing", Why("review_sources", {"count": _count(len(self.printed.sources))})),
            )
        ]
        names: dict[str, int | str] = {
            "this_year": result.year,
            "who": office.name,
            "again": office.again,
        }
        return Document(
            INDEX,
            names,
            {"": tuple(found)},
            labels=("Phiếu rà soát", str(result.year), result.place.name),
            status=result.status,
        )


def _stated(result: AnnualResult, slot: str, why: Why) -> Finding:
    key = Key(INDEX, result.place.slug, result.year, result.office.office.brief)
    return Finding(key, "reported", "told", {"why": (why,)}, slot)


def _count(number: int) -> Value | str:
    return Value(float(number), "matter", 0, source="đếm trong phiếu này") if number else ""


def _to_look_at(slip: Slip) -> Why:
    rules: Mapping[Kind, str] = {
        "doubt": "review_doubts",
        "absent": "review_absents",
        "proposal": "review_proposed",
    }
    counts = _counts(slip, rules)
    parts = tuple(Why(rules[kind], {"count": counts[kind]}) for kind in rules if counts[kind] != "")
    return Why("review_to_look_at", {"parts": parts}) if parts else Why("review_nothing_to_look_at")


def _counts(slip: Slip, kinds: Iterable[Kind]) -> dict[str, object]:
    tally = Counter(one.kind for one in slip.items)
    return {kind: _count(tally[kind]) for kind in kinds}


def available(project: Project | None = None) -> dict[int, tuple[str, ...]]:
    """Return the offices that delivered anything, by year."""
    return annual.available(project)


def deliveries(project: Project | None = None) -> tuple[Delivery, ...]:
    """Return who delivered anything: provinces and their offices."""
    return annual.deliveries(project)


def evaluate(province: str, year: int, project: Project | None = None, office: str = "") -> Slip:
    """Look through an office's annual report as its clerk must before the signature.

    Parameters
    ----------
    province : str
        Slug or name, written in any usual way.
    year : int
    project : Project, optional
    office : str
        Slug of the office in its province; empty for the province itself.

    Raises
    ------
    helpers.reports.annual.result.NoAnnualReportError
        If the office delivered nothing for the year.
    helpers.inputs.problems.InputError
        If what was delivered has errors.
    """
    result = annual.evaluate(province, year, project, office)
    document = printed(result)
    items = sorted(
        (
            *_discrepancies(result),
            *_of_offices(result),
            *_blanks(result),
            *_own_words(result),
            *_proposed(result),
        ),
        key=lambda one: ORDER.index(one.kind),
    )
    return Slip(result, tuple(items), document, tuple(unused(result, document)))


def _discrepancies(result: AnnualResult) -> Iterator[Item]:
    check = result.part("reconciliation")
    for found in () if check is None else check.discrepancies:
        kind = _KINDS[found.severity]
        where = str(found.observations[0].origin) if found.observations else ""
        yield Item(kind, _says(statement(found)), where, f"review_act_{kind}")


def _of_offices(result: AnnualResult) -> Iterator[Item]:
    """Yield what a province states otherwise than its offices, and whose figures cannot be read."""
    for kind, stated, added in result.offices.contradictions:
        told = {"kind": Why(f"review_of_{kind}"), "stated": stated, "added": added}
        where = stated.source if isinstance(stated.source, str) else ""
        yield Item("contradiction", Why("review_offices", told), where, "review_act_contradiction")
    for one in result.offices.rows:
        if one.broken:
            folder = one.delivery.folder_name
            broken = Why("review_office_broken", {"office": Remark(one.name, folder)})
            yield Item("doubt", broken, folder, "review_act_office")


def _says(markdown: str) -> Why:
    return Why("review_said", {"said": Written(markdown)})


def _blanks(result: AnnualResult) -> Iterator[Item]:
    document = result.office.document
    settings = result.entry.delivery.settings_name
    stated = {
        "number": document.number,
        "date": document.date,
        "addressed": document.addressed_to,
        "signer": document.signer.title,
    }
    for name, value in stated.items():
        if not value:
            yield Item("blank", Why(f"review_blank_{name}"), settings, "review_act_settings")
    for limit in limits_of(result):
        if not limit.cause:
            told = {"limit": Remark(bare(limit.text), limit.origin)}
            yield Item("blank", Why("review_no_cause", told), limit.origin, "review_act_type")
    plan = result.part("work_plan")
    for limit in () if plan is None else plan.earlier:
        if not limit.told or not limit.state:
            told = {"limit": Remark(bare(limit.text), limit.origin)}
            yield Item("blank", Why("review_untold", told), limit.origin, "review_act_type")
    measures = measures_of(result)
    if not measures:
        yield Item("blank", Why("review_no_measures"), "", "review_act_measures")
    for one in measures:
        if one.lacking:
            said = {
                "measure": Remark(bare(one.text), one.origin),
                "lacking": tuple(Why(f"review_lacks_{name}") for name in one.lacking),
            }
            yield Item("blank", Why("review_lacking", said), one.origin, "review_act_type")
    yield from _missing(result)


def _missing(result: AnnualResult) -> Iterator[Item]:
    """Yield what each index says that it has not, one bullet an item."""
    for key, part in result.parts.items():
        # The province's PAPI is published, not delivered; what does not fit is told above.
        if key in ("papi", "reconciliation"):
            continue
        if key == "work_plan":
            # Its contradictions are told above.
            yield from _bullets(say(part, text="- {{ needed }}"))
            continue
        told = (
            say(part, "missing")
            if isinstance(part, Result)
            else module_of(key, "text").missing(part)
        )
        yield from _bullets(told)


def _bullets(told: Text) -> Iterator[Item]:
    for line in without_references(told).markdown.split("\n"):
        if line.startswith("- "):
            yield Item("absent", _says(line[2:]), "", "review_act_deliver")


def _own_words(result: AnnualResult) -> Iterator[Item]:
    for limit in limits_of(result):
        if is_unconfirmed(result, limit):
            told = {"limit": Remark(bare(limit.text), limit.origin)}
            yield Item("doubt", Why("review_claim", told), limit.origin, "review_act_doubt")
    for problem in own_text_problems(result):
        stale = {"said": Remark(problem.message, problem.file)}
        yield Item("doubt", Why("review_own_text", stale), problem.file, "review_act_doubt")


def _proposed(result: AnnualResult) -> Iterator[Item]:
    stated = limits_of(result)
    for point in shown_points(result) if stated else ():
        yield Item("proposal", _says(point.text), "", "review_act_limit")
    for one in proposals(result):
        told = {
            "measure": Remark(inside(one.measure.what), "thư viện giải pháp"),
            "lead": one.measure.lead,
            "shown_by": inside(one.measure.shown_by),
        }
        yield Item("proposal", Why("review_proposal", told), "", "review_act_proposal")


def head(slip: Slip) -> FrontMatter:
    """Return the slip's title; it is marked as internal, so that no website takes it up.

    Parameters
    ----------
    slip : Slip
    """
    return replace(title(slip), extra={INTERNAL: True})


def written(slip: Slip, why: Why) -> str:
    """Return what the words make of a statement, as Markdown."""
    return str(telling_of(slip).why(why))
