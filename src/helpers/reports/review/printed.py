"""What the annual report prints, and what of a delivery it does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from helpers.definitions.forms import Field
from helpers.inputs.entry import ORIGIN
from helpers.reports.annual import tables, text
from helpers.reports.annual.result import AnnualResult
from helpers.reports.annual.text_words import bare
from helpers.reports.reconciliation.text import as_printed
from helpers.words.numbers import day, decimal
from helpers.words.text import plain

_SPAN = re.compile(r'\[([^\]\[]*)\]\{\.so title="([^"]*)"\}')
_TABLES = (
    tables.indices,
    tables.measures,
    tables.par_losses,
    tables.service,
    tables.dti_losses,
    tables.fields,
    tables.districts,
    tables.tasks,
    tables.documents,
)


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
        """Tell whether the document has these words."""
        return bool(said) and _folded(said) in self.text

    def holds_number(self, number: str) -> bool:
        """Tell whether the document has a number; one of one or two digits could be any."""
        bare = number.rstrip("%")
        return (
            len(bare) > 2
            and re.search(rf"(?<![\d.,]){re.escape(bare)}(?![\d]|[.,]\d)", self.text) is not None
        )

    def cites(self, trace: str) -> bool:
        """Tell whether a number of the document comes from there."""
        return any(trace in source for source in self.sources)


@dataclass(frozen=True)
class Unused:
    """Something that was delivered and stands nowhere in the document.

    Parameters
    ----------
    name : str
        Of the figure, or of the table and its column.
    rows : int
        Of a table; 0 for a single figure.
    where : str
        File, sheet and cell or line of the first.
    """

    name: str
    rows: int
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
    written += [table.markdown for make in _TABLES if not (table := make(result)).is_empty]
    markdown = "\n".join(written)
    sources: dict[str, tuple[str, ...]] = {}
    for number, source in _SPAN.findall(markdown):
        told = sources.get(source, ())
        sources[source] = told if number in told else (*told, number)
    return Printed(_folded(plain(markdown).replace("\\", "")), sources)


def unused(result: AnnualResult, document: Printed) -> Iterator[Unused]:
    """Yield what was typed for the year and is not in the document: figures, then columns of tables.

    Parameters
    ----------
    result : AnnualResult
    document : Printed
    """
    for one in result.entry.figures:
        told = document.cites(str(one.origin)) or document.holds_number(as_printed(one))
        if one.year == result.year and not told:
            yield Unused(_name(result, one.code), 0, str(one.origin))
    for form in result.entry.forms.tables:
        table = result.entry.table(form.key)
        for column in form.columns:
            rows = [row for _, row in table.iterrows() if not _used(row, column, document)]
            if rows:
                yield Unused(f"{form.title}: {column.label}", len(rows), str(rows[0][ORIGIN]))


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
        return document.holds(said) or said in _CODES
    if isinstance(value, bool):
        return document.cites(str(row[ORIGIN]))
    number = float(value)
    digits = 0 if number.is_integer() else 2
    return document.cites(str(row[ORIGIN])) or document.holds(decimal(number, digits))


_CODES = ("Cả năm", "Đã thực hiện", "Đã hoàn thành", "Đã ban hành", "Tham mưu ban hành", "Viện dẫn")
"""Words that decide how a row is told and are no news themselves."""


def _empty(value: object) -> bool:
    return value == "" if isinstance(value, str) else bool(pd.isna(value))  # type: ignore[call-overload]


def _folded(said: str) -> str:
    return " ".join(said.casefold().split())
