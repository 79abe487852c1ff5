from __future__ import annotations

import hashlib
import json
import os
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
from inputs_workbooks import columns_sheet, copy_project, rows_sheet, save, score
from papi_years import keep_three_years

from helpers.indices.papi.importing import import_papi
from helpers.indices.papi.read_workbook import read_papi_workbook
from helpers.inputs import imported
from helpers.inputs.columns import INDICATOR_COLUMNS, INTERVAL_COLUMNS, SCORE_COLUMNS
from helpers.inputs.problems import InputError
from helpers.project import Project

take = partial(import_papi, replace=True)
"""Workbooks of three provinces take the place of years that all provinces have."""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = copy_project(tmp_path / "checkout")
    keep_three_years(made)
    return made


def folder(project: Project) -> Path:
    return project.imported / "papi"


def content(project: Project) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder(project).iterdir())}


def test_without_an_import_the_published_scores_are_all_there_is(project):
    assert set(imported.scores("papi", project)["year"]) == {2020, 2021, 2024}
    assert list(imported.indicators("papi", project).columns) == list(INDICATOR_COLUMNS)
    assert list(imported.intervals("papi", project).columns) == list(INTERVAL_COLUMNS)
    assert imported.indicators("papi", project).empty
    assert imported.intervals("papi", project)["standard_error"].dtype == "float64"


def test_an_import_is_read_back_as_it_was(project, tmp_path):
    path = save(tmp_path / "so.xlsx", {"2019": columns_sheet(2019), "2022": columns_sheet(2022)})
    summary = take(path, project)
    assert summary.years == (2019, 2022)
    tables = read_papi_workbook(path, project)
    kept = imported.read_imported("papi", project)
    for name in ("scores", "indicators", "intervals"):
        pd.testing.assert_frame_equal(getattr(kept, name), getattr(tables, name), rtol=0, atol=0)
        assert len(getattr(kept, name)) == getattr(summary, name)
    assert summary.rows == summary.scores + summary.indicators + summary.intervals


def test_the_record_of_an_import_names_the_file_its_sheets_and_its_problems(project, tmp_path):
    sheets = {
        "2019": columns_sheet(2019),
        "2020": columns_sheet(2019),
        "2019_Process": rows_sheet(2016),
    }
    path = save(tmp_path / "so.xlsx", sheets)
    summary = take(path, project)
    assert [one.sheet for one in summary.refused] == ["2020"]
    (record,) = json.loads((folder(project) / "import.json").read_text(encoding="utf-8"))["files"]
    assert record["file"] == "so.xlsx"
    assert record["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert record["years"] == [2019]
    assert [one["taken"] for one in record["sheets"]] == [True, False, False]
    assert "lặp lại" in record["sheets"][1]["reason"]
    assert {one["severity"] for one in record["problems"]} == {"note", "warning"}


def test_an_imported_year_is_preferred_as_a_whole(project, tmp_path):
    path = save(tmp_path / "so.xlsx", {"2024": columns_sheet(2024)})
    summary = take(path, project)
    assert "differs" in {problem.rule for problem in summary.problems}
    scores = imported.scores("papi", project)
    of_2024 = scores[scores["year"] == 2024]
    assert set(of_2024["slug"]) == {"ha-noi", "ha-giang", "quang-nam"}
    assert of_2024["source"].str.startswith("so.xlsx, ").all()
    assert len(scores[scores["year"] == 2020]) == 567
    assert list(scores.columns) == list(SCORE_COLUMNS)
    assert scores["year"].is_monotonic_increasing


def test_a_second_workbook_replaces_its_years_and_keeps_the_others(project, tmp_path):
    first = {"2019": columns_sheet(2019), "2022": columns_sheet(2022)}
    take(save(tmp_path / "a.xlsx", first), project)
    again = columns_sheet(2022)
    again[1][4] = "Đà Nẵng"
    again[0][4] = 48.0
    take(save(tmp_path / "b.xlsx", {"2022": again}), project)
    kept = imported.read_imported("papi", project)
    assert set(kept.scores[kept.scores["year"] == 2019]["slug"]) >= {"quang-nam"}
    of_2022 = set(kept.scores[kept.scores["year"] == 2022]["slug"])
    assert of_2022 == {"ha-noi", "ha-giang", "da-nang"}
    assert set(kept.intervals[kept.intervals["year"] == 2022]["slug"]) == of_2022
    assert [(file["file"], file["years"]) for file in kept.files] == [
        ("a.xlsx", [2019]),
        ("b.xlsx", [2022]),
    ]


def test_a_workbook_whose_years_are_all_replaced_leaves_the_record(project, tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        take(save(tmp_path / name, {"2019": columns_sheet(2019)}), project)
    files = imported.read_imported("papi", project).files
    assert [file["file"] for file in files] == ["b.xlsx"]


def test_a_refused_workbook_leaves_the_earlier_import_untouched(project, tmp_path):
    take(save(tmp_path / "a.xlsx", {"2019": columns_sheet(2019)}), project)
    before = content(project)
    wrong = columns_sheet(2022)
    wrong[5][3] = "78,04"
    with pytest.raises(InputError):
        take(save(tmp_path / "b.xlsx", {"2022": wrong}), project)
    assert content(project) == before


def test_an_import_that_fails_while_it_is_written_leaves_the_earlier_one(
    project, tmp_path, monkeypatch
):
    take(save(tmp_path / "a.xlsx", {"2019": columns_sheet(2019)}), project)
    before = content(project)
    rename = Path.rename

    def no_space(self: Path, target: Path) -> Path:
        if Path(target) == folder(project) and self != imported._previous("papi", project):
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", no_space)
    with pytest.raises(OSError, match="No space"):
        take(save(tmp_path / "b.xlsx", {"2022": columns_sheet(2022)}), project)
    assert content(project) == before
    assert sorted(os.listdir(project.imported)) == ["papi", "workbooks"]  # noqa: PTH208


def test_an_import_cut_off_between_the_renamings_is_still_read_and_continued(project, tmp_path):
    take(save(tmp_path / "a.xlsx", {"2019": columns_sheet(2019)}), project)
    folder(project).rename(imported._previous("papi", project))
    assert set(imported.read_imported("papi", project).scores["year"]) == {2019}
    take(save(tmp_path / "b.xlsx", {"2022": columns_sheet(2022)}), project)
    assert set(imported.read_imported("papi", project).scores["year"]) == {2019, 2022}
    assert sorted(path.name for path in project.imported.iterdir()) == ["papi", "workbooks"]
    imported.take_back("papi", project)
    assert set(imported.read_imported("papi", project).scores["year"]) == {2019}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("import.json", "{"),
        ("import.json", "{}"),
        ("scores.csv", ""),
        ("scores.csv", "year,value\n2019,1\n"),
        ("intervals.csv", ",".join(INTERVAL_COLUMNS) + "\n2019,63,ha-noi,x,1,1,1,y\n"),
    ],
)
def test_damaged_files_are_told_with_what_to_do(project, tmp_path, name, text):
    take(save(tmp_path / "a.xlsx", {"2019": columns_sheet(2019)}), project)
    imported._read.forget()
    (folder(project) / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="chiso import papi"):
        imported.scores("papi", project)


