from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from inputs_workbooks import (
    PROVINCES,
    SLUGS,
    Grid,
    bilingual_sheet,
    columns_sheet,
    copy_project,
    edition,
    find_row,
    rows_sheet,
    save,
    score,
)

from helpers.indices.papi.read_workbook import read_papi_workbook
from helpers.inputs.columns import ImportedTables
from helpers.inputs.problems import InputError, Problem
from helpers.places import register
from helpers.project import Project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return copy_project(tmp_path_factory.mktemp("checkout"))


@pytest.fixture
def read(tmp_path: Path, project: Project):
    def run(sheets: dict[str, Grid], name: str = "so.xlsx") -> ImportedTables:
        return read_papi_workbook(save(tmp_path / name, sheets), project)

    return run


@pytest.fixture
def refuse(read):
    def run(sheets: dict[str, Grid], name: str = "so.xlsx") -> tuple[Problem, ...]:
        with pytest.raises(InputError) as caught:
            read(sheets, name)
        return caught.value.errors

    return run


def rules(tables: ImportedTables) -> set[str]:
    return {problem.rule for problem in tables.problems}


def told(tables: ImportedTables, rule: str) -> Problem:
    found = [problem for problem in tables.problems if problem.rule == rule]
    assert len(found) == 1, [str(problem) for problem in tables.problems]
    return found[0]


def value_of(tables: ImportedTables, slug: str, code: str) -> float:
    scores = tables.scores
    rows = scores[(scores["slug"] == slug) & (scores["code"] == code)]
    assert len(rows) == 1
    return float(rows["value"].iloc[0])


# Layouts


@pytest.mark.parametrize("year", [2018, 2019, 2021])
def test_criteria_in_rows_give_every_score_of_every_province(read, year):
    tables = read({str(year): columns_sheet(year)})
    assert len(tables.scores) == 3 * len(edition(year).nodes)
    for number, slug in enumerate(SLUGS):
        for criterion in edition(year).nodes:
            expected = score(year, number, criterion.code)
            assert value_of(tables, slug, criterion.code) == pytest.approx(expected, abs=1e-12)


def test_scores_say_where_they_were_read(read):
    tables = read({"2019": columns_sheet(2019)})
    first = tables.scores.iloc[0]
    assert (first["slug"], first["code"]) == ("ha-noi", "total")
    assert first["source"] == "so.xlsx, trang tính 2019, ô C3"
    assert list(tables.scores["code"][:4]) == ["total", "1", "1.1", "1.2"]


def test_two_label_columns_give_both_languages_and_the_number_of_interviews(read):
    tables = read({"2023": bilingual_sheet(2023)})
    row = tables.indicators.iloc[0]
    assert row["label_vi"] == "Tỷ lệ người trả lời đồng ý (%)"
    assert row["label_en"] == "Share who agree"
    assert row["scale"] == "0%-100%"
    assert list(tables.intervals["observations"]) == [1120, 248, 251]
    assert list(tables.intervals["slug"]) == list(SLUGS)


def test_provinces_in_rows_give_the_scores_and_a_total_that_is_marked_as_computed(read):
    tables = read({"2016": rows_sheet(2016)})
    totals = tables.scores[tables.scores["code"] == "total"]
    assert set(totals["status"]) == {"computed"}
    assert value_of(tables, "ha-giang", "total") == pytest.approx(score(2016, 1, "total"))
    assert value_of(tables, "quang-nam", "2.3") == pytest.approx(score(2016, 2, "2.3"))
    assert told(tables, "total-computed").severity == "note"
    assert tables.indicators.empty
    assert tables.intervals.empty


def test_no_total_is_computed_where_a_dimension_is_missing(read):
    grid = rows_sheet(2016)
    grid[1][1] = None
    tables = read({"2016": grid})
    assert set(tables.scores[tables.scores["code"] == "total"]["slug"]) == {"ha-giang", "quang-nam"}


def test_labels_of_a_later_edition_over_old_scores_are_told_with_the_right_names(read):
    tables = read({"2016": rows_sheet(2016, labels_of=2018)})
    problem = told(tables, "later-labels")
    assert "từ năm 2018" in problem.message
    assert "2.1 Danh sách hộ nghèo" in problem.message
    assert "later-labels" not in rules(read({"2017": rows_sheet(2017)}))


