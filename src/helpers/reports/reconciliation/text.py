"""What the check of figures says: what does not fit, what is declared, what was received."""

from __future__ import annotations

import re
from collections import Counter

from helpers.facts.discrepancy import SEVERITIES, Discrepancy, Made, Quoted, Severity, Term
from helpers.facts.weak import WeakPoint
from helpers.indices.poverty.words import GROUPS
from helpers.inputs.corrections import Correction, read_corrections
from helpers.inputs.entry import Entry
from helpers.inputs.observations import Observation, Origin
from helpers.inputs.problems import InputError, Problem
from helpers.project import Project, find_project
from helpers.reports.reconciliation.result import (
    Reconciliation,
    all_discrepancies,
    discrepancies,
    last_year,
)
from helpers.words.numbers import MINUS, Number, decimal, in_words
from helpers.words.text import (
    FrontMatter,
    Text,
    escape,
    joined,
    lower_first,
    paragraphs,
    plain,
    upper_first,
)

_PLACE = re.compile(
    r"(?P<file>.+?)(, trang tính (?P<sheet>.+?))?(, ô (?P<cell>[A-Z]+\d+))?(, dòng (?P<line>\d+))?"
)
_BARE_COUNT = re.compile(r"-?[1-9]\d{3,}")
MOST_TOLD = 3
"""Findings of a severity that the text spells out; the table has all."""

_MEANS: dict[Severity, str] = {
    "mâu thuẫn": "chỗ mâu thuẫn",
    "không rõ nghĩa": "chỗ không rõ nghĩa",
    "thiếu mẫu số": "chỗ thiếu mẫu số hoặc thiếu số để đối chiếu",
}


class _Shown:
    """A term as a sentence shows it.

    ``{name:size}`` leaves its sign out, ``{name:move}`` says it as a verb: “giảm 2,02”.
    """

    def __init__(self, term: Term) -> None:
        self.term = term

    def __format__(self, spec: str) -> str:
        text, trace = _written(self.term)
        size = text.lstrip(f"+-{MINUS}")
        if spec == "move":
            verb = "giảm" if text.startswith(MINUS) else "tăng"
            return f"{verb} {Number(size, trace)}"
        return str(Number(size if spec == "size" else text, trace))


def _written(term: Term) -> tuple[str, str]:
    if isinstance(term, Quoted):
        return escape(term.text), term.trace
    if isinstance(term, Made):
        sign = "%" if term.unit == "%" else ""
        return f"{decimal(term.value, term.decimals)}{sign}", f"tính toán: {term.how}"
    return as_printed(term), term.trace


def as_printed(observation: Observation) -> str:
    """Return a figure as the source prints it, with the sign “%” of a percentage.

    Digits, separators and leading zeros stay as they are; only a large count that was typed without
    separators gets them.
    """
    text = observation.printed.strip() or decimal(observation.value, observation.decimals)
    if _BARE_COUNT.fullmatch(text):
        text = decimal(observation.value, 0)
    text = text.replace("-", MINUS, 1) if text.startswith("-") else text
    if observation.unit == "%" and not text.endswith("%"):
        return f"{text}%"
    return text


def statement(found: Discrepancy) -> str:
    """Return the sentences of a finding as Markdown with traced numbers."""
    shown = {name: _Shown(term) for name, term in found.terms.items()}
    said = found.text.format_map(shown)
    if not found.label:
        return said
    where = GROUPS.get(found.label, found.label)
    return f"Ở {escape(where)}: {said[:1].lower()}{said[1:]}"


def title(result: Reconciliation) -> FrontMatter:
    """Return title, subtitle and description of the document."""
    office = result.office.office
    return FrontMatter(
        title=f"Kiểm tra số liệu năm {result.year} của {office.brief}",
        subtitle=result.framework.name_vi,
        description=plain(_counts(result)),
        categories=(result.framework.short_name, str(result.year), result.place.name),
        date=str(result.year),
        status="simulated" if result.status == "simulated" else "official",
    )


def overview(result: Reconciliation) -> Text:
    """Say what was received and what the check found, in numbers."""
    return paragraphs([_counts(result), _kept(result)])


