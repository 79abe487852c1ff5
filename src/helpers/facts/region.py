"""Units gathered by region."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd


def regional_means(scores: pd.DataFrame, region_of: Mapping[str, str]) -> pd.DataFrame:
    """Average the scores of a year by region; every unit counts once.

    Parameters
    ----------
    scores : DataFrame
        Scores of one year and territorial system: columns ``slug, code, value``.
    region_of : mapping of str to str
        Region of each slug in that system.

    Returns
    -------
    DataFrame
        ``region, code, mean, n`` (units with a score in the region).

    Raises
    ------
    KeyError
        If a slug has no region.
    """
    missing = sorted(set(scores["slug"]) - set(region_of))
    if missing:
        raise KeyError(f"Chưa xếp vùng cho: {', '.join(missing)}")
    return (
        scores.assign(region=scores["slug"].map(dict(region_of)))
        .groupby(["region", "code"], sort=False)["value"]
        .agg(mean="mean", n="size")
        .reset_index()
    )
