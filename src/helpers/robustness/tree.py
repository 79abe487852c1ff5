"""The tree of a composite index: what is summed into what, with which weight and in which direction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd


@dataclass(frozen=True)
class Tree:
    """A tree of indicators.

    Parameters
    ----------
    parents : mapping of str to str
        Code of every indicator and group but the top, to the code that it belongs to.
    weights : mapping of str to float
        Within a group; those that are not named weigh 1.
    directions : mapping of str to int
        ``-1`` for an indicator whose high values are bad; those that are not named have ``1``.
    """

    parents: Mapping[str, str]
    weights: Mapping[str, float] = field(default_factory=dict)
    directions: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        tops = set(self.parents.values()) - set(self.parents)
        if len(tops) != 1:
            raise ValueError(f"cây chỉ số phải có đúng một gốc, ở đây có: {sorted(tops)}")

    @classmethod
    def flat(cls, indicators: Sequence[str], top: str = "total") -> Tree:
        """Return the tree of indicators that are put together with equal weights."""
        return cls(dict.fromkeys(indicators, top))

    @classmethod
    def of_table(cls, table: pd.DataFrame) -> Tree:
        """Read a tree from a row a node: ``code``, ``parent``, ``weight``, ``direction``."""
        inner = table[table["parent"].notna()]
        codes = inner["code"]
        return cls(
            dict(zip(codes, inner["parent"], strict=True)),
            dict(zip(codes, inner["weight"].astype(float), strict=True)),
            dict(zip(codes, inner["direction"].astype(int), strict=True)),
        )

    @property
    def top(self) -> str:
        """Code of the whole."""
        return next(iter(set(self.parents.values()) - set(self.parents)))

    @property
    def indicators(self) -> tuple[str, ...]:
        """Codes that nothing is summed into, in the order of the tree."""
        groups = set(self.parents.values())
        return tuple(code for code in self.parents if code not in groups)

    def children(self, group: str) -> tuple[str, ...]:
        """Codes that belong to a group."""
        return tuple(code for code, parent in self.parents.items() if parent == group)

    def groups(self) -> Iterator[str]:
        """Yield the groups, each after those that belong to it; the top comes last."""

        def below(group: str) -> Iterator[str]:
            for child in self.children(group):
                if self.children(child):
                    yield from below(child)
            yield group

        yield from below(self.top)

    def weight(self, code: str) -> float:
        """Return the weight of a code within its group."""
        return float(self.weights.get(code, 1.0))

    def direction(self, code: str) -> int:
        """Return 1, or -1 if high values are bad."""
        return int(self.directions.get(code, 1))

    def without(self, code: str) -> Tree:
        """Return the tree without an indicator or group, and without groups that this leaves empty."""
        gone = {code}
        while more := {one for one, parent in self.parents.items() if parent in gone} - gone:
            gone |= more
        kept = {one: parent for one, parent in self.parents.items() if one not in gone}
        parent = self.parents[code]
        made = Tree(kept, self.weights, self.directions) if kept else None
        if made is None:
            raise ValueError(f"bỏ «{code}» thì cây chỉ số không còn gì")
        return made if made.children(parent) or parent == made.top else made.without(parent)
