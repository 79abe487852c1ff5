"""The tables of the annual report: all indices side by side, and those of the annexes."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Any

from helpers.display.table import Cell, Prose, Table
from helpers.facts.figures import Measured, Value
from helpers.indices.poverty import tables as poverty_tables
from helpers.indices.procedures import tables as procedures_tables
from helpers.indices.scored import tables as scored_tables
from helpers.indices.service_quality import tables as service_quality_tables
from helpers.indices.work_plan import tables as work_plan_tables
from helpers.indices.work_plan.findings import share_done
from helpers.indices.work_plan.result import WorkPlanResult
from helpers.places import Place as Unit
from helpers.places import register
from helpers.reports.annual.measured import Headline, own_headlines
from helpers.reports.annual.result import AnnualResult
from helpers.reports.annual.text_words import bare
from helpers.reports.annual.weak import measures_of
from helpers.words.numbers import Number, day, decimal, place, signed, whole
from helpers.words.phrase_parts import amount
from helpers.words.say import telling_of
from helpers.words.text import plain

TO_FILL = "[bổ sung]"
"""Stands where the office has still to say something; the review slip says what."""
WITHIN_ERROR = "không rõ rệt"
NOTHING = Table.nothing("Không có số liệu cho bảng này.")


def indices(result: AnnualResult) -> Table:
    """Show every index of the office in one row: last year, this year, change, target, place."""
    found = own_headlines(result)
    plan = _plan_row(result)
    if not found and plan is None:
        return NOTHING
    year = result.year
    columns: dict[str, list[Cell]] = {
        f"Năm {year - 1}": [_before(one.measured, year - 1, result.place) for one in found],
        f"Năm {year}": [
            _value(one.measured, one.measured.value, one.measured.year, year) for one in found
        ],
        "Thay đổi": [_change(one.measured) for one in found],
        "Mục tiêu": [_target(one.measured) for one in found],
        "Thứ hạng": [_place(one.measured) for one in found],
    }
    names: list[Cell] = [_name(one) for one in found]
    if plan is not None:
        names.append("Nhiệm vụ hoàn thành")
        for name, cells in columns.items():
            cells.append(plan if name == f"Năm {year}" else "")
    kept = {name: cells for name, cells in columns.items() if any(cells)}
    return Table(
        header=("Chỉ tiêu", *kept),
        rows=tuple((name, *row) for name, *row in zip(names, *kept.values(), strict=True)),
        caption=f"Một số kết quả chính của {result.office.office.brief}",
        align="l" + "r" * len(kept),
        note=". ".join(_notes([one.measured for one in found], year, kept)),
    )


def _plan_row(result: AnnualResult) -> Cell | None:
    plan: WorkPlanResult | None = result.part("work_plan")
    if plan is None or plan.done is None or plan.planned is None or share_done(plan) is None:
        return None
    done, planned, telling = plan.done, plan.planned, telling_of(plan)
    both = place(round(done.known), round(planned.known))
    return Number(both, f"{telling.source(done)}; {telling.source(planned)}")


def _name(one: Headline) -> str:
    whole_province = one.measured.code == "published"
    return f"{one.title}, cấp tỉnh" if whole_province else one.title


def _notes(every: Sequence[Measured], year: int, columns: Container[str]) -> list[str]:
    """Say what the columns of years and changes hold, where they are there."""
    notes = []
    if "Thay đổi" in columns:
        notes.append("Thay đổi của tỷ lệ phần trăm tính bằng điểm %, từ số chưa làm tròn")
    before = [one.previous.year for one in every if one.previous is not None]
    if any(one.year != year for one in every) or any(one != year - 1 for one in before):
        notes.append("Trong ngoặc là năm của số liệu, nếu khác năm ở đầu cột")
    return notes


def _value(measured: Measured, value: Value | None, of: int, heading: int) -> Cell:
    """Return a value, with its year where the heading of the column says another."""
    if value is None:
        return ""
    told = plain(amount(measured, value))
    if of == heading:
        return Number(told, value.source)
    return Prose(f"{Number(told, value.source)} (năm {of})")


def _before(measured: Measured, heading: int, unit: Unit) -> Cell:
    """Return the value of the year before; that of another unit is nobody's last year."""
    earlier = measured.previous
    if earlier is None or register().same_unit(unit, earlier.year, measured.year):
        return ""
    return _value(measured, earlier.value, earlier.year, heading)


def _change(measured: Measured) -> Cell:
    earlier = measured.previous
    if earlier is None or earlier.reasons or measured.value is None:
        return ""
    gap = measured.value.value - earlier.value.value
    if earlier.margin is not None and abs(gap) <= earlier.margin:
        return WITHIN_ERROR
    if measured.survey and earlier.margin is None:
        return ""
    source = f"hiệu số chưa làm tròn: năm {measured.year} và năm {earlier.year}"
    return Number(signed(gap, measured.decimals), source)


def _target(measured: Measured) -> Cell:
    if measured.target is None:
        return ""
    value = measured.target.value
    digits = next((d for d in range(measured.decimals) if round(value.value, d) == value.value), 2)
    sign = "%" if measured.unit == "%" else ""
    return Number(f"{decimal(value.value, digits)}{sign}", value.source)


def _place(measured: Measured) -> Cell:
    held = measured.place
    if held is None:
        return ""
    text = whole(held.rank) if held.units is None else place(held.rank, held.units)
    number = Number(text, held.source)
    return Prose(f"{number} (đồng hạng)") if held.shared else number


def measures(result: AnnualResult) -> Table:
    """Show what is to be done, who leads, by when, and what then is there."""
    rows: list[tuple[Cell, ...]] = [
        (
            str(number),
            bare(one.text),
            one.owner or TO_FILL,
            Number(day(one.due), one.origin) if one.due else TO_FILL,
            bare(one.outcome) if one.outcome else TO_FILL,
        )
        for number, one in enumerate(measures_of(result), 1)
    ]
    if not rows:
        return NOTHING
    heads = ("TT", "Nhiệm vụ, giải pháp", "Đơn vị chủ trì", "Thời hạn", "Sản phẩm")
    # A column of which nothing was stated is one line of the review slip, not a column of blanks.
    kept = [n for n in range(len(heads)) if any(row[n] != TO_FILL for row in rows)]
    return Table(
        header=tuple(heads[n] for n in kept),
        rows=tuple(tuple(row[n] for n in kept) for row in rows),
        caption=f"Nhiệm vụ, giải pháp năm {result.year + 1}",
        align="".join("rllll"[n] for n in kept),
    )


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
