"""A number and all that is known of it: unit, error, status, source. The one class for that.

Whose number it is belongs to :class:`helpers.facts.measured.Measured`: a median has no office.
Units are codes (``point``, ``percent``, ``pp``, ``household``, …) that the words write out; nothing in
this room is Vietnamese or formatted.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, NoReturn

ErrorKind = Literal["none", "rounding", "sampling", "unknown"]
Origin = Literal["published", "computed", "assumed"]
Status = Literal["official", "computed", "simulated"]
Score = Literal["final", "self", "appraised", ""]
Bound = Literal["exact", "at_least", "at_most"]

PERCENT = "percent"
PERCENTAGE_POINT = "pp"


@dataclass(frozen=True)
class Key:
    """What a statement is about.

    Parameters
    ----------
    index : str
    province : str
        Slug; empty for the country.
    year : int
    office : str
        Who reports; empty for the province itself.
    unit : str
        Who is measured, where that is not who reports: a department, a district, a commune.
    code : str
        Criterion.
    edition : str
        Of the definition, where more than one is in force in a year.
    """

    index: str
    province: str
    year: int
    office: str = ""
    unit: str = ""
    code: str = "total"
    edition: str = ""

    @property
    def measured_unit(self) -> str:
        """Who is measured: the unit, else the office, else the province."""
        return self.unit or self.office or self.province


Argument = object
"""What a rule is told: a :class:`Value`, a year, a code, a name, another :class:`Why`, or a tuple."""


@dataclass(frozen=True)
class Why:
    """A reason, or the way a number was computed: the name of a rule and what it is told.

    The words render it; a domain expert reads the rule there.

    Parameters
    ----------
    rule : str
        Lower-case name, such as ``method_replaced`` or ``difference``.
    args : mapping
    """

    rule: str
    args: Mapping[str, Argument] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Error:
    """How far a value may lie from what it stands for.

    Parameters
    ----------
    kind : {"none", "rounding", "sampling", "unknown"}
        ``none`` for a full count or a score by rule; ``rounding`` for a printed number, a hard bound;
        ``sampling`` for an estimate from a sample; ``unknown`` for an estimate without known error.
    half : float
        Hard bound in the unit of the value: half a unit of the last printed digit.
    standard_error : float
        For ``sampling``; in the unit of the value.
    freedom : float
        Degrees of freedom of the standard error; infinite where it is taken as known.
    origin : {"published", "computed", "assumed"}
        Who states it. An assumed error may take a claim away and never makes one sure.
    low, high : float
        Interval of the value alone, as published or computed: to be printed, and to decide on a
        fixed target. Nothing else is decided by it.
    basis : str
        Where an assumed error is argued for (a key of the definition).
    sample : str
        Which sample; two values of one sample are correlated. Empty if unknown to be shared.
    confidence : float
        Of the interval, and of the margins of differences that rest on this error.
    """

    kind: ErrorKind
    half: float = 0.0
    standard_error: float = math.nan
    freedom: float = math.inf
    origin: Origin = "published"
    low: float = math.nan
    high: float = math.nan
    basis: str = ""
    sample: str = ""
    confidence: float = 0.95

    def __post_init__(self) -> None:
        if self.kind == "sampling" and not self.standard_error > 0:
            raise ValueError("a sampling error needs a standard error above 0; use UNKNOWN")

    @property
    def has_interval(self) -> bool:
        """Whether the interval of the value alone is known."""
        return not (math.isnan(self.low) or math.isnan(self.high))


NONE = Error("none")
UNKNOWN = Error("unknown")


def rounding(decimals: int) -> Error:
    """Return the error of a number printed with so many decimals."""
    return Error("rounding", half=0.5 * 10.0**-decimals)


def sampling(
    standard_error: float | None,
    freedom: float = math.inf,
    origin: Origin = "computed",
    *,
    interval: tuple[float, float] = (math.nan, math.nan),
    basis: str = "",
    sample: str = "",
    confidence: float = 0.95,
) -> Error:
    """Return the error of an estimate; unknown where the standard error is missing, NaN or 0.

    A standard error of 0 is a missing one: no survey measures without error.
    """
    if standard_error is None or not standard_error > 0:
        return UNKNOWN
    low, high = interval
    return Error(
        "sampling", 0.0, standard_error, freedom, origin, low, high, basis, sample, confidence
    )


@dataclass(frozen=True)
class Value:
    """A number, unrounded, or the reason why there is none.

    Parameters
    ----------
    number : float or None
        None where it is not known, `why` says why, or must not be told, `hidden` says why. It is never
        0 for want of knowledge.
    unit : str
        Code of the unit.
    decimals : int
        With which it is printed.
    error : Error
    why : Why, optional
    status : {"official", "computed", "simulated"}
        Published by its owner, computed here from what was delivered, or made up for a test.
    score : {"final", "self", "appraised", ""}
        Which stage of scoring; values of two stages are never added or ordered.
    source : str or Why
        The cell or page where it was read, or how it was computed from other values.
    n : int or None
        Size of what it was measured on, if that is one number.
    counts : mapping of str to int
        Sizes by what was counted: ``forms``, ``answers``. They are different numbers.
    of : Value or None
        The base of a rate; one case is then 100/base percentage points.
    hidden : Why, optional
        Why it must not be told. What must not be told is not carried: `number`, `n`, `counts` and `of`
        are empty, so that nothing can follow from them.
    bound : {"exact", "at_least", "at_most"}
        "hơn 330.000" is ``at_least``.
    """

    number: float | None
    unit: str = "point"
    decimals: int = 2
    error: Error = NONE
    why: Why | None = None
    status: Status = "computed"
    score: Score = ""
    source: str | Why = ""
    n: int | None = None
    counts: Mapping[str, int] = field(default_factory=dict, hash=False)
    of: Value | None = None
    hidden: Why | None = None
    bound: Bound = "exact"

    def __post_init__(self) -> None:
        if self.number is not None and not math.isfinite(self.number):
            raise ValueError("a value is a finite number, or None with a reason")
        if self.hidden is not None:
            if (self.number, self.n, self.of) != (None, None, None) or self.counts:
                raise ValueError("a hidden value carries no number, size or base")
        elif self.number is None and self.why is None:
            raise ValueError("a value without a number needs a reason")

    def __bool__(self) -> NoReturn:
        raise TypeError("a number is no condition; ask is_known")

    @classmethod
    def unknown(
        cls, why: Why, unit: str = "point", decimals: int = 2, error: Error = UNKNOWN
    ) -> Value:
        """Return a value that nobody knows; its error may be known of the index, for its place."""
        return cls(None, unit, decimals, error, why)

    @classmethod
    def suppressed(cls, why: Why, unit: str = "point", decimals: int = 2) -> Value:
        """Return a value that must not be told."""
        return cls(None, unit, decimals, UNKNOWN, hidden=why)

    @property
    def is_known(self) -> bool:
        """Whether there is a number that may be told."""
        return self.number is not None

    @property
    def known(self) -> float:
        """The number.

        Raises
        ------
        ValueError
            If there is none.
        """
        if self.number is None:
            raise ValueError("there is no number")
        return self.number

    @property
    def reason(self) -> Why | None:
        """Why there is no number."""
        return self.hidden or self.why

    @property
    def unit_of_difference(self) -> str:
        """Unit of a difference of two such values: percentage points for percentages."""
        return PERCENTAGE_POINT if self.unit == PERCENT else self.unit

    @property
    def one_case(self) -> float:
        """What one case of its base makes of a rate, in percentage points; 0 if it is no rate."""
        if self.unit != PERCENT or self.of is None or not self.of.number:
            return 0.0
        return 100.0 / self.of.number

    def with_number(self, number: float, source: str | Why) -> Value:
        """Return another number of the same unit and precision, without error, size or base."""
        return replace(
            self, number=number, source=source, error=NONE, why=None, hidden=None,
            n=None, counts={}, of=None, bound="exact",
            status="simulated" if self.status == "simulated" else "computed",
        )  # fmt: skip


def count(number: int, unit: str, source: str | Why = "") -> Value:
    """Return a number of things: units, places, parts."""
    return Value(float(number), unit, 0, source=source)


def digits_of(number: float) -> int:
    """Return with how many digits a number is written out, at most two.

    Examples
    --------
    >>> digits_of(61.5), digits_of(100.0), digits_of(0.125)
    (1, 0, 2)
    """
    return next((d for d in (0, 1) if round(number, d) == round(number, 2)), 2)
