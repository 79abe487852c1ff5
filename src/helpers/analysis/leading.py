"""Cutting lists under its earlier name; its home is :mod:`helpers.facts.leading`."""

from helpers.facts.leading import Leading, leading

__all__ = ["Leading", "leading"]
