"""What the made-up province says in one place it says in every other, from year to year."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from helpers.definitions.rule_set import load_rule_set
from helpers.indices.procedures.working_days import working_days
from helpers.project import find_project
from helpers.simulation import SLUG
from helpers.simulation.dossiers import dossiers, petitions
from helpers.simulation.households import CLASSES, households
from helpers.simulation.survey import ITEMS, survey, survey_figures
from helpers.simulation.tables_poverty import poverty_tables
from helpers.simulation.tables_procedures import procedures_figures, procedures_tables
from helpers.simulation.tables_scoring import dti_scoring, par_scoring
from helpers.simulation.tables_work import work_tables

SCALE = 0.02
LOW = ("Hộ nghèo", "Hộ cận nghèo")
CLOSED_WITHOUT = ("Dừng xử lý", "Từ chối", "Đã rút")


@pytest.fixture(scope="module")
def files():
    return {year: dossiers(year, SCALE) for year in (2023, 2024)}


def test_the_end_of_a_year_is_the_start_of_the_next():
    before, after = households(2023, SCALE), households(2024, SCALE)
    end = before.select("ma_ho", "phan_loai_cuoi_ky").filter(
        pl.col("phan_loai_cuoi_ky").is_in(CLASSES)
    )
    start = after.select("ma_ho", "phan_loai_dau_ky").filter(
        pl.col("phan_loai_dau_ky").is_in(CLASSES)
    )
    joined = end.join(start, on="ma_ho", how="full")
    assert joined.null_count().sum_horizontal().item() == 0
    assert (joined["phan_loai_cuoi_ky"] == joined["phan_loai_dau_ky"]).all()


@pytest.mark.parametrize("year", [2023, 2024])
def test_classes_follow_the_points(year):
    frame = households(year, SCALE).filter(pl.col("phan_loai_cuoi_ky").is_in(LOW))
    line = pl.when(pl.col("khu_vuc") == "NT").then(140).otherwise(175)
    assert frame.filter(pl.col("b1") > line).is_empty()
    assert frame.filter(
        (pl.col("b2") >= 30) != (pl.col("phan_loai_cuoi_ky") == "Hộ nghèo")
    ).is_empty()
    marks = pl.sum_horizontal(pl.col("^thieu_[0-9]+$").cast(pl.Int64))
    assert frame.filter(marks != pl.col("tong_thieu")).is_empty()


def test_poverty_falls_from_year_to_year():
    rates = []
    for year in (2023, 2024):
        frame = households(year, SCALE)
        for column in ("phan_loai_dau_ky", "phan_loai_cuoi_ky"):
            rates.append(frame.filter(pl.col(column).is_in(CLASSES))[column].is_in(LOW).mean())
    assert rates[1] == pytest.approx(rates[2], abs=1e-3)
    assert 0.12 > rates[0] > rates[1] > rates[3] > 0.01


@pytest.mark.parametrize("year", [2023, 2024])
def test_poverty_tables_agree_with_each_other(year):
    frame = households(year, SCALE)
    tables = poverty_tables(frame)
    for row in tables["poverty_movement"]:
        left = row["dau_ky"] - row["thoat"] - row["giam_khac"]
        assert left + row["tai"] + row["phat_sinh"] + row["tang_khac"] == row["cuoi_ky"]
    whole = {row["loai_ho"]: row for row in tables["poverty_movement"] if "huyen" not in row}
    assert sum(row["ho_ngheo"] for row in tables["poverty_units"]) == whole["Hộ nghèo"]["cuoi_ky"]
    ethnic = [row for row in tables["poverty_groups"] if row["loai"] == "Dân tộc"]
    assert sum(row["tong_ho"] for row in ethnic) == frame["phan_loai_cuoi_ky"].is_in(CLASSES).sum()
    for row in tables["poverty_deprivations"]:
        assert 0 <= row["ho_ngheo"] <= whole["Hộ nghèo"]["cuoi_ky"]


def test_what_is_carried_over_is_what_was_left(files):
    left = files[2023].filter(pl.col("ngay_giai_quyet").is_null())
    carried = files[2024].filter(pl.col("ngay_tiep_nhan") < date(2024, 1, 1))
    assert set(left["ma_ho_so"]) == set(carried["ma_ho_so"])
    assert carried.height > 0


@pytest.mark.parametrize("year", [2023, 2024])
def test_dossiers_know_nothing_of_the_next_year(files, year):
    frame, end = files[year], date(year, 12, 31)
    for column in ("ngay_tiep_nhan", "ngay_giai_quyet", "ngay_tra"):
        assert frame[column].max() <= end
    says_open = pl.col("trang_thai").is_in(["Đang xử lý", "Yêu cầu bổ sung"])
    assert frame.filter(pl.col("ngay_giai_quyet").is_null() != says_open).is_empty()
    assert frame["ma_ho_so"].is_unique().all()


def test_due_dates_are_working_days(files):
    days = working_days(2022, 2026)
    due = files[2024]["ngay_hen_tra"].to_numpy()
    assert days.is_working(due).all()
    assert days.is_working(files[2024]["ngay_tiep_nhan"].to_numpy()).all()


@pytest.mark.parametrize("year", [2023, 2024])
def test_the_report_is_counted_from_the_dossiers(files, year):
    frame = files[year]
    rows = procedures_tables(year, frame)["procedures_report"]
    counted = [code for code in rows[0] if code not in ("linh_vuc", "don_vi")]
    total = {code: sum(row[code] for row in rows) for code in counted}
    assert total["tn_tong"] == frame.height
    assert total["tn_tong"] == total["tn_truc_tuyen"] + total["tn_truc_tiep"] + total["tn_ky_truoc"]
    assert total["gq_tong"] == total["gq_truoc_han"] + total["gq_dung_han"] + total["gq_qua_han"]
    assert total["tn_tong"] == total["gq_tong"] + total["dg_tong"] + total["tra_lai"]
    settled = frame.filter(~pl.col("trang_thai").is_in(CLOSED_WITHOUT))
    late = settled.filter(pl.col("ngay_giai_quyet") > pl.col("ngay_hen_tra"))
    assert total["gq_qua_han"] == late.height > 0


def test_petitions_are_about_dossiers_of_the_file():
    made = petitions(2024, 0.2)
    assert set(made["ma_ho_so"]) <= set(dossiers(2024, 0.2)["ma_ho_so"])
    assert made.height > 0
    assert (made["ngay_tiep_nhan"] >= made["ngay_gui"]).all()
    assert made["ngay_xu_ly"].max() <= date(2024, 12, 31)


def test_answers_of_a_hamlet_are_alike_and_departments_differ():
    frame = survey(2024, 0.2)
    items = [f"c9_{n + 1}" for n in range(ITEMS)]
    score = frame.select(
        "xa", "thon", "co_quan", pl.mean_horizontal(items).alias("score")
    ).drop_nulls()
    groups = score.group_by("xa", "thon").agg(
        pl.mean("score"), pl.var("score").alias("v"), pl.len()
    )
    within = float((groups["v"] * (groups["len"] - 1)).sum() / (groups["len"] - 1).sum())
    between = float(
        np.average((groups["score"] - score["score"].mean()) ** 2, weights=groups["len"])
    )
    size = float(groups["len"].mean())
    alike = (between - within / size) / (between - within / size + within)
    assert 0.03 < alike < 0.25
    means = score.group_by("co_quan").agg(pl.mean("score"))["score"]
    assert means.max() - means.min() > 0.1
    silent = frame.select(pl.col(items).null_count()).row(0)
    assert min(silent) > 0
    assert silent[31] > 5 * silent[0]


def test_the_sample_has_strata_clusters_and_weights():
    frame = survey(2024, 0.2)
    psus = frame.group_by("tang").agg(pl.struct("xa", "thon").n_unique().alias("n"))
    assert psus["n"].min() >= 8
    assert frame.group_by("xa", "thon").agg(pl.col("tang").n_unique())["tang"].max() == 1
    assert frame["trong_so"].min() > 0
    assert frame["trong_so"].sum() == pytest.approx(440_000, rel=0.15)
    figures = survey_figures(frame.height)
    assert figures["sipas.issued"] > figures["sipas.returned"] == frame.height


def test_figures_about_procedures_add_up():
    for year in (2023, 2024):
        figures = procedures_figures(year)
        parts = ("announced_new", "announced_amended", "announced_abolished")
        assert (
            sum(figures[f"procedures.{part}"] for part in parts) == figures["procedures.announced"]
        )
        online = figures["procedures.online_full"] + figures["procedures.online_partial"]
        assert online == figures["procedures.online_services"] <= figures["procedures.listed"]


@pytest.mark.parametrize("year", [2023, 2024])
def test_scoring_sheets_are_complete(year):
    rows = par_scoring(year)
    leaves = [row for row in rows if "diem_toi_da" in row]
    assert sum(row["diem_toi_da"] for row in leaves) == 100
    for row in leaves:
        for code in ("diem_tu_cham", "diem_tham_dinh", "diem_khao_sat"):
            assert 0 <= row.get(code, 0) <= row["diem_toi_da"]
        assert ("diem_khao_sat" in row) != ("diem_tu_cham" in row)
        lost = row.get("diem_tham_dinh", row["diem_toi_da"]) < row["diem_toi_da"]
        assert ("ly_do_mat_diem" in row) == lost
    dti = {row["ma_chi_so"]: row["diem_toi_da"] for row in dti_scoring(year)}
    tops = {code: points for code, points in dti.items() if "." not in code}
    assert sum(tops.values()) == 1000
    for code, points in tops.items():
        parts = [dti[other] for other in dti if other.startswith(f"{code}.")]
        assert sum(parts) == points


def test_weaknesses_of_a_year_are_followed_up_in_the_next():
    now = {row["ma"] for row in work_tables(2023)["limits"] if row["nam"] == 2023}
    later = {row["ma"] for row in work_tables(2024)["limits"] if row["nam"] == 2023}
    assert now == later
    answered = {row["han_che"] for row in work_tables(2023)["measures"]}
    assert answered == now


def test_the_scoring_sheet_has_the_criteria_of_its_rule_set():
    rules = load_rule_set(SLUG, "bo-tieu-chi.yml", find_project())
    rows = {row["ma"]: row for row in par_scoring(2024)}
    assert set(rows) == {node.code for node in rules.nodes}
    for node in rules.nodes:
        assert rows[node.code]["ten"] == node.name
        assert rows[node.code].get("diem_toi_da") == node.maximum
        assert ("diem_khao_sat" in rows[node.code]) == node.by_survey
