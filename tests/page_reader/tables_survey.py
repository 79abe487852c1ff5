"""Tables of the survey: offices, places, factors and items, with their errors."""

from __future__ import annotations

import re
from fractions import Fraction

from .claims import At
from .frames_office import office
from .numbers import N, parse, prints, show
from .pages import Page, Table
from .survey import Survey, t_quantile
from .tables_papi import EMPTY, at_of

NUMBER = re.compile(rf"^[+−]?{N}(?:%| điểm| điểm %)?$")
FEWEST = 5
"""A group of fewer persons, computed from records, is not printed."""


def number(text: str) -> Fraction | None:
    found = re.match(rf"^([+−]?{N})%?(?: |$)", text)
    return parse(found[1]) if found else None


def survey_units(page: Page, data: object, table: Table) -> list[At]:
    """Offices, districts or communes of the survey."""
    column = {"tbl-departments": "co_quan", "tbl-districts": "huyen", "tbl-communes": "xa"}[
        table.name
    ]
    done = []
    for row in table.rows:
        at = at_of(page, data, row[0], table)
        survey = office(at).survey
        name = row[0].text
        if survey is None or name not in survey.counts:
            continue
        before = office(at).before.survey if office(at).before.exists else None
        value = survey.estimate(column, name, "total")[0]
        ranked = list(survey.ranked(column))
        known = survey.interval(column, name, "total")
        for head, cell in zip(table.heads[1:], row[1:], strict=False):
            text = cell.text
            if text in EMPTY or not re.match(rf"[+−]?{N}", text):
                continue
            if head == "Hài lòng":
                at.check(prints(text, value), "bảng: mức hài lòng", show(value))
                at.check(
                    survey.counts[name] >= FEWEST,
                    "nhóm dưới năm",
                    f"{name}: {survey.counts[name]} phiếu",
                )
            elif head == "Khoảng tin cậy":
                _interval(at, text, known)
                at.check(
                    survey.counts[name] >= FEWEST,
                    "nhóm dưới năm",
                    f"{name}: {survey.counts[name]} phiếu",
                )
            elif head == "Số phiếu" and number(text) is not None:
                at.check(
                    number(text) == survey.counts[name], "bảng: số phiếu", f"{survey.counts[name]}"
                )
                at.check(
                    survey.counts[name] >= FEWEST,
                    "nhóm dưới năm",
                    f"{name}: {survey.counts[name]} phiếu",
                )
            elif head == "Vị trí" and "/" in text:
                right = (ranked.index(name) + 1 if name in ranked else 0, len(ranked))
                said = (int(re.sub(r"\D.*", "", text)), int(re.sub(r".*/", "", text)))
                at.check(said == right, "bảng: vị trí", f"{right}")
            elif head.startswith("So với") and number(text) is not None and before is not None:
                _change(at, text, survey, before, (column, name, "total"))
        done.append(at)
    return done


def _interval(at: At, text: str, known: tuple[float, float] | None) -> None:
    ends = re.match(rf"^({N})–({N})$", text)
    if ends:
        good = known is not None and prints(ends[1], known[0]) and prints(ends[2], known[1])
        at.check(good, "bảng: khoảng tin cậy", f"{known}")


def _change(at: At, text: str, survey: Survey, before: Survey, key: tuple[str, str, str]) -> None:
    """A difference of two surveys, and whether it is told to be inside its error."""
    a, b = before.estimate(*key), survey.estimate(*key)
    if a[0] != a[0] or b[0] != b[0]:
        at.check(False, "bảng: thay đổi", "không có năm trước")
        return
    gap = b[0] - a[0]
    said = re.match(rf"^([+−]?{N})", text)
    assert said
    at.check(prints(said[1], gap), "bảng: thay đổi", show(gap))
    freedoms = before.freedom(*key), survey.freedom(*key)
    unknown = min(freedoms) <= 0 or not (0 < a[0] < 100 and 0 < b[0] < 100)
    told_inside, told_unknown = "trong sai số" in text, "chưa rõ sai số" in text
    if unknown:
        at.check(told_unknown or told_inside, "bảng: chưa rõ sai số", "sai số không biết")
        return
    first, second = before.error(a[1]) ** 2, survey.error(b[1]) ** 2
    freedom = (first + second) ** 2 / (first**2 / freedoms[0] + second**2 / freedoms[1])
    half = t_quantile(0.975, freedom) * (first + second) ** 0.5
    at.check(
        (abs(gap) <= half) == told_inside, "bảng: trong sai số", f"{gap:.2f}, sai số {half:.2f}"
    )


def survey_parts(page: Page, data: object, table: Table) -> list[At]:
    """Factors and items of the office."""
    done = []
    for row in table.rows:
        at = at_of(page, data, row[0], table)
        survey = office(at).survey
        if survey is None:
            continue
        names = {label: code for code, label in survey.labels.items()}
        names["Chỉ số chung"] = "total"
        code = names.get(re.sub(r"^[«“]|[»”]$", "", row[0].text))
        if code is None or (code[0] == "A" and code != "total"):
            continue
        key = ("co_quan", office(at).agency, code)
        value, influence = survey.estimate(*key)
        if value != value:
            continue
        before = office(at).before.survey if office(at).before.exists else None
        for head, cell in zip(table.heads[1:], row[1:], strict=False):
            text = cell.text
            year = re.fullmatch(r"Năm (20\d\d)", head)
            if text in EMPTY:
                continue
            if head == "Hài lòng" or (year and int(year[1]) == page.year):
                at.check(prints(text, value), "bảng: mức hài lòng", show(value))
            elif year and before is not None and int(year[1]) == page.year - 1:
                at.check(
                    prints(text, before.estimate(*key)[0]),
                    "bảng: mức hài lòng",
                    show(before.estimate(*key)[0]),
                )
            elif head == "Khoảng tin cậy":
                _interval(at, text, survey.interval(*key))
            elif head == "Sai số chuẩn" and number(text) is not None:
                at.check(
                    prints(text, survey.error(influence)),
                    "bảng: sai số chuẩn",
                    show(survey.error(influence)),
                )
            elif head == "Số trả lời" and number(text) is not None:
                at.check(
                    number(text) == survey.answers(*key),
                    "bảng: số trả lời",
                    f"{survey.answers(*key)}",
                )
            elif head.startswith("Thay đổi") and number(text) is not None and before is not None:
                _change(at, text, survey, before, key)
        done.append(at)
    return done
