"""SIPAS and PAPI as the commentary engine takes them."""

from __future__ import annotations

from collections.abc import Mapping

from helpers.facts.comparison import Case, Comparison
from helpers.facts.figures import Beside, Earlier, Measured, Place, Value
from helpers.facts.rows import Change, Score
from helpers.indices.papi.errors import against_mean, against_region
from helpers.indices.papi.findings import movements
from helpers.indices.papi.result import PapiResult
from helpers.indices.sipas import judged
from helpers.indices.sipas.model import SipasResult
from helpers.indices.sipas.rules import TOTAL
from helpers.indices.sipas.year import Fact

Made = tuple[Measured, tuple[Measured, ...]]

LARGE = 5.0
"""Percentage points from which a clear change of satisfaction is called large."""
NAME = "mức độ hài lòng của người dân, tổ chức đối với sự phục vụ của "


def sipas(result: SipasResult) -> Made | None:
    """Return the overall satisfaction with its factors; None if it is not known."""
    own = result.overall
    if own is None:
        return None
    subject = result.subject
    whom = (
        f"cơ quan hành chính nhà nước tại {subject.label}"
        if subject.kind == "province"
        else subject.label
    )
    measured = Measured(
        index=result.index,
        code=TOTAL,
        name=f"{NAME}{whom}",
        year=result.year,
        unit="%",
        value=Value(own.value, _source(result, TOTAL, own)),
        decimals=own.decimals,
        large=LARGE,
        target=_target(result),
        previous=_previous(result, TOTAL),
        mean=_mean(result),
        place=_place(result),
        survey=True,
    )
    return measured, tuple(_factor(result, code) for code in result.factor_codes)


def _source(result: SipasResult, code: str, fact: Fact) -> str:
    name = "chỉ số chung" if code == TOTAL else result.edition.get(code).name_vi
    return f"SIPAS {result.year}, {name}, {result.subject.label}: {fact.trace}"


_CASES: Mapping[str, Case] = {
    "met": "higher",
    "missed": "lower",
    "inside": "inside",
    "unknown": "unknown",
}


def _target(result: SipasResult) -> Beside | None:
    found = judged.target(result)
    if found is None:
        return None
    value = Value(found.value, f"thông số: {found.text}")
    return Beside(value, found.text, Comparison(_CASES[found.case], found.gap, None))


def _mean(result: SipasResult) -> Beside | None:
    mean = result.mean_of_units
    if mean is None:
        return None
    found = judged.peers(result, result.subject.kind)
    which = "đủ số phiếu để xếp hạng" if found.least is not None else "được đánh giá"
    name = f"bình quân các đơn vị {which}"
    return Beside(Value(mean.value, mean.trace), name, judged.against_mean(result))


def _previous(result: SipasResult, code: str) -> Earlier | None:
    change = result.change(code)
    if change is None or result.earlier is None:
        return None
    year = result.earlier.year
    before = result.standing(result.earlier) if code == TOTAL else None
    value = Value(change.earlier.value, f"SIPAS {year}: {change.earlier.trace}")
    found = change.comparison
    return Earlier(
        year,
        value,
        change.reasons if found is None else (),
        None if found is None else found.margin,
        None if before is None or not before.published else before.rank,
        None if before is None else before.units,
    )


def _place(result: SipasResult) -> Place | None:
    standing = result.standing()
    if standing is None or not judged.sure_place(result):
        # A place that other errors would change is none.
        return None
    return Place(standing.rank, standing.units, standing.trace)


def _factor(result: SipasResult, code: str) -> Measured:
    own = result.own[code]
    return Measured(
        index=result.index,
        code=code,
        name=f"yếu tố {result.edition.get(code).name_vi}",
        year=result.year,
        unit="%",
        value=Value(own.value, _source(result, code, own)),
        decimals=own.decimals,
        large=LARGE,
        previous=_previous(result, code),
        survey=True,
    )


def papi(result: PapiResult) -> Made | None:
    """Return the total with its dimensions; None in a year without a published total."""
    if not result.has_total:
        return None
    root = result.edition.root.code
    score = result.score(root)
    earlier = result.country.previous_year
    changes = {} if earlier is None else {c.code: c for c in result.changes_since(earlier)}
    judged = {} if earlier is None else {m.code: m.verdict for m in movements(result, earlier)}
    measured = Measured(
        index="papi",
        code=root,
        name=f"chỉ số PAPI của {result.place.full_name(result.year)}",
        year=result.year,
        unit="điểm",
        value=Value(score.value, _papi_source(result, root, result.year, score.source)),
        maximum=result.edition.root.maximum,
        grade=_group(result, score),
        previous=_papi_previous(result, changes.get(root), judged.get(root)),
        mean=Beside(
            Value(score.mean, f"bình quân cộng của {score.n} tỉnh, thành phố có số liệu"),
            "bình quân các tỉnh, thành phố có số liệu",
            against_mean(result, root),
        ),
        region=Beside(
            Value(score.region_mean, f"bình quân cộng các tỉnh của vùng {result.place.region}"),
            f"bình quân vùng {result.place.region}",
            against_region(result, root),
        ),
        place=_papi_place(result, score),
        survey=True,
    )
    children = tuple(
        _dimension(result, code, changes.get(code), judged.get(code))
        for code in result.dimension_codes()
    )
    return measured, children


def _papi_source(result: PapiResult, code: str, year: int, source: str) -> str:
    name = "điểm tổng hợp" if code == result.edition.root.code else result.edition.get(code).name_vi
    return f"PAPI {year}, {name}, {result.place.name}: {source}"


def _papi_place(result: PapiResult, score: Score) -> Place:
    """Return a place, which this project computed: no line of a source holds it."""
    source = f"xếp theo điểm làm tròn của {score.n} đơn vị, PAPI {result.year}"
    return Place(score.rank, score.n, source, score.tied > 1)


def _group(result: PapiResult, score: Score) -> str:
    return f"nhóm {result.definition.groups.names[score.group - 1]}"


def _papi_previous(
    result: PapiResult, change: Change | None, verdict: Comparison | None
) -> Earlier | None:
    if change is None:
        return None
    source = _papi_source(result, change.code, change.earlier, change.source_earlier)
    return Earlier(
        change.earlier,
        Value(change.value_earlier, source),
        () if change.allowed else change.reasons,
        None if verdict is None else verdict.margin,
        change.rank_earlier,
        change.n_earlier,
        assumed=verdict is not None and verdict.assumed,
    )


def _dimension(
    result: PapiResult, code: str, change: Change | None, verdict: Comparison | None
) -> Measured:
    score = result.score(code)
    criterion = next(one for one in result.edition.dimensions if one.code == code)
    return Measured(
        index="papi",
        code=code,
        name=f"nội dung {criterion.name_vi}",
        year=result.year,
        unit="điểm",
        value=Value(score.value, _papi_source(result, code, result.year, score.source)),
        maximum=criterion.maximum,
        grade=_group(result, score),
        previous=_papi_previous(result, change, verdict),
        place=_papi_place(result, score),
        survey=True,
    )
