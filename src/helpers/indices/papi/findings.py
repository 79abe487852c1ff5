"""What PAPI states of a province: everything that is judged of its scores, by subject of the document.

Places, groups and the ends of an order are told as published: no error confirms them. A difference is
told only beyond its error, and dimensions have none that is published.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from helpers.facts.families import Finding, Member
from helpers.facts.judge import judge
from helpers.facts.measured import Earlier, Measured
from helpers.facts.places import place
from helpers.facts.value import Key, Why, count
from helpers.indices.papi.findings_method import method
from helpers.indices.papi.findings_parts import dimensions, items, standing
from helpers.indices.papi.measured import criterion, groups_of, merged_total
from helpers.words.document import Document, Named, index_names

if TYPE_CHECKING:
    from helpers.indices.papi.result import PapiCountry, PapiResult

_OF_TOTAL = ("level", "place", "grouping", "against", "best", "lowest", "change", "movement")


def document(result: PapiResult) -> Document:
    """Judge a province.

    Parameters
    ----------
    result : PapiResult

    Returns
    -------
    Document
        By subject: "" is the total, ``factors`` the dimensions, ``items`` what is below them,
        ``in_region`` the total among those of the region, ``successor`` the unit of 1 July 2025,
        ``published`` what a document of several indices tells of the total since the latest year.
    """
    root = result.edition.root.code
    total = criterion(result, root) if result.has_total else None
    parts = tuple(criterion(result, code) for code in result.dimension_codes())
    judged = () if total is None else judge(total)
    compared = tuple(_comparable(result))
    found = {
        "": (
            *_total(result, total, judged),
            *_years(result, total),
            *whole(compared),
            *method(result.country),
        ),
        "factors": (*dimensions(result, parts), *one_by_one(compared)),
        "items": items(result),
        "in_region": _in_region(result, total),
        "successor": tuple(_successor(result)),
        "published": _latest(result, judged, total),
    }
    return Document(
        result.index,
        names(result.country, result),
        {subject: every for subject, every in found.items() if every},
        translated(result.country),
        labels=(result.definition.short_name, str(result.year), result.place.name),
    )


def names(country: PapiCountry, result: PapiResult | None = None) -> dict[str, int | str | Named]:
    """Return what a document on a province, or on the country, is told about itself."""
    definition, edition = country.definition, country.edition
    low, high = edition.root.scale
    told: dict[str, int | str | Named] = {
        **index_names(definition, country.year),
        "url": definition.url,
        "scale": f"{low:g}-{high:g}",
    }
    if result is not None:
        city = result.place.type_in(result.year) != "tỉnh"
        told |= {
            "province": result.place.full_name(result.year),
            "again": result.place.name,
            "region": result.place.region,
            "unit_kind": "city" if city else "province",
        }
    return told


def translated(country: PapiCountry) -> Mapping[str, str]:
    """Return the English names of what the definition names."""
    groups = dict(
        zip(country.definition.groups.names, country.definition.groups.names_en, strict=False)
    )
    nodes = {node.name_vi: node.name_en for node in country.edition.nodes if node.name_en}
    return {**nodes, **groups}


def key_of(result: PapiResult, code: str) -> Key:
    """Return what a statement about the province is about."""
    return Key(result.index, result.place.slug, result.year, code=code)


# The total ----------------------------------------------------------------------------------------


def _total(
    result: PapiResult, total: Measured | None, judged: Sequence[Finding]
) -> Iterator[Finding]:
    root = key_of(result, result.edition.root.code)
    if total is None:
        yield Finding(root, "level", "unknown", {"why": (Why("no_total"),)})
        yield Finding(root, "footing", "unknown")
        return
    yield from (
        one
        for one in judged
        if one.family in _OF_TOTAL and one.name not in ("change.barred", "movement.barred")
    )
    yield from _split(result, total)
    interval = result.interval
    if interval is not None:
        error = replace(total.value.error, low=float(interval["low"]), high=float(interval["high"]))
        yield Finding(root, "footing", "interval", {"value": total.value, "error": error})
        return
    assumed = total.value.error.origin == "assumed" and total.value.error.kind == "sampling"
    yield Finding(root, "footing", "assumed" if assumed else "unknown")


def _split(result: PapiResult, total: Measured) -> Iterator[Finding]:
    """State that some who print alike stand in another group."""
    peers = total.peers
    alike = () if peers is None else peers.ranks.alike[total.own]
    groups = groups_of(result.country, total.key.code)
    apart = tuple(unit for unit in alike if groups[unit] != groups[total.own])
    if peers is not None and apart:
        told = {"with_": tuple(Member(unit, peers.name(unit)) for unit in apart)}
        yield Finding(total.key, "split", "alike", told)


def _years(result: PapiResult, total: Measured | None) -> Iterator[Finding]:
    """State of each earlier year how the total stood and how many dimensions are beside."""
    root = key_of(result, result.edition.root.code)
    base = result.definition.base_year(result.year)
    own = {int(year) for year in result.history["year"]}
    if base is not None and base in result.country.years and base not in own and base < result.year:
        yield Finding(root, "change", "no_earlier", {"role": "base", "year": base}, "base")
    if not result.changes_of_years:
        if total is None:
            yield Finding(root, "change", "no_earlier", {"role": "previous"}, "previous")
        return
    for role, earlier in result.changes_of_years:
        before = None if total is None else total.before(role)
        if total is not None and before is not None and not before.barred:
            yield _stood(total, before)
        beside = sum(
            change.allowed and change.code != root.code for change in result.changes_since(earlier)
        )
        if beside:
            told = {"n": count(beside, "part"), "year": earlier, "role": role}
            yield Finding(root, "movers", "beside", told, str(earlier))


def _latest(
    result: PapiResult, judged: Sequence[Finding], total: Measured | None
) -> tuple[Finding, ...]:
    """Return what changed since the latest year before, or why nothing may be said of it."""
    if total is None or not result.changes_of_years:
        return ()
    role, year = result.changes_of_years[0]
    of_year = [one for one in judged if one.slot == str(year)]
    found = [one for one in of_year if one.family in ("change", "movement")]
    before = total.before(role)
    if before is not None and not before.barred:
        return (*found, _stood(total, before))
    return tuple(one for one in found if one.family == "change")


def _stood(total: Measured, before: Earlier) -> Finding:
    low, high = _held(before.measured), _held(total)
    same = _group(before.measured) == _group(total)
    told = {"low": low, "high": high, "role": before.role, "year": before.year}
    return Finding(total.key, "stood", "same" if same else "moved", told, str(before.year))


def _group(measured: Measured) -> str:
    return "" if measured.group is None else measured.group.code


def _held(measured: Measured) -> Member:
    """Return place and group of a year as published."""
    return Member(
        str(measured.key.year), str(measured.key.year), measured.value, standing(measured)
    )


def _comparable(result: PapiResult) -> Iterator[Finding]:
    """State which scores may not be compared with each earlier year, gathered by reason."""
    for role, earlier in result.changes_of_years:
        every = tuple(change.code for change in result.changes_since(earlier))
        refused = result.refused_since(earlier)
        yield from not_compared(result.country, key_of(result, ""), refused, every, earlier, role)


def not_compared(
    country: PapiCountry,
    about: Key,
    refused: Mapping[str, tuple[str, ...]],
    every: Sequence[str],
    earlier: int,
    role: str,
) -> Iterator[Finding]:
    """State what may not be compared with a year: all in one sentence, or gathered by reason.

    Parameters
    ----------
    country : PapiCountry
    about : Key
        The unit, or the country.
    refused : mapping of str to tuple of str
        By code of the criterion the reasons, in the order of the report.
    every : sequence of str
        All criteria with a score in both years.
    earlier : int
    role : str
    """
    told: dict[str, object] = {"role": role, "year": earlier}
    gathered = by_reason(refused)
    if not gathered:
        return
    root, slot = country.edition.root.code, str(earlier)
    if len(gathered) == 1 and tuple(refused) == tuple(every):
        case = "all" if root in refused else "parts_alone"
        told["why"] = _reasons(next(iter(gathered)))
        yield Finding(replace(about, code="compared"), "not_compared", case, told, slot)
        return
    yield Finding(replace(about, code="compared"), "not_compared", "some", told, slot)
    of_parts: set[str] = set()
    for reasons, codes in gathered.items():
        kept = [code for code in codes if code != root]
        if kept:
            of_parts |= set(reasons)
            parts = tuple(Member(code, country.edition.get(code).name_vi) for code in kept)
            fields = {**told, "parts": parts, "why": _reasons(reasons)}
            yield Finding(replace(about, code=kept[0]), "not_compared", "parts", fields, slot)
    if root in refused:
        # The total is refused with its parts; their reasons need not be read twice.
        shared = bool(of_parts & set(refused[root]))
        fields = told if shared else {**told, "why": _reasons(refused[root])}
        case = "total_of_parts" if shared else "total"
        yield Finding(replace(about, code=root), "not_compared", case, fields, slot)


def by_reason(refused: Mapping[str, tuple[str, ...]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Gather criteria by the reasons for which they may not be compared, in the order given."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for code, reasons in refused.items():
        found[reasons] = (*found.get(reasons, ()), code)
    return found


_ONE_BY_ONE = ("parts", "total", "total_of_parts")


def whole(found: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return what is said of all scores together: no single criterion, listed below it."""
    return tuple(one for one in found if one.case not in _ONE_BY_ONE)


