"""Text never passes through the locale: not in the package, not on the way to the engines."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import zipfile

import pytest
from batch_project import CHECKOUT, TITLE, make_project, write_notebook

from helpers.publishing import PublishError, binary, publish
from helpers.publishing.files import has_lost_letters

PACKAGE = CHECKOUT / "src" / "helpers"
TEXT = "Kế hoạch của Sở Nội vụ, đã duyệt"
C = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def _encoded(call: ast.Call, place: int) -> bool:
    named = {word.arg for word in call.keywords}
    return "encoding" in named or len(call.args) > place


def _binary(call: ast.Call, place: int) -> bool:
    modes = [word.value for word in call.keywords if word.arg == "mode"]
    modes += call.args[place : place + 1]
    return any(isinstance(m, ast.Constant) and "b" in str(m.value) for m in modes)


def _bare(call: ast.Call) -> bool:
    """Whether a call reads or writes text in whatever encoding the locale has."""
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if name == "read_text":
        return not _encoded(call, 0)
    if name == "write_text":
        return not _encoded(call, 1)
    if name in ("open", "fdopen"):
        method = isinstance(function, ast.Attribute) and name == "open"
        mode = 0 if method else 1
        if method and call.args and not isinstance(call.args[0], ast.Constant):
            return False  # a part of an archive: bytes
        return not (_binary(call, mode) or _encoded(call, 3 if not method else 2))
    if name in ("run", "Popen", "check_output"):
        texts = [w for w in call.keywords if w.arg in ("text", "universal_newlines")]
        return bool(texts) and not _encoded(call, 99)
    return name == "TextIOWrapper" and not _encoded(call, 1)


def test_no_text_is_read_or_written_in_the_encoding_of_the_locale():
    found = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and _bare(node)
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "path.read_text()",
        "path.write_text(x)",
        "open(path)",
        "path.open()",
        "path.open('w')",
        "subprocess.run(x, text=True)",
    ],
)
def test_the_search_finds_what_it_looks_for(line):
    (call,) = (node for node in ast.walk(ast.parse(line)) if isinstance(node, ast.Call))
    assert _bare(call)


@pytest.mark.parametrize(
    "line",
    ["path.read_text('utf-8')", "path.open('rb')", "open(p, encoding='utf-8')", "zip.open(part)"],
)
def test_the_search_leaves_alone_what_is_right(line):
    (call,) = (node for node in ast.walk(ast.parse(line)) if isinstance(node, ast.Call))
    assert not _bare(call)


def test_every_program_is_given_its_environment():
    """A program that publishes is never started with the locale of whoever runs the command."""
    rooms = [*PACKAGE.glob("publishing/*.py"), *PACKAGE.glob("site/*.py")]
    started = [
        (path.name, node)
        for path in sorted(rooms)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("subprocess.run", "subprocess.Popen")
    ]
    assert len(started) > 4
    without = [(name, n.lineno) for name, n in started if "env" not in {w.arg for w in n.keywords}]
    assert without == []


@pytest.fixture
def project(tmp_path):
    project = make_project(tmp_path, tiny=[])
    matter = f'{{"title": "{TEXT}", "subtitle": "{TEXT}", "author": "Sở Nội vụ"}}'
    title = TITLE.replace('{"title": province}', matter)
    opens = (
        "from helpers.project import find_project\n"
        'print(open(find_project().root / "data" / "notes.txt").read())'
    )
    write_notebook(project.notebooks / "tiny.ipynb", [title, opens])
    (project.root / "data" / "notes.txt").write_text(TEXT, encoding="utf-8")
    return project


def run_in(project, locale, *arguments):
    """Run the installed command with nothing in its environment but a path and a locale."""
    return subprocess.run(
        [sys.executable, "-m", "helpers.cli", *arguments],
        cwd=project.root,
        env={"PATH": os.environ["PATH"], "HOME": str(project.root), **locale},
        capture_output=True,
        check=False,
    )


def test_a_report_is_the_same_in_the_locale_c(project):
    command = ("run", "--report", "tiny", "--province", "Hà Nội", "--year", "2024", "--force")
    folder = project.outputs / "reports" / "2024" / "ha-noi"
    made = []
    for locale in ({"LC_ALL": "C.UTF-8"}, C):
        done = run_in(project, locale, *command)
        assert done.returncode == 0, done.stderr.decode()
        assert "Báo cáo" in done.stdout.decode()
        made.append(
            {kind: (folder / f"tiny.{kind}").read_bytes() for kind in ("html", "docx", "pdf")}
        )
    assert made[0] == made[1]
    assert TEXT in made[1]["html"].decode()
    assert TEXT in (folder / "tiny.ipynb").read_text(encoding="utf-8").split('"outputs"')[-1]
    with zipfile.ZipFile(folder / "tiny.docx") as parts:
        assert TEXT in parts.read("docProps/core.xml").decode()
    assert not has_lost_letters(made[1]["docx"])


def test_what_an_engine_has_broken_is_not_kept(project, tmp_path, monkeypatch):
    done = run_in(
        project,
        C,
        *["run", "--report", "tiny", "--province", "ha-noi", "--year", "2024", "--format", "html"],
    )
    assert done.returncode == 0, done.stderr.decode()
    page = project.outputs / "reports" / "2024" / "ha-noi" / "tiny.html"
    before = page.read_bytes()
    breaks = tmp_path / "pandoc"
    breaks.write_text("#!/bin/sh\ncat >/dev/null\nprintf '<p>K\\357\\277\\275</p>'\n", "utf-8")
    breaks.chmod(0o755)
    monkeypatch.setattr(
        "helpers.publishing.job.pandoc_program",
        lambda: (str(breaks), binary.pandoc_program()[1]),
    )
    with pytest.raises(PublishError, match="làm mất chữ"):
        publish(page.with_suffix(".ipynb"), ("html",), "pandoc", project)
    assert page.read_bytes() == before
