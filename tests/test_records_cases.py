"""Small record files as offices send them: what they leave open is said, drawn and scored nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from service_made import checkout_in, deliver, untidy, untraced_numeral

from helpers.indices.procedures import charts as procedures_charts
from helpers.indices.procedures import result as procedures
from helpers.indices.procedures import tables as procedures_tables
from helpers.indices.procedures import text as dossier_words
from helpers.indices.service_quality import result as service_quality
from helpers.indices.service_quality import tables as service_tables
from helpers.project import Project
from helpers.words.say import say
from helpers.words.text import plain

CASES = Path(__file__).parent / "data" / "records"

SLUG, YEAR = "bac-ninh", 2023
TIMES = 5


@pytest.fixture
def delivered(tmp_path):
    """Return a function that lays down a case and evaluates it."""
    project = checkout_in(tmp_path)

    def lay(name):
        deliver(project, SLUG, YEAR)
        folder = project.deliveries / SLUG / str(YEAR)
        _copy_often(CASES / f"ho-so_{name}.csv", folder / "ho-so.csv")
        return (
            procedures.evaluate(SLUG, YEAR, project),
            service_quality.evaluate(SLUG, YEAR, project),
        )

    return lay


def _copy_often(source, target):
    """Write every dossier five times: what is counted over fewer than five is not told at all."""
    head, *lines = source.read_text(encoding="utf-8-sig").splitlines()
    made = [line.replace(",", f"-{n},", 1) for n in range(TIMES) for line in lines if line]
    target.write_text("\n".join([head, *made]) + "\n", encoding="utf-8")


def ratios(result):
    return {
        one.node.code: (one.ratio.numerator, one.ratio.denominator)
        for one in result.score.indicators
        if one.ratio is not None
    }


def told(words, result, *sections):
    texts = [
        getattr(words, name)(result).markdown
        if hasattr(words, name)
        else say(result, name, heading=False).markdown
        for name in sections
    ]
    for text in texts:
        assert not untidy(text)
    return "\n\n".join(texts)


RECORD_INDICATORS = ("3.3", "3.5b", "3.6", "4.1", "4.2", "4.3", "4.4", "4.5b", "5.4")


def test_what_has_no_column_is_no_measured_zero(delivered):
    dossiers, service = delivered("min")
    assert ratios(service) == {"2.1": (25, 30)}
    states = {one.node.code: one.state for one in service.score.indicators}
    assert {states[code] for code in RECORD_INDICATORS} == {"missing"}
    assert [one.code for one in service.weak_points()] == ["2.1"]
    assert dossiers.rate("online") is None
    assert not {"tn_truc_tuyen", "tn_truc_tiep"} & set(dossiers.total)
    text = told(dossier_words, dossiers, "overview", "totals", "where_late", "months")
    assert "trực tuyến" not in text
    assert not dossiers.rows.procedures
    assert "tháng 3: 30 hồ sơ" in procedures_charts.months(dossiers).alt
    cells = {row[0]: row for row in service_tables.indicators(service).rows}
    (row,) = (row for name, row in cells.items() if str(name).startswith("3.3 "))
    assert row[1:4] == ("", "", "chưa có số liệu")


def test_the_same_dossiers_with_those_columns_are_counted(delivered):
    dossiers, service = delivered("full")
    assert ratios(service) == {"2.1": (25, 30), "3.3": (15, 30), "4.1": (30, 30)}
    online = dossiers.rate("online")
    assert (online.numerator, online.denominator) == (15, 30)


def test_finished_without_a_day_is_neither_in_time_nor_late(delivered):
    dossiers, service = delivered("khong-ngay-xong")
    assert {rate.rule.key for rate in dossiers.rates} == {"online", "resolved", "overdue_open"}
    assert "gq_qua_han" not in dossiers.total
    assert "2.1" not in {
        one.node.code for one in service.score.indicators if one.points is not None
    }
    text = told(dossier_words, dossiers, "overview", "totals", "where_late", "months", "missing")
    assert "[0,00%]" not in text
    assert "hồ sơ đã giải quyết không có ngày hẹn trả (hoặc thời hạn) hay ngày giải quyết" in text
    assert "chưa biết kết thúc ở tháng nào" in text
    assert procedures_charts.fields(dossiers).is_empty
    shown = procedures_tables.key_figures(dossiers)
    assert "Trước hạn, đúng hạn" not in shown.header
    assert "Giải quyết quá hạn" not in shown.header


def test_three_of_four_without_a_due_date_give_no_rate(delivered):
    dossiers, service = delivered("due-date-unknown")
    assert dossiers.rate("in_time") is None
    assert ratios(service) == {"2.1": (None, None)}
    text = told(dossier_words, dossiers, "overview", "totals", "where_late", "missing")
    assert "25,00%" not in text
    assert "15/20" in text
    said = "\n".join(
        plain(say(service, name).markdown) for name in ("overview", "groups", "missing")
    )
    assert "chưa có chỉ tiêu nào của Bộ chỉ số 766 đủ số liệu" in said
    assert "0,00" not in said
    assert "15 trong 20 hồ sơ chưa rõ" in said


TABLES = ("key_figures", "fields", "units", "rates", "identities", "months", "late_procedures")


def test_a_base_that_leaves_dossiers_out_shows_no_markup(delivered, tmp_path):
    delivered("full")
    path = Project(tmp_path).deliveries / SLUG / str(YEAR) / "ho-so.csv"
    heads, *lines = path.read_text(encoding="utf-8-sig").splitlines()
    made = [line.split(",") for line in lines]
    for cells in made[:12]:
        cells[heads.split(",").index("Ngày hẹn trả")] = ""
    path.write_text("\n".join([heads, *map(",".join, made)]), encoding="utf-8")
    dossiers = procedures.evaluate(SLUG, YEAR, Project(tmp_path))
    assert dossiers.rate("in_time").unknown == 12
    for name in TABLES:
        for cell in (c for row in getattr(procedures_tables, name)(dossiers).rows for c in row):
            assert not (isinstance(cell, str) and "{.so " in cell), (name, cell)


def test_no_late_one_among_the_known_is_not_none_late(delivered):
    dossiers, _ = delivered("due-date-unknown")
    left_out = "không kể hồ sơ chưa rõ hạn hoặc ngày giải quyết"
    drawn = procedures_charts.months(dossiers)
    assert f"hồ sơ giải quyết quá hạn, {left_out}." in drawn.alt
    assert f"số quá hạn {left_out}" in drawn.caption
    assert f"Số quá hạn {left_out}" in procedures_tables.months(dossiers).note
    clear, _ = delivered("full")
    assert left_out not in procedures_charts.months(clear).alt
    assert left_out not in procedures_tables.months(clear).note


@pytest.mark.parametrize("case", ["min", "full", "khong-ngay-xong", "due-date-unknown"])
def test_every_number_of_the_texts_has_a_source(delivered, case):
    dossiers, _ = delivered(case)
    for section in ("overview", "where_late", "months", "totals"):
        assert not untraced_numeral(told(dossier_words, dossiers, section))
