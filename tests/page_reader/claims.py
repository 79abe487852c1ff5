"""What a sentence claims: marks that must be read, and the frames that read and check them.

A *mark* is a numeral or a word of comparison. A *frame* is a pattern of wording whose slots are names
and numbers; it recomputes what the words claim and so covers the marks in its span. A sentence is
read when frames, followed traces and quotations cover all of its marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from .numbers import N
from .pages import Page, Text

COMPARISON = re.compile(
    r"(?<!\w)(?:(?:cao|thấp|lớn|nhỏ|nhiều|ít|tốt|kém|sớm|muộn|nhanh|chậm)(?: đều)? hơn"
    r"|(?:cao|thấp|lớn|nhỏ|nhiều|ít|tốt|kém|yếu|mạnh|rộng|gần|nhanh|chậm) (?:điểm )?nhất"
    r"|đứng đầu|đứng cuối|dẫn đầu|vượt|chưa đạt|đạt (?:mục tiêu|chỉ tiêu)|tăng|giảm|thụt lùi"
    r"|bằng (?:nhau|trung vị|mức|bình quân)|ngang (?:bằng|nhau|mức)|gấp|chuyển (?:từ nhóm|sang nhóm)"
    r"|liền (?:trên|dưới)|không đổi|như năm|giữ nguyên (?:nhóm|vị trí|thứ hạng))(?!\w)",
    re.IGNORECASE,
)
FIGURE = re.compile(rf"(?<![\w.,/])(?:{N})(?:/(?:{N}))?%?|(?<=[\w(–])\d+(?:[.,/]\d+)*%?")


@dataclass(frozen=True)
class Finding:
    """One thing that a page says and that is not so."""

    page: str
    kind: str
    said: str
    right: str


@dataclass
class At:
    """Where a frame stands: the page, the sentence, and what the paragraph said before it."""

    page: Page
    facts: object
    text: Text
    before: str = ""
    findings: list[Finding] = field(default_factory=list)
    checked: int = 0
    covered: list[tuple[int, int]] = field(default_factory=list)
    """Spans that a frame read apart from its own span."""

    def check(self, holds: bool, kind: str, right: str, said: str = "") -> None:
        """Count a claim as checked; note it where it does not hold."""
        self.checked += 1
        if not holds:
            self.findings.append(Finding(self.page.name, kind, said or self.text.text, right))


Handler = Callable[[At, "re.Match[str]"], object]


@dataclass(frozen=True)
class Frame:
    """A pattern of wording and what checks it."""

    pattern: re.Pattern[str]
    handler: Handler
    kinds: frozenset[str]


FRAMES: list[Frame] = []


def frame(pattern: str, kinds: Iterable[str] = ()) -> Callable[[Handler], Handler]:
    """Register a frame; its handler returns False where it does not know the thing named."""

    def register(handler: Handler) -> Handler:
        FRAMES.append(Frame(re.compile(pattern), handler, frozenset(kinds)))
        return handler

    return register


def marks(text: str) -> list[tuple[int, int]]:
    """Spans of numerals and words of comparison."""
    found = [m.span() for m in FIGURE.finditer(text)] + [
        m.span() for m in COMPARISON.finditer(text)
    ]
    return sorted(found)


@dataclass
class Reading:
    """A sentence with its marks, and which of them were covered."""

    text: Text
    marks: list[tuple[int, int]]
    covered: list[tuple[int, int]] = field(default_factory=list)

    def open(self) -> list[str]:
        """Marks that nothing has read."""
        return [
            self.text.text[a:b]
            for a, b in self.marks
            if not any(x <= a and b <= y for x, y in self.covered)
        ]

    @property
    def read(self) -> bool:
        return not self.open()


def read_sentence(at: At) -> Reading:
    """Let every frame that fits check its part of the sentence."""
    reading = Reading(at.text, marks(at.text.text))
    for traced in at.text.traced:
        if follow(at, traced.text, traced.title) is not None:
            reading.covered.append((traced.start, max(traced.end, traced.start + 1)))
            after = at.text.text[traced.end : traced.end + 1]
            if after == "%":
                reading.covered.append((traced.start, traced.end + 1))
    for known in FRAMES:
        if known.kinds and at.page.kind not in known.kinds:
            continue
        for found in known.pattern.finditer(at.text.text):
            if known.handler(at, found) is not False:
                reading.covered.append(found.span())
    reading.covered += at.covered
    if reading.marks and not reading.read:
        reading.covered += quotations(at)
    return reading


def follow(at: At, said: str, title: str) -> bool | None:
    """Follow a trace (bound late: traces need the facts, which need these types)."""
    from .traces import check_trace

    return check_trace(at, said, title)


def quotations(at: At) -> list[tuple[int, int]]:
    """Spans that stand word for word in a definition or in what the office delivered."""
    small = at.text.text.lower()
    found = []
    known = at.facts.quotable(at.page.slug, at.page.year, at.page.office)  # type: ignore[attr-defined]
    for text in (*known, *at.facts.texts):  # type: ignore[attr-defined]
        start = small.find(text)
        while start >= 0:
            found.append((start, start + len(text)))
            start = small.find(text, start + 1)
    return found
