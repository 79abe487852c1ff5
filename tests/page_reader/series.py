"""Named values of one kind that can be ordered: the stuff of superlatives and of pairs «name "
"(value)»."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from .numbers import Value, exact, prints

KIND = re.compile(
    r"^(?:yếu tố|lĩnh vực|nhóm|chỉ số(?: chính)?|chỉ tiêu|tiêu chí|nội dung|khía cạnh|vùng|vị trí ở"
    r"|hộ có|Huyện, |thủ tục|ở) "
)


def plain(label: str) -> str:
    """A label as it is compared: no number before it, no kind, no quotation marks, small."""
    label = re.sub(r"[«»“”\"]", "", label).strip().strip(".;,:")
    label = re.sub(r"^\d+(?:\.\d+[ab]?)*\.? ", "", label)
    return KIND.sub("", label).strip().lower()


@dataclass
class Series:
    """Values by label. ``margin`` tells how far two must lie apart, where they have an error."""

    name: str
    values: dict[str, Value]
    margin: Callable[[str, str], float | None] | None = None
    hidden: frozenset[str] = frozenset()
    complete: bool = True
    aliases: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.plain = {plain(label): label for label in self.values}
        self.plain |= {plain(short): label for short, label in self.aliases.items()}

    def find(self, label: str) -> str | None:
        """The label that is meant."""
        return self.plain.get(label) or self.plain.get(plain(label))

    def prints(self, label: str, text: str) -> bool:
        """Whether the text is the value of the label."""
        known = self.find(label)
        return known is not None and prints(text, self.values[known])

    def order(self, highest: bool) -> list[str]:
        """Labels from the asked end on, hidden ones left out."""
        shown = [label for label in self.values if label not in self.hidden]
        return sorted(shown, key=lambda label: exact(self.values[label]), reverse=highest)

    def apart(self, a: str, b: str) -> bool:
        """Whether two values surely differ."""
        gap = abs(float(exact(self.values[a])) - float(exact(self.values[b])))
        if self.margin is None:
            return gap > 0
        half = self.margin(a, b)
        return half is not None and gap > half

    def end_is(self, named: list[str], highest: bool) -> str:
        """What is wrong with the named ones standing at this end, in this order; empty if nothing."""
        order = self.order(highest)
        if not self.complete:
            return f"{self.name}: không đủ mọi đơn vị"
        for place, label in enumerate(named):
            value = exact(self.values[label])
            if value != exact(self.values[order[place]]):
                return f"{self.name}: thứ {place + 1} là {order[place]}, không phải {label}"
        last = exact(self.values[named[-1]])
        tied = [label for label in order if exact(self.values[label]) == last]
        if any(label not in named for label in tied):
            return f"{self.name}: bằng nhau {', '.join(tied)}"
        if self.hidden:
            worst = [label for label in self.hidden if label in self.values]
            for label in worst:
                value = exact(self.values[label])
                if (value >= last) if highest else (value <= last):
                    return f"{self.name}: có nơi không nêu tên đứng ngoài"
        if self.margin is not None and len(order) > len(named):
            rest = order[len(named)]
            if not self.apart(named[-1], rest):
                return f"{self.name}: {named[-1]} và {rest} không chắc khác nhau"
        return ""
