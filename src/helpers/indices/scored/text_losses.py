"""Which criteria cost an office points, and what in its table does not fit."""

from __future__ import annotations

from helpers.indices.scored import text_words as words
from helpers.indices.scored.result import Loss, ScoredResult
from helpers.indices.scored.tally import Tally
from helpers.words.numbers import Number, percent, place, rounded
from helpers.words.text import Text, escape, joined, paragraphs, upper_first

MOST_NAMED = 3
_COLUMNS = {
    "maximum": "điểm tối đa",
    "self_points": "điểm tự chấm",
    "appraised": "điểm thẩm định",
    "survey": "điểm khảo sát",
}


def losses(result: ScoredResult, noun: str, *, explained: bool) -> Text:
    """Say which criteria lost points, the largest first, and what the office says about them.

    Parameters
    ----------
    result : ScoredResult
    noun : str
        What a criterion is called: ``tiêu chí``.
    explained : bool
        Whether the form asks for causes, measures and who leads.
    """
    found = result.losses
    if not found:
        first = (
            f"Chưa có điểm theo {noun} nên chưa xác định được {noun} nào mất bao nhiêu điểm."
            if result.scoring is None or not _any_points(result)
            else f"Không có {noun} nào mất điểm."
        )
        return paragraphs([first, _limits(result)], _checks(result))
    total = sum(loss.lost for loss in found)
    tally = result.total
    given = "" if tally is not None and tally.has_final else "Theo điểm tự chấm, "
    opening = f"{given}điểm bị mất cộng lại là" if given else "Điểm bị mất cộng lại là"
    return paragraphs(
        [
            f"{opening} {words.points(total, 'tổng điểm mất của các tiêu chí')} điểm ở "
            f"{words.counted(len(found), 'tiêu chí mất điểm')} {noun} (@tbl-losses).",
            _most(result, found, total, noun),
        ],
        _unsaid(found) if explained else [],
        _limits(result),
        _checks(result),
    )


def _most(result: ScoredResult, found: tuple[Loss, ...], total: float, noun: str) -> str:
    """Name what lost most points; criteria that lose the same are all named, or none of them.

    What people were asked has no known error and is not ordered.
    """
    found, among = exact(result, found, noun)
    if not found:
        return ""
    lead = costliest(found)
    if not lead:
        same = [loss for loss in found if rounded(loss.lost, 2) == rounded(found[0].lost, 2)]
        count = words.counted(len(same), "tiêu chí mất nhiều điểm nhất")
        each = words.item_points(result, same[0].item, same[0].lost, "điểm tối đa trừ điểm đạt")
        told = f"{count} {noun} cùng mất nhiều nhất, mỗi {noun} {each} điểm."
        return f"{among or 'Có '}{told}"
    said = joined([_loss(result, loss) for loss in lead])
    if len(lead) == len(found):
        return f"{among}có {said}." if among else f"Đó là {said}."
    share = Number(
        percent(sum(loss.lost for loss in lead) / total, 1), "điểm mất của các tiêu chí này / tổng"
    )
    return upper_first(f"{among}mất nhiều nhất là {said}, chiếm {share} số điểm bị mất.")


def exact(result: ScoredResult, found: tuple[Loss, ...], noun: str) -> tuple[tuple[Loss, ...], str]:
    """Return the losses that may be ordered, and among what they are; empty where that is all.

    What people were asked has no known error; a criterion without points may have lost more.
    """
    kept = tuple(loss for loss in found if not loss.item.is_surveyed)
    tally = result.total
    bounds = ["không khảo sát"] if len(kept) < len(found) else []
    bounds += [] if tally is not None and _all_scored(tally) else ["đã có điểm"]
    return kept, f"Trong các {noun} {', '.join(bounds)}, " if bounds else ""


def _all_scored(tally: Tally) -> bool:
    """Tell whether what each criterion lost is known: by final points, or by self-score."""
    scored = tally.scored if tally.has_final else tally.self_scored
    return scored == tally.scored + len(tally.missing)


