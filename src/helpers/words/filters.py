"""The filters that a sentence may use: lists, counts, forms of words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from helpers.words.numbers import Number, decimal, rounded
from helpers.words.printing import NotShownError, ShownMany, ShownMember, ShownValue, capital
from helpers.words.template import Shown
from helpers.words.text import plain

_COMMA = re.compile(r",(?!\d)")
TELLING = "_telling"
"""Name below which a template's context holds who tells; a sentence cannot write it."""


def _items(value: object) -> list[Markup]:
    if isinstance(value, ShownMany):
        return [item.markup() for item in value.items]
    if isinstance(value, list):
        return value
    if isinstance(value, Shown):
        return [value.markup()]
    raise NotShownError("bộ lọc này cần một danh sách.")


@pass_context
def listed(context: Context, value: object) -> Markup:
    """Join items as a sentence does: A, B và C; semicolons where an item holds a comma."""
    items = _items(value)
    joints = context[TELLING].words.terms.joints
    # The comma of a decimal does not part anything.
    apart = any(_COMMA.search(plain(item)) for item in items)
    between = joints.semicolon if apart else joints.comma
    if len(items) > 2:
        last = joints.last_apart if apart else joints.last
        return Markup(between).join(items[:-1]) + Markup(last) + items[-1]  # noqa: S704
    return Markup(joints.two).join(items)  # noqa: S704


@pass_context
def each(context: Context, value: object, form: str) -> list[Markup]:
    """Write each part or unit of a list by the heading ``member.<form>``."""
    if not isinstance(value, ShownMany):
        raise NotShownError("each cần một danh sách.")
    telling = context[TELLING]
    made = []
    for item in value.items:
        if not isinstance(item, ShownMember):
            raise NotShownError("each cần danh sách các phần hoặc đơn vị.")
        made.append(telling.member(item, form))
    return made


@pass_context
def count(context: Context, value: object, noun: str) -> Markup:
    """Write how many: a small number in words, a larger one in digits, and the noun in its form."""
    telling = context[TELLING]
    terms = telling.words.terms
    forms = telling.words.noun(noun)
    if isinstance(value, ShownMany):
        number, trace = len(value.items), telling.counted(noun)
    elif isinstance(value, ShownValue):
        known = value.value.known
        if rounded(known, 0) != rounded(known, value.value.decimals):
            raise NotShownError("count cần một số đếm.")
        number, trace = int(rounded(known, 0)), telling.source(value.value)
    else:
        raise NotShownError("count cần một danh sách hoặc một số đếm.")
    words = terms.numbers
    text = words[number] if 0 <= number < len(words) else decimal(number, 0, terms.locale)
    return Markup(f"{Number(text, trace)} {terms.form(forms, number)}")  # noqa: S704


@pass_context
def forms(context: Context, value: object, one: str, other: str) -> Markup:
    """Choose a word by how many there are."""
    if isinstance(value, ShownMany):
        number = Decimal(len(value.items))
    elif isinstance(value, ShownValue):
        number = rounded(value.value.known, value.value.decimals)
    else:
        raise NotShownError("forms cần một danh sách hoặc một số đếm.")
    return Markup(context[TELLING].words.terms.form((one, other), number))  # noqa: S704


def lower(value: object) -> Markup:
    """Take the capital of a name inside a sentence, unless it begins an abbreviation."""
    text = value.markup() if isinstance(value, Shown) else value
    if not isinstance(text, Markup):
        raise NotShownError("lower cần một tên.")
    return text if text[1:2].isupper() else Markup(text[:1].lower() + text[1:])  # noqa: S704


@pass_context
def commas(context: Context, value: object) -> Markup:
    """Join items by commas alone."""
    return Markup(context[TELLING].words.terms.joints.comma).join(_items(value))  # noqa: S704


@pass_context
def semicolons(context: Context, value: object) -> Markup:
    """Join items by semicolons alone."""
    return Markup(context[TELLING].words.terms.joints.semicolon).join(_items(value))  # noqa: S704


def sentences(value: object) -> Markup:
    """Write each item as a sentence; the last stop is that of the text around them."""
    return Markup(". ").join(Markup(capital(item)) for item in _items(value))  # noqa: S704


FILTERS: Mapping[str, Callable[..., Any]] = {
    "listed": listed,
    "each": each,
    "count": count,
    "forms": forms,
    "lower": lower,
    "commas": commas,
    "semicolons": semicolons,
    "sentences": sentences,
}
