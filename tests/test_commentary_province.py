"""Each way a sentence of a province's report can turn."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from papi_made import (
    intervals_of,
    province,
    remade,
    scores_of,
    with_value,
    without,
)

from helpers.indices.papi import text as commentary
from helpers.inputs.columns import SCORE_COLUMNS

DIMENSIONS = [str(number) for number in range(1, 9)]


@pytest.fixture(scope="module")
def country(countries):
    return countries[2024]


def text(section, country, slug="ha-noi"):
    return str(section(province(country, slug)))


class TestOverview:
    def test_the_best_is_called_the_highest_and_not_set_beside_itself(self, countries):
        said = text(commentary.overview, countries[2020], "quang-ninh")
        assert "nhiều khả năng cao hơn trung vị cả nước (42,72 điểm) 6,09 điểm." in said
        assert "Theo điểm công bố, đây là mức cao nhất trong 63 tỉnh, thành phố có số liệu." in said
        assert "cao nhất là" not in said

    def test_the_worst_is_called_the_lowest(self, countries):
        said = text(commentary.overview, countries[2020], "lam-dong")
        assert "Mức này nhiều khả năng thấp hơn trung vị cả nước" in said
        assert "đây là mức thấp nhất trong 63 tỉnh, thành phố có số liệu." in said
        assert "cao nhất là Quảng Ninh (48,81 điểm) trong 63 tỉnh, thành phố" in said

    def test_a_score_on_the_median_is_called_equal_to_it(self, country):
        rows = country.current
        middle = rows[rows["code"] == "total"].sort_values("value").iloc[30]
        said = text(commentary.overview, country, middle["slug"])
        assert "Mức này làm tròn bằng trung vị cả nước (43,48 điểm)." in said
        assert "cao nhất là Quảng Ninh (47,82 điểm) trong 61 tỉnh, thành phố có số liệu." in said

    def test_a_score_inside_the_error_is_on_no_side_of_the_median(self, country):
        said = text(commentary.overview, country)
        assert (
            "Mức này chưa khác biệt rõ rệt so với trung vị cả nước (43,48 điểm): chênh lệch 0,30 điểm "
            "nằm trong sai số ước tính (±0,81 điểm)." in said
        )

    def test_a_score_whose_error_is_printed_as_zero_is_set_beside_the_median(self, country):
        rows = intervals_of((2024, "ha-noi", 44.0, 44.0, 0.0), (2024, "hue", 43.0, 44.0, 0.3))
        said = text(commentary.overview, remade(country, lambda s: s, intervals=rows))
        assert "Trung vị cả nước là 43,48 điểm; chưa có sai số khảo sát để so sánh." in said

    def test_a_tie_is_told(self, country):
        rows = scores_of(country)
        top = rows[(rows["year"] == 2024) & (rows["code"] == "total")]["value"].max()
        made = remade(country, lambda s: with_value(s, 2024, "ha-noi", "total", top))
        said = text(commentary.overview, made)
        assert "xếp thứ 1 trong 61 tỉnh" in said
        assert "đồng hạng với Quảng Ninh (điểm làm tròn như nhau)." in said
        assert "đây là mức cao nhất trong 61 tỉnh, thành phố có số liệu" in said

    def test_a_tie_through_two_groups_says_how_groups_are_cut(self, countries):
        said = text(commentary.overview, countries[2020], "kon-tum")
        assert (
            "đồng hạng với Đắk Nông và Hà Nội (điểm làm tròn như nhau; nhóm chia theo điểm" in said
        )

    def test_many_that_print_alike_are_counted(self, country):
        slugs = ["an-giang", "ca-mau", "da-nang", "hung-yen"]

        def same(scores):
            for slug in ("ha-noi", *slugs):
                scores = with_value(scores, 2024, slug, "total", 44.444)
            return scores

        said = text(commentary.overview, remade(country, same))
        assert "đồng hạng với bốn tỉnh, thành phố khác (điểm làm tròn như nhau" in said

    def test_two_leaders_are_both_named(self, country):
        rows = scores_of(country)
        top = rows[(rows["year"] == 2024) & (rows["code"] == "total")]["value"].max()
        made = remade(country, lambda s: with_value(s, 2024, "da-nang", "total", top))
        assert "cao nhất là Đà Nẵng (47,82 điểm) và Quảng Ninh (47,82 điểm) trong 61 tỉnh" in text(
            commentary.overview, made
        )

    def test_without_a_total_only_the_dimensions_are_told(self, country):
        made = remade(country, lambda s: without(s, 2024, "ha-noi", "total", "2", "4"))
        said = text(commentary.overview, made)
        assert "PAPI không công bố điểm tổng hợp của thành phố Hà Nội" in said
        assert "Trong sáu chỉ số nội dung" in said
        alone = remade(
            made, lambda s: without(s, 2024, "ha-noi", *DIMENSIONS[:1], "3", "5", "6", "7")
        )
        assert "Chỉ có một chỉ số nội dung có số liệu, thuộc nhóm" in text(
            commentary.overview, alone
        )
        assert "xếp thứ" not in said
        front = commentary.title(province(made, "ha-noi"))
        assert front.description == (
            "Năm 2024, PAPI không công bố điểm tổng hợp của thành phố Hà Nội; báo cáo chỉ nêu các chỉ "
            "số nội dung có số liệu."
        )
        assert "không so sánh với bình quân vùng" in text(commentary.regions, made)

    def test_a_published_interval_is_told_with_its_ends(self, country):
        rows = intervals_of((2024, "ha-noi", 44.125, 45.875, 0.5))
        said = text(commentary.overview, remade(country, lambda s: s, intervals=rows))
        assert "từ 44,13 đến 45,88 điểm" in said
        assert "không kèm sai số" not in said

    @pytest.mark.parametrize("slug", ["ha-noi", "da-nang"])
    def test_without_an_interval_small_differences_are_not_trusted(self, country, slug):
        rows = intervals_of((2024, "ha-noi", 44.0, 44.0, 0.0))
        said = text(commentary.overview, remade(country, lambda s: s, intervals=rows), slug)
        assert "Số liệu đang có không kèm sai số khảo sát của năm 2024" in said


class TestStrengthsAndWeaknesses:
    def put(self, country, slug, values):
        def change(scores):
            for code, value in values.items():
                scores = with_value(scores, 2024, slug, code, value)
            return scores

        return text(commentary.strengths_and_weaknesses, remade(country, change), slug)

    def test_all_in_the_highest_group(self, country):
        made = remade(
            country,
            lambda s: s.assign(
                value=s["value"].mask((s["slug"] == "ha-noi") & s["code"].isin(DIMENSIONS), 9.9)
            ),
        )
        assert "Cả tám chỉ số nội dung có số liệu đều thuộc nhóm Cao (@fig-dimensions" in text(
            commentary.overview, made
        )
        said = text(commentary.strengths_and_weaknesses, made)
        assert said.startswith("Tám chỉ số nội dung cùng có vị trí tốt nhất là Tham gia")
        assert "Ngoài ra" not in said
        assert "Không có chỉ số nội dung nào thuộc nhóm Thấp." in said
        assert "Vị trí thấp nhất" not in said

    def test_all_in_the_lowest_group(self, country):
        said = self.put(country, "ha-noi", dict.fromkeys(DIMENSIONS, 1.0))
        assert "Không có chỉ số nội dung nào thuộc nhóm Cao." in said
        assert "vị trí tốt nhất" not in said
        assert "Tám chỉ số nội dung cùng có vị trí thấp nhất là " in said
        assert "Ngoài ra" not in said

    def test_more_than_three_in_a_group_are_counted(self, country):
        values = dict.fromkeys(DIMENSIONS[1:], 9.0) | {"1": 1.0}
        rows = country.current
        for code in DIMENSIONS[4:]:
            ordered = rows[rows["code"] == code]["value"].sort_values(ascending=False)
            values[code] = float(ordered.iloc[int(code)]) + 0.001
        said = self.put(country, "ha-noi", values)
        assert said.startswith("Ba chỉ số nội dung cùng có vị trí tốt nhất là ")
        assert "Ngoài ra còn bốn chỉ số khác thuộc nhóm Cao (@tbl-dimensions)." in said

    def test_all_on_the_median(self, country):
        rows = country.current
        medians = rows[rows["code"].isin(DIMENSIONS)].groupby("code")["value"].median().to_dict()
        said = self.put(country, "ha-noi", medians)
        assert re.search(
            "nào thuộc nhóm Cao; (?:hai chỉ số nội dung cùng có )?vị trí tốt nhất", said
        )
        assert re.search("nào thuộc nhóm Thấp; (?:.* cùng có )?vị trí thấp nhất là", said)
        assert "0,00 điểm" not in said

    def test_a_single_dimension_is_not_named_twice(self, country):
        made = remade(country, lambda s: without(s, 2024, "ha-noi", "total", *DIMENSIONS[1:]))
        said = text(commentary.strengths_and_weaknesses, made)
        assert said.count("Tham gia của người dân ở cấp cơ sở") == 1


class TestSubDimensions:
    def with_parts(self, country, edition, *, keep=None):
        random = iter(range(10_000))
        rows = pd.DataFrame(
            [
                (2024, "63", place.slug, part.code, 0.5 + next(random) % 97 / 100, "official", "x")
                for place in country.measured
                for dimension in edition.dimensions
                for part in dimension.children
                if place.slug != "ha-noi" or keep is None or part.code in keep
            ],
            columns=list(SCORE_COLUMNS),
        )
        return remade(country, lambda s: pd.concat([s, rows], ignore_index=True))

    def test_without_scores_the_report_says_what_it_cannot_tell(self, country):
        said = text(commentary.sub_dimensions, country)
        assert "chưa có nội dung thành phần và chỉ tiêu" in said
        assert "chiso import papi" in said

    def test_three_at_each_end_are_named(self, country):
        made = self.with_parts(country, country.edition)
        said = text(commentary.sub_dimensions, made)
        assert said.startswith("Trong 28 nội dung thành phần, vị trí tốt nhất là ")
        assert said.count("/61)") == 6
        assert "@fig-sub-dimensions" in said

    def test_few_parts_are_not_named_at_both_ends(self, country):
        made = self.with_parts(country, country.edition, keep={"1.1", "6.2", "7.3"})
        said = text(commentary.sub_dimensions, made)
        assert said.startswith("Trong ba nội dung thành phần, ")
        assert sum(said.count(name) for name in ("Tri thức", "Giáo dục", "Chất lượng nước")) == 2
        made = self.with_parts(country, country.edition, keep={"1.1"})
        assert text(commentary.sub_dimensions, made).startswith("@fig-sub-dimensions")


class TestRegion:
    def test_the_side_of_the_mean_is_that_of_the_scores(self, countries):
        said = text(commentary.regions, countries[2020], "quang-ninh")
        assert "Theo điểm công bố, Quảng Ninh xếp thứ 1/11 trong vùng (@fig-map)." in said
        assert (
            "Điểm của Quảng Ninh nhiều khả năng cao hơn bình quân vùng (43,68 điểm) 5,13 điểm."
            in said
        )

    def test_a_score_inside_the_error_is_on_no_side_of_its_region(self, countries):
        said = text(commentary.regions, countries[2024], "lai-chau")
        assert "chưa khác biệt rõ rệt so với bình quân vùng (43,43 điểm): chênh lệch 0,05" in said
        assert "Lai Châu xếp đồng hạng thứ 8/14 trong vùng" in said

    def test_a_score_on_the_mean_is_called_equal_to_it(self, country):
        region = country.places.get("ha-noi", "63").region
        rows = country.current[country.current["code"] == "total"].set_index("slug")["value"]
        others = [p.slug for p in country.measured if p.region == region and p.slug != "ha-noi"]
        mean = rows[others].mean()
        made = remade(country, lambda s: with_value(s, 2024, "ha-noi", "total", mean))
        assert "Điểm của Hà Nội làm tròn bằng bình quân vùng" in text(commentary.regions, made)

    def test_one_unit_alone_has_nobody_to_be_compared_with(self, country):
        region = country.places.get("ha-noi", "63").region
        others = [p.slug for p in country.measured if p.region == region and p.slug != "ha-noi"]
        made = remade(
            country,
            lambda s: s[~((s["year"] == 2024) & (s["code"] == "total") & s["slug"].isin(others))],
        )
        said = text(commentary.regions, made)
        assert "chưa có đơn vị cùng vùng để so sánh" in said
        assert "1/1" not in said


class TestMerger:
    def test_a_unit_left_as_it_was(self, country):
        said = text(commentary.merger, country)
        assert "Hà Nội giữ nguyên địa giới, nên điểm không thay đổi; nhóm ở" in said

    def test_a_merged_unit_gets_a_mean_marked_as_computed(self, country):
        said = text(commentary.merger, country, "quang-nam")
        assert "thành phố Đà Nẵng và tỉnh Quảng Nam hợp nhất, lấy tên là thành phố Đà Nẵng." in said
        assert "không phải số liệu PAPI công bố" in said

    def test_a_missing_predecessor_leaves_the_unit_without_a_mean(self, country):
        said = text(commentary.merger, country, "phu-tho")
        assert (
            "Chưa tính được điểm của đơn vị mới vì năm 2024 không đủ số liệu của Vĩnh Phúc." in said
        )

    def test_equal_print_in_two_groups_is_told(self, countries):
        """An Giang and Gia Lai print 40,93 in 2021 and stand in two computed groups."""
        said = text(commentary.merger, countries[2021], "an-giang")
        assert "Đơn vị mới có cùng điểm làm tròn với Gia Lai nhưng thuộc nhóm khác" in said
        assert "nhóm khác" in text(commentary.merger, countries[2021], "gia-lai")
        assert "nhóm khác" not in text(commentary.merger, countries[2021], "quang-nam")

    def test_a_dimension_missing_does_not_hide_the_total(self, country):
        made = remade(country, lambda s: without(s, 2024, "da-nang", "5"))
        assert "điểm tổng hợp năm 2024 của đơn vị mới là" in text(
            commentary.merger, made, "quang-nam"
        )
