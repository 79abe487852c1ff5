"""Run notebooks: plan, compare with what is there, run in fresh processes, keep records.

``batch`` plans and runs many jobs; ``work`` is what each process does; ``run`` runs one job with an
ordinary kernel. They are imported when they are needed, as loading Jupyter takes its time.
"""

from helpers.execution.parameters import ParameterError, check_parameters
from helpers.execution.plan import NATIONAL, Job
from helpers.execution.report import Report, UnknownReportError, find_report, reports

__all__ = [
    "NATIONAL",
    "Job",
    "ParameterError",
    "Report",
    "UnknownReportError",
    "check_parameters",
    "find_report",
    "reports",
]
