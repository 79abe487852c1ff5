"""Headings and leads of the annexes; an annex without content does not appear."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from helpers.keys import module_of
from helpers.reports.annual.result import AnnualResult
from helpers.reports.annual.text_weak import own_measures, proposals
from helpers.reports.annual.text_words import without_references
from helpers.words.say import Result, say
from helpers.words.text import Text, paragraphs

NOTHING = Text(())

_NAMES: Mapping[str, str] = {
    "par_index": "Cải cách hành chính (PAR INDEX)",
    "sipas": "Sự hài lòng của người dân, tổ chức (SIPAS)",
    "papi_office": "Quản trị và hành chính công (PAPI)",
    "service_quality": "Chất lượng phục vụ (Bộ chỉ số 766)",
    "procedures": "Giải quyết thủ tục hành chính",
    "dti": "Chuyển đổi số (DTI)",
    "poverty": "Giảm nghèo",
    "work_plan": "Kế hoạch công tác",
}


def annex(result: AnnualResult, name: str) -> Text:
    """Return the heading of an annex with its lead, or nothing if it would be empty.

    Parameters
    ----------
    result : AnnualResult
    name : str
        ``losses``, ``documents``, ``measures``, ``figures``, ``discrepancies`` or ``missing``.

    Raises
    ------
    KeyError
        If there is no such annex.
    """
    heading, write = _ANNEXES[name]
    body = write(result)
    if body is None:
        return NOTHING
    return Text((f"## {heading} {{.appendix}}", *body.paragraphs))


def _losses(result: AnnualResult) -> Text | None:
    scored = [result.part(key) for key in ("par_index", "dti")]
    quality = result.part("service_quality")
    if not any(part is not None and part.losses for part in scored) and quality is None:
        return None
    return paragraphs(
        "Điểm bị mất là điểm tối đa áp dụng trừ điểm đạt được; nguyên nhân, giải pháp chỉ ghi theo "
        "số liệu của cơ quan."
    )


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


def _measures(result: AnnualResult) -> Text | None:
    return NOTHING if own_measures(result) or proposals(result) else None


def _figures(result: AnnualResult) -> Text | None:
    if not len(result.entry.figures):
        return None
    return paragraphs(
        "Mỗi số được ghi đúng như cơ quan cung cấp; mức giảm mang dấu trừ. Những số có đánh dấu "
        "chưa khớp với số khác, được giữ nguyên để cơ quan xác nhận."
    )


def _discrepancies(result: AnnualResult) -> Text | None:
    part = result.part("reconciliation")
    return NOTHING if part is not None and part.discrepancies else None


def _missing(result: AnnualResult) -> Text | None:
    made: list[str] = []
    for key, name in _NAMES.items():
        part = result.part(key)
        if part is None:
            continue
        told = _missing_of(key, part)
        if told:
            made += [f"**{name}.**", told]
    return paragraphs(*made) if made else None


def _missing_of(key: str, part: Any) -> str:
    told = (
        say(part, "missing") if isinstance(part, Result) else module_of(key, "text").missing(part)
    )
    text = without_references(told)
    # Each index opens its list in its own words; the annex has one heading for all.
    blocks = text.markdown.split("\n\n")
    return "\n".join(block for block in blocks if block.lstrip().startswith("- "))


_ANNEXES: Mapping[str, tuple[str, Callable[[AnnualResult], Text | None]]] = {
    "losses": ("Điểm bị mất theo tiêu chí", _losses),
    "details": ("Số liệu theo lĩnh vực, địa bàn và nhiệm vụ", _details),
    "documents": ("Văn bản chỉ đạo, điều hành", _documents),
    "measures": ("Nhiệm vụ, giải pháp và cách kiểm tra", _measures),
    "figures": ("Số liệu cơ quan cung cấp", _figures),
    "discrepancies": ("Những chỗ chưa khớp trong số liệu", _discrepancies),
    "missing": ("Số liệu cần bổ sung", _missing),
}
