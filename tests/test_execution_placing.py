"""What a person has changed is never overwritten, and no file is left that no record knows."""

from __future__ import annotations

import dataclasses
import json

import docx
import pytest
from batch_project import READS, chiso, jobs, make_project, run, settings, write_notebook

from helpers.execution.batch import plan_tasks
from helpers.execution.record import made_before, read_record, record_path, write_unfinished
from helpers.publishing.index import list_reports

ALL = ("html", "docx")
SENTENCE = "Ý kiến của lãnh đạo"


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path, tiny=[READS])


@pytest.fixture
def job(project):
    (job,) = jobs(project, "tiny", "ha-noi")
    return job


@pytest.fixture
def folder(project, job):
    run(project, [job], settings(*ALL))
    return job.folder(project)


def edit(path):
    word = docx.Document(path)
    word.add_paragraph(SENTENCE)
    word.save(path)


def text(path):
    return "\n".join(paragraph.text for paragraph in docx.Document(path).paragraphs)


def change(project, line):
    (project.root / "data" / "notes.txt").write_text(line, encoding="utf-8")


def names(folder):
    return {p.name for p in folder.iterdir()} - {"tiny.ipynb", "tiny.html", "tiny.record.json"}


def again(project, job, *formats, **changes):
    (outcome,) = run(project, [job], settings(*(formats or ALL), **changes))
    assert outcome.state in ("done", "cached"), outcome.error
    return [(kept.file, kept.new) for kept in outcome.kept]


def test_an_edited_word_file_keeps_its_name_and_the_new_one_goes_beside_it(project, job, folder):
    edit(folder / "tiny.docx")
    edited = (folder / "tiny.docx").read_bytes()
    change(project, "hai")
    assert again(project, job) == [("tiny.docx", "tiny.moi.docx")]
    assert (folder / "tiny.docx").read_bytes() == edited
    assert "hai" in text(folder / "tiny.moi.docx")
    record = read_record(record_path(job, project))
    assert record.formats["docx"].file == "tiny.moi.docx"
    assert list(record.kept) == ["tiny.docx"]
    assert all(one.is_there(folder) for one in (record.notebook, *record.formats.values()))
    # Repeated runs: nothing to do; then the new one is replaced, as nobody has touched it.
    assert plan_tasks([job], settings(*ALL), project)[0].reasons == ()
    change(project, "ba")
    assert again(project, job) == [("tiny.docx", "tiny.moi.docx")]
    assert "ba" in text(folder / "tiny.moi.docx")
    assert names(folder) == {"tiny.docx", "tiny.moi.docx"}
    # Both edited: both stay.
    edit(folder / "tiny.moi.docx")
    change(project, "bốn")
    assert again(project, job) == [("tiny.docx", "tiny.moi-2.docx")]
    assert SENTENCE in text(folder / "tiny.docx")
    assert "ba" in text(folder / "tiny.moi.docx")
    assert SENTENCE in text(folder / "tiny.moi.docx")
    assert sorted(read_record(record_path(job, project)).kept) == ["tiny.docx", "tiny.moi.docx"]


def test_when_the_edited_file_is_gone_the_new_one_takes_its_name(project, job, folder):
    edit(folder / "tiny.docx")
    again(project, job, force=True)
    assert names(folder) == {"tiny.docx", "tiny.moi.docx"}
    (folder / "tiny.docx").unlink()
    assert again(project, job, force=True) == []
    assert names(folder) == {"tiny.docx"}
    assert read_record(record_path(job, project)).kept == {}


@pytest.mark.parametrize("ending", ["html", "ipynb"])
def test_another_edited_file_is_set_aside_and_the_new_one_takes_its_name(
    project, job, folder, ending
):
    path = folder / f"tiny.{ending}"
    made = path.read_bytes()
    for number in ("", "-2"):
        edited = path.read_bytes() + f"\n{number}".encode()
        path.write_bytes(edited)
        assert again(project, job) == [(f"tiny.da-sua{number}.{ending}", path.name)]
        assert path.read_bytes() == made
        assert (folder / f"tiny.da-sua{number}.{ending}").read_bytes() == edited
    assert len(list_reports(project)) == 1
    assert len(read_record(record_path(job, project)).kept) == 2


