"""Declared errors of a source: they hold only as long as the source prints what they name."""

from __future__ import annotations

import shutil

import pandas as pd
import pytest
from batch_project import CHECKOUT
from reconciliation_made import figure, figures

from helpers.inputs.corrections import read_corrections
from helpers.inputs.delivery import Delivery
from helpers.inputs.problems import InputError
from helpers.inputs.reading import read_entry
from helpers.project import Project
from helpers.reports.reconciliation import result as reconciliation
from helpers.reports.reconciliation import tables
from helpers.reports.reconciliation import text as commentary
from helpers.reports.reconciliation.years import links

SOUND = """
- figure: poverty.both_rate_change
  year: 2023
  since: 2021
  printed: "-2,1"
  rule: R8
  reason: Hai số thành phần cộng lại là giảm 2,00.
  note: Chờ đơn vị xác nhận.
  author: Ban biên tập bộ báo cáo
"""
FIGURES = figures(
    figure("poverty.both_rate_change", "-2,1", since=2021),
    figure("poverty.both_rate_change", "-1,5", since=2022),
    figure("poverty.poor_rate_change", "-9,35", group="xa_ngheo"),
)


@pytest.fixture
def write(tmp_path):
    def written(text):
        folder = tmp_path / "data" / "provinces" / "quang-nam" / "2023"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "dinh-chinh.yml").write_text(text, encoding="utf-8")
        return Project(tmp_path)

    return written


def read(project, given=FIGURES):
    return read_corrections(Delivery(2023, "quang-nam"), project, given)


def refused(project, given=FIGURES):
    with pytest.raises(InputError) as caught:
        read(project, given)
    return caught.value.problems


def test_no_file_no_corrections(tmp_path):
    assert read(Project(tmp_path)) == ()


def test_an_empty_file_is_no_correction(write):
    assert read(write("# chưa có\n")) == ()


def test_a_correction_names_its_figure_and_where_it_stands(write):
    (one,) = read(write(SOUND))
    assert [one.names(found) for found in FIGURES] == [True, False, False]
    assert one.origin == "data/provinces/quang-nam/2023/dinh-chinh.yml, mục 1"


@pytest.mark.parametrize("printed", ["−2,1", " -2,1 "])
def test_the_sign_and_spaces_may_be_written_otherwise(write, printed):
    assert len(read(write(SOUND.replace('"-2,1"', f'"{printed}"')))) == 1


def test_a_source_that_prints_another_number_ends_its_correction(write):
    corrected = figures(figure("poverty.both_rate_change", "-2,0", since=2021))
    (problem,) = refused(write(SOUND), corrected)
    assert problem.rule == "source-corrected"
    assert "nguồn đã sửa" in problem.message
    assert "«-2,0»" in problem.message
    assert "«-2,1»" in problem.message


def test_more_digits_are_another_number(write):
    finer = figures(figure("poverty.both_rate_change", "-2,10", since=2021))
    assert refused(write(SOUND), finer)[0].rule == "source-corrected"


def test_a_figure_that_was_not_delivered(write):
    problems = refused(write(SOUND.replace("2023", "2022", 1) + SOUND.replace("since: 2021", "")))
    assert [problem.rule for problem in problems] == ["correction-without-figure"]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("  author: Ban biên tập bộ báo cáo\n", "", "author"),
        ("R8", "quy tắc 8", "rule"),
        ("note: Chờ đơn vị xác nhận.", 'note: ""', "note"),
        ("since: 2021", "ghi_chu: thừa", "ghi_chu"),
        ('"-2,1"', "-2.1", "printed"),
    ],
)
def test_a_wrong_key_is_named(write, old, new, key):
    (problem,) = refused(write(SOUND.replace(old, new)))
    assert problem.rule == "bad-correction"
    assert f"«{key}»" in problem.message
    assert "mục 1" in problem.message


def test_text_that_is_not_yaml_names_its_line(write):
    (problem,) = refused(write(SOUND + "- figure: [\n"))
    assert problem.rule == "not-yaml"
    assert problem.line is not None


