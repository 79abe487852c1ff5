"""What an office delivered for a year: single figures, tables and record files, checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import pandas as pd

from helpers.definitions.forms import EntryForms
from helpers.inputs.delivery import Delivery
from helpers.inputs.observations import Figures
from helpers.inputs.office import DataStatus, Office
from helpers.inputs.problems import Problem

ORIGIN = "origin"
"""Column of every table that says in words where the row was delivered."""


@dataclass(frozen=True)
class Entry:
    """A delivery that passed its checks.

    Parameters
    ----------
    delivery : Delivery
        Whose, and for which year.
    office : Office
    forms : EntryForms
    figures : Figures
    tables : mapping of str to DataFrame
        By key of the table form. Columns are the form's codes, typed by kind (``count``, ``number``,
        ``percent``, ``points``: float with NaN for an empty cell; ``date``: datetime64; ``flag``:
        boolean with NA; others: str, empty for an empty cell), and ``origin``.
    problems : tuple of Problem
        Warnings and notes; an error would have stopped the reading.
    is_earlier : bool
        Whether it is read beside a later one: a record file without any record is then one that was
        not delivered, and no fault of the year reported on.
    """

    delivery: Delivery
    office: Office
    forms: EntryForms
    figures: Figures = field(default_factory=Figures)
    tables: Mapping[str, pd.DataFrame] = field(default_factory=lambda: MappingProxyType({}))
    problems: tuple[Problem, ...] = ()
    is_earlier: bool = False

    @property
    def slug(self) -> str:
        """Slug of the province."""
        return self.delivery.province

    @property
    def year(self) -> int:
        """Year reported on."""
        return self.delivery.year

    @property
    def status(self) -> DataStatus:
        """Whether the figures are official, computed or simulated."""
        return self.office.status

    def table(self, key: str) -> pd.DataFrame:
        """Return a table; empty, with the form's columns, if it was not delivered."""
        if key in self.tables:
            return self.tables[key]
        columns = [column.code for column in self.forms.table(key).columns]
        return pd.DataFrame({name: pd.Series(dtype=object) for name in [*columns, ORIGIN]})

    def has(self, topic: str) -> bool:
        """Tell whether any figure or table row of a topic was delivered."""
        if self.figures.of_topic(topic):
            return True
        return any(form.topic == topic and len(self.table(form.key)) for form in self.forms.tables)
