"""What a run leaves for whoever was not there: each cause once, nobody's warning lost."""

from __future__ import annotations

import datetime
import re
import shlex
import shutil

import openpyxl
import pytest
import typer
from batch_project import CHECKOUT

from helpers.cli.app import app
from helpers.cli.run_summary import WORKBOOK, faults, needs_summary, write_summary
from helpers.execution.batch import Outcome
from helpers.execution.plan import Job
from helpers.execution.report import Report
from helpers.inputs.delivery import Delivery
from helpers.project import Project

WHEN = datetime.datetime(2024, 12, 31, 6, 5)
WRONG = "lỗi · data/provinces/ha-tinh/2024/so-y-te/so-lieu.csv · dòng 2: «x» không phải số."


def job(name, office="so-y-te", unit="ha-tinh"):
    return Job(Report(name, None, "province", name), 2024, unit, office)


def failed(name, message=WRONG, error="InputError", **where):
    return Outcome(job(name, **where), "failed", error={"name": error, "message": message})


@pytest.fixture
def project(tmp_path):
    (tmp_path / "outputs").mkdir()
    return Project(tmp_path)


def test_one_fault_of_a_delivery_is_told_once():
    stopped = faults(
        [
            failed("annual"),
            Outcome(job("papi", ""), "done"),
            failed("sipas"),
            failed("sipas", WRONG.replace("so-y-te", "so-noi-vu"), office="so-noi-vu"),
            failed("dti", "không chia được", "ZeroDivisionError"),
            failed("poverty", "không chia được", "ZeroDivisionError"),
        ]
    )
    assert [(one.delivery.office, one.reports, one.delivered) for one in stopped] == [
        ("so-y-te", "annual, sipas", True),
        ("so-noi-vu", "sipas", True),
        # A notebook that fails is a fault of its own, though another fails alike.
        ("so-y-te", "dti", False),
        ("so-y-te", "poverty", False),
    ]


def test_a_fault_of_what_all_read_is_told_once_and_is_no_offices():
    words = "lỗi · params/words/vi/sipas.md · dòng 3: thiếu đề mục."
    (fault,) = faults([failed("sipas", words), failed("sipas", words, office="so-noi-vu")])
    assert (fault.of_file, fault.delivered) == (True, False)
    assert (fault.name, fault.reports) == ("2 báo cáo của 2 nơi", "sipas")


def test_the_summary_can_be_sent_on(project):
    # One office has a doubt: a target that no figure bears.
    doubtful = Delivery(2024, "ha-tinh", "so-noi-vu")
    doubtful.settings(project).parent.mkdir(parents=True)
    doubtful.settings(project).write_text(
        "office: {name: Sở Nội vụ}\ntargets: {sipas.khong_co: 90}\n", encoding="utf-8"
    )
    doubtful.folder(project).mkdir(parents=True)
    (project.root / "params/indices").mkdir(parents=True)
    write_forms(project)
    outcomes = [
        failed("annual", f"{WRONG}\nlỗi · =SUM(A1)"),
        Outcome(job("sipas", "so-noi-vu"), "done"),
        Outcome(job("work_plan", "so-noi-vu"), "cached"),
    ]
    path = write_summary(outcomes, ["An Giang không có số liệu năm 2024."], WHEN, project)
    text = path.read_text(encoding="utf-8")
    assert "lúc 06:05 ngày 31/12/2024: 1 lập mới; 1 giữ nguyên; 1 không lập được." in text
    assert text.count(WRONG) == 1
    assert "`chiso check ha-tinh 2024 --office so-y-te`" in text
    assert "An Giang không có số liệu năm 2024." in text
    assert "targets nêu «sipas.khong_co»" in text
    for unwelcome in ("Traceback", "import ", "InputError"):
        assert unwelcome not in text
    book = openpyxl.load_workbook(project.outputs / WORKBOOK)
    rows = list(book["Báo cáo"].iter_rows(values_only=True))
    assert [row[:5] for row in rows[1:]] == [
        ("ha-tinh", "so-y-te", 2024, "annual", "không lập được"),
        ("ha-tinh", "so-noi-vu", 2024, "sipas", "lập mới"),
        ("ha-tinh", "so-noi-vu", 2024, "work_plan", "giữ nguyên"),
    ]
    assert "f" not in {cell.data_type for row in book["Báo cáo"].iter_rows() for cell in row}
    assert book["Cảnh báo"]["D2"].value == "params/provinces/ha-tinh/2024/so-noi-vu.yml"


def write_forms(project):
    shutil.copytree(CHECKOUT / "params/entry", project.root / "params/entry")


@pytest.mark.parametrize(
    ("states", "needed"),
    [
        (["cached", "cached"], False),
        (["done"], False),
        (["done", "cached"], True),
        (["failed"], True),
    ],
)
def test_a_run_that_changed_nothing_keeps_the_last_summary(states, needed):
    made = [
        failed("annual") if state == "failed" else Outcome(job(f"n{number}"), state)
        for number, state in enumerate(states)
    ]
    assert needs_summary(made) == needed


def in_blocks(name):
    """Yield the arguments of each chiso command in the code blocks of a page of the docs."""
    text = (CHECKOUT / "docs" / name).read_text(encoding="utf-8")
    for block in re.findall(r"```\n(.*?)```", text, re.DOTALL):
        for line in block.splitlines():
            if found := re.search(r"(?:^|bin/)chiso (.+?)(?: {2,}.*| > .*)?$", line):
                yield shlex.split(found[1])


@pytest.mark.parametrize("name", ["operations.md", "data-entry.md"])
def test_the_commands_in_the_docs_are_understood(name):
    lines = list(in_blocks(name))
    assert len(lines) >= 4
    program = typer.main.get_command(app)
    for command, *options in lines:
        # Unknown options and values are refused here; nothing is run.
        context = typer.Context(program)
        program.get_command(context, command).make_context(command, options)