def costliest(found: tuple[Loss, ...], most: int = MOST_NAMED) -> tuple[Loss, ...]:
    """Return the largest losses, about `most`; what prints alike is not cut apart.

    Parameters
    ----------
    found : tuple of Loss
        The largest first.
    most : int
        A tie at the end is taken whole if it adds no more than two, and else left out.
    """
    if len(found) <= most:
        return found
    edge = rounded(found[most - 1].lost, 2)
    tied = [loss for loss in found if rounded(loss.lost, 2) >= edge]
    above = [loss for loss in found if rounded(loss.lost, 2) > edge]
    return tuple(tied if len(tied) <= most + 2 else above)


def _any_points(result: ScoredResult) -> bool:
    tally = result.total
    return tally is not None and (tally.scored > 0 or tally.self_scored > 0)


def _loss(result: ScoredResult, loss: Loss) -> str:
    lost = words.item_points(result, loss.item, loss.lost, "điểm tối đa trừ điểm đạt")
    most = words.short_points(
        loss.item.maximum or 0.0, f"điểm tối đa của tiêu chí {loss.item.code}"
    )
    return f"{words.named(result, loss.item.code)} (mất {lost} trong {most} điểm)"


def _unsaid(found: tuple[Loss, ...]) -> list[str]:
    # Why a survey went as it did is the matter of the satisfaction report.
    found = tuple(loss for loss in found if loss.item.survey is None)
    lacks = []
    for name, noun in (
        ("cause", "nguyên nhân"),
        ("measure", "biện pháp"),
        ("owner", "đơn vị chủ trì"),
    ):
        without = sum(not getattr(loss.row, name) for loss in found)
        if without:
            number = Number(place(without, len(found)), f"đếm: tiêu chí mất điểm chưa nêu {noun}")
            lacks.append(f"{number} tiêu chí chưa nêu {noun}")
    if not lacks:
        return []
    opening = "Trong các tiêu chí mất điểm, không kể tiêu chí khảo sát"
    return [f"{opening}, {joined(lacks)}; đơn vị cần bổ sung."]


def _limits(result: ScoredResult) -> str:
    if not result.limits:
        return ""
    count = words.counted(len(result.limits), "hạn chế đơn vị tự nêu")
    points = ", không kèm số điểm bị mất" if result.scoring is None else ""
    cause = ""
    without = sum(not result.cause_of(limit) for limit in result.limits)
    if without == len(result.limits):
        these = "các hạn chế này" if len(result.limits) > 1 else "hạn chế này"
        cause = f" Đơn vị chưa nêu nguyên nhân của {these}."
    elif without:
        number = Number(place(without, len(result.limits)), "đếm: hạn chế chưa nêu nguyên nhân")
        cause = f" Đơn vị chưa nêu nguyên nhân của {number} hạn chế."
    return f"Đơn vị tự nêu {count} hạn chế{points} (@tbl-limits).{cause}"


def _checks(result: ScoredResult) -> list[str]:
    scoring = result.scoring
    said = []
    if scoring is not None and scoring.mismatches:
        listed = [
            f"{escape(found.code)} {escape(found.name)} ({_COLUMNS[found.column]} in "
            f"{words.points(found.printed, 'số ghi ở dòng tổng')}, các dòng dưới cộng lại "
            f"{words.points(found.summed, 'tổng các dòng dưới')})"
            for found in scoring.mismatches[:MOST_NAMED]
        ]
        count = words.counted(len(scoring.mismatches), "chỗ tổng không khớp")
        said.append(
            f"Có {count} chỗ tổng không khớp với các dòng dưới: {'; '.join(listed)}. Báo cáo "
            f"cộng từ các "
            "dòng dưới, đề nghị đơn vị kiểm tra."
        )
    if result.checks:
        count = words.counted(len(result.checks), "tiêu chí có số liệu và điểm không khớp quy tắc")
        said.append(
            f"Ở {count} tiêu chí, số liệu kê khai và điểm tự chấm không khớp theo quy tắc chấm "
            "(@tbl-checks); báo cáo giữ điểm đơn vị đã nhập."
        )
    return said
