"""What the annual report of an office says, section by section.

A section without data does not appear: its heading comes with its text, so that numbers of headings
have no gap.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from helpers.facts.figures import Measured
from helpers.facts.judgement import judge
from helpers.reports.annual import text_indices as indices
from helpers.reports.annual.measured import headlines
from helpers.reports.annual.result import AnnualResult
from helpers.reports.annual.text_annexes import annex
from helpers.reports.annual.text_highlights import highlights
from helpers.reports.annual.text_own import own_text_problems, with_own
from helpers.reports.annual.text_steering import citizens, steering
from helpers.reports.annual.text_weak import causes, limits, tasks
from helpers.reports.annual.text_words import listed, without_references
from helpers.reports.reconciliation import text as reconciliation
from helpers.words.text import FrontMatter, Text, escape, joined, paragraphs

__all__ = [
    "annex",
    "indices_lead",
    "opening",
    "own_text_problems",
    "section",
    "title",
]

FULL_NAMES: Mapping[str, str] = {
    "par_index": "Chỉ số cải cách hành chính (PAR INDEX)",
    "sipas": "Chỉ số hài lòng về sự phục vụ hành chính (SIPAS)",
    "papi": "Chỉ số hiệu quả quản trị và hành chính công cấp tỉnh (PAPI)",
    "service_quality": (
        "Bộ chỉ số chỉ đạo, điều hành và đánh giá chất lượng phục vụ theo Quyết định số "
        "766/QĐ-TTg ngày 23/6/2022 (Bộ chỉ số 766)"
    ),
    "procedures": "kết quả giải quyết thủ tục hành chính",
    "dti": "Chỉ số đánh giá mức độ chuyển đổi số (DTI)",
    "poverty": "kết quả rà soát hộ nghèo, hộ cận nghèo",
    "work_plan": "kế hoạch công tác của cơ quan",
}
"""Names in full with the abbreviation that follows, as decree 30/2020 asks at the first use."""

_WRITTEN: Mapping[str, tuple[str, Callable[[AnnualResult], Text]]] = {
    "chi-dao": ("### Công tác chỉ đạo, điều hành", steering),
    "par-index": ("#### Cải cách hành chính (PAR INDEX)", indices.par_index_text),
    "sipas": ("#### Sự hài lòng của người dân, tổ chức (SIPAS)", indices.sipas_text),
    "papi": ("#### Hiệu quả quản trị và hành chính công cấp tỉnh (PAPI)", indices.papi_text),
    "chat-luong-phuc-vu": (
        "#### Chất lượng phục vụ người dân, doanh nghiệp (Bộ chỉ số 766)",
        indices.service_text,
    ),
    "thu-tuc-hanh-chinh": ("#### Giải quyết thủ tục hành chính", indices.procedures_text),
    "chuyen-doi-so": ("#### Chuyển đổi số (DTI)", indices.dti_text),
    "giam-ngheo": ("#### Giảm nghèo đa chiều", indices.poverty_text),
    "tiep-cong-dan": ("### Tiếp công dân, kiểm tra, thanh tra", citizens),
    "noi-bat": ("### Kết quả nổi bật", highlights),
    "han-che": ("### Tồn tại, hạn chế", limits),
    "nguyen-nhan": ("### Nguyên nhân", causes),
    "nhiem-vu": ("## Nhiệm vụ trọng tâm năm {next}", tasks),
    "kien-nghi": ("## Kiến nghị, đề xuất", lambda result: Text(())),
}


def title(result: AnnualResult) -> FrontMatter:
    """Return title and description, and what stands around an official document.

    Number, day and signer stay open where the office did not state them.
    """
    office, document = result.office.office, result.office.document
    signer = document.signer
    subject = document.subject or _subject(result)
    official: dict[str, Any] = {
        "kind": "BÁO CÁO",
        "abbreviation": "BC",
        "agency": office.name,
        "parent": office.parent,
        # Offices write the whole number; the type and the symbol are set apart.
        "number": document.number.split("/")[0].strip(),
        "symbol": office.symbol,
        "place": document.place or result.place.called("title"),
        "date": document.date.isoformat() if document.date else "",
        "subject": subject,
        "bases": [_basis(one) for one in document.bases],
        "addressed_to": list(document.addressed_to),
        "recipients": list(document.recipients),
        "authority": signer.authority,
        "on_behalf_of": signer.on_behalf_of,
        "title": signer.title,
        "name": signer.name,
        "secrecy": document.secrecy,
        "urgency": document.urgency,
    }
    return FrontMatter(
        title=f"Báo cáo năm {result.year} của {office.name}",
        subtitle=subject,
        description=f"{subject}. {office.name}.",
        categories=("Báo cáo năm", str(result.year), result.place.name),
        date=str(result.year),
        status=result.status,
        citation=f"{office.name}: {subject}. Báo cáo được lập từ số liệu do cơ quan cung cấp.",
        extra={"official": {key: value for key, value in official.items() if value}},
    )


def _basis(text: str) -> str:
    starts = ("Căn cứ", "Thực hiện", "Theo", "Xét")
    return text if text.startswith(starts) else f"Căn cứ {text}"


def _subject(result: AnnualResult) -> str:
    return (
        f"Kết quả thực hiện các chỉ số quản trị, cải cách hành chính năm {result.year}; nhiệm vụ "
        f"trọng tâm năm {result.year + 1}"
    )


def opening(result: AnnualResult) -> Text:
    """Say who reports on what, from what, and whether the figures fit each other."""
    office = result.office.office
    called = f" (sau đây gọi là {escape(office.brief)})" if office.brief != office.name else ""
    named = [name for key, name in FULL_NAMES.items() if _has(result, key)]
    about = ("Báo cáo gồm các nội dung:", listed(named)) if named else ()
    scope = (
        f"{escape(office.name)}{called} báo cáo kết quả thực hiện năm {result.year} và nhiệm vụ "
        f"trọng tâm năm {result.year + 1} như sau."
    )
    check = result.part("reconciliation")
    fits = without_references(reconciliation.brief(check)) if check is not None else Text(())
    written = Text((*paragraphs(scope, *about, _sources(result)).paragraphs, *fits.paragraphs))
    return with_own(result, "mo-dau", written)


def _sources(result: AnnualResult) -> str:
    if result.status == "simulated":
        return (
            "Toàn bộ số liệu là mô phỏng để thử chương trình, không nói về địa phương nào có thật."
        )
    scored = (result.part("par_index"), result.part("dti"))
    published = result.part("papi") is not None or any(
        part is not None and part.published.total is not None for part in scored
    )
    also = "; kết quả của cấp tỉnh lấy từ nguồn đã công bố" if published else ""
    return f"Số liệu của năm {result.year} do cơ quan cung cấp{also}."


def _has(result: AnnualResult, key: str) -> bool:
    return result.part(key) is not None or (
        key == "papi" and result.part("papi_office") is not None
    )


def indices_lead(result: AnnualResult) -> Text:
    """Open the part on the indices with its table; empty if there is no index."""
    if not any(_has(result, key) for key in FULL_NAMES if key != "work_plan"):
        return Text(())
    found = headlines(result)
    if not found:
        lead = (
            f"Cơ quan chưa cung cấp kết quả chung của chỉ số nào trong năm {result.year}; các mục "
            "dưới đây nêu những số liệu đã có."
        )
    else:
        met = [one.title for one in found if _met(one.measured)]
        lead = "Kết quả chung của các chỉ số nêu ở @tbl-indices."
        if met:
            lead += f" Đạt mục tiêu đặt ra: {joined(met)}."
    return Text(("### Kết quả theo từng chỉ số", lead))


def _met(measured: Measured) -> bool:
    return any(finding.kind == "target_met" for finding in judge(measured))


def section(result: AnnualResult, name: str) -> Text:
    """Write a section with its heading and the office's own words; empty if it has nothing.

    Parameters
    ----------
    result : AnnualResult
    name : str
        One of :data:`helpers.reports.annual.result.SECTIONS`.

    Raises
    ------
    KeyError
        If there is no such section.
    """
    heading, write = _WRITTEN[name]
    body = with_own(result, name, write(result))
    if not body.paragraphs:
        return body
    return Text((heading.format(next=result.year + 1), *body.paragraphs))
