"""What the report on an office's part of PAPI says, section by section."""

from __future__ import annotations

from helpers.definitions import Node
from helpers.facts.rows import Score
from helpers.facts.weak import WeakPoint
from helpers.indices.papi.contents import Content
from helpers.indices.papi.findings_parts import ends
from helpers.indices.papi.measured import criterion
from helpers.indices.papi.result import PapiResult
from helpers.indices.work_plan.rows import CITED, ISSUED, PREPARED
from helpers.places import register
from helpers.reports.papi_office.result import PapiOfficeResult
from helpers.words.numbers import Number, decimal, in_words, whole
from helpers.words.numbers import place as place_text
from helpers.words.say import say
from helpers.words.text import FrontMatter, Text, escape, joined, paragraphs, plain

NO_GAPS = "Không phát hiện số liệu mâu thuẫn hoặc còn thiếu."
MOST_NAMED = 3
NAMED_AT_ENDS = 2
"""Contents named at each end where there are more than can be told one by one."""
LOWEST_GROUP = 1


def title(result: PapiOfficeResult) -> FrontMatter:
    """Return title, subtitle and description of the document."""
    office = result.office.office.name
    return FrontMatter(
        title=f"Chỉ số PAPI năm {result.year}: phần việc của {office}",
        subtitle=result.framework.name_vi,
        description=plain(_role(result)),
        categories=("PAPI", str(result.year), result.place.name),
        date=str(result.year),
        status=result.status,
        citation=(
            f"{result.framework.owner}: Chỉ số PAPI, {result.framework.url}; số liệu của {office}. "
            "Báo cáo được lập tự động từ các số liệu này."
        ),
    )


def overview(result: PapiOfficeResult) -> Text:
    """Say what the office answers for, then how these contents stand."""
    return paragraphs(_role(result), _standing(result))


def _role(result: PapiOfficeResult) -> str:
    office = result.office.office.brief
    if result.whole:
        return (
            f"{office} báo cáo theo cả {in_words(len(result.edition.dimensions))} chỉ số nội dung "
            "của PAPI."
        )
    named = [_named(content) for content in result.contents]
    return f"{office} theo dõi {joined(named)} của PAPI."


def _named(content: Content) -> str:
    if content.parent is None:
        return f"chỉ số nội dung “{content.criterion.name_vi}”"
    return (
        f"nội dung thành phần “{content.criterion.name_vi}” thuộc chỉ số nội dung "
        f"“{content.parent.name_vi}”"
    )


def _standing(result: PapiOfficeResult) -> list[str]:
    if result.papi is None:
        return _without_scores(result)
    scored = [(c, c.score) for c in result.contents if c.score is not None]
    said = _ends(result.papi, scored, f"Năm {result.year}, ")
    for content in result.contents:
        if content.score is None and content.parent_score is not None and content.parent:
            parent = _scored(result.papi, content.parent.name_vi, content.parent_score)
            said.append(
                f"Chưa có điểm của “{content.criterion.name_vi}”; chỉ số nội dung chứa nội dung "
                f"này, {parent}."
            )
    return said


def _ends(papi: PapiResult, scored: list[tuple[Content, Score]], lead: str) -> list[str]:
    """Tell all scores if they are few, else the best and the worst places."""
    if not scored:
        return []
    if len(scored) <= MOST_NAMED:
        told = [_told(papi, content, score) for content, score in scored]
        return [f"{lead}{'; '.join(told)} (@tbl-contents)."]
    by_code = {score.code: (content, score) for content, score in scored}
    best, lowest = (
        [_listed_score(papi, *by_code[one.key.code]) for one in part]
        for part in ends([criterion(papi, code) for code in by_code], NAMED_AT_ENDS)
    )
    if not best:
        told = [_told(papi, content, score) for content, score in by_code.values()]
        return [f"{lead}{'; '.join(told)} (@tbl-contents)."]
    return [
        f"{lead}vị trí tốt nhất là {joined(best)}.",
        f"Vị trí thấp nhất là {joined(lowest)} (@tbl-contents).",
    ]


def _without_scores(result: PapiOfficeResult) -> list[str]:
    if result.status == "simulated":
        return ["Số liệu mô phỏng không có điểm PAPI; báo cáo nêu phần việc của cơ quan."]
    said = [
        f"Chưa có điểm PAPI năm {result.year} của {result.place.full_name(result.year)}, nên báo "
        "cáo chưa nói được kết quả của năm này."
    ]
    return [*said, *_latest(result)]


