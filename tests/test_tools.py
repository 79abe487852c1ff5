"""The tools beside the program: keeping pages as text, and comparing two sets."""

from __future__ import annotations

import ast
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = """<html><body><h1>Chỉ số</h1>
<p>Đạt <span class="so" title="dòng 3">{value}</span> điểm, {verb}.</p>
<table><tr><th>Nội dung</th><td>{value}</td></tr></table>
<img src="a.png" alt="Biểu đồ {value}"></body></html>"""


def _run(*args: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "tools/keep_pages.py", *map(str, args)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def _kept(folder: Path, name: str, **words: str) -> Path:
    page = folder / f"outputs-{name}" / "reports/2024/an-giang/papi.html"
    page.parent.mkdir(parents=True)
    page.write_text(PAGE.format(**words), encoding="utf-8")
    assert _run("keep", folder / f"outputs-{name}", folder / name).returncode == 0
    return folder / name


def test_kept_pages_hold_sentences_tables_alternatives_and_sources(tmp_path: Path) -> None:
    kept = _kept(tmp_path, "one", value="43,21", verb="cao")
    text = (kept / "reports/2024/an-giang/papi.txt").read_text(encoding="utf-8")
    assert "p\tĐạt 43,21 điểm, cao." in text
    assert "row\tNội dung | 43,21" in text
    assert "alt\tBiểu đồ 43,21" in text
    assert "trace\t43,21\tdòng 3" in text


def test_a_changed_wording_passes_and_a_changed_number_does_not(tmp_path: Path) -> None:
    one = _kept(tmp_path, "one", value="43,21", verb="cao")
    reworded = _kept(tmp_path, "two", value="43,21", verb="thấp")
    other = _kept(tmp_path, "three", value="43,22", verb="cao")
    assert _run("compare", one, one).returncode == 0
    assert _run("compare", one, reworded).returncode == 0
    found = _run("compare", one, other)
    assert found.returncode == 1
    assert "! + p\tĐạt 43,22 điểm, cao." in found.stdout


def test_a_page_that_is_gone_is_told(tmp_path: Path) -> None:
    one = _kept(tmp_path, "one", value="43,21", verb="cao")
    (tmp_path / "none").mkdir()
    found = _run("compare", one, tmp_path / "none")
    assert found.returncode == 1
    assert "only before: reports/2024/an-giang/papi.txt" in found.stdout


def test_figures_of_the_structure_are_counted() -> None:
    made = subprocess.run(
        [sys.executable, ROOT / "tools/house_figures.py"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    assert "lines of Python" in made
    assert "folders (files) of sipas" in made


def test_the_pages_of_the_documentation_hold_every_public_function(tmp_path):
    built = subprocess.run(
        [
            sys.executable,
            "-m",
            "mkdocs",
            "build",
            "--strict",
            "-q",
            "-d",
            tmp_path,
            "-f",
            ROOT / "tools/mkdocs.yml",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    asked = re.findall(
        r"^::: (\S+)",
        "".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs/api").glob("*.md")),
        re.M,
    )
    pages = "".join(path.read_text(encoding="utf-8") for path in tmp_path.glob("api/*.html"))
    assert len(asked) > 15
    for module in asked:
        tree = ast.parse(
            Path(ROOT / "src", *module.split(".")).with_suffix(".py").read_text("utf-8")
        )
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                assert f'id="{module}.{node.name}"' in pages, f"{module}.{node.name}"


@pytest.mark.parametrize("name", ["papi", "pci_national", "huong-dan"])
def test_git_sees_nothing_of_a_notebook_that_was_run_and_saved_in_jupyterlab(name: str) -> None:
    """The filter of ``tools/setup.sh`` gives the committed bytes again."""
    told = (ROOT / "tools/setup.sh").read_text(encoding="utf-8")
    (options,) = re.findall(r'options="(.*?)"', told, re.DOTALL)
    options = options.replace("\\\n", "").replace("$info", "metadata.language_info")
    committed = (ROOT / "notebooks" / f"{name}.ipynb").read_bytes()
    saved = json.loads(committed)
    saved["metadata"]["language_info"] |= {
        "codemirror_mode": {"name": "ipython", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
        "version": "3.11.7",
    }
    for cell in saved["cells"]:
        if cell["cell_type"] == "code":
            cell["execution_count"] = 7
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["1\n"]}]
            cell["metadata"]["execution"] = {"iopub.execute_input": "2026-11-28T10:00:00Z"}
    found = subprocess.run(
        [sys.executable, "-m", "nbstripout", *shlex.split(options)],
        input=json.dumps(saved, indent=1, sort_keys=True).encode(),
        capture_output=True,
        check=True,
    )
    assert found.stdout == committed
