"""Writing a file so that a reader never sees half of it."""

from __future__ import annotations

from helpers.inputs.atomic import write_atomically

__all__ = ["write_atomically"]
