"""Standard errors that are published beside the scores: read right, or refused by line."""

import shutil

import pytest
from batch_project import CHECKOUT

from helpers.indices.papi.errors import errors_of
from helpers.indices.papi.result import evaluate, evaluate_country
from helpers.inputs.imported import intervals
from helpers.inputs.problems import InputError
from helpers.inputs.published_errors import COLUMNS
from helpers.project import Project

GOOD = "2019,Hà Nội,ha-noi,41.1,41.9,0.25,official,CECODES,https://papi.org.vn,tệp"


@pytest.fixture
def project(tmp_path):
    for name in ("indices", "places"):
        shutil.copytree(CHECKOUT / "params" / name, tmp_path / "params" / name)
    (tmp_path / "data/published").mkdir(parents=True)
    return Project(tmp_path)


def write(project, *lines):
    text = "\n".join([",".join(COLUMNS), *lines]) + "\n"
    (project.published / "papi_errors.csv").write_text(text, encoding="utf-8")


def test_what_ships_gives_the_median_that_the_definition_assumes(shipped, papi_definition):
    known = intervals("papi", shipped)
    assert known.groupby("year").size().to_dict() == {2019: 63, 2022: 58, 2023: 61}
    (likely,) = papi_definition.likely_errors
    assert known["standard_error"].median() == pytest.approx(likely.standard_error, abs=5e-4)
    half = (known["high"] - known["low"]) / 2 / known["standard_error"]
    assert half.between(1.644, 1.646).all()


def test_a_year_with_printed_errors_assumes_none(shipped):
    errors = errors_of(evaluate_country(2022, shipped), "total")
    assert {error.origin for error in errors.values() if error.kind == "sampling"} == {"published"}
    assert errors["soc-trang"].kind == "unknown"
    assert {e.origin for e in errors_of(evaluate_country(2018, shipped), "total").values()} == {
        "assumed"
    }
    assert {e.kind for e in errors_of(evaluate_country(2016, shipped), "total").values()} == {
        "unknown"
    }


def test_a_report_of_any_year_knows_all_years_before(shipped):
    result = evaluate("quang-nam", 2016, shipped)
    assert set(result.standing.reset_index()["code"]) >= {"total", "1", "1.1", "6.4"}
    totals = result.country.standing
    mine = totals[(totals["slug"] == "quang-nam") & (totals["code"] == "total")]
    assert sorted(mine["year"]) == list(range(2011, 2025))


def test_without_a_file_nothing_is_known(project):
    assert intervals("papi", project).empty


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (GOOD.replace("Hà Nội", "Hà Tĩnh"), "ha-tinh"),
        (GOOD.replace("Hà Nội,ha-noi", "Xứ Lạ,xu-la"), "Xứ Lạ"),
        (GOOD.replace("0.25", "0"), "lớn hơn 0"),
        (GOOD.replace("0.25", "nan"), "lớn hơn 0"),
        (GOOD.replace("0.25", "0,25"), "ô"),
        (GOOD.replace("0.25", ""), "standard_error"),
        (GOOD.replace("41.9", "40.9"), "khoảng tin cậy"),
        (GOOD.replace("official", "chính thức"), "status"),
        (GOOD.replace("2019", "nay"), "nay"),
    ],
)
def test_a_wrong_line_is_named(project, line, said):
    write(project, GOOD.replace("2019", "2022"), line)
    with pytest.raises(InputError) as raised:
        intervals("papi", project)
    (problem,) = raised.value.problems
    assert (problem.file, problem.line) == ("data/published/papi_errors.csv", 3)
    assert said in problem.message


def test_the_same_unit_twice_is_refused(project):
    write(project, GOOD, GOOD)
    with pytest.raises(InputError, match=r"Lặp lại dòng 2"):
        intervals("papi", project)
