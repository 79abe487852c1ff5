"""Which rates have no value for want of data, and what of it is missing for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from helpers.facts.known import known_enough
from helpers.facts.value import Why
from helpers.indices.procedures.arithmetic import IN_TIME, Counts, with_in_time
from helpers.indices.procedures.months import (
    LATE,
    NO_DUE,
    OPEN_IN_TIME,
    OPEN_LATE,
    OPEN_NO_DUE,
    OPEN_UNKNOWN,
    RESOLVED_UNKNOWN,
    UNSURE,
    WITHOUT_DUE,
)
from helpers.indices.procedures.rules import ProcedureRules, RateRule
from helpers.words.text import lower_first

_PARTS = {IN_TIME: ("gq_truoc_han", "gq_dung_han")}
"""Columns that are not in the form → those that they are the sum of."""


def lacking(
    counts: Counts, rules: ProcedureRules, lacks: Mapping[str, tuple[str, ...]]
) -> Iterator[Why]:
    """Say of every rate without a value what is missing for it, rates of the same want together.

    A rate of nothing (no dossier in process) has no value either, and lacks nothing.

    Parameters
    ----------
    counts : mapping of str to Count
        What is known of the whole office.
    rules : ProcedureRules
    lacks : mapping of str to tuple of str
        For counts from a file of dossiers: column of the report → names of the columns of the file
        that some dossier leaves empty (see :func:`left_empty`). Empty for a table or single figures.
    """
    by_want: dict[tuple[str, ...], list[RateRule]] = {}
    for rule in rules.rates:
        if want := _want(rule, counts, rules, lacks):
            by_want.setdefault(want, []).append(rule)
    wants = tuple(
        Why(
            "left_empty" if lacks else "columns_lacking",
            {
                "rates": tuple(
                    Why("rate_of", {"name": one.name, "base": one.base}) for one in rates
                ),
                "columns": tuple(Why("column", {"label": label}) for label in want),
            },
        )
        for want, rates in by_want.items()
    )
    if wants:
        yield Why("lacks_rates_of_records" if lacks else "lacks_rates", {"wants": wants})


def _want(
    rule: RateRule,
    counts: Counts,
    rules: ProcedureRules,
    lacks: Mapping[str, tuple[str, ...]],
) -> tuple[str, ...]:
    known = with_in_time(counts)
    needed = tuple(dict.fromkeys((*rule.numerator, *rule.denominator)))
    missing = [code for code in needed if code not in known]
    if not missing:
        unknown = [code for code in rule.unknown if code in known]
        bottom = sum(known[code].value for code in rule.denominator)
        open_ones = sum(known[code].value for code in unknown)
        if known_enough(bottom - open_ones, open_ones):
            return ()
        missing = unknown
    if lacks:
        return tuple(dict.fromkeys(label for code in missing for label in lacks.get(code, ())))
    parts = [part for code in missing for part in _PARTS.get(code, (code,)) if part not in known]
    return tuple(dict.fromkeys(_column(part, rules) for part in parts))


def _column(code: str, rules: ProcedureRules) -> str:
    """Name a column of the report by its group and label."""
    for column in rules.columns:
        if column.code == code:
            return f"{column.group}: {lower_first(column.label)}"
    raise KeyError(f"Không có cột «{code}» trong params/indices/procedures.yml.")


def left_empty(placed: pl.DataFrame) -> dict[str, tuple[str, ...]]:
    """Return, for each count that dossiers leave open, the columns of their file that are empty.

    Parameters
    ----------
    placed : DataFrame
        One row a dossier of the period: ``class``, ``late``, ``online`` and ``closed_on`` (null if not
        known), ``carried``.

    Returns
    -------
    dict
        Column of the report → columns of the file, none where every dossier tells. An appointed date or
        a day of an end counts only where so many lack it that the rate falls.
    """
    state, due = pl.col("class"), pl.col("late") == WITHOUT_DUE
    dated = pl.col("closed_on").is_not_null()
    found = placed.select(
        (pl.col("online").is_null() & ~pl.col("carried")).any().alias("channel"),
        (state == UNSURE).any().alias("state"),
        (state <= LATE).sum().alias("done"),
        (state == NO_DUE).sum().alias("unknown"),
        ((state == NO_DUE) & due).any().alias("due"),
        ((state == NO_DUE) & ~dated).any().alias("end"),
        ((state == NO_DUE) & ~due & dated).any().alias("kind"),
        state.is_in((OPEN_IN_TIME, OPEN_LATE)).sum().alias("waiting"),
        (state == OPEN_NO_DUE).sum().alias("open"),
    ).row(0, named=True)
    unsure = ("trang_thai",) if found["state"] else ()
    asked = (("due", "ngay_hen_tra"), ("end", "ngay_giai_quyet"), ("kind", "trang_thai"))
    resolved = tuple(column for key, column in asked if found[key])
    kept = () if known_enough(found["done"], found["unknown"]) else resolved
    waiting = ("ngay_hen_tra",) if found["open"] else ()
    held = () if known_enough(found["waiting"], found["open"]) else waiting
    made = {
        **dict.fromkeys(("tn_truc_tuyen", "tn_truc_tiep"), ("kenh",) if found["channel"] else ()),
        **dict.fromkeys(("gq_tong", "dg_tong", "tra_lai"), unsure),
        **dict.fromkeys(("gq_truoc_han", "gq_dung_han", "gq_qua_han", IN_TIME), (*unsure, *kept)),
        **dict.fromkeys(("dg_trong_han", "dg_qua_han"), (*unsure, *held)),
        RESOLVED_UNKNOWN: resolved,
        OPEN_UNKNOWN: waiting,
    }
    return {code: columns for code, columns in made.items() if columns}
