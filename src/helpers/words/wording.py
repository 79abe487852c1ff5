"""Which verb a change gets: a table of size, error and direction, and nothing else.

Source of the rules: the project's style guide; "mạnh" needs both a known error that the change
exceeds (or an exact count) and a size that somebody has stated to be large for the index.
"""

from __future__ import annotations

from dataclasses import dataclass

from helpers.facts.judgement import Direction, Size


@dataclass(frozen=True)
class Wording:
    """The verb for a size and direction of change."""

    size: Size
    direction: Direction
    verb: str


TABLE = (
    Wording("large", "up", "tăng mạnh"),
    Wording("large", "down", "giảm mạnh"),
    Wording("clear", "up", "tăng"),
    Wording("clear", "down", "giảm"),
)


def verb(size: Size, direction: Direction) -> str:
    """Return the verb for a change.

    Raises
    ------
    KeyError
        If the table has no row for it.
    """
    for row in TABLE:
        if (row.size, row.direction) == (size, direction):
            return row.verb
    raise KeyError((size, direction))
