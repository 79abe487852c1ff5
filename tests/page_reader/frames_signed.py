"""Frames of a document that is signed and of its review slip: counts of what the office typed."""

from __future__ import annotations

import re

from .claims import At, frame
from .frames_office import now, office
from .numbers import COUNT, N, count, parse
from .pages import Text

SIGNED, SLIP = ("annual",), ("review",)
DAY = r"\d{1,2}/\d{1,2}/\d{4}"


def _days(rows: list[dict[str, str]]) -> set[tuple[int, ...]]:
    """Every day in the cells of rows, however it is written."""
    found: set[tuple[int, ...]] = set()
    for row in rows:
        for cell in row.values():
            for year, month, day in re.findall(r"(\d{4})-(\d\d)-(\d\d)", cell or ""):
                found.add((int(day), int(month), int(year)))
            for day, month, year in re.findall(r"(\d{1,2})/(\d{1,2})/(\d{4})", cell or ""):
                found.add((int(day), int(month), int(year)))
    return found


@frame(rf"Sở (?:đã tham mưu [^:]*? )?ban hành ({COUNT}) văn bản(?:: |, trong đó có )(.+)$", SIGNED)
def documents_listed(at: At, m: re.Match[str]) -> object:
    """How many documents were issued, or prepared for others, and the days of those that are named."""
    role = "Tham mưu ban hành" if "tham mưu" in m[0][:20] else "Đã ban hành"
    rows = [row for row in office(at).table("van-ban") if row["Vai trò"] == role]
    at.check(count(m[1]) == len(rows), "số văn bản", f"{role}: {len(rows)}")
    days = _days(rows)
    for day in re.findall(r"ngày (\d{1,2}/\d{1,2}/\d{4})", m[2]):
        told = tuple(int(part) for part in day.split("/"))
        at.check(told in days, "ngày văn bản", day)
    if ", trong đó có" not in m[0]:
        at.check(m[2].count(";") + 1 == len(rows), "văn bản được kể", f"{len(rows)}")
    return None


@frame(rf"với ({N}) vụ việc; đã trả lời ({N}) vụ việc", SIGNED)
def cases_of_citizens(at: At, m: re.Match[str]) -> object:
    rows = office(at).table("tiep-cong-dan")
    for said, head in ((m[1], "Số vụ việc"), (m[2], "Số vụ việc đã trả lời")):
        total = sum(int(row[head]) for row in rows if row[head])
        at.check(parse(said) == total, "vụ việc", f"{head}: {total}")
    return None


@frame(rf"Cả ({COUNT}) nhiệm vụ đã xong đều đúng hạn", SIGNED)
def all_on_time(at: At, m: re.Match[str]) -> object:
    known = now(at)
    at.check(count(m[1]) == known.get("tasks.on_time"), "nhiệm vụ", f"{known.get('tasks.on_time')}")
    at.check(known.get("tasks.late") == 0, "nhiệm vụ chậm", f"{known.get('tasks.late')}")
    return None


@frame(rf"kiểm tra của năm có (?:ít nhất )?({COUNT}) đơn vị", SIGNED)
def planned_inspections(at: At, m: re.Match[str]) -> object:
    known = now(at)
    told = known.get("work_plan.inspections_planned")
    if told is None:
        return False
    at.check(count(m[1]) == told, "kế hoạch thanh tra, kiểm tra", f"{told}")
    return None


@frame(
    rf"(?:tại từng đơn vị|chưa khắc phục): ((?:[^;]+? có {COUNT} tồn tại[^;]*(?:; |\.))+)", SIGNED
)
def units_inspected(at: At, m: re.Match[str]) -> object:
    """What was found and put right in each unit that is named."""
    rows = {r["Đơn vị được kiểm tra"].strip(): r for r in office(at).table("thanh-tra-kiem-tra")}
    for item in re.split("; ", m[1].rstrip(".")):
        told = re.match(
            rf"(.+?)(?: \(.*?\))? có ({COUNT}) tồn tại(?:, đã khắc phục ({COUNT}))?", item
        )
        if told is None:
            return False
        row = rows.get(told[1], {})
        at.check(str(count(told[2])) == row.get("Số tồn tại được chỉ ra"), "tồn tại", f"{row}")
        if told[3]:
            mended = row.get("Số tồn tại đã khắc phục")
            at.check(str(count(told[3])) == mended, "tồn tại đã khắc phục", f"{row}")
    return None


