"""Tables under the same rules: each row a part of its own, and rows summed against single figures."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd

from helpers.facts.comparison import HALF_PRINTED
from helpers.facts.discrepancy import Discrepancy, Made, Part, Quoted, Term
from helpers.facts.intervals import exactly, printed
from helpers.inputs.entry import ORIGIN
from helpers.inputs.observations import Figures, Observation, Origin

Row = Mapping[Hashable, Any]
"""A row of a table by its column codes."""

ROW_FIGURES: Mapping[str, Mapping[str, str]] = {
    "procedures_report": {
        "tn_tong": "procedures.received",
        "tn_truc_tuyen": "procedures.received_online",
        "tn_truc_tiep": "procedures.received_direct",
        "tn_ky_truoc": "procedures.carried_over",
        "gq_tong": "procedures.resolved",
        "gq_truoc_han": "procedures.resolved_early",
        "gq_dung_han": "procedures.resolved_on_time",
        "gq_qua_han": "procedures.resolved_late",
        "dg_tong": "procedures.in_process",
        "dg_trong_han": "procedures.in_process_in_time",
        "dg_qua_han": "procedures.in_process_overdue",
        "tra_lai": "procedures.returned",
    },
    "poverty_units": {
        "tong_ho": "poverty.households",
        "ho_ngheo": "poverty.poor",
        "ho_can_ngheo": "poverty.near_poor",
    },
}
"""Column of a table → the single figure whose rules hold for each of its rows."""
NAMED_BY: Mapping[str, tuple[str, ...]] = {
    "procedures_report": ("linh_vuc", "don_vi", "thang"),
    "poverty_units": ("huyen", "xa"),
}
SHEETS = {"procedures_report": "Hồ sơ TTHC", "poverty_units": "Hộ nghèo theo địa bàn"}
UNITS = {"procedures_report": "hồ sơ", "poverty_units": "hộ"}
POINT_COLUMNS = ("diem_toi_da", "diem_tu_cham", "diem_tham_dinh")
_EMPTY_STEPS = "; cột tăng khác hoặc giảm khác để trống nên chưa rõ có phải là phần còn lại không"


def row_parts(key: str, table: pd.DataFrame, year: int) -> Iterator[Part]:
    """Yield each row of a table as a part with the codes of single figures."""
    for row in table.to_dict("records"):
        figures = Figures(tuple(_observations(key, row, year)))
        yield Part(figures, year, label=label_of(key, row))


def _observations(key: str, row: Row, year: int) -> Iterator[Observation]:
    for column, code in ROW_FIGURES[key].items():
        value = row.get(column)
        if isinstance(value, int | float) and not pd.isna(value):
            origin = Origin(str(row[ORIGIN]))
            yield Observation(code, float(value), "", 0, UNITS[key], year, origin)


def label_of(key: str, row: Row) -> str:
    """Return how the names of a row are written in a sentence; empty for the row of the whole."""
    words: list[str] = []
    for column in NAMED_BY[key]:
        value = row.get(column)
        if value is None or pd.isna(value) or value == "":
            continue
        words.append(f"tháng {int(float(str(value)))}" if column == "thang" else str(value))
    return ", ".join(words)


def sums_of_rows(
    key: str, table: pd.DataFrame, figures: Figures, year: int
) -> Iterator[Discrepancy]:
    """Apply R14: rows of one kind, added, give the single figure.

    Rows of a month, or of several kinds (fields and units), would be counted twice and are left out.
    """
    whole = _rows_of_one_kind(key, table)
    if whole is None:
        return
    for column, code in ROW_FIGURES[key].items():
        stated = figures.get(code, year)
        if stated is None or column not in whole or whole[column].isna().any():
            continue
        cells = whole[column]
        made = sum(float(cell) for cell in cells.to_list())
        if printed(stated).meets(exactly(made)):
            continue
        terms: dict[str, Term] = {
            "stated": stated,
            "made": Made(made, 0, stated.unit, f"cộng cột {column} của bảng"),
            "rows": Made(len(whole), 0, "dòng", "số dòng của bảng"),
        }
        yield Discrepancy(
            "R14",
            "mâu thuẫn",
            f"Cộng {{rows}} dòng của bảng “{SHEETS[key]}” được {{made}} {stated.unit}, trong khi số "
            "liệu chung là {stated}.",
            terms,
            (stated,),
            exactly(made),
            stated.value,
        )


def _rows_of_one_kind(key: str, table: pd.DataFrame) -> pd.DataFrame | None:
    if table.empty:
        return None
    if "thang" in table and table["thang"].notna().any():
        return None
    names = [name for name in NAMED_BY[key] if name in table and name != "thang"]
    filled = table[names].map(lambda cell: not pd.isna(cell) and str(cell) != "")
    # The row without any name is a total that the office delivered itself.
    rows = table[filled.any(axis=1)]
    kinds = filled[filled.any(axis=1)].drop_duplicates()
    return rows if len(kinds) == 1 else None


def movement(table: pd.DataFrame) -> Iterator[Discrepancy]:
    """Apply R8 to the movement of poor households: the end follows from the beginning."""
    for row in table.to_dict("records"):
        start, end = row["dau_ky"], row["cuoi_ky"]
        steps = {
            name: row.get(name) for name in ("thoat", "giam_khac", "tai", "phat_sinh", "tang_khac")
        }
        if any(pd.isna(steps[name]) for name in ("thoat", "tai", "phat_sinh")):
            continue
        known = {name: float(value) for name, value in steps.items() if not pd.isna(value)}
        signs = {"thoat": -1, "giam_khac": -1, "tai": 1, "phat_sinh": 1, "tang_khac": 1}
        made = float(start) + sum(signs[name] * value for name, value in known.items())
        # What is left empty is not known to be none: it may be what is missing.
        lacking = {signs[name] for name in steps if name not in known}
        gap = float(end) - made
        if gap == 0:
            continue
        explained = (1 if gap > 0 else -1) in lacking
        origin = str(row[ORIGIN])
        terms: dict[str, Term] = {
            "end": Made(float(end), 0, "hộ", origin),
            "made": Made(
                made, 0, "hộ", "đầu năm trừ thoát, cộng tái và phát sinh, cả tăng giảm khác"
            ),
        }
        yield Discrepancy(
            "R8",
            "không rõ nghĩa" if explained else "mâu thuẫn",
            "Cuối năm có {end} hộ, trong khi tính từ số đầu năm và các biến động thì có {made} hộ"
            f"{_EMPTY_STEPS if explained else ''}.",
            terms,
            expected=exactly(made),
            found=float(end),
            label=", ".join(part for part in (str(row["loai_ho"]), str(row["huyen"])) if part),
        )


def scoring(table: pd.DataFrame) -> Iterator[Discrepancy]:
    """Apply R10 to a scoring table: parts add up, and nothing exceeds its maximum."""
    rows = {str(row["ma"]).strip(): row for row in table.to_dict("records")}
    children: dict[str, list[str]] = {}
    for code in rows:
        above = code.rpartition(".")[0]
        if above in rows:
            children.setdefault(above, []).append(code)
    for code, row in rows.items():
        yield from _over_maximum(code, row)
        for column in POINT_COLUMNS:
            yield from _sum_of_children(
                code, row, [rows[c] for c in children.get(code, [])], column
            )


def _over_maximum(code: str, row: Row) -> Iterator[Discrepancy]:
    limit = _number(row, "diem_toi_da")
    for column in POINT_COLUMNS[1:]:
        value = _number(row, column)
        if limit is not None and value is not None and value > limit + 1e-9:
            yield Discrepancy(
                "R10",
                "mâu thuẫn",
                "Điểm {value} lớn hơn điểm tối đa {limit}.",
                {
                    "value": Made(value, 2, "điểm", str(row[ORIGIN])),
                    "limit": Made(limit, 2, "điểm", str(row[ORIGIN])),
                },
                expected=printed(_as_points(limit, row)),
                found=value,
                label=f"tiêu chí {code}",
            )


def _sum_of_children(code: str, row: Row, below: list[Row], column: str) -> Iterator[Discrepancy]:
    applying = [one for one in below if one.get("ap_dung") is not False]
    stated = _number(row, column)
    parts = [_number(one, column) for one in applying]
    known = [part for part in parts if part is not None]
    if stated is None or not known or len(known) != len(parts):
        return
    made = sum(known)
    if abs(made - stated) <= HALF_PRINTED * (len(known) + 1) + 1e-9:
        return
    yield Discrepancy(
        "R10",
        "mâu thuẫn",
        "Các tiêu chí thành phần cộng lại được {made} điểm, trong khi điểm được nêu là {stated}.",
        {
            "made": Made(made, 2, "điểm", f"cộng cột {column} của các dòng dưới"),
            "stated": Made(stated, 2, "điểm", str(row[ORIGIN])),
            "code": Quoted(code, str(row[ORIGIN])),
        },
        expected=exactly(made),
        found=stated,
        label=f"tiêu chí {code}",
    )


def _number(row: Row, column: str) -> float | None:
    value = row.get(column)
    if not isinstance(value, int | float) or pd.isna(value):
        return None
    return float(value)


def _as_points(value: float, row: Row) -> Observation:
    return Observation("", value, "", 2, "điểm", 0, Origin(str(row[ORIGIN])))
