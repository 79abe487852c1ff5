"""What came of a run, for whoever was not there: causes once, as Markdown and as a workbook."""

from __future__ import annotations

import contextlib
import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.execution.batch import Outcome
from helpers.inputs.atomic import write_atomically
from helpers.inputs.delivery import Delivery
from helpers.inputs.problems import InputError, Problem
from helpers.project import Project

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MARKDOWN, WORKBOOK = "ket-qua-chay.md", "ket-qua-chay.xlsx"
"""In ``outputs/``: the last run."""

STATES = {"done": "lập mới", "cached": "giữ nguyên", "failed": "không lập được"}
FILE_FAULT = InputError.__name__
"""Name of the error of a cell where a file that was read is wrong, and not the notebook."""


@dataclass(frozen=True)
class Fault:
    """One cause, told once, and the reports that it stopped.

    Parameters
    ----------
    delivery : Delivery
        Whose report it stopped first.
    message : str
    outcomes : tuple of Outcome
    of_file : bool
        Whether a file that was read is wrong; else it is the notebook or the program.
    """

    delivery: Delivery
    message: str
    outcomes: tuple[Outcome, ...]
    of_file: bool

    @property
    def delivered(self) -> bool:
        """Whether the file is one that the office itself handed in."""
        own = (self.delivery.folder_name, self.delivery.settings_name)
        return self.of_file and any(name in self.message for name in own)

    @property
    def name(self) -> str:
        """Whose reports it stopped, and of which year; of many only how many."""
        those = dict.fromkeys(whose(one) for one in self.outcomes)
        if len(those) > 1:
            return f"{len(self.outcomes)} báo cáo của {len(those)} nơi"
        return _name(self.delivery)

    @property
    def reports(self) -> str:
        """Names of the reports."""
        return ", ".join(dict.fromkeys(one.job.report.name for one in self.outcomes))


def faults(outcomes: Iterable[Outcome]) -> tuple[Fault, ...]:
    """Gather what stopped reports: one fault of a file stops all reports that read it.

    Parameters
    ----------
    outcomes : iterable of Outcome
        Those that did not fail are left out.

    Returns
    -------
    tuple of Fault
        In the order in which they were met; a fault of a notebook stays with its report.
    """
    found: dict[tuple[str, str], list[Outcome]] = {}
    for one in outcomes:
        if one.state == "failed":
            own = "" if one.error["name"] == FILE_FAULT else one.job.name
            found.setdefault((one.error["message"], own), []).append(one)
    return tuple(
        Fault(whose(stopped[0]), message, tuple(stopped), bool(not own))
        for (message, own), stopped in found.items()
    )


def whose(outcome: Outcome) -> Delivery:
    """Return the delivery that a report is of."""
    job = outcome.job
    return Delivery(job.year, job.unit, job.office)


def warnings_of(
    outcomes: Sequence[Outcome], project: Project
) -> dict[Delivery, tuple[Problem, ...]]:
    """Return what is doubtful in the deliveries of the reports that were made.

    Parameters
    ----------
    outcomes : sequence of Outcome
    project : Project
    """
    made = dict.fromkeys(whose(one) for one in outcomes if one.state == "done")
    found = {}
    for delivery in (one for one in made if one.settings(project).is_file()):
        # The module of deliveries imports pandas, which a run without any can do without.
        from helpers.inputs.reading import read_entry

        # Who saves a workbook after the run has another delivery; the next run tells of it.
        with contextlib.suppress(InputError):
            problems = read_entry(delivery, project).problems
            found[delivery] = tuple(one for one in problems if one.severity == "warning")
    return {delivery: told for delivery, told in found.items() if told}


def needs_summary(outcomes: Sequence[Outcome]) -> bool:
    """Tell whether anything is to be told that the screen does not say at a glance.

    Of a run that changed nothing the last summary still tells; one report is seen by who made it.
    """
    changed = any(one.state != "cached" for one in outcomes)
    return changed and (len(outcomes) > 1 or any(one.state == "failed" for one in outcomes))


