"""What a report on poor households is written from: figures, tables, records, and what they lack."""

from __future__ import annotations

import shutil

import pytest
from poverty_made import CHECKOUT, checkout_in, commune, deliver, figures, unit

from helpers.indices.poverty import charts as poverty_charts
from helpers.indices.poverty import result as poverty
from helpers.indices.poverty import tables as poverty_tables
from helpers.indices.poverty import text as commentary
from helpers.indices.poverty.disclosure import HIDDEN
from helpers.inputs.problems import InputError
from helpers.places import UnknownPlaceError
from helpers.words.say import say
from helpers.words.text import plain

DISTRICTS = [
    unit("An", 10_000, 800, 400, before=(9_900, 900, 380)),
    unit("Bình", 20_000, 500, 300, before=(19_800, 480, 320)),
    unit("Châu", 5_000, 50, 40, before=(5_000, 60, 50)),
]


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    return checkout_in(tmp_path_factory.mktemp("real"), deliveries=True)


@pytest.fixture
def project(tmp_path):
    return checkout_in(tmp_path)


def said(section, result):
    return str(section(result))


@pytest.fixture(scope="module")
def quang_nam(real):
    return poverty.evaluate("quang-nam", 2023, real)


class TestQuangNam:
    def test_figures_stand_as_printed(self, quang_nam):
        text = said(commentary.overview, quang_nam)
        assert "7,47% (33.071 hộ nghèo và hộ cận nghèo)" in text
        assert "hộ nghèo là 5,57% (24.669 hộ) và hộ cận nghèo là 1,90% (8.402 hộ)" in text

    def test_the_denominator_is_implied_not_guessed(self, quang_nam):
        assert quang_nam.state.total is None
        assert (int(quang_nam.span.low), int(quang_nam.span.high)) == (442_493, 443_014)
        assert "từ 442.494 đến 443.014 hộ" in said(commentary.overview, quang_nam)

    def test_country_and_region_are_told_with_the_side(self, quang_nam):
        text = said(commentary.overview, quang_nam)
        assert "cao hơn 1,76 điểm phần trăm so với cả nước (5,71%)" in text
        assert "thấp hơn 0,56 điểm phần trăm so với vùng Bắc Trung Bộ" in text

    def test_the_change_that_does_not_add_up_is_printed_and_flagged(self, quang_nam):
        (found,) = quang_nam.conflicts
        assert found.stated.value == -2.1
        assert found.expected.value == pytest.approx(-2.00)
        text = str(say(quang_nam, "gaps"))
        assert "−2,1 điểm phần trăm, trong khi" in text
        assert "−2,00 điểm phần trăm" in text
        assert "giảm 2,1 điểm phần trăm (giảm 8.258 hộ)" in said(commentary.changes, quang_nam)

    def test_a_stated_change_across_two_standards_is_not_taken_for_one(self, quang_nam):
        text = said(commentary.changes, quang_nam)
        assert "bình quân mỗi năm giảm 1,01 điểm phần trăm" in text
        assert "tỷ lệ hộ cận nghèo tăng 0,02 điểm phần trăm" in text
        assert "Quyết định 59/2015/QĐ-TTg ngày 19/11/2015" in text
        assert "chưa kết luận" in text
        assert commentary.weak_points(quang_nam) == ()
        assert "2021" not in str(poverty_tables.key_figures(quang_nam))

    def test_declared_errors_of_the_source_are_marked_and_noted(self, quang_nam):
        text = plain(str(say(quang_nam, "gaps")))
        assert "Thay đổi tỷ lệ nghèo đa chiều: −2,1. Nguồn in giảm 2,1" in text
        assert "Mức đạt kế hoạch giảm hộ nghèo: 149%." in text
        table = str(poverty_tables.changes(quang_nam))
        assert "Tỷ lệ nghèo đa chiều *" in table
        assert "Tỷ lệ hộ nghèo, các xã nghèo *" in table
        assert "Tỷ lệ hộ cận nghèo\t" in table

    def test_a_plan_of_another_year_is_told_as_such(self, quang_nam):
        text = said(commentary.plan, quang_nam)
        assert "Kế hoạch năm 2022 là giảm 3.000 hộ nghèo." in text
        assert "đạt 149% kế hoạch" in text
        assert "chưa kiểm tra được" in text
        assert "từ 0,3 đến 0,4 điểm phần trăm tỷ lệ hộ nghèo đa chiều" in text
        assert "hơn 2,5 lần" in text

    def test_groups_without_a_base_year(self, quang_nam):
        text = said(commentary.changes, quang_nam)
        for number in ("7,92", "9,35", "9,88"):
            assert f"giảm {number} điểm phần trăm" in text
        assert "không nêu mốc so sánh" in text

    def test_each_missing_table_is_named(self, quang_nam):
        text = str(say(quang_nam, "missing"))
        for sheet in ("theo địa bàn", "theo nhóm", "Diễn biến", "Thiếu hụt"):
            assert sheet in text


