"""How sure a province's place in PAPI is when it is computed again under other assumptions.

The published total is the plain sum of the dimensions on one scale. Here scale, weights and mean vary
together (:mod:`helpers.robustness`). A notebook says ``say(certainty.of(result), "certainty")``
and draws ``certainty.chart(result)``. It is this site's computation and says so.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from helpers.display import intervals as rows
from helpers.display.chart import Chart
from helpers.facts.families import Finding, Member
from helpers.facts.value import Key, Value, Why, count
from helpers.robustness.construction import normalise
from helpers.robustness.draws import Assumptions
from helpers.robustness.sensitivity import drop_one, sobol
from helpers.robustness.tree import Tree
from helpers.robustness.uncertainty import Ranking, regenerate
from helpers.words.document import Document
from helpers.words.numbers import whole
from helpers.words.say import telling_of

if TYPE_CHECKING:
    from helpers.indices.papi.result import PapiCountry, PapiResult
    from helpers.project import Project

WORDS = "robustness"
TRIALS, BASE = 10_000, 1024
OPEN = Assumptions(normalisations=("none", "minmax", "zscore"))
WIDE = 10
"""Places; a range of so many or more is told as wide."""
_AROUND, _ENDS = 5, 10
_MOST_PARTS = 3


@dataclass(frozen=True)
class Certainty:
    """What recomputing a year's index gives.

    Parameters
    ----------
    ranking : Ranking
        Of the units that have every dimension, by slug.
    swaying : pandas.DataFrame
        Sobol indices of the open choices.
    without : pandas.DataFrame
        Places with each dimension left out.
    """

    ranking: Ranking
    swaying: pd.DataFrame
    without: pd.DataFrame

    def ends(self, slug: str) -> tuple[int, int]:
        """Return the places that nine of ten trials lie between."""
        at = self.ranking.nominal.index.get_loc(slug)
        low, high = (float(self.ranking.quantile(share).iloc[at]) for share in (0.05, 0.95))  # type: ignore[arg-type]
        return math.floor(low), math.ceil(high)


def warm(year: int, project: Project) -> None:
    """Compute once what all reports of a year share; they find it done."""
    from helpers.indices.papi.result import evaluate_country

    judged(evaluate_country(year, project))


def judged(country: PapiCountry) -> Certainty | None:
    """Compute the index of a year again; None where fewer than two units have every dimension."""
    return country.once("certainty", lambda: _compute(country))


def _compute(country: PapiCountry) -> Certainty | None:
    codes = [node.code for node in country.edition.dimensions]
    wide = country.current.pivot_table(index="slug", columns="code", values="value")
    table = wide.reindex(columns=codes).dropna()
    if len(table) < 2 or len(codes) < 2:
        return None
    tree = Tree.flat(codes)
    return Certainty(
        regenerate(table, tree, OPEN, TRIALS),
        sobol(table, tree, OPEN, BASE),
        drop_one(normalise(table, "none"), tree),
    )


def of(result: PapiResult | PapiCountry) -> Document:
    """Return what is found about a province, or about the order of all, for the words.

    Parameters
    ----------
    result : PapiResult or PapiCountry
    """
    place = getattr(result, "place", None)
    country: PapiCountry = getattr(result, "country", result)  # type: ignore[arg-type]
    found = judged(country)
    names: dict[str, int | str] = {
        "this_year": country.year,
        "index_name": country.definition.short_name,
        "owner": country.definition.owner,
    }
    findings = tuple(_country(country, found))
    if place is not None:
        names["again"] = place.name
        findings = tuple(_province(country, place.slug, found))
    prefix = "" if place is not None else "national_"
    nodes = {node.name_vi: node.name_en for node in country.edition.nodes if node.name_en}
    return Document(WORDS, names, {"": findings}, nodes, prefix=prefix)


def _province(country: PapiCountry, slug: str, found: Certainty | None) -> Iterator[Finding]:
    key = Key("papi", slug, country.year)
    if found is None or slug not in found.ranking.nominal:
        yield Finding(key, "certainty", "unknown")
        return
    best, worst = found.ends(slug)
    told = {"units": _units(found), "trials": _trials()}
    if best == worst:
        yield Finding(key, "certainty", "fixed", {"rank": _place(best), **told})
    else:
        yield Finding(
            key, "certainty", "spread", {"best": _place(best), "worst": _place(worst), **told}
        )
    yield from _swaying(key, found)
    yield _hinge(country, key, slug, found)


def _country(country: PapiCountry, found: Certainty | None) -> Iterator[Finding]:
    key = Key("papi", "", country.year)
    if found is None:
        yield Finding(key, "certainty", "unknown")
        return
    widths = sorted(b - a for a, b in (found.ends(str(s)) for s in found.ranking.nominal.index))
    told = {
        "n": count(sum(width >= WIDE for width in widths), "unit", _recomputed()),
        "units": _units(found),
        "steps": _place(widths[(len(widths) - 1) // 2]),
        "needed": _place(WIDE),
        "trials": _trials(),
    }
    yield Finding(key, "open_order", "open", told)
    yield from _swaying(key, found)


def _swaying(key: Key, found: Certainty) -> Iterator[Finding]:
    """State the choice whose total index is surely the largest."""
    order = found.swaying.sort_values("total", ascending=False)
    if order["total"].isna().any():
        return
    first, second = order.iloc[0], order.iloc[1]
    if float(first["total_q5"]) <= float(second["total_q95"]):
        yield Finding(key, "swaying", "unsure")
        return
    share = Value(100 * float(first["total"]), "percent", 0, source=Why("sobol", {}))
    yield Finding(key, "swaying", str(order.index[0]), {"share": share})


def _hinge(country: PapiCountry, key: Key, slug: str, found: Certainty) -> Finding:
    places = {str(code): int(column[slug]) for code, column in found.without.items()}
    nominal = places.pop("nominal")
    shifts = {code: abs(place - nominal) for code, place in places.items()}
    furthest = max(shifts.values())
    if furthest == 0:
        return Finding(key, "hinge", "none")
    names = {node.code: node.name_vi for node in country.edition.nodes}
    most = [code for code, shift in shifts.items() if shift == furthest][:_MOST_PARTS]
    without = Why("left_out", {})
    parts = tuple(
        Member(code, names[code], Value(float(places[code]), "place", 0, source=without))
        for code in most
    )
    return Finding(key, "hinge", "parts", {"parts": parts})


def _recomputed() -> Why:
    return Why("recomputed", {"trials": count(TRIALS, "unit")})


def _place(number: int) -> Value:
    return Value(float(number), "place", 0, source=_recomputed())


def _units(found: Certainty) -> Value:
    return count(len(found.ranking.nominal), "unit", Why("with_every_part", {}))


def _trials() -> Value:
    return count(TRIALS, "unit", _recomputed())


# The chart ----------------------------------------------------------------------------------------


def chart(result: PapiResult | PapiCountry) -> Chart:
    """Draw the ranges of places: of a province's neighbours, or of both ends of the country."""
    place = getattr(result, "place", None)
    country: PapiCountry = getattr(result, "country", result)  # type: ignore[arg-type]
    found = judged(country)
    told = telling_of(of(result))
    own = "" if place is None else place.slug
    if found is None or (own and own not in found.ranking.nominal):
        return Chart.nothing(told.label("certainty_nothing"))
    order = [str(slug) for slug in found.ranking.nominal.sort_values(kind="stable").index]
    if own:
        at = min(max(order.index(own) - _AROUND, 0), max(len(order) - 2 * _AROUND - 1, 0))
        shown = order[at : at + 2 * _AROUND + 1]
    else:
        shown = [*order[:_ENDS], *order[max(len(order) - _ENDS, _ENDS) :]]
    names = {unit.slug: unit.name for unit in country.places.units(country.system)}
    nominal = {str(slug): int(rank) for slug, rank in found.ranking.nominal.items()}
    made = []
    for slug in shown:
        low, high = found.ends(slug)
        label = f"{whole(nominal[slug])} ({whole(low)}–{whole(high)})"
        made.append(rows.Row(names[slug], nominal[slug], low, high, label, slug == own))
    legend = rows.Legend(
        names[own] if own else "", told.label("certainty_other"), "", told.label("certainty_unit")
    )
    listed = "; ".join(f"{row.name} {row.label}" for row in made)
    records = [
        {"unit": row.name, "place": row.value, "low": row.low, "high": row.high} for row in made
    ]
    return Chart(
        partial(rows.intervals, made, (), legend),
        told.label("certainty_caption" if own else "certainty_caption_country"),
        f"{told.label('certainty_alt')}: {listed}.",
        records,
    )
