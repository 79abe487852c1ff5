"""Where units of one kind stand by their overall satisfaction, and how sure that is."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.indices.sipas.ranks import competition_ranks, rank_intervals
from helpers.indices.sipas.rules import TOTAL, SipasRules
from helpers.indices.sipas.sample import Floats
from helpers.places.words import sort_key

UNIT_COLUMNS = (
    *("unit", "value", "error", "low", "high", "freedom", "valid", "enough", "rank", "tied"),
    *("best", "worst", "published_rank", "source", "hidden"),
)
"""``rank`` is NaN for a unit that is not ranked, ``best`` and ``worst`` where errors are not known;
``hidden`` marks a unit whose result is not told."""


def standing(
    scores: pd.DataFrame,
    valid: dict[str, float],
    covariance: Floats | None,
    rules: SipasRules,
    *,
    published: dict[str, float] | None = None,
    whole: bool = True,
) -> pd.DataFrame:
    """Rank the units of one kind.

    Parameters
    ----------
    scores : DataFrame
        Scores of one kind of unit.
    valid : dict
        Unit → valid forms, where known.
    covariance : array or None
        Of the overall scores, in the order of the units in `scores`; None where errors are not known.
    rules : SipasRules
    published : dict, optional
        Unit → place as printed.
    whole : bool
        Whether all units of the kind are there; without all of them nothing is ranked.

    Returns
    -------
    DataFrame
        With :data:`UNIT_COLUMNS`, the highest first; units without a place after the others.
    """
    total = scores[scores["code"] == TOTAL].reset_index(drop=True)
    forms = total["unit"].map(valid).astype(float)
    enough = forms.isna() | (forms >= rules.minimum_sample)
    counted = (enough & total["value"].notna()).to_numpy()
    place = pd.DataFrame(
        {name: np.full(len(total), np.nan) for name in ("rank", "tied", "best", "worst")}
    )
    if whole and counted.sum() > 1:
        values = total.loc[counted, "value"].to_numpy(dtype=float)
        ranks = competition_ranks(values)
        place.loc[counted, "rank"] = ranks
        place.loc[counted, "tied"] = [int((ranks == rank).sum()) for rank in ranks]
        if covariance is not None:
            inside = covariance[np.ix_(counted, counted)]
            freedom = total.loc[counted, "freedom"].to_numpy(dtype=float)
            best, worst = rank_intervals(values, inside, freedom, rules.confidence)
            place.loc[counted, "best"], place.loc[counted, "worst"] = best, worst
    table = total[["unit", "value", "error", "low", "high", "freedom", "source", "hidden"]].assign(
        valid=forms,
        enough=enough,
        published_rank=total["unit"].map(published or {}).astype(float),
        **place,
    )
    order = [sort_key(unit) for unit in table["unit"]]
    table = table.assign(_order=pd.Series(order, dtype=object)).sort_values(
        ["rank", "_order"], kind="stable", na_position="last"
    )
    return table[list(UNIT_COLUMNS)].reset_index(drop=True)