def test_a_mapping_is_not_a_list_of_corrections(write):
    (problem,) = refused(write("figure: poverty.both\n"))
    assert problem.rule == "bad-correction"


@pytest.fixture
def delivery(tmp_path):
    """Quảng Nam 2023 in a checkout of its own, with its figures open to change."""
    shutil.copytree(CHECKOUT / "params", tmp_path / "params")
    where = "data/provinces/quang-nam/2023"
    shutil.copytree(CHECKOUT / where, tmp_path / where)
    return Project(tmp_path), tmp_path / where / "so-lieu.csv"


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_report_prints_the_figure_as_printed_with_mark_and_note(delivery):
    project, _ = delivery
    result = reconciliation.evaluate("quang-nam", 2023, project)
    rows = {row[0]: row for row in tables.corrections(result).rows}
    name = "Thay đổi tỷ lệ nghèo đa chiều, so với năm 2021"
    assert rows[name][1].text == "\N{MINUS SIGN}2,1"
    assert "chờ đơn vị xác nhận" in rows[name][2].text
    (row,) = (row for row in tables.figures(result).rows if row[0] == name)
    assert row[1].text == "\N{MINUS SIGN}2,1"
    assert "đính chính" in row[-1]


def test_the_report_stops_when_the_source_was_corrected(delivery):
    project, path = delivery
    change(path, 'poverty.both_rate_change,"-2,1"', 'poverty.both_rate_change,"-2,0"')
    with pytest.raises(InputError, match="nguồn đã sửa"):
        reconciliation.evaluate("quang-nam", 2023, project)
    problems = commentary.discrepancy_problems(
        read_entry(Delivery(2023, "quang-nam"), project), project
    )
    assert [p.rule for p in problems if p.severity == "error"] == ["source-corrected"]


def test_last_years_delivery_is_held_against_this_years(delivery):
    project, path = delivery
    for folder, ending in (("params/provinces", ".yml"), ("data/provinces", "")):
        old = project.root / folder / "quang-nam" / f"2023{ending}"
        new = old.with_name(f"2022{ending}")
        shutil.copytree(old, new) if old.is_dir() else shutil.copy(old, new)
    before = path.parents[1] / "2022"
    (before / "dinh-chinh.yml").unlink()
    head = path.read_text(encoding="utf-8").splitlines()[0]
    row = "poverty.plan_reduction,{},hộ,2022,,,,,"
    (before / "so-lieu.csv").write_text(f"{head}\n{row.format('3.000')}\n", encoding="utf-8")
    same = reconciliation.evaluate("quang-nam", 2023, project).discrepancies
    (before / "so-lieu.csv").write_text(f"{head}\n{row.format('2.000')}\n", encoding="utf-8")
    other = reconciliation.evaluate("quang-nam", 2023, project).discrepancies
    rules = [one.rule for one in same]
    assert [one.rule for one in other] == [rules[0], "R11", *rules[1:]]


def test_a_table_begins_with_what_last_years_ended():
    columns = ["linh_vuc", "don_vi", "thang", "tn_ky_truoc", "dg_tong", "origin"]
    now = pd.DataFrame(
        [["Việc làm", "", None, 12.0, 5.0, "ho-so-tthc.csv, dòng 2"]], columns=columns
    )
    then = now.assign(dg_tong=12.0)
    tables_of = {"procedures_report": now}
    assert list(links(tables_of, {"procedures_report": then})) == []
    (one,) = links(tables_of, {"procedures_report": then.assign(dg_tong=11.0)})
    assert (one.rule, one.label, one.low, one.found) == ("R6", "Việc làm", 11, 12)
    assert list(links(tables_of, {"procedures_report": then.assign(thang=1.0)})) == []


def test_a_place_without_anything_to_check(delivery):
    project, path = delivery
    for one in path.parent.iterdir():
        one.unlink()
    with pytest.raises(reconciliation.NothingToReconcileError, match="Quảng Nam"):
        reconciliation.evaluate("Quảng Nam", 2023, project)
    assert reconciliation.available(project) == {}
