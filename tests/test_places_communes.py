"""The communes of today: known by province, told apart by their tones, near names proposed."""

from __future__ import annotations

from collections import Counter

import openpyxl
import pytest
from entry_made import make_project

from helpers.definitions.forms import load_forms
from helpers.inputs.delivery import Delivery
from helpers.inputs.office import Office
from helpers.inputs.reading import read_entry
from helpers.inputs.records import read_records
from helpers.places import register
from helpers.places.communes import communes, unknown_communes


def test_every_province_of_today_has_its_communes():
    counts = {unit.slug: len(communes(unit.slug)) for unit in register().units("34")}
    assert sum(counts.values()) == 3_321
    assert min(counts.values()) > 30
    kinds = Counter(
        name.split()[0] for unit in register().units("34") for name in communes(unit.slug)
    )
    assert kinds == {"Xã": 2_621, "Phường": 687, "Đặc": 13}
    assert communes("quang-nam") == ()  # no province of today


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Xã Tân Thạnh", None),
        ("tân thành", None),
        ("Xã Tan Thanh", ("Xã Tân Thạnh", "Xã Tân Thành")),
        ("Phường Tân Thánh", ()),
        ("Xã Kì Anh", ("Xã Kỳ Anh",)),
    ],
)
def test_a_name_is_known_by_its_tones_and_near_ones_are_proposed(name, near):
    known = ("Xã Tân Thạnh", "Xã Tân Thành", "Xã Kỳ Anh")
    assert unknown_communes([name], known).get(name) == near


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path, own_forms=False)


def delivered(project, year, commune):
    folder = project.deliveries / "ha-tinh" / str(year)
    folder.mkdir(parents=True)
    settings = project.offices / "ha-tinh" / f"{year}.yml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text("office: {name: Sở Nông nghiệp và Môi trường}\n", encoding="utf-8")
    text = f"ma_ho,xa,phan_loai_cuoi_ky\nH1,{commune},Hộ nghèo\n"
    (folder / "ho-dan.csv").write_text(text, encoding="utf-8")
    office = Office(office={"name": "Sở"})
    read = [
        read_records("households", Delivery(year, "ha-tinh"), project, office) for _ in range(2)
    ]
    assert read[0].problems == read[1].problems  # from the file and from the cache
    return [one for one in read[0].problems if one.rule == "unknown-commune"]


def test_records_are_held_against_the_communes_of_their_year(project):
    (problem,) = delivered(project, 2026, "Xã Kì Anh")
    assert problem.severity == "warning"
    assert "«Xã Kì Anh» (có thể là «Xã Kỳ Anh»)" in problem.message
    assert delivered(project, 2027, "Kỳ Anh") == []
    assert delivered(project, 2024, "Xã Kì Anh") == []


def test_an_entry_sheet_is_held_against_them_too(project):
    form = next(
        form
        for form in load_forms(project).tables
        if {"huyen", "xa"} <= {column.code for column in form.columns}
    )
    folder = project.deliveries / "ha-tinh" / "2026"
    folder.mkdir(parents=True)
    (project.offices / "ha-tinh").mkdir(parents=True)
    (project.offices / "ha-tinh" / "2026.yml").write_text("office: {name: Sở}\n", encoding="utf-8")
    book = openpyxl.Workbook()
    book.active.title = form.sheet
    labels = [column.label for column in form.columns]
    book.active.append(labels)
    row = dict.fromkeys(labels)
    row[form.column("xa").label] = "Xã Kì Anh"
    row |= {column.label: 5 for column in form.columns if column.kind == "count"}
    book.active.append([row[label] for label in labels])
    book.save(folder / "nhap-lieu.xlsx")
    told = read_entry(Delivery(2026, "ha-tinh"), project).problems
    (problem,) = [one for one in told if one.rule == "unknown-commune"]
    assert "«Xã Kỳ Anh»" in problem.message
    assert problem.sheet == form.sheet