def write_summary(
    outcomes: Sequence[Outcome],
    absent: Sequence[str],
    when: datetime.datetime,
    project: Project,
) -> Path:
    """Write what came of a run to ``outputs/``, as Markdown and as a workbook.

    Parameters
    ----------
    outcomes : sequence of Outcome
    absent : sequence of str
        What was asked for and has no figures.
    when : datetime
        End of the run.
    project : Project

    Returns
    -------
    Path
        Of the Markdown file.
    """
    stopped, doubts = faults(outcomes), warnings_of(outcomes, project)
    text = _markdown(outcomes, stopped, doubts, absent, when)
    _write_workbook(outcomes, stopped, doubts, absent, project.outputs / WORKBOOK)
    return write_atomically(project.outputs / MARKDOWN, text.encode())


def _name(delivery: Delivery) -> str:
    return f"{delivery.whose}, năm {delivery.year}"


def _markdown(
    outcomes: Sequence[Outcome],
    stopped: Sequence[Fault],
    doubts: dict[Delivery, tuple[Problem, ...]],
    absent: Sequence[str],
    when: datetime.datetime,
) -> str:
    counts: Counter[str] = Counter(one.state for one in outcomes)
    told = "; ".join(f"{counts[state]} {name}" for state, name in STATES.items())
    lines = [
        "# Kết quả chạy báo cáo",
        "",
        f"Kết thúc lúc {when:%H:%M} ngày {when:%d/%m/%Y}: {told}.",
    ]
    if stopped:
        lines += ["", "## Không lập được"]
    for fault in stopped:
        lines += ["", f"### {fault.name}", "", f"Báo cáo: {fault.reports}.", ""]
        lines += [f"- {line}" for line in fault.message.splitlines()]
        if fault.delivered:
            lines += ["", f"Sửa số liệu rồi kiểm tra: `chiso check {fault.delivery.options}`"]
    if absent:
        lines += ["", "## Chưa có số liệu", "", *(f"- {one}" for one in absent)]
    if doubts:
        lines += ["", "## Cảnh báo, nên xem lại"]
    for delivery, problems in doubts.items():
        lines += ["", f"### {_name(delivery)}", "", *(f"- {one}" for one in problems)]
    return "\n".join(lines) + "\n"


def _write_workbook(
    outcomes: Sequence[Outcome],
    stopped: Sequence[Fault],
    doubts: dict[Delivery, tuple[Problem, ...]],
    absent: Sequence[str],
    path: Path,
) -> None:
    # Nearly half a second to import, and most runs of one report need no summary.
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    causes = {one.job: fault.message for fault in stopped for one in fault.outcomes}
    book = Workbook()
    first = book.active
    if not isinstance(first, Worksheet):
        raise TypeError("openpyxl không tạo được trang tính")
    first.title = "Báo cáo"
    reports = [
        (*_whose(whose(one)), one.job.report.name, STATES[one.state], causes.get(one.job, ""))
        for one in outcomes
    ]
    heads = ("Tỉnh, thành phố", "Cơ quan", "Năm")
    _fill(first, [(*heads, "Báo cáo", "Kết quả", "Lý do"), *reports], (22, 22, 8, 20, 16, 90))
    told = [
        (*_whose(delivery), one.file, one.sheet or "", one.cell or "", one.message, one.remedy)
        for delivery, problems in doubts.items()
        for one in problems
    ]
    columns = (*heads, "Tệp", "Trang tính", "Ô", "Điều cần xem", "Cách xử lý")
    _fill(book.create_sheet("Cảnh báo"), [columns, *told], (22, 22, 8, 44, 18, 10, 70, 60))
    if absent:
        _fill(book.create_sheet("Chưa có số liệu"), [("Nội dung",), *((a,) for a in absent)], (90,))
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        book.save(temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _whose(delivery: Delivery) -> tuple[str, str, int]:
    return delivery.province, delivery.office, delivery.year


def _fill(sheet: Worksheet, rows: Iterable[Sequence[str | int]], widths: Sequence[int]) -> None:
    from openpyxl.styles import Alignment, Font

    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # what somebody typed is no formula here
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number == 1)
    for column, width in enumerate(widths):
        sheet.column_dimensions[chr(ord("A") + column)].width = width
    sheet.freeze_panes = "A2"
