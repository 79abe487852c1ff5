"""When two years of an index may be compared: listed breaks, and every change of edition."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from helpers.definitions.framework import Framework, load_framework

LAW = {"number": "892/QĐ-BNV", "date": "2024-12-05", "issuer": "Bộ Nội vụ", "title": "Đề án"}


def made(**later: object) -> Framework:
    """Return an index of two editions, the second from 2024."""
    return Framework.model_validate(
        {
            "key": "x",
            "short_name": "X",
            "name_vi": "Chỉ số X",
            "name_en": "X",
            "owner": "Bộ",
            "sentence": "",
            "unit": "%",
            "editions": [
                {"key": "a", "name_vi": "Bản A", "first_year": 2022, "last_year": 2023},
                {"key": "b", "name_vi": "Bản B", "first_year": 2024, **later},
            ],
        }
    )


def test_a_new_edition_is_a_break_that_nobody_has_to_list():
    (why,) = made(legal_basis=[LAW]).why_not_comparable(2023, 2024)
    assert why.startswith("từ năm 2024 áp dụng cách tính mới theo Quyết định số 892/QĐ-BNV")
    assert made().why_not_comparable(2022, 2024) == made().why_not_comparable(2024, 2023) != ()
    assert made().why_not_comparable(2022, 2023) == ()
    assert made().why_not_comparable(2024, 2025) == ()


def test_editions_are_comparable_where_a_source_says_so():
    stated = {"reason": "phụ lục không đổi", "evidence": ["https://example.vn/qd"]}
    assert made(comparable=stated).why_not_comparable(2023, 2024) == ()
    with pytest.raises(ValidationError):
        made(comparable={"reason": "phụ lục không đổi", "evidence": []})


def test_a_break_of_one_part_does_not_stand_for_the_whole_edition():
    framework = made().model_copy(
        update={
            "breaks": (
                load_framework("sipas")
                .breaks[-1]
                .model_copy(update={"before": 2023, "after": 2024, "codes": ("A3",)}),
            )
        }
    )
    assert len(framework.why_not_comparable(2023, 2024, "A3")) == 2
    assert len(framework.why_not_comparable(2023, 2024, "total")) == 1


@pytest.mark.parametrize(
    ("index", "years"),
    [
        ("par_index", [2016, 2017, 2018, 2020, 2022, 2024]),
        ("dti", [2021, 2024]),
        ("sipas", [2017, 2022, 2023]),
        ("poverty", [2022, 2027]),
        ("procedures", [2025, 2026]),
        ("service_quality", []),
    ],
)
def test_every_shipped_edition_breaks_the_years(index, years):
    framework = load_framework(index)
    first = framework.editions[0].first_year
    found = [year for year in range(first + 1, 2029) if framework.breaks_between(year - 1, year)]
    assert found == years
    assert all(found.reason for found in framework.every_break)
