"""An office's own words for the sections of its annual report; read, never written.

They stand in the settings under ``sections``, or as Markdown beside them:
``params/provinces/<province>/<year>[/<office>]/<section>.md``, where a first line ``<!-- thay -->`` or
``<!-- trước -->`` says that the text replaces or precedes the written one; else it follows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from helpers.definitions._text import SAVE_AS_UTF_8, NotUnicodeError, read_text
from helpers.inputs.delivery import Delivery
from helpers.inputs.office import Office, read_office
from helpers.inputs.problems import InputError, Problem
from helpers.project import Project

Place = Literal["replace", "before", "after"]

_PLACES: dict[str, Place] = {"thay": "replace", "trước": "before", "sau": "after"}
_MARK = re.compile(r"\A\s*<!--\s*(\S+)\s*-->\s*\n?")


@dataclass(frozen=True)
class OwnText:
    """A person's text for a section.

    Parameters
    ----------
    section : str
    place : {"replace", "before", "after"}
    text : str
        Markdown, as written.
    origin : str
        The file that it stands in.
    """

    section: str
    place: Place
    text: str
    origin: str


def has_own_text(delivery: Delivery, project: Project) -> bool:
    """Tell whether an office wrote anything for its annual report, without reading it."""
    settings = delivery.settings(project)
    folder = settings.with_suffix("")
    if folder.is_dir() and any(folder.glob("*.md")):
        return True
    return settings.is_file() and bool(read_office(delivery, project).sections)


def own_texts(
    office: Office, delivery: Delivery, sections: Iterable[str], project: Project
) -> tuple[OwnText, ...]:
    """Return an office's own texts, those of the settings before those of files.

    Parameters
    ----------
    office : Office
    delivery : Delivery
    sections : iterable of str
        Names that the report knows.
    project : Project

    Raises
    ------
    InputError
        If a text is meant for a section that does not exist, a mark says something else than where
        the text goes, or two texts would replace the same section.
    """
    known = tuple(sections)
    settings = delivery.settings(project)
    problems: list[Problem] = []
    found: list[OwnText] = []
    for section, own in office.sections.items():
        name = project.relative(settings)
        if section not in known:
            problems.append(_unknown(name, section, known))
            continue
        for place in ("replace", "before", "after"):
            text = getattr(own, place).strip()
            if text:
                found.append(OwnText(section, place, text, name))
    folder = settings.with_suffix("")
    for path in sorted(folder.glob("*.md")) if folder.is_dir() else ():
        name = project.relative(path)
        if path.stem not in known:
            problems.append(_unknown(name, path.stem, known))
            continue
        try:
            text = read_text(path)
        except NotUnicodeError as error:
            problems.append(_problem(name, "encoding", f"{error}.", SAVE_AS_UTF_8, error.line))
            continue
        mark = _MARK.match(text)
        if mark and mark[1].casefold() not in _PLACES:
            problems.append(
                _problem(
                    name,
                    "unknown-place-mark",
                    f"dòng đầu ghi «{mark[1]}» nhưng chỉ hiểu: thay, trước, sau.",
                    "sửa dòng đầu thành <!-- thay -->, <!-- trước --> hoặc <!-- sau -->.",
                )
            )
            continue
        place = _PLACES[mark[1].casefold()] if mark else "after"
        body = text[mark.end() :].strip() if mark else text.strip()
        if body:
            found.append(OwnText(path.stem, place, body, name))
    replaced = [own.section for own in found if own.place == "replace"]
    problems += [
        _problem(
            ", ".join(own.origin for own in found if own.section == section),
            "replaced-twice",
            f"mục «{section}» có hai lời văn cùng thay cho lời văn tự động.",
            "chỉ giữ một lời văn, hoặc đổi một lời văn thành <!-- trước --> hay <!-- sau -->.",
        )
        for section in dict.fromkeys(replaced)
        if replaced.count(section) > 1
    ]
    if problems:
        raise InputError(problems)
    return tuple(found)


def _unknown(name: str, section: str, known: tuple[str, ...]) -> Problem:
    return _problem(
        name,
        "unknown-section",
        f"không có mục «{section}» trong báo cáo năm.",
        f"dùng một trong các tên mục: {', '.join(known)}.",
    )


def _problem(name: str, rule: str, message: str, remedy: str, line: int | None = None) -> Problem:
    return Problem("error", name, None, None, rule, message, remedy, line)
