"""Records that were read, and keeping them as Parquet below the cache."""

from __future__ import annotations

import contextlib
import hashlib
import json
import secrets
import shutil
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from uuid import uuid4

import polars as pl

from helpers.definitions.forms import EntryForms, RecordForm
from helpers.inputs.atomic import write_new
from helpers.inputs.office import RecordFile
from helpers.inputs.problems import Problem
from helpers.project import Project

_VERSION = "4"
"""Raised when the same file would be read otherwise than before."""

_KEY = ".key"
_CODE_LENGTH = 16
_FRAME, _NOTES = "records.parquet", "records.json"


@dataclass(frozen=True)
class Records:
    """A record file that passed its checks.

    Parameters
    ----------
    frame : polars.DataFrame
        Columns by code of the form, typed by kind: ``count`` and ``year`` Int64, ``number``,
        ``percent`` and ``points`` Float64, ``date`` Date, ``flag`` Boolean, the others String. Only
        what was delivered: a column that the file does not have, or has without any value, is not
        there, and null is a value that is not known. Private columns are left out, except codes
        that name a record: those are replaced by a digest, so that records can still be joined.
    origin : str
        Where the records were delivered, for traces.
    problems : tuple of Problem
        Warnings and notes.
    assumed : mapping of str to int
        Column → rows that leave it empty and were read as the source of the form says.
    """

    frame: pl.DataFrame
    origin: str
    problems: tuple[Problem, ...] = ()
    assumed: Mapping[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many records there are."""
        return self.frame.height


def digest_of(
    path: Path,
    form: RecordForm,
    own: RecordFile,
    units: tuple[str, ...],
    year: int,
    forms: EntryForms,
) -> str:
    """Return a digest of everything that decides what is read: file, form, mapping, units, year."""
    codes = sorted(code for one in forms.records for code in one.unique)
    with path.open("rb") as stream:
        bytes_of_file = hashlib.file_digest(stream, "sha256").hexdigest()
    said = json.dumps(
        [
            _VERSION,
            bytes_of_file,
            path.name,
            form.model_dump(),
            own.model_dump(),
            units,
            year,
            codes,
        ],
        ensure_ascii=False,
        sort_keys=True,
    )
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def from_cache(place: Path) -> Records | None:
    """Return what was kept, or None if nothing was, or if it is damaged: then it is made anew."""
    try:
        notes = json.loads((place / _NOTES).read_text(encoding="utf-8"))
        frame = pl.read_parquet(place / _FRAME)
        return Records(
            frame,
            notes["origin"],
            tuple(Problem(**problem) for problem in notes["problems"]),
            dict(notes["assumed"]),
        )
    except (OSError, ValueError, KeyError, TypeError, pl.exceptions.PolarsError):
        return None


def to_cache(records: Records, place: Path) -> None:
    """Keep records; whole or not at all, and instead of what was kept of an earlier file."""
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.parent / f".{place.name}-{uuid4().hex}"
    # Records of persons are for who keeps them: the folder is closed before anything is in it.
    beside.mkdir(mode=0o700)
    for name in (_FRAME, _NOTES):
        (beside / name).touch(mode=0o600)
    records.frame.write_parquet(beside / _FRAME)
    notes = {
        "origin": records.origin,
        "problems": [asdict(problem) for problem in records.problems],
        "assumed": dict(records.assumed),
    }
    (beside / _NOTES).write_text(json.dumps(notes, ensure_ascii=False), encoding="utf-8")
    for old in place.parent.iterdir():
        if not old.name.startswith("."):
            shutil.rmtree(old, ignore_errors=True)
    try:
        beside.rename(place)
    except OSError:
        # Another process kept the same at the same time.
        shutil.rmtree(beside)


def secret(project: Project) -> bytes:
    """Return the key of this checkout's digests: made once, readable by its owner, never delivered."""
    path = project.cache / "records" / _KEY
    if not path.is_file():
        with contextlib.suppress(FileExistsError):  # another process made one at the same time
            write_new(path, secrets.token_bytes(_CODE_LENGTH), mode=0o600)
    return path.read_bytes()


def with_digests(records: Records, codes: Collection[str], key: bytes) -> Records:
    """Replace codes of records by a keyed digest: they still join and count, and name nobody.

    Without the key nobody can find the digest of a code by trying all codes. Digests are not the same
    in two checkouts, so nothing may be printed from them or sorted by them.
    """
    frame = records.frame
    for code in sorted(set(codes) & set(frame.columns)):
        different = frame.get_column(code).unique(maintain_order=True).drop_nulls()
        digests = [
            hashlib.blake2b(text.encode(), digest_size=_CODE_LENGTH, key=key).hexdigest()
            for text in different
        ]
        frame = frame.with_columns(
            pl.col(code).replace_strict(
                different, pl.Series(digests, dtype=pl.String), default=None
            )
        )
    return replace(records, frame=frame)
