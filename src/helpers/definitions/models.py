"""Frozen models of what stands in the definition of an index, whatever the index."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Standing = Literal["verified", "derived", "reconstructed", "inferred", "unverified"]
"""How sure a statement is: read in a source, computed from one, computed from the published results,
concluded, or only remembered."""

TOTAL = "total"
"""Code of the criterion that stands for a whole index."""


class Frozen(BaseModel):
    """What a definition says cannot be changed, and what it does not know is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LegalBasis(Frozen):
    """A legal document. Numbers restart every year, so a document is its number and its date."""

    number: str
    date: datetime.date | None = None
    issuer: str
    title: str
    url: str = ""
    status: Standing = "verified"

    @property
    def quoted(self) -> str:
        """How a Vietnamese text quotes it: ``Quyết định số 766/QĐ-TTg ngày 23/6/2022 của …``."""
        kinds = {"QĐ": "Quyết định", "NĐ": "Nghị định", "TT": "Thông tư", "NQ": "Nghị quyết"}
        sign = self.number.partition("/")[2]
        kind = next((name for key, name in kinds.items() if key in sign.split("-")[0]), "")
        kind = kind or next((name for key, name in kinds.items() if key in sign), "Văn bản")
        date = ""
        if self.date:
            # Nghị định 30/2020/NĐ-CP ngày 05/3/2020: days below ten and months 1 and 2 take a zero.
            month = f"{self.date.month:02d}" if self.date.month < 3 else str(self.date.month)
            date = f" ngày {self.date.day:02d}/{month}/{self.date.year}"
        return f"{kind} số {self.number}{date} của {self.issuer}"


class Basis(Frozen):
    """Where a statement about an edition was read."""

    text: str
    url: str


class Node(Frozen):
    """A criterion of an edition's tree.

    Parameters
    ----------
    code : str
        As printed in that edition.
    id : str
        Names the subject, where two editions use one code for different things; else the code does.
    name_vi, name_en, short_vi : str
    printed : tuple of str
        Other names under which its owner's workbooks print it.
    minimum, maximum : float or None
        The scale, in points; None where the edition gives none or it is not known.
    aggregation : {"sum", "weighted_mean"} or None
        How the value is made of those of the parts; None where the parts do not make it up.
    times : float
        By what the sum or mean of the parts is multiplied to reach the scale of the value: 10 where
        parts of 1 to 10 make a total of 10 to 100.
    weight : float or None
        Weight in the mean of the criterion above, on any scale common to its parts.
    rule : str
        How the value is made, in Vietnamese, for the method note.
    status : {"verified", "derived", "reconstructed", "inferred", "unverified"}
    children : tuple of Node
    """

    code: str
    id: str = ""
    name_vi: str
    name_en: str = ""
    short_vi: str = ""
    printed: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    aggregation: Literal["sum", "weighted_mean"] | None = None
    times: float = Field(default=1.0, gt=0)
    weight: float | None = Field(default=None, gt=0)
    rule: str = ""
    status: Standing = "verified"
    children: tuple[Node, ...] = ()

    @model_validator(mode="after")
    def _is_whole(self) -> Node:
        if self.aggregation is not None and not self.children:
            raise ValueError(f"mã «{self.code}» có aggregation nhưng không có children")
        if self.aggregation is None and self.times != 1:
            raise ValueError(f"mã «{self.code}» có times nhưng không có aggregation")
        if self.aggregation == "weighted_mean" and any(c.weight is None for c in self.children):
            raise ValueError(
                f"mã «{self.code}» lấy bình quân có trọng số: mọi mã con phải có weight"
            )
        low, high = self.minimum, self.maximum
        if low is not None and high is not None and low >= high:
            raise ValueError(
                f"mã «{self.code}»: thang điểm phải đi từ thấp đến cao, không phải {low:g} đến {high:g}"
            )
        return self

    @property
    def short(self) -> str:
        """The short name, or the full one."""
        return self.short_vi or self.name_vi

    @property
    def subject(self) -> str:
        """What is measured, whatever its code."""
        return self.id or self.code

    @property
    def scale(self) -> tuple[float, float]:
        """The lowest and the highest value, in points.

        Raises
        ------
        ValueError
            If the edition gives no highest value.
        """
        if self.maximum is None:
            raise ValueError(f"Chưa biết thang điểm của mã «{self.code}».")
        return self.minimum or 0.0, self.maximum

    @property
    def confirmed(self) -> bool:
        """Whether name, maximum and rule were read in a source or computed from one."""
        return self.status in ("verified", "derived")

    @property
    def shares(self) -> dict[str, float]:
        """What each part is multiplied with before all are added: code → factor.

        Empty where the parts do not make up the value.
        """
        if self.aggregation is None:
            return {}
        if self.aggregation == "sum":
            return {child.code: self.times for child in self.children}
        weights = {child.code: child.weight or 0.0 for child in self.children}
        whole = sum(weights.values())
        return {code: self.times * weight / whole for code, weight in weights.items()}

    @property
    def weights(self) -> dict[str, float]:
        """The weight of each part in percent, where the value is their weighted mean; else empty."""
        if self.aggregation != "weighted_mean":
            return {}
        return {code: share / self.times * 100 for code, share in self.shares.items()}

    def made_of(self, values: Mapping[str, float]) -> float | None:
        """Return the value that the parts make up, in points, unrounded.

        Parameters
        ----------
        values : mapping of str to float
            Code → value.

        Returns
        -------
        float or None
            None where a part has no value, or the parts do not make it up.
        """
        shares = self.shares
        if not shares or not shares.keys() <= values.keys():
            return None
        return sum(values[code] * share for code, share in shares.items())

    def walk(self) -> Iterator[Node]:
        """Yield this criterion and everything below it, in the order of the report."""
        yield self
        for child in self.children:
            yield from child.walk()


