"""The arithmetic of SIPAS: answers to shares, tabulated results to composites, changes, samples.

Legal bases stand in ``params/indices/sipas.yml`` (Quyết định 1001/QĐ-BNV of 11/12/2023, and before it
2640/QĐ-BNV of 10/10/2017 and 1383/QĐ-BNV of 28/12/2012).
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from helpers.definitions.framework import FrameworkEdition
from helpers.indices.sipas.rules import TOTAL, Scale, SipasRules, dimensions, factors
from helpers.indices.sipas.sample import Floats, Ints


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
