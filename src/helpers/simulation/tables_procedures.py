"""Tables about dossiers: the report counted from them, and what no dossier file holds."""

from __future__ import annotations

import datetime

import polars as pl

from helpers.simulation.store import Cell, Row
from helpers.simulation.world import stream

_CLOSED_WITHOUT = ("Dừng xử lý", "Từ chối", "Đã rút")
_QUARTERS = ("Quý I", "Quý II", "Quý III", "Quý IV")
_LISTED = 1_836
"""Procedures under the authority of the made-up province."""

# Indicators of decision 766 that need lists of procedures: numerator of 2022, growth, denominator.
_RATIOS = (
    ("1.1", 205, 9, 231),
    ("1.2", 212, 8, 231),
    ("1.3", 1_690, 50, _LISTED),
    ("3.1", 1_310, 90, _LISTED),
    ("3.5", 420, 60, 610),
    ("4.5a", 260, 70, 540),
)
# Shares of forms with 2 and 1 points for indices 1, 3, 4 and 7 of Thông tư 01/2018/TT-VPCP.
_FORMS = {1: (0.66, 0.30), 3: (0.86, 0.12), 4: (0.88, 0.10), 7: (0.71, 0.28)}
_POINTS = {2: 1.75, 5: 1.0, 6: 2.0, 8: 1.5, 9: 1.25}


def procedures_tables(year: int, dossiers: pl.DataFrame) -> dict[str, list[Row]]:
    """Return the rows of the tables by key of their form.

    Parameters
    ----------
    year : int
    dossiers : DataFrame
        Dossiers of the year.

    Returns
    -------
    dict of str to list of mapping
    """
    return {
        "procedures_report": _report(year, dossiers),
        "service_ratios": _ratios(year, dossiers),
        "tt01_scores": _scores(year),
    }


def _report(year: int, dossiers: pl.DataFrame) -> list[Row]:
    due, ended = pl.col("ngay_hen_tra"), pl.col("ngay_giai_quyet")
    returned = pl.col("trang_thai").is_in(_CLOSED_WITHOUT)
    done = ended.is_not_null() & ~returned
    carried = pl.col("ngay_tiep_nhan") < datetime.date(year, 1, 1)
    online = pl.col("kenh") == "trực tuyến"
    end = datetime.date(year, 12, 31)
    counts = {
        "tn_tong": pl.len(),
        "tn_truc_tuyen": (online & ~carried).sum(),
        "tn_truc_tiep": (~online & ~carried).sum(),
        "tn_ky_truoc": carried.sum(),
        "gq_tong": done.sum(),
        "gq_truoc_han": (done & (ended < due)).sum(),
        "gq_dung_han": (done & (ended == due)).sum(),
        "gq_qua_han": (done & (ended > due)).sum(),
        "dg_tong": ended.is_null().sum(),
        "dg_trong_han": (ended.is_null() & (due >= end)).sum(),
        "dg_qua_han": (ended.is_null() & (due < end)).sum(),
        "tra_lai": returned.sum(),
    }
    table = (
        dossiers.group_by("linh_vuc", pl.col("don_vi_giai_quyet").alias("don_vi"))
        .agg(**counts)
        .sort("don_vi", "linh_vuc")
    )
    return list(table.iter_rows(named=True))


def _ratios(year: int, dossiers: pl.DataFrame) -> list[Row]:
    later = year - 2022
    whole: dict[str, Cell] = {"ky": "Cả năm", "ngay": datetime.date(year, 12, 31)}
    rows: list[Row] = [
        {**whole, "chi_tieu": code, "tu_so": min(first + growth * later, of), "mau_so": of}
        for code, first, growth, of in _RATIOS
    ]
    used: dict[str, Cell] = {"chi_tieu": "3.2", "tu_so": 610 + 120 * later, "mau_so": _online(year)}
    rows.append({**whole, **used})
    copies: dict[str, Cell] = {"chi_tieu": "4.6", "tu_so": 92 + 12 * later, "mau_so": 125}
    rows.append({**whole, **copies})
    # Dossiers known to the national portal: a few are not passed on.
    received = dossiers.filter(pl.col("ngay_tiep_nhan") >= datetime.date(year, 1, 1)).height
    passed = int(received * (0.95 + 0.015 * later))
    rows.append({**whole, "chi_tieu": "1.4", "tu_so": passed, "mau_so": received})
    return sorted(rows, key=lambda row: str(row["chi_tieu"]))


def _online(year: int) -> int:
    return 1_310 + 90 * (year - 2022)


def _scores(year: int) -> list[Row]:
    chance = stream("tt01", year)
    rows: list[Row] = []
    for quarter in _QUARTERS:
        head = {"ky": quarter, "don_vi": "Trung tâm Phục vụ hành chính công"}
        forms = int(chance.integers(900, 1_400))
        for number in range(1, 10):
            row: dict[str, str | int | float] = {**head, "chi_so": number}
            if number in _FORMS:
                two, one = _FORMS[number]
                full = int(chance.binomial(forms, two))
                half = int(chance.binomial(forms - full, one / (1 - two)))
                row |= {"so_phieu_2": full, "so_phieu_1": half, "so_phieu_0": forms - full - half}
                points = round((2 * full + half) / forms, 2)
                row["diem_tham_dinh"] = round(max(points - 0.05, 0.0), 1)
            else:
                row |= {"diem_tu_cham": _POINTS[number], "diem_tham_dinh": _POINTS[number]}
            rows.append(row)
        for number in (10, 11):
            very = int(chance.binomial(forms, 0.58))
            content = int(chance.binomial(forms - very, 0.96))
            rows.append(
                {
                    **head,
                    "chi_so": number,
                    "rat_hai_long": very,
                    "hai_long": content,
                    "khong_hai_long": forms - very - content,
                }
            )
    return rows


def procedures_figures(year: int) -> dict[str, float]:
    """Return single figures about procedures that no record holds, by code."""
    later = year - 2022
    return {
        "procedures.listed": _LISTED,
        "procedures.published_rate": 100,
        "procedures.online_services": _online(year),
        "procedures.online_full": 640 + 130 * later,
        "procedures.online_partial": 670 - 40 * later,
        "procedures.announcing_decisions": 38 + later,
        "procedures.announced_new": 61 + 4 * later,
        "procedures.announced_amended": 118 - 3 * later,
        "procedures.announced_abolished": 52 - later,
        "procedures.announced": 231,
    }
