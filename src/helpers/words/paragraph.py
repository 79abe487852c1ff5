"""From findings to a paragraph: the conclusion first, what made it, what worries, what is not sure."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from helpers.facts.figures import Measured
from helpers.facts.judgement import Finding, Kind, compare, judge
from helpers.words.phrases import sentence
from helpers.words.text import Text, paragraphs

MOST_SENTENCES = 6
"""More stands in the table beside the paragraph."""

# What has been said by the first sentence, which gives grade and place.
_IN_THE_LEVEL: frozenset[Kind] = frozenset({"place"})
_STAGES: tuple[tuple[Kind, ...], ...] = (
    ("level", "not_measured"),
    ("place_of_unknown", "only_unit", "target_met", "target_missed", "target_unclear"),
    ("above", "below", "equal", "unclear_side", "unknown_side"),
    ("is_best", "is_lowest", "gap_to_best"),
    ("change", "unchanged", "since_base", "place_moved", "points_up_place_down"),
    ("points_down_place_up", "closing_in", "course"),
    ("contribution", "strongest"),
    ("weakest", "lost", "appraised_lower", "appraised_higher"),
    ("small_sample", "unclear_change", "unknown_change", "not_comparable"),
)
_STAGE = {kind: stage for stage, kinds in enumerate(_STAGES) for kind in kinds}


def paragraph(
    measured: Measured,
    children: Sequence[Measured] = (),
    most: int = MOST_SENTENCES,
    without: Collection[Kind] = (),
) -> Text:
    """Write what a criterion and the criteria below it say.

    Parameters
    ----------
    measured : Measured
    children : sequence of Measured
        Criteria of one kind below it.
    most : int
        Sentences at most; the less important are left out.
    without : collection of Kind
        What the text around the paragraph says.

    Returns
    -------
    Text
        One paragraph.
    """
    found = chosen(measured, children, most, without)
    made = [sentence(finding, position) for position, finding in enumerate(found)]
    return paragraphs(made)


def chosen(
    measured: Measured,
    children: Sequence[Measured] = (),
    most: int = MOST_SENTENCES,
    without: Collection[Kind] = (),
) -> tuple[Finding, ...]:
    """Return the findings that a paragraph tells, in the order of the text."""
    all_found = [
        finding
        for finding in (*judge(measured), *compare(children))
        if finding.kind not in _IN_THE_LEVEL and finding.kind not in without
    ]
    ranked = sorted(all_found, key=lambda finding: -finding.importance)[:most]
    return tuple(sorted(ranked, key=lambda finding: (_STAGE[finding.kind], -finding.importance)))
