"""Find the heading of a table on a sheet, and which of its columns is which field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from helpers.definitions.forms import Field
from helpers.inputs.faults import BadValueError
from helpers.inputs.grid import Grid, Position, is_empty
from helpers.inputs.letters import plain_text
from helpers.inputs.problems import Problem
from helpers.places.words import bare

_ROWS_LOOKED_AT = 30
_DEPTH = 3
_AT_LEAST = 2
_UNIT = re.compile(r"\s*\([^()]*\)\s*$")
_NUMBERED = re.compile(r"\(\d+\)(\s*=.*)?")
_PLAIN_NUMBERS = {"stt", "tt", "so tt"}
_NEAR = 75.0
_SEEN = 12  # headings listed when none fits
_LONGEST = 300  # characters of a heading, those above it included; longer is guidance


@dataclass(frozen=True)
class Heading:
    """Where a table begins and what its columns are.

    Parameters
    ----------
    row : int
        Last row of the heading; -1 if none was found.
    first : int
        First row of the data.
    columns : mapping of int to str
        Column of the sheet → code of the field.
    problems : tuple of Problem
    end : int
        Row after the last of the data: where a second table begins, or the end of the sheet.
    """

    row: int
    first: int
    columns: Mapping[int, str]
    problems: tuple[Problem, ...]
    end: int

    def column_of(self, code: str) -> int | None:
        """Return the column of a field, or None if the sheet lacks it."""
        return next((column for column, one in self.columns.items() if one == code), None)


def find_heading(grid: Grid, fields: Sequence[Field]) -> Heading:
    """Find the heading of a table.

    A heading is the row in which most cells name a field, by its code, its label with or without the
    unit behind it, or another known name; tones, case and punctuation do not matter. Where headings
    are merged over two or three rows, as in official forms, the words above a column are read
    together: "Tiếp nhận" over "Tổng số" is "Tiếp nhận – Tổng số".

    Parameters
    ----------
    grid : Grid
    fields : sequence of Field
        Columns of the form.

    Returns
    -------
    Heading
        With errors for unknown, repeated or missing required columns and for a second table.
    """
    spellings = _spellings(fields)
    found: list[tuple[int, dict[int, str]]] = []
    last = min(len(grid.rows), _ROWS_LOOKED_AT)
    for row in range(last):
        options = [_match(grid, row, depth, spellings) for depth in range(1, _DEPTH + 1)]
        found.append((row, max(options, key=lambda one: len(set(one.values())))))
    best_row, columns = max(
        found, key=lambda one: len(set(one[1].values())), default=(-1, dict[int, str]())
    )
    if len(set(columns.values())) < min(_AT_LEAST, len(fields)):
        missing = (_no_heading(grid, fields),)
        return Heading(-1, len(grid.rows), {}, missing, len(grid.rows))
    first, last_heading = _data_begins(grid, best_row, columns, spellings)
    second = _second_heading(grid, first, spellings)
    end = len(grid.rows) if second is None else second
    heading = Heading(last_heading, first, columns, (), end)
    problems = [
        *_repeated(grid, heading, fields),
        *_unknown(grid, heading, best_row, fields),
        *_missing(grid, heading, fields),
    ]
    if second is not None:
        problems.append(_second_table(grid, (second, min(columns))))
    return replace(heading, problems=tuple(problems))


def _spellings(fields: Sequence[Field]) -> dict[str, str]:
    """Return folded heading → code; what could mean two fields is left out."""
    found: dict[str, set[str]] = {}
    for field in fields:
        for text in (field.label, f"{field.label} {field.unit}", *field.also):
            found.setdefault(bare(text), set()).add(field.code)
    known = {text: codes.copy().pop() for text, codes in found.items() if len(codes) == 1}
    # A code is meant to be told apart and wins over a label that happens to read the same.
    return known | {bare(field.code): field.code for field in fields}


def _words(grid: Grid, row: int, column: int) -> str:
    value = grid.cell(row, column)
    if is_empty(value) or not isinstance(value, str):
        return ""
    try:
        return plain_text(value)
    except BadValueError:
        return value


def _spread(grid: Grid, row: int, column: int) -> str:
    """Return the words of a cell, or those of the merged area that it belongs to."""
    begins = grid.merge_at(row, column)
    return _words(grid, *begins) if begins else _words(grid, row, column)


def _spread_left(grid: Grid, row: int, column: int) -> str:
    """Return the words of a cell, or those that began at its left: text files keep no merged areas."""
    for at in range(column, -1, -1):
        if words := _spread(grid, row, at):
            return words
    return ""


def _match(grid: Grid, row: int, depth: int, spellings: Mapping[str, str]) -> dict[int, str]:
    if row - depth + 1 < 0:
        return {}
    columns = {}
    for column in range(grid.width):
        parts = [_spread(grid, row - up, column) for up in reversed(range(depth))]
        if not grid.merged and any(parts):
            # The last row of a heading has a text of its own, or the one above it stands for both.
            upper = depth - 1 if parts[-1] else max(n for n, part in enumerate(parts) if part)
            parts[:upper] = [
                _spread_left(grid, row - up, column)
                for up in range(depth - 1, depth - 1 - upper, -1)
            ]
        texts = [text for text in dict.fromkeys(parts) if text]
        for words in (" – ".join(texts), texts[-1] if texts else ""):
            if not words or len(words) > _LONGEST:
                continue
            code = spellings.get(bare(words)) or spellings.get(bare(_UNIT.sub("", words)))
            if code:
                columns[column] = code
                break
    return columns


def _data_begins(
    grid: Grid, row: int, columns: Mapping[int, str], spellings: Mapping[str, str]
) -> tuple[int, int]:
    """Return the first row of data and the last of the heading: codes or "(1) (2)" may follow it."""
    last = row
    while last + 1 < len(grid.rows):
        again = _match(grid, last + 1, 1, spellings)
        same = sum(columns.get(column) == code for column, code in again.items())
        cells = [text for c in columns if (text := _words(grid, last + 1, c))]
        numbered = len(cells) >= _AT_LEAST and all(_NUMBERED.fullmatch(text) for text in cells)
        if same < max(_AT_LEAST, len(columns) // 2) and not numbered:
            break
        last += 1
    return last + 1, last


def _repeated(grid: Grid, heading: Heading, fields: Sequence[Field]) -> Iterable[Problem]:
    for field in fields:
        places = [c for c, code in heading.columns.items() if code == field.code]
        if len(places) > 1:
            yield grid.problem(
                "error",
                "repeated-column",
                f"cột «{field.label}» có {len(places)} lần.",
                "chỉ giữ một cột.",
                [(heading.row, column) for column in places],
            )


def _unknown(grid: Grid, heading: Heading, row: int, fields: Sequence[Field]) -> Iterable[Problem]:
    labels = {field.label: bare(field.label) for field in fields}
    absent = {label: labels[label] for label in _absent(heading, fields)}
    for column in range(grid.width):
        if column in heading.columns:
            continue
        filled: list[Position] = [
            (one, column)
            for one in range(heading.first, heading.end)
            if not grid.is_blank(one, [column])
        ]
        # The rows of the heading, the row of codes or "(1)" behind them last, then those above.
        rows = [*range(row, heading.row + 1), *range(row - 1, max(row - _DEPTH, -1), -1)]
        above = [text for one in rows if (text := _spread(grid, one, column))]
        words = next((text for text in above if not _NUMBERED.fullmatch(text)), "".join(above[:1]))
        if not filled or bare(words) in _PLAIN_NUMBERS:
            continue
        if not words:
            yield grid.problem(
                "error",
                "no-column-name",
                "có số liệu ở cột không có tiêu đề."
                if grid.sheet
                else "dòng có nhiều ô hơn dòng tiêu đề.",
                "ghi tiêu đề cột theo mẫu, hoặc chuyển ghi chú này ra ngoài bảng (trang tính khác)."
                if grid.sheet
                else 'giá trị có dấu phẩy thì đặt trong ngoặc kép, ví dụ "78,04"; cột thêm thì ghi '
                "tiêu đề theo mẫu.",
                filled,
            )
            continue
        # A heading with words left out or added most likely stands for a column that is absent.
        near = process.extractOne(
            bare(words), absent, scorer=fuzz.token_set_ratio, score_cutoff=_NEAR
        ) or process.extractOne(bare(words), labels, scorer=fuzz.ratio, score_cutoff=_NEAR)
        hint = f"sửa tiêu đề thành «{near[2]}» nếu đúng là cột đó" if near else "xóa cột này"
        yield grid.problem(
            "error",
            "unknown-column",
            f"cột «{words}» không có trong mẫu nên không được đọc.",
            f"{hint}, hoặc chuyển sang trang tính khác."
            if grid.sheet
            else f"{hint}, hoặc bỏ cột khỏi tệp.",
            (row, column),
        )


def _absent(heading: Heading, fields: Sequence[Field]) -> list[str]:
    """Return the labels of the columns that a sheet lacks, the required first."""
    present = set(heading.columns.values())
    absent = [field for field in fields if field.code not in present]
    return [field.label for field in sorted(absent, key=lambda field: not field.required)]


def _missing(grid: Grid, heading: Heading, fields: Sequence[Field]) -> Iterable[Problem]:
    present = set(heading.columns.values())
    for field in fields:
        if field.required and field.code not in present:
            yield grid.problem(
                "error",
                "missing-column",
                f"thiếu cột bắt buộc «{field.label}» (mã {field.code}).",
                f"ghi «{field.label}» làm tiêu đề của cột chứa số liệu này, hoặc thêm cột.",
            )


def _second_heading(grid: Grid, first: int, spellings: Mapping[str, str]) -> int | None:
    rows = range(first, len(grid.rows))
    names = (len(set(_match(grid, row, 1, spellings).values())) for row in rows)
    return next((row for row, found in zip(rows, names, strict=True) if found >= _AT_LEAST), None)


def _second_table(grid: Grid, cell: Position) -> Problem:
    return grid.problem(
        "error",
        "several-tables",
        "trang tính có thêm một bảng nữa bắt đầu ở dòng này; bảng đó chưa được kiểm tra."
        if grid.sheet
        else "tệp có thêm một dòng tiêu đề ở giữa; các dòng sau đó chưa được kiểm tra.",
        "mỗi trang tính hay tệp chỉ để một bảng: gộp các dòng vào bảng đầu, bỏ tiêu đề thừa.",
        cell,
    )


def headings_seen(rows: Sequence[Sequence[str]]) -> str:
    """Return in words which headings a file seems to have: the row with most texts."""
    best = max(rows, key=lambda row: sum(1 for text in row if text), default=())
    texts = [text for text in best if text]
    if not texts:
        return ""
    more = f" và {len(texts) - _SEEN} ô khác" if len(texts) > _SEEN else ""
    return f"; dòng có nhiều chữ nhất ghi: {', '.join(f'«{t[:40]}»' for t in texts[:_SEEN])}{more}"


def _no_heading(grid: Grid, fields: Sequence[Field]) -> Problem:
    names = ", ".join(f"«{field.label}»" for field in fields[:4])
    rows = range(min(len(grid.rows), _ROWS_LOOKED_AT))
    seen = headings_seen(
        [[_words(grid, row, column) for column in range(len(grid.rows[row]))] for row in rows]
    )
    return grid.problem(
        "error",
        "no-heading",
        f"không tìm thấy dòng tiêu đề của bảng{seen}.",
        f"giữ dòng tiêu đề như trong mẫu ({names}, …).",
    )
