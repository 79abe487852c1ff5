"""Rules R1 to R6: dossiers received, resolved, in process, and in time."""

from __future__ import annotations

import math
from collections.abc import Iterator

from helpers.analysis.discrepancy import Discrepancy, Made, Part, Term
from helpers.analysis.intervals import NOISE, Interval, exactly, printed, total, whole_from
from helpers.inputs.observations import Observation

_P = "procedures."


def dossiers(part: Part) -> Iterator[Discrepancy]:
    """Apply R1 to R6 to the figures of one part."""
    yield from _received(part)
    yield from _deadlines(part)
    yield from _ambiguous_overdue(part)
    yield from _ways_of_receiving(part)
    yield from _rates(part)
    yield from _never_all(part)
    yield from _carried_over(part)


def _figures(part: Part, *names: str) -> tuple[Observation, ...] | None:
    return part.all(*(_P + name for name in names))


def _in_process(part: Part) -> tuple[Observation, ...] | None:
    return _figures(part, "in_process") or _figures(
        part, "in_process_in_time", "in_process_overdue"
    )


def _received(part: Part) -> Iterator[Discrepancy]:
    known = _figures(part, "received", "resolved")
    process = _in_process(part)
    if known is None or process is None:
        return
    received, resolved = known
    returned = part.get(_P + "returned")
    parts = (resolved, *process, *((returned,) if returned else ()))
    yield from _sum(
        part, "R1", received, parts, "tiếp nhận", "đã giải quyết và đang giải quyết", "hồ sơ"
    )


def _deadlines(part: Part) -> Iterator[Discrepancy]:
    names = "trước hạn, đúng hạn và quá hạn"
    resolved = part.get(_P + "resolved")
    by_time = _figures(part, "resolved_early", "resolved_on_time")
    both = part.get(_P + "resolved_in_time")
    late = part.get(_P + "resolved_late")
    if by_time and both:
        yield from _sum(
            part, "R2", both, by_time, "giải quyết trước và đúng hạn", "hai số thành phần", "hồ sơ"
        )
    in_time = by_time or ((both,) if both else None)
    if resolved and in_time and late:
        yield from _sum(part, "R2", resolved, (*in_time, late), "đã giải quyết", names, "hồ sơ")
    process = part.get(_P + "in_process")
    pieces = _figures(part, "in_process_in_time", "in_process_overdue")
    if process and pieces:
        yield from _sum(
            part, "R2", process, pieces, "đang giải quyết", "trong hạn và quá hạn", "hồ sơ"
        )


def _ways_of_receiving(part: Part) -> Iterator[Discrepancy]:
    received = part.get(_P + "received")
    ways = _figures(part, "received_online", "received_direct", "carried_over")
    if received and ways:
        yield from _sum(
            part,
            "R3",
            received,
            ways,
            "tiếp nhận",
            "trực tuyến, trực tiếp và kỳ trước chuyển qua",
            "hồ sơ",
        )


def _sum(
    part: Part,
    rule: str,
    whole: Observation,
    pieces: tuple[Observation, ...],
    whole_name: str,
    piece_names: str,
    unit: str,
) -> Iterator[Discrepancy]:
    expected = total(printed(piece) for piece in pieces)
    found = printed(whole)
    if found.meets(expected):
        return
    made = sum(piece.value for piece in pieces)
    left = whole.value - made
    # What exists beside the named kinds (returned, no deadline) is told as unexplained, not as wrong.
    open_rest = rule == "R2" and left > 0
    listed = ", ".join(f"{{piece{i}}}" for i in range(len(pieces)))
    verdict = (
        "còn {rest} {unit} chưa rõ thuộc nhóm nào" if open_rest else "chênh lệch {rest} {unit}"
    )
    terms: dict[str, Term] = {f"piece{i}": piece for i, piece in enumerate(pieces)}
    terms["whole"] = whole
    terms["made"] = Made(made, 0, unit, f"cộng {piece_names}")
    terms["rest"] = Made(abs(left), 0, unit, f"{whole_name} trừ tổng {piece_names}")
    yield Discrepancy(
        rule,
        "không rõ nghĩa" if open_rest else "mâu thuẫn",
        f"Số {whole_name} được nêu là {{whole}} {unit}, trong khi {piece_names} ({listed}) cộng lại "
        f"là {{made}}; {verdict.replace('{unit}', unit)}.",
        terms,
        (whole, *pieces),
        expected,
        whole.value,
        part.label,
    )


