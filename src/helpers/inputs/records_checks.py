"""What no column can tell alone: total rows, doubles, dates out of order, sums that do not agree."""

from __future__ import annotations

import re
from dataclasses import replace

import polars as pl

from helpers.definitions.forms import RecordForm
from helpers.inputs.dates import swapped
from helpers.inputs.problems import NOTHING_TO_DO, Problem
from helpers.inputs.records_files import RawTable

_TOTAL = r"(?i)^\s*(?:tổng(?:\s+(?:cộng|số))?|cộng|toàn tỉnh)[\s:.]*$"
_FOOTER = re.compile(
    r"(?:tổng (?:số|cộng)\s*:?\s*\d|ghi chú|người lập|nguồn|xuất ngày|ngày xuất|thủ trưởng)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\(?(\d{1,3}|[A-Z])(?:\.0)?\)?")
_LEADING = 3
"""Columns of text at the left in which a total row is called so."""
_MARKS = tuple(f"thieu_{number}" for number in range(1, 13))
_POINTS_PER_MARK = 10
_STORED_DAY = r"^\d{4}-\d{2}-(\d{2}) \d{2}:"
"""Day of a real date of a workbook in a column that also holds text."""
_WRITTEN_DAY = r"^\s*(\d{1,2})[/.\-]\d{1,2}[/.\-]\d{4}"


def clean_rows(table: RawTable) -> tuple[RawTable, list[Problem]]:
    """Take out empty rows and the row that numbers the columns; refuse total rows.

    Returns
    -------
    RawTable
        Without those rows.
    list of Problem
        An error that names the total rows; a note about empty rows among the data.
    """
    frame = table.frame.with_row_index("row")
    # The schema is asked for once: for each of 3,000 columns it took 35 seconds.
    kinds = {name: kind for name, kind in frame.schema.items() if name != "row"}
    texts = [name for name, kind in kinds.items() if kind == pl.String]
    filled = [
        pl.col(name).str.strip_chars().fill_null("") != ""
        if kind == pl.String
        else pl.col(name).is_not_null()
        for name, kind in kinds.items()
    ]
    frame = frame.filter(pl.any_horizontal(filled))
    if frame.height and _numbers_columns(frame.row(0)[1:]):
        frame = frame.slice(1)
    frame, footer = _without_footer(frame, texts)
    kept = tuple(frame.get_column("row").to_list())
    cleaned = replace(table, frame=frame.drop("row"), kept=kept)
    problems = []
    if footer:
        problems.append(
            cleaned.problem(
                "footer",
                f"Đã bỏ qua dòng cuối «{footer[:80]}»: đó không phải là một bản ghi.",
                NOTHING_TO_DO,
                severity="note",
            )
        )
    if texts:
        named = pl.any_horizontal(pl.col(name).str.contains(_TOTAL) for name in texts[:_LEADING])
        totals = frame.select(named.fill_null(value=False).alias("total")).to_series().arg_true()
        if len(totals):
            problems.append(
                cleaned.problem(
                    "total-row",
                    f"Có {len(totals)} dòng tổng cộng nằm giữa các bản ghi.",
                    "xóa dòng tổng cộng; chương trình tự cộng.",
                    [(int(row), int(texts[0])) for row in totals],
                )
            )
    gaps = (kept[-1] - kept[0] + 1 - len(kept)) if kept else 0
    if gaps:
        message = f"Đã bỏ qua {gaps} dòng trống nằm giữa số liệu."
        problems.append(cleaned.problem("empty-rows", message, NOTHING_TO_DO, severity="note"))
    return cleaned, problems


def _without_footer(frame: pl.DataFrame, texts: list[str]) -> tuple[pl.DataFrame, str]:
    """Take out a last row that holds one text alone: "Tổng số: 12 hồ sơ", "Người lập biểu"."""
    if frame.height <= 1 or len(frame.columns) <= _LEADING:
        return frame, ""
    last = frame.row(frame.height - 1, named=True)
    filled = [name for name, cell in last.items() if name != "row" and str(cell or "").strip()]
    if len(filled) != 1 or filled[0] not in texts:
        return frame, ""
    text = str(last[filled[0]]).strip()
    return (frame.slice(0, frame.height - 1), text) if _FOOTER.match(text) else (frame, "")


