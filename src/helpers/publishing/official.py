"""What an official document carries around its text: head, bases, signature, recipients.

Source: Nghị định số 30/2020/NĐ-CP of 5 March 2020, Phụ lục I (layout) and III (forms, Mẫu 1.4).
What the office has not stated stays a dotted blank.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

BLANK = "\N{HORIZONTAL ELLIPSIS}" * 4
DAY_BLANK = "\N{HORIZONTAL ELLIPSIS}" * 2
"""Of the parts of a date, so that the whole line fits beside the agency's."""
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
# Length of the frame in millimetres; all are 8 high. The decree states those of urgency (box 10b);
# those of secrecy (box 10a) belong to the rules on state secrets and follow the same steps here.
MARK_HEIGHT = 8
DRAFT = "DỰ THẢO"
_MARK_LENGTHS = {
    DRAFT: 30,
    "KHẨN": 20,
    "THƯỢNG KHẨN": 40,
    "HỎA TỐC": 30,
    "HOẢ TỐC": 30,
    "MẬT": 20,
    "TỐI MẬT": 30,
    "TUYỆT MẬT": 40,
}
_MARK_LENGTH = 40
# Types of documents, with which a line of bases does not begin.
_NAMED = re.compile(
    "(Hiến pháp|Bộ luật|Luật|Pháp lệnh|Nghị quyết|Nghị định|Quyết định|Thông tư|Chỉ thị|Chương trình|"
    "Kế hoạch|Đề án|Hướng dẫn|Thông báo|Công văn|Văn bản) "
)
_ZERO_BELOW = 10
_ZERO_UP_TO_MONTH = 2


