"""All raw data of a checkout, read once."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from functools import cache, cached_property
from pathlib import Path

import yaml

from .office import Office
from .pages import Page
from .places import Register, rows
from .published import Papi, Results

DOCUMENT = re.compile(r"(\d+[a-z]?/[\w/&-]*\w)(?: ngày (\d{1,2}/\d{1,2}/\d{4}))?")


class Facts:
    """The register, the published tables and the deliveries of offices."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.register = Register(root / "params")
        self.papi = Papi(root, self.register)
        self.results = Results(root)

    @cache  # noqa: B019 - one reader for a whole run
    def office(self, slug: str, year: int, own: str = "") -> Office:
        return Office(self.root, slug, year, own)

    @cached_property
    def codes(self) -> set[str]:
        """Codes of parts and indicators in any definition."""
        text = "\n".join(p.read_text(encoding="utf-8") for p in self._definitions)
        text += "\n".join(
            p.read_text(encoding="utf-8") for p in self.root.glob("params/provinces/*/*.yml")
        )
        return set(re.findall(r"(?<![\d.])\d(?:\.\d+)+[ab]?(?![\d.])", text))

    def structure(self, index: str, year: int) -> tuple[int, int, int] | None:
        """Areas, criteria and components (or points) of the set in force, where they were read."""
        with (self.root / f"params/indices/{index}.yml").open(encoding="utf-8") as file:
            editions = yaml.safe_load(file)["editions"]
        for edition in editions:
            if edition["first_year"] <= year <= (edition.get("last_year") or 9999):
                rules = edition.get("rules") or {}
                if year in (rules.get("counts") or {}):
                    counts = rules["counts"][year]
                    return counts["areas"], counts["criteria"], counts["components"]
                parts = rules.get("components") or {}
                if parts:
                    return len(parts), sum(parts.values()), rules["points"]
        return None

    def sipas_parts(self, year: int) -> tuple[int, int] | None:
        """Factors and items of the form in force."""
        with (self.root / "params/indices/sipas.yml").open(encoding="utf-8") as file:
            editions = yaml.safe_load(file)["editions"]
        for edition in editions:
            if edition["first_year"] <= year <= (edition.get("last_year") or 9999):
                tops = edition["criteria"]
                deep = any(c.get("children") and c["children"][0].get("children") for c in tops)
                factors = [f for top in tops for f in top["children"]] if deep else tops
                return len(factors), sum(len(f.get("children") or []) for f in factors)
        return None

    @cached_property
    def _definitions(self) -> list[Path]:
        return sorted(self.root.glob("params/indices/*.yml")) + sorted(
            self.root.glob("params/measures/*.yml")
        )

    @cached_property
    def texts(self) -> list[str]:
        """Wording of the definitions: sentences, rules, notes, reasons."""
        found: list[str] = []

        def walk(node: object) -> None:
            if isinstance(node, str):
                found.append(node)
            elif isinstance(node, dict):
                for value in node.values():
                    walk(value)
            elif isinstance(node, list):
                for value in node:
                    walk(value)

        for path in [*self._definitions, self.root / "params/entry/figures.yml"]:
            with path.open(encoding="utf-8") as file:
                walk(yaml.safe_load(file))
        found += [row["doubt"] for row in self.results.lines.values()]
        found += [row["doubt"] for row in self.results.average_lines.values()]
        return [text.strip().rstrip(".").lower() for text in found if len(text) >= 12]

    @cache  # noqa: B019 - one reader for a whole run
    def quotable(self, slug: str, year: int, own: str = "") -> list[str]:
        """What a page of an office may quote word for word."""
        found = []
        for folder in (self.office(slug, y, own).folder for y in (year, year - 1)):
            for path in sorted(folder.glob("*.csv")):
                for row in rows(path):
                    found += [cell for cell in row.values() if isinstance(cell, str)]
            for path in sorted(folder.glob("*.yml")):
                found += re.findall(r": [\"']?([^\n]+?)[\"']?\n", path.read_text(encoding="utf-8"))
        path = self.office(slug, year, own).path
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            found += re.findall(
                r"[:-] [\"']?([^\n]+?)[\"']?\n", re.sub(r"\n {4,}(?=\w)", " ", text)
            )
        clean = {text.strip().rstrip(".").lower() for text in found}
        return sorted((text for text in clean if len(text) >= 8), key=len, reverse=True)

    @cache  # noqa: B019 - one reader for a whole run
    def _documents(self, slug: str, year: int, own: str = "") -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for path in [*self._definitions, *(self.root / "params/places").glob("*")]:
            text = path.read_text(encoding="utf-8")
            for number, day in DOCUMENT.findall(text):
                found[number] |= {day} if day else set()
            for number, day in re.findall(r"number: ([^,\n]+), date: (\d{4}-\d\d-\d\d)", text):
                found[number].add(dt.date.fromisoformat(day).strftime("%d/%m/%Y"))
            for number, day in re.findall(r"number: (\S+)\n\s+date: (\d{4}-\d\d-\d\d)", text):
                found[number].add(dt.date.fromisoformat(day).strftime("%d/%m/%Y"))
            for number in re.findall(r"number: ([^,\n]+)", text):
                found.setdefault(number.strip(), set())
        for y in (year - 1, year):
            for row in self.office(slug, y, own).table("van-ban"):
                if row["Số, ký hiệu"]:
                    found[row["Số, ký hiệu"]] |= {d for d in [row["Ngày ban hành"]] if d}
        texts = list(self.quotable(slug, year, own))
        for number, day in DOCUMENT.findall("\n".join(texts).upper().replace("NGÀY", "ngày")):
            found[number] |= {day} if day else set()
        return dict(found)

    def documents(self, page: Page) -> dict[str, set[str]]:
        """Numbers of documents that the page may cite, and their dates."""
        return self._documents(page.slug, page.year, page.office)

    @cached_property
    def definition_text(self) -> str:
        """All definitions as one text."""
        return "\n".join(path.read_text(encoding="utf-8") for path in self._definitions)

    def days(self, page: Page) -> set[str]:
        """Days of documents that the page may name, without leading zeros."""
        found = set()
        for days in self.documents(page).values():
            found |= {"/".join(str(int(p)) for p in day.split("/")) for day in days if "/" in day}
        date = (self.office(page.slug, page.year, page.office).settings.get("document") or {}).get(
            "date"
        )
        if isinstance(date, dt.date):
            found.add(f"{date.day}/{date.month}/{date.year}")
        for day in re.findall(r"(?<![\d/])(\d{1,2}/\d{1,2}/\d{4})", self.definition_text):
            found.add("/".join(str(int(p)) for p in day.split("/")))
        for text in self.quotable(page.slug, page.year, page.office):
            for day in re.findall(r"(?<![\d/])(\d{1,2}/\d{1,2}/\d{4})", text):
                found.add("/".join(str(int(p)) for p in day.split("/")))
        return found