def _latest(result: PapiOfficeResult) -> list[str]:
    """Tell the scores of the last year that has any."""
    if result.last is None:
        return []
    known = [(c, c.last) for c in result.contents if c.last is not None]
    lead = f"Điểm gần nhất đã có là của năm {result.last.year}: "
    return _ends(result.last, known, lead)


def _listed_score(papi: PapiResult, content: Content, score: Score) -> str:
    """Give a score in brackets, for a list of names."""
    node = _node(content, score)
    value, group, rank = _parts(papi, node.name_vi, score)
    before = _before(papi, content).strip(" ()")
    also = f"; {before}" if before else ""
    return f"{node.name_vi} ({value} điểm, nhóm {group}, {rank}{also})"


def _node(content: Content, score: Score) -> Node:
    """Return the content itself, or the one above it where only that has a score."""
    if score.code != content.criterion.code and content.parent is not None:
        return content.parent
    return content.criterion


def _told(papi: PapiResult, content: Content, score: Score) -> str:
    return f"{_scored(papi, _node(content, score).name_vi, score)}{_before(papi, content)}"


def _scored(papi: PapiResult, name: str, score: Score) -> str:
    value, group, rank = _parts(papi, name, score)
    return f"{name} đạt {value} điểm, thuộc nhóm {group}, xếp {rank}"


def _parts(papi: PapiResult, name: str, score: Score) -> tuple[Number, str, str]:
    """Return score, group and place of a content, the place with its tie."""
    trace = f"PAPI {papi.year}, {name}, {papi.place.name}: {score.source}"
    value = Number(decimal(score.value, papi.definition.decimals), trace)
    rank = Number(
        place_text(score.rank, score.n),
        f"xếp theo điểm làm tròn của {score.n} đơn vị, PAPI {papi.year}",
    )
    tie = "đồng hạng " if score.tied > 1 else ""
    return value, papi.definition.groups.names[score.group - 1], f"{tie}thứ {rank}"


def _before(papi: PapiResult, content: Content) -> str:
    """Set the earlier score beside, in brackets; without an error it neither rose nor fell."""
    change = content.change
    if change is None:
        return ""
    if not change.allowed:
        return f" (không so sánh được với năm {change.earlier})"
    trace = (
        f"PAPI {change.earlier}, {content.criterion.name_vi}, {papi.place.name}: "
        f"{change.source_earlier}"
    )
    value = Number(decimal(change.value_earlier, papi.definition.decimals), trace)
    return f" (năm {change.earlier}: {value} điểm)"


def changes(result: PapiOfficeResult) -> Text:
    """Say why years may not be compared, and that no error of a content is known."""
    if result.papi is None:
        return paragraphs("Chưa có điểm của năm báo cáo nên không nêu thay đổi.")
    reasons: dict[str, None] = {}
    for content in result.contents:
        if content.change is not None and not content.change.allowed:
            reasons |= dict.fromkeys(content.change.reasons)
    known = [c for c in result.contents if c.change is not None and c.change.allowed]
    said = []
    if known:
        said.append(
            "Điểm hai năm của những nội dung so sánh được đặt cạnh nhau ở @tbl-contents. Chưa có sai "
            "số khảo sát của từng nội dung nên báo cáo không kết luận nội dung nào tăng hay giảm."
        )
    if reasons:
        said.append(f"Một số nội dung không so sánh được vì {'; '.join(reasons)}.")
    if not said:
        said.append(_no_earlier(result))
    return paragraphs(said)


def _no_earlier(result: PapiOfficeResult) -> str:
    """Say why there is nothing to set beside the year: another unit, or no scores."""
    merged = register().same_unit(result.place, result.year - 1, result.year)
    if merged:
        return f"Không so sánh với năm {result.year - 1} vì {'; '.join(merged)}."
    return "Chưa có năm trước có điểm để so sánh."


_SERVING = {
    ISSUED: "cơ quan đã ban hành",
    PREPARED: "cơ quan đã tham mưu",
    CITED: "viện dẫn",
}


