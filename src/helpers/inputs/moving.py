"""Give what an office delivered as its province's only one a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from helpers.inputs.delivery import Delivery
from helpers.inputs.problems import InputError, Problem
from helpers.project import Project

Move = tuple[Path, Path]
"""From where, to where."""


def moves_to(office: Delivery, project: Project) -> tuple[Move, ...]:
    """Return what moves when the province's delivery becomes that of an office.

    Settings, own texts and every file of the folder; folders in it are of other offices and stay. What
    was moved before, by a move that was stopped, is not there any more and the rest moves.

    Parameters
    ----------
    office : Delivery
        Where it goes.
    project : Project

    Raises
    ------
    InputError
        If there is nothing to move, or a file is in the way; nothing has been moved then.
    """
    moves = tuple(_moves(office, project))
    taken = [target for _, target in moves if target.exists()]
    if taken:
        raise InputError(
            Problem(
                "error",
                project.relative(path),
                None,
                None,
                "in-the-way",
                "đã có tệp này nên không chuyển gì.",
                "giữ một trong hai tệp, rồi chạy lại.",
            )
            for path in taken
        )
    if not moves:
        message = (
            "không có gì để chuyển: chưa có tệp thông số hay số liệu của chính tỉnh ở năm này."
        )
        remedy = f"lập thư mục cho cơ quan: chiso new {office.options}"
        name = office.of_province.settings_name
        raise InputError([Problem("error", name, None, None, "nothing-to-move", message, remedy)])
    return moves


def _moves(office: Delivery, project: Project) -> Iterator[Move]:
    source, target = office.of_province.settings(project), office.settings(project)
    own = source.with_suffix("")
    if own.is_dir():
        for path in sorted(own.glob("*.md")):
            yield path, target.with_suffix("") / path.name
    folder = office.of_province.folder(project)
    if folder.is_dir():
        for path in sorted(one for one in folder.iterdir() if one.is_file()):
            yield path, office.folder(project) / path.name
    # The settings go last: as long as they are there, an interrupted move can be told from a done one.
    if source.is_file():
        yield source, target


def carry_out(moves: tuple[Move, ...]) -> None:
    """Move the files, each at once."""
    for source, target in moves:
        target.parent.mkdir(parents=True, exist_ok=True)
        source.rename(target)
