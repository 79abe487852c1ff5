"""Tasks, limits, documents and measures of an office, and what is said of them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from poverty_made import CHECKOUT, checkout_in, deliver

from helpers.indices.work_plan import charts as work_plan_charts
from helpers.indices.work_plan import result as work_plan
from helpers.indices.work_plan import tables as work_plan_tables
from helpers.indices.work_plan.arithmetic import STATES, Tally, task_state
from helpers.words.say import say

D = datetime.date
END = D(2024, 12, 31)
DONE, UNDER_WAY, NOT_BEGUN, DROPPED = (
    "Đã hoàn thành",
    "Đang thực hiện",
    "Chưa thực hiện",
    "Không thực hiện",
)


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    return checkout_in(tmp_path_factory.mktemp("real"), deliveries=True)


@pytest.fixture
def project(tmp_path):
    return checkout_in(tmp_path)


def said(section, result):
    return str(say(result, section, heading=False, root=CHECKOUT))


class TestTaskState:
    @pytest.mark.parametrize(
        ("stated", "due", "finished", "state"),
        [
            (DONE, D(2024, 6, 30), D(2024, 6, 30), "on_time"),
            (DONE, D(2024, 6, 30), D(2024, 7, 1), "late"),
            (DONE, None, D(2024, 7, 1), "done"),
            (DONE, D(2024, 6, 30), None, "done"),
            (UNDER_WAY, D(2024, 12, 31), None, "open_in_time"),
            (UNDER_WAY, D(2024, 12, 30), None, "overdue"),
            (NOT_BEGUN, None, None, "open"),
            (DROPPED, D(2024, 6, 30), None, "dropped"),
            (UNDER_WAY, D(2024, 6, 30), D(2024, 6, 1), "contradictory"),
            (DROPPED, D(2024, 6, 30), D(2024, 6, 1), "contradictory"),
        ],
    )
    def test_by_the_last_day_of_the_year(self, stated, due, finished, state):
        assert task_state(stated, due, finished, END) == state

    @given(st.lists(st.sampled_from(list(STATES))))
    def test_every_task_is_counted_once(self, states):
        tally = Tally.of(states)
        assert tally.total == len(states)
        assert tally.done + tally.open + tally.counts["dropped"] == len(states)


class TestBinhThuan:
    @pytest.fixture
    def result(self, real):
        return work_plan.evaluate("binh-thuan", 2022, real)

    def test_all_of_the_plan_is_done_with_its_base(self, result):
        text = said("overview", result)
        assert "hoàn thành 44/44 nhiệm vụ trong kế hoạch (100%)" in text
        assert "chưa biết bao nhiêu nhiệm vụ đúng hạn" in text

    def test_nine_limits_of_which_few_are_answered(self, result):
        assert len(result.limits) == 9
        text = said("limits", result)
        assert "9 hạn chế của năm 2022" in text
        assert "không hạn chế nào nêu nguyên nhân" in text
        assert [one.code for one in result.unanswered] == [
            *("HC01", "HC02", "HC03", "HC04", "HC05", "HC09")
        ]

    def test_measures_are_linked_to_limits(self, result):
        late = next(one for one in result.limits if one.code == "HC07")
        assert [m.text[:21] for m in result.answers(late)] == ["Giải quyết hồ sơ đúng"]
        table = str(work_plan_tables.measures(result))
        assert "HC07: Có hồ sơ trễ hạn" in table
        assert "Chưa biện pháp nào nêu đơn vị chủ trì, hạn hoàn thành" in said("measures", result)

    def test_weak_points_keep_what_was_stated_and_make_nothing_up(self, result):
        weak = result.weak_points()
        assert len(weak) == 9
        assert {one.index for one in weak} == {"par_index"}
        assert all(one.owner == "" and one.deadline == "" and one.cause == "" for one in weak)
        assert sum(bool(one.measure) for one in weak) == 3

    def test_a_resolution_without_date_is_marked(self, result):
        assert [one.number for one in result.documents if one.lacking] == ["10-NQ/TU"]
        assert "(thiếu ngày)" in str(work_plan_tables.documents(result))


def test_quang_nam_received_citizens(real):
    result = work_plan.evaluate("quang-nam", 2023, real)
    assert "tiếp 709 lượt công dân, trong đó lãnh đạo tiếp 42 lượt (5,92%)" in said(
        "citizens", result
    )


def test_son_la_documents_lack_numbers_or_dates(real):
    result = work_plan.evaluate("son-la", 2023, real)
    lacking = {one.subject for one in result.documents if one.lacking}
    assert "Luật Khiếu nại năm 2011" in lacking
    assert result.day == D(2023, 12, 11)
    assert "6 văn bản thiếu số, ký hiệu hoặc ngày ban hành" in said("documents", result)
    assert "01" not in said("citizens", result)
    assert "bố trí 1 công chức" in said("citizens", result)


def task(name, state, due="", finished="", area="Chung", owner="Phòng A", cause=""):
    return {
        "Lĩnh vực, nội dung": area,
        "Nhiệm vụ": name,
        "Đơn vị chủ trì": owner,
        "Hạn hoàn thành": due,
        "Ngày hoàn thành": finished,
        "Tình trạng": state,
        "Nguyên nhân chậm, chưa xong": cause,
    }


def limit(code, year, text, **more):
    return {"Mã hạn chế": code, "Năm nêu": year, "Tồn tại, hạn chế": text, **more}


class TestTables:
    @pytest.fixture
    def result(self, project):
        tasks = [
            task("Rà soát thủ tục", DONE, "30/6/2024", "29/6/2024"),
            task("Số hóa hồ sơ", DONE, "30/6/2024", "30/7/2024", area="Chuyển đổi số"),
            task("Đào tạo", UNDER_WAY, "30/9/2024", cause="Thiếu kinh phí"),
            task("Đối thoại", NOT_BEGUN, ""),
        ]
        rows = [{"ma": "work_plan.tasks", "gia_tri": 5, "nam": 2024}]
        last = [
            limit("HC01", 2023, "Chậm trả lời", **{"Tình trạng khắc phục": ""}),
            limit("HC02", 2023, "Thiếu tin, bài", **{"Tình trạng khắc phục": ""}),
        ]
        now = [
            limit("HC01", 2023, "Chậm trả lời", **{"Tình trạng khắc phục": "Đã khắc phục"}),
            limit("HC03", 2024, "Hồ sơ trễ", **{"Tình trạng khắc phục": ""}),
        ]
        measures = [
            {"Biện pháp": "Nhắc hạn", "Mã hạn chế": "HC03; HC77", "Đơn vị chủ trì": "Phòng B"}
        ]
        received = [
            {"Kỳ": f"Quý {q}", "Người tiếp": by, "Số lượt tiếp": n}
            for q, by, n in (("I", "Lãnh đạo", 4), ("I", "Khác", 10), ("II", "Khác", 6))
        ]
        deliver(project, "ca-mau", 2023, han_che=last)
        deliver(
            project,
            "ca-mau",
            2024,
            nhiem_vu=tasks,
            so_lieu=rows,
            han_che=now,
            bien_phap=measures,
            tiep_cong_dan=received,
        )
        return work_plan.evaluate("ca-mau", 2024, project)

    def test_tasks_by_state_and_those_behind_by_name(self, result):
        text = said("overview", result)
        assert "1 nhiệm vụ hoàn thành đúng hạn; 1 nhiệm vụ hoàn thành quá hạn" in text
        assert "chưa xong: Đào tạo (Phòng A)." in text
        table = str(work_plan_tables.behind(result))
        assert "Thiếu kinh phí" in table
        chart = work_plan_charts.tasks(result)
        assert "4 nhiệm vụ của 2 lĩnh vực" in chart.alt
        assert "<svg" in chart.svg()

    def test_a_figure_that_the_table_contradicts_is_kept_and_flagged(self, result):
        assert result.planned.known == 5
        assert "được nêu là 5, trong khi bảng cho 4" in said("missing", result)
        assert "2/5 nhiệm vụ trong kế hoạch (40,00%)" in said("overview", result)

    def test_last_years_limits_that_nobody_told_of_are_not_forgotten(self, result):
        assert [(one.code, one.told) for one in result.earlier] == [("HC01", True), ("HC02", False)]
        text = said("follow_up", result)
        assert "1 đã khắc phục và 1 chưa có báo cáo về việc khắc phục" in text
        assert "chưa được báo cáo" in str(work_plan_tables.follow_up(result))

    def test_an_unknown_code_of_a_limit_is_told(self, result):
        assert result.unknown_codes == ("HC77",)
        assert "không có trong danh sách: HC77" in said("measures", result)

    def test_a_weak_point_takes_owner_and_measure_from_the_linked_measure(self, result):
        found = {one.code: one for one in result.weak_points()}
        assert (found["HC03"].measure, found["HC03"].owner) == ("Nhắc hạn", "Phòng B")
        assert "1" in found["late"].text

    def test_quarters_are_added_up(self, result):
        assert result.received.known == 20
        assert "tiếp 20 lượt công dân, trong đó lãnh đạo tiếp 4 lượt (20,00%)" in said(
            "citizens", result
        )


def test_a_year_row_is_not_added_to_its_quarters(project):
    rows = [
        {"Kỳ": period, "Người tiếp": "Lãnh đạo", "Số lượt tiếp": n}
        for period, n in (("Cả năm", 30), ("Quý I", 10), ("Quý II", 20))
    ]
    deliver(project, "ca-mau", 2024, tiep_cong_dan=rows)
    assert work_plan.evaluate("ca-mau", 2024, project).received.known == 30


def test_more_done_than_planned_gives_no_percentage(project):
    rows = [
        {"ma": "work_plan.tasks", "gia_tri": 2, "nam": 2024},
    ]
    tasks = [task(f"Việc {n}", DONE) for n in range(3)]
    deliver(project, "ca-mau", 2024, so_lieu=rows, nhiem_vu=tasks)
    result = work_plan.evaluate("ca-mau", 2024, project)
    text = said("overview", result)
    assert "chưa xác định được số đã hoàn thành" in text
    assert "%" not in text


def test_a_late_task_never_rounds_away(project):
    tasks = [task(f"Việc {n}", DONE, "30/6/2024", "1/6/2024") for n in range(300)]
    tasks.append(task("Việc cuối", UNDER_WAY, "30/6/2024"))
    deliver(project, "ca-mau", 2024, nhiem_vu=tasks)
    text = said("overview", work_plan.evaluate("ca-mau", 2024, project))
    assert "300/301 nhiệm vụ trong kế hoạch (99,67%)" in text


def test_nothing_delivered(project):
    with pytest.raises(work_plan.NoPlanError, match="chiso new ca-mau 2024"):
        work_plan.evaluate("ca-mau", 2024, project)
