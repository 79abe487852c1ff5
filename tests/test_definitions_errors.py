"""What a definition file that is wrong is told."""

from __future__ import annotations

import shutil

import pytest

from helpers.definitions import DefinitionError, load_definition
from helpers.project import Project


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
        ("from: 2011", "from: đầu", "editions.0.from: "),
        ("from: 2016", "from: 2017", "ấn bản 2016 phải bắt đầu từ năm 2016"),
        ("from: 2011", "from: 2016", "ấn bản 2011 có from (2016) sau to (2015)"),
        ("scale: [6, 60]", "scale: [60, 6]", "ấn bản 2011, mã «total»: thang điểm"),
        ("scale: [6, 60]", "scale: [6]", "editions.0.total.scale"),
        ('{code: "1", is: participation', '{code: "1", is: joining', "«joining» chưa khai"),
        ('"1.1": civic_knowledge', '"1.2": civic_knowledge', "khóa «1.2» lặp lại"),
        ('code: "2"', 'code: "1"', "ấn bản 2011 lặp lại mã 1"),
        ("  4: [0.25, 2.5]\n", "", "không có thang điểm cho 4 nội dung thành phần"),
        ("between: [2015, 2016]", "between: [2014, 2016]", "hai năm liền nhau"),
        ("between: [2015, 2016]", "between: [2009, 2010]", "ngoài các năm 2011 đến 2024"),
        ("between: [2015, 2016]", "between: [2024, 2025]", "ngoài các năm 2011 đến 2024"),
        ('codes: ["7.1"]', 'codes: ["7.9"]', "mã «7.9», không có trong ấn bản năm 2019"),
        ("status: inferred", "status: guessed", "editions.4.notes.0.status"),
        (
            'evidence: ["http://origin.papi.org.vn/du-lieu?y=2014"]',
            "evidence: nowhere",
            "groups.evidence",
        ),
        ("sizes: [16, 15, 16, 16]", "sizes: [16, 16, 16, 16]", "groups.sizes.0"),
        ("standard_error: 0.415", "standard_error: 0", "likely_errors.0.standard_error"),
        ("status: assumed", "status: published", "likely_errors.0.status"),
        ("- code: total\n", "- code: '9'\n", "likely_errors nêu mã «9»"),
        (
            "    from: 2018\n    standard",
            "    from: 2030\n    standard",
            "likely_errors nêu năm 2030",
        ),
        ("key: papi", "key: [papi", "không đọc được YAML"),
    ],
)
def test_the_error_names_the_file_and_the_key(copy, old, new, told):
    edit(copy, old, new)
    with pytest.raises(DefinitionError) as caught:
        load_definition("papi", copy)
    assert "params/indices/papi.yml" in str(caught.value)
    assert told in str(caught.value)


def test_a_file_in_another_encoding_is_told_so(copy):
    path = copy.definitions / "papi.yml"
    text = path.read_text(encoding="utf-8")
    path.write_bytes(text.encode("utf-16-le"))
    with pytest.raises(DefinitionError, match=r"papi\.yml: .*không phải văn bản UTF-8 \(từ dòng 1"):
        load_definition("papi", copy)
    # With the mark that Notepad writes, the same encoding is read.
    path.write_bytes(text.encode("utf-16"))
    assert load_definition("papi", copy).key == "papi"


def test_an_empty_file_is_an_error(copy):
    (copy.definitions / "papi.yml").write_text("", encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"papi\.yml"):
        load_definition("papi", copy)


def test_an_unknown_index_is_told_which_there_are(copy):
    with pytest.raises(DefinitionError, match=r"«par-index».*papi"):
        load_definition("par-index", copy)


def test_an_edited_file_is_read_again(copy):
    assert load_definition("papi", copy).decimals == 2
    edit(copy, "decimals: 2", "decimals: 3")
    assert load_definition("papi", copy).decimals == 3