def test_son_la_has_a_target_and_no_result(real):
    result = poverty.evaluate("Sơn La", 2023, real)
    assert result.lead is None
    text = said(commentary.plan, result)
    assert "là 14,83%, giảm 3 điểm phần trăm so với năm 2022" in text
    assert "chưa biết mục tiêu có đạt" in text
    assert "chưa cung cấp kết quả rà soát" in said(commentary.overview, result)
    assert "14,83%" in str(poverty_tables.key_figures(result))


def test_available_names_who_delivered(real):
    assert poverty.available(real) == {2023: ("quang-nam", "son-la")}


class TestTables:
    @pytest.fixture
    def result(self, project):
        deliver(
            project,
            "ca-mau",
            2024,
            settings="targets:\n  poverty.poor_rate: 3\n",
            ho_ngheo_dia_ban=DISTRICTS,
            so_lieu=figures(2024, plan_reduction=100),
        )
        return poverty.evaluate("ca-mau", 2024, project)

    def test_rates_are_computed_from_unrounded_sums(self, result):
        assert result.state.total.value == 35_000
        assert result.state.rate("poor").value == pytest.approx(1350 / 35_000 * 100)
        assert result.before.rate("poor").value == pytest.approx(1440 / 34_700 * 100)
        change = result.change("poor")
        assert change.points.value == pytest.approx(1350 / 350 - 1440 / 347)
        assert change.households.value == -90
        assert "giảm 0,29 điểm phần trăm (giảm 90 hộ)" in said(commentary.changes, result)

    def test_a_plan_of_the_year_is_set_beside_the_fall_of_the_year(self, result):
        assert result.plan.attained.value == pytest.approx(90)
        assert "đạt 90,0% kế hoạch" in said(commentary.plan, result)
        assert "còn cao hơn mục tiêu" in said(commentary.plan, result)
        (weak,) = (w for w in commentary.weak_points(result) if w.code == "plan")
        assert weak.importance == pytest.approx(0.1)

    def test_districts_at_both_ends_and_those_that_rose(self, result):
        text = said(commentary.units, result)
        assert "cao nhất là An (8,00%)" in text
        assert "Thấp nhất là Châu (1,00%)" in text
        assert "giảm ở 2 địa bàn; tăng ở Bình (+0,08)" in text
        chart = poverty_charts.districts(result)
        assert "cao nhất An 8,00%, thấp nhất trong hình Châu 1,00%" in chart.alt
        assert "<svg" in chart.svg()

    def test_a_change_within_one_household_is_neither_a_rise_nor_a_fall(self, project):
        """Three poor households of 155 were called a rise on three of 156."""
        rows = [
            unit("An", 155, 3, 2, before=(156, 3, 2)),
            unit("Bình", 1000, 20, 9, before=(1000, 30, 9)),
            unit("Châu", 900, 20, 9, before=(900, 30, 9)),
            unit("Dương", 1139, 2, 9, before=(1139, 3, 9)),
        ]
        deliver(project, "ca-mau", 2024, ho_ngheo_dia_ban=rows)
        text = said(commentary.units, poverty.evaluate("ca-mau", 2024, project))
        assert (
            "So với đầu năm, tỷ lệ hộ nghèo giảm ở 2 địa bàn; thay đổi không quá mức của một hộ ở "
            "2 địa bàn." in text
        )
        assert "tăng" not in text

    def test_a_figure_that_the_table_contradicts_is_flagged(self, project):
        deliver(
            project,
            "ca-mau",
            2024,
            ho_ngheo_dia_ban=DISTRICTS,
            so_lieu=figures(2024, poor="1.351", near_poor=740, both="2.091"),
        )
        result = poverty.evaluate("ca-mau", 2024, project)
        assert [(c.stated.value, c.expected.value) for c in result.conflicts] == [(1351, 1350)]
        assert "Số hộ nghèo được nêu là 1.351 hộ" in str(say(result, "gaps"))

    def test_counts_that_cannot_all_be_true_are_told(self, project):
        deliver(
            project,
            "ca-mau",
            2024,
            so_lieu=figures(
                2024, poor="9.604", poor_rate="3,14%", near_poor="6.943", near_poor_rate="3,27%"
            ),
        )
        result = poverty.evaluate("ca-mau", 2024, project)
        assert result.span.is_empty
        assert "không có tổng số hộ nào" in said(commentary.overview, result)

    def test_last_years_delivery_is_the_start(self, project):
        deliver(project, "ca-mau", 2023, so_lieu=figures(2023, poor=2000, households="30.000"))
        deliver(project, "ca-mau", 2024, so_lieu=figures(2024, poor=1500, households="30.000"))
        result = poverty.evaluate("ca-mau", 2024, project)
        assert "giảm 1,67 điểm phần trăm (giảm 500 hộ)" in said(commentary.changes, result)

    def test_no_change_is_computed_across_two_standards(self, project):
        deliver(project, "ca-mau", 2021, so_lieu=figures(2021, poor=2000, households="30.000"))
        deliver(project, "ca-mau", 2022, so_lieu=figures(2022, poor=1500, households="30.000"))
        result = poverty.evaluate("ca-mau", 2022, project)
        text = said(commentary.changes, result)
        assert text.startswith("Không so sánh với năm 2021 vì năm 2021 áp dụng chuẩn nghèo")
        assert "giảm" not in text
        assert result.change("poor") is None

    def test_a_rise_is_named_as_a_weak_point(self, project):
        deliver(project, "ca-mau", 2023, so_lieu=figures(2023, poor_rate="2,00%"))
        deliver(project, "ca-mau", 2024, so_lieu=figures(2024, poor_rate="2,50%"))
        (weak,) = commentary.weak_points(poverty.evaluate("ca-mau", 2024, project))
        assert weak.code == "poor"
        assert "tăng" in weak.text

    def test_a_change_that_prints_as_zero_has_no_verb(self, project):
        deliver(project, "ca-mau", 2023, so_lieu=figures(2023, poor_rate="2,50%"))
        deliver(project, "ca-mau", 2024, so_lieu=figures(2024, poor_rate="2,50%"))
        text = said(commentary.changes, poverty.evaluate("ca-mau", 2024, project))
        assert "tỷ lệ hộ nghèo không thay đổi" in text
        assert "0,00" not in text


