"""Scores of the 63 units seen through the 34 units of 1 July 2025."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd


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