def test_sheet_and_file_names_may_carry_the_year(read):
    assert read({"PAPI 2022 cấp tỉnh": columns_sheet(2022)}).years == (2022,)
    assert read({"Sheet1": columns_sheet(2024)}, "2024PAPI_chi_tieu.xlsx").years == (2024,)


def test_names_without_diacritics_and_decomposed_names_are_understood(read):
    grid = columns_sheet(2018)
    grid[1][2:] = ["Ha Noi", "Ha\u0300 Giang ", "tỉnh Quảng Nam"]
    assert set(read({"2018": grid}).scores["slug"]) == set(SLUGS)


# Traps that are handled and told


def test_process_sheets_are_left_out_with_one_note(read):
    tables = read(
        {"2019": columns_sheet(2019), "2019_Process": rows_sheet(2016), "2020_Process": []}
    )
    assert tables.years == (2019,)
    assert "2019_Process, 2020_Process" in told(tables, "leftover-sheets").message
    assert [one.taken for one in tables.sheets] == [True, False, False]


def test_zero_scores_and_their_indicators_are_missing_and_named(read):
    grid = columns_sheet(2019)
    for start in ("Chỉ số PAPI tổng hợp (không có trọng số)", "Chỉ số nội dung 1", "1.1", "1.2"):
        grid[find_row(grid, start)][3] = 0
    for start in ("1.3", "1.4"):
        grid[find_row(grid, start)][3] = 0
    grid[find_row(grid, "1.1") + 1][3] = 0  # the indicator of 1.1
    tables = read({"2019": grid})
    own = tables.scores[tables.scores["slug"] == "ha-giang"]
    assert {"total", "1", "1.1", "1.2", "1.3", "1.4"}.isdisjoint(own["code"])
    assert (tables.scores["value"] > 0).all()
    problem = told(tables, "zero-is-missing")
    assert "Hà Giang (điểm tổng hợp, 1, 1.1, 1.2, 1.3, 1.4)" in problem.message
    assert problem.cell is not None
    assert problem.cell.startswith("D3, ")
    assert "1 số 0" in told(tables, "zero-indicator").message
    assert "Không có điểm tổng hợp: Hà Giang" in told(tables, "coverage").message
    assert "ha-giang" not in set(tables.intervals["slug"])


def test_a_zero_of_an_indicator_is_a_value_where_the_sub_dimension_has_a_score(read):
    tables = read({"2019": columns_sheet(2019)})
    own = tables.indicators[tables.indicators["slug"] == "quang-nam"]
    assert (own["value"] == 0).all()
    assert len(own) == sum(not c.children for c in edition(2019).nodes)


def of_all_provinces(year: int):
    """Return a sheet of all 63 provinces; scores and shares come round every three."""
    grid = columns_sheet(year)
    units = register().units("63")
    made = [
        ["Mã tỉnh", "Thang điểm", *(float(unit.gso_code) for unit in units)],
        ["Tỉnh/Thành phố trực thuộc trung ương", "", *(unit.own_name for unit in units)],
    ]
    for row in grid[2:]:
        made.append([*row[:2], *(row[2 + number % 3] for number in range(len(units)))])
    return made, [unit.slug for unit in units]


def test_a_zero_far_below_all_other_provinces_is_no_value_and_is_named(read):
    grid, slugs = of_all_provinces(2019)
    voted = find_row(grid, "1.2") + 1
    grid[voted][2:] = [0.42 + number / 200 for number in range(63)]
    for slug in ("bac-ninh", "quang-ninh"):
        grid[voted][2 + slugs.index(slug)] = 0.0
    asked = find_row(grid, "1.3") + 1
    grid[asked][2:] = [0.001 + number / 200 for number in range(63)]
    grid[asked][2 + slugs.index("bac-ninh")] = 0.0
    tables = read({"2019": grid})
    own = tables.indicators
    of_vote = own[own["sub_dimension"] == "1.2"]
    assert set(slugs) - set(of_vote["slug"]) == {"bac-ninh", "quang-ninh"}
    assert (of_vote["value"] > 0).all()
    # Where others come near nothing, nothing is a value.
    rare = own[(own["sub_dimension"] == "1.3") & (own["slug"] == "bac-ninh")]
    assert rare["value"].tolist() == [0.0]
    message = told(tables, "zero-without-base").message
    assert "Bắc Ninh, Quảng Ninh" in message
    assert message.startswith("2 số 0")
    # The scores are PAPI's own and stay.
    assert len(tables.scores[tables.scores["slug"] == "bac-ninh"]) == len(edition(2019).nodes)


