"""What was published of the whole country in a year, in the form that the words take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from helpers.facts.changes import change, tally_units
from helpers.facts.comparison import rounded
from helpers.facts.families import Finding, Member
from helpers.facts.judge import judge
from helpers.facts.leading import leading
from helpers.facts.measured import Earlier, Measured
from helpers.facts.value import NONE, PERCENT, Key, Value, Why, count
from helpers.indices.scored.findings import published_file
from helpers.indices.scored.findings_method import basis, errors
from helpers.indices.scored.measured_published import breaks
from helpers.places import fold, sort_key
from helpers.words.document import Address, Document, Remark, index_names

if TYPE_CHECKING:
    from helpers.indices.scored.national import Moved, PublishedCountry
    from helpers.indices.scored.standing import Figure, Mean

LISTED = 5
"""So few changes are told one by one."""
NAMED = 3


def document(country: PublishedCountry) -> Document:
    """Return names and findings of the whole country.

    Parameters
    ----------
    country : PublishedCountry

    Returns
    -------
    Document
        Its sections are those that begin with ``national_``.
    """
    framework = country.framework
    found = {
        "country": (*_coverage(country), _mean(country), *_first(country), *_changes(country)),
        "regions": _regions(country),
        "": _method(country),
        "areas": tuple(_doubts(country)),
    }
    return Document(
        country.index,
        {
            **index_names(framework, country.year),
        },
        {subject: every for subject, every in found.items() if every},
        prefix="national_",
        labels=(framework.short_name, str(country.year)),
        status=country.status,
    )


def _key(country: PublishedCountry, code: str, unit: str = "", years_ago: int = 0) -> Key:
    return Key(country.index, "", country.year - years_ago, unit=unit, code=code)


def _scale(country: PublishedCountry) -> tuple[str, int]:
    """Return unit and decimals of a value, as most pages print it."""
    is_percent = any(figure.measure.startswith("%") for figure in country.figures)
    return (PERCENT if is_percent else "index"), country.framework.decimals


def value_of(country: PublishedCountry, figure: Figure | Mean, year: int | None = None) -> Value:
    """Return a published value, or a mean, with where it stands."""
    unit, decimals = _scale(country)
    what = f"{country.framework.short_name} {year or country.year}, {figure.unit}"
    source = Why("read_on_page", {"what": what, "origin": figure.origin, "page": figure.source})
    if figure.value is None:
        return Value.unknown(Why("only_place_published"), unit, decimals, figure.error)
    return Value(figure.value, unit, decimals, figure.error, status=figure.status, source=source)


def _coverage(country: PublishedCountry) -> Iterator[Finding]:
    key, every, valued = _key(country, "country"), len(country.figures), len(country.valued)
    units = count(country.units, "unit", Why("units_of_register"))
    doubted = sum(1 for figure in country.figures if figure.value is not None and figure.doubt)
    parts = {"valued": valued, "doubted": doubted, "placed": every - valued - doubted}
    case = (
        "all_valued" if valued == every else "placed_only" if parts["placed"] == every else "mixed"
    )
    fields: dict[str, object] = {"n": _counted(country, every), "units": units}
    if case == "mixed":
        fields |= {name: _counted(country, number) for name, number in parts.items() if number}
    yield Finding(key, "coverage", case, fields)
    ranking = "partial"
    if country.complete or country.all_placed:
        ranking = "complete" if country.complete else "places_complete"
    if country.complete and not any(figure.rank for figure in country.figures):
        ranking = "placed_here"
    yield Finding(key, "ranking", ranking, {"units": units})


def _counted(country: PublishedCountry, number: int) -> Value:
    where = published_file(country.index, country.year)
    return count(number, "unit", Why("counted_in", {"where": where}))


def _mean(country: PublishedCountry) -> Finding:
    key, mean = _key(country, "mean"), country.national
    if mean is None:
        return Finding(key, "level", "unknown", {"why": (Why("not_in_sources"),)})
    return Finding(key, "level", "value", {"value": value_of(country, mean)})


def _first(country: PublishedCountry) -> Iterator[Finding]:
    """Give the published first place as what it is: a place that a page prints."""
    first = [figure for figure in country.figures if figure.rank == 1]
    if first:
        what = ", ".join(figure.unit for figure in first)
        told = {"what": what, "origin": first[0].rank_origin, "page": first[0].rank_source}
        source = Why("place_on_page", told)
        fields = {
            "rank": count(1, "place", source),
            "units": count(country.units, "unit", source),
            "holders": tuple(
                Member(one.slug, country.place(one).in_full, _trusted(country, one))
                for one in first
            ),
        }
        yield Finding(_key(country, "country"), "first_place", "published", fields)


def _trusted(country: PublishedCountry, figure: Figure) -> Value | None:
    return None if figure.value is None or figure.doubt else value_of(country, figure)


def _regions(country: PublishedCountry) -> tuple[Finding, ...]:
    """Judge the published means of the regions, where all of them are known."""
    key = _key(country, "regions")
    if len(country.regions) < 2:
        why = (Why("not_in_sources"),)
        return (Finding(key, "missing", "value", {"why": why}, "value"),)
    # In the order of the register: that of the values would say which is higher.
    order = {fold(name): n for n, name in enumerate(country.places.regions(country.system))}
    means = sorted(country.regions, key=lambda mean: order.get(fold(mean.unit), len(order)))
    values = [(mean, value_of(country, mean)) for mean in means]
    if not country.all_regions:
        parts = tuple(Member(mean.unit, mean.unit, value) for mean, value in values)
        return (Finding(key, "missing", "parts", {"parts": parts}, "parts"),)
    made = tuple(
        Measured(_key(country, f"region.{mean.unit}"), mean.unit, value) for mean, value in values
    )
    nothing = Value.unknown(Why("no_value"), error=NONE)
    whole = Measured(key, country.framework.short_name, nothing, parts=made, part_basis="value")
    return tuple(one for one in judge(whole) if one.family in ("strongest", "weakest"))


def _changes(country: PublishedCountry) -> tuple[Finding, ...]:
    """State the largest changes since the year before, or why there are none."""
    before, key = country.year - 1, _key(country, "country")
    told = {"role": "previous", "year": before}
    slot = str(before)
    if country.breaks:
        why = breaks(country.breaks)
        return (Finding(key, "change", "barred", {**told, "why": why}, slot),)
    if not country.moved:
        return (Finding(key, "movers", "none", told, slot),)
    n = _counted(country, len(country.moved))
    if country.framework.is_sampled():
        return (Finding(key, "movers", "beside", {"n": n}, slot),)
    units = [_unit(country, moved) for moved in country.moved]
    sides = _sides(country, units)
    if len(units) <= LISTED:
        named = {case: tuple(parts) for case, parts in sides.items() if parts}
        parts = tuple(member for one in sides.values() for member in one)
        return (Finding(key, "movers", "few", {"parts": parts, "n": n, **named}, slot),)
    about = Earlier(Measured(_key(country, "country", years_ago=1), "", _nothing()))
    tally = tally_units(key, units, about)
    tally = replace(tally, fields={**tally.fields, "units": n})
    if not country.all_moved:
        return (tally, Finding(key, "movers", "some", {"n": n}, slot))
    return (tally, *_most(country, sides, slot))


def _nothing() -> Value:
    return Value.unknown(Why("no_value"))


def _unit(country: PublishedCountry, moved: Moved) -> Measured:
    slug, name = moved.place.slug, moved.place.in_full
    then = Measured(
        _key(country, "published", slug, 1),
        name,
        value_of(country, moved.earlier, country.year - 1),
    )
    value = value_of(country, moved.later)
    return Measured(_key(country, "published", slug), name, value, earlier=(Earlier(then),))


def _sides(country: PublishedCountry, units: Sequence[Measured]) -> dict[str, list[Member]]:
    """Return who rose, who fell and by how much; the rest is told as unclear."""
    sides: dict[str, list[Member]] = {"up": [], "down": [], "unclear": []}
    for unit in units:
        (found,) = change(unit)
        case = found.case if found.case in ("up", "down") else "unclear"
        gap = found.fields.get("gap") if case != "unclear" else None
        value = gap if isinstance(gap, Value) else None
        sides[case].append(Member(unit.own, unit.name, value))
    return sides


def _most(
    country: PublishedCountry, sides: dict[str, list[Member]], slot: str
) -> Iterator[Finding]:
    for side in ("up", "down"):
        first = leading(sides[side], _printed, NAMED)
        if first.named:
            told = {"parts": first.named}
            yield Finding(_key(country, f"country.{side}"), "movers", side, told, slot)


def _printed(member: Member) -> float | None:
    value = member.value
    return None if value is None else float(rounded(value.known, value.decimals))


def _doubts(country: PublishedCountry) -> Iterator[Finding]:
    doubted = [figure for figure in country.figures if figure.doubt]
    for figure in sorted(doubted, key=lambda one: sort_key(one.unit)):
        fields = {
            "subject": Member(figure.slug, figure.unit),
            "why": (Why("remark", {"text": Remark(figure.doubt, figure.origin)}),),
        }
        yield Finding(_key(country, "published", figure.slug), "doubt", "doubted", fields)


def _sources(country: PublishedCountry) -> Finding:
    """State what was read: tables of scores by their addresses, else what pages say in words."""
    key = _key(country, "method")
    if not country.framework.is_score_tree:
        return Finding(key, "method", "bare", {}, "sources")
    urls = sorted({figure.source for figure in country.figures})
    why = tuple(Why("page", {"url": Address(url)}) for url in urls)
    return Finding(key, "method", "stated", {"why": why}, "sources")


def _method(country: PublishedCountry) -> tuple[Finding, ...]:
    key = _key(country, "method")
    edition = country.framework.edition(country.year)
    return (
        _sources(country),
        basis(key, edition),
        *errors(key, country.framework),
    )
