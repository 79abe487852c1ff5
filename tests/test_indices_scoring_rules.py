"""Rule types of a provincial set: the local criteria of 2026, rule by rule."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from helpers.definitions.load import DefinitionError
from helpers.definitions.rule_set import RuleSet, load_rule_set
from helpers.definitions.rules import Rule
from helpers.indices.scored.scoring_rules import mean_of_options, points_of, sipas_points
from helpers.inputs.evidence import EvidenceError, read_evidence
from helpers.project import Project

RULE = TypeAdapter(Rule)


def steps(*pairs):
    return [{"at_least": limit, "points": points} for limit, points in pairs]


PLAN_LADDER = {"type": "ladder", "steps": steps((100, 10), (90, 8), (80, 6), (70, 4))}
INSPECTED = {
    "type": "ladder",
    "steps": [*steps((30, 1), (25, 0.5)), {"at_least": 0, "points": 0.25, "strictly": True}],
}
IN_TIME = {"type": "choice", "shares": {"trong 30 ngày": 1, "trong 60 ngày": 0.5, "muộn hơn": 0}}
BOOLEAN = {"type": "boolean"}
COURSES = {
    "type": "two_branch",
    "steps": [*steps((100, 5), (85, 4), (60, 3)), {"at_least": 0, "points": 2, "strictly": True}],
    "without_plan": 2,
}
COUNT = {"type": "steps", "steps": steps((100, 4), (50, 3), (1, 2))}
SPENDING = {"type": "proportional_between", "full_from": 85, "none_below": 60, "decimals": 2}
MEASURES = {"type": "bonus", "steps": steps((2, 2), (1, 1))}
LATE = {"type": "penalty", "points": 1, "first_days": 2, "per_day": 1}
LEADER = {"type": "choice", "shares": {"Bí thư, Chủ tịch": 1, "Phó Bí thư, Phó Chủ tịch": 0.5}}


@pytest.mark.parametrize(
    ("code", "rule", "maximum", "declared", "points"),
    [
        ("I.1", IN_TIME, 3, "trong 60 ngày", 1.5),
        ("I.2.1", INSPECTED, 1, "30%", 1),
        ("I.2.1", INSPECTED, 1, "24,9%", 0.25),
        ("I.2.1", INSPECTED, 1, "0%", 0),
        ("I.2.1", INSPECTED, 1, "không phát sinh", None),
        ("I.2.2", BOOLEAN, 1, "có", 1),
        ("I.3", BOOLEAN, 3, "không", 0),
        ("II.1.1", PLAN_LADDER, 10, "100%", 10),
        ("II.1.1", PLAN_LADDER, 10, "99,99%", 8),
        ("II.1.1", PLAN_LADDER, 10, "45/50", 8),
        ("II.1.1", PLAN_LADDER, 10, "69,9", 0),
        ("II.4.2", COURSES, 5, "có kế hoạch: 85%", 4),
        ("II.4.2", COURSES, 5, "có kế hoạch: 1/10", 2),
        ("II.4.2", COURSES, 5, "không có kế hoạch: có", 2),
        ("II.4.2", COURSES, 5, "không có kế hoạch: không", 0),
        ("II.5.1", COUNT, 4, "1.240", 4),
        ("II.5.1", COUNT, 4, "49", 2),
        ("II.5.1", COUNT, 4, "không", 0),
        ("II.6", SPENDING, 10, "85%", 10),
        ("II.6", SPENDING, 10, "70%", 8.24),
        ("II.6", SPENDING, 10, "59,99%", 0),
        ("IV.1", MEASURES, 2, "3", 2),
        ("V.1", LATE, math.inf, "2", 1),
        ("V.1", LATE, math.inf, "5", 4),
        ("V.1", LATE, math.inf, "0", 0),
        ("V.2", {"type": "penalty", "points": 1}, 1, "có", 1),
        ("DTI", LEADER, 10, "phó bí thư, phó chủ tịch", 5),
        ("DTI", {"type": "parts", "shares": [0.5, 0.5]}, 10, "1", 5),
        ("DTI", {"type": "proportional"}, 10, "18/129", 10 * 18 / 129),
        ("766", {"type": "proportional", "full_from": 80}, 10, "40%", 5),
        ("766", {"type": "proportional", "full_from": 80}, 10, "80%", 10),
        ("VBQPPL", {"type": "per_unit", "points": 0.5}, 2, "3", 1.5),
        ("VBQPPL", {"type": "per_unit", "points": 0.5}, 2, "9", 2),
        (
            "khảo sát",
            {"type": "options", "percent": {"A": 100, "B": 60, "C": 20, "D": 0}},
            2,
            "A: 20; B: 10; C: 5; D: 5",
            2 * (2000 + 600 + 100) / 40 / 100,
        ),
        ("SIPAS", {"type": "sipas"}, 10, "82,3%", 8.23),
    ],
)
def test_rules_as_published(code, rule, maximum, declared, points):
    found = points_of(RULE.validate_python(rule), maximum, read_evidence(declared))
    assert found == (points if points is None else pytest.approx(points))


def test_survey_points_and_satisfaction():
    assert mean_of_options({"A": 100, "B": 60}, {"A": 1, "B": 3}) == 70
    assert sipas_points(10, 82.3) == pytest.approx(8.23)  # Ninh Thuận 2022


@pytest.mark.parametrize(
    ("rule", "declared", "told"),
    [
        (BOOLEAN, "41%", "«có» hoặc «không»"),
        (PLAN_LADDER, "gần xong", "không phải số"),
        (COURSES, "85%", "có kế hoạch"),
        (IN_TIME, "trong 90 ngày", "không thuộc các mức"),
        (SPENDING, "140%", "từ 0 đến 100"),
        ({"type": "parts", "shares": [0.5, 0.5]}, "3", "chỉ có 2 điều kiện"),
        ({"type": "options", "percent": {"A": 100}}, "A: 2; E: 1", "không có phương án: E"),
        ({"type": "options", "percent": {"A": 100}}, "A: 0", "không có phiếu"),
    ],
)
def test_what_a_rule_cannot_use_is_said(rule, declared, told):
    with pytest.raises(EvidenceError, match=told):
        points_of(RULE.validate_python(rule), 10, read_evidence(declared))


@pytest.mark.parametrize(
    "text", ["82.5", "4 1", "5/0", "A: hai; B: 1", "A: 1; A: 2", "có kế hoạch"]
)
def test_a_slip_in_a_declared_text_is_said(text):
    with pytest.raises(EvidenceError, match="»"):
        read_evidence(text)


@given(
    st.sampled_from([PLAN_LADDER, SPENDING, {"type": "proportional"}, {"type": "sipas"}, COURSES]),
    st.floats(0, 100),
    st.floats(0, 100),
    st.floats(0.5, 20),
)
def test_more_never_gives_fewer_points(rule, one, other, maximum):
    low, high = sorted((round(one, 2), round(other, 2)))
    opening = "có kế hoạch: " if rule is COURSES else ""
    made = RULE.validate_python(rule)
    points = [
        points_of(made, maximum, read_evidence(f"{opening}{rate}".replace(".", ",")))
        for rate in (low, high)
    ]
    assert 0 <= points[0] <= points[1] <= maximum


@pytest.mark.parametrize(
    "rule",
    [
        {"type": "ladder", "steps": steps((70, 4), (90, 8))},
        {"type": "ladder", "steps": [{"at_least": 1}]},
        {"type": "ladder", "steps": []},
        {"type": "proportional_between", "full_from": 50, "none_below": 60},
        {"type": "parts", "shares": [0.6, 0.5]},
        {"type": "thang điểm"},
    ],
)
def test_a_rule_that_cannot_be_is_refused(rule):
    with pytest.raises(ValidationError):
        RULE.validate_python(rule)


LOCAL = """
name: Bộ tiêu chí thử
legal_basis:
- {number: 1/QĐ-UBND, date: 2024-01-02, issuer: UBND tỉnh, title: thử}
criteria:
- code: "1"
  name: Chỉ đạo
  maximum: 5
  children:
  - {code: "1.1", name: Kế hoạch, maximum: 3, rule: {type: boolean}}
  - {code: "1.2", name: Kiểm tra, maximum: 2, rule: {type: proportional}}
