"""What was published of a province, its parts and of all provinces, and where pages disagree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from helpers.facts.families import Finding, Member
from helpers.facts.judge import judge
from helpers.facts.measured import Measured
from helpers.facts.ranks import in_last_quarter
from helpers.facts.value import NONE, Key, Value, Why, count, digits_of
from helpers.indices.scored.findings import (
    counted,
    key_of,
    placed,
    points_of,
    scale_of,
    state,
    traced,
)
from helpers.indices.scored.measured_published import published
from helpers.words.document import Address, Remark

if TYPE_CHECKING:
    from helpers.indices.scored.result import ScoredResult
    from helpers.indices.scored.standing import Figure, Published
    from helpers.inputs.results import Conflict

_ENDS = ("strongest", "weakest")


def of_province(result: ScoredResult) -> tuple[Finding, ...]:
    """Return what is judged and stated of the province's published total."""
    measured = published(result)
    if measured is None:
        rule = "simulated_place" if result.place.simulated else "not_in_sources"
        return (state(result, "missing", "value", "value", code="published", why=(Why(rule),)),)
    found = [_limited(result, one) for one in judge(measured) if one.name != "missing.value"]
    if not any(one.family == "change" for one in found):
        found += _not_compared(measured)
    return (*found, *_doubt(result), *_pages(result))


def _not_compared(measured: Measured) -> Iterator[Finding]:
    """State of a place alone that there is no other year, or why it is not compared with it."""
    told: dict[str, object] = {"role": "previous"}
    if not measured.earlier:
        yield Finding(measured.key, "change", "no_earlier", told, "previous")
    for earlier in measured.earlier:
        if earlier.barred:
            told |= {"year": earlier.year, "why": earlier.barred}
            yield Finding(measured.key, "change", "barred", told, str(earlier.year))


def _limited(result: ScoredResult, found: Finding) -> Finding:
    """Return a group with its limits, where they were published."""
    if found.family != "grouping" or not result.group_limits:
        return found
    return replace(found, fields={**found.fields, **result.group_limits})


def _doubt(result: ScoredResult) -> Iterator[Finding]:
    total = result.published.total
    if total is not None and total.doubt:
        value = None
        if total.value is not None:
            unit, decimals = scale_of(result)
            value = Value(total.value, unit, decimals, source=traced(result, total))
        why = (Why("remark", {"text": Remark(total.doubt, total.origin)}),)
        yield state(result, "doubt", "doubted", code="published", value=value, why=why)


def _pages(result: ScoredResult) -> Iterator[Finding]:
    """State where pages print the province's figures differently, and which one is used."""
    for found in result.published.conflicts:
        year = found.year or result.year
        used = result.published.before(year)
        told = {
            "parts": tuple(_printed(result, found)),
            "year": year,
            "why": tuple(_remarks(found)) or None,
        }
        case = "pages"
        if used is not None and used.value is not None:
            unit, decimals = scale_of(result)
            told["used"] = Value(used.value, unit, decimals, source=traced(result, used))
            case = "pages_used"
        yield state(result, "sources", case, "pages", code=f"published.{year}", **told)


def _printed(result: ScoredResult, found: Conflict) -> Iterator[Member]:
    unit, decimals = scale_of(result)
    for _, row in found.rows.drop_duplicates("value").iterrows():
        page = str(row["source"])
        source = Why("read_on_page", {"what": found.unit, "origin": row["origin"], "page": page})
        value = Value(float(row["value"]), unit, decimals, source=source)
        yield Member(page, urlsplit(page).netloc or page, value)


def _remarks(found: Conflict) -> Iterator[Why]:
    for _, row in found.rows.drop_duplicates("value").iterrows():
        if row["doubt"]:
            yield Why("remark", {"text": Remark(str(row["doubt"]), str(row["origin"]))})


def of_country(result: ScoredResult) -> tuple[Finding, ...]:
    """State of how many provinces something was read, so that nobody takes the rows for a ranking."""
    return coverage(key_of(result, "country"), result.published)


def coverage(key: Key, published: Published) -> tuple[Finding, ...]:
    """State of how many provinces a value or a place is known."""
    return tuple(_coverage(key, published))


def _coverage(key: Key, told: Published) -> Iterator[Finding]:
    units, every = count(told.units, "unit"), len(told.peers)
    if not every:
        if not told.place.simulated:
            yield Finding(key, "coverage", "none", {"units": units})
        return
    valued = len(told.valued)
    doubted = sum(1 for peer in told.peers if peer.value is not None and peer.doubt)
    fields: dict[str, object] = {"n": counted(key.index, key.year, every, "unit"), "units": units}
    parts = {"valued": valued, "doubted": doubted, "placed": every - valued - doubted}
    case = (
        "all_valued" if valued == every else "placed_only" if parts["placed"] == every else "mixed"
    )
    if case == "mixed":
        fields |= {
            name: counted(key.index, key.year, number, "unit")
            for name, number in parts.items()
            if number
        }
    yield Finding(key, "coverage", case, fields)
    ranks = sum(peer.rank is not None for peer in told.peers)
    ranking = (
        ("complete" if ranks else "placed_here")
        if valued == told.units
        else "places_complete"
        if ranks == told.units
        else "partial"
    )
    yield Finding(key, "ranking", ranking, {"units": units})