def test_a_score_below_its_scale_is_left_out_with_a_warning(read):
    grid = columns_sheet(2019)
    grid[find_row(grid, "1.1")][2] = 0.1
    tables = read({"2019": grid})
    assert told(tables, "below-scale").severity == "warning"
    assert "1.1" not in set(tables.scores[tables.scores["slug"] == "ha-noi"]["code"])


def test_a_sheet_that_repeats_an_earlier_year_is_refused_and_the_others_are_taken(read):
    repeated = columns_sheet(2019)
    tables = read({"2019": columns_sheet(2019), "2020": repeated, "2022": columns_sheet(2022)})
    assert tables.years == (2019, 2022)
    problem = told(tables, "repeats-year")
    assert problem.severity == "warning"
    assert problem.sheet == "2020"
    assert "«2019»" in problem.message
    cells = 3 * (len(edition(2019).nodes) - 1)
    assert f"{cells} trên {cells} ô" in problem.message


def test_a_repeated_sheet_of_another_edition_is_recognised_before_its_codes_are_judged(read):
    grid = columns_sheet(2019)  # holds 5.2, which the edition of 2021 does not have
    tables = read({"2019": columns_sheet(2019), "2021": grid})
    assert tables.years == (2019,)


def test_a_lone_sheet_that_repeats_a_year_known_before_leaves_nothing(tmp_path, project):
    known = read_papi_workbook(save(tmp_path / "a.xlsx", {"2019": columns_sheet(2019)}), project)
    path = save(tmp_path / "b.xlsx", {"2020": columns_sheet(2019)})
    with pytest.raises(InputError) as caught:
        read_papi_workbook(path, project, known=known.scores)
    assert "nothing-usable" in {one.rule for one in caught.value.errors}
    assert "repeats-year" in {one.rule for one in caught.value.problems}


def test_a_year_that_differs_from_what_was_known_is_told(tmp_path, project):
    known = read_papi_workbook(save(tmp_path / "a.xlsx", {"2022": columns_sheet(2022)}), project)
    grid = columns_sheet(2022)
    row = find_row(grid, "1.1")
    grid[row][2] = float(str(grid[row][2])) + 0.01
    again = read_papi_workbook(save(tmp_path / "b.xlsx", {"2022": grid}), project, known.scores)
    assert "Hà Nội, mã 1.1" in told(again, "differs").message


def test_stars_are_removed_and_told_once(read):
    grid = columns_sheet(2019)
    grid[1][4] = "Quảng Nam*"
    grid[find_row(grid, "1.2")][0] = "1.2: Cơ hội tham gia(*)"
    tables = read({"2019": grid, "2022": columns_sheet(2022)})
    assert "Quảng Nam (2019)" in told(tables, "stars").message
    assert not tables.indicators["label_vi"].str.contains("*", regex=False).any()
    assert value_of_year(tables, 2019, "quang-nam", "1.2") > 0


def value_of_year(tables: ImportedTables, year: int, slug: str, code: str) -> float:
    s = tables.scores
    rows = s[(s["year"] == year) & (s["slug"] == slug) & (s["code"] == code)]
    return float(rows["value"].iloc[0])


@pytest.mark.parametrize("blank", ["KCDL", " kcdl ", "", "*", "  "])
def test_blank_and_no_data_cells_are_missing(read, blank):
    grid = columns_sheet(2018)
    row = find_row(grid, "3.3")
    grid[row][3] = blank
    tables = read({"2018": grid})
    assert "3.3" not in set(tables.scores[tables.scores["slug"] == "ha-giang"]["code"])
    assert ("no-data" in rules(tables)) == ("kcdl" in blank.casefold())


def test_a_province_without_any_number_is_named_as_missing(read):
    grid = columns_sheet(2023)
    for row in grid[2:]:
        row[4] = None
    tables = read({"2023": grid})
    assert "quang-nam" not in set(tables.scores["slug"])
    assert "Quảng Nam" in told(tables, "coverage").message


