"""Whether parts sum to their whole."""

from __future__ import annotations

import pandas as pd

from helpers.definitions import FrameworkEdition


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
