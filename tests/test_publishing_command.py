"""``python -m helpers.publishing``: one executed notebook to files, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from publishing_notebooks import project_in

from helpers.publishing.__main__ import main


def a_notebook(folder: Path, front_matter: str = "---\ntitle: Quảng Nam\n---") -> Path:
    project = project_in(folder)
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [
        nbformat.v4.new_raw_cell(front_matter),
        nbformat.v4.new_markdown_cell("Điểm tổng hợp **tăng**."),
    ]
    path = project.outputs / "papi.ipynb"
    nbformat.write(notebook, path)
    return path


def test_the_process_writes_the_format_asked_for_and_says_where(tmp_path: Path) -> None:
    notebook = a_notebook(tmp_path)
    command = [sys.executable, "-m", "helpers.publishing", str(notebook)]
    done = subprocess.run(
        [*command, "--format", "html", "--engine", "pandoc"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    page = notebook.with_suffix(".html")
    assert done.stdout.splitlines() == [str(page)]
    assert "<strong>tăng</strong>" in page.read_text("utf-8")
    assert not notebook.with_suffix(".pdf").exists()


def test_without_a_format_all_are_written(tmp_path: Path) -> None:
    notebook = a_notebook(tmp_path)
    assert main([str(notebook), "--engine", "pandoc"]) == 0
    written = {path.suffix for path in notebook.parent.glob("papi.*")}
    assert written == {".ipynb", ".html", ".pdf", ".docx"}


def test_a_notebook_that_did_not_run_is_refused_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook = a_notebook(tmp_path, front_matter="chưa chạy")
    assert main([str(notebook), "--format", "html", "--engine", "pandoc"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("Lỗi: papi.ipynb: ô đầu tiên không phải phần đầu báo cáo")
    assert not notebook.with_suffix(".html").exists()


def test_a_format_that_does_not_exist_is_a_mistake_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([str(a_notebook(tmp_path)), "--format", "odt"])
    assert ended.value.code == 2
    assert "odt" in capsys.readouterr().err


def test_help_is_vietnamese(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    assert "Xuất một sổ tay đã chạy ra HTML, PDF hoặc Word" in capsys.readouterr().out
