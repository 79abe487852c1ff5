"""Findings from cases written as text: ``tests/cases/words/*.yml``."""

from __future__ import annotations

from pathlib import Path

import yaml

from helpers.facts.families import FAMILIES, Finding
from helpers.facts.finding_fields import FIELDS, MEMBER, MEMBERS, REASONS, WORDS, Member
from helpers.facts.measured import Group
from helpers.facts.value import Error, Key, Value, Why
from helpers.words.document import Document, Remark

CHECKOUT = Path(__file__).resolve().parents[1]
CASES = sorted((CHECKOUT / "tests/cases/words").glob("*.yml"))


def read(path):
    """Return one file of cases: what every case may use, and the cases."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def value(given):
    """Read ``[85.35, percent, 2]``, with a base as a fourth: ``[8, point, 2, [10, point, 0]]``."""
    number, unit, decimals, *base = given
    return Value(
        float(number),
        unit,
        decimals,
        source="ô B2",
        of=value(base[0]) if base else None,
        n=None,
    )


def why(given):
    """Read ``{rule: method_replaced, reason: …}``."""
    args = {name: argument(arg) for name, arg in given.items() if name != "rule"}
    return Why(given["rule"], args)


def argument(given):
    """Read what a rule is told: a value, rules, names, a word, or words with their place."""
    if isinstance(given, dict):
        return Remark(given["quoted"], "ô B2") if "quoted" in given else why(given)
    if isinstance(given, list):
        if isinstance(given[0], list):
            return tuple(map(member, given))
        return value(given) if isinstance(given[0], int | float) else tuple(map(argument, given))
    return given


def member(given):
    """Read ``[thể chế, [8, point, 2]]``, with what else is told of it as a third."""
    name, *rest = given
    more = {key: told_of(key, one) for key, one in (rest[1] if len(rest) > 1 else {}).items()}
    return Member(name, name, value(rest[0]) if rest and rest[0] else None, more)


def told_of(name, given):
    """Read what is told of a part or unit besides its figure."""
    if name == "holders":
        return tuple(member(one) for one in given)
    if name == "group":
        return Group(given, 1, 4, published=True)
    return value(given) if isinstance(given, list) else given


def field(name, given):
    """Read a field by the kind that is declared for it."""
    kind = FIELDS[name]
    if kind is MEMBER:
        return member(given)
    if kind is MEMBERS:
        return tuple(member(one) for one in given)
    if kind is REASONS:
        return tuple(why(one) for one in given)
    if kind is WORDS:
        return tuple(given)
    if name in ("group", "then", "now") and isinstance(given, str):
        return Group(given, 1, 4, published=True)
    if name == "error":
        return Error("sampling", standard_error=1.0, low=given[0], high=given[1])
    return value(given) if isinstance(given, list) else given


def finding(case, facts):
    """Make the finding of a case; fields that it does not give are those of the file."""
    family, _, name = case["finding"].partition(".")
    family, _, key = family.rstrip("]").partition("[")
    known = {**facts, **case.get("fields", {})}
    wanted = [*FAMILIES[family].cases[name], *case.get("with", ()), "subject"]
    fields = {one: field(one, known[one]) for one in dict.fromkeys(wanted)}
    slot = {"": "", "year": "2022", "mark": key or "mean"}[FAMILIES[family].slot]
    return Finding(Key("dti", "ha-tinh", 2023), family, name, fields, slot)


def document(case, facts, language, index):
    """Make a document that holds the finding of a case and those beside it."""
    subject = case.get("subject", "")
    beside = [finding(other, facts) for other in case.get("beside", ())]
    names = facts["names"]
    return Document(index, names, {subject: (finding(case, facts), *beside)}, {}, language)
