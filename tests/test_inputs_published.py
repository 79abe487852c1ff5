from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from helpers.definitions import load_framework
from helpers.inputs.columns import SCORE_COLUMNS
from helpers.inputs.problems import InputError
from helpers.inputs.published import COLUMNS, read_published
from helpers.project import find_project

PROJECT = find_project(Path(__file__).parent)
GOOD = "2024,63,quang-nam,Quảng Nam,1,participation,5.25,https://papi.org.vn"
HEADING = ",".join(COLUMNS)


@pytest.fixture
def read(tmp_path: Path):
    def run(*lines: str, heading: str = HEADING, encoding: str = "utf-8") -> pd.DataFrame:
        path = tmp_path / "papi.csv"
        path.write_bytes("\n".join([heading, *lines, ""]).encode(encoding))
        return read_published(path, PROJECT)

    return run


def test_the_shipped_file_has_a_total_and_eight_dimensions_for_every_province_it_names():
    scores = read_published(PROJECT.published / "papi.csv", PROJECT)
    assert list(scores.columns) == list(SCORE_COLUMNS)
    assert scores.groupby("year").size().to_dict() == {2020: 567, 2021: 540, 2024: 549}
    assert (scores.groupby(["year", "slug"])["code"].nunique() == 9).all()
    assert set(scores["status"]) == {"official"}
    assert set(scores["system"]) == {"63"}


@pytest.mark.parametrize(
    ("year", "missing"),
    [
        (2020, set()),
        (2021, {"bac-giang", "bac-ninh", "quang-ninh"}),
        (2024, {"vinh-phuc", "tien-giang"}),
    ],
)
def test_the_shipped_file_leaves_out_exactly_the_provinces_named_in_its_readme(year, missing):
    scores = read_published(PROJECT.published / "papi.csv", PROJECT)
    slugs = set(scores[scores["year"] == year]["slug"])
    everyone = set(scores[scores["year"] == 2020]["slug"])
    assert len(everyone) == 63
    assert everyone - slugs == missing


def test_the_shipped_totals_are_the_sums_of_their_dimensions():
    scores = read_published(PROJECT.published / "papi.csv", PROJECT)
    wide = scores.pivot_table(index=["year", "slug"], columns="code", values="value")
    sums = wide.drop(columns="total").sum(axis=1)
    assert (sums - wide["total"]).abs().max() < 1e-4


def test_the_source_of_a_score_is_its_line():
    scores = read_published(PROJECT.published / "papi.csv", PROJECT)
    lines = (PROJECT.published / "papi.csv").read_text(encoding="utf-8").splitlines()
    row = scores[(scores["year"] == 2024) & (scores["slug"] == "quang-nam")].iloc[0]
    name, line = row["source"].split(", dòng ")
    assert name == "data/published/papi.csv"
    fields = dict(zip(COLUMNS, next(csv.reader([lines[int(line) - 1]])), strict=True))
    assert (fields["slug"], fields["code"]) == ("quang-nam", row["code"])
    assert float(fields["value"]) == row["value"]


def test_a_caller_may_change_the_table_without_changing_the_next_reading(read):
    first = read(GOOD)
    first["value"] = 0.0
    assert read(GOOD)["value"].iloc[0] == 5.25


def test_a_byte_order_mark_is_harmless(read):
    assert len(read(GOOD, encoding="utf-8-sig")) == 1


@pytest.mark.parametrize(
    ("line", "rule", "says"),
    [
        (GOOD.replace("quang-nam", "quang-nan"), "unknown-place", "Quảng Nam"),
        (GOOD.replace("quang-nam", "Quang Nam"), "unknown-place", "«quang-nam»"),
        (GOOD.replace("Quảng Nam", "Quảng Ninh"), "province", "Quảng Ninh"),
        (GOOD.replace(",63,", ",62,"), "system", "«62»"),
        (GOOD.replace(",63,", ",34,"), "unknown-place", "Đà Nẵng"),
        (GOOD.replace("2024,", "2024.0,"), "year", "«2024.0»"),
        (GOOD.replace("2024,", "1999,"), "year", "1999"),
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
        (GOOD.replace("5.25", "5,25"), "fields", "9 ô"),
        (GOOD.replace("5.25", '"5.25'), "csv", "CSV"),
    ],
)
def test_a_broken_line_is_named_with_its_rule(read, line, rule, says):
    with pytest.raises(InputError, match=says) as caught:
        read(GOOD.replace("2024", "2020"), line)
    (problem,) = caught.value.errors
    assert (problem.rule, problem.line) == (rule, 3)


def test_a_repeated_key_names_both_lines(read):
    with pytest.raises(InputError, match="Lặp lại dòng 2"):
        read(GOOD, GOOD.replace("5.25", "6.25"))


def test_all_broken_lines_are_named_at_once(read):
    with pytest.raises(InputError) as caught:
        read(GOOD.replace("5.25", "0"), GOOD, GOOD.replace("quang-nam", "x"))
    found = [(problem.line, problem.rule) for problem in caught.value.errors]
    assert found == [(2, "scale"), (3, "duplicate"), (4, "unknown-place")]


@pytest.mark.parametrize(
    ("heading", "encoding", "rule"),
    [
        (HEADING.replace(",", ";"), "utf-8", "semicolons"),
        (HEADING.replace("source", "nguồn"), "utf-8", "columns"),
        (HEADING + ",value", "utf-8", "columns"),
        (HEADING, "utf-16", "encoding"),
    ],
)
def test_a_file_saved_in_another_form_is_refused(read, heading, encoding, rule):
    with pytest.raises(InputError) as caught:
        read(GOOD, heading=heading, encoding=encoding)
    assert [problem.rule for problem in caught.value.errors] == [rule]


def test_an_empty_and_a_missing_file_are_refused(read, tmp_path):
    with pytest.raises(InputError, match="không có dòng số liệu"):
        read()
    with pytest.raises(InputError, match="Không có tệp"):
        read_published(tmp_path / "other" / "papi.csv", PROJECT)


def test_every_code_of_the_shipped_file_keeps_its_criterion():
    definition = load_framework("papi", PROJECT)
    with (PROJECT.published / "papi.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert definition.edition(int(row["year"])).get(row["code"]).id == row["criterion"]
