"""What a report was made from, kept beside it, and whether that still holds."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from helpers.execution.plan import Job
from helpers.execution.tracking import digest_input, digest_path
from helpers.project import Project

VERSION = 1
"""Of the record's own shape; a record of another shape counts as none."""

_UNFINISHED = "unfinished"

# Rooms that run and publish notebooks: they change how, not what. What they do change is named below.
_ROOMS_AROUND = ("helpers.execution", "helpers.publishing", "helpers.cli")
_PACKAGE = Path(__file__).resolve().parents[1]
_ALWAYS = tuple(
    f"helpers.execution.{name}"
    for name in ("inline", "inline_text", "stamp", "shown", "frames", "html_text", "pictures")
)


@dataclass(frozen=True)
class Artefact:
    """A file of a report.

    Parameters
    ----------
    file : str
        Its name, beside the record.
    digest : str
        SHA-256 of its bytes.
    size, changed : int
        Bytes, and time of the last change in nanoseconds: together a quick proof that the file is the
        one recorded. A copy has another time; its digest proves it then.
    made_with : dict
        For a published format the engine and what it used: source digest and versions.
    """

    file: str
    digest: str
    size: int
    changed: int
    made_with: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, path: Path, made_with: dict[str, str] | None = None) -> Artefact:
        """Describe a finished file."""
        status = path.stat()
        return cls(
            path.name,
            digest_path(path),
            status.st_size,
            status.st_mtime_ns,
            made_with or {},
        )

    def is_there(self, folder: Path) -> bool:
        """Whether the file stands in `folder` as it was recorded.

        A file with the recorded bytes and another time was copied, unpacked or checked out. It gets
        the recorded time, so that it need not be read again.
        """
        try:
            with (folder / self.file).open("rb") as file:
                status = os.fstat(file.fileno())
                if status.st_size != self.size:
                    return False
                if status.st_mtime_ns == self.changed:
                    return True
                if hashlib.file_digest(file, "sha256").hexdigest() != self.digest:
                    return False
                # Whoever may only read it finds it all the same, by its digest again.
                with contextlib.suppress(OSError):
                    os.utime(file.fileno(), ns=(status.st_atime_ns, self.changed))
                return True
        except OSError:
            return False


@dataclass(frozen=True)
class Record:
    """The fingerprint of an executed notebook, and the files made from it.

    Parameters
    ----------
    report, unit : str
    office : str
        Slug of the office whose report it is; empty for a province's own.
    year : int
    parameters : dict
    template : str
        Digest of what counts of the notebook that was run (`tracking.digest_notebook`).
    inputs, helpers, versions : dict
        Digests of the files read, by their path in the checkout, and of the modules imported, by their
        path in the package; versions of the libraries.
    notebook : Artefact
    formats : dict of str to Artefact
    front_matter : dict
        Title and so on, as stamped into the notebook.
    times : dict of str to float
        Seconds by step.
    commit : str
        Of the checkout, with ``+`` if it held changes; empty if unknown.
    kept : dict of str to str
        Files of this report that a person has changed and that were therefore left, by name; with the
        digest of what was made under that name, empty if nobody knows.
    """

    report: str
    unit: str
    year: int
    parameters: dict[str, str | int]
    template: str
    inputs: dict[str, str]
    helpers: dict[str, str]
    versions: dict[str, str]
    notebook: Artefact
    formats: dict[str, Artefact]
    front_matter: dict[str, Any]
    times: dict[str, float]
    commit: str
    kept: dict[str, str] = field(default_factory=dict)
    office: str = ""
    version: int = VERSION

    def write(self, path: Path) -> None:
        """Write the record under a temporary name and rename it."""
        _write(path, asdict(self))

    def fits(self, name: str) -> bool:
        """Whether a format was made from the notebook of this record, and not from an earlier one."""
        artefact = self.formats.get(name)
        return artefact is not None and artefact.made_with.get("notebook") == self.notebook.digest


def write_unfinished(path: Path, digests: Iterable[str]) -> None:
    """Put a note in the place of a record while files are being replaced.

    It is no record: whoever reads it makes the report again. But it tells the files that were made
    here from those that a person changed (see `made_before`), also after the process was killed.

    Parameters
    ----------
    path : Path
        Of the record.
    digests : iterable of str
        Of the files that were there and of those that are coming.
    """
    _write(path, {"version": VERSION, _UNFINISHED: sorted(set(digests))})


def made_before(path: Path) -> frozenset[str]:
    """Return the digests of files that were made for a report, as its record has them.

    A record of another shape, or of a run that was killed, is good enough for that.

    Parameters
    ----------
    path : Path
        Of the record.
    """
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return frozenset()
    return frozenset(_digests_in(values))


def _digests_in(values: Any) -> Iterator[str]:
    if not isinstance(values, dict):
        return
    formats, kept, unfinished = (values.get(key) for key in ("formats", "kept", _UNFINISHED))
    artefacts = [values.get("notebook"), *(formats.values() if isinstance(formats, dict) else ())]
    found = [artefact.get("digest") for artefact in artefacts if isinstance(artefact, dict)]
    found += kept.values() if isinstance(kept, dict) else ()
    found += unfinished if isinstance(unfinished, list) else ()
    yield from (digest for digest in found if isinstance(digest, str) and digest)


