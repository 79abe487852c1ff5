"""What is to be made: one job a report, province and year."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from helpers.execution.report import Report
from helpers.project import Project

NATIONAL = "ca-nuoc"
"""Folder of the reports on the whole country."""


def report_paths(folder: Path, pattern: str) -> list[Path]:
    """Return the files of reports, in ``<year>/<province>/`` and ``<year>/<province>/<office>/``.

    Parameters
    ----------
    folder : Path
        ``outputs/reports``, or a copy of it.
    pattern : str
        Of the file's name: ``*.record.json``.
    """
    found = (path for depth in ("*/*", "*/*/*") for path in folder.glob(f"{depth}/{pattern}"))
    return sorted(
        path
        for path in found
        if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


@dataclass(frozen=True)
class Job:
    """One report for one unit and year.

    Parameters
    ----------
    report : Report
    year : int
        Year measured.
    unit : str
        Slug of the province, or :data:`NATIONAL`.
    office : str
        Slug of an office of the province whose report it is; empty for the province's own.
    """

    report: Report
    year: int
    unit: str
    office: str = ""

    @property
    def parameters(self) -> dict[str, str | int]:
        """Values for the notebook's parameters cell."""
        if self.report.scope == "national":
            return {"year": self.year}
        found: dict[str, str | int] = {"province": self.unit, "year": self.year}
        # A notebook without this parameter is one of the province alone.
        return {**found, "office": self.office} if self.office else found

    @property
    def name(self) -> str:
        """How messages call the job."""
        return f"{self.report.name} · {self.whose} · {self.year}"

    @property
    def whose(self) -> str:
        """Folder of the unit below its year: ``ha-tinh``, ``ha-tinh/so-y-te``."""
        return f"{self.unit}/{self.office}" if self.office else self.unit

    def folder(self, project: Project) -> Path:
        """Return where the report and its formats lie."""
        return project.outputs / "reports" / str(self.year) / self.whose

    def notebook(self, project: Project) -> Path:
        """Return the executed notebook, the artefact of record."""
        return self.folder(project) / f"{self.report.name}.ipynb"

    def failed_notebook(self, project: Project) -> Path:
        """Return where a run that failed leaves its cells and its error."""
        return self.folder(project) / f"{self.report.name}.failed.ipynb"
