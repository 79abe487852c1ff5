"""The scoring table of PAR INDEX, with the province's rule set laid under it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd

from helpers.definitions.rule_set import Criterion, Kind, RuleSet
from helpers.definitions.rules import SipasPoints
from helpers.indices.scored.result import CriterionRow, RuleCheck, number, text
from helpers.indices.scored.scoring import TOLERANCE, Item, Scoring, parents
from helpers.indices.scored.scoring_rules import points_of
from helpers.inputs.evidence import Evidence, EvidenceError, read_evidence


@dataclass(frozen=True)
class ParTable:
    """A scoring table, read.

    Parameters
    ----------
    scoring : Scoring
    rows : dict of str to CriterionRow
    checks : tuple of RuleCheck
    unknown : tuple of str
        Codes that the province's set does not have.
    absent : tuple of str
        Lowest criteria of the province's set without a row and without points.
    """

    scoring: Scoring
    rows: dict[str, CriterionRow]
    checks: tuple[RuleCheck, ...]
    unknown: tuple[str, ...]
    absent: tuple[str, ...]


def read_table(frame: pd.DataFrame, rules: RuleSet | None, sipas: float | None) -> ParTable | None:
    """Read the table ``par_scoring``.

    Parameters
    ----------
    frame : DataFrame
        As :meth:`helpers.inputs.entry.Entry.table` returns it.
    rules : RuleSet or None
        The province's set; without it maxima and names are those of the table.
    sipas : float or None
        Satisfaction index in percent, for a criterion that converts it.

    Returns
    -------
    ParTable or None
        None if no row was delivered.
    """
    if frame.empty:
        return None
    given = {text(row["ma"]): row for _, row in frame.iterrows()}
    own = {} if rules is None else {node.code: node for node in rules.nodes}
    codes = list(own) + [code for code in given if code not in own]
    above = _parents(rules, codes)
    items, rows, checks = [], {}, []
    for code in codes:
        row, criterion = given.get(code), own.get(code)
        if row is None and criterion is None:
            continue
        item = _item(code, above[code], row, criterion)
        item, check = _by_rule(item, row, criterion, sipas)
        items.append(item)
        rows[code] = _words(item, row)
        if check is not None:
            checks.append(check)
    scoring = Scoring(
        tuple(items),
        None if rules is None else rules.bonus_limit,
        None if rules is None else rules.penalty_limit,
    )
    lowest = [node.code for node in own.values() if not node.children and node.kind == "scored"]
    return ParTable(
        scoring=scoring,
        rows=rows,
        checks=tuple(checks),
        unknown=tuple(code for code in given if own and code not in own),
        absent=tuple(
            code for code in lowest if code not in given and not scoring.by_code[code].has_points
        ),
    )


def _parents(rules: RuleSet | None, codes: list[str]) -> dict[str, str]:
    above = parents(codes)
    for node in () if rules is None else rules.nodes:
        above.update({child.code: node.code for child in node.children})
    for top in () if rules is None else rules.criteria:
        above[top.code] = ""
    return above


def _item(code: str, parent: str, row: Any, criterion: Criterion | None) -> Item:
    if row is None and criterion is not None:
        maximum = criterion.maximum_of_all if criterion.children else criterion.maximum
        return Item(
            code,
            criterion.name,
            parent,
            maximum,
            kind=criterion.kind,
            by_survey=criterion.by_survey,
        )
    applies = row["ap_dung"]
    kind = criterion.kind if criterion else "scored"
    printed = number(row["diem_toi_da"])
    return Item(
        code=code,
        name=text(row["ten"]) or (criterion.name if criterion else code),
        parent=parent,
        # The decision's maximum goes before what was typed beside it.
        maximum=_maximum(printed, criterion),
        applies=True if pd.isna(applies) else bool(applies),
        self_points=_points(row["diem_tu_cham"], kind),
        appraised=_points(row["diem_tham_dinh"], kind),
        survey=_points(row["diem_khao_sat"], kind),
        kind=kind,
        by_survey=bool(criterion and criterion.by_survey),
    )


def _points(value: Any, kind: Kind) -> float | None:
    """Read points; what is taken off is positive, whether or not a minus was typed."""
    points = number(value)
    return abs(points) if points is not None and kind == "penalty" else points


def _maximum(printed: float | None, criterion: Criterion | None) -> float | None:
    if criterion is None or (criterion.maximum is None and not criterion.children):
        return printed
    return criterion.maximum_of_all


def _by_rule(
    item: Item, row: Any, criterion: Criterion | None, sipas: float | None
) -> tuple[Item, RuleCheck | None]:
    """Apply the rule to what was declared; it fills what was not entered, never replaces."""
    if criterion is None or criterion.rule is None or not item.applies:
        return item, None
    evidence = _declared(row, criterion, sipas)
    if evidence is None:
        return item, None
    origin = "" if row is None else text(row["origin"])
    maximum = math.inf if item.maximum is None else item.maximum
    entered = item.survey if item.by_survey else item.self_points
    try:
        read = read_evidence(evidence) if isinstance(evidence, str) else evidence
        computed = points_of(criterion.rule, maximum, read)
    except EvidenceError as error:
        told = str(evidence if isinstance(evidence, str) else evidence.text)
        return item, RuleCheck(item.code, item.name, told, None, entered, str(error), origin)
    if computed is None:
        return _changed(item, applies=False), None
    if entered is None:
        filled = {"survey": computed} if item.by_survey else {"self_points": computed}
        return _changed(item, **filled), None
    if abs(entered - computed) <= TOLERANCE:
        return item, None
    return item, RuleCheck(item.code, item.name, read.text, computed, entered, "", origin)


def _declared(row: Any, criterion: Criterion, sipas: float | None) -> str | Evidence | None:
    declared = "" if row is None else text(row["so_lieu"])
    if declared:
        return declared
    if isinstance(criterion.rule, SipasPoints) and sipas is not None:
        return Evidence(f"SIPAS {sipas:g}%", number=sipas)
    return None


def _changed(item: Item, **changes: Any) -> Item:
    return Item(**{**item.__dict__, **changes})


def _words(item: Item, row: Any) -> CriterionRow:
    if row is None:
        return CriterionRow(item.code, item.name)
    return CriterionRow(
        code=item.code,
        name=item.name,
        cause=text(row["ly_do_mat_diem"]),
        measure=text(row["bien_phap"]),
        owner=text(row["don_vi_chu_tri"]),
        deadline=text(row["thoi_han"]),
        declared=text(row["so_lieu"]),
        origin=text(row["origin"]),
    )