@dataclass(frozen=True)
class Official:
    """The parts of an administrative report that are not its text.

    Parameters
    ----------
    kind : str
        Type of document, in capitals: ``BÁO CÁO``.
    abbreviation : str
        Of the type: ``BC``.
    parent, agency : str
        The superior agency (may be empty) and the one that issues.
    number, symbol : str
        ``733`` and the office's part of the symbol: ``SLĐTBXH``.
    place : str
    date : datetime.date or None
    subject : str
    bases : tuple of str
        Without the final mark.
    addressed_to, recipients : tuple of str
    authority, on_behalf_of, title, name : str
        ``KT.``, ``GIÁM ĐỐC``, ``PHÓ GIÁM ĐỐC`` and the signer's name.
    secrecy, urgency : str
        ``Mật``, ``Thượng khẩn``; empty for an ordinary document.
    """

    kind: str
    abbreviation: str
    agency: str
    subject: str
    parent: str = ""
    number: str = ""
    symbol: str = ""
    place: str = ""
    date: date | None = None
    bases: tuple[str, ...] = ()
    addressed_to: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    authority: str = ""
    on_behalf_of: str = ""
    title: str = ""
    name: str = ""
    secrecy: str = ""
    urgency: str = ""

    @property
    def marks(self) -> tuple[tuple[str, int], ...]:
        """The framed words: draft, secrecy, urgency, each with the length of its frame in mm."""
        draft = DRAFT if self.is_draft else ""
        words = [word.strip().upper() for word in (draft, self.secrecy, self.urgency)]
        return tuple((word, _MARK_LENGTHS.get(word, _MARK_LENGTH)) for word in words if word)

    @property
    def is_draft(self) -> bool:
        """Whether the office has not yet given the document both its number and its date."""
        return not (self.number.strip() and self.date)

    @property
    def number_line(self) -> str:
        """``Số: 733/BC-SLĐTBXH``; a number below 10 has a zero before it.

        A number that was stated with its symbol stays as it is.
        """
        number = self.number.strip().removeprefix("Số").lstrip(": ")
        if "/" in number:
            return f"Số: {number}"
        if number.isdigit() and int(number) < _ZERO_BELOW:
            number = f"0{int(number)}"
        sign = "-".join(part for part in (self.abbreviation, self.symbol or BLANK) if part)
        return f"Số: {number or BLANK}/{sign}"

    @property
    def day_text(self) -> str:
        """``ngày 11 tháng 12 năm 2023``; days below 10 and January, February have a zero.

        An open date has an open year, too: a report on one year is signed in that year or the next,
        and never before what it cites.
        """
        if self.date is None:
            return f"ngày {DAY_BLANK} tháng {DAY_BLANK} năm {DAY_BLANK}"
        day = f"{self.date.day:02d}"
        month = self.date.month
        written = f"{month:02d}" if month <= _ZERO_UP_TO_MONTH else str(month)
        return f"ngày {day} tháng {written} năm {self.date.year}"

    @property
    def date_line(self) -> str:
        """``Sơn La, ngày 11 tháng 12 năm 2023``."""
        return f"{self.place or BLANK * 2}, {self.day_text}"

    @property
    def bases_lines(self) -> tuple[str, ...]:
        """The bases, each ending with a semicolon, the last with a full stop.

        A document that is only named gets the "Căn cứ" that such a line begins with.
        """
        bare = [base.strip().rstrip(";.") for base in self.bases]
        bare = [f"Căn cứ {base}" if _NAMED.match(base) else base for base in bare]
        return tuple(f"{base}{';' if i < len(bare) - 1 else '.'}" for i, base in enumerate(bare))

    @property
    def addressed_lines(self) -> tuple[str, ...]:
        """Whom the document goes to: one alone without marks, several with dashes and semicolons."""
        bare = [item.strip().lstrip("-– ").rstrip(";.") for item in self.addressed_to]
        if len(bare) < 2:
            return tuple(bare)
        return tuple(f"- {item}{';' if i < len(bare) - 1 else '.'}" for i, item in enumerate(bare))

    @property
    def signer_lines(self) -> tuple[str, ...]:
        """Authority and office of the signer, in capitals, one or two lines."""
        first = " ".join(part for part in (self.authority, self.on_behalf_of) if part).upper()
        return tuple(line for line in (first, self.title.upper() or BLANK * 3) if line)

    @property
    def name_line(self) -> str:
        """The signer's name, or a blank."""
        return self.name or BLANK * 4

    @property
    def recipient_lines(self) -> tuple[str, ...]:
        """The recipients, each with a dash and a semicolon, the last with a full stop."""
        bare = [item.strip().lstrip("- ").rstrip(";.") for item in self.recipients]
        bare = bare or [BLANK * 3, f"Lưu: VT, {BLANK}"]
        return tuple(f"- {item}{';' if i < len(bare) - 1 else '.'}" for i, item in enumerate(bare))

    @property
    def reference(self) -> str:
        """What stands below the name of an annex."""
        number = self.number_line.removeprefix("Số: ")
        kind = self.kind.capitalize()
        return f"(Kèm theo {kind} số {number} {self.day_text} của {self.agency})"


def official_from(values: object) -> Official | None:
    """Take an official document's parts from front matter; None for an ordinary report.

    Parameters
    ----------
    values : object
        The mapping ``official`` of the front matter, if there is one.
    """
    if not isinstance(values, Mapping):
        return None
    return Official(
        kind=_line(values, "kind").upper() or "BÁO CÁO",
        abbreviation=_line(values, "abbreviation") or "BC",
        agency=_line(values, "agency"),
        subject=_line(values, "subject"),
        parent=_line(values, "parent"),
        number=_line(values, "number"),
        symbol=_line(values, "symbol"),
        place=_line(values, "place"),
        date=_date(values.get("date")),
        bases=_lines(values, "bases"),
        addressed_to=_lines(values, "addressed_to"),
        recipients=_lines(values, "recipients"),
        authority=_line(values, "authority"),
        on_behalf_of=_line(values, "on_behalf_of"),
        title=_line(values, "title"),
        name=_line(values, "name"),
        secrecy=_line(values, "secrecy"),
        urgency=_line(values, "urgency"),
    )


def _line(values: Mapping[str, Any], key: str) -> str:
    value = values.get(key)
    return "" if value is None or isinstance(value, Mapping) else " ".join(str(value).split())


def _lines(values: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = values.get(key) or ()
    listed = [value] if isinstance(value, str) else list(value)
    return tuple(" ".join(str(item).split()) for item in listed)


def _date(value: object) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
