"""What changed in a province, and what may not be compared."""

from __future__ import annotations

from helpers.indices.papi import text_compared as compared
from helpers.indices.papi import text_words as words
from helpers.indices.papi.findings import Movement, apart_from_median, movements, not_comparable
from helpers.indices.papi.result import PapiResult
from helpers.indices.papi.text_breaks import refusals
from helpers.words.numbers import Number, in_words, place, signed
from helpers.words.text import Text, paragraphs


def changes(result: PapiResult) -> Text:
    """Say what changed since each year looked back to, and what may not be compared and why."""
    years = [int(year) for year in result.changes["earlier"].drop_duplicates()]
    made: list[list[str] | str] = [_missing_base(result)]
    if not years:
        made.append(
            f"Bộ số liệu chưa có năm nào trước năm {result.year} của {result.place.name}, nên báo cáo "
            "không nêu thay đổi."
        )
    for year in years:
        made += [_since(result, year), _breaks(result, year)]
    made.append(_error(result, years))
    return paragraphs(*made)


def brief(result: PapiResult) -> list[str]:
    """Say how the total stands to the latest year before, or why it may not be compared with it."""
    root = result.edition.root.code
    years = [int(year) for year in result.changes["earlier"]]
    if not years or not result.has_total:
        return []
    earlier = max(years)
    for total in movements(result, earlier):
        if total.code == root:
            since = f"So với năm {earlier}"
            return [
                f"{since}, {_total(result, total)}",
                _places(result, total),
                _apart(result, earlier),
            ]
    reasons = [
        reason
        for reasons, codes in not_comparable(result, earlier).items()
        if root in codes
        for reason in reasons
    ]
    if not reasons:
        return []
    first, *rest = reasons
    # Each further reason is a sentence of its own: together they are too long to be read.
    return [
        f"Điểm tổng hợp không so sánh được với năm {earlier}, vì {first}.",
        *(f"Ngoài ra, {reason}." for reason in rest),
    ]


def _since(result: PapiResult, earlier: int) -> list[str]:
    found = movements(result, earlier)
    if not found:
        return []
    total = next((m for m in found if m.code == result.edition.root.code), None)
    dimensions = [m for m in found if m is not total]
    base = result.definition.base_year(result.year) == earlier
    since = f"So với năm {earlier}" + (", năm gốc của nhiệm kỳ" if base else "")
    if total is None:
        return [_dimensions(dimensions, earlier)]
    return [
        f"{since}, {_total(result, total)}",
        _places(result, total),
        _apart(result, earlier),
        _dimensions(dimensions, earlier),
    ]


def _total(result: PapiResult, movement: Movement) -> str:
    verdict = movement.verdict
    size = compared.size(verdict, f"điểm tổng hợp năm {movement.later} và năm {movement.earlier}")
    before = _earlier_score(result, movement)
    after = words.own_score(result, movement.code)
    match verdict.case:
        case "higher" | "lower":
            verb, way = ("tăng", "lên") if verdict.case == "higher" else ("giảm", "xuống")
            changed = f"nhiều khả năng đã {verb}" if verdict.assumed else verb
            return (
                f"điểm tổng hợp {changed} {size} điểm, từ {before} {way} {after} điểm, vượt "
                f"{compared.error(verdict)}."
            )
        case "inside":
            return (
                f"điểm tổng hợp chưa có thay đổi rõ rệt ({before} và {after} điểm): chênh lệch "
                f"{size} điểm nằm trong {compared.error(verdict)}."
            )
        case "equal" | "same_print":
            return f"điểm tổng hợp làm tròn như nhau ({after} điểm)."
        case "unknown":
            return (
                f"điểm tổng hợp là {after} điểm, năm {movement.earlier} là {before} điểm; chưa có đủ "
                "sai số khảo sát để kết luận về thay đổi."
            )


def _earlier_score(result: PapiResult, movement: Movement) -> Number:
    rows = result.history
    row = rows[(rows["year"] == movement.earlier) & (rows["code"] == movement.code)].iloc[0]
    return words.published_score(
        result, movement.code, movement.earlier, float(row["value"]), str(row["source"])
    )


def _places(result: PapiResult, movement: Movement) -> str:
    """Set groups and places of both years side by side: as published, without a verb of change."""
    change = next(c for c in result.changes_since(movement.earlier) if c.code == movement.code)
    then = Number(
        place(change.rank_earlier, change.n_earlier),
        f"xếp theo điểm tổng hợp làm tròn, PAPI {movement.earlier}",
    )
    old = f"{'đồng hạng ' if change.tied_earlier > 1 else ''}thứ {then}"
    new = words.held(result, movement.code)
    before = words.group(result, change.group_earlier)
    after = words.group(result, change.group_later)
    held = f"Theo điểm công bố, {result.place.in_full} thuộc nhóm"
    if before == after:
        return (
            f"{held} {after} ở cả hai năm ({old} năm {movement.earlier}, {new} năm "
            f"{movement.later})."
        )
    return (
        f"{held} {before}, {old} năm {movement.earlier} và nhóm {after}, {new} năm "
        f"{movement.later}."
    )


def _apart(result: PapiResult, earlier: int) -> str:
    """Set the total against the country in both years; a total may grow and fall behind."""
    found = apart_from_median(result, earlier)
    rule = "điểm tổng hợp trừ trung vị của các đơn vị có điểm cả hai năm, chưa làm tròn; PAPI"
    then = Number(signed(found.then), f"{rule} {earlier}")
    now = Number(signed(found.now), f"{rule} {result.year}")
    units = words.counted(found.units, f"đơn vị có điểm tổng hợp năm {earlier} và {result.year}")
    said = (
        f"Chênh lệch với trung vị của {units} {words.units(result.country)} có điểm cả hai năm là "
        f"{then} điểm năm {earlier} và {now} điểm năm {result.year}"
    )
    match found.verdict.case:
        case "higher" | "lower":
            return f"{said}; thay đổi giữa hai năm vượt {compared.error(found.verdict)}."
        case "inside":
            return f"{said}; thay đổi giữa hai năm nằm trong {compared.error(found.verdict)}."
        case _:
            return f"{said}."


def _dimensions(found: list[Movement], earlier: int) -> str:
    """Say how many dimensions may be set side by side; without an error none is said to move."""
    if not found:
        return ""
    number = in_words(len(found))
    return (
        f"Có {number} chỉ số nội dung so sánh được với năm {earlier}, đặt cạnh nhau ở @tbl-changes "
        "và @fig-history."
    )


def _breaks(result: PapiResult, earlier: int) -> str:
    found = not_comparable(result, earlier)
    told = [change.code for change in result.changes_since(earlier)]
    return refusals(result.edition, earlier, found, told)


def _missing_base(result: PapiResult) -> str:
    base = result.definition.base_year(result.year)
    country_years = result.country.years
    own = set(result.history["year"])
    if base is None or base not in country_years or base in own or base >= result.year:
        return ""
    return (
        f"Năm {base}, năm gốc của nhiệm kỳ, không có điểm của {result.place.name} nên không so sánh "
        "với năm này."
    )


def _error(result: PapiResult, years: list[int]) -> str:
    """Say, once, why no dimension is said to rise or fall."""
    root = result.edition.root.code
    if not any(m.code != root for year in years for m in movements(result, year)):
        return ""
    return (
        "PAPI không công bố sai số của từng chỉ số nội dung, nên báo cáo không kết luận chỉ số nội "
        "dung nào tăng hay giảm."
    )
