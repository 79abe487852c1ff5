"""The tables of the report on an office's part of PAPI."""

from __future__ import annotations

from helpers.definitions import Node
from helpers.display.table import Badge, Cell, Table
from helpers.facts.rows import Score
from helpers.indices.papi.charts_words import TIES, held
from helpers.indices.papi.contents import Content
from helpers.indices.papi.result import PapiResult
from helpers.indices.work_plan.rows import CITED, ISSUED, PREPARED, Document
from helpers.reports.papi_office.result import PapiOfficeResult
from helpers.words import numbers
from helpers.words.numbers import Number, day

NOT_COMPARED = "không so sánh"

_ROLES = {
    ISSUED: "do cơ quan ban hành",
    PREPARED: "do cơ quan tham mưu ban hành",
    CITED: "được viện dẫn",
}
"""How a table says which part the office had in a document."""


def key_figures(result: PapiOfficeResult) -> Table:
    """Build the row of key figures: score, group and place of up to three contents."""
    scores = result.papi
    known = [c for c in result.contents if c.score is not None]
    if scores is None or not known or len(known) > 3:
        return Table.nothing("Chưa có điểm của nội dung được giao, hoặc có quá nhiều nội dung.")
    return Table(
        header=tuple(c.criterion.short for c in known),
        rows=(tuple(_value(scores, c.criterion, c.score) for c in known if c.score),),
        caption="",
        align="c" * len(known),
        wrapper="key-figures",
    )


def _value(scores: PapiResult, criterion: Node, score: Score) -> Number:
    trace = f"PAPI {scores.year}, {criterion.name_vi}, {scores.place.name}: {score.source}"
    return Number(numbers.decimal(score.value, scores.definition.decimals), trace)


def contents(result: PapiOfficeResult) -> Table:
    """Build the table of the contents: value, group, place, change; of the latest year with scores."""
    scores = result.papi or result.last
    if scores is None:
        return Table.nothing("Chưa có điểm PAPI nào của địa phương.")
    rows: list[tuple[Cell, ...]] = []
    for content in result.contents:
        rows += _content_rows(
            scores, content, current=result.papi is not None, dated=len(_years(result)) > 1
        )
    if not rows:
        return Table.nothing("Chưa có điểm của các nội dung được giao.")
    caption = f"Điểm PAPI {scores.year} của {result.place.in_full} ở các nội dung được giao"
    if result.papi is None:
        caption += f" (năm gần nhất có điểm trước {result.year})"
    header = ("Nội dung", "Điểm", "Nhóm", "Vị trí", "Trung vị", "So với trung vị", "Thay đổi")
    kept = len(header) if any(c.change for c in result.contents) else len(header) - 1
    return Table(
        header=header[:kept],
        rows=tuple(row[:kept] for row in rows),
        caption=caption,
        align="lrlrrrr"[:kept],
        note=_note(result, scores),
    )


def _note(result: PapiOfficeResult, scores: PapiResult) -> str:
    """Say what places and changes are."""
    years = _years(result)
    notes = [f"Nhóm và vị trí theo điểm {scores.definition.short_name} công bố"]
    if years:
        since = f" so với năm {max(years)}" if len(years) == 1 else ""
        notes.append(f"Thay đổi: hiệu số chưa làm tròn{since}, không kèm sai số khảo sát")
    shown = [one for c in result.contents for one in (c.score or c.parent_score, c.last) if one]
    if any(score.tied > 1 for score in shown):
        notes.append(TIES)
    return ". ".join(notes)


def _years(result: PapiOfficeResult) -> set[int]:
    """Return the years that contents are compared with; each with its own latest one."""
    return {c.change.earlier for c in result.contents if c.change is not None}


def _content_rows(
    scores: PapiResult, content: Content, *, current: bool, dated: bool
) -> list[tuple[Cell, ...]]:
    own = content.score if current else content.last
    stands_for = content.criterion
    if current and own is None:
        own = content.parent_score
        stands_for = content.parent or content.criterion
    elif not current and content.criterion.code not in scores.standing.index:
        stands_for = content.parent or content.criterion
    if own is None:
        return []
    name = f"{stands_for.code}. {stands_for.name_vi}"
    if stands_for is not content.criterion:
        name += f" (chứa {content.criterion.code} {content.criterion.name_vi})"
    return [
        (
            name,
            _value(scores, stands_for, own),
            Badge(scores.definition.groups.names[own.group - 1], f"g{own.group}"),
            held(own.rank, own.n, own.tied),
            numbers.decimal(own.median, scores.definition.decimals),
            numbers.signed(own.value - own.median, scores.definition.decimals),
            _change(content, scores, dated=dated),
        )
    ]


def _change(content: Content, scores: PapiResult, *, dated: bool) -> Cell:
    """Return the difference; with its year where not all contents look back to the same one."""
    change = content.change
    if change is None:
        return ""
    since = f" (so với năm {change.earlier})" if dated else ""
    if not change.allowed:
        return f"{NOT_COMPARED}{since}"
    return f"{numbers.signed(change.difference, scores.definition.decimals)}{since}"


def work(result: PapiOfficeResult) -> Table:
    """Build the table of what the office delivered, content by content."""
    rows: list[tuple[Cell, ...]] = []
    for content in result.contents:
        name = f"{content.criterion.code}. {content.criterion.name_vi}"
        rows += [(name, "Số liệu", label, value) for label, value in _figures(result, content)]
        rows += [
            (name, _role(one), _document(one.kind, one.number, one.subject), _date(one))
            for one in content.documents
        ]
    rows += [
        ("PAPI nói chung", _role(one), _document(one.kind, one.number, one.subject), _date(one))
        for one in result.general_documents
    ]
    if not rows:
        return Table.nothing("Cơ quan chưa cung cấp văn bản và số liệu của các nội dung này.")
    return Table(
        header=("Nội dung của PAPI", "Loại", "Văn bản, số liệu", "Giá trị, ngày"),
        rows=tuple(rows),
        caption=f"Văn bản và số liệu của cơ quan theo nội dung PAPI, năm {result.year}",
        align="lllr",
    )


def _role(one: Document) -> str:
    return f"Văn bản {_ROLES[one.role]}" if one.role in _ROLES else "Văn bản"


def _figures(result: PapiOfficeResult, content: Content) -> list[tuple[str, Cell]]:
    found: list[tuple[str, Cell]] = []
    for one in content.figures:
        unit = "" if one.unit == "%" else f" {one.unit}"
        value = numbers.decimal(one.value, one.decimals) + ("%" if one.unit == "%" else unit)
        value = f"{one.bound} {value}" if one.bound else value
        found.append((result.labels.get(one.code, one.code), Number(value, one.trace)))
    return found


def _document(kind: str, number: str, subject: str) -> str:
    if not number and subject.startswith(kind):
        return subject  # «Luật Khiếu nại năm 2011» says itself that it is a law.
    sign = f"số {number}" if kind and number else number
    return " ".join(part for part in (kind, sign, subject and f"– {subject}") if part)


def _date(one: Document) -> Cell:
    return Number(day(one.date), one.origin) if one.date else "(thiếu ngày)"
