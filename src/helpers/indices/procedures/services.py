"""Tables beside the dossiers: figures as delivered, shares of a whole, and the nine indices."""

from __future__ import annotations

from helpers.display.table import Cell, Strong, Table
from helpers.facts.comparison import rounded
from helpers.facts.leading import leading
from helpers.indices.procedures.result import ProceduresResult
from helpers.indices.procedures.shares import shares
from helpers.indices.procedures.tt01 import Assessment
from helpers.inputs.observations import Observation
from helpers.words import numbers
from helpers.words.numbers import Number

SHOWN = (
    *("listed", "online_services", "online_full", "online_partial", "announcing_decisions"),
    *("announced", "announced_new", "announced_amended", "announced_abolished", "piloted"),
    *("published_rate", "digitised", "digitised_rate", "apology_letters"),
    *("device_satisfied_rate", "device_very_satisfied", "device_satisfied", "device_unsatisfied"),
)
"""Single figures shown beside the dossiers, in this order."""


def services(result: ProceduresResult) -> Table:
    """Show the single figures beside the dossiers, with last year's where it is compared."""
    before = result.before
    given = [(code, result.figure(code)) for code in SHOWN]
    found = [(code, one) for code, one in given if one is not None]
    if not found:
        return Table.nothing("Chưa có số liệu về công bố thủ tục và dịch vụ công trực tuyến.")
    earlier = {
        code: before.figures.get(f"procedures.{code}", before.year) if before else None
        for code, _ in found
    }
    compared = any(earlier.values())
    rows: list[tuple[Cell, ...]] = []
    for code, one in found:
        label = result.forms.figure(one.code).label
        cells: tuple[Cell, ...] = (label, _printed(one), one.unit)
        if compared:
            then = earlier[code]
            cells = (*cells, "" if then is None else _printed(then))
        rows.append(cells)
    header = ["Nội dung", f"Năm {result.year}", "Đơn vị tính"]
    if compared and before is not None:
        header.append(f"Năm {before.year}")
    return Table(
        header=tuple(header),
        rows=tuple(rows),
        caption=f"Công bố thủ tục, dịch vụ công trực tuyến và số hóa năm {result.year}",
        align="lrl" + ("r" if compared else ""),
    )


def _printed(one: Observation) -> Number:
    return Number(numbers.decimal(one.value, one.decimals), one.trace)


def parts(result: ProceduresResult) -> Table:
    """Show shares of a whole against their targets."""
    found = shares(result)
    if not found:
        return Table.nothing("Chưa đủ số liệu để tính tỷ lệ dịch vụ công trực tuyến.")
    with_target = any(one.target for one in found)
    rows = []
    for one in found:
        cells: tuple[Cell, ...] = (
            one.name,
            Number(numbers.place(one.part, one.whole), one.trace),
            Number(numbers.percent(one.share, 2), one.trace),
            one.base[:1].upper() + one.base[1:],
        )
        if with_target:
            target = one.target
            said = "" if target is None else _target(target.value, target.trace)
            cells = (*cells, said)
        rows.append(cells)
    header = ("Nội dung", "Số lượng", "Tỷ lệ", "Mẫu số là", *(("Chỉ tiêu",) if with_target else ()))
    return Table(
        header=header,
        rows=tuple(rows),
        caption=f"Một số tỷ lệ khác năm {result.year}",
        align="lrrl" + ("r" if with_target else ""),
    )


def _target(value: float, trace: str) -> Number:
    places = 0 if float(value).is_integer() else 2
    return Number(f"{numbers.decimal(value, places)}%", trace)


def assessment(result: ProceduresResult) -> Table:
    """Show totals and grades of the nine indices of Thông tư 01/2018/TT-VPCP by unit and period."""
    if not result.assessments:
        return Table.nothing("Chưa có điểm đánh giá theo Thông tư 01/2018/TT-VPCP.")
    rows = tuple(_unit(result, one) for one in result.assessments)
    return Table(
        header=("Đơn vị", "Kỳ", "Điểm tự chấm", "Điểm thẩm định", "Xếp loại", "Thiếu chỉ số"),
        rows=rows,
        caption=f"Đánh giá việc giải quyết thủ tục hành chính năm {result.year}, tối đa 18 điểm",
        align="llrrll",
        note="Xếp loại theo tổng điểm thẩm định",
    )


