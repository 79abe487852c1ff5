"""What the annual report prints, and what of a delivery it does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from helpers.definitions.forms import Field
from helpers.indices.work_plan.arithmetic import DONE, DROPPED, NOT_BEGUN, UNDER_WAY
from helpers.indices.work_plan.result import WHOLE_YEAR
from helpers.indices.work_plan.rows import CARRIED_OUT, NOT_REMEDIED, REMEDIED, ROLES
from helpers.indices.work_plan.rows import UNDER_WAY as REMEDY_UNDER_WAY
from helpers.inputs.entry import ORIGIN
from helpers.places import register
from helpers.reports.annual import tables, text
from helpers.reports.annual.result import AnnualResult
from helpers.reports.annual.text_words import bare
from helpers.reports.reconciliation.text import as_printed
from helpers.words.numbers import day, decimal
from helpers.words.text import plain

_SPAN = re.compile(r'\[([^\]\[]*)\]\{\.so title="([^"]*)"\}')


@dataclass(frozen=True)
class Printed:
    """The document as text.

    Parameters
    ----------
    text : str
        Without marks, in lower case, one space between words.
    sources : mapping of str to tuple of str
        Where numbers come from, in the order of the document → the numbers.
    """

    text: str
    sources: Mapping[str, tuple[str, ...]]

    def holds(self, said: str) -> bool:
        """Tell whether the document has these words, as whole words."""
        wanted = re.escape(_folded(said))
        return bool(wanted) and re.search(rf"(?<!\w){wanted}(?!\w)", self.text) is not None

    def holds_number(self, number: str) -> bool:
        """Tell whether the document has a number; one of one or two digits could be any."""
        bare = number.rstrip("%")
        return (
            len(bare) > 2
            and re.search(rf"(?<![\d.,]){re.escape(bare)}(?![\d]|[.,]\d)", self.text) is not None
        )

    def numbers_from(self, where: str) -> frozenset[str]:
        """Return the numbers of the document that come from a cell or line, without sign and unit.

        Parameters
        ----------
        where : str
            Line 2 is neither line 21 nor the lines 2 to 9.
        """
        place = re.compile(rf"{re.escape(where)}(?!\w| đến \d)")
        return frozenset(
            _digits(part)
            for source, numbers in self.sources.items()
            if place.search(source)
            for number in numbers
            for part in number.split("/")
        )

    def tells(self, number: str, where: str) -> bool:
        """Tell whether a number or grade that stands in a cell or line is in the document."""
        if not re.search(r"\d", number):
            return self.holds(number)
        return _digits(number) in self.numbers_from(where) or self.holds_number(number)


@dataclass(frozen=True)
class Unused:
    """Something that was delivered and stands nowhere in the document.

    Parameters
    ----------
    name : str
        Of the figure, or of the table and its column.
    rows : int
        Of a table; 0 for a single figure.
    year : int
        Of a figure of an earlier year; 0 where it is the year of the document.
    where : str
        File, sheet and cell or line of the first.
    """

    name: str
    rows: int
    year: int
    where: str


def printed(result: AnnualResult) -> Printed:
    """Return the annual report as it is read.

    Parameters
    ----------
    result : AnnualResult
    """
    pieces = [text.opening(result), text.indices_lead(result)]
    pieces += [text.section(result, name) for name in text.SECTIONS_WRITTEN]
    pieces += [text.annex(result, name) for name in text.ANNEXES]
    pieces.append(text.closing(result))
    written = [piece.markdown for piece in pieces]
    written += [table.markdown for make in tables.TABLES if not (table := make(result)).is_empty]
    markdown = "\n".join(written)
    sources: dict[str, tuple[str, ...]] = {}
    for number, source in _SPAN.findall(markdown):
        told = sources.get(source, ())
        sources[source] = told if number in told else (*told, number)
    return Printed(_folded(plain(markdown).replace("\\", "")), sources)


def unused(result: AnnualResult, document: Printed) -> Iterator[Unused]:
    """Yield what was typed and is not in the document: figures, then columns of tables.

    Figures of an earlier unit, such as before a merger, are no figures of this one.

    Parameters
    ----------
    result : AnnualResult
    document : Printed
    """
    for one in result.entry.figures:
        where = str(one.origin)
        another = register().same_unit(result.place, one.year, result.year)
        if not another and not document.tells(as_printed(one), where):
            year = one.year if one.year != result.year else 0
            yield Unused(_name(result, one.code), 0, year, where)
    for form in result.entry.forms.tables:
        table = result.entry.table(form.key)
        for column in form.columns:
            rows = [row for _, row in table.iterrows() if not _used(row, column, document)]
            if rows:
                yield Unused(f"{form.title}: {column.label}", len(rows), 0, str(rows[0][ORIGIN]))


def _name(result: AnnualResult, code: str) -> str:
    for topic in result.entry.forms.topics:
        for field in topic.figures:
            if code in (field.code, f"{topic.key}.{field.code}"):
                return f"{topic.title}: {field.label}"
    return code


def _used(row: pd.Series, column: Field, document: Printed) -> bool:
    value = row[column.code]
    if _empty(value):
        return True
    if isinstance(value, pd.Timestamp):
        return document.holds(day(value.date()))
    if isinstance(value, str):
        said = bare(value)
        return document.holds(said) or said in _DECIDING
    if isinstance(value, bool):
        return bool(document.numbers_from(str(row[ORIGIN])))
    number = float(value)
    return document.tells(decimal(number, 0 if number.is_integer() else 2), str(row[ORIGIN]))


_DECIDING = frozenset(
    {
        *(WHOLE_YEAR, CARRIED_OUT, *ROLES),
        *(REMEDIED, REMEDY_UNDER_WAY, NOT_REMEDIED),
        *(DONE, UNDER_WAY, NOT_BEGUN, DROPPED),
    }
)
"""Words that decide how a row is told and are no news themselves."""


def _digits(number: str) -> str:
    """Return a number as it was typed: 09 for 9, −2,02 for 2,02 and 5% for 5 are the same."""
    bare = number.strip("−-+% ")
    return bare.lstrip("0") if re.fullmatch(r"0\d+", bare) else bare


def _empty(value: object) -> bool:
    return value == "" if isinstance(value, str) else bool(pd.isna(value))  # type: ignore[call-overload]


def _folded(said: str) -> str:
    return " ".join(said.casefold().split())
