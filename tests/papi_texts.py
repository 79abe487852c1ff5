"""Rules that every text keeps.

The rule for numerals: a numeral stands in a span with its trace, or it is one of these, which are
names rather than results: a date, a year after 2008, a scale ("thang 10-80", "từ 1 đến 10 điểm"), the
code of a criterion ("3.2"), the number of units that names a territorial system ("34 đơn vị"), the
percentiles that define the groups, a table of the statistics office, the tolerance of the check
sums, and what the method note says of the printed intervals.
"""

from __future__ import annotations

import re

from helpers.indices.papi import text as commentary

OF_PROVINCE = (
    commentary.overview,
    commentary.strengths_and_weaknesses,
    commentary.changes,
    commentary.sub_dimensions,
    commentary.regions,
    commentary.merger,
    commentary.method,
)
OF_COUNTRY = (
    commentary.overview,
    commentary.dimensions,
    commentary.regions,
    commentary.changes,
    commentary.merger,
    commentary.method,
)
SPAN = re.compile(r'\[([^\[\]]*)\]\{\.so title="([^"{}]*)"\}')
REFERENCE = re.compile(r"@(?:fig|tbl)-[a-z0-9-]*[a-z0-9]")
NAMES_WITH_DIGITS = re.compile(
    r"""
    (?<![\d.,/])\d{1,2}/\d{1,2}/20\d\d(?![\d/])     # a date
    | (?<![\d.,])20(?:09|1\d|2\d)(?![\d,.]\d)          # a year
    | thang\ \d+-\d+ | từ\ 1\ đến\ 10\ điểm            # a scale
    | (?<![\d.,])[1-8]\.[1-4](?!\d|,\d)               # the code of a criterion
    | (?<!\d)34\ đơn\ vị                               # a territorial system
    | phân\ vị\ (?:25|50|75) | dưới\ (?:50|75)(?!\d)   # the groups
    | https?://\S+                                    # the address of a copy
    | biểu\ V02\.01 | không\ quá\ 0,0001\ điểm         # method
    | khoảng\ tin\ cậy\ 95% | mức\ 9[05]% | 1,645\ lần  # the printed intervals
    """,
    re.VERBOSE,
)


def untraced(markdown):
    """Return the text that is left when all that may hold a numeral is taken out."""
    return NAMES_WITH_DIGITS.sub("", REFERENCE.sub("", SPAN.sub("", markdown)))


def check_numerals(key, markdown):
    """Fail if a numeral stands outside a trace and is none of the names."""
    left = re.search(r".{0,40}\d.{0,40}", untraced(markdown))
    assert left is None, (key, left and left.group())


def check_spacing(key, markdown):
    """Fail at double spaces, empty brackets, and brackets or quotation marks left open."""
    read = SPAN.sub(r"\1", markdown)
    for mark in ("  ", "()", "[]", "( ", " )", " ,", " .", " ;", "..", ",.", ";.", ", ;"):
        assert mark not in read, (key, mark)
    for left, right in (("(", ")"), ("[", "]"), ("{", "}"), ("«", "»"), ("“", "”")):
        assert read.count(left) == read.count(right), (key, left)
    assert read.count('"') % 2 == 0, key
    assert read.count("**") % 2 == 0, key
    assert read.count("`") % 2 == 0, key
    assert "nan" not in re.findall(r"\w+", read.lower()), key
    assert "None" not in read, key


def check_sentences(key, markdown):
    """Fail at a sentence without its capital or a paragraph without its full stop."""
    for paragraph in SPAN.sub(r"\1", markdown).split("\n\n"):
        lines = paragraph.split("\n")
        assert lines[-1].endswith((".", ":")), (key, lines[-1])
        start = paragraph.lstrip("-* ")
        assert start[0].isupper() or start[0] in "@0123456789", (key, start[:30])
        for sentence in re.split(r"(?<=[^\d]\.) ", paragraph):
            first = sentence.lstrip("-* ")[0]
            assert first.isupper() or first in "@(", (key, sentence[:40])
