"""What the scoring table of an office says: level, areas, points lost, and what does not fit."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.facts.comparison import Comparison, compare, leading
from helpers.facts.value import NONE, UNKNOWN
from helpers.indices.scored import text_words as words
from helpers.indices.scored.result import ScoredResult
from helpers.indices.scored.scoring import TOLERANCE, Tally
from helpers.words.numbers import Number, decimal, magnitude, place, rounded
from helpers.words.side_by_side import CAVEAT
from helpers.words.text import Text, escape, joined, paragraphs, upper_first


def level(result: ScoredResult, noun: str, grade: str) -> list[str]:
    """Say the office's level first: points, index, grade, place, against the target.

    Parameters
    ----------
    result : ScoredResult
    noun : str
        How the index is called in a sentence: ``chỉ số cải cách hành chính``.
    grade : str
        By the bands the province confirmed; empty without them.
    """
    if not result.has_own:
        return []
    return [
        *_points(result, noun),
        _delivered(result, noun),
        _disagreement(result),
        _graded(result, grade),
        _place(result),
        _target(result, noun),
    ]


def _points(result: ScoredResult, noun: str) -> list[str]:
    tally, scoring = result.total, result.scoring
    if tally is None or scoring is None:
        return []
    who = f"Năm {result.year}, {words.subject(result)}"
    if tally.final is None:
        return _self_scored(tally, who, result)
    final = words.points(tally.final, "tổng điểm thẩm định và khảo sát của các tiêu chí")
    if tally.index is not None and tally.maximum is not None:
        most = words.short_points(tally.maximum, "tổng điểm tối đa của các tiêu chí áp dụng")
        index = words.index_of(result, tally, tally.index)
        return [
            f"{who} đạt {final} trên {most} điểm tối đa áp dụng; {noun} là {index}.",
            _extra(result),
        ]
    if tally.known_index is not None and tally.final_maximum is not None:
        most = words.short_points(tally.final_maximum, "tổng điểm tối đa của các tiêu chí có điểm")
        share = words.index_of(result, tally, tally.known_index)
        open_ones = words.counted(len(tally.missing), "tiêu chí chưa có điểm")
        return [
            f"{who} đạt {final} trên {most} điểm ({share}) ở các tiêu chí đã có điểm; "
            f"{open_ones} tiêu chí chưa có điểm nên chưa nêu được {noun} chung."
        ]
    return [f"{who} đạt {final} điểm; chưa đủ điểm tối đa để tính {noun}."]


def _self_scored(tally: Tally, who: str, result: ScoredResult) -> list[str]:
    if tally.self_points is not None and tally.self_index is not None and tally.self_maximum:
        own = words.points(tally.self_points, "tổng điểm tự chấm")
        most = words.short_points(tally.self_maximum, "tổng điểm tối đa của các tiêu chí tự chấm")
        share = words.index_of(result, tally, tally.self_index)
        return [f"{who} tự chấm {own} trên {most} điểm ({share}); chưa có điểm thẩm định."]
    return []


def _extra(result: ScoredResult) -> str:
    scoring = result.scoring
    if scoring is None or (scoring.bonus == 0 and scoring.penalty == 0):
        return ""
    if scoring.bonus is None or scoring.penalty is None or scoring.points is None:
        return (
            "Có mục điểm thưởng hoặc điểm trừ chưa ghi điểm nên chưa nêu được tổng điểm tính cả các "
            "mục này."
        )
    bonus = words.points(scoring.bonus, "điểm thưởng, theo mức trần")
    penalty = words.points(scoring.penalty, "điểm trừ, theo mức trần")
    total = words.points(scoring.points, "điểm đạt cộng điểm thưởng, trừ điểm phạt")
    return f"Tính cả {bonus} điểm thưởng và {penalty} điểm trừ, tổng điểm là {total}."


def _delivered(result: ScoredResult, noun: str) -> str:
    """Say the single figures, where no scoring table says more."""
    tally = result.total
    if tally is not None and tally.index is not None:
        return ""
    index, total = result.own("index"), result.own("points")
    parts = []
    if total is not None:
        parts.append(f"tổng điểm là {words.with_sign(total)}")
    if index is not None:
        parts.append(f"{noun} là {words.with_sign(index)}")
    if not parts:
        return ""
    who = words.subject(result)
    return f"Theo số liệu của đơn vị, năm {result.year} {who} có {joined(parts)}."


def _disagreement(result: ScoredResult) -> str:
    tally, index = result.total, result.own("index")
    if tally is None or tally.index is None or index is None or index.unit != "%":
        return ""
    if abs(tally.index - index.value) <= index.half + TOLERANCE:
        return ""
    return (
        f"Chỉ số ghi ở số liệu chung là {words.with_sign(index)}, khác số tính từ bảng chấm "
        f"điểm; báo "
        "cáo dùng số tính từ bảng chấm điểm, đề nghị đơn vị kiểm tra."
    )


def _graded(result: ScoredResult, grade: str) -> str:
    printed = result.own("grade")
    said = "" if printed is None else printed.printed.strip()
    if grade and result.grades is not None:
        basis = escape(result.grades.legal_basis)
        told = f"Theo bảng xếp loại của tỉnh ({basis}), mức này thuộc loại {escape(grade)}"
        if said and said.casefold() != grade.casefold():
            return f"{told}; số liệu chung lại ghi loại {escape(said)}, đề nghị đơn vị kiểm tra."
        return f"{told}."
    if said:
        year = f"Năm {result.year}, {words.subject(result)}"
        told = f"{year} được xếp loại {escape(said)}" if result.scoring is None else ""
        return f"{told or f'Đơn vị được xếp loại {escape(said)}'}."
    if result.scoring is not None and result.index == "par_index":
        return "Chưa có bảng xếp loại được tỉnh xác nhận nên báo cáo không xếp loại."
    return ""


def _place(result: ScoredResult) -> str:
    rank, units = result.own("rank"), result.own("units")
    if rank is None:
        return ""
    who = upper_first(result.subject.again)
    if units is None:
        return f"{who} xếp thứ {words.observed(rank)}; số liệu không nêu có bao nhiêu đơn vị."
    text = place(int(rank.value), int(units.value))
    return f"{who} xếp thứ {Number(text, f'{rank.trace}; {units.trace}')} đơn vị được xếp hạng."


def _target(result: ScoredResult, noun: str) -> str:
    tally, target = result.total, result.target
    if target is None or tally is None or tally.index is None:
        return ""
    goal = Number(decimal(target, 2), f"mục tiêu trong thông số của đơn vị năm {result.year}")
    found = _compared(tally, target)
    if found.case == "unknown":
        return (
            f"Mục tiêu đặt ra là {goal}%; chưa biết sai số khảo sát nên chưa kết luận đạt hay chưa "
            "đạt."
        )
    if not found.is_sure:
        return f"{upper_first(noun)} bằng mục tiêu {goal}%."
    size = Number(magnitude(found.gap, 2), "hiệu số: chỉ số và mục tiêu")
    side = "cao hơn" if found.case == "higher" else "thấp hơn"
    reached = "đạt" if found.case == "higher" else "chưa đạt"
    return f"Kết quả {reached} mục tiêu {goal}%, {side} {size} điểm phần trăm."


def _compared(tally: Tally, mark: float, *, is_surveyed: bool = False) -> Comparison:
    """Compare an index with a mark; where people were asked for a part of it, no error is known."""
    error = UNKNOWN if tally.is_surveyed or is_surveyed else NONE
    return compare(tally.index or 0.0, mark, errors=(error, NONE), decimals=2)


def appraisal(result: ScoredResult) -> str:
    """Say how appraisal changed the self-score, on the criteria that have both."""
    tally = result.total
    if tally is None or not tally.compared:
        return ""
    found = compare(tally.compared_final, tally.compared_self, decimals=2)
    rule = "điểm thẩm định và điểm tự chấm của cùng các tiêu chí"
    if not found.is_sure:
        return "Điểm thẩm định bằng điểm tự chấm ở những tiêu chí được chấm cả hai lần."
    own = words.points(tally.compared_self, "tổng điểm tự chấm của các tiêu chí đã thẩm định")
    size = Number(magnitude(found.gap, 2), f"hiệu số: {rule}")
    side = "thấp hơn" if found.case == "lower" else "cao hơn"
    return (
        f"Ở những tiêu chí vừa tự chấm vừa được thẩm định, điểm thẩm định {side} điểm tự chấm "
        f"({own}) {size} điểm."
    )


def areas(result: ScoredResult, noun: str) -> Text:
    """Name the areas at both ends; `noun` is what an area is called: ``lĩnh vực``."""
    if result.scoring is None:
        parts = f" Kết quả công bố của {words.kind(result)} xem @tbl-parts."
        return paragraphs(
            f"Chưa có bảng chấm điểm của đơn vị năm {result.year} nên không có điểm theo {noun}."
            + (parts if result.published.parts else "")
        )
    scored = [
        tally for code in result.areas if (tally := result.scoring.tally(code)).lost is not None
    ]
    scored = [tally for tally in scored if tally.final_maximum]
    if not scored:
        return paragraphs(
            f"Các {noun} chưa có điểm thẩm định hoặc điểm khảo sát (@tbl-areas).", appraisal(result)
        )
    incomplete = [code for code in result.areas if not result.scoring.tally(code).complete]
    if incomplete:
        trace = f"đếm: {noun} có đủ điểm của mọi tiêu chí"
        count = Number(place(len(result.areas) - len(incomplete), len(result.areas)), trace)
        said = (
            f"Mới có đủ điểm của {count} {noun} nên báo cáo không nêu cao nhất, thấp nhất "
            "(@fig-areas, @tbl-areas)."
        )
        return paragraphs(said, appraisal(result))
    return paragraphs(_ends(result, scored, noun), appraisal(result))


def _ends(result: ScoredResult, scored: Sequence[Tally], noun: str) -> list[str]:
    """Name the areas at both ends by share of the maximum, and those that lost most points.

    An area of which people were asked a part has no known error: it is set beside the others.
    """
    every = len(scored)
    scored = [tally for tally in scored if not tally.is_surveyed]
    if len(scored) < 2 and every > len(scored):
        return [
            f"Điểm của các {noun} có phần khảo sát chưa biết sai số nên được đặt cạnh nhau "
            "(@fig-areas, @tbl-areas)."
        ]
    among = f"Trong các {noun} không có điểm khảo sát, " if every > len(scored) else ""
    shares = {tally.code: tally.known_index or 0.0 for tally in scored}
    lost = {tally.code: tally.lost or 0.0 for tally in scored}
    tallies = {tally.code: tally for tally in scored}

    def named(codes: Sequence[str]) -> str:
        return joined([_area(result, tallies[code]) for code in codes])

    exact = dict.fromkeys(shares, NONE)
    best = leading(shares, exact, decimals=2)
    worst = leading(shares, exact, highest=False, decimals=2)
    if len(best) == len(shares):
        said = upper_first(f"{among}các {noun} đạt tỷ lệ như nhau: {named(best)}")
    else:
        said = upper_first(
            f"{among}{noun} đạt tỷ lệ cao nhất là {named(best)}; thấp nhất là {named(worst)}"
        )
    said = f"{said} (@fig-areas, @tbl-areas)."
    costly = leading(lost, exact, decimals=2)
    if rounded(lost[costly[0]], 2) == 0:
        return [said, "" if among else "Không có điểm nào bị mất."]
    points = words.points(lost[costly[0]], "điểm tối đa trừ điểm đạt")
    where = joined([words.named(result, code) for code in costly])
    each = " mỗi " + noun if len(costly) > 1 else ""
    return [said, upper_first(f"{among}mất nhiều điểm nhất là {where}: {points} điểm{each}.")]


def _area(result: ScoredResult, tally: Tally) -> str:
    share = words.index_of(result, tally, tally.known_index or 0.0)
    return f"**{words.named(result, tally.code)}** ({share})"


def no_earlier(result: ScoredResult) -> str:
    """Say why there is nothing to set beside the year: another unit, or no figures."""
    year = result.year - 1
    if result.why_not_same_unit:
        return f"Không so sánh với năm {year} vì {'; '.join(result.why_not_same_unit)}."
    return f"Chưa có số liệu năm {year} để nêu thay đổi."


def change(result: ScoredResult, noun: str, *, national_set: bool) -> str:
    """Say how the office's index changed since the year before, or why it is not compared.

    Parameters
    ----------
    result : ScoredResult
    noun : str
        How the index is called in a sentence.
    national_set : bool
        Whether the office is scored by the national set, whose breaks then hold for it too.
    """
    tally, before = result.total, result.previous
    if tally is None or tally.index is None:
        return ""
    earlier, whose = result.year - 1, result.subject.again
    if result.why_not_same_unit:
        reason = result.why_not_same_unit[0]
        return f"Kết quả của {whose} không so sánh được với năm {earlier} vì {reason}."
    if before is None or (old := before.tally()).index is None or old.index is None:
        return f"Chưa có bảng chấm điểm đầy đủ năm {earlier} của đơn vị nên không nêu thay đổi."
    if national_set and result.why_not_comparable:
        reason = result.why_not_comparable[0]
        return f"Kết quả của {whose} không so sánh được với năm {earlier} vì {reason}."
    if not result.same_criteria:
        return (
            f"Bảng chấm điểm năm {earlier} có tiêu chí hoặc điểm tối đa khác năm {result.year} "
            f"nên báo cáo "
            "không so sánh hai năm."
        )
    found = _compared(tally, old.index, is_surveyed=old.is_surveyed)
    base = words.index_of(result, old, old.index)
    if found.case == "unknown":
        now = words.index_of(result, tally, tally.index)
        return (
            f"{upper_first(noun)} của {whose} năm {result.year} là {now}, năm {earlier} là {base}; "
            f"{CAVEAT}."
        )
    if not found.is_sure:
        return f"So với năm {earlier} ({base}), {noun} của {whose} không đổi."
    size = Number(
        magnitude(found.gap, 2), f"hiệu số chưa làm tròn: năm {result.year} và năm {earlier}"
    )
    verb = "tăng" if found.case == "higher" else "giảm"
    return f"So với năm {earlier} ({base}), {noun} của {whose} {verb} {size} điểm phần trăm."
