"""What a definition file that is wrong is told."""

from __future__ import annotations

import shutil

import pytest

from helpers.definitions import DefinitionError, load_framework
from helpers.project import Project

FIRST_BREAK = "before: 2015\n    after: 2016"


@pytest.fixture
def copy(tmp_path, checkout):
    project = Project(tmp_path)
    shutil.copytree(checkout.definitions, project.definitions)
    return project


def edit(project, old, new):
    path = project.definitions / "papi.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("short_name: PAPI\n", "", "short_name: "),
        ("decimals: 2", "decimals: hai", "decimals: "),
        ("decimals: 2", "decimals: 2\nmau: xanh", "mau: "),
        ("first_year: 2011", "first_year: đầu", "editions.0.first_year: "),
        ("first_year: 2016", "first_year: 2017", "ấn bản 2016 phải bắt đầu từ năm 2016"),
        ("first_year: 2011", "first_year: 2016", "ấn bản 2011 có first_year (2016) sau last_year"),
        ("minimum: 6\n", "minimum: 61\n", "editions.0.criteria.0: mã «total»: thang điểm"),
        ("minimum: 6\n", "minimum: [6]\n", "editions.0.criteria.0.minimum"),
        ('{code: "1", id: participation', '{code: "1", id: joining', "«joining» chưa khai"),
        ('{code: "1.1"', '{code: "1.2"', "ấn bản 2011 lặp lại mã 1.2"),
        ('code: "2"', 'code: "1"', "ấn bản 2011 lặp lại mã 1"),
        ("aggregation: sum", "aggregation: weighted_mean", "mọi mã con phải có weight"),
        ("aggregation: sum", "aggregation: mean", "editions.0.criteria.0.aggregation"),
        ("maximum: 2.5}", "maximum: 2.5, aggregation: sum}", "mã «1.1» có aggregation"),
        ("key: papi", "key: pappi", "key phải là «papi»"),
        ("before: 2015", "before: 2014", "hai năm liền nhau"),
        (
            "before: 2015\n    after: 2016",
            "before: 2009\n    after: 2010",
            "ngoài các năm 2011 đến 2024",
        ),
        (
            "before: 2015\n    after: 2016",
            "before: 2024\n    after: 2025",
            "ngoài các năm 2011 đến 2024",
        ),
        ('codes: ["7.1"]', 'codes: ["7.9"]', "mã «7.9», không có trong ấn bản năm 2019"),
        ("status: inferred", "status: guessed", "status: "),
        (
            'evidence: ["http://origin.papi.org.vn/du-lieu?y=2014"]',
            "evidence: nowhere",
            "groups.evidence",
        ),
        ("sizes: [16, 15, 16, 16]", "sizes: [16, 16, 16, 16]", "groups.sizes.0"),
        ("standard_error: 0.415", "standard_error: 0", "likely_errors.0.standard_error"),
        ("status: assumed", "status: verified", "likely_errors.0.status"),
        ("\n  - code: total\n", "\n  - code: '9'\n", "likely_errors nêu mã «9»"),
        (
            "    first_year: 2018\n    standard",
            "    first_year: 2030\n    standard",
            "likely_errors nêu năm 2030",
        ),
        ("key: papi", "key: [papi", "không đọc được YAML"),
    ],
)
def test_the_error_names_the_file_and_the_key(copy, old, new, told):
    edit(copy, old, new)
    with pytest.raises(DefinitionError) as caught:
        load_framework("papi", copy)
    assert "params/indices/papi.yml" in str(caught.value)
    assert told in str(caught.value)


def test_a_file_in_another_encoding_is_told_so(copy):
    path = copy.definitions / "papi.yml"
    text = path.read_text(encoding="utf-8")
    path.write_bytes("# xã\n".encode("cp1252") + text.encode())
    with pytest.raises(DefinitionError, match=r"papi\.yml: .*không phải văn bản UTF-8 \(từ dòng 1"):
        load_framework("papi", copy)
    # With the mark that Notepad writes, and without one, UTF-16 is read.
    for encoding in ("utf-16", "utf-16-le"):
        path.write_bytes(text.encode(encoding))
        assert load_framework("papi", copy).key == "papi"


def test_an_empty_file_is_an_error(copy):
    (copy.definitions / "papi.yml").write_text("", encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"papi\.yml"):
        load_framework("papi", copy)


def test_an_unknown_index_is_told_which_there_are(copy):
    with pytest.raises(DefinitionError, match=r"«par-index».*papi"):
        load_framework("par-index", copy)


def test_an_edited_file_is_read_again(copy):
    assert load_framework("papi", copy).decimals == 2
    edit(copy, "decimals: 2", "decimals: 3")
    assert load_framework("papi", copy).decimals == 3
