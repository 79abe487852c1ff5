"""PAPI: from published scores to a complete, checked table.

PAPI publishes scores, not answers, so the arithmetic is small: parts sum to dimensions, dimensions to
the total, and the 63 units can be seen through the 34 units of 1 July 2025.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from helpers.definitions import FrameworkEdition
from helpers.indices.papi.merger import merged_means
from helpers.indices.papi.sums import check_sums


@dataclass(frozen=True)
class YearScores:
    """The scores of one year.

    Parameters
    ----------
    scores : DataFrame
        Table of scores of the units that were measured.
    wrong_sums : DataFrame
        Sums that do not agree with their parts (see :func:`helpers.indices.papi.sums.check_sums`).
    merged : DataFrame
        The same year on the 34 units, status ``computed`` where units were merged; empty for a year
        that was measured on the 34 units.
    incomplete : mapping
        For each of the 34 units that could not be computed, the predecessors without a score.
    """

    scores: pd.DataFrame
    wrong_sums: pd.DataFrame
    merged: pd.DataFrame
    incomplete: Mapping[str, tuple[str, ...]]


def year_scores(
    scores: pd.DataFrame, edition: FrameworkEdition, weights: Mapping[str, Mapping[str, float]]
) -> YearScores:
    """Check the scores of a year and compute the view on the 34 units.

    Parameters
    ----------
    scores : DataFrame
        Table of scores of one year and one territorial system.
    edition : FrameworkEdition
        The definition in force that year.
    weights : mapping
        For each of the 34 units the population share of its predecessors.

    Returns
    -------
    YearScores
    """
    before_merger = scores[scores["system"] == "63"]
    dimensions = [edition.root.code, *(dimension.code for dimension in edition.dimensions)]
    top = before_merger[before_merger["code"].isin(dimensions)]
    wrong = check_sums(scores, edition)
    if top.empty:
        return YearScores(scores, wrong, top, {})
    return YearScores(scores, wrong, *merged_means(top, weights))
