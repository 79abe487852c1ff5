"""Sentences about dossiers that several sections share."""

from __future__ import annotations

from helpers.indices.procedures.arithmetic import Count, Rate
from helpers.indices.procedures.result import ProceduresResult, Target
from helpers.indices.procedures.rows import RESOLVED_LATE, Row
from helpers.indices.procedures.shares import PartOf, shares
from helpers.inputs.observations import Observation
from helpers.words.numbers import Number, decimal, magnitude, percent, place, whole
from helpers.words.text import escape

SMALLEST = 0.00005
"""A difference of shares below this prints as 0,00 points."""


HIDDEN_WHY = "ẩn vì dưới năm hồ sơ, hoặc vì từ đó suy ra được nhóm dưới năm hồ sơ"
"""Why a number that was counted from dossiers is not told."""

WITHOUT_UNKNOWN = "không kể hồ sơ chưa rõ hạn hoặc ngày giải quyết"
"""What a number of late dossiers leaves out where some say too little; 0 of them is not none."""


def count(found: Count) -> Number:
    """Return a count with its source."""
    return Number(whole(found.value), found.trace)


def share(rate: Rate) -> Number:
    """Return a rate with its source; one with late dossiers never prints as 100%."""
    return Number(percent(rate.share, 2), rate.trace)


def printed(one: Observation) -> Number:
    """Return a single figure as it was delivered: ``99,76%``, ``330.000``."""
    if one.unit == "%":
        return Number(percent(one.value / 100, one.decimals), one.trace)
    return Number(decimal(one.value, one.decimals), one.trace)


def part(one: PartOf, noun: str = "") -> str:
    """Say a part with its whole and share: ``18/129 thủ tục (13,95%)``."""
    counted = Number(place(one.part, one.whole), one.trace)
    said = f"{counted} {noun}" if noun else str(counted)
    return f"{said} ({Number(percent(one.share, 2), one.trace)})"


def against_target(share: float, target: Target | None, *, source: str) -> str:
    """Say how far a share is from its target: ``, thấp hơn 36,05 điểm … chỉ tiêu 50%``."""
    if target is None:
        return ""
    places = 0 if float(target.value).is_integer() else 2
    aimed = Number(f"{decimal(target.value, places)}%", target.trace)
    gap = share * 100 - target.value
    if abs(gap) < SMALLEST * 100:
        return f", bằng chỉ tiêu {aimed}"
    side = "cao hơn" if gap > 0 else "thấp hơn"
    # A gap too small for two decimals is still not none: nothing late may read as nothing missed.
    places = 2 if abs(gap) >= SMALLEST * 100 else 4
    much = Number(magnitude(gap, places), f"hiệu số chưa làm tròn với chỉ tiêu: {source}")
    return f", {side} {much} điểm phần trăm so với chỉ tiêu {aimed}"


def change(now: Rate, then: Rate, year: int) -> str:
    """Say how a rate moved since a year: ``tăng 0,12 điểm phần trăm so với năm 2022 (99,76%)``."""
    difference = now.share - then.share
    earlier = Number(percent(then.share, 2), then.trace)
    if abs(difference) < SMALLEST:
        return f"gần như không đổi so với năm {year} ({earlier})"
    verb = "tăng" if difference > 0 else "giảm"
    size = Number(
        magnitude(difference * 100), f"hiệu số chưa làm tròn của hai tỷ lệ, năm {now_year(year)}"
    )
    return f"{verb} {size} điểm phần trăm so với năm {year} ({earlier})"


def now_year(before: int) -> str:
    """Return the two years of a comparison for a trace."""
    return f"{before + 1} và {before}"


def subject(result: ProceduresResult) -> str:
    """Return whose dossiers are counted, inside a sentence."""
    return escape(result.subject.name)


def base(rate: Rate) -> str:
    """Return the denominator in words, with the dossiers that say too little to be in it."""
    if not rate.unknown:
        return rate.rule.base
    left = Number(whole(rate.unknown), rate.trace)
    return f"{rate.rule.base}, không kể {left} hồ sơ chưa rõ hạn hoặc ngày giải quyết"


def row_share(row: Row) -> Number:
    """Return the share resolved late of a row with its source; ValueError where it is not known."""
    share, unclear = row.late_share, row.unclear_of(RESOLVED_LATE)
    if share is None:
        raise ValueError(f"tỷ lệ quá hạn của {row.name} chưa biết nên không được nêu")
    beside = f", không kể {unclear} hồ sơ chưa rõ" if unclear else ""
    trace = f"quá hạn trên số đã giải quyết{beside}, {row.name}; {row.counts['gq_tong'].trace}"
    return Number(percent(share, 2), trace)


def missed(result: ProceduresResult) -> tuple[PartOf, ...]:
    """Return the parts of a whole that miss their target."""
    return tuple(one for one in shares(result) if one.below_target)
