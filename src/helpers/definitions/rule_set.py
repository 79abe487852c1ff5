"""A province's own set of criteria for its departments: ``params/provinces/<slug>/<file>.yml``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from helpers.definitions._yaml import read_yaml_file
from helpers.definitions.complaints import complaint
from helpers.definitions.framework import LegalBasis, Standing
from helpers.definitions.load import DefinitionError
from helpers.definitions.rules import Rule
from helpers.kept import while_unchanged
from helpers.project import Project

Kind = Literal["scored", "bonus", "penalty"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Criterion(_Frozen):
    """A criterion of a province's set.

    Parameters
    ----------
    code, name : str
    maximum : float or None
        Points, given where points are; None for a criterion that is the sum of its parts. For a
        penalty the most that can be taken off, as a positive number; None if the set names no limit.
    rule : Rule or None
        None where points are entered as they were decided.
    by_survey : bool
        Whether points come from a survey; such a criterion is not self-scored.
    kind : {"scored", "bonus", "penalty"}
        Bonus and penalty do not belong to the maximum.
    status : {"verified", "derived", "inferred", "unverified"}
    note : str
        The rule in words, as the decision has it.
    children : tuple of Criterion
    """

    code: str
    name: str
    maximum: float | None = Field(default=None, ge=0)
    rule: Rule | None = None
    by_survey: bool = False
    kind: Kind = "scored"
    status: Standing = "verified"
    note: str = ""
    children: tuple[Criterion, ...] = ()

    def walk(self) -> Iterator[Criterion]:
        """Yield this criterion and everything below it."""
        yield self
        for child in self.children:
            yield from child.walk()

    @model_validator(mode="after")
    def _points_once(self) -> Criterion:
        if self.children and self.rule is not None:
            raise ValueError(f"tiêu chí «{self.code}» có tiêu chí con nên không có rule riêng")
        if not self.children and self.maximum is None and self.kind != "penalty":
            raise ValueError(f"tiêu chí «{self.code}» thiếu maximum (điểm tối đa)")
        parts = [child.maximum_of_all for child in self.children if child.kind == "scored"]
        if self.children and self.maximum is not None and abs(sum(parts) - self.maximum) > 1e-6:
            raise ValueError(
                f"điểm tối đa của «{self.code}» là {self.maximum:g}, các phần cộng lại {sum(parts):g}"
            )
        return self

    @property
    def maximum_of_all(self) -> float:
        """The maximum, or the sum of those of the parts."""
        if self.maximum is not None:
            return self.maximum
        return sum(child.maximum_of_all for child in self.children if child.kind == "scored")


class GradeBand(_Frozen):
    """A grade from a value on, such as ``Tốt`` from 80."""

    name: str
    at_least: float


class GradeTable(_Frozen):
    """The grades of one group of units.

    Parameters
    ----------
    group : str
        Units it is for, as the decision calls them.
    limits_of : {"index", "points"}
        Whether limits are of the index (%) or of the total points.
    bands : tuple of GradeBand
        From high to low.
    legal_basis : str
        Decision with number and date.
    """

    group: str
    limits_of: Literal["index", "points"] = "index"
    bands: tuple[GradeBand, ...] = Field(min_length=1)
    legal_basis: str

    @model_validator(mode="after")
    def _from_high_to_low(self) -> GradeTable:
        limits = [band.at_least for band in self.bands]
        if limits != sorted(set(limits), reverse=True):
            raise ValueError("bands phải xếp từ cao xuống, không lặp lại")
        return self

    def grade(self, value: float) -> str:
        """Return the grade of a value; empty if it lies below the last limit."""
        return next((band.name for band in self.bands if value >= band.at_least), "")


class RuleSet(_Frozen):
    """A province's set of criteria.

    Parameters
    ----------
    name : str
    legal_basis : tuple of LegalBasis
    criteria : tuple of Criterion
    grades : tuple of GradeTable
        Empty where the province gave none; no grade is made up then.
    bonus_limit, penalty_limit : float or None
        The most points that bonus and penalty criteria can bring and take in a year.
    notes : tuple of str
    """

    name: str
    legal_basis: tuple[LegalBasis, ...] = ()
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    grades: tuple[GradeTable, ...] = ()
    bonus_limit: float | None = Field(default=None, ge=0)
    penalty_limit: float | None = Field(default=None, ge=0)
    notes: tuple[str, ...] = ()

    @property
    def nodes(self) -> tuple[Criterion, ...]:
        """All criteria in tree order."""
        return tuple(node for top in self.criteria for node in top.walk())

    def get(self, code: str) -> Criterion | None:
        """Return the criterion `code`, or None."""
        return next((node for node in self.nodes if node.code == code), None)

    def grades_for(self, group: str) -> GradeTable | None:
        """Return the grades of a group of units; without a name, those of the only group."""
        if not group:
            return self.grades[0] if len(self.grades) == 1 else None
        return next((table for table in self.grades if table.group == group), None)

    @model_validator(mode="after")
    def _codes_once(self) -> RuleSet:
        codes = [node.code for node in self.nodes]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise ValueError(f"mã lặp lại: {', '.join(twice)}")
        return self


def load_rule_set(slug: str, file: str, project: Project) -> RuleSet:
    """Read a province's set of criteria.

    Parameters
    ----------
    slug : str
        Of the province.
    file : str
        Name of the file inside ``params/provinces/<slug>/``, without folders.
    project : Project

    Raises
    ------
    DefinitionError
        If the file is missing, lies elsewhere, or is not what the models expect.
    """
    if Path(file).name != file:
        raise DefinitionError(f"rule_set «{file}»: ghi tên tệp, không kèm thư mục.")
    path = project.offices / slug / file
    if not path.is_file():
        raise DefinitionError(f"Không có bộ tiêu chí {project.relative(path)}.")
    return _load(path)


@while_unchanged(lambda path: [path])
def _load(path: Path) -> RuleSet:
    try:
        return RuleSet.model_validate(read_yaml_file(path))
    except yaml.YAMLError as error:
        raise DefinitionError(f"{path.name}: {error}") from error
    except ValidationError as error:
        raise DefinitionError(f"{path.name}: {complaint(error)}") from error
