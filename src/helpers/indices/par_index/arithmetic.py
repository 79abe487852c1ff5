"""The arithmetic of PAR INDEX: from a scoring table to points and index, and the published parts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence


def total_of_parts(points: Mapping[str, float], parts: Sequence[str]) -> float | None:
    """Add the published parts of a total (appraised, survey, SIPAS, socio-economic), unrounded.

    Parameters
    ----------
    points : mapping of str to float
        Part to points.
    parts : sequence of str
        The parts that make up the total.

    Returns
    -------
    float or None
        Points; None if a part is not known.
    """
    if not parts or not all(part in points for part in parts):
        return None
    return math.fsum(points[part] for part in parts)


def share(points: float, maximum: float) -> float:
    """Return points over maximum, in percent; the index of an area or part.

    Raises
    ------
    ValueError
        If the maximum is not positive.
    """
    if maximum <= 0:
        raise ValueError(f"điểm tối đa phải lớn hơn 0, không phải {maximum:g}")
    return points / maximum * 100
