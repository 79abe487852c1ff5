"""How sure a province's place in an index is when it is computed again under other assumptions.

A published total is made of its parts by a rule of the definition. Here scale, weights and mean vary
together (:mod:`helpers.robustness`), and where errors of the totals were published, these on their own.
A notebook says ``say(certainty.of(result), "certainty")`` and draws ``certainty.chart(result)``. It is
this site's computation and says so. Without the parts of ten units at least it says nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol, TypeVar

import pandas as pd

from helpers.definitions.framework import Framework, FrameworkEdition
from helpers.display import intervals as rows
from helpers.display.chart import Chart
from helpers.facts.families import Finding, Member
from helpers.facts.value import Key, Value, Why, count
from helpers.inputs.results import NoResultError
from helpers.keys import module_of
from helpers.places import Place, Register, System
from helpers.project import Project
from helpers.robustness.construction import normalise
from helpers.robustness.draws import Assumptions
from helpers.robustness.sensitivity import drop_one, sobol
from helpers.robustness.tree import Tree
from helpers.robustness.uncertainty import Ranking, regenerate
from helpers.words.document import Document
from helpers.words.numbers import whole
from helpers.words.say import telling_of

WORDS = "robustness"
TRIALS, BASE = 10_000, 1024
OPEN = Assumptions(normalisations=("none", "minmax", "zscore"))
WIDE = 10
"""Places; a range of so many or more is told as wide."""
_AROUND, _ENDS = 5, 10
_MOST_PARTS = 3
LEAST = 10
"""Units with every part; fewer have no order worth computing again."""
_SHAKEN = Assumptions(("none",), ("arithmetic",), noise=0)

T = TypeVar("T")


class Country(Protocol):
    """An index in a year: what its parts are, and what every unit has."""

    @property
    def index(self) -> str: ...  # noqa: D102

    @property
    def year(self) -> int: ...  # noqa: D102

    @property
    def definition(self) -> Framework: ...  # noqa: D102

    @property
    def edition(self) -> FrameworkEdition: ...  # noqa: D102

    @property
    def places(self) -> Register: ...  # noqa: D102

    @property
    def system(self) -> System: ...  # noqa: D102

    def tidy(self) -> pd.DataFrame: ...  # noqa: D102

    def once(self, name: Hashable, make: Callable[[], T]) -> T: ...  # noqa: D102


@dataclass(frozen=True)
class Certainty:
    """What recomputing a year's index gives.

    Parameters
    ----------
    ranking : Ranking
        Of the units that have every part, by slug.
    swaying : pandas.DataFrame
        Sobol indices of the open choices.
    without : pandas.DataFrame
        Places with each part left out.
    shaken : Ranking or None
        Of the units whose total has a published error, with nothing but these errors drawn.
    """

    ranking: Ranking
    swaying: pd.DataFrame
    without: pd.DataFrame
    shaken: Ranking | None = None

    def ends(self, slug: str) -> tuple[int, int]:
        """Return the places that nine of ten trials lie between."""
        return ends_of(self.ranking, slug)


def ends_of(ranking: Ranking, slug: str) -> tuple[int, int]:
    """Return the places that nine of ten draws of a unit lie between."""
    at = ranking.nominal.index.get_loc(slug)
    low, high = (float(ranking.quantile(share).iloc[at]) for share in (0.05, 0.95))  # type: ignore[arg-type]
    return math.floor(low), math.ceil(high)


def warm_index(index: str, year: int, project: Project) -> None:
    """Compute once what all reports of an index and year share; they find it done."""
    judged(module_of(index).national(year, project))


def judged(country: Country) -> Certainty | None:
    """Compute the index of a year again; None where fewer than ten units have every part."""
    return country.once("certainty", lambda: _compute(country))


def _compute(country: Country) -> Certainty | None:
    tree = tree_of(country.edition)
    if tree is None:
        return None
    rows = country.tidy()
    rows = rows[rows["doubt"] == ""]
    wide = rows.pivot_table(index="slug", columns="code", values="value", sort=False)
    table = wide.reindex(columns=list(tree.indicators)).dropna().sort_index()
    if len(table) < LEAST:
        return None
    return Certainty(
        regenerate(table, tree, OPEN, TRIALS),
        sobol(table, tree, OPEN, BASE),
        drop_one(normalise(table, "none"), tree),
        _shaken(rows[rows["code"] == tree.top]),
    )


def tree_of(edition: FrameworkEdition) -> Tree | None:
    """Return how an edition puts its parts together; None where its definition does not say it."""
    tops = {node.code: node for node in edition.criteria}
    root = tops.get("total")
    if root is None or len(root.children) < 2:
        return None
    codes = [node.code for node in root.children]
    if root.aggregation == "sum":
        return Tree.flat(codes)
    weights = {node.code: node.weight for node in root.children}
    known = {code: weight for code, weight in weights.items() if weight is not None}
    if root.aggregation == "weighted_mean" and known.keys() == weights.keys():
        return Tree(dict.fromkeys(codes, root.code), known)
    return None


def _shaken(totals: pd.DataFrame) -> Ranking | None:
    """Draw the totals within their published errors, all else as it is."""
    told = totals[totals["error"] > 0].set_index("slug").sort_index()
    if len(told) < LEAST:
        return None
    table = told[["value"]]
    errors = told[["error"]].set_axis(["value"], axis=1)
    return regenerate(table, Tree.flat(["value"]), replace(_SHAKEN, errors=errors), TRIALS)


def _country_of(result: Any) -> Country | None:
    """Return the country's year that a result stands in, itself where it is one; None without one."""
    country: Country | None = result if hasattr(result, "once") else None
    if country is None and hasattr(result, "country"):
        country = result.country
    if country is None:
        try:
            own = getattr(result, "project", None)
            country = module_of(result.index).national(result.year, own)
        except NoResultError:  # an office delivered, and nothing was published of the year
            return None
    return country