def _counts(result: Reconciliation) -> str:
    received = _count(len(result.figures), "số liệu đơn lẻ đã nhận")
    start = (
        f"Bộ số liệu năm {result.year} của {escape(result.office.office.brief)} có {received} số "
        "liệu đơn lẻ"
    )
    tally = Counter(found.severity for found in result.discrepancies)
    if not tally:
        return f"{start}; các quy tắc đối chiếu không tìm thấy chỗ nào không khớp."
    parts = [
        f"{_count(tally[severity], f'phát hiện loại “{severity}”')} {_MEANS[severity]}"
        for severity in SEVERITIES
        if tally[severity]
    ]
    return f"{start}; đối chiếu tìm thấy {joined(parts)}."


def _count(number: int, what: str) -> Number:
    return Number(in_words(number), f"đếm: {what}")


def _kept(result: Reconciliation) -> str:
    if not result.discrepancies:
        return ""
    return (
        "Báo cáo giữ số liệu như nguồn đã in, không tự sửa, và đánh dấu các chỗ này để đơn vị xác nhận "
        "(@tbl-discrepancies)."
    )


def findings(result: Reconciliation) -> Text:
    """Spell out the contradictions and the most important of the rest."""
    made = []
    for severity, start in (
        ("mâu thuẫn", "chưa khớp"),
        ("không rõ nghĩa", "có thể hiểu theo nhiều cách"),
        ("thiếu mẫu số", "chưa kiểm tra được"),
    ):
        found = [one for one in result.discrepancies if one.severity == severity]
        if not found:
            continue
        told = found[:MOST_TOLD]
        number = _count(len(found), f"phát hiện loại “{severity}”")
        lead = upper_first(f"{_capital(number)} điểm trong nguồn {start}.")
        if len(found) > len(told):
            lead += " Những điểm đầu tiên như sau; các điểm còn lại ở @tbl-discrepancies."
        listed = "\n".join(f"- {statement(one)}" for one in told)
        made += [lead, listed]
    return Text(tuple(made))


def _capital(number: Number) -> Number:
    return Number(upper_first(number.text), number.trace)


def corrections(result: Reconciliation) -> Text:
    """Say which errors of the source are declared, or that none is."""
    if not result.corrections:
        return paragraphs("Chưa có đính chính nào được khai cho số liệu này.")
    number = _count(len(result.corrections), "đính chính trong dinh-chinh.yml")
    return paragraphs(
        f"Có {number} số liệu được biết là in sai hoặc in không rõ trong nguồn. Số in được giữ nguyên, "
        "kèm ghi chú (@tbl-corrections); nếu nguồn in lại số khác, đính chính hết hiệu lực và báo cáo "
        "dừng lại để kiểm tra."
    )


def received(result: Reconciliation) -> Text:
    """Say how the table of figures is to be read."""
    if not len(result.figures):
        return paragraphs("Chưa nhận số liệu đơn lẻ nào; các bảng đã nhận được đối chiếu ở trên.")
    files = joined(
        [
            # A name that quotes a title itself gets no second pair of marks around it.
            escape(lower_first(name)) if set("«“") & set(name) else f"“{escape(name)}”"
            for name in dict.fromkeys(_document(o) for o in result.figures)
        ]
    )
    return paragraphs(
        f"Số liệu lấy từ {files}. Mỗi số được ghi đúng như nguồn in, kể cả số chữ số thập phân và số "
        "không đứng đầu; mức giảm mang dấu trừ (@tbl-figures)."
    )


def _document(observation: Observation) -> str:
    return observation.origin.document or observation.origin.file


def missing(result: Reconciliation) -> Text:
    """Say what could not be checked at all; empty if nothing is missing."""
    return paragraphs(list(result.missing))


def method(result: Reconciliation) -> Text:
    """Write the method note: rounding, severities, what is not checked."""
    notes = ". ".join(note.text for note in result.edition.notes)
    return paragraphs(
        f"{result.framework.sentence} Các quy tắc ở @tbl-rules.",
        "Mỗi số đã làm tròn được hiểu là một khoảng: nửa đơn vị của chữ số cuối cùng về cả hai "
        "phía; số "
        "đếm là số chính xác; “hơn”, “trên”, “ít nhất” chỉ cho biết mức thấp nhất. Hai số chỉ bị "
        "coi là "
        "mâu thuẫn khi không giá trị nào trong các khoảng đó làm phép tính khớp.",
        "“Không rõ nghĩa” là chỗ đọc được theo hai cách, hoặc hai kết quả trái chiều chưa được "
        "giải thích. "
        "“Thiếu mẫu số” là tỷ lệ, thứ hạng hoặc xếp loại không kèm số để tính lại.",
        f"{notes}.",
    )


