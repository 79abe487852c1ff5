"""PAPI scores in the form that the judge takes: total and dimensions, with all units beside them."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, NamedTuple

from helpers.definitions.models import TOTAL
from helpers.facts.finding_fields import Member
from helpers.facts.marks import mark_of
from helpers.facts.measured import Earlier, Group, Mark, Measured, Peers
from helpers.facts.standing import KEYS
from helpers.facts.value import Key, Value, Why, count
from helpers.indices.papi.errors import errors_of

if TYPE_CHECKING:
    from helpers.indices.papi.result import PapiCountry, PapiResult


def measured(result: PapiResult) -> tuple[Measured, ...]:
    """Return the province's scores for the judge.

    Returns
    -------
    tuple of Measured
        The total with its dimensions as parts; the dimensions alone where no total was published.
    """
    parts = tuple(criterion(result, code) for code in result.dimension_codes())
    if not result.has_total:
        return parts
    return (criterion(result, result.edition.root.code, parts),)


def criterion(result: PapiResult, code: str, parts: tuple[Measured, ...] = ()) -> Measured:
    """Return one criterion of the province, with its parts if they are given."""
    country, place = result.country, result.place
    peers = peers_of(country, code)
    own = place.slug
    region = tuple(slug for slug in _region(country, place.region) if slug in peers.known)
    marks = [mark_of(peers, own, "median"), mark_of(peers, own, "mean")]
    if len(region) > 1:
        marks.append(mark_of(peers, own, "region", region, place.region))
    return _node(result, code, country.year, tuple(marks), _earlier(result, code), parts)


def _region(country: PapiCountry, name: str) -> tuple[str, ...]:
    def slugs() -> tuple[str, ...]:
        return tuple(unit.slug for unit in country.measured if unit.region == name)

    return country.once(("region", name), slugs)


def _node(
    result: PapiResult,
    code: str,
    year: int,
    marks: tuple[Mark, ...] = (),
    earlier: tuple[Earlier, ...] = (),
    parts: tuple[Measured, ...] = (),
) -> Measured:
    country, own = result.country, result.place.slug
    node = country.definition.edition(year).get(code)
    peers = peers_of(country, code, year)
    return Measured(
        Key(country.index, own, year, code=code),
        node.name_vi,
        peers.known[own],
        maximum=Value(node.scale[1]),
        peers=peers,
        marks=marks,
        earlier=earlier,
        parts=parts,
        # Dimensions are equal summands; each is read beside the other units, never by its points.
        weights=dict.fromkeys((part.key.code for part in parts), 1.0) if parts else None,
        part_basis="place" if parts else None,
        group=_group(country, own, code, year),
    )


def _earlier(result: PapiResult, code: str) -> tuple[Earlier, ...]:
    told = result.changes
    rows = zip(told["code"], told["earlier"], told["reasons"], strict=True)
    roles = {year: role for role, year in result.changes_of_years}
    own = [(int(year), reasons) for of, year, reasons in rows if of == code]
    return tuple(
        Earlier(
            _node(result, code, year),
            roles[year],
            tuple(Why("not_comparable", {"reason": reason}) for reason in reasons),
        )
        for year, reasons in own
    )


def peers_of(country: PapiCountry, code: str, year: int | None = None) -> Peers:
    """Return all units with a score of a criterion in a year, made once for all reports of the year."""
    year = country.year if year is None else year
    return country.once(("peers", code, year), lambda: _peers(country, code, year))


def _peers(country: PapiCountry, code: str, year: int) -> Peers:
    errors = errors_of(country, code, year)
    units = country.places.units(country.system)
    values = {
        row.slug: Value(
            row.value,
            decimals=country.definition.decimals,
            error=errors[row.slug],
            status="official",
            source=sources(country, code, row.slug, year, row.source),
        )
        for row in _rows(country, code, year)
    }
    return Peers(
        values,
        of="provinces",
        names={unit.slug: unit.in_full for unit in units},
        all_units=len(units),
        not_measured=tuple(unit.slug for unit in units if unit.slug not in values),
    )


class _Row(NamedTuple):
    """What is taken of a row of ``country.standing``."""

    slug: str
    value: float
    source: str
    group: int
    group_confirmed: bool


def _rows(country: PapiCountry, code: str, year: int) -> list[_Row]:
    """Return the rows of a criterion and year; the table of all years is gone through once."""

    def by_criterion() -> dict[Hashable, list[_Row]]:
        rows = country.standing
        made = list(map(_Row, *(rows[name].tolist() for name in _Row._fields)))
        places = rows.groupby(KEYS, sort=False).indices
        return {key: [made[place] for place in of] for key, of in places.items()}

    return country.once("rows", by_criterion).get((country.system, year, code), [])


def _group(country: PapiCountry, slug: str, code: str, year: int) -> Group:
    order, published = groups_of(country, code, year)[slug]
    return group_of(country, order, published)


def groups_of(
    country: PapiCountry, code: str, year: int | None = None
) -> dict[str, tuple[int, bool]]:
    """Return the group of each unit, 1 the lowest, and whether the sizes of groups were published."""
    year = country.year if year is None else year
    return country.once(
        ("groups", code, year),
        lambda: {row.slug: (row.group, row.group_confirmed) for row in _rows(country, code, year)},
    )


def merged_total(country: PapiCountry, slug: str) -> Member | None:
    """Return the total of one of the 34 units with its place; None where it could not be computed.

    ``holders`` are those that print alike and stand in another group.
    """
    rows = country.merged
    rows = rows[rows["code"] == country.edition.root.code]
    own = rows[rows["slug"] == slug]
    if own.empty:
        return None
    row = own.iloc[0]
    alike = rows[(rows["rank"] == row["rank"]) & (rows["slug"] != slug)]
    apart = alike.loc[alike["group"] != row["group"], "slug"]
    source = Why("rank_among_merged")
    value = Value(
        float(row["value"]),
        decimals=country.definition.decimals,
        source=Why("score_merged", {"year": country.year, "where": str(row["source"])}),
    )
    told = {
        "rank": count(int(row["rank"]), "place", source),
        "units": count(int(row["n"]), "unit", source),
        "tied": not alike.empty,
        "holders": tuple(Member(one, country.places.get(one, "34").in_full) for one in apart),
    }
    return Member(slug, country.places.get(slug, "34").full_name(2025), value, told)


def group_of(country: PapiCountry, order: int, published: bool = True) -> Group:
    """Return a quartile group by its order, 1 the lowest."""
    names = country.definition.groups.names
    source = Why("quartile_groups", {"year": country.year})
    return Group(names[order - 1], order, len(names), published, source)


def sources(country: PapiCountry, code: str, slug: str, year: int, where: str) -> Why:
    """Return where a score stands: index, year, criterion, unit, and the line or cell."""
    told = {"year": year, "who": country.places.get(slug, country.system).name, "where": where}
    if code == TOTAL:
        return Why("total_in", told)
    node = country.once(("node", code, year), lambda: country.definition.edition(year).get(code))
    return Why("score_in", {**told, "what": node.name_vi})