def _write(path: Path, values: dict[str, Any]) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        text = json.dumps(values, ensure_ascii=False, indent=1) + "\n"
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def record_path(job: Job, project: Project) -> Path:
    """Return where a job's record lies."""
    return job.folder(project) / f"{job.report.name}.record.json"


def read_record(path: Path) -> Record | None:
    """Read a record; None if there is none, or it is damaged or of another shape."""
    try:
        values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if values.get("version") != VERSION:
            return None
        formats = {name: Artefact(**value) for name, value in values.pop("formats").items()}
        return Record(**{**values, "notebook": Artefact(**values["notebook"]), "formats": formats})
    except (OSError, ValueError, TypeError, KeyError):
        return None


class Digests:
    """Digests of files, each read once in a run.

    Parameters
    ----------
    root : Path
        The checkout.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: dict[Path, str] = {}

    def of(self, name: str) -> str:
        """Return the digest of the file or folder called `name` in the checkout."""
        return self._of(self._root / name)

    def of_helper(self, name: str) -> str:
        """Return the digest of the module file called `name` in the installed package."""
        return self._of(_PACKAGE.parent / name)

    def _of(self, path: Path) -> str:
        if path not in self._known:
            self._known[path] = digest_input(path)
        return self._known[path]


def why_run(record: Record | None, job: Job, project: Project, digests: Digests) -> list[str]:
    """Say why a notebook has to be run again.

    Parameters
    ----------
    record : Record or None
    job : Job
    project : Project
    digests : Digests
        Of the run, so that no file is read twice.

    Returns
    -------
    list of str
        Vietnamese reasons; empty if the executed notebook still holds.
    """
    if record is None:
        return ["chưa có"]
    reasons = []
    if record.parameters != job.parameters:
        reasons.append("tham số thay đổi")
    template = project.relative(job.report.path)
    if record.template != digests.of(template):
        reasons.append("sổ tay thay đổi")
    reasons += [
        f"số liệu thay đổi: {name}"
        for name, digest in record.inputs.items()
        if name != template and digests.of(name) != digest
    ]
    reasons += [
        f"mã nguồn thay đổi: {name}"
        for name, digest in record.helpers.items()
        if digests.of_helper(name) != digest
    ]
    current = library_versions()
    reasons += [
        f"thư viện thay đổi: {name} {old} → {current.get(name, 'không còn')}"
        for name, old in record.versions.items()
        if current.get(name) != old
    ]
    if not record.notebook.is_there(job.folder(project)):
        reasons.append("sổ tay đã chạy bị mất hoặc bị sửa")
    return reasons


def why_publish(
    record: Record, job: Job, project: Project, name: str, made_with: dict[str, str]
) -> str:
    """Say why a format has to be published again; empty if it still holds."""
    artefact = record.formats.get(name)
    if artefact is None:
        return f"chưa có {name}"
    if not record.fits(name):
        return f"{name} lập từ sổ tay cũ"
    if {k: v for k, v in artefact.made_with.items() if k != "notebook"} != made_with:
        return f"cách xuất {name} thay đổi"
    if not artefact.is_there(job.folder(project)):
        return f"tệp {name} bị mất hoặc bị sửa"
    return ""


def helper_digests() -> dict[str, str]:
    """Return the digests of the helpers' modules that this process has imported.

    A module's file is read once: a parent that asks before it forks passes on what its children run,
    also if somebody edits the file in the meantime.
    """
    found = {}
    for name, module in sorted(sys.modules.items()):
        path = getattr(module, "__file__", None)
        if not name.startswith("helpers") or path is None:
            continue
        if name.startswith(_ROOMS_AROUND) and name not in _ALWAYS:
            continue
        found[Path(path).relative_to(_PACKAGE.parent).as_posix()] = _digest_once(Path(path))
    return found


@cache
def _digest_once(path: Path) -> str:
    return digest_path(path)


@cache
def library_versions() -> dict[str, str]:
    """Return the versions of Python and of the libraries the project depends on."""
    names = _requirements(metadata.requires("chiso") or ())
    found = {"python": platform.python_version()}
    for name in names:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def _requirements(lines: Iterable[str]) -> list[str]:
    plain = [line for line in lines if "extra ==" not in line]
    return sorted(line.split(">")[0].split("<")[0].split("=")[0].strip() for line in plain)


def commit_of(project: Project) -> str:
    """Return the checkout's commit, with ``+`` if files differ from it; empty outside a checkout."""
    try:
        described = subprocess.run(
            ["git", "describe", "--always", "--abbrev=12", "--dirty=+", "--exclude=*"],
            cwd=project.root,
            capture_output=True,
            encoding="utf-8",
            check=True,
            timeout=10,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return described.stdout.strip()
