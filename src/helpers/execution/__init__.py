"""Run notebooks: plan, check parameters, execute with papermill, stamp what varies."""

from helpers.execution.parameters import ParameterError, check_parameters
from helpers.execution.plan import NATIONAL, Job
from helpers.execution.report import Report, UnknownReportError, find_report, reports
from helpers.execution.run import CellError, execute
from helpers.execution.stamp import stamp

__all__ = [
    "NATIONAL",
    "CellError",
    "Job",
    "ParameterError",
    "Report",
    "UnknownReportError",
    "check_parameters",
    "execute",
    "find_report",
    "reports",
    "stamp",
]
