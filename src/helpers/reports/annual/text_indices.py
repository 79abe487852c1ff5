"""What the annual report says of each index: the index's own findings, each told once."""

from __future__ import annotations

from dataclasses import replace

from helpers.indices.poverty import text as poverty
from helpers.indices.procedures import text as procedures
from helpers.indices.procedures.result import ProceduresResult
from helpers.reports.annual.result import AnnualResult
from helpers.reports.annual.text_words import fresh, together, without_references
from helpers.reports.papi_office import text as papi_office
from helpers.words.document import Document
from helpers.words.say import say
from helpers.words.text import Text

NOTHING = Text(())


def par_index_text(result: AnnualResult) -> Text:
    """Write on administrative reform."""
    return _brief(result, "par_index")


def _brief(result: AnnualResult, key: str) -> Text:
    """Return the section ``brief`` of an index: its own findings, each told once."""
    part = result.part(key)
    if part is None or not _own(result, found := part.document()):
        return NOTHING
    return without_references(say(_signed(result, found), "brief", heading=False))


def _own(result: AnnualResult, document: Document) -> bool:
    """Tell whether an index measured who reports: of the province alone a department says nothing."""
    told = {one.family for one in document.findings.get("", ()) if one.case not in _NOT_OWN}
    return result.is_province or bool(told & {"points", "grade", "level"})


_NOT_OWN = ("no_bands", "unknown", "suppressed")
_LACKING = (
    *(("change", "no_earlier"), ("target", "unknown"), ("grade", "no_bands")),
    *(("strongest", "unknown"), ("weakest", "unknown"), ("place_range", "unknown")),
)


def _signed(result: AnnualResult, document: Document) -> Document:
    """Return what belongs into a document that is signed: nothing on what is lacking or not known.

    What is lacking stands in the review slip. The office is called as it calls itself, where it is
    the one that was measured.
    """
    kept = {
        subject: tuple(
            one
            for one in found
            if (one.family, one.case) not in _LACKING
            and one.family not in ("missing", "unordered", "needed", "limits", "only_limits")
        )
        for subject, found in document.findings.items()
    }
    office, names = result.office.office, document.names
    if names["who"] == office.brief:
        names = {**names, "again": office.again}
    return replace(document, findings=kept, names=names)


def sipas_text(result: AnnualResult) -> Text:
    """Write on satisfaction."""
    # The index judges its own differences, which come from one sample; its words say how sure they are.
    return _brief(result, "sipas")


def papi_text(result: AnnualResult) -> Text:
    """Write on PAPI: the contents that the office answers for; the scores if the province reports."""
    province, office = result.part("papi"), result.part("papi_office")
    made = NOTHING
    if province is not None and result.is_province:
        # PAPI judges its own differences; its words say how sure they are.
        made = without_references(say(province, "brief"))
    if office is not None:
        # Documents are told once, as the office's steering; how many there are is no result.
        made = together(made, fresh(papi_office.brief(office), made))
    return made


def service_text(result: AnnualResult) -> Text:
    """Write on service quality."""
    part = result.part("service_quality")
    return NOTHING if part is None else without_references(say(part, "brief", heading=False))


def procedures_text(result: AnnualResult) -> Text:
    """Write on dossiers: the share in time, the counts behind it, where they are late, services."""
    part = result.part("procedures")
    if part is None:
        return NOTHING
    made = without_references(procedures.overview(part))
    made = together(made, fresh(procedures.brief(part), made))
    return together(made, fresh(_services(part), made))


def _services(part: ProceduresResult) -> Text:
    # The first paragraph is part of the brief; the index says only when there is none.
    return Text(say(part, "services", heading=False).paragraphs[1:])


def dti_text(result: AnnualResult) -> Text:
    """Write on digital transformation."""
    return _brief(result, "dti")


def poverty_text(result: AnnualResult) -> Text:
    """Write on poverty: its own paragraphs, which hold counts and rates together."""
    part = result.part("poverty")
    if part is None:
        return NOTHING
    first = without_references(poverty.brief(part))
    more = [
        poverty.changes(part),
        poverty.groups(part) if len(part.groups) else NOTHING,
        poverty.movement(part) if part.moved else NOTHING,
        poverty.units(part) if len(part.units) else NOTHING,
        poverty.deprivations(part) if len(part.deprivations) else NOTHING,
    ]
    first = together(first, fresh(more[0], first))
    return together(first, *(Text(fresh(text, first).paragraphs[:1]) for text in more[1:]))
