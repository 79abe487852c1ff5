"""The tables of a SIPAS report."""

from __future__ import annotations

import math

import pandas as pd

from helpers.display.table import Cell, Strong, Table
from helpers.facts.families import Finding
from helpers.facts.value import Value
from helpers.indices.sipas import labels as words
from helpers.indices.sipas.measured import is_surveyed
from helpers.indices.sipas.model import SipasResult
from helpers.indices.sipas.rules import TOTAL, Kind
from helpers.indices.sipas.rules import factors as all_factors
from helpers.indices.sipas.tables_compared import change_cell, changes, country, unit_changes
from helpers.words.numbers import Number, decimal, place, signed, whole
from helpers.words.say import telling_of
from helpers.words.text import upper_first

__all__ = ["SMALL_SAMPLE", "changes", "country", "factors", "items", "key_figures", "units"]

SMALL_SAMPLE = "không đủ mẫu"
HIDDEN_MARK = "không nêu"


def key_figures(result: SipasResult) -> Table:
    """Build the row of key figures: satisfaction, place, distance to the mean, change."""
    if TOTAL not in result.own:
        return Table.nothing("Chưa có chỉ số chung.")
    overall, found = result.own[TOTAL], result.found
    cells: list[tuple[str, Cell]] = [("Mức độ hài lòng", words.own(result, TOTAL))]
    if overall.error.has_interval:
        cells.append((f"Khoảng tin cậy {words.confidence(result)}", _interval(result, overall)))
    cells += _place_figure(result)
    mean, change = found.of("", "against", "mean"), found.of("", "change", "previous")
    if mean is not None and isinstance(mean.fields.get("mark"), Value):
        cells.append(_difference(result, "bình quân", mean, "mark"))
    if change is not None and isinstance(change.fields.get("earlier"), Value):
        cells.append(_difference(result, f"năm {change.fields['year']}", change, "earlier"))
    return Table(
        header=tuple(name for name, _ in cells),
        rows=(tuple(cell for _, cell in cells),),
        caption="",
        align="c" * len(cells),
        wrapper="key-figures",
    )


def _place_figure(result: SipasResult) -> list[tuple[str, Cell]]:
    """Give the place where it is one, else between which places the unit may stand."""
    told, open_to = result.found.of("", "place"), result.found.of("", "place_range")
    if told is not None and "rank" in told.fields:
        rank = told.fields.get("printed", told.fields["rank"])
        units = told.fields.get("units")
        text = whole(_count(rank)) if units is None else place(_count(rank), _count(units))
        return [("Vị trí", Number(text, telling_of(result).source(_value(rank))))]
    if open_to is None or open_to.case != "range":
        return []
    best, worst, units = (_count(open_to.fields[name]) for name in ("best", "worst", "units"))
    rule = f"so sánh từng cặp của {units} đơn vị, từ sai số của mẫu khảo sát, năm {result.year}"
    return [("Khoảng vị trí", Number(f"{whole(best)}–{place(worst, units)}", rule))]


def _value(given: object) -> Value:
    if not isinstance(given, Value):
        raise TypeError("a finding's number is a value")
    return given


def _count(given: object) -> int:
    return int(_value(given).known)


def _difference(result: SipasResult, mark: str, found: Finding, of: str) -> tuple[str, Cell]:
    """Give a difference beyond its error; the mark itself where no error is known."""
    if found.case == "unknown":
        return upper_first(mark), words.judged(result, _value(found.fields[of]))
    sure = found.case in ("higher", "lower", "up", "down")
    return f"So với {mark}", f"{signed(words.gap_of(found))} điểm %" if sure else "chưa rõ rệt"


def factors(result: SipasResult) -> Table:
    """Build the table of the overall satisfaction, the dimensions and the factors."""
    if not result.factor_codes:
        return Table.nothing("Chưa có kết quả theo yếu tố.")
    made: list[tuple[Cell, ...]] = []
    if TOTAL in result.own:
        made.append(_score_cells(result, TOTAL, Strong("Chỉ số chung")))
    dimensions = set(result.dimension_codes)
    for node in result.edition.nodes:
        if node.code in dimensions:
            made.append(_score_cells(result, node.code, Strong(node.name_vi)))
        elif node.code in result.factor_codes:
            made.append(_score_cells(result, node.code, node.name_vi))
    return _score_table(
        result,
        "Khía cạnh, yếu tố" if dimensions else "Yếu tố",
        made,
        f"Mức độ hài lòng theo yếu tố, {result.subject.label}, năm {result.year}",
    )


def items(result: SipasResult) -> Table:
    """Build the table of all items below their factors."""
    if not result.item_codes:
        return Table.nothing("Chưa có kết quả theo tiêu chí.")
    made: list[tuple[Cell, ...]] = []
    for factor in all_factors(result.edition):
        inside = [node for node in factor.children if node.code in result.own]
        if inside and factor.code in result.own:
            made.append(_score_cells(result, factor.code, Strong(factor.name_vi)))
        made += [_score_cells(result, node.code, node.name_vi) for node in inside]
    return _score_table(
        result,
        "Yếu tố, tiêu chí",
        made,
        f"Mức độ hài lòng theo tiêu chí, {result.subject.label}, năm {result.year}",
        standard_error=False,
    )


