"""What PAPI states of a province: everything that is judged of its scores, by subject of the document.

Places, groups and the ends of an order are told as published: no error confirms them. A difference is
told only beyond its error, and dimensions have none that is published.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from helpers.facts.compared import compact
from helpers.facts.comparison import MOST_NAMED
from helpers.facts.families import Finding, Member
from helpers.facts.judge import judge
from helpers.facts.level import member
from helpers.facts.measured import Earlier, Group, Measured
from helpers.facts.places import place
from helpers.facts.value import Key, Why, count
from helpers.indices.papi.findings_method import method
from helpers.indices.papi.measured import criterion, group_of, groups_of, merged_total
from helpers.indices.papi.result import INDEX, PapiCountry, PapiResult, by_reason
from helpers.words.document import Document, Named

_OF_TOTAL = ("level", "place", "grouping", "against", "best", "lowest", "change", "movement")
_HIGHEST, _LOWEST = 4, 1


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
        "factors": (*_dimensions(result, parts), *one_by_one(compared)),
        "items": _items(result),
        "in_region": _in_region(result, total),
        "successor": tuple(_successor(result)),
        "published": _latest(result, judged, total),
    }
    return Document(
        INDEX,
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
        "this_year": country.year,
        "index_name": definition.short_name,
        "index_full": Named(definition.name_vi, {"en": definition.name_en}),
        "owner": definition.owner,
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
    return Key(INDEX, result.place.slug, result.year, code=code)


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


def standing(measured: Measured) -> dict[str, object]:
    """Return place, ties, group and median of a criterion, as they are told in one breath."""
    peers = measured.peers
    if peers is None or measured.group is None:
        raise ValueError("a published score has peers and a group")
    source = Why("rank_among", {"of": peers.of, "units": len(peers.known)})
    median = next((mark.value for mark in measured.marks if mark.kind == "median"), None)
    return compact(
        rank=count(peers.ranks.place[measured.own], "place", source),
        units=count(len(peers.known), "unit", source),
        tied=bool(peers.ranks.alike[measured.own]),
        group=measured.group,
        median=median,
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


_ONE_BY_ONE = ("parts", "total", "total_of_parts")


def whole(found: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return what is said of all scores together: no single criterion, listed below it."""
    return tuple(one for one in found if one.case not in _ONE_BY_ONE)


