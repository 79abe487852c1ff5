"""The made-up province: same bytes every time, no file of a person touched, read without an error."""

from __future__ import annotations

import hashlib
import shutil

import pytest

from helpers.inputs.delivery import Delivery
from helpers.inputs.reading import read_entry
from helpers.inputs.records import read_records
from helpers.project import Project, find_project
from helpers.simulation import SLUG, YEARS, OwnFileError, dossiers, file_names, households, simulate
from helpers.simulation.store import LIST

SCALE = 0.01


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    root = tmp_path_factory.mktemp("checkout")
    shutil.copytree(find_project().root / "params", root / "params")
    made = Project(root)
    simulate(made, scale=SCALE)
    return made


def digests(folder):
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
    }


def test_the_same_seed_gives_the_same_bytes(project, tmp_path):
    again = Project(tmp_path)
    shutil.copytree(project.root / "params", tmp_path / "params")
    # What was drawn before is kept in memory; all is drawn anew here, and one year without the other.
    households._population.cache_clear()
    dossiers._received.cache_clear()
    simulate(again, (2024,), SCALE)
    first = digests(project.deliveries / SLUG / "2024")
    assert digests(again.deliveries / SLUG / "2024") == first
    simulate(again, (2024,), SCALE)
    assert digests(again.deliveries / SLUG / "2024") == first


def test_every_promised_file_is_written(project):
    for year in YEARS:
        folder = project.deliveries / SLUG / str(year)
        assert {path.name for path in folder.iterdir()} == {*file_names(project), LIST}


@pytest.mark.parametrize("year", YEARS)
def test_nothing_is_wrong_with_it(project, year):
    entry = read_entry(Delivery(year, SLUG), project)
    assert entry.problems == ()
    assert entry.status == "simulated"
    for kind in ("survey", "dossiers", "petitions", "households"):
        records = read_records(kind, Delivery(year, SLUG), project, entry.office)
        assert records is not None
        assert records.problems == ()
        assert records.rows > 0


def test_every_table_form_of_an_index_is_filled(project):
    entry = read_entry(Delivery(2024, SLUG), project)
    filled = {form.key for form in entry.forms.tables if len(entry.table(form.key))}
    # Printed results stand in for forms, and headings belong to a report that was taken over.
    assert {form.key for form in entry.forms.tables} - filled <= {"sipas_results", "headings"}


def test_a_persons_file_is_never_overwritten(project, tmp_path):
    shutil.copytree(project.root / "params", tmp_path / "params")
    own = Project(tmp_path)
    folder = own.deliveries / SLUG / "2023"
    folder.mkdir(parents=True)
    (folder / "nhiem-vu.csv").write_text("của tôi", encoding="utf-8")
    with pytest.raises(OwnFileError, match=r"nhiem-vu\.csv"):
        simulate(own, (2024, 2023), 0.002)
    assert (folder / "nhiem-vu.csv").read_text(encoding="utf-8") == "của tôi"
    assert [path.name for path in folder.iterdir()] == ["nhiem-vu.csv"]
    (folder / "nhiem-vu.csv").unlink()
    simulate(own, (2023,), 0.002)
    (folder / "nhiem-vu.csv").write_text("đã sửa", encoding="utf-8")
    with pytest.raises(OwnFileError, match="đã được sửa"):
        simulate(own, (2023,), 0.002)


@pytest.mark.parametrize(("years", "scale"), [((2022,), 1.0), ((2024,), 0.0), ((2024,), 5.0)])
def test_what_cannot_be_simulated_is_refused(project, years, scale):
    with pytest.raises(ValueError, match=r"\.$"):
        simulate(project, years, scale)


def test_it_is_ignored_by_git():
    ignored = (find_project().root / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert f"/data/provinces/{SLUG}/" in ignored


def test_a_tiny_scale_leaves_no_record_file_without_a_record(tmp_path):
    shutil.copytree(find_project().root / "params", tmp_path / "params")
    tiny = Project(tmp_path)
    petitions = next(name for name in file_names(tiny) if name.startswith("phan-anh"))
    simulate(tiny, (2023,), SCALE)
    folder = tiny.deliveries / SLUG / "2023"
    assert (folder / petitions).is_file()
    (made,) = simulate(tiny, (2023,), 0.001)
    assert made.rows[petitions] == 0
    # The file of the larger scale is gone, too: it would be of another office.
    assert not (folder / petitions).exists()
    entry = read_entry(Delivery(2023, SLUG), tiny)
    for kind in ("survey", "dossiers", "petitions", "households"):
        records = read_records(kind, Delivery(2023, SLUG), tiny, entry.office)
        assert (records is None) == (kind == "petitions")
