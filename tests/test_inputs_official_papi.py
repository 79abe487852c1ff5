"""The official workbook, compared with tables that were made from it by other hands."""

from __future__ import annotations

import time
from pathlib import Path

import pandas as pd
import pytest
from inputs_workbooks import copy_project

from helpers.definitions import load_framework
from helpers.indices.papi.importing import import_papi
from helpers.inputs import imported
from helpers.inputs.published import published_scores
from helpers.places import register
from helpers.project import Project, find_project


@pytest.fixture(scope="module")
def workbook(shared: Path) -> Path:
    return shared / "PAPI-2015-2023.xlsm"


@pytest.fixture(scope="module")
def official(
    tmp_path_factory: pytest.TempPathFactory, workbook: Path
) -> tuple[Project, imported.ImportSummary]:
    project = copy_project(tmp_path_factory.mktemp("checkout"))
    return project, import_papi(workbook, project)


@pytest.fixture(scope="module")
def reference(shared: Path) -> pd.DataFrame:
    table = pd.read_csv(shared / "papi_scores.csv", dtype={"code": "str"})
    table["slug"] = [register().find(name, "63").slug for name in table["province_vi"]]
    return table


def keyed(table: pd.DataFrame, value: str) -> pd.Series:
    return table.set_index(["year", "slug", "code"])[value].astype(float).sort_index()


def test_seven_years_are_taken_and_two_repeated_sheets_refused(official):
    _, summary = official
    assert summary.years == (2015, 2016, 2017, 2018, 2019, 2022, 2023)
    assert [one.sheet for one in summary.refused] == ["2020", "2021"]
    assert all("2.331 trên 2.331" in one.reason for one in summary.refused)
    assert not [problem for problem in summary.problems if problem.severity == "error"]


@pytest.mark.parametrize("year", [2018, 2019, 2023])
def test_every_score_agrees_and_no_other_is_there(official, reference, year):
    project, _ = official
    scores = imported.scores("papi", project)
    own = keyed(scores[scores["year"] == year], "value")
    other = keyed(reference[reference["year"] == year], "score")
    assert list(own.index) == list(other.index)
    assert (own - other).abs().max() <= 1e-6


def test_2022_leaves_out_exactly_what_the_sheet_prints_as_zero(official):
    """Dimension 6 is compared with the ends of its groups as the PAPI 2022 report prints them."""
    project, _ = official
    scores = imported.scores("papi", project)
    own = scores[scores["year"] == 2022]
    units = {place.slug for place in register().units("63")}
    codes = [criterion.code for criterion in load_framework("papi").edition(2022).nodes]
    have = set(zip(own["slug"], own["code"], strict=True))
    missing = {(slug, code) for slug in units for code in codes} - have
    tops = {(slug, code) for slug, code in missing if "." not in code}
    assert tops == {("bac-giang", c) for c in ("total", "1", "2", "4", "5")} | {
        ("bac-ninh", c) for c in ("total", "2", "3", "4", "8")
    }
    assert missing - tops == {
        (slug, code) for slug, top in tops for code in codes if code.startswith(f"{top}.")
    }
    six = own[own["code"] == "6"]["value"].sort_values(ascending=False).round(4).to_list()
    assert (six[0], six[15], six[16], six[31], six[32], six[46], six[47], six[62]) == (
        8.3148, 7.8579, 7.8072, 7.5189, 7.5173, 7.2294, 7.2275, 6.4132,
    )  # fmt: skip


