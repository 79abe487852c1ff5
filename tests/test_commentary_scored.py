"""Sentences of PAR INDEX and DTI reports: numerals with traces, and what is said in each case."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import say_texts as dti_texts
import say_texts as par_texts
import scoring_made as made
from papi_texts import REFERENCE, SPAN, check_spacing

from helpers.definitions.framework import load_framework
from helpers.indices.dti import result as dti
from helpers.indices.par_index import result as par_index
from helpers.indices.scored import charts as par_index_charts
from helpers.indices.scored import tables as par_index_tables
from helpers.indices.scored.findings_losses import leaders
from helpers.indices.scored.result import CriterionRow, Loss
from helpers.indices.scored.scoring import Item, Scoring
from helpers.words.text import plain

SECTIONS = ("overview", "areas", "losses", "published", "changes", "missing", "method", "brief")
SIPAS = "sipas.overall,82%,%,2024,,,,,\n"
NAMES = re.compile(
    r"""
    \d{1,2}/\d{1,2}/20\d\d | (?<![\d.,])20(?:09|1\d|2\d)(?![\d,.]\d)   # a date, a year
    | tháng\ \d+/20\d\d | \d+/QĐ-\w+            # a month, a document
    | <https?://[^>]*> | `[^`]*` | (?:data|params)/\S+  # a source
    | (?<=mã:\ )[\d., ]+ | khảo\ sát:\ [\d., …]+   # codes of criteria
    | chiso\ new\ \S+\ \d+ | tỉnh\ thật | thang\ 0-1
    """,
    re.VERBOSE,
)
NOTES = re.compile(r"- \*\*(?:Điều cần lưu ý|Sai số|So sánh giữa các năm|Chỉ số)\.\*\*.*")


def par(province, year, project):
    return par_texts, par_index.evaluate(province, year, project)


def digital(province, year, project):
    return dti_texts, dti.evaluate(province, year, project)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    project = made.project_at(tmp_path_factory.mktemp("scored"))
    own = SIPAS + "par_index.rank,5,thứ hạng,2024,,,,,\npar_index.units,20,đơn vị,2024,,,,,\n"
    made.deliver(project, made.ROWS, own)
    made.deliver(project, made.ROWS, SIPAS.replace("2024", "2023").replace("82", "80"), year=2023)
    return project


def everything(checkout, project):
    for province, year in (
        *(("ha-tinh", 2023), ("ha-tinh", 2022), ("hai-phong", 2023), ("kon-tum", 2023)),
        *(("quang-nam", 2023), ("ninh-thuan", 2022), ("da-nang", 2023), ("binh-thuan", 2022)),
        *(("hoa-binh", 2024), ("dak-lak", 2017), ("quang-ninh", 2012), ("lai-chau", 2018)),
    ):
        if province in par_index.available(checkout).get(year, ()):
            yield par(province, year, checkout)
    yield par(made.SLUG, made.YEAR, project)
    for province, year in (
        ("da-nang", 2022),
        ("ha-tinh", 2022),
        ("da-nang", 2024),
        ("da-nang", 2023),
    ):
        yield digital(province, year, checkout)


@pytest.fixture(scope="module")
def texts(checkout, project):
    return {
        (module.__name__, result.place.slug, result.year, section): getattr(module, section)(
            result
        ).markdown
        for module, result in everything(checkout, project)
        for section in SECTIONS
    }


@pytest.fixture(scope="module")
def checkout():
    from helpers.project import Project

    return Project(made.CHECKOUT)


@pytest.fixture(scope="module")
def own_result(project):
    return par_index.evaluate(made.SLUG, made.YEAR, project)


def test_every_numeral_has_a_trace(texts):
    for key, text in texts.items():
        left = NAMES.sub("", REFERENCE.sub("", SPAN.sub("", NOTES.sub("", text))))
        found = re.search(r".{0,40}\d.{0,40}", left)
        assert found is None, (key, found.group())


def test_traces_say_where(texts):
    for key, text in texts.items():
        for number, trace in SPAN.findall(text):
            assert number, key
            assert len(trace) > 8, (key, number, trace)
            assert "None" not in trace, (key, trace)


def test_texts_are_clean(texts):
    for key, text in texts.items():
        if key[3] != "method":  # addresses of pages hold any characters
            check_spacing(key, text)


def test_no_section_stands_empty(texts):
    for key, text in texts.items():
        if key[3] not in ("missing", "brief"):
            assert text, key


def test_ha_tinh_2023(checkout):
    said = plain(par_texts.overview(par_index.evaluate("ha-tinh", 2023, checkout)).markdown)
    told = "PAR INDEX năm 2023 của tỉnh Hà Tĩnh đạt 88,35%, xếp thứ 18/63, thuộc nhóm B"
    assert f"{told} (từ 80% đến dưới 90%)." in said
    assert "Bình quân cả nước là 86,98%." in said


def test_a_score_that_was_partly_surveyed_takes_no_side(checkout):
    """32 of its 100 points come from surveys without a published error; DTI asks nobody."""
    verdict = re.compile(r"(tăng|giảm) \d|(cao|thấp) hơn (mức|bình)|(?:cao|thấp|nhiều) nhất là")
    for year in (2018, 2019, 2022, 2023, 2024):
        for slug in par_index.available(checkout)[year]:
            result = par_index.evaluate(slug, year, checkout)
            if result.published.total is None:
                continue
            for text in (par_texts.overview, par_texts.changes, par_texts.brief):
                said = plain(text(result).markdown)
                assert not verdict.search(said), (slug, year, said)
    said = plain(par_texts.changes(par_index.evaluate("ha-tinh", 2023, checkout)).markdown)
    assert "Giá trị công bố năm 2022 là 85,95%." in said
    assert "Thứ hạng công bố năm 2022 là 28, năm 2023 là 18/63." in said
    method = plain(par_texts.method(par_index.evaluate("ha-tinh", 2023, checkout)).markdown)
    assert method.count("không công bố sai số khảo sát của PAR INDEX") == 1
    assert not load_framework("dti", checkout).is_sampled()


@pytest.mark.parametrize("year", [2020, 2022, 2024])
def test_across_a_break_neither_value_nor_place_moves(checkout, year):
    """PAR INDEX was renewed in 2020, 2022 and 2024; the last one was told as a rise."""
    for slug in par_index.available(checkout)[year]:
        result = par_index.evaluate(slug, year, checkout)
        if result.place.simulated:
            continue
        said = plain(par_texts.changes(result).markdown)
        if result.published.before(year - 1) is not None and result.published.total is not None:
            assert f"Kết quả năm {year} không so sánh được với năm {year - 1}" in said
        assert not re.search(r"(tăng|giảm) [\d,]+ (điểm|bậc)|giữ nguyên|không đổi", said), slug


def test_sources_that_disagree_are_told_with_the_one_used(checkout):
    said = plain(par_texts.published(par_index.evaluate("hai-phong", 2023, checkout)).markdown)
    assert re.search(r"91,87% \(\S+\) và 91,81% \(\S+\); báo cáo dùng 91,87%", said)


def test_a_doubted_value_is_told_and_not_compared(checkout):
    result = par_index.evaluate("da-nang", 2023, checkout)
    said = plain(par_texts.overview(result).markdown)
    assert "cần kiểm tra lại" in said
    assert "bình quân cả nước" not in said
    published = plain(par_texts.published(result).markdown)
    assert not re.search(r"(cao|thấp) hơn", published)
    assert len(par_index_tables.key_figures(result).header) == 2
    history = par_index_charts.history(result)
    assert "năm 2023 (còn nghi ngờ)" in history.alt


def test_parts_within_the_tolerance_are_no_contradiction(checkout):
    """Ninh Thuận 2022: the parts add up to 85.79, the total is printed as 85.78."""
    said = plain(par_texts.published(par_index.evaluate("ninh-thuan", 2022, checkout)).markdown)
    assert "54,20/61,5 điểm" in said
    assert "khác giá trị công bố" not in said


def test_binh_thuan_2022_says_what_is_there_and_what_is_missing(checkout):
    result = par_index.evaluate("binh-thuan", 2022, checkout)
    said = plain(par_texts.overview(result).markdown)
    assert "được xếp loại Khá" in said
    assert "44/44 nhiệm vụ" in said
    assert "chín hạn chế" in plain(par_texts.losses(result).markdown)
    assert "cham-diem-cchc.csv" in plain(par_texts.missing(result).markdown)
    assert len(par_texts.weak_points(result)) == 9


def test_an_office_by_its_own_rules(project):
    result = par_index.evaluate(made.SLUG, made.YEAR, project)
    said = plain(par_texts.overview(result).markdown)
    assert "Sở Thử đạt 27,98/35 điểm" in said
    assert "là 79,93%" in said
    assert "thuộc loại Khá" in said
    assert "5/20 đơn vị" in said
    assert "mục tiêu của đơn vị (90%), chưa kết luận được đạt hay chưa đạt" in said
    losses = plain(par_texts.losses(result).markdown)
    assert "Hoàn thành kế hoạch (2,00/5 điểm)" in losses
    changes = plain(par_texts.changes(result).markdown)
    assert "năm 2023 là 79,36%" in changes.casefold()
    assert "Trong các tiêu chí không có phần khảo sát, " in losses
    first = par_texts.weak_points(result)[0]
    assert (first.code, first.owner, first.deadline) == ("1", "Văn phòng", "31/3/2025")
    assert 0 < first.importance < 1


def test_surveyed_criteria_are_not_ordered_among_weak_points(own_result):
    """The annual report put a surveyed criterion among others by the points that it lost."""
    surveyed = {loss.item.name for loss in own_result.losses if loss.item.is_surveyed}
    others = [loss.item.name for loss in own_result.losses if not loss.item.is_surveyed]
    assert surveyed
    named = [one.name for one in par_texts.weak_points(own_result) if ": mất " in one.text]
    assert named == others[: len(named)]
    assert named


def test_real_results_do_not_stand_beside_simulated_ones(project):
    result = par_index.evaluate(made.SLUG, made.YEAR, project)
    assert result.published.peers == ()
    assert "mô phỏng" in plain(par_texts.published(result).markdown)
    assert par_texts.title(result).status == "simulated"


def test_a_grade_that_contradicts_the_bands_is_told(tmp_path):
    project = made.project_at(tmp_path)
    made.deliver(project, made.ROWS, SIPAS + "par_index.grade,Tốt,,2024,,,,,\n")
    said = plain(par_texts.overview(par_index.evaluate(made.SLUG, made.YEAR, project)).markdown)
    assert "trong khi số liệu chung ghi loại Tốt" in said


def test_no_default_bands(tmp_path):
    project = made.project_at(tmp_path)
    without = made.RULE_SET[: made.RULE_SET.index("grades:")]
    made.deliver(project, made.ROWS, SIPAS, rule_set=without)
    said = plain(par_texts.overview(par_index.evaluate(made.SLUG, made.YEAR, project)).markdown)
    assert "không xếp loại" in said


def test_tables_of_different_criteria_are_not_compared(tmp_path):
    project = made.project_at(tmp_path)
    made.deliver(project, made.ROWS, SIPAS)
    rows = [{"ma": "1", "diem_toi_da": "10", "diem_tham_dinh": "9"}]
    settings = "office: {name: Sở Thử}\nstatus: simulated\n"
    made.deliver(project, rows, year=2023, settings=settings)
    said = plain(par_texts.changes(par_index.evaluate(made.SLUG, made.YEAR, project)).markdown)
    assert "không so sánh được với năm 2023 vì bảng chấm điểm của hai năm" in said


def test_two_numbers_of_dti_do_not_run_into_each_other(checkout):
    told = 0
    for year, slug in ((y, s) for y, slugs in dti.available(checkout).items() for s in slugs):
        said = plain(dti_texts.overview(dti.evaluate(slug, year, checkout)).markdown)
        assert not re.search(r"\d\) \d", said), said
        told += bool(re.search(r"bình quân cả nước \(\d,\d{4}\) là \d", said))
    assert told


def test_dti_is_written_with_four_digits(checkout):
    said = plain(dti_texts.overview(dti.evaluate("da-nang", 2022, checkout)).markdown)
    assert "DTI năm 2022 của thành phố Đà Nẵng đạt 0,8002 (tối đa 1), xếp thứ 1/63." in said


def test_a_rank_alone_is_said_as_such(checkout):
    said = plain(dti_texts.overview(dti.evaluate("ha-tinh", 2022, checkout)).markdown)
    assert "xếp thứ 37/63; các nguồn đã đọc chỉ nêu thứ hạng, không nêu giá trị" in said


def test_dti_does_not_cross_the_break_of_2021(checkout):
    said = plain(dti_texts.changes(dti.evaluate("da-nang", 2021, checkout)).markdown)
    assert "không so sánh được với năm 2020" in said


@pytest.mark.parametrize(
    ("lost", "named"),
    [
        ([3.0, 2.0, 1.0, 0.5], 3),
        ([3.0, 1.0, 1.0, 1.0, 0.5], 4),  # the tie is told whole
        ([3.0, 2.0, *[1.0] * 6], 2),  # or not at all
        ([1.0] * 7, 0),
    ],
)
def test_equal_losses_are_not_cut_apart(lost, named):
    """The table said 1,00 four times; the sentence called three of them the largest."""
    found = tuple(
        Loss(Item(str(n), f"T{n}", maximum=5.0), value, CriterionRow(str(n), f"T{n}"), "1")
        for n, value in enumerate(lost)
    )
    assert len(leaders(found).named) == named


def test_areas_that_print_alike_share_the_end(own_result):
    scoring = Scoring(
        tuple(
            Item(code, f"Lĩnh vực {code}", maximum=10.0, appraised=points)
            for code, points in (("1", 9.0), ("2", 9.0002), ("3", 5.0), ("4", 5.0))
        )
    )
    rows = {item.code: CriterionRow(item.code, item.name) for item in scoring.items}
    result = replace(own_result, scoring=scoring, rows=rows, areas=("1", "2", "3", "4"))
    said = plain(par_texts.areas(result).markdown)
    high, _, low = said.partition("Thấp nhất là")
    assert all(name in high for name in ("Lĩnh vực 1", "Lĩnh vực 2"))
    assert all(name in low for name in ("Lĩnh vực 3", "Lĩnh vực 4"))


def test_areas_of_which_points_are_missing_have_no_ends(own_result):
    items = (
        Item("1", "A", maximum=10.0, appraised=9.0),
        Item("2", "B", maximum=10.0, self_points=9.0),
    )
    rows = {item.code: CriterionRow(item.code, item.name) for item in items}
    result = replace(own_result, scoring=Scoring(items), rows=rows, areas=("1", "2"))
    said = plain(par_texts.areas(result).markdown)
    assert "Mới có điểm của một số lĩnh vực, còn thiếu B, " in said
    assert "cao nhất là" not in said
