"""Each way a sentence of the national page can turn."""

from __future__ import annotations

import pytest
from papi_made import intervals_of, remade, scores_of, with_value, without, year_copied

from helpers import commentary


@pytest.fixture(scope="module")
def country(countries):
    return countries[2024]


def test_a_full_year_is_told_as_full(countries):
    said = str(commentary.overview(countries[2020]))
    assert said.startswith("Năm 2020, PAPI có điểm tổng hợp của cả 63 tỉnh, thành phố. ")
    assert "Tính được cả 34 đơn vị." in str(commentary.merger(countries[2020]))


def test_units_without_scores_are_named(countries):
    said = str(commentary.overview(countries[2021]))
    assert "của 60 trong 63 tỉnh, thành phố; Bắc Giang, Bắc Ninh và Quảng Ninh không có" in said


def test_units_with_dimensions_only_are_told_apart_from_those_without_any(country):
    made = remade(country, lambda s: without(s, 2024, "ha-noi", "total", "2"))
    said = str(commentary.overview(made))
    assert "của 60 trong 63 tỉnh, thành phố; Tiền Giang và Vĩnh Phúc không có số liệu" in said
    assert "; Hà Nội chỉ có một số chỉ số nội dung." in said


def test_all_holders_of_an_end_are_named_in_vietnamese_order(country):
    rows = scores_of(country)
    total = rows[(rows["year"] == 2024) & (rows["code"] == "total")]["value"]
    made = remade(country, lambda s: with_value(s, 2024, "da-nang", "total", total.min()))
    made = remade(made, lambda s: with_value(s, 2024, "ha-noi", "total", total.max()))
    said = str(commentary.overview(made))
    assert "cao nhất là Hà Nội và Quảng Ninh (47,82 điểm)" in said
    assert "thấp nhất là Đà Nẵng và Kiên Giang (39,91 điểm), cách nhau 7,91 điểm" in said


def test_the_unevenness_of_a_region_is_told_with_its_size(country):
    said = str(commentary.regions(country))
    region_of = {place.slug: place.region for place in country.measured}
    total = country.current[country.current["code"] == "total"]
    by_region = total["value"].groupby(total["slug"].map(region_of))
    widest = (by_region.max() - by_region.min()).idxmax()
    assert f"chênh nhau nhiều nhất ở {widest}: " in said
    assert "đáng kể" not in said


def test_the_merged_units_that_lack_a_part_name_it(countries):
    said = str(commentary.merger(countries[2021]))
    assert "Tính được 32 trong 34 đơn vị" in said
    assert "chưa tính được Bắc Ninh (thiếu Bắc Giang và Bắc Ninh) và Quảng Ninh." in said


def test_without_an_earlier_year_there_is_no_change(countries):
    assert str(commentary.changes(countries[2020])) == (
        "Bộ số liệu chưa có năm nào trước năm 2020, nên không nêu thay đổi."
    )


def test_across_a_break_the_total_is_refused_and_points_to_its_parts(countries):
    said = str(commentary.changes(countries[2021]))
    assert "điểm tổng hợp tăng" not in said
    assert said.count("- Điểm tổng hợp: gồm chỉ số nội dung nêu trên.") == 1


def test_where_nothing_may_be_compared_one_sentence_says_why(countries):
    def in_2018(scores):
        rows = year_copied(year_copied(scores, 2020, 2018), 2020, 2017)
        old = (rows["year"] == 2017) & rows["code"].isin(["7", "8"])
        return rows[~old & rows["year"].isin([2017, 2018])]

    said = str(commentary.changes(remade(countries[2020], in_2018, year=2018)))
    assert said.startswith(
        "Không so sánh điểm tổng hợp và các chỉ số nội dung với năm 2017, vì từ năm 2018 PAPI thêm "
    )
    assert "sai số" not in said


def test_counts_of_rises_and_falls_are_those_of_the_scores(country):
    wide = country.standing[country.standing["code"] == "total"].pivot_table(
        index="slug", columns="year", values="value"
    )
    change = (wide[2024] - wide[2021]).dropna()
    up, down = (change >= 0.005).sum(), (change <= -0.005).sum()
    said = str(commentary.changes(country))
    assert f"tăng ở {up} và giảm ở {down} trong {len(change)} tỉnh, thành phố" in said


def test_changes_inside_the_error_are_counted_apart(country):
    slugs = [place.slug for place in country.measured]
    rows = [(year, slug, 30.0, 60.0, 9.0) for year in (2021, 2024) for slug in slugs]
    made = remade(country, lambda s: s, intervals=intervals_of(*rows))
    said = str(commentary.changes(made))
    assert "tăng ở 0 và giảm ở 0 trong 58" in said
    assert "; ở 58 nơi thay đổi nằm trong sai số khảo sát (@tbl-largest-changes)." in said
    assert said.endswith("các thay đổi đó.")


def test_a_year_like_the_one_before_has_no_general_change(country):
    said = str(commentary.changes(remade(country, lambda s: year_copied(s, 2021, 2024))))
    assert "tăng ở 0 và giảm ở 0 trong 60" in said
    assert "so sánh được với năm 2021; không chỉ số nào thay đổi trên diện rộng." in said


def test_the_general_change_is_the_median_of_the_changes(country):
    def everybody_but_one(scores):
        scores = year_copied(scores, 2021, 2024)
        rows = (scores["year"] == 2024) & (scores["code"] == "4") & (scores["slug"] != "ha-noi")
        return scores.assign(value=scores["value"].mask(rows, scores["value"] - 0.25))

    said = str(commentary.changes(remade(country, everybody_but_one)))
    assert (
        "lớn nhất là ở Kiểm soát tham nhũng trong khu vực công: một nửa số tỉnh, thành phố giảm từ "
        "0,25 điểm trở lên." in said
    )


def test_wrong_sums_are_named_in_the_method_note(country):
    made = remade(country, lambda s: with_value(s, 2024, "ha-noi", "total", 50.0))
    said = str(commentary.method(made))
    assert (
        "Tổng các phần khác điểm công bố ở: Hà Nội, điểm tổng hợp; báo cáo giữ số công bố." in said
    )


@pytest.mark.parametrize(("year", "confirmed"), [(2020, True), (2021, False), (2024, True)])
def test_group_sizes_that_were_not_published_are_called_unconfirmed(countries, year, confirmed):
    said = str(commentary.method(countries[year]))
    assert ("Số đơn vị của từng nhóm theo công bố của PAPI." in said) == confirmed
    assert ("chưa được xác nhận đầy đủ từ nguồn" in said) != confirmed


def test_breaks_without_a_published_text_are_told_in_the_method_note(countries):
    assert "mã 3.2 (suy ra bằng cách tính lại" in str(commentary.method(countries[2024]))
    assert "mã 6.4 (suy ra bằng cách tính lại" in str(commentary.method(countries[2021]))
    assert "Điều chưa được xác nhận" not in str(commentary.method(countries[2020]))


def test_the_doubt_about_the_printed_intervals_is_told_where_there_are_some(country):
    assert "1,645" not in str(commentary.method(country))
    made = remade(country, lambda s: s, intervals=intervals_of((2024, "ha-noi", 44.0, 45.0, 0.3)))
    assert "1,645 lần sai số chuẩn" in str(commentary.method(made))
