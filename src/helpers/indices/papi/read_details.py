"""Indicators and intervals of a year's sheet: what stands below and beside the scores."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from statistics import median

from helpers.indices.papi.read_checks import Judged, count, decimal
from helpers.indices.papi.read_layout import Kind
from helpers.indices.papi.read_sheet import PapiSheet, Reading
from helpers.inputs.problems import NOTHING_TO_DO, Problem, cell_names
from helpers.places import system_of_year

Row = tuple[object, ...]

_OF_INTERVAL: tuple[Kind, ...] = ("low", "high", "standard_error")
_PERCENT = "0%-100%"
_HALF_WIDTH_95 = 1.96
_HALF_WIDTH_90 = 1.645
_RATIO_TOLERANCE = 0.01
_FEWEST = 20
"""Provinces with a value from which a row tells how low a share may lie."""
_NEARLY_ALL = 0.9
"""Part of the provinces that must have a value: where many have none, none is no exception."""
_LOWEST_PART, _CHANCE = 0.05, 0.05
"""A zero is no value where the lowest twentieth of the others lies above this share: of the some 190
adults whom PAPI asks in the smallest samples not one would say so once in 17,000 (0.95 to the power
of 190). What is printed as 0 was then not asked, or asked of nobody, and says nothing."""


def indicator_rows(sheet: PapiSheet, judged: Judged) -> tuple[list[Row], list[Problem]]:
    """Return the indicators of a sheet.

    A zero is a value of its own, except where the whole sub-dimension is missing, or where the share
    is so high in all other provinces that none can have had nobody (see :data:`_CHANCE`); 2022
    prints so that nobody voted in Bắc Ninh and Quảng Ninh, with 42 % the lowest elsewhere. A share
    that the sheet prints in per cent although its neighbours are printed from 0 to 1 is divided by 100.

    Parameters
    ----------
    sheet : PapiSheet
    judged : Judged

    Returns
    -------
    rows : list of tuple
        In the order of :data:`helpers.inputs.columns.INDICATOR_COLUMNS`.
    problems : list of Problem
    """
    lines = [line for line in sheet.layout.lines if line.kind == "indicator"]
    so_far: Counter[str] = Counter()
    order = {}
    for line in lines:
        so_far[line.code] += 1
        order[line.index] = so_far[line.code]
    of_line: defaultdict[int, list[Reading]] = defaultdict(list)
    for one in sheet.readings:
        if one.line.kind == "indicator":
            of_line[one.line.index].append(one)

    system = system_of_year(sheet.year)
    rows: list[Row] = []
    left_out: list[Reading] = []
    no_base: list[Reading] = []
    in_per_cent = []
    over: list[Reading] = []
    for line in lines:
        readings = of_line[line.index]
        above = [one for one in readings if line.scale == _PERCENT and one.value > 1]
        # A single estimate can pass 100 %; a row in per cent is above 1 nearly everywhere.
        divisor = 100.0 if 2 * len(above) > len(readings) else 1.0
        if divisor > 1:
            in_per_cent.append(line)
        else:
            over += above
        scored = [one for one in readings if (one.place.slug, line.code) not in judged.missing]
        impossible = line.scale == _PERCENT and _no_zero([one.value / divisor for one in scored])
        for one in readings:
            if one.value == 0 and (one.place.slug, line.code) in judged.missing:
                left_out.append(one)
                continue
            if one.value == 0 and impossible:
                no_base.append(one)
                continue
            rows.append(
                (
                    sheet.year,
                    system,
                    one.place.slug,
                    line.code,
                    order[line.index],
                    line.label_vi,
                    line.label_en,
                    line.scale,
                    one.value / divisor,
                    sheet.source(one.cell),
                )
            )
    problems = []
    if left_out:
        names = ", ".join(dict.fromkeys(one.place.name for one in left_out))
        message = (
            f"{count(len(left_out))} số 0 của chỉ tiêu được coi là không có số liệu, vì nội dung thành "
            f"phần của chúng không có điểm: {names}."
        )
        cells = cell_names([one.cell for one in left_out])
        problems.append(sheet.where.note("zero-indicator", message, NOTHING_TO_DO, cells))
    if no_base:
        problems.append(_told_no_base(sheet, no_base))
    if in_per_cent:
        labels = "; ".join(f"«{line.label_vi}»" for line in in_per_cent)
        message = f"Chỉ tiêu in theo phần trăm thay vì tỷ lệ từ 0 đến 1, đã chia cho 100: {labels}."
        cells = cell_names([(line.index, sheet.layout.first - 1) for line in in_per_cent])
        problems.append(sheet.where.note("per-cent", message, NOTHING_TO_DO, cells))
    if over:
        message = f"Tỷ lệ lớn hơn 100% được giữ như đã in: {_names(over)}."
        cells = cell_names([one.cell for one in over])
        remedy = "đối chiếu với bản công bố của PAPI."
        problems.append(sheet.where.warning("over-100", message, remedy, cells))
    return rows, problems


def _no_zero(shares: list[float]) -> bool:
    """Tell whether the shares of the other provinces rule out that one has nobody at all."""
    known = sorted(share for share in shares if share > 0)
    if len(known) < _FEWEST or len(known) < _NEARLY_ALL * len(shares):
        return False
    return known[int(_LOWEST_PART * len(known))] > _CHANCE


def _told_no_base(sheet: PapiSheet, readings: list[Reading]) -> Problem:
    by_label: defaultdict[str, list[str]] = defaultdict(list)
    for one in readings:
        by_label[one.line.label_vi].append(one.place.name)
    listed = "; ".join(f"«{label}»: {', '.join(names)}" for label, names in by_label.items())
    message = (
        f"{count(len(readings))} số 0 của chỉ tiêu được coi là không có số liệu, vì ở các tỉnh khác "
        f"tỷ lệ đều cao hơn nhiều, không thể không có người nào: {listed}."
    )
    cells = cell_names([one.cell for one in readings])
    return sheet.where.note("zero-without-base", message, NOTHING_TO_DO, cells)


def interval_rows(sheet: PapiSheet, judged: Judged) -> tuple[list[Row], list[Problem]]:
    """Return the intervals of the unweighted total.

    Parameters
    ----------
    sheet : PapiSheet
    judged : Judged

    Returns
    -------
    rows : list of tuple
        In the order of ``helpers.inputs.columns.INTERVAL_COLUMNS``; only provinces that have a
        total and an interval of some width.
    problems : list of Problem
    """
    parts = _parts(sheet)
    system = system_of_year(sheet.year)
    rows: list[Row] = []
    no_width: list[Reading] = []
    outside: list[Reading] = []
    ratios = []
    for place in sheet.places:
        total = judged.scores.get((place.slug, "total"))
        found = [parts.get((place.slug, kind)) for kind in _OF_INTERVAL]
        low, high, error = found
        if total is None or low is None or high is None or error is None:
            continue
        if error.value == 0 and high.value == low.value:
            no_width.append(error)
            continue
        if error.value <= 0 or not low.value <= total.value <= high.value:
            outside.append(total)
            continue
        ratios.append((high.value - low.value) / 2 / error.value)
        interviews = parts.get((place.slug, "observations"))
        rows.append(
            (
                sheet.year,
                system,
                place.slug,
                low.value,
                high.value,
                error.value,
                None if interviews is None else interviews.value,
                sheet.source(low.cell),
            )
        )
    problems = []
    if no_width:
        message = (
            "Sai số chuẩn in là 0 và khoảng tin cậy không có độ rộng, nên coi là không có khoảng "
            f"tin cậy: {_names(no_width)}."
        )
        cells = cell_names([one.cell for one in no_width])
        problems.append(sheet.where.note("zero-error", message, NOTHING_TO_DO, cells))
    if outside:
        message = f"Khoảng tin cậy không chứa điểm tổng hợp, không được lấy: {_names(outside)}."
        remedy = "đối chiếu với bản công bố của PAPI."
        cells = cell_names([one.cell for one in outside])
        problems.append(sheet.where.warning("interval", message, remedy, cells))
    if ratios and all(abs(ratio - _HALF_WIDTH_95) > _RATIO_TOLERANCE for ratio in ratios):
        problems.append(_not_95(sheet, ratios, parts))
    return rows, problems


def _parts(sheet: PapiSheet) -> Mapping[tuple[str, Kind], Reading]:
    wanted = (*_OF_INTERVAL, "observations")
    return {
        (one.place.slug, one.line.kind): one for one in sheet.readings if one.line.kind in wanted
    }


def _names(readings: list[Reading]) -> str:
    return ", ".join(one.place.name for one in readings)


def _not_95(
    sheet: PapiSheet, ratios: list[float], parts: Mapping[tuple[str, Kind], Reading]
) -> Problem:
    """Tell that what is labelled 95 % has another width."""
    middle = median(ratios)
    message = (
        f"Khoảng tin cậy ghi 95% có nửa độ rộng bằng {decimal(middle, 3)} lần sai số chuẩn "
        f"(khoảng 95% phải là {decimal(_HALF_WIDTH_95, 2)} lần)"
    )
    if all(abs(ratio - _HALF_WIDTH_90) <= _RATIO_TOLERANCE for ratio in ratios):
        message += "; nếu sai số chuẩn đúng thì đây là khoảng tin cậy 90%"
    lines = sorted({one.line.index for key, one in parts.items() if key[1] in _OF_INTERVAL})
    cells = cell_names([sheet.layout.cell(line, sheet.layout.first - 1) for line in lines])
    remedy = "không cần làm gì; sai số chuẩn được giữ để tính lại khoảng tin cậy."
    return sheet.where.note("not-95", message + ".", remedy, cells)
