"""Make the fonts of signs that reports carry: what Be Vietnam Pro lacks, cut out of DejaVu Sans.

Run once, and again when the ranges change::

    python tools/signs_font.py FOLDER_WITH_DEJAVU

DejaVu Sans is free to use, change and pass on under another name (see ``signs.LICENCE`` beside the
fonts); the copies are called "Chiso Signs".
"""

from __future__ import annotations

import sys
from pathlib import Path

import fontpkg
from fontTools import subset
from fontTools.ttLib import TTFont

from helpers.publishing.fonts import ASSETS, FAMILY, SIGNS_FAMILY, rename_family

# Latin, Greek and Cyrillic; then punctuation, arrows, mathematics, boxes, shapes, dingbats.
RANGES = ((0x20, 0x530), (0x1E00, 0x2800))
FACES = {"DejaVuSans.ttf": "signs-400.woff2", "DejaVuSans-Bold.ttf": "signs-700.woff2"}


def main(folder: Path) -> None:
    """Write the fonts into the assets of publishing."""
    with TTFont(fontpkg.path(FAMILY), lazy=True) as font:
        known = set(font.getBestCmap())
    for source, name in FACES.items():
        with TTFont(folder / source, recalcTimestamp=False) as font:
            wanted = {
                code
                for code in font.getBestCmap()
                if any(low <= code < high for low, high in RANGES)
            }
            options = subset.Options()
            options.hinting = False
            options.layout_features = ["ccmp", "mark", "mkmk", "locl"]
            options.name_IDs = ["*"]
            options.drop_tables += ["FFTM"]
            reader = subset.Subsetter(options)
            reader.populate(unicodes=sorted(wanted - known))
            reader.subset(font)
            rename_family(font, SIGNS_FAMILY)
            font.flavor = "woff2"
            font.save(ASSETS / name)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
