"""What decision 766 is set beside, and how its points were made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from helpers.facts.disclosure import is_small
from helpers.facts.families import Finding
from helpers.facts.value import PERCENT, Value, Why, count
from helpers.indices.service_quality.arithmetic import Indicator
from helpers.indices.service_quality.records import NOT_DEDUCTED
from helpers.indices.service_quality.values import WHOLE_MAXIMUM, maximum, points, told

if TYPE_CHECKING:
    from helpers.indices.service_quality.result import ServiceResult


def compared(result: ServiceResult) -> Iterator[Finding]:
    """Hold the points against the portal's and against published totals."""
    yield from told(result, "portal", _portal(result))
    if result.status == "simulated":
        yield from told(result, "published", Why("simulated_alone"))
        return
    rows = result.published
    totals = rows[(rows["code"] == "total") & rows["value"].notna()]
    own = totals[totals["slug"] == result.place.slug]
    found = [_own(row) for _, row in own.iterrows()]
    others = count(len(totals) - len(own), "unit", Why("counted_published"))
    if others.known:
        found.append(Why("published_others", {"n": others}))
    yield from told(result, "published", *(found or [Why("published_none")]))


def _portal(result: ServiceResult) -> Why:
    shown = [
        one
        for one in result.score.indicators
        if one.ratio is not None and one.ratio.portal is not None and one.points is not None
    ]
    if not shown:
        return Why("portal_none")
    n = count(len(shown), "criterion", Why("counted_on_portal"))
    differ = tuple(_beside_portal(result, one) for one in result.portal_differences)
    if differ:
        return Why("portal_differs", {"n": n, "differ": differ})
    allowed = Value(result.rules.published_tolerance, "point", 3, source=Why("tolerance"))
    return Why("portal_fits", {"n": n, "allowed": allowed})


def _beside_portal(result: ServiceResult, one: Indicator) -> Why:
    ratio, own = one.ratio, points(result, one)
    if ratio is None or ratio.portal is None:
        raise ValueError(f"the portal showed nothing of {one.node.code}")
    portal = Value(ratio.portal, "point", source=ratio.trace)
    return Why("beside_portal", {"code": one.node.code, "own": own, "portal": portal})


def _own(row: pd.Series) -> Why:
    told = {"unit": str(row["unit"]), "name": str(row["name"]), "value": published_value(row)}
    rank = published_rank(row)
    return Why("published_own", told) if rank is None else Why(
        "published_own_placed", {**told, "rank": rank}
    )  # fmt: skip


def published_value(row: pd.Series) -> Value | None:
    """Return the points of a published row."""
    if pd.isna(row["value"]):
        return None
    return Value(float(row["value"]), status="official", source=_at(row))


def published_rank(row: pd.Series) -> Value | None:
    """Return the place of a published row."""
    if pd.isna(row["rank"]):
        return None
    return Value(float(row["rank"]), "place", 0, status="official", source=_at(row))


def _at(row: pd.Series) -> str:
    return f"{row['origin']}: {row['source']}"


# How it was made ------------------------------------------------------------------------------------


def method(result: ServiceResult) -> Iterator[Finding]:
    """State what sources disagree on, and how points were made."""
    yield from told(result, "options", *(_option(result, key) for key in result.rules.options))
    groups = tuple(Why("of_group", {"name": g.name_vi, "most": maximum(result, g.scale[1])})
                   for g in result.edition.criteria)  # fmt: skip
    whole = maximum(result, WHOLE_MAXIMUM)
    yield from told(result, "scoring", Why("scale", {"whole": whole, "groups": groups}))
    yield from told(result, "sums", Why("rounded_once"))
    out = tuple(one.node.code for one in result.score.indicators if one.state == "not_applicable")
    if out:
        yield from told(result, "left_out", Why("left_out", {"codes": out}))
    yield from told(result, "sources", *_sources(result))
    basis = (Why("note", {"text": one.quoted}) for one in result.edition.legal_basis)
    yield from told(result, "basis", *basis)
    for status, slot in (("unverified", "unconfirmed"), ("inferred", "inferred")):
        notes = [note.text for note in result.edition.notes if note.status == status]
        yield from told(result, slot, *(Why("note", {"text": text.rstrip(".")}) for text in notes))
    if result.status == "simulated":
        yield from told(result, "simulated", Why("all_simulated"))


def _option(result: ServiceResult, key: str) -> Why:
    option, chosen = result.rules.options[key], result.options[key]
    fields = {"name": option.name, "reason": option.reason, "chosen": _chosen(key, chosen)}
    own = key in result.own_options
    return Why("option_of_office" if own else "option_by_default", fields)


def _chosen(key: str, value: float | None) -> Why:
    if value is None:
        return Why("option_off")
    if key.startswith("cap"):
        return Why("option_yes" if value else "option_no")
    percent = key.startswith("target")
    number = value * 100 if percent else value
    decimals = 0 if float(number).is_integer() else 2
    unit = PERCENT if percent else "point"
    return Why(
        "option_value", {"value": Value(number, unit, decimals, source=Why("option", {"key": key}))}
    )


def _sources(result: ServiceResult) -> Iterator[Why]:
    yield Why("from_table")
    ratios = [one.ratio for one in result.score.indicators if one.ratio is not None]
    for made in ("records", "figures"):
        codes = tuple(ratio.code for ratio in ratios if ratio.made == made)
        if made == "records" and codes:
            yield Why("from_records", {"codes": codes})
            if any(NOT_DEDUCTED in ratio.trace for ratio in ratios):
                yield Why("not_deducted")
            yield from no_channel(result.no_channel)
        elif codes:
            yield Why("from_figures", {"codes": codes})


def no_channel(rows: int) -> Iterator[Why]:
    """Say how many dossiers have no channel and are counted as direct; of few only that."""
    if is_small(rows):
        yield Why("no_channel_few")
    elif rows:
        yield Why("no_channel", {"n": count(rows, "dossier", Why("counted_without_channel"))})
