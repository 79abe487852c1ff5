"""Tables of the published years, and of years with sub-dimensions and indicators."""

import re
import subprocess
import sys
from dataclasses import replace

import pandas as pd
import pytest
from drawn import faults, roles, texts

from helpers import charts, papi, tables
from helpers.display.table import MISSING
from helpers.facts.standing import add_standing
from helpers.inputs.columns import INDICATOR_COLUMNS, frame
from helpers.places import unit_order
from helpers.words import numbers


@pytest.fixture(scope="module", autouse=True)
def _little_is_known(little_known):
    """Where nothing else is said, reports are made of PAPI's three years without parts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHISO_PROJECT", str(little_known.root))
        yield


@pytest.fixture(scope="module")
def country():
    return papi.evaluate_country(2024)


@pytest.fixture(scope="module")
def result(country):
    return papi.of_province(country.places.get("quang-nam", "63"), country)


def rows(table):
    return [line.split("\t") for line in str(table).split("\n")][1:]


def with_parts(year, years):
    """Return a country whose dimensions are split evenly among their parts, lower in each year."""
    country = papi.evaluate_country(year)
    made = []
    for back, measured in enumerate(reversed(years)):
        for _, row in country.current.iterrows():
            if row["code"] == "total":
                continue
            parts = country.edition.get(row["code"]).children
            made += [
                {
                    **row[["system", "slug", "status"]],
                    "year": measured,
                    "code": part.code,
                    "value": row["value"] / len(parts) - 0.01 * back,
                    "source": f"sổ tính, {measured}, {part.code}",
                }
                for part in parts
            ]
    parts = add_standing(pd.DataFrame(made), country.definition.groups)
    return replace(country, standing=pd.concat([country.standing, parts], ignore_index=True))


def test_key_figures_are_one_row_in_a_block_of_their_own_without_caption(result):
    table = tables.key_figures(result)
    own = result.score("total")
    assert rows(table) == [["41,00", "Thấp", "55/61", numbers.signed(own.value - own.median)]]
    assert table.markdown.startswith("::: {.key-figures}\n|")
    assert table.markdown.endswith("\n:::")
    assert table._repr_mimebundle_()[1] == {"chiso": {"kind": "text"}}


def test_province_without_total_gets_its_dimensions_by_group(result):
    partial = replace(result, standing=result.standing.drop(index="total"))
    assert rows(tables.key_figures(partial)) == [["0/8", "1/8", "1/8", "6/8"]]


def test_dimensions_give_group_before_place_and_name_the_highest(result):
    table = tables.dimensions(result)
    assert table.header[1:4] == ("Điểm", "Nhóm", "Vị trí")
    assert rows(table)[6] == [
        *("6. Cung ứng dịch vụ công", "7,80", "Trung bình cao", "20/61", "7,51", "+0,28"),
        "8,42 (Quảng Ninh)",
    ]
    assert "[Trung bình cao]{.g3}" in table.markdown


def test_every_own_value_carries_its_row_of_the_published_file(result):
    traces = re.findall(r'\{\.so title="([^"]+)"\}', tables.dimensions(result).markdown)
    assert len(traces) == 9
    assert traces[0] == f"PAPI 2024, điểm tổng hợp, Quảng Nam: {result.score('total').source}"


def test_difference_is_taken_before_rounding(result):
    own = result.score("6")
    assert numbers.signed(own.value - own.median) == rows(tables.dimensions(result))[6][5]


def test_changes_across_a_break_are_words_with_a_reason_and_never_a_number(country):
    place = country.places.get("quang-ninh", "63")
    table = tables.changes(papi.of_province(place, country))
    by_name = {row[0]: row for row in rows(table)}
    assert by_name["Điểm tổng hợp"][-1] == "không so sánh"
    assert by_name["5. Thủ tục hành chính công"][-1] == "không so sánh"
    assert by_name["8. Quản trị điện tử"][-1] == "+0,80"
    assert "Không so sánh với năm 2020" in table.note
    assert "5.2" in table.note


def test_changes_of_the_first_year_show_nothing():
    first = papi.evaluate("quang-nam", 2020)
    table = tables.changes(first)
    assert table.is_empty
    assert "trước năm 2020" in table.reason


def test_units_stand_by_group_and_alphabet_and_those_without_data_last(country):
    table = tables.ranking(country)
    shown = rows(table)
    assert len(shown) == 63
    groups = [row[1] for row in shown]
    order = ["Cao", "Trung bình cao", "Trung bình thấp", "Thấp", MISSING]
    assert groups == sorted(groups, key=order.index)
    for group in order:
        names = [row[0] for row in shown if row[1] == group]
        assert names == sorted(names, key=unit_order)
    assert [row[0] for row in shown[-2:]] == ["Tiền Giang", "Vĩnh Phúc"]
    assert set(shown[-1][1:]) == {MISSING}
    assert f"{MISSING}: không có số liệu" in table.full_note


def test_no_cell_of_any_table_is_empty(result, country):
    made = [
        tables.key_figures(result),
        tables.dimensions(result),
        tables.changes(result),
        tables.ranking(country),
        tables.regions(country),
        tables.summary(country),
        tables.merged(country),
        tables.largest_changes(country, 2021),
    ]
    for table in made:
        assert all(cell for row in rows(table) for cell in row)
        assert not table.caption.endswith(".")


def test_merged_units_say_what_they_were_formed_of_and_why_some_are_missing(country):
    table = tables.merged(country)
    shown = {row[0]: row for row in rows(table)}
    assert len(shown) == 34
    assert shown["Đà Nẵng"][1:4] == ["Đà Nẵng và Quảng Nam", "Thấp", "41,97"]
    assert shown["Hà Nội"][1] == "giữ nguyên"
    assert set(shown["Phú Thọ"][2:]) == {MISSING}
    assert "Phú Thọ (thiếu Vĩnh Phúc)" in table.note
    assert "bình quân theo dân số năm 2020 của Đà Nẵng và Quảng Nam" in table.markdown
    one = country.current[
        (country.current["slug"] == "ha-noi") & (country.current["code"] == "total")
    ]
    assert f"Hà Nội: {one['source'].iloc[0]}" in table.markdown


def test_regions_stand_north_to_south_with_their_means(country):
    shown = rows(tables.regions(country))
    assert [row[0] for row in shown] == list(country.places.regions("63"))
    assert sum(int(row[1]) for row in shown) == 61


def test_summary_names_lowest_and_highest(country):
    assert rows(tables.summary(country))[0] == [
        *("Điểm tổng hợp", "61", "43,48", "43,43", "39,91 (Kiên Giang)", "47,82 (Quảng Ninh)")
    ]


def test_largest_changes_leave_out_what_may_not_be_compared(country):
    table = tables.largest_changes(country, 2020)
    names = [row[0] for row in rows(table)]
    assert "Điểm tổng hợp" not in names
    assert "5. Thủ tục hành chính công" not in names
    assert "Không so sánh được. Điểm tổng hợp" in table.note


def test_both_years_of_the_country_stand_side_by_side_over_the_same_units(country):
    table = tables.largest_changes(country, 2021)
    wide = country.standing[country.standing["code"] == "total"].pivot_table(
        index="slug", columns="year", values="value"
    )
    both = wide[[2021, 2024]].dropna()
    gap = both[2024] - both[2021]
    assert rows(table)[0] == [
        "Điểm tổng hợp",
        str(len(both)),
        numbers.decimal(both[2021].median()),
        numbers.decimal(both[2024].median()),
        numbers.signed(gap.median()),
        f"{numbers.signed(gap.quantile(0.25))} đến {numbers.signed(gap.quantile(0.75))}",
    ]
    for word in ("Tăng", "Giảm", "tăng", "giảm", "nhiều nhất", "Sóc Trăng"):
        assert word not in str(table)


def test_a_shared_place_is_marked_and_explained(countries):
    result = papi.of_province(countries[2024].places.get("lai-chau", "63"), countries[2024])
    for table in (tables.dimensions(result), tables.changes(result)):
        assert "31/61 (đồng hạng)" in str(table)
        assert "Đồng hạng: điểm làm tròn như nhau" in table.note
    assert "31/61 (đồng hạng)" in str(tables.key_figures(result))
    assert "Nhóm chia theo điểm chưa làm tròn" in tables.dimensions(result).note
    alone = papi.of_province(countries[2024].places.get("quang-ninh", "63"), countries[2024])
    assert "đồng hạng" not in str(tables.key_figures(alone))


def test_a_tie_through_two_groups_is_told_in_the_table_of_all_units(countries):
    note = tables.ranking(countries[2020]).note
    assert "khác nhóm, vì nhóm chia theo điểm chưa làm tròn: Đắk Nông, Hà Nội và Kon Tum" in note
    assert "khác nhóm" not in tables.ranking(countries[2024]).note


def test_the_differences_of_a_province_say_what_they_are(result):
    note = tables.changes(result).note
    assert note.startswith("Thay đổi là hiệu số của điểm chưa làm tròn; chỉ điểm tổng hợp được xét")


def test_largest_changes_refuse_a_later_year_and_say_when_nothing_is_known(country):
    with pytest.raises(ValueError, match="phải trước"):
        tables.largest_changes(country, 2024)
    assert tables.largest_changes(country, 2013).is_empty


def test_tables_of_what_was_not_imported_show_nothing(result):
    assert tables.sub_dimensions(result)._repr_mimebundle_() == ({}, {})
    assert tables.indicators(result)._repr_mimebundle_() == ({}, {})


def test_sub_dimensions_stand_below_their_dimension_with_their_scale():
    country = with_parts(2024, [2023, 2024])
    result = papi.of_province(country.places.get("quang-nam", "63"), country)
    shown = rows(tables.sub_dimensions(result))
    names = [row[0] for row in shown]
    assert names[:2] == ["1. Tham gia của người dân ở cấp cơ sở", "1.1 Tri thức công dân"]
    assert len(names) == 8 + 28
    assert shown[0][-1] == "1–10"
    assert shown[1][-1] == "0,25–2,50"


def test_heat_table_prints_value_and_place_of_every_cell_and_says_the_same_in_words():
    country = with_parts(2024, [2023, 2024])
    result = papi.of_province(country.places.get("quang-nam", "63"), country)
    chart = charts.sub_dimensions(result)
    shown = texts(chart)
    assert faults(chart) == []
    for code in ("1.1", "5.4", "8.3"):
        own = result.score(code)
        assert f"{numbers.decimal(own.value)} ({own.rank})" in shown
    assert {"2023", "2024", "Trung vị", "Cao nhất"} <= set(shown)
    told = set(re.findall(r"\d+,\d+", chart.alt))
    assert told <= set(re.findall(r"\d+,\d+", str(tables.sub_dimensions(result))))
    assert chart.svg() == charts.sub_dimensions(result).svg()


def test_heat_table_hatches_what_may_not_be_compared():
    country = with_parts(2020, [2019, 2020])
    result = papi.of_province(country.places.get("quang-nam", "63"), country)
    chart = charts.sub_dimensions(result)
    unlike = [row for row in chart.rows if not row["comparable"]]
    assert {row["year"] for row in unlike} == {2019}
    # Each hatched cell is a band with lines; one more stands in the legend.
    assert roles(chart.svg()).count("band") == len(unlike) + 1
    assert "Không so sánh với năm 2020" in texts(chart)


def test_indicators_print_shares_as_percentages_and_scores_as_scores(result):
    def of(slug, order, label, scale, value):
        return (2024, "63", slug, "1.1", order, label, "", scale, value, f"ô {slug}{order}")

    table = frame(
        [
            of("quang-nam", 1, "Biết chính sách (%)", "0%-100%", 0.6037),
            of("ha-noi", 1, "Biết chính sách (%)", "0%-100%", 0.9999),
            of("quang-nam", 2, "Mức hài lòng", "1-5 điểm", 3.456),
            of("ha-noi", 2, "Mức hài lòng", "1-5 điểm", 4.0),
            of("quang-nam", 3, "Chi phí (%)", "0%-100%", 12.5),
        ],
        INDICATOR_COLUMNS,
    )
    known = replace(result, country=replace(result.country, indicators=table))
    shown = rows(tables.indicators(known))
    assert shown == [
        ["1.1 Tri thức công dân", MISSING, MISSING, MISSING],
        ["Biết chính sách", "60,37%", "80,18%", "2"],
        ["Mức hài lòng", "3,46", "3,73", "2"],
        ["Chi phí (%)", "12,50", "12,50", "1"],
    ]
    assert "Mức hài lòng, Quảng Nam: ô quang-nam2" in tables.indicators(known).markdown


def test_tables_load_no_drawing_library():
    program = (
        "import sys; from helpers import tables\n"
        "assert not {'matplotlib', 'seaborn'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