def one_by_one(found: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return what is listed: the criteria that may not be compared, by reason."""
    return tuple(one for one in found if one.case in _ONE_BY_ONE)


def _reasons(reasons: Sequence[str]) -> tuple[Why, ...]:
    return tuple(Why("not_comparable", {"reason": reason}) for reason in reasons)


# Its dimensions, and what is below them -----------------------------------------------------------


def _dimensions(result: PapiResult, parts: tuple[Measured, ...]) -> tuple[Finding, ...]:
    if not parts:
        return ()
    about = key_of(result, "factors")
    return (_composition(result, about, parts), *stand_out(result.country, about, parts))


def _composition(result: PapiResult, about: Key, parts: Sequence[Measured]) -> Finding:
    """State in which groups the dimensions stand, the highest first."""
    groups = [one.group for one in parts if one.group is not None]
    of = count(len(groups), "part")
    if len({group.order for group in groups}) == 1:
        case = "alone" if len(groups) == 1 else "all"
        return Finding(about, "composition", case, {"of": of, "group": groups[0]})
    counted = []
    for order in range(_HIGHEST, 0, -1):
        number = sum(group.order == order for group in groups)
        if number:
            name = group_of(result.country, order).code
            counted.append(Member(name, name, count(number, "part")))
    return Finding(about, "composition", "mixed", {"of": of, "parts": tuple(counted)})


def relative_place(measured: Measured) -> float:
    """Return where a criterion stands between the best (0) and the last place (1).

    Dimensions differ in how high all provinces score, so they are set side by side by place, never by
    points.
    """
    peers = measured.peers
    if peers is None:
        raise ValueError("a published score has peers")
    return (peers.ranks.place[measured.own] - 0.5) / len(peers.known)


@dataclass(frozen=True)
class _End:
    """One end of the places: who is named first, beside them, and whether they are in the group."""

    named: tuple[Measured, ...]
    in_group: bool
    left: int


def stand_out(country: PapiCountry, about: Key, parts: Sequence[Measured]) -> tuple[Finding, ...]:
    """State the foremost and the hindmost dimensions by place, at most three of each.

    A dimension in the highest group is a clear strength, one in the lowest a clear weakness. Where
    there is none, the relatively best (weakest) ones are named, unless they are on the other side.
    """
    ordered = sorted(parts, key=relative_place)
    best, last = _end(ordered, _HIGHEST), _end(ordered[::-1], _LOWEST)
    if not best.in_group and any(one.group and one.group.order == _LOWEST for one in best.named):
        best = _End((), False, 0)
    taken = {one.key.code for one in best.named}
    taken |= {one.key.code for one in parts if one.group and one.group.order == _HIGHEST}
    if not last.in_group and any(one.key.code in taken for one in last.named):
        last = _End((), False, 0)
    return (
        _told(about, "foremost", best, group_of(country, _HIGHEST)),
        _told(about, "hindmost", last, group_of(country, _LOWEST)),
    )


def _end(ordered: Sequence[Measured], order: int) -> _End:
    there = [one for one in ordered if one.group is not None and one.group.order == order]
    if not there:
        return _End(tuple(level_with(ordered)), False, 0)
    named = first_places(there)
    return _End(tuple(named), True, len(there) - len(named))


def level_with(ordered: Sequence[Measured]) -> list[Measured]:
    """Return those at the head of an order that share its first place."""
    return [one for one in ordered if relative_place(one) == relative_place(ordered[0])]


def first_places(ordered: Sequence[Measured], most: int = MOST_NAMED) -> list[Measured]:
    """Return the first of an order, at most so many unless they share one place.

    A tie that would be cut in two is left out whole, unless it stands first.
    """
    named = list(ordered[:most])
    if len(ordered) > most and relative_place(ordered[most]) == relative_place(named[-1]):
        cut = relative_place(named[-1])
        return [one for one in named if relative_place(one) != cut] or level_with(ordered)
    return named


def _told(about: Key, family: str, end: _End, group: Group) -> Finding:
    if not end.named:
        return Finding(about, family, "none", {"group": group})
    leading = level_with(end.named)
    case = "group" if end.in_group else "relative"
    told = {
        "parts": tuple(held(one) for one in leading),
        "besides": tuple(held(one) for one in end.named if one not in leading) or None,
        "more": count(end.left, "part") if end.left else None,
        "group": group,
    }
    shared = "_shared" if len(leading) > 1 else ""
    return Finding(about, family, f"{case}{shared}", compact(**told))


def held(measured: Measured) -> Member:
    """Return a criterion with its score, place and median, for a list."""
    return replace(member(measured), more=standing(measured))


def _items(result: PapiResult) -> tuple[Finding, ...]:
    """State which sub-dimensions hold the best and the lowest places, or that there are none."""
    about = key_of(result, "items")
    codes = [
        node.code
        for node in result.edition.nodes
        if not node.children and node.code in result.standing.index
    ]
    if not codes:
        return (Finding(about, "not_given", "items", {}, "items"),)
    parts = [criterion(result, code) for code in codes]
    of = count(len(parts), "part")
    best, lowest = ends(parts)
    if not best:
        return (Finding(about, "foremost", "alike", {"of": of}),)
    named = {"foremost": best, "hindmost": lowest}
    return tuple(
        Finding(about, family, "places", {"parts": tuple(held(one) for one in found), "of": of})
        for family, found in named.items()
        if found
    )


def ends(
    parts: Sequence[Measured], most: int = MOST_NAMED
) -> tuple[tuple[Measured, ...], tuple[Measured, ...]]:
    """Return which criteria hold the best and the lowest places.

    From the end inwards, at most so many each and never the same; none where all share one place.
    """
    ordered = sorted(parts, key=relative_place)
    most = min(most, len(ordered) // 2)
    if not most or relative_place(ordered[0]) == relative_place(ordered[-1]):
        return (), ()
    best = tuple(first_places(ordered, most))
    lowest = first_places(ordered[::-1], most)
    return best, tuple(one for one in lowest if one not in best)


# Its region and the unit of 1 July 2025 -----------------------------------------------------------


def _in_region(result: PapiResult, total: Measured | None) -> tuple[Finding, ...]:
    """State the place of the total among those of the region."""
    about = key_of(result, "in_region")
    if total is None or total.peers is None:
        return (Finding(about, "place", "not_ranked", {"why": (Why("no_total"),)}),)
    slugs = {one.slug for one in result.country.measured if one.region == result.place.region}
    own = {slug: value for slug, value in total.peers.values.items() if slug in slugs}
    among = replace(total, key=about, peers=replace(total.peers, values=own, not_measured=()))
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