def test_a_caller_may_change_a_table_without_changing_the_next_reading(project, tmp_path):
    take(save(tmp_path / "a.xlsx", {"2019": columns_sheet(2019)}), project)
    first = imported.intervals("papi", project)
    first["low"] = 0.0
    assert (imported.intervals("papi", project)["low"] > 0).all()


def test_a_new_import_is_seen_by_the_same_process(project, tmp_path):
    take(save(tmp_path / "a.xlsx", {"2019": columns_sheet(2019)}), project)
    assert 2022 not in set(imported.scores("papi", project)["year"])
    take(save(tmp_path / "b.xlsx", {"2022": columns_sheet(2022)}), project)
    scores = imported.scores("papi", project)
    rows = scores[(scores["year"] == 2022) & (scores["slug"] == "ha-noi") & (scores["code"] == "2")]
    assert rows["value"].iloc[0] == pytest.approx(score(2022, 0, "2"))


def test_the_last_import_is_taken_back_and_the_one_before_stands_again(project, tmp_path):
    first = save(tmp_path / "a.xlsx", {"2019": columns_sheet(2019)})
    take(first, project)
    before = content(project)
    take(
        save(tmp_path / "b.xlsx", {"2019": columns_sheet(2019), "2022": columns_sheet(2022)}),
        project,
    )
    imported.take_back("papi", project)
    assert content(project) == before
    assert set(imported.read_imported("papi", project).scores["year"]) == {2019}
    with pytest.raises(InputError, match="hoàn lại"):
        imported.take_back("papi", project)
    take(first, project)


def test_the_first_import_is_taken_back_to_nothing(project, tmp_path):
    shipped = imported.scores("papi", project)
    take(save(tmp_path / "a.xlsx", {"2024": columns_sheet(2024)}), project)
    assert len(imported.scores("papi", project)) != len(shipped)
    imported.take_back("papi", project)
    assert not folder(project).exists()
    pd.testing.assert_frame_equal(imported.scores("papi", project), shipped)


def test_what_somebody_changed_since_the_import_is_not_taken_back(project, tmp_path):
    take(save(tmp_path / "a.xlsx", {"2019": columns_sheet(2019)}), project)
    take(save(tmp_path / "b.xlsx", {"2022": columns_sheet(2022)}), project)
    with (folder(project) / "scores.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    changed = content(project)
    with pytest.raises(InputError, match="đã được sửa"):
        imported.take_back("papi", project)
    assert content(project) == changed


def test_a_try_writes_nothing(project, tmp_path):
    path = save(tmp_path / "a.xlsx", {"2019": columns_sheet(2019)})
    summary = take(path, project, dry_run=True)
    assert summary.years == (2019,)
    assert not project.imported.exists()
