"""Inputs and outputs of a cluster that has no shared folder: any place that fsspec reaches.

Below the address there are ``inputs/<digest>/``, one copy of the checkout's inputs for each content
that they had, and ``outputs/``, laid out as in the checkout. The file that proves a thing complete is
written last: a mark for inputs, the record for a report.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.execution.placing import NOTEBOOK, Kept, put_in_place
from helpers.execution.plan import Job
from helpers.execution.record import read_record, record_path
from helpers.execution.tracking import digest_path
from helpers.project import Project

if TYPE_CHECKING:
    from helpers.execution.order import Order

_INPUTS = ("params", "data", "notebooks", "_quarto.yml", "_language-vi.yml")
_LEFT_OUT = {"__pycache__", ".ipynb_checkpoints"}
_COMPLETE = ".complete"


class Storage:
    """A folder at an fsspec address.

    Parameters
    ----------
    address : str
        For example ``s3://bucket/reports`` or ``file:///mnt/reports``.
    """

    def __init__(self, address: str) -> None:
        from fsspec.core import url_to_fs  # type: ignore[import-untyped]

        self._files: Any
        self._files, root = url_to_fs(address)
        self._root = root.rstrip("/")

    def send_inputs(self, project: Project) -> str:
        """Copy the inputs of a checkout to the storage, unless they are there.

        Returns
        -------
        str
            Digest of the inputs' names and contents.
        """
        total = hashlib.sha256()
        files = list(_input_files(project))
        for name in files:
            total.update(f"{name}\0{digest_path(project.root / name)}\n".encode())
        digest = total.hexdigest()[:32]
        if not self._files.exists(f"{self._root}/inputs/{digest}/{_COMPLETE}"):
            for name in files:
                self._put(project.root / name, f"inputs/{digest}/{name}")
            self._files.pipe_file(f"{self._root}/inputs/{digest}/{_COMPLETE}", b"")
        return digest

    def fetch_inputs(self, digest: str, folder: Path) -> Project:
        """Give a local copy of inputs, fetched once for each folder.

        Parameters
        ----------
        digest : str
            What `send_inputs` returned.
        folder : Path
            Where copies are kept.
        """
        target = folder / digest
        if not target.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            source = f"{self._root}/inputs/{digest}"
            arriving = Path(tempfile.mkdtemp(dir=folder))
            try:
                for found in self._files.find(source):
                    self._get(found, arriving / found.partition(f"/inputs/{digest}/")[2])
                try:
                    arriving.rename(target)
                except OSError:  # another thread of this worker was faster
                    if not target.is_dir():
                        raise
            finally:
                shutil.rmtree(arriving, ignore_errors=True)
        return Project(target)

    def send_report(self, job: Job, project: Project) -> None:
        """Copy a report's files to the storage, its record last."""
        record = record_path(job, project)
        self._remove(_below_outputs(record, project))
        for path in _report_files(job, project):
            self._put(path, f"outputs/{_below_outputs(path, project)}")
        if record.is_file():
            self._put(record, f"outputs/{_below_outputs(record, project)}")

    def fetch_report(self, job: Job, project: Project) -> tuple[Kept, ...]:
        """Copy a finished report from the storage to where it belongs, its record last.

        Files get the time that the record knows them by. What a person changed here stays.
        """
        record = record_path(job, project)
        folder = f"{self._root}/outputs/{_below_outputs(record.parent, project)}"
        self._files.invalidate_cache()  # others have written there
        if not self._files.exists(f"{folder}/{record.name}"):
            return ()
        record.parent.mkdir(parents=True, exist_ok=True)
        arriving = Path(tempfile.mkdtemp(prefix=".arriving-", dir=record.parent))
        try:
            self._get(f"{folder}/{record.name}", arriving / record.name)
            known = read_record(arriving / record.name)
            if known is None:
                return ()
            kinds = {NOTEBOOK: known.notebook, **known.formats}
            for artefact in kinds.values():
                path = arriving / artefact.file
                self._get(f"{folder}/{artefact.file}", path)
                os.utime(path, ns=(artefact.changed, artefact.changed))
            return put_in_place(job, project, arriving, known, tuple(kinds))
        finally:
            shutil.rmtree(arriving, ignore_errors=True)

    def fetch_failed(self, job: Job, project: Project) -> None:
        """Copy the notebook of a run that failed, if it left one."""
        kept = job.failed_notebook(project)
        source = f"{self._root}/outputs/{_below_outputs(kept, project)}"
        self._files.invalidate_cache()
        if self._files.exists(source):
            self._get(source, kept)

    def _put(self, source: Path, name: str) -> None:
        target = f"{self._root}/{name}"
        self._files.makedirs(target.rsplit("/", 1)[0], exist_ok=True)
        self._files.put_file(str(source), target)

    def _get(self, source: str, target: Path) -> None:
        """Fetch a file under a temporary name and rename it."""
        target.parent.mkdir(parents=True, exist_ok=True)
        arriving = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            self._files.get_file(source, str(arriving))
            arriving.replace(target)
        finally:
            arriving.unlink(missing_ok=True)

    def _remove(self, name: str) -> None:
        if self._files.exists(f"{self._root}/outputs/{name}"):
            self._files.rm_file(f"{self._root}/outputs/{name}")


def store_outcome(storage: Storage, order: Order, state: str) -> None:
    """Copy what a worker made to the storage; of a failed run only the notebook that shows it."""
    job, project = order.job, order.project
    if state == "done":
        storage.send_report(job, project)
    elif job.failed_notebook(project).is_file():
        storage._put(
            job.failed_notebook(project),
            f"outputs/{_below_outputs(job.failed_notebook(project), project)}",
        )


def _input_files(project: Project) -> Iterator[str]:
    for name in _INPUTS:
        top = project.root / name
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.is_file() and not _LEFT_OUT & set(path.parts):
                yield path.relative_to(project.root).as_posix()


def _report_files(job: Job, project: Project) -> list[Path]:
    known = read_record(record_path(job, project))
    if known is None:
        return []
    names = [artefact.file for artefact in (known.notebook, *known.formats.values())]
    paths = [job.folder(project) / name for name in names]
    return [path for path in paths if path.is_file()]


def _below_outputs(path: Path, project: Project) -> str:
    return path.relative_to(project.outputs).as_posix()
