"""The tables of the annual report: all indices side by side, and those of the annexes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from helpers.display.columns import Column, Given, column, table
from helpers.display.table import Prose, Table
from helpers.facts.value import Value, Why
from helpers.indices.poverty import tables as poverty_tables
from helpers.indices.procedures import tables as procedures_tables
from helpers.indices.scored import tables as scored_tables
from helpers.indices.service_quality import tables as service_quality_tables
from helpers.indices.work_plan import tables as work_plan_tables
from helpers.indices.work_plan.findings import share_done
from helpers.indices.work_plan.result import WorkPlanResult
from helpers.indices.work_plan.rows import Measure as OwnMeasure
from helpers.places import register
from helpers.reports.annual.measured import Headline, own_headlines, placed, standing
from helpers.reports.annual.offices import COUNTS, SCORES, OfficeYear
from helpers.reports.annual.result import AnnualResult
from helpers.reports.annual.text_words import bare, telling
from helpers.reports.annual.weak import measures_of
from helpers.words.numbers import Number, day, place, signed
from helpers.words.say import telling_of
from helpers.words.telling import Telling

NOTHING = Table.nothing("Không có số liệu cho bảng này.")
_CHANGED = ("up", "down", "likely_up", "likely_down", "floor")


def indices(result: AnnualResult) -> Table:
    """Show every index of the office in one row: last year, this year, change, target, place."""
    words, year = telling(result), result.year
    found = own_headlines(result)
    plan = _done(result)
    rows: list[Headline | Number] = [*found, *(() if plan is None else (plan,))]

    def of(cell: Callable[[Headline], Given]) -> Callable[[Headline | Number], Given]:
        return lambda row: None if isinstance(row, Number) else cell(row)

    def name(row: Headline | Number) -> Given:
        return Why("work_plan") if isinstance(row, Number) else _name(row, result)

    def now(row: Headline | Number) -> Given:
        if isinstance(row, Number):
            return row
        return _value(words, row.value, row.measured.key.year, year)

    notes = _notes(found, year, changes=any(_change(words, one) for one in found))
    columns = [
        column("index_row", name),
        column(_in(year - 1), of(lambda one: _before(words, one, result)), "r", optional=True),
        column(_in(year), now, "r", optional=True),
        column("change", of(lambda one: _change(words, one)), "r", optional=True),
        column("target", of(_target), "r", optional=True),
        column("place", of(lambda one: _place(words, one)), "r", optional=True),
    ]
    return table(words, "indices", columns, rows, notes) if rows else NOTHING


def _name(one: Headline, result: AnnualResult) -> Why:
    """Name what a row measures, and whom, where that is not the office."""
    office, whom = result.office.office, one.name.args["whom"]
    own = result.is_province or one.published or whom in (office.brief, office.name)
    return Why(one.title.rule, {**one.title.args, "whom": "" if own else whom})


def _in(year: int) -> Why:
    return Why("in_year", {"year": year})


def _done(result: AnnualResult) -> Number | None:
    plan: WorkPlanResult | None = result.part("work_plan")
    if plan is None or plan.done is None or plan.planned is None or share_done(plan) is None:
        return None
    done, planned, words = plan.done, plan.planned, telling_of(plan)
    both = place(round(done.known), round(planned.known))
    return Number(both, f"{words.source(done)}; {words.source(planned)}")


def _notes(every: Sequence[Headline], year: int, *, changes: bool) -> list[Why]:
    """Say what the columns of years and changes hold, where they are there."""
    notes = [Why("change_in_points")] if changes else []
    before = [one.previous[0] for one in every if one.previous is not None]
    own = [one.measured.key.year for one in every]
    if any(one != year for one in own) or any(one != year - 1 for one in before):
        notes.append(Why("year_of_figure"))
    return notes


def _value(words: Telling, value: Value | None, of: int, heading: int) -> Given:
    """Return a value, with its year where the heading of the column says another."""
    if value is None:
        return None
    if of == heading:
        return words.number(value, unit=True)
    return Prose(words.label("cell.of_year", markdown=True, value=value, year=of))


def _before(words: Telling, one: Headline, result: AnnualResult) -> Given:
    """Return the value of the year before, if it may stand beside: of this unit, measured alike."""
    before = one.measured.before("previous")
    if before is None or before.barred or one.previous is None:
        return None
    year, value = one.previous
    if register().same_unit(result.place, year, one.measured.key.year):
        return None
    return _value(words, value, year, result.year - 1)


def _change(words: Telling, one: Headline) -> Given:
    """Return a difference with its sign; of what is within its error only that it is."""
    moved = one.of("change")
    if moved is None or one.value is None:
        return None
    if moved.case == "unclear":
        return Why("within_error")
    if moved.case in ("equal", "same_print"):
        if one.value.error.kind == "unknown":
            return None
        nothing = one.value.with_number(0.0, "")
        return Number(signed(0.0, nothing.decimals), words.source(nothing))
    gap = moved.fields.get("gap")
    if moved.case not in _CHANGED or not isinstance(gap, Value):
        return None
    fell = moved.case.endswith("down") or moved.fields.get("side") == "lower"
    return Number(signed(-gap.known if fell else gap.known, gap.decimals), words.source(gap))


def _target(one: Headline) -> Given:
    aim = next((mark for mark in one.measured.marks if mark.kind == "target"), None)
    return None if aim is None else aim.value


def _place(words: Telling, one: Headline) -> Given:
    held = standing(one)
    if held is None:
        return None
    number = placed(words, held)
    if not held.shared:
        return number
    return Prose(f"{number} {words.label('cell.shared')}")


def offices(result: AnnualResult) -> Table:
    """Show the offices of the province side by side, with what they come to together."""
    joined = {kind: result.offices.joined(kind) for kind in SCORES}

    def stated(kind: str) -> Callable[[OfficeYear | None], Given]:
        def cell(row: OfficeYear | None) -> Given:
            return result.offices.sum(kind) if row is None else row.values.get(kind)

        return cell

    def score(kind: str) -> Callable[[OfficeYear | None], Given]:
        return lambda row: None if row is None else row.values.get(kind)

    def held(kind: str) -> Callable[[OfficeYear | None], Given]:
        def cell(row: OfficeYear | None) -> Given:
            found = None if row is None else joined[kind].place(row.delivery.office)
            if found is None:
                return None
            return Value(float(found), "place", 0, source=Why(f"place_by_{kind}"))

        return cell

    columns = [
        column("office", lambda row: Why("together") if row is None else row.name),
        *(column(kind, stated(kind), "r", optional=True) for kind in COUNTS),
        *(
            made
            for kind in SCORES
            for made in (
                column(f"{kind}_of_office", score(kind), "r", optional=True),
                column(f"{kind}_place", held(kind), "r", optional=True),
            )
        ),
    ]
    rows: list[OfficeYear | None] = [*result.offices.rows]
    if not rows:
        return NOTHING
    added = any(len(result.offices.joined(kind).stated) > 1 for kind in COUNTS)
    return table(telling(result), "offices", columns, [*rows, *([None] if added else [])])


def measures(result: AnnualResult) -> Table:
    """Show what is to be done, who leads, by when, and what then is there."""
    rows = list(enumerate(measures_of(result), 1))
    spec: list[tuple[str, str, Callable[[OwnMeasure], Given]]] = [
        ("measure_ahead", "l", lambda one: bare(one.text)),
        ("lead_ahead", "l", lambda one: one.owner),
        ("due_ahead", "l", lambda one: Number(day(one.due), one.origin) if one.due else None),
        ("product", "l", lambda one: bare(one.outcome) if one.outcome else None),
    ]

    def of(cell: Callable[[OwnMeasure], Given]) -> Callable[[tuple[int, OwnMeasure]], Given]:
        return lambda row: cell(row[1])

    # A column of which nothing was stated is one line of the review slip, not a column of blanks.
    stated = [
        column(head, of(cell), align, lacking="to_fill")
        for head, align, cell in spec
        if any(cell(one) for _, one in rows)
    ]
    number: Column[tuple[int, OwnMeasure]] = column("number", lambda row: str(row[0]), "r")
    return table(telling(result), "measures_ahead", [number, *stated], rows) if rows else NOTHING


def _in_annex(result: AnnualResult, annex: str, key: str) -> Any:
    """Return the result of an index whose table stands in an annex; None where the annex is off."""
    return result.part(key) if annex in result.office.annexes else None


def par_losses(result: AnnualResult) -> Table:
    """Show the criteria of PAR INDEX that lost points."""
    part = _in_annex(result, "diem-mat", "par_index")
    return NOTHING if part is None else scored_tables.losses(part)


def dti_losses(result: AnnualResult) -> Table:
    """Show the indicators of digital transformation that lost points."""
    part = _in_annex(result, "diem-mat", "dti")
    return NOTHING if part is None else scored_tables.losses(part)


def service(result: AnnualResult) -> Table:
    """Show the indicators of decision 766 with their ratios and points."""
    part = _in_annex(result, "diem-mat", "service_quality")
    return NOTHING if part is None else service_quality_tables.indicators(part)


def fields(result: AnnualResult) -> Table:
    """Show dossiers by field."""
    part = _in_annex(result, "so-lieu", "procedures")
    return NOTHING if part is None else procedures_tables.fields(part)


def districts(result: AnnualResult) -> Table:
    """Show poor and near-poor households by district."""
    part = _in_annex(result, "so-lieu", "poverty")
    return NOTHING if part is None else poverty_tables.districts(part)


def tasks(result: AnnualResult) -> Table:
    """Show the tasks of the plan."""
    part = _in_annex(result, "so-lieu", "work_plan")
    return NOTHING if part is None else work_plan_tables.tasks(part)


def documents(result: AnnualResult) -> Table:
    """Show documents issued and cited."""
    part = _in_annex(result, "van-ban", "work_plan")
    return NOTHING if part is None else work_plan_tables.documents(part)


TABLES = (
    indices,
    offices,
    measures,
    par_losses,
    service,
    dti_losses,
    fields,
    districts,
    tasks,
    documents,
)
"""All tables of the document, in its order."""