def _households(*communes):
    """Make records: ``(district, commune, all, poor, near-poor)``."""
    rows = []
    for district, name, total, poor, near in communes:
        classes = ["Hộ nghèo"] * poor + ["Hộ cận nghèo"] * near
        classes += ["Hộ không nghèo"] * (total - len(classes))
        rows += [
            {"ma_ho": f"{name}{n}", "huyen": district, "xa": name, "phan_loai_cuoi_ky": kind}
            for n, kind in enumerate(classes)
        ]
    return rows


class TestSmallCounts:
    UNITS = (("An", "Một", 60, 3, 9), ("An", "Hai", 70, 8, 9), ("An", "Ba", 90, 40, 30),
             ("Bình", "Bốn", 80, 20, 30))  # fmt: skip

    def test_communes_that_were_counted_hide_small_counts_and_come_last(self, project):
        deliver(project, "ca-mau", 2024, ho_dan=_households(*self.UNITS))
        result = poverty.evaluate("ca-mau", 2024, project)
        assert result.communes["xa"].tolist() == ["Ba", "Bốn", "Hai", "Một"]
        assert result.communes[HIDDEN].tolist() == [False, False, True, True]
        table = poverty_tables.communes(result)
        assert "Ba" in str(table)
        assert "Một" not in str(table)
        assert table.note.startswith("2/4 xã, phường, thị trấn ẩn vì dưới năm hộ")
        assert "nơi khác" not in table.note
        assert "cao nhất" not in table.caption

    def test_a_commune_without_poor_households_is_not_told_as_hidden(self, project):
        units = (*self.UNITS, ("Bình", "Năm", 50, 0, 0))
        deliver(project, "ca-mau", 2024, ho_dan=_households(*units))
        table = poverty_tables.communes(poverty.evaluate("ca-mau", 2024, project))
        assert len(table.rows) == 2
        assert table.note.startswith("2/5 xã, phường, thị trấn ẩn vì")
        assert table.note.endswith("; 1 nơi khác không có hộ nghèo")

    def test_what_an_office_delivers_is_printed_as_delivered(self, project):
        rows = [commune(*one) for one in self.UNITS]
        deliver(project, "ca-mau", 2024, ho_ngheo_dia_ban=rows)
        result = poverty.evaluate("ca-mau", 2024, project)
        assert not result.communes[HIDDEN].any()
        table = poverty_tables.communes(result)
        assert "Một" in str(table)
        # All of them are in the table: they are not the highest.
        assert table.caption.startswith("Hộ nghèo, hộ cận nghèo theo xã, phường, thị trấn, ")

    def test_a_hidden_district_is_in_no_superlative(self, project):
        units = [("An", "Một", 90, 2, 9), ("Bình", "Hai", 90, 7, 9), ("Châu", "Ba", 90, 20, 9),
                 ("Dương", "Bốn", 90, 30, 9)]  # fmt: skip
        deliver(project, "ca-mau", 2024, ho_dan=_households(*units))
        result = poverty.evaluate("ca-mau", 2024, project)
        text = said(commentary.units, result)
        assert "nhất" not in text
        assert "2" in text
        chart = poverty_charts.districts(result)
        assert "nhất" not in chart.alt
        assert "không nêu" in chart.caption

    def test_a_small_minority_hides_the_majority_too(self, project):
        few = [{**row, "dan_toc": "Cơ Tu"} for row in _households(("An", "Một", 50, 2, 9))]
        many = [{**row, "dan_toc": "Kinh"} for row in _households(("An", "Hai", 900, 70, 20))]
        deliver(project, "ca-mau", 2024, ho_dan=[*few, *many])
        result = poverty.evaluate("ca-mau", 2024, project)
        assert result.groups[HIDDEN].all()
        assert "70" not in str(poverty_tables.ethnic_groups(result))

    def test_causes_that_print_alike_are_named_alike(self, project):
        rows = [
            {"Cách phân nhóm": "Nguyên nhân", "Nhóm": name, "Số hộ nghèo cuối năm": poor,
             "Số hộ cận nghèo cuối năm": 9}
            for name, poor in (("Thiếu vốn", 60), ("Thiếu việc", 55), ("Thiếu đất", 53),
                               ("Ốm đau", 53), ("Khác", 9))
        ]  # fmt: skip
        deliver(project, "ca-mau", 2024, ho_ngheo_nhom=rows)
        text = said(commentary.groups, poverty.evaluate("ca-mau", 2024, project))
        assert "thiếu đất (53 hộ nghèo)" in text
        assert "ốm đau (53 hộ nghèo)" in text
        assert "khác (9" not in text


