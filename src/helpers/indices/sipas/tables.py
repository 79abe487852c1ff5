"""The tables of a SIPAS report."""

from __future__ import annotations

import math

import pandas as pd

from helpers.display.table import Cell, Strong, Table
from helpers.facts.comparison import Comparison
from helpers.indices.sipas import judged
from helpers.indices.sipas import text_words as words
from helpers.indices.sipas.model import SipasResult, UnitStanding
from helpers.indices.sipas.rules import TOTAL, Kind
from helpers.indices.sipas.rules import factors as all_factors
from helpers.indices.sipas.tables_compared import change_cell, changes, country
from helpers.indices.sipas.year import Fact
from helpers.words.numbers import Number, decimal, place, signed, whole
from helpers.words.text import upper_first

__all__ = ["SMALL_SAMPLE", "changes", "country", "factors", "items", "key_figures", "units"]

SMALL_SAMPLE = "không đủ mẫu"
HIDDEN_MARK = "không nêu"


def key_figures(result: SipasResult) -> Table:
    """Build the row of key figures: satisfaction, place, distance to the mean, change."""
    if TOTAL not in result.own:
        return Table.nothing("Chưa có chỉ số chung.")
    overall = result.own[TOTAL]
    cells: list[tuple[str, Cell]] = [("Mức độ hài lòng", words.own(result, TOTAL))]
    if overall.has_interval:
        cells.append(
            (f"Khoảng tin cậy {words.confidence(result).text}", _interval(result, overall))
        )
    standing = result.standing()
    if standing is not None:
        cells += _place_figure(result, standing)
    mean, against = result.mean_of_units, judged.against_mean(result)
    if mean is not None and against is not None:
        mark = words.percentage(mean.value, mean.decimals)
        cells.append(_difference("bình quân", against, Number(mark, mean.trace)))
    change = result.change()
    if change is not None and change.comparison is not None:
        before = words.score(result, TOTAL, change.earlier, year=result.year - 1)
        cells.append(_difference(f"năm {result.year - 1}", change.comparison, before))
    return Table(
        header=tuple(name for name, _ in cells),
        rows=(tuple(cell for _, cell in cells),),
        caption="",
        align="c" * len(cells),
        wrapper="key-figures",
    )


def _place_figure(result: SipasResult, standing: UnitStanding) -> list[tuple[str, Cell]]:
    """Give the place where it is one, else between which places the unit may stand."""
    if judged.sure_place(result):
        return [("Vị trí", words.rank(standing))]
    if standing.best is None or standing.worst is None or standing.units is None:
        return []
    places = f"{whole(standing.best)}–{place(standing.worst, standing.units)}"
    return [("Khoảng vị trí", Number(places, standing.trace))]


def _difference(mark: str, found: Comparison, value: Number) -> tuple[str, Cell]:
    """Give a difference beyond its error; the mark itself where no error is known."""
    if found.margin is None:
        return upper_first(mark), value
    text = f"{signed(found.gap)} điểm %" if found.is_sure else "chưa rõ rệt"
    return f"So với {mark}", text


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
    known = any(fact.has_interval for fact in result.own.values())
    counted = any(math.isfinite(fact.answers) for fact in result.own.values())
    of_errors = [2, 3, 4] if standard_error else [2, 4]
    keep = [0, 1, *(of_errors if known else []), *([5] if counted else [])]
    confidence = words.confidence(result).text
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
    fact = result.own[code]
    return (
        name,
        words.own(result, code),
        _interval(result, fact) if fact.has_interval else "",
        decimal(fact.error) if math.isfinite(fact.error) else "",
        decimal(fact.deff) if math.isfinite(fact.deff) else "",
        whole(int(fact.answers)) if math.isfinite(fact.answers) else "",
    )


def _interval(result: SipasResult, fact: Fact) -> Number:
    text = f"{decimal(fact.low)}–{decimal(fact.high)}"
    return Number(text, f"khoảng tin cậy theo thiết kế mẫu, SIPAS {result.year}: {fact.trace}")


def units(result: SipasResult, kind: Kind) -> Table:
    """Build the table of the units of a kind, in the order of their places."""
    table = result.current.units.get(kind)
    if table is None or table.empty:
        return Table.nothing("Chưa có kết quả của các đơn vị.")
    count = int(table["rank"].notna().sum())
    errors = bool(table["low"].notna().any())
    places = bool(table["best"].notna().any())
    forms = bool(table["valid"].notna().any())
    changed = result.earlier is not None and any(
        result.unit_change(kind, str(unit)) is not None for unit in table["unit"]
    )
    surveyed = judged.survey_of(result, kind) is not None
    header = ["Đơn vị", "Khoảng vị trí" if surveyed else "Vị trí"]
    header += ["Hài lòng"]
    header += ["Khoảng tin cậy"] if errors else []
    header += ["Số phiếu"] if forms else []
    header += [f"So với {result.year - 1}"] if changed else []
    rows = []
    for _, row in table.iterrows():
        standing = _unit_places(row, count) if surveyed else _unit_place(row, count)
        cells: list[Cell] = [_unit_name(result, kind, row), standing]
        cells += [_unit_value(result, row)]
        cells += [_unit_interval(result, row)] if errors else []
        cells += [_unit_forms(row)] if forms else []
        cells += [_unit_change(result, kind, row)] if changed else []
        rows.append(tuple(cells))
    return Table(
        header=tuple(header),
        rows=tuple(rows),
        caption=f"Mức độ hài lòng của các {words.units(kind)}, năm {result.year}",
        align="l" + "r" * (len(header) - 1),
        note=_unit_note(result, table, places, changed),
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
        return "" if row["enough"] or row["hidden"] else SMALL_SAMPLE
    best, worst = int(row["best"]), int(row["worst"])
    if best == worst:
        return place(best, count)
    return f"{whole(best)}–{place(worst, count)}"


def _unit_value(result: SipasResult, row: pd.Series) -> Cell:
    if row["value"] != row["value"]:
        return HIDDEN_MARK if row["hidden"] else ""
    fact = Fact(float(row["value"]), str(row["source"]))
    return words.score(result, TOTAL, fact, str(row["unit"]))


def _unit_interval(result: SipasResult, row: pd.Series) -> Cell:
    if row["low"] != row["low"]:
        return ""
    fact = Fact(float(row["value"]), str(row["source"]), low=row["low"], high=row["high"])
    return _interval(result, fact)


def _unit_forms(row: pd.Series) -> Cell:
    if row["valid"] != row["valid"]:
        return HIDDEN_MARK if row["hidden"] else ""
    return whole(int(row["valid"]))


def _unit_change(result: SipasResult, kind: Kind, row: pd.Series) -> Cell:
    return change_cell(result.unit_change(kind, str(row["unit"])))


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
