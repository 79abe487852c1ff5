"""A report reads its own office's files and the published data, and nothing of another office."""

from __future__ import annotations

import shutil

import pytest
from batch_project import CHECKOUT, READS, every_job, jobs, make_project, run, settings

from helpers.execution.batch import plan_tasks
from helpers.execution.record import read_record, record_path
from helpers.inputs.delivery import all_deliveries, provinces_by_year
from helpers.project import Project
from helpers.reports.annual import result as annual

OWN = ("data/provinces", "params/provinces")


def checkout(folder):
    for name in ("params", "notebooks", "data"):
        shutil.copytree(CHECKOUT / name, folder / name)
    return Project(folder)


def strangers(project, job):
    """Return what a report read of offices that it is not about."""
    record = read_record(record_path(job, project))
    assert record is not None, job.name
    return [
        name
        for name in record.inputs
        for top in OWN
        if name.startswith(f"{top}/") and not name.startswith(f"{top}/{job.unit}/")
    ]


def read_nothing_of_others(project, wanted):
    outcomes = run(project, wanted, settings())
    assert [(o.job.name, o.error) for o in outcomes if o.state == "failed"] == []
    found = {job.name: read for job in wanted if (read := strangers(project, job))}
    assert found == {}


def test_the_offices_that_ship_read_nothing_of_each_other(tmp_path):
    project = checkout(tmp_path)
    offices = provinces_by_year(all_deliveries(project))
    wanted = [job for job in every_job(project) if job.unit in offices.get(job.year, ())]
    assert {job.unit for job in wanted} >= {"an-giang", "quang-nam", "son-la"}
    assert sum(job.report.name == "annual" for job in wanted) >= 5
    read_nothing_of_others(project, wanted)
    # Nor is one of them made again when another office delivers something else.
    path = project.root / "data/provinces/an-giang/2021/so-lieu.csv"
    path.write_bytes(path.read_bytes() + b"\n")
    shutil.copytree(project.deliveries / "an-giang", project.deliveries / "ha-tinh")
    shutil.copytree(project.offices / "an-giang", project.offices / "ha-tinh")
    tasks = plan_tasks(wanted, settings(), project)
    assert {task.job.unit for task in tasks if task.reasons} == {"an-giang"}


@pytest.mark.slow
def test_no_report_that_ships_reads_anything_of_another_office(tmp_path):
    project = checkout(tmp_path)
    read_nothing_of_others(project, list(every_job(project)))


def test_a_delivery_of_last_year_that_comes_later_is_noticed(tmp_path):
    project = checkout(tmp_path)
    wanted = jobs(project, "annual", "quang-nam", year=2023)
    run(project, wanted, settings())
    assert plan_tasks(wanted, settings(), project)[0].reasons == ()
    shutil.copy(project.offices / "quang-nam/2023.yml", project.offices / "quang-nam/2022.yml")
    (project.deliveries / "quang-nam/2022").mkdir()
    assert plan_tasks(wanted, settings(), project)[0].reasons


def test_a_workbook_that_is_only_open_changes_nothing(tmp_path):
    project = checkout(tmp_path)
    wanted = jobs(project, "work_plan", "quang-nam", year=2023)
    run(project, wanted, settings())
    folder = project.deliveries / "quang-nam/2023"
    for mark in (".~lock.nhap-lieu.xlsx#", "~$nhap-lieu.xlsx"):
        (folder / mark).write_text("", encoding="utf-8")
    assert plan_tasks(wanted, settings(), project)[0].reasons == ()


def test_an_edit_during_a_run_is_told_with_the_name_of_the_file(tmp_path):
    edits = '(find_project().root / "data" / "notes.txt").write_text("khác hẳn", "utf-8")'
    other = '(find_project().root / "data" / "other.txt").write_text("khác hẳn", "utf-8")'
    project = make_project(tmp_path, edits=[READS, edits], leaves=[READS, other])
    (outcome,) = run(project, jobs(project, "edits", "ha-noi"), settings())
    assert outcome.state == "failed"
    assert outcome.error["message"].startswith("data/notes.txt bị sửa trong lúc lập báo cáo")
    (outcome,) = run(project, jobs(project, "leaves", "ha-noi"), settings())
    assert outcome.state == "done"


def test_no_evaluation_asks_who_else_delivered(monkeypatch):
    """The annual report asks each index about its own office; nobody lists all deliveries."""

    def refuse(*_):
        raise AssertionError("all deliveries were listed")

    for module in ("inputs.delivery", "inputs.reading", "reports.annual.result"):
        monkeypatch.setattr(f"helpers.{module}.all_deliveries", refuse)
    for slug, year in (("quang-nam", 2023), ("an-giang", 2021)):
        assert annual.evaluate(slug, year, Project(CHECKOUT)).parts
