"""The recipes of CONTRIBUTING.md, done as they stand there; the fourth is tests/test_new_index.py."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import textwrap

import nbformat
import pytest
from batch_project import CHECKOUT, build
from site_made import make_project, soup
from test_cli import told

from helpers.keys import module_of
from helpers.words.checking import check_words
from helpers.words.say import say
from helpers.words.text import plain

TEXT = (CHECKOUT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def blocks(heading, language):
    """Return the code blocks of a recipe in one language, without their indent in a list."""
    (section,) = re.findall(rf"^## {heading}\n(.*?)(?=^## |\Z)", TEXT, re.M | re.S)
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```", section, re.M | re.S)
    return [textwrap.dedent(body) for _, body in found]


def apply(heading, folder):
    """Change the files of a folder as the recipe shows."""
    (change,) = blocks(heading, "diff")
    made = subprocess.run(
        ["git", "apply", "--unidiff-zero", "--recount", "-"],
        cwd=folder,
        input=change,
        env={**os.environ, "GIT_CEILING_DIRECTORIES": str(folder.parent)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert made.returncode == 0, made.stderr
    return change


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path / "checkout")


def test_a_sentence_is_found_changed_and_said(project):
    (command,) = blocks("Change a sentence", "bash")
    phrase = re.search('"(.+)"', command)[1]
    status, out, _ = told(project, "words", phrase)
    assert status == 0
    change = apply("Change a sentence", project.root)
    changed = re.search(r"^\+\+\+ b/(.+)$", change, re.M)[1]
    assert f"{changed}:" in out
    assert check_words(project.root) == ()
    result = module_of("pci").evaluate("da-nang", 2016, project)
    text = plain(say(result, "changes", root=project.root).markdown)
    assert "Năm 2015, giá trị công bố là 68,34 điểm." in text
    assert phrase not in text


def test_a_sentence_that_compares_is_told_with_its_line(project):
    apply("Change a sentence", project.root)
    path = project.root / "params/words/vi/scored.md"
    text = path.read_text(encoding="utf-8")
    wrong = text.replace("giá trị công bố là {{ earlier }}.", "{% if year > 3 %}x{% endif %}.")
    assert wrong != text
    path.write_text(wrong, encoding="utf-8")
    problems = check_words(project.root)
    line = 1 + wrong.splitlines().index("năm {{ year }}, {% if year > 3 %}x{% endif %}.")
    assert ("params/words/vi/scored.md", line) in {(one.file, one.line) for one in problems}


def test_a_column_stands_in_the_table(project):
    shutil.copytree(CHECKOUT / "src" / "helpers", project.root / "src" / "helpers")
    apply("Add a column to a table", project.root)
    code = (
        "from helpers import index, show\n"
        "import helpers, json\n"
        "table = show.table(index('pci').national(2016), 'results')\n"
        "rows = [[str(cell) for cell in row] for row in table.rows]\n"
        "print(json.dumps([helpers.__file__, table.header, rows, table.align]))\n"
    )
    made = subprocess.run(
        [sys.executable, "-c", code],
        cwd=project.root,
        env={**os.environ, "PYTHONPATH": str(project.root / "src"), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    file, header, rows, align = json.loads(made.stdout)
    assert file.startswith(str(project.root))
    assert header[-1] == "Mã"
    assert len(align) == len(header)
    assert {row[0]: row[-1] for row in rows}["Đà Nẵng"] == "48"
    assert len(rows) == 63


def test_a_new_notebook_is_a_report(project):
    heading = "Add a report"
    (metadata,), (source,) = blocks(heading, "json"), blocks(heading, "python")
    notebook = nbformat.v4.new_notebook()
    notebook.metadata.update(json.loads(metadata))
    notebook.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    for number, cell in enumerate(re.split(r"^# %%.*\n", source, flags=re.M)[1:]):
        made = nbformat.v4.new_code_cell(cell.strip(), id=f"short-{number}")
        if number == 0:
            made.metadata["tags"] = ["parameters"]
        notebook.cells.append(made)
    (command,) = blocks(heading, "bash")
    name, province, year = re.search(
        r"--report (\S+) --province (\S+) --year (\d+)", command
    ).groups()
    nbformat.write(notebook, project.notebooks / f"{name}.ipynb")
    build(project, ((name,), (province,), int(year), ("html",)))
    page = soup(project.outputs / "reports" / year / province / f"{name}.html")
    text = " ".join(page.get_text(" ", strip=True).split())
    assert "thành phố Đà Nẵng" in text
    assert "70,00" in text
    assert "Thành phố xem thêm: " in text
    assert len(page.find_all("table")) == 1


def test_every_recipe_is_one_of_the_four():
    for target in re.findall(r"^make (\w+)", TEXT, re.M):
        assert re.search(rf"^{target}:", (CHECKOUT / "Makefile").read_text("utf-8"), re.M)
    assert re.findall(r"^## ((?:Change|Add) .+)$", TEXT, re.M) == [
        "Change a sentence",
        "Add a column to a table",
        "Add a report",
        "Add an index",
    ]
    for target in re.findall(r"\]\(([^)#]+)\)", TEXT):
        assert (CHECKOUT / target).exists(), target
