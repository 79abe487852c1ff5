"""Tables and charts of an index or a joined report, by name: ``show.table(result, "factors")``."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from difflib import get_close_matches
from importlib import import_module
from typing import Any, Protocol

from helpers.keys import module_of

_KINDS = {"charts": "hình", "tables": "bảng"}


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
        kind = _KINDS[room]
        close = get_close_matches(name, [one for one in dir(module) if not one.startswith("_")], 1)
        hint = f" Có phải «{close[0]}»?" if close else ""
        raise LookupError(f"«{result.index}» không có {kind} «{name}».{hint}")
    try:
        return getattr(module, name)(result, *parts)
    except AttributeError as error:
        # The result lacks what is drawn: a chart of a province was asked of the country, or the other
        # way round. What is amiss deeper down is told as it is.
        if error.obj is not result:
            raise
        raise LookupError(
            f"«{name}» là {_KINDS[room]} của loại kết quả khác, không phải {result!r}."
        ) from error
