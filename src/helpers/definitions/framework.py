"""What an index is, edition by edition: the model that every index shares."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, Field, ValidationError, model_validator

from helpers.definitions.checks import check, with_names
from helpers.definitions.complaints import complaint
from helpers.definitions.load import DefinitionError, read_definition
from helpers.definitions.models import (
    TOTAL,
    Band,
    Basis,
    Comparable,
    Frozen,
    GroupScheme,
    LegalBasis,
    LikelyError,
    Node,
    PublishedErrors,
    Remark,
    Standing,
    TermBase,
)
from helpers.kept import while_unchanged
from helpers.places import Place, register
from helpers.project import Project, find_project

__all__ = [
    "Band",
    "Comparable",
    "Framework",
    "FrameworkBreak",
    "FrameworkEdition",
    "LegalBasis",
    "Node",
    "PublishedErrors",
    "Remark",
    "Standing",
    "load_framework",
    "profiled",
    "rules_of",
]


class FrameworkEdition(Frozen):
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
    basis : tuple of Basis
        Where its structure was read, where no legal document gives it.
    printed_scale : str
        The total's scale as the publisher prints it.
    comparable : Comparable or None
        Why its values may be compared with those of the edition before it; without it they may not.
    """

    key: str
    name_vi: str = ""
    first_year: int
    last_year: int | None = None
    legal_basis: tuple[LegalBasis, ...] = ()
    criteria: tuple[Node, ...] = ()
    bands: tuple[Band, ...] = ()
    rules: dict[str, Any] = Field(default_factory=dict)
    notes: tuple[Remark, ...] = ()
    basis: tuple[Basis, ...] = ()
    printed_scale: str = ""
    comparable: Comparable | None = None

    @property
    def root(self) -> Node:
        """The criterion that stands for the whole index.

        Raises
        ------
        LookupError
            If the edition has none.
        """
        if len(self.criteria) == 1 and self.criteria[0].code == TOTAL:
            return self.criteria[0]
        raise LookupError(f"Ấn bản {self.key} không có một tiêu chí chung mang mã «{TOTAL}».")

    @property
    def dimensions(self) -> tuple[Node, ...]:
        """The criteria right below the total."""
        return self.root.children

    def has(self, code: str) -> bool:
        """Tell whether the edition prints `code`."""
        return any(node.code == code for node in self.nodes)

    def notes_for(self, year: int) -> tuple[Remark, ...]:
        """Return the notes that concern `year`."""
        return tuple(note for note in self.notes if not note.years or year in note.years)

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


class FrameworkBreak(Frozen):
    """Two years that must not be compared, and why.

    Parameters
    ----------
    before, after : int
        The last year of the old and the first of the new method.
    codes : tuple of str
        Criteria concerned; empty means all.
    whole : bool
        Whether every part of these criteria changed with them.
    reason : str
        A Vietnamese clause that can follow "vì".
    """

    before: int
    after: int
    codes: tuple[str, ...] = ()
    whole: bool = False
    reason: str
    status: Standing = "verified"
    evidence: tuple[str, ...] = ()


class Framework(Frozen):
    """An index through all its editions (``params/indices/<key>.yml``).

    ``breaks`` are those that the file lists; :attr:`every_break` adds the changes of edition.
    ``scored`` says whom the scoring table of an office is about: itself, or the whole province.
    ``errors`` says what is known of the errors of published values; None where none are published.
    The file may have a ``catalogue`` of criteria, id → names; a criterion with that ``id`` takes from
    it what it does not say itself. ``rights`` says on what terms a publisher's scores may be used.
    ``profile`` is the place of the index on the page of a province; a tree of scores without one comes
    after those that have one, other indices are not shown there.
    """

    key: str
    short_name: str
    name_vi: str
    name_en: str
    owner: str
    sentence: str = ""
    url: str = ""
    rights: str = ""
    unit: str
    decimals: int = 2
    scored: Literal["office", "province"] = "office"
    profile: int | None = None
    editions: tuple[FrameworkEdition, ...] = Field(min_length=1)
    breaks: tuple[FrameworkBreak, ...] = ()
    errors: PublishedErrors | None = None
    groups: GroupScheme = GroupScheme()
    bases: tuple[TermBase, ...] = ()
    likely_errors: tuple[LikelyError, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _named(cls, given: Any) -> Any:
        return with_names(given) if isinstance(given, dict) and "catalogue" in given else given

    def likely_error(self, code: str, year: int) -> LikelyError | None:
        """Return what is assumed of a score's error in a year without a published one, if anything."""
        found = (e for e in self.likely_errors if e.code == code and e.first_year <= year)
        return max(found, key=lambda e: e.first_year, default=None)

    def base_year(self, year: int) -> int | None:
        """Return the base year of the term that `year` belongs to, if there is one."""
        return next((b.base for b in self.bases if b.first_year <= year <= b.last_year), None)

    @property
    def is_score_tree(self) -> bool:
        """Whether every edition is one tree of scores under a total: then it knows every code."""
        return all(
            len(edition.criteria) == 1 and edition.criteria[0].code == TOTAL
            for edition in self.editions
        )

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
        listed = {
            found.after
            for found in self.breaks
            if not found.codes or (found.whole and TOTAL in found.codes)
        }
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


def profiled(project: Project | None = None) -> tuple[Framework, ...]:
    """Return the indices that the page of a province shows, in their order there.

    Raises
    ------
    DefinitionError
        As :func:`load_framework`.
    """
    project = project or find_project()
    every = [load_framework(path.stem, project) for path in project.definitions.glob("*.yml")]
    shown = [one for one in every if one.profile is not None or one.is_score_tree]
    return tuple(
        sorted(shown, key=lambda one: (one.profile is None, one.profile or 0, one.short_name))
    )


def load_framework(index: str, project: Project | None = None) -> Framework:
    """Read ``params/indices/<index>.yml``.

    Parameters
    ----------
    index : str
        Name of the file without its ending, such as ``"papi"``.
    project : Project, optional
        Defaults to the checkout around the current folder.

    Returns
    -------
    Framework

    Raises
    ------
    DefinitionError
        If the file is missing or not what the models expect; the message names file and key.

    Examples
    --------
    >>> load_framework("papi").edition(2024).get("5.3").maximum
    3.33
    """
    path = (project or find_project()).definitions / f"{index}.yml"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in path.parent.glob("*.yml")))
        raise DefinitionError(f"Không có định nghĩa chỉ số «{index}». Các chỉ số đã có: {known}.")
    return _load(path)


@while_unchanged(lambda path: [path])
def _load(path: Path) -> Framework:
    name = f"params/indices/{path.name}"
    framework = read_definition(path, Framework, name)
    wrong = check(framework, path.stem)
    if wrong:
        raise DefinitionError(f"{name}: {wrong}")
    return framework


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
        raise DefinitionError(f"Ấn bản {edition.key}: rules.{complaint(error)}") from error
