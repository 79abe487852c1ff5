"""The command ``chiso``."""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from helpers import execution, publishing
from helpers.definitions import DefinitionError
from helpers.execution import NATIONAL, CellError, Job, Report
from helpers.inputs.problems import InputError
from helpers.places import UnknownPlaceError, register, system_of_year
from helpers.project import Project, ProjectNotFoundError, find_project

ALL = "all"

app = typer.Typer(
    help="Lập báo cáo quản trị cấp tỉnh từ số liệu: tính chỉ số, viết nhận xét, xuất HTML, PDF và Word.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


class NothingToDoError(LookupError):
    """No report fits what was asked for; the message says what there is."""


_KNOWN_ERRORS = (
    DefinitionError,
    InputError,
    NothingToDoError,
    ProjectNotFoundError,
    UnknownPlaceError,
    execution.ParameterError,
    execution.UnknownReportError,
    publishing.PublishError,
)


def main() -> None:
    """Run the command; mistakes of the user end in one sentence, not in a traceback."""
    try:
        app()
    except _KNOWN_ERRORS as error:
        message = error.args[0] if isinstance(error, LookupError) and error.args else str(error)
        err.print(f"Lỗi: {message}", markup=False)
        raise SystemExit(2) from error


@app.command("run", help="Chạy sổ tay và xuất báo cáo cho một năm.")
def run(
    report: Annotated[
        list[str] | None,
        typer.Option(help="Loại báo cáo (tên sổ tay), có thể lặp lại. Mặc định: mọi loại."),
    ] = None,
    province: Annotated[
        list[str] | None,
        typer.Option(help="Tên hoặc mã tỉnh, thành phố; «all» là mọi nơi có số liệu (mặc định)."),
    ] = None,
    year: Annotated[
        int | None, typer.Option(help="Năm đánh giá. Mặc định: năm mới nhất có số liệu.")
    ] = None,
    formats: Annotated[
        list[publishing.Format] | None,
        typer.Option("--format", help="html, pdf hoặc docx, có thể lặp lại. Mặc định: cả ba."),
    ] = None,
    engine: Annotated[
        publishing.Engine,
        typer.Option(help="Bộ xuất bản: auto chọn quarto nếu máy có, nếu không thì pandoc."),
    ] = "auto",
) -> None:
    """Plan, run and publish; go on after a failure and list failures at the end."""
    project = find_project()
    jobs = plan(project, report, province, year)
    chosen = publishing.choose_engine(engine)
    wanted = list(dict.fromkeys(formats or publishing.FORMATS))
    done, failed = _run_all(jobs, wanted, chosen, project)
    if done:
        index = publishing.write_index(project)
        _print_results(done, index, project)
    for job, error in failed:
        _print_failure(job, error, project)
    if failed:
        err.print(f"{len(failed)} trong {len(jobs)} báo cáo không lập được.", markup=False)
        raise typer.Exit(1)


@app.command("import", help="Nạp sổ tính chính thức của một chỉ số, ví dụ: chiso import papi TỆP.xlsm")
def import_file(
    index: Annotated[str, typer.Argument(help="Chỉ số: papi.")],
    path: Annotated[Path, typer.Argument(help="Tệp .xlsx hoặc .xlsm tải từ papi.org.vn.")],
) -> None:
    """Take in an official workbook; say what was taken, what was refused and why."""
    from helpers.inputs.imported import import_papi  # noqa: PLC0415  (reading workbooks is slow to load)

    if index != "papi":
        raise NothingToDoError(f"Chưa nạp được chỉ số «{index}»; hiện nạp được: papi.")
    summary = import_papi(path, find_project())
    for problem in summary.problems:
        out.print(str(problem), markup=False)
    out.print(summary.sentence(), markup=False)


def plan(
    project: Project, names: list[str] | None, provinces: list[str] | None, year: int | None
) -> list[Job]:
    """Return the jobs that a command line asks for.

    Parameters
    ----------
    project : Project
    names : list of str or None
        Report kinds; None means all.
    provinces : list of str or None
        As typed; None or ``"all"`` means every province with scores.
    year : int or None
        None means the latest year with scores.

    Raises
    ------
    NothingToDoError
        If there are no scores for what was asked.
    """
    kinds = (
        [execution.find_report(name, project) for name in dict.fromkeys(names)]
        if names
        else list(execution.reports(project))
    )
    jobs: list[Job] = []
    for kind in kinds:
        units = _available(kind.index)(project)
        if not units:
            raise NothingToDoError(f"Chưa có số liệu nào cho loại báo cáo «{kind.name}».")
        of_year = year if year is not None else max(units)
        if of_year not in units:
            years = ", ".join(str(y) for y in sorted(units))
            raise NothingToDoError(
                f"Loại báo cáo «{kind.name}» chưa có số liệu năm {of_year}. Các năm đã có: {years}."
            )
        jobs += _jobs(kind, of_year, units[of_year], provinces, project)
    return jobs


def _available(index: str) -> Callable[[Project], dict[int, tuple[str, ...]]]:
    found: Callable[[Project], dict[int, tuple[str, ...]]]
    found = import_module(f"helpers.analysis.{index}").available
    return found


def _jobs(
    kind: Report, year: int, units: tuple[str, ...], typed: list[str] | None, project: Project
) -> list[Job]:
    if kind.scope == "national":
        return [Job(kind, year, NATIONAL)]
    if not typed or any(text.strip().casefold() == ALL for text in typed):
        return [Job(kind, year, slug) for slug in units]
    places = [register(project).find(text, system_of_year(year)) for text in typed]
    for place in places:
        if place.slug not in units:
            raise NothingToDoError(
                f"{place.name} không có số liệu năm {year} cho loại báo cáo «{kind.name}»."
            )
    return [Job(kind, year, place.slug) for place in dict.fromkeys(places)]


def _run_all(
    jobs: list[Job],
    formats: list[publishing.Format],
    engine: publishing.Engine,
    project: Project,
) -> tuple[list[tuple[Job, tuple[Path, ...]]], list[tuple[Job, Exception]]]:
    done: list[tuple[Job, tuple[Path, ...]]] = []
    failed: list[tuple[Job, Exception]] = []
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
        task = progress.add_task("", total=len(jobs))
        for job in jobs:
            progress.update(task, description=job.name)
            started = time.perf_counter()
            try:
                notebook = execution.execute(job, project)
                files = publishing.publish(notebook, formats, engine, project)
            except (CellError, *_KNOWN_ERRORS) as error:
                failed.append((job, error))
            else:
                done.append((job, files))
                if not err.is_terminal:
                    took = time.perf_counter() - started
                    err.print(f"xong {job.name} ({took:.1f} giây)", markup=False)
            progress.advance(task)
    return done, failed


def _print_results(
    done: list[tuple[Job, tuple[Path, ...]]], index: Path, project: Project
) -> None:
    if len(done) <= 5:
        table = Table("Báo cáo", "Tệp", box=None, pad_edge=False)
        for job, files in done:
            for path in files:
                table.add_row(job.name, project.relative(path))
        out.print(table)
    else:
        out.print(f"Đã lập {len(done)} báo cáo.", markup=False)
    out.print(f"Mở trang mục lục: {project.relative(index)}", markup=False)


def _print_failure(job: Job, error: Exception, project: Project) -> None:
    if not isinstance(error, CellError):
        err.print(f"Không lập được {job.name}: {error}", markup=False)
        return
    err.print(f"Không lập được {job.name}: ô thứ {error.number} gặp lỗi", markup=False)
    for line in error.source.splitlines():
        err.print(f"    {line}", markup=False)
    err.print(f"  {error.name}: {error.message}", markup=False)
    err.print(f"  Xem đầy đủ: {project.relative(error.notebook)}", markup=False)


if __name__ == "__main__":
    main()
