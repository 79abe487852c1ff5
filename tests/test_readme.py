"""Every command and every example of the README does what it says."""

from __future__ import annotations

import re
import shlex
import shutil

import pytest
from batch_project import CHECKOUT, chiso

from helpers.project import Project

TEXTS = {
    name: (CHECKOUT / name).read_text(encoding="utf-8") for name in ("README.md", "README.vi.md")
}


def blocks(name, language):
    return re.findall(rf"```{language}\n(.*?)```", TEXTS[name], re.DOTALL)


def commands(name):
    lines = [line for block in blocks(name, "bash") for line in block.splitlines()]
    return [line.split("   #")[0].split("  #")[0].strip() for line in lines if line.strip()]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("readme")
    for name in ("params", "notebooks", "data/published", "data/provinces"):
        made_up = shutil.ignore_patterns("tinh-mau") if name == "data/provinces" else None
        shutil.copytree(CHECKOUT / name, folder / name, ignore=made_up)
    return Project(folder)


def test_both_languages_show_the_same_commands():
    english = [line for line in commands("README.md") if "chiso" in line]
    assert english == [line for line in commands("README.vi.md") if "chiso" in line]
    assert len(english) == 12


@pytest.mark.slow
def test_the_commands_work_in_their_order(project):
    for line in commands("README.md"):
        if not line.startswith(".venv/bin/chiso"):
            continue
        process = chiso(project, *shlex.split(line)[1:])
        out, told = process.communicate(timeout=600)
        assert process.returncode == 0, f"{line}\n{out}\n{told}"
    assert (project.deliveries / "ha-tinh" / "2024" / "nhap-lieu.xlsx").is_file()
    assert (project.outputs / "site" / "index.html").is_file()
    reports = project.outputs / "reports"
    for report in ("annual", "sipas", "procedures", "poverty", "reconciliation"):
        assert (reports / "2023" / "quang-nam" / f"{report}.docx").is_file()
    assert "SỐ LIỆU MÔ PHỎNG" in (reports / "2024" / "tinh-mau" / "annual.html").read_text("utf-8")
    for kind in ("html", "pdf", "docx"):
        assert (reports / "2021" / "ha-noi" / f"papi.{kind}").is_file()
    assert (reports / "2024" / "da-nang" / "papi.html").is_file()
    assert (reports / "2024" / "thua-thien-hue" / "papi.html").is_file()
    assert len(list((reports / "2024").glob("*/papi*.html"))) == 62


def test_every_make_target_that_is_named_exists():
    makefile = (CHECKOUT / "Makefile").read_text(encoding="utf-8")
    for name in TEXTS:
        for target in re.findall(r"make (\w+)  ", TEXTS[name]):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_the_python_example_runs():
    (example,) = blocks("README.md", "python")
    names: dict[str, object] = {}
    exec(compile(example, "README.md", "exec"), names)  # noqa: S102
    assert names["result"].place.name == "Quảng Nam"


@pytest.mark.parametrize("name", TEXTS)
def test_links_and_pictures_lead_somewhere(name):
    for target in re.findall(r"\]\(([^)#]+)\)", TEXTS[name]):
        if not target.startswith("http"):
            assert (CHECKOUT / target).exists(), target
