"""What one process is asked to do; plain values only, so that it can be sent anywhere."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from helpers.execution.plan import Job
from helpers.execution.report import Report, Scope
from helpers.project import Project

RESULT = "result.json"
"""What a process leaves in its working folder: what came of the order."""


@dataclass(frozen=True)
class Order:
    """What one process is to do; plain values only, so that it can be sent anywhere.

    Parameters
    ----------
    root : str
        The checkout.
    outputs : str
        Where finished files go.
    report, scope, index : str
        The report kind (see :class:`helpers.execution.report.Report`).
    unit : str
    year : int
    formats : list of str
        Formats to publish.
    made_with : dict
        For each of these formats, how it is made (see :class:`helpers.execution.record.Artefact`).
    engine : str
        The publishing engine.
    run : bool
        Whether to run the notebook; otherwise the executed one that is there is published.
    folder : str
        Working folder, empty or not yet there.
    memory : int
        Most bytes that the cells may take; 0 for no limit.
    timeout : float
        Most seconds; 0 for no limit. Kept by the one who gives the order.
    commit : str
        For the record.
    publisher : str
        ``module:function`` that publishes; this room comes before publishing and does not know it.
    """

    root: str
    outputs: str
    report: str
    scope: Scope
    index: str
    unit: str
    office: str
    year: int
    formats: list[str]
    made_with: dict[str, dict[str, str]]
    engine: str
    run: bool
    folder: str
    memory: int
    timeout: float
    commit: str
    publisher: str

    @property
    def project(self) -> Project:
        """The checkout."""
        return Project(Path(self.root), Path(self.outputs))

    @property
    def job(self) -> Job:
        """The job that the order carries out."""
        path = self.project.notebooks / f"{self.report}.ipynb"
        return Job(
            Report(self.report, path, self.scope, self.index), self.year, self.unit, self.office
        )

    def values(self) -> dict[str, Any]:
        """Return the fields, to be sent to another process."""
        return asdict(self)
