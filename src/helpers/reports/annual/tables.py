"""The tables of the annual report: all indices side by side, and those of the annexes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from helpers.display.table import Cell, Prose, Table
from helpers.facts.figures import Beside, Measured, Value
from helpers.facts.judgement import judge
from helpers.indices.poverty import tables as poverty_tables
from helpers.indices.procedures import tables as procedures_tables
from helpers.indices.scored import tables as scored_tables
from helpers.indices.service_quality import tables as service_quality_tables
from helpers.indices.work_plan import tables as work_plan_tables
from helpers.places import Place as Unit
from helpers.places import register
from helpers.reports.annual.measured import Headline, headlines
from helpers.reports.annual.result import AnnualResult
from helpers.reports.annual.text_weak import LABELS, own_measures, proposals
from helpers.reports.reconciliation import tables as reconciliation_tables
from helpers.reports.reconciliation.text import as_printed
from helpers.words.numbers import Number, day, decimal, place, signed, whole
from helpers.words.phrase_parts import amount
from helpers.words.text import plain, upper_first

PROPOSED = "đề xuất"
WITHIN_ERROR = "trong sai số"
ERROR_UNKNOWN = "chưa rõ sai số"
NOTHING = Table.nothing("Không có số liệu cho bảng này.")

_VERDICTS = {
    "target_met": "đạt mục tiêu",
    "target_missed": "chưa đạt mục tiêu",
    "target_unclear": "chưa rõ đạt hay chưa đạt mục tiêu",
    "unclear_change": "thay đổi trong sai số",
    "unchanged": "không đổi",
    "not_comparable": "hai năm không so sánh được",
    "small_sample": "mẫu nhỏ, để tham khảo",
}


_SIDES = {"above": "cao hơn", "below": "thấp hơn"}


def indices(result: AnnualResult) -> Table:
    """Show every index in one row: value, last year, change, target, place, in words."""
    found = headlines(result)
    if not found:
        return NOTHING
    year = result.year
    columns = {
        f"Năm {year - 1}": [_before(one.measured, year - 1, result.place) for one in found],
        "Thay đổi": [_change(one.measured) for one in found],
        "Mục tiêu": [_target(one.measured) for one in found],
        "Thứ hạng": [_place(one.measured) for one in found],
    }
    kept = {name: cells for name, cells in columns.items() if any(cells)}
    return Table(
        header=("Chỉ số", f"Năm {year}", *kept, "Nhận xét"),
        rows=tuple(
            (
                _name(one),
                _value(one.measured, one.measured.value, one.measured.year, year),
                *(cells[row] for cells in kept.values()),
                _verdict(one.measured),
            )
            for row, one in enumerate(found)
        ),
        caption=f"Kết quả chung của các chỉ số, năm {year}",
        align="lr" + "r" * len(kept) + "l",
        note=". ".join(_notes([one.measured for one in found], year)),
    )


def _name(one: Headline) -> str:
    whole_province = one.measured.code == "published"
    return f"{one.title}, cấp tỉnh" if whole_province else one.title


def _notes(every: Sequence[Measured], year: int) -> list[str]:
    """Say what the columns of years and changes hold."""
    notes = ["Thay đổi của tỷ lệ phần trăm tính bằng điểm %, từ số chưa làm tròn"]
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
        return ERROR_UNKNOWN
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


def _verdict(measured: Measured) -> str:
    if measured.value is None:
        return "Chưa có giá trị"
    said = []
    for finding in judge(measured):
        if finding.kind == "change" and finding.direction is not None:
            verb = "tăng" if finding.direction == "up" else "giảm"
            said.append(f"nhiều khả năng đã {verb}" if finding.assumed else verb)
        elif finding.kind in _SIDES and finding.beside is not None:
            likely = "nhiều khả năng " if finding.assumed else ""
            said.append(f"{likely}{_SIDES[finding.kind]} {_mark(measured, finding.beside)}")
        elif finding.kind == "unclear_side" and finding.beside is not None:
            said.append(f"chênh lệch với {_mark(measured, finding.beside)} trong sai số")
        elif finding.kind in _VERDICTS:
            said.append(_VERDICTS[finding.kind])
    graded = f"loại {measured.grade}" if measured.grade else ""
    if measured.grade.startswith("nhóm "):
        graded = measured.grade
    told = "; ".join(part for part in (graded, *said[:2]) if part)
    return upper_first(told or "chưa có mốc so sánh")


def _mark(measured: Measured, beside: Beside) -> str:
    if beside is measured.region:
        return "vùng"
    return beside.name if beside.name == "cả nước" else "bình quân"


def measures(result: AnnualResult) -> Table:
    """Show what is to be done, who leads, by when, how one sees that it was done."""
    rows: list[tuple[Cell, ...]] = [
        (
            one.text,
            one.index,
            one.owner,
            Number(day(one.due), one.origin) if one.due else "",
            one.outcome,
            "cơ quan",
        )
        for one in own_measures(result)
    ]
    rows += [
        (
            one.measure.what,
            LABELS[one.index],
            one.measure.lead,
            "",
            one.measure.shown_by,
            PROPOSED,
        )
        for one in proposals(result)
    ]
    if not rows:
        return NOTHING
    header = ("Nhiệm vụ, giải pháp", "Chỉ số", "Chủ trì", "Thời hạn", "Cách kiểm tra", "Nguồn")
    kept = [number for number in range(len(header)) if any(row[number] for row in rows)]
    return Table(
        header=tuple(header[number] for number in kept),
        rows=tuple(tuple(row[number] for number in kept) for row in rows),
        caption=f"Nhiệm vụ, giải pháp năm {result.year + 1}",
        align="l" * len(kept),
    )


def par_losses(result: AnnualResult) -> Table:
    """Show the criteria of PAR INDEX that lost points."""
    part = result.part("par_index")
    return NOTHING if part is None else scored_tables.losses(part)


def dti_losses(result: AnnualResult) -> Table:
    """Show the indicators of digital transformation that lost points."""
    part = result.part("dti")
    return NOTHING if part is None else scored_tables.losses(part)


def service(result: AnnualResult) -> Table:
    """Show the indicators of decision 766 with their ratios and points."""
    part = result.part("service_quality")
    return NOTHING if part is None else service_quality_tables.indicators(part)


def fields(result: AnnualResult) -> Table:
    """Show dossiers by field."""
    part = result.part("procedures")
    return NOTHING if part is None else procedures_tables.fields(part)


def districts(result: AnnualResult) -> Table:
    """Show poor and near-poor households by district."""
    part = result.part("poverty")
    return NOTHING if part is None else poverty_tables.districts(part)


def tasks(result: AnnualResult) -> Table:
    """Show the tasks of the plan."""
    part = result.part("work_plan")
    return NOTHING if part is None else work_plan_tables.tasks(part)


def documents(result: AnnualResult) -> Table:
    """Show documents issued and cited."""
    part = result.part("work_plan")
    return NOTHING if part is None else work_plan_tables.documents(part)


def figures(result: AnnualResult) -> Table:
    """Show every delivered figure as printed, with the rules of the check that it does not meet."""
    part = result.part("reconciliation")
    if part is None or not len(result.entry.figures):
        return NOTHING
    # What an office calls last year's may be the figures of a unit that it has joined since.
    own = [
        one
        for one in result.entry.figures
        if not register().same_unit(result.place, one.year, result.year)
    ]
    left = len(result.entry.figures) - len(own)
    marks = [", ".join(dict.fromkeys(found.rule for found in part.of(one))) for one in own]
    notes = ["Đánh dấu: quy tắc đối chiếu có phát hiện về số liệu này"] if any(marks) else []
    if left:
        notes.append(f"Bảng không nêu {whole(left)} số liệu của đơn vị trước khi hợp nhất")
    rows = [
        (
            reconciliation_tables.name_of(part, one),
            Number(as_printed(one), one.trace),
            one.unit,
            Number(str(one.year), one.trace),
            *((mark or "không",) if any(marks) else ()),
        )
        for one, mark in zip(own, marks, strict=True)
    ]
    return Table(
        header=(
            *("Số liệu", "Giá trị như in", "Đơn vị", "Năm"),
            *(("Đánh dấu",) if any(marks) else ()),
        ),
        rows=tuple(rows),
        caption=f"Số liệu cơ quan cung cấp cho báo cáo năm {result.year}",
        align="lrlll" if any(marks) else "lrll",
        note=". ".join(notes),
    )


def discrepancies(result: AnnualResult) -> Table:
    """Show what does not fit in the figures."""
    part = result.part("reconciliation")
    if part is None:
        return NOTHING
    table = reconciliation_tables.discrepancies(part)
    if table.is_empty:
        return table
    note = "Nội dung các quy tắc nêu ở báo cáo kiểm tra số liệu; số liệu được giữ như nguồn in"
    return replace(table, note=note)
