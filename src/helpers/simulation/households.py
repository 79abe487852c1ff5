"""Households of the made-up province: class at the end of each year, followed over the years.

A household keeps its marks and its income points except for a drift and a shock each year, so that
the end of a year is the start of the next. Classes follow the points of Thông tư 07/2021/TT-BLĐTBXH
of 18/7/2021: B1 up to 140 (rural) or 175 (urban) and B2 (10 points a mark) from 30 on is poor. The
upper limit of the average standard is invented here: no confirmed number of points is known.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
import polars as pl

from helpers.simulation.world import COMMUNES, DISTRICTS, HAMLETS, commune_name, stream

HOUSEHOLDS = 440_000
FIRST_YEAR, LAST_YEAR = 2022, 2024
"""The first year only serves as the start of the second."""

CLASSES = ("Hộ nghèo", "Hộ cận nghèo", "Hộ có mức sống trung bình", "Hộ không nghèo")
ABSENT = -1
_RURAL, _URBAN, _POOR_MARKS = 140.0, 175.0, 3
_AVERAGE_ABOVE = 30.0
_MARKS = 12
# How easily each of the twelve marks is met, in standard deviations of hardship.
_EASE = np.array([2.3, 2.8, 3.4, 2.1, 2.5, 3.9, 2.6, 3.1, 3.0, 2.0, 2.6, 3.3])
_ETHNIC = ("Cơ Tu", "Xơ Đăng", "Giẻ Triêng")
CAUSES = (
    "Thiếu đất sản xuất",
    "Thiếu vốn",
    "Thiếu lao động",
    "Thiếu công cụ, phương tiện sản xuất",
    "Thiếu kiến thức về sản xuất",
    "Thiếu kỹ năng lao động",
    "Ốm đau, bệnh nặng, tai nạn",
    "Khác",
)
_CAUSE_SHARE = np.array([0.28, 0.36, 0.30, 0.14, 0.20, 0.26, 0.22, 0.08])

Floats = npt.NDArray[np.float64]


def households(year: int, scale: float) -> pl.DataFrame:
    """Return the households of a year, columns of ``params/entry/records/households.yml``.

    Parameters
    ----------
    year : int
    scale : float
        1 for all 440 000 households.

    Returns
    -------
    DataFrame
    """
    every = _population(scale)
    at = year - FIRST_YEAR
    start, end = every.states[at - 1], every.states[at]
    marks = every.marks[at]
    count = marks.sum(axis=1)
    present = (start != ABSENT) | (end != ABSENT)
    reviewed = np.isin(start, (0, 1)) | np.isin(end, (0, 1))
    chance = stream("causes", year)
    poor = np.isin(end, (0, 1))
    cause = chance.random((len(end), len(CAUSES))) < _CAUSE_SHARE
    cause[~cause.any(axis=1), -1] = True
    names = [";".join(c for c, has in zip(CAUSES, row, strict=True) if has) for row in cause[poor]]
    causes = np.full(len(end), "", dtype=object)
    causes[poor] = [name.replace(";", "; ") for name in names]
    before = np.isin(every.states[:at], (0, 1)).any(axis=0)
    frame = pl.DataFrame(
        {
            "nam": np.full(len(end), year),
            **every.fixed,
            "b1": np.round(every.income[at], 0),
            "b2": count * 10.0,
            **{f"thieu_{n + 1}": marks[:, n] for n in range(_MARKS)},
            "tong_thieu": count,
            "phan_loai_dau_ky": _words(start, "Chưa có trên địa bàn"),
            "phan_loai_cuoi_ky": _words(end, "Không còn trên địa bàn"),
            "tai_ngheo": poor
            & ~np.isin(start, (0, 1))
            & (before | (chance.random(len(end)) < 0.25)),
            "nguyen_nhan": pl.Series(causes.tolist(), dtype=pl.String).replace("", None),
        }
    )
    # B1, B2 and marks are only asked of households under review.
    asked = ["b1", "b2", "tong_thieu", *(f"thieu_{n + 1}" for n in range(_MARKS))]
    review = pl.Series(reviewed)
    frame = frame.with_columns(
        pl.when(review).then(pl.col(asked)),
        pl.when(pl.Series(poor)).then("tai_ngheo").alias("tai_ngheo"),
    )
    return frame.filter(pl.Series(present))


class _Population:
    """All households of all years; the arrays are years × households (× marks)."""

    def __init__(self, scale: float) -> None:
        chance = stream("households")
        size = int(HOUSEHOLDS * scale)
        share = np.array([district.share for district in DISTRICTS])
        district = np.sort(chance.choice(len(DISTRICTS), size, p=share / share.sum()))
        commune = chance.integers(0, COMMUNES, size)
        hamlet = chance.integers(0, HAMLETS, size)
        of = [DISTRICTS[number] for number in district]
        urban = commune < np.array([one.urban for one in of])
        minority = chance.random(size) < np.array([one.minority for one in of])
        local = chance.normal(0, 6, (len(DISTRICTS), COMMUNES))[district, commune]
        shift = np.array([one.poverty for one in of]) + local - 14.0 * minority
        base = 205.0 + 20.0 * urban + shift + chance.normal(0, 34, size)
        hardship = (205.0 - base) / 34.0 + chance.normal(0, 0.6, size)
        self.income, self.marks, self.states = [], [], []
        arrival = np.where(chance.random(size) < 0.008, chance.integers(1, 3, size), 0)
        leaving = np.where(chance.random(size) < 0.006, chance.integers(1, 3, size), 9)
        leaving = np.where(leaving > arrival, leaving, 9)
        fragile = chance.normal(_EASE, 1.0, (size, _MARKS))
        works_land = ~urban & (chance.random(size) < 0.62)
        shock = np.zeros(size)
        for at in range(LAST_YEAR - FIRST_YEAR + 1):
            shock = 0.6 * shock + chance.normal(0, 7, size)
            income = base + 4.0 * at + shock
            marks = hardship[:, None] - 0.10 * at - shock[:, None] / 60 > fragile
            state = _classes(income, marks.sum(axis=1), urban, works_land)
            state[(at < arrival) | (at >= leaving)] = ABSENT
            self.income.append(income)
            self.marks.append(marks)
            self.states.append(state)
        members = np.clip(chance.poisson(2.7, size) + 1, 1, 12)
        people = np.where(minority, chance.integers(0, len(_ETHNIC), size), len(_ETHNIC))
        communes = [[commune_name(d, c) for c in range(COMMUNES)] for d in range(len(DISTRICTS))]
        self.fixed = {
            "huyen": [one.name for one in of],
            "xa": [communes[d][c] for d, c in zip(district, commune, strict=True)],
            "thon": [f"Thôn {number + 1}" for number in hamlet],
            "ma_ho": [f"TM{number:07d}" for number in range(size)],
            "gioi_tinh": np.where(chance.random(size) < 0.29, "Nữ", "Nam"),
            "dan_toc": np.array([*_ETHNIC, "Kinh"])[people],
            "la_dtts_tai_cho": minority,
            "so_thanh_vien": members,
            "khu_vuc": np.where(urban, "TT", "NT"),
            "huyen_ngheo": np.array([one.poor_list for one in of]),
            "xa_ngheo": local + np.array([one.poverty for one in of]) < -24,
            "nong_lam_ngu": works_land,
            "chinh_sach_co_cong": chance.random(size) < 0.045,
            "khong_co_kha_nang_lao_dong": (hardship > 1.0) & (chance.random(size) < 0.25),
            "so_tre_em": np.minimum(chance.binomial(members, 0.27), members - 1),
        }


@lru_cache(maxsize=1)
def _population(scale: float) -> _Population:
    return _Population(scale)


def _classes(
    income: Floats,
    marks: npt.NDArray[np.int64],
    urban: npt.NDArray[np.bool_],
    works_land: npt.NDArray[np.bool_],
) -> npt.NDArray[np.int8]:
    # The file holds whole points, so whole points decide.
    points, line = np.round(income, 0), np.where(urban, _URBAN, _RURAL)
    low = points <= line
    found = np.full(len(income), 3, dtype=np.int8)
    found[~low & works_land & (points <= line + _AVERAGE_ABOVE)] = 2
    found[low] = 1
    found[low & (marks >= _POOR_MARKS)] = 0
    return found


def _words(states: npt.NDArray[np.int8], absent: str) -> pl.Series:
    return pl.Series(states).replace_strict(
        {**dict(enumerate(CLASSES)), ABSENT: absent}, return_dtype=pl.String
    )
