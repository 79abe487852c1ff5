"""Check a notebook's parameters before a kernel is started."""

from __future__ import annotations

from collections.abc import Mapping

from helpers.execution.report import Report

_TYPES: dict[str, type | tuple[type, ...]] = {
    "str": str,
    "int": int,
    "float": (int, float),
    "bool": bool,
}


class ParameterError(ValueError):
    """A parameter does not fit the notebook's parameters cell."""


def check_parameters(report: Report, values: Mapping[str, object]) -> None:
    """Check names and types against the cell tagged ``parameters``.

    Parameters
    ----------
    report : Report
    values : mapping
        What will be injected.

    Raises
    ------
    ParameterError
        If the notebook has no such cell, does not know a name, or annotates another type.
    """
    import papermill  # loading it takes longer than to find that nothing has to be run

    try:
        declared = papermill.inspect_notebook(str(report.path))
    except ValueError as error:  # metadata without a language
        raise ParameterError(
            f"Sổ tay {report.path.name} không ghi kernel và ngôn ngữ; hãy mở và lưu lại bằng "
            f"JupyterLab ({error})."
        ) from error
    if not declared:
        raise ParameterError(
            f"Sổ tay {report.path.name} chưa có ô mang nhãn «parameters» khai các tham số."
        )
    for name, value in values.items():
        if name not in declared:
            known = ", ".join(declared)
            raise ParameterError(
                f"Sổ tay {report.path.name} không có tham số «{name}». Các tham số: {known}."
            )
        annotated = declared[name]["inferred_type_name"]
        wanted = _TYPES.get(annotated)
        fits = wanted is None or (
            isinstance(value, wanted) and (annotated == "bool" or not isinstance(value, bool))
        )
        if not fits:
            raise ParameterError(
                f"Tham số «{name}» của sổ tay {report.path.name} phải có kiểu {annotated}, "
                f"không phải {type(value).__name__} ({value!r})."
            )
