"""A person's own words: kept as written, with live figures, and marked when those have changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.inputs.delivery import Delivery
from helpers.inputs.office import Office
from helpers.inputs.own_text import own_texts
from helpers.inputs.problems import InputError
from helpers.project import Project
from helpers.words.numbers import Number
from helpers.words.own_text import filled
from helpers.words.text import plain

RECEIVED = {"procedures.received": Number("5.182", "so-lieu.csv, dòng 4")}


def test_a_name_prints_the_figure_with_its_source():
    made = filled("Đã nhận {{procedures.received}} hồ sơ.", RECEIVED)
    assert made.markdown == 'Đã nhận [5.182]{.so title="so-lieu.csv, dòng 4"} hồ sơ.'
    assert made.cited == ("procedures.received",)
    assert not made.stale
    assert not made.unknown


def test_a_text_is_stale_when_its_figure_has_changed_since():
    made = filled("Đã nhận {{procedures.received = 4.900}} hồ sơ, tăng.", RECEIVED)
    assert plain(made.markdown) == "Đã nhận 5.182 hồ sơ, tăng."
    (stale,) = made.stale
    assert (stale.name, stale.written, stale.now) == ("procedures.received", "4.900", "5.182")
    assert not filled("{{ procedures.received=5.182 }}", RECEIVED).stale


def test_an_unknown_name_stays_visible():
    made = filled("Đạt {{sipas.overal}}.", RECEIVED)
    assert made.unknown == ("sipas.overal",)
    assert "không có số liệu “sipas.overal”" in made.markdown


@given(st.text(alphabet=st.characters(exclude_characters="{}"), max_size=60))
def test_words_without_figures_are_kept_as_they_are(text):
    assert filled(text, RECEIVED).markdown == text


def office(**sections):
    return Office.model_validate({"office": {"name": "Sở Nội vụ"}, "sections": sections})


def test_settings_and_files_say_where_a_text_goes(tmp_path):
    project = Project(tmp_path)
    folder = project.offices / "quang-nam" / "2023"
    folder.mkdir(parents=True)
    (folder / "mo-dau.md").write_text("<!-- thay -->\nLời của Sở.\n", encoding="utf-8")
    (folder / "han-che.md").write_text("Thêm một ý.", encoding="utf-8-sig")
    found = own_texts(
        office(**{"han-che": {"before": "Trước tiên."}}),
        Delivery(2023, "quang-nam"),
        ("mo-dau", "han-che"),
        project,
    )
    assert [(own.section, own.place, own.text) for own in found] == [
        ("han-che", "before", "Trước tiên."),
        ("han-che", "after", "Thêm một ý."),
        ("mo-dau", "replace", "Lời của Sở."),
    ]
    assert found[2].origin == "params/provinces/quang-nam/2023/mo-dau.md"


def test_a_section_that_does_not_exist_is_told_with_those_that_do(tmp_path):
    with pytest.raises(InputError) as raised:
        own_texts(
            office(ketluan={"after": "x"}),
            Delivery(2023, "quang-nam"),
            ("mo-dau",),
            Project(tmp_path),
        )
    (problem,) = raised.value.problems
    assert problem.rule == "unknown-section"
    assert "mo-dau" in problem.remedy


def test_two_texts_cannot_replace_one_section(tmp_path):
    project = Project(tmp_path)
    folder = project.offices / "quang-nam" / "2023"
    folder.mkdir(parents=True)
    (folder / "mo-dau.md").write_text("<!-- thay -->\nA.", encoding="utf-8")
    with pytest.raises(InputError) as raised:
        own_texts(
            office(**{"mo-dau": {"replace": "B."}}),
            Delivery(2023, "quang-nam"),
            ("mo-dau",),
            project,
        )
    assert raised.value.problems[0].rule == "replaced-twice"


def test_a_wrong_mark_is_told(tmp_path):
    project = Project(tmp_path)
    folder = project.offices / "quang-nam" / "2023"
    folder.mkdir(parents=True)
    (folder / "mo-dau.md").write_text("<!-- giữa -->\nA.", encoding="utf-8")
    with pytest.raises(InputError, match="giữa"):
        own_texts(office(), Delivery(2023, "quang-nam"), ("mo-dau",), project)
