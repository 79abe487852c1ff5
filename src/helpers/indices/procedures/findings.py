"""What statistics on dossiers state beside their counts: services, assessments, missing, method."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from helpers.facts.against import target as judged_target
from helpers.facts.compared import compact
from helpers.facts.comparison import HALF_PRINTED, rounded
from helpers.facts.families import Finding
from helpers.facts.leading import leading
from helpers.facts.measured import Mark, Measured
from helpers.facts.value import PERCENT, Key, Value, Why, count
from helpers.indices.procedures.findings_method import method
from helpers.indices.procedures.findings_months import months
from helpers.indices.procedures.shares import PartOf, shares
from helpers.words.document import Document, index_names

if TYPE_CHECKING:
    from helpers.indices.procedures.result import ProceduresResult
    from helpers.indices.procedures.tt01 import Assessment
    from helpers.inputs.observations import Observation

_TARGET = {"met": "above", "missed": "below", "exactly": "at", "same_print": "at"}
_ANNOUNCED = ("announced_new", "announced_amended", "announced_abolished")


def document(result: ProceduresResult) -> Document:
    """Return names and findings of a result."""
    framework, subject = result.framework, result.subject
    slots: dict[str, tuple[Why, ...]] = {
        "announced": tuple(_announced(result)),
        "digitised": tuple(_digitised(result)),
        "apologies": tuple(_apologies(result)),
        "assessed": tuple(_assessed(result)),
        "months": tuple(months(result)),
        **method(result),
    }
    stated = (
        _state(result, "method", "stated", slot, why=why) for slot, why in slots.items() if why
    )
    needed = (
        _state(result, "needed", "stated", f"{why.rule}_{n}", why=(why,))
        for n, why in enumerate(result.missing)
    )
    return Document(
        result.index,
        {
            **index_names(framework, result.year),
            "who": subject.name,
            "who_in_full": subject.title,
            "again": subject.again,
        },
        {"": (*_shares(result, slots), *stated, *needed)},
        labels=(framework.short_name, str(result.year), result.place.name),
        status="simulated" if result.status == "simulated" else "official",
    )


def _state(
    result: ProceduresResult, family: str, case: str, slot: str = "", /, **fields: object
) -> Finding:
    key = Key(result.index, result.place.slug, result.year, office=result.subject.name)
    return Finding(key, family, case, compact(**fields), slot)


def _told(one: Observation) -> Value:
    """Return a single figure as it was delivered."""
    unit = PERCENT if one.unit == "%" else "criterion"
    return Value(one.value, unit, one.decimals, source=one.trace)


def _shares(result: ProceduresResult, slots: dict[str, tuple[Why, ...]]) -> Iterator[Finding]:
    found = {one.key: one for one in shares(result)}
    told = [
        found[key] for key in ("online_rate", "online_full", "device_unsatisfied") if key in found
    ]
    yield from (_share(result, one) for one in told)
    if not told and not any(slots[key] for key in ("announced", "digitised", "apologies")):
        yield _state(result, "share_of", "nothing", "nothing")


def _share(result: ProceduresResult, one: PartOf) -> Finding:
    """Say a part of a whole beside its target, where it has one."""
    whole = count(one.whole, "criterion", one.trace)
    value = Value(one.share * 100, PERCENT, status=result.status, source=one.trace, of=whole)
    fields = {"value": value, "count": count(one.part, "criterion", one.trace), "of": whole}
    case, more = "plain", {}
    if one.target is not None:
        decimals = 0 if float(one.target.value).is_integer() else 2
        aim = Value(
            one.target.value, PERCENT, decimals, status=result.status, source=one.target.trace
        )
        key = Key(result.index, result.place.slug, result.year, code=one.key)
        (judged,) = judged_target(Measured(key, one.name, value, marks=(Mark("target", aim),)))
        case = _TARGET[judged.case]
        more = {name: judged.fields.get(name) for name in ("mark", "gap")}
        more = more if case != "at" else {"mark": aim}
    return _state(result, "share_of", case, one.key, **fields, **more)


def _announced(result: ProceduresResult) -> Iterator[Why]:
    stated = result.figure("online_rate")
    online = {one.key: one for one in shares(result)}.get("online_rate")
    if (
        stated is not None
        and online is not None
        and abs(stated.value - online.share * 100) > HALF_PRINTED
    ):
        yield Why("online_rate_printed", {"value": _told(stated)})
    posted = result.figure("published_rate")
    if posted is not None:
        yield Why("posted", {"value": _told(posted)})
    given = ((code, result.figure(code)) for code in _ANNOUNCED)
    parts = tuple(Why(code, {"n": _told(one)}) for code, one in given if one is not None)
    decisions = result.figure("announcing_decisions")
    if parts and decisions is not None:
        yield Why("announced_by", {"n": _told(decisions), "parts": parts})
    elif parts:
        yield Why("announced", {"parts": parts})


def _digitised(result: ProceduresResult) -> Iterator[Why]:
    number, rate = result.figure("digitised"), result.figure("digitised_rate")
    if number is not None:
        # «trên 330.000» is no count: without the word the sentence would say more than its source.
        told = {"n": _told(number), "note": number.note, "bound": number.bound}
        yield Why("digitised", {**told, "value": None if rate is None else _told(rate)})
    stated = result.figure("device_satisfied_rate")
    if stated is not None and not any(one.key == "device_unsatisfied" for one in shares(result)):
        yield Why("devices_satisfied", {"value": _told(stated)})


def _apologies(result: ProceduresResult) -> Iterator[Why]:
    letters = {one.key: one for one in shares(result)}.get("apology_letters")
    if letters is None:
        return
    n, late = (
        count(number, "criterion", letters.trace) for number in (letters.part, letters.whole)
    )
    done = letters.part >= letters.whole
    yield Why("apologies_sent" if done else "apologies_so_far", {"n": n, "late": late})


# The nine indices of Thông tư 01/2018/TT-VPCP --------------------------------------------------------


def _assessed(result: ProceduresResult) -> Iterator[Why]:
    if not result.assessments:
        if result.edition.criteria:
            yield Why("not_assessed")
        return
    every = result.assessments
    yield Why("assessed", {"n": count(len(every), "criterion", Why("counted_assessments"))})
    graded = [(one, total) for one in every if (total := one.appraised_total) is not None]
    if graded:
        node = result.edition.get("tt01")
        source = f"{node.rule} {result.edition.legal_basis[0].quoted}"
        ends = {
            name: _end(graded, highest=highest)
            for name, highest in (("lowest", False), ("highest", True))
        }
        yield Why(
            "assessed_from_to", {**ends, "most": Value(node.scale[1], "point", 0, source=source)}
        )
        yield from _grades(result, [total for _, total in graded])
    if len(graded) < len(every):
        yield Why("assessed_partly")


def _end(graded: list[tuple[Assessment, float]], *, highest: bool) -> Why:
    """Tell the lowest or highest total with all that have it, or their number."""
    found = leading(graded, lambda pair: pair[1], 1, extra=0, decimals=2, highest=highest)
    one, total = sorted(graded, key=lambda pair: pair[1], reverse=highest)[0]
    source = Why("nine_added", {"whose": one.unit, "origin": one.scores[0].origin})
    value = Value(total, "point", source=source)
    names = tuple(f"{unit.unit}, {unit.period}" for unit, _ in found.named)
    if names:
        return Why("end_named", {"value": value, "names": names})
    alike = count(found.left, "criterion", Why("counted_alike"))
    return Why("end_alike", {"value": value, "n": alike})


def _grades(result: ProceduresResult, totals: list[float]) -> Iterator[Why]:
    bands = [result.edition.band(float(rounded(total))) for total in totals]
    counts = Counter(band.name for band in bands if band is not None)
    made = [(one.name, counts[one.name]) for one in result.edition.bands if one.name in counts]
    listed = tuple(
        Why("of_grade", {"grade": name, "n": count(number, "criterion", Why("counted_grade"))})
        for name, number in made
    )
    if listed:
        yield Why("grades", {"grades": listed})
