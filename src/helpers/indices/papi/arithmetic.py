"""PAPI: from published scores to a complete, checked table.

PAPI publishes scores, not answers, so the arithmetic is small: parts sum to dimensions, dimensions to
the total, and the 63 units can be seen through the 34 units of 1 July 2025.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from helpers.definitions import FrameworkEdition


@dataclass(frozen=True)
class YearScores:
    """The scores of one year.

    Parameters
    ----------
    scores : DataFrame
        Table of scores of the units that were measured.
    wrong_sums : DataFrame
        Sums that do not agree with their parts (see :func:`check_sums`).
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


def check_sums(
    scores: pd.DataFrame, edition: FrameworkEdition, tolerance: float = 1e-4
) -> pd.DataFrame:
    """Compare every sum with its parts, for each unit of a year.

    Parameters
    ----------
    scores : DataFrame
        Scores of one year: columns ``slug, code, value``.
    edition : FrameworkEdition
        Which parts make which sum.
    tolerance : float
        Largest difference that rounding of the published figures explains, in points.

    Returns
    -------
    DataFrame
        The sums that do not agree: ``slug, code, printed, computed, difference``. A sum with a missing
        part is not checked.
    """
    wide = scores.pivot_table(index="slug", columns="code", values="value", sort=False)
    found = []
    for criterion in edition.nodes:
        shares = criterion.shares
        parts = list(shares)
        if not parts or criterion.code not in wide or not set(parts) <= set(wide.columns):
            continue
        table = wide[[criterion.code, *parts]].dropna()
        computed = (table[parts] * pd.Series(shares)).sum(axis=1)
        difference = table[criterion.code] - computed
        wrong = difference.abs() > tolerance
        found.append(
            pd.DataFrame(
                {
                    "slug": table.index[wrong],
                    "code": criterion.code,
                    "printed": table.loc[wrong, criterion.code].to_numpy(),
                    "computed": computed[wrong].to_numpy(),
                    "difference": difference[wrong].to_numpy(),
                }
            )
        )
    columns = ["slug", "code", "printed", "computed", "difference"]
    found = [table for table in found if len(table)]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=columns)


def merged_means(
    scores: pd.DataFrame, weights: Mapping[str, Mapping[str, float]]
) -> tuple[pd.DataFrame, dict[str, tuple[str, ...]]]:
    """Average scores of predecessors into their successor, weighted by population.

    A survey mean of a merged unit is the population-weighted mean of its parts. PAPI's dimensions and
    total are sums of such means, so the weighting may be done on them. It is an approximation: the
    weights are the average populations of 2020 (table V02.01 of the statistics office), and PAPI
    has not published these figures.

    Parameters
    ----------
    scores : DataFrame
        Scores of one year of the 63 units: columns ``year, slug, code, value, status, source``.
    weights : mapping
        For each of the 34 slugs, the share of each predecessor; shares sum to 1.

    Returns
    -------
    merged : DataFrame
        The table of scores for system ``"34"``. A unit is there for a criterion only if all its
        predecessors have a value. Status ``computed``; a unit that was not merged keeps its status and
        source.
    incomplete : dict
        For each unit left out for at least one criterion, the predecessors without a value.
    """
    wide = scores.pivot_table(index="slug", columns="code", values="value", sort=False)
    printed = {(str(row.slug), str(row.code)): row for row in scores.itertuples()}
    rows, incomplete = [], {}
    year = int(scores["year"].iloc[0])
    for slug, shares in weights.items():
        parts = wide.reindex(list(shares))
        missing = tuple(part for part in shares if parts.loc[part].isna().any())
        if missing:
            incomplete[slug] = missing
        mean = parts.mul(pd.Series(shares), axis=0).sum(min_count=len(shares)).dropna()
        first, *others = shares
        names = " + ".join(shares)
        for code, value in mean.items():
            own = printed[first, str(code)]
            rows.append(
                {
                    "year": year,
                    "system": "34",
                    "slug": slug,
                    "code": code,
                    "value": value if others else own.value,
                    "status": "computed" if others else own.status,
                    "source": f"bình quân theo dân số 2020 của {names}" if others else own.source,
                }
            )
    columns = ["year", "system", "slug", "code", "value", "status", "source"]
    return pd.DataFrame(rows, columns=columns), incomplete
