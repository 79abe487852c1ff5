"""Take a table of results that somebody published into ``data/published``: any index, any layout.

The table is read as record files are, by the same rules and traps. Nothing that is known is changed or
made poorer unless that is asked for, and the last import of a year can be taken back.
"""

from __future__ import annotations

import csv
import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from helpers.definitions import load_framework
from helpers.definitions.forms import Field, RecordForm
from helpers.inputs.atomic import write_atomically
from helpers.inputs.office import RecordFile
from helpers.inputs.problems import InputError, Problem
from helpers.inputs.published import (
    OPTIONAL,
    REQUIRED,
    csv_records,
    csv_text,
    published,
    published_rows,
)
from helpers.inputs.records import read_record_file
from helpers.places import UnknownPlaceError, register, system_of_year
from helpers.project import Project

_ROW = "dong"
_KNOWN = ("value", "rank", "group")
"""What a line says of a unit; the other columns say where it is from."""
_ABOUT = ("publisher", "read_from", "doubt", "note")
"""What an old line says of its own figures, which is not so of other ones."""
_LISTED = 20
_UNDO = "tables"


@dataclass(frozen=True)
class Stated:
    """What a person states of a table, as no program can know it.

    Parameters
    ----------
    status : str
        ``official``, ``computed`` or ``simulated``.
    source : str
        Where the table was read: an address, or a document with number and day.
    publisher : str
    code : str
        Criterion of all rows where the table has no column of codes.
    sheet : str
        Of a workbook; empty for the first.
    columns : mapping of str to str
        Our column → heading of the table, where the heading is not a usual one.
    """

    status: str
    source: str
    publisher: str = ""
    code: str = "total"
    sheet: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TableImport:
    """What an import would write.

    Parameters
    ----------
    file : Path
        ``data/published/<index>/<year>.csv``.
    content : str
        Of the file afterwards.
    added, same : int
        Lines that are new, and lines that the file has already.
    replaced : tuple of str
        For each line that changes what it said and says, in words.
    poorer : tuple of str
        Those of them that change or lose something that is known.
    problems : tuple of Problem
        Notes and warnings of reading.
    """

    file: Path
    content: str
    added: int
    same: int
    replaced: tuple[str, ...]
    poorer: tuple[str, ...]
    problems: tuple[Problem, ...]


def read_table(path: Path, index: str, year: int, stated: Stated, project: Project) -> TableImport:
    """Read a table of provinces and say what an import of it would change; nothing is written.

    Parameters
    ----------
    path : Path
        CSV, XLSX or Parquet with one row for each province and criterion.
    index : str
        Key of an index that has a definition.
    year : int
        Year measured.
    stated : Stated
    project : Project

    Returns
    -------
    TableImport

    Raises
    ------
    InputError
        With all that is wrong, by row of the table.
    """
    framework = load_framework(index, project)
    form = _form(framework.unit, stated)
    own = RecordFile(sheet=stated.sheet, columns=dict(stated.columns), number_rows=True)
    name = project.relative(path) if path.is_relative_to(project.root) else path.name
    read = read_record_file(path, form, own, year, name)
    notes = tuple(problem for problem in read.problems if problem.rule != "rows-numbered")
    told = [one for one in read.frame.to_dicts() if any(one.get(k) is not None for k in _KNOWN)]
    _check_scale(told, framework.unit, name)
    lines = _lines(told, index, year, stated, name, project)
    return _merged(lines, name, index, year, project, notes)


def write_table(made: TableImport, index: str, year: int, project: Project) -> None:
    """Write the file, and keep what it was for :func:`take_back`."""
    before = made.file.read_text(encoding="utf-8") if made.file.is_file() else None
    content = made.content.encode()
    kept = {"before": before, "written": hashlib.sha256(content).hexdigest()}
    write_atomically(_undo_of(index, year, project), json.dumps(kept, ensure_ascii=False).encode())
    write_atomically(made.file, content)


def take_back(index: str, year: int, project: Project) -> Path:
    """Put the file of a year back as it was before the last import of a table.

    Returns
    -------
    Path
        The file; it is gone where the import had made it.

    Raises
    ------
    InputError
        If there was no import, or somebody has changed the file since: their work is not lost.
    """
    file = project.published / index / f"{year}.csv"
    kept = _undo_of(index, year, project)
    name = project.relative(file)
    if not kept.is_file():
        message = f"Chưa có lần nạp bảng nào của {index} năm {year} để hoàn lại."
        remedy = "kiểm tra năm; để hoàn lại một sổ tính đã nạp, bỏ --year."
        raise InputError([Problem("error", name, None, None, "no-import", message, remedy)])
    told = json.loads(kept.read_text(encoding="utf-8"))
    content = file.read_bytes() if file.is_file() else b""
    if hashlib.sha256(content).hexdigest() != told["written"]:
        message = "Tệp đã được sửa sau lần nạp nên không hoàn lại."
        remedy = "sửa tiếp bằng tay, hoặc lấy lại bản cũ bằng git."
        raise InputError([Problem("error", name, None, None, "changed-since", message, remedy)])
    if told["before"] is None:
        file.unlink()
    else:
        write_atomically(file, told["before"].encode())
    kept.unlink()
    return file


