"""Rules R1, R2, R3 and R6: dossiers received, resolved, in process, carried over."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.facts.discrepancy import Discrepancy, Made, Part, Term
from helpers.facts.intervals import printed, total
from helpers.inputs.observations import Observation

_P = "procedures."


def dossiers(part: Part) -> Iterator[Discrepancy]:
    """Apply R1, R2, R3 and R6 to the figures of one part."""
    yield from _received(part)
    yield from _deadlines(part)
    yield from _ways_of_receiving(part)
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


def _carried_over(part: Part) -> Iterator[Discrepancy]:
    over = part.get(_P + "carried_over")
    before = part.get(_P + "in_process", part.year - 1)
    if over is None or before is None or printed(over).meets(printed(before)):
        return
    yield Discrepancy(
        "R6",
        "mâu thuẫn",
        "Kỳ trước chuyển qua {over} hồ sơ, trong khi số đang giải quyết cuối kỳ trước là {before}.",
        {"over": over, "before": before},
        (over, before),
        printed(before),
        over.value,
        part.label,
    )
