"""What PAPI was, edition by edition, and which years may be compared."""

from __future__ import annotations

import csv
from itertools import combinations
from statistics import median

import pytest

from helpers.definitions import compare_years

YEARS = range(2011, 2025)
EVERY_DIMENSION = [str(number) for number in range(1, 9)]


@pytest.mark.parametrize(
    ("years", "dimensions", "parts", "scale"),
    [
        (range(2011, 2016), 6, 22, (6, 60)),
        (range(2016, 2018), 6, 22, (6, 60)),
        (range(2018, 2019), 8, 28, (8, 80)),
        (range(2019, 2021), 8, 29, (8, 80)),
        (range(2021, 2025), 8, 28, (8, 80)),
    ],
    ids=lambda value: f"{value[0]}-{value[-1]}" if isinstance(value, range) else None,
)
def test_every_edition_has_the_published_number_of_criteria(
    papi_definition, years, dimensions, parts, scale
):
    for year in years:
        edition = papi_definition.edition(year)
        assert len(edition.dimensions) == dimensions
        assert sum(len(dimension.children) for dimension in edition.dimensions) == parts
        assert (edition.root.minimum, edition.root.maximum) == scale


def test_the_total_is_printed_from_10_where_the_arithmetic_gives_8(papi_definition):
    assert papi_definition.edition(2017).printed_scale == "6-60"
    assert papi_definition.edition(2018).printed_scale == "10-80"
    assert papi_definition.edition(2024).printed_scale == "10-80"


@pytest.mark.parametrize("year", YEARS)
def test_a_part_has_the_scale_of_its_number_of_siblings(papi_definition, year):
    scales = {2: (0.5, 5), 3: (0.33, 3.33), 4: (0.25, 2.5)}
    for dimension in papi_definition.edition(year).dimensions:
        assert (dimension.minimum, dimension.maximum) == (1, 10)
        for part in dimension.children:
            assert (part.minimum, part.maximum) == scales[len(dimension.children)]
            assert part.code.startswith(f"{dimension.code}.")


def test_dimension_5_keeps_its_codes_when_a_part_is_dropped(papi_definition):
    def codes(year):
        return [part.code for part in papi_definition.edition(year).get("5").children]

    assert codes(2020) == ["5.1", "5.2", "5.3", "5.4"]
    assert codes(2021) == ["5.1", "5.3", "5.4"]


@pytest.mark.parametrize(
    ("code", "earlier", "later"),
    [
        *[(code, 2017, 2018) for code in ("2.1", "2.2", "2.3")],
        *[(code, 2015, 2016) for code in ("3.2", "3.3")],
        *[(code, 2017, 2018) for code in ("3.1", "3.2", "3.3")],
    ],
)
def test_a_code_that_changed_meaning_has_another_id(papi_definition, code, earlier, later):
    ids = [papi_definition.edition(year).get(code).subject for year in (earlier, later)]
    assert ids[0] != ids[1]
    assert not compare_years(papi_definition, code, earlier, later).allowed


def test_codes_that_kept_their_subject_keep_their_id(papi_definition):
    for prefix in ("1", "4", "6"):
        for number in range(1, 5):
            code = f"{prefix}.{number}"
            assert len({papi_definition.edition(year).get(code).subject for year in YEARS}) == 1


BREAKS = {
    ("total", 2015, 2016), ("total", 2017, 2018), ("total", 2018, 2019), ("total", 2019, 2020),
    ("total", 2020, 2021),
    ("1", 2015, 2016), ("3", 2015, 2016), ("5", 2015, 2016),
    *((code, 2017, 2018) for code in EVERY_DIMENSION),
    ("7", 2018, 2019), ("8", 2018, 2019),
    ("8", 2019, 2020),
    ("3", 2020, 2021), ("5", 2020, 2021), ("6", 2020, 2021),
}  # fmt: skip


@pytest.mark.parametrize("later", YEARS[1:])
def test_years_next_to_each_other_break_exactly_where_the_method_changed(papi_definition, later):
    edition = papi_definition.edition(later)
    refused = {
        (code, later - 1, later)
        for code in ("total", *(dimension.code for dimension in edition.dimensions))
        if not compare_years(papi_definition, code, later - 1, later).allowed
    }
    assert refused == {entry for entry in BREAKS if entry[2] == later}


@pytest.mark.parametrize(
    ("code", "earlier", "later"),
    [
        ("total", 2021, 2024),
        ("total", 2011, 2015),
        ("total", 2016, 2017),
        ("2", 2011, 2017),
        ("4", 2011, 2017),
        ("6", 2011, 2017),
        ("1", 2018, 2024),
        ("2", 2018, 2024),
        ("4", 2018, 2024),
        ("7", 2019, 2024),
        ("8", 2020, 2024),
        ("6.1", 2019, 2022),
        ("3.1", 2018, 2024),
    ],
)
def test_the_same_measure_stays_comparable(papi_definition, code, earlier, later):
    answer = compare_years(papi_definition, code, earlier, later)
    assert answer.allowed
    assert answer.reasons == ()


@pytest.mark.parametrize("code", ["5.1", "5.3", "5.4", "3.2", "6.4"])
def test_a_part_whose_scale_or_formula_changed_is_refused(papi_definition, code):
    assert not compare_years(papi_definition, code, 2020, 2021).allowed


def test_siblings_of_a_part_that_changed_stay_comparable(papi_definition):
    for code in ("3.1", "3.3", "6.1", "6.2", "6.3"):
        assert compare_years(papi_definition, code, 2020, 2021).allowed
    for code in ("7.2", "7.3"):
        assert compare_years(papi_definition, code, 2018, 2019).allowed


