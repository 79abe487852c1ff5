"""A result as a researcher looks at it: a tidy table, and a few lines in a cell."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd

from helpers import show

COLUMNS = (
    *("province", "slug", "region", "year", "code", "criterion", "value", "error"),
    *("rank", "n", "group", "status", "source", "doubt"),
)
"""Of every tidy table: a row a criterion and unit; what is unknown is empty.

``error`` is a published standard error, ``n`` among how many units the place is, ``doubt`` why a
printed value is not trusted.
"""
_ROWS = 12
_SHOWN = {"criterion": "Nội dung", "value": "Giá trị", "rank": "Vị trí", "n": "Số đơn vị"}


class Looked:
    """What a result shows of itself when it is the last value of a cell: not all that it holds.

    A class that takes it on has ``index`` and ``year``, and ``place`` where it is about one unit; with
    ``tidy()`` its scores are shown, else its key figures.
    """

    @property
    def heading(self) -> str:
        """What a cell calls it."""
        known: Any = self
        framework = getattr(known, "framework", None)
        name = known.index if framework is None else framework.short_name
        place = getattr(known, "place", None)
        return f"{name} {known.year}, {getattr(place, 'name', 'cả nước')}"

    def __repr__(self) -> str:
        rows = _rows(self)
        told = "" if rows is None else f"; bảng đầy đủ: .tidy(), {len(rows)} dòng"
        return f"<{type(self).__name__}: {self.heading}{told}>"

    def _repr_html_(self) -> str:
        rows = _rows(self)
        if rows is None:
            return f"<p><strong>{escape(self.heading)}</strong></p>{_key_figures(self)}"
        several = len(set(rows["slug"])) > 1
        shown = rows.head(_ROWS)[[*(["province"] if several else []), *_SHOWN]]
        shown = shown.rename(columns={"province": "Tỉnh, thành phố", **_SHOWN})
        table = shown.to_html(index=False, na_rep="", float_format=lambda value: f"{value:.2f}")
        more = f" ({_ROWS} dòng đầu)" if len(rows) > _ROWS else ""
        told = f"{self.heading}. Bảng đầy đủ: .tidy(), {len(rows)} dòng{more}."
        return f"{table}<p class='table-note'>{escape(told.rstrip('.'))}</p>"


def _rows(result: Any) -> pd.DataFrame | None:
    """Return the scores of a result; None where it has no such table, or nothing stands in it."""
    tidy = getattr(result, "tidy", None)
    rows: pd.DataFrame | None = None if tidy is None else tidy()
    return None if rows is None or rows.empty else rows


def _key_figures(result: Any) -> str:
    try:
        made = show.table(result, "key_figures")
    except LookupError:  # a report that joins others has none
        return ""
    bundle = made._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    return str(data.get("text/html", ""))


def tidy_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with the columns of every tidy table, in their order."""
    told = rows if "doubt" in rows else rows.assign(doubt="")
    return told.reindex(columns=list(COLUMNS)).reset_index(drop=True)
