"""Counts from households against counting by hand."""

from __future__ import annotations

import pandas as pd
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from poverty_made import classify

from helpers.definitions.framework import load_framework, rules_of
from helpers.indices.poverty.arithmetic import (
    AVERAGE,
    NEAR,
    NOT_POOR,
    POOR,
    Movement,
    PovertyRules,
)
from helpers.indices.poverty.households import (
    AREAS,
    GONE,
    NOT_YET,
    by_group,
    by_unit,
    classified,
    deprivations,
    movement,
)

RULES = rules_of(load_framework("poverty").edition(2024), PovertyRules)
OLD_RULES = rules_of(load_framework("poverty").edition(2021), PovertyRules)
PRIVATE = ("ma_ho", "ten_chu_ho", "nam_sinh", "thon")
CLASS = st.sampled_from([POOR, NEAR, AVERAGE, NOT_POOR])
SCHEMA = {
    "ma_ho": pl.String,
    "ten_chu_ho": pl.String,
    "huyen": pl.String,
    "xa": pl.String,
    "dan_toc": pl.String,
    "khu_vuc": pl.String,
    "huyen_ngheo": pl.Boolean,
    "b1": pl.Float64,
    "b2": pl.Float64,
    "thieu_1": pl.Boolean,
    "phan_loai_dau_ky": pl.String,
    "phan_loai_cuoi_ky": pl.String,
    "tai_ngheo": pl.Boolean,
    "nguyen_nhan": pl.String,
}


@st.composite
def villages(draw):
    """Draw the records of a small province."""
    rows = []
    for number in range(draw(st.integers(0, 40))):
        area = draw(st.sampled_from(["NT", "TT", None]))
        rows.append(
            {
                "ma_ho": f"MÃ-{number}",
                "ten_chu_ho": f"Chủ Hộ {number}",
                "huyen": draw(st.sampled_from(["An", "Bình"])),
                "xa": draw(st.sampled_from(["Một", "Hai"])),
                "dan_toc": draw(st.sampled_from(["Kinh", "Cơ Tu", "", None])),
                "khu_vuc": area,
                "huyen_ngheo": draw(st.booleans()),
                "b1": draw(st.none() | st.floats(80, 220)),
                "b2": draw(st.none() | st.sampled_from([0.0, 10.0, 30.0, 60.0])),
                "thieu_1": draw(st.none() | st.booleans()),
                "phan_loai_dau_ky": draw(st.none() | st.just(NOT_YET) | CLASS),
                "phan_loai_cuoi_ky": draw(st.none() | st.just(GONE) | CLASS),
                "tai_ngheo": draw(st.none() | st.booleans()),
                "nguyen_nhan": draw(st.sampled_from(["", "Thiếu vốn", "Thiếu vốn; Khác", None])),
            }
        )
    return pl.DataFrame(rows, schema=SCHEMA)


def end_of(row, *, stated, started):
    """The class at the end of the year, as the rules in words say."""
    if row["phan_loai_cuoi_ky"] == GONE:
        return None
    if row["phan_loai_cuoi_ky"] is not None:
        return row["phan_loai_cuoi_ky"]
    if stated and not started:
        return None
    if None in (row["khu_vuc"], row["b1"], row["b2"]):
        return None
    return classify(AREAS[row["khu_vuc"]], row["b1"], row["b2"], RULES)


