"""The commands and their options."""

from __future__ import annotations

import datetime

import typer

from helpers import execution, publishing
from helpers.cli import (
    entry_commands,
    import_command,
    map_command,
    quarto_command,
    simulate_command,
    site_commands,
    words_command,
)
from helpers.cli.choose import NothingToDoError, plan
from helpers.cli.console import err, out, tell_of_others
from helpers.cli.exit_status import INTERRUPTED, REFUSED
from helpers.cli.options import (
    CORES,
    Cluster,
    Delivered,
    DryRun,
    Engine,
    EngineName,
    Force,
    FormatName,
    Formats,
    Memory,
    Offices,
    Provinces,
    Reports,
    Sample,
    Storage,
    Timeout,
    Wait,
    Workers,
    Year,
)
from helpers.cli.progress import Display
from helpers.cli.run_summary import needs_summary, write_summary
from helpers.cli.summary import print_absent, print_failures, print_plan, print_results
from helpers.cli.vietnamese import Command, Group, in_vietnamese
from helpers.definitions import DefinitionError
from helpers.execution.batch import (
    Listener,
    Outcome,
    Settings,
    Task,
    plan_tasks,
    run_batch,
)
from helpers.execution.lock import BusyError, alone
from helpers.execution.manifest import write_manifest
from helpers.inputs.problems import InputError
from helpers.places import UnknownPlaceError
from helpers.project import Project, ProjectNotFoundError, find_project
from helpers.publishing.fingerprint import fingerprint

_KNOWN_ERRORS = (
    BusyError,
    DefinitionError,
    InputError,
    NothingToDoError,
    ProjectNotFoundError,
    UnknownPlaceError,
    execution.ParameterError,
    execution.UnknownReportError,
    publishing.PublishError,
)

