"""What a survey must not tell: results of fewer than five people, and what gives them away.

Applied where scores are made, so that text, tables, charts and every report that takes them over see
the same: a hidden score is not a number anywhere (:mod:`helpers.facts.disclosure`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
import pandas as pd

from helpers.definitions.framework import FrameworkEdition
from helpers.facts.disclosure import LEAST, Flags, Sum, is_small, protect
from helpers.indices.sipas.rules import TOTAL, Kind

HIDDEN = "hidden"
"""Column of scores and of forms: not told, to keep answers of single persons from being told."""
_UNKNOWN = float("nan")
_MASKED = ("value", "error", "low", "high", "freedom", "deff", "answers")


def hidden_units(forms: pd.DataFrame, residents: int, customers: int) -> pd.Series:
    """Return which units must not be told of, by their valid forms.

    Districts are sums of their communes; all districts, and all agencies, are sums of the forms of
    their sample, whose numbers are printed. Forms that name no unit are taken account of.

    Parameters
    ----------
    forms : DataFrame
        ``kind, unit, within, valid``; ``within`` is a commune's district. The province's are all forms.
    residents, customers : int
        Valid forms of each sample.

    Returns
    -------
    Series of bool
        By the index of `forms`.
    """
    cells = [float(count) for count in forms["valid"]]
    of_kind: dict[str, list[int]] = defaultdict(list)
    for place, kind in enumerate(forms["kind"]):
        of_kind[str(kind)].append(place)
    sums: list[Sum] = []

    def bind(parts: list[int], total: int) -> None:
        """Make a sum, with what is left over as a part that is not shown."""
        left = cells[total] - sum(cells[part] for part in parts)
        if left > 0:
            # A few forms without a unit are a small group, too; many are unknown to a reader.
            cells.append(left if is_small(left) else _UNKNOWN)
            parts = [*parts, len(cells) - 1]
        sums.append(Sum(total, tuple(parts)))

    units, within = forms["unit"].tolist(), forms["within"].tolist()
    for district in of_kind["district"]:
        inside = [c for c in of_kind["commune"] if within[c] == units[district]]
        if inside:
            bind(inside, district)
    for kind, sample in (("district", residents), ("department", customers)):
        if of_kind[kind]:
            cells.append(float(sample))
            bind(of_kind[kind], len(cells) - 1)
    if of_kind["commune"] and not of_kind["district"]:
        cells.append(float(residents))
        bind(of_kind["commune"], len(cells) - 1)
    hidden = protect(cells, sums)
    return pd.Series(hidden[: len(forms)], index=forms.index)


def hidden_parts(answers: Mapping[str, float], edition: FrameworkEdition) -> frozenset[str]:
    """Return the codes of one unit's parts that must not be told, by the answers to each item.

    A part is made of those below it, so one item that is hidden alone would follow from the others.

    Parameters
    ----------
    answers : mapping
        Item → persons who answered it.
    edition : FrameworkEdition
    """
    if not any(is_small(count) for count in answers.values()):
        return frozenset()
    codes: list[str] = []
    cells: list[float] = []
    sums: list[Sum] = []

    def add(code: str, parts: list[int], count: float) -> int:
        codes.append(code)
        cells.append(count)
        if parts:
            sums.append(Sum(len(codes) - 1, tuple(parts)))
        return len(codes) - 1

    def walk(node: object) -> int | None:
        code, children = str(getattr(node, "code", "")), getattr(node, "children", ())
        if not children:
            known = answers.get(code, 0.0)
            return add(code, [], known) if known > 0 else None
        parts = [part for child in children if (part := walk(child)) is not None]
        return add(code, parts, sum(cells[part] for part in parts)) if parts else None

    tops = [top for node in edition.criteria if (top := walk(node)) is not None]
    add(TOTAL, tops, sum(cells[top] for top in tops))
    hidden: Flags = protect(cells, sums)
    return frozenset(code for code, shut in zip(codes, hidden, strict=True) if shut)


def protected_scores(
    scores: pd.DataFrame,
    forms: pd.DataFrame,
    asked: Mapping[Kind, tuple[str, ...]],
    edition: FrameworkEdition,
) -> pd.DataFrame:
    """Take the scores away that must not be told; a column ``hidden`` says which.

    Parameters
    ----------
    scores : DataFrame
        ``kind, unit, code, value, …, answers``.
    forms : DataFrame
        With ``hidden`` (:func:`hidden_units`).
    asked : mapping
        Kind → items that were asked.
    edition : FrameworkEdition
    """
    shut = {
        (k, u) for k, u, h in zip(*(forms[c] for c in ("kind", "unit", HIDDEN)), strict=True) if h
    }
    hidden = np.array(
        [pair in shut for pair in zip(scores["kind"], scores["unit"], strict=True)], dtype=bool
    )
    items = scores["code"].isin({code for codes in asked.values() for code in codes})
    few = items & (scores["answers"] > 0) & (scores["answers"] < LEAST) & ~hidden
    for (kind, unit), _ in scores[few].groupby(["kind", "unit"], sort=False):
        own = (scores["kind"] == kind) & (scores["unit"] == unit)
        counts = scores[own & items].set_index("code")["answers"].fillna(0.0)
        parts = hidden_parts({str(c): float(n) for c, n in counts.items()}, edition)
        hidden |= (own & scores["code"].isin(parts)).to_numpy()
    made = scores.assign(**{HIDDEN: hidden})
    made.loc[hidden, list(_MASKED)] = np.nan
    # A composite rests on more people than answered its rarest item; that number is a small group's.
    made.loc[made["answers"] < LEAST, "answers"] = np.nan
    return made


def protected_forms(forms: pd.DataFrame) -> pd.DataFrame:
    """Take the numbers of forms away that must not be told."""
    made = forms.copy()
    made[["returned", "valid"]] = made[["returned", "valid"]].astype(float)
    made.loc[made[HIDDEN], ["returned", "valid"]] = np.nan
    return made
