"""What an index made from an office's own figures is, edition by edition.

PAPI, which is read from published scores, keeps its own models (:mod:`helpers.definitions.models`).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from helpers.definitions._yaml import read_yaml_file
from helpers.definitions.load import DefinitionError
from helpers.places import Place, register
from helpers.project import Project, find_project

Standing = Literal["verified", "derived", "inferred", "unverified"]
"""How sure a statement is: read in a source, computed from one, concluded, or only remembered."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LegalBasis(_Frozen):
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


class Node(_Frozen):
    """A criterion of an edition's tree.

    Parameters
    ----------
    code : str
    name_vi, name_en, short_vi : str
    maximum : float or None
        Points; None where the edition gives none or it is not known.
    rule : str
        How the value is made, in Vietnamese, for the method note.
    status : {"verified", "derived", "inferred", "unverified"}
    children : tuple of Node
    """

    code: str
    name_vi: str
    name_en: str = ""
    short_vi: str = ""
    maximum: float | None = None
    rule: str = ""
    status: Standing = "verified"
    children: tuple[Node, ...] = ()

    @property
    def short(self) -> str:
        """The short name, or the full one."""
        return self.short_vi or self.name_vi

    @property
    def confirmed(self) -> bool:
        """Whether name, maximum and rule were read in a source or computed from one."""
        return self.status in ("verified", "derived")

    def walk(self) -> Iterator[Node]:
        """Yield this criterion and everything below it."""
        yield self
        for child in self.children:
            yield from child.walk()


class Band(_Frozen):
    """A grade from a value on: ``Tốt`` from 80."""

    name: str
    at_least: float
    status: Standing = "verified"


class Remark(_Frozen):
    """Something that the method note must say."""

    text: str
    status: Standing = "verified"
    url: str = ""


class Comparable(_Frozen):
    """The statement that an edition measures as the one before it, with where it was read."""

    reason: str
    evidence: tuple[str, ...] = Field(min_length=1)


class PublishedErrors(_Frozen):
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


class FrameworkEdition(_Frozen):
    """What an index is from one year to another.

    Parameters
    ----------
    key, name_vi : str
    first_year : int
    last_year : int or None
        None for the edition in force.
    legal_basis : tuple of LegalBasis
    criteria : tuple of Node
    bands : tuple of Band
        From high to low; empty where the edition has no grades.
    rules : dict
        What only this index has; read with a model of the index's own.
    notes : tuple of Remark
    comparable : Comparable or None
        Why its values may be compared with those of the edition before it; without it they may not.
    """

    key: str
    name_vi: str
    first_year: int
    last_year: int | None = None
    legal_basis: tuple[LegalBasis, ...] = ()
    criteria: tuple[Node, ...] = ()
    bands: tuple[Band, ...] = ()
    rules: dict[str, Any] = {}
    notes: tuple[Remark, ...] = ()
    comparable: Comparable | None = None

    @property
    def nodes(self) -> tuple[Node, ...]:
        """All criteria in tree order."""
        return tuple(node for top in self.criteria for node in top.walk())

    def get(self, code: str) -> Node:
        """Return the criterion `code`.

        Raises
        ------
        KeyError
            If the edition has no such code.
        """
        for node in self.nodes:
            if node.code == code:
                return node
        raise KeyError(f"Ấn bản {self.key} không có tiêu chí mang mã «{code}».")

    def band(self, value: float) -> Band | None:
        """Return the grade of a value, or None where the edition has no grades."""
        return next((band for band in self.bands if value >= band.at_least), None)


class FrameworkBreak(_Frozen):
    """Two years that must not be compared, and why.

    Parameters
    ----------
    before, after : int
        The last year of the old and the first of the new method.
    codes : tuple of str
        Criteria concerned; empty means all.
    reason : str
        A Vietnamese clause that can follow "vì".
    """

    before: int
    after: int
    codes: tuple[str, ...] = ()
    reason: str
    status: Standing = "verified"
    evidence: tuple[str, ...] = ()


