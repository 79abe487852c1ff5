"""The one layout of published figures: what ships is sound, a wrong line is named with its rule."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from published_rows import lines, rows

from helpers.definitions import load_framework
from helpers.inputs.columns import SCORE_COLUMNS
from helpers.inputs.problems import InputError
from helpers.inputs.published import (
    PUBLISHED_COLUMNS,
    published,
    published_indices,
    published_scores,
)
from helpers.project import Project, find_project

PROJECT = find_project()
HEADING = "unit,slug,code,criterion,value,status,publisher,source"
GOOD = "Quảng Nam,quang-nam,1,participation,5.25,official,CECODES,https://papi.org.vn"


@pytest.fixture
def read(tmp_path):
    project = Project(tmp_path)
    project.definitions.parent.mkdir()
    project.definitions.symlink_to(PROJECT.definitions)
    project.places.symlink_to(PROJECT.places)
    folder = project.published / "papi"
    folder.mkdir(parents=True)

    def run(*given: str, heading=HEADING, encoding="utf-8", name="2024.csv") -> pd.DataFrame:
        (folder / name).write_bytes("\n".join([heading, *given, ""]).encode(encoding))
        return published("papi", project)

    return run


def test_every_shipped_line_says_status_source_and_place():
    for index in published_indices(PROJECT):
        made = published(index, PROJECT)
        assert list(made.columns) == list(PUBLISHED_COLUMNS)
        told = list(lines(PROJECT.root, index))
        assert len(made) == len(told)
        by_origin = {f"{file}, dòng {number}": row for file, number, row in told}
        for row in made.itertuples():
            line = by_origin[row.origin]
            assert (row.status, row.source) == (line["status"], line["source"])
            assert row.slug == line.get("slug", "") or line["level"] != "province"
            value = line.get("value", "")
            assert float(value) == row.value if value else row.value != row.value
            if value:
                assert len(value.partition(".")[2]) == row.decimals


def test_nothing_that_ships_is_simulated_and_papi_names_its_publisher():
    status = {
        (row["index"], row["status"])
        for i in published_indices(PROJECT)
        for row in rows(PROJECT.root, i)
    }
    assert {told for _, told in status} == {"official"}
    assert set(published("papi", PROJECT)["publisher"]) == {
        "CECODES, RTA và UNDP",
        "CECODES, VFF-CRT, RTA và UNDP",
    }


def test_papi_has_every_criterion_of_its_edition_for_almost_every_province_it_names():
    scores = published_scores("papi", PROJECT)
    assert list(scores.columns) == list(SCORE_COLUMNS)
    assert set(scores["system"]) == {"63"}
    assert len(scores) == 28_854
    assert len(scores.groupby(["year", "slug"])) == 873
    definition = load_framework("papi", PROJECT)
    lacking = {}
    for (year, slug), rows_of in scores.groupby(["year", "slug"]):
        known = {node.code for node in definition.edition(int(year)).nodes}
        assert set(rows_of["code"]) <= known
        if known - set(rows_of["code"]):
            lacking[int(year), slug] = len(known - set(rows_of["code"]))
    # A printed 0 lies on no scale, and «KCDL» is no figure: PAPI has none of these (docs of the data).
    assert {year for year, _ in lacking} <= {2018, 2021, 2022, 2023, 2024}, lacking


@pytest.mark.parametrize(
    ("year", "missing"),
    [
        (2011, set()),
        (2014, {"bac-giang", "dong-thap"}),
        (2020, set()),
        (2021, {"bac-giang", "bac-ninh", "quang-ninh"}),
        (2023, {"binh-duong", "quang-ninh"}),
        (2024, {"vinh-phuc", "tien-giang"}),
    ],
)
def test_papi_leaves_out_exactly_the_provinces_named_in_its_readme(year, missing):
    scores = published_scores("papi", PROJECT)
    slugs = set(scores[scores["year"] == year]["slug"])
    everyone = set(scores[scores["year"] == 2020]["slug"])
    assert len(everyone) == 63
    assert everyone - slugs == missing


def test_papi_totals_are_the_sums_of_their_dimensions():
    scores = published_scores("papi", PROJECT)
    wide = scores.pivot_table(index=["year", "slug"], columns="code", values="value")
    dimensions = [code for code in wide.columns if code.isdecimal()]
    whole = wide["total"].notna()
    sums = wide.loc[whole, dimensions].sum(axis=1)
    assert (sums - wide.loc[whole, "total"]).abs().max() < 2e-3


def test_the_source_of_a_score_is_its_line():
    scores = published_scores("papi", PROJECT)
    row = scores[(scores["year"] == 2024) & (scores["slug"] == "quang-nam")].iloc[0]
    by_line = {f"{file}, dòng {number}": line for file, number, line in lines(PROJECT.root, "papi")}
    line = by_line[row["source"]]
    assert (line["slug"], line["code"], line["year"]) == ("quang-nam", row["code"], "2024")
    assert float(line["value"]) == row["value"]


def test_every_code_of_papi_keeps_its_criterion():
    definition = load_framework("papi", PROJECT)
    for row in rows(PROJECT.root, "papi"):
        assert definition.edition(int(row["year"])).get(row["code"]).id == row["criterion"]


def test_a_caller_may_change_the_table_without_changing_the_next_reading(read):
    first = read(GOOD)
    first["value"] = 0.0
    assert read(GOOD)["value"].iloc[0] == 5.25


def test_a_byte_order_mark_is_harmless(read):
    assert len(read(GOOD, encoding="utf-8-sig")) == 1


def test_four_columns_and_a_value_are_enough_and_a_place_is_found_by_any_usual_name(read):
    made = read("Tp.HCM,total,44.1,official,trang 3", heading="unit,code,value,status,source")
    row = made.iloc[0]
    assert (row["slug"], row["level"], row["unit_of_measure"]) == (
        "ho-chi-minh",
        "province",
        "điểm",
    )
    assert row["name"] == load_framework("papi", PROJECT).edition(2024).root.name_vi


def test_a_made_up_figure_stays_made_up(read):
    assert set(read(GOOD.replace("official", "simulated"))["status"]) == {"simulated"}


@pytest.mark.parametrize(
    ("line", "rule", "says"),
    [
        (GOOD.replace("quang-nam", "quang-nan"), "slug", "«quang-nan»"),
        (GOOD.replace("Quảng Nam", "Quảng Nạm X"), "unknown-place", "«Quảng Nạm X»"),
        (GOOD.replace("Quảng Nam", "Quảng Ninh"), "slug", "Quảng Ninh"),
        (GOOD.replace(",1,", ",9,"), "unknown-code", "«9»"),
        (GOOD.replace(",1,participation", ",5.2,construction_permits"), "unknown-code", "«5.2»"),
        (GOOD.replace("participation", "transparency"), "criterion", "«transparency»"),
        (GOOD.replace("5.25", "năm"), "number", "«năm»"),
        (GOOD.replace("5.25", ""), "number", "xóa cả dòng"),
        (GOOD.replace("5.25", '"5,25"'), "number", "dấu chấm thập phân"),
        (GOOD.replace("5.25", "nan"), "number", "«nan»"),
        (GOOD.replace("5.25", "1_0"), "number", "«1_0»"),
        (GOOD.replace("5.25", "0"), "scale", "thang điểm 1 đến 10"),
        (GOOD.replace("5.25", "10.01"), "scale", "thang điểm 1 đến 10"),
        (GOOD.replace("https://papi.org.vn", " "), "source", "nguồn"),
        (GOOD.replace("official", ""), "status", "simulated"),
        (GOOD.replace("official", "chính thức"), "status", "«chính thức»"),
        (GOOD.replace("5.25", "5,25"), "fields", "9 ô"),
        (GOOD.replace("5.25", '"5.25'), "csv", "CSV"),
    ],
)
def test_a_broken_line_is_named_with_its_rule(read, line, rule, says):
    other = GOOD.replace("Quảng Nam,quang-nam", "Hà Nội,ha-noi")
    with pytest.raises(InputError, match=re.escape(says)) as caught:
        read(other, line)
    (problem,) = caught.value.errors
    assert (problem.rule, problem.line) == (rule, 3)
    assert problem.file == "data/published/papi/2024.csv"


def test_a_repeated_figure_names_both_lines(read):
    with pytest.raises(InputError, match="Lặp lại dòng 2"):
        read(GOOD, GOOD.replace("5.25", "6.25"))


def test_all_broken_lines_are_named_at_once(read):
    with pytest.raises(InputError) as caught:
        read(GOOD.replace("5.25", "0"), GOOD, GOOD.replace("Quảng Nam", "x"))
    found = [(problem.line, problem.rule) for problem in caught.value.errors]
    assert found == [(2, "scale"), (3, "duplicate"), (4, "unknown-place")]


@pytest.mark.parametrize(
    ("heading", "encoding", "rule"),
    [
        (HEADING.replace(",", ";"), "utf-8", "semicolons"),
        (HEADING.replace("source", "nguồn"), "utf-8", "columns"),
        (HEADING + ",value", "utf-8", "columns"),
        (HEADING + ",ghi_chu", "utf-8", "columns"),
        (HEADING, "utf-16", "encoding"),
    ],
)
def test_a_file_saved_in_another_form_is_refused(read, heading, encoding, rule):
    with pytest.raises(InputError) as caught:
        read(GOOD, heading=heading, encoding=encoding)
    assert [problem.rule for problem in caught.value.errors] == [rule]


@pytest.mark.parametrize("name", ["ban-sao.csv", "24.csv", "1999.csv"])
def test_a_file_must_be_named_by_a_year_of_the_definition(read, name):
    with pytest.raises(InputError) as caught:
        read(GOOD, name=name)
    assert {problem.rule for problem in caught.value.errors} == {"year"}


def test_an_empty_file_is_refused_and_an_index_without_files_has_no_rows(read):
    with pytest.raises(InputError, match="không có dòng số liệu"):
        read()
    assert published("no_such_index", PROJECT).empty
