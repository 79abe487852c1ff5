"""What the command says at the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from rich.table import Table

from helpers.cli.console import err, out
from helpers.cli.progress import STATES
from helpers.cli.run_summary import faults
from helpers.execution.batch import Outcome, Task
from helpers.execution.record import read_record, record_path
from helpers.project import Project

FEW = 5
"""So many reports are listed file by file; of more only the counts are shown."""

_STEPS = {"prepare": "chuẩn bị", "cells": "chạy ô", "publish": "xuất bản"}


def print_plan(tasks: Sequence[Task]) -> None:
    """List what would be made and why."""
    for task in tasks:
        if task.reasons:
            what = "chạy sổ tay và xuất" if task.run else "xuất"
            reasons = "; ".join(_shortened(task.reasons))
            out.print(
                f"{task.job.name}: {what} {', '.join(task.formats)} vì {reasons}",
                markup=False,
                soft_wrap=True,
            )
    stale = sum(bool(task.reasons) for task in tasks)
    out.print(f"{stale} báo cáo sẽ được lập, {len(tasks) - stale} báo cáo còn đúng.", markup=False)


def _shortened(reasons: Sequence[str], most: int = 3) -> list[str]:
    if len(reasons) <= most:
        return list(reasons)
    return [*reasons[:most], f"và {len(reasons) - most} lý do khác"]


def print_absent(absent: Sequence[str]) -> None:
    """Say what was asked for and could not be made as there are no figures of it."""
    for told in absent:
        err.print(f"Chưa lập: {told}", markup=False, soft_wrap=True)


def print_results(outcomes: Sequence[Outcome], index: Path, project: Project) -> None:
    """Print counts and times by report kind, and where to look."""
    kinds: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        kinds[outcome.job.report.name].append(outcome)
    states = ("done", "cached", "failed")
    table = Table("Báo cáo", *(STATES[s] for s in states), box=None, pad_edge=False)
    for step in _STEPS.values():
        table.add_column(step, justify="right")
    for kind, of_kind in kinds.items():
        counts = [str(sum(o.state == s for o in of_kind)) for s in states]
        table.add_row(kind, *counts, *(_mean(of_kind, step) for step in _STEPS))
    out.print(table)
    if any(outcome.times for outcome in outcomes):
        out.print("(ba cột cuối: số giây trung bình của một báo cáo)", markup=False)
    for outcome in outcomes:
        for kept in outcome.kept:
            place = project.relative(outcome.job.folder(project))
            out.print(
                f"Không ghi đè tệp đã có người sửa hoặc đang mở: {place}/{kept.file}; "
                f"bản mới lập: {kept.new}",
                markup=False,
                soft_wrap=True,
            )
    good = [outcome for outcome in outcomes if outcome.state != "failed"]
    if 0 < len(good) <= FEW:
        out.print("")
        for outcome in good:
            for path in _files(outcome, project):
                out.print(project.relative(path), markup=False, soft_wrap=True)
    out.print(f"Mở trang mục lục: {project.relative(index)}", markup=False, soft_wrap=True)


def _mean(outcomes: Sequence[Outcome], step: str) -> str:
    times = [outcome.times[step] for outcome in outcomes if step in outcome.times]
    return f"{sum(times) / len(times):.2f}".replace(".", ",") if times else ""


def _files(outcome: Outcome, project: Project) -> list[Path]:
    record = read_record(record_path(outcome.job, project))
    if record is None:
        return []
    folder = outcome.job.folder(project)
    return [folder / artefact.file for artefact in record.formats.values()]


def print_failures(failed: Sequence[Outcome], project: Project) -> None:
    """Print each cause once: what is wrong with a delivery, or the cell of a notebook that failed."""
    for fault in faults(failed):
        if fault.of_file:
            what = "Số liệu" if fault.delivered else "Tệp"
            told = f"{what} còn lỗi, chưa lập được {fault.name}: {fault.reports}."
            err.print(told, markup=False, soft_wrap=True)
            for line in fault.message.splitlines():
                err.print(f"  {line}", markup=False, soft_wrap=True)
            if fault.delivered:
                check = f"  Sửa rồi kiểm tra: chiso check {fault.delivery.options}"
                err.print(check, markup=False, soft_wrap=True)
            continue
        (outcome,) = fault.outcomes
        error = outcome.error
        if "cell" not in error:
            err.print(
                f"Không lập được {outcome.job.name}: {error['message']} ({error['name']})",
                markup=False,
                soft_wrap=True,
            )
            continue
        err.print(f"Không lập được {outcome.job.name}: ô thứ {error['cell']} gặp lỗi", markup=False)
        for line in error["source"].splitlines():
            err.print(f"    {line}", markup=False, soft_wrap=True)
        err.print(f"  {error['name']}: {error['message']}", markup=False, soft_wrap=True)
        kept = project.relative(Path(error["notebook"]))
        err.print(f"  Sổ tay dừng giữa chừng: {kept}", markup=False, soft_wrap=True)
    err.print(f"{len(failed)} báo cáo không lập được.", markup=False)
