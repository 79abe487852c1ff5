"""Headings and leads of the annexes; an annex without content does not appear."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from helpers.reports.annual.result import AnnualResult
from helpers.words.text import Text

NOTHING = Text(())


def annex(result: AnnualResult, name: str) -> Text:
    """Return the heading of an annex with its lead, or nothing if it would be empty.

    Parameters
    ----------
    result : AnnualResult
    name : str
        One of :data:`ANNEXES`.

    Raises
    ------
    KeyError
        If there is no such annex.
    """
    heading, write = _ANNEXES[name]
    body = write(result) if name in result.office.annexes else None
    if body is None:
        return NOTHING
    return Text((f"## {heading} {{.appendix}}", *body.paragraphs))


def _losses(result: AnnualResult) -> Text | None:
    scored = [result.part(key) for key in ("par_index", "dti")]
    quality = result.part("service_quality")
    if not any(part is not None and part.losses for part in scored) and quality is None:
        return None
    return NOTHING


def _documents(result: AnnualResult) -> Text | None:
    part = result.part("work_plan")
    return None if part is None or not part.documents else NOTHING


def _details(result: AnnualResult) -> Text | None:
    dossiers, poverty, plan = (result.part(key) for key in ("procedures", "poverty", "work_plan"))
    some = (
        (dossiers is not None and dossiers.has_form)
        or (poverty is not None and len(poverty.units))
        or (plan is not None and plan.tasks)
    )
    return NOTHING if some else None


_ANNEXES: Mapping[str, tuple[str, Callable[[AnnualResult], Text | None]]] = {
    "diem-mat": ("Điểm còn thiếu theo tiêu chí", _losses),
    "so-lieu": ("Số liệu theo lĩnh vực, địa bàn và nhiệm vụ", _details),
    "van-ban": ("Văn bản chỉ đạo, điều hành", _documents),
}
"""Annexes by the names under which an office turns them on (``annexes`` of its settings)."""
ANNEXES = tuple(_ANNEXES)
"""In the order of the document."""