def test_a_criterion_that_was_not_measured_is_refused_with_that_reason(papi_definition):
    answer = compare_years(papi_definition, "8.3", 2018, 2020)
    assert not answer.allowed
    assert answer.reasons


def test_a_refusal_across_two_breaks_gives_both_reasons(papi_definition):
    reasons = compare_years(papi_definition, "8", 2018, 2020).reasons
    assert len(reasons) == 2
    assert "8.3" in reasons[0]


def test_what_is_refused_over_a_part_of_a_span_is_refused_over_the_span(papi_definition):
    def allowed(code, earlier, later):
        return compare_years(papi_definition, code, earlier, later).allowed

    editions = {year: papi_definition.edition(year) for year in YEARS}
    checked = 0
    for code in [criterion.code for year in (2017, 2020) for criterion in editions[year].nodes]:
        answers = {
            (a, b): allowed(code, a, b)
            for a, b in combinations(YEARS, 2)
            if editions[a].has(code) and editions[b].has(code)
        }
        for a, b, c in combinations(YEARS, 3):
            if {(a, b), (b, c)} <= set(answers) and not (answers[a, b] and answers[b, c]):
                assert not answers[a, c], (code, a, b, c)
                checked += 1
    assert checked > 1000


def test_years_out_of_order_and_unknown_codes_are_errors(papi_definition):
    with pytest.raises(ValueError, match="phải nhỏ hơn"):
        compare_years(papi_definition, "1", 2021, 2021)
    with pytest.raises(KeyError, match=r"không có tiêu chí mang mã «5\.2»"):
        compare_years(papi_definition, "5.2", 2020, 2021)
    with pytest.raises(LookupError, match=r"có các giai đoạn 2011-2015, .*2021-2024"):
        papi_definition.edition(2010)


def test_every_break_says_why_and_where_that_was_read(papi_definition):
    assert papi_definition.breaks
    for entry in papi_definition.breaks:
        assert entry.reason[0].islower() or entry.reason.startswith("PAPI")
        assert not entry.reason.endswith(".")
        assert all(address.startswith("http") for address in entry.evidence)
    inferred = {(code, b.after): b.status for b in papi_definition.breaks for code in b.codes}
    assert inferred["8.3", 2020] == "inferred"
    assert inferred["3.2", 2021] == "reconstructed"
    assert inferred["6.4", 2021] == "reconstructed"


def test_the_base_year_is_that_of_the_term(papi_definition):
    bases = {year: papi_definition.base_year(year) for year in YEARS}
    assert [bases[year] for year in range(2017, 2021)] == [2016] * 4
    assert [bases[year] for year in range(2022, 2025)] == [2021] * 3
    assert bases[2021] is None


def test_only_what_was_not_printed_is_marked_as_inferred(papi_definition):
    def notes(year):
        return [note.status for note in papi_definition.edition(year).notes_for(year)]

    assert notes(2017) == ["reconstructed"]
    assert notes(2021) == notes(2024) == ["inferred"]
    assert notes(2022) == notes(2023) == notes(2020) == []


def test_published_group_sizes_run_from_low_to_high(papi_definition):
    groups = papi_definition.groups
    assert groups.names == ("Thấp", "Trung bình thấp", "Trung bình cao", "Cao")
    assert groups.published(63).sizes == (16, 15, 16, 16)
    assert groups.published(61).sizes == (16, 15, 15, 15)
    assert groups.published(60).sizes == (15, 15, 15, 15)
    assert not groups.published(60).confirmed
    assert groups.published(34) is None


def test_the_likely_error_is_the_median_of_the_printed_ones(papi_definition, shared):
    with (shared / "papi_totals_ci.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["year"] in ("2019", "2022", "2023")]
    errors = [float(row["standard_error"]) for row in rows if row["standard_error"]]
    known = [error for error in errors if error > 0]
    assert (len(errors), len(known)) == (185, 182)
    likely = papi_definition.likely_error("total", 2024)
    assert likely.standard_error == pytest.approx(median(known), abs=0.0005)
    assert likely.status == "assumed"


def test_no_error_is_assumed_of_a_dimension_or_of_the_old_total(papi_definition):
    assert papi_definition.likely_error("1", 2024) is None
    assert papi_definition.likely_error("total", 2017) is None
    assert papi_definition.likely_error("total", 2018).standard_error == 0.415


def test_english_names_and_codes_are_those_of_the_official_workbooks(papi_definition, shared):
    with (shared / "papi_scores.csv").open(encoding="utf-8", newline="") as file:
        printed = {(int(row["year"]), row["code"], row["name_en"]) for row in csv.DictReader(file)}
    assert printed
    for year in sorted({year for year, _, _ in printed}):
        known = {(year, c.code, c.name_en) for c in papi_definition.edition(year).nodes}
        seen = {entry for entry in printed if entry[0] == year}
        assert {e[1] for e in known} == {e[1] for e in seen}
        assert {e for e in known if e[1] != "total"} == {e for e in seen if e[1] != "total"}


@pytest.mark.parametrize("whole", [True, False])
def test_a_break_reaches_its_parts_only_if_the_whole_was_rebuilt(papi_definition, whole):
    added = papi_definition.breaks[0].model_copy(
        update={"before": 2022, "after": 2023, "codes": ("4",), "whole": whole}
    )
    changed = papi_definition.model_copy(update={"breaks": (*papi_definition.breaks, added)})
    refused = {
        criterion.code
        for criterion in changed.edition(2023).nodes
        if not compare_years(changed, criterion.code, 2022, 2023).allowed
    }
    parts = {"4.1", "4.2", "4.3", "4.4"} if whole else set()
    assert refused == {"total", "4"} | parts
    assert compare_years(changed, "4", 2023, 2024).allowed
    assert compare_years(changed, "4", 2021, 2022).allowed
