"""Tables of the poverty review, counted from the made-up households."""

from __future__ import annotations

import polars as pl

from helpers.simulation.households import CAUSES, CLASSES
from helpers.simulation.store import Row
from helpers.simulation.world import DISTRICTS

_POOR, _NEAR, _AVERAGE, _ = CLASSES
_MARKS = (
    "Việc làm",
    "Người phụ thuộc trong hộ",
    "Dinh dưỡng",
    "Bảo hiểm y tế",
    "Trình độ giáo dục của người lớn",
    "Tình trạng đi học của trẻ em",
    "Chất lượng nhà ở",
    "Diện tích nhà ở bình quân đầu người",
    "Nguồn nước sinh hoạt",
    "Nhà tiêu hợp vệ sinh",
    "Sử dụng dịch vụ viễn thông",
    "Phương tiện phục vụ tiếp cận thông tin",
)
_GROUPS = (
    ("Hộ dân tộc thiểu số", pl.col("dan_toc") != "Kinh"),
    ("Hộ ở huyện nghèo", pl.col("huyen_ngheo")),
    ("Hộ ở xã nghèo, xã đặc biệt khó khăn", pl.col("xa_ngheo")),
    ("Hộ có thành viên là người có công", pl.col("chinh_sach_co_cong")),
    ("Hộ không có khả năng lao động", pl.col("khong_co_kha_nang_lao_dong")),
)
_START, _END = pl.col("phan_loai_dau_ky"), pl.col("phan_loai_cuoi_ky")


def poverty_tables(frame: pl.DataFrame) -> dict[str, list[Row]]:
    """Return the rows of the tables by key of their form.

    Parameters
    ----------
    frame : DataFrame
        Households of a year.

    Returns
    -------
    dict of str to list of mapping
    """
    return {
        "poverty_units": _units(frame),
        "poverty_groups": _groups(frame),
        "poverty_movement": _movement(frame),
        "poverty_deprivations": _deprivations(frame),
    }


def poverty_figures() -> dict[str, float]:
    """Return the reduction of the poverty rate that was asked for, in points of percentage."""
    return {"poverty.target_reduction_low": 0.3, "poverty.target_reduction_high": 0.4}


def _counts() -> list[pl.Expr]:
    return [
        _END.is_in(CLASSES).sum().alias("tong_ho"),
        (_END == _POOR).sum().alias("ho_ngheo"),
        (_END == _NEAR).sum().alias("ho_can_ngheo"),
        _START.is_in(CLASSES).sum().alias("tong_ho_dau"),
        (_START == _POOR).sum().alias("ho_ngheo_dau"),
        (_START == _NEAR).sum().alias("ho_can_ngheo_dau"),
    ]


def _units(frame: pl.DataFrame) -> list[Row]:
    rows: list[Row] = []
    for district in DISTRICTS:
        part = frame.filter(pl.col("huyen") == district.name)
        average = (_END == _AVERAGE).sum().alias("ho_trung_binh")
        rows.append({"huyen": district.name, **part.select(*_counts(), average).row(0, named=True)})
    return rows


def _groups(frame: pl.DataFrame) -> list[Row]:
    rows: list[Row] = []
    for name, inside in _GROUPS:
        counted = frame.filter(inside).select(_counts()).row(0, named=True)
        rows.append({"loai": "Nhóm đối tượng", "nhom": name, **counted})
    for name in frame["dan_toc"].unique().sort().to_list():
        counted = frame.filter(pl.col("dan_toc") == name).select(_counts()).row(0, named=True)
        rows.append({"loai": "Dân tộc", "nhom": name, **counted})
    for cause in CAUSES:
        has = frame.filter(pl.col("nguyen_nhan").str.contains(cause, literal=True))
        counted = has.select(_counts()).row(0, named=True)
        kept = {code: counted[code] for code in ("ho_ngheo", "ho_can_ngheo")}
        rows.append({"loai": "Nguyên nhân", "nhom": cause, **kept})
    return rows


def _movement(frame: pl.DataFrame) -> list[Row]:
    rows: list[Row] = []
    for district in (None, *DISTRICTS):
        part = frame if district is None else frame.filter(pl.col("huyen") == district.name)
        for kind in (_POOR, _NEAR):
            row: dict[str, str | int] = {"loai_ho": kind, **_moves(part, kind)}
            if district is not None:
                row["huyen"] = district.name
            rows.append(row)
    return rows


def _moves(frame: pl.DataFrame, kind: str) -> dict[str, int]:
    """Count moves: crossing between poor and near-poor, and moving house, are «khác»."""
    low = (_POOR, _NEAR)
    was = _START.eq(kind).fill_null(value=False)
    now = _END.eq(kind).fill_null(value=False)
    escaped = was & _END.is_in(CLASSES) & ~_END.is_in(low)
    new = now & _START.is_in(CLASSES) & ~_START.is_in(low)
    again = new & pl.col("tai_ngheo").fill_null(value=False)
    return frame.select(
        was.sum().alias("dau_ky"),
        escaped.sum().alias("thoat"),
        (was & ~now & ~escaped).sum().alias("giam_khac"),
        again.sum().alias("tai"),
        (new & ~again).sum().alias("phat_sinh"),
        (now & ~was & ~new).sum().alias("tang_khac"),
        now.sum().alias("cuoi_ky"),
    ).row(0, named=True)


def _deprivations(frame: pl.DataFrame) -> list[Row]:
    rows: list[Row] = []
    for number, name in enumerate(_MARKS, start=1):
        mark = pl.col(f"thieu_{number}")
        counted = frame.select(
            (mark & (_END == _POOR)).sum().alias("ho_ngheo"),
            (mark & (_END == _NEAR)).sum().alias("ho_can_ngheo"),
        ).row(0, named=True)
        rows.append({"chi_so": number, "ten": name, **counted})
    return rows
