"""Service quality (decision 766) and dossiers as the commentary engine takes them."""

from __future__ import annotations

from helpers.facts.figures import Beside, Earlier, Measured, Value
from helpers.indices.procedures.arithmetic import rate
from helpers.indices.procedures.result import ProceduresResult
from helpers.indices.service_quality.result import ServiceResult

Made = tuple[Measured, tuple[Measured, ...]]

FULL = 100.0


def service_quality(result: ServiceResult) -> Made | None:
    """Return the points with their groups; None unless every indicator that applies has points."""
    made = result.score
    if made.index is None:
        return None
    edition = f"Bộ chỉ số 766, {result.edition.key}"
    scaled = made.maximum != FULL
    before = result.before
    measured = Measured(
        index=result.index,
        code="total",
        name=f"kết quả theo Bộ chỉ số 766 của {result.subject.beside}",
        year=result.year,
        unit="%" if scaled else "điểm",
        value=Value(made.index, f"tổng điểm chưa làm tròn của các chỉ tiêu, {edition}"),
        maximum=None if scaled else FULL,
        grade="" if result.grade is None else result.grade.name,
        previous=None
        if before is None or before.index is None or (before.maximum != FULL) != scaled
        else Earlier(
            result.year - 1,
            Value(before.index, f"{edition}, năm {result.year - 1}, cùng cách tính"),
        ),
    )
    groups = tuple(
        Measured(
            index=result.index,
            code=group.node.code,
            name=f"nhóm {group.node.name_vi}",
            year=result.year,
            unit="điểm",
            value=Value(points, f"nhóm {group.node.code}, {edition}"),
            maximum=group.maximum,
        )
        for group in made.groups
        if group.complete and (points := group.points) is not None
    )
    return measured, groups


def procedures(result: ProceduresResult) -> Made | None:
    """Return the share of settled dossiers that were in time; None if it is neither known nor told."""
    main, target = result.rate("in_time"), result.target("in_time_rate")
    told = result.figure("in_time_rate")
    if main is not None:
        value, decimals = Value(main.share * 100, main.trace), 2
    elif told is not None:
        value, decimals = Value(told.value, told.trace), told.decimals
    else:
        return None
    before = result.before
    then = None if before is None or main is None else rate(before.total, main.rule)
    measured = Measured(
        index=result.index,
        code="in_time",
        name=f"tỷ lệ hồ sơ giải quyết trước hạn, đúng hạn của {result.subject.beside}",
        year=result.year,
        unit="%",
        value=value,
        decimals=decimals,
        target=None
        if target is None
        else Beside(Value(target.value, target.trace), "chỉ tiêu đặt ra"),
        previous=None
        if before is None or then is None
        else Earlier(before.year, Value(then.share * 100, then.trace)),
    )
    return measured, ()
