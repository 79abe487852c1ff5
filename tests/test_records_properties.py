"""Less in a record file says less: never another number, and never a failure."""

from __future__ import annotations

import datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.definitions.framework import load_framework, rules_of
from helpers.indices.poverty.arithmetic import NEAR, NOT_POOR, POOR, PovertyRules
from helpers.indices.poverty.households import by_group, by_unit, classified, deprivations, movement
from helpers.indices.procedures.arithmetic import Count, rates
from helpers.indices.procedures.records import CLOSED_WITHOUT, ONLINE, RESOLVED, count_dossiers
from helpers.indices.procedures.rules import ProcedureRules
from helpers.indices.procedures.working_days import working_days
from helpers.indices.service_quality.records import dossier_ratios, petition_ratios

D = datetime.date
END = D(2023, 12, 31)
DAYS = working_days(2022, 2025)
FLAGS = ("co_file_ket_qua", "co_so_hoa", "tai_su_dung", "lay_tu_kho_dmqg", "xac_thuc_vneid")
SCHEMA = {
    "ma_ho_so": pl.String, "ma_tthc": pl.String, "linh_vuc": pl.String, "kenh": pl.String,
    "ngay_tiep_nhan": pl.Date, "ngay_hen_tra": pl.Date, "ngay_giai_quyet": pl.Date,
    "trang_thai": pl.String, "so_lan_bo_sung": pl.Int64, "thoi_gian_bo_sung": pl.Int64,
    "phi": pl.Int64, "thanh_toan": pl.String, **dict.fromkeys(FLAGS, pl.Boolean),
    "danh_gia": pl.String,
}  # fmt: skip
KEYS = ("ma_ho_so", "ngay_tiep_nhan")
LATE_RATES = ("late_resolved", "late_all", "overdue_open")
"""Rates of which the numerator counts what failed; elsewhere it is the rest of the denominator."""


@st.composite
def files(draw):
    """Draw a file of dossiers of a year in which everything is told."""
    rows = []
    for number in range(draw(st.integers(2, 12))):
        received = draw(st.dates(D(2023, 1, 2), D(2023, 11, 30)))
        state = draw(st.sampled_from([*RESOLVED * 2, *CLOSED_WITHOUT, "Đang xử lý"]))
        ended = received + datetime.timedelta(draw(st.integers(0, 30)))
        supplements = draw(st.sampled_from([0, 0, 1, 2]))
        row = {
            "ma_ho_so": f"H{number}",
            "ma_tthc": draw(st.sampled_from(["1.001", "1.002"])),
            "linh_vuc": draw(st.sampled_from(["Việc làm", "Nội vụ"])),
            "kenh": draw(st.sampled_from([ONLINE, "trực tiếp"])),
            "ngay_tiep_nhan": received,
            "ngay_hen_tra": received + datetime.timedelta(draw(st.integers(0, 30))),
            "ngay_giai_quyet": None if state == "Đang xử lý" else ended,
            "trang_thai": state,
            "so_lan_bo_sung": supplements,
            "thoi_gian_bo_sung": draw(st.integers(1, 9)) if supplements else 0,
            "phi": draw(st.sampled_from([0, 10_000])),
            "thanh_toan": draw(st.sampled_from(["không", "Cổng quốc gia"])),
            "danh_gia": draw(st.sampled_from(["hài lòng", "không hài lòng"])),
        }
        rows.append(row | {flag: draw(st.booleans()) for flag in FLAGS})
    return pl.DataFrame(rows, schema=SCHEMA)


PETITIONS = pl.DataFrame({"ma_ho_so": ["H1", None]})


@pytest.fixture(scope="module")
def rules(checkout):
    return rules_of(load_framework("procedures", checkout).edition(2023), ProcedureRules)


def figures(frame, rules):
    """Return every count, rate and ratio that the dossiers give."""
    total = count_dossiers(frame, 2023, DAYS, END).total.row(0, named=True)
    counts = {code: Count(n, "") for code, n in total.items() if n is not None}
    made: dict[str, object] = {code: n for code, n in total.items() if not code.endswith("_ro")}
    made |= {r.rule.key: (r.numerator, r.denominator) for r in rates(counts, rules)}
    for ratio in dossier_ratios(frame, PETITIONS, 2023, DAYS, END, "ho-so.csv"):
        made[ratio.code] = None if ratio.numerator is None else (ratio.numerator, ratio.denominator)
    return made


DROPPED = [
    *((name,) for name in SCHEMA if name not in (*KEYS, "trang_thai", "thoi_gian_bo_sung")),
]
"""Not the states: without them what has a day of an end counts as resolved, and the report says so."""


@settings(max_examples=60, deadline=None)
@given(files(), st.sampled_from(DROPPED))
def test_a_column_less_never_makes_another_number(rules, frame, names):
    if names == ("so_lan_bo_sung",):
        names = ("so_lan_bo_sung", "thoi_gian_bo_sung")
    whole, less = figures(frame, rules), figures(frame.drop(names), rules)
    # Told beside the ratio: without the waiting times they are not taken out.
    exempt = {"2.1", "5.4"} if names[0] == "so_lan_bo_sung" else set()
    for code, value in less.items():
        if code not in exempt:
            assert value is None or value == whole.get(code), code


def failures(made):
    found = {}
    for code, value in made.items():
        if isinstance(value, tuple):
            top, bottom = value
            found[code] = top if code in LATE_RATES else bottom - top
    return found


