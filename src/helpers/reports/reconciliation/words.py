"""Rule R13: years in sentences, numbered headings, documents with number and date."""

from __future__ import annotations

import datetime
import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from helpers.facts.discrepancy import Discrepancy, Quoted, Term
from helpers.inputs.entry import ORIGIN
from helpers.inputs.observations import Figures

Row = Mapping[Hashable, Any]
_YEAR = re.compile(r"\bnăm\s+(\d{4})\b", re.IGNORECASE)
_DAY = re.compile(r"ngày\s+(\d{1,2})\s*(?:/|tháng)\s*(\d{1,2})\s*(?:/|năm)\s*(\d{4})")
_ROMAN = re.compile(r"[IVXLC]+")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ISSUED = frozenset({"Đã ban hành", "Tham mưu ban hành"})


def years(figures: Figures) -> Iterator[Discrepancy]:
    """Find sentences that name a year, but not the year (or base year) that their figure is about."""
    seen = set()
    for one in figures:
        sentence = one.origin.sentence
        named = [int(year) for year in _YEAR.findall(sentence)]
        if not named or one.year in named or one.since in named or sentence in seen:
            continue
        seen.add(sentence)
        yield Discrepancy(
            "R13",
            "mâu thuẫn",
            "Câu nêu số {figure} ghi năm {named}, trong khi báo cáo là của năm {year}.",
            {
                "figure": one,
                "named": Quoted(", ".join(str(year) for year in named), one.trace),
                "year": Quoted(str(one.year), one.trace),
            },
            (one,),
        )


def headings(table: pd.DataFrame) -> Iterator[Discrepancy]:
    """Find numbers of headings that are skipped or repeated at their level.

    A level is the kind of number (I, 1, 1.1) below the heading above it; “1” starts again below “II”.
    """
    last: dict[str, int] = {}
    shown: dict[str, str] = {}
    roman = ""
    for row in table.to_dict("records"):
        text = str(row["so"]).strip().rstrip(".")
        if _ROMAN.fullmatch(text):
            key, number = "roman", roman_value(text)
            roman = text
        elif re.fullmatch(r"\d+(\.\d+)*", text):
            above, _, own = text.rpartition(".")
            key, number = f"{roman}/{above}", int(own)
        else:
            continue
        expected = last.get(key, 0) + 1
        if number != expected:
            before = shown.get(key)
            terms: dict[str, Term] = {"heading": Quoted(text, str(row[ORIGIN]))}
            said = "Đề mục đầu tiên của cấp này ghi số {heading}."
            if before is not None:
                terms["before"] = Quoted(before, str(row[ORIGIN]))
                said = "Sau đề mục {before} là đề mục {heading}: số thứ tự không liên tục."
            yield Discrepancy("R13", "mâu thuẫn", said, terms)
        last[key], shown[key] = number, text


def roman_value(text: str) -> int:
    """Return the number that a Roman numeral writes: ``XIV`` is 14."""
    digits = [_VALUES[letter] for letter in text]
    following = [*digits[1:], 0]
    return sum(
        -here if here < after else here for here, after in zip(digits, following, strict=True)
    )


def documents(
    table: pd.DataFrame, year: int, report_date: datetime.date | None
) -> Iterator[Discrepancy]:
    """Find documents without number or date, dated after the report, or issued outside its year."""
    rows = table.to_dict("records")
    incomplete = [row for row in rows if not str(row["so_hieu"]).strip() or pd.isna(row["ngay"])]
    if incomplete:
        yield _incomplete(incomplete)
    for row in rows:
        if pd.isna(row["ngay"]):
            continue
        date = pd.Timestamp(row["ngay"]).date()
        terms: dict[str, Term] = {
            "name": Quoted(_name(row), str(row[ORIGIN])),
            "date": Quoted(_written(date), str(row[ORIGIN])),
        }
        if report_date is not None and date > report_date:
            terms["report"] = Quoted(_written(report_date), "ngày của báo cáo")
            yield Discrepancy(
                "R13",
                "mâu thuẫn",
                "{name} có ngày {date}, sau ngày báo cáo {report}.",
                terms,
            )
        elif row["vai_tro"] in _ISSUED and date.year < year:
            terms["year"] = Quoted(str(year), "năm của báo cáo")
            yield Discrepancy(
                "R13",
                "không rõ nghĩa",
                "{name} được nêu là kết quả của năm {year} nhưng có ngày {date}.",
                terms,
            )


def bases(texts: Sequence[str], report_date: datetime.date | None) -> Iterator[Discrepancy]:
    """Find bases of the report that are dated after the report itself."""
    if report_date is None:
        return
    for text in texts:
        for day in _DAY.finditer(text):
            try:
                date = datetime.date(int(day[3]), int(day[2]), int(day[1]))
            except ValueError:
                continue
            if date > report_date:
                yield Discrepancy(
                    "R13",
                    "mâu thuẫn",
                    "Căn cứ {name} có ngày {date}, sau ngày báo cáo {report}.",
                    {
                        "name": Quoted(text, "căn cứ trong tệp cài đặt của cơ quan"),
                        "date": Quoted(_written(date), "căn cứ trong tệp cài đặt của cơ quan"),
                        "report": Quoted(_written(report_date), "ngày của báo cáo"),
                    },
                )


def _incomplete(rows: Sequence[Row]) -> Discrepancy:
    terms: dict[str, Term] = {
        f"document{i}": Quoted(_name(row), str(row[ORIGIN])) for i, row in enumerate(rows)
    }
    lacks = [_lacks(row) for row in rows]
    listed = "; ".join(f"{{document{i}}} ({lacks[i]})" for i in range(len(rows)))
    return Discrepancy(
        "R13",
        "không rõ nghĩa",
        f"Văn bản viện dẫn chưa đủ số, ký hiệu và ngày ban hành: {listed}.",
        terms,
    )


def _lacks(row: Row) -> str:
    sign, date = str(row["so_hieu"]).strip(), row["ngay"]
    missing = (
        *(("số, ký hiệu",) if not sign else ()),
        *(("ngày",) if pd.isna(date) else ()),
    )
    return "thiếu " + " và ".join(missing)


def _name(row: Row) -> str:
    kind, sign = str(row["loai"]).strip(), str(row["so_hieu"]).strip()
    subject = str(row["trich_yeu"]).strip()
    if sign:
        return f"{kind} số {sign}".strip()
    return subject if subject.startswith(kind) else f"{kind} “{subject}”"


def _written(date: datetime.date) -> str:
    return f"{date.day}/{date.month}/{date.year}"