class TestMovement:
    def deliver(self, project, end, **others):
        row = {
            "Loại hộ": "Hộ nghèo",
            "Số hộ đầu năm": 100,
            "Số hộ thoát nghèo, thoát cận nghèo": 30,
            "Số hộ tái nghèo, tái cận nghèo": 5,
            "Số hộ phát sinh": 10,
            "Số hộ cuối năm": end,
            **others,
        }
        deliver(project, "ca-mau", 2024, dien_bien_ho_ngheo=[row])
        return poverty.evaluate("ca-mau", 2024, project)

    def test_a_table_that_adds_up(self, project):
        text = said(commentary.movement, self.deliver(project, 85))
        assert "30 hộ thoát nghèo, 5 hộ tái nghèo và 10 hộ phát sinh mới; cuối năm còn 85" in text
        assert "khác số đã nêu" not in text

    def test_a_table_that_does_not(self, project):
        result = self.deliver(project, 88, **{"Số hộ giảm khác": 0, "Số hộ tăng khác": 0})
        assert "cho 85 hộ cuối năm, khác số đã nêu" in said(commentary.movement, result)
        assert "88" in str(poverty_tables.movement(result))

    def test_what_is_left_empty_may_be_what_is_missing(self, project):
        result = self.deliver(project, 88)
        (one,) = result.moved
        assert (one.movement.left_otherwise, one.movement.entered_otherwise) == (None, None)
        assert (one.movement.expected_end, one.movement.gap) == (None, None)
        assert "khác số đã nêu" not in said(commentary.movement, result)
        assert poverty_tables.movement(result).rows[0][3] == ""

    def test_more_who_became_poor_than_escaped_is_a_weak_point(self, project):
        row = {
            "Loại hộ": "Hộ nghèo",
            "Số hộ đầu năm": 100,
            "Số hộ thoát nghèo, thoát cận nghèo": 10,
            "Số hộ tái nghèo, tái cận nghèo": 5,
            "Số hộ phát sinh": 10,
            "Số hộ cuối năm": 105,
        }
        deliver(project, "ca-mau", 2024, dien_bien_ho_ngheo=[row])
        (weak,) = commentary.weak_points(poverty.evaluate("ca-mau", 2024, project))
        assert weak.code == "new"
        assert commentary.weak_points(self.deliver(project, 85)) == ()


