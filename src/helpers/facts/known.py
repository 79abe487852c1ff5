"""How much of a base must be known, under its earlier name; its home is :mod:`helpers.facts.known`."""

from helpers.facts.known import KNOWN_SHARE, known_enough

__all__ = ["KNOWN_SHARE", "known_enough"]