app = typer.Typer(
    cls=Group,
    help="Lập báo cáo quản trị cấp tỉnh: tính chỉ số, viết nhận xét, xuất HTML, PDF và Word.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


entry_commands.register_commands(app)


def run_command() -> int:
    """Run the command; mistakes of the user end in one sentence.

    Returns
    -------
    int
        Exit status. Anything else that is raised is left to ``helpers.cli.border``.
    """
    try:
        status = app(standalone_mode=False)
    except typer.Abort:
        return INTERRUPTED
    except _KNOWN_ERRORS as error:
        message = error.args[0] if isinstance(error, LookupError) and error.args else str(error)
        err.print(f"Lỗi: {message}", markup=False, soft_wrap=True)
        return REFUSED
    except Exception as error:
        # The library's own complaints carry the command they are about.
        if not hasattr(error, "format_message"):
            raise
        told = error.format_message()
        if type(error).__name__ == "NoArgsIsHelpError":
            out.print(told, markup=False)
        else:
            err.print(f"Lỗi: {in_vietnamese(told)}", markup=False)
            err.print("Xem cách dùng: chiso --help, chiso run --help", markup=False)
        return REFUSED
    return status or 0


@app.command(
    "run", cls=Command, help="Chạy sổ tay và xuất báo cáo; chỉ lập lại những gì đã thay đổi."
)
def run(
    report: Reports = None,
    province: Provinces = None,
    office: Offices = None,
    delivered: Delivered = False,
    year: Year = None,
    formats: Formats = None,
    engine: Engine = EngineName.auto,
    jobs: Workers = CORES,
    timeout: Timeout = 600,
    memory: Memory = 4,
    force: Force = False,
    wait: Wait = True,
    dry_run: DryRun = False,
    cluster: Cluster = None,
    storage: Storage = "",
) -> None:
    """Plan, run and publish; go on after a failure and list failures at the end."""
    project = find_project()
    wanted = plan(project, report, province, year, office, delivered=delivered)
    settings = make_settings(
        project, formats, engine, workers=jobs, timeout=timeout, memory=memory, force=force
    )
    if dry_run:
        print_plan(plan_tasks(wanted.jobs, settings, project))
        print_absent(wanted.absent)
        return
    outcomes = None
    while outcomes is None:
        if wait:
            with alone(project, tell_of_others):
                pass
        # Planned after the wait: what the other run made is not made again.
        tasks = plan_tasks(wanted.jobs, settings, project)
        try:
            outcomes = _made(tasks, settings, project, cluster, storage)
        except BusyError:
            if not wait:
                raise
    index = project.outputs / "index.html"
    if not index.is_file() or any(outcome.state == "done" for outcome in outcomes):
        publishing.write_index(project)
        write_manifest(project)
    failed = [outcome for outcome in outcomes if outcome.state == "failed"]
    print_results(outcomes, index, project)
    if needs_summary(outcomes):
        told = write_summary(outcomes, wanted.absent, datetime.datetime.now(), project)
        out.print(f"Kết quả lần chạy: {project.relative(told)}", markup=False, soft_wrap=True)
    print_absent(wanted.absent)
    if failed:
        print_failures(failed, project)
        raise typer.Exit(1)
    if wanted.absent:
        raise typer.Exit(REFUSED)


def _made(
    tasks: list[Task], settings: Settings, project: Project, cluster: str | None, storage: str
) -> list[Outcome]:
    with Display(tasks) as display:
        try:
            if cluster:
                return _run_on_cluster(tasks, settings, project, cluster, display.listen, storage)
            return run_batch(tasks, settings, project, display.listen)
        except KeyboardInterrupt:
            display.stop()
            err.print("Đã dừng theo yêu cầu. Lần chạy sau sẽ làm tiếp phần còn lại.", markup=False)
            raise typer.Exit(INTERRUPTED) from None


def _run_on_cluster(
    tasks: list[Task],
    settings: Settings,
    project: Project,
    scheduler: str,
    listen: Listener,
    storage: str,
) -> list[Outcome]:
    try:
        from helpers.execution.cluster import ClusterError, run_on_cluster
    except ImportError as error:
        raise NothingToDoError(
            "Chưa cài thư viện cho cụm máy. Hãy chạy: pip install 'distributed' 'fsspec'"
        ) from error
    try:
        return run_on_cluster(tasks, settings, project, scheduler, listen, storage=storage)
    except ClusterError as error:
        raise NothingToDoError(str(error)) from error


def make_settings(
    project: Project,
    formats: list[FormatName] | None,
    engine: EngineName,
    *,
    workers: int,
    timeout: float = 600,
    memory: float = 4,
    force: bool = False,
) -> Settings:
    """Turn options into the settings of a batch."""
    chosen = publishing.choose_engine(engine.value)
    names = tuple(name.value for name in dict.fromkeys(formats or FormatName))
    return Settings(
        formats=names,
        engine=chosen,
        publisher="helpers.publishing:publish",
        made_with=fingerprint(chosen, publishing.FORMATS, project),
        modules=("helpers.publishing.pandoc",),
        workers=workers,
        timeout=timeout,
        memory=int(memory * (1 << 30)),
        force=force,
    )


@app.command(
    "verify", cls=Command, help="Lập lại báo cáo ở chỗ tạm và so từng byte với báo cáo đã có."
)
def verify(
    report: Reports = None,
    province: Provinces = None,
    office: Offices = None,
    year: Year = None,
    sample: Sample = 3,
    jobs: Workers = CORES,
) -> None:
    """Compare and name the first difference of every file that is not the same."""
    from helpers.cli.verify import verify as make_again

    project = find_project()
    checked = make_again(project, report, province, office, year, sample, jobs)
    for name, difference in checked.differences:
        err.print(f"Khác: {name}: {difference}", markup=False, soft_wrap=True)
    same = checked.files - len(checked.differences)
    out.print(
        f"Đã lập lại {checked.reports} báo cáo: {same}/{checked.files} tệp giống hệt từng byte.",
        markup=False,
    )
    if checked.differences:
        raise typer.Exit(1)


@app.command(
    "doctor",
    cls=Command,
    help="Kiểm tra máy: phiên bản, bộ xuất bản, phông chữ, đĩa, và cần làm gì.",
)
def doctor() -> None:
    """Print what is there and what to do about what is not."""
    from helpers.cli.doctor import examine

    if not examine(find_project(), out):
        raise typer.Exit(1)


import_command.add_to(app)
map_command.add_to(app)
site_commands.add_to(app)
simulate_command.add_to(app)
quarto_command.add_to(app)
words_command.add_to(app)
