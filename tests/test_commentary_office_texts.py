"""Every text of the poverty, work-plan and PAPI-office reports: traces, spacing, sentences."""

from __future__ import annotations

import re
import shutil
from functools import partial
from types import SimpleNamespace

import pytest
from papi_texts import REFERENCE, check_numerals, check_sentences, check_spacing
from poverty_made import CHECKOUT, checkout_in

from helpers.indices.poverty import result as poverty
from helpers.indices.poverty import text as poverty_words
from helpers.indices.work_plan import result as work_plan
from helpers.indices.work_plan.result import WorkPlanResult
from helpers.reports.papi_office import result as papi_office
from helpers.reports.papi_office import text as papi_words
from helpers.simulation import simulate
from helpers.words.say import say
from helpers.words.text import Text, escape

_PLAN = ("overview", "follow_up", "limits", "documents", "citizens", "measures")
_PLAN_MORE = ("missing", "gaps", "brief", "method")
PLAN_WORDS = SimpleNamespace(
    **{name: partial(say, section=name, heading=False) for name in (*_PLAN, *_PLAN_MORE)},
    weak_points=WorkPlanResult.weak_points,
)
_SAID = ("missing", "gaps", "method")
POVERTY_WORDS = SimpleNamespace(
    **{**vars(poverty_words), **{name: partial(say, section=name, heading=False) for name in _SAID}}
)
SECTIONS = {
    "poverty": (
        poverty,
        POVERTY_WORDS,
        ("overview", "changes", "plan", "units", "groups", "movement", "deprivations"),
        (*_SAID, "brief"),
    ),
    "work_plan": (
        work_plan,
        PLAN_WORDS,
        _PLAN,
        _PLAN_MORE,
    ),
    "papi_office": (
        papi_office,
        papi_words,
        ("overview", "changes", "work", "limits"),
        ("missing", "gaps", "brief", "method"),
    ),
}
NAMES = re.compile(
    r"""
    \d+/20\d\d/(?:QĐ|NĐ|TT)-\w+ | \d+-?/?(?:NQ|KH)[-/]\w+    # a document
    | (?<!\w)HC\d+(?!\w) | (?<!\w)B[12](?!\w) | «\d\.\d»           # a code of a limit, form or content
    | Quyết\ định\ 59/2015/QĐ-TTg | giai\ đoạn\ 20\d\d-20\d\d
    """,
    re.VERBOSE,
)
"""Numerals that are names: documents by their number, codes, periods."""
OWN_WORDS = {("papi_office", "limits")}
"""Lists of the office's own words, which end as the office ended them."""


def without_own_words(result, markdown):
    """Put a name without digits for what the office itself wrote, which needs no trace."""
    own = [*getattr(result, "tasks", ()), *getattr(result, "limits", ())]
    own += getattr(result, "earlier", ())
    for one in own:
        text = getattr(one, "name", "") or one.text
        for written in (text, text[:1].lower() + text[1:]):
            markdown = markdown.replace(escape(written), "Việc")
    return markdown


@pytest.fixture(scope="module")
def texts(tmp_path_factory):
    """Markdown of every section: (index, slug, year, section) to text."""
    project = checkout_in(tmp_path_factory.mktemp("texts"), deliveries=True)
    if not (project.offices / "tinh-mau").is_dir():
        shutil.copytree(CHECKOUT / "params/provinces/tinh-mau", project.offices / "tinh-mau")
    simulate(project, scale=0.02)
    found = {}
    for index, (analysis, words, main, more) in SECTIONS.items():
        for year, slugs in analysis.available(project).items():
            for slug in slugs:
                result = analysis.evaluate(slug, year, project)
                for name in (*main, *more):
                    text = getattr(words, name)(result)
                    assert isinstance(text, Text)
                    found[index, slug, year, name] = without_own_words(result, text.markdown)
                for number, weak in enumerate(words.weak_points(result)):
                    found[index, slug, year, f"weak {number}"] = weak.text
    return found


def test_reports_of_all_kinds_were_made(texts):
    made = {key[:3] for key in texts}
    assert {
        ("poverty", "quang-nam", 2023),
        ("poverty", "son-la", 2023),
        ("poverty", "tinh-mau", 2024),
        ("work_plan", "binh-thuan", 2022),
        ("work_plan", "an-giang", 2021),
        ("work_plan", "tinh-mau", 2024),
        ("papi_office", "son-la", 2023),
    } <= made


def test_every_numeral_has_a_trace_or_is_a_name(texts):
    for key, text in texts.items():
        name = key[3]
        if name == "method" or (key[0], name) in OWN_WORDS or name.startswith("weak"):
            continue  # rules and the office's own words, which hold names of documents
        check_numerals(key, NAMES.sub("", text))


def test_spacing_brackets_and_no_empty_value(texts):
    for key, text in texts.items():
        check_spacing(key, text)


def test_sentences_begin_and_end(texts):
    for key, text in texts.items():
        if text and (key[0], key[3]) not in OWN_WORDS and not key[3].startswith("weak"):
            check_sentences(key, text)


def test_a_section_under_a_heading_is_never_empty(texts):
    for (index, slug, year, name), text in texts.items():
        if name in SECTIONS[index][2] or name in ("gaps", "method"):
            assert text, (index, slug, year, name)


def test_the_annual_report_gets_no_reference_to_a_table_it_does_not_have(texts):
    for key, text in texts.items():
        if key[3] in ("brief",) or key[3].startswith("weak"):
            assert not REFERENCE.search(text), key


def test_a_difference_of_percentages_is_called_points(texts):
    for key, text in texts.items():
        if key[0] == "poverty":
            read = re.sub(r"\[([^\]]*)\]\{[^}]*\}", r"\1", text)
            assert not re.search(r"(?:tăng|giảm) \d[\d.,]*%", read), key


def test_no_praise_and_no_alarm(texts):
    for key, text in texts.items():
        for word in (
            "vượt bậc",
            "đột phá",
            "ấn tượng",
            "đáng mừng",
            "đáng lo",
            "năm nay",
            "năm ngoái",
        ):
            assert word not in text.lower(), (key, word)
