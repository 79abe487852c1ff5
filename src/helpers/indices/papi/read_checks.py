"""Judge the numbers of a year's sheet against the edition in force, and against other years."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz.fuzz import token_set_ratio

from helpers.definitions import Framework, FrameworkEdition, Node
from helpers.definitions.models import TOTAL
from helpers.indices.papi.read_sheet import PapiSheet, Position, Reading
from helpers.inputs.problems import NOTHING_TO_DO, Problem, cell_name, cell_names
from helpers.places import Place

ScoreKey = tuple[str, str]
"""Slug and code."""

SUM_TOLERANCE = 1e-4
"""Points by which printed sums differ from their parts through single precision, at most."""

_SCALE_TOLERANCE = 0.01  # scales are printed with two decimals: 0,33 stands for one third
_SCALE = re.compile(r"(\d+(?:[.,]\d+)?)\s*[-–]\s*(\d+(?:[.,]\d+)?)")


@dataclass(frozen=True)
class Judged:
    """The scores of a sheet that hold, and what was found.

    Parameters
    ----------
    scores : dict
        From slug and code to the reading.
    missing : frozenset
        Slugs and codes of the edition that the sheet has no valid score for.
    problems : tuple of Problem
    """

    scores: dict[ScoreKey, Reading]
    missing: frozenset[ScoreKey]
    problems: tuple[Problem, ...]


def count(number: int) -> str:
    """Write a whole number in a message, with a full stop for the thousands."""
    return f"{number:,}".replace(",", ".")


def decimal(value: float, digits: int) -> str:
    """Write a number in a message, with a decimal comma."""
    return f"{value:.{digits}f}".replace(".", ",")


def judge(sheet: PapiSheet, edition: FrameworkEdition) -> Judged:
    """Keep the scores that lie on the scale of their criterion.

    Publishers print 0 where a score is not available; every scale begins above 0.

    Parameters
    ----------
    sheet : PapiSheet
    edition : FrameworkEdition

    Returns
    -------
    Judged
    """
    criteria = {criterion.code: criterion for criterion in edition.nodes}
    problems = [*_unknown_and_absent_codes(sheet, criteria), *_printed_scales(sheet, criteria)]
    scores: dict[ScoreKey, Reading] = {}
    zeros: list[Reading] = []
    below: list[Reading] = []
    above: list[Reading] = []
    for key, one in sheet.scores().items():
        criterion = criteria.get(one.line.code)
        if criterion is None:
            continue
        low, high = criterion.scale
        if one.value > high + _SCALE_TOLERANCE:
            above.append(one)
        elif one.value >= low - _SCALE_TOLERANCE:
            scores[key] = one
        else:
            (below if one.value else zeros).append(one)
    where = sheet.where
    if zeros:
        message = (
            f"Số 0 không nằm trên thang điểm nên được coi là không có điểm: {_by_place(zeros)}."
        )
        problems.append(where.note("zero-is-missing", message, NOTHING_TO_DO, _cells(zeros)))
    if below:
        message = f"Điểm thấp hơn thang điểm, không được lấy: {_by_place(below)}."
        remedy = "đối chiếu với bản công bố của PAPI."
        problems.append(where.warning("below-scale", message, remedy, _cells(below)))
    if above:
        message = f"Điểm cao hơn thang điểm: {_by_place(above)}."
        remedy = "sửa số trong ô; số thập phân có thể đã bị nhập sai."
        problems.append(where.error("above-scale", message, remedy, _cells(above)))
    printed_codes = {line.code for line in sheet.layout.lines if line.kind in ("total", "score")}
    wanted = {(p.slug, c) for p in sheet.places for c in criteria if c in printed_codes}
    return Judged(scores, frozenset(wanted - set(scores)), tuple(problems))


def _cells(readings: Iterable[Reading]) -> str:
    return cell_names([one.cell for one in readings])


def _by_place(readings: Iterable[Reading]) -> str:
    """Return "Bắc Giang (tổng điểm, 1, 1.1), Bắc Ninh (2)"."""
    codes: defaultdict[str, list[str]] = defaultdict(list)
    for one in readings:
        code = "điểm tổng hợp" if one.line.code == "total" else one.line.code
        codes[one.place.name].append(code)
    return ", ".join(f"{name} ({', '.join(found)})" for name, found in codes.items())


def _unknown_and_absent_codes(sheet: PapiSheet, criteria: Mapping[str, Node]) -> Iterator[Problem]:
    lines = [line for line in sheet.layout.lines if line.kind in ("total", "score")]
    unknown = [line for line in lines if line.code not in criteria]
    if unknown:
        codes = ", ".join(line.code for line in unknown)
        message = f"Cấu trúc PAPI năm {sheet.year} không có tiêu chí mang mã {codes}."
        remedy = "kiểm tra năm của trang tính, hoặc sửa định nghĩa trong params/indices/papi.yml."
        cells = [sheet.layout.cell(line.index, max(sheet.layout.first - 1, 0)) for line in unknown]
        yield sheet.where.error("unknown-code", message, remedy, cell_names(cells))
    absent = [code for code in criteria if code not in {line.code for line in lines}]
    if [code for code in absent if code != "total"]:
        message = f"Không có hàng của các tiêu chí: {', '.join(absent)}."
        remedy = "kiểm tra nhãn của các tiêu chí này; các tiêu chí khác vẫn được lấy."
        yield sheet.where.warning("absent-code", message, remedy)


def _printed_scales(sheet: PapiSheet, criteria: Mapping[str, Node]) -> Iterator[Problem]:
    """Compare printed scales with the edition; the total's is printed loosely as 10-80."""
    for line in sheet.layout.lines:
        criterion = criteria.get(line.code)
        found = _SCALE.search(line.scale)
        if line.kind != "score" or criterion is None or found is None:
            continue
        low, high = (float(part.replace(",", ".")) for part in found.groups())
        if (low, high) != (criterion.minimum, criterion.maximum):
            message = (
                f"Thang điểm của {line.code} in là {line.scale}, theo cấu trúc PAPI năm "
                f"{sheet.year} là {criterion.minimum:g}-{criterion.maximum:g}."
            )
            remedy = "kiểm tra năm của trang tính và params/indices/papi.yml."
            cell = cell_name(line.index, max(sheet.layout.first - 1, 0))
            yield sheet.where.warning("printed-scale", message, remedy, cell)


