"""Which provinces and years each report kind has data for, remembered as long as nothing changed.

To answer, an analysis reads every delivery and every published table, and imports the libraries for
that: most of the time of a run in which nothing is to be made.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from helpers.inputs.atomic import write_atomically
from helpers.inputs.delivery import Delivery
from helpers.keys import module_of
from helpers.project import Project

Units = dict[int, tuple[str, ...]]
"""Slugs by year."""

FILE = "available.json"
_PACKAGE = Path(__file__).resolve().parents[1]


class _Kept(BaseModel):
    """Answers, and the state of the files that they were given for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    state: str
    units: dict[str, Units]
    offices: dict[str, tuple[Delivery, ...]] = {}


class Availability:
    """Answers for one run; a state of the files is looked at once.

    Parameters
    ----------
    project : Project
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._path = project.cache / FILE
        self._state = _state(project)
        kept = self._remembered()
        self._units, self._offices = dict(kept.units), dict(kept.offices)

    def of(self, index: str, *, national: bool = False) -> Units:
        """Return who has data for an index, by year.

        Parameters
        ----------
        index : str
            Key of an index or of a joined report.
        national : bool
            Only those whose data a report of the whole country is made of: what an office delivered
            of itself makes none.

        Raises
        ------
        helpers.inputs.problems.InputError, helpers.definitions.DefinitionError
            If a published table or a definition is broken; nothing is remembered then.
        """
        key = f"{index}, cả nước" if national else index
        if key not in self._units:
            module = module_of(index)
            ask = getattr(module, "available_national", None) if national else None
            # Where only published figures make anything available, they make the country too.
            self._units[key] = (ask or module.available)(self._project)
            self._remember()
        return self._units[key]

    def offices(self, index: str) -> tuple[Delivery, ...]:
        """Return the offices that delivered anything about an index, by year and province.

        Raises
        ------
        helpers.inputs.problems.InputError, helpers.definitions.DefinitionError
            As :meth:`of`.
        """
        if index not in self._offices:
            # What is of the province alone, such as PAPI, has no deliveries.
            ask = getattr(module_of(index), "deliveries", None)
            found = () if ask is None else ask(self._project)
            self._offices[index] = tuple(one for one in found if one.office)
            self._remember()
        return self._offices[index]

    def _remembered(self) -> _Kept:
        try:
            kept = _Kept.model_validate_json(self._path.read_bytes())
        except (OSError, ValidationError):
            # None yet, or not one of ours: the question is asked again.
            return _Kept(state="", units={})
        return kept if kept.state == self._state else _Kept(state="", units={})

    def _remember(self) -> None:
        kept = _Kept(state=self._state, units=self._units, offices=self._offices)
        # Somebody who may only read the checkout may still ask what a run would do.
        with contextlib.suppress(PermissionError):
            write_atomically(self._path, kept.model_dump_json(indent=1).encode())


def _state(project: Project) -> str:
    """Return a digest of what an answer can depend on: data, definitions, settings and code."""
    digest = hashlib.sha256()
    for folder in (project.root / "params", project.root / "data", _PACKAGE):
        digest.update(f"{folder}\n".encode())
        for line in sorted(_stamps(folder)):
            digest.update(line.encode(errors="surrogateescape"))
    return digest.hexdigest()


def _stamps(folder: Path) -> Iterator[str]:
    for place, folders, files in os.walk(folder, followlinks=True):
        folders[:] = [name for name in folders if name != "__pycache__"]
        # A folder without files is a delivery, too.
        yield f"{place}\n"
        for name in files:
            path = os.path.join(place, name)  # noqa: PTH118 - thousands of files, a Path each is slow
            try:
                status = os.stat(path)  # noqa: PTH116
            except FileNotFoundError:
                continue  # a link to nothing, or a file that went in this moment
            yield f"{path}\t{status.st_size}\t{status.st_mtime_ns}\t{status.st_ctime_ns}\n"
