"""Causes counted from households: as many as the file says; what is not known prints as nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from poverty_made import checkout_in, deliver

from helpers.indices.poverty import result as poverty
from helpers.indices.poverty import unit_tables as tables


@pytest.fixture
def result(tmp_path):
    project = checkout_in(tmp_path)
    classes = ["Hộ nghèo"] * 20 + ["Hộ cận nghèo"] * 20 + ["Hộ không nghèo"] * 20
    households = [
        {
            "ma_ho": f"H{number}",
            "huyen": "Đồng Văn",
            "phan_loai_dau_ky": "Hộ không nghèo",
            "phan_loai_cuoi_ky": class_,
            "nguyen_nhan": "Thiếu vốn" if number % 20 < 6 and class_ != "Hộ không nghèo" else "",
        }
        for number, class_ in enumerate(classes)
    ]
    deliver(project, "ha-giang", 2023, ho_dan=households)
    return poverty.evaluate("ha-giang", 2023, project)


def test_causes_are_counted_from_the_households(result):
    (row,) = tables.causes(result).rows
    assert [str(cell).split("]")[0].lstrip("[") for cell in row] == [
        "Thiếu vốn",
        "6",
        "30,00%",
        "6",
    ]


def test_a_cause_without_a_count_has_no_share(result):
    groups = result.groups.assign(ho_ngheo=float("nan"))
    (row,) = tables.causes(replace(result, groups=groups)).rows
    assert [str(cell) for cell in row[1:3]] == ["", ""]
