"""A column is read by the same rules as a single cell, whatever a file stores it as."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.definitions.forms import Field
from helpers.inputs.faults import BadValueError
from helpers.inputs.records_files import RawTable
from helpers.inputs.records_values import TYPES, typed_column
from helpers.inputs.values import read_value

FIELDS = {
    "count": Field(code="x", label="X", kind="count", minimum=0),
    "number": Field(code="x", label="X", kind="number"),
    "percent": Field(code="x", label="X", kind="percent", minimum=0, maximum=100),
    "date": Field(code="x", label="X", kind="date"),
    "flag": Field(code="x", label="X", kind="flag"),
    "choice": Field(code="x", label="X", kind="choice", choices=("Nam", "Nữ"), words={"f": "Nữ"}),
    "text": Field(code="x", label="X", kind="text"),
    "year": Field(code="x", label="X", kind="year"),
}
KINDS = st.sampled_from(["count", "number", "percent", "date", "flag", "text", "year"])
NUMBERS = st.none() | st.floats(-200, 200, width=32)
WRITTEN = st.sampled_from(
    ["", " ", "5.182", "78,04", "78.04", "1.234", "1,234", "-3", "12%", "29/02/2023", "28/02/2023",
     "2023-02-28", "31/12/23", "45000", "có", "X", "không", "0", "1", "2023", "nam", "NỮ", "f", "Nam ",
     "#N/A", "Tû lÖ", "a b", "−4", "1e5", "∞"]
)  # fmt: skip


def column(values, kind, dtype=None):
    table = RawTable(
        "tệp.csv", None, ("X",), pl.DataFrame({"0": pl.Series(values, dtype=dtype)}), 1
    )
    return typed_column(table, 0, FIELDS[kind])


@given(
    st.lists(WRITTEN, min_size=1, max_size=12),
    KINDS,
)
def test_written_cells_are_read_like_single_ones(cells, kind):
    series, problems = column(cells, kind, pl.String)
    assert series.dtype == TYPES[kind]
    faults = set()
    for cell, value in zip(cells, series.to_list(), strict=True):
        try:
            assert value == read_value(cell, FIELDS[kind]).value
        except BadValueError as error:
            faults.add(error.rule)
            assert value is None
    assert {problem.rule for problem in problems} == faults


@given(
    st.lists(NUMBERS, min_size=1, max_size=12),
    st.sampled_from(["count", "number", "percent"]),
)
def test_stored_numbers_are_read_like_single_ones(cells, kind):
    series, problems = column(cells, kind, pl.Float64)
    wrong = 0
    for cell, value in zip(cells, series.to_list(), strict=True):
        try:
            expected = read_value(cell, FIELDS[kind]).value
        except BadValueError:
            wrong += 1
        else:
            assert value == (None if expected is None else pytest.approx(expected, rel=1e-11))
    assert bool(problems) == bool(wrong)


def test_stored_dates_truth_values_and_codes():
    assert column([datetime(2023, 5, 4, 13, 0), None], "date")[0].to_list() == [
        date(2023, 5, 4),
        None,
    ]
    assert column([True, False, None], "flag")[0].to_list() == [True, False, None]
    assert column([1.0, 0.0, None], "flag")[0].to_list() == [True, False, None]
    assert column([45000.0], "date")[0].to_list() == [date(2023, 3, 15)]
    assert column([12345.0, None, 7.0], "text")[0].to_list() == ["12345", None, "7"]
    assert column([float("nan"), 7.0], "text")[0].to_list() == [None, "7"]
    assert column([2023, 2024], "year")[0].to_list() == [2023, 2024]


@pytest.mark.parametrize("value", [1e300, 2e15])
def test_numbers_too_large_to_be_true_are_refused(value):
    _, problems = column([value], "count")
    assert [problem.rule for problem in problems] == ["too-large"]
    _, problems = column([f"{value:.0f}"], "count")
    assert [problem.rule for problem in problems] == ["too-large"]


@pytest.mark.parametrize(("cells", "kind"), [([1, 2, None], "choice"), (["2", "x"], "flag")])
def test_a_code_is_not_a_place_in_a_list(cells, kind):
    _, problems = column(cells, kind)
    assert [problem.rule for problem in problems] == ["unknown-code"]
    assert "words: {x: {" in problems[0].remedy


def test_a_code_stands_for_what_the_form_or_the_settings_say():
    field = FIELDS["choice"].model_copy(update={"words": {"1": "Nữ", "2": "Nam"}})
    table = RawTable("tệp.csv", None, ("X",), pl.DataFrame({"0": [1, 2, None]}), 1)
    series, problems = typed_column(table, 0, field)
    assert series.to_list() == ["Nữ", "Nam", None]
    assert not problems


def test_decimals_of_a_parquet_file_are_numbers(tmp_path):
    from helpers.inputs.records_excel import read_parquet

    path = tmp_path / "x.parquet"
    kept = pl.Series(["u"], dtype=pl.Categorical)
    pl.DataFrame({"a": [Decimal("1.50")], "b": kept}).write_parquet(path)
    table = read_parquet(path, "x.parquet", lambda sheet, rows: 0)
    assert table.frame.row(0) == (1.5, "u")
    pl.DataFrame({"a": [[1, 2]]}).write_parquet(path)
    with pytest.raises(Exception, match="mỗi ô một giá trị"):
        read_parquet(path, "x.parquet", lambda sheet, rows: 0)