@pytest.mark.parametrize(("start", "code"), [("Chỉ số nội dung 3", "3"), ("Chỉ số PAPI", "total")])
def test_a_sum_that_does_not_hold_is_told_with_its_cell(read, start, code):
    grid = columns_sheet(2019)
    row = find_row(grid, start)
    grid[row][3] = float(str(grid[row][3])) + 0.0002
    tables = read({"2019": grid})
    problems = [one for one in tables.problems if one.rule == "sum"]
    assert f"D{row + 1}" in {one.cell for one in problems}
    assert all("Hà Giang" in one.message for one in problems)
    assert value_of(tables, "ha-giang", code) == pytest.approx(score(2019, 1, code) + 0.0002)


def test_sums_that_hold_to_single_precision_are_not_told(read):
    grid = columns_sheet(2019)
    row = find_row(grid, "Chỉ số nội dung 3")
    grid[row][3] = float(str(grid[row][3])) + 0.00005
    assert "sum" not in rules(read({"2019": grid}))


def test_an_interval_without_width_is_no_interval(read):
    grid = columns_sheet(2022)
    total = find_row(grid, "Chỉ số PAPI")
    for row in (total + 1, total + 2):
        grid[row][4] = grid[total][4]
    grid[total + 3][4] = 0
    tables = read({"2022": grid})
    assert list(tables.intervals["slug"]) == ["ha-noi", "ha-giang"]
    assert "Quảng Nam" in told(tables, "zero-error").message


def test_an_interval_labelled_95_with_the_width_of_90_keeps_its_standard_error(read):
    tables = read({"2022": columns_sheet(2022)})
    problem = told(tables, "not-95")
    assert "1,645" in problem.message
    assert "90%" in problem.message
    assert list(tables.intervals["standard_error"]) == [0.2, 0.2, 0.2]


def test_weighted_rows_are_never_taken_for_the_total(read):
    grid = columns_sheet(2019)
    weighted: Grid = [["Chỉ số PAPI tổng hợp (có trọng số)", "10-80 điểm", 50, 51, 52]]
    tables = read({"2019": [*grid[:2], *weighted, *grid[2:]]})
    assert value_of(tables, "ha-noi", "total") == pytest.approx(score(2019, 0, "total"))


def test_an_indicator_printed_in_per_cent_is_brought_to_shares(read):
    grid = columns_sheet(2019)
    grid[find_row(grid, "6.4") + 1][2:] = [9.4, 6.2, 14.8]
    tables = read({"2019": grid})
    rows = tables.indicators[tables.indicators["sub_dimension"] == "6.4"]
    assert list(rows["value"]) == pytest.approx([0.094, 0.062, 0.148])
    assert told(tables, "per-cent").severity == "note"


def test_a_single_share_above_one_is_kept_and_told(read):
    grid = columns_sheet(2019)
    grid[find_row(grid, "4.4") + 1][2] = 1.05
    tables = read({"2019": grid})
    assert "Hà Nội" in told(tables, "over-100").message
    assert tables.indicators["value"].max() == pytest.approx(1.05)


def test_a_year_without_definition_is_refused_and_the_others_are_taken(read):
    tables = read({"2022": columns_sheet(2022), "2035": columns_sheet(2022)})
    assert tables.years == (2022,)
    assert told(tables, "no-edition").severity == "warning"


def test_codes_of_the_statistics_office_that_contradict_the_name_are_told(read):
    grid = columns_sheet(2022)
    grid[0][3] = 4.0
    assert told(read({"2022": grid}), "gso-code").cell == "D1"


def test_a_printed_scale_that_contradicts_the_edition_is_told(read):
    grid = columns_sheet(2022)
    grid[find_row(grid, "5.1")][1] = "0.25-2.5 điểm"
    assert "5.1" in told(read({"2022": grid}), "printed-scale").message


# What cannot be understood


@pytest.mark.parametrize("wrong", ["78,04", "n/a", datetime.date(2020, 5, 1), True])
def test_anything_but_a_number_in_a_value_cell_is_an_error_with_sheet_and_cell(refuse, wrong):
    grid = columns_sheet(2019)
    row = find_row(grid, "2.2")
    grid[row][3] = wrong
    (problem,) = refuse({"2019": grid})
    assert (problem.rule, problem.sheet, problem.cell) == ("not-a-number", "2019", f"D{row + 1}")


