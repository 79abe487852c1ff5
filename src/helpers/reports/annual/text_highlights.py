"""What went well, only as far as figures carry it."""

from __future__ import annotations

from helpers.facts.judgement import Finding, judge
from helpers.reports.annual.measured import Headline, headlines
from helpers.reports.annual.result import AnnualResult
from helpers.reports.annual.text_words import listed
from helpers.words.numbers import Number, place, whole
from helpers.words.phrase_parts import amount, size_of
from helpers.words.text import Text, paragraphs, upper_first

MOST = 4
BEST_QUARTER = 0.25


def highlights(result: AnnualResult) -> Text:
    """List at most four results that met a target, improved, or stand in the first quarter."""
    found = [text for one in headlines(result) if (text := _said(one))]
    found += _tasks(result)
    if not found:
        return Text(())
    if len(found) == 1:
        return paragraphs(f"{found[0]}.")
    return paragraphs("Các kết quả nổi bật trong năm:", listed(found[:MOST]))


def _said(one: Headline) -> str:
    measured = one.measured
    if measured.value is None:
        return ""
    clauses = [clause for finding in judge(measured) if (clause := _clause(finding))]
    if not clauses:
        return ""
    own = amount(measured, measured.value)
    verb = "đạt" if measured.higher_is_better else "còn"
    return f"{upper_first(measured.name)} {verb} {own}, {', '.join(clauses[:2])}"


def _clause(finding: Finding) -> str:
    measured = finding.about
    better = (finding.direction == "up") == measured.higher_is_better
    if finding.kind == "target_met" and finding.beside is not None:
        return f"đạt {finding.beside.name}"
    if finding.kind == "change" and better and finding.earlier is not None:
        # What is only likely is told in the section, not praised.
        if finding.assumed:
            return ""
        verb = "tăng" if finding.direction == "up" else "giảm"
        gap = size_of(measured, finding.values["gap"])
        return f"{verb} {gap} so với năm {finding.earlier.year}"
    held = measured.place
    if finding.kind != "place" or held is None or not held.units:
        return ""
    if held.rank <= BEST_QUARTER * held.units:
        tie = "đồng hạng " if held.shared else ""
        return f"xếp {tie}thứ {Number(place(held.rank, held.units), held.source)}"
    return ""


def _tasks(result: AnnualResult) -> list[str]:
    part = result.part("work_plan")
    if part is None or part.planned is None or part.done is None:
        return []
    planned, done = part.planned, part.done
    exact = planned.bound == done.bound == "exact"
    if not exact or not planned.number or done.number != planned.number:
        return []
    number = Number(
        f"{whole(round(planned.number))}/{whole(round(planned.number))}",
        f"{done.source}; {planned.source}",
    )
    return [f"Hoàn thành {number} nhiệm vụ trong kế hoạch của năm"]