def work(result: PapiOfficeResult) -> Text:
    """Say what the office delivered about its contents; actions are no result."""
    every = (*(one for c in result.contents for one in c.documents), *result.general_documents)
    documents = {one.origin: one for one in every}.values()
    figures = {one.trace for c in result.contents for one in c.figures}
    if not documents and not figures:
        return paragraphs("Cơ quan chưa cung cấp văn bản và số liệu gắn với các nội dung này.")
    # What a higher body issued and the office only cites is not the office's work.
    parts = [
        f"{_count(count, f'văn bản {name}')} văn bản {name}"
        for role, name in _SERVING.items()
        if (count := sum(one.role == role for one in documents))
    ]
    if figures:
        parts.append(f"{_count(len(figures), 'số liệu')} số liệu")
    return paragraphs(
        [
            f"Gắn với các nội dung này, cơ quan cung cấp {joined(parts)} (@tbl-work).",
            "Điểm PAPI do người dân đánh giá qua khảo sát, nên số liệu, văn bản của cơ quan và điểm "
            "PAPI không thay thế cho nhau.",
        ],
        _reviewed(result),
    )


def _count(count: int, what: str) -> Number:
    return Number(whole(count), f"đếm {what} cơ quan cung cấp")


def _reviewed(result: PapiOfficeResult) -> str:
    """Say how many districts planned the review of poor households, where that is the content."""
    for content in result.contents:
        found = {one.code: one for one in content.figures}
        planned, all_of = (
            found.get("poverty.districts_planned"),
            found.get("poverty.districts"),
        )
        if planned is not None and all_of is not None:
            text = place_text(int(planned.value), int(all_of.value))
            number = Number(text, f"{planned.trace}; {all_of.trace}")
            return (
                f"Về công khai danh sách hộ nghèo, {number} huyện, thị xã, thành phố đã ban hành "
                "kế hoạch rà soát hộ nghèo, hộ cận nghèo."
            )
    return ""


def limits(result: PapiOfficeResult) -> Text:
    """List the limits and measures that the office stated for its contents."""
    limits_of = _all_limits(result)
    measures_of = dict.fromkeys(
        one.text
        for one in (*(m for c in result.contents for m in c.measures), *result.general_measures)
    )
    if not limits_of and not measures_of:
        return paragraphs("Cơ quan chưa nêu hạn chế và biện pháp cho các nội dung này.")
    return paragraphs(
        _listed("Hạn chế cơ quan nêu:", list(limits_of)),
        _listed("Biện pháp cơ quan dự kiến:", list(measures_of)),
    )


def _all_limits(result: PapiOfficeResult) -> dict[str, None]:
    every = (*(one for c in result.contents for one in c.limits), *result.general_limits)
    return dict.fromkeys(one.text for one in every)


def _listed(lead: str, texts: list[str]) -> str:
    if not texts:
        return ""
    return "\n".join([lead, "", *(f"- {escape(text)}" for text in texts)])


def missing(result: PapiOfficeResult) -> Text:
    """List what could not be said and what to deliver for it; empty if nothing."""
    return paragraphs("\n".join(f"- {escape(point)}" for point in result.missing))


def gaps(result: PapiOfficeResult) -> Text:
    """Tell what :func:`missing` tells, or that nothing was found."""
    found = missing(result)
    return found if found.paragraphs else paragraphs(NO_GAPS)


def method(result: PapiOfficeResult) -> Text:
    """Write the method note: PAPI's own where scores are known, and what is the office's."""
    own = (
        "- **Phạm vi.** Các nội dung do cơ quan khai ở mục “papi” của tệp thông số. Văn "
        "bản, số liệu, hạn chế và biện pháp do cơ quan cung cấp, không phải một phần của điểm PAPI."
    )
    scores = result.papi or result.last
    if scores is None:
        return paragraphs(own)
    return Text((f"{own}\n{say(scores.country, 'method', heading=False).markdown}",))


def brief(result: PapiOfficeResult) -> Text:
    """Say in two paragraphs what a document to sign needs: no table, nothing on what is lacking."""
    told = _latest(result) if result.papi is None else _standing(result)
    said = [s.replace(" (@tbl-contents)", "") for s in told]
    return paragraphs([_role(result), *said], _reviewed(result))


def weak_points(result: PapiOfficeResult) -> tuple[WeakPoint, ...]:
    """Return the contents in the lowest group, with the office's own limits where it stated any."""
    found = []
    for content in result.contents:
        score = content.score
        if score is None or result.papi is None or score.group != LOWEST_GROUP:
            continue
        text = f"{_scored(result.papi, content.criterion.name_vi, score)}."
        measure = "; ".join(one.text for one in content.measures)
        found.append(
            WeakPoint(
                index="papi",
                code=content.criterion.code,
                name=content.criterion.name_vi,
                text=text,
                importance=score.rank / score.n,
                cause="; ".join(one.cause for one in content.limits if one.cause),
                measure=measure,
            )
        )
    return tuple(found)
