"""The office's own words among the written ones, with the report's figures in them."""

from __future__ import annotations

from collections.abc import Mapping

from helpers.inputs.own_text import OwnText
from helpers.inputs.problems import Problem
from helpers.project import find_project
from helpers.reports.annual.measured import headlines, placed, standing
from helpers.reports.annual.result import SECTIONS, AnnualResult
from helpers.reports.annual.text_words import telling
from helpers.reports.reconciliation.text import as_printed
from helpers.words.abbreviations import as_given
from helpers.words.numbers import Number
from helpers.words.own_text import Filled, Stale, filled
from helpers.words.terms import read_terms
from helpers.words.text import Text, escape


def figures(result: AnnualResult) -> Mapping[str, Number]:
    """Return what a person's text can cite, by name.

    Every delivered figure by its code (``procedures.received``), with a part
    (``poverty.poor_rate[dtts]``), with a year (``procedures.received@2022``); and the headline value
    and place of every index (``sipas.total``, ``sipas.place``).
    """
    found: dict[str, Number] = {}
    words = telling(result)
    for one in result.entry.figures:
        group = f"[{one.group}]" if one.group else ""
        number = Number(as_printed(one), one.trace)
        found[f"{one.code}{group}@{one.year}"] = number
        if one.year == result.year:
            found[f"{one.code}{group}"] = number
    for each in headlines(result):
        if each.value is not None:
            found[f"{each.key}.total"] = words.number(each.value, unit=True)
        held = standing(each)
        if held is not None and held.units is not None:
            found[f"{each.key}.place"] = placed(words, held)
    return found


def with_own(result: AnnualResult, section: str, written: Text) -> Text:
    """Put the office's own words before, after or instead of the written ones.

    Parameters
    ----------
    result : AnnualResult
    section : str
        One of :data:`helpers.reports.annual.result.SECTIONS`.
    written : Text

    Returns
    -------
    Text
        A text that cites a figure which changed since is followed by a visible note.
    """
    own = [one for one in result.own if one.section == section]
    if not own:
        return written
    known = figures(result)
    short = read_terms(find_project().root, "vi").abbreviations.all
    placed: dict[str, list[str]] = {"before": [], "replace": [], "after": []}
    for one in own:
        made = filled(one.text, known)
        placed[one.place] += [
            as_given(made.markdown, short),
            *(_note(stale) for stale in made.stale),
        ]
    body = tuple(placed["replace"]) or written.paragraphs
    return Text((*placed["before"], *body, *placed["after"]))


def _note(stale: Stale) -> str:
    now = Number(stale.now, f"số liệu “{stale.name}” hiện nay")
    before = Number(stale.written, f"số liệu “{stale.name}” khi viết")
    return f"**Cần xem lại:** “{escape(stale.name)}” khi viết là {before}, nay là {now}."


def own_text_problems(result: AnnualResult) -> tuple[Problem, ...]:
    """Return what a check tells of the office's own words: changed figures, unknown names."""
    known = figures(result)
    return tuple(
        problem for one in result.own for problem in _problems(one, filled(one.text, known))
    )


def _problems(one: OwnText, made: Filled) -> list[Problem]:
    name = SECTIONS[one.section]
    changed = [
        Problem(
            "warning",
            one.origin,
            None,
            None,
            "own-text-stale",
            f"lời văn ở mục “{name}” viết khi “{stale.name}” là {stale.written}, nay là "
            f"{stale.now}.",
            "đọc lại lời văn, sửa nếu cần, rồi sửa số sau dấu bằng trong ngoặc nhọn.",
        )
        for stale in made.stale
    ]
    unknown = [
        Problem(
            "warning",
            one.origin,
            None,
            None,
            "own-text-unknown",
            f"lời văn ở mục “{name}” dùng số liệu “{missing}” mà báo cáo không có.",
            "sửa tên theo cột “ma” của so-lieu.csv, hoặc bổ sung số liệu.",
        )
        for missing in made.unknown
    ]
    return changed + unknown