@settings(max_examples=150, deadline=None)
@given(files(), st.data())
def test_a_cell_left_empty_never_counts_as_a_failure(rules, frame, data):
    name = data.draw(st.sampled_from([n for n in SCHEMA if n not in (*KEYS, "kenh", "linh_vuc")]))
    row = data.draw(st.integers(0, frame.height - 1))
    blanked = frame.with_columns(
        pl.when(pl.int_range(frame.height) != row).then(pl.col(name)).alias(name)
    )
    before, after = failures(figures(frame, rules)), failures(figures(blanked, rules))
    for code, count in after.items():
        if code not in ("resolved", "online"):  # of states and channels, not of success
            assert count <= before.get(code, count), (code, name)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_petitions_say_less_with_less(data):
    size = data.draw(st.integers(1, 8))
    rows = [
        {
            "ngay_tiep_nhan": D(2023, 2, 1),
            "ngay_xu_ly": data.draw(st.dates(D(2023, 2, 1), D(2023, 4, 1))),
            "gui_lai": data.draw(st.booleans()),
            "ket_qua_danh_gia": data.draw(st.sampled_from(["hài lòng", "không hài lòng"])),
        }
        for _ in range(size)
    ]
    frame = pl.DataFrame(rows)

    def made(one):
        found = petition_ratios(one, 2023, DAYS, END, 15, "pakn.csv")
        return {r.code: (r.numerator, r.denominator) for r in found if r.numerator is not None}

    whole = made(frame)
    for name in ("ngay_xu_ly", "gui_lai", "ket_qua_danh_gia"):
        for code, value in made(frame.drop(name)).items():
            assert value == whole[code]
    row = data.draw(st.integers(0, size - 1))
    for name in ("gui_lai", "ket_qua_danh_gia"):
        blanked = frame.with_columns(
            pl.when(pl.int_range(size) != row).then(pl.col(name)).alias(name)
        )
        for code, count in failures(made(blanked)).items():
            assert count <= failures(whole)[code]


MARKS = ("thieu_1", "thieu_2")
HOUSEHOLDS = {
    "huyen": pl.String, "xa": pl.String, "phan_loai_dau_ky": pl.String,
    "phan_loai_cuoi_ky": pl.String, "tai_ngheo": pl.Boolean, "xa_ngheo": pl.Boolean,
    "nguyen_nhan": pl.String, **dict.fromkeys(MARKS, pl.Boolean),
}  # fmt: skip


def tables(frame, rules):
    """Return every number of households by table, row and column; those not known left out."""
    made = classified(frame, rules, ())
    found = {}
    for name, table, keys in (
        ("units", by_unit(made, "xa"), ["huyen", "xa"]),
        ("groups", by_group(made), ["loai", "nhom"]),
        ("movement", movement(made), ["loai_ho"]),
        ("deprivations", deprivations(made, ("1", "2")), ["chi_so"]),
    ):
        for row in table.to_dict("records"):
            for column, value in row.items():
                if isinstance(value, int | float) and value == value:
                    found[name, *(row[key] for key in keys), column] = value
    return found


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_households_say_less_with_less(checkout, data):
    rules = rules_of(load_framework("poverty", checkout).edition(2024), PovertyRules)
    classes = st.sampled_from([POOR, NEAR, NOT_POOR])
    rows = [
        {
            "huyen": "An",
            "xa": data.draw(st.sampled_from(["Một", "Hai"])),
            "phan_loai_dau_ky": data.draw(classes),
            "phan_loai_cuoi_ky": data.draw(classes),
            "nguyen_nhan": "Thiếu vốn",
            **{name: data.draw(st.booleans()) for name in ("tai_ngheo", "xa_ngheo", *MARKS)},
        }
        for _ in range(data.draw(st.integers(2, 10)))
    ]
    frame = pl.DataFrame(rows, schema=HOUSEHOLDS)
    whole = tables(frame, rules)
    for name in HOUSEHOLDS:
        if name in ("huyen", "xa"):
            continue  # names of rows, not figures
        for key, value in tables(frame.drop(name), rules).items():
            assert value == whole.get(key), (name, key)
    row = data.draw(st.integers(0, frame.height - 1))
    kind = {POOR: "ngheo", NEAR: "can_ngheo"}.get(frame["phan_loai_cuoi_ky"][row])
    for name, code in zip(MARKS, ("1", "2"), strict=True):
        # Who leaves a mark open is neither among the deprived nor in the base.
        less = frame.with_columns(
            pl.when(pl.int_range(frame.height) != row).then(pl.col(name)).alias(name)
        )
        found = tables(less, rules)
        for key, value in found.items():
            own = key[:2] == ("deprivations", float(code)) and kind and key[2].endswith(f"_{kind}")
            own = own and not (kind == "ngheo" and key[2].endswith("can_ngheo"))
            if own:
                lost = 1 if key[2].startswith("goc_") else int(frame[name][row])
                assert value == whole[key] - lost, key
            else:
                assert value == whole.get(key), (name, key)
    for name in ("tai_ngheo", "xa_ngheo"):
        blanked = frame.with_columns(
            pl.when(pl.int_range(frame.height) != row).then(pl.col(name)).alias(name)
        )
        for key, value in tables(blanked, rules).items():
            assert value == whole.get(key), (name, key)
