"""What PAPI states of the whole country: who was measured, how scores spread, what moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

from helpers.definitions import compare_years
from helpers.facts.changes import tally_units
from helpers.facts.comparison import rounded
from helpers.facts.families import Finding, Member
from helpers.facts.measured import Earlier, Measured
from helpers.facts.value import Key, Value, Why, count
from helpers.indices.papi.findings import names, not_compared, one_by_one, translated, whole
from helpers.indices.papi.findings_method import method
from helpers.indices.papi.measured import peers_of
from helpers.words.document import Document

if TYPE_CHECKING:
    from helpers.indices.papi.result import PapiCountry

_UNCLEAR = ("unclear", "floor", "equal", "same_print")


def document(country: PapiCountry) -> Document:
    """Judge the country.

    Parameters
    ----------
    country : PapiCountry

    Returns
    -------
    Document
        By subject: ``country`` is the total of all units, ``factors`` the dimensions, ``regions`` the
        means of the regions, ``successor`` the units of 1 July 2025.
    """
    root = country.edition.root.code
    changes = tuple(_changes(country))
    found = {
        "": method(country),
        "country": (*_who(country), *_middle(country, root), *whole(changes)),
        "factors": (*_dimensions(country), *one_by_one(changes)),
        "regions": _regions(country),
        "successor": _merged(country),
    }
    return Document(
        country.index,
        names(country),
        {subject: every for subject, every in found.items() if every},
        translated(country),
        prefix="national_",
        labels=(country.definition.short_name, str(country.year), "Cả nước"),
    )


def _key(country: PapiCountry, code: str) -> Key:
    return Key(country.index, "", country.year, code=code)


def _who(country: PapiCountry) -> tuple[Finding, ...]:
    """State of how many units there is a total, and who has none."""
    totals = peers_of(country, country.edition.root.code).known
    units = count(len(country.places.units(country.system)), "unit", Why("units_of_register"))
    about = _key(country, "total")
    if len(totals) == int(units.known):
        return (Finding(about, "gathered", "whole", {"units": units}),)
    told: dict[str, object] = {"n": count(len(totals), "unit", Why("totals_known")), "units": units}
    lacking = tuple(Member(p.slug, p.in_full) for p in country.missing)
    partly = tuple(Member(p.slug, p.in_full) for p in country.measured if p.slug not in totals)
    told |= {name: every for name, every in (("with_", lacking), ("parts", partly)) if every}
    return (Finding(about, "gathered", "some", told),)


def _middle(country: PapiCountry, code: str) -> tuple[Finding, ...]:
    """State the median of the totals, and who holds the ends."""
    known = peers_of(country, code).known
    middle = median(value.known for value in known.values())
    source = Why("median_of", {"units": len(known), "of": "provinces"})
    decimals = country.definition.decimals
    about = _key(country, code)
    return (
        Finding(
            about, "level", "value", {"value": Value(middle, decimals=decimals, source=source)}
        ),
        _reach(about, known, dict(peers_of(country, code).names), ""),
    )


def _reach(
    about: Key, values: Mapping[str, Value], called: Mapping[str, str], slot: str
) -> Finding:
    """State the lowest and the highest of some values with all who print them, as published."""
    printed = {key: rounded(value.known, value.decimals) for key, value in values.items()}
    ends = []
    for end in (min(printed.values()), max(printed.values())):
        holders = [key for key in called if printed.get(key) == end]
        told = tuple(Member(key, called[key]) for key in holders)
        ends.append(Member(holders[0], called[holders[0]], values[holders[0]], {"holders": told}))
    number = count(len(values), "part")
    told_of = {"low": ends[0], "high": ends[1], "n": number}
    return Finding(about, "reach", "printed", told_of, slot or "value")


def _dimensions(country: PapiCountry) -> tuple[Finding, ...]:
    """State between which values the medians of the dimensions lie, and how far their units differ."""
    decimals = country.definition.decimals
    nodes = [d for d in country.edition.dimensions if peers_of(country, d.code).known]
    if not nodes:
        return ()
    medians, spreads = {}, {}
    for node in nodes:
        known = [value.known for value in peers_of(country, node.code).known.values()]
        source = Why("median_of", {"units": len(known), "of": "provinces"})
        medians[node.code] = Value(median(known), decimals=decimals, source=source)
        gap = max(known) - min(known)
        spreads[node.code] = Value(gap, decimals=decimals, source=Why("highest_less_lowest"))
    called = {node.code: node.name_vi for node in nodes}
    about = _key(country, "factors")
    return (_reach(about, medians, called, "median"), _reach(about, spreads, called, "spread"))


def _regions(country: PapiCountry) -> tuple[Finding, ...]:
    """State between which values the means of the regions lie, and how far their units differ."""
    root, decimals = country.edition.root.code, country.definition.decimals
    totals = peers_of(country, root).known
    means, spreads = {}, {}
    for region in country.places.regions(country.system):
        inside = [
            totals[place.slug].known
            for place in country.measured
            if place.region == region and place.slug in totals
        ]
        if not inside:
            continue
        source = Why("mean_of", {"units": len(inside), "of": "provinces"})
        means[region] = Value(sum(inside) / len(inside), decimals=decimals, source=source)
        gap = max(inside) - min(inside)
        spreads[region] = Value(gap, decimals=decimals, source=Why("highest_less_lowest"))
    if not means:
        return ()
    called = {region: region for region in means}
    about = _key(country, "regions")
    return (_reach(about, means, called, "mean"), _reach(about, spreads, called, "spread"))


def _changes(country: PapiCountry) -> Iterator[Finding]:
    """Count what moved beyond its error, and state what may be compared at all."""
    earlier, about = country.previous_year, _key(country, "")
    if earlier is None:
        told = {"role": "previous"}
        yield Finding(replace(about, code="total"), "change", "no_earlier", told, "previous")
        return
    root = country.edition.root.code
    every = (root, *(dimension.code for dimension in country.edition.dimensions))
    answers = {c: compare_years(country.definition, c, earlier, country.year) for c in every}
    refused = {code: answer.reasons for code, answer in answers.items() if not answer.allowed}
    if root not in refused:
        yield _tally(country, earlier)
    beside = sum(code not in refused for code in every if code != root)
    if beside:
        told_of = {"n": count(beside, "part"), "role": "previous", "year": earlier}
        yield Finding(replace(about, code=root), "movers", "beside", told_of, str(earlier))
    yield from not_compared(country, about, refused, every, earlier, "previous")


def _tally(country: PapiCountry, earlier: int) -> Finding:
    """Count the units that rose and fell; the counts add up to the units compared."""
    root = country.edition.root.code
    now, then = (peers_of(country, root, year) for year in (country.year, earlier))
    units = [
        _both(country, slug, earlier, now.known[slug], then.known[slug])
        for slug in now.known
        if slug in then.known
    ]
    about = _key(country, root)
    found = tally_units(about, units, units[0].earlier[0])
    told = dict(found.fields)
    rest = [one for case in _UNCLEAR for one in _members(told.pop(case, ()))]
    both = Why("units_of_both_years", {"year": earlier})
    told["unclear"] = tuple(rest)
    known = (value.error for of in (now, then) for value in of.known.values())
    told["assumed"] = any(error.kind == "sampling" and error.origin == "assumed" for error in known)
    told["units"] = count(len(units), "unit", both)
    return replace(found, fields=told)


def _members(given: object) -> Sequence[Member]:
    return given if isinstance(given, tuple) else ()


def _both(country: PapiCountry, slug: str, earlier: int, now: Value, then: Value) -> Measured:
    name = country.places.get(slug, country.system).in_full
    root = country.edition.root.code
    before = Measured(Key(country.index, slug, earlier, code=root), name, then)
    key = Key(country.index, slug, country.year, code=root)
    return Measured(key, name, now, earlier=(Earlier(before, "previous"),))


def _merged(country: PapiCountry) -> tuple[Finding, ...]:
    """State for how many of the 34 units the total could be computed, and who lacks whom."""
    about = _key(country, "successor")
    if country.merged.empty:
        return (Finding(about, "succession", "current"),)
    root = country.edition.root.code
    there = set(country.merged.loc[country.merged["code"] == root, "slug"])
    units = count(len(country.places.units("34")), "unit", Why("units_of_today"))
    lacking = {
        slug: parts for slug, parts in country.detail.incomplete.items() if slug not in there
    }
    if not lacking:
        return (Finding(about, "gathered", "whole", {"units": units}),)
    told = {
        "n": count(len(there), "unit", Why("units_computed")),
        "units": units,
        "parts": tuple(_without(country, slug, parts) for slug, parts in lacking.items()),
    }
    return (Finding(about, "gathered", "some", told),)


def _without(country: PapiCountry, slug: str, missing: Sequence[str]) -> Member:
    """Name a unit of 1 July 2025 that could not be computed, and which predecessors it lacks."""
    unit = country.places.get(slug, "34")
    if not unit.is_merged:
        return Member(slug, unit.in_full)
    wanted = set(missing)
    old = [p for p in country.places.units(country.system) if p.slug in wanted]
    return Member(
        slug, unit.in_full, None, {"holders": tuple(Member(p.slug, p.in_full) for p in old)}
    )
