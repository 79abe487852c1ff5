"""The command ``chiso``; the last room: it may use all others, and none uses it."""

from helpers.cli.app import main

__all__ = ["main"]