def _undo_of(index: str, year: int, project: Project) -> Path:
    return project.imported / _UNDO / f"{index}-{year}.json"


def _form(unit: str, stated: Stated) -> RecordForm:
    kind = "percent" if unit == "%" else "number"
    return RecordForm(
        key="published",
        file="",
        title="bảng kết quả",
        columns=(
            Field(code=_ROW, label="Dòng", kind="text"),
            Field(
                code="unit",
                label="Tỉnh, thành phố",
                kind="text",
                required=True,
                also=("Tỉnh", "Tỉnh/thành phố", "Địa phương", "Đơn vị", "Tên tỉnh", "Province"),
            ),
            Field(code="code", label="Mã tiêu chí", kind="text", also=("Mã", "Code")),
            Field(
                code="value",
                label="Giá trị",
                kind=kind,
                also=("Điểm", "Điểm số", "Điểm tổng hợp", "Tổng điểm", "Kết quả", "Score", "Value"),
            ),
            Field(
                code="rank",
                label="Thứ hạng",
                kind="count",
                minimum=1,
                also=("Xếp hạng", "Hạng", "Vị trí", "Rank"),
            ),
            Field(code="group", label="Nhóm", kind="text", also=("Xếp nhóm", "Group")),
            Field(code="note", label="Ghi chú", kind="text", also=("Note",)),
        ),
        unique=(_ROW,),
    )


def _check_scale(rows: list[dict[str, object]], unit: str, name: str) -> None:
    """Refuse shares where percentages are meant: a hundredth of each would be printed."""
    values = [value for one in rows if isinstance(value := one.get("value"), float)]
    if unit == "%" and values and max(values) <= 1:
        message = (
            f"Mọi giá trị đều không quá 1 ({max(values):g} là lớn nhất), chỉ số này tính bằng %."
        )
        raise InputError(
            [Problem("error", name, None, None, "scale", message, "nhân cột giá trị với 100.")]
        )


def _lines(
    rows: list[dict[str, object]],
    index: str,
    year: int,
    stated: Stated,
    name: str,
    project: Project,
) -> list[tuple[str, dict[str, str]]]:
    """Return row of the table and line of the file for every row; places by their register."""
    places, system = register(project), system_of_year(year, project)
    digits = max((_digits(one.get("value")) for one in rows), default=0)
    known = published(index, project)
    lines, problems = [], []
    for one in rows:
        row, told = str(one[_ROW]), str(one["unit"])
        try:
            place = places.find_unit(told, system)
        except UnknownPlaceError as error:
            problems.append(_at(name, row, "unknown-place", f"Cột «Tỉnh»: {error}"))
            continue
        code = str(one.get("code") or stated.code)
        of_code = known[(known["code"] == code) & (known["level"] == "province")]
        line = {
            "unit": place.name,
            "slug": place.slug,
            "code": code,
            "value": _written(one.get("value"), digits),
            "rank": "" if one.get("rank") is None else f"{one['rank']:.0f}",
            "group": str(one.get("group") or ""),
            "note": str(one.get("note") or ""),
            "status": stated.status,
            "publisher": stated.publisher,
            "source": stated.source,
        }
        if len(of_code):
            line |= {k: str(of_code.iloc[-1][k]) for k in ("name", "unit_of_measure")}
        lines.append((row, line))
    seen: dict[tuple[str, str], str] = {}
    for row, line in lines:
        first = seen.setdefault((line["slug"], line["code"]), row)
        if first != row:
            message = f"{line['unit']}, mã {line['code']} đã có ở {first}."
            problems.append(_at(name, row, "duplicate", message))
    if problems:
        raise InputError(problems)
    return lines


def _at(name: str, row: str, rule: str, message: str) -> Problem:
    line = int(row.removeprefix("dòng "))
    return Problem("error", name, None, None, rule, message, "sửa dòng này trong bảng.", line)


def _digits(value: object) -> int:
    return len(repr(value).partition(".")[2].rstrip("0")) if isinstance(value, float) else 0


def _written(value: object, digits: int) -> str:
    """A value with as many digits as its column has, as one table prints all alike."""
    return f"{value:.{digits}f}" if isinstance(value, float) else ""


