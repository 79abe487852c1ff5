"""Rules R4 and R5, and the part of R2 that is words: what is late, of which whole."""

from __future__ import annotations

import math
from collections.abc import Iterator

from helpers.facts.discrepancy import Discrepancy, Made, Part, Term
from helpers.facts.intervals import NOISE, Interval, are_exact, exactly, printed, whole_from
from helpers.inputs.observations import Observation

_P = "procedures."


def deadlines(part: Part) -> Iterator[Discrepancy]:
    """Apply R4 and R5, and ask of overdue dossiers whether they are resolved."""
    yield from _ambiguous_overdue(part)
    yield from _rates(part)
    yield from _never_all(part)


def _ambiguous_overdue(part: Part) -> Iterator[Discrepancy]:
    """An overdue count without “đã” or “đang” giải quyết: see which reading the sums bear."""
    overdue = part.get(_P + "overdue")
    if overdue is None or overdue.value == 0:
        return
    received = part.get(_P + "received")
    resolved = part.get(_P + "resolved")
    in_time = part.get(_P + "resolved_in_time")
    waiting = part.get(_P + "in_process_in_time")
    if not are_exact(overdue, received, resolved, in_time, waiting):
        return
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
        "Nguồn nêu {overdue} hồ sơ quá hạn nhưng không rõ là đã giải quyết xong hay còn đang "
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
    by_time = part.all(_P + "resolved_early", _P + "resolved_on_time")
    counted = by_time or ((in_time,) if in_time else None)
    for share, pieces, name in (
        (rate, counted, "trước và đúng hạn"),
        (late_rate, (late,) if late else None, "quá hạn"),
    ):
        if share is None or pieces is None or not are_exact(resolved, *pieces):
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
            text += "; nguồn chỉ nêu {received} hồ sơ tiếp nhận, chưa rõ đã giải quyết bao nhiêu"
        yield Discrepancy("R4", "thiếu mẫu số", f"{text}.", terms, shares, label=part.label)
        return
    base = Interval(printed(late).low, math.inf)
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
        "Nguồn không nêu số hồ sơ đã giải quyết. Từ {late} hồ sơ quá hạn và tỷ lệ "
        f"{listed} suy ra số này {bounds} hồ sơ.",
        shown,
        involved,
        expected,
        label=part.label,
    )


def _never_all(part: Part) -> Iterator[Discrepancy]:
    rate = part.get(_P + "in_time_rate")
    late = part.get(_P + "resolved_late") or part.get(_P + "overdue")
    if rate is None or late is None or rate.value < 100.0 or printed(late).low <= 0:
        return
    if rate.side == "at_most":
        return  # “dưới 100%” leaves room for late ones
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
