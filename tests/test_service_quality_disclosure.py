"""The grade of an office with few petitions: it stands, and no hidden count follows from it."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from service_made import checkout_in, deliver

from helpers.definitions.framework import load_framework, rules_of
from helpers.indices.service_quality import charts, tables
from helpers.indices.service_quality import result as service_quality
from helpers.indices.service_quality.arithmetic import Ratio, ServiceRules, grade, score
from helpers.indices.service_quality.disclosure import told, told_grade
from helpers.words.say import say, title
from helpers.words.text import plain

SLUG, YEAR = "bac-ninh", 2023
EDITION = load_framework("service_quality").edition(YEAR)
RULES = rules_of(EDITION, ServiceRules)
OPTIONS = RULES.chosen({})
CODES = tuple(code for code, rule in RULES.indicators.items() if rule.kind != "watched")
PETITIONS = ("5.2", "5.3")
FEW = range(1, 5)


def ratios(shown, petitions):
    """Return ratios of everything: those shown with 1.000 records, 5.2 and 5.3 of few."""
    made = [Ratio(c, top, 1000, "", "") for c, top in shown.items() if c not in PETITIONS]
    top, inner, bottom = petitions
    few = [
        Ratio("5.2", top, bottom, "", "", few=True),
        Ratio("5.3", inner, bottom, "", "", few=True),
    ]
    return (*made, *few)


def possible(shown, band):
    """Yield every number of petitions, in time and well answered, with which the grade is this one."""
    for bottom in FEW:
        for top in range(bottom + 1):
            for inner in range(top + 1):
                whole = score(ratios(shown, (top, inner, bottom)), EDITION, RULES, OPTIONS)
                if grade(whole, EDITION) == band:
                    yield top, inner, bottom


@settings(max_examples=150, deadline=None)
@given(
    st.fixed_dictionaries({code: st.integers(0, 1000) for code in CODES}),
    st.sampled_from([(t, i, b) for b in FEW for t in range(b + 1) for i in range(t + 1)]),
)
def test_no_hidden_count_follows_from_the_grade(shown, petitions):
    given_ = ratios(shown, petitions)
    made = score(map(told, given_), EDITION, RULES, OPTIONS)
    assert made.index is None
    assert {one.node.code for one in made.indicators if one.points is None} >= set(PETITIONS)
    band = told_grade(given_, EDITION, RULES, OPTIONS)
    if band is None:
        return
    left = set(possible(shown, band))
    assert petitions in left
    for count in (
        zip(*left, strict=True),
        ((b - t for t, _, b in left), (b - i for _, i, b in left)),
    ):
        for values in count:
            # That there is none at all may be known: it tells of nobody.
            assert len(found := set(values)) > 1 or found == {0}


def test_a_grade_that_two_bounds_close_in_on_is_not_told():
    """With few dossiers most points are hidden: a grade could single some out, so there is none."""
    every = [Ratio(code, 1, 2, "", "", few=True) for code in CODES]
    assert grade(score(every, EDITION, RULES, OPTIONS), EDITION) is not None
    assert told_grade(every, EDITION, RULES, OPTIONS) is None


def office(tmp_path, petitions):
    project = checkout_in(tmp_path)
    every = [
        {"ky": "Cả năm", "chi_tieu": code, "tu_so": 900, "mau_so": 1000}
        for code in CODES
        if code not in PETITIONS
    ]
    assert len(every) == len(CODES) - 2
    deliver(project, SLUG, YEAR, chi_so_766=every, phan_anh_kien_nghi=petitions)
    return service_quality.evaluate(SLUG, YEAR, project)


def petition(number, late):
    return {
        "ma_pakn": f"P{number}",
        "ngay_tiep_nhan": "01/03/2023",
        "ngay_xu_ly": "01/06/2023" if late else "03/03/2023",
        "gui_lai": "không",
        "ket_qua_danh_gia": "hài lòng",
    }


def printed(result):
    sections = ("overview", "by_group", "groups", "missing", "brief")
    said = [say(result, name).markdown for name in sections]
    said.append(title(result).description)
    rows = [
        row
        for name in ("key_figures", "groups", "indicators")
        for row in getattr(tables, name)(result).rows
    ]
    return plain(
        "\n".join([*said, charts.groups(result).alt, *(str(cell) for row in rows for cell in row)])
    )


@pytest.mark.parametrize(("count", "late"), list(product(FEW, (0, 1))))
def test_few_petitions_leave_the_office_its_grade_and_give_no_count_away(tmp_path, count, late):
    result = office(tmp_path, [petition(n, n < late) for n in range(count)])
    assert {one.node.code for one in result.withheld} == set(PETITIONS)
    assert result.grade is not None
    assert result.score.index is None
    text = printed(result)
    assert f"được xếp loại {result.grade.name}" in text
    assert "Tổng điểm không công bố vì chỉ tiêu 5.2 và 5.3" in text
    whole = score(
        [
            *(Ratio(c, 900, 1000, "", "") for c in CODES if c not in PETITIONS),
            *(Ratio(c, count - late, count, "", "") for c in PETITIONS),
        ],
        EDITION, RULES, OPTIONS,
    )  # fmt: skip
    # Neither the total, nor the points of the group, nor the counts themselves.
    group = next(one for one in whole.groups if one.node.code == "5")
    assert "/100 điểm" not in text
    assert "Tổng số" not in text
    (row,) = (row for row in tables.groups(result).rows if str(row[0]).endswith(" *"))
    told_ones = [one for one in group.indicators if one.node.code not in PETITIONS]
    shown = sum(one.points for one in told_ones if one.points is not None)
    assert plain(str(row[1])) == f"{shown:.2f}".replace(".", ",")
    assert not re.search(rf"(?<![\d.,]){count - late}/{count}(?![\d.,])", text)


def test_enough_petitions_give_a_total(tmp_path):
    result = office(tmp_path, [petition(n, n < 1) for n in range(5)])
    assert not result.withheld
    assert result.score.index is not None


def answered_without_a_day(number):
    return petition(number, late=False) | {"ngay_xu_ly": "", "ngay_cong_khai": "10/03/2023"}


@pytest.mark.parametrize(("known", "unknown"), [(1, 3), (1, 2), (0, 4), (2, 1), (3, 4), (4, 6)])
def test_few_petitions_of_which_most_do_not_tell_are_not_counted_out(tmp_path, known, unknown):
    rows = [petition(n, late=False) for n in range(known)]
    rows += [answered_without_a_day(100 + n) for n in range(unknown)]
    # One of an earlier year gives the file its column of answers.
    rows.append(petition(200, late=False) | {"ngay_tiep_nhan": "01/03/2022"})
    result = office(tmp_path, rows)
    text = printed(result) + str(tables.indicators(result).note)
    traces = " ".join(one.ratio.trace for one in result.score.indicators if one.ratio)
    assert "quá nửa" not in text
    assert not re.search(r"\d+ trong \d+|không kể \d", text + traces)
    for code in PETITIONS:
        ratio = result.score.get(code).ratio
        assert (ratio.numerator, ratio.denominator, ratio.unknown) == (None, None, 0)


def test_few_petitions_among_many_that_do_not_tell_are_only_called_few(tmp_path):
    rows = [petition(n, late=False) for n in range(20)]
    rows += [answered_without_a_day(100 + n) for n in range(3)]
    result = office(tmp_path, rows)
    text = printed(result) + plain(str(tables.indicators(result).note))
    assert "5.2 (dưới năm)" in text
    traces = " ".join(one.ratio.trace for one in result.score.indicators if one.ratio)
    assert "không kể dưới năm phản ánh, kiến nghị chưa rõ" in traces
    assert not re.search(r"không kể \d", text + traces)


def test_a_hidden_denominator_does_not_follow_from_what_does_not_tell(tmp_path):
    """Seven dossiers, three of them without a day they were due: 2.1 is of few, 4.3 of all seven."""
    rows = [
        {
            "ma_ho_so": f"H{n}", "linh_vuc": "Việc làm", "kenh": "trực tuyến", "tai_su_dung": "có",
            "ngay_tiep_nhan": "01/03/2023", "ngay_hen_tra": "" if n < 3 else "20/03/2023",
            "ngay_giai_quyet": "10/03/2023", "trang_thai": "Đã trả kết quả",
        }
        for n in range(7)
    ]  # fmt: skip
    project = checkout_in(tmp_path)
    deliver(project, SLUG, YEAR, ho_so=rows)
    result = service_quality.evaluate(SLUG, YEAR, project)
    assert result.score.get("4.3").ratio.denominator == 7
    ratio = result.score.get("2.1").ratio
    assert (ratio.denominator, ratio.unknown, ratio.few) == (None, 0, True)
    assert not re.search(r"không kể|\d+ trong \d+", ratio.trace)


@pytest.mark.parametrize(("count", "late"), [(1, 0), (4, 1)])
def test_the_drawn_rows_their_alternative_and_what_is_published_hold_no_hidden_count(
    tmp_path, count, late
):
    result = office(tmp_path, [petition(n, n < late) for n in range(count)])
    chart = charts.groups(result)
    told_of = {
        group.node.name_vi: sum(
            one.points
            for one in group.indicators
            if one.points is not None and one.node.code not in PETITIONS
        )
        for group in result.score.groups
    }
    for row in chart.rows:
        assert row["points"] == pytest.approx(told_of[row["group"]])
        assert f"{row['points']:.2f}".replace(".", ",") in chart.alt
    numbers = sorted(value for value in told_of.values() if value)
    said = [float(one.replace(",", ".")) for one in re.findall(r"\d+,\d\d", chart.alt)]
    assert sorted(said) == pytest.approx([round(one, 2) for one in numbers])
    # What is published beside it is the publisher's own: nothing of it is computed here.
    own = [plain(str(row[4])) for row in tables.published(result).rows]
    given_out = {f"{one:.2f}".replace(".", ",") for one in result.published["value"].dropna()}
    assert set(own) - {""} <= given_out
