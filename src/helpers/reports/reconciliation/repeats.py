"""Rule R11 across sheets: what a table adds up to is what the single figures say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from helpers.facts.comparison import HALF_PRINTED
from helpers.facts.discrepancy import Discrepancy, Made, Term
from helpers.facts.intervals import Interval, exactly, printed
from helpers.inputs.observations import Figures


@dataclass(frozen=True)
class Repeat:
    """A single figure that a table gives once more.

    Parameters
    ----------
    table : str
        Key of the table form.
    code : str
        The single figure.
    what : str
        Vietnamese: what the table gives, as the beginning of a sentence.
    value : callable
        The table → the number, or None where the table does not give it.
    decimals : int
    """

    table: str
    code: str
    what: str
    value: Callable[[pd.DataFrame], float | None]
    decimals: int = 0


def _rows(table: pd.DataFrame) -> float | None:
    return float(len(table))


def _done(table: pd.DataFrame) -> float | None:
    return float((table["trang_thai"] == "Đã hoàn thành").sum())


def _received(table: pd.DataFrame) -> float | None:
    return _sum_of_year(table)


def _by_leaders(table: pd.DataFrame) -> float | None:
    return _sum_of_year(table[table["nguoi_tiep"] == "Lãnh đạo"])


def _sum_of_year(table: pd.DataFrame) -> float | None:
    """Visits of the whole year, from its own row or from four quarters; else None."""
    whole = table[table["ky"] == "Cả năm"]
    rows = whole if len(whole) else table
    complete = len(whole) > 0 or table["ky"].nunique() == 4
    if not complete or rows["so_luot"].isna().any():
        return None
    return float(sum(float(cell) for cell in rows["so_luot"].to_list()))


def _inspected(table: pd.DataFrame) -> float | None:
    return float(table.loc[table["trang_thai"] == "Đã thực hiện", "don_vi"].nunique())


def _top_level(column: str) -> Callable[[pd.DataFrame], float | None]:
    def summed(table: pd.DataFrame) -> float | None:
        top = table[~table["ma"].astype(str).str.contains(".", regex=False)]
        applying = top[top["ap_dung"].map(lambda cell: cell is not False)]
        if applying.empty or applying[column].isna().any():
            return None
        return float(sum(float(cell) for cell in applying[column].to_list()))

    return summed


REPEATS = (
    Repeat("tasks", "work_plan.tasks", "Bảng nhiệm vụ có số dòng", _rows),
    Repeat("tasks", "work_plan.tasks_done", "Bảng nhiệm vụ có số nhiệm vụ đã hoàn thành", _done),
    Repeat(
        "citizens", "work_plan.citizens_received", "Bảng tiếp công dân có tổng số lượt", _received
    ),
    Repeat(
        "citizens",
        "work_plan.citizens_by_leaders",
        "Bảng tiếp công dân có số lượt do lãnh đạo tiếp",
        _by_leaders,
    ),
    Repeat(
        "inspections", "work_plan.inspected", "Bảng thanh tra, kiểm tra có số đơn vị", _inspected
    ),
    Repeat(
        "par_scoring",
        "par_index.points",
        "Bảng chấm điểm có tổng điểm thẩm định của các lĩnh vực",
        _top_level("diem_tham_dinh"),
        2,
    ),
    Repeat(
        "par_scoring",
        "par_index.maximum",
        "Bảng chấm điểm có tổng điểm tối đa của các lĩnh vực",
        _top_level("diem_toi_da"),
        2,
    ),
)


def repeats(
    tables: Mapping[str, pd.DataFrame], figures: Figures, year: int
) -> Iterator[Discrepancy]:
    """Find single figures that a table contradicts."""
    for one in REPEATS:
        table = tables.get(one.table)
        stated = figures.get(one.code, year)
        if table is None or table.empty or stated is None:
            continue
        value = one.value(table)
        if value is None:
            continue
        # Points of the areas are rounded each; counts are exact.
        slack = HALF_PRINTED * len(table) if one.decimals else 0.0
        expected = Interval(value - slack, value + slack) if slack else exactly(value)
        if expected.meets(printed(stated)):
            continue
        terms: dict[str, Term] = {
            "made": Made(value, one.decimals, stated.unit, f"tính từ bảng {one.table}"),
            "stated": stated,
        }
        yield Discrepancy(
            "R11",
            "mâu thuẫn",
            f"{one.what} là {{made}}, trong khi số liệu chung là {{stated}}.",
            terms,
            (stated,),
            expected,
            stated.value,
        )
