"""What a document is told about itself, and what it has found; the words say the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from helpers.facts.families import Finding

if TYPE_CHECKING:
    from helpers.definitions.framework import Framework

NAMES: Mapping[str, str] = {
    "this_year": "year that the document is about",
    "next_year": "the year after it, which measures are for",
    "index_name": "short name of the index",
    "index_full": "full name of the index",
    "index_sentence": "what the index tells, as a sentence",
    "owner": "who publishes the index",
    "url": "where the index is published",
    "scale": "lowest and highest total that the index allows",
    "who": "who is measured, with the kind of unit at the first mention",
    "who_in_full": "who is measured, as a title names it",
    "again": "who is measured, at later mentions",
    "province": "the province, with the kind of unit",
    "period": "quarter or month that the document is about, where that is not the whole year",
    "region": "region of the unit",
    "unit_kind": "province or city, a code of the list of that name",
}
"""Names that every sentence may use besides the fields of its finding."""

SUBJECTS: Mapping[str, str] = {
    "published": "the published result of the province, where an office is the main subject",
    "areas": "the top level of the office's own table, one finding an area",
    "components": "the published parts of the province's result",
    "pillars": "the same result parted another way, where its owner publishes both",
    "below": "units below the province whose result was published",
    "scores": "the published parts of the province's result by their values, not by places",
    "factors": "the parts of a survey's index, one finding about all of them",
    "items": "what a survey asked, below its factors",
    "units": "all units that a survey measured, of whatever kind",
    "departments": "the departments that a survey measured",
    "districts": "the districts that a survey measured",
    "communes": "the communes that a survey measured",
    "country": "all provinces together",
    "in_region": "the unit among those of its region",
    "successor": "the unit of 1 July 2025 that a province belongs to",
    "regions": "the published means of the regions",
}
"""Subjects besides the main one, which has no name: ``{{ published.change }}``."""


@dataclass(frozen=True)
class Named:
    """A name in several languages.

    Parameters
    ----------
    of_data : str
        As the data and definitions have it.
    others : mapping of str to str
        By language.
    """

    of_data: str
    others: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Remark:
    """A person's own sentence inside a text: it comes out as written, its numerals traced.

    Parameters
    ----------
    text : str
    source : str
        Where it stands.
    """

    text: str
    source: str


@dataclass(frozen=True)
class Written:
    """A sentence that an index wrote, with its traced numbers: it comes out as it is.

    Parameters
    ----------
    markdown : str
    """

    markdown: str


@dataclass(frozen=True)
class Address:
    """The address of a page.

    Parameters
    ----------
    url : str
    """

    url: str


def index_names(framework: Framework, year: int) -> dict[str, int | str | Named]:
    """Return what every document on an index is told about it; a survey's owner is its office."""
    return {
        "this_year": year,
        "index_name": framework.short_name,
        "index_full": Named(framework.name_vi, {"en": framework.name_en}),
        "index_sentence": Named(framework.sentence),
        "owner": framework.owner,
    }


@dataclass(frozen=True)
class Document:
    """What there is to say.

    Parameters
    ----------
    index : str
        Key of the index, by which the words are chosen.
    names : mapping of str to int, str or Named
        Of :data:`NAMES`; those that are not known are left out.
    findings : mapping of str to sequence of Finding
        By subject; the main one is ``""``.
    translated : mapping of str to str
        Names of criteria and units as the data have them, and in the language of the document.
    language : str
    prefix : str
        Sections of this kind of document come first: with ``national_``, ``overview`` is
        ``# national_overview`` where there is one.
    labels : tuple of str
        Under which the document is filed: index, year, unit.
    status : str
        ``simulated`` marks every page of it.

    Raises
    ------
    ValueError
        If a name or a subject is not declared, or if a subject has two findings of one identity:
        their sentence would be that of the one and the figures of the other.
    """

    index: str
    names: Mapping[str, int | str | Named]
    findings: Mapping[str, Sequence[Finding]]
    translated: Mapping[str, str] = field(default_factory=dict)
    language: str = "vi"
    prefix: str = ""
    labels: tuple[str, ...] = ()
    status: str = "official"

    def __post_init__(self) -> None:
        strange = [*(set(self.names) - set(NAMES)), *(set(self.findings) - {"", *SUBJECTS})]
        if strange:
            raise ValueError(f"a document does not know {sorted(strange)}")
        for subject, found in self.findings.items():
            told = Counter(one.identity for one in found)
            twice = [str(identity) for identity, times in told.items() if times > 1]
            if twice:
                raise ValueError(f"{subject or 'main'}: two findings are {', '.join(twice)}")
