"""Parts against their sums."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.indices.papi.arithmetic import check_sums

COLUMNS = ["slug", "code", "printed", "computed", "difference"]


def table(edition, *, leave_out=(), **changed):
    """Scores of one unit in which every part is 1 and every sum is right, unless `changed`."""
    values = {}
    for criterion in reversed(edition.nodes):
        parts = [values[child.code] for child in criterion.children]
        values[criterion.code] = sum(parts) if parts else 1.0
    values |= {code.replace("_", "."): value for code, value in changed.items()}
    return pd.DataFrame(
        [
            {"slug": "ha-noi", "code": code, "value": value}
            for code, value in values.items()
            if code not in leave_out
        ]
    )


@pytest.mark.parametrize("year", [2013, 2017, 2018, 2020, 2024])
def test_right_sums_are_not_listed(papi_definition, year):
    edition = papi_definition.edition(year)
    found = check_sums(table(edition), edition)
    assert found.empty
    assert list(found.columns) == COLUMNS


def test_a_wrong_sum_is_listed_with_both_figures(papi_definition):
    edition = papi_definition.edition(2024)
    found = check_sums(table(edition, total=29.0), edition)
    assert found[["slug", "code"]].to_numpy().tolist() == [["ha-noi", "total"]]
    assert found.loc[0, "printed"] == 29
    assert found.loc[0, "computed"] == pytest.approx(28)
    assert found.loc[0, "difference"] == pytest.approx(1)


def test_a_wrong_part_shows_in_the_sum_right_above_it(papi_definition):
    edition = papi_definition.edition(2024)
    found = check_sums(table(edition, **{"6_4": 1.5}), edition)
    assert found["code"].tolist() == ["6"]


def test_rounding_of_published_figures_is_not_an_error(papi_definition):
    edition = papi_definition.edition(2024)
    assert check_sums(table(edition, total=28.00009), edition).empty
    assert check_sums(table(edition, total=28.00011), edition)["code"].tolist() == ["total"]


def test_a_sum_with_a_missing_part_is_not_checked(papi_definition):
    edition = papi_definition.edition(2024)
    assert check_sums(table(edition, leave_out=("6.4",), **{"6": 1.0}), edition).loc[
        :, "code"
    ].tolist() == ["total"]


@given(st.floats(-5, 5))
def test_the_difference_is_printed_minus_computed(papi_definition, shift):
    edition = papi_definition.edition(2024)
    found = check_sums(table(edition, total=28 + shift), edition)
    assert len(found) == (abs(28 + shift - 28) > 1e-4)
    for row in found.itertuples():
        assert row.difference == pytest.approx(shift)
        assert row.difference == row.printed - row.computed


def test_every_shipped_year_sums_up(countries):
    for country in countries.values():
        assert country.detail.wrong_sums.empty
