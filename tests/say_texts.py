"""Sections of the words as functions of a result, so that a test asks for one as it reads."""

from __future__ import annotations

from helpers.words.say import say
from helpers.words.say import title as _title

SECTIONS = (
    *("overview", "areas", "losses", "published", "changes", "missing", "method", "brief"),
    *("regions", "results"),
)
__all__ = ["title", "weak_points", *SECTIONS]


def _section(name):
    def written(result):
        return say(result, name, heading=False)

    return written


def title(result):
    """Return what the document is called."""
    return _title(result)


def weak_points(result):
    """Return the weak points that a result hands on."""
    return result.weak_points()


globals().update({name: _section(name) for name in SECTIONS})
