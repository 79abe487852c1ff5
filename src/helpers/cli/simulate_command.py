"""The command that makes the made-up province."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from helpers.cli.choose import NothingToDoError
from helpers.cli.console import err, out
from helpers.cli.vietnamese import Command
from helpers.project import find_project

Scale = Annotated[
    float,
    typer.Option(
        "--scale",
        metavar="SỐ",
        help="Quy mô: 1 là 40.000 phiếu, 230.000 hồ sơ và 440.000 hộ mỗi năm.",
    ),
]
OneYear = Annotated[
    int | None, typer.Option("--year", help="Chỉ mô phỏng năm này; mặc định: 2023 và 2024.")
]


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command(
        "simulate",
        cls=Command,
        help="Tạo số liệu mô phỏng của Tỉnh Mẫu (tinh-mau) để chạy thử mọi báo cáo.",
    )(simulate)


def simulate(scale: Scale = 1.0, year: OneYear = None) -> None:
    """Make the files of the made-up province and say what to do next."""
    # Loading it takes longer than the other commands need to start.
    from helpers import simulation

    project = find_project()
    years = simulation.YEARS if year is None else (year,)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
        total = len(simulation.file_names(project)) * len(years)
        task = progress.add_task("Đang mô phỏng", total=total)

        def report(name: str, of_year: int, rows: int) -> None:
            del rows
            progress.update(task, advance=1, description=f"{of_year}: {name}")

        try:
            made = simulation.simulate(project, years, scale, report)
        except (ValueError, simulation.OwnFileError) as error:
            raise NothingToDoError(str(error)) from error
    for one in made:
        folder = project.relative(project.deliveries / simulation.SLUG / str(one.year))
        told = f"Đã tạo số liệu mô phỏng năm {one.year} trong {folder}:"
        out.print(told, markup=False, soft_wrap=True)
        for name, rows in one.rows.items():
            said = (
                f"{rows:,} dòng".replace(",", ".") if rows else "không có bản ghi nên không có tệp"
            )
            out.print(f"  {name}: {said}", markup=False)
    out.print(
        "Số liệu này là giả, không nói về địa phương nào. Lập báo cáo thử: "
        f"chiso run --province {simulation.SLUG} --year {made[-1].year}",
        markup=False,
        soft_wrap=True,
    )
