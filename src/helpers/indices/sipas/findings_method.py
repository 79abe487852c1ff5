"""What SIPAS states of its method: basis, measure, combination, errors, ranking, forms, sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from helpers.facts.compared import compact
from helpers.facts.disclosure import is_small
from helpers.facts.families import Finding
from helpers.facts.value import PERCENT, Key, Value, Why, count
from helpers.indices.sipas.forms import Drawn
from helpers.indices.sipas.measured import GROUPS
from helpers.indices.sipas.rules import dimensions, factors, items
from helpers.indices.sipas.survey import Survey

if TYPE_CHECKING:
    from helpers.indices.sipas.model import SipasResult


def method(result: SipasResult) -> tuple[Finding, ...]:
    """Return the statements of the method note, each with its reasons."""
    notes = result.edition.notes
    unsure = [one.text for one in notes if one.status in ("unverified", "inferred")]
    sure = [one.text for one in notes if one.status in ("verified", "derived")]
    stated = {
        "basis": (
            Why("note", {"text": result.edition.name_vi}),
            *(Why("legal_basis", {"quoted": one.quoted}) for one in result.edition.legal_basis),
        ),
        "scoring": tuple(_measure(result)),
        "sums": tuple(_combination(result)),
        "errors": tuple(_design(result)),
        "ranking": tuple(_ranking(result)),
        "notes": tuple(Why("note", {"text": text.rstrip(".")}) for text in unsure),
        "aside": tuple(Why("note", {"text": text.rstrip(".")}) for text in sure),
        "sources": tuple(Why("file", {"file": name}) for name in _files(result)),
    }
    return tuple(
        Finding(_key(result), "method", "stated", {"why": why}, slot)
        for slot, why in stated.items()
        if why
    )


def _key(result: SipasResult) -> Key:
    return Key(result.index, result.place.slug, result.year, code="method")


def _measure(result: SipasResult) -> Iterator[Why]:
    edition, rules = result.edition, result.rules
    asked = len(items(edition))
    source = Why("counted_in_definition")
    yield Why(
        "measure" if asked else "measure_of_factors",
        {
            "factors": count(len(factors(edition)), "factor", source),
            "items": count(asked, "item", source),
        },
    )
    scale = rules.used_scale
    levels = tuple(scale.levels[code].lower() for code in scale.satisfied)
    sure = rules.satisfied_status == "verified"
    told = {"scale": scale.name, "levels": levels}
    yield Why("scale" if sure else "scale_unconfirmed", told)


def _combination(result: SipasResult) -> Iterator[Why]:
    rules = result.rules
    if result.current.survey is None:
        yield Why("results_as_delivered")
    tops = "_with_dimensions" if dimensions(result.edition) else ""
    yield Why(f"part_{rules.part_rule}{tops}")
    own = "overall_rule" in rules.decided
    told = {} if own else {"reason": rules.overall_reason}
    yield Why(f"overall_{rules.overall_rule}_{'decided' if own else 'by_default'}", told)
    yield Why("rounded_once")
    for kind, codes in rules.parts_of.items():
        if kind in result.current.units or kind == result.subject.kind:
            names = tuple(result.edition.get(code).name_vi for code in codes)
            yield Why(f"only_parts_of_{kind}", {"parts": names})
    if rules.decided:
        yield Why("decided", {"rules": tuple(Why(f"rule_{key}") for key in rules.decided)})


def _design(result: SipasResult) -> Iterator[Why]:
    survey = result.current.survey
    if survey is None:
        return
    yield Why("linearised")
    for drawn in survey.drawn:
        yield _drawn(drawn)
    weighted = any(drawn.weighted for drawn in survey.drawn)
    yield Why("weighted" if weighted else "unweighted")
    confidence = Value(100 * result.rules.confidence, PERCENT, 0, source=Why("confidence"))
    yield Why("logit_interval", {"confidence": confidence})
    told = all(drawn.told for drawn in survey.drawn)
    yield Why("strata_told" if told else "strata_assumed")
    if any(drawn.corrected for drawn in survey.drawn):
        yield Why("finite_population")


def _drawn(drawn: Drawn) -> Why:
    told = {
        "strata": count(drawn.strata, "stratum", Why("counted_in_forms")),
        "clusters": count(drawn.clusters, "cluster", Why("counted_in_forms")),
    }
    what = "clusters" if drawn.clustered else "forms"
    if drawn.lonely and drawn.clustered:
        told["lonely"] = count(drawn.lonely, "stratum", Why("counted_in_forms"))
    # How few people stand in a stratum is not told.
    lonely = "_lonely" if drawn.lonely else ""
    return Why(f"drawn_by_{what}{lonely}", {"sample_of": drawn.kind, **told})


def _ranking(result: SipasResult) -> Iterator[Why]:
    if not any(kind in result.current.units for kind in GROUPS.values()):
        return
    yield Why("ranked_unrounded")
    least = count(result.rules.minimum_sample, "forms", Why("least_forms"))
    decided = "minimum_sample" in result.rules.decided
    yield Why("least_decided" if decided else "least_by_default", {"least": least})
    if result.current.survey is not None:
        yield Why("places_by_pairs")


def _files(result: SipasResult) -> list[str]:
    """Return the files that the values of a report were read from."""
    values = [*result.own.values()]
    if not result.place.simulated:
        found = result.national
        values += [*found.scores.values(), *found.means.values()]
        values += [found.rank] if found.rank is not None else []
    traces = [value.source for value in values if isinstance(value.source, str)]
    return sorted({_file(trace) for trace in traces if "data/" in trace})


def _file(trace: str) -> str:
    """Return the file that a trace names."""
    return trace[trace.index("data/") :].split(",")[0].split(" ")[0]


def forms(result: SipasResult) -> tuple[Finding, ...]:
    """Return how many forms were issued, came back and were used, and why others were not."""
    survey = result.current.survey
    figures = {name: result.current.figure(name) for name in ("issued", "returned", "valid")}
    known = {
        name: count(int(figure.value), "forms", figure.trace)
        for name, figure in figures.items()
        if figure is not None
    }
    if survey is not None:
        known["returned"] = _counted(survey.returned, survey)
        known["valid"] = _counted(survey.valid, survey)
        if is_small(survey.returned - survey.valid):
            # The two numbers together would tell of a few people.
            del known["returned"]
    if not known:
        return (Finding(_key(result), "forms", "none"),)
    told = compact(
        **known,
        share_returned=_share(result, known.get("returned"), known.get("issued")),
        share_valid=_share(result, known.get("valid"), known.get("returned")),
    )
    unused = () if survey is None else _unused(result, survey)
    return (Finding(_key(result), "forms", "counted", told), *unused)


def _counted(number: int, survey: Survey) -> Value:
    return count(number, "forms", Why("forms_counted", {"file": survey.origin}))


def _share(result: SipasResult, part: Value | None, whole: Value | None) -> Value | None:
    if part is None or whole is None or not whole.known:
        return None
    return Value(
        part.known / whole.known * 100,
        PERCENT,
        status=result.status,
        source=Why("share_of_forms", {"one": part, "other": whole}),
    )


def _unused(result: SipasResult, survey: Survey) -> Iterator[Finding]:
    key = _key(result)
    share = Value(100 * result.rules.share_answered, PERCENT, 0, source=Why("rule_of_definition"))
    told = {"incomplete": survey.incomplete, "unweighted": survey.without_weight}
    if any(is_small(number) for number in told.values()):
        # Few people are not told of apart.
        both = sum(told.values())
        if is_small(both):
            yield Finding(key, "unused", "few", {"answered": share}, "few")
        else:
            fields = {"n": _counted(both, survey), "answered": share}
            yield Finding(key, "unused", "merged", fields, "merged")
    else:
        for case, number in told.items():
            if number:
                fields = {"n": _counted(number, survey), "answered": share}
                yield Finding(key, "unused", case, fields, case)
    if is_small(survey.other_years):
        yield Finding(key, "unused", "few_other_years", {}, "other_years")
    elif survey.other_years:
        fields = {"n": _counted(survey.other_years, survey)}
        yield Finding(key, "unused", "other_years", fields, "other_years")
