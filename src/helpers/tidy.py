"""A result as a researcher looks at it: a tidy table, and a few lines in a cell."""

from __future__ import annotations

from html import escape
from typing import Protocol

import pandas as pd

COLUMNS = (
    *("province", "slug", "region", "year", "code", "criterion", "value", "error"),
    *("rank", "n", "group", "status", "source"),
)
"""Of every tidy table: a row a criterion and unit; what is unknown is empty."""
_ROWS = 12
_SHOWN = {"criterion": "Nội dung", "value": "Giá trị", "rank": "Vị trí", "n": "Số đơn vị"}


class _Tidy(Protocol):
    @property
    def heading(self) -> str: ...

    def tidy(self) -> pd.DataFrame: ...


class Looked:
    """What a result shows of itself when it is the last value of a cell: not all that it holds.

    A class that takes it on has ``heading`` and ``tidy()``.
    """

    def __repr__(self: _Tidy) -> str:
        return f"<{type(self).__name__}: {self.heading}; bảng đầy đủ: .tidy(), {len(self.tidy())} dòng>"

    def _repr_html_(self: _Tidy) -> str:
        rows = self.tidy()
        several = len(set(rows["slug"])) > 1
        shown = rows.head(_ROWS)[[*(["province"] if several else []), *_SHOWN]]
        shown = shown.rename(columns={"province": "Tỉnh, thành phố", **_SHOWN})
        table = shown.to_html(index=False, na_rep="", float_format=lambda value: f"{value:.2f}")
        more = f" ({_ROWS} dòng đầu)" if len(rows) > _ROWS else ""
        told = f"{self.heading}. Bảng đầy đủ: .tidy(), {len(rows)} dòng{more}."
        return f"{table}<p class='table-note'>{escape(told.rstrip('.'))}</p>"


def tidy_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with the columns of every tidy table, in their order."""
    return rows.reindex(columns=list(COLUMNS)).reset_index(drop=True)
