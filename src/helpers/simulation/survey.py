"""Questionnaires of the made-up province: a stratified sample of hamlets, with people in them.

Strata are urban and rural parts of districts, hamlets are the primary sampling units, and answers
within a hamlet are alike (an intraclass correlation of about 0,06 on the scale before it is cut into
five levels). Everybody judges one department that settled something for them.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from helpers.simulation.world import COMMUNES, DEPARTMENTS, DISTRICTS, HAMLETS, commune_name, stream

RESPONSES = 40_000
ITEMS = 34
_PER_HAMLET = 50
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
    district, commune, hamlet, weight = _sample(int(RESPONSES * scale), chance)
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
            "tang": np.char.add(
                np.char.add(np.array([one.name for one in DISTRICTS])[district], " – "), part
            ),
            "trong_so": np.round(weight, 4),
        }
    )
    empty = [pl.col(f"c9_{n + 1}").replace(0, None) for n in range(ITEMS)]
    return frame.with_columns(empty)


_EXPERIENCE = (0.83, 0.10, 0.42, 0.55, 0.36, 0.21, 0.64)


def _sample(
    size: int, chance: np.random.Generator
) -> tuple[Ints, Ints, Ints, npt.NDArray[np.float64]]:
    """Draw hamlets within strata, as many per stratum as its share of households asks, at least two."""
    drawn: list[Ints] = []
    weights: list[npt.NDArray[np.float64]] = []
    for number, district in enumerate(DISTRICTS):
        for urban in (True, False):
            communes = [c for c in range(COMMUNES) if (c < district.urban) == urban]
            if not communes:
                continue
            frame = np.array([(number, c, h) for c in communes for h in range(HAMLETS)])
            share = district.share * len(communes) / COMMUNES
            hamlets = int(np.clip(round(size * share / _PER_HAMLET), 2, len(frame)))
            chosen = frame[np.sort(chance.choice(len(frame), hamlets, replace=False))]
            people = max(2, round(size * share / hamlets))
            drawn.append(np.repeat(chosen, people, axis=0))
            # Hamlets differ in size, and as many people are asked in each.
            sizes = chance.lognormal(0, 0.25, hamlets) * _HOUSEHOLDS * share / len(frame)
            weights.append(np.repeat(sizes * len(frame) / hamlets / people, people))
    rows = np.concatenate(drawn)
    return rows[:, 0], rows[:, 1], rows[:, 2], np.concatenate(weights)


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
