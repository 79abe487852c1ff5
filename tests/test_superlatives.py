"""What is not known is told: nobody is the highest of all where one is, no cell is read unsaid."""

from __future__ import annotations

import math

import pytest
from procedures_made import SCHEMA
from service_made import checkout_in, deliver, report_row, untraced_numeral

from helpers.facts.leading import leading, population
from helpers.indices.procedures import charts
from helpers.indices.procedures import result as procedures
from helpers.indices.procedures import text as commentary
from helpers.indices.service_quality import result as service_quality
from helpers.words.say import say
from helpers.words.text import plain

SLUG = "quang-nam"
UNKNOWN = {"gq_truoc_han": "", "gq_dung_han": "", "gq_qua_han": "", "dg_qua_han": ""}


def test_nobody_leads_where_one_is_not_known():
    for unknown in (None, math.nan):
        found = leading([9, 7, unknown], lambda item: item, 1)
        assert (found.named, found.lacking, found.one) == ((), 1, None)
    assert leading([9, 7], float, 1).one == 9


def test_what_prints_alike_leads_together_where_a_binary_half_would_part_it():
    # 41.625 prints as 41,63; Python's own rounding makes 41.62 of it.
    assert leading([41.625, 41.63, 41.0], float, 2, decimals=2).named == (41.625, 41.63)
    assert leading([41.63, 41.625, 41.625, 41.0], float, 1, extra=0, decimals=2).left == 3


def test_a_population_counts_who_was_not_delivered():
    found = population([1.0, math.nan, None], lambda item: item, of=5)
    assert (found.known, found.of, found.lacking, found.is_whole) == ((1.0,), 5, 4, False)
    assert population([1, 2], float).is_whole


@pytest.fixture(scope="module")
def partly(tmp_path_factory):
    """Three fields, of one of which it is not known how many dossiers were late."""
    project = checkout_in(tmp_path_factory.mktemp("partly"))
    rows = [
        report_row("Việc làm", 600, 300, 100, 700, 200, 40, over=10),
        report_row("Người có công", 400, 500, 100, 600, 390, 5),
        {**report_row("Bảo trợ xã hội", 90, 5, 5, 80, 18, 2), **UNKNOWN},
    ]
    months = [{**report_row("", 90, 65, 20, 100, 50, m), "thang": m} for m in range(1, 7)]
    whole = report_row("", 1090, 805, 205, 1380, 608, 47, over=10)
    deliver(project, SLUG, 2024, ho_so_tthc=[whole, *rows, *months])
    return procedures.evaluate(SLUG, 2024, project)


def test_the_highest_field_is_the_highest_of_those_that_are_known(partly):
    said = commentary.where_late(partly)
    text = str(said)
    assert "cũng có tỷ lệ quá hạn cao nhất" not in text
    assert (
        "Trong 2 lĩnh vực có số hồ sơ quá hạn, theo lĩnh vực, hồ sơ quá hạn có nhiều nhất ở" in text
    )
    assert "trong 2 lĩnh vực biết tỷ lệ này, cao nhất là Việc làm" in text
    assert untraced_numeral(said.markdown) == ""


def test_a_chart_says_what_it_leaves_out(partly):
    made = charts.fields(partly)
    assert "trong 2 lĩnh vực có số liệu, tỷ lệ quá hạn cao nhất" in made.alt.lower()
    assert "1 lĩnh vực chưa đủ số liệu nên không vẽ" in made.alt
    assert "1 lĩnh vực chưa đủ số liệu nên không vẽ" in made.caption


def test_half_a_year_has_no_month_of_the_year(partly):
    text = str(say(partly, "months"))
    assert "Trong sáu tháng có số liệu, " in text
    assert "Trong 6 tháng có số liệu, " in charts.months(partly).alt


def test_a_field_without_due_dates_keeps_the_highest_share_open(tmp_path):
    project = checkout_in(tmp_path)

    def dossier(number, field, due, done):
        row = dict.fromkeys(SCHEMA, "")
        return row | {
            "ma_ho_so": f"H{number}", "ma_tthc": "1.001", "ten_tthc": "Thủ tục", "linh_vuc": field,
            "don_vi_giai_quyet": "Phòng A", "kenh": "trực tiếp", "ngay_tiep_nhan": "2024-03-01",
            "ngay_hen_tra": due, "ngay_giai_quyet": done, "trang_thai": "Đã giải quyết",
        }  # fmt: skip

    rows = [
        *(dossier(n, "Việc làm", "2024-03-08", "2024-03-20") for n in range(10)),
        *(dossier(n, "Việc làm", "2024-03-08", "2024-03-05") for n in range(10, 20)),
        *(dossier(n, "Người có công", "2024-03-08", "2024-03-05") for n in range(20, 40)),
        *(dossier(n, "Bảo trợ xã hội", "", "2024-03-20") for n in range(40, 60)),
    ]
    deliver(project, SLUG, 2024, ho_so=rows)
    result = procedures.evaluate(SLUG, 2024, project)
    text = str(commentary.where_late(result))
    assert "quá hạn có nhiều nhất ở Việc làm (10 hồ sơ)" in text
    assert "cũng có tỷ lệ quá hạn cao nhất" not in text
    assert "có tỷ lệ quá hạn cao nhất" not in text.replace("trong 2 lĩnh vực biết tỷ lệ này", "")
    assert (
        "trong 2 lĩnh vực có số liệu, tỷ lệ quá hạn cao nhất" in charts.fields(result).alt.lower()
    )


