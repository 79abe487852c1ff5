"""Putting finished files where they belong, and leaving alone what a person has changed.

What was made here is known by its digest. A file with another content was changed by a person, or
comes from nobody knows where: it is never overwritten. A Word file is for working in, so it keeps its
name and the new one goes beside it. A page, a PDF and a notebook are what others link to and publish,
so the new one takes the name and the changed one is kept beside it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from helpers.execution.plan import Job
from helpers.execution.record import (
    Artefact,
    Record,
    made_before,
    read_record,
    record_path,
    write_unfinished,
)
from helpers.execution.tracking import digest_path
from helpers.project import Project

NOTEBOOK = "ipynb"
WORKED_IN = ("docx",)
"""Formats that people go on working in."""

NEW, CHANGED = "moi", "da-sua"
"""In the name of a new file beside a person's, and of a person's file beside a new one."""


@dataclass(frozen=True)
class Kept:
    """A file that a person has changed, and what was made beside it.

    Parameters
    ----------
    file : str
        Name of the person's file, as it is called now.
    new : str
        Name of the file that was made.
    """

    file: str
    new: str


def put_in_place(
    job: Job, project: Project, folder: Path, record: Record, kinds: tuple[str, ...]
) -> tuple[Kept, ...]:
    """Rename finished files to where they belong and write the record, last.

    Until then there is no whole record, so that a report whose process is killed is made again.

    Parameters
    ----------
    job : Job
    project : Project
    folder : Path
        Where the files are, on the same disk, with the names that the record has for them.
    record : Record
    kinds : tuple of str
        Which files to put in place: ``ipynb`` for the notebook, and formats. The others of the record
        are there already.

    Returns
    -------
    tuple of Kept
        What a person had changed.
    """
    target, beside = job.folder(project), record_path(job, project)
    target.mkdir(parents=True, exist_ok=True)
    earlier = read_record(beside)
    place = _Place(job.report.name, target, folder, earlier, made_before(beside))
    artefacts = {NOTEBOOK: record.notebook, **record.formats}
    write_unfinished(beside, {*place.ours, *(one.digest for one in artefacts.values())})
    for kind in kinds:
        artefacts[kind] = place.put(kind, artefacts[kind])
    place.remove_replaced(artefacts)
    notebook = artefacts.pop(NOTEBOOK)
    replace(record, notebook=notebook, formats=artefacts, kept=place.changed()).write(beside)
    job.failed_notebook(project).unlink(missing_ok=True)
    return tuple(place.kept)


class _Place:
    """The folder of a report, with what is known of the files in it."""

    def __init__(
        self, name: str, target: Path, folder: Path, earlier: Record | None, ours: frozenset[str]
    ) -> None:
        self.ours = ours
        self.kept: list[Kept] = []
        self._name = name
        self._target = target
        self._folder = folder
        self._known: dict[str, str] = {}
        self._written: set[str] = set()
        if earlier is not None:
            made = [earlier.notebook, *earlier.formats.values()]
            self._known = {**earlier.kept, **{one.file: one.digest for one in made}}

    def put(self, kind: str, artefact: Artefact) -> Artefact:
        """Put a file into the folder; return it with the name that it got."""
        source = self._folder / artefact.file
        usual = f"{self._name}.{kind}"
        if kind in WORKED_IN:
            name = self._put_beside(source, usual, artefact.digest)
        else:
            name = self._put_first(source, usual, artefact.digest)
        return replace(artefact, file=name)

    def _put_beside(self, source: Path, usual: str, digest: str) -> str:
        """Take the first name that no person's file has, and no file that is open."""
        for name in _names(usual, NEW):
            if not self._is_free(name, digest) or is_open(self._target / name):
                continue
            try:
                source.replace(self._target / name)
            except PermissionError:
                # Some systems do not let go of a file that is open.
                if not (self._target / name).exists() or not os.access(self._target, os.W_OK):
                    raise
                continue
            if name != usual:
                self.kept.append(Kept(usual, name))
            return name
        raise AssertionError("names do not end")

    def _put_first(self, source: Path, usual: str, digest: str) -> str:
        """Take the usual name; a person's file that has it is renamed."""
        if not self._is_free(usual, digest):
            aside = next(n for n in _names(usual, CHANGED, 1) if not (self._target / n).exists())
            (self._target / usual).rename(self._target / aside)
            self._known[aside] = self._known.get(usual, "")
            self.kept.append(Kept(aside, usual))
        source.replace(self._target / usual)
        return usual

    def _is_free(self, name: str, coming: str) -> bool:
        """Tell whether nothing would be lost under a name."""
        path = self._target / name
        if not path.exists() or path.stat().st_size == 0:
            return True
        return digest_path(path) in {*self.ours, coming}

    def remove_replaced(self, artefacts: Mapping[str, Artefact]) -> None:
        """Remove Word files made earlier under another name than the new one got."""
        self._written = {artefact.file for artefact in artefacts.values()}
        for name in set(self._known) - self._written:
            path = self._target / name
            beside = any(name.endswith(f".{kind}") for kind in WORKED_IN)
            if beside and not is_open(path) and digest_path(path) in self.ours:
                path.unlink()

    def changed(self) -> dict[str, str]:
        """Return what is in the folder of this report and was not made now."""
        known = {**dict.fromkeys((kept.file for kept in self.kept), ""), **self._known}
        return {
            name: digest
            for name, digest in sorted(known.items())
            if name not in self._written and (self._target / name).is_file()
        }


def _names(usual: str, word: str, first: int = 0) -> Iterator[str]:
    """Yield a file's usual name, then names with a word and a number, without end."""
    stem, _, ending = usual.rpartition(".")
    for number in count(first):
        if number == 0:
            yield usual
        else:
            yield f"{stem}.{word}{'' if number == 1 else f'-{number}'}.{ending}"


def is_open(path: Path) -> bool:
    """Tell whether Word or LibreOffice says that it has a file open: by a file of its own beside it."""
    name = path.name
    marks = (f".~lock.{name}#", f"~${name}", f"~${name[1:]}", f"~${name[2:]}")
    return any(path.with_name(mark).exists() for mark in marks)


def is_kept(path: Path) -> bool:
    """Tell from its name whether a file is a person's version that was laid beside a new one."""
    word = path.stem.rpartition(".")[2]
    return word == CHANGED or word.startswith(f"{CHANGED}-")
