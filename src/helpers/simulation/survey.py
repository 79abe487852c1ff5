"""Questionnaires of the made-up province: a stratified sample of hamlets, with people in them.

Strata are four zones (urban, rural plain, rural mountains, islands), hamlets are the primary sampling
units, and answers within a hamlet are alike (an intraclass correlation of about 0.06 on the scale
before it is cut into five levels). Everybody judges one department that settled something for them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from helpers.simulation.world import (
    COMMUNES,
    DEPARTMENTS,
    DISTRICTS,
    HAMLETS,
    District,
    commune_name,
    stream,
)

RESPONSES = 40_000
ITEMS = 34
_PER_HAMLET = 50
_FEWEST_HAMLETS = 8
ZONES = ("Đô thị", "Nông thôn đồng bằng", "Nông thôn miền núi", "Hải đảo")
"""Strata of the sample."""

_HOUSEHOLDS = 440_000
_HAMLET_SPREAD = 0.25
_PERSON_SPREAD = 0.60
# Cuts between the five levels.
_CUTS = np.array([-2.35, -1.75, -0.62, 0.85])
# How items differ: policy items lower than services; fees, signs and courtesy best.
_ITEM = np.array(
    [
        0.02,
        -0.04,
        -0.22,
        -0.30,
        -0.05,
        -0.02,
        0.06,
        0.20,
        -0.28,
        0.25,
        -0.10,
        0.08,
        -0.18,
        -0.06,
        0.10,
        0.16,
        0.20,
        0.02,
        0.14,
        0.12,
        0.22,
        -0.04,
        0.18,
        0.04,
        0.00,
        0.16,
        0.02,
        -0.08,
        0.12,
        0.06,
        -0.12,
        -0.20,
        -0.28,
        0.00,
    ]
)
_POLICY = np.array([n < 14 or n == 33 for n in range(ITEMS)])
_SILENT_OFTEN = range(30, 33)
"""Items on petitions, which most people never sent: more often left empty."""

_YEARLY = 0.09
_AGE = (0.12, 0.24, 0.27, 0.22, 0.15)
_SCHOOL = (0.06, 0.16, 0.24, 0.28, 0.22, 0.04)
_WORK = (0.34, 0.16, 0.17, 0.10, 0.08, 0.09, 0.06)

Ints = npt.NDArray[np.int64]


def survey(year: int, scale: float) -> pl.DataFrame:
    """Return the questionnaires of a year, columns of ``params/entry/records/survey.yml``.

    Parameters
    ----------
    year : int
    scale : float
        1 for 40 000 questionnaires.

    Returns
    -------
    DataFrame
    """
    chance = stream("survey", year)
    sample = _sample(int(RESPONSES * scale), chance)
    district, commune, hamlet = sample.district, sample.commune, sample.hamlet
    size = len(district)
    urban = commune < np.array([one.urban for one in DISTRICTS])[district]
    shares = np.array([one.share + 0.02 for one in DEPARTMENTS])
    judged = chance.choice(len(DEPARTMENTS), size, p=shares / shares.sum())
    answers = _answers(year, district, commune, hamlet, judged, chance)
    online = chance.random(size) < np.array([one.online for one in DEPARTMENTS])[judged]
    concern = chance.random(size)
    communes = [[commune_name(d, c) for c in range(COMMUNES)] for d in range(len(DISTRICTS))]
    part = np.where(urban, "đô thị", "nông thôn")
    frame = pl.DataFrame(
        {
            "ma_phieu": [f"P{year}{number:06d}" for number in range(size)],
            "nam": np.full(size, year),
            "tinh": np.full(size, "Tỉnh Mẫu"),
            "huyen": np.array([one.name for one in DISTRICTS])[district],
            "xa": [communes[d][c] for d, c in zip(district, commune, strict=True)],
            "thon": [f"Thôn {number + 1}" for number in hamlet],
            "co_quan": np.array([one.name for one in DEPARTMENTS])[judged],
            "hinh_thuc_nop": np.where(online, "trực tuyến", "trực tiếp"),
            "hinh_thuc_khao_sat": np.where(chance.random(size) < 0.55, "phiếu giấy", "trực tuyến"),
            "gioi_tinh": np.where(chance.random(size) < 0.52, "Nam", "Nữ"),
            "do_tuoi": 1 + chance.choice(len(_AGE), size, p=_AGE),
            "dan_toc": np.where(
                chance.random(size) < np.array([one.minority for one in DISTRICTS])[district],
                "Khác",
                "Kinh",
            ),
            "hoc_van": 1 + chance.choice(len(_SCHOOL), size, p=_SCHOOL),
            "nghe_nghiep": 1 + chance.choice(len(_WORK), size, p=_WORK),
            "noi_song": part,
            "dia_hinh": np.array([one.terrain for one in DISTRICTS])[district],
            **{f"c1_{n + 1}": chance.choice(3, size, p=(0.12, 0.46, 0.42)) + 1 for n in range(8)},
            "c4": np.select([concern < 0.86, concern < 0.97], ["Không có", "Một số"], "Nhiều"),
            "c5": np.select([concern < 0.92, concern < 0.99], ["Không có", "Một số"], "Nhiều"),
            "c6": np.array(["trực tiếp", "trực tuyến", "cả hai"])[
                chance.choice(3, size, p=(0.3, 0.35, 0.35))
            ],
            **{f"c8_{n + 1}": chance.random(size) < share for n, share in enumerate(_EXPERIENCE)},
            **{f"c9_{n + 1}": answers[:, n] for n in range(ITEMS)},
            **{f"c10_{n + 1}": chance.choice(3, size, p=(0.35, 0.45, 0.2)) + 1 for n in range(10)},
            "tang": np.array(ZONES)[sample.zone],
            "trong_so": np.round(sample.weight, 4),
        }
    )
    empty = [pl.col(f"c9_{n + 1}").replace(0, None) for n in range(ITEMS)]
    return frame.with_columns(empty)


_EXPERIENCE = (0.83, 0.10, 0.42, 0.55, 0.36, 0.21, 0.64)


def survey_figures(returned: int) -> dict[str, float]:
    """Return single figures about the fieldwork, by code: forms issued and returned."""
    return {"sipas.issued": round(returned / _RETURNED), "sipas.returned": returned}


_RETURNED = 0.985
"""Share of the issued forms that come back."""


@dataclass(frozen=True)
class _Sample:
    """Where each response was collected; one entry a response."""

    zone: Ints
    district: Ints
    commune: Ints
    hamlet: Ints
    weight: npt.NDArray[np.float64]


def _sample(size: int, chance: np.random.Generator) -> _Sample:
    """Draw hamlets within zones, as many per zone as its share of households asks."""
    every = np.array(
        [
            (_zone(DISTRICTS[d], c), d, c, h)
            for d in range(len(DISTRICTS))
            for c in range(COMMUNES)
            for h in range(HAMLETS)
        ]
    )
    mean_size = np.array([one.share for one in DISTRICTS]) * _HOUSEHOLDS / (COMMUNES * HAMLETS)
    households = mean_size[every[:, 1]] * chance.lognormal(0, 0.25, len(every))
    drawn, weights = [], []
    for zone in range(len(ZONES)):
        frame = np.flatnonzero(every[:, 0] == zone)
        asked = size * households[frame].sum() / households.sum()
        hamlets = int(np.clip(round(asked / _PER_HAMLET), _FEWEST_HAMLETS, len(frame)))
        people = max(2, round(asked / hamlets))
        chosen = np.sort(chance.choice(frame, hamlets, replace=False))
        drawn.append(np.repeat(every[chosen], people, axis=0))
        # As many people are asked in each hamlet, however many live there.
        weight = households[chosen] * len(frame) / hamlets / people
        weights.append(np.repeat(weight, people))
    rows = np.concatenate(drawn)
    return _Sample(rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3], np.concatenate(weights))


def _zone(district: District, commune: int) -> int:
    if district.terrain == "hải đảo":
        return 3
    if commune < district.urban:
        return 0
    return 1 if district.terrain == "đồng bằng" else 2


def _answers(
    year: int,
    district: Ints,
    commune: Ints,
    hamlet: Ints,
    judged: Ints,
    chance: np.random.Generator,
) -> Ints:
    """Return the levels 1 to 5; 0 where nothing was answered."""
    size = len(district)
    # Effects of departments and districts stay over the years, with some change of their own.
    lasting, own = stream("survey effects"), stream("survey effects", year)
    by_district = lasting.normal(0, 0.10, len(DISTRICTS)) + own.normal(0, 0.03, len(DISTRICTS))
    by_department = np.array([one.level for one in DEPARTMENTS]) + own.normal(
        0, 0.05, len(DEPARTMENTS)
    )
    by_hamlet = own.normal(0, _HAMLET_SPREAD, (len(DISTRICTS), COMMUNES, HAMLETS))
    person = chance.normal(0, _PERSON_SPREAD, size)
    shared = by_district[district] + by_hamlet[district, commune, hamlet] + person
    shared = shared + _YEARLY * (year - 2023)
    liking = shared[:, None] + _ITEM + chance.normal(0, 0.72, (size, ITEMS))
    liking += np.where(_POLICY, 0.0, by_department[judged][:, None])
    levels: Ints = 1 + np.searchsorted(_CUTS, liking).astype(np.int64)
    silent = np.full(ITEMS, 0.025)
    silent[list(_SILENT_OFTEN)] = 0.30
    levels[chance.random((size, ITEMS)) < silent] = 0
    # Some give the form back almost empty.
    levels[chance.random(size) < 0.008, 4:] = 0
    return levels
