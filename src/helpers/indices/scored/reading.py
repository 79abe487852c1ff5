"""Which provinces and years have a result, and the delivery behind one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from helpers.facts.value import Why
from helpers.indices.scored.result import CriterionRow
from helpers.indices.scored.scoring import Scoring
from helpers.indices.scored.standing import Figure, Published
from helpers.inputs.delivery import Delivery, provinces_by_year
from helpers.inputs.entry import Entry
from helpers.inputs.problems import InputError, Problem
from helpers.inputs.reading import delivered_for
from helpers.inputs.results import provinces_with_total, published_results
from helpers.places import Register, UnknownPlaceError, register, unit_order
from helpers.project import Project


def available_units(index: str, limit_name: str, project: Project) -> dict[int, tuple[str, ...]]:
    """Return the provinces with a delivery about the index or a published total, by year.

    Parameters
    ----------
    index : str
        Key of the index, and topic of its figures and tables.
    limit_name : str
        What the table of limitations calls the index.
    project : Project

    Returns
    -------
    dict
        Slugs in Vietnamese order for each year.
    """
    found = {year: set(slugs) for year, slugs in published_units(index, project).items()}
    own = provinces_by_year(deliveries_about(index, limit_name, project))
    for year, slugs in own.items():
        found.setdefault(year, set()).update(slugs)
    places = register(project)
    return {
        year: tuple(sorted(slugs, key=lambda slug: unit_order(_name(slug, year, places))))
        for year, slugs in sorted(found.items())
    }


def deliveries_about(index: str, limit_name: str, project: Project) -> tuple[Delivery, ...]:
    """Return who delivered anything about the index: provinces and their offices."""
    return delivered_for(project, lambda entry: tells_of(entry, index, limit_name))


def published_units(index: str, project: Project) -> dict[int, tuple[str, ...]]:
    """Return the provinces with a published total, by year, in the order of their slugs."""
    rows = published_results(index, project)
    found = {
        year: tuple(sorted(provinces_with_total(rows, year)))
        for year in sorted({int(year) for year in rows["year"].dropna()})
    }
    return {year: slugs for year, slugs in found.items() if slugs}


def _name(slug: str, year: int, places: Register) -> str:
    try:
        return places.get(slug, places.system_of_year(year)).name
    except UnknownPlaceError:
        # A folder for a unit that the year does not know: its own report says so, others go on.
        return slug


def tells_of(entry: Entry, index: str, limit_name: str) -> bool:
    """Tell whether a delivery says anything about an index."""
    if entry.has(index):
        return True
    limits = entry.table("limits")
    return bool(len(limits)) and bool(
        ((limits["chi_so"] == limit_name) & (limits["nam"] == entry.year)).any()
    )


def refuse_excesses(scoring: Scoring, rows: Mapping[str, CriterionRow]) -> None:
    """Stop where a row has more points than its maximum, or fewer than none.

    Raises
    ------
    InputError
        One problem for each such row.
    """
    problems = [
        Problem(
            "error",
            rows[item.code].origin or "bảng chấm điểm",
            None,
            None,
            "points-above-maximum",
            f"tiêu chí {item.code}: điểm không nằm trong khoảng từ 0 đến điểm tối đa "
            f"({item.maximum:g}), tính cả điểm khảo sát.",
            "sửa điểm, hoặc sửa điểm tối đa trong bảng hay trong bộ tiêu chí của tỉnh.",
        )
        for item in scoring.excesses
    ]
    if problems:
        raise InputError(problems)


def published_missing(
    index: str, published: Published, *, own: bool, delivery: Delivery | None = None
) -> list[Why]:
    """Return what the published results lack; without an `own` delivery, that it is lacking."""
    found = []
    if not own:
        command = (
            f"chiso new {(delivery or Delivery(published.year, published.place.slug)).options}"
        )
        found.append(Why("lacks_delivery", {"command": command}))
    file = f"data/published/{index}/{published.year}.csv"
    total: Figure | None = published.total
    if not published.place.simulated and total is None:
        found.append(Why("lacks_published", {"file": file}))
    elif total is not None and total.value is None:
        found.append(Why("lacks_published_value", {"file": file}))
    return found


def codes_of(codes: Sequence[str], most: int = 6) -> tuple[str, ...]:
    """Return the first codes of a list, and a mark that there are more."""
    return (*codes[:most], *(["…"] if len(codes) > most else []))
