"""The tables of a scored index, by the names that its notebook asks for; each brings its caption.

An index with tables of its own has a module ``tables`` in its folder instead (:mod:`helpers.keys`).
"""

from __future__ import annotations

from helpers.display.table import Table
from helpers.indices.scored.result import ScoredResult
from helpers.indices.scored.tables_office import (
    areas,
    checks,
    delivered_key_figures,
    limits,
    losses,
    own_key_figures,
)
from helpers.indices.scored.tables_published import (
    below,
    history,
    means,
    parts,
    peers,
    published_key_figures,
)

__all__ = [
    "areas",
    "below",
    "checks",
    "history",
    "key_figures",
    "limits",
    "losses",
    "means",
    "parts",
    "peers",
]


def key_figures(result: ScoredResult) -> Table:
    """Show the office's points and index, or the province's published value, in one row.

    Parameters
    ----------
    result : ScoredResult

    Returns
    -------
    Table
        Without caption, class ``key-figures``.
    """
    own = own_key_figures(result) or delivered_key_figures(result)
    return published_key_figures(result) if own is None else own
