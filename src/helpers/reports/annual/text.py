"""What the annual report of an office says, section by section: a document that is signed.

A section without data does not appear: its heading comes with its text, so that numbers of headings
have no gap. The office speaks of itself; what the program has to say to it stands in the review slip.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from helpers.reports.annual import text_indices as indices
from helpers.reports.annual.result import AnnualResult
from helpers.reports.annual.text_annexes import ANNEXES, annex
from helpers.reports.annual.text_own import own_text_problems, with_own
from helpers.words.say import say
from helpers.words.text import FrontMatter, Text

__all__ = [
    "ANNEXES",
    "annex",
    "closing",
    "indices_lead",
    "opening",
    "own_text_problems",
    "section",
    "title",
]


def _said(part: str, result: AnnualResult) -> Text:
    return say(result, part)


def _nothing(result: AnnualResult) -> Text:
    """Leave a section to the office's own words."""
    del result
    return Text(())


_WRITTEN: Mapping[str, tuple[str, Callable[[AnnualResult], Text]]] = {
    "chi-dao": ("### Công tác chỉ đạo, điều hành", partial(_said, "chi_dao")),
    "ke-hoach": ("### Thực hiện kế hoạch công tác", partial(_said, "ke_hoach")),
    "sipas": ("### Sự hài lòng của người dân, tổ chức (SIPAS)", indices.sipas_text),
    "par-index": ("### Cải cách hành chính (PAR INDEX)", indices.par_index_text),
    "papi": ("### Hiệu quả quản trị và hành chính công cấp tỉnh (PAPI)", indices.papi_text),
    "chat-luong-phuc-vu": (
        "### Chất lượng phục vụ người dân, doanh nghiệp (Bộ chỉ số 766)",
        indices.service_text,
    ),
    "thu-tuc-hanh-chinh": ("### Giải quyết thủ tục hành chính", indices.procedures_text),
    "chuyen-doi-so": ("### Chuyển đổi số (DTI)", indices.dti_text),
    "giam-ngheo": ("### Giảm nghèo đa chiều", indices.poverty_text),
    "tiep-cong-dan": ("### Tiếp công dân, thanh tra, kiểm tra", partial(_said, "tiep_cong_dan")),
    "co-quan": ("### Kết quả của các cơ quan", partial(_said, "co_quan")),
    "noi-bat": ("### Kết quả nổi bật", _nothing),
    "han-che": ("## Hạn chế và nguyên nhân", partial(_said, "han_che")),
    "nguyen-nhan": ("### Nguyên nhân chung", _nothing),
    "nhiem-vu": ("## Nhiệm vụ, giải pháp năm {next}", partial(_said, "nhiem_vu")),
    "kien-nghi": ("## Kiến nghị", _nothing),
}


SECTIONS_WRITTEN = tuple(_WRITTEN)
"""Sections in the order of the document, the opening apart."""


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
    """Say who reports, and the three things that the superior must know first."""
    return with_own(result, "mo-dau", say(result, "opening"))


def closing(result: AnnualResult) -> Text:
    """Say to whom the office reports, as the last sentence above the signature."""
    return say(result, "closing")


def indices_lead(result: AnnualResult) -> Text:
    """Point to the table of results; empty if there is no index."""
    return say(result, "indices")


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
