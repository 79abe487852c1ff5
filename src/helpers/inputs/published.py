"""Read the national results that ship with the project: ``data/published/<index>.csv``.

The file is text that people correct by hand, often in a spreadsheet program set to Vietnamese, so
every reading checks everything and says which line is wrong.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pandas as pd

from helpers.definitions import Framework, Node, load_framework
from helpers.inputs.columns import SCORE_COLUMNS, frame
from helpers.inputs.problems import InputError, Problem
from helpers.kept import while_unchanged
from helpers.places import SYSTEMS, Place, Register, System, UnknownPlaceError, fold, register
from helpers.project import Project

COLUMNS = ("year", "system", "slug", "province", "code", "criterion", "value", "source")
_SAVE_AS = "lưu lại thành CSV UTF-8 với dấu phẩy ngăn cột và dấu chấm thập phân."


def read_published(path: Path, project: Project) -> pd.DataFrame:
    """Read and check a file of published scores.

    Parameters
    ----------
    path : Path
        CSV with the columns :data:`COLUMNS`; its stem names the index, as in ``papi.csv``.
        ``criterion`` is the id of the criterion in the definition: it guards against a code that
        meant something else in another year, as ``province`` guards against a slip in ``slug``.
    project : Project
        Where the definition and the register of places are.

    Returns
    -------
    DataFrame
        Table of scores (docs/architecture.md), in the order of the file; ``value`` in points,
        ``status`` ``"official"``, ``source`` the line of the file.

    Raises
    ------
    InputError
        If the file cannot be read or any line breaks a rule; all broken lines are named.
    """
    return _read(path, project).copy()


@while_unchanged(lambda path, project: [path], size=8)
def _read(path: Path, project: Project) -> pd.DataFrame:
    name = project.relative(path)
    text = _text(path, name)
    checker = _Checker(name, load_framework(path.stem, project), register(project))
    rows = [row for line, fields in _records(text, name) if (row := checker.row(line, fields))]
    if checker.problems:
        raise InputError(checker.problems)
    if not rows:
        raise InputError([_file_problem(name, "empty", "Tệp không có dòng số liệu nào.", "")])
    return frame([*rows], SCORE_COLUMNS)


def _file_problem(name: str, rule: str, message: str, remedy: str, line: int = 1) -> Problem:
    restore = "lấy lại tệp đã phát hành cùng dự án (git restore)."
    return Problem("error", name, None, None, rule, message, remedy or restore, line)


def _text(path: Path, name: str) -> str:
    """Return the text of the file; a byte order mark, which Excel writes, is dropped."""
    if not path.is_file():
        raise InputError(
            [
                Problem(
                    "error",
                    name,
                    None,
                    None,
                    "missing-file",
                    "Không có tệp điểm đã công bố.",
                    "lấy lại tệp đã phát hành cùng dự án (git restore).",
                )
            ]
        )
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"Tệp không phải văn bản UTF-8 (byte thứ {error.start + 1})."
        raise InputError([_file_problem(name, "encoding", message, _SAVE_AS)]) from error


def _records(text: str, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the line number and the fields of every record below a correct heading."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        heading = next(reader, [])
        if len(heading) == 1 and ";" in heading[0]:
            message = "Các cột ngăn cách bằng dấu chấm phẩy."
            raise InputError([_file_problem(name, "semicolons", message, _SAVE_AS)])
        missing = [column for column in COLUMNS if column not in heading]
        if missing or len(set(heading)) != len(heading):
            message = (
                f"Dòng tiêu đề thiếu cột: {', '.join(missing)}."
                if missing
                else "Dòng tiêu đề có cột lặp lại."
            )
            remedy = f"giữ dòng tiêu đề đúng như sau: {','.join(COLUMNS)}."
            raise InputError([_file_problem(name, "columns", message, remedy)])
        for fields in reader:
            if not fields:
                continue
            line = reader.line_num
            if len(fields) != len(heading):
                message = f"Dòng có {len(fields)} ô, dòng tiêu đề có {len(heading)} ô."
                remedy = "đặt ô có dấu phẩy trong ngoặc kép; số thập phân viết với dấu chấm."
                raise InputError([_file_problem(name, "fields", message, remedy, line)])
            yield line, dict(zip(heading, fields, strict=True))
    except csv.Error as error:
        message = f"Không đọc được tệp theo dạng CSV ({error})."
        raise InputError(
            [_file_problem(name, "csv", message, _SAVE_AS, reader.line_num)]
        ) from error


class _Checker:
    """Checks line after line and collects the problems of one file."""

    def __init__(self, name: str, definition: Framework, places: Register) -> None:
        self.problems: list[Problem] = []
        self._name = name
        self._definition = definition
        self._places = places
        self._known: dict[System, dict[str, Place]] = {
            system: {place.slug: place for place in places.units(system)} for system in SYSTEMS
        }
        self._criteria: dict[int, dict[str, Node]] = {}
        self._lines: dict[tuple[int, str, str, str], int] = {}

    def row(self, line: int, fields: dict[str, str]) -> tuple[object, ...] | None:
        """Return the row of the table of scores, or None after noting what is wrong."""
        before = len(self.problems)
        year = self._year(line, fields["year"])
        place = self._place(line, fields)
        criterion = self._criterion(line, year, fields)
        value = self._value(line, fields["value"], criterion)
        if not fields["source"].strip():
            self._note(line, "source", "Thiếu nguồn ở cột source.", "ghi nơi đã đọc số liệu.")
        if year is not None:
            self._key(line, (year, fields["system"], fields["slug"], fields["code"]))
        if len(self.problems) > before or place is None:
            return None
        source = f"{self._name}, dòng {line}"
        return (year, place.system, place.slug, fields["code"], value, "official", source)

    def _note(self, line: int, rule: str, message: str, remedy: str) -> None:
        self.problems.append(_file_problem(self._name, rule, message, remedy, line))

    def _year(self, line: int, text: str) -> int | None:
        try:
            year = int(text)
            if year not in self._criteria:
                criteria = self._definition.edition(year).nodes
                self._criteria[year] = {criterion.code: criterion for criterion in criteria}
        except ValueError:
            self._note(line, "year", f"Năm «{text}» không phải số nguyên.", "ghi năm bốn chữ số.")
        except LookupError as error:
            self._note(line, "year", str(error.args[0]), "sửa năm, hoặc bổ sung định nghĩa.")
        else:
            return year
        return None

    def _place(self, line: int, fields: dict[str, str]) -> Place | None:
        system, slug = fields["system"], fields["slug"]
        if system not in SYSTEMS:
            message = f"Cột system có giá trị «{system}»."
            self._note(line, "system", message, "ghi 63 (đến 30/6/2025) hoặc 34 (từ 01/7/2025).")
            return None
        place = self._known[system].get(slug)
        if place is None:
            try:
                hint = self._places.find(slug, system).slug
                message = f"Mã tỉnh «{slug}» không đúng dạng; có phải là «{hint}»?"
            except UnknownPlaceError as error:
                message = str(error)
            self._note(line, "unknown-place", message, "dùng mã tỉnh trong params/places.")
        elif fold(fields["province"]) != fold(place.name):
            message = (
                f"Mã tỉnh «{slug}» là {place.name}, cột province lại ghi {fields['province']}."
            )
            self._note(line, "province", message, "sửa cột slug hoặc cột province.")
        return place

    def _criterion(self, line: int, year: int | None, fields: dict[str, str]) -> Node | None:
        if year is None:
            return None
        code, named = fields["code"], fields["criterion"]
        criterion = self._criteria[year].get(code)
        if criterion is None:
            known = ", ".join(self._criteria[year])
            message = (
                f"{self._definition.short_name} năm {year} không có tiêu chí mang mã «{code}»."
            )
            self._note(line, "unknown-code", message, f"dùng một trong các mã: {known}.")
        elif named != criterion.subject:
            message = (
                f"Mã {code} năm {year} là «{criterion.subject}» ({criterion.name_vi}), "
                f"cột criterion lại ghi «{named}»."
            )
            remedy = "kiểm tra lại nguồn: một mã có thể mang nội dung khác ở năm khác."
            self._note(line, "criterion", message, remedy)
        return criterion

    def _value(self, line: int, text: str, criterion: Node | None) -> float:
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value) or "_" in text:
            message = f"Điểm «{text}» không phải số."
            remedy = "viết số với dấu chấm thập phân, không có dấu phân cách hàng nghìn."
            if not text.strip():
                remedy = "xóa cả dòng nếu không có số liệu; không để trống, không ghi 0."
            self._note(line, "number", message, remedy)
        elif criterion and not criterion.scale[0] <= value <= criterion.scale[1]:
            low, high = criterion.scale
            message = (
                f"Điểm {text} nằm ngoài thang điểm {low:g} đến {high:g} của mã {criterion.code}."
            )
            self._note(line, "scale", message, "kiểm tra lại nguồn; không ghi 0 thay cho thiếu.")
        return value

    def _key(self, line: int, key: tuple[int, str, str, str]) -> None:
        first = self._lines.setdefault(key, line)
        if first != line:
            year, _, slug, code = key
            message = f"Lặp lại dòng {first}: năm {year}, {slug}, mã {code}."
            self._note(line, "duplicate", message, "chỉ giữ một dòng cho mỗi năm, tỉnh và mã.")
