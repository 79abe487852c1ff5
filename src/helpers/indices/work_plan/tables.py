"""The tables and the chart of the report on the work plan."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.display.table import Cell, Strong, Table
from helpers.indices.work_plan.arithmetic import STATES
from helpers.indices.work_plan.result import WorkPlanResult
from helpers.indices.work_plan.rows import Limit
from helpers.indices.work_plan.text import date
from helpers.words.numbers import Number, percent, whole

LACKING = "chưa nêu"


def key_figures(result: WorkPlanResult) -> Table:
    """Build the row of key figures."""
    cells: list[tuple[str, Cell]] = []
    planned, done = result.planned, result.done
    if planned is not None and done is not None and not planned.bound and not done.bound:
        text = f"{whole(done.value)}/{whole(planned.value)}"
        cells.append(("Nhiệm vụ hoàn thành", Number(text, f"{done.trace}; {planned.trace}")))
    if result.limits:
        trace = f"đếm trong bảng hạn chế; {result.limits[0].origin}"
        cells.append(("Hạn chế của năm", Number(whole(len(result.limits)), trace)))
    if result.measures:
        trace = f"đếm trong bảng biện pháp; {result.measures[0].origin}"
        cells.append(
            (f"Biện pháp năm {result.year + 1}", Number(whole(len(result.measures)), trace))
        )
    if result.received is not None:
        received = Number(whole(result.received.value), result.received.trace)
        cells.append(("Lượt công dân được tiếp", received))
    if not cells:
        return Table.nothing("Chưa có số liệu chính của kế hoạch công tác.")
    return Table(
        header=tuple(name for name, _ in cells),
        rows=(tuple(cell for _, cell in cells),),
        caption="",
        align="c" * len(cells),
        wrapper="key-figures",
    )


def tasks(result: WorkPlanResult) -> Table:
    """Build the table of tasks by area, late and open ones named below each area's count."""
    if not result.tasks:
        return Table.nothing("Chưa có danh sách nhiệm vụ.")
    areas = dict.fromkeys(task.area or "Chưa ghi lĩnh vực" for task in result.tasks)
    shown = [state for state in STATES if result.tally.counts[state]]
    rows: list[tuple[Cell, ...]] = []
    for area in [*areas, ""]:
        own = [t for t in result.tasks if not area or (t.area or "Chưa ghi lĩnh vực") == area]
        name: Cell = area or Strong("Cả kế hoạch")
        trace = f"đếm trong bảng nhiệm vụ; {own[0].origin}"
        counts = [Number(whole(sum(t.state == s for t in own)), trace) for s in shown]
        done = sum(t.state in ("on_time", "late", "done") for t in own)
        share = Number(percent(done / len(own), 1), f"tính toán; {trace}")
        rows.append((name, Number(whole(len(own)), trace), *counts, share))
    header = ("Lĩnh vực", "Số nhiệm vụ", *(_upper(STATES[s]) for s in shown), "Tỷ lệ hoàn thành")
    return Table(
        header=header,
        rows=tuple(rows if len(areas) > 1 else rows[-1:]),
        caption=f"Nhiệm vụ theo lĩnh vực và tình trạng, tính đến ngày {date(result.day)}",
        align="l" + "r" * (len(header) - 1),
    )


def behind(result: WorkPlanResult) -> Table:
    """Build the table of tasks that are late, overdue, contradictory or given up."""
    wanted = ("overdue", "contradictory", "late", "dropped")
    found = [t for state in wanted for t in result.tasks if t.state == state]
    if not found:
        return Table.nothing("Không có nhiệm vụ chậm, hoặc chưa có danh sách nhiệm vụ.")
    return Table(
        header=("Nhiệm vụ", "Đơn vị chủ trì", "Hạn", "Ngày xong", "Tình trạng", "Nguyên nhân"),
        rows=tuple(
            (
                t.name,
                t.owner or LACKING,
                Number(date(t.due), t.origin) if t.due else "",
                Number(date(t.finished), t.origin) if t.finished else "",
                STATES[t.state],
                t.cause or LACKING,
            )
            for t in found
        ),
        caption="Nhiệm vụ quá hạn, chậm hoặc không thực hiện",
        align="llllll",
    )


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def limits(result: WorkPlanResult) -> Table:
    """Build the table of the limits of the year."""
    if not result.limits:
        return Table.nothing("Chưa có danh sách hạn chế.")
    rows = []
    for one in result.limits:
        answers = result.answers(one)
        measure = one.measure or "; ".join(m.text for m in answers) or LACKING
        owner = one.owner or "; ".join(dict.fromkeys(m.owner for m in answers if m.owner))
        due = one.due or next((m.due for m in answers if m.due), None)
        rows.append(
            (
                one.code,
                one.text,
                one.criterion or one.index,
                one.cause or LACKING,
                measure,
                owner or LACKING,
                Number(date(due), one.origin) if due else LACKING,
            )
        )
    return _without_empty(
        ("Mã", "Hạn chế", "Tiêu chí", "Nguyên nhân", "Biện pháp", "Đơn vị", "Hạn"),
        rows,
        f"Hạn chế của năm {result.year}, nguyên nhân và biện pháp như cơ quan nêu",
        ("Nguyên nhân", "Đơn vị", "Hạn"),
    )


