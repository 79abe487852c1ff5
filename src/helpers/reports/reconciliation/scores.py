"""Rules R10 and R11: points, index and grade; ranks, limits and numbers that are repeated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from helpers.facts.discrepancy import Discrepancy, Made, Part
from helpers.facts.intervals import Interval, are_exact, printed
from helpers.inputs.observations import Figures, Observation

RANKED = {"sipas": "overall", "par_index": "index", "dti": "index"}
"""Index with a rank → its value."""
CALLED = {"sipas": "mức độ hài lòng", "par_index": "cải cách hành chính", "dti": "chuyển đổi số"}


def points(part: Part) -> Iterator[Discrepancy]:
    """Apply R10: index against points and maximum, and a grade without points."""
    made, of, index = (part.get(f"par_index.{name}") for name in ("points", "maximum", "index"))
    if made and of and of.value > 0 and are_exact(made, of):
        if made.value > of.value:
            yield Discrepancy(
                "R10",
                "mâu thuẫn",
                "Tổng điểm {points} lớn hơn điểm tối đa {of}.",
                {"points": made, "of": of},
                (made, of),
                Interval(0.0, of.value),
                made.value,
                part.label,
            )
        expected = printed(made).times(100.0 / of.value)
        if index and not expected.meets(printed(index)):
            how = "điểm chia cho điểm tối đa"
            yield Discrepancy(
                "R10",
                "mâu thuẫn",
                "Chỉ số được nêu là {index}, trong khi {points} trên {of} điểm là {made}.",
                {
                    "index": index,
                    "points": made,
                    "of": of,
                    "made": Made(100.0 * made.value / of.value, index.decimals, "%", how),
                },
                (index, made, of),
                expected,
                index.value,
                part.label,
            )
    grade = part.get("par_index.grade")
    if grade and made is None and index is None:
        yield Discrepancy(
            "R10",
            "thiếu mẫu số",
            "Xếp loại “{grade}” không kèm điểm hoặc chỉ số nên không đối chiếu được với khung xếp "
            "loại.",
            {"grade": grade},
            (grade,),
            label=part.label,
        )


def ranks(part: Part) -> Iterator[Discrepancy]:
    """Apply R11: a rank has its number of units, and a value lies between lowest and best."""
    for topic, value_name in RANKED.items():
        rank, units = part.get(f"{topic}.rank"), part.get(f"{topic}.units")
        value = part.get(f"{topic}.{value_name}")
        if rank and units is None:
            yield Discrepancy(
                "R11",
                "thiếu mẫu số",
                f"Thứ hạng {{rank}} về {CALLED[topic]} không kèm tổng số đơn vị được xếp hạng, nên "
                "chưa biết là cao hay "
                "thấp.",
                {"rank": rank},
                (rank,),
                label=part.label,
            )
        if rank and units and printed(rank).low > printed(units).high:
            yield Discrepancy(
                "R11",
                "mâu thuẫn",
                f"Thứ hạng {{rank}} về {CALLED[topic]} lớn hơn số đơn vị được xếp hạng là {{units}}.",
                {"rank": rank, "units": units},
                (rank, units),
                Interval(1.0, units.value),
                rank.value,
                part.label,
            )
        yield from _inside(part, topic, value, rank, units)


def _inside(
    part: Part,
    topic: str,
    value: Observation | None,
    rank: Observation | None,
    units: Observation | None,
) -> Iterator[Discrepancy]:
    best, lowest = part.get(f"{topic}.best"), part.get(f"{topic}.lowest")
    mean = part.get(f"{topic}.mean_of_units")
    for inner, noun in ((value, "Giá trị của đơn vị"), (mean, "Bình quân các đơn vị")):
        for edge, above, name in ((best, True, "cao nhất"), (lowest, False, "thấp nhất")):
            if inner is None or edge is None:
                continue
            gap = printed(inner) - printed(edge)
            wrong = gap.low > 0 if above else gap.high < 0
            if wrong:
                side = "lớn hơn" if above else "nhỏ hơn"
                yield Discrepancy(
                    "R11",
                    "mâu thuẫn",
                    f"{noun} ({{inner}}) {side} giá trị {name} ({{edge}}).",
                    {"inner": inner, "edge": edge},
                    (inner, edge),
                    Interval(float("-inf"), edge.value)
                    if above
                    else Interval(edge.value, float("inf")),
                    inner.value,
                    part.label,
                )
    first = best if rank and are_exact(rank) and rank.value == 1 else None
    is_last = rank and units and are_exact(rank, units) and rank.value == units.value
    last = lowest if is_last else None
    for edge, name in ((first, "đứng đầu"), (last, "đứng cuối")):
        if value and edge and rank and not printed(value).meets(printed(edge)):
            other = "cao nhất" if edge is best else "thấp nhất"
            yield Discrepancy(
                "R11",
                "mâu thuẫn",
                f"Đơn vị {name} (thứ {{rank}}) nhưng giá trị {{value}} khác giá trị {other} {{edge}}.",
                {"rank": rank, "value": value, "edge": edge},
                (rank, value, edge),
                printed(edge),
                value.value,
                part.label,
            )


def repeated(figures: Figures) -> Iterator[Discrepancy]:
    """Apply the rest of R11: a number that is given several times is the same every time."""
    told: dict[tuple[str, int, str, int | None], list[Observation]] = defaultdict(list)
    for one in figures:
        told[one.code, one.year, one.group, one.since].append(one)
    for same in told.values():
        first = same[0]
        for other in same[1:]:
            text_differs = first.value != first.value and first.printed != other.printed
            if text_differs or not (
                first.value != first.value or printed(first).meets(printed(other))
            ):
                yield Discrepancy(
                    "R11",
                    "mâu thuẫn",
                    "Cùng một số liệu được nêu là {first} và {other}.",
                    {"first": first, "other": other},
                    (first, other),
                    None if text_differs else printed(first),
                    None if text_differs else other.value,
                )
