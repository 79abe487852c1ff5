"""Each way the account of what changed in a province can turn."""

from __future__ import annotations

import re

import pytest
from papi_made import (
    intervals_of,
    province,
    remade,
    with_value,
    without,
    year_copied,
)

from helpers.indices.papi import text as commentary

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
        assert "Có năm chỉ số nội dung so sánh được với năm 2020" in said
        assert "Không so sánh các điểm số sau với năm 2020" in said

    def test_equal_scores_are_called_alike(self, country):
        said = text(commentary.changes, remade(country, equal_years))
        assert "điểm tổng hợp làm tròn như nhau (44,45 điểm)." in said
        assert "Có tám chỉ số nội dung so sánh được với năm 2021, đặt cạnh nhau" in said
        assert not re.search(r"\b(đã )?(tăng|giảm) \d", said)

    @pytest.mark.parametrize(
        ("total", "told"),
        [
            (46.0, "nhiều khả năng đã tăng 1,55 điểm, từ 44,45 lên 46,00 điểm, vượt"),
            (40.0, "nhiều khả năng đã giảm 4,45 điểm, từ 44,45 xuống 40,00 điểm, vượt"),
            (45.0, "chưa có thay đổi rõ rệt (44,45 và 45,00 điểm): chênh lệch 0,55 điểm nằm trong"),
        ],
    )
    def test_an_assumed_error_takes_verbs_away_and_gives_no_certainty(self, country, total, told):
        said = text(commentary.changes, remade(country, lambda s: self.moved(s, total=total)))
        assert f"điểm tổng hợp {told} sai số ước tính (±1,15 điểm)." in said

    def test_groups_and_places_stand_side_by_side_without_a_verb(self, country):
        said = text(commentary.changes, remade(country, lambda s: self.moved(s, total=40.0)))
        assert (
            "Theo điểm công bố, Hà Nội thuộc nhóm Cao, thứ 9/60 năm 2021 và nhóm Thấp, thứ 52/60 "
            "năm 2024." in said
        )
        said = text(commentary.changes, remade(country, lambda s: self.moved(s, total=44.6)))
        assert "thuộc nhóm Cao ở cả hai năm (thứ 9/60 năm 2021, thứ 9/60 năm 2024)." in said

    def test_no_dimension_is_said_to_move_however_far(self, country):
        values = {f"d{code}": 9.9 if int(code) % 2 else 1.1 for code in DIMENSIONS}
        said = text(commentary.changes, remade(country, lambda s: self.moved(s, **values)))
        for dimension in country.edition.dimensions:
            assert dimension.name_vi not in said
        assert "nhiều nhất" not in said
        assert said.count("PAPI không công bố sai số của từng chỉ số nội dung, nên báo cáo") == 1

    def test_a_rise_is_not_explained_by_others(self, country):
        def everybody_rises(scores):
            scores = equal_years(scores)
            other = (scores["year"] == 2024) & (scores["code"] == "total")
            scores = scores.assign(value=scores["value"].mask(other, scores["value"] + 3))
            return with_value(scores, 2024, "ha-noi", "total", 46.9472)

        said = text(commentary.changes, remade(country, everybody_rises))
        assert "nhiều khả năng đã tăng 2,50 điểm" in said
        assert "Tuy " not in said
        assert ", do " not in said

    def test_the_country_is_set_beside_over_the_same_units(self, country):
        def everybody_rises(scores):
            scores = equal_years(scores)
            other = (scores["year"] == 2024) & (scores["code"] == "total")
            return scores.assign(
                value=scores["value"].mask(
                    other & (scores["slug"] != "ha-noi"), scores["value"] + 3
                )
            )

        said = text(commentary.changes, remade(country, everybody_rises))
        assert "điểm tổng hợp làm tròn như nhau" in said
        assert re.search(
            r"Chênh lệch với trung vị của 60 tỉnh, thành phố có điểm cả hai năm là \+2,18 điểm năm "
            r"2021 và −0,76 điểm năm 2024; thay đổi giữa hai năm vượt sai số ước tính "
            r"\(±1,15 điểm\)\.",
            said,
        )

    def errors(self, *years, error=0.5):
        return intervals_of(*[(year, "ha-noi", 40.0, 50.0, error) for year in years])

    def test_a_difference_inside_the_error_is_neither_rise_nor_fall(self, country):
        made = remade(
            country, lambda s: self.moved(s, total=45.0), intervals=self.errors(2021, 2024)
        )
        said = text(commentary.changes, made)
        assert (
            "điểm tổng hợp chưa có thay đổi rõ rệt (44,45 và 45,00 điểm): chênh lệch 0,55 điểm nằm "
            "trong sai số khảo sát (±1,39 điểm)." in said
        )
        assert "tổng hợp tăng" not in said
        assert "PAPI không công bố sai số của từng chỉ số nội dung, nên" in said

    def test_a_difference_outside_the_error_is_a_rise(self, country):
        made = remade(
            country, lambda s: self.moved(s, total=46.0), intervals=self.errors(2021, 2024)
        )
        assert (
            "điểm tổng hợp tăng 1,55 điểm, từ 44,45 lên 46,00 điểm, vượt sai số khảo sát (±1,39 điểm)."
            in text(commentary.changes, made)
        )

    def test_a_published_error_beside_an_assumed_one_is_no_certainty(self, country):
        made = remade(country, lambda s: self.moved(s, total=46.0), intervals=self.errors(2024))
        said = text(commentary.changes, made)
        assert "nhiều khả năng đã tăng 1,55 điểm" in said
        assert "vượt sai số ước tính (±1,27 điểm)" in said

    def test_an_error_printed_as_zero_lets_nothing_be_said(self, country):
        made = remade(
            country,
            lambda s: self.moved(s, total=49.0),
            intervals=intervals_of(
                (2021, "ha-noi", 40.0, 50.0, 0.5), (2024, "ha-noi", 49.0, 49.0, 0.0)
            ),
        )
        said = text(commentary.changes, made)
        assert (
            "điểm tổng hợp là 49,00 điểm, năm 2021 là 44,45 điểm; chưa có đủ sai số khảo sát để kết "
            "luận về thay đổi." in said
        )
        assert not re.search(r"\b(tăng|giảm) \d", said)

    def test_each_earlier_year_is_told_on_its_own_error(self, country):
        made = remade(
            country,
            lambda s: with_value(
                year_copied(self.moved(s, total=46.0), 2021, 2023), 2023, "ha-noi", "total", 44.0
            ),
            intervals=self.errors(2023, 2024),
        )
        said = text(commentary.changes, made)
        assert "So với năm 2023, điểm tổng hợp tăng 2,00 điểm" in said
        assert "So với năm 2021, năm gốc của nhiệm kỳ, điểm tổng hợp nhiều khả năng đã tăng" in said

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
        assert said.index("- Quản trị điện tử: ") < said.index("- Điểm tổng hợp: là tổng")
        assert "Có bảy chỉ số nội dung so sánh được với năm 2019, đặt cạnh nhau" in said

    def test_a_total_refused_for_its_parts_points_to_them(self, countries):
        said = text(commentary.changes, countries[2021])
        assert (
            said.count(
                "- Điểm tổng hợp: là tổng điểm các chỉ số nội dung, kể cả phần đổi cách đo nêu trên."
            )
            == 1
        )
