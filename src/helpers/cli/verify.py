"""Make reports again in a scratch place and compare them with those that are there."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from helpers.cli.choose import NothingToDoError, plan
from helpers.execution import Job
from helpers.execution.batch import Settings, plan_tasks, run_batch
from helpers.execution.placing import NOTEBOOK
from helpers.execution.record import Record, read_record, record_path
from helpers.project import Project
from helpers.publishing.fingerprint import fingerprint


@dataclass(frozen=True)
class Checked:
    """What a verification found.

    Parameters
    ----------
    reports, files : int
        How many were compared.
    differences : tuple of (str, str)
        File and where it first differs.
    """

    reports: int
    files: int
    differences: tuple[tuple[str, str], ...]


def verify(
    project: Project,
    names: list[str] | None,
    provinces: list[str] | None,
    offices: list[str] | None,
    year: int | None,
    sample: int,
    workers: int,
) -> Checked:
    """Make a sample of the built reports again and compare byte for byte.

    Parameters
    ----------
    project : Project
    names, provinces, offices, year
        What to choose from, as for ``chiso run``.
    sample : int
        How many reports; 0 for all. The choice depends on nothing but the list.
    workers : int

    Returns
    -------
    Checked

    Raises
    ------
    NothingToDoError
        If none of these reports has been built.
    """
    built = [
        (job, record)
        for job in plan(project, names, provinces, year, offices).jobs
        if (record := read_record(record_path(job, project))) is not None
    ]
    if not built:
        raise NothingToDoError(
            "Chưa có báo cáo nào trong phạm vi này để kiểm tra; hãy chạy: chiso run"
        )
    if sample and sample < len(built):
        chosen = random.Random(len(built)).sample(range(len(built)), sample)  # noqa: S311
        built = [built[place] for place in sorted(chosen)]
    files = 0
    differences: list[tuple[str, str]] = []
    with tempfile.TemporaryDirectory(prefix="chiso-verify-") as folder:
        scratch = replace(project, outputs_at=Path(folder))
        for wanted in {(_engine(r), tuple(sorted(r.formats))) for _, r in built}:
            same = [(j, r) for j, r in built if (_engine(r), tuple(sorted(r.formats))) == wanted]
            again = _make(same, *wanted, scratch, workers)
            for job, record in same:
                for kind, artefact in {NOTEBOOK: record.notebook, **record.formats}.items():
                    files += 1
                    old = job.folder(project) / artefact.file
                    # Beside a person's file the new one has another name; here nobody was.
                    new = job.folder(scratch) / f"{job.report.name}.{kind}"
                    found = again.get(job) or first_difference(old, new)
                    if found and old.is_file() and not artefact.is_there(old.parent):
                        found = f"{found}; tệp đã bị sửa sau khi lập"
                    elif found and kind in record.formats and not record.fits(kind):
                        found = f"{found}; tệp lập từ sổ tay cũ"
                    if found:
                        differences.append((project.relative(old), found))
    return Checked(len(built), files, tuple(differences))


def _engine(record: Record) -> str:
    return next((a.made_with["engine"] for a in record.formats.values()), "pandoc")


def _make(
    built: Sequence[tuple[Job, Record]],
    engine: str,
    formats: tuple[str, ...],
    scratch: Project,
    workers: int,
) -> dict[Job, str]:
    """Make the reports in the scratch place; return what went wrong, by job."""
    settings = Settings(
        formats=formats,
        engine=engine,
        publisher="helpers.publishing:publish",
        made_with=fingerprint(engine, formats, scratch),
        modules=("helpers.publishing.pandoc",),
        workers=workers,
    )
    tasks = plan_tasks([job for job, _ in built], settings, scratch)
    return {
        outcome.job: f"không lập lại được: {outcome.error['message']}"
        for outcome in run_batch(tasks, settings, scratch)
        if outcome.state == "failed"
    }


def first_difference(old: Path, new: Path) -> str:
    """Say where two files first differ; empty if they are the same.

    Of notebooks the cell is named, of other files the byte.
    """
    if not old.is_file():
        return "tệp đã có bị mất"
    if not new.is_file():
        return "lần lập lại không tạo ra tệp này"
    before, after = old.read_bytes(), new.read_bytes()
    if before == after:
        return ""
    if old.suffix == ".ipynb":
        cells = zip(json.loads(before)["cells"], json.loads(after)["cells"], strict=False)
        for number, (one, other) in enumerate(cells, start=1):
            if one != other:
                parts = [key for key in one if one.get(key) != other.get(key)]
                return f"ô thứ {number} khác ở {', '.join(parts)}"
    place = next(
        (i for i, (x, y) in enumerate(zip(before, after, strict=False)) if x != y),
        min(len(before), len(after)),
    )
    return f"khác từ byte thứ {place + 1} (dài {len(before)} và {len(after)} byte)"
