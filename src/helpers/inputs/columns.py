"""The columns of the tables this room hands on, and small frames in that shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from helpers.inputs.problems import Problem

SCORE_COLUMNS: Mapping[str, str] = {
    "year": "int64",
    "system": "str",
    "slug": "str",
    "code": "str",
    "value": "float64",
    "status": "str",
    "source": "str",
}
"""Long table of scores, as in docs/architecture.md."""

INDICATOR_COLUMNS: Mapping[str, str] = {
    "year": "int64",
    "system": "str",
    "slug": "str",
    "sub_dimension": "str",
    "order": "int64",
    "label_vi": "str",
    "label_en": "str",
    "scale": "str",
    "value": "float64",
    "source": "str",
}
"""Indicators below the sub-dimensions, in the order and unit printed."""

INTERVAL_COLUMNS: Mapping[str, str] = {
    "year": "int64",
    "system": "str",
    "slug": "str",
    "low": "float64",
    "high": "float64",
    "standard_error": "float64",
    "observations": "float64",
    "source": "str",
}
"""Interval of the unweighted total, points; `observations` counts interviews, NaN where not printed."""


def frame(rows: list[tuple[object, ...]], columns: Mapping[str, str]) -> pd.DataFrame:
    """Build a frame with exactly these columns and types, also when there is no row.

    Parameters
    ----------
    rows : list of tuple
        Values in the order of `columns`.
    columns : mapping of str to str
        Column name to pandas type; ``"str"`` becomes an object column of ``str``.

    Returns
    -------
    DataFrame
        Shape (len(rows), len(columns)), index 0, 1, ….
    """
    made = pd.DataFrame(rows, columns=list(columns))
    return made.astype(
        {name: "object" if kind == "str" else kind for name, kind in columns.items()}
    )


def join(frames: list[pd.DataFrame], columns: Mapping[str, str]) -> pd.DataFrame:
    """Put frames of one shape below each other; empty ones are left out."""
    filled = [one for one in frames if not one.empty]
    if not filled:
        return frame([], columns)
    return filled[0] if len(filled) == 1 else pd.concat(filled, ignore_index=True)


@dataclass(frozen=True)
class SheetReport:
    """What became of one sheet.

    Parameters
    ----------
    sheet : str
        Name of the sheet.
    year : int or None
        Year it holds; None for a sheet that is no year sheet.
    taken : bool
    reason : str
        Vietnamese; empty for a sheet that was taken.
    """

    sheet: str
    year: int | None
    taken: bool
    reason: str = ""


@dataclass(frozen=True)
class ImportedTables:
    """Everything read from one official workbook.

    Parameters
    ----------
    index : str
        Index the workbook belongs to, such as ``"papi"``.
    file : str
        Name of the file, without its folder.
    sha256 : str
        Of the bytes of the file, hexadecimal.
    scores, indicators, intervals : DataFrame
        With :data:`SCORE_COLUMNS`, :data:`INDICATOR_COLUMNS`, :data:`INTERVAL_COLUMNS`.
    sheets : tuple of SheetReport
        In the order of the workbook.
    problems : tuple of Problem
        Warnings and notes.
    """

    index: str
    file: str
    sha256: str
    scores: pd.DataFrame
    indicators: pd.DataFrame
    intervals: pd.DataFrame
    sheets: tuple[SheetReport, ...]
    problems: tuple[Problem, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """Years that were taken, in order."""
        return tuple(sorted(int(year) for year in self.scores["year"].unique()))


@dataclass(frozen=True)
class ImportSummary:
    """What an import brought, for the person who started it.

    Parameters
    ----------
    file : str
        Name of the workbook.
    years : tuple of int
        Years that were taken.
    scores, indicators, intervals : int
        Rows taken.
    sheets : tuple of SheetReport
        All sheets, taken or not.
    problems : tuple of Problem
        Warnings and notes.
    """

    file: str
    years: tuple[int, ...]
    scores: int
    indicators: int
    intervals: int
    sheets: tuple[SheetReport, ...]
    problems: tuple[Problem, ...]

    @property
    def rows(self) -> int:
        """Rows taken, all tables together."""
        return self.scores + self.indicators + self.intervals

    @property
    def refused(self) -> tuple[SheetReport, ...]:
        """Sheets of a year that were not taken."""
        return tuple(one for one in self.sheets if one.year is not None and not one.taken)