@frame(rf"bổ sung: nguyên nhân của ({COUNT}) hạn chế", SIGNED)
def causes_lacking(at: At, m: re.Match[str]) -> object:
    year = str(at.page.year)
    rows = [row for row in office(at).table("han-che") if (row.get("Năm nêu") or year) == year]
    lacking = sum(not (row.get("Nguyên nhân") or "").strip() for row in rows)
    at.check(count(m[1]) == lacking, "hạn chế chưa có nguyên nhân", f"{lacking}")
    return None


@frame(rf"(?:thời hạn|trước ngày|quá hạn ngày|hoàn thành ngày) ({DAY})", SIGNED)
def days_typed(at: At, m: re.Match[str]) -> object:
    """A day that the document gives was typed in a table of tasks, limits or measures."""
    tables = ("han-che", "bien-phap", "nhiem-vu")
    days = _days([row for name in tables for row in office(at).table(name)])
    told = tuple(int(part) for part in m[1].split("/"))
    at.check(told in days, "thời hạn", m[1])
    return None


@frame(rf"đạt mục tiêu ({N})%", SIGNED)
def target_met(at: At, m: re.Match[str]) -> object:
    """A target that is said to be met is one that the office set."""
    known = {float(value) for value in (office(at).settings.get("targets") or {}).values()}
    at.check(float(parse(m[1])) in known, "mục tiêu", f"{sorted(known)}")
    return None


@frame(r"^\d+\. [^.]+$", SIGNED)
def numbered_heading(at: At, m: re.Match[str]) -> None:
    """A heading with its number."""


# The slip -----------------------------------------------------------------------------------------


def _rows(at: At, name: str) -> list[list[Text]]:
    return [row for table in at.page.tables if table.name == name for row in table.rows]


def _of_kind(at: At, kind: str) -> int:
    rows = [*_rows(at, "tbl-items"), *_rows(at, "tbl-proposals")]
    return sum(row[1].text.strip() == kind for row in rows)


@frame(rf"({COUNT}) (mâu thuẫn|chỗ còn trống|chỗ chưa rõ|số liệu chưa có|đề xuất)", SLIP)
def matters(at: At, m: re.Match[str]) -> object:
    """How many matters of a kind the tables below list."""
    kinds = {
        "mâu thuẫn": "Mâu thuẫn",
        "chỗ còn trống": "Còn trống",
        "chỗ chưa rõ": "Chưa rõ",
        "số liệu chưa có": "Chưa có",
        "đề xuất": "Đề xuất",
    }
    listed = _of_kind(at, kinds[m[2]])
    at.check(count(m[1]) == listed, "số việc trong phiếu", f"{m[2]}: {listed}")
    return None


@frame(rf"^({COUNT}) nội dung đã nhập không có trong dự thảo|từ ({COUNT}) nguồn dưới đây", SLIP)
def lengths(at: At, m: re.Match[str]) -> object:
    """How many lines a table of the slip has."""
    rows = len(_rows(at, "tbl-unused" if m[1] else "tbl-sources"))
    at.check(count(m[1] or m[2]) == rows, "số dòng của bảng", f"{rows}")
    return None


@frame(r"^Không có (?:việc phải xử lý trước khi ký|chỗ chưa rõ hoặc đề xuất)", SLIP)
def nothing_to_do(at: At, m: re.Match[str]) -> object:
    kinds = ("Mâu thuẫn", "Còn trống") if "trước khi ký" in m[0] else ("Chưa rõ", "Đề xuất")
    at.check(not sum(_of_kind(at, kind) for kind in kinds), "số việc trong phiếu", m[0])
    return None
