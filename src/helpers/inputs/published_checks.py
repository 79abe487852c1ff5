"""Check the lines of a file of published figures, one after another."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple, get_args

import pandas as pd

from helpers.definitions import Framework, Node, load_framework
from helpers.inputs.office import DataStatus
from helpers.inputs.problems import Problem
from helpers.places import Place, Register, System, UnknownPlaceError, register
from helpers.project import Project

LEVELS = ("province", "department", "district", "commune")
AVERAGE_LEVELS = ("national", "ministries", "region", "in_province")
AFTER_MERGER = "total_34"
"""Code of a total that was recomputed for the 34 units of 1 July 2025."""

STATUSES: tuple[str, ...] = get_args(DataStatus)


class _Score(NamedTuple):
    line: int
    value: float
    half: float


class PublishedChecker:
    """Checks line after line and collects the problems of one file.

    Parameters
    ----------
    name : str
        Path of the file from the root of the checkout.
    index : str
    year : int or None
        None where the pages did not show their date.
    project : Project
    """

    def __init__(self, name: str, index: str, year: int | None, project: Project) -> None:
        self.problems: list[Problem] = []
        self._name = name
        self._index = index
        self._year = year
        self._register = register(project)
        self._system = self._system_of(year)
        self._found: dict[tuple[str, System], Place | None] = {}
        self._lines: dict[tuple[str, ...], int] = {}
        self._scores: dict[str, dict[str, _Score]] = {}
        self._definition = _definition(index, project)
        self._whole = self._definition is not None and self._definition.is_score_tree
        self._nodes = self._criteria()

    def row(self, line: int, given: Mapping[str, str]) -> dict[str, object] | None:
        """Return the row of a line, or None after noting what is wrong."""
        before = len(self.problems)
        fields = {column: text.strip() for column, text in given.items()}
        level = fields.get("level", "") or "province"
        if level not in (*LEVELS, *AVERAGE_LEVELS):
            allowed = ", ".join((*LEVELS, *AVERAGE_LEVELS))
            message = f"Cột level có giá trị «{level}»."
            self._note(line, "level", message, f"dùng một trong: {allowed}; để trống là province.")
        place = self._place(line, fields, "unit", "slug", needed=level == "province")
        above = self._place(line, fields, "parent", "parent_slug", needed=level in LEVELS[1:])
        node = self._criterion(line, fields, level)
        value = self._value(line, fields.get("value", ""), node if level in LEVELS else None)
        rank = self._rank(line, fields.get("rank", ""))
        if not fields.get("value") and not fields.get("rank"):
            remedy = "xóa cả dòng nếu không có số liệu; không để trống, không ghi 0."
            self._note(line, "number", "Không có giá trị và thứ hạng.", remedy)
        self._stated(line, fields)
        unit = self._described(line, fields, node)
        about = (level, fields["unit"], fields.get("parent", ""), fields["code"])
        self._once(line, (*about, *unit, fields["source"]))
        if len(self.problems) > before:
            return None
        text, origin = fields.get("value", ""), f"{self._name}, dòng {line}"
        if text and level == "province" and not fields.get("doubt"):
            digits = len(text.partition(".")[2])
            scores = self._scores.setdefault(fields["unit"], {})
            scores[fields["code"]] = _Score(line, value, 0.5 * 10.0**-digits)
        optional = ("group", "publisher", "read_from", "doubt", "note")
        return {
            "index": self._index,
            "year": pd.NA if self._year is None else self._year,
            "level": level,
            "slug": "" if place is None else place.slug,
            "unit": fields["unit"] if place is None else place.name,
            "parent_slug": "" if above is None else above.slug,
            "parent": fields.get("parent", "") if above is None else above.name,
            "code": fields["code"],
            "name": unit[0],
            "value": value,
            "unit_of_measure": unit[1],
            "rank": rank,
            "status": fields["status"],
            "source": fields["source"],
            "decimals": len(text.partition(".")[2]) if text else pd.NA,
            "rank_origin": origin,
            "rank_source": fields["source"],
            "origin": origin,
            **{column: fields.get(column, "") for column in optional},
        }

    def check_totals(self) -> None:
        """Note every total that does not follow from its parts by the rule of the definition.

        Figures may differ by what the printing of the parts and of the total in a report leaves open.
        """
        if not self._whole or self._definition is None:
            return
        for unit, scores in self._scores.items():
            values = {part: score.value for part, score in scores.items()}
            for code in scores.keys() & self._nodes.keys():
                node, told = self._nodes[code], scores[code]
                made = node.made_of(values)
                if made is None:
                    continue
                shown = 0.5 * 10.0**-self._definition.decimals
                parts = sum(share * scores[part].half for part, share in node.shares.items())
                if abs(made - told.value) > max(told.half, shown) + parts:
                    message = (
                        f"Mã {code} của {unit} là {told.value:g}; tính từ các mã con theo định nghĩa "
                        f"được {made:.6g}."
                    )
                    remedy = "sửa số hoặc định nghĩa; nguồn ghi đúng như vậy thì nêu ở cột doubt."
                    self._note(told.line, "total", message, remedy)

    def _note(self, line: int, rule: str, message: str, remedy: str) -> None:
        self.problems.append(Problem("error", self._name, None, None, rule, message, remedy, line))

    def _system_of(self, year: int | None) -> System:
        if year is None:
            return "63"  # what pages say without a year is from before the units of today existed
        try:
            return self._register.system_of_year(year)
        except ValueError as error:
            self._note(1, "year", str(error), "sửa tên tệp: năm đánh giá, không phải năm công bố.")
            return "63"

    def _criteria(self) -> dict[str, Node]:
        if self._definition is None or self._year is None:
            return {}
        try:
            edition = self._definition.edition(self._year)
        except LookupError as error:
            if self._whole:
                self._note(1, "year", str(error.args[0]), "sửa tên tệp, hoặc bổ sung định nghĩa.")
            return {}
        return {node.code: node for node in edition.nodes}

    def _place(
        self, line: int, fields: Mapping[str, str], name: str, slug: str, *, needed: bool
    ) -> Place | None:
        told, coded = fields.get(name, ""), fields.get(slug, "")
        if not needed or (name == "parent" and not told):
            if coded:
                message = f"Cột {slug} có «{coded}» ở đơn vị không phải cấp tỉnh."
                self._note(line, slug, message, f"để trống cột {slug}.")
            return None
        place = self._find(told, "34" if fields["code"] == AFTER_MERGER else self._system)
        if place is None:
            message = f"Không có tỉnh, thành phố «{told}» trong năm này."
            self._note(line, "unknown-place", message, "dùng tên tỉnh trong params/places.")
        elif coded and place.slug != coded:
            message = f"{told} có mã «{place.slug}», cột {slug} lại ghi «{coded}»."
            self._note(line, slug, message, f"sửa cột {slug} hoặc cột {name}.")
        return place

    def _find(self, name: str, system: System) -> Place | None:
        if (name, system) not in self._found:
            self._found[name, system] = _find(self._register, name, system)
        return self._found[name, system]

    def _criterion(self, line: int, fields: Mapping[str, str], level: str) -> Node | None:
        code, named = fields["code"], fields.get("criterion", "")
        node = self._nodes.get(code)
        definition = self._definition
        if self._whole and not self._nodes:
            return None  # the year is told once, of the file
        if node is None and self._whole and definition is not None:
            message = (
                f"{definition.short_name} năm {self._year} không có tiêu chí mang mã «{code}»."
            )
            known = ", ".join(self._nodes)
            self._note(line, "unknown-code", message, f"dùng một trong các mã: {known}.")
            return None
        if not code:
            self._note(line, "code", "Thiếu giá trị ở cột code.", "ghi mã tiêu chí, như total.")
        elif named and (node is None or named != node.subject):
            meant = "không có trong định nghĩa" if node is None else f"là «{node.subject}»"
            message = f"Mã {code} năm {self._year} {meant}, cột criterion lại ghi «{named}»."
            remedy = "kiểm tra lại nguồn: một mã có thể mang nội dung khác ở năm khác."
            self._note(line, "criterion", message, remedy)
        return node

    def _described(
        self, line: int, fields: Mapping[str, str], node: Node | None
    ) -> tuple[str, str]:
        """Return name and unit of measure: as the line has them, or else as the definition has."""
        unit = "" if self._definition is None else self._definition.unit
        known = (node.name_vi, unit) if node is not None else ("", "")
        told = (fields.get("name", "") or known[0], fields.get("unit_of_measure", "") or known[1])
        for column, text in zip(("name", "unit_of_measure"), told, strict=True):
            # A code that the definition does not have is told by itself.
            if not text and not (self._whole and node is None):
                self._note(line, column, f"Thiếu giá trị ở cột {column}.", "ghi đúng như nguồn.")
        return told

    def _stated(self, line: int, fields: Mapping[str, str]) -> None:
        """Check that the line says who is named, where it was read and whether it is official."""
        for column in ("unit", "source"):
            if not fields[column]:
                message = f"Thiếu giá trị ở cột {column}."
                self._note(line, column, message, "ghi nguồn đã đọc, đúng như nguồn ghi.")
        if fields["status"] not in STATUSES:
            message = f"Cột status có giá trị «{fields['status']}»."
            remedy = (
                "ghi official (cơ quan công bố), computed (tính lại) hoặc simulated (giả định)."
            )
            self._note(line, "status", message, remedy)

    def _rank(self, line: int, text: str) -> object:
        if text and (not text.isdecimal() or int(text) == 0):
            self._note(line, "rank", f"Cột rank có «{text}».", "ghi số nguyên, hoặc để trống.")
        return int(text) if text.isdecimal() else pd.NA

    def _value(self, line: int, text: str, node: Node | None) -> float:
        if not text:
            return math.nan
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value) or "_" in text:
            message = f"Giá trị «{text}» không phải số."
            remedy = "viết số với dấu chấm thập phân, không có dấu phân cách hàng nghìn."
            self._note(line, "number", message, remedy)
        elif node is not None and self._whole and node.maximum is not None:
            low, high = node.scale
            if not low <= value <= high:
                message = f"{text} nằm ngoài thang điểm {low:g} đến {high:g} của mã {node.code}."
                self._note(
                    line, "scale", message, "kiểm tra lại nguồn; không ghi 0 thay cho thiếu."
                )
        return value

    def _once(self, line: int, key: tuple[str, ...]) -> None:
        """Note a figure that stands twice; pages that disagree are told apart by their source."""
        first = self._lines.setdefault(key, line)
        if first != line:
            message = f"Lặp lại dòng {first}: {key[1]}, mã {key[3]}, cùng nguồn."
            self._note(line, "duplicate", message, "chỉ giữ một dòng cho mỗi số của một nguồn.")


def _definition(index: str, project: Project) -> Framework | None:
    """Return the definition of an index; None for one that is only read about, such as ``ddci``."""
    if not (project.definitions / f"{index}.yml").is_file():
        return None
    return load_framework(index, project)


def _find(places: Register, name: str, system: System) -> Place | None:
    try:
        return places.find(name, system)
    except UnknownPlaceError:
        return None
