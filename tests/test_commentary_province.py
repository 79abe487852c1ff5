"""Each way a sentence of a province's report can turn."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest
from papi_made import (
    intervals_of,
    province,
    remade,
    scores_of,
    with_value,
    without,
    year_copied,
)

from helpers import commentary
from helpers.inputs.tables import SCORE_COLUMNS

DIMENSIONS = [str(number) for number in range(1, 9)]


@pytest.fixture(scope="module")
def country(countries):
    return countries[2024]


def text(section, country, slug="ha-noi"):
    return str(section(province(country, slug)))


def equal_years(scores):
    """2024 is 2021 again, so that a test moves what it wants to see moved."""
    return year_copied(scores, 2021, 2024)


class TestOverview:
    def test_the_best_is_called_the_highest_and_not_set_beside_itself(self, countries):
        said = text(commentary.overview, countries[2020], "quang-ninh")
        assert "Đây là mức cao nhất cả nước, cao hơn trung vị cả nước 6,09 điểm." in said
        assert "nơi có điểm cao nhất" not in said

    def test_the_worst_is_called_the_lowest(self, countries):
        said = text(commentary.overview, countries[2020], "lam-dong")
        assert "Đây là mức thấp nhất cả nước, thấp hơn trung vị cả nước" in said

    def test_a_score_on_the_median_is_called_equal_to_it(self, country):
        rows = country.current
        middle = rows[rows["code"] == "total"].sort_values("value").iloc[30]
        said = text(commentary.overview, country, middle["slug"])
        assert "Mức này bằng trung vị cả nước và thấp hơn Quảng Ninh" in said

    def test_a_tie_is_told(self, country):
        rows = scores_of(country)
        top = rows[(rows["year"] == 2024) & (rows["code"] == "total")]["value"].max()
        made = remade(country, lambda s: with_value(s, 2024, "ha-noi", "total", top))
        said = text(commentary.overview, made)
        assert "xếp thứ 1 trong 61 tỉnh" in said
        assert "cùng thứ hạng với một tỉnh, thành phố khác." in said
        assert "Đây là mức cao nhất cả nước" in said

    def test_two_leaders_are_both_named(self, country):
        rows = scores_of(country)
        top = rows[(rows["year"] == 2024) & (rows["code"] == "total")]["value"].max()
        made = remade(country, lambda s: with_value(s, 2024, "da-nang", "total", top))
        assert "thấp hơn Đà Nẵng và Quảng Ninh, nơi có điểm cao nhất" in text(
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
            "Chỉ số PAPI năm 2024 của thành phố Hà Nội: điểm mạnh, điểm yếu và thay đổi so với những "
            "năm so sánh được."
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
        assert said.count("mức cao nhất cả nước") == 1
        assert "Ngoài ra còn năm chỉ số khác thuộc nhóm Cao" in said
        assert "Không có chỉ số nội dung nào thuộc nhóm Thấp." in said
        assert "Vị trí thấp nhất" not in said

    def test_all_in_the_lowest_group(self, country):
        said = self.put(country, "ha-noi", dict.fromkeys(DIMENSIONS, 1.0))
        assert "Không có chỉ số nội dung nào thuộc nhóm Cao." in said
        assert "vị trí tốt nhất" not in said
        assert said.count("Đây cũng là mức thấp nhất cả nước.") == 1
        assert "Ngoài ra còn năm chỉ số khác thuộc nhóm Thấp" in said

    def test_all_on_the_median(self, country):
        rows = country.current
        medians = rows[rows["code"].isin(DIMENSIONS)].groupby("code")["value"].median().to_dict()
        said = self.put(country, "ha-noi", medians)
        assert "Không có chỉ số nội dung nào thuộc nhóm Cao; vị trí tốt nhất là" in said
        assert ", bằng trung vị." in said
        assert "Không có chỉ số nội dung nào thuộc nhóm Thấp; vị trí thấp nhất là" in said
        assert "0,00 điểm" not in said

    def test_a_single_dimension_is_not_named_twice(self, country):
        made = remade(country, lambda s: without(s, 2024, "ha-noi", "total", *DIMENSIONS[1:]))
        said = text(commentary.strengths_and_weaknesses, made)
        assert said.count("Tham gia của người dân ở cấp cơ sở") == 1


class TestChanges:
    def moved(self, scores, slug="ha-noi", **values):
        scores = equal_years(scores)
        for code, value in values.items():
            scores = with_value(scores, 2024, slug, code.removeprefix("d"), value)
        return scores

    def test_without_an_earlier_year_there_is_no_change(self, countries):
        said = text(commentary.changes, countries[2020])
        assert said == (
            "Bộ số liệu chưa có năm nào trước năm 2020 của Hà Nội, nên báo cáo không nêu thay đổi."
        )

    def test_a_base_year_without_scores_is_told(self, country):
        said = text(commentary.changes, country, "quang-ninh")
        assert "Năm 2021, năm gốc của nhiệm kỳ, không có điểm của Quảng Ninh" in said
        assert "So với năm 2020" in said
        assert "Không so sánh các điểm số sau với năm 2020" in said

    def test_equal_scores_are_called_unchanged(self, country):
        said = text(commentary.changes, remade(country, equal_years))
        assert "điểm tổng hợp giữ ở mức 44,45 điểm." in said
        assert "Cả tám chỉ số nội dung so sánh được đều không đổi (@tbl-changes" in said
        assert "tăng" not in said
        assert "giảm" not in said

    def test_a_rise_and_a_fall_are_told_apart(self, country):
        made = remade(country, lambda s: self.moved(s, total=45.4472, d1=9.0, d2=2.0))
        said = text(commentary.changes, made)
        assert "điểm tổng hợp tăng 1,00 điểm, từ 44,45 lên 45,45 điểm." in said
        assert (
            "Có tám chỉ số nội dung so sánh được, trong đó một chỉ số tăng, một chỉ số giảm và sáu "
            "chỉ số không đổi; tăng nhiều nhất là Tham gia của người dân ở cấp cơ sở (" in said
        )
        made = remade(country, lambda s: self.moved(s, total=40.0))
        said = text(commentary.changes, made)
        assert "điểm tổng hợp giảm 4,45 điểm, từ 44,45 xuống 40,00 điểm." in said
        assert "chuyển từ nhóm Cao sang nhóm Thấp" in said

    def test_all_dimensions_that_move_one_way_are_told_as_all(self, country):
        ups = {f"d{code}": 9.9 for code in DIMENSIONS}
        said = text(commentary.changes, remade(country, lambda s: self.moved(s, **ups)))
        assert "Cả tám chỉ số nội dung so sánh được đều tăng; tăng nhiều nhất là" in said

    def test_a_single_comparable_dimension_is_named_with_its_verb(self, country):
        def only_first(scores):
            scores = without(scores, 2021, "ha-noi", "total", *DIMENSIONS[1:])
            return scores[~((scores["year"] == 2020) & (scores["slug"] == "ha-noi"))]

        said = text(commentary.changes, remade(country, only_first))
        assert "chỉ có một chỉ số nội dung so sánh được: Tham gia của người dân ở cấp cơ sở" in said
        assert "cơ sở tăng " in said or "cơ sở giảm " in said

    def test_a_rise_with_a_fall_in_place_is_explained_by_the_others(self, country):
        def everybody_rises(scores):
            scores = equal_years(scores)
            other = (scores["year"] == 2024) & (scores["code"] == "total")
            scores = scores.assign(value=scores["value"].mask(other, scores["value"] + 3))
            return with_value(scores, 2024, "ha-noi", "total", 44.9472)

        said = text(commentary.changes, remade(country, everybody_rises))
        assert "điểm tổng hợp tăng 0,50 điểm" in said
        assert "Tuy điểm tăng, Hà Nội chuyển từ nhóm Cao sang nhóm" in said
        assert "do 59/59 tỉnh, thành phố so sánh được khác tăng nhiều hơn." in said

    def test_a_fall_in_place_is_not_explained_by_what_did_not_happen(self, country):
        def one_overtakes(scores):
            scores = self.moved(scores, total=44.4572)
            return with_value(scores, 2024, "an-giang", "total", 47.0)

        said = text(commentary.changes, remade(country, one_overtakes))
        assert "điểm tổng hợp tăng 0,01 điểm" in said
        assert "Tuy điểm tăng" not in said
        assert "Hà Nội vẫn thuộc nhóm Cao, vị trí từ 9/60 thành 10/60." in said

    def errors(self, *years, error=0.5):
        return intervals_of(*[(year, "ha-noi", 40.0, 50.0, error) for year in years])

    def test_a_difference_inside_the_error_is_neither_rise_nor_fall(self, country):
        made = remade(
            country, lambda s: self.moved(s, total=45.0), intervals=self.errors(2021, 2024)
        )
        said = text(commentary.changes, made)
        assert (
            "điểm tổng hợp chưa có thay đổi rõ rệt: chênh lệch 0,55 điểm nằm trong sai số khảo sát "
            "(±1,39 điểm)." in said
        )
        assert "tổng hợp tăng" not in said
        assert "Chưa có thông tin về sai số của từng chỉ số nội dung, nên" in said

    def test_a_difference_outside_the_error_is_a_rise(self, country):
        made = remade(
            country, lambda s: self.moved(s, total=46.0), intervals=self.errors(2021, 2024)
        )
        assert "điểm tổng hợp tăng 1,55 điểm" in text(commentary.changes, made)

    @pytest.mark.parametrize("known", [(), (2024,), (2021,)])
    def test_without_both_errors_the_meaning_stays_open(self, country, known):
        made = remade(country, equal_years, intervals=self.errors(*known))
        assert text(commentary.changes, made).endswith(
            "Chưa có thông tin về sai số để đánh giá ý nghĩa của các thay đổi nêu trên."
        )

    def test_a_year_without_an_error_beside_one_with_it_is_named(self, country):
        made = remade(
            country,
            lambda s: year_copied(equal_years(s), 2024, 2023),
            intervals=self.errors(2023, 2024),
        )
        said = text(commentary.changes, made)
        assert said.index("So với năm 2023, ") < said.index(
            "So với năm 2021, năm gốc của nhiệm kỳ,"
        )
        assert "và của điểm tổng hợp khi so với năm 2021, nên chưa đánh giá được" in said

    def test_where_nothing_may_be_compared_one_sentence_says_why(self, countries):
        def in_2017(scores):
            rows = year_copied(year_copied(scores, 2020, 2018), 2020, 2017)
            old = (rows["year"] == 2017) & rows["code"].isin(["7", "8"])
            return rows[~old & rows["year"].isin([2017, 2018])]

        made = remade(countries[2020], in_2017, year=2018)
        said = text(commentary.changes, made)
        assert said.startswith(
            "Không so sánh điểm tổng hợp và các chỉ số nội dung với năm 2017, vì từ năm 2018 PAPI thêm "
        )
        made = remade(made, lambda s: without(s, 2018, "ha-noi", "total", "2"), year=2018)
        assert text(commentary.changes, made).startswith(
            "Không so sánh các chỉ số nội dung với năm 2017, vì "
        )
        assert "tăng" not in said
        assert "sai số" not in said

    def test_a_total_refused_with_one_part_repeats_no_reason(self, countries):
        made = remade(countries[2020], lambda s: year_copied(s, 2020, 2019))
        said = text(commentary.changes, made)
        assert said.count("câu hỏi của nội dung thành phần 8.3") == 1
        assert said.index("- Quản trị điện tử: ") < said.index("- Điểm tổng hợp: gồm chỉ số")
        assert "So với năm 2019, cả bảy chỉ số nội dung so sánh được đều không đổi" in said

    def test_a_total_refused_for_its_parts_points_to_them(self, countries):
        said = text(commentary.changes, countries[2021])
        assert said.count("- Điểm tổng hợp: gồm chỉ số nội dung nêu trên.") == 1


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
        assert said.startswith("Trong 3 nội dung thành phần, ")
        assert sum(said.count(name) for name in ("Tri thức", "Giáo dục", "Chất lượng nước")) == 2
        made = self.with_parts(country, country.edition, keep={"1.1"})
        assert text(commentary.sub_dimensions, made).startswith("@fig-sub-dimensions")


class TestRegion:
    def test_the_side_of_the_mean_is_that_of_the_scores(self, countries):
        said = text(commentary.regions, countries[2020], "quang-ninh")
        assert "Quảng Ninh cao hơn mức bình quân này 5,13 điểm, xếp thứ 1/11 trong vùng" in said

    def test_a_score_on_the_mean_is_called_equal_to_it(self, country):
        result = province(country, "ha-noi")
        standing = result.standing.assign(region_mean=result.standing["value"])
        made = dataclasses.replace(result, standing=standing)
        assert "Hà Nội bằng mức bình quân này, xếp thứ" in str(commentary.regions(made))

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
        assert "Hà Nội giữ nguyên địa giới, nên số liệu trên không thay đổi." in said

    def test_a_merged_unit_gets_a_mean_marked_as_computed(self, country):
        said = text(commentary.merger, country, "quang-nam")
        assert "thành phố Đà Nẵng và tỉnh Quảng Nam hợp nhất, lấy tên là thành phố Đà Nẵng." in said
        assert "không phải số liệu PAPI công bố" in said

    def test_a_missing_predecessor_leaves_the_unit_without_a_mean(self, country):
        said = text(commentary.merger, country, "phu-tho")
        assert (
            "Chưa tính được điểm của đơn vị mới vì năm 2024 không đủ số liệu của Vĩnh Phúc." in said
        )

    def test_a_dimension_missing_does_not_hide_the_total(self, country):
        made = remade(country, lambda s: without(s, 2024, "da-nang", "5"))
        assert "điểm tổng hợp năm 2024 của đơn vị mới là" in text(
            commentary.merger, made, "quang-nam"
        )
