"""Whether a grade may be told of which some points are not: it must not give their counts away.

A reader knows every indicator that is shown, the rules and the grade. What was counted over fewer than
five records is not shown, nor the total: from the sum of two shares of the same few one can often tell
of how many they are (1,33 are of three). A grade leaves most shares possible, and is told where each
count that is hidden could still have another value.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from helpers.definitions.framework import Band, FrameworkEdition
from helpers.facts.comparison import rounded
from helpers.facts.disclosure import LEAST
from helpers.indices.service_quality.arithmetic import (
    Indicator,
    Ratio,
    Score,
    ServiceRules,
    grade,
    indicator,
    score,
)
from helpers.indices.service_quality.records import OF_PETITIONS

OF_ALL_DOSSIERS = "2.1"
"""Where this is of few, the office has but few dossiers, and most indicators are of the same ones."""
_DIGITS = 9

Pair = tuple[int, int]
"""Numerator and denominator."""
_Outcome = tuple[float, Mapping[str, Pair]]
"""Points, and the counts behind them by code."""


def told(ratio: Ratio) -> Ratio:
    """Take the numbers of a ratio of few records away."""
    if not ratio.few:
        return ratio
    return replace(ratio, numerator=None, denominator=None, unknown=0)


def told_grade(
    ratios: Iterable[Ratio],
    edition: FrameworkEdition,
    rules: ServiceRules,
    options: Mapping[str, float | None],
) -> Band | None:
    """Return the grade, made with what is hidden, too; None where it would give a count away.

    Parameters
    ----------
    ratios : iterable of Ratio
        Those of few records with their numbers.
    edition : FrameworkEdition
    rules : ServiceRules
    options : mapping

    Returns
    -------
    Band or None
        None, too, unless every indicator that applies has points.
    """
    given = tuple(ratios)
    whole = score(given, edition, rules, options)
    band = grade(whole, edition)
    hidden = [
        one
        for one in whole.indicators
        if one.ratio is not None and one.ratio.few and one.state == "scored"
    ]
    if band is None or not hidden:
        return band
    if any(one.node.code == OF_ALL_DOSSIERS for one in hidden):
        return None
    return None if _gives_away(_Puzzle.of(whole, hidden, edition, options), band) else band


@dataclass(frozen=True)
class _Puzzle:
    """What a reader is left with: shown points, the maximum, and what each hidden block may be."""

    shown: float
    maximum: float
    blocks: tuple[tuple[_Outcome, ...], ...]
    edition: FrameworkEdition

    @classmethod
    def of(
        cls,
        whole: Score,
        hidden: Sequence[Indicator],
        edition: FrameworkEdition,
        options: Mapping[str, float | None],
    ) -> _Puzzle:
        """Lay out what the hidden indicators may be, petitions together and the others alone.

        Who counts in 5.3 counts in 5.2: what was late is no success of either.
        """
        codes = {one.node.code for one in hidden}
        shown = sum(
            one.points
            for one in whole.indicators
            if one.points is not None and one.node.code not in codes
        )
        pair = [one for one in hidden if one.node.code in OF_PETITIONS]
        alone = [[one] for one in hidden if one.node.code not in OF_PETITIONS]
        groups = [group for group in (pair, *alone) if group]
        blocks = tuple(tuple(_outcomes(group, options)) for group in groups)
        return cls(shown, whole.maximum, blocks, edition)

    def band(self, points: float) -> Band | None:
        """Return the grade if the hidden points were these."""
        index = (self.shown + points) / self.maximum * 100
        return self.edition.band(float(rounded(index)))


def _outcomes(
    group: Sequence[Indicator], options: Mapping[str, float | None]
) -> Iterator[_Outcome]:
    """Yield what a block of indicators of the same few records may be."""
    for bottom in range(1, LEAST):
        yield from _chosen(group, bottom, bottom, options)


def _chosen(
    group: Sequence[Indicator], bottom: int, most: int, options: Mapping[str, float | None]
) -> Iterator[_Outcome]:
    if not group:
        yield 0.0, {}
        return
    first = group[0]
    for top in range(most + 1):
        ratio = Ratio(first.node.code, top, bottom, "", "")
        points = indicator(first.node, first.rule, ratio, options).points
        if points is None:
            continue
        for rest, others in _chosen(group[1:], bottom, top, options):
            yield points + rest, {first.node.code: (top, bottom), **others}


def _gives_away(puzzle: _Puzzle, band: Band) -> bool:
    """Tell whether some hidden count has but one value with which the grade is this one."""
    left: dict[str, set[Pair]] = defaultdict(set)
    for place, block in enumerate(puzzle.blocks):
        others = _sums([b for number, b in enumerate(puzzle.blocks) if number != place])
        for points, counts in block:
            if any(puzzle.band(points + other) == band for other in others):
                for code, pair in counts.items():
                    left[code].add(pair)
    return any(_is_settled(pairs) for pairs in left.values())


def _sums(blocks: Sequence[Sequence[_Outcome]]) -> set[float]:
    found = {0.0}
    for block in blocks:
        found = {round(one + points, _DIGITS) for one in found for points, _ in block}
    return found


def _is_settled(pairs: set[Pair]) -> bool:
    """Tell whether numerator, denominator or what is between is known; that there are none is told."""
    parts = (
        {top for top, _ in pairs},
        {bottom for _, bottom in pairs},
        {bottom - top for top, bottom in pairs},
    )
    return any(len(values) == 1 and values != {0} for values in parts)
