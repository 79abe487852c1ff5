"""Be Vietnam Pro for pages and paper, made once from the installed package.

The family has proportional digits only, so columns of numbers would not line up: the fonts written
here carry digits of one width as the OpenType feature ``tnum``. The licence (SIL OFL 1.1, no
reserved name) allows that.
"""

from __future__ import annotations

import base64
import hashlib
import io
import tempfile
from functools import cache
from pathlib import Path

import fontpkg
from fontTools import subset
from fontTools.otlLib.builder import buildLookup, buildSingleSubstSubtable
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables

from helpers.project import Project
from helpers.publishing.files import ASSETS, write_atomically

FAMILY = "Be Vietnam Pro"
# (weight, style) of the faces on paper and, but for the last, on pages.
FACES = ((400, "normal"), (600, "normal"), (400, "italic"), (600, "italic"))
# Word makes bold with the bold face of a family; a semibold one would be a family of its own.
WORD_FACES = {
    "Regular": (400, "normal"),
    "Bold": (700, "normal"),
    "Italic": (400, "italic"),
    "BoldItalic": (700, "italic"),
}
PAPER_FAMILY, SIGNS_FAMILY = "Chiso Sans", "Chiso Signs"
"""What the copies for PDF are called: a font of the machine with the name of the original would come
first in some programs, and lack letters or digits that the copy has."""

_FAMILY_NAMES = (1, 16, 21)
_VERSION = "4"
_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
# Latin of Western Europe with Vietnamese, punctuation, currency, arrows, mathematics.
_RANGES = (
    (0x20, 0x7E),
    (0xA0, 0xFF),
    *((code, code + 1) for code in (0x102, 0x110, 0x128, 0x168)),  # Ăă Đđ Ĩĩ Ũũ
    (0x1A0, 0x1B0),
    (0x300, 0x323),
    (0x1EA0, 0x1EF9),
    (0x2009, 0x2044),
    (0x2070, 0x208E),
    (0x20AB, 0x20AC),
    (0x2116, 0x2122),
    (0x2190, 0x2199),
    (0x2200, 0x2265),
    (0x25A0, 0x25CF),
)


def paper_fonts(project: Project) -> Path:
    """Return the folder of the fonts for PDF, making it when it is not there.

    Returns
    -------
    Path
        ``outputs/.cache/fonts/paper-…``: Be Vietnam Pro in four faces and Chiso Signs, which has
        the arrows and signs that Be Vietnam Pro lacks.
    """
    folder = project.cache / "fonts" / f"paper-{_fingerprint()}"
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(dir=folder.parent))
    making.chmod(0o755)
    for weight, style in FACES:
        with TTFont(_source(weight, style), recalcTimestamp=False) as font:
            add_tabular_digits(font)
            rename_family(font, PAPER_FAMILY)
            font.save(making / f"BeVietnamPro-{weight}-{style}.ttf")
    for path in _signs():
        with TTFont(path, recalcTimestamp=False) as font:
            font.flavor = None  # Typst reads no compressed fonts
            font.save(making / f"{path.stem}.ttf")
    try:
        making.rename(folder)
    except OSError:
        # Another process has made the same folder in the meantime.
        if not folder.is_dir():
            raise
        for path in making.iterdir():
            path.unlink()
        making.rmdir()
    return folder


def page_font_css(project: Project) -> str:
    """Return ``@font-face`` rules that carry the fonts themselves, for a page without a network.

    Returns
    -------
    str
        CSS, about 63 kB: three faces, subset to what Vietnamese reports are written in, as WOFF2.
    """
    path = project.cache / "fonts" / f"page-{_fingerprint()}.css"
    if not path.is_file():
        rules = "\n".join(_face(weight, style) for weight, style in FACES[:3])
        write_atomically(path, rules.encode())
    return path.read_text("utf-8")


def word_fonts(project: Project) -> dict[str, bytes]:
    """Return the faces that a Word file carries, by the name of their slot in it.

    Returns
    -------
    dict
        ``"Regular"``, ``"Bold"``, ``"Italic"``, ``"BoldItalic"`` to TrueType files of about 40 kB.
    """
    faces = {}
    for slot, (weight, style) in WORD_FACES.items():
        path = project.cache / "fonts" / f"word-{slot}-{_fingerprint()}.ttf"
        if not path.is_file():
            with TTFont(_source(weight, style), recalcTimestamp=False) as font:
                write_atomically(path, _subset(font, names=["*"]))
        faces[slot] = path.read_bytes()
    return faces