def brief(result: Reconciliation) -> Text:
    """Say in the annual report whether the figures fit each other."""
    wrong = result.with_severity("mâu thuẫn")
    told = " ".join(statement(one) for one in wrong[:2])
    kept = (
        "Báo cáo này giữ số liệu gốc và đánh dấu các chỗ chưa khớp để đơn vị xác nhận."
        if result.discrepancies
        else ""
    )
    return paragraphs([_counts(result), told, kept])


def weak_points(result: Reconciliation) -> tuple[WeakPoint, ...]:
    """Return nothing: how figures fit says nothing about how an office works."""
    return ()


def discrepancy_problems(entry: Entry, project: Project | None = None) -> tuple[Problem, ...]:
    """Return what does not fit as problems for ``chiso check``.

    Parameters
    ----------
    entry : Entry
        A delivery that was read without errors.
    project : Project, optional

    Returns
    -------
    tuple of Problem
        Contradictions and ambiguities as warnings, rates without a base and what ``dinh-chinh.yml``
        already declares as notes; each names the file and, for a text file, the line of the first
        figure involved. Corrections that no longer fit the source are errors.
    """
    wrong: tuple[Problem, ...] = ()
    declared: tuple[Correction, ...] = ()
    of = project or find_project()
    try:
        declared = read_corrections(entry.delivery, of, entry.figures)
    except InputError as error:
        wrong = error.problems
    open_ones = list(declared)
    told = []
    previous = last_year(entry, of)
    try:
        every = all_discrepancies(entry, previous, of)
    except InputError as error:
        # A record file that cannot be read is told of; what needs no records is checked all the same.
        wrong += error.problems
        every = discrepancies(entry, previous, of)
    for found in every:
        # A correction answers one finding: another about the same figure is still to be looked at.
        answer = next((one for one in open_ones if _answers(one, found)), None)
        if answer is not None:
            open_ones.remove(answer)
        told.append(_problem(found, entry, known=answer is not None))
    return (*wrong, *told)


def _answers(correction: Correction, found: Discrepancy) -> bool:
    return correction.rule == found.rule and any(correction.names(o) for o in found.observations)


def _problem(found: Discrepancy, entry: Entry, *, known: bool) -> Problem:
    where = found.observations[0].origin if found.observations else _of_row(found, entry)
    remedies: dict[Severity, str] = {
        "mâu thuẫn": "kiểm tra lại với nguồn; nếu nguồn in sai thì khai trong dinh-chinh.yml.",
        "không rõ nghĩa": "hỏi lại nơi cung cấp, ghi rõ ở cột ghi chú hoặc khai trong dinh-chinh.yml.",
        "thiếu mẫu số": "bổ sung số liệu còn thiếu nếu có.",
    }
    return Problem(
        "note" if known or found.severity == "thiếu mẫu số" else "warning",
        where.file,
        where.sheet or None,
        where.cell or None,
        f"reconciliation-{found.rule.lower()}",
        plain(statement(found)).replace("\\", ""),
        "đã khai trong dinh-chinh.yml; không cần làm gì." if known else remedies[found.severity],
        where.line,
    )


def _of_row(found: Discrepancy, entry: Entry) -> Origin:
    """Where the row of a table stands that a finding without a single figure is about."""
    for term in found.terms.values():
        trace = term.how if isinstance(term, Made) else term.trace
        at = _PLACE.fullmatch(trace)
        if at and (at["cell"] or at["line"]):
            sheet, line = at["sheet"] or "", at["line"]
            # A row of a workbook is named by its first cell.
            cell = at["cell"] or (f"A{line}" if sheet else "")
            return Origin(at["file"], sheet, cell, int(line) if line and not sheet else None)
    return Origin(entry.delivery.folder_name)
