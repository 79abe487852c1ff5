"""Known errors of a source, declared: ``dinh-chinh.yml`` beside the figures.

A correction never changes a figure. It says which printed number is known to be wrong and why, and
holds only as long as the source prints that number.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from helpers.definitions._yaml import read_yaml_file
from helpers.inputs.delivery import Delivery
from helpers.inputs.observations import Figures, Observation
from helpers.inputs.problems import InputError, Problem
from helpers.inputs.unreadable import problems_of
from helpers.project import Project

FILE = "dinh-chinh.yml"


class _Stated(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    figure: str
    year: int
    printed: str
    reason: str = Field(min_length=1)
    author: str = Field(min_length=1)
    note: str = Field(min_length=1)
    rule: str = Field(pattern=r"^R\d{1,2}$")
    group: str = ""
    since: int | None = None


@dataclass(frozen=True)
class Correction:
    """A declared error of the source.

    Parameters
    ----------
    figure, year, group, since
        The figure, as in :class:`helpers.inputs.observations.Observation`.
    printed : str
        What the source prints, and must still print.
    reason : str
        Vietnamese: why it is known to be wrong.
    author : str
        The office that declares it.
    note : str
        Vietnamese sentence that the report prints beside the figure.
    rule : str
        Rule of reconciliation that shows it: ``R8``.
    origin : str
        File and place in it, for traces.
    """

    figure: str
    year: int
    printed: str
    reason: str
    author: str
    note: str
    rule: str
    group: str
    since: int | None
    origin: str

    def names(self, observation: Observation) -> bool:
        """Tell whether this is the figure that the correction is about."""
        return (
            observation.code == self.figure
            and observation.year == self.year
            and observation.group == self.group
            and (self.since is None or observation.since == self.since)
        )


def read_corrections(
    delivery: Delivery, project: Project, figures: Figures
) -> tuple[Correction, ...]:
    """Read the corrections of a delivery and hold them against its figures.

    Parameters
    ----------
    delivery : Delivery
    project : Project
    figures : Figures
        As delivered.

    Returns
    -------
    tuple of Correction
        Empty where there is no ``dinh-chinh.yml``.

    Raises
    ------
    InputError
        If the file cannot be read, names a figure that was not delivered, or the source prints another
        number now («nguồn đã sửa»): then the correction has done its work and must go or be renewed.
        All problems are told at once.
    """
    path = delivery.folder(project) / FILE
    if not path.is_file():
        return ()
    name = project.relative(path)
    with problems_of(name):
        return _read(path, name, figures)


def _read(path: Path, name: str, figures: Figures) -> tuple[Correction, ...]:
    try:
        value = read_yaml_file(path)
        stated = TypeAdapter(list[_Stated]).validate_python(value or [])
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise InputError(
            [
                Problem(
                    "error",
                    name,
                    None,
                    None,
                    "not-yaml",
                    f"không đọc được YAML: {getattr(error, 'problem', None) or error}.",
                    "sửa dòng này; mỗi đính chính bắt đầu bằng dấu «-», thụt lề bằng dấu cách.",
                    mark.line + 1 if mark else None,
                )
            ]
        ) from error
    except ValidationError as error:
        raise InputError(_bad_setting(name, found["loc"]) for found in error.errors()) from error
    made = tuple(
        Correction(**one.model_dump(), origin=f"{name}, mục {number}")
        for number, one in enumerate(stated, start=1)
    )
    problems = [problem for one in made for problem in _against(one, name, figures)]
    if problems:
        raise InputError(problems)
    return made


def _bad_setting(name: str, where: tuple[int | str, ...]) -> Problem:
    number = f"mục {where[0] + 1}" if where and isinstance(where[0], int) else "tệp"
    key = ".".join(str(part) for part in where[1:])
    return Problem(
        "error",
        name,
        None,
        None,
        "bad-correction",
        f"{number}: khóa «{key}» thiếu, sai hoặc không tồn tại."
        if key
        else f"{number} không đúng dạng.",
        "mỗi đính chính có figure, year, printed, reason, author, note, rule; tùy chọn group, since.",
    )


def _against(correction: Correction, name: str, figures: Figures) -> list[Problem]:
    found = [one for one in figures if correction.names(one)]
    if not found:
        return [
            Problem(
                "error",
                name,
                None,
                None,
                "correction-without-figure",
                f"đính chính số liệu «{correction.figure}» năm {correction.year} nhưng số liệu này "
                "không có "
                "trong số đã giao.",
                "sửa mã, năm hoặc nhóm của đính chính, hoặc xóa đính chính.",
            )
        ]
    now = [one.printed for one in found]
    if any(_same(text, correction.printed) for text in now):
        return []
    return [
        Problem(
            "error",
            name,
            None,
            None,
            "source-corrected",
            f"nguồn đã sửa: số liệu «{correction.figure}» năm {correction.year} nay in «{now[0]}», "
            "không còn là "
            f"«{correction.printed}» như đính chính ghi.",
            "kiểm tra số mới; nếu đã đúng thì xóa đính chính, nếu còn sai thì cập nhật đính chính.",
        )
    ]


def _same(one: str, other: str) -> bool:
    minus = str.maketrans({"\N{MINUS SIGN}": "-", "\N{NO-BREAK SPACE}": " "})
    return one.translate(minus).strip() == other.translate(minus).strip()
