"""Reads a case that a domain expert wrote: figures in plain keys become a Measured.

See ``cases/README.md`` for the keys.
"""

from __future__ import annotations

import math

from helpers.facts import (
    NONE,
    UNKNOWN,
    Earlier,
    Error,
    Group,
    Key,
    Mark,
    Measured,
    Member,
    Peers,
    Place,
    Value,
    Why,
    mark_of,
    rounding,
    sampling,
)

OF_VALUE = {
    *("value", "unit", "decimals", "error", "score", "simulated", "base", "forms", "answers"),
    "bound",
}
OF_MEASURED = OF_VALUE | {
    *("case", "year", "who", "better", "maximum", "peers", "excluded", "not_delivered"),
    *("not_measured", "covariance", "beside", "target", "marks", "printed_place", "group"),
    *("earlier", "parts", "order_by", "pair_error", "needs", "self_scored", "floor", "weights"),
    *("barred", "role", "expect", "absent", "same_sample", "weight", "of"),
}
OWN = "own"


def error(told, decimals=2, sample=""):
    if told in (None, "none"):
        return NONE
    if told == "unknown":
        return UNKNOWN
    if told == "printed":
        return rounding(decimals)
    extra = set(told) - {"se", "freedom", "assumed", "interval"}
    assert not extra, extra
    low, high = told.get("interval", (math.nan, math.nan))
    return sampling(
        told["se"],
        told.get("freedom", math.inf),
        "assumed" if told.get("assumed") else "computed",
        interval=(low, high),
        sample=sample,
    )


def value(told, default, sample=""):
    """Read a value: a number, ``hidden``, ``unknown``, or a mapping of what differs."""
    given = dict(default)
    given |= told if isinstance(told, dict) else {"value": told}
    unit, decimals = given.get("unit", "point"), given.get("decimals", 2)
    number = given["value"]
    if number == "hidden":
        return Value.suppressed(Why("small_group"), unit, decimals)
    if number == "unknown":
        return Value.unknown(
            Why("not_reported"), unit, decimals, error(given.get("error"), decimals)
        )
    counts = {name: given[name] for name in ("forms", "answers") if name in given}
    return Value(
        float(number),
        unit,
        decimals,
        error(given.get("error"), decimals, sample),
        status="simulated" if given.get("simulated") else "official",
        score=given.get("score", ""),
        source="a cell",
        counts=counts,
        of=Value(float(given["base"]), "case", 0) if "base" in given else None,
        bound=given.get("bound", "exact"),
    )


def peers(told, own_value, who, default):
    if "peers" not in told:
        return None
    excluded = {unit: Why(reason) for unit, reason in told.get("excluded", {}).items()}
    values = {unit: value(one, default) for unit, one in told["peers"].items()}
    if who not in excluded:
        values[who] = own_value
    variance = {unit: v.error.standard_error**2 for unit, v in values.items()}
    shared = told.get("covariance")

    def covariance(one, other):
        return variance[one] if one == other else shared

    return Peers(
        values,
        of="units",
        excluded=excluded,
        not_delivered=tuple(told.get("not_delivered", ())),
        not_measured=tuple(told.get("not_measured", ())),
        covariance=None if shared is None else covariance,
        higher_is_better=told.get("better", "higher") == "higher",
    )


def marks(told, who, default, population):
    for kind in told.get("beside", ()):
        yield mark_of(population, who, kind)
    if "target" in told:
        yield Mark("target", value(told["target"], {**default, "error": "none"}), "own_target")
    for kind, one in told.get("marks", {}).items():
        given = one if isinstance(one, dict) else {"value": one}
        difference = given.pop("difference", None) if isinstance(one, dict) else None
        yield Mark(
            kind,
            value(given, default),
            contains_own=kind == "mean",
            difference=None if difference is None else error(difference),
        )


def measured(told, code="total", default=None, year=2024, who="Nam"):
    """Return the Measured that a case describes."""
    strange = set(told) - OF_MEASURED
    assert not strange, f"unknown keys {sorted(strange)}"
    default = {**(default or {}), **{key: told[key] for key in OF_VALUE if key in told}}
    year, who = told.get("year", year), told.get("who", who)
    rest = {key: v for key, v in default.items() if key not in ("value", "forms", "answers")}
    # A base belongs to the number it stands beside.
    rest.pop("base", None)
    sample = "one" if told.get("same_sample") else ""
    own = value({key: told[key] for key in OF_VALUE if key in told}, default, sample)
    population = peers(told, own, who, rest)
    parts = tuple(_part(name, one, rest, year, who, told) for name, one in _items(told, "parts"))
    pair = told.get("pair_error")
    group = told.get("group")
    weights = told.get("weights")
    better = {"higher": True, "lower": False, "neither": None}[told.get("better", "higher")]
    return Measured(
        key=Key("made", "p", year, unit=who, code=code),
        name=code,
        value=own,
        higher_is_better=better,
        maximum=value(told["maximum"], {**rest, "error": "none"}) if "maximum" in told else None,
        peers=population,
        printed_place=_place(told.get("printed_place")),
        marks=tuple(marks(told, who, rest, population)),
        earlier=tuple(_earlier(one, told, rest, code, who) for one in _years(told)),
        parts=parts,
        weights=dict.fromkeys((p.key.code for p in parts), 1.0) if weights == "sum" else weights,
        part_basis=told.get("order_by"),
        part_difference=None if pair is None else lambda one, other: error(pair),
        needs=told.get("needs", {}),
        group=None if group is None else Group(str(group["order"]), **group),
        self_scored=_self(told, rest),
        floor=told.get("floor", 0.0),
    )


def _self(told, rest):
    if "self_scored" not in told:
        return None
    return value(told["self_scored"], {**rest, "score": "self"})


def _items(told, key):
    return told.get(key, {}).items()


def _years(told):
    return [{"year": year, **one} for year, one in told.get("earlier", {}).items()]


def _part(name, told, rest, year, who, whole):
    given = dict(told) if isinstance(told, dict) else {"value": told}
    for key in ("better", "same_sample"):
        if key in whole:
            given.setdefault(key, whole[key])
    return measured(given, name, rest, year, who)


def _earlier(told, now, rest, code, who):
    given = dict(told)
    role, barred = given.pop("role", "previous"), given.pop("barred", None)
    given.setdefault("who", who)
    if "better" in now:
        given["better"] = now["better"]
    return Earlier(
        measured(given, code, rest, given["year"], who),
        role,
        (Why(barred),) if barred else (),
    )


def _place(told):
    return None if told is None else Place(told["rank"], told.get("of"), "a printed table")


def plain(told):
    """Return a field as a case writes it: numbers, names and codes."""
    if isinstance(told, Value):
        return told.number
    if isinstance(told, Member):
        return told.code
    if isinstance(told, tuple):
        return [plain(one) for one in told]
    if isinstance(told, Why):
        return told.rule
    if isinstance(told, Group):
        return told.order
    if isinstance(told, Error):
        return told.kind
    return told


def heading(finding):
    """Return family and slot as a case writes them: ``change.2023``, ``place``."""
    return f"{finding.family}.{finding.slot}" if finding.slot else finding.family
