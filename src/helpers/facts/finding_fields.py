"""Fields of findings and what each of them is, so that the words know what they may print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from helpers.facts.families_counted import FLAGS as FLAGS_COUNTED
from helpers.facts.families_counted import MEMBERS_ALONE
from helpers.facts.families_recomputed import FLAGS as FLAGS_RECOMPUTED
from helpers.facts.families_recomputed import NUMBERS as NUMBERS_RECOMPUTED
from helpers.facts.families_stated import FLAGS, NUMBERS
from helpers.facts.families_stated import WORDS as WORDS_STATED
from helpers.facts.families_surveyed import LISTS as LISTS_SURVEYED
from helpers.facts.families_surveyed import NUMBERS as NUMBERS_SURVEYED
from helpers.facts.measured import Group
from helpers.facts.value import Error, Value, Why

MORE = ("rank", "units", "tied", "group", "median", "gap", "holders", "earlier", "year", "why")
"""What may be told of a part or unit besides name and figure."""


@dataclass(frozen=True)
class Member:
    """A part or a unit that a finding names.

    Parameters
    ----------
    code : str
        Criterion, or unit as the peers call it.
    name : str
        As written inside a sentence.
    value : Value or None
        The figure that goes with it here: its own, what it lost, by how much it moved.
    more : mapping
        What else is told of it in one breath, by the names of :data:`MORE`.
    """

    code: str
    name: str
    value: Value | None = None
    more: Mapping[str, object] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if strange := sorted(set(self.more) - set(MORE)):
            raise ValueError(f"a part or unit has no {strange}")


@dataclass(frozen=True)
class FieldKind:
    """What a field holds.

    Parameters
    ----------
    what : str
        For the catalogue.
    holds : callable
    """

    what: str
    holds: Callable[[object], bool]


def _many(kind: type) -> Callable[[object], bool]:
    return lambda value: isinstance(value, tuple) and all(isinstance(v, kind) for v in value)


def _one(kind: type) -> Callable[[object], bool]:
    return lambda value: isinstance(value, kind)


NUMBER = FieldKind("value", lambda value: isinstance(value, Value) and value.is_known)
ANY_VALUE = FieldKind("value, perhaps without a number", _one(Value))
FLAG = FieldKind("yes or no", _one(bool))
WORD = FieldKind("code of a term, or a name", lambda value: isinstance(value, str) and value != "")
MEMBER = FieldKind("part or unit with its figure", _one(Member))
MEMBERS = FieldKind("list of parts or units", _many(Member))
REASONS = FieldKind("reasons", lambda value: _many(Why)(value) and value != ())
WORDS = FieldKind("list of codes", _many(str))
YEAR = FieldKind("year", lambda value: isinstance(value, int) and not isinstance(value, bool))
GROUP = FieldKind("group", _one(Group))
ERROR = FieldKind("error", _one(Error))


def _table() -> dict[str, FieldKind]:
    kinds: tuple[tuple[FieldKind, str], ...] = (
        (
            NUMBER,
            "value count of rank units missing printed best worst mark gap cases margin gap_second"
            " earlier steps share n needed self_scored total maximum more excluded others upward"
            " downward held_by",
        ),
        (NUMBER, NUMBERS),
        (NUMBER, NUMBERS_SURVEYED),
        (NUMBER, NUMBERS_RECOMPUTED),
        (FLAG, f"assumed better {FLAGS} {FLAGS_COUNTED} {FLAGS_RECOMPUTED}"),
        (WORD, f"kind name side role basis which {WORDS_STATED}"),
        (MEMBER, f"subject high low {MEMBERS_ALONE}"),
        (
            MEMBERS,
            "with_ holders parts candidates up down likely_up likely_down unclear unknown"
            " equal same_print floor barred no_earlier",
        ),
        (MEMBERS, LISTS_SURVEYED),
        (REASONS, "why"),
        (WORDS, "prevents"),
        (YEAR, "year"),
        (ERROR, "error"),
        (GROUP, "group"),
        (FieldKind("value or group", lambda v: isinstance(v, Value | Group)), "then now"),
    )
    return {name: kind for kind, names in kinds for name in names.split()}


FIELDS: Mapping[str, FieldKind] = _table()


def check(name: str, value: object) -> None:
    """Check the type of a field.

    Raises
    ------
    ValueError
        If it does not hold what it should; a field without a value is left out, not None.
    """
    kind = FIELDS.get(name)
    if kind is None or not kind.holds(value):
        wanted = "no field of a finding" if kind is None else f"not a {kind.what}"
        raise ValueError(f"{name}: {value!r} is {wanted}")
