"""Households that may belong to a unit beyond those counted there: what records leave open."""

from __future__ import annotations

import polars as pl

from helpers.indices.poverty.arithmetic import NEAR, POOR
from helpers.indices.poverty.households import END, END_KNOWN, Classified


def left_open(households: Classified, district: str = "", commune: str = "") -> dict[str, int]:
    """Count the households that may belong to a unit beyond those counted there, by column.

    Of the unit itself: those of which no class is known, which may be of any. Of others: those that do
    not say where they live, as far as what they say does not speak against it, in their class.

    Parameters
    ----------
    households : Classified
    district, commune : str
        Both empty for the whole place.

    Returns
    -------
    dict
        By the columns ``tong_ho, ho_ngheo, ho_can_ngheo, both`` (poor and near-poor together).
    """
    keys = {"huyen": district} if not commune else {"huyen": district, "xa": commune}
    frame = households.frame.with_columns(
        pl.col(name).fill_null("") if name in households.frame.columns else pl.lit("").alias(name)
        for name in keys
    )
    if not district and not commune:
        own, elsewhere = frame, frame.clear()
    else:
        is_own = pl.all_horizontal(pl.col(name) == value for name, value in keys.items())
        may_be = pl.all_horizontal(
            (pl.col(name) == value) | (pl.col(name) == "") for name, value in keys.items()
        )
        own, elsewhere = frame.filter(is_own), frame.filter(may_be & ~is_own)
    unknown = _open(own) + _open(elsewhere)
    total, poor, near = elsewhere.select(
        total=pl.col(END).is_not_null().sum(),
        poor=(pl.col(END) == POOR).sum(),
        near=(pl.col(END) == NEAR).sum(),
    ).row(0)
    return {
        "tong_ho": unknown + total,
        "ho_ngheo": unknown + poor,
        "ho_can_ngheo": unknown + near,
        "both": unknown + poor + near,
    }


def _open(frame: pl.DataFrame) -> int:
    return int(frame.select((~pl.col(END_KNOWN)).sum()).item())
