"""Assessment of settlement under Thông tư 01/2018/TT-VPCP ngày 23/11/2018: nine indices.

Per dossier or per one-stop unit an index gets 0, 1 or 2 points. Per unit and quarter it is the mean of
the forms, rounded to two decimals, and the total is the sum of the nine means. The self-score and the
appraised score are kept apart and the grade follows the appraised total, as implemented in the
one-stop software of tỉnh Thanh Hóa.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

INDICES = tuple(range(1, 10))
SATISFACTION = (10, 11)
"""Convenience and overall: reported as shares of forms, outside the 18 points."""


def mean_of_forms(two: float, one: float, none: float) -> float | None:
    """Return the mean of forms with 2, 1 and 0 points, rounded to two decimals; None without forms."""
    forms = two + one + none
    if not forms:
        return None
    exact = (Decimal(int(two)) * 2 + Decimal(int(one))) / Decimal(int(forms))
    return float(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))


@dataclass(frozen=True)
class IndexScore:
    """One index of one unit and period: self-score, appraised score, forms; None where not given."""

    number: int
    own: float | None
    appraised: float | None
    forms: int | None
    origin: str


@dataclass(frozen=True)
class Satisfaction:
    """Forms by level for index 10 or 11 of one unit and period, all three of them given."""

    number: int
    very: int
    satisfied: int
    not_satisfied: int
    origin: str

    @property
    def forms(self) -> int:
        """All forms of the question."""
        return self.very + self.satisfied + self.not_satisfied


@dataclass(frozen=True)
class Assessment:
    """The nine indices of one unit in one period.

    Parameters
    ----------
    unit, period : str
    scores : tuple of IndexScore
        In the order of the indices; those not delivered are missing.
    satisfaction : tuple of Satisfaction
        Those of which every level is known: a share of forms of which a part is not is not a share.
    """

    unit: str
    period: str
    scores: tuple[IndexScore, ...]
    satisfaction: tuple[Satisfaction, ...] = ()

    @property
    def lacking(self) -> tuple[int, ...]:
        """Indices without any score."""
        given = {s.number for s in self.scores if s.own is not None or s.appraised is not None}
        return tuple(number for number in INDICES if number not in given)

    @property
    def own_total(self) -> float | None:
        """Sum of the nine self-scores, 0 to 18; None if one is missing."""
        return _total([score.own for score in self.scores])

    @property
    def appraised_total(self) -> float | None:
        """Sum of the nine appraised scores; None if one is missing."""
        return _total([score.appraised for score in self.scores])


def _total(values: list[float | None]) -> float | None:
    given = [value for value in values if value is not None]
    return sum(given) if len(given) == len(INDICES) else None


def assessments(table: pd.DataFrame) -> tuple[Assessment, ...]:
    """Read the delivered table of scores.

    Parameters
    ----------
    table : DataFrame
        Columns of ``params/entry/tables/tt01_scores.yml`` and ``origin``. Where forms are counted, the
        self-score is their mean; otherwise the delivered one is taken.

    Returns
    -------
    tuple of Assessment
        One for each unit and period, in the order of the table.
    """
    made = []
    for (unit, period), rows in table.groupby(["don_vi", "ky"], sort=False):
        numbered = [(int(row["chi_so"]), row) for _, row in rows.iterrows()]
        scores = [_score(number, row) for number, row in sorted(numbered, key=lambda one: one[0])]
        made.append(
            Assessment(
                str(unit),
                str(period),
                tuple(score for score in scores if score.number in INDICES),
                tuple(
                    found
                    for n, row in numbered
                    if n in SATISFACTION and (found := _satisfaction(n, row)) is not None
                ),
            )
        )
    return tuple(made)


def _score(number: int, row: pd.Series) -> IndexScore:
    counts = _all_known(row, [f"so_phieu_{points}" for points in (2, 1, 0)])
    mean = None if counts is None else mean_of_forms(*counts)
    own = _number(row["diem_tu_cham"]) if mean is None else mean
    forms = None if counts is None else sum(counts)
    return IndexScore(number, own, _number(row["diem_tham_dinh"]), forms, str(row["origin"]))


def _satisfaction(number: int, row: pd.Series) -> Satisfaction | None:
    counts = _all_known(row, ("rat_hai_long", "hai_long", "khong_hai_long"))
    return None if counts is None else Satisfaction(number, *counts, str(row["origin"]))


def _all_known(row: pd.Series, columns: Sequence[str]) -> tuple[int, int, int] | None:
    """Return the three counts of a row; None where one is empty: it is not known, and not none."""
    first, second, third = (_number(row[name]) for name in columns)
    if first is None or second is None or third is None:
        return None
    return int(first), int(second), int(third)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not pd.isna(value) else None