def wrong_sums(
    sheet: PapiSheet, scores: Mapping[ScoreKey, Reading], edition: FrameworkEdition
) -> list[Problem]:
    """Compare every sum with its parts, where all parts are printed.

    Parameters
    ----------
    sheet : PapiSheet
    scores : mapping
    edition : FrameworkEdition

    Returns
    -------
    list of Problem
        One warning for each criterion whose parts do not sum to it somewhere.
    """
    problems = []
    for criterion in edition.nodes:
        wrong: list[tuple[Position, str, float]] = []
        for place in sheet.places:
            whole = scores.get((place.slug, criterion.code))
            parts = [scores.get((place.slug, child.code)) for child in criterion.children]
            known = [part.value for part in parts if part is not None]
            if not parts or whole is None or len(known) < len(parts):
                continue
            difference = abs(whole.value - sum(known))
            if difference > SUM_TOLERANCE:
                wrong.append((whole.cell, place.name, difference))
        if wrong:
            most = max(difference for _, _, difference in wrong)
            message = (
                f"{_label(criterion)} khác tổng các phần của nó ở {len(wrong)} tỉnh, nhiều nhất "
                f"{decimal(most, 4)} điểm: {', '.join(name for _, name, _ in wrong[:6])}"
                f"{', …' if len(wrong) > 6 else ''}."
            )
            remedy = "đối chiếu với bản công bố của PAPI; số in trong sổ tính được giữ nguyên."
            cells = cell_names([cell for cell, _, _ in wrong])
            problems.append(sheet.where.warning("sum", message, remedy, cells))
    return problems


def _label(criterion: Node) -> str:
    if criterion.code == TOTAL:
        return "Điểm tổng hợp"
    return f"Chỉ số nội dung {criterion.code}"


def labels_of_another_edition(sheet: PapiSheet, definition: Framework) -> Problem | None:
    """Find labels of a later edition, printed over the scores of an older one.

    Parameters
    ----------
    sheet : PapiSheet
    definition : Framework

    Returns
    -------
    Problem or None
        A note that lists the codes and the names used instead.
    """
    own = definition.edition(sheet.year)
    later = definition.editions[definition.editions.index(own) + 1 :]
    found = []
    for line in sheet.layout.lines:
        if line.kind != "score" or not own.has(line.code):
            continue
        mine = own.get(line.code)
        label = line.label_vi.split(":", 1)[-1].casefold()
        nearest = _nearest(label, line.code, mine, later)
        if nearest is not None:
            found.append((line, mine, nearest))
    if not found:
        return None
    names = "; ".join(f"{line.code} {mine.name_vi}" for line, mine, _ in found)
    message = (
        f"Nhãn in theo cấu trúc từ năm {min(year for _, _, year in found)} trên điểm của cấu trúc "
        f"năm {sheet.year}; dùng tên đúng của năm đó: {names}."
    )
    layout = sheet.layout
    cells = [layout.cell(line.index, max(layout.first - 1, 0)) for line, _, _ in found]
    return sheet.where.note("later-labels", message, NOTHING_TO_DO, cell_names(cells))


def _nearest(label: str, code: str, mine: Node, later: Iterable[FrameworkEdition]) -> int | None:
    """Return the first year of the edition whose name fits a label better than its own."""
    best, since = token_set_ratio(label, mine.name_vi.casefold()), None
    for edition in later:
        other = edition.get(code) if edition.has(code) else mine
        likeness = token_set_ratio(label, other.name_vi.casefold())
        if other.subject != mine.subject and likeness > best:
            best, since = likeness, edition.first_year
    return since


def coverage(sheet: PapiSheet, judged: Judged, places: Iterable[Place]) -> Problem | None:
    """Tell which provinces have no score, or no total, on a sheet.

    Parameters
    ----------
    sheet : PapiSheet
    judged : Judged
    places : iterable of Place
        All provinces of the year's territorial system.

    Returns
    -------
    Problem or None
    """
    places = tuple(places)
    with_score = {slug for slug, _ in judged.scores}
    prints_total = any(line.kind == "total" for line in sheet.layout.lines)
    nothing = [place.name for place in places if place.slug not in with_score]
    no_total = [
        place.name
        for place in places
        if prints_total and place.slug in with_score and (place.slug, "total") not in judged.scores
    ]
    parts = [f"Không có điểm nào: {', '.join(nothing)}."] if nothing else []
    parts += [f"Không có điểm tổng hợp: {', '.join(no_total)}."] if no_total else []
    if not parts:
        return None
    remedy = "không cần làm gì nếu PAPI không công bố điểm của các tỉnh này."
    return sheet.where.note("coverage", " ".join(parts), remedy)