def _without_empty(
    header: Sequence[str], rows: Sequence[tuple[Cell, ...]], caption: str, may_go: Sequence[str]
) -> Table:
    """Drop columns of which nothing is stated in any row, and say so below the table."""
    empty = [
        place
        for place, name in enumerate(header)
        if name in may_go and all(row[place] == LACKING for row in rows)
    ]
    kept = [place for place in range(len(header)) if place not in empty]
    gone = ", ".join(header[place].lower() for place in empty)
    return Table(
        header=tuple(header[place] for place in kept),
        rows=tuple(tuple(row[place] for place in kept) for row in rows),
        caption=caption,
        align="l" * len(kept),
        note=f"Chưa dòng nào nêu: {gone}" if gone else "",
    )


def follow_up(result: WorkPlanResult) -> Table:
    """Build the table of earlier limits and what became of them."""
    if not result.earlier:
        return Table.nothing("Chưa có danh sách hạn chế năm trước.")
    return _without_empty(
        ("Năm nêu", "Hạn chế", "Tình trạng", "Kết quả", "Đơn vị"),
        [
            (
                Number(str(one.year), one.origin),
                one.text,
                _state(one),
                one.result or LACKING,
                one.owner or LACKING,
            )
            for one in result.earlier
        ],
        f"Khắc phục hạn chế của các năm trước, đến năm {result.year}",
        ("Kết quả", "Đơn vị"),
    )


def _state(one: Limit) -> str:
    return one.state or ("chưa rõ" if one.told else "chưa được báo cáo")


def documents(result: WorkPlanResult) -> Table:
    """Build the table of documents; what lacks number or date is marked."""
    if not result.documents:
        return Table.nothing("Chưa có danh sách văn bản.")
    return Table(
        header=("Vai trò", "Văn bản", "Ngày", "Cơ quan ban hành", "Nội dung"),
        rows=tuple(
            (
                one.role,
                f"{one.kind} {f'số {one.number}' if one.number else '(thiếu số, ký hiệu)'}".strip(),
                Number(date(one.date), one.origin) if one.date else "(thiếu ngày)",
                one.issuer,
                one.subject,
            )
            for one in result.documents
        ),
        caption=f"Văn bản đã ban hành và viện dẫn, năm {result.year}",
        align="lllll",
    )


def inspections(result: WorkPlanResult) -> Table:
    """Build the table of inspections."""
    if not result.inspections:
        return Table.nothing("Chưa có bảng thanh tra, kiểm tra.")
    return Table(
        header=("Đơn vị", "Hình thức", "Nội dung", "Ngày", "Tình trạng", "Tồn tại", "Đã khắc phục"),
        rows=tuple(
            (
                one.unit,
                one.form,
                one.subject,
                Number(date(one.date), one.origin) if one.date else "",
                one.state,
                "" if one.findings is None else Number(whole(one.findings), one.origin),
                "" if one.remedied is None else Number(whole(one.remedied), one.origin),
            )
            for one in result.inspections
        ),
        caption=f"Thanh tra, kiểm tra năm {result.year}",
        align="lllllrr",
    )


def citizens(result: WorkPlanResult) -> Table:
    """Build the table of receptions of citizens."""
    if not result.receptions:
        return Table.nothing("Chưa có bảng tiếp công dân.")
    return Table(
        header=("Kỳ", "Người tiếp", "Số lượt", "Số vụ việc", "Đã trả lời"),
        rows=tuple(
            (
                one.period,
                one.by,
                Number(whole(one.visits), one.origin),
                "" if one.cases is None else Number(whole(one.cases), one.origin),
                "" if one.answered is None else Number(whole(one.answered), one.origin),
            )
            for one in result.receptions
        ),
        caption=f"Tiếp công dân năm {result.year}",
        align="llrrr",
    )


def measures(result: WorkPlanResult) -> Table:
    """Build the table of the measures for the next year with the limits they answer."""
    if not result.measures:
        return Table.nothing("Chưa có biện pháp năm sau.")
    known = {one.code: one.text for one in (*result.limits, *result.earlier)}
    rows = []
    for one in result.measures:
        answered = [f"{code}: {known[code]}" if code in known else code for code in one.limits]
        rows.append(
            (
                one.text,
                one.index or LACKING,
                "; ".join(answered) or LACKING,
                one.owner or LACKING,
                Number(date(one.due), one.origin) if one.due else LACKING,
                one.outcome or LACKING,
            )
        )
    return _without_empty(
        ("Biện pháp", "Chỉ số", "Trả lời hạn chế", "Chủ trì", "Hạn", "Cách biết đã xong"),
        rows,
        f"Nhiệm vụ, biện pháp trọng tâm năm {result.year + 1}",
        ("Chủ trì", "Hạn", "Cách biết đã xong"),
    )
