from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from helpers.inputs.problems import InputError, Problem, Where, cell_name, cell_names


def test_a_problem_reads_as_where_what_and_what_to_do():
    problem = Where("PAPI.xlsm", "2020").error("rule", "Điểm sai.", "sửa lại.", "D7")
    assert str(problem) == (
        "lỗi · PAPI.xlsm · trang tính «2020» · ô D7: Điểm sai. Cách xử lý: sửa lại."
    )


def test_a_problem_of_a_text_file_names_the_line():
    problem = Problem("warning", "papi.csv", None, None, "rule", "Lạ.", "xem lại.", 17)
    assert str(problem) == "cảnh báo · papi.csv · dòng 17: Lạ. Cách xử lý: xem lại."


def test_an_input_error_shows_its_errors_and_keeps_the_rest():
    where = Where("a.xlsx", "2020")
    note, error = where.note("n", "Biết.", "không."), where.error("e", "Hỏng.", "sửa.")
    caught = InputError([note, error])
    assert str(caught) == str(error)
    assert caught.problems == (note, error)
    assert caught.errors == (error,)


def test_an_input_error_survives_the_way_back_from_a_worker():
    error = InputError([Where("a.xlsx", "2020").error("e", "Hỏng.", "sửa.")])
    again = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert again.problems == error.problems


@given(row=st.integers(0, 10**6), column=st.integers(0, 16383))
def test_cell_names_are_those_of_excel(row, column):
    assert cell_name(row, column) == f"{get_column_letter(column + 1)}{row + 1}"


@pytest.mark.parametrize(
    ("count", "text"),
    [(1, "A1"), (6, "A1, B1, C1, D1, E1, F1"), (8, "A1, B1, C1, D1, E1, F1 và 2 ô khác")],
)
def test_long_lists_of_cells_are_cut_and_counted(count, text):
    assert cell_names([(0, column) for column in range(count)]) == text
