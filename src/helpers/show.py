"""Tables and charts of an index or a joined report, by name: ``show.table(result, "factors")``."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from typing import Any, Protocol

from helpers.keys import module_of


class Shown(Protocol):
    """A result that knows its index."""

    @property
    def index(self) -> str:
        """Key of the index or report."""
        ...


def table(result: Shown, name: str, *parts: str) -> Any:
    """Return a table of a result, with caption and note.

    Parameters
    ----------
    result : object with ``index``
    name : str
        Of a function of the ``tables`` module of the index: ``factors``.
    *parts : str
        What the function asks besides: a kind of units.
    """
    return _made(result, "tables", name, parts)


def chart(result: Shown, name: str, *parts: str) -> Any:
    """Return a chart of a result, with caption and text alternative; parameters as :func:`table`."""
    return _made(result, "charts", name, parts)


def ready(index: str) -> None:
    """Import what draws and lists an index, for a process whose children all need it."""
    for room in ("charts", "tables"):
        with suppress(ModuleNotFoundError):
            module_of(index, room)


def _made(result: Shown, room: str, name: str, parts: tuple[str, ...]) -> Any:
    # A page on the whole country has its own rooms.
    own: Mapping[str, str] = getattr(result, "rooms", {})
    module = import_module(own[room]) if room in own else module_of(result.index, room)
    if not hasattr(module, name):
        raise LookupError(f"«{result.index}» has no {name!r} in {room}")
    return getattr(module, name)(result, *parts)
