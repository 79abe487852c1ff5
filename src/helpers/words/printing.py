"""How facts are printed: the one place where a value of a finding becomes digits, unit and trace."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from markupsafe import Markup

from helpers.facts.finding_fields import Member
from helpers.facts.measured import Group
from helpers.facts.value import PERCENT, Error, Value, Why
from helpers.words.abbreviations import as_given
from helpers.words.document import Address, Named, Remark, Written
from helpers.words.numbers import Number, decimal, places_of_share, rounded
from helpers.words.template import Shown
from helpers.words.terms import split_forms
from helpers.words.text import escape

if TYPE_CHECKING:
    from helpers.words.telling import Telling

MAGNITUDES = frozenset({"gap", "gap_second", "steps", "margin"})
"""Fields that are sizes: the case says the direction, so a sign would say it twice."""

_SPAN = r'\[([^\]\[]*)\]\{\.so title="([^"]*)"\}'
_QUOTED = re.compile(r"(?<![\d/])(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?(?![\d/])")
_YEAR = re.compile(r"20\d\d")
_FRACTION = re.compile(rf"{_SPAN}/{_SPAN}")


class NotShownError(ValueError):
    """A fact cannot be printed as it is; the message is Vietnamese."""


def written(telling: Telling, value: Value, *, size: bool = False) -> Number:
    """Write the digits of a value, with where they come from."""
    if value.number is None:
        raise NotShownError("giá trị chưa biết hoặc không được nêu thì không in được.")
    number = abs(value.number) if size else value.number
    digits = value.decimals
    if value.unit == PERCENT:
        digits = places_of_share(number / 100, digits)
    text = decimal(number, digits, telling.words.terms.locale)
    return Number(text, telling.source(value))


def unit_of(telling: Telling, value: Value) -> str:
    """Write the unit of a value as it follows the digits, in the form that their number asks for."""
    terms = telling.words.terms
    unit = terms.units.get(value.unit)
    if unit is None:
        raise NotShownError(f"terms.yml chưa có đơn vị «{value.unit}».")
    space = " " if unit.startswith(" ") else ""
    return space + terms.form(split_forms(unit), abs(rounded(value.known, value.decimals)))


class ShownValue:
    """A value: digits of the language in a traced span, and its unit.

    Parts: ``bare`` without the unit; ``signed`` with its sign; ``counted`` without the unit, with what
    makes it a bound and a nought before one digit, as official documents count things and people;
    ``of`` its base; ``source`` where it comes from.
    """

    def __init__(self, telling: Telling, value: Value, *, size: bool = False) -> None:
        self._telling = telling
        self.value = value
        self._size = size

    def __bool__(self) -> bool:
        return True  # asked only whether it is there; nought is there, too

    def bare(self) -> Markup:
        """Write the digits alone."""
        return Markup(str(written(self._telling, self.value, size=self._size)))  # noqa: S704

    def markup(self) -> Markup:
        """Write digits and unit."""
        digits = self.bare()
        bounds = self._telling.words.terms.bounds
        before = "" if self.value.bound == "exact" else bounds[self.value.bound]
        return Markup(before) + digits + Markup(unit_of(self._telling, self.value))  # noqa: S704

    def _with_sign(self) -> Markup:
        made = written(self._telling, self.value)
        sign = "+" if rounded(self.value.known, self.value.decimals) > 0 else ""
        return Markup(str(Number(f"{sign}{made.text}", made.trace)))  # noqa: S704

    def part(self, name: str) -> object:
        """Return the digits alone, or the base."""
        if name == "bare":
            return self.bare()
        if name == "signed":
            return self._with_sign()
        if name == "counted":
            number = written(self._telling, self.value, size=self._size)
            padded = f"0{number.text}" if re.fullmatch(r"[1-9]", number.text) else number.text
            bound = self.value.bound
            before = "" if bound == "exact" else self._telling.words.terms.bounds[bound]
            return Markup(f"{before}{Number(padded, number.trace)}")  # noqa: S704
        if name == "source":
            return ShownWord(self._telling.source(self.value))
        if name == "of" and self.value.of is not None:
            return ShownValue(self._telling, self.value.of)
        raise LookupError(name)


class ShownWord:
    """A year, a name, or a word of a closed list.

    Parameters
    ----------
    text : str or callable
        A callable is asked when it is printed: a name that nobody prints lacks no translation.
    """

    def __init__(self, text: str | Callable[[], str]) -> None:
        self._text = text

    def __bool__(self) -> bool:
        return bool(self._text)

    def markup(self) -> Markup:
        """Write it so that it comes out as it is."""
        text = self._text if isinstance(self._text, str) else self._text()
        return Markup(escape(text))  # noqa: S704

    def part(self, name: str) -> object:
        """Have no parts."""
        raise LookupError(name)


class ShownRemark:
    """A person's own sentence: each numeral in it is traced to where the sentence stands."""

    def __init__(self, remark: Remark, short: Iterable[str] = ()) -> None:
        self._remark = remark
        self._short = short

    def markup(self) -> Markup:
        """Write it so that it comes out as it is, without the stop that its sentence brings."""
        text = escape(self._remark.text.rstrip(" ."))
        return Markup(as_given(_QUOTED.sub(self._traced, text), self._short))  # noqa: S704

    def _traced(self, found: re.Match[str]) -> str:
        numeral = found[0]
        return numeral if _YEAR.fullmatch(numeral) else str(Number(numeral, self._remark.source))

    def part(self, name: str) -> object:
        """Have no parts."""
        raise LookupError(name)