@given(villages())
@settings(max_examples=60, deadline=None)
def test_the_tables_are_what_counting_by_hand_gives(frame):
    made = classified(frame, RULES, PRIVATE)
    assert not set(PRIVATE) & set(made.frame.columns)
    classes = [POOR, NEAR, AVERAGE, NOT_POOR]
    stated, started = (frame[f"phan_loai_{end}_ky"].is_in(classes).any() for end in ("cuoi", "dau"))
    rows = [
        {**row, "end": end_of(row, stated=stated, started=started)}
        for row in frame.iter_rows(named=True)
    ]
    assert made.frame["cuoi"].to_list() == [row["end"] for row in rows]
    assert made.unknown == sum(r["end"] is None and r["phan_loai_cuoi_ky"] != GONE for r in rows)

    units = by_unit(made, "xa")
    for _, unit in units.iterrows():
        inside = [r for r in rows if (r["huyen"], r["xa"]) == (unit["huyen"], unit["xa"])]
        known = sum(r["end"] is not None for r in inside)
        unknown = sum(r["end"] is None and r["phan_loai_cuoi_ky"] != GONE for r in inside)
        if known < unknown or not any(r["end"] for r in rows):
            assert unit[["tong_ho", "ho_ngheo", "ho_can_ngheo"]].isna().all()
            continue
        assert unit["ho_ngheo"] == sum(r["end"] == POOR for r in inside)
        assert unit["ho_can_ngheo"] == sum(r["end"] == NEAR for r in inside)
        if made.has_all_households:
            assert unit["tong_ho"] == sum(r["end"] is not None for r in inside)
        else:
            assert pd.isna(unit["tong_ho"])

    groups = by_group(made)
    minority = groups[groups["nhom"] == "Hộ dân tộc thiểu số"]
    if len(minority) and not minority["ho_ngheo"].isna().all():
        expected = sum(r["end"] == POOR and r["dan_toc"] == "Cơ Tu" for r in rows)
        assert minority["ho_ngheo"].item() == expected
    causes = groups[groups["loai"] == "Nguyên nhân"].set_index("nhom")
    for cause in causes.index:
        # Who leaves the cause open is in no base; where nobody records one, nothing is known.
        for kind, count, base in (
            (POOR, "ho_ngheo", "goc_ngheo"),
            (NEAR, "ho_can_ngheo", "goc_can_ngheo"),
        ):
            told = [(r["nguyen_nhan"] or "").split("; ") for r in rows if r["end"] == kind]
            written = [names for names in told if names != [""]]
            assert causes.loc[cause, base] == len(written)
            if not written:
                assert pd.isna(causes.loc[cause, count])
            elif not pd.isna(causes.loc[cause, count]):
                assert causes.loc[cause, count] == sum(cause in names for names in written)

    lacking = deprivations(made, ("1", "2"))
    marks = [r["thieu_1"] for r in rows if r["end"] == POOR]
    poor = [mark for mark in marks if mark is not None]
    if len(lacking):
        assert lacking["goc_ngheo"].item() == len(poor)
        assert (
            pd.isna(lacking["ho_ngheo"].item())
            if not poor
            else (lacking["ho_ngheo"].item() == sum(poor))
        )


@given(villages())
@settings(max_examples=60, deadline=None)
def test_movements_always_add_up(frame):
    made = classified(frame, RULES, PRIVATE)
    columns = ["dau_ky", "thoat", "giam_khac", "tai", "phat_sinh", "tang_khac", "cuoi_ky"]
    table = movement(made)
    ends = made.frame.select("dau", "cuoi")
    assert len(table) == (2 if all(ends[name].count() for name in ends.columns) else 0)
    for _, row in table.iterrows():
        assert pd.isna(row["tai"]) == pd.isna(row["phat_sinh"])
        moved = Movement(*(None if pd.isna(row[c]) else int(row[c]) for c in columns))
        assert moved.gap == (None if row[columns].isna().any() else 0)
        assert pd.isna(row["thoat"]) == pd.isna(row["giam_khac"])
        assert pd.isna(row["tai"]) or not pd.isna(row["tang_khac"])
        assert moved.end == int((made.frame["cuoi"] == row["loai_ho"]).sum())


def test_points_decide_nothing_where_cut_offs_are_not_all_known():
    row = {"ma_ho": "1", "khu_vuc": "TT", "b1": 120.0, "b2": 60.0}
    frame = pl.DataFrame([row], schema={k: SCHEMA[k] for k in row})
    assert classified(frame, OLD_RULES, PRIVATE).frame["cuoi"].to_list() == [None]
    assert classified(frame, RULES, PRIVATE).frame["cuoi"].to_list() == [POOR]


def test_a_class_that_disagrees_with_the_points_is_counted_and_kept():
    rows = [
        {"khu_vuc": "NT", "b1": 100.0, "b2": 50.0, "phan_loai_cuoi_ky": NOT_POOR},
        {"khu_vuc": "NT", "b1": 200.0, "b2": 0.0, "phan_loai_cuoi_ky": AVERAGE},
    ]
    made = classified(pl.DataFrame(rows), RULES, PRIVATE)
    assert made.frame["cuoi"].to_list() == [NOT_POOR, AVERAGE]
    assert made.disagreeing == 1
