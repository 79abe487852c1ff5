"""What the office did itself: documents, tasks, follow-up, citizens received, inspections."""

from __future__ import annotations

from helpers.indices.work_plan.result import WorkPlanResult
from helpers.indices.work_plan.rows import CITED, ISSUED, PREPARED, Document
from helpers.reports.annual.result import AnnualResult
from helpers.reports.annual.text_words import inside, listed, together, without_references
from helpers.words.numbers import Number, day, in_words
from helpers.words.say import say
from helpers.words.text import Text, escape, paragraphs

NOTHING = Text(())
_LACKING = {"number": "số, ký hiệu", "date": "ngày ban hành"}
MOST_DOCUMENTS = 6
"""Named in the text; the annex has all."""


def steering(result: AnnualResult) -> Text:
    """Write on documents, then on the year's tasks, then on the limits of earlier years."""
    part = result.part("work_plan")
    if part is None:
        return NOTHING
    tasks = (
        say(part, "overview", heading=False)
        if part.planned is not None or part.done is not None or part.tasks
        else NOTHING
    )
    before = say(part, "follow_up", heading=False) if part.earlier else NOTHING
    return together(without_references(tasks), _documents(part), without_references(before))


def _documents(part: WorkPlanResult) -> Text:
    """Name the documents of the year, and count those cited; whose they are is counted apart."""
    own = [one for one in part.documents if one.role in (ISSUED, PREPARED)]
    cited = [one for one in part.documents if one.role == CITED]
    said = []
    if own:
        trace = f"đếm trong bảng văn bản; {own[0].origin}"
        count = Number(in_words(len(own)), trace)
        more = "; danh sách đầy đủ ở phụ lục" if len(own) > MOST_DOCUMENTS else ""
        lead = f"Cơ quan đã ban hành hoặc tham mưu ban hành {count} văn bản{more}:"
        said += [lead, listed([quoted(one) for one in own[:MOST_DOCUMENTS]])]
    if cited:
        trace = f"đếm trong bảng văn bản; {cited[0].origin}"
        count = Number(in_words(len(cited)), trace)
        office = part.office.office
        by_itself = [one for one in cited if one.is_of((office.name, office.brief), office.symbol)]
        of_own = Number(in_words(len(by_itself)), trace)
        among = f", trong đó {of_own} văn bản của {escape(office.brief)}" if by_itself else ""
        said.append(f"Việc triển khai căn cứ {count} văn bản{among}, nêu ở phụ lục.")
    return paragraphs(*said)


def quoted(one: Document) -> str:
    """Quote a document as the first time asks: type, number, date, issuer, subject.

    What was not delivered is not made up.
    """
    number = f" số {escape(one.number)}" if one.number else ""
    dated = f" ngày {Number(day(one.date), one.origin)}" if one.date else ""
    issuer = f" của {escape(one.issuer)}" if one.issuer else ""
    about = f" về {inside(escape(one.subject))}" if one.subject else ""
    lacking = (
        ""
        if one.number and one.date
        else f" (nguồn không nêu {' và '.join(_LACKING[name] for name in one.lacking)})"
    )
    return f"{escape(one.kind) or 'Văn bản'}{number}{dated}{issuer}{about}{lacking}"


def citizens(result: AnnualResult) -> Text:
    """Write on citizens received and on inspections; empty if neither was delivered."""
    part = result.part("work_plan")
    if part is None:
        return NOTHING
    received = part.received is not None or part.staff is not None
    inspected = part.inspected is not None or part.inspections_planned is not None
    made = [say(part, "received", heading=False)] if received else []
    made += [say(part, "inspected", heading=False)] if inspected else []
    return without_references(together(*made)) if made else NOTHING
