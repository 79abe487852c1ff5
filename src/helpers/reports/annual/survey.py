"""SIPAS and PAPI as the commentary engine takes them."""

from __future__ import annotations

from collections.abc import Mapping

from helpers.facts.against import against
from helpers.facts.changes import change
from helpers.facts.comparison import Case, Comparison
from helpers.facts.families import Finding
from helpers.facts.figures import Beside, Earlier, Measured, Place, Value
from helpers.facts.measured import Measured as Judged
from helpers.facts.rows import Change, Score
from helpers.facts.value import Value as Known
from helpers.indices.papi.measured import criterion
from helpers.indices.papi.result import PapiResult
from helpers.indices.sipas.labels import gap_of
from helpers.indices.sipas.model import SipasResult
from helpers.indices.sipas.rules import TOTAL
from helpers.words.say import telling_of

Made = tuple[Measured, tuple[Measured, ...]]

LARGE = 5.0
"""Percentage points from which a clear change of satisfaction is called large."""
NAME = "mức độ hài lòng của người dân, tổ chức đối với sự phục vụ của "


def sipas(result: SipasResult) -> Made | None:
    """Return the overall satisfaction with its factors; None if it is not known."""
    total = result.found.measured[TOTAL]
    own = total.value
    if not own.is_known:
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
        value=Value(own.known, telling_of(result).source(own)),
        decimals=own.decimals,
        large=LARGE,
        target=_target(result),
        previous=_previous(result, total),
        mean=_mean(result),
        place=_place(result),
        survey=True,
    )
    return measured, tuple(_factor(result, part) for part in total.parts)


def _number(result: SipasResult, found: Finding, name: str) -> Value:
    """Return a field of a finding with its source in words."""
    value = found.fields[name]
    if not isinstance(value, Known):
        raise TypeError(f"{found.name} has no value {name!r}")
    return Value(value.known, telling_of(result).source(value))


_CASES: Mapping[str, Case] = {
    **dict.fromkeys(("met", "up", "higher"), "higher"),
    **dict.fromkeys(("missed", "down", "lower"), "lower"),
    **dict.fromkeys(("inside", "unclear", "floor"), "inside"),
    **dict.fromkeys(("equal", "exactly"), "equal"),
    "same_print": "same_print",
}
"""Case of a finding → of the comparison that it told; all others are unknown."""


def _comparison(found: Finding) -> Comparison:
    margin = found.fields.get("margin")
    half = margin.known if isinstance(margin, Known) else None
    case = _CASES.get(found.case.removeprefix("likely_"), "unknown")
    return Comparison(case, gap_of(found), half, bool(found.fields.get("assumed")))


def _target(result: SipasResult) -> Beside | None:
    found = result.found.of("", "target")
    if found is None:
        return None
    name = telling_of(result).word("name", str(found.fields["name"]))
    return Beside(_number(result, found, "mark"), name, _comparison(found))


def _mean(result: SipasResult) -> Beside | None:
    found = result.found.of("", "against", "mean")
    if found is None or found.case == "barred":
        return None
    which = "được xếp hạng" if "units" in found.fields else "được đánh giá"
    name = f"bình quân các đơn vị {which}"
    return Beside(_number(result, found, "mark"), name, _comparison(found))


def _previous(result: SipasResult, measured: Judged) -> Earlier | None:
    found = next((one for one in change(measured) if one.case != "no_earlier"), None)
    if found is None or not measured.earlier[0].measured.value.is_known:
        return None
    before = measured.earlier[0].measured
    telling = telling_of(result)
    value = Value(before.value.known, telling.source(before.value))
    if found.case == "barred":
        why = found.fields["why"]
        reasons = tuple(str(telling.why(one)) for one in why) if isinstance(why, tuple) else ()
        return Earlier(measured.earlier[0].year, value, reasons)
    printed = before.printed_place
    return Earlier(
        measured.earlier[0].year,
        value,
        (),
        _comparison(found).margin,
        None if printed is None else printed.rank,
        None if printed is None else printed.units,
    )


def _place(result: SipasResult) -> Place | None:
    """Return the place where it is one: other errors would change it nowhere."""
    found = result.found.of("", "place")
    if found is None or "rank" not in found.fields:
        return None
    rank = _number(result, found, "printed" if "printed" in found.fields else "rank")
    units = None
    if "units" in found.fields:
        units = int(_number(result, found, "units").value)
    return Place(int(rank.value), units, rank.source)


def _factor(result: SipasResult, part: Judged) -> Measured:
    return Measured(
        index=result.index,
        code=part.key.code,
        name=f"yếu tố {part.name}",
        year=result.year,
        unit="%",
        value=Value(part.value.known, telling_of(result).source(part.value)),
        decimals=part.value.decimals,
        large=LARGE,
        previous=_previous(result, part),
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
    judged = {} if earlier is None else _moved(result, changes)
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
            _side(result, root, "mean"),
        ),
        region=Beside(
            Value(score.region_mean, f"bình quân cộng các tỉnh của vùng {result.place.region}"),
            f"bình quân vùng {result.place.region}",
            _side(result, root, "region"),
        ),
        place=_papi_place(result, score),
        survey=True,
    )
    children = tuple(
        _dimension(result, code, changes.get(code), judged.get(code))
        for code in result.dimension_codes()
    )
    return measured, children


def _moved(result: PapiResult, changes: Mapping[str, Change]) -> dict[str, Comparison]:
    """Return what the judge says of each change that may be told."""
    found = {}
    for code, told in changes.items():
        if told.allowed:
            since = change(criterion(result, code))
            found[code] = _comparison(next(one for one in since if one.slot == str(told.earlier)))
    return found


def _side(result: PapiResult, code: str, mark: str) -> Comparison:
    found = next((one for one in against(criterion(result, code)) if one.slot == mark), None)
    return Comparison("unknown", 0.0, None) if found is None else _comparison(found)


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
