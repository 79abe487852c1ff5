"""The face of official documents: Times New Roman, or one of the same widths.

Source: Nghị định số 30/2020/NĐ-CP of 5 March 2020, Phụ lục I, which asks for Times New Roman. Where it
is not installed, Liberation Serif from version 2 on has the same widths and every Vietnamese letter;
``tools/setup.sh`` fetches it from Debian. Without either, Typst takes Libertinus Serif, which it brings
along and which has the letters but not the widths.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError

from helpers.project import Project
from helpers.publishing.fonts import rename_family
from helpers.publishing.official import MOTTO, Official

TIMES = "Times New Roman"
SERIF_FAMILY = "Chiso Serif"
"""What the copies for PDF are called."""

_SLOTS = ("Regular", "Bold", "Italic", "BoldItalic")
_FILES = {
    TIMES: (
        ("times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf"),
        (
            "Times_New_Roman.ttf",
            "Times_New_Roman_Bold.ttf",
            "Times_New_Roman_Italic.ttf",
            "Times_New_Roman_Bold_Italic.ttf",
        ),
        (
            "Times New Roman.ttf",
            "Times New Roman Bold.ttf",
            "Times New Roman Italic.ttf",
            "Times New Roman Bold Italic.ttf",
        ),
    ),
    "Liberation Serif": (tuple(f"LiberationSerif-{slot}.ttf" for slot in _SLOTS),),
}
# The first and last Vietnamese letters of the block, and those outside it.
_LETTERS = frozenset({*range(0x1EA0, 0x1EFA), *map(ord, "ăâđêôơưĂÂĐÊÔƠƯ")})
_MM_PER_POINT = 25.4 / 72


def serif_family() -> str | None:
    """Return the family that official documents are set in; None if only Typst's own is left."""
    found = _faces()
    return found[0] if found else None


def serif_fonts(project: Project) -> Path:
    """Return a folder with the four faces, made once; an empty folder if none is installed.

    The copies have a family name of their own. Quarto's Typst asks the machine first, where a font of
    the same name may lack letters, and the same report would look different elsewhere.
    """
    found = _faces()
    name = found[0].replace(" ", "-").lower() if found else "none"
    folder = project.cache / "fonts" / f"serif-own-name-{name}"
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(dir=folder.parent))
    making.chmod(0o755)
    for path in found[1] if found else ():
        with TTFont(path, fontNumber=0, recalcTimestamp=False) as font:
            rename_family(font, SERIF_FAMILY)
            font.save(making / path.name)
    try:
        making.rename(folder)
    except OSError:
        # Another process has made the same folder in the meantime.
        if not folder.is_dir():
            raise
        shutil.rmtree(making)
    return folder


def widths(official: Official, project: Project) -> dict[str, float]:
    """Measure what the rules of the head in Word are as long as.

    Returns
    -------
    dict
        ``motto`` (14 points, bold), ``agency`` (13 points, bold), ``to`` (the words before the
        colon of "Kính gửi:") and ``addressed`` (the longest of several), in millimetres.
    """
    return {
        "motto": _width(MOTTO, 14),
        "agency": _width(official.agency.upper(), 13),
        "to": _width("Kính gửi", 14, bold=False),
        "addressed": max((_width(a, 14, bold=False) for a in official.addressed_lines), default=0),
    }


@cache
def _faces() -> tuple[str, tuple[Path, ...]] | None:
    installed: dict[str, Path] = {}
    for folder in _folders():
        for path in sorted(folder.rglob("*.tt[fc]")) if folder.is_dir() else ():
            # Version 1 of Liberation, which lacks letters, may lie beside version 2.
            if path.name not in installed or not _complete(installed[path.name]):
                installed[path.name] = path
    for family, layouts in _FILES.items():
        for names in layouts:
            if all(name in installed and _complete(installed[name]) for name in names):
                return family, tuple(installed[name] for name in names)
    return None


def _folders() -> tuple[Path, ...]:
    home = Path.home()
    return (
        Path(sys.prefix) / "share" / "fonts",
        home / ".fonts",
        home / ".local" / "share" / "fonts",
        home / "Library" / "Fonts",
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        Path("/Library/Fonts"),
        Path("/System/Library/Fonts"),
        Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts",
    )


def _complete(path: Path) -> bool:
    known = any(path.name in names for layouts in _FILES.values() for names in layouts)
    if not known:
        return False
    try:
        with TTFont(path, lazy=True) as font:
            return set(font.getBestCmap()) >= _LETTERS
    except (OSError, TTLibError):
        return False


def _width(text: str, points: float, *, bold: bool = True) -> float:
    found = _faces()
    if found is None:
        # The mean width of a bold letter of Times New Roman, for want of the font.
        return len(text) * points * 0.55 * _MM_PER_POINT
    with TTFont(found[1][int(bold)], lazy=True) as font:
        letters, metrics = font.getBestCmap(), font["hmtx"]
        units = sum(metrics[letters.get(ord(letter), ".notdef")][0] for letter in text)
        return float(units / font["head"].unitsPerEm * points * _MM_PER_POINT)
