"""The report kinds of a checkout: one notebook each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from helpers.project import Project

Scope = Literal["province", "national"]


class UnknownReportError(LookupError):
    """No notebook makes this report; the message names those that exist."""


@dataclass(frozen=True)
class Report:
    """A report kind.

    Parameters
    ----------
    name : str
        The notebook's file name without its ending.
    path : Path
    scope : {"province", "national"}
        Whether there is one for each province, or one for the country.
    index : str
        Whose scores decide for which provinces and years it can be made.
    """

    name: str
    path: Path
    scope: Scope
    index: str


def reports(project: Project) -> tuple[Report, ...]:
    """Return the report kinds of a checkout, by name.

    A notebook is a report if its metadata has ``"chiso": {"scope": …, "index": …}``; others in the
    folder are left alone.

    Raises
    ------
    UnknownReportError
        If a notebook cannot be read, or states a scope that does not exist.
    """
    found = []
    for path in sorted(project.notebooks.glob("*.ipynb")):
        try:
            metadata = json.loads(path.read_text(encoding="utf-8")).get("metadata", {})
        except ValueError as error:
            raise UnknownReportError(
                f"{project.relative(path)} không phải sổ tay Jupyter hợp lệ: {error}"
            ) from error
        described = metadata.get("chiso")
        if described is None:
            continue
        scope, index = described.get("scope"), described.get("index")
        if scope not in ("province", "national") or not index:
            raise UnknownReportError(
                f"{project.relative(path)}: metadata.chiso phải có scope (province hoặc national) "
                "và index (tên chỉ số)."
            )
        found.append(Report(path.stem, path, scope, index))
    return tuple(found)


def find_report(name: str, project: Project) -> Report:
    """Return the report kind called `name`.

    Raises
    ------
    UnknownReportError
        If there is none.
    """
    known = reports(project)
    for report in known:
        if report.name == name:
            return report
    names = ", ".join(report.name for report in known)
    raise UnknownReportError(f"Không có loại báo cáo «{name}». Các loại đã có: {names}.")
