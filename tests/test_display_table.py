"""What a table object promises, whatever stands in its cells."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.core.formatters import DisplayFormatter

from helpers.display.table import Badge, Strong, Table
from helpers.words.numbers import Number

HOSTILE = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1
).filter(lambda text: text.strip())


def split(line: str) -> list[str]:
    return re.split(r"(?<!\\)\|", line)


@given(st.lists(HOSTILE, min_size=1, max_size=4), HOSTILE)
def test_every_row_keeps_its_number_of_cells_whatever_is_written_in_them(cells, trace):
    made = (*cells, Number("4,36", trace), Badge("Cao", "g4"), Strong(cells[0]))
    table = Table(tuple("abcdefg"[: len(made)]), (made,), "Bảng", "l" * len(made))
    lines = table.pipe.split("\n")
    assert {len(split(line)) for line in lines} == {len(made) + 2}


def test_text_of_a_cell_is_text_in_html():
    table = Table(("Tên",), (("<script>alert(1)</script> | *x* 1. y",),), "Bảng", "l")
    data, _ = table._repr_mimebundle_()
    assert "<script>" not in data["text/html"]
    assert "&lt;script&gt;alert(1)&lt;/script&gt; | *x* 1. y</th>" in data["text/html"]


def test_cell_that_begins_like_a_list_comes_out_as_written():
    assert "| 1. Tham gia |" in Table(("Chỉ số",), (("1. Tham gia",),), "Bảng", "l").pipe


def test_own_value_carries_its_trace_and_a_bar_in_it_ends_no_cell():
    table = Table(("Điểm",), ((Number("4,36", 'tệp "a|b".xlsx'),),), "Bảng", "r")
    assert '[4,36]{.so title="tệp ”a/b”.xlsx"}' in table.markdown
    assert '<span class="so" title="tệp ”a/b”.xlsx">4,36</span>' in table._html()


def test_empty_cell_is_a_dash_with_its_meaning_below():
    table = Table(("a", "b"), (("x", ""),), "Bảng", "lr", note="Ghi chú")
    assert "| x | – |" in table.pipe
    assert table.full_note == "Ghi chú. –: không có số liệu."
    assert table.markdown.endswith("::: {.table-note}\nGhi chú. –: không có số liệu.\n:::")


def test_table_without_dash_or_note_has_no_note():
    assert ":::" not in Table(("a",), (("x",),), "Bảng", "l").markdown


def test_first_column_is_the_row_header_and_caption_stands_in_html():
    html = Table(("Tên", "Điểm"), (("Huế", "4,36"),), "Bảng điểm", "lr")._html()
    assert re.search(r'<th scope="row"[^>]*>Huế</th>', html)
    assert re.search(r"<caption>.*Bảng điểm", html)


def test_columns_are_as_wide_as_their_content_in_relation():
    table = Table(("Chỉ số", "Điểm"), (("Thủ tục hành chính công", "7,22"),), "Bảng", "lr")
    left, right = (len(cell.strip()) for cell in split(table.pipe.split("\n")[1])[1:3])
    assert 3 < left / right < 4


def test_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match="không khớp số cột"):
        Table(("a", "b"), (("x",),), "Bảng", "lr")


def test_table_with_a_caption_is_a_table_and_without_one_is_text():
    rows = (("x",),)
    assert Table(("a",), rows, "Bảng", "l")._repr_mimebundle_()[1] == {
        "chiso": {"kind": "table", "caption": "Bảng"}
    }
    assert Table(("a",), rows, "", "l")._repr_mimebundle_()[1] == {"chiso": {"kind": "text"}}


def test_empty_table_shows_nothing_at_all_in_a_notebook():
    table = Table.nothing("Chưa có điểm.")
    assert table._repr_mimebundle_() == ({}, {})
    assert DisplayFormatter().format(table) == ({}, {})
    assert table.reason == "Chưa có điểm."


def test_table_in_a_notebook_shows_its_bundle():
    table = Table(("a",), (("x",),), "Bảng", "l")
    data, metadata = DisplayFormatter().format(table)
    assert set(data) == {"text/markdown", "text/html", "text/plain"}
    assert metadata["chiso"]["kind"] == "table"


def test_a_note_explains_what_the_table_shows_and_not_where_its_numbers_come_from():
    rows = (("Hồ sơ", Number("5", "tệp ho-so-tthc.csv, theo Bảng TTHC")),)
    assert Table(("Chỉ tiêu", "Năm 2024"), rows, "Bảng", "lr").full_note == ""
    assert "TTHC:" in Table(("Chỉ tiêu TTHC", "Năm 2024"), rows, "Bảng", "lr").full_note
