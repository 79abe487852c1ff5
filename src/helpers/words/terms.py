"""``terms.yml``: how a language joins lists, counts, writes units, and its closed lists of words."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import yaml
from babel import Locale
from pydantic import BaseModel, ConfigDict, ValidationError

from helpers.definitions._yaml import read_yaml_file
from helpers.definitions.complaints import complaints
from helpers.inputs.problems import InputError, Problem
from helpers.words.source import TERMS


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Joints(_Frozen):
    """What stands between the items of a list.

    Parameters
    ----------
    comma, semicolon : str
        Between items; the semicolon where an item holds a comma itself.
    two : str
        Between the items of a pair.
    last, last_apart : str
        Before the last of three or more, after commas and after semicolons.
    """

    comma: str = ", "
    semicolon: str = "; "
    two: str
    last: str
    last_apart: str


class Abbreviations(_Frozen):
    """Long forms by their short forms.

    Parameters
    ----------
    words : mapping of str to str
        Of nouns; a table that holds one says below what it means.
    names : mapping of str to str
        Of indices and bodies.
    """

    words: dict[str, str] = {}
    names: dict[str, str] = {}

    @property
    def all(self) -> dict[str, str]:
        """Every abbreviation that is written in full at its first use."""
        return {**self.words, **self.names}


class Terms(_Frozen):
    """The words of a language that belong to no sentence.

    Parameters
    ----------
    locale : str
        As Babel names it; gives the marks of numbers and which forms a noun has.
    names_of_data : bool
        Whether the names in data and definitions are of this language.
    joints : Joints
    numbers : tuple of str
        Small counts in words, from nought.
    nouns : mapping of str to str
        What is counted, ``one | other`` where the language has two forms.
    units : mapping of str to str
        What stands behind a value, its space included, by code of the unit.
    bounds : mapping of str to str
        What stands before a value that is a bound.
    abbreviations : Abbreviations
    lists : mapping of str to mapping
        Closed lists of words, by name and code: ``case``, ``side``, ``role``, …
    """

    locale: str
    names_of_data: bool = False
    joints: Joints
    numbers: tuple[str, ...]
    nouns: dict[str, str]
    units: dict[str, str]
    bounds: dict[str, str] = {}
    abbreviations: Abbreviations = Abbreviations()
    lists: dict[str, dict[str, str]] = {}

    def form(self, forms: tuple[str, ...], count: Decimal | int) -> str:
        """Choose a form of a word: the first for one, the last for others; 1.00 is not one."""
        plural = Locale.parse(self.locale).plural_form(count)
        return forms[0] if plural == "one" else forms[-1]


def split_forms(text: str) -> tuple[str, ...]:
    """Return the forms of ``one | other``, keeping the space before the first."""
    return tuple(part.strip(" ") for part in text.split("|"))


@lru_cache(maxsize=8)
def _read(path: Path, shown: str, stamp: int) -> Terms:
    del stamp  # part of the key: a file that was edited is read again
    try:
        return Terms.model_validate(read_yaml_file(path))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise InputError([_problem(shown, f"{error.problem}.", line)]) from error
    except ValidationError as error:
        raise InputError(
            _problem(shown, f"khóa «{key}»: {said}.") for key, said in complaints(error)
        ) from error


def read_terms(root: Path, language: str) -> Terms:
    """Read the terms of a language.

    Raises
    ------
    InputError
        If the file is not as declared here.
    """
    path = root / "params/words" / language / TERMS
    shown = path.relative_to(root).as_posix()
    if not path.is_file():
        raise InputError([_problem(shown, "không có tệp này.")])
    return _read(path, shown, path.stat().st_mtime_ns)


def _problem(shown: str, message: str, line: int | None = None) -> Problem:
    remedy = "sửa tệp theo mẫu của params/words/vi/terms.yml."
    return Problem("error", shown, None, None, "terms", message, remedy, line)