@cache
def paper_coverage() -> frozenset[int]:
    """Return the code points that the fonts for PDF can show."""
    codes: set[int] = set()
    for path in (_source(400, "normal"), _signs()[0]):
        with TTFont(path, lazy=True) as font:
            codes.update(font.getBestCmap())
    return frozenset(codes)


def add_tabular_digits(font: TTFont) -> None:
    """Give `font` digits of one width, as the feature ``tnum``; changes `font`.

    Parameters
    ----------
    font : TTFont
        A TrueType font with a GSUB table and glyphs named ``zero`` to ``nine``.
    """
    glyphs, metrics = font["glyf"], font["hmtx"]
    width = metrics["zero"][0]
    for name in _DIGITS:
        shift = (width - metrics[name][0]) / 2
        pen = TTGlyphPen(None)
        outline = DecomposingRecordingPen(font.getGlyphSet())
        font.getGlyphSet()[name].draw(outline)
        outline.replay(TransformPen(pen, (1, 0, 0, 1, round(shift), 0)))
        glyphs[f"{name}.tf"] = glyph = pen.glyph()
        glyph.recalcBounds(glyphs)
        metrics[f"{name}.tf"] = (width, glyph.xMin)
    font.setGlyphOrder(list(glyphs.glyphOrder))
    substitution = buildSingleSubstSubtable({name: f"{name}.tf" for name in _DIGITS})
    _add_feature(font, "tnum", buildLookup([substitution]))


def rename_family(font: TTFont, family: str) -> None:
    """Call the family of `font` something else; a PDF still names the face by its PostScript name."""
    for record in font["name"].names:
        if record.nameID in _FAMILY_NAMES:
            record.string = family


def _add_feature(font: TTFont, tag: str, lookup: otTables.Lookup) -> None:
    table = font["GSUB"].table
    table.LookupList.Lookup.append(lookup)
    table.LookupList.LookupCount = len(table.LookupList.Lookup)
    record = otTables.FeatureRecord()
    record.FeatureTag = tag
    record.Feature = otTables.Feature()
    record.Feature.FeatureParams = None
    record.Feature.LookupListIndex = [table.LookupList.LookupCount - 1]
    record.Feature.LookupCount = 1
    table.FeatureList.FeatureRecord.append(record)
    table.FeatureList.FeatureCount = len(table.FeatureList.FeatureRecord)
    position = table.FeatureList.FeatureCount - 1
    for script in table.ScriptList.ScriptRecord:
        systems = [entry.LangSys for entry in script.Script.LangSysRecord]
        for system in [script.Script.DefaultLangSys, *systems]:
            if system is not None:
                system.FeatureIndex.append(position)
                system.FeatureCount = len(system.FeatureIndex)


def _face(weight: int, style: str) -> str:
    with TTFont(_source(weight, style), recalcTimestamp=False) as font:
        add_tabular_digits(font)
        data = base64.b64encode(_subset(font, names=[1, 2, 13, 14], flavor="woff2")).decode()
    return (
        f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};font-style:{style};'
        f'font-display:swap;src:url("data:font/woff2;base64,{data}") format("woff2")}}'
    )


def _subset(font: TTFont, names: list[int | str], flavor: str | None = None) -> bytes:
    options = subset.Options()
    options.layout_features = ["ccmp", "locl", "mark", "mkmk", "kern", "liga", "tnum"]
    options.hinting = False
    options.flavor = flavor
    options.name_IDs = names
    reader = subset.Subsetter(options)
    reader.populate(unicodes=[code for low, high in _RANGES for code in range(low, high + 1)])
    reader.subset(font)
    font.flavor = flavor
    stream = io.BytesIO()
    font.save(stream)
    return stream.getvalue()


def _source(weight: int, style: str) -> Path:
    return Path(fontpkg.path(FAMILY, weight=weight, style=style))


def _signs() -> tuple[Path, ...]:
    """Return the fonts with what Be Vietnam Pro lacks (made by ``tools/signs_font.py``)."""
    return ASSETS / "signs-400.woff2", ASSETS / "signs-700.woff2"


@cache
def _fingerprint() -> str:
    digest = hashlib.sha256(_VERSION.encode())
    for weight, style in FACES:
        path = _source(weight, style)
        digest.update(f"{path.name} {path.stat().st_size}".encode())
    for path in _signs():
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
