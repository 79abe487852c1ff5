"""The tables of the check of figures."""

from __future__ import annotations

from helpers.display.table import Cell, Prose, Strong, Table
from helpers.facts.discrepancy import SEVERITIES, Severity
from helpers.indices.poverty.words import GROUPS
from helpers.inputs.observations import Observation
from helpers.reports.reconciliation.result import Reconciliation
from helpers.reports.reconciliation.text import as_printed, statement
from helpers.words import numbers
from helpers.words.numbers import Number
from helpers.words.text import escape, upper_first

CORRECTED = "đính chính"


def key_figures(result: Reconciliation) -> Table:
    """Build the row of key figures: figures received, findings of each severity."""
    return Table(
        header=("Số liệu đã nhận", *(upper_first(severity) for severity in SEVERITIES)),
        rows=(
            (
                numbers.whole(len(result.figures)),
                *(numbers.whole(len(result.with_severity(one))) for one in SEVERITIES),
            ),
        ),
        caption="",
        align="cccc",
        wrapper="key-figures",
    )


def discrepancies(result: Reconciliation) -> Table:
    """Build the table of everything that does not fit, contradictions first."""
    if not result.discrepancies:
        return Table.nothing("Không có chỗ nào không khớp.")
    return Table(
        header=("Loại", "Quy tắc", "Điều tìm thấy"),
        rows=tuple(
            (
                _severity(found.severity),
                found.rule,
                Prose(statement(found)),
            )
            for found in result.discrepancies
        ),
        caption=f"Những chỗ chưa khớp, chưa rõ trong số liệu năm {result.year}",
        align="lll",
        note="Tên và nội dung các quy tắc ở cuối báo cáo; số liệu được giữ như nguồn in",
    )


def _severity(severity: Severity) -> Cell:
    name = upper_first(severity)
    return Strong(name) if severity == SEVERITIES[0] else name


def corrections(result: Reconciliation) -> Table:
    """Build the table of declared errors of the source."""
    if not result.corrections:
        return Table.nothing("Chưa có đính chính nào được khai.")
    rows = []
    for one in result.corrections:
        figure = next(found for found in result.figures if one.names(found))
        rows.append(
            (
                name_of(result, figure),
                Number(as_printed(figure), figure.trace),
                Prose(str(Number(escape(one.note), one.origin))),
                one.author,
            )
        )
    return Table(
        header=("Số liệu", "Nguồn in", "Ghi chú", "Nơi khai"),
        rows=tuple(rows),
        caption=f"Đính chính đã khai cho số liệu năm {result.year}",
        align="lrll",
    )


def figures(result: Reconciliation) -> Table:
    """Build the table of every figure as printed, with its sentence and its marks."""
    if not len(result.figures):
        return Table.nothing("Chưa nhận số liệu đơn lẻ nào.")
    marked = [_marks(result, one) for one in result.figures]
    quoted = [_sentence(one) for one in result.figures]
    rows: list[tuple[Cell, ...]] = []
    for one, marks, sentence in zip(result.figures, marked, quoted, strict=True):
        rows.append(
            (
                name_of(result, one),
                Number(as_printed(one), one.trace),
                one.unit,
                str(one.year),
                *((sentence,) if any(quoted) else ()),
                marks or "không",
            )
        )
    note = (
        "Đánh dấu: mã quy tắc có phát hiện liên quan đến số liệu này (xem bảng các chỗ chưa khớp)"
        if any(marked)
        else "Không số liệu nào có phát hiện"
    )
    return Table(
        header=(
            *("Số liệu", "Giá trị như in", "Đơn vị", "Năm"),
            *(("Câu trong nguồn",) if any(quoted) else ()),
            "Đánh dấu",
        ),
        rows=tuple(rows),
        caption=f"Số liệu đã nhận của năm {result.year}, như nguồn in",
        align="lrllll" if any(quoted) else "lrlll",
        note=note,
    )


def _sentence(one: Observation) -> Cell:
    words = " ".join(one.origin.sentence.split())
    said = f"“{words}”" if words else ""
    if one.note:
        said = f"{said} Ghi chú: {one.note}".strip()
    if not said:
        return ""
    # The sentence is a quotation: its digits come from the same place as the figure.
    return Prose(str(Number(escape(said), one.trace)))


def name_of(result: Reconciliation, one: Observation) -> str:
    """Return the label of a figure with the part and base year that it is about."""
    label = result.entry.forms.figure(one.code).label
    group = GROUPS.get(one.group, one.group)
    parts = [label, *((group,) if group else ())]
    if one.since is not None:
        parts.append(f"so với năm {one.since}")
    return ", ".join(parts)


def _marks(result: Reconciliation, one: Observation) -> str:
    rules = dict.fromkeys(found.rule for found in result.of(one))
    declared = (CORRECTED,) if result.corrections_of(one) else ()
    return ", ".join([*rules, *declared])


def rules(result: Reconciliation) -> Table:
    """Build the table of rules with how often each found something."""
    return Table(
        header=("Quy tắc", "Nội dung", "Phát hiện"),
        rows=tuple(
            (
                f"{node.code}. {node.name_vi}",
                Prose(escape(node.rule)),
                numbers.whole(sum(one.rule == node.code for one in result.discrepancies)),
            )
            for node in result.edition.criteria
        ),
        caption="Các quy tắc đối chiếu",
        align="llr",
    )
