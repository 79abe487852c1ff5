"""``chiso import``: official workbooks of PAPI, and tables of any index with their source."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from typer import Argument, Option

from helpers.cli.choose import NothingToDoError
from helpers.cli.console import out
from helpers.cli.vietnamese import Command
from helpers.project import Project, find_project

if TYPE_CHECKING:
    from helpers.inputs.table_import import TableImport

IndexName = Annotated[str, Argument(metavar="CHỈ SỐ", help="Mã chỉ số: papi, par_index, dti, ….")]
File = Annotated[
    Path | None,
    Argument(
        metavar="TỆP",
        help="Sổ tính tải từ papi.org.vn, hoặc bảng kết quả (CSV, XLSX) của một chỉ số bất kỳ.",
        resolve_path=True,
    ),
]
Year = Annotated[int | None, Option("--year", metavar="NĂM", help="Năm đo của bảng hoặc của sổ.")]
Replace = Annotated[
    bool, Option("--replace", help="Thay số liệu đã có dù tệp này nói khác hoặc không đủ.")
]
State = Literal["official", "computed", "simulated"]
Status = Annotated[
    State | None,
    Option("--status", help="Bảng kết quả: cơ quan công bố, tính lại, hay giả định."),
]
Source = Annotated[
    str,
    Option("--source", metavar="NGUỒN", help="Bảng kết quả: địa chỉ hoặc văn bản đã đọc."),
]
Publisher = Annotated[
    str, Option("--publisher", metavar="CƠ QUAN", help="Bảng kết quả: cơ quan công bố.")
]
Code = Annotated[
    str, Option("--code", metavar="MÃ", help="Mã tiêu chí của cả bảng, nếu bảng không có cột mã.")
]
Columns = Annotated[
    list[str] | None,
    Option("--column", metavar="CỘT=TIÊU ĐỀ", help="Ví dụ rank=«Vị thứ», lặp lại được."),
]
Sheet = Annotated[str, Option("--sheet", metavar="TRANG", help="Trang tính; mặc định: đầu tiên.")]
DryRun = Annotated[bool, Option("--dry-run", help="Chỉ nói sẽ thêm, sẽ thay gì.")]
Undo = Annotated[
    bool, Option("--undo", help="Hoàn lại lần nạp gần nhất: sổ tính, hoặc bảng của --year.")
]


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(
        "import",
        cls=Command,
        short_help="Nạp sổ tính chính thức hoặc một bảng kết quả.",
        help="Nạp sổ tính chính thức, ví dụ: chiso import papi TỆP.xlsm; hoặc một bảng kết quả theo "
        "tỉnh, ví dụ: chiso import par_index BẢNG.xlsx --year 2024 --status official --source NGUỒN.",
    )(import_file)


def import_file(
    index: IndexName,
    path: File = None,
    year: Year = None,
    replace: Replace = False,
    status: Status = None,
    source: Source = "",
    publisher: Publisher = "",
    code: Code = "total",
    column: Columns = None,
    sheet: Sheet = "",
    dry_run: DryRun = False,
    undo: Undo = False,
) -> None:
    """Take in a workbook or a table; say what was taken, what was refused and why."""
    project = find_project()
    if undo:
        _take_back(index, year, project)
        return
    if path is None:
        raise NothingToDoError("Thiếu đối số «TỆP».")
    if status is None and not source:
        _workbook(index, path, year, replace, dry_run, project)
        return
    from helpers.inputs.table_import import Stated, read_table, write_table

    if status is None or not source or year is None:
        raise NothingToDoError(
            "Nạp một bảng kết quả cần đủ --year, --status và --source: năm, ai xác định, đọc ở đâu."
        )
    _known(index, project)
    stated = Stated(status, source, publisher, code, sheet, _pairs(column or []))
    made = read_table(path, index, year, stated, project)
    _tell(made, project)
    if made.poorer and not replace:
        raise NothingToDoError(
            f"Bảng nói khác hoặc ít hơn {len(made.poorer)} dòng đã có nên chưa ghi gì; kiểm tra lại, "
            "rồi thêm --replace nếu bảng này đúng."
        )
    if dry_run:
        out.print("Chạy thử: chưa ghi gì.")
        return
    write_table(made, index, year, project)
    out.print(
        f"Đã ghi {project.relative(made.file)}; hoàn lại bằng: "
        f"chiso import {index} --undo --year {year}",
        markup=False,
        soft_wrap=True,
    )


def _workbook(
    index: str, path: Path, year: int | None, replace: bool, dry_run: bool, project: Project
) -> None:
    from helpers.indices.papi.importing import import_papi

    if index != "papi":
        raise NothingToDoError(
            f"Chỉ PAPI có sổ tính riêng; bảng kết quả của «{index}» cần --year, --status và --source."
        )
    summary = import_papi(path, project, year=year, replace=replace, dry_run=dry_run)
    for problem in summary.problems:
        out.print(str(problem), markup=False, soft_wrap=True)
    refused = ", ".join(sheet.sheet for sheet in summary.refused)
    if refused:
        out.print(f"Trang tính không nạp: {refused}.", markup=False, soft_wrap=True)
    years = ", ".join(str(year) for year in summary.years)
    taken = f"{summary.rows} dòng của các năm {years} từ {summary.file}"
    told = (
        f"Chạy thử: sẽ nạp {taken}; chưa ghi gì."
        if dry_run
        else f"Đã nạp {taken}; hoàn lại bằng: chiso import {index} --undo"
    )
    out.print(told, markup=False, soft_wrap=True)


def _take_back(index: str, year: int | None, project: Project) -> None:
    from helpers.inputs import imported, table_import

    _known(index, project)
    if year is None:
        back = imported.take_back(index, project)
    else:
        back = table_import.take_back(index, year, project)
    out.print(f"Đã hoàn lại {project.relative(back)}.", markup=False, soft_wrap=True)


def _known(index: str, project: Project) -> None:
    known = sorted(path.stem for path in project.definitions.glob("*.yml"))
    if index not in known:
        raise NothingToDoError(f"Không có chỉ số «{index}»; hiện có: {', '.join(known)}.")


def _pairs(told: list[str]) -> dict[str, str]:
    pairs = {}
    for one in told:
        ours, sign, theirs = one.partition("=")
        if not sign or not theirs.strip():
            raise NothingToDoError(f"--column «{one}»: viết theo dạng CỘT=TIÊU ĐỀ.")
        pairs[ours.strip()] = theirs.strip()
    return pairs


def _tell(made: TableImport, project: Project) -> None:
    from helpers.inputs.table_import import listed

    for problem in made.problems:
        out.print(str(problem), markup=False, soft_wrap=True)
    for line in listed(made.replaced):
        out.print(f"thay: {line}", markup=False, soft_wrap=True)
    out.print(
        f"{project.relative(made.file)}: thêm {made.added} dòng, thay {len(made.replaced)} dòng, "
        f"{made.same} dòng đã có.",
        markup=False,
        soft_wrap=True,
    )
