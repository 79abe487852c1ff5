"""How much of a base must be known before a figure over the known ones is given."""

from __future__ import annotations

KNOWN_SHARE = 0.5
"""A rate is given if at least this share of its base is known; less says too little of the others."""


def known_enough(known: float, unknown: float) -> bool:
    """Tell whether a rate over the known ones may be given beside that many unknown ones.

    Examples
    --------
    >>> known_enough(1, 3), known_enough(3, 1), known_enough(0, 0)
    (False, True, True)
    """
    return known >= KNOWN_SHARE * (known + unknown)
