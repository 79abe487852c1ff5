"""Each way the account of what changed in a province can turn."""

from __future__ import annotations

import pytest
from papi_made import (
    intervals_of,
    province,
    remade,
    with_value,
    without,
    year_copied,
)

from helpers import commentary

DIMENSIONS = [str(number) for number in range(1, 9)]


@pytest.fixture(scope="module")
def country(countries):
    return countries[2024]


def text(section, country, slug="ha-noi"):
    return str(section(province(country, slug)))


def equal_years(scores):
    """2024 is 2021 again, so that a test moves what it wants to see moved."""
    return year_copied(scores, 2021, 2024)


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
