"""What changed in a province, and what may not be compared."""

from __future__ import annotations

from helpers.analysis.findings import Movement, movements, not_comparable
from helpers.analysis.papi import PapiResult
from helpers.commentary import words
from helpers.commentary.numbers import Number, in_words, place
from helpers.commentary.papi_breaks import refusals
from helpers.commentary.text import Text, joined, paragraphs, upper_first

_TABLE = "(@tbl-changes, @fig-history)"


def changes(result: PapiResult) -> Text:
    """Say what rose and fell since each year looked back to, and what may not be compared and why."""
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


def _since(result: PapiResult, earlier: int) -> list[str]:
    found = movements(result, earlier)
    if not found:
        return []
    total = next((m for m in found if m.code == result.edition.root.code), None)
    dimensions = [m for m in found if m is not total]
    base = result.definition.base_year(result.year) == earlier
    since = f"So với năm {earlier}" + (", năm gốc của nhiệm kỳ" if base else "")
    if total is None:
        return [f"{since}, {_dimensions(result, dimensions)}"]
    return [
        f"{since}, {_total(result, total)}",
        _places(result, total),
        upper_first(_dimensions(result, dimensions)),
    ]


def _total(result: PapiResult, movement: Movement) -> str:
    size = words.difference(
        movement.difference, f"điểm tổng hợp năm {movement.later} và năm {movement.earlier}"
    )
    before = _earlier_score(result, movement)
    after = words.own_score(result, movement.code)
    match movement.direction:
        case "rise":
            return f"điểm tổng hợp tăng {size} điểm, từ {before} lên {after} điểm."
        case "fall":
            return f"điểm tổng hợp giảm {size} điểm, từ {before} xuống {after} điểm."
        case "same":
            return f"điểm tổng hợp giữ ở mức {after} điểm."
        case "unclear":
            margin = words.computed(movement.margin or 0, "1,96 lần sai số chuẩn của hiệu số")
            return (
                f"điểm tổng hợp chưa có thay đổi rõ rệt: chênh lệch {size} điểm nằm trong sai số khảo "
                f"sát (±{margin} điểm)."
            )


def _earlier_score(result: PapiResult, movement: Movement) -> Number:
    rows = result.history
    row = rows[(rows["year"] == movement.earlier) & (rows["code"] == movement.code)].iloc[0]
    return words.published_score(
        result, movement.code, movement.earlier, float(row["value"]), str(row["source"])
    )


def _places(result: PapiResult, movement: Movement) -> str:
    """Say the movement in group and place apart from the movement in points."""
    change = next(c for c in result.changes_since(movement.earlier) if c.code == movement.code)
    old = Number(
        place(change.rank_earlier, change.n_earlier),
        f"xếp theo điểm tổng hợp chưa làm tròn, PAPI {movement.earlier}",
    )
    new = words.own_place(result, movement.code)
    before = words.group(result, change.group_earlier)
    after = words.group(result, change.group_later)
    kept = (
        f"vẫn thuộc nhóm {after}"
        if before == after
        else f"chuyển từ nhóm {before} sang nhóm {after}"
    )
    moved = f"{result.place.name} {kept}, vị trí từ {old} thành {new}"
    worse = change.rank_later / change.n_later > change.rank_earlier / change.n_earlier
    ahead, compared = _risen_more(result, movement)
    if movement.direction == "rise" and worse and ahead > compared / 2:
        share = Number(place(ahead, compared), "số tỉnh, thành phố tăng điểm nhiều hơn")
        return (
            f"Tuy điểm tăng, {moved}, do {share} tỉnh, thành phố so sánh được khác tăng nhiều hơn."
        )
    return f"{moved}."


def _risen_more(result: PapiResult, movement: Movement) -> tuple[int, int]:
    rows = result.country.standing
    rows = rows[(rows["code"] == movement.code) & (rows["system"] == result.country.system)]
    wide = rows.pivot_table(index="slug", columns="year", values="value")
    change = (wide[movement.later] - wide[movement.earlier]).dropna()
    return int((change > movement.difference).sum()), len(change) - 1


def _dimensions(result: PapiResult, found: list[Movement]) -> str:
    """Say how many dimensions rose and fell, and name the largest movement each way."""
    if not found:
        return ""
    ways = (
        ("tăng", [m for m in found if m.direction == "rise"]),
        ("giảm", [m for m in found if m.direction == "fall"]),
        ("không đổi", [m for m in found if m.direction == "same"]),
    )
    said = [(verb, some) for verb, some in ways if some]
    # "năm" is five as well as year: the number opens the clause, so that it is read as one.
    number = in_words(len(found))
    if len(found) == 1:
        ((verb, _),) = said
        opening = f"chỉ có một chỉ số nội dung so sánh được: {_named(result, found, verb)}"
        return f"{opening} {_TABLE}."
    most = [
        f"{verb} nhiều nhất là {_named(result, some)}" for verb, some in said if verb != "không đổi"
    ]
    if len(said) == 1:
        counts = f"cả {number} chỉ số nội dung so sánh được đều {said[0][0]}"
    else:
        each = [f"{in_words(len(some))} chỉ số {verb}" for verb, some in said]
        counts = f"có {number} chỉ số nội dung so sánh được, trong đó {joined(each)}"
    named = f"; {', '.join(most)}" if most else ""
    return f"{counts}{named} {_TABLE}."


def _named(result: PapiResult, found: list[Movement], verb: str = "") -> str:
    """Name the largest of some movements with its size, and with its verb if one is given."""
    movement = found[0]
    name = words.name(result.edition, movement.code)
    size = words.difference(
        movement.difference, f"{name} năm {movement.later} và năm {movement.earlier}"
    )
    if not verb:
        return f"{name} ({size} điểm)"
    return f"{name} {verb}" if movement.direction == "same" else f"{name} {verb} {size} điểm"


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
    """Say for which of the changes told no survey error is known."""
    told = {year: found for year in years if (found := movements(result, year))}
    if not told:
        return ""
    totals = [
        (year, movement.margin is not None)
        for year, found in told.items()
        for movement in found
        if movement.code == result.edition.root.code
    ]
    if not any(known for _, known in totals):
        return "Chưa có thông tin về sai số để đánh giá ý nghĩa của các thay đổi nêu trên."
    without = [f"năm {year}" for year, known in totals if not known]
    of_total = f" và của điểm tổng hợp khi so với {joined(without)}" if without else ""
    return (
        f"Chưa có thông tin về sai số của từng chỉ số nội dung{of_total}, nên chưa đánh giá được ý "
        "nghĩa của các thay đổi đó."
    )
