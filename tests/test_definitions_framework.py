"""When two years of an index may be compared: listed breaks, and every change of edition."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from helpers.definitions.framework import Framework, Node, load_framework

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


def _whole(aggregation, **weights):
    parts = [
        {"code": code, "name_vi": code, "weight": weight or None}
        for code, weight in weights.items()
    ]
    return Node.model_validate(
        {"code": "total", "name_vi": "Chung", "aggregation": aggregation, "children": parts}
    )


def test_a_whole_is_made_of_its_parts_as_the_definition_says():
    values = {"a": 4.0, "b": 7.0, "c": 10.0}
    assert _whole("sum", a=0, b=0, c=0).made_of(values) == 21
    # Weights in percent or as shares: only their proportions count.
    for weights in ({"a": 5, "b": 20, "c": 25}, {"a": 0.1, "b": 0.4, "c": 0.5}):
        assert _whole("weighted_mean", **weights).made_of(values) == pytest.approx(8.2)


def test_a_whole_of_which_a_part_is_unknown_has_no_value():
    for whole in (_whole("sum", a=0, b=0), _whole("weighted_mean", a=1, b=2)):
        assert whole.made_of({"a": 4.0}) is None
    assert _whole(None, a=0, b=0).made_of({"a": 4.0, "b": 5.0}) is None


def test_parts_without_weights_make_no_weighted_mean():
    with pytest.raises(ValueError, match="mọi mã con phải có weight"):
        _whole("weighted_mean", a=1, b=0)


def test_papi_is_an_index_as_the_others(checkout):
    """Its total is the sum of its dimensions in every year, and no year is covered by two editions."""
    papi = load_framework("papi", checkout)
    for year in range(2011, 2025):
        edition = papi.edition(year)
        assert {node.aggregation for node in edition.nodes if node.children} == {"sum"}
        assert edition.root.made_of({d.code: 5.0 for d in edition.dimensions}) == 5 * len(
            edition.dimensions
        )
        assert edition.root.maximum == sum(d.maximum for d in edition.dimensions)
