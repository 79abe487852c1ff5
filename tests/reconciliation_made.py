"""Figures made by hand or at random for the tests of reconciliation."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from helpers.definitions.forms import load_forms
from helpers.inputs.observations import Figures, Observation, Origin

YEAR = 2023


def number(text: str) -> float:
    plain = text.rstrip("%").strip()
    try:
        return float(plain.replace(".", "").replace(",", "."))
    except ValueError:
        return float("nan")


def figure(code, text, year=YEAR, group="", since=None, sentence="", line=1):
    """A figure as it would be read from the text a source prints."""
    plain = text.rstrip("%")
    decimals = len(plain.partition(",")[2])
    return Observation(
        code=code,
        value=number(text),
        printed=text,
        decimals=decimals,
        unit=load_forms().figure(code).unit,
        year=year,
        origin=Origin("so-lieu.csv", line=line, sentence=sentence),
        group=group,
        since=since,
    )


def figures(*given) -> Figures:
    """Figures from pairs of code and text, or made ones."""
    made = [one if isinstance(one, Observation) else figure(*one) for one in given]
    return Figures(tuple(made))


def written(value, decimals=2, sign="") -> str:
    """Round half away from zero as official tables do, and write the Vietnamese way."""
    exact = Fraction(value)
    text = Decimal(exact.numerator) / Decimal(exact.denominator)
    rounded = text.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{rounded:f}".replace(".", ",") + sign


def count(value) -> str:
    return f"{value:,}".replace(",", ".")
