"""The tables of a report on service quality (decision 766)."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers.display.table import Badge, Cell, Strong, Table
from helpers.facts.value import Value, Why, count
from helpers.indices.service_quality import values
from helpers.indices.service_quality.arithmetic import Group, Indicator, grade
from helpers.indices.service_quality.findings_method import published_rank, published_value
from helpers.indices.service_quality.records import unknown_is_few
from helpers.indices.service_quality.result import Period, ServiceResult
from helpers.indices.service_quality.values import reached, total
from helpers.words.numbers import Number, place
from helpers.words.say import telling_of
from helpers.words.telling import Telling

_SHADES = {4: "g4", 5: "g4", 3: "g3", 2: "g2", 1: "g1"}
"""Order of a grade → its shade."""


def _cell(telling: Telling, value: Value | None) -> Cell:
    return "" if value is None else telling.number(value)


def _fraction(telling: Telling, pair: tuple[Value, Value] | None) -> Cell:
    if pair is None:
        return ""
    top, bottom = pair
    return Number(place(int(top.known), int(bottom.known)), telling.source(top))


def key_figures(result: ServiceResult) -> Table:
    """Show total, grade and how many indicators have points."""
    made, telling = result.score, telling_of(result)
    scored = sum(one.state == "scored" for one in made.indicators)
    wanted = sum(one.state not in ("watched", "not_applicable") for one in made.indicators)
    cells: list[tuple[str, Cell]] = []
    whole = total(result, made)
    if whole is not None:
        most = values.maximum(result, made.maximum)
        cells.append((telling.label("head_points_of", maximum=most), telling.number(whole)))
    group = values.graded(result, result.grade)
    if group is not None:
        cells.append((telling.label("head_grade"), Badge(group.code, _SHADES[group.order])))
    source = Why("counted_of_applying")
    pair = (count(scored, "criterion", source), count(wanted, "criterion", source))
    cells.append((telling.label("head_scored"), _fraction(telling, pair)))
    header = tuple(name for name, _ in cells)
    row = tuple(cell for _, cell in cells)
    return Table(header, (row,), "", "c" * len(cells), wrapper="key-figures")


def groups(result: ServiceResult) -> Table:
    """Show points, maximum and share of each group, with the year before where it is compared."""
    before, telling, whole = result.before, telling_of(result), result.score
    then = {} if before is None else {group.node.code: group for group in before.groups}
    told = {code: values.group_points(result, g, 1) for code, g in then.items() if g.complete}
    compared = any(value is not None for value in told.values())
    rows: list[tuple[Cell, ...]] = []
    for group in whole.groups:
        value = values.group_points(result, group)
        name = telling.label("starred" if _is_partial(group) else "name", name=group.node.name_vi)
        most = group.maximum if value is not None else group.node.scale[1]
        rows.append((name, *_reached(result, telling, value, most)))
    summed = telling.label("row_total" if whole.complete else "row_total_of_known")
    rows.append((Strong(summed), *_reached(result, telling, total(result, whole), whole.maximum)))
    header = [telling.label(f"head_{name}") for name in ("group", "points", "maximum", "rate")]
    if compared:
        last = None
        if before is not None and before.complete:
            last = total(result, before, "earlier_total")
        earlier = [*(told.get(group.node.code) for group in whole.groups), last]
        rows = [(*row, _cell(telling, one)) for row, one in zip(rows, earlier, strict=True)]
        header.append(telling.label("head_points_in", earlier=result.year - 1))
    return Table(
        tuple(header),
        tuple(rows),
        telling.label("caption_groups"),
        "lrrr" + ("r" if compared else ""),
        _partial_note(telling, whole.groups),
    )


def _reached(
    result: ServiceResult, telling: Telling, value: Value | None, most: float
) -> tuple[Cell, Cell, Cell]:
    """Return points, maximum and share."""
    maximum = telling.label("maximum", value=values.maximum(result, most)) if most else ""
    if value is None:
        return "", maximum, ""
    share = reached(result, value.known, most, "reached")
    return telling.number(value), maximum, telling.number(share)


def _is_partial(group: Group) -> bool:
    return bool(not group.complete and group.scored)


def _partial_note(telling: Telling, groups: Sequence[Group]) -> str:
    if not any(_is_partial(group) for group in groups):
        return ""
    few = any(one.ratio is not None and one.ratio.few for g in groups for one in g.open)
    return telling.label("note_partial_few" if few else "note_partial", markdown=True)


def indicators(result: ServiceResult) -> Table:
    """Show every indicator: ratio, points, maximum; what has no points says why."""
    telling = telling_of(result)
    heads = ("indicator", "fraction", "rate", "points", "maximum")
    return Table(
        tuple(telling.label(f"head_{name}") for name in heads),
        tuple(_indicator(result, telling, one) for one in result.score.indicators),
        telling.label("caption_indicators"),
        "lrrrr",
        _target_note(result, telling),
    )


def _indicator(result: ServiceResult, telling: Telling, one: Indicator) -> tuple[Cell, ...]:
    name = f"{one.node.code} {one.node.name_vi}"
    value, few = values.points(result, one), one.ratio is not None and one.ratio.few
    stated = telling.label("state_few" if few else f"state_{one.state}")
    top = one.node.maximum
    return (
        telling.label("name" if one.node.confirmed else "unconfirmed", name=name),
        _fraction(telling, values.counts(one)),
        _cell(telling, None if one.state == "impossible" else values.share(one)),
        stated if value is None or few else telling.number(value),
        # An indicator that is only watched has no maximum; «0» would read as one.
        telling.label("maximum", value=values.maximum(result, top)) if top else "",
    )


def _target_note(result: ServiceResult, telling: Telling) -> str:
    every = result.score.indicators
    aims = tuple(
        telling.label("aim", code=one.node.code, value=values.target(one))
        for one in every
        if one.target is not None and one.target < 1
    )
    left = tuple(
        telling.label(
            "unknown_few" if unknown_is_few(one.node.code, one.ratio.unknown) else "unknown",
            markdown=True,
            code=one.node.code,
            n=count(one.ratio.unknown, "criterion", one.ratio.trace),
        )
        for one in every
        if one.state == "scored" and one.ratio is not None and one.ratio.unknown
    )
    said = [telling.label("note_aims", markdown=True, aims=aims)] if aims else []
    if any(not one.node.confirmed for one in every):
        said.append(telling.label("note_unconfirmed", markdown=True))
    if left:
        said.append(f"{telling.label('note_unknown', markdown=True)} {'; '.join(left)}")
    return ". ".join(said)


def periods(result: ServiceResult) -> Table:
    """Show the points of each period by group."""
    telling = telling_of(result)
    if not result.periods:
        return Table.nothing(telling.label("no_periods"))
    named = [(one.name, one) for one in result.periods]
    return _by_row(result, telling, named, "period", "caption_periods")


def units(result: ServiceResult) -> Table:
    """Show the points of each unit by group."""
    telling = telling_of(result)
    if not result.units:
        return Table.nothing(telling.label("no_units"))
    named = [(one.unit, one) for one in result.units]
    return _by_row(result, telling, named, "unit", "caption_units")


def _by_row(
    result: ServiceResult,
    telling: Telling,
    rows: Sequence[tuple[str, Period]],
    head: str,
    caption: str,
) -> Table:
    made = []
    for name, row in rows:
        band = grade(row.score, result.edition)
        cells = [_cell(telling, values.group_points(result, group)) for group in row.score.groups]
        made.append(
            (name, *cells, _cell(telling, total(result, row.score)), band.name if band else "")
        )
    groups = [group.name_vi for group in result.edition.criteria]
    ends = (telling.label("head_total"), telling.label("head_grade"))
    header = (telling.label(f"head_{head}"), *groups, *ends)
    align = "l" + "r" * (len(header) - 2) + "l"
    return Table(
        header,
        tuple(made),
        telling.label(caption),
        align,
        telling.label("note_grade", markdown=True),
    )


def published(result: ServiceResult) -> Table:
    """Show published totals of the year, and of the province in any year."""
    rows, telling = result.published, telling_of(result)
    if result.status == "simulated":
        return Table.nothing(telling.label("no_published_beside_simulated"))
    if rows.empty:
        return Table.nothing(telling.label("no_published"))
    heads = ("unit", "level", "year", "content", "points", "rank")
    return Table(
        tuple(telling.label(f"head_{name}") for name in heads),
        tuple(_published(telling, row) for _, row in rows.iterrows()),
        telling.label("caption_published"),
        "llllrr",
        telling.label("note_published", markdown=True),
    )


def _published(telling: Telling, row: pd.Series) -> tuple[Cell, ...]:
    year = telling.label("no_year") if pd.isna(row["year"]) else str(int(row["year"]))
    where = f"{row['unit']}, {row['parent']}" if row["parent"] else str(row["unit"])
    return (
        where,
        telling.label(f"level_{row['level']}"),
        year,
        str(row["name"]),
        _cell(telling, published_value(row)),
        _cell(telling, published_rank(row)),
    )