def one_by_one(found: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return what is listed: the criteria that may not be compared, by reason."""
    return tuple(one for one in found if one.case in _ONE_BY_ONE)


def _reasons(reasons: Sequence[str]) -> tuple[Why, ...]:
    return tuple(Why("not_comparable", {"reason": reason}) for reason in reasons)


# Its region and the unit of 1 July 2025 -----------------------------------------------------------


def _in_region(result: PapiResult, total: Measured | None) -> tuple[Finding, ...]:
    """State the place of the total among those of the region."""
    about = key_of(result, "in_region")
    if total is None or total.peers is None:
        return (Finding(about, "place", "not_ranked", {"why": (Why("no_total"),)}),)
    slugs = {one.slug for one in result.country.measured if one.region == result.place.region}
    own = {slug: value for slug, value in total.peers.values.items() if slug in slugs}
    among = replace(
        total, key=about, peers=replace(total.peers, values=own, not_measured=(), of="in_region")
    )
    return place(among)


def _successor(result: PapiResult) -> Iterator[Finding]:
    about, new = key_of(result, "successor"), result.successor
    country = result.country
    if new is None:
        yield Finding(about, "succession", "current")
        return
    named = Member(new.slug, new.full_name(2025))
    total = merged_total(country, new.slug)
    if not new.is_merged:
        same = new.own_name == result.place.own_name
        told: dict[str, object] = {} if same else {"high": named}
        yield Finding(about, "succession", "kept" if same else "renamed", told)
    else:
        old = country.places.predecessors_of(new)
        told = {"high": named, "parts": tuple(Member(p.slug, p.full_name(2024)) for p in old)}
        if total is None:
            lacking = country.detail.incomplete[new.slug]
            names_of = [country.places.get(slug, "63") for slug in lacking]
            told["with_"] = tuple(Member(one.slug, one.in_full) for one in names_of)
            yield Finding(about, "succession", "incomplete", told)
            return
        rank = total.more["rank"]
        told |= {"value": total.value, "rank": rank, "units": total.more["units"]}
        yield Finding(about, "succession", "merged_tied" if total.more["tied"] else "merged", told)
    if total is not None and total.more.get("holders"):
        told = {"with_": total.more["holders"]}
        yield Finding(replace(about, code="split"), "split", "alike", told)
