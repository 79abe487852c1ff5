"""Cut-offs, rates and implied households, with the figures that were published."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from poverty_made import classify

from helpers.definitions.framework import load_framework, rules_of
from helpers.indices.poverty.arithmetic import (
    CountAndRate,
    Movement,
    PovertyRules,
    attainment,
    common_households,
    implied_households,
    mean_yearly_change,
    rate,
)
from helpers.inputs.results import published_averages, published_results
from helpers.project import find_project

FRAMEWORK = load_framework("poverty")
RULES = rules_of(FRAMEWORK.edition(2023), PovertyRules)
PRINTED = 0.005


class TestStandards:
    @pytest.mark.parametrize(
        ("year", "key"),
        [(2016, "2016"), (2021, "2016"), (2022, "2022"), (2026, "2022"), (2027, "2027")],
    )
    def test_each_year_has_its_standard(self, year, key):
        assert FRAMEWORK.edition(year).key == key

    def test_a_change_of_standard_is_a_break(self):
        assert FRAMEWORK.why_not_comparable(2021, 2022)
        assert FRAMEWORK.why_not_comparable(2026, 2027)
        assert not FRAMEWORK.why_not_comparable(2022, 2026)

    def test_documents_carry_number_and_date(self):
        for edition in FRAMEWORK.editions:
            assert all(basis.number and basis.date for basis in edition.legal_basis)

    def test_the_twelve_indicators_stand_in_six_services(self):
        services = FRAMEWORK.edition(2024).criteria
        assert [len(service.children) for service in services] == [2] * 6
        codes = [node.code for service in services for node in service.children]
        assert codes == [str(number) for number in range(1, 13)]
        assert not any(node.confirmed for service in services for node in service.children)

    def test_income_lines(self):
        assert RULES.income_line == {"Nông thôn": 1_500_000, "Thành thị": 2_000_000}
        later = rules_of(FRAMEWORK.edition(2028), PovertyRules)
        assert later.income_line == {"Nông thôn": 2_200_000, "Thành thị": 2_800_000}


class TestClasses:
    @pytest.mark.parametrize(
        ("area", "b1", "b2", "name"),
        [
            ("Nông thôn", 140, 30, "Hộ nghèo"),
            ("Nông thôn", 140, 20, "Hộ cận nghèo"),
            ("Nông thôn", 141, 120, "Hộ không nghèo"),
            ("Thành thị", 175, 30, "Hộ nghèo"),
            ("Thành thị", 175, 29, "Hộ cận nghèo"),
            ("Thành thị", 176, 60, "Hộ không nghèo"),
            ("Nông thôn", 150, 60, "Hộ không nghèo"),
            ("Thành thị", 150, 60, "Hộ nghèo"),
        ],
    )
    def test_cut_offs_of_2022(self, area, b1, b2, name):
        assert classify(area, b1, b2, RULES) == name

    @pytest.mark.parametrize("year", [2021, 2027])
    def test_cut_offs_that_are_not_all_known_decide_nothing(self, year):
        assert not rules_of(FRAMEWORK.edition(year), PovertyRules).complete

    @given(st.sampled_from(["Nông thôn", "Thành thị"]), st.floats(0, 400), st.floats(0, 120))
    def test_every_household_has_a_class_and_more_points_never_make_it_poorer(self, area, b1, b2):
        order = ["Hộ nghèo", "Hộ cận nghèo", "Hộ không nghèo"]
        place = order.index(classify(area, b1, b2, RULES))
        assert order.index(classify(area, b1 + 1, b2, RULES)) >= place
        assert order.index(classify(area, b1, b2 + 10, RULES)) <= place


class TestPrinted:
    def test_quang_nam_at_the_end_of_2023(self):
        assert 24669 + 8402 == 33071
        assert pytest.approx(7.47) == 5.57 + 1.90
        pairs = [
            CountAndRate(c, r, PRINTED) for c, r in ((24669, 5.57), (8402, 1.90), (33071, 7.47))
        ]
        span = common_households(pairs)
        assert (int(span.low), int(span.high)) == (442_493, 443_014)
        assert span.whole == (442_494, 443_014)
        for households in span.whole:
            for pair in pairs:
                assert abs(rate(pair.count, households) - pair.rate) <= PRINTED
        assert mean_yearly_change(-2.02, 2023 - 2021) == -1.01

    def test_ca_mau_at_the_end_of_2023(self):
        rows = published_results("poverty", find_project())
        of = rows[rows["slug"] == "ca-mau"].set_index("code")["value"]
        poor = CountAndRate(of["poor"], of["poor_rate"], PRINTED)
        near = CountAndRate(of["near_poor"], of["near_poor_rate"], PRINTED)
        assert round(poor.count / poor.rate * 100) == 305_860
        assert round(near.count / near.rate * 100) == 305_859
        both = common_households([poor, near])
        assert both.low < 305_859 < 305_860 < both.high

    def test_national_rates_add_up_and_the_denominator_changed(self):
        rows = published_averages("poverty", find_project())
        nation = rows[rows["level"] == "national"].set_index(["year", "code"])["value"]
        assert nation[2022, "poor_rate"] + nation[2022, "near_poor_rate"] == pytest.approx(
            nation[2022, "both_rate"]
        )
        assert nation[2024, "both_rate"] - nation[2023, "both_rate"] == pytest.approx(-1.65)
        spans = {
            year: implied_households(
                CountAndRate(nation[year, "both"], nation[year, "both_rate"], PRINTED)
            )
            for year in (2023, 2024)
        }
        assert spans[2023].low < 27.78e6 < spans[2023].high
        assert spans[2024].low < 31.01e6 < spans[2024].high
        assert spans[2023].meet(spans[2024]).is_empty

    def test_regions_of_2022(self):
        rows = published_averages("poverty", find_project())
        of = rows[(rows["level"] == "region") & (rows["year"] == 2022)].set_index(["unit", "code"])
        value = of["value"]
        north, south_east = "Trung du và miền núi phía Bắc", "Đông Nam Bộ"
        assert value[north, "poor_rate"] + value[north, "near_poor_rate"] == pytest.approx(21.92)
        assert value[south_east, "poor_rate"] + value[
            south_east, "near_poor_rate"
        ] == pytest.approx(value[south_east, "both_rate"])
        count = CountAndRate(value[north, "both"], value[north, "both_rate"], PRINTED)
        assert implied_households(count).low < 3.2002e6 < implied_households(count).high


class TestImpliedHouseholds:
    @given(
        st.integers(1, 2_000_000), st.floats(0.001, 0.4), st.floats(0.001, 0.4), st.integers(1, 3)
    )
    def test_rates_rounded_from_true_counts_always_agree(self, total, first, second, decimals):
        poor, near = int(total * first), int(total * second)
        half = 0.5 * 10**-decimals
        pairs = [
            CountAndRate(count, round(count / total * 100, decimals), half + 1e-9)
            for count in (poor, near, poor + near)
            if count
        ]
        span = common_households(pairs)
        assert span is None or span.low <= total * (1 + 1e-9) <= span.high * (1 + 2e-9)

    @given(st.integers(1000, 10_000), st.integers(2, 30))
    def test_a_rate_of_another_count_contradicts(self, total, percent):
        count = total * percent // 100
        true = CountAndRate(count, round(count / total * 100, 2), PRINTED)
        wrong = CountAndRate(count, round(count / total * 100 + 1, 2), PRINTED)
        assert common_households([true, wrong]).is_empty

    def test_a_rate_that_may_be_zero_has_no_upper_end(self):
        assert implied_households(CountAndRate(0, 0.0, 0.05)).high == float("inf")
        assert common_households([]) is None


class TestSmallArithmetic:
    def test_errors_are_told(self):
        with pytest.raises(ValueError, match="lớn hơn 0"):
            rate(3, 0)
        with pytest.raises(ValueError, match="lớn hơn tổng số hộ"):
            rate(3, 2)
        with pytest.raises(ValueError, match="ít nhất một năm"):
            mean_yearly_change(-1, 0)
        with pytest.raises(ValueError, match="Kế hoạch giảm"):
            attainment(10, 0)

    def test_the_plan_of_quang_nam(self):
        assert attainment(4470, 3000) == pytest.approx(149)

    @given(st.lists(st.integers(0, 10_000), min_size=6, max_size=6))
    def test_the_end_is_start_less_those_who_left_and_more_those_who_came(self, numbers):
        start, left, otherwise, back, new, entered = numbers
        end = start - left - otherwise + back + new + entered
        assume(end >= 0)
        moved = Movement(start, left, otherwise, back, new, entered, end)
        assert moved.gap == 0
        assert Movement(start, left, otherwise, back, new, entered, end + 3).gap == 3
