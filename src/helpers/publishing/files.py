"""The files that the package brings, and writing one so that a reader never sees half of it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from helpers.inputs.atomic import write_atomically

__all__ = ["ASSETS", "has_lost_letters", "write_atomically"]

ASSETS = Path(__file__).parent / "assets"
"""Styles, filters, templates and fonts that the package brings."""

_LOST = "\N{REPLACEMENT CHARACTER}".encode()


def has_lost_letters(content: bytes) -> bool:
    """Tell whether a page, a Typst source or a Word file holds the sign for letters that were lost.

    A program writes it where it took text for another encoding than it was.
    """
    if not content.startswith(b"PK"):
        return _LOST in content
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return any(
            _LOST in parts.read(name)
            for name in parts.namelist()
            if name.endswith((".xml", ".rels"))
        )
