"""Follow the trace of a number to the line it names, and compare at the printed precision."""

from __future__ import annotations

import csv
import datetime as dt
import re
from fractions import Fraction
from functools import cache
from pathlib import Path

from .claims import At
from .context import facts
from .numbers import WORDS, N, count, parse, prints
from .published import completed

LINE = re.compile(r"(data/(?:published|provinces)/[\w./-]+?\.csv), dòng (\d+)")
DIRECT = re.compile(
    r"^(?:(?P<what>[^:]+?): )?(?P<file>data/[\w./-]+?\.csv), dòng (?P<line>\d+)"
    r"(?:, theo .*| \(.*\))?$"
)
DERIVED = re.compile(
    r"tính toán|trừ|cộng|đếm|chia|tính trên|bình quân của|hiệu số|tổng số|nhân với|khoảng|xếp theo",
    re.IGNORECASE,
)
BOUND = re.compile(r"^(ít nhất|tối thiểu|hơn|trên) ", re.IGNORECASE)
DAY = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})$")


@cache
def lines(path: Path) -> list[dict[str, str]]:
    """Lines of a table, the heads being the first."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def line_of(root: Path, file: str, number: int) -> dict[str, str] | None:
    """The line that a trace names; lines are counted from the heads, which are the first."""
    path = root / file
    if not path.is_file():
        return None
    found = lines(path)
    if not 2 <= number < len(found) + 2:
        return None
    row = found[number - 2]
    return completed(row, file) if file.startswith("data/published/") else row


def cell_number(text: str) -> Fraction | None:
    """A cell as a number, whichever decimal mark it has."""
    text = text.strip().rstrip("%").strip()
    if re.fullmatch(r"-?\d{1,3}(?:\.\d{3})+", text) or re.fullmatch(r"-?\d+,\d+", text):
        return Fraction(text.replace(".", "").replace(",", "."))
    if re.fullmatch(r"-?\d+(?:\.\d+)?", text):
        return Fraction(text)
    return None


def same_day(said: str, cell: str) -> bool:
    a, b = DAY.match(said), DAY.match(cell)
    if not a:
        return False
    if b:
        return tuple(map(int, a.groups())) == tuple(map(int, b.groups()))
    try:
        day = dt.date.fromisoformat(cell[:10])
    except ValueError:
        return False
    return tuple(map(int, a.groups())) == (day.day, day.month, day.year)


def agrees(said: str, row: dict[str, str]) -> bool:
    """Whether one of the cells of the line is what is printed."""
    said = said.split(" Ghi chú: ")[0]
    words = re.sub(r"^[«“]|[»”]$", "", said).strip("… .").lower()
    whole_words = re.compile(rf"(?<![\w,.]){re.escape(words)}(?![\w]|,\d)")
    if row.get("Loại văn bản"):
        kind = row["Loại văn bản"]
        whole = f"{kind} số {row['Số, ký hiệu']} {kind} {row['Trích yếu']}"
        if re.sub(r"[«»“”]", "", words) in whole.lower():
            return True
    for cell in row.values():
        if not isinstance(cell, str) or not cell.strip():
            continue
        if cell.strip().lower() == words or (words in cell.lower() and len(words) > 8):
            return True
        if len(cell) > 20 and whole_words.search(cell.lower()):
            return True
        if same_day(said, cell.strip()):
            return True
        value = cell_number(cell)
        if value is None:
            continue
        if words in WORDS and WORDS[words] == value:
            return True
        if re.match(rf"^{N}", said):
            top = said.partition("/")[0]
            for shown in (value, abs(value), value / 1000, value / 100):
                if prints(top, shown):
                    return True
    return False


def check_trace(at: At, said: str, title: str) -> bool | None:
    """Whether the line of a direct trace has the number; None for a trace of another kind."""
    found = DIRECT.match(title)
    if not re.search(r"\d", said) and said.lower() not in WORDS:
        return None
    if not found or title.count("data/") > 1 or DERIVED.search(found["what"] or ""):
        return None
    row = line_of(facts(at).root, found["file"], int(found["line"]))
    if row is None:
        at.check(
            False, "dấu vết", f"không có {found['file']}, dòng {found['line']}", f"{said}: {title}"
        )
        return False
    bound = BOUND.match(said)
    right = agrees(said[bound.end() :] if bound else said, row) or _quoted(said, found["file"], row)
    right = right and _names_it(at, found["what"] or "", row)
    if right and row.get("cau") and row.get("gia_tri"):
        right = _bounded(at, said, row, bound[1].lower() if bound else "")
    if right and "published/papi/" in found["file"]:
        right = prints(said, Fraction(row["value"]))
    elif right and "data/published/" in found["file"]:
        right = _published(said, row) or (bool(row["doubt"]) and agrees(said, {"": row["doubt"]}))
    shown = {k: v for k, v in row.items() if v and len(v) < 60}
    at.check(
        right, "dấu vết", f"{found['file']}, dòng {found['line']}: {shown}", f"{said} – {title}"
    )
    return right


def _quoted(said: str, file: str, row: dict[str, str]) -> bool:
    """Whether an office typed the number inside a sentence of the row that is quoted."""
    number = re.compile(rf"(?<![\d.,]){re.escape(said)}(?![\d]|[.,]\d)")
    return "data/provinces/" in file and any(
        number.search(cell or "") for cell in row.values() if not (cell or "").strip().isdigit()
    )


def _bounded(at: At, said: str, row: dict[str, str], word: str) -> bool:
    """Whether «ít nhất 01» of the sentence that was delivered stands on the page, and only then."""
    told = re.escape(row["gia_tri"])
    before = re.findall(rf"(\w+) (\w+) {told}(?![\d.,]*\d)", row["cau"].lower())
    words = {last if last in ("hơn", "trên") else f"{first} {last}" for first, last in before}
    if word:
        return word in words
    number = re.fullmatch(N, said) and prints(said, cell_number(row["gia_tri"]))
    # a cell that prints the line as it was delivered stands beside its sentence
    if number and at.text.kind != "cell" and words & {"ít nhất", "tối thiểu"}:
        return re.search(rf"(?:ít nhất|tối thiểu) {re.escape(said)}", at.text.text) is not None
    return True


def _published(said: str, row: dict[str, str]) -> bool:
    """A published value or place: a place stands before a stroke or is a whole number."""
    if "/" in said or re.fullmatch(r"\d+", said):
        top = said.partition("/")[0]
        ranks = row["rank"] and int(float(row["rank"])) == count(top)
        return bool(ranks) or (
            "/" not in said and row["value"] != "" and prints(said, Fraction(row["value"]))
        )
    if not row["value"]:
        return False
    value = Fraction(row["value"])
    return any(prints(said, v) for v in (value, value / 1000, value / 100, value * 100))


def _names_it(at: At, what: str, row: dict[str, str]) -> bool:
    """Whether year, unit and criterion that the trace names are those of the line."""
    if not what:
        return True
    year = re.search(r"(?<!\d)(20\d\d|19\d\d)(?!\d)", what)
    if year and "year" in row and row["year"] != year[1]:
        return False
    if row.get("index") == "papi" and ", " in what:
        names = facts(at).papi.names
        name = what.split(", ")[-1]
        criterion = what[: -len(name) - 2].split(", ", 1)[-1]
        if name == "Huế":
            name = "Thừa Thiên Huế"
        if row["unit"] not in (name, f"TP. {name}") and name.removeprefix("TP. ") != row["unit"]:
            return name == "Thành phố Hồ Chí Minh" and row["slug"] == "ho-chi-minh"
        return names.get(criterion, row["code"]) == row["code"]
    if "unit" in row and "slug" in row and row["slug"]:
        named = facts(at).register.slug(what.split(", ")[-1])
        return named is None or named == row["slug"]
    return True


__all__ = ["check_trace", "parse"]
