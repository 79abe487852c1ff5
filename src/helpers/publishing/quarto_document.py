"""What Quarto cannot do by itself to a document of this product, as two Lua filters."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files

from helpers.project import Project
from helpers.publishing.official import Official
from helpers.publishing.official_parts import parts_for
from helpers.publishing.serif import widths

FILTER, LAYOUT = "document.lua", "layout.lua"
_USED = {"sources": "sources.lua", "official": "official.lua"}
_LAYOUT_USED = {"captions": "report_captions.lua", "tables": "report_tables.lua"}


def document_filter(official: Official | None, formats: Sequence[str], project: Project) -> str:
    """Write the filter that runs before Quarto's own.

    It holds all it needs, as Quarto runs filters from places of its own and the pandoc engine's Lua
    modules must not be looked for beside them.

    Parameters
    ----------
    official : Official or None
        Head and signature of an official document; None for an ordinary report, which only gets its
        list of sources.
    formats : sequence of {"html", "pdf", "docx"}
        What is rendered.
    project : Project
        Where the fonts are that lengths in Word are measured with.

    Returns
    -------
    str
        Lua.
    """
    around = {}
    if official is not None:
        for kind in formats:
            measured = widths(official, project) if kind == "docx" else {}
            around[kind] = parts_for(official, kind, measured)
    values = _long_string(json.dumps(around, ensure_ascii=False))
    return "\n".join(
        [
            *_modules(_USED),
            f"local around = pandoc.json.decode({values}, false)" if around else "local around",
            _read("quarto_assets", FILTER),
        ]
    )


def layout_filter(official: Official | None) -> str:
    """Write the filter that runs when Quarto has numbered figures and tables."""
    is_official = "true" if official is not None else "false"
    return "\n".join(
        [
            *_modules(_LAYOUT_USED),
            f"local official = {is_official}",
            _read("quarto_assets", LAYOUT),
        ]
    )


def _modules(used: Mapping[str, str]) -> list[str]:
    return [
        f"local {name} = (function()\n{_read('assets', file)}\nend)()\n"
        for name, file in used.items()
    ]


def _read(folder: str, name: str) -> str:
    return (files("helpers.publishing") / folder / name).read_text(encoding="utf-8")


def _long_string(text: str) -> str:
    """Quote `text` for Lua in brackets that it does not hold itself."""
    level = 0
    while f"]{'=' * level}]" in text or text.endswith("]" + "=" * level):
        level += 1
    return f"[{'=' * level}[\n{text}]{'=' * level}]"
