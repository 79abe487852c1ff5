"""Sections of a report on dossiers: where they are late, months, services, the nine indices."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.analysis._procedure_rows import Row
from helpers.analysis._procedure_shares import PartOf, shares
from helpers.analysis.intervals import at_least
from helpers.analysis.procedures import ProceduresResult
from helpers.commentary import _procedure_words as words
from helpers.commentary.numbers import Number, decimal, in_words, percent, whole
from helpers.commentary.text import Text, escape, joined, paragraphs
from helpers.indices.tt01 import Assessment

MOST_NAMED = 2
CHANNELS = ("tn_truc_tuyen", "tn_truc_tiep")


def where_late(result: ProceduresResult) -> Text:
    """Name the fields, units and procedures in which dossiers are late."""
    rows = result.rows
    if not rows.fields and not rows.units:
        return paragraphs(
            "Số liệu được cung cấp không chia theo lĩnh vực và đơn vị"
            + (
                ", nên chưa xác định được hồ sơ quá hạn thuộc lĩnh vực hoặc đơn vị nào."
                if _any_late(result)
                else "."
            )
        )
    by_field = _late_in(rows.fields, "lĩnh vực", "@tbl-fields") if rows.fields else ""
    by_unit = _late_in(rows.units, "đơn vị", "@tbl-units") if rows.units else ""
    if (
        rows.fields
        and not any(row.late for row in rows.units)
        and any(r.unknown for r in rows.units)
    ):
        by_unit = ""  # the fields have said it
    return paragraphs(by_field, by_unit, _procedures(rows.procedures), _slowest(rows.fields))


def _any_late(result: ProceduresResult) -> bool:
    """Whether some dossier is known to be late, so that one may ask where."""
    counts = (result.total.get(code) for code in ("gq_qua_han", "dg_qua_han"))
    return any(count is not None and count.value for count in counts)


def _late_in(rows: Sequence[Row], what: str, table: str) -> str:
    late = [row for row in rows if row.late]
    whole_late = sum(row.late for row in late)
    if not any("gq_qua_han" in row.counts for row in rows) or (late and len(rows) == 1):
        return ""
    unsure = Number(
        whole(sum(row.unknown for row in rows)),
        f"đếm: hồ sơ không có ngày hẹn trả, thời hạn hoặc ngày giải quyết, theo {what}",
    )
    if not late:
        none = f"Không {what} nào trong {in_words(len(rows))} {what} có hồ sơ"
        if all(row.late_is_known for row in rows):
            return f"{none} quá hạn ({table})."
        if any(row.unknown for row in rows):
            return (
                f"Trong số hồ sơ đã rõ hạn và ngày giải quyết không có hồ sơ nào quá hạn; "
                f"{unsure} hồ sơ chưa rõ ({table})."
            )
        if all("gq_qua_han" in row.counts for row in rows):
            return f"{none} giải quyết quá hạn ({table})."
        return ""
    most = sorted(late, key=lambda row: (-row.late, row.name))
    named = most[:MOST_NAMED]
    trace = f"giải quyết quá hạn cộng đang giải quyết quá hạn theo {what}"
    listed = [
        f"{escape(row.name)} ({Number(whole(row.late), f'{trace}, {row.name}')} hồ sơ)"
        for row in named
    ]
    share = sum(row.late for row in named) / whole_late
    total = Number(whole(whole_late), trace)
    tail = ""
    if len(late) > len(named):
        tail = (
            f", chiếm {Number(percent(share, 1), f'{trace}; của hai nơi nhiều nhất')} tổng số "
            f"{total} hồ sơ quá hạn"
        )
    said = f"Theo {what}, hồ sơ quá hạn có nhiều nhất ở {joined(listed)}{tail} ({table})."
    if any(row.unknown for row in rows):
        said = (
            f"Trong số hồ sơ đã rõ hạn và ngày giải quyết, theo {what}, hồ sơ quá hạn có nhiều nhất "
            f"ở {joined(listed)}{tail} ({table}); {unsure} hồ sơ chưa rõ."
        )
    highest = max(late, key=lambda row: (row.late_share or 0.0, row.name))
    if highest not in named and highest.late_share:
        said += (
            f" Tính theo tỷ lệ trên số đã giải quyết, cao nhất là {escape(highest.name)} "
            f"({words.row_share(highest)})."
        )
    elif highest is named[0] and highest.late_share:
        said += (
            f" {escape(highest.name)} cũng có tỷ lệ quá hạn cao nhất ({words.row_share(highest)})."
        )
    return said


def _procedures(rows: Sequence[Row]) -> str:
    late = [row for row in rows if row.late]
    if not late:
        return ""
    worst = max(late, key=lambda row: (row.late, row.code))
    number = Number(whole(worst.late), f"hồ sơ quá hạn; {worst.counts['tn_tong'].trace}")
    counted = Number(whole(len(late)), "đếm: thủ tục có ít nhất một hồ sơ quá hạn")
    return (
        f"Có {counted} thủ tục có hồ sơ quá hạn; nhiều nhất là "
        f"«{escape(worst.name or worst.code)}» với "
        f"{number} hồ sơ (@tbl-procedures)."
    )


def _slowest(rows: Sequence[Row]) -> str:
    timed = [row for row in rows if row.days is not None]
    if len(timed) < 2:
        return ""
    slow, fast = (pick(timed, key=lambda row: (row.days or 0.0, row.name)) for pick in (max, min))
    said = "bình quân ngày làm việc từ tiếp nhận đến giải quyết xong"
    longest, shortest = (
        Number(decimal(row.days or 0.0, 1), f"{said}, {row.name}; {row.counts['gq_tong'].trace}")
        for row in (slow, fast)
    )
    return (
        f"Thời gian giải quyết bình quân dài nhất ở {escape(slow.name)} ({longest} ngày làm "
        "việc), ngắn "
        f"nhất ở {escape(fast.name)} ({shortest} ngày làm việc)."
    )


def months(result: ProceduresResult) -> Text:
    """Say when most was received, and whether what is open grew."""
    rows = [row for row in result.rows.months if {"gq_tong", "dg_tong"} <= set(row.counts)]
    if 1 < len(result.rows.months) != len(rows):
        why = ""
        if result.tables is not None and result.rows.months[0].counts.keys() <= {*CHANNELS}:
            why = (
                " Trong tệp có hồ sơ đã hoặc có thể đã kết thúc mà không ghi ngày giải quyết xong, nên "
                "chưa biết kết thúc ở tháng nào."
            )
        return paragraphs(
            "Chưa đủ số hồ sơ đã giải quyết và đang giải quyết của mọi tháng nên chưa nêu được diễn "
            f"biến (@tbl-months).{why}"
        )
    if len(rows) < 2:
        return paragraphs("Số liệu được cung cấp không chia theo tháng.")
    busy = max(rows, key=lambda row: row.counts["gq_tong"].value)
    first, last = rows[0].counts["dg_tong"], rows[-1].counts["dg_tong"]
    late = max(rows, key=lambda row: row.value("gq_qua_han") or 0)
    known = all(row.value("gq_qua_han") is not None and not row.unknown for row in rows)
    late_count = late.counts.get("gq_qua_han") if known else None
    verb = "tăng" if last.value > first.value else "giảm" if last.value < first.value else "giữ"
    backlog = (
        f"Số hồ sơ đang giải quyết cuối tháng {verb} từ {words.count(first)} (tháng "
        f"{rows[0].name}) "
        f"{'lên' if verb == 'tăng' else 'xuống'} {words.count(last)} (tháng {rows[-1].name})."
    )
    if verb == "giữ":
        backlog = f"Số hồ sơ đang giải quyết cuối tháng {rows[-1].name} là {words.count(last)}."
    peak = ""
    if late_count is not None and late_count.value:
        number = words.count(late_count)
        peak = f"Hồ sơ giải quyết quá hạn nhiều nhất ở tháng {late.name} ({number} hồ sơ)."
    return paragraphs(
        [
            f"Tháng {busy.name} giải quyết nhiều nhất, {words.count(busy.counts['gq_tong'])} hồ sơ "
            "(@fig-months).",
            peak,
            backlog,
        ]
    )


def services(result: ProceduresResult) -> Text:
    """Say what was announced, what is online against its target, what was digitised."""
    found = {one.key: one for one in shares(result)}
    text = paragraphs(
        [_online(result, found), _posted(result), _announced(result)],
        [_digitised(result), _devices(result, found), _apologies(found)],
    )
    if text.paragraphs:
        return text
    return paragraphs(
        "Chưa có số liệu về công bố thủ tục, dịch vụ công trực tuyến và số hóa hồ sơ."
    )


def _online(result: ProceduresResult, found: dict[str, PartOf]) -> str:
    said = []
    whole_part = found.get("online_rate")
    if whole_part is not None:
        against = words.against_target(whole_part.share, whole_part.target, source=whole_part.trace)
        sentence = f"Có {words.part(whole_part, 'thủ tục')} có dịch vụ công trực tuyến{against}."
        stated = result.figure("online_rate")
        if stated is not None and abs(stated.value - whole_part.share * 100) > 0.005:
            sentence += f" Nguồn in tỷ lệ này là {words.printed(stated)}."
        said.append(sentence)
    full = found.get("online_full")
    if full is not None:
        said.append(f"Có {words.part(full, 'thủ tục')} được cung cấp trực tuyến toàn trình.")
    return " ".join(said)


def _posted(result: ProceduresResult) -> str:
    stated = result.figure("published_rate")
    if stated is None:
        return ""
    return f"Nguồn nêu {words.printed(stated)} thủ tục được niêm yết công khai."


def _announced(result: ProceduresResult) -> str:
    names = (
        ("announced_new", "thủ tục mới ban hành"),
        ("announced_amended", "thủ tục sửa đổi, bổ sung"),
        ("announced_abolished", "thủ tục bị bãi bỏ"),
    )
    given = [(result.figure(code), name) for code, name in names]
    parts = [f"{words.printed(one)} {name}" for one, name in given if one is not None]
    if not parts:
        return ""
    decisions = result.figure("announcing_decisions")
    lead = (
        f"Trong năm có {words.printed(decisions)} quyết định công bố"
        if decisions is not None
        else "Trong năm đã công bố"
    )
    return f"{lead} {joined(parts)}."


def _digitised(result: ProceduresResult) -> str:
    number, rate = result.figure("digitised"), result.figure("digitised_rate")
    if number is None:
        return ""
    note = f" ({escape(number.note)})" if number.note else ""
    share = f", tỷ lệ được nêu là {words.printed(rate)}" if rate is not None else ""
    # «trên 330.000» is no count: without the word the sentence would say more than its source.
    about = "trên " if at_least(number) else ""
    return f"Số hồ sơ được số hóa là {about}{words.printed(number)}{share}{note}."


def _devices(result: ProceduresResult, found: dict[str, PartOf]) -> str:
    unhappy = found.get("device_unsatisfied")
    if unhappy is not None:
        return f"Qua thiết bị đánh giá có {words.part(unhappy, 'lượt')} không hài lòng."
    stated = result.figure("device_satisfied_rate")
    if stated is None:
        return ""
    return (
        f"Nguồn nêu tỷ lệ hài lòng qua thiết bị đánh giá là {words.printed(stated)}, không kèm số "
        "lượt đánh giá."
    )


def _apologies(found: dict[str, PartOf]) -> str:
    letters = found.get("apology_letters")
    if letters is None:
        return ""
    counted = Number(whole(letters.part), letters.trace)
    late = Number(whole(letters.whole), letters.trace)
    if letters.part >= letters.whole:
        return f"Đã gửi {counted} thư xin lỗi cho {late} hồ sơ quá hạn."
    return f"Mới có {counted} thư xin lỗi cho {late} hồ sơ quá hạn."


def assessment(result: ProceduresResult) -> Text:
    """Say what the nine indices of Thông tư 01/2018/TT-VPCP come to."""
    if not result.assessments:
        return paragraphs(
            "Chưa có điểm đánh giá theo Thông tư 01/2018/TT-VPCP ngày 23/11/2018 của Văn phòng "
            "Chính phủ."
            if result.edition.criteria
            else ""
        )
    graded = [one for one in result.assessments if one.appraised_total is not None]
    counted = Number(whole(len(result.assessments)), "đếm: đơn vị và kỳ trong bảng đánh giá")
    said = [f"Có {counted} lượt đánh giá đơn vị theo kỳ (@tbl-assessment)."]
    if graded:
        low, high = (pick(graded, key=_total) for pick in (min, max))
        said.append(
            f"Tổng điểm thẩm định từ {_points(low)} ({escape(low.unit)}, {low.period}) đến "
            f"{_points(high)} ({escape(high.unit)}, {high.period}) trên tối đa {_most(result)} điểm."
        )
        said.append(_grades(result, graded))
    if len(graded) < len(result.assessments):
        said.append(
            "Lượt thiếu điểm thẩm định của một chỉ số thì chưa có tổng điểm và chưa xếp loại."
        )
    return paragraphs(said)


def _most(result: ProceduresResult) -> Number:
    node = result.edition.get("tt01")
    return Number(
        whole(int(node.maximum or 0)), f"{node.rule} {result.edition.legal_basis[0].quoted}"
    )


def _total(one: Assessment) -> float:
    return one.appraised_total or 0.0


def _points(one: Assessment) -> Number:
    origin = one.scores[0].origin
    return Number(decimal(_total(one)), f"tổng chín điểm thẩm định, {one.unit}; {origin}")


def _grades(result: ProceduresResult, graded: Sequence[Assessment]) -> str:
    counts: dict[str, int] = {}
    for one in graded:
        band = result.edition.band(round(_total(one) + 1e-9, 2))
        if band is not None:
            counts[band.name] = counts.get(band.name, 0) + 1
    listed = [
        f"{band.name} {Number(whole(counts[band.name]), f'đếm: lượt xếp loại {band.name}')} lượt"
        for band in result.edition.bands
        if band.name in counts
    ]
    return f"Xếp loại: {joined(listed)}." if listed else ""
