"""With how many digits a number is written out."""

from __future__ import annotations


def digits_of(number: float) -> int:
    """Return with how many digits a number is written out, at most two.

    Examples
    --------
    >>> digits_of(61.5), digits_of(100.0), digits_of(0.125)
    (1, 0, 2)
    """
    return next((d for d in (0, 1) if round(number, d) == round(number, 2)), 2)