def _numbers_columns(row: tuple[object, ...]) -> bool:
    """Tell whether a row is the "(1) (2) (3)" that official tables print below the headings."""
    cells = [str(cell).strip() for cell in row if cell is not None and str(cell).strip()]
    found = [_NUMBERED.fullmatch(cell) for cell in cells]
    if len(cells) < _LEADING or not all(found):
        return False
    numbers = [int(one[1]) for one in found if one and one[1].isdecimal()]
    # Without brackets it takes a whole row of them: 1, 2, 3 could be a short record.
    sure = len(cells) == len(row) > _LEADING or all(cell.startswith("(") for cell in cells)
    return sure and bool(numbers) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def check_doubles(
    table: RawTable, frame: pl.DataFrame, form: RecordForm, positions: dict[str, int]
) -> list[Problem]:
    """Find rows that name the same record."""
    key = [code for code in form.unique if code in positions]
    if not key or len(key) < len(form.unique):
        return []
    repeated = frame.select(
        (~pl.struct(key).is_first_distinct() & pl.all_horizontal(pl.col(key).is_not_null())).alias(
            "x"
        )
    ).to_series()
    rows = [int(row) for row in repeated.arg_true()]
    if not rows:
        return []
    words = " và ".join(f"«{form.column(code).label}»" for code in key)
    example = ", ".join(str(frame[rows[0], code]) for code in key)
    return [
        table.problem(
            "duplicate",
            f"Có {len(rows)} dòng trùng {words} với dòng trước đó (ví dụ {example}).",
            "mỗi bản ghi chỉ giữ một dòng.",
            [(row, positions[key[0]]) for row in rows],
        )
    ]


def check_dates(
    table: RawTable, frame: pl.DataFrame, form: RecordForm, positions: dict[str, int]
) -> list[Problem]:
    """Find dates that are before a date they must follow."""
    problems = []
    for before, after in form.ordered:
        if before not in positions or after not in positions:
            continue
        wrong = (frame.get_column(after) < frame.get_column(before)).fill_null(value=False)
        rows = [int(row) for row in wrong.arg_true()]
        if rows:
            first, second = frame[rows[0], before], frame[rows[0], after]
            problems.append(
                table.problem(
                    "dates-out-of-order",
                    f"Có {len(rows)} dòng có «{form.column(after).label}» ({second:%d/%m/%Y}) trước "
                    f"«{form.column(before).label}» ({first:%d/%m/%Y}).",
                    "sửa một trong hai ngày.",
                    [(row, positions[after]) for row in rows],
                )
            )
    return problems


def check_year(
    table: RawTable, frame: pl.DataFrame, form: RecordForm, positions: dict[str, int], year: int
) -> list[Problem]:
    """Find records of another year in a delivery, and dates after its end."""
    problems = []
    if "nam" in positions:
        other = (frame.get_column("nam") != year).fill_null(value=False)
        rows = [int(row) for row in other.arg_true()]
        if rows:
            found = frame[rows[0], "nam"]
            problems.append(
                table.problem(
                    "other-year",
                    f"Có {len(rows)} dòng ghi năm {found}, không phải {year}.",
                    f"chỉ để các bản ghi của năm {year} trong thư mục này.",
                    [(row, positions["nam"]) for row in rows],
                )
            )
    firsts = {before for before, _ in form.ordered} - {after for _, after in form.ordered}
    for code in (column.code for column in form.columns if column.code in firsts & set(positions)):
        late = (frame.get_column(code).dt.year() > year).fill_null(value=False)
        rows = [int(row) for row in late.arg_true()]
        if rows:
            problems.append(
                table.problem(
                    "after-year",
                    f"Có {len(rows)} dòng có «{form.column(code).label}» sau năm {year}.",
                    f"chỉ để các bản ghi phát sinh đến hết ngày 31/12/{year}.",
                    [(row, positions[code]) for row in rows],
                )
            )
    return problems


