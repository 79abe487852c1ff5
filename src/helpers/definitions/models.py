"""Frozen models of an index: its editions, criteria, breaks and groups."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Level = Literal["total", "dimension", "sub_dimension"]
Status = Literal["published", "reconstructed", "inferred"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Basis(_Frozen):
    """Where a statement about an edition was read."""

    text: str
    url: str


class Note(_Frozen):
    """Something about an edition that the method note of a report must say."""

    text: str
    status: Status
    years: tuple[int, ...]


class Criterion(_Frozen):
    """A node of an edition's tree.

    Parameters
    ----------
    code : str
        As printed in that edition: ``total``, ``2``, ``2.1``.
    id : str
        Names the subject; two editions may use one code for different ids.
    name_vi, name_en : str
        Full names in that edition.
    short_vi : str
        Short Vietnamese name for axes.
    level : {"total", "dimension", "sub_dimension"}
    minimum, maximum : float
        The scale, in points.
    children : tuple of Criterion
        The parts whose sum is this criterion.
    """

    code: str
    id: str
    name_vi: str
    name_en: str
    short_vi: str
    level: Level
    minimum: float
    maximum: float
    children: tuple[Criterion, ...] = ()

    def walk(self) -> Iterator[Criterion]:
        """Yield this criterion and everything below it, in the order of the report."""
        yield self
        for child in self.children:
            yield from child.walk()


class Edition(_Frozen):
    """What an index is from one year to another.

    Parameters
    ----------
    key : str
        First year, as text.
    first_year, last_year : int
        Years measured.
    root : Criterion
        The total with its tree.
    printed_scale : str
        The total's scale as the publisher prints it, where that differs from the arithmetic.
    """

    key: str
    first_year: int
    last_year: int
    root: Criterion
    printed_scale: str
    basis: tuple[Basis, ...]
    notes: tuple[Note, ...] = ()

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """All criteria in tree order: total, 1, 1.1, …."""
        return tuple(self.root.walk())

    @property
    def dimensions(self) -> tuple[Criterion, ...]:
        """The criteria right below the total."""
        return self.root.children

    def get(self, code: str) -> Criterion:
        """Return the criterion printed under `code`.

        Raises
        ------
        KeyError
            If the edition has no such code.
        """
        for criterion in self.root.walk():
            if criterion.code == code:
                return criterion
        raise KeyError(f"Ấn bản {self.key} không có tiêu chí mang mã «{code}».")

    def has(self, code: str) -> bool:
        """Tell whether the edition prints `code`."""
        return any(criterion.code == code for criterion in self.root.walk())

    def notes_for(self, year: int) -> tuple[Note, ...]:
        """Return the notes that concern `year`."""
        return tuple(note for note in self.notes if year in note.years)


class Break(_Frozen):
    """A change of method between two years next to each other.

    Parameters
    ----------
    before, after : int
        The last year of the old and the first of the new method.
    code : str
        The criterion whose method changed.
    whole : bool
        Whether every part of the criterion changed with it.
    reason : str
        A Vietnamese clause that can follow "vì".
    status : {"published", "reconstructed", "inferred"}
    evidence : tuple of str
        Addresses.
    """

    before: int
    after: int
    code: str
    whole: bool
    reason: str
    status: Status
    evidence: tuple[str, ...]


class GroupSize(_Frozen):
    """Published sizes of the quartile groups, low to high, among `units` provinces."""

    units: int
    sizes: tuple[int, int, int, int]
    confirmed: bool
    evidence: tuple[str, ...]

    @model_validator(mode="after")
    def _sizes_fill_units(self) -> GroupSize:
        if sum(self.sizes) != self.units:
            raise ValueError(f"bốn nhóm có {sum(self.sizes)} đơn vị, phải là {self.units}")
        return self


class GroupScheme(_Frozen):
    """How units are grouped by score."""

    names: tuple[str, str, str, str]
    definition: str
    evidence: tuple[str, ...]
    sizes: tuple[GroupSize, ...]

    def published(self, units: int) -> GroupSize | None:
        """Return the published sizes for `units` units with a score, or None if none were seen."""
        return next((entry for entry in self.sizes if entry.units == units), None)


class LikelyError(_Frozen):
    """How far a score may lie off where the publisher states no error: an assumption with its basis.

    Parameters
    ----------
    code : str
        The criterion.
    first_year : int
        First year for which it may be assumed.
    standard_error : float
        In points.
    status : {"assumed"}
    basis : str
        A Vietnamese noun phrase: where the size comes from.
    evidence : tuple of str
        Addresses.
    """

    code: str
    first_year: int
    standard_error: float = Field(gt=0)
    status: Literal["assumed"]
    basis: str
    evidence: tuple[str, ...]


class TermBase(_Frozen):
    """The base year of a government term, from the reports of `first_year` to `last_year`."""

    first_year: int
    last_year: int
    base: int
    evidence: str


class IndexDefinition(_Frozen):
    """An index through all its editions."""

    key: str
    short_name: str
    name_vi: str
    name_en: str
    owner: str
    url: str
    rights: str
    unit: str
    decimals: int
    editions: tuple[Edition, ...]
    breaks: tuple[Break, ...]
    groups: GroupScheme
    bases: tuple[TermBase, ...]
    likely_errors: tuple[LikelyError, ...] = ()

    def likely_error(self, code: str, year: int) -> LikelyError | None:
        """Return what is assumed of a score's error in a year without a published one, if anything."""
        found = (e for e in self.likely_errors if e.code == code and e.first_year <= year)
        return max(found, key=lambda e: e.first_year, default=None)

    def edition(self, year: int) -> Edition:
        """Return the edition in force for the year measured.

        Raises
        ------
        LookupError
            If no edition covers the year; the message names the years covered.
        """
        for edition in self.editions:
            if edition.first_year <= year <= edition.last_year:
                return edition
        first, last = self.editions[0].first_year, self.editions[-1].last_year
        raise LookupError(
            f"Chưa có định nghĩa {self.short_name} cho năm {year}; "
            f"params/indices/{self.key}.yml có các năm {first} đến {last}."
        )

    def base_year(self, year: int) -> int | None:
        """Return the base year of the term that `year` belongs to, if there is one."""
        return next((b.base for b in self.bases if b.first_year <= year <= b.last_year), None)
