"""The tables of a province's report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from helpers.definitions import Node
from helpers.display.table import Badge, Cell, Strong, Table
from helpers.facts.rows import Change
from helpers.indices.papi import charts_words as words
from helpers.indices.papi.findings import by_reason
from helpers.indices.papi.result import PapiResult
from helpers.words import numbers
from helpers.words.numbers import Number
from helpers.words.text import escape, joined

NOT_COMPARED = "không so sánh"


def key_figures(result: PapiResult) -> Table:
    """Build the row of key figures (see :func:`tables.key_figures`)."""
    country = result.country
    if not result.has_total:
        return _group_counts(result)
    own = result.score(result.edition.root.code)
    code, decimals = own.code, result.definition.decimals
    return Table(
        header=("Điểm tổng hợp", "Nhóm", "Vị trí", "So với trung vị cả nước"),
        rows=(
            (
                _own(result, code),
                badge(words.group_name(country, own.group), own.group),
                words.held(own.rank, own.n, own.tied),
                numbers.signed(own.value - own.median, decimals),
            ),
        ),
        caption="",
        align="cccc",
        wrapper="key-figures",
    )


def _group_counts(result: PapiResult) -> Table:
    codes = result.dimension_codes()
    if not codes:
        return Table.nothing(f"{result.place.in_full} không có điểm năm {result.year}.")
    groups = [result.score(code).group for code in codes]
    order = (4, 3, 2, 1)
    return Table(
        header=tuple(f"Số chỉ số nhóm {words.group_name(result.country, g)}" for g in order),
        rows=(tuple(numbers.place(groups.count(g), len(codes)) for g in order),),
        caption="",
        align="cccc",
        wrapper="key-figures",
    )


def badge(name: str, group: int) -> Badge:
    """Return the name of a group with the class of its look: ``[Cao]{.g4}``."""
    return Badge(name, f"g{group}")


def dimensions(result: PapiResult) -> Table:
    """Build the table of total and dimensions (see :func:`tables.dimensions`)."""
    codes = result.top_codes()
    if not codes:
        return Table.nothing(f"{result.place.in_full} không có điểm năm {result.year}.")
    current = result.country.current
    rows = []
    for code in codes:
        holders = current[current["code"] == code]
        best = words.edge_names(result.country, holders, highest=True)
        highest = numbers.decimal(result.score(code).highest, result.definition.decimals)
        rows.append(
            (*_standing_cells(result, code, _row_name(result, code)), f"{highest} ({best})")
        )
    return Table(
        header=(
            *(
                "Chỉ số nội dung",
                "Điểm",
                "Nhóm",
                "Vị trí",
                "Trung vị",
                "So với trung vị",
            ),
            "Nơi cao nhất",
        ),
        rows=tuple(rows),
        caption=(
            f"Điểm của {result.place.in_full} theo chỉ số nội dung, "
            f"{words.index_and_year(result.country)}"
        ),
        align="lrlrrrl",
        note=_group_note(result, codes),
        minor=(3, 4, 6),
    )


def _row_name(result: PapiResult, code: str, *, short: bool = False) -> Cell:
    if code == result.edition.root.code:
        return Strong(words.TOTAL)
    criterion = result.edition.get(code)
    return f"{code}. {criterion.short if short else criterion.name_vi}"


def _own(result: PapiResult, code: str) -> Number:
    return words.score(result.country, code, result.place.slug, result.standing.loc[code])


def _standing_cells(result: PapiResult, code: str, name: Cell) -> tuple[Cell, ...]:
    own, decimals = result.score(code), result.definition.decimals
    return (
        name,
        _own(result, code),
        badge(words.group_name(result.country, own.group), own.group),
        words.held(own.rank, own.n, own.tied),
        numbers.decimal(own.median, decimals),
        numbers.signed(own.value - own.median, decimals),
    )


def _group_note(result: PapiResult, codes: Iterable[str]) -> str:
    """Say what a reader of places and groups must know: sizes, ties, ties through two groups."""
    shown = result.standing.loc[list(codes)]
    notes = []
    if not shown["group_confirmed"].all():
        notes.append(
            f"Số đơn vị của từng nhóm năm {result.year} chưa được xác nhận đầy đủ từ công bố của "
            f"{result.definition.short_name}"
        )
    if (shown["tied"] > 1).any():
        notes.append(words.TIES)
    apart = [
        words.short_name(result.edition, str(code))
        for code in shown.index
        for tie in words.split_ties(result.country, result.country.current, str(code))
        if result.place.slug in tie
    ]
    if apart:
        notes.append(
            "Nhóm chia theo điểm chưa làm tròn nên đơn vị đồng hạng với "
            f"{result.place.in_full} có thể ở nhóm khác: {escape(joined(apart))}"
        )
    return ". ".join(notes)


def changes(result: PapiResult) -> Table:
    """Build the table of changes (see :func:`tables.changes`)."""
    earlier = sorted({int(year) for year in result.changes["earlier"]}, reverse=True)
    if not earlier:
        return Table.nothing(
            f"Chưa có điểm của {result.place.in_full} trước năm {result.year} để so sánh."
        )
    of_year = {year: {c.code: c for c in result.changes_since(year)} for year in earlier}
    header = ["Chỉ số nội dung", f"Điểm {result.year}", f"Vị trí {result.year}"]
    for year in earlier:
        header += [f"Điểm {year}", f"Vị trí {year}", f"Thay đổi so với {year}"]
    # Beside two years long names and «(đồng hạng)» would make rows of four lines.
    several, rows = len(earlier) > 1, []
    for code in result.top_codes():
        own = result.score(code)
        cells: list[Cell] = [
            _row_name(result, code, short=several),
            _own(result, code),
            words.held(own.rank, own.n, own.tied, sign=several),
        ]
        for year in earlier:
            cells += _change_cells(result, of_year[year].get(code), sign=several)
        rows.append(tuple(cells))
    return Table(
        header=tuple(header),
        rows=tuple(rows),
        caption=(
            f"Điểm của {result.place.in_full} năm {result.year} so với "
            f"{joined([f'năm {year}' for year in earlier])}"
        ),
        align="l" + "r" * (len(header) - 1),
        note=_change_note(result, earlier),
        minor=tuple(n for n in range(2, len(header)) if not header[n].startswith("Thay đổi")),
    )


def _change_note(result: PapiResult, earlier: Sequence[int]) -> str:
    """Say what the differences are, what they may not be taken for, and what is not compared."""
    shown = [change for year in earlier for change in result.changes_since(year)]
    notes = [_reason(result, year) for year in earlier]
    if any(change.allowed for change in shown):
        notes.insert(
            0,
            "Thay đổi là hiệu số của điểm chưa làm tròn; chỉ điểm tổng hợp được xét theo sai số, các "
            "chỉ số nội dung không có sai số công bố",
        )
    tied = any(max(change.tied_earlier, change.tied_later) > 1 for change in shown)
    ties = words.TIES_BY_SIGN if len(earlier) > 1 else words.TIES
    notes.append(ties if tied else "")
    return ". ".join(note for note in notes if note)


def _change_cells(result: PapiResult, change: Change | None, *, sign: bool) -> list[Cell]:
    if change is None:
        return ["", "", ""]
    past = result.history[
        (result.history["year"] == change.earlier) & (result.history["code"] == change.code)
    ].iloc[0]
    then = words.score(result.country, change.code, result.place.slug, past, year=change.earlier)
    moved = (
        numbers.signed(change.difference, result.definition.decimals)
        if change.allowed
        else NOT_COMPARED
    )
    held = words.held(change.rank_earlier, change.n_earlier, change.tied_earlier, sign=sign)
    return [then, held, moved]


def _reason(result: PapiResult, year: int) -> str:
    told = [
        f"{joined([words.short_name(result.edition, code) for code in codes])}: {'; '.join(reasons)}"
        for reasons, codes in by_reason(result.refused_since(year)).items()
    ]
    return escape(f"Không so sánh với năm {year}. {'. '.join(told)}") if told else ""


def sub_dimensions(result: PapiResult) -> Table:
    """Build the table of sub-dimensions (see :func:`tables.sub_dimensions`)."""
    shown = [part for part in words.sub_dimensions(result.edition) if _has(result, part)]
    if not shown:
        return Table.nothing(
            f"Chưa có điểm nội dung thành phần của {result.place.in_full} năm {result.year}."
        )
    rows: list[tuple[Cell, ...]] = []
    for dimension in result.edition.dimensions:
        parts = [part for part in dimension.children if part in shown]
        if parts and _has(result, dimension):
            name = Strong(f"{dimension.code}. {dimension.name_vi}")
            rows.append((*_standing_cells(result, dimension.code, name), _scale(dimension)))
        rows += [
            (*_standing_cells(result, part.code, words.coded_name(part)), _scale(part))
            for part in parts
        ]
    return Table(
        header=(
            *("Nội dung thành phần", "Điểm", "Nhóm", "Vị trí", "Trung vị"),
            *("So với trung vị", "Thang điểm"),
        ),
        rows=tuple(rows),
        caption=(
            f"Điểm của {result.place.in_full} theo nội dung thành phần, "
            f"{words.index_and_year(result.country)}"
        ),
        align="lrlrrrr",
        note=_group_note(result, [part.code for part in shown]),
    )


def _has(result: PapiResult, criterion: Node) -> bool:
    return criterion.code in result.standing.index


def _scale(criterion: Node) -> str:
    low, high = (
        numbers.decimal(bound, 0 if float(bound).is_integer() else 2) for bound in criterion.scale
    )
    return f"{low}–{high}"


def indicators(result: PapiResult) -> Table:
    """Build the table of indicators (see :func:`tables.indicators`)."""
    table = result.country.indicators
    table = table[table["system"] == result.country.system]
    own = table[table["slug"] == result.place.slug].sort_values(["sub_dimension", "order"])
    if own.empty:
        return Table.nothing(f"Chưa có chỉ tiêu của {result.place.in_full} năm {result.year}.")
    rows: list[tuple[Cell, ...]] = []
    asked = table[table["sub_dimension"].isin(own["sub_dimension"])]
    for code, of_part in asked.groupby("sub_dimension", sort=True):
        rows.append(_part_cells(result, str(code)))
        for _, of_indicator in of_part.groupby("order", sort=True):
            found = of_indicator[of_indicator["slug"] == result.place.slug]
            row = of_indicator.iloc[0] if found.empty else found.iloc[0]
            cells = _indicator_cells(result, row, of_indicator["value"])
            # What others were asked and this province has no value of is told, not dropped.
            rows.append((cells[0], "", *cells[2:]) if found.empty else cells)
    return Table(
        header=("Nội dung thành phần và chỉ tiêu", result.place.name, "Trung vị", "Số tỉnh"),
        rows=tuple(rows),
        caption=(
            f"Chỉ tiêu của {result.place.in_full} theo nội dung thành phần, "
            f"{words.index_and_year(result.country)}"
        ),
        align="lrrr",
    )


def _part_cells(result: PapiResult, code: str) -> tuple[Cell, ...]:
    edition = result.edition
    name = Strong(words.coded_name(edition.get(code)) if edition.has(code) else code)
    if code not in result.standing.index:
        return name, "", "", ""
    own = result.score(code)
    median = numbers.decimal(own.median, result.definition.decimals)
    return name, _own(result, code), median, numbers.whole(own.n)


def _indicator_cells(result: PapiResult, row: pd.Series, values: pd.Series) -> tuple[Cell, ...]:
    label = str(row["label_vi"])
    share = is_share(f"{row['scale']} {label}", values)
    trace = (
        f"{result.definition.short_name} {result.year}, {label}, {result.place.name}: "
        f"{row['source']}"
    )
    return (
        label.replace("(%)", "").strip() if share else label,
        Number(_value(float(row["value"]), share), trace),
        _value(float(values.median()), share),
        numbers.whole(len(values)),
    )


def is_share(printed: str, values: pd.Series) -> bool:
    """Return whether an indicator is a percentage that is stored as a share.

    Parameters
    ----------
    printed : str
        Scale and label as printed.
    values : Series of float
        Of all units; one above 1 cannot be a share, whatever is printed.
    """
    return "%" in printed and bool((values <= 1).all())


def _value(value: float, share: bool) -> str:
    return numbers.percent(value, 2) if share else numbers.decimal(value)