def _merged(
    lines: list[tuple[str, dict[str, str]]],
    table: str,
    index: str,
    year: int,
    project: Project,
    notes: tuple[Problem, ...],
) -> TableImport:
    file = project.published / index / f"{year}.csv"
    name = project.relative(file)
    heading: list[str] = []
    there: list[dict[str, str]] = []
    if file.is_file():
        text = csv_text(file, name)
        heading = next(csv.reader(StringIO(text)))
        there = [fields for _, fields in csv_records(text, name, REQUIRED, OPTIONAL)]
    used = {key for _, line in lines for key, value in line.items() if value}
    heading += [key for key in (*REQUIRED, *OPTIONAL) if key in used and key not in heading]
    at = _provinces(there, year, project)
    same, replaced, poorer = 0, [], []
    # What stands in the file afterwards, each with the row of the table that it is from.
    kept: dict[int, tuple[str, dict[str, str]]] = {n: ("", old) for n, old in enumerate(there)}
    new: list[tuple[str, dict[str, str]]] = []
    for row, line in lines:
        mine = at.get((line["slug"], line["code"]), [])
        if any(_agrees(there[n], line) for n in mine):
            same += 1
            continue
        if not mine:
            new.append((row, line))
            continue
        richer = [n for n in mine if _keeps(there[n], line)]
        told = "; ".join(_told(there[n]) for n in (richer[:1] or mine))
        replaced.append(f"{line['unit']}, mã {line['code']}: {told} → {_told(line)}")
        if not richer:
            poorer.append(replaced[-1])
        # A line that says more takes the place of the one that it says again; the other sources
        # stay. One that says otherwise takes the place of all that is known of the criterion.
        first, *others = richer[:1] or mine
        kept[first] = (row, {**there[first], **dict.fromkeys(_ABOUT, ""), **line})
        for other in others:
            del kept[other]
    final = [*kept.values(), *new]
    out = StringIO()
    writer = csv.DictWriter(out, heading, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(line for _, line in final)
    content = out.getvalue()
    try:
        published_rows(content, name, index, year, project)
    except InputError as error:
        rows = [row for row, _ in final]
        raise InputError(_of_table(error.problems, content, name, table, rows)) from error
    return TableImport(file, content, len(new), same, tuple(replaced), tuple(poorer), notes)


def _provinces(
    there: list[dict[str, str]], year: int, project: Project
) -> dict[tuple[str, str], list[int]]:
    """Return where each province's lines of a criterion stand; a file may leave out the slugs."""
    places, system = register(project), system_of_year(year, project)
    at: dict[tuple[str, str], list[int]] = {}
    for number, old in enumerate(there):
        if (old.get("level") or "province") != "province":
            continue
        try:
            slug = old.get("slug") or places.find_unit(old["unit"], system).slug
        except UnknownPlaceError:
            continue  # the check of the whole file names it
        at.setdefault((slug, old["code"]), []).append(number)
    return at


def _of_table(
    problems: Iterable[Problem], content: str, name: str, table: str, rows: list[str]
) -> list[Problem]:
    """Name the table's row where what is wrong comes from it: the file to be is nowhere to be seen."""
    ends = [number for number, _ in csv_records(content, name, REQUIRED, OPTIONAL)]
    row_at = {number: row for number, row in zip(ends, rows, strict=True) if row}
    return [
        _at(table, row, one.rule, one.message) if (row := row_at.get(one.line or 0)) else one
        for one in problems
    ]


def _agrees(old: Mapping[str, str], new: Mapping[str, str]) -> bool:
    return all(_number(old.get(key, "")) == _number(new.get(key, "")) for key in _KNOWN)


def _keeps(old: Mapping[str, str], new: Mapping[str, str]) -> bool:
    """Whether the new line says all that the old one says, and perhaps more."""
    return all(not old.get(key) or _number(old[key]) == _number(new.get(key, "")) for key in _KNOWN)


def _number(text: str) -> object:
    try:
        value = float(text)
    except ValueError:
        return text
    return text if math.isnan(value) else value


def _told(line: Mapping[str, str]) -> str:
    """What a line says, in words."""
    value, rank, group = (line.get(key, "") for key in _KNOWN)
    parts = [value, f"thứ {rank}" if rank else "", f"nhóm {group}" if group else ""]
    return ", ".join(part for part in parts if part)


def listed(texts: tuple[str, ...]) -> list[str]:
    """Return the first texts and how many more there are."""
    rest = len(texts) - _LISTED
    return [*texts[:_LISTED], *([f"và {rest} dòng khác."] if rest > 0 else [])]
