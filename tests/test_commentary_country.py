"""Each way a sentence of the national page can turn."""

from __future__ import annotations

import math

import pytest
from papi_made import intervals_of, remade, scores_of, with_value, without, year_copied

from helpers.indices.papi import text as commentary


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
    assert (
        "Theo điểm công bố, điểm tổng hợp từ 39,91 điểm (Đà Nẵng và Kiên Giang) đến 47,82 điểm (Hà "
        "Nội và Quảng Ninh) (@fig-map" in said
    )


def test_ends_that_print_alike_are_held_together(country):
    rows = scores_of(country)
    total = rows[(rows["year"] == 2024) & (rows["code"] == "total")]["value"]
    made = remade(country, lambda s: with_value(s, 2024, "ha-noi", "total", total.max() - 0.001))
    assert "47,82 điểm (Hà Nội và Quảng Ninh)" in str(commentary.overview(made))


def test_the_unevenness_of_a_region_is_told_with_its_size(country):
    said = str(commentary.regions(country))
    region_of = {place.slug: place.region for place in country.measured}
    total = country.current[country.current["code"] == "total"]
    by_region = total["value"].groupby(total["slug"].map(region_of))
    spread = by_region.max() - by_region.min()
    assert f"điểm ({spread.idxmax()}) (@fig-regions)." in said
    assert f"điểm ({spread.idxmin()}) đến " in said
    for word in ("đáng kể", "nhiều nhất", "cao nhất ở"):
        assert word not in said


def test_the_merged_units_that_lack_a_part_name_it(countries):
    said = str(commentary.merger(countries[2021]))
    assert "Tính được 32 trong 34 đơn vị" in said
    assert "chưa tính được Bắc Ninh (thiếu Bắc Giang và Bắc Ninh) và Quảng Ninh." in said


def test_without_an_earlier_year_there_is_no_change(countries):
    assert str(commentary.changes(countries[2020])) == (
        "Bộ số liệu chưa có năm nào trước năm 2020, nên báo cáo không nêu thay đổi."
    )


def test_across_a_break_the_total_is_refused_and_points_to_its_parts(countries):
    said = str(commentary.changes(countries[2021]))
    assert "điểm tổng hợp tăng" not in said
    assert (
        said.count(
            "- Điểm tổng hợp: là tổng điểm các chỉ số nội dung, kể cả phần đổi cách đo nêu trên."
        )
        == 1
    )


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


def test_counts_of_moved_totals_add_up_and_hold_nothing_inside_the_error(country):
    wide = country.standing[country.standing["code"] == "total"].pivot_table(
        index="slug", columns="year", values="value"
    )
    change = (wide[2024] - wide[2021]).dropna()
    error = 2**0.5 * 0.415
    chance = (change.abs() / error).map(lambda z: math.erfc(z / 2**0.5)).sort_values()
    passing = [p for k, p in enumerate(chance, 1) if p <= 0.05 * k / len(chance)]
    stand = change[chance.index[chance <= passing[-1]]]
    up, down = (stand > 0).sum(), (stand < 0).sum()
    rest = len(change) - up - down
    said = str(commentary.changes(country))
    assert said.startswith(
        f"So với năm 2021, trong {len(change)} tỉnh, thành phố có điểm tổng hợp cả hai năm, {up} đơn "
        f"vị nhiều khả năng đã tăng, bốn đơn vị nhiều khả năng đã giảm vượt sai số ước tính và "
        f"{rest} đơn vị chưa thay đổi rõ rệt (@tbl-largest-changes)."
    )
    assert (up, down, rest) == (23, 4, 31)
    assert "Benjamini" in said


def test_changes_inside_the_published_error_are_no_moves(country):
    slugs = [place.slug for place in country.measured]
    rows = [(year, slug, 30.0, 60.0, 9.0) for year in (2021, 2024) for slug in slugs]
    made = remade(country, lambda s: s, intervals=intervals_of(*rows))
    said = str(commentary.changes(made))
    assert (
        "không đơn vị nào tăng, không đơn vị nào giảm vượt sai số khảo sát và 58 đơn vị chưa thay đổi"
        in said
    )
    assert "ước tính" not in said


def test_units_without_an_error_are_told_apart_and_counted(country):
    slugs = [place.slug for place in country.measured if place.slug != "ha-noi"]
    rows = [(year, slug, 30.0, 60.0, 9.0) for year in (2021, 2024) for slug in slugs]
    made = remade(country, lambda s: s, intervals=intervals_of(*rows))
    said = str(commentary.changes(made))
    assert "57 đơn vị chưa thay đổi rõ rệt và một đơn vị chưa có đủ sai số để kết luận" in said


def test_no_dimension_is_said_to_move_in_the_country(country):
    def everybody_but_one(scores):
        scores = year_copied(scores, 2021, 2024)
        rows = (scores["year"] == 2024) & (scores["code"] == "4") & (scores["slug"] != "ha-noi")
        return scores.assign(value=scores["value"].mask(rows, scores["value"] - 0.25))

    said = str(commentary.changes(remade(country, everybody_but_one)))
    assert "không đơn vị nào nhiều khả năng đã tăng" in said
    assert "60 đơn vị chưa thay đổi rõ rệt" in said
    assert "Kiểm soát tham nhũng" not in said
    assert "một nửa" not in said
    assert said.count("PAPI không công bố sai số của từng chỉ số nội dung") == 1


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


@pytest.mark.parametrize(
    ("year", "told"),
    [
        (
            2020,
            "Cao 16, Trung bình cao 16, Trung bình thấp 15 và Thấp 16. Đơn vị ở đúng trung vị thuộc "
            "nhóm Trung bình cao.",
        ),
        (2021, "Cao 15, Trung bình cao 15, Trung bình thấp 15 và Thấp 15. Thứ hạng"),
        (
            2024,
            "Cao 15, Trung bình cao 15, Trung bình thấp 15 và Thấp 16. Đơn vị ở đúng trung vị thuộc "
            "nhóm Trung bình thấp.",
        ),
    ],
)
def test_the_sizes_of_the_groups_and_the_unit_on_the_median_are_told(countries, year, told):
    assert told in str(commentary.method(countries[year]))


def test_the_scale_of_the_total_is_the_sum_of_its_parts(country, results):
    said = str(commentary.method(country))
    assert "mỗi chỉ số từ 1 đến 10 điểm" in said
    assert "thang 8-80 (PAPI in thang 10-80)" in said
    assert "trên thang 8-80" in str(commentary.overview(country))
    assert "trên thang 8-80" in str(commentary.overview(results[2024, "ha-noi"]))


def test_the_assumed_error_is_told_with_its_derivation(country):
    said = commentary.method(country).markdown
    assert "ước tính là [0,415]" in said
    assert (
        "trung vị các sai số chuẩn mà PAPI in cho điểm tổng hợp các năm 2019, 2022 và 2023" in said
    )


def test_breaks_without_a_published_text_are_told_in_the_method_note(countries):
    assert "mã 3.2 (suy ra bằng cách tính lại" in str(commentary.method(countries[2024]))
    assert "mã 6.4 (suy ra bằng cách tính lại" in str(commentary.method(countries[2021]))
    assert "Điều chưa được xác nhận" not in str(commentary.method(countries[2020]))


def test_the_doubt_about_the_printed_intervals_is_told_where_there_are_some(country):
    assert "1,645" not in str(commentary.method(country))
    made = remade(country, lambda s: s, intervals=intervals_of((2024, "ha-noi", 44.0, 45.0, 0.3)))
    assert "1,645 lần sai số chuẩn" in str(commentary.method(made))
