"""PAR INDEX and DTI as the commentary engine takes them."""

from __future__ import annotations

from helpers.facts.figures import Beside, Earlier, Measured, Place, Value
from helpers.indices.dti.result import DtiResult
from helpers.indices.par_index.result import ParIndexResult
from helpers.indices.scored.result import ScoredResult
from helpers.indices.scored.scoring import Scoring, Tally
from helpers.indices.scored.standing import Figure
from helpers.inputs.observations import Observation

Made = tuple[Measured, tuple[Measured, ...]]

DIFFERENT_CRITERIA = "bảng chấm điểm của hai năm có tiêu chí hoặc điểm tối đa khác nhau"


def par_index(result: ParIndexResult) -> Made | None:
    """Return an office's index with its areas, else the province's published total."""
    return _own(
        result, "chỉ số cải cách hành chính", result.grade, "lĩnh vực", breaks=False
    ) or _published(result, "PAR INDEX", unit="%")


def dti(result: DtiResult) -> Made | None:
    """Return an office's share of points with its areas, else the province's published total."""
    return _own(result, "tỷ lệ điểm chuyển đổi số", "", "chỉ số", breaks=True) or _published(
        result, "DTI", unit=""
    )


def _own(result: ScoredResult, noun: str, grade: str, area: str, *, breaks: bool) -> Made | None:
    tally, office = result.total, result.office
    if tally is None or tally.index is None or office is None:
        return _delivered(result, noun)
    name = f"{noun} của {result.subject.name}"
    reasons = _reasons(result, breaks=breaks)
    target = result.target
    measured = Measured(
        index=result.index,
        code="total",
        name=name,
        year=result.year,
        unit="%",
        value=Value(tally.index, _index_source(result, tally)),
        grade=grade,
        target=None
        if target is None
        else Beside(
            Value(target, f"thông số của đơn vị năm {result.year}"), "mục tiêu đơn vị đặt ra"
        ),
        previous=_previous(result, reasons),
        place=_place(result),
        survey=tally.is_surveyed,
    )
    return measured, _areas(result, area, reasons)


def _delivered(result: ScoredResult, noun: str) -> Made | None:
    """Return the index that the office delivered as a single figure."""
    told = result.own("index")
    if told is None or told.unit != "%" or result.office is None:
        return None
    before = result.before("index")
    measured = Measured(
        index=result.index,
        code="total",
        name=f"{noun} của {result.subject.name}",
        year=result.year,
        unit="%",
        value=Value(told.value, told.trace),
        decimals=told.decimals,
        grade=_printed(result.own("grade")),
        previous=None
        if before is None
        # Without the tables of both years nothing says that the criteria stayed the same.
        else Earlier(before.year, Value(before.value, before.trace), result.why_not_comparable),
        place=_place(result),
        # Without the table nobody knows whether a survey is part of it.
        survey=result.framework.is_sampled(),
    )
    return measured, ()


def _printed(found: Observation | None) -> str:
    return "" if found is None else found.printed.strip()


def _index_source(result: ScoredResult, tally: Tally) -> str:
    what = "toàn bảng" if tally.code == "total" else f"mã {tally.code}"
    return (
        f"tính toán: chỉ số = điểm đạt / điểm tối đa áp dụng, {what}, "
        f"{result.framework.short_name} {result.year}, cộng từ điểm chưa làm tròn"
    )


def _reasons(result: ScoredResult, *, breaks: bool) -> tuple[str, ...]:
    if breaks and result.why_not_comparable:
        return result.why_not_comparable
    if result.why_not_same_unit:
        return result.why_not_same_unit
    return () if result.same_criteria else (DIFFERENT_CRITERIA,)


def _previous(result: ScoredResult, reasons: tuple[str, ...]) -> Earlier | None:
    if result.previous is None or (index := result.previous.tally().index) is None:
        return None
    source = f"bảng chấm điểm năm {result.year - 1}, cùng cách tính"
    return Earlier(result.year - 1, Value(index, source), reasons)


def _place(result: ScoredResult) -> Place | None:
    rank, units = result.own("rank"), result.own("units")
    if rank is None:
        return None
    count = None if units is None else int(units.value)
    trace = rank.trace if units is None else f"{rank.trace}; {units.trace}"
    return Place(int(rank.value), count, trace)


def _areas(result: ScoredResult, area: str, reasons: tuple[str, ...]) -> tuple[Measured, ...]:
    """Return the top level in points, where every one of them is complete."""
    scoring = result.scoring
    if scoring is None:
        return ()
    made = [_area(result, scoring, code, area, reasons) for code in result.areas]
    known = [one for one in made if one is not None]
    return tuple(known) if len(known) == len(made) else ()


def _area(
    result: ScoredResult, scoring: Scoring, code: str, area: str, reasons: tuple[str, ...]
) -> Measured | None:
    tally = scoring.tally(code)
    if not tally.complete or tally.maximum is None or tally.final is None:
        return None
    before = None
    if result.previous is not None and code in result.previous.by_code:
        old = result.previous.tally(code)
        source = f"bảng chấm điểm năm {result.year - 1}, mã {code}"
        before = (
            Earlier(result.year - 1, Value(old.final, source), reasons)
            if old.complete and old.final is not None
            else None
        )
    return Measured(
        index=result.index,
        code=code,
        name=f"{area} {scoring.by_code[code].name}",
        year=result.year,
        unit="điểm",
        value=Value(tally.final, f"bảng chấm điểm năm {result.year}, cộng các tiêu chí mã {code}"),
        maximum=tally.maximum,
        previous=before,
        survey=tally.is_surveyed,
    )


def _published(result: ScoredResult, name: str, unit: str) -> Made | None:
    total = result.published.total
    if total is None or total.doubt:
        return None
    earlier = result.published.before(result.year - 1)
    national, region = result.published.national, result.published.region
    decimals = 2 if unit == "%" else result.framework.decimals
    place = (
        None
        if total.rank is None
        else Place(total.rank, result.published.units, _figure_source(result, total))
    )
    measured = Measured(
        index=result.index,
        code="published",
        name=f"{name} của {result.place.full_name(result.year)}",
        year=result.year,
        unit=unit,
        value=None if total.value is None else Value(total.value, _figure_source(result, total)),
        why="các nguồn đã đọc không nêu giá trị",
        decimals=decimals,
        previous=_published_before(result, earlier),
        mean=None
        if national is None
        else Beside(
            Value(national.value, f"{national.origin} ({national.source})"), "bình quân cả nước"
        ),
        region=None
        if region is None or region.doubt
        else Beside(
            Value(region.value, f"{region.origin} ({region.source})"),
            f"bình quân vùng {result.place.region}",
        ),
        place=place,
        survey=total.sampled,
    )
    return measured, ()


def _figure_source(result: ScoredResult, figure: Figure) -> str:
    what = f"{result.framework.short_name} {figure.year}, {figure.name}, {figure.unit}"
    return f"{what}: {figure.origin} ({figure.source})"


def _published_before(result: ScoredResult, earlier: Figure | None) -> Earlier | None:
    if earlier is None or earlier.value is None or earlier.doubt:
        return None
    return Earlier(
        earlier.year,
        Value(earlier.value, _figure_source(result, earlier)),
        result.why_not_comparable,
        rank=earlier.rank,
        units=result.published.units,
    )