@pytest.mark.parametrize("mark", [".~lock.tiny.docx#", "~$ny.docx"])
def test_a_word_file_that_is_open_is_left(project, job, folder, mark):
    made = (folder / "tiny.docx").read_bytes()
    (folder / mark).write_text("", encoding="utf-8")
    change(project, "hai")
    assert again(project, job) == [("tiny.docx", "tiny.moi.docx")]
    assert (folder / "tiny.docx").read_bytes() == made
    (folder / mark).unlink()
    change(project, "ba")
    assert again(project, job) == []
    assert names(folder) == {"tiny.docx"}


def test_without_a_record_nobody_knows_whose_a_file_is(project, job, folder):
    edit(folder / "tiny.docx")
    edited = (folder / "tiny.docx").read_bytes()
    record_path(job, project).unlink()
    change(project, "hai")
    kept = again(project, job)
    assert ("tiny.docx", "tiny.moi.docx") in kept
    assert ("tiny.da-sua.html", "tiny.html") in kept
    assert (folder / "tiny.docx").read_bytes() == edited


def test_what_a_killed_run_leaves_is_known_as_its_own(project, job, folder):
    path = record_path(job, project)
    known = made_before(path)
    write_unfinished(path, known)
    assert read_record(path) is None
    assert made_before(path) == known
    change(project, "hai")
    assert again(project, job) == []
    assert names(folder) == {"tiny.docx"}


def test_a_record_of_another_version_still_tells_whose_files_are(project, job, folder):
    path = record_path(job, project)
    values = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**values, "version": 0}), encoding="utf-8")
    change(project, "hai")
    assert again(project, job) == []
    assert names(folder) == {"tiny.docx"}


def test_a_failed_run_touches_nothing(project, job, folder):
    edit(folder / "tiny.docx")
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    write_notebook(project.notebooks / "tiny.ipynb", ["raise ValueError('thiếu')"])
    (outcome,) = run(project, [job], settings(*ALL))
    assert outcome.state == "failed"
    after = {p.name: p.read_bytes() for p in folder.iterdir() if ".failed." not in p.name}
    assert after == before


def test_formats_that_were_not_asked_for_are_made_again(project, job, folder):
    page = (folder / "tiny.html").read_text(encoding="utf-8")
    assert 'href="tiny.docx"' in page
    change(project, "hai")
    given = dataclasses.replace(settings(*ALL), formats=("html",))
    (outcome,) = run(project, [job], given)
    assert outcome.state == "done"
    assert "hai" in text(folder / "tiny.docx")
    record = read_record(record_path(job, project))
    assert sorted(record.formats) == ["docx", "html"]
    assert record.fits("docx")
    assert 'href="tiny.docx"' in (folder / "tiny.html").read_text(encoding="utf-8")
    assert plan_tasks([job], settings(*ALL), project)[0].reasons == ()


def test_or_are_marked_as_old(project, job, folder):
    change(project, "hai")
    given = dataclasses.replace(settings(*ALL), formats=("html",), others=False)
    run(project, [job], given)
    record = read_record(record_path(job, project))
    assert record.formats["docx"].is_there(folder)
    assert not record.fits("docx")
    assert 'href="tiny.docx"' not in (folder / "tiny.html").read_text(encoding="utf-8")
    (entry,) = list_reports(project)
    assert "Word (bản cũ)" in [label for label, _ in entry.links]
    (task,) = plan_tasks([job], settings(*ALL), project)
    assert (task.run, task.formats) == (False, ("docx",))


def test_a_format_whose_file_was_deleted_is_forgotten(project, job, folder):
    (folder / "tiny.docx").unlink()
    given = dataclasses.replace(settings(*ALL), formats=("html",), force=True)
    run(project, [job], given)
    assert sorted(read_record(record_path(job, project)).formats) == ["html"]
    assert not (folder / "tiny.docx").exists()


def test_the_command_says_what_it_kept(project, job):
    command = ("run", "--report", "tiny", "--province", "ha-noi", "--year", "2024")
    process = chiso(project, *command)
    assert process.communicate(timeout=120)
    folder = job.folder(project)
    edit(folder / "tiny.docx")
    process = chiso(project, *command, "--format", "html", "--force")
    told, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    assert "outputs/reports/2024/ha-noi/tiny.docx; bản mới lập: tiny.moi.docx" in told
    assert SENTENCE in text(folder / "tiny.docx")
    record = read_record(record_path(job, project))
    assert sorted(record.formats) == ["docx", "html", "pdf"]
    manifest = json.loads((project.outputs / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["reports"][0]["kept"] == ["tiny.docx"]
    process = chiso(project, "verify", "--report", "tiny", "--year", "2024")
    told, errors = process.communicate(timeout=120)
    assert process.returncode == 0, told + errors