class Framework(_Frozen):
    """An index through all its editions (``params/indices/<key>.yml``).

    ``breaks`` are those that the file lists; :attr:`every_break` adds the changes of edition.
    ``scored`` says whom the scoring table of an office is about: itself, or the whole province.
    ``errors`` says what is known of the errors of published values; None where none are published.
    """

    key: str
    short_name: str
    name_vi: str
    name_en: str
    owner: str
    sentence: str
    unit: str
    decimals: int = 2
    scored: Literal["office", "province"] = "office"
    editions: tuple[FrameworkEdition, ...]
    breaks: tuple[FrameworkBreak, ...] = ()
    errors: PublishedErrors | None = None

    def is_sampled(self, code: str = "total") -> bool:
        """Tell whether a published value rests, in part, on a sample whose error is not known."""
        errors = self.errors
        return errors is not None and errors.kind == "unknown" and code not in errors.exact

    def edition(self, year: int) -> FrameworkEdition:
        """Return the edition in force for the year measured.

        Raises
        ------
        LookupError
            If no edition covers the year; the message names the years covered.
        """
        for edition in self.editions:
            if edition.first_year <= year <= (edition.last_year or year):
                return edition
        spans = ", ".join(f"{e.first_year}-{e.last_year or 'nay'}" for e in self.editions)
        raise LookupError(
            f"Chưa có định nghĩa {self.short_name} cho năm {year}; "
            f"params/indices/{self.key}.yml có các giai đoạn {spans}."
        )

    @property
    def every_break(self) -> tuple[FrameworkBreak, ...]:
        """All breaks by year: the listed ones, and every change of edition that is none of them.

        Another edition measures otherwise until a source says that both may be compared
        (:attr:`FrameworkEdition.comparable`).
        """
        listed = {found.after for found in self.breaks if not found.codes}
        renewed = [
            _renewal(old, new)
            for old, new in pairwise(self.editions)
            if new.comparable is None and new.first_year not in listed
        ]
        return tuple(sorted((*self.breaks, *renewed), key=lambda found: found.after))

    def breaks_between(
        self, earlier: int, later: int, code: str = ""
    ) -> tuple[FrameworkBreak, ...]:
        """Return the breaks of `code` between two years, by year."""
        first, last = sorted((earlier, later))
        return tuple(
            found
            for found in self.every_break
            if first < found.after <= last and (not found.codes or code in found.codes)
        )

    def why_not_comparable(
        self, earlier: int, later: int, code: str = "", *, place: Place | None = None
    ) -> tuple[str, ...]:
        """Return the reasons why `code` must not be compared between two years; none if it may.

        Parameters
        ----------
        earlier, later : int
        code : str
        place : Place or None
            Whose figures are compared: the register says whether it is the same unit in both
            years. None asks about the measure alone, as for the country.

        Returns
        -------
        tuple of str
            Clauses that can follow "vì".
        """
        found = [one.reason for one in self.breaks_between(earlier, later, code)]
        if place is not None:
            found += register().same_unit(place, earlier, later)
        return tuple(found)


def _renewal(old: FrameworkEdition, new: FrameworkEdition) -> FrameworkBreak:
    """Return the break that an edition is which nothing makes comparable with the one before."""
    basis = next((found for found in new.legal_basis if found not in old.legal_basis), None)
    method = f"«{new.name_vi}»" if basis is None else f"theo {basis.quoted}"
    return FrameworkBreak(
        before=new.first_year - 1,
        after=new.first_year,
        reason=(
            f"từ năm {new.first_year} áp dụng cách tính mới {method}, chưa có nguồn xác nhận so "
            "sánh được với cách tính trước đó"
        ),
        status="derived",
        evidence=(basis.url,) if basis is not None and basis.url else (),
    )


def load_framework(index: str, project: Project | None = None) -> Framework:
    """Read ``params/indices/<index>.yml``.

    Parameters
    ----------
    index : str
    project : Project, optional

    Returns
    -------
    Framework

    Raises
    ------
    DefinitionError
        If the file is missing or not what the models expect.
    """
    path = (project or find_project()).definitions / f"{index}.yml"
    if not path.is_file():
        raise DefinitionError(f"Không có định nghĩa {path.name} trong params/indices.")
    return _load(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _load(path: Path, changed: int) -> Framework:
    try:
        text = read_yaml_file(path)
        framework = Framework.model_validate(text)
    except yaml.YAMLError as error:
        raise DefinitionError(f"{path.name}: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise DefinitionError(f"{path.name}: {place}: {first['msg']}") from error
    _check(framework, path)
    return framework


def _check(framework: Framework, path: Path) -> None:
    if framework.key != path.stem:
        raise DefinitionError(
            f"{path.name}: key phải là «{path.stem}», không phải «{framework.key}»."
        )
    last = 0
    for edition in framework.editions:
        if edition.first_year <= last:
            raise DefinitionError(
                f"{path.name}: ấn bản {edition.key} bắt đầu năm {edition.first_year}, "
                "trùng với ấn bản trước."
            )
        last = edition.last_year or 9999
        codes = [node.code for node in edition.nodes]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise DefinitionError(
                f"{path.name}: ấn bản {edition.key} có mã lặp lại: {', '.join(twice)}."
            )
        limits = [band.at_least for band in edition.bands]
        if limits != sorted(limits, reverse=True):
            raise DefinitionError(
                f"{path.name}: bands của ấn bản {edition.key} phải xếp từ cao xuống."
            )


Rules = TypeVar("Rules", bound=BaseModel)


def rules_of(edition: FrameworkEdition, model: type[Rules]) -> Rules:
    """Read an edition's own rules with the model of its index.

    Raises
    ------
    DefinitionError
        If they do not fit; the message names edition and key.
    """
    try:
        return model.model_validate(edition.rules)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        said = str(first["msg"]).removeprefix("Value error, ")
        raise DefinitionError(f"Ấn bản {edition.key}: rules.{place}: {said}") from error