def _ambiguous_overdue(part: Part) -> Iterator[Discrepancy]:
    """An overdue count without «đã» or «đang» giải quyết: see which reading the sums bear."""
    overdue = part.get(_P + "overdue")
    if overdue is None or overdue.value == 0:
        return
    received = part.get(_P + "received")
    resolved = part.get(_P + "resolved")
    in_time = part.get(_P + "resolved_in_time")
    waiting = part.get(_P + "in_process_in_time")
    as_late = [
        whole.value == first.value + second
        for whole, first, second in (
            (resolved, in_time, overdue.value),
            (received, resolved, waiting.value if waiting else math.nan),
        )
        if whole and first and not math.isnan(second)
    ]
    as_waiting = [
        whole.value == first.value + second
        for whole, first, second in (
            (resolved, in_time, 0.0),
            (received, resolved, waiting.value + overdue.value if waiting else math.nan),
        )
        if whole and first and not math.isnan(second)
    ]
    involved = tuple(o for o in (received, resolved, in_time, waiting, overdue) if o)
    terms: dict[str, Term] = {"overdue": overdue}
    start = (
        "Báo cáo nêu {overdue} hồ sơ quá hạn nhưng không rõ là đã giải quyết xong hay còn đang "
        "giải quyết"
    )
    if as_late and all(as_late) and not all(as_waiting):
        shown = _late_sums(received, resolved, in_time, waiting, terms)
        yield Discrepancy(
            "R2",
            "không rõ nghĩa",
            f"{start}. Phép cộng chỉ khớp khi các hồ sơ này đã giải quyết nhưng quá hạn ({shown}).",
            terms,
            involved,
            label=part.label,
        )
    elif as_waiting and all(as_waiting) and not all(as_late):
        yield Discrepancy(
            "R2",
            "không rõ nghĩa",
            f"{start}. Phép cộng chỉ khớp khi các hồ sơ này còn đang giải quyết.",
            terms,
            involved,
            label=part.label,
        )
    elif as_late and as_waiting and not all(as_late) and not all(as_waiting):
        yield Discrepancy(
            "R2",
            "mâu thuẫn",
            f"{start}; hiểu theo cách nào thì số tiếp nhận, đã giải quyết và đang giải quyết cũng "
            "không khớp nhau.",
            terms,
            involved,
            label=part.label,
        )
    else:
        yield Discrepancy("R2", "không rõ nghĩa", f"{start}.", terms, involved, label=part.label)


def _late_sums(
    received: Observation | None,
    resolved: Observation | None,
    in_time: Observation | None,
    waiting: Observation | None,
    terms: dict[str, Term],
) -> str:
    shown = []
    if resolved and in_time:
        terms |= {"resolved": resolved, "in_time": in_time}
        shown.append("{resolved} = {in_time} + {overdue}")
    if received and resolved and waiting:
        terms |= {"received": received, "resolved": resolved, "waiting": waiting}
        shown.append("{received} = {resolved} + {waiting}")
    return "; ".join(shown)


def _rates(part: Part) -> Iterator[Discrepancy]:
    rate, late_rate = part.get(_P + "in_time_rate"), part.get(_P + "late_rate")
    resolved, late = part.get(_P + "resolved"), part.get(_P + "resolved_late")
    if rate and late_rate and not exactly(100.0).meets(printed(rate) + printed(late_rate)):
        made = rate.value + late_rate.value
        yield Discrepancy(
            "R4",
            "mâu thuẫn",
            "Tỷ lệ trước và đúng hạn ({rate}) và tỷ lệ quá hạn ({late}) cộng lại là {made}, không đủ "
            "một trăm phần trăm.",
            {
                "rate": rate,
                "late": late_rate,
                "made": Made(made, 2, "%", "cộng hai tỷ lệ"),
            },
            (rate, late_rate),
            exactly(100.0) - printed(late_rate),
            rate.value,
            part.label,
        )
    if resolved and resolved.value > 0:
        yield from _rates_of(part, resolved, rate, late_rate, late)
    elif rate or late_rate:
        yield from _missing_base(part, rate, late_rate, late)


