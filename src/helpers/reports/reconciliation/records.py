"""Rule R17: what an office typed agrees with what its own record files give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

import pandas as pd

from helpers.definitions.framework import load_framework, rules_of
from helpers.facts.disclosure import LEAST, is_small
from helpers.facts.discrepancy import Discrepancy, Made, Quoted, Severity, Term
from helpers.facts.intervals import NOISE, Interval, printed
from helpers.indices.procedures.left_open import Counted
from helpers.indices.service_quality.arithmetic import Ratio, ServiceRules
from helpers.indices.service_quality.ratios import WHOLE_YEAR, counted_ratios, delivered_ratios
from helpers.indices.sipas import result as sipas
from helpers.indices.sipas.rules import TOTAL
from helpers.inputs.entry import ORIGIN, Entry
from helpers.inputs.observations import Observation
from helpers.project import Project
from helpers.reports.reconciliation.figures import NAMED_BY, ROW_FIGURES, SHEETS, UNITS, label_of
from helpers.reports.reconciliation.record_counts import (
    Counts,
    Source,
    dossier_counts,
    folded,
    household_counts,
    knows,
)
from helpers.words.numbers import in_words

RULE = "R17"
_SERVICE, _SIPAS = "service_quality", "sipas"


def contradicted_by_records(entry: Entry, project: Project) -> Iterator[Discrepancy]:
    """Compare every typed figure and table row with the record files of the same delivery.

    Parameters
    ----------
    entry : Entry
    project : Project

    Yields
    ------
    Discrepancy
        With both numbers and both places; where the count is not to be told, without it.

    Raises
    ------
    helpers.inputs.problems.InputError
        If a record file has errors.
    """
    if not (len(entry.figures) or any(len(table) for table in entry.tables.values())):
        return
    for count, table in (
        (dossier_counts, "procedures_report"),
        (household_counts, "poverty_units"),
    ):
        counts = count(entry, project)
        if counts is not None:
            yield from _figures(entry, counts)
            yield from _rows(entry, table, counts)
    yield from _survey(entry, project)
    yield from _ratios(entry, project)


def _figures(entry: Entry, counts: Counts) -> Iterator[Discrepancy]:
    for code, counted in counts.figures.items():
        stated = entry.figures.get(code, entry.year)
        if stated is not None:
            yield from _against(stated, entry, counted, counts.source, _decimals(stated))


def _decimals(stated: Observation) -> int:
    return 0 if stated.unit != "%" else max(stated.decimals, 2)


def _against(
    stated: Observation, entry: Entry, counted: Counted, source: Source, decimals: int
) -> Iterator[Discrepancy]:
    """Compare a single figure with what was counted."""
    allowed = Interval(counted.low, counted.high)
    if printed(stated).meets(allowed):
        return
    terms: dict[str, Term] = {"stated": stated, "typed": _place(stated)}
    said, made = _counted(counted, stated.unit, source, decimals)
    label = entry.forms.figure(stated.code).label
    unit = "" if stated.unit == "%" else f" {stated.unit}"
    yield Discrepancy(
        RULE,
        "mâu thuẫn",
        f"“{label}” được kê khai là {{stated}}{unit} ({{typed}}), {said}.",
        terms | made,
        (stated,),
        None if counted.hidden else allowed,
        stated.value,
    )


def _few(least: int) -> str:
    return f"số đếm không được nêu để không làm lộ nhóm dưới {in_words(least)}"


def _counted(
    counted: Counted, unit: str, source: Source, decimals: int, name: str = ""
) -> tuple[str, dict[str, Term]]:
    """Return the words on the count of records and their terms."""
    file: dict[str, Term] = {"file": Quoted(source.where, source.where)}
    if counted.hidden:
        return f"không khớp với tệp bản ghi ({{file}}); {_few(source.least)}", file
    how = f"đếm từ {source.where}"
    low, high = (Made(value, decimals, unit, how) for value in (counted.low, counted.high))
    words = "" if unit == "%" else f" {unit}"
    said = f"{{low{name}}}{words}"
    file[f"low{name}"] = low
    if counted.high - counted.low > NOISE:
        said = f"từ {{low{name}}} đến {{high{name}}}{words}"
        file[f"high{name}"] = high
    return f"trong khi tệp bản ghi ({{file}}) cho {said}", file


def _place(stated: Observation) -> Quoted:
    origin = stated.origin
    parts = [PurePosixPath(origin.file).name]
    parts += [f"trang tính {origin.sheet}"] if origin.sheet else []
    parts += [f"ô {origin.cell}"] if origin.cell else []
    parts += [f"dòng {origin.line}"] if origin.line is not None else []
    return Quoted(", ".join(parts), stated.trace)


def _rows(entry: Entry, key: str, counts: Counts) -> Iterator[Discrepancy]:
    """Compare the rows of a table with the same parts in the records, each row once."""
    codes = ROW_FIGURES[key]
    beyond: dict[tuple[tuple[bool, ...], str], list[tuple[float, Counted]]] = {}
    for row in entry.table(key).to_dict("records"):
        name = folded(row, NAMED_BY[key])
        of_part = counts.rows.get(name)
        if of_part is None:
            continue
        for column, code in codes.items():
            counted = of_part.get(column)
            if counted is not None and (over := _beyond_its_own(row.get(column), counted)) > NOISE:
                beyond.setdefault((tuple(map(bool, name)), code), []).append((over, counted))
        wrong = [
            (code, float(row[column]), of_part[column])
            for column, code in codes.items()
            if column in of_part and _disagrees(row.get(column), of_part[column])
        ]
        if wrong:
            yield _row(entry, key, row, wrong, counts.source)
    for (_, code), rows in beyond.items():
        yield from _together(entry, key, code, rows, counts.source)


def _beyond_its_own(value: object, counted: Counted) -> float:
    """Return how many records of no known row a typed number of one row would need."""
    if not isinstance(value, int | float) or pd.isna(value) or float(value) > counted.high + NOISE:
        return 0.0
    return max(0.0, float(value) - (counted.high - counted.shared))


def _together(
    entry: Entry, key: str, code: str, rows: list[tuple[float, Counted]], source: Source
) -> Iterator[Discrepancy]:
    """Say that rows need more records of no known row than there are: each of them once in all."""
    needed, there = sum(over for over, _ in rows), max(counted.shared for _, counted in rows)
    if needed <= there + NOISE:
        return
    terms: dict[str, Term] = {"file": Quoted(source.where, source.where)}
    if any(counted.hidden for _, counted in rows) or is_small(there, source.least):
        said = _few(source.least)
    else:
        how = f"đếm từ {source.where}"
        terms |= {
            name: Made(value, 0, UNITS[key], how)
            for name, value in (("needed", needed), ("there", there))
        }
        said = f"cần thêm {{needed}} {UNITS[key]}, chỉ có {{there}} {UNITS[key]} chưa rõ thuộc dòng nào"
    yield Discrepancy(
        RULE,
        "mâu thuẫn",
        f"Các dòng của bảng “{SHEETS[key]}” cộng lại nêu “{entry.forms.figure(code).label}” nhiều hơn "
        f"tệp bản ghi ({{file}}): {said}.",
        terms,
    )


def _disagrees(value: object, counted: Counted) -> bool:
    if not isinstance(value, int | float) or pd.isna(value):
        return False
    return not counted.low - NOISE <= float(value) <= counted.high + NOISE


def _row(
    entry: Entry,
    key: str,
    row: Mapping[Any, Any],
    wrong: list[tuple[str, float, Counted]],
    source: Source,
) -> Discrepancy:
    origin = str(row[ORIGIN])
    terms: dict[str, Term] = {
        "typed": Quoted(_short(origin), origin),
        "file": Quoted(source.where, source.where),
    }
    told, withheld = [], []
    for number, (code, value, counted) in enumerate(wrong):
        name = entry.forms.figure(code).label
        terms[f"stated{number}"] = Made(value, 0, UNITS[key], origin)
        if counted.hidden:
            withheld.append(f"“{name}” kê khai {{stated{number}}}")
            continue
        said, made = _counted(counted, UNITS[key], source, 0, str(number))
        terms |= made
        count = said.partition(") cho ")[2]
        told.append(f"“{name}” kê khai {{stated{number}}}, đếm được {count}")
    if withheld:
        told.append(f"{'; '.join(withheld)} không khớp, {_few(source.least)}")
    names = label_of(key, row)
    if names:
        terms["names"] = Quoted(names, origin)
    return Discrepancy(
        RULE,
        "mâu thuẫn",
        f"Dòng {'“{names}”' if names else 'tổng'} của bảng “{SHEETS[key]}” ({{typed}}) không khớp với "
        f"tệp bản ghi ({{file}}): {'; '.join(told)}.",
        terms,
    )


def _short(origin: str) -> str:
    file, comma, rest = origin.partition(",")
    return f"{PurePosixPath(file).name}{comma}{rest}"


def _survey(entry: Entry, project: Project) -> Iterator[Discrepancy]:
    """Compare printed satisfaction results with those that the forms give."""
    if not len(entry.table("sipas_results")) and not entry.figures.of_topic("sipas"):
        return
    if not knows(_SIPAS, entry.year, project):
        return
    current, printed_scores = sipas.delivered_twice(entry, project)
    survey, subject = current.survey, current.subject
    if survey is None:
        return
    source = Source.of(survey.origin, survey.returned)
    scores = {
        (str(row["kind"]), str(row["unit"]), str(row["code"])): float(row["value"])
        for row in survey.scores.to_dict("records")
    }
    own = scores.get((str(subject.kind), subject.unit, TOTAL))
    stated = entry.figures.get("sipas.overall", entry.year)
    if own is not None and stated is not None:
        yield from _against(stated, entry, _score(own), source, _decimals(stated))
    forms = survey.forms[survey.forms["kind"] == "province"].iloc[0]
    for code in ("returned", "valid"):
        told = entry.figures.get(f"sipas.{code}", entry.year)
        if told is not None and not pd.isna(forms[code]):
            count = float(forms[code])
            counted = Counted(count, count, bool(forms["hidden"]))
            yield from _against(told, entry, counted, source, 0)
    for row in printed_scores.to_dict("records"):
        value = scores.get((str(row["kind"]), str(row["unit"]), str(row["code"])))
        yield from _printed_score(row, value, source)


def _score(value: float) -> Counted:
    """Take a computed score; one that is not a number was taken away because it is of few."""
    hidden = pd.isna(value)
    return Counted(0.0, 100.0, hidden=True) if hidden else Counted(value, value)


def _printed_score(
    row: Mapping[Any, Any], value: float | None, source: Source
) -> Iterator[Discrepancy]:
    if value is None or pd.isna(value):
        return
    stated, origin = float(row["value"]), str(row["source"])
    decimals = len(f"{stated:.6f}".rstrip("0").partition(".")[2])
    if abs(stated - value) <= 0.5 * 10.0**-decimals + NOISE:
        return
    what = "của {unit}" if row["unit"] else "của cả tỉnh"
    code = "chỉ số chung" if row["code"] == TOTAL else "tiêu chí {code}"
    yield Discrepancy(
        RULE,
        "mâu thuẫn",
        f"Mức độ hài lòng {what} ({code}) được kê khai là {{stated}} ({{typed}}), trong khi tệp bản "
        "ghi ({file}) cho {made}.",
        {
            "stated": Made(stated, decimals, "%", origin),
            "typed": Quoted(_short(origin), origin),
            "made": Made(value, max(decimals, 2), "%", f"tính từ {source.where}"),
            "file": Quoted(source.where, source.where),
            "code": Quoted(str(row["code"]), origin),
            "unit": Quoted(str(row["unit"]), origin),
        },
    )


def _ratios(entry: Entry, project: Project) -> Iterator[Discrepancy]:
    """Compare typed numerators and denominators of decision 766 with dossiers and petitions."""
    typed = delivered_ratios(entry).get(("", WHOLE_YEAR), ())
    if not typed:
        return
    if not knows(_SERVICE, entry.year, project):
        return
    rules = rules_of(load_framework(_SERVICE, project).edition(entry.year), ServiceRules)
    counted = {one.code: one for one in counted_ratios(entry, project, rules.petition_limit)}
    for ratio in typed:
        other = counted.get(ratio.code)
        if other is not None and ratio.applies:
            yield from _ratio(ratio, other)


def _ratio(typed: Ratio, counted: Ratio) -> Iterator[Discrepancy]:
    pairs = (
        (typed.numerator, counted.numerator),
        (typed.denominator, counted.denominator),
    )
    if any(value is None for pair in pairs for value in pair):
        return
    slack = counted.unknown
    if all(b <= a <= b + slack for a, b in pairs if a is not None and b is not None):
        return
    terms: dict[str, Term] = {
        "code": Quoted(typed.code, typed.trace),
        "top": Quoted(str(typed.numerator), typed.trace),
        "bottom": Quoted(str(typed.denominator), typed.trace),
        "typed": Quoted(_short(typed.trace), typed.trace),
        "origin": Quoted(_short(counted.trace.removeprefix("đếm từ ")), counted.trace),
    }
    if counted.few:
        said = f"không khớp với tệp bản ghi ({{origin}}); {_few(LEAST)}"
    else:
        said = "trong khi tệp bản ghi ({origin}) cho {made_top}/{made_bottom}"
        terms["made_top"] = Quoted(str(counted.numerator), counted.trace)
        terms["made_bottom"] = Quoted(str(counted.denominator), counted.trace)
    # A portal shows other numbers on another day: then both may be right.
    other_day = bool(typed.date) and typed.date != counted.date
    severity: Severity = "không rõ nghĩa" if other_day else "mâu thuẫn"
    if other_day:
        terms |= {
            "day": Quoted(typed.date, typed.trace),
            "until": Quoted(counted.date, counted.trace),
        }
        said += "; số kê khai xem ngày {day}, tệp tính đến {until}"
    yield Discrepancy(
        RULE,
        severity,
        f"Chỉ tiêu {{code}} được kê khai là {{top}}/{{bottom}} ({{typed}}), {said}.",
        terms,
    )
