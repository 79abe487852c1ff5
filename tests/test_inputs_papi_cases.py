"""Workbooks of PAPI as they lie about: of another year, of few provinces, in English, without codes."""

from __future__ import annotations

import json
import re

import openpyxl
import pytest
from inputs_workbooks import copy_project, edition
from official_files import official

from helpers.cli import main
from helpers.inputs.imported import read_imported, scores

ENGLISH, OTHER_YEAR, BY_NAME = (
    "2021PAPI_english_labels.xlsx",
    "PAPI-2011-Dữ-liệu-1.xlsx",
    "PAPI_2011-2016_layout.xlsx",
)


@pytest.fixture
def project(tmp_path):
    return copy_project(tmp_path)


@pytest.fixture
def take(project, monkeypatch, capsys):
    def run(path, *options):
        monkeypatch.setenv("CHISO_PROJECT", str(project.root))
        monkeypatch.setattr("sys.argv", ["chiso", "import", "papi", str(path), *options])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        assert "Traceback" not in told.out + told.err
        return ended.value.code, " ".join((told.out + told.err).split())

    return run


def case(name):
    return official("cases", "papi", name)


def cells(name, sheet=0):
    return list(openpyxl.load_workbook(case(name)).worksheets[sheet].iter_rows(values_only=True))


def imported(project, year, slug):
    rows = read_imported("papi", project).scores
    rows = rows[(rows["year"] == year) & (rows["slug"] == slug)]
    return dict(zip(rows["code"], rows["value"], strict=True))


def test_a_sheet_and_a_file_of_two_years_are_asked_about(take, project):
    status, told = take(case(OTHER_YEAR))
    assert status == 2
    assert "Tên tệp ghi năm 2011" in told
    assert "ghi năm 2012" in told
    assert "--year 2011 hoặc --year 2012" in told
    assert not project.imported.exists() or not any(project.imported.iterdir())


@pytest.mark.parametrize("year", [2011, 2012])
def test_the_year_that_is_answered_is_the_one_taken(take, project, year):
    status, told = take(case(OTHER_YEAR), "--year", str(year), "--replace")
    assert status == 0, told
    assert set(read_imported("papi", project).scores["year"]) == {year}
    heads, first, *_ = cells(OTHER_YEAR)
    printed = {head.split(":")[0]: value for head, value in zip(heads[1:], first[1:], strict=True)}
    taken = imported(project, year, "ha-noi")
    assert {code: taken[code] for code in printed} == pytest.approx(printed)


def test_a_year_of_many_sheets_is_not_renamed(take):
    status, told = take(case(BY_NAME), "--year", "2011")
    assert status == 2
    assert "Có 2 trang tính" in told


def test_few_provinces_do_not_take_the_place_of_all(take, project):
    before = scores("papi", project)
    known = before[before["year"] == 2021]
    status, told = take(case(ENGLISH))
    assert status == 2
    gone = sorted(set(known["slug"]) - {"ha-noi", "ha-giang", "cao-bang", "bac-kan", "tuyen-quang"})
    assert re.search(rf"Năm 2021 đã có {len(known)} điểm; .* không có \d+ điểm", told)
    assert "An Giang" in told
    assert len(gone) >= 54
    assert "--replace" in told
    after = scores("papi", project)
    assert len(after[after["year"] == 2021]) == len(known)


def test_what_vanishes_is_told_where_it_was_asked_for(take, project):
    status, told = take(case(ENGLISH), "--replace")
    assert status == 0
    assert "không còn được dùng" in told
    assert json.loads((project.imported / "papi" / "import.json").read_text())["files"]


def test_labels_in_english_are_known(take, project):
    status, told = take(case(ENGLISH), "--replace")
    assert status == 0
    assert "Không có hàng của các tiêu chí" not in told
    taken = imported(project, 2021, "ha-noi")
    assert set(taken) == {node.code for node in edition(2021).nodes}
    rows = {row[0]: row for row in cells(ENGLISH)}
    assert taken["total"] == pytest.approx(rows["Unweighted PAPI Score"][3])
    assert taken["1"] == pytest.approx(rows["Dimension 1: Participation"][3])
    limits = read_imported("papi", project).intervals
    own = limits[(limits["slug"] == "ha-noi") & (limits["year"] == 2021)].iloc[0]
    printed = [rows[f"Unweighted {name}"][3] for name in ("95% CI Low", "95% CI High")]
    assert [own["low"], own["high"]] == pytest.approx(printed)


def test_criteria_without_codes_are_known_by_their_names(take, project):
    status, told = take(case(BY_NAME), "--replace")
    assert status == 0, told
    assert "Không có hàng của các tiêu chí" not in told
    order = [node.code for node in edition(2011).nodes if node.code != "total"]
    for sheet, year in enumerate((2011, 2015)):
        _, _, first, *_ = cells(BY_NAME, sheet)
        taken = imported(project, year, "ha-noi")
        assert [taken[code] for code in order] == pytest.approx(list(first[3:-1]))
        assert taken["total"] == pytest.approx(first[-1])


def test_a_row_of_the_best_of_the_country_is_no_province(take, project, tmp_path):
    book = openpyxl.load_workbook(case(BY_NAME))
    for sheet in book.worksheets:
        sheet.append([999, "Highest", "Highest", *[9.0] * 29])
    book.save(tmp_path / "PAPI_2011-2016.xlsx")
    status, told = take(tmp_path / "PAPI_2011-2016.xlsx", "--replace")
    assert status == 0, told
    assert len(set(read_imported("papi", project).scores["slug"])) == 6
