"""Scores of an office by criterion (PAR INDEX, DTI): sums, maxima and losses counted again."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import yaml

from .places import rows


def points(text: str | None) -> Fraction | None:
    """Points of a cell; an empty one is unknown."""
    text = (text or "").strip()
    return Fraction(text.replace(".", "").replace(",", ".")) if text else None


class Scored:
    """A table of criteria: leaves with points, and the sums over them."""

    def __init__(self, folder: Path, kind: str, settings: Path) -> None:
        self.names: dict[str, str] = {}
        self.maximum: dict[str, Fraction] = {}
        self.own: dict[str, Fraction] = {}
        self.got: dict[str, Fraction] = {}
        self.lines: dict[str, int] = {}
        self.surveyed: set[str] = set()
        """Criteria of which people were asked a part; what they give has no known error."""
        path = folder / ("cham-diem-cchc.csv" if kind == "par_index" else "cham-diem-dti.csv")
        if not path.is_file():
            return
        if kind == "par_index":
            self._rules(settings / "bo-tieu-chi.yml")
        for line, row in enumerate(rows(path), 2):
            code = row.get("Mã") or row.get("Mã chỉ số") or ""
            name = row.get("Lĩnh vực, tiêu chí, tiêu chí thành phần") or row.get("Tên chỉ số") or ""
            self.names[code] = name
            self.lines[code] = line
            maximum = points(row.get("Điểm tối đa"))
            if maximum is not None:
                self.maximum.setdefault(code, maximum)
            own = points(row.get("Điểm tự chấm") or row.get("Điểm tự đánh giá"))
            if own is not None:
                self.own[code] = own
            parts = [points(row.get(h)) for h in ("Điểm thẩm định", "Điểm khảo sát")]
            if parts[1] is not None:
                self.surveyed.add(code)
            known = [part for part in parts if part is not None]
            if known:
                self.got[code] = sum(known, Fraction(0))
            elif own is not None:
                self.got[code] = own

    def _rules(self, path: Path) -> None:
        if not path.is_file():
            return
        with path.open(encoding="utf-8") as file:
            tree = yaml.safe_load(file)["criteria"]

        def walk(nodes: list[dict]) -> None:
            for node in nodes:
                self.names[node["code"]] = node["name"]
                if node.get("by_survey"):
                    self.surveyed.add(node["code"])
                if node.get("maximum") is not None:
                    self.maximum[node["code"]] = Fraction(str(node["maximum"]))
                walk(node.get("children") or [])

        walk(tree)

    @property
    def leaves(self) -> list[str]:
        """Criteria with points."""
        return list(self.got)

    @property
    def areas(self) -> list[str]:
        return [code for code in self.names if "." not in code and self.under(code)]

    def under(self, code: str) -> list[str]:
        """Leaves of a criterion, itself if it is one."""
        return [c for c in self.got if not code or c == code or c.startswith(f"{code}.")]

    def apart(self, one: str, other: str) -> float | None:
        """How far two must lie apart: not at all, or nobody knows where a survey is part of one."""
        asked = {c for code in (one, other) for c in self.under(code)} & self.surveyed
        return None if asked else 0.0

    def sum(self, code: str = "") -> Fraction:
        return sum((self.got[c] for c in self.under(code)), Fraction(0))

    def most(self, code: str = "") -> Fraction:
        return sum((self.maximum[c] for c in self.under(code)), Fraction(0))

    def self_scored(self, code: str = "") -> tuple[Fraction, Fraction]:
        """Points that the office gave itself, and the maximum of what it scored."""
        codes = [c for c in self.under(code) if c in self.own]
        return (
            sum((self.own[c] for c in codes), Fraction(0)),
            sum((self.maximum[c] for c in codes), Fraction(0)),
        )

    def share(self, code: str = "") -> Fraction:
        """Points over the maximum, in percent."""
        return 100 * self.sum(code) / self.most(code)

    def lost(self, code: str = "") -> Fraction:
        return self.most(code) - self.sum(code)
