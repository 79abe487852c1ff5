"""What a province's page states of its sources and of what is not there, in the form of the words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from helpers.facts.families import Finding
from helpers.facts.value import Key, Why
from helpers.words.document import Document

if TYPE_CHECKING:
    from helpers.reports.province.result import ProvinceProfile


def document(profile: ProvinceProfile) -> Document:
    """Return names and findings of a province's page.

    Parameters
    ----------
    profile : ProvinceProfile
    """
    return Document(
        profile.index,
        {"this_year": profile.year, "province": profile.name, "who": profile.place.name},
        {"": (*_missing(profile), *_sources(profile), *_breaks(profile))},
        labels=(str(profile.year), profile.place.name),
        status=profile.status,
    )


def _key(profile: ProvinceProfile, code: str, index: str = "") -> Key:
    return Key(index or profile.index, profile.place.slug, profile.year, code=code)


def _missing(profile: ProvinceProfile) -> Iterator[Finding]:
    for number, why in enumerate(profile.missing):
        yield Finding(_key(profile, "missing"), "needed", "stated", {"why": (why,)}, str(number))


def _sources(profile: ProvinceProfile) -> Iterator[Finding]:
    tables = tuple(one.short_name for one in profile.shown if one.is_score_tree)
    pages = tuple(one.short_name for one in profile.shown if not one.is_score_tree)
    rules = (("read_in_tables", tables), ("read_on_pages", pages))
    why = tuple(Why(rule, {"indices": names}) for rule, names in rules if names)
    key = _key(profile, "method")
    yield Finding(key, "method", "stated", {"why": why}, "sources")
    yield Finding(key, "method", "bare", {}, "ranking")
    yield Finding(key, "method", "bare", {}, "sums")


def _breaks(profile: ProvinceProfile) -> Iterator[Finding]:
    for series in profile.series:
        for number, (year, reason) in enumerate(series.breaks):
            told = {"index": series.name, "reason": reason, "year": year}
            # Most reasons name the year themselves.
            rule = "break_of_index" if str(year) in reason else "break_of_index_from"
            key = _key(profile, f"break.{number}", series.key)
            yield Finding(key, "method", "stated", {"why": (Why(rule, told),)}, "breaks")
