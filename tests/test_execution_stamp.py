"""What varies is written into an executed notebook, and what betrays time is taken out."""

from __future__ import annotations

import copy
import json

import nbformat
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import (
    new_code_cell,
    new_markdown_cell,
    new_notebook,
    new_output,
    new_raw_cell,
)

from helpers.execution.stamp import FRONT_MATTER_ID, stamp

PARAMETERS = {"province": "quang-nam", "year": 2024}
HOSTILE = [
    "Điểm \"mạnh\" và 'yếu'",
    "Điểm: tổng hợp # không phải ghi chú",
    "hai\ndòng",
    "--- [a]: {b} | c > d & e",
    "C:\\tệp\t«Cao»",
    "",
]
# Control characters are no text: YAML refuses them, and no caption needs one.
CAPTIONS = st.sampled_from(HOSTILE) | st.text(
    alphabet=st.characters(exclude_categories=["C"]), max_size=60
)


def figure(caption="Điểm", alt="Tám cột", **data):
    given_data = {"image/svg+xml": "<svg/>", "text/plain": "x"} | data
    return new_output(
        "display_data",
        data=given_data,
        metadata={"chiso": {"kind": "figure", "caption": caption, "alt": alt}},
    )


def table(caption="Bảng"):
    return new_output(
        "display_data",
        data={"text/markdown": "| a |\n|---|\n| 1 |", "text/html": "<table></table>"},
        metadata={"chiso": {"kind": "table", "caption": caption}},
    )


def text():
    return new_output(
        "execute_result",
        data={"text/markdown": "Đạt **4** điểm.", "text/html": "<p>…</p>"},
        metadata={"chiso": {"kind": "text"}},
    )


def front(**values):
    return new_output(
        "display_data",
        data={"text/plain": "x"},
        metadata={"chiso": {"kind": "front_matter", "front_matter": values}},
    )


def notebook(*cells):
    return new_notebook(
        cells=list(cells),
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3"},
            "language_info": {"name": "python"},
            "chiso": {"scope": "province", "index": "papi"},
            "papermill": {"start_time": "2025-01-01T00:00:00", "duration": 1.2},
            "widgets": {},
        },
    )


def options(cell):
    """Read the options of a cell as Quarto does: one YAML line each."""
    lines = [line[2:] for line in cell.source.split("\n") if line.startswith("#|")]
    found = {}
    for line in lines:
        entry = yaml.safe_load(line)
        assert isinstance(entry, dict), line
        assert len(entry) == 1, line
        found |= entry
    assert len(found) == len(lines)
    return found


def front_matter(stamped):
    head = stamped.cells[0]
    assert head.cell_type == "raw"
    assert head.id == FRONT_MATTER_ID
    assert head.source.startswith("---\n")
    assert head.source.endswith("\n---")
    return yaml.safe_load(head.source.removeprefix("---").removesuffix("---"))


@given(CAPTIONS, CAPTIONS)
def test_any_caption_is_one_yaml_line_that_reads_back(caption, alt):
    cell = new_code_cell("#| label: fig-a\nf()", outputs=[figure(caption, alt)])
    stamped = stamp(notebook(cell), PARAMETERS).cells[1]
    assert options(stamped)["fig-cap"] == caption
    assert options(stamped).get("fig-alt", "") == alt
    assert stamped.source.endswith("\nf()")


def test_options_of_a_researcher_stay_and_what_they_leave_open_is_added():
    source = (
        "#| label: fig-a\n#| fig-width: 7\n#| fig-cap: của tôi\n#| echo: true\ncharts.a(result)"
    )
    cell = new_code_cell(source, outputs=[figure("mới", "chữ thay ảnh")])
    stamped = stamp(notebook(cell), PARAMETERS).cells[1]
    assert options(stamped) == {
        "label": "fig-a",
        "fig-width": 7,
        "fig-cap": "của tôi",
        "fig-alt": "chữ thay ảnh",
        "echo": True,
    }
    assert stamped.source.split("\n")[0] == "#| label: fig-a"
    assert stamped.source.split("\n")[-1] == "charts.a(result)"