def test_an_excel_error_is_not_taken_for_a_blank(refuse):
    grid = columns_sheet(2019)
    row = find_row(grid, "2.2")
    grid[row][4] = "#N/A"  # openpyxl writes it as an error cell
    (problem,) = refuse({"2019": grid})
    assert (problem.rule, problem.cell) == ("not-a-number", f"E{row + 1}")
    assert "#N/A" in problem.message


def test_an_unknown_province_is_an_error_with_a_suggestion(refuse):
    grid = columns_sheet(2019)
    grid[1][4] = "Quảng Nan"
    (problem,) = refuse({"2019": grid})
    assert (problem.rule, problem.cell) == ("unknown-place", "E2")
    assert "Quảng Nam" in problem.message


def test_numbers_without_a_province_are_an_error(refuse):
    grid = columns_sheet(2019)
    grid[1][4] = None
    (problem,) = refuse({"2019": grid})
    assert problem.rule == "no-place"


def test_the_same_province_twice_is_an_error(refuse):
    grid = columns_sheet(2019)
    grid[1][4] = "ha noi"
    (problem,) = refuse({"2019": grid})
    assert (problem.rule, problem.cell) == ("place-twice", "C2, E2")


def test_two_sheets_of_one_year_are_an_error(refuse):
    errors = refuse({"2019": columns_sheet(2019), "PAPI 2019": columns_sheet(2019)})
    assert "year-twice" in {one.rule for one in errors}


def test_a_code_that_the_edition_does_not_have_is_an_error(refuse):
    grid = columns_sheet(2022)
    grid[find_row(grid, "5.1")][0] = "5.2: Thủ tục xin cấp phép xây dựng"
    (problem,) = refuse({"2022": grid})
    assert problem.rule == "unknown-code"


def test_a_criterion_printed_twice_is_an_error(refuse):
    grid = columns_sheet(2022)
    grid[find_row(grid, "5.3")][0] = "5.1: Dịch vụ chứng thực"
    assert "repeated-code" in {one.rule for one in refuse({"2022": grid})}


def test_a_score_above_its_scale_is_an_error(refuse):
    grid = columns_sheet(2022)
    grid[find_row(grid, "1.1")][2] = 25
    assert "above-scale" in {one.rule for one in refuse({"2022": grid})}


def test_an_empty_sheet_and_a_foreign_sheet_are_errors(refuse):
    assert refuse({"2022": []})[0].rule == "empty-sheet"
    assert refuse({"2022": [["Doanh thu", 3]]})[0].rule == "no-criteria"


def test_a_workbook_without_a_year_is_an_error(refuse):
    assert [one.rule for one in refuse({"a": [["x"]], "b": [["y"]]})] == ["nothing-usable"]


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "not-a-workbook"),
        (b"year,value\n2020,1\n", "not-a-workbook"),
        (b"PK\x03\x04" + b"\0" * 200, "not-a-workbook"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600, "old-format"),
        (
            bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le"),
            "password",
        ),
    ],
)
def test_a_file_that_is_no_workbook_is_refused_with_its_reason(tmp_path, project, content, rule):
    path = tmp_path / "so.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_papi_workbook(path, project)
    (problem,) = caught.value.errors
    assert (problem.rule, problem.file) == (rule, "so.xlsx")


def test_a_truncated_workbook_and_a_missing_file_are_refused(tmp_path, project):
    path = save(tmp_path / "so.xlsx", {"2019": columns_sheet(2019)})
    path.write_bytes(path.read_bytes()[:-500])
    with pytest.raises(InputError, match="bị hỏng"):
        read_papi_workbook(path, project)
    with pytest.raises(InputError, match="Không có tệp này"):
        read_papi_workbook(tmp_path / "khong-co.xlsx", project)


def test_every_problem_names_its_remedy_in_one_line(read):
    grid = columns_sheet(2019)
    grid[find_row(grid, "1.1")][2] = 0
    tables = read({"2018": columns_sheet(2018), "2019": grid, "2020": grid})
    assert len(tables.problems) > 4
    for problem in tables.problems:
        text = str(problem)
        assert "Cách xử lý: " in text
        assert "\n" not in text
        assert text.endswith(".")
    assert PROVINCES[0] in str(told(tables, "zero-is-missing"))