def test_nobody_is_said_not_to_have_voted(official):
    """2022 prints 0 for two provinces whose sub-dimension has a score; the others are above 40 %."""
    project, _ = official
    found = imported.indicators("papi", project)
    voted = found[found["label_vi"].str.contains("đã tham gia bầu cử đại biểu", regex=False)]
    assert (voted["value"] > 0.3).all()
    of_2022 = voted[voted["year"] == 2022]
    assert of_2022.groupby("order").size().to_list() == [60, 60]
    assert {"bac-ninh", "quang-ninh"}.isdisjoint(of_2022["slug"])
    zeros = found[(found["value"] == 0) & (found["scale"] == "0%-100%")]
    for _, row in zeros.drop_duplicates(["year", "sub_dimension", "order"]).iterrows():
        same = found[
            (found["year"] == row["year"])
            & (found["sub_dimension"] == row["sub_dimension"])
            & (found["order"] == row["order"])
        ]
        above = same[same["value"] > 0]["value"]
        # A zero that was kept lies where others come near it.
        assert above.quantile(0.05) < 0.06, row["label_vi"]


@pytest.mark.parametrize("year", [2015, 2016, 2017])
def test_the_years_of_six_dimensions_are_complete(official, year):
    project, _ = official
    scores = imported.scores("papi", project)
    own = scores[scores["year"] == year]
    assert len(own) == 63 * 29
    assert set(own[own["code"] == "total"]["status"]) == {"computed"}
    assert set(own[own["code"] != "total"]["status"]) == {"official"}


def test_intervals_and_totals_agree(official, shared):
    project, _ = official
    other = pd.read_csv(shared / "papi_totals_ci.csv")
    other["slug"] = [register().find(name, "63").slug for name in other["province_vi"]]
    flat = (other["standard_error"] == 0) & (other["ci_low"] == other["ci_high"])
    assert set(other[flat]["slug"]) == {"soc-trang", "bac-lieu", "ca-mau"}
    own = imported.intervals("papi", project).set_index(["year", "slug"]).sort_index()
    other = other.set_index(["year", "slug"]).sort_index()
    with_error = other[~((other["standard_error"] == 0) & (other["ci_low"] == other["ci_high"]))]
    assert list(own.index) == list(with_error.index)
    for column, name in (("low", "ci_low"), ("high", "ci_high"), ("standard_error",) * 2):
        assert (own[column] - with_error[name]).abs().max() <= 1e-6
    counts = own["observations"].dropna()
    assert set(counts.index.get_level_values("year")) == {2022, 2023}
    assert (counts == with_error["observations"].reindex(counts.index)).all()
    scores = imported.scores("papi", project)
    totals = scores[scores["code"] == "total"].set_index(["year", "slug"])["value"]
    assert (totals.reindex(other.index) - other["total_unweighted"]).abs().max() <= 1e-6


def test_indicators_are_as_many_as_the_sheets_print(official):
    project, _ = official
    found = imported.indicators("papi", project)
    assert found.groupby("year").apply(
        lambda rows: len(rows.groupby(["sub_dimension", "order"])), include_groups=False
    ).to_dict() == {2018: 114, 2019: 122, 2022: 118, 2023: 120}
    shares = found[found["scale"] == "0%-100%"]
    assert shares["value"].max() < 1.05
    assert found["label_en"].ne("").groupby(found["year"]).all().to_dict() == {
        2018: False, 2019: False, 2022: True, 2023: True,
    }  # fmt: skip


def test_the_shipped_years_agree_with_the_sums_of_another_copy(reference):
    project = find_project(Path(__file__).parent)
    own = keyed(published_scores("papi", project), "value")
    other = keyed(reference[reference["year"].isin([2020, 2021, 2024])], "score")
    assert (own - other.reindex(own.index)).abs().max() <= 1e-6
    parts = other[other.index.get_level_values("code").str.contains(".", regex=False)].reset_index()
    parts["code"] = parts["code"].str[0]
    sums = parts.groupby(["year", "slug", "code"])["score"].sum()
    assert (own[own.index.get_level_values("code") != "total"] - sums).abs().max() <= 1e-4


def test_thirty_thousand_rows_are_read_quickly(official):
    project, _ = official
    imported._read.forget()
    times = []
    for _ in range(3):
        imported._read.forget()
        start = time.perf_counter()
        imported.scores("papi", project)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.3  # 0.05 s on an idle core; the margin is for a busy machine