class ShownWritten:
    """A sentence that an index wrote, without the stop that the text around it brings."""

    def __init__(self, written: Written) -> None:
        self._written = written

    def markup(self) -> Markup:
        """Write it as it is."""
        return Markup(self._written.markdown.strip().rstrip("."))  # noqa: S704

    def part(self, name: str) -> object:
        """Have no parts."""
        raise LookupError(name)


class ShownAddress:
    """The address of a page, as a link is written."""

    def __init__(self, address: Address) -> None:
        self._address = address

    def markup(self) -> Markup:
        """Write it as it is: between the signs of a link nothing is escaped."""
        return Markup(self._address.url)  # noqa: S704

    def part(self, name: str) -> object:
        """Have no parts."""
        raise LookupError(name)


class ShownMember:
    """A part or unit: its name; parts ``name``, ``value``, and what else is told of it."""

    def __init__(self, telling: Telling, member: Member) -> None:
        self._telling = telling
        self.member = member

    def markup(self) -> Markup:
        """Write its name."""
        return ShownWord(partial(self._telling.name, self.member.name)).markup()

    def part(self, name: str) -> object:
        """Return name or value."""
        if name == "name":
            return ShownWord(partial(self._telling.name, self.member.name))
        if name == "value" and self.member.value is not None:
            return ShownValue(self._telling, self.member.value)
        if name in self.member.more:
            return shown(self._telling, name, self.member.more[name])
        raise LookupError(name)


class ShownInterval:
    """The interval of a value: parts ``low``, ``high`` and ``confidence``."""

    def __init__(self, telling: Telling, error: Error, value: Value) -> None:
        self._telling = telling
        self._ends = {"low": error.low, "high": error.high}
        self._confidence = error.confidence
        self._value = value

    def markup(self) -> Markup:
        """Refuse: an interval has two ends."""
        raise NotShownError("viết {{ error.low }} và {{ error.high }}.")

    def part(self, name: str) -> object:
        """Return an end, or the confidence."""
        if name == "confidence":
            said = Value(100 * self._confidence, PERCENT, 0, source=Why("confidence"))
            return ShownValue(self._telling, said)
        if name not in self._ends:
            raise LookupError(name)
        source = Why("interval", {"value": self._value})
        return ShownValue(self._telling, self._value.with_number(self._ends[name], source))