def of(result: Any) -> Document:
    """Return what is found about a province, or about the order of all, for the words.

    Parameters
    ----------
    result : object
        What ``evaluate`` or ``national`` of a scored index returns.
    """
    country = _country_of(result)
    place: Place | None = None if result is country else result.place
    names: dict[str, int | str] = {"this_year": result.year}
    if place is not None:
        names["again"] = place.name
    prefix = "" if place is not None else "national_"
    found = None if country is None else judged(country)
    if country is None or found is None:
        return Document(WORDS, names, {"": ()}, prefix=prefix)
    names |= {"index_name": country.definition.short_name, "owner": country.definition.owner}
    stated = _country(country, found) if place is None else _province(country, place.slug, found)
    nodes = {node.name_vi: node.name_en for node in country.edition.nodes if node.name_en}
    return Document(WORDS, names, {"": tuple(stated)}, nodes, prefix=prefix)


def _province(country: Country, slug: str, found: Certainty) -> Iterator[Finding]:
    key = Key(country.index, slug, country.year)
    if slug not in found.ranking.nominal:
        yield Finding(key, "certainty", "unknown")
        return
    best, worst = found.ends(slug)
    told = {"units": _units(found), "trials": _trials(), **_surveyed(country)}
    if best == worst:
        yield Finding(key, "certainty", "fixed", {"rank": _place(best), **told})
    else:
        yield Finding(
            key, "certainty", "spread", {"best": _place(best), "worst": _place(worst), **told}
        )
    yield from _swaying(key, found)
    yield _hinge(country, key, slug, found)
    if found.shaken is not None and slug in found.shaken.nominal:
        best, worst = ends_of(found.shaken, slug)
        told = {"units": _with_error(found.shaken)}
        if best == worst:
            yield Finding(key, "shaken", "fixed", {"rank": _drawn(best), **told})
        else:
            yield Finding(
                key, "shaken", "spread", {"best": _drawn(best), "worst": _drawn(worst), **told}
            )


def _country(country: Country, found: Certainty) -> Iterator[Finding]:
    key = Key(country.index, "", country.year)
    widths = _widths(found.ranking)
    told = {
        "n": count(sum(width >= WIDE for width in widths), "unit", _recomputed()),
        "units": _units(found),
        "steps": _place(_middle(widths)),
        "needed": _place(WIDE),
        "trials": _trials(),
        **_surveyed(country),
    }
    yield Finding(key, "open_order", "open", told)
    yield from _swaying(key, found)
    if found.shaken is not None:
        widths = _widths(found.shaken)
        told = {
            "n": count(sum(width >= WIDE for width in widths), "unit", _from_errors()),
            "units": _with_error(found.shaken),
            "steps": _drawn(_middle(widths)),
            "needed": _place(WIDE),
        }
        yield Finding(key, "shaken_order", "open", told)


def _widths(ranking: Ranking) -> list[int]:
    """Return how many places each unit lies open, from few to many."""
    return sorted(b - a for a, b in (ends_of(ranking, str(s)) for s in ranking.nominal.index))


def _middle(widths: list[int]) -> int:
    return widths[(len(widths) - 1) // 2]


def _surveyed(country: Country) -> dict[str, bool]:
    """Tell that the parts have an error of a sample, which the trials leave aside."""
    errors = country.definition.errors
    return {} if errors is not None and errors.kind == "none" else {"surveyed": True}


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


def _hinge(country: Country, key: Key, slug: str, found: Certainty) -> Finding:
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


def _with_error(shaken: Ranking) -> Value:
    return count(len(shaken.nominal), "unit", Why("with_published_error", {}))


def _drawn(number: int) -> Value:
    return Value(float(number), "place", 0, source=_from_errors())


def _from_errors() -> Why:
    return Why("drawn_errors", {"trials": count(TRIALS, "unit")})


def _trials() -> Value:
    return count(TRIALS, "unit", _recomputed())


# The chart ----------------------------------------------------------------------------------------


def chart(result: Any) -> Chart:
    """Draw the ranges of places: of a province's neighbours, or of both ends of the country."""
    country = _country_of(result)
    place: Place | None = None if result is country else result.place
    found = None if country is None else judged(country)
    told = telling_of(of(result))
    own = "" if place is None else place.slug
    if country is None or found is None or (own and own not in found.ranking.nominal):
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