def _rates_of(
    part: Part,
    resolved: Observation,
    rate: Observation | None,
    late_rate: Observation | None,
    late: Observation | None,
) -> Iterator[Discrepancy]:
    in_time = part.get(_P + "resolved_in_time")
    by_time = _figures(part, "resolved_early", "resolved_on_time")
    counted = by_time or ((in_time,) if in_time else None)
    for share, pieces, name in (
        (rate, counted, "trước và đúng hạn"),
        (late_rate, (late,) if late else None, "quá hạn"),
    ):
        if share is None or pieces is None:
            continue
        value = 100.0 * sum(piece.value for piece in pieces) / resolved.value
        if printed(share).meets(exactly(value)):
            continue
        how = f"số {name} chia cho số đã giải quyết"
        yield Discrepancy(
            "R4",
            "mâu thuẫn",
            f"Tỷ lệ {name} được nêu là {{share}}, trong khi tính từ số hồ sơ là {{made}} trên "
            "{resolved} hồ sơ đã giải quyết.",
            {
                "share": share,
                "made": Made(value, max(2, share.decimals), "%", how),
                "resolved": resolved,
            },
            (share, *pieces, resolved),
            exactly(value),
            share.value,
            part.label,
        )


def _missing_base(
    part: Part, rate: Observation | None, late_rate: Observation | None, late: Observation | None
) -> Iterator[Discrepancy]:
    shares = tuple(one for one in (rate, late_rate) if one)
    if late is None or late.value == 0:
        received = part.get(_P + "received")
        terms: dict[str, Term] = {"rate": shares[0]}
        text = "Tỷ lệ {rate} không kèm số hồ sơ đã giải quyết nên không kiểm tra được"
        if received:
            terms["received"] = received
            text += "; báo cáo chỉ nêu {received} hồ sơ tiếp nhận, chưa rõ đã giải quyết bao nhiêu"
        yield Discrepancy("R4", "thiếu mẫu số", f"{text}.", terms, shares, label=part.label)
        return
    base = Interval(late.value, math.inf)
    if late_rate:
        base = base.common(whole_from(late, printed(late_rate))) or Interval(math.inf, -math.inf)
    if rate:
        # The same half digit on both sides of 100 %.
        from_rate = whole_from(late, exactly(100.0) - printed(rate))
        base = base.common(from_rate) or Interval(math.inf, -math.inf)
    involved = (*shares, late)
    listed = " và ".join(f"{{share{i}}}" for i in range(len(shares)))
    shown: dict[str, Term] = {f"share{i}": share for i, share in enumerate(shares)}
    shown["late"] = late
    if base.low > base.high or base.is_empty_of_integers:
        yield Discrepancy(
            "R4",
            "mâu thuẫn",
            f"Không có số hồ sơ đã giải quyết nào để {{late}} hồ sơ quá hạn ứng với {listed}.",
            shown,
            involved,
            label=part.label,
        )
        return
    traced = "số hồ sơ quá hạn chia cho tỷ lệ quá hạn, kể cả sai số làm tròn"
    least = math.ceil(base.low - NOISE)
    shown["low"] = Made(least, 0, "hồ sơ", traced)
    bounds, expected = "không dưới {low}", Interval(least, math.inf)
    if not math.isinf(base.high):
        most = math.floor(base.high + NOISE)
        shown["high"] = Made(most, 0, "hồ sơ", traced)
        bounds, expected = "trong khoảng {low} đến {high}", Interval(least, most)
    yield Discrepancy(
        "R4",
        "thiếu mẫu số",
        "Báo cáo không nêu số hồ sơ đã giải quyết. Từ {late} hồ sơ quá hạn và tỷ lệ "
        f"{listed} suy ra số này {bounds} hồ sơ.",
        shown,
        involved,
        expected,
        label=part.label,
    )


def _never_all(part: Part) -> Iterator[Discrepancy]:
    rate = part.get(_P + "in_time_rate")
    late = part.get(_P + "resolved_late") or part.get(_P + "overdue")
    if rate is None or late is None or rate.value < 100.0 or late.value == 0:
        return
    yield Discrepancy(
        "R5",
        "mâu thuẫn",
        "Tỷ lệ trước và đúng hạn được in là {rate}, trong khi có {late} hồ sơ quá hạn.",
        {"rate": rate, "late": late},
        (rate, late),
        Interval(0.0, 100.0 - 0.5 * 10.0**-rate.decimals),
        rate.value,
        part.label,
    )


def _carried_over(part: Part) -> Iterator[Discrepancy]:
    over = part.get(_P + "carried_over")
    before = part.get(_P + "in_process", part.year - 1)
    if over is None or before is None or over.value == before.value:
        return
    yield Discrepancy(
        "R6",
        "mâu thuẫn",
        "Kỳ trước chuyển qua {over} hồ sơ, trong khi số đang giải quyết cuối kỳ trước là {before}.",
        {"over": over, "before": before},
        (over, before),
        exactly(before.value),
        over.value,
        part.label,
    )