class Band(Frozen):
    """A grade from a value on: ``Tốt`` from 80."""

    name: str
    at_least: float
    status: Standing = "verified"


class Remark(Frozen):
    """Something that the method note must say, of all years of an edition or of some."""

    text: str
    status: Standing = "verified"
    url: str = ""
    years: tuple[int, ...] = ()


class Comparable(Frozen):
    """The statement that an edition measures as the one before it, with where it was read."""

    reason: str
    evidence: tuple[str, ...] = Field(min_length=1)


class GroupSize(Frozen):
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


class GroupScheme(Frozen):
    """How units are grouped by score, the lowest group first; no names where they are not."""

    names: tuple[str, ...] = ()
    names_en: tuple[str, ...] = ()
    definition: str = ""
    definition_en: str = ""
    evidence: tuple[str, ...] = ()
    sizes: tuple[GroupSize, ...] = ()

    def published(self, units: int) -> GroupSize | None:
        """Return the published sizes for `units` units with a score, or None if none were seen."""
        return next((entry for entry in self.sizes if entry.units == units), None)


class LikelyError(Frozen):
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
    basis, basis_en : str
        A noun phrase: where the size comes from.
    evidence : tuple of str
        Addresses.
    """

    code: str
    first_year: int
    standard_error: float = Field(gt=0)
    status: Literal["assumed"]
    basis: str
    basis_en: str = ""
    evidence: tuple[str, ...] = Field(min_length=1)


class PublishedErrors(Frozen):
    """How far published values of an index may lie from what they stand for.

    ``none`` is for scores by rule and full counts, which only their printing rounds; ``unknown`` where
    a sample was asked and no error is published. ``exact`` lists the codes that hold no answer of a
    survey, where the others do; ``reason`` is a Vietnamese clause that can follow "vì".
    """

    kind: Literal["none", "unknown"]
    exact: tuple[str, ...] = ()
    reason: str
    status: Standing = "verified"
    evidence: tuple[str, ...] = ()


class TermBase(Frozen):
    """The base year of a government term, from the reports of `first_year` to `last_year`."""

    first_year: int
    last_year: int
    base: int
    evidence: str
