"""What is wrong with one value, before it is known where it stands."""

from __future__ import annotations


class BadValueError(ValueError):
    """A cell that cannot be read.

    Parameters
    ----------
    rule : str
        Stable identifier, such as ``"ambiguous-number"``.
    message, remedy : str
        Vietnamese: what was found and what to do about it, as in a Problem.
    """

    def __init__(self, rule: str, message: str, remedy: str) -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message
        self.remedy = remedy
