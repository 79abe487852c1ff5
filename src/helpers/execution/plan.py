"""What is to be made: one job a report, province and year."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from helpers.execution.report import Report
from helpers.project import Project

NATIONAL = "ca-nuoc"
"""Folder of the reports on the whole country."""


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
    """

    report: Report
    year: int
    unit: str

    @property
    def parameters(self) -> dict[str, str | int]:
        """Values for the notebook's parameters cell."""
        if self.report.scope == "national":
            return {"year": self.year}
        return {"province": self.unit, "year": self.year}

    @property
    def name(self) -> str:
        """How messages call the job."""
        return f"{self.report.name} · {self.unit} · {self.year}"

    def folder(self, project: Project) -> Path:
        """Return where the report and its formats lie."""
        return project.outputs / "reports" / str(self.year) / self.unit

    def notebook(self, project: Project) -> Path:
        """Return the executed notebook, the artefact of record."""
        return self.folder(project) / f"{self.report.name}.ipynb"

    def failed_notebook(self, project: Project) -> Path:
        """Return where a run that failed leaves its cells and its error."""
        return self.folder(project) / f"{self.report.name}.failed.ipynb"
