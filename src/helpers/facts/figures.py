"""What is known about one criterion of one unit in one year, whatever the index.

Every index fills the same form, so that what the figures say is judged, and worded, in one place.
"""

from __future__ import annotations

from dataclasses import dataclass

from helpers.facts.comparison import Comparison


@dataclass(frozen=True)
class Value:
    """A number, unrounded, with where it came from."""

    value: float
    source: str


@dataclass(frozen=True)
class Beside:
    """A value to set the own one beside.

    Parameters
    ----------
    value : Value
    name : str
        What it is, inside a sentence: ``bình quân 15 cơ quan``, ``Sở Nội vụ``.
    comparison : Comparison or None
        Of the own value against it, on the error of the difference, where the index knows more than
        both values: a sample that both share, a mean that contains the own value.
    """

    value: Value
    name: str
    comparison: Comparison | None = None


@dataclass(frozen=True)
class Earlier:
    """The own value of an earlier year.

    Parameters
    ----------
    year : int
    value : Value
    reasons : tuple of str
        Why the two years must not be compared, clauses that can follow "vì"; empty if they may.
    margin : float or None
        95 % margin of the difference; None if no error is known.
    assumed : bool
        Whether the margin rests on an assumed error, which makes no change sure.
    rank, units : int or None
        Place then.
    mean : Value or None
        Mean of the units then.
    """

    year: int
    value: Value
    reasons: tuple[str, ...] = ()
    margin: float | None = None
    rank: int | None = None
    units: int | None = None
    mean: Value | None = None
    assumed: bool = False


@dataclass(frozen=True)
class Place:
    """A place among units.

    Parameters
    ----------
    rank : int
    units : int or None
        None where the source does not say among how many.
    source : str
        Where the place was read, or how it was computed.
    shared : bool
        Whether another unit has the same place.
    """

    rank: int
    units: int | None
    source: str
    shared: bool = False


@dataclass(frozen=True)
class Measured:
    """One criterion.

    Parameters
    ----------
    index, code : str
    name : str
        Inside a sentence: ``Chỉ số SIPAS``, ``yếu tố Thủ tục hành chính``.
    year : int
    unit : str
        ``điểm``, ``%``, ``hộ``, ….
    value : Value or None
        None where it was not measured; `why` says why.
    why : str
        A Vietnamese sentence without full stop.
    decimals : int
    maximum : float or None
        Best possible value in points.
    higher_is_better : bool
    large : float or None
        A difference from which on the verb may be strong; None if nobody has said what is large.
    grade : str
    target : Beside or None
    previous, base : Earlier or None
        Last year with a value, and the first year of the term.
    mean, region, best, lowest : Beside or None
    place : Place or None
    sample, sample_needed : int or None
        Respondents, and the least number that the rule asks for.
    self_score : Value or None
        What the unit gave itself; `value` is then what the appraisal left.
    course : tuple of (int, float)
        Years that may be compared with each other, this one last.
    survey : bool
        Whether the value is an estimate from a sample, so that a difference may be chance. Without a
        known error it is then neither higher nor lower than anything.
    """

    index: str
    code: str
    name: str
    year: int
    unit: str
    value: Value | None
    why: str = ""
    decimals: int = 2
    maximum: float | None = None
    higher_is_better: bool = True
    large: float | None = None
    grade: str = ""
    target: Beside | None = None
    previous: Earlier | None = None
    base: Earlier | None = None
    mean: Beside | None = None
    region: Beside | None = None
    best: Beside | None = None
    lowest: Beside | None = None
    place: Place | None = None
    sample: int | None = None
    sample_needed: int | None = None
    self_score: Value | None = None
    course: tuple[tuple[int, float], ...] = ()
    survey: bool = False

    @property
    def smallest_printed(self) -> float:
        """Half a unit of the last printed digit: below it two values print the same."""
        return float(0.5 * 10.0**-self.decimals)