def _unit(result: ProceduresResult, one: Assessment) -> tuple[Cell, ...]:
    origin = one.scores[0].origin if one.scores else ""
    own, appraised = one.own_total, one.appraised_total
    band = None if appraised is None else result.edition.band(float(rounded(appraised)))
    lacking = ", ".join(str(number) for number in one.lacking)
    return (
        one.unit,
        one.period,
        _points(own, f"tổng điểm tự chấm chín chỉ số, {one.unit}, {one.period}; {origin}"),
        _points(appraised, f"tổng điểm thẩm định chín chỉ số, {one.unit}, {one.period}; {origin}"),
        Strong(band.name) if band else "",
        lacking or "Không",
    )


_QUESTIONS = {10: "10. Mức độ thuận tiện khi sử dụng dịch vụ", 11: "11. Đánh giá tổng thể"}


def satisfaction(result: ProceduresResult) -> Table:
    """Show the shares of forms by level for indices 10 and 11, outside the 18 points."""
    rows: list[tuple[Cell, ...]] = []
    for number, name in _QUESTIONS.items():
        found = [
            one for unit in result.assessments for one in unit.satisfaction if one.number == number
        ]
        forms = sum(one.forms for one in found)
        if not forms:
            continue
        levels = (
            sum(one.very for one in found),
            sum(one.satisfied for one in found),
            sum(one.not_satisfied for one in found),
        )
        trace = f"chỉ số {number}, cộng các đơn vị và kỳ; {found[0].origin}"
        shares = [
            Number(numbers.percent(level / forms, 1), f"{trace}: {level}/{forms}")
            for level in levels
        ]
        rows.append((name, Number(numbers.whole(forms), trace), *shares))
    if not rows:
        return Table.nothing("Chưa có số phiếu theo mức độ hài lòng.")
    return Table(
        header=("Nội dung", "Số phiếu", "Rất hài lòng", "Hài lòng", "Không hài lòng"),
        rows=tuple(rows),
        caption=f"Mức độ hài lòng theo phiếu đánh giá năm {result.year}, không tính vào 18 điểm",
        align="lrrrr",
    )


def _points(value: float | None, trace: str) -> Cell:
    return "" if value is None else Number(numbers.decimal(value), trace)


def indices(result: ProceduresResult) -> Table:
    """Show each of the nine indices: the mean over units and periods, lowest and highest."""
    rows: list[tuple[Cell, ...]] = []
    for node in result.edition.get("tt01").children if result.assessments else ():
        number = int(node.code.removeprefix("tt01."))
        found = [
            (one, score)
            for one in result.assessments
            for score in one.scores
            if score.number == number and score.own is not None
        ]
        if not found:
            continue
        own = [score.own for _, score in found if score.own is not None]
        trace = f"chỉ số {number}, {len(own)} lượt chấm; {found[0][1].origin}"
        least = leading(found, lambda pair: pair[1].own, 1, decimals=2, highest=False)
        rows.append(
            (
                f"{number}. {node.name_vi}",
                Number(numbers.decimal(sum(own) / len(own)), f"bình quân {trace}"),
                Number(numbers.decimal(min(own)), f"thấp nhất, {trace}"),
                "; ".join(f"{one.unit}, {one.period}" for one, _ in least.named)
                or f"{numbers.whole(least.left)} lượt",
            )
        )
    if not rows:
        return Table.nothing("Chưa có điểm của từng chỉ số.")
    return Table(
        header=("Chỉ số", "Bình quân (tối đa 2)", "Thấp nhất", "Đơn vị, kỳ thấp nhất"),
        rows=tuple(rows),
        caption=f"Điểm tự chấm theo chỉ số của Thông tư 01/2018/TT-VPCP năm {result.year}",
        align="lrrl",
    )
