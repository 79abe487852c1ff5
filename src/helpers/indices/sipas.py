"""The arithmetic of SIPAS: answers to shares, tabulated results to composites, changes, samples.

Legal bases stand in ``params/indices/sipas.yml`` (Quyết định 1001/QĐ-BNV of 11/12/2023, and before it
2640/QĐ-BNV of 10/10/2017 and 1383/QĐ-BNV of 28/12/2012).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from helpers.definitions.framework import FrameworkEdition
from helpers.indices.sipas_rules import TOTAL, Scale, SipasRules, dimensions, factors
from helpers.indices.sipas_sample import Floats, Ints


@dataclass(frozen=True)
class Difference:
    """A difference of two independent percentages.

    Parameters
    ----------
    value : float
        Later less earlier, in percentage points.
    low, high : float or None
        Interval; None where an error is not known.
    """

    value: float
    low: float | None = None
    high: float | None = None

    @property
    def known(self) -> bool:
        """Whether the error of the difference is known."""
        return self.low is not None

    @property
    def clear(self) -> bool:
        """Whether the interval excludes zero."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


def split_answers(answers: Ints, scale: Scale) -> tuple[Floats, Floats]:
    """Tell satisfied from other answers.

    Parameters
    ----------
    answers : array of int, responses × items
        Levels as coded in the scale; 0 where there is no answer.
    scale : Scale

    Returns
    -------
    tuple of array
        ``satisfied`` and ``answered``, 1 or 0.

    Raises
    ------
    ValueError
        If a level is not in the scale; the message names it.
    """
    unknown = np.setdiff1d(np.unique(answers), [0, *scale.levels])
    if len(unknown):
        raise ValueError(f"mức trả lời {', '.join(map(str, unknown))} không có trong thang đo")
    answered = (answers != 0).astype(np.float64)
    satisfied = np.isin(answers, scale.satisfied).astype(np.float64)
    return satisfied, answered


def composites(
    values: Mapping[str, float], edition: FrameworkEdition, rules: SipasRules
) -> dict[str, float]:
    """Compute the dimensions and the overall index that a table of results does not print.

    Only means can be computed from printed percentages; counting answers together would need the
    answers. A part is computed only if all its parts are there.

    Parameters
    ----------
    values : mapping
        Code → percentage, as printed.
    edition : FrameworkEdition
    rules : SipasRules

    Returns
    -------
    dict
        The codes that were computed.
    """
    made: dict[str, float] = {}
    if rules.part_rule == "mean":
        for node in (*factors(edition), *dimensions(edition)):
            parts = [{**values, **made}.get(child.code) for child in node.children]
            if node.code not in values and parts:
                _put_mean(made, node.code, parts)
    if TOTAL not in values and rules.overall_rule != "pooled_items":
        tops = dimensions(edition)
        over = factors(edition) if rules.overall_rule == "mean_of_factors" or not tops else tops
        known = {**values, **made}
        asked = [node for node in over if node.code in known]
        # A survey of a department need not ask about policies: its index is that of services.
        services = len(tops) > 1 and [node.code for node in asked] == [tops[-1].code]
        if services or len(asked) == len(over):
            _put_mean(made, TOTAL, [known[node.code] for node in asked])
    return made


def _put_mean(made: dict[str, float], code: str, parts: list[float | None]) -> None:
    known = [part for part in parts if part is not None]
    if known and len(known) == len(parts):
        made[code] = math.fsum(known) / len(known)


def difference(
    later: tuple[float, float, float], earlier: tuple[float, float, float], confidence: float = 0.95
) -> Difference:
    """Compare two independent surveys.

    Parameters
    ----------
    later, earlier : tuple of float
        Percentage, standard error in percentage points (NaN if not known) and degrees of freedom.
    confidence : float

    Returns
    -------
    Difference
        With a t interval; degrees of freedom after Satterthwaite.
    """
    gap = later[0] - earlier[0]
    first, second = later[1] ** 2, earlier[1] ** 2
    if not (math.isfinite(first) and math.isfinite(second)) or min(later[2], earlier[2]) <= 0:
        return Difference(gap)
    if first + second == 0:
        return Difference(gap)
    degrees = (first + second) ** 2 / (first**2 / later[2] + second**2 / earlier[2])
    half = float(stdtrit(degrees, 1 - (1 - confidence) / 2)) * math.sqrt(first + second)
    return Difference(gap, gap - half, gap + half)


def sample_size(population: int, error: float = 0.05) -> int:
    """Return the sample of Quyết định 1383/QĐ-BNV of 28/12/2012: n = N / (1 + N e²), rounded up.

    Parameters
    ----------
    population : int
        Transactions of the service.
    error : float
        Error accepted, as a share.

    Examples
    --------
    >>> sample_size(5182)
    372
    """
    return math.ceil(population / (1 + population * error**2))
