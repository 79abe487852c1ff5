"""Where the module of an index or of a report that joins indices lies, by its key."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

_HOMES = ("helpers.indices", "helpers.reports")
_GENERIC = "helpers.indices.scored"


def module_of(key: str, part: str = "result") -> ModuleType:
    """Return a module of an index or a joined report.

    Parameters
    ----------
    key : str
        As a notebook's metadata say it: ``sipas``, ``annual``.
    part : str
        ``result`` evaluates; ``text``, ``tables`` and ``charts`` print.

    Returns
    -------
    ModuleType
        Where the index has not got this part, or no Python at all: that of any scored index. Without
        Python, the result says when it is used whether ``params/indices`` has such an index.
    """
    for home in _HOMES:
        if find_spec(f"{home}.{key}") is not None and find_spec(f"{home}.{key}.{part}") is not None:
            return import_module(f"{home}.{key}.{part}")
    if part != "result":
        return import_module(f"{_GENERIC}.{part}")
    bound: ModuleType = import_module(f"{_GENERIC}.tree").of(key)
    return bound


def forwarded(room: str, homes: Mapping[str, str]) -> Callable[[str], ModuleType]:
    """Return a room's ``__getattr__`` that answers for modules that have moved.

    Parameters
    ----------
    room : str
        The room's own name.
    homes : mapping of str to str
        Former name of a module, and the module that took its place.
    """

    def answer(name: str) -> ModuleType:
        if name not in homes:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        warnings.warn(
            f"{room}.{name} is now {homes[name]}; the old name goes with the next release",
            DeprecationWarning,
            stacklevel=2,
        )
        return import_module(homes[name])

    return answer
