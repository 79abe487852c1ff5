"""Where a label may stand: boxes against boxes and against lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

Segment = tuple[float, float, float, float]
"""A straight line: x and y of its ends."""


class Box(NamedTuple):
    """The place that something takes, in units."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Return whether two boxes share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def crossings(box: Box, segments: Sequence[Segment]) -> int:
    """Return how many lines run through a box."""
    return sum(_crosses(box, segment) for segment in segments)


def _crosses(box: Box, segment: Segment) -> bool:
    """Cut the line to the box, side by side (Liang and Barsky 1984)."""
    x, y, to_x, to_y = segment
    start, end = 0.0, 1.0
    for step, near, far in (
        (to_x - x, box.left - x, box.right - x),
        (to_y - y, box.top - y, box.bottom - y),
    ):
        if step == 0:
            if near > 0 or far < 0:
                return False
            continue
        first, last = sorted((near / step, far / step))
        start, end = max(start, first), min(end, last)
        if start > end:
            return False
    return True