def check_marks(table: RawTable, frame: pl.DataFrame, positions: dict[str, int]) -> list[Problem]:
    """Compare a household's twelve marks with their count and with B2 (10 points a mark).

    10 points a mark: Thông tư 07/2021/TT-BLĐTBXH of 18/7/2021, as reported by two sources.
    """
    if not set(_MARKS) <= set(positions):
        return []
    complete = pl.all_horizontal(pl.col(_MARKS).is_not_null())
    counted = pl.sum_horizontal(pl.col(_MARKS).cast(pl.Int64))
    problems = []
    for code, expected, words, severity in (
        ("tong_thieu", counted, "tổng số chỉ số thiếu hụt", "error"),
        ("b2", counted * _POINTS_PER_MARK, "điểm B2", "warning"),
    ):
        if code not in positions:
            continue
        wrong = frame.select(
            (complete & (pl.col(code) != expected)).fill_null(value=False)
        ).to_series()
        rows = [int(row) for row in wrong.arg_true()]
        if rows:
            problems.append(
                table.problem(
                    "marks-disagree",
                    f"Có {len(rows)} dòng có {words} không khớp với 12 dấu thiếu hụt.",
                    "kiểm tra lại 12 dấu và số tổng.",
                    [(row, positions[code]) for row in rows],
                    severity="error" if severity == "error" else "warning",
                )
            )
    return problems


def check_expected(
    table: RawTable, frame: pl.DataFrame, form: RecordForm, positions: dict[str, int]
) -> list[Problem]:
    """Find records that leave open what a rate needs: they count neither for it nor against it."""
    problems = []
    for one in form.expected:
        asked = pl.lit(value=True)
        words = ""
        if one.column:
            if one.column not in positions:
                continue
            asked = pl.col(one.column).is_in(one.among)
            named = ", ".join(f"«{value}»" for value in one.among)
            words = f" có «{form.column(one.column).label}» là {named} mà"
        there = [code for code in one.any_of if code in positions]
        if one.once_delivered and not any(frame[code].count() for code in there):
            continue
        given = [pl.col(code).is_not_null() for code in there]
        lacking = asked & ~pl.any_horizontal(given) if given else asked
        numbered = frame.with_row_index("row").filter(lacking.fill_null(value=False))
        rows = numbered.get_column("row").to_list()
        if not rows:
            continue
        labels = " hoặc ".join(f"«{form.column(code).label}»" for code in one.any_of)
        at = next((positions[code] for code in (*one.any_of, one.column) if code in positions), 0)
        problems.append(
            table.problem(
                "unknown-part",
                f"Có {len(rows)} dòng{words} không có {labels}: {one.why}.",
                "bổ sung nếu có số liệu.",
                [(row, at) for row in rows],
                severity="warning",
            )
        )
    return problems


def check_swapped(table: RawTable, form: RecordForm, positions: dict[str, int]) -> list[Problem]:
    """Find columns in which a spreadsheet set to month/day took days for months."""
    problems = []
    for field in form.columns:
        if field.kind != "date" or field.code not in positions or table.sheet is None:
            continue
        position = positions[field.code]
        raw = table.frame.get_column(str(position))
        if raw.dtype != pl.String:
            continue
        days = pl.select(
            stored=raw.str.extract(_STORED_DAY).cast(pl.Int64),
            written=raw.str.extract(_WRITTEN_DAY).cast(pl.Int64),
        )
        stored, written = days["stored"].drop_nulls(), days["written"].drop_nulls()
        if said := swapped(field.label, stored.to_list(), written.to_list()):
            rows = [int(row) for row in days["stored"].is_not_null().arg_true()]
            cells = [(row, position) for row in rows]
            problems.append(table.problem("days-and-months-swapped", *said, cells))
    return problems