def test_a_table_gets_a_caption_and_a_text_gets_none():
    cells = [new_code_cell("#| label: tbl-a\nt()", outputs=[table("Bảng: «điểm»")])]
    cells += [new_code_cell("w()", outputs=[text()]), new_code_cell("x = 1")]
    _, first, second, third = stamp(notebook(*cells), PARAMETERS).cells
    assert options(first) == {"label": "tbl-a", "tbl-cap": "Bảng: «điểm»", "echo": False}
    assert options(second) == options(third) == {"echo": False}


def test_html_is_dropped_or_becomes_markdown():
    only_html = new_output("display_data", data={"text/html": "<b>x</b>"})
    described = figure(**{"text/html": "<i>x</i>"})
    cells = [new_code_cell("a()", outputs=[table(), text(), only_html, described])]
    outputs = stamp(notebook(*cells), PARAMETERS).cells[1].outputs
    assert [set(output.data) for output in outputs] == [
        {"text/markdown"},
        {"text/markdown"},
        {"text/markdown"},
        {"image/svg+xml", "text/plain"},
    ]


def test_the_front_matter_of_the_run_stands_first_and_its_output_is_gone():
    title = 'Chỉ số "PAPI": năm 2024'
    cell = new_code_cell("title()", outputs=[front(title=title, categories=["PAPI", "2024"])])
    stamped = stamp(notebook(new_markdown_cell("## A"), cell), PARAMETERS)
    assert front_matter(stamped) == {
        "lang": "vi",
        "title": title,
        "categories": ["PAPI", "2024"],
        "params": PARAMETERS,
    }
    assert stamped.cells[2].outputs == []


def test_front_matter_that_a_researcher_wrote_is_kept_and_not_doubled():
    raw = new_raw_cell("---\ntitle: tạm\ntoc: false\nkeep: a---b\n---")
    stamped = stamp(notebook(raw, new_code_cell("t()", outputs=[front(title="Thật")])), PARAMETERS)
    assert [cell.cell_type for cell in stamped.cells] == ["raw", "code"]
    found = front_matter(stamped)
    assert found["title"] == "Thật"
    assert found["toc"] is False
    assert found["keep"] == "a---b"


def test_times_and_random_ids_are_gone():
    cell = new_code_cell("year = 2024", metadata={"tags": ["injected-parameters"]})
    cell.metadata["papermill"] = {"start_time": "2025-01-01T00:00:00"}
    cell.metadata["execution"] = {"iopub.status.busy": "2025-01-01T00:00:00"}
    stamped = stamp(notebook(cell), PARAMETERS)
    assert "2025-01-01" not in json.dumps(stamped)
    assert "papermill" not in stamped.metadata
    assert set(stamped.metadata) == {"kernelspec", "language_info", "chiso"}
    assert stamped.cells[1].id == "injected-parameters"
    assert stamped.cells[1].metadata == {"tags": ["injected-parameters"]}


@pytest.fixture
def full():
    return notebook(
        new_code_cell("year = 2024", metadata={"tags": ["parameters"]}),
        new_code_cell("title()", outputs=[front(title="T", subtitle="S")]),
        new_markdown_cell("## A"),
        new_code_cell("#| label: fig-a\n#| fig-width: 7\nf()", outputs=[figure(HOSTILE[0])]),
        new_code_cell("#| label: tbl-a\nt()", outputs=[table(HOSTILE[1]), text()]),
    )


def test_stamping_twice_changes_nothing(full):
    once = stamp(full, PARAMETERS)
    assert stamp(once, PARAMETERS) == once


def test_the_executed_notebook_is_left_as_it_is(full):
    before = copy.deepcopy(full)
    stamp(full, PARAMETERS)
    assert full == before


def test_the_result_is_a_valid_notebook_with_its_own_ids(full):
    stamped = stamp(full, PARAMETERS)
    nbformat.validate(stamped)
    ids = [cell.id for cell in stamped.cells]
    assert len(set(ids)) == len(ids) == 6
    assert ids[1:] == [cell.id for cell in full.cells]
