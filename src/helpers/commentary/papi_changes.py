"""What changed in a province, and what may not be compared."""

from __future__ import annotations

from helpers.analysis.findings import Movement, movements, not_comparable
from helpers.analysis.papi import PapiResult
from helpers.commentary import words
from helpers.commentary.numbers import Number, in_words, place
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
    if any(result.changes["allowed"]):
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
        upper_first(_dimensions(result, dimensions)) if dimensions else "",
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
    up = [m for m in found if m.direction == "rise"]
    down = [m for m in found if m.direction == "fall"]
    flat = len(found) - len(up) - len(down)
    counts = [
        f"{in_words(len(some))} chỉ số {verb}"
        for some, verb in ((up, "tăng"), (down, "giảm"))
        if some
    ]
    if flat:
        counts.append(f"{in_words(flat)} chỉ số không đổi")
    most = []
    if up:
        most.append(f"tăng nhiều nhất là {_named(result, up)}")
    if down:
        most.append(f"giảm nhiều nhất là {_named(result, down)}")
    named = f"; {', '.join(most)}" if most else ""
    number = in_words(len(found))
    return f"trong {number} chỉ số nội dung so sánh được, {joined(counts)}{named} {_TABLE}."


def _named(result: PapiResult, found: list[Movement]) -> str:
    movement = found[0]
    size = words.difference(
        movement.difference,
        f"{words.name(result.edition, movement.code)} năm {movement.later} và năm {movement.earlier}",
    )
    return f"{words.name(result.edition, movement.code)} ({size} điểm)"


def _breaks(result: PapiResult, earlier: int) -> str:
    found = not_comparable(result, earlier)
    if not found:
        return ""
    total = result.edition.root.code
    if len(found) == 1:
        reasons, codes = next(iter(found.items()))
        if codes == result.top_codes():
            return (
                f"Không so sánh điểm tổng hợp và các chỉ số nội dung với năm {earlier}, vì "
                f"{'; '.join(reasons)}."
            )
    single = {reason for reasons, codes in found.items() for reason in reasons if codes != (total,)}
    lines = []
    for reasons, codes in found.items():
        listed = joined([f"**{upper_first(n)}**" for n in words.names(result.edition, codes)])
        if codes == (total,) and set(reasons) <= single:
            lines.append(f"- {listed}: gồm các chỉ số nội dung nêu ở đây")
        else:
            lines.append(f"- {listed}: {'; '.join(reasons)}")
    lines.sort(key=lambda line: line.endswith("nêu ở đây"))
    return (
        f"Không so sánh các điểm số sau với năm {earlier}, vì cách đo đã thay đổi:\n\n" + ";\n".join(lines) + "."
    )


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
    known = any(m.margin is not None for year in years for m in movements(result, year))
    if known:
        return (
            "Sai số của từng chỉ số nội dung không được công bố, nên chưa có cơ sở để đánh giá ý nghĩa "
            "của thay đổi ở cấp này."
        )
    return "Chưa có thông tin về sai số để đánh giá ý nghĩa của các thay đổi nêu trên."