def test_an_empty_channel_is_told_with_its_count(tmp_path):
    """An empty cell is direct by the portal's own description; the report says how many are so."""
    project = checkout_in(tmp_path)
    rows = [
        dict.fromkeys(SCHEMA, "")
        | {
            "ma_ho_so": f"H{n}", "ma_tthc": "1.001", "ten_tthc": "Thủ tục", "linh_vuc": "Việc làm",
            "don_vi_giai_quyet": "Phòng A", "kenh": "" if n < 12 else "trực tuyến",
            "ngay_tiep_nhan": "2024-03-01", "ngay_hen_tra": "2024-03-08",
            "ngay_giai_quyet": "2024-03-05", "trang_thai": "Đã giải quyết",
        }
        for n in range(30)
    ]  # fmt: skip
    deliver(project, SLUG, 2024, ho_so=rows)
    # Read again from the cache, which must keep what was assumed.
    for _ in range(2):
        said = say(procedures.evaluate(SLUG, 2024, project), "method")
        assert "Có 12 hồ sơ trong tệp để trống kênh tiếp nhận, được tính là trực tiếp" in str(said)
        note = say(service_quality.evaluate(SLUG, 2024, project), "method")
        assert "Có 12 hồ sơ trong tệp để trống kênh tiếp nhận" in str(note)
    assert untraced_numeral(note.markdown.partition("**Căn cứ")[0].partition("**Nguồn")[2]) == ""


def rates_of(project, *rows):
    deliver(project, SLUG, 2024, ho_so_tthc=rows)
    return procedures.evaluate(SLUG, 2024, project)


def test_one_late_dossier_of_a_small_field_makes_no_highest_rate(tmp_path):
    """1 of 357 is 0,28 %, 5 of 2.000 are 0,25 %: one dossier less, and the order is another one."""
    result = rates_of(
        checkout_in(tmp_path),
        report_row("Tôn giáo", 200, 100, 57, 300, 56, 1),
        report_row("Thi đua", 1500, 400, 100, 1800, 195, 5),
    )
    said = str(commentary.where_late(result))
    assert "cao nhất" not in said
    assert "nhiều nhất ở Thi đua" in said


def test_a_rate_that_one_dossier_does_not_move_from_the_top_is_the_highest(tmp_path):
    result = rates_of(
        checkout_in(tmp_path),
        report_row("Tôn giáo", 200, 100, 57, 300, 46, 11),
        report_row("Thi đua", 1500, 400, 100, 1800, 188, 12),
        report_row("Cán bộ", 1500, 400, 100, 1800, 187, 13),
    )
    said = plain(str(commentary.where_late(result)))
    assert "cao nhất là Tôn giáo (3,08%)" in said


def test_late_is_said_in_one_way_and_what_it_is_made_of(tmp_path):
    """Resolved late, open and late, and both together: three numbers with three names."""
    result = rates_of(
        checkout_in(tmp_path),
        report_row("Cán bộ", 900, 400, 100, 1000, 300, 3, over=1),
        report_row("Thi đua", 1500, 400, 100, 1800, 100, 5),
        report_row("Văn thư", 100, 40, 10, 100, 49, 1),
    )
    first, where = (plain(str(f(result))) for f in (commentary.overview, commentary.where_late))
    assert "; 9 hồ sơ giải quyết quá hạn." in first
    assert "trong đó 1 hồ sơ đã quá hạn" in first
    assert "tổng số 10 hồ sơ quá hạn (@tbl-fields). Trong đó 9 giải quyết quá hạn, 1 đang" in where


def test_what_late_dossiers_are_made_of_adds_up_to_them_where_a_row_is_not_known(tmp_path):
    """A field that tells its open late dossiers and not its resolved ones is in neither number."""
    fields = (
        report_row("Cán bộ", 900, 400, 100, 1000, 300, 3, over=1),
        report_row("Thi đua", 1500, 400, 100, 1800, 100, 5),
        report_row("Văn thư", 100, 40, 10, 100, 49, 1),
        {**report_row("Tôn giáo", 90, 20, 10, 80, 18, 2, over=7), "gq_qua_han": ""},
    )
    where = plain(str(commentary.where_late(rates_of(checkout_in(tmp_path), *fields))))
    assert "Trong 3 lĩnh vực có số hồ sơ quá hạn" in where
    assert "tổng số 10 hồ sơ quá hạn (@tbl-fields). Trong đó 9 giải quyết quá hạn, 1 đang" in where
