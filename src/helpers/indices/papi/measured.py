"""PAPI scores in the form that the judge takes: total and dimensions, with all units beside them."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from helpers.facts.marks import mark_of
from helpers.facts.measured import Earlier, Group, Mark, Measured, Peers
from helpers.facts.value import Key, Value, Why
from helpers.indices.papi.errors import errors_of
from helpers.indices.papi.result import INDEX, PapiCountry, PapiResult


def measured(result: PapiResult) -> tuple[Measured, ...]:
    """Return the province's scores for the judge.

    Returns
    -------
    tuple of Measured
        The total with its dimensions as parts; the dimensions alone where no total was published.
    """
    parts = tuple(_criterion(result, code) for code in result.dimension_codes())
    if not result.has_total:
        return parts
    return (_criterion(result, result.edition.root.code, parts),)


def _criterion(result: PapiResult, code: str, parts: tuple[Measured, ...] = ()) -> Measured:
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
    criterion = country.definition.edition(year).get(code)
    peers = peers_of(country, code, year)
    return Measured(
        Key(INDEX, own, year, code=code),
        criterion.short,
        peers.known[own],
        maximum=Value(criterion.scale[1]),
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
    roles: tuple[Literal["previous", "base"], ...] = ("previous", "base")
    own = [(int(year), reasons) for of, year, reasons in rows if of == code]
    return tuple(
        Earlier(
            _node(result, code, year),
            role,
            tuple(Why("not_comparable", {"reason": reason}) for reason in reasons),
        )
        for role, (year, reasons) in zip(roles, own, strict=False)
    )


def peers_of(country: PapiCountry, code: str, year: int | None = None) -> Peers:
    """Return all units with a score of a criterion in a year, made once for all reports of the year."""
    year = country.year if year is None else year
    return country.once(("peers", code, year), lambda: _peers(country, code, year))


def _peers(country: PapiCountry, code: str, year: int) -> Peers:
    errors = errors_of(country, code, year)
    units = country.places.units(country.system)
    values = {
        str(row["slug"]): Value(
            float(row["value"]),
            decimals=country.definition.decimals,
            error=errors[str(row["slug"])],
            status="official",
            source=str(row["source"]),
        )
        for _, row in _rows(country, code, year).iterrows()
    }
    return Peers(
        values,
        of="provinces",
        names={unit.slug: unit.name for unit in units},
        all_units=len(units),
        not_measured=tuple(unit.slug for unit in units if unit.slug not in values),
    )


def _rows(country: PapiCountry, code: str, year: int) -> pd.DataFrame:
    rows = country.standing
    own = (rows["system"] == country.system) & (rows["year"] == year) & (rows["code"] == code)
    found: pd.DataFrame = rows[own]
    return found


def _group(country: PapiCountry, slug: str, code: str, year: int) -> Group:
    groups = country.once(
        ("groups", code, year),
        lambda: {
            str(row["slug"]): (int(row["group"]), bool(row["group_confirmed"]))
            for _, row in _rows(country, code, year).iterrows()
        },
    )
    order, published = groups[slug]
    source = Why("quartile_groups", {"year": year})
    return Group(str(order), order, 4, published, source)
