"""What goes wrong when a report is published."""

from __future__ import annotations


class PublishError(RuntimeError):
    """A report could not be written in a format; the message says which and what to do."""
