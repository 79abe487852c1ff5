"""Where units of one kind stand by their overall satisfaction, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from helpers.facts.measured import Peers
from helpers.facts.places import open_places
from helpers.indices.sipas.rules import TOTAL, SipasRules
from helpers.places.words import sort_key

UNIT_COLUMNS = (
    *("unit", "value", "error", "low", "high", "freedom", "valid", "enough", "rank", "tied"),
    *("best", "worst", "published_rank", "source", "hidden"),
)
"""``rank`` is NaN for a unit that is not ranked, ``best`` and ``worst`` where errors are not known;
``hidden`` marks a unit whose result is not told."""


def standing(
    scores: pd.DataFrame,
    valid: Mapping[str, float],
    rules: SipasRules,
    peers: Peers | None,
    published: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """Set the units of one kind below each other with their places.

    Parameters
    ----------
    scores : DataFrame
        Scores of one kind of unit.
    valid : mapping
        Unit → valid forms, where known.
    rules : SipasRules
    peers : Peers or None
        Whom places are counted among; None where nothing is ranked.
    published : mapping, optional
        Unit → place as printed.

    Returns
    -------
    DataFrame
        With :data:`UNIT_COLUMNS`, the highest first; units without a place after the others.
    """
    total = scores[scores["code"] == TOTAL].reset_index(drop=True)
    forms = total["unit"].map(valid).astype(float)
    places = pd.DataFrame(
        [_places(str(unit), peers) for unit in total["unit"]],
        columns=["rank", "tied", "best", "worst"],
        index=total.index,
        dtype=float,
    )
    table = total[["unit", "value", "error", "low", "high", "freedom", "source", "hidden"]].assign(
        valid=forms,
        enough=forms.isna() | (forms >= rules.minimum_sample),
        published_rank=total["unit"].map(published or {}).astype(float),
        **places,
    )
    order = [sort_key(unit) for unit in table["unit"]]
    table = table.assign(_order=pd.Series(order, dtype=object)).sort_values(
        ["rank", "_order"], kind="stable", na_position="last"
    )
    return table[list(UNIT_COLUMNS)].reset_index(drop=True)


def _places(unit: str, peers: Peers | None) -> tuple[float, float, float, float]:
    """Return place, how many share it, and the best and the worst that the errors leave open."""
    if peers is None or unit not in peers.known or len(peers.known) < 2:
        return (np.nan, np.nan, np.nan, np.nan)
    exact = peers.ranks.exact
    tied = sum(place == exact[unit] for place in exact.values())
    if peers.known[unit].error.kind == "unknown":
        return (exact[unit], tied, np.nan, np.nan)
    best, worst, _ = open_places(peers, unit)
    return (exact[unit], tied, best, worst)
