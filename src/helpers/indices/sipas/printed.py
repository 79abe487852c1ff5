"""Results as an office took them from a decision: the table ``sipas_results``."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from helpers.definitions.framework import FrameworkEdition
from helpers.indices.sipas.arithmetic import composites
from helpers.indices.sipas.rules import TOTAL, Kind, SipasRules
from helpers.indices.sipas.survey import SCORE_COLUMNS
from helpers.inputs.entry import ORIGIN
from helpers.inputs.problems import InputError, Problem
from helpers.places.words import bare

KIND_OF: Mapping[str, Kind] = {
    "Tỉnh": "province",
    "Sở, ngành": "department",
    "Huyện": "district",
    "Xã": "commune",
}

_TOTALS = {TOTAL, "chung", "chi so chung", "chi so hai long", "chi so hai long chung", "sipas"}
"""Names of the overall index, folded."""


def rows_of(table: pd.DataFrame, year: int, own_year: int) -> pd.DataFrame:
    """Return the rows about a year; a row without one is about the year of the report."""
    if table.empty:
        return table
    years = pd.to_numeric(table["nam"], errors="coerce").fillna(own_year)
    return table[years == year]


def scores(rows: pd.DataFrame, edition: FrameworkEdition, rules: SipasRules) -> pd.DataFrame:
    """Return printed results as scores, with the composites that they do not print.

    Parameters
    ----------
    rows : DataFrame
        Rows of the table about one year.
    edition : FrameworkEdition
    rules : SipasRules

    Returns
    -------
    DataFrame
        With the columns of :data:`helpers.indices.sipas.survey.SCORE_COLUMNS`; errors are NaN.

    Raises
    ------
    InputError
        If a criterion is not one of the edition; all such rows are named.
    """
    codes = {TOTAL, *(node.code for node in edition.nodes)}
    wrong = rows[~rows["tieu_chi"].map(_code).isin(codes)] if len(rows) else rows
    if len(wrong):
        raise InputError(_unknown(row, edition) for _, row in wrong.iterrows())
    made: list[dict[str, object]] = []
    for (kind, unit), own in rows.groupby(["cap", "don_vi"], sort=False):
        base = {"kind": KIND_OF[str(kind)], "unit": str(unit)}
        values = {}
        for _, row in own.iterrows():
            code = _code(row["tieu_chi"])
            values[code] = float(row["gia_tri"])
            made.append({**base, "code": code, "value": values[code], "source": _source(row)})
        origin = str(own.iloc[0][ORIGIN])
        counted = {
            code: values[code] for code in values if _counts(code, base["kind"], edition, rules)
        }
        for code, value in composites(counted, edition, rules).items():
            if code in values:
                continue
            source = f"bình quân các kết quả in trong bảng, từ {origin}"
            made.append({**base, "code": code, "value": value, "source": source})
    if not made:
        return _empty()
    table = pd.DataFrame(made)
    answers = dict(zip(_keys(rows), pd.to_numeric(rows["so_phieu"]), strict=True))
    keys = zip(table["kind"], table["unit"], table["code"], strict=True)
    table = table.assign(answers=[answers.get(key, np.nan) for key in keys])
    # What an office publishes as a result is printed as delivered, however few it rests on.
    return table.assign(hidden=False).reindex(columns=list(SCORE_COLUMNS))


def _counts(code: str, kind: str, edition: FrameworkEdition, rules: SipasRules) -> bool:
    """Tell whether a part belongs to the index of a kind of unit."""
    wanted = {str(name): tops for name, tops in rules.parts_of.items()}.get(kind)
    if wanted is None or code == TOTAL:
        return True
    return any(code == node.code for top in wanted for node in edition.get(top).walk())


def valid_forms(scores_of_kind: pd.DataFrame) -> dict[str, float]:
    """Return the valid forms of each unit, where they were printed with any of its results."""
    most = scores_of_kind.groupby("unit")["answers"].max()
    return {str(unit): float(count) for unit, count in most.items() if count == count}


def published_ranks(rows: pd.DataFrame, kind: Kind) -> dict[str, float]:
    """Return the places printed for the overall index."""
    if rows.empty:
        return {}
    of_kind = rows[(rows["cap"].map(KIND_OF) == kind) & (rows["tieu_chi"].map(_code) == TOTAL)]
    ranks = pd.to_numeric(of_kind["xep_hang"])
    return {
        str(unit): float(rank)
        for unit, rank in zip(of_kind["don_vi"], ranks, strict=True)
        if rank == rank
    }


def _keys(rows: pd.DataFrame) -> list[tuple[str, str, str]]:
    kinds = rows["cap"].map(KIND_OF)
    codes = rows["tieu_chi"].map(_code)
    return list(zip(kinds, rows["don_vi"].astype(str), codes, strict=True))


def _code(text: object) -> str:
    written = str(text).strip()
    return TOTAL if bare(written) in _TOTALS else written.upper()


def _source(row: pd.Series) -> str:
    origin, document = str(row[ORIGIN]), str(row["nguon"]).strip()
    return f"{origin}, theo {document}" if document else origin


def _unknown(row: pd.Series, edition: FrameworkEdition) -> Problem:
    codes = ", ".join([TOTAL, *(node.code for node in edition.nodes if node.children)])
    return Problem(
        "error",
        str(row[ORIGIN]),
        None,
        None,
        "sipas-criterion",
        f"SIPAS bản {edition.key} không có tiêu chí mang mã «{row['tieu_chi']}».",
        f"dùng một trong các mã {codes}, hoặc mã tiêu chí trong params/indices/sipas.yml.",
    )


def _empty() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=object) for name in SCORE_COLUMNS})
