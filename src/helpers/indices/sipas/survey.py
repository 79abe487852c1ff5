"""From the forms of a satisfaction survey to the scores of a province and the units in it.

Two populations are kept apart. A form that names the agency it judges comes from somebody who had
business there; a form without one comes from a resident, as in the national survey. The province's own
score rests on residents where there are any. Where every form that names an agency also names the
hamlet it was drawn in, there is one sample: residents, who were asked about an agency, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import polars as pl

from helpers.definitions.framework import FrameworkEdition
from helpers.indices.sipas.arithmetic import split_answers
from helpers.indices.sipas.design import Estimates, estimate
from helpers.indices.sipas.disclosure import HIDDEN, hidden_units, protected_forms, protected_scores
from helpers.indices.sipas.forms import (
    KINDS,
    SEPARATOR,
    Drawn,
    Flags,
    FormRows,
    Names,
    design_of,
    shown_names,
)
from helpers.indices.sipas.rules import Kind, SipasRules, composition, items
from helpers.indices.sipas.sample import Floats, Ints
from helpers.inputs.problems import InputError, Problem

SCORE_COLUMNS = (
    *("kind", "unit", "code", "value", "error", "low", "high"),
    *("freedom", "deff", "answers", "source", "hidden"),
)
"""Scores in percent, errors in percentage points; ``source`` says where a reader finds it; ``hidden``
marks what is not told of few people, and is not a number then."""


@dataclass(frozen=True)
class Survey:
    """What the forms of a year say.

    Parameters
    ----------
    scores : DataFrame
        With :data:`SCORE_COLUMNS`.
    forms : DataFrame
        ``kind, unit, within, returned, valid, hidden`` for every unit, and for the province all forms;
        ``within`` is the district of a commune. Numbers of units that are not told are NaN.
    covariance : mapping
        Kind → covariance of the overall scores between its units, squared percentage points, in the
        order of the units in `scores`.
    within : mapping
        Kind → covariance of a unit's shares with each other, squared percentage points: units × codes ×
        codes, in the order of `units` and `codes`.
    codes : mapping
        Kind → codes of its shares.
    asked : mapping
        Kind → items that were asked.
    drawn : tuple of Drawn
    other_years, incomplete, without_weight : int
        Forms left out: of another year, with too few answers, without a weight.
    residents, customers : int
        Valid forms of residents, and of people who judge an agency.
    one_sample : bool
        Whether these are the same people.
    valid : int
        Forms that were used.
    origin : str
    units : mapping
        Kind → names of its units, in the order of `scores`.
    """

    scores: pd.DataFrame
    forms: pd.DataFrame
    covariance: Mapping[Kind, Floats]
    within: Mapping[Kind, Floats]
    codes: Mapping[Kind, tuple[str, ...]]
    asked: Mapping[Kind, tuple[str, ...]]
    drawn: tuple[Drawn, ...]
    other_years: int
    incomplete: int
    without_weight: int
    residents: int
    customers: int
    one_sample: bool
    valid: int
    origin: str
    units: Mapping[Kind, tuple[str, ...]]

    @property
    def returned(self) -> int:
        """Forms of the year that came back, valid or not."""
        return int(self.forms.loc[self.forms["kind"] == "province", "returned"].sum())


def measure(
    frame: pl.DataFrame,
    edition: FrameworkEdition,
    rules: SipasRules,
    year: int,
    origin: str,
    *,
    of_province: bool = True,
) -> Survey | None:
    """Compute the scores of a survey.

    Parameters
    ----------
    frame : polars DataFrame
        One row a form, columns as in ``params/entry/records/survey.yml``.
    edition : FrameworkEdition
    rules : SipasRules
    year : int
        Year measured; forms of another year are left out.
    origin : str
        Name of the file, for traces.
    of_province : bool
        Whether the survey is the province's where no form names an agency or a place. The office that
        reports may be a department: then nobody knows who was measured.

    Returns
    -------
    Survey or None
        None if the edition names no columns for its items, or no form has an answer to one.

    Raises
    ------
    InputError
        If an answer is not a level of the scale, or nobody knows who was measured.
    """
    known = [(i.code, rules.columns[i.code]) for i in items(edition) if i.code in rules.columns]
    known = [(code, column) for code, column in known if column in frame.columns]
    of_year = _of_year(frame, year)
    if not known or of_year.is_empty():
        return None
    codes = [code for code, _ in known]
    answers = of_year.select([column for _, column in known]).fill_null(0).to_numpy()
    satisfied, answered = _split(answers.astype(np.int64), rules, origin)
    if not answered.any():
        return None
    rows = FormRows.of(of_year)
    if rows.names_nobody and not of_province:
        raise InputError([_of_nobody(origin)])
    residents, customers = rows.samples()
    complete = np.zeros(of_year.height, dtype=bool)
    for sample in (residents, customers):
        asked = answered[sample].any(axis=0)
        if asked.any():
            complete |= sample & (answered[:, asked].mean(axis=1) >= rules.share_answered)
    usable = complete & rows.weight_known
    made = _Made(codes, satisfied, answered, usable, rows, rules, edition, origin)
    for kind in KINDS:
        if kind == "province" and rows.one_agency:
            # Who had business with one agency says nothing of the province.
            made.count_forms(kind)
            continue
        of_agencies = kind == "department" or (kind == "province" and not residents.any())
        made.add(kind, customers if of_agencies else residents)
    counted = pd.concat(made.forms, ignore_index=True)
    shut = hidden_units(
        counted, int((usable & residents).sum()), int((usable & rows.agency_named).sum())
    )
    counted = counted.assign(**{HIDDEN: shut})
    scores = protected_scores(
        pd.concat(made.scores, ignore_index=True), counted, made.asked, edition
    )
    return Survey(
        scores=scores,
        forms=protected_forms(counted),
        covariance=made.covariance,
        within=made.within,
        codes=made.shares,
        asked=made.asked,
        drawn=tuple(made.drawn),
        other_years=frame.height - of_year.height,
        incomplete=int((~complete).sum()),
        without_weight=int((complete & ~rows.weight_known).sum()),
        residents=int((usable & residents).sum()),
        customers=int((usable & rows.agency_named).sum()),
        one_sample=rows.one_sample,
        valid=int(usable.sum()),
        origin=origin,
        units=made.units,
    )


def _of_year(frame: pl.DataFrame, year: int) -> pl.DataFrame:
    if "nam" not in frame.columns:
        return frame
    return frame.filter(pl.col("nam").is_null() | (pl.col("nam") == year))


def _of_nobody(origin: str) -> Problem:
    return Problem(
        "error",
        origin,
        None,
        None,
        "survey-of-nobody",
        "không phiếu nào ghi cơ quan được đánh giá (co_quan) hoặc nơi ở (huyen, xa, thon), nên không "
        "biết kết quả là của cơ quan nộp hay của toàn tỉnh.",
        "điền cột co_quan nếu phiếu đánh giá một cơ quan; điền cột huyen, xa hoặc thon nếu là phiếu "
        "của người dân toàn tỉnh.",
    )


def _split(answers: Ints, rules: SipasRules, origin: str) -> tuple[Floats, Floats]:
    try:
        return split_answers(answers, rules.used_scale)
    except ValueError as error:
        levels = ", ".join(f"{code} ({name})" for code, name in rules.used_scale.levels.items())
        raise InputError(
            [
                Problem(
                    "error",
                    origin,
                    None,
                    None,
                    "survey-level",
                    f"{error}.",
                    f"thang {rules.used_scale.name} có các mức {levels}; sửa tệp phiếu, hoặc khai báo "
                    "thang đo ở rules: sipas: scale trong tệp thông số của tỉnh.",
                )
            ]
        ) from error


class _Made:
    """Collects what each kind of unit gives."""

    def __init__(
        self,
        codes: list[str],
        satisfied: Floats,
        answered: Floats,
        usable: Flags,
        rows: FormRows,
        rules: SipasRules,
        edition: FrameworkEdition,
        origin: str,
    ) -> None:
        self.codes, self.satisfied, self.answered = codes, satisfied, answered
        self.usable, self.rows, self.rules = usable, rows, rules
        self.edition, self.origin = edition, origin
        self.scores: list[pd.DataFrame] = [_no_scores()]
        self.forms: list[pd.DataFrame] = []
        self.covariance: dict[Kind, Floats] = {}
        self.within: dict[Kind, Floats] = {}
        self.shares: dict[Kind, tuple[str, ...]] = {}
        self.asked: dict[Kind, tuple[str, ...]] = {}
        self.units: dict[Kind, tuple[str, ...]] = {}
        self.drawn: list[Drawn] = []

    def add(self, kind: Kind, sample: Flags) -> None:
        """Estimate all units of a kind, if there are any.

        Forms of the sample that belong to no unit of the kind stay in their strata.
        """
        named = self.rows.unit_names(kind).to_numpy().astype(str)
        belongs = sample & ((named != "") | (kind == "province"))
        if kind == "province":
            self.count_forms(kind)
        else:
            self._count_forms_of(kind, named, belongs)
        inside = np.flatnonzero(sample & self.usable)
        counted = belongs[inside]
        asked = self._asked(kind, inside[counted])
        if not len(asked):
            return
        names, of_unit = np.unique(named[inside][counted], return_inverse=True)
        unit = np.full(len(inside), -1, dtype=np.int64)
        unit[counted] = of_unit
        design, drawn = design_of(self.rows, self.rules, kind, inside, names, unit)
        parts = [self.codes[column] for column in asked]
        made, codes = composition(self.edition, parts, self.rules)
        found = estimate(
            self.satisfied[np.ix_(inside, asked)],
            self.answered[np.ix_(inside, asked)],
            design,
            unit,
            made,
            confidence=self.rules.confidence,
            interval=self.rules.interval,
        )
        shown = shown_names(list(names))
        self.asked[kind], self.units[kind] = tuple(parts), tuple(shown)
        self.covariance[kind] = found.covariance * 100**2
        self.within[kind], self.shares[kind] = found.within * 100**2, codes
        self.drawn.append(drawn)
        self.scores.append(_long(kind, shown, codes, found, self.origin))

    def _asked(self, kind: Kind, forms: Ints) -> Ints:
        """Return the columns of the items that forms answer and that belong to the kind's index."""
        wanted = set(self.rules.parts_of.get(kind, ()))
        if wanted:
            tops = [top for top in self.edition.criteria if top.code in wanted]
            wanted = {node.code for top in tops for node in top.walk()}
        allowed = np.array([not wanted or code in wanted for code in self.codes])
        return np.flatnonzero(self.answered[forms].any(axis=0) & allowed)

    def count_forms(self, kind: Kind) -> None:
        """Count all forms."""
        counts = {"returned": len(self.usable), "valid": int(self.usable.sum())}
        self.forms.append(pd.DataFrame([{"kind": kind, "unit": "", "within": "", **counts}]))

    def _count_forms_of(self, kind: Kind, named: Names, belongs: Flags) -> None:
        inside = np.flatnonzero(belongs)
        names, unit = np.unique(named[inside], return_inverse=True)
        used = np.bincount(unit, self.usable[inside], minlength=len(names)).astype(int)
        self.forms.append(
            pd.DataFrame(
                {
                    "kind": kind,
                    "unit": shown_names(list(names)),
                    "within": [name.partition(SEPARATOR)[2] for name in names],
                    "returned": np.bincount(unit, minlength=len(names)),
                    "valid": used,
                }
            )
        )


def _no_scores() -> pd.DataFrame:
    kinds = {"kind": object, "unit": object, "code": object, "source": object, "hidden": bool}
    return pd.DataFrame(
        {name: pd.Series(dtype=kinds.get(name, np.float64)) for name in SCORE_COLUMNS}
    )


def _long(
    kind: Kind, units: list[str], codes: tuple[str, ...], found: Estimates, origin: str
) -> pd.DataFrame:
    """Write estimates as a long table in percent."""
    each = len(codes)
    columns = {
        "value": found.value * 100,
        "error": found.error * 100,
        "low": found.low * 100,
        "high": found.high * 100,
        "freedom": found.freedom,
        "deff": found.deff,
        "answers": found.answers,
    }
    table = pd.DataFrame({name: array.ravel() for name, array in columns.items()})
    table.insert(0, "code", list(codes) * len(units))
    table.insert(0, "unit", [unit for unit in units for _ in range(each)])
    table.insert(0, "kind", kind)
    return table.assign(source=f"tính từ phiếu trong {origin}", hidden=False)