class ShownWhy:
    """A reason, said by the words."""

    def __init__(self, telling: Telling, why: Why) -> None:
        self._telling = telling
        self._why = why

    def markup(self) -> Markup:
        """Write the reason as part of a sentence."""
        return self._telling.why(self._why)

    def part(self, name: str) -> object:
        """Have no parts."""
        raise LookupError(name)


class ShownMany:
    """A list, printed only through a filter, except reasons, of which most lists hold one."""

    def __init__(self, items: Sequence[Shown]) -> None:
        self.items = tuple(items)

    def __bool__(self) -> bool:
        return bool(self.items)

    def __iter__(self) -> object:
        return iter(self.items)

    def markup(self) -> Markup:
        """Write the only item."""
        if len(self.items) != 1:
            raise NotShownError("một danh sách cần bộ lọc, ví dụ {{ ten | listed }}.")
        return self.items[0].markup()

    def part(self, name: str) -> object:
        """Have no parts."""
        raise LookupError(name)


class Nothing:
    """What may be there and is not: it can be asked for, not printed."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __bool__(self) -> bool:
        return False

    def markup(self) -> Markup:
        """Refuse."""
        told = f"«{self._name}» không có ở đây; hãy hỏi bằng {{% if {self._name} %}} trước khi in."
        raise NotShownError(told)

    def part(self, name: str) -> object:
        """Have no parts."""
        raise LookupError(name)


def shown(telling: Telling, name: str, value: object) -> object:
    """Return a field of a finding, or an argument of a rule, as a template prints it."""
    if isinstance(value, bool):
        return value
    if isinstance(value, Value):
        return ShownValue(telling, value, size=name in MAGNITUDES)
    if isinstance(value, Member):
        return ShownMember(telling, value)
    if isinstance(value, Why):
        return ShownWhy(telling, value)
    if isinstance(value, Group):
        return _group(telling, value)
    if isinstance(value, Remark):
        return ShownRemark(value, telling.words.terms.abbreviations.all)
    if isinstance(value, Written):
        return ShownWritten(value)
    if isinstance(value, Address):
        return ShownAddress(value)
    if isinstance(value, Named):
        return ShownWord(partial(telling.named, value))
    if isinstance(value, int):
        return ShownWord(str(value))
    if isinstance(value, str):
        return ShownWord(partial(telling.word, name, value)) if value else Nothing(name)
    if isinstance(value, tuple):
        return ShownMany([_item(telling, name, item) for item in value])
    raise NotShownError(f"«{name}» là {type(value).__name__}, không in được.")


def _group(telling: Telling, group: Group) -> object:
    """Return a group by its word; one that is named by its limits keeps where they were read."""
    known = telling.words.term("group", group.code) is not None
    if known or not isinstance(group.source, str) or not group.source:
        return ShownWord(partial(telling.word, "group", group.code))
    return ShownRemark(Remark(telling.name(group.code), group.source))


def argument(telling: Telling, name: str, value: object) -> object:
    """Return what a rule is told; what has no form of its own is refused only if it is printed."""
    try:
        return shown(telling, name, value)
    except NotShownError:
        return Nothing(name)


def _item(telling: Telling, name: str, value: object) -> Shown:
    item = shown(telling, name, value)
    if not isinstance(item, Shown):
        raise NotShownError(f"«{name}» chứa {type(value).__name__}, không in được.")
    return item


def polished(markdown: str) -> str:
    """Join what was written in pieces: one space between words, one span for ``13/15``."""
    text = " ".join(markdown.split())
    return _FRACTION.sub(_joined, text)


def _joined(found: re.Match[str]) -> str:
    one, first, other, second = found.groups()
    title = first if first == second else "; ".join(part for part in (first, second) if part)
    return f'[{one}/{other}]{{.so title="{title}"}}'


_FIRST = re.compile(r"^([*_\[\"“(]*)(\w)")


def capital(markdown: str) -> str:
    """Give a sentence its capital; a link or a reference keeps its letter."""
    return _FIRST.sub(lambda found: found[1] + found[2].upper(), markdown)
