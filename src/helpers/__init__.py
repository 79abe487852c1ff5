"""What the notebooks call: indices, commentary, charts and tables for provincial governance.

A notebook writes ``from helpers import index, say, show, title``. The names below are
loaded when first asked for, so that a room that draws nothing never waits for what draws.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.2.0"

_ROOMS = {
    "papi": "helpers.indices.papi.result",
    "charts": "helpers.indices.papi.charts",
    "tables": "helpers.indices.papi.tables",
    "commentary": "helpers.indices.papi.text",
}

__all__ = ["charts", "commentary", "index", "papi", "say", "show", "tables", "title"]
_KINDS = ("indices", "reports")


def __dir__() -> list[str]:
    """Offer what a notebook uses: the names above, every index and every joined report."""
    from contextlib import suppress
    from pathlib import Path

    from helpers.project import ProjectNotFoundError, find_project

    own = Path(__file__).parent
    found = {path.parent.name for kind in _KINDS for path in own.glob(f"{kind}/*/result.py")}
    with suppress(ProjectNotFoundError):  # outside a checkout no definitions are to be offered
        found |= {path.stem for path in find_project().definitions.glob("*.yml")}
    return sorted({*__all__, "robustness", *found} - {"score_tree", "scored"})


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        return import_module(_ROOMS[name])
    if name == "say":
        return import_module("helpers.words.say").in_this_shell()
    if name == "title":
        return import_module("helpers.words.say").title
    if name == "index":
        return import_module("helpers.keys").module_of
    if name == "show":
        return import_module("helpers.show")
    if not name.startswith("_") and name in __dir__() and name != "robustness":
        return import_module("helpers.keys").module_of(name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
