"""Rules R12, R14 and R16: parts of a whole, sums of parts, results that pull apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from helpers.facts.discrepancy import Discrepancy, Made, Part, Term
from helpers.facts.intervals import Interval, are_exact, exactly, printed, total
from helpers.inputs.observations import Observation

PARTS = (
    ("procedures.online_services", "procedures.listed"),
    ("procedures.online_full", "procedures.listed"),
    ("procedures.online_partial", "procedures.listed"),
    ("procedures.resolved", "procedures.received"),
    ("procedures.received_online", "procedures.received"),
    ("sipas.returned", "sipas.issued"),
    ("sipas.valid", "sipas.returned"),
    ("work_plan.tasks_done", "work_plan.tasks"),
    ("work_plan.citizens_by_leaders", "work_plan.citizens_received"),
    ("poverty.districts_planned", "poverty.districts"),
    ("poverty.poor", "poverty.households"),
)
"""Part and whole."""
_DEVICE = ("procedures.device_very_satisfied", "procedures.device_satisfied")
_UNSATISFIED = "procedures.device_unsatisfied"
RATES: Mapping[str, tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]] = {
    "procedures.online_rate": (("procedures.online_services",), (("procedures.listed",),)),
    "procedures.published_rate": ((), (("procedures.listed",),)),
    "procedures.digitised_rate": (("procedures.digitised",), ()),
    "procedures.online_share": (
        ("procedures.received_online",),
        (("procedures.received_online", "procedures.received_direct"), ("procedures.received",)),
    ),
    "procedures.device_satisfied_rate": (
        _DEVICE,
        ((*_DEVICE, _UNSATISFIED), (_DEVICE[1], _UNSATISFIED)),
    ),
}
"""Rate → figures that add up to its part, and the bases in use: each is a sum of figures."""
WORDS = {
    "procedures.online_services": "dịch vụ công trực tuyến",
    "procedures.online_full": "dịch vụ công trực tuyến toàn trình",
    "procedures.online_partial": "dịch vụ công trực tuyến một phần",
    "procedures.listed": "TTHC thuộc thẩm quyền",
    "procedures.online_rate": "TTHC có dịch vụ công trực tuyến",
    "procedures.online_share": "hồ sơ nộp trực tuyến",
    "procedures.received_online": "hồ sơ tiếp nhận trực tuyến",
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


def shares(part: Part) -> Iterator[Discrepancy]:
    """Apply R12: part ≤ whole, rate = part / whole, and no rate without a base."""
    for part_code, whole_code in PARTS:
        piece, whole = part.get(part_code), part.get(whole_code)
        if piece and whole and printed(piece).low > printed(whole).high:
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
    for code in RATES:
        rate = part.get(code)
        if rate:
            yield from _rate(part, rate)


def _rate(part: Part, rate: Observation) -> Iterator[Discrepancy]:
    part_codes, base_codes = RATES[rate.code]
    pieces = tuple(one for one in (part.get(code) for code in part_codes) if one)
    known = [found for codes in base_codes if (found := part.all(*codes))]
    bases = [found for found in known if sum(one.value for one in found) > 0]
    if not known:
        yield _no_base(part, rate, pieces[0] if len(pieces) == 1 else None)
        return
    if not pieces or not bases or not are_exact(*pieces, *(one for base in bases for one in base)):
        return
    made = sum(one.value for one in pieces)
    values = [100.0 * made / sum(one.value for one in base) for base in bases]
    if any(printed(rate).meets(exactly(value)) for value in values):
        return
    base, value = bases[0], values[0]
    involved = tuple(dict.fromkeys((rate, *pieces, *base)))
    yield Discrepancy(
        "R12",
        "mâu thuẫn",
        "{piece} trên {whole} là {made}, trong khi nguồn nêu {rate}.",
        {
            "piece": Made(made, 0, "", f"cộng số {WORDS[rate.code]}"),
            "whole": Made(sum(one.value for one in base), 0, "", "tổng số để tính tỷ lệ"),
            "rate": rate,
            "made": Made(value, max(2, rate.decimals), "%", "phần chia cho toàn thể"),
        },
        involved,
        exactly(value),
        rate.value,
        part.label,
    )


def _no_base(part: Part, rate: Observation, piece: Observation | None) -> Discrepancy:
    terms: dict[str, Term] = {"rate": rate}
    beside = ""
    if piece:
        terms["piece"] = piece
        about = f"{piece.bound} " if piece.bound else ""
        beside = f"; nguồn chỉ nêu tử số ({about}{{piece}})"
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
    if pieces is None or whole is None:
        return
    if printed(whole).meets(total(printed(one) for one in pieces)):
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
        and are_exact(in_time, rank, units)
        and LAST_PART * units.value < rank.value <= units.value
    ):
        yield Discrepancy(
            "R16",
            "không rõ nghĩa",
            "Nguồn nêu {rate} hồ sơ giải quyết trước và đúng hạn, trong khi mức độ hài lòng xếp thứ "
            "{rank}/{units}; hai kết quả chưa được giải thích cùng nhau.",
            {"rate": in_time, "rank": rank, "units": units},
            (in_time, rank, units),
            label=part.label,
        )
    grade = part.get("par_index.grade")
    if (
        tasks
        and done
        and are_exact(tasks, done)
        and tasks.value > 0
        and done.value == tasks.value
        and grade
        and grade.printed.casefold() not in BEST_GRADES
    ):
        yield Discrepancy(
            "R16",
            "không rõ nghĩa",
            "Nguồn nêu hoàn thành {done}/{tasks} nhiệm vụ, trong khi Chỉ số cải cách hành chính chỉ "
            "được xếp loại “{grade}”; hai kết quả chưa được giải thích cùng nhau.",
            {"done": done, "tasks": tasks, "grade": grade},
            (done, tasks, grade),
            label=part.label,
        )