- {code: T, name: Thưởng, maximum: 2, kind: bonus}
grades:
- group: sở
  legal_basis: Quyết định 1/QĐ-UBND
  bands: [{name: Tốt, at_least: 80}, {name: Khá, at_least: 65}]
- group: huyện
  limits_of: points
  legal_basis: Quyết định 1/QĐ-UBND
  bands: [{name: Tốt, at_least: 82}]
bonus_limit: 2
"""


def written(tmp_path, text):
    folder = tmp_path / "params" / "provinces" / "tinh-mau"
    folder.mkdir(parents=True)
    (folder / "bo-tieu-chi.yml").write_text(text, encoding="utf-8")
    return Project(tmp_path)


def test_a_province_brings_its_own_set(tmp_path):
    made = load_rule_set("tinh-mau", "bo-tieu-chi.yml", written(tmp_path, LOCAL))
    assert isinstance(made, RuleSet)
    assert [node.code for node in made.nodes] == ["1", "1.1", "1.2", "T"]
    assert made.get("1.2").rule.type == "proportional"
    assert made.grades_for("sở").grade(79.99) == "Khá"
    assert made.grades_for("huyện").grade(81) == ""
    assert made.grades_for("") is None  # two groups: which one must be said


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("maximum: 5", "maximum: 6", "các phần cộng lại 5"),
        ('code: "1.2"', 'code: "1.1"', "mã lặp lại: 1.1"),
        ("maximum: 3, rule", "rule", "thiếu maximum"),
        ("at_least: 65", "at_least: 85", "từ cao xuống"),
        ("type: boolean", "type: bậc", "does not match any"),
        ("name: Bộ tiêu chí thử", "tên: Bộ", "không tồn tại|thiếu khóa bắt buộc"),
    ],
)
def test_a_wrong_set_is_refused(tmp_path, old, new, told):
    assert old in LOCAL
    with pytest.raises(DefinitionError, match=told):
        load_rule_set("tinh-mau", "bo-tieu-chi.yml", written(tmp_path, LOCAL.replace(old, new)))


@pytest.mark.parametrize("file", ["../a.yml", "khong-co.yml"])
def test_a_set_that_is_not_there_is_said(tmp_path, file):
    with pytest.raises(DefinitionError, match=r"rule_set|Không có bộ tiêu chí"):
        load_rule_set("tinh-mau", file, written(tmp_path, LOCAL))


def test_the_documented_set_is_one(checkout, tmp_path):
    text = (checkout.root / "docs" / "rule-sets.md").read_text(encoding="utf-8")
    example = text.partition("```yaml\n")[2].partition("```")[0]
    made = load_rule_set("tinh-mau", "bo-tieu-chi.yml", written(tmp_path, example))
    assert sum(top.maximum_of_all for top in made.criteria if top.kind == "scored") == 24


def test_every_rule_type_is_documented(checkout):
    text = (checkout.root / "docs" / "rule-sets.md").read_text(encoding="utf-8")
    for kind in RULE.json_schema()["discriminator"]["mapping"]:
        assert f"`{kind}`" in text, kind


def test_the_set_of_the_simulated_province_is_sound(checkout):
    made = load_rule_set("tinh-mau", "bo-tieu-chi.yml", checkout)
    assert sum(top.maximum_of_all for top in made.criteria) == 100
