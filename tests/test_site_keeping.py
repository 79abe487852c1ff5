"""Nothing leaves a site that nobody asked to be taken away."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tarfile
import zipfile

import docx
import pytest
from batch_project import chiso
from site_made import broken_links

from helpers.execution.lock import work_folder
from helpers.execution.record import read_record
from helpers.publishing import PublishError
from helpers.site import build_site
from helpers.site.inventory import take_stock


@pytest.fixture
def own(site_project, tmp_path):
    """A copy of the project with the site, for tests that change it."""
    folder = tmp_path / "own"
    shutil.copytree(site_project.root, folder)
    return type(site_project)(folder)


def contents(site):
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file()
    }


def by_cp(source, target):
    subprocess.run(["cp", "-r", source, target], check=True)


def by_tar(source, target):
    with tarfile.open(target.with_suffix(".tar.gz"), "w:gz") as archive:
        archive.add(source, "outputs")
    with tarfile.open(target.with_suffix(".tar.gz")) as archive:
        archive.extractall(target.parent, filter="data")


def by_zip(source, target):
    with zipfile.ZipFile(target.with_suffix(".zip"), "w") as archive:
        for path in source.rglob("*"):
            archive.write(path, path.relative_to(source.parent))
    with zipfile.ZipFile(target.with_suffix(".zip")) as archive:
        archive.extractall(target.parent)  # noqa: S202 – our own


def by_git(source, target):
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org"]
    store = target.parent / "store"
    shutil.copytree(source, store / "outputs")
    for command in (["init", "-q"], ["add", "-A", "-f"], ["commit", "-q", "-m", "outputs"]):
        subprocess.run([*git, *command], cwd=store, check=True)
    subprocess.run([*git, "clone", "-q", store, target.parent / "clone"], check=True)
    (target.parent / "clone" / "outputs").rename(target)


def test_publishing_waits_for_a_run_that_writes(own):
    with work_folder(own):
        waiting = chiso(own, "publish")
        assert "đợi lần chạy đó xong" in waiting.stderr.readline()
        assert waiting.poll() is None
    waiting.communicate(timeout=300)
    assert waiting.returncode == 0


@pytest.mark.parametrize("copy", [by_cp, by_tar, by_zip, by_git])
def test_a_copy_of_the_outputs_is_published_as_it_was(own, site_project, copy):
    original = site_project.outputs
    shutil.rmtree(own.outputs)
    copy(original, own.outputs)
    assert (own.outputs / "reports").is_dir()
    stock = take_stock(own)
    assert len(stock.reports) == len(take_stock(site_project).reports) > 5
    assert stock.incomplete == ()
    told = []
    built = build_site(own, say=told.append)
    assert (built.removed, built.foreign, told) == (0, (), [])
    assert contents(own.outputs / "site") == contents(original / "site")


def test_the_digest_of_a_copy_is_taken_once(own):
    (path,) = (own.outputs / "reports/2024/quang-nam").glob("papi.record.json")
    record = read_record(path)
    notebook = path.parent / record.notebook.file
    os.utime(notebook, ns=(1, 1))
    assert record.notebook.is_there(path.parent)
    assert notebook.stat().st_mtime_ns == record.notebook.changed
    notebook.write_bytes(notebook.read_bytes().replace(b"Qu", b"qu", 1))
    assert not record.notebook.is_there(path.parent)


def test_a_copy_is_not_made_again_by_run(own, site_project):
    shutil.rmtree(own.outputs)
    by_cp(site_project.outputs, own.outputs)
    arguments = [
        "run",
        "--report",
        "papi",
        "--province",
        "quang-nam",
        "--year",
        "2024",
        "--dry-run",
    ]
    told, errors = chiso(own, *arguments).communicate(timeout=60)
    assert "0 báo cáo sẽ được lập, 1 báo cáo còn đúng" in told, told + errors


@pytest.mark.parametrize("lost", ["records", "notebooks", "everything", "one report"])
def test_outputs_that_lost_their_reports_take_nothing_from_the_site(own, lost):
    site, reports = own.outputs / "site", own.outputs / "reports"
    (site / "CNAME").write_text("chiso.example", encoding="utf-8")
    before = contents(site)
    if lost == "everything":
        shutil.rmtree(reports)
    elif lost == "one report":
        shutil.rmtree(reports / "2020")
    else:
        ending = {"records": "*.record.json", "notebooks": "*.ipynb"}[lost]
        for path in reports.rglob(ending):
            path.unlink()
    process = chiso(own, "publish")
    told, errors = process.communicate(timeout=120)
    assert process.returncode != 0
    assert "chiso publish --remove" in errors
    assert "tinh/quang-nam/2020/papi" in errors
    assert "Traceback" not in told + errors
    assert contents(site) == before


def test_a_lost_state_of_the_site_takes_nothing_either(own):
    shutil.rmtree(own.outputs / ".cache" / "site")
    shutil.rmtree(own.outputs / "reports")
    before = contents(own.outputs / "site")
    with pytest.raises(PublishError, match="chưa có báo cáo nào"):
        build_site(own)
    assert contents(own.outputs / "site") == before


def test_a_profile_that_is_gone_is_noticed(own):
    shutil.rmtree(own.outputs / "reports/2025")
    with pytest.raises(PublishError, match="tinh/da-nang"):
        build_site(own)
    build_site(own, remove=True)
    assert not (own.outputs / "site/tinh/da-nang/province.ipynb").exists()
    assert broken_links(own.outputs / "site") == []


def test_one_year_leaves_the_others_as_they_are(own):
    site = own.outputs / "site"
    build_site(own)
    before = contents(site)
    built = build_site(own, years=(2024,))
    assert (built.made, built.removed) == (0, 0)
    assert contents(site) == before
    # What changed in another year waits until that year is asked for.
    record = own.outputs / "reports/2020/quang-nam/papi.record.json"
    values = json.loads(record.read_text(encoding="utf-8"))
    values["front_matter"]["title"] = "Tên khác"
    record.write_text(json.dumps(values), encoding="utf-8")
    build_site(own, years=(2024,))
    page = "tinh/quang-nam/2020/papi/index.html"
    assert contents(site)[page] == before[page]
    build_site(own)
    assert contents(site)[page] != before[page]


def test_one_year_may_be_taken_away_alone(own):
    shutil.rmtree(own.outputs / "reports")
    build_site(own, years=(2020,), remove=True)
    site = own.outputs / "site"
    assert not (site / "tinh/quang-nam/2020").exists()
    assert (site / "tinh/quang-nam/2024/papi/index.html").is_file()


def test_files_that_the_site_did_not_write_stay(own):
    foreign = own.outputs / "site" / ".well-known" / "security.txt"
    foreign.parent.mkdir()
    foreign.write_text("Contact: mailto:a@example.org", encoding="utf-8")
    built = build_site(own)
    assert built.foreign == (".well-known/security.txt",)
    assert foreign.is_file()


def test_a_word_file_that_a_person_changed_is_told_and_the_report_stays(own):
    folder = own.outputs / "reports/2024/quang-nam"
    word = docx.Document(folder / "papi.docx")
    word.add_paragraph("Ý kiến của lãnh đạo")
    word.save(folder / "papi.docx")
    told = []
    built = build_site(own, say=told.append)
    page = own.outputs / "site/tinh/quang-nam/2024/papi"
    assert built.reports == 4
    assert "papi.docx" in told[0]
    assert (page / "papi.pdf").is_file()
    assert not (page / "papi.docx").exists()
    assert broken_links(own.outputs / "site") == []
