"""Rules R10 to R12, R14 and R16: points, ranks, parts of a whole, sums, and results that pull apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from helpers.analysis.discrepancy import Discrepancy, Made, Part, Term
from helpers.analysis.intervals import Interval, at_least, exactly, printed, total
from helpers.inputs.observations import Figures, Observation

RANKED = {"sipas": "overall", "par_index": "index", "dti": "index"}
"""Index with a rank → its value."""
SHARES = (
    ("procedures.online_services", "procedures.listed", "procedures.online_rate"),
    ("procedures.online_full", "procedures.listed", ""),
    ("procedures.online_partial", "procedures.listed", ""),
    ("procedures.digitised", "", "procedures.digitised_rate"),
    ("procedures.resolved", "procedures.received", ""),
    ("sipas.returned", "sipas.issued", ""),
    ("sipas.valid", "sipas.returned", ""),
    ("work_plan.tasks_done", "work_plan.tasks", ""),
    ("work_plan.citizens_by_leaders", "work_plan.citizens_received", ""),
    ("poverty.districts_planned", "poverty.districts", ""),
    ("poverty.poor", "poverty.households", ""),
)
"""Part, whole and rate; empty where no figure is asked for."""
BARE_RATES = ("procedures.published_rate", "procedures.device_satisfied_rate")
"""Rates of a count that no figure asks for: always without a base as single figures."""
WORDS = {
    "procedures.online_services": "dịch vụ công trực tuyến",
    "procedures.online_full": "dịch vụ công trực tuyến toàn trình",
    "procedures.online_partial": "dịch vụ công trực tuyến một phần",
    "procedures.listed": "TTHC thuộc thẩm quyền",
    "procedures.online_rate": "TTHC có dịch vụ công trực tuyến",
    "procedures.digitised": "hồ sơ được số hóa",
    "procedures.digitised_rate": "hồ sơ được số hóa",
    "procedures.resolved": "hồ sơ đã giải quyết",
    "procedures.received": "hồ sơ tiếp nhận",
    "procedures.published_rate": "TTHC được niêm yết công khai",
    "procedures.device_satisfied_rate": "người hài lòng qua thiết bị đánh giá",
    "sipas.issued": "phiếu phát ra",
    "sipas.returned": "phiếu thu về",
    "sipas.valid": "phiếu hợp lệ",
    "work_plan.tasks": "nhiệm vụ trong kế hoạch",
    "work_plan.tasks_done": "nhiệm vụ đã hoàn thành",
    "work_plan.citizens_received": "lượt công dân được tiếp",
    "work_plan.citizens_by_leaders": "lượt do lãnh đạo tiếp",
    "poverty.districts": "huyện trên địa bàn",
    "poverty.districts_planned": "huyện đã ban hành kế hoạch",
    "poverty.households": "hộ dân cư",
    "poverty.poor": "hộ nghèo",
}
BEST_GRADES = frozenset({"tốt", "rất tốt", "xuất sắc", "a"})
LAST_PART = 2.0 / 3.0
"""A rank beyond this share of the units is in the last third: enough to ask why, no verdict."""


def points(part: Part) -> Iterator[Discrepancy]:
    """Apply R10: index against points and maximum, and a grade without points."""
    made, of, index = (part.get(f"par_index.{name}") for name in ("points", "maximum", "index"))
    if made and of and of.value > 0:
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
            "Xếp loại «{grade}» không kèm điểm hoặc chỉ số nên không đối chiếu được với khung xếp "
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
                "Thứ hạng {rank} không kèm tổng số đơn vị được xếp hạng, nên chưa biết là cao hay "
                "thấp.",
                {"rank": rank},
                (rank,),
                label=part.label,
            )
        if rank and units and rank.value > units.value:
            yield Discrepancy(
                "R11",
                "mâu thuẫn",
                "Thứ hạng {rank} lớn hơn số đơn vị được xếp hạng là {units}.",
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
    first = best if rank and rank.value == 1 else None
    last = lowest if rank and units and rank.value == units.value else None
    for edge, name in ((first, "đứng đầu"), (last, "đứng cuối")):
        if value and edge and rank and not printed(value).meets(printed(edge)):
            other = "cao nhất" if edge is best else "thấp nhất"
            yield Discrepancy(
                "R11",
                "mâu thuẫn",
                f"Đơn vị {name} (thứ {{rank}}) nhưng giá trị {{value}} khác giá trị {other} {{edge}}.",
                {"rank": rank, "value": value, "edge": edge},
                (rank, value, edge),
                exactly(edge.value),
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


def shares(part: Part) -> Iterator[Discrepancy]:
    """Apply R12: part ≤ whole, rate = part / whole, and no rate without a base."""
    for part_code, whole_code, rate_code in SHARES:
        piece = part.get(part_code)
        whole = part.get(whole_code) if whole_code else None
        rate = part.get(rate_code) if rate_code else None
        if piece and whole and piece.value > whole.value:
            yield Discrepancy(
                "R12",
                "mâu thuẫn",
                f"Số {WORDS[part_code]} ({{piece}}) lớn hơn số {WORDS[whole_code]} ({{whole}}).",
                {"piece": piece, "whole": whole},
                (piece, whole),
                Interval(0.0, whole.value),
                piece.value,
                part.label,
            )
        if rate and whole is None:
            yield _no_base(part, rate, piece)
        elif rate and piece and whole and whole.value > 0:
            yield from _rate_of(part, piece, whole, rate)
    for code in BARE_RATES:
        rate = part.get(code)
        if rate:
            yield _no_base(part, rate, None)


def _rate_of(
    part: Part, piece: Observation, whole: Observation, rate: Observation
) -> Iterator[Discrepancy]:
    value = 100.0 * piece.value / whole.value
    if printed(rate).meets(exactly(value)):
        return
    yield Discrepancy(
        "R12",
        "mâu thuẫn",
        "{piece} trên {whole} là {made}, trong khi báo cáo nêu {rate}.",
        {
            "piece": piece,
            "whole": whole,
            "rate": rate,
            "made": Made(value, max(2, rate.decimals), "%", "phần chia cho toàn thể"),
        },
        (rate, piece, whole),
        exactly(value),
        rate.value,
        part.label,
    )


def _no_base(part: Part, rate: Observation, piece: Observation | None) -> Discrepancy:
    terms: dict[str, Term] = {"rate": rate}
    beside = ""
    if piece:
        terms["piece"] = piece
        about = "trên " if at_least(piece) else ""
        beside = f"; chỉ nêu phần ({about}{{piece}})"
    return Discrepancy(
        "R12",
        "thiếu mẫu số",
        f"Tỷ lệ {WORDS[rate.code]} là {{rate}} không kèm tổng số để tính{beside}.",
        terms,
        (rate, *((piece,) if piece else ())),
        label=part.label,
    )


def sums(part: Part) -> Iterator[Discrepancy]:
    """Apply R14 to procedures announced as new, amended and abolished."""
    names = ("announced_new", "announced_amended", "announced_abolished")
    pieces = part.all(*(f"procedures.{name}" for name in names))
    whole = part.get("procedures.announced")
    if pieces is None or whole is None or whole.value == sum(one.value for one in pieces):
        return
    new, amended, abolished = pieces
    made = sum(one.value for one in pieces)
    yield Discrepancy(
        "R14",
        "mâu thuẫn",
        "Số TTHC ban hành mới ({new}), sửa đổi ({amended}) và bãi bỏ ({abolished}) cộng lại là {made}, "
        "trong khi tổng số được nêu là {whole}.",
        {
            "new": new,
            "amended": amended,
            "abolished": abolished,
            "whole": whole,
            "made": Made(made, 0, "thủ tục", "cộng ba số thành phần"),
        },
        (whole, *pieces),
        total(printed(one) for one in pieces),
        whole.value,
        part.label,
    )


def contrasts(part: Part) -> Iterator[Discrepancy]:
    """Apply R16: everything was done, yet the standing is low; not wrong, but asks for a word."""
    in_time, done, tasks = (
        part.get(code)
        for code in ("procedures.in_time_rate", "work_plan.tasks_done", "work_plan.tasks")
    )
    rank, units = part.get("sipas.rank"), part.get("sipas.units")
    if (
        in_time
        and in_time.value >= 100.0
        and rank
        and units
        and LAST_PART * units.value < rank.value <= units.value
    ):
        yield Discrepancy(
            "R16",
            "không rõ nghĩa",
            "Báo cáo nêu {rate} hồ sơ giải quyết trước và đúng hạn, trong khi mức độ hài lòng xếp thứ "
            "{rank}/{units}; hai kết quả chưa được giải thích cùng nhau.",
            {"rate": in_time, "rank": rank, "units": units},
            (in_time, rank, units),
            label=part.label,
        )
    grade = part.get("par_index.grade")
    if (
        tasks
        and done
        and tasks.value > 0
        and done.value == tasks.value
        and grade
        and grade.printed.casefold() not in BEST_GRADES
    ):
        yield Discrepancy(
            "R16",
            "không rõ nghĩa",
            "Báo cáo nêu hoàn thành {done}/{tasks} nhiệm vụ, trong khi Chỉ số cải cách hành chính chỉ "
            "được xếp loại «{grade}»; hai kết quả chưa được giải thích cùng nhau.",
            {"done": done, "tasks": tasks, "grade": grade},
            (done, tasks, grade),
            label=part.label,
        )
