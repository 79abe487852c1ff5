"""What the words make of one case of ``tests/cases/words``."""

from __future__ import annotations

from words_made import CHECKOUT, document, finding, member, why

from helpers.words.library import load
from helpers.words.printing import ShownMember
from helpers.words.telling import Telling
from helpers.words.text import plain


def said(case, facts, language, index):
    """Return what is read of a case: a sentence, a form of it, a reason, a trace, a member, a word."""
    words = load(CHECKOUT, language, index)
    if "finding" in case:
        made = document(case, facts, language, index)
        telling = Telling(words, made)
        one = finding(case, facts)
        return plain(telling.sentence(one, case.get("subject", ""), case.get("form", "")))
    telling = Telling(words, _nothing(facts, language, index))
    if "rule" in case:
        kind, _, rule = case["rule"].partition(".")
        given = why({"rule": rule, **case.get("args", {})})
        if kind == "label":
            return telling.label(rule, **given.args)
        if kind in ("why", "trace"):
            return plain(telling.why(given)) if kind == "why" else telling.trace(given)
        return telling.label(case["rule"], **given.args)
    if "member" in case:
        return plain(telling.member(ShownMember(telling, member(case["of"])), case["member"]))
    if "term" in case:
        return plain(telling.fragment(words.entry(f"term.{case['term']}"), {}))
    return " | ".join(words.noun(case["noun"]))


def _nothing(facts, language, index):
    made = document({"finding": "level.value"}, facts, language, index)
    return type(made)(index, made.names, {}, {}, language)
