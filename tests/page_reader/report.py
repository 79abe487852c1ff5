"""Read pages and tell what contradicts the data, and what was not read.

Run ``python -m page_reader outputs/reports`` in ``tests`` for every page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from . import (  # noqa: F401 - registers the frames
    context,
    frames_certainty,
    frames_country,
    frames_country_judged,
    frames_method,
    frames_office,
    frames_papi,
    frames_papi_change,
    frames_papi_judged,
    frames_papi_parts,
    frames_plan,
    frames_points,
    frames_poverty,
    frames_poverty_places,
    frames_published,
    frames_published_more,
    frames_published_parts,
    frames_rules,
    frames_scored,
    frames_series,
    frames_signed,
    frames_sipas,
    frames_sipas_judged,
    frames_tree,
)
from .claims import At, Finding, Reading, read_sentence
from .context import facts as facts_of
from .facts import Facts
from .numbers import N
from .pages import Page, Text, read
from .tables import read_table
from .tables_published import inside_province
from .traces import check_trace
from .whole import check_page

SKIPPED = ("Tất cả báo cáo", "Mỗi con số có gạch chấm")
LEAST_READ = 0.95
"""Of the sentences of a kind of report in a year that hold a numeral or a comparison."""


@dataclass
class Result:
    """What reading pages gave."""

    findings: list[Finding] = field(default_factory=list)
    checked: Counter[str] = field(default_factory=Counter)
    sentences: Counter[tuple[str, int]] = field(default_factory=Counter)
    read: Counter[tuple[str, int]] = field(default_factory=Counter)
    """By kind of report and year, as are the sentences."""
    unknown: dict[str, list[tuple[str, str, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, at: At, reading: Reading) -> None:
        kind = at.page.kind
        self.findings += at.findings
        self.checked[kind] += at.checked
        if reading.marks:
            self.sentences[kind, at.page.year] += 1
            self.read[kind, at.page.year] += reading.read
            if not reading.read:
                shape = re.sub(N, "#", re.sub(facts_of(at).register.pattern, "@", at.text.text))
                self.unknown[kind].append((shape, at.page.name, "|".join(reading.open())))

    def coverage(self) -> float:
        """Share of the sentences with a numeral or a comparison that were read."""
        return sum(self.read.values()) / max(1, sum(self.sentences.values()))

    def faults(self, kinds: Iterable[str]) -> list[str]:
        """What a run fails on: contradictions, a kind little read in a year, a kind not found."""
        found = [f"mâu thuẫn: {len(self.findings)}"] if self.findings else []
        there = {kind for kind, _ in self.sentences}
        found += [f"{kind}: không có trang nào" for kind in sorted(set(kinds) - there)]
        for (kind, year), number in sorted(self.sentences.items()):
            if self.read[kind, year] < LEAST_READ * number:
                share = 100 * self.read[kind, year] / number
                found.append(f"{kind} {year}: chỉ đọc được {share:.2f} % số câu")
        return found


def read_page(page: Page, facts: Facts, result: Result) -> None:
    """Read all texts and tables of a page."""
    for text in page.texts:
        if text.text.startswith(SKIPPED):
            continue
        before = ""
        for sentence in text.sentences():
            at = At(page, facts, sentence, before)
            result.add(at, read_sentence(at))
            before += " " + sentence.text
    whole = check_page(page, facts)
    result.findings += whole.findings
    result.checked[page.kind] += whole.checked
    if page.kind in ("par_index", "dti"):
        named = next((t for t in page.tables if t.name == "tbl-below"), None)
        inside = inside_province(page, facts, named)
        result.findings += inside.findings
        result.checked[page.kind] += inside.checked
    for table in page.tables:
        for at in read_table(page, facts, table):
            result.findings += at.findings
            result.checked[page.kind] += at.checked
        for row in table.rows:
            for cell in row:
                at = At(page, facts, cell)
                for traced in cell.traced:
                    check_trace(at, traced.text, traced.title)
                result.findings += at.findings
                result.checked[page.kind] += at.checked


def read_all(root: Path, pages: list[Path], facts: Facts | None = None) -> Result:
    """Read pages against the data of a checkout."""
    facts = facts or Facts(root)
    result = Result()
    for path in pages:
        read_page(read(path), facts, result)
    return result


def show(result: Result, most: int = 40) -> str:
    """Coverage and contradictions by kind of report, and the frames not known."""
    lines = []
    for kind in sorted({kind for kind, _ in result.sentences}):
        years = sorted(year for known, year in result.sentences if known == kind)
        number = sum(result.sentences[kind, year] for year in years)
        share = 100 * sum(result.read[kind, year] for year in years) / number
        least = min(100 * result.read[kind, y] / result.sentences[kind, y] for y in years)
        lines.append(
            f"{kind:20} câu {number:6} đã đọc {share:6.2f} %  (năm ít nhất {least:6.2f} %, "
            f"{years[0]}-{years[-1]})  điều kiểm {result.checked[kind]:6}"
        )
    lines.append(f"Chung: {100 * result.coverage():.2f} %, mâu thuẫn: {len(result.findings)}")
    by_kind = Counter((f.page.rpartition("/")[2], f.kind) for f in result.findings)
    for (kind, what), number in by_kind.most_common():
        lines.append(f"  {number:5} {kind}: {what}")
        found = [f for f in result.findings if (f.page.rpartition("/")[2], f.kind) == (kind, what)]
        for finding in found[:2]:
            lines.append(
                f"          {finding.page}: {finding.said[:260]} | đúng: {finding.right[:160]}"
            )
    lines.append("Khuôn câu chưa biết:")
    for kind, found in sorted(result.unknown.items()):
        shapes = Counter(shape for shape, _, _ in found)
        for shape, number in shapes.most_common(most):
            page, marks = next((p, m) for s, p, m in found if s == shape)
            lines.append(f"  {number:4} {kind} [{marks}] {shape[:300]} ({page})")
    return "\n".join(lines)


__all__ = ["Result", "Text", "read_all", "read_page", "show"]
