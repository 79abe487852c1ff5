"""Compare a year's sheet with other years and with what was known of the same year."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from helpers.indices.papi.read_checks import ScoreKey, count, decimal
from helpers.indices.papi.read_sheet import PapiSheet
from helpers.inputs.problems import Problem, cell_name

REPEAT_SHARE = 0.5
"""Share of coinciding cells from which a sheet repeats another year.

Scores have six decimals, so that two years of one province practically never coincide; half of the
cells is far above chance even where a sheet was rounded to two decimals.
"""

_SAME = 1e-6
_FEWEST_COMMON = 10
_KNOWN_TOLERANCE = 1e-4  # points; copies of the workbooks differ by single precision


def repeats(sheet: PapiSheet, other: Mapping[ScoreKey, float]) -> tuple[int, int] | None:
    """Tell whether a sheet repeats the scores of another year.

    Dimensions and sub-dimensions are compared; totals follow from them.

    Parameters
    ----------
    sheet : PapiSheet
    other : mapping
        Scores of the other year by slug and code.

    Returns
    -------
    tuple of int or None
        How many cells coincide and how many were compared, if the sheet repeats the other year.
    """
    own = {key: one.value for key, one in sheet.scores().items() if key[1] != "total" and one.value}
    common = [key for key in own if key in other]
    same = sum(abs(own[key] - other[key]) <= _SAME for key in common)
    if len(common) < _FEWEST_COMMON or same < REPEAT_SHARE * len(common):
        return None
    return same, len(common)


def values_by_year(
    known: pd.DataFrame | None, besides: set[int]
) -> dict[int, Mapping[ScoreKey, float]]:
    """Return the known scores of years that the workbook does not bring itself.

    Parameters
    ----------
    known : DataFrame or None
        Table of scores.
    besides : set of int
        Years of the workbook.

    Returns
    -------
    dict
        By year, then by slug and code, in points.
    """
    if known is None:
        return {}
    values: dict[int, Mapping[ScoreKey, float]] = {}
    for year, rows in known[~known["year"].isin(besides)].groupby("year"):
        keys = zip(rows["slug"], rows["code"], strict=True)
        values[int(str(year))] = dict(zip(keys, rows["value"], strict=True))
    return values


def repeats_earlier(
    sheet: PapiSheet, earlier: Mapping[int, Mapping[ScoreKey, float]], sheets: Mapping[int, str]
) -> Problem | None:
    """Refuse a sheet that repeats an earlier year.

    Parameters
    ----------
    sheet : PapiSheet
    earlier : mapping
        Scores of other years by slug and code.
    sheets : mapping
        For the years that the workbook brings itself, the name of the sheet.

    Returns
    -------
    Problem or None
        A warning that names the year and how many cells coincide.
    """
    for year in sorted(one for one in earlier if one < sheet.year):
        found = repeats(sheet, earlier[year])
        if found is None:
            continue
        same, common = found
        first = f"trang tính «{sheets[year]}»" if year in sheets else f"điểm năm {year} đã có"
        message = (
            f"Không lấy trang tính này: nó lặp lại {first}; {count(same)} trên {count(common)} ô "
            "điểm của chỉ số nội dung và nội dung thành phần trùng nhau."
        )
        remedy = f"tìm sổ tính có điểm đúng của năm {sheet.year}; các trang tính khác vẫn được lấy."
        return sheet.where.warning("repeats-year", message, remedy)
    return None


def differs_from_known(sheet: PapiSheet, known: pd.DataFrame | None) -> list[Problem]:
    """Compare a sheet with the scores of the same year that were known before.

    Parameters
    ----------
    sheet : PapiSheet
    known : DataFrame or None
        Table of scores.

    Returns
    -------
    list of Problem
        A warning if any score differs.
    """
    if known is None:
        return []
    rows = known[(known["year"] == sheet.year) & (known["status"] == "official")]
    own = sheet.scores()
    other = zip(rows["slug"], rows["code"], rows["value"], strict=True)
    pairs = [(own[slug, code], value) for slug, code, value in other if (slug, code) in own]
    off = [(one, value) for one, value in pairs if abs(one.value - value) > _KNOWN_TOLERANCE]
    if not off:
        return []
    one, value = max(off, key=lambda pair: abs(pair[0].value - pair[1]))
    message = (
        f"{len(off)} trên {len(pairs)} điểm khác với điểm năm {sheet.year} đã có; khác nhiều nhất: "
        f"{one.place.name}, mã {one.line.code}, {decimal(one.value, 4)} so với {decimal(value, 4)}."
    )
    remedy = "điểm của sổ tính này được dùng; hãy đối chiếu với bản công bố của PAPI."
    return [sheet.where.warning("differs", message, remedy, cell_name(*one.cell))]