class TestNothing:
    def test_nothing_delivered(self, project):
        with pytest.raises(poverty.NoPovertyError, match="chiso new ca-mau 2024"):
            poverty.evaluate("ca-mau", 2024, project)

    def test_another_topic_alone_is_not_enough(self, project):
        rows = [{"ma": "sipas.overall", "gia_tri": "80%", "nam": 2024}]
        deliver(project, "ca-mau", 2024, so_lieu=rows)
        with pytest.raises(poverty.NoPovertyError):
            poverty.evaluate("ca-mau", 2024, project)
        assert poverty.available(project) == {}

    def test_an_unknown_place(self, project):
        with pytest.raises(UnknownPlaceError):
            poverty.evaluate("Cà Mâux", 2024, project)

    def test_a_broken_delivery_is_available_and_fails_with_its_problems(self, project):
        deliver(project, "ca-mau", 2024, so_lieu=figures(2024, poor="mười"))
        assert poverty.available(project) == {2024: ("ca-mau",)}
        with pytest.raises(InputError, match="mười"):
            poverty.evaluate("ca-mau", 2024, project)


@pytest.fixture(scope="module")
def simulated(tmp_path_factory):
    from helpers.simulation import simulate

    made = checkout_in(tmp_path_factory.mktemp("simulated"))
    settings = CHECKOUT / "params" / "provinces" / "tinh-mau"
    shutil.copytree(settings, made.offices / "tinh-mau")
    simulate(made, scale=0.01)
    return made


class TestRecords:
    def test_records_alone_give_what_the_delivered_tables_give(self, simulated, tmp_path):
        full = poverty.evaluate("tinh-mau", 2024, simulated)
        alone = checkout_in(tmp_path)
        shutil.copytree(simulated.offices, alone.offices)
        for year in (2023, 2024):
            folder = alone.deliveries / "tinh-mau" / str(year)
            folder.mkdir(parents=True)
            shutil.copy(simulated.deliveries / "tinh-mau" / str(year) / "ho-dan.parquet", folder)
        counted = poverty.evaluate("tinh-mau", 2024, alone)
        for kind in ("poor", "near_poor", "both"):
            for name in ("households", "rate"):
                own, other = (getattr(r.state, name)(kind).value for r in (counted, full))
                assert own == pytest.approx(other)
            assert counted.change(kind).points.value == pytest.approx(
                full.change(kind).points.value, abs=0.02
            )
        assert [m.movement for m in counted.moved] == [m.movement for m in full.moved]
        shown = ~counted.deprivations["hidden_poor"]
        own, other = (r.deprivations["poor"][shown].tolist() for r in (counted, full))
        assert own == other
        assert not counted.deprivations["ho_ngheo"].between(1, 4).any()
        assert not full.conflicts
        assert poverty.available(alone)[2024] == ("tinh-mau",)

    def test_made_up_data_are_marked_and_compared_with_nothing_real(self, simulated):
        result = poverty.evaluate("tinh-mau", 2024, simulated)
        assert commentary.title(result).status == "simulated"
        assert result.published.empty
        assert "cả nước" not in said(commentary.overview, result)

    def test_no_private_column_goes_further(self, simulated):
        result = poverty.evaluate("tinh-mau", 2024, simulated)
        assert not {"ma_ho", "ten_chu_ho", "nam_sinh", "thon"} & set(
            result.tables.records.frame.columns
        )

    def test_deprivations_are_shares_of_the_poor(self, simulated):
        result = poverty.evaluate("tinh-mau", 2024, simulated)
        rows = result.deprivations
        assert rows["code"].tolist() == [str(number) for number in range(1, 13)]
        poor = result.state.households("poor").value
        assert rows["poor"].tolist() == pytest.approx((rows["ho_ngheo"] / poor * 100).tolist())
        assert "<svg" in poverty_charts.deprivations(result).svg()
