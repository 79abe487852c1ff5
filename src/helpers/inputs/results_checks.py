"""Check the lines of the published national results, one after another."""

from __future__ import annotations

import math

import pandas as pd

from helpers.inputs.problems import Problem
from helpers.places import Place, UnknownPlaceError, register
from helpers.project import Project

LEVELS = ("province", "department", "district", "commune")
AVERAGE_LEVELS = ("national", "ministries", "region", "in_province")
AFTER_MERGER = "total_34"
"""Code of a total that was recomputed for the 34 units of 1 July 2025."""


class ResultsChecker:
    """Checks line after line and collects the problems of one file."""

    def __init__(self, name: str, project: Project, results: str) -> None:
        self.problems: list[Problem] = []
        self._name = name
        self._register = register(project)
        self._levels = LEVELS if results else AVERAGE_LEVELS

    def note(self, line: int, rule: str, message: str, remedy: str) -> None:
        """Keep one problem of a line."""
        self.problems.append(Problem("error", self._name, None, None, rule, message, remedy, line))

    def row(self, line: int, fields: dict[str, str]) -> dict[str, object]:
        """Return the values of a line, after noting what is wrong with it."""
        made: dict[str, object] = {key: text.strip() for key, text in fields.items()}
        made["year"] = self._count(line, "year", fields["year"])
        made["value"] = self._value(line, fields["value"])
        if "rank" in fields:
            made["rank"] = self._count(line, "rank", fields["rank"])
            if not fields["value"].strip() and not fields["rank"].strip():
                self.note(line, "empty", "Không có giá trị và thứ hạng.", "xóa dòng này.")
        for column in ("index", "unit", "code", "name", "unit_of_measure", "source"):
            if not fields[column].strip():
                self.note(line, column, f"Thiếu giá trị ở cột {column}.", "ghi đúng như nguồn.")
        if fields["level"] not in self._levels:
            allowed = ", ".join(self._levels)
            message = f"Cột level có giá trị «{fields['level']}»."
            self.note(line, "level", message, f"dùng một trong: {allowed}.")
        if "slug" in fields:
            self._place(line, fields, "slug", "unit", needed=fields["level"] == "province")
            self._place(line, fields, "parent_slug", "parent", needed=fields["parent"] != "")
        return made

    def _place(
        self, line: int, fields: dict[str, str], slug: str, name: str, *, needed: bool
    ) -> None:
        if not needed:
            if fields[slug]:
                message = f"Cột {slug} có «{fields[slug]}» ở đơn vị không phải cấp tỉnh."
                self.note(line, slug, message, f"để trống cột {slug}.")
            return
        place = self._find(fields[name], fields)
        if place is None:
            message = f"Không có tỉnh, thành phố «{fields[name]}» trong năm này."
            self.note(line, name, message, "dùng tên tỉnh trong params/places.")
        elif place.slug != fields[slug]:
            message = f"{fields[name]} có mã «{place.slug}», cột {slug} lại ghi «{fields[slug]}»."
            self.note(line, slug, message, f"sửa cột {slug} hoặc cột {name}.")

    def _find(self, name: str, fields: dict[str, str]) -> Place | None:
        year = fields["year"]
        system = self._register.system_of_year(int(year)) if year.isdigit() else "63"
        if fields["code"] == AFTER_MERGER:
            system = "34"
        try:
            return self._register.find(name, system)
        except UnknownPlaceError:
            return None

    def _count(self, line: int, column: str, text: str) -> object:
        if not text.strip():
            return pd.NA
        if not text.isdigit() or int(text) == 0:
            self.note(line, column, f"Cột {column} có «{text}».", "ghi số nguyên, hoặc để trống.")
            return pd.NA
        return int(text)

    def _value(self, line: int, text: str) -> float:
        if not text.strip():
            return math.nan
        try:
            value = float(text)
        except ValueError:
            value = math.inf
        if not math.isfinite(value):
            remedy = "viết số với dấu chấm thập phân, hoặc để trống."
            self.note(line, "number", f"Giá trị «{text}» không phải số.", remedy)
        return value