def places_of_areas(result: ScoredResult) -> tuple[Finding, ...]:
    """State which areas hold the best and the last published places, or of how many one is known."""
    wanted = [node.code for node in result.edition.criteria if node.maximum != 0]
    found = [part for part in result.published.parts if part.rank is not None]
    known = [part for part in found if part.code in wanted]
    if not known:
        return ()
    if len(known) < len(wanted):
        return (covered(result, "placed_only", known, len(wanted)),)
    return ends_of(result, "components", [(part, placed(result, part)) for part in known], -1)


def values_of(
    result: ScoredResult, code: str, found: Sequence[Figure | None]
) -> tuple[Finding, ...]:
    """State which published parts of one kind have the highest and the lowest value.

    Parameters
    ----------
    result : ScoredResult
    code : str
        What the kind is filed under.
    found : sequence of Figure or None
        One for each part that there is; None where nothing trusted was published.
    """
    known = [part for part in found if part is not None and part.value is not None]
    if not known:
        return ()
    if len(known) < len(found):
        return (covered(result, "all_valued", known, len(found), code),)
    unit, decimals = scale_of(result)
    values = [
        Value(part.value, unit, decimals, part.error, source=traced(result, part)) for part in known
    ]
    return ends_of(result, code, list(zip(known, values, strict=True)), 1)


def covered(
    result: ScoredResult, case: str, known: Sequence[Figure], of: int, code: str = "components"
) -> Finding:
    """State of how many parts of one kind something was published."""
    told = {"n": counted(result.index, result.year, len(known), "part"), "units": count(of, "part")}
    return state(result, "coverage", case, code=code, **told)


def ends_of(
    result: ScoredResult, code: str, parts: Sequence[tuple[Figure, Value | None]], better: int
) -> tuple[Finding, ...]:
    """Judge the ends of published parts; `better` is -1 where less is better, as of places."""
    made = tuple(
        Measured(
            key_of(result, part.code),
            part_name(part),
            value,
            higher_is_better=better > 0,
        )
        for part, value in parts
        if value is not None
    )
    if len(made) < 2:
        return ()
    nothing = Value.unknown(Why("no_value"), error=NONE)
    whole = Measured(key_of(result, code), code, nothing, parts=made, part_basis="value")
    return tuple(one for one in judge(whole) if one.family in _ENDS)


def blocks(
    result: ScoredResult, parts: Sequence[tuple[str, Figure, float, str]], tolerance: float
) -> tuple[Finding, ...]:
    """State the published parts of the total with their maxima, and whether they add up to it.

    Parameters
    ----------
    result : ScoredResult
    parts : sequence
        Name, figure, maximum and where the maximum was read, of each part that was published.
    tolerance : float
        Sums of printed figures may differ by so much.
    """
    named = [
        (name, figure, Value(most, "point", digits_of(most), source=source))
        for name, figure, most, source in parts
        if figure.value is not None
    ]
    if not named:
        return ()
    members = tuple(
        Member(
            figure.code,
            name,
            Value(
                figure.value, "point", 2, status="official", source=traced(result, figure), of=of
            ),
        )
        for name, figure, of in named
    )
    made = [state(result, "made_of", "parts", code="published", parts=members)]
    total = result.published.total
    if total is None or total.value is None or len(named) < len(parts):
        return tuple(made)
    values = [figure.value for _, figure, _ in named if figure.value is not None]
    if len(values) < len(named):
        return tuple(made)
    summed = sum(values)
    if abs(summed - total.value) > tolerance:
        unit, decimals = scale_of(result)
        told = {
            "total": points_of(result, summed, Why("sum_of_published")),
            "value": Value(total.value, unit, decimals, source=traced(result, total)),
        }
        made.append(state(result, "sources", "sum", "sum", code="published", **told))
    return tuple(made)


def below(result: ScoredResult) -> tuple[Finding, ...]:
    """State of how many units below the province a total or a place was read."""
    rows = result.published.below
    if not rows:
        return ()
    valued = sum(figure.value is not None for figure in rows)
    case = "all_valued" if valued == len(rows) else "mixed" if valued else "placed_only"
    told = {
        "n": counted(result.index, result.year, len(rows), "unit"),
        "units": count(len(rows), "unit"),
    }
    told |= (
        {"valued": counted(result.index, result.year, valued, "unit")} if case == "mixed" else {}
    )
    return (state(result, "coverage", case, code="below", **told),)


def low_parts(result: ScoredResult) -> tuple[Figure, ...]:
    """Return the components whose published place lies in the last quarter, the lowest first."""
    units = result.published.units
    low = [
        part for part in result.published.parts if part.rank and in_last_quarter(part.rank, units)
    ]
    return tuple(sorted(low, key=lambda part: -(part.rank or 0)))


def part_name(figure: Figure) -> str:
    """Return the name of a component without the remarks in brackets."""
    name = figure.name.partition(" (")[0].strip()
    return name[:1].upper() + name[1:]


def pages_of(result: ScoredResult) -> tuple[Why, ...]:
    """Return the pages that were read, and the office's own files, as the method note lists them."""
    told = result.published
    urls = {figure.source for figure in told.history if figure.year >= result.year - 1}
    urls |= {part.source for part in told.parts}
    urls |= {mean.source for mean in (told.national, told.region) if mean is not None}
    files = {row.origin.split(", ", 1)[0] for row in result.rows.values() if row.origin}
    return (
        *(Why("page", {"url": Address(url)}) for url in sorted(urls)),
        *(Why("file", {"file": file}) for file in sorted(files)),
    )
