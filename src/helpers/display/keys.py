"""The legend of a chart: entries that flow over as many lines as they need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from helpers.display.canvas import Canvas, Fill
from helpers.display.theme import GROUPS

SIGN = 20.0
"""Units for the sign of an entry."""
GAP = 6.0
BETWEEN = 15.0


class Entry(NamedTuple):
    """One entry: a sign of :data:`SIGNS` or the fill of a box, and its finished words."""

    sign: str | Fill
    label: str


def draw_keys(
    canvas: Canvas, entries: Sequence[Entry], top: float = 2.0, left: float = 0.0
) -> float:
    """Draw entries from the upper left on.

    Parameters
    ----------
    canvas : Canvas
    entries : sequence of Entry
    top : float
        Units above the first line.
    left : float
        Where lines begin.

    Returns
    -------
    float
        Where what comes below may begin.
    """
    line = canvas.leading + 3
    x, y = left, top + line / 2
    for entry in entries:
        text = canvas.lines_of(entry.label, canvas.width - left - SIGN - GAP)
        need = SIGN + GAP + max(map(canvas.width_of, text))
        if x > left and x + need > canvas.width:
            x, y = left, y + line
        if isinstance(entry.sign, Fill):
            canvas.filled(entry.sign, x, y - 6, SIGN, 12)
        else:
            SIGNS[entry.sign](canvas, x, y)
        canvas.lines("ink", x + SIGN + GAP, y, text)
        y += canvas.leading * (len(text) - 1)
        x += need + BETWEEN
    return y + line / 2


def group_entries(names: Sequence[str], *, marked: bool) -> list[Entry]:
    """Return the entries of the groups, the highest first.

    Parameters
    ----------
    names : sequence of str
        Low to high.
    marked : bool
        Whether the chart draws the marks of the groups, or only bars in their order.
    """
    kind = "mark" if marked else "bar"
    return [Entry(f"{kind}{group}", names[group - 1]) for group in sorted(GROUPS, reverse=True)]


def _bar(group: int) -> Callable[[Canvas, float, float], None]:
    return lambda canvas, x, y: canvas.rect(f"bar{group}", x, y - 2, SIGN, 4)


def _marked(group: int) -> Callable[[Canvas, float, float], None]:
    def draw(canvas: Canvas, x: float, y: float) -> None:
        canvas.rect(f"bar{group}", x, y + 4, SIGN, 3.5)
        canvas.mark(f"mark{group}", GROUPS[group].marker, x + SIGN / 2, y - 1, 5.5)

    return draw


def _tile(group: int) -> Callable[[Canvas, float, float], None]:
    def draw(canvas: Canvas, x: float, y: float) -> None:
        canvas.rect(f"bar{group}", x, y - 7, SIGN, 14)
        canvas.mark(f"on{group}", GROUPS[group].marker, x + SIGN / 2, y, 3.6)

    return draw


def _folded(canvas: Canvas, x: float, y: float) -> None:
    canvas.rect("dot-fill", x, y - 7, SIGN, 14)
    canvas.path("fold", f"M{x + SIGN - 7:g} {y - 7:g}h7v7Z")


def _across(role: str) -> Callable[[Canvas, float, float], None]:
    return lambda canvas, x, y: canvas.line(role, x, y, x + SIGN, y)


def _upright(role: str) -> Callable[[Canvas, float, float], None]:
    return lambda canvas, x, y: canvas.line(role, x + SIGN / 2, y - 7, x + SIGN / 2, y + 7)


def _box(role: str) -> Callable[[Canvas, float, float], None]:
    return lambda canvas, x, y: canvas.rect(role, x, y - 5, SIGN, 10)


def _dot(role: str, radius: float) -> Callable[[Canvas, float, float], None]:
    return lambda canvas, x, y: canvas.circle(role, x + SIGN / 2, y, radius)


def _diamond(role: str) -> Callable[[Canvas, float, float], None]:
    return lambda canvas, x, y: canvas.mark(role, "D", x + SIGN / 2, y, 4.6)


def _own_line(canvas: Canvas, x: float, y: float) -> None:
    canvas.line("own-line", x, y, x + SIGN, y)
    canvas.circle("own", x + SIGN / 2, y, 3.4)


def _with_interval(kind: str) -> Callable[[Canvas, float, float], None]:
    def draw(canvas: Canvas, x: float, y: float) -> None:
        canvas.line(f"{kind}-line", x, y, x + SIGN, y)
        if kind == "own":
            canvas.mark("own-mark", "D", x + SIGN / 2, y, 4.6)
        else:
            canvas.circle("fill-mark", x + SIGN / 2, y, 4)

    return draw


SIGNS: dict[str, Callable[[Canvas, float, float], None]] = {
    **{f"bar{group}": _bar(group) for group in GROUPS},
    **{f"mark{group}": _marked(group) for group in GROUPS},
    **{f"tile{group}": _tile(group) for group in GROUPS},
    "no-tile": lambda canvas, x, y: canvas.hatched(x, y - 7, SIGN, 14),
    "folded": _folded,
    "own-tile": lambda canvas, x, y: canvas.rect("own-frame", x + 1, y - 6, SIGN - 2, 12),
    "median": _upright("tick"),
    "upright-dash": _upright("dash"),
    "upright-tick": _upright("tick"),
    "upright-point-line": _upright("point-line"),
    "own-tick": _upright("own-line"),
    "best": _dot("best", 3.4),
    "dot": _dot("dot-mark", 2.6),
    "big-dot": _dot("dot-mark", 3.4),
    "own-line": _own_line,
    "own-point": _dot("own", 3.4),
    "own-hollow": _dot("own-hollow", 3.4),
    "own-diamond": _diamond("own-mark"),
    "mid-line": _across("mid-line"),
    "mid-dot": _dot("mid-mark", 3),
    "break": lambda canvas, x, y: canvas.hatched(x + 3, y - 7, SIGN - 6, 14),
    "fill": _box("fill"),
    "quiet": _box("mid-mark"),
    "dot-box": _box("dot-mark"),
    "rest": _box("rest"),
    "own-box": _box("own"),
    "interval": _with_interval("fill"),
    "own-interval": _with_interval("own"),
    "hollow": _dot("fill-hollow", 3.8),
    "fill-square": lambda canvas, x, y: canvas.mark("fill-mark", "s", x + SIGN / 2, y, 4.6),
    "plain-point": _dot("fill-mark", 4),
}
"""How the sign of an entry is drawn: canvas, left end, middle of the line."""
