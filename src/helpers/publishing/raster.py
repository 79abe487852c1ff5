"""Pictures in pixels for formats that cannot hold drawings, made from the drawing itself."""

from __future__ import annotations

import struct
import tempfile
import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import typst

from helpers.display.lettering import font_folder
from helpers.publishing.errors import PublishError

DOTS_PER_INCH = 200
_METRE = 39.37007874


def rasterize(drawings: Mapping[str, bytes]) -> dict[str, bytes]:
    """Turn SVG drawings into PNG pictures of the same size.

    Typst renders SVG with the library that its PDF uses, so paper and Word show the same picture, and
    the same drawing gives the same bytes.

    Parameters
    ----------
    drawings : mapping of str to bytes
        SVG by any name.

    Returns
    -------
    dict of str to bytes
        PNG by the same names, at 200 dots per inch, which the file says of itself.

    Raises
    ------
    PublishError
        If Typst cannot read a drawing.
    """
    if not drawings:
        return {}
    with tempfile.TemporaryDirectory(prefix="chiso-") as folder:
        root = Path(folder)
        pages = []
        for number, drawing in enumerate(drawings.values()):
            (root / f"{number}.svg").write_bytes(drawing)
            pages.append(f'#image("{number}.svg")')
        source = "#set page(width: auto, height: auto, margin: 0pt)\n" + "\n#pagebreak()\n".join(
            pages
        )
        (root / "main.typ").write_text(source, encoding="utf-8")
        try:
            made = typst.compile(
                str(root / "main.typ"),
                root=str(root),
                font_paths=_fonts(),
                format="png",
                ppi=DOTS_PER_INCH,
            )
        except typst.TypstError as error:
            raise PublishError(f"Không đọc được hình vẽ SVG: {error}") from error
    pictures = [made] if isinstance(made, bytes) else list(made)
    return {name: _with_size(p) for name, p in zip(drawings, pictures, strict=True)}


@cache
def _fonts() -> typst.Fonts:
    # Those that charts are set in and measured with. The machine's own would make the same drawing
    # look different elsewhere.
    return typst.Fonts(include_system_fonts=False, font_paths=[str(font_folder())])


def _with_size(picture: bytes) -> bytes:
    """Write into a PNG how many dots make an inch; without it Word would guess the size."""
    dots = round(DOTS_PER_INCH * _METRE)
    body = b"pHYs" + struct.pack(">IIB", dots, dots, 1)
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    after_header = 8 + 4 + 4 + 13 + 4
    return picture[:after_header] + chunk + picture[after_header:]