def _score_table(
    result: SipasResult,
    first: str,
    made: list[tuple[Cell, ...]],
    caption: str,
    *,
    standard_error: bool = True,
) -> Table:
    """Drop the columns of errors where nothing is known of them."""
    header = (first, "Hài lòng", "Khoảng tin cậy", "Sai số chuẩn", "Hệ số thiết kế", "Số trả lời")
    known = any(value.error.has_interval for value in result.own.values())
    counted = any("answers" in value.counts for value in result.own.values())
    of_errors = [2, 3, 4] if standard_error else [2, 4]
    keep = [0, 1, *(of_errors if known else []), *([5] if counted else [])]
    confidence = words.confidence(result)
    said = [f"Khoảng tin cậy {confidence} theo thiết kế mẫu"]
    said += ["sai số chuẩn tính bằng điểm %"] if standard_error else []
    said += ["hệ số thiết kế là phương sai so với mẫu ngẫu nhiên đơn giản cùng số phiếu"]
    note = "; ".join(said) if known else ""
    return Table(
        header=tuple(header[i] for i in keep),
        rows=tuple(tuple(row[i] for i in keep) for row in made),
        caption=caption,
        align="".join("l" if i == 0 else "r" for i in keep),
        note=note,
    )


def _score_cells(result: SipasResult, code: str, name: Cell) -> tuple[Cell, ...]:
    own, subject = result.own[code], result.subject
    error, effect = result.current.estimated(subject.kind, subject.unit, code)
    return (
        name,
        words.own(result, code),
        _interval(result, own) if own.error.has_interval else "",
        decimal(error) if math.isfinite(error) else "",
        decimal(effect) if math.isfinite(effect) else "",
        whole(own.counts["answers"]) if "answers" in own.counts else "",
    )


def _interval(result: SipasResult, value: Value) -> Number:
    text = f"{decimal(value.error.low)}–{decimal(value.error.high)}"
    return Number(text, f"khoảng tin cậy theo thiết kế mẫu, SIPAS {result.year}: {value.source}")


def units(result: SipasResult, kind: Kind) -> Table:
    """Build the table of the units of a kind, in the order of their places."""
    table = result.current.units.get(kind)
    if table is None or table.empty:
        return Table.nothing("Chưa có kết quả của các đơn vị.")
    count = int(table["rank"].notna().sum())
    errors = bool(table["low"].notna().any())
    places = bool(table["best"].notna().any())
    forms = bool(table["valid"].notna().any())
    changed = unit_changes(result, kind)
    known = result.current
    surveyed = is_surveyed(known, kind)
    header = ["Đơn vị", "Khoảng vị trí" if surveyed else "Vị trí"]
    header += ["Hài lòng"]
    header += ["Khoảng tin cậy"] if errors else []
    header += ["Số phiếu"] if forms else []
    header += [f"So với {result.year - 1}"] if changed else []
    rows = []
    for _, row in table.iterrows():
        if row["hidden"]:
            nothing = [HIDDEN_MARK] * (len(header) - 1)
            rows.append((_unit_name(result, kind, row), *nothing))
            continue
        standing = _unit_places(row, count) if surveyed else _unit_place(row, count)
        cells: list[Cell] = [_unit_name(result, kind, row), standing]
        value = known.of_unit(kind, str(row["unit"])).get(TOTAL)
        cells += [words.score(result, TOTAL, value, str(row["unit"])) if value is not None else ""]
        cells += [_unit_interval(result, value)] if errors else []
        cells += [whole(int(row["valid"])) if row["valid"] == row["valid"] else ""] if forms else []
        cells += [change_cell(changed.get(str(row["unit"])))] if changed else []
        rows.append(tuple(cells))
    return Table(
        header=tuple(header),
        rows=tuple(rows),
        caption=f"Mức độ hài lòng của các {words.units(kind)}, năm {result.year}",
        align="l" + "r" * (len(header) - 1),
        note=_unit_note(result, table, places, bool(changed)),
    )


def _unit_name(result: SipasResult, kind: Kind, row: pd.Series) -> Cell:
    own = result.subject.kind == kind and row["unit"] == result.subject.unit
    return Strong(str(row["unit"])) if own else str(row["unit"])


def _unit_place(row: pd.Series, count: int) -> Cell:
    if row["rank"] == row["rank"]:
        rule = f"xếp theo chỉ số chung chưa làm tròn của {count} đơn vị"
        return Number(place(int(row["rank"]), count), rule)
    if row["published_rank"] == row["published_rank"]:
        return Number(whole(int(row["published_rank"])), str(row["source"]))
    return "" if row["enough"] else SMALL_SAMPLE


def _unit_places(row: pd.Series, count: int) -> Cell:
    """Give between which places a unit may stand: what the forms of a survey can say."""
    if row["best"] != row["best"]:
        return "" if row["enough"] else SMALL_SAMPLE
    best, worst = int(row["best"]), int(row["worst"])
    if best == worst:
        return place(best, count)
    return f"{whole(best)}–{place(worst, count)}"


def _unit_interval(result: SipasResult, value: Value | None) -> Cell:
    return "" if value is None or not value.error.has_interval else _interval(result, value)


def _unit_note(result: SipasResult, table: pd.DataFrame, places: bool, changed: bool) -> str:
    said = []
    if places:
        said.append(
            "Khoảng vị trí: các vị trí mà đơn vị có thể đứng khi tính cả sai số khảo sát, từ so "
            "sánh từng cặp; thứ tự các dòng theo kết quả tính được, chưa tính sai số"
        )
    if table["hidden"].any():
        said.append(f"{upper_first(HIDDEN_MARK)}: {words.HIDDEN_WHY}")
    if not (table["enough"] | table["hidden"]).all():
        limit = whole(result.rules.minimum_sample)
        said.append(f"{upper_first(SMALL_SAMPLE)}: dưới {limit} phiếu hợp lệ, không xếp hạng")
    if changed:
        said.append("Thay đổi tính bằng điểm %")
    return ". ".join(said)
