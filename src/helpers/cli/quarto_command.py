"""The command that lets Quarto execute a template, in a copy of its own."""

from __future__ import annotations

import shlex
import shutil
from typing import Annotated

import typer

from helpers.cli.choose import plan
from helpers.cli.console import out
from helpers.cli.exit_status import REFUSED
from helpers.cli.options import FormatName, Offices, Provinces, Year
from helpers.cli.summary import print_absent
from helpers.cli.vietnamese import Command
from helpers.project import find_project

Name = Annotated[str, typer.Argument(metavar="TÊN", help="Loại báo cáo (tên sổ tay).")]
To = Annotated[
    FormatName, typer.Option("--format", metavar="html|pdf|docx", help="Mặc định: html.")
]
_QUARTO_NAMES = {"html": "html", "pdf": "typst", "docx": "docx"}


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command(
        "quarto",
        cls=Command,
        help="Chép một sổ tay vào outputs/quarto rồi để Quarto chạy và xuất bản bản chép ấy.",
    )(quarto)


def quarto(
    report: Name,
    province: Provinces = None,
    office: Offices = None,
    year: Year = None,
    to: To = FormatName.html,
) -> None:
    """Copy the template for every report asked for, and render it where Quarto is installed."""
    from helpers.publishing.quarto_template import copy_template, render_command, render_template

    project = find_project()
    program = shutil.which("quarto")
    name = _QUARTO_NAMES[to.value]
    wanted = plan(project, [report], province, year, office)
    for job in wanted.jobs:
        if program is not None:
            made = render_template(job, project, program, name)
            out.print(f"Đã lập: {project.relative(made)}", markup=False, soft_wrap=True)
            continue
        copy = copy_template(job, project)
        command = shlex.join(render_command(copy, job, "quarto", name))
        told = f"Đã chép: {project.relative(copy)}. Máy này chưa có Quarto; trên máy có Quarto:"
        out.print(told, markup=False, soft_wrap=True)
        out.print(f"  {command}", markup=False, soft_wrap=True)
    print_absent(wanted.absent)
    if wanted.absent:
        raise typer.Exit(REFUSED)
