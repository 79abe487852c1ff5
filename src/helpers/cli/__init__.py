"""The command ``chiso``; the last room: it may use all others, and none uses it."""

from helpers.cli.border import main

__all__ = ["main"]
