"""Pictures that a notebook names: attachments, files beside it, and data in the text itself.

The executed notebook is read in another folder than the one it was written in, so a picture that is
named goes into it. Nothing is fetched from the network.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import lxml.html
from nbformat import NotebookNode

from helpers.execution.options import CellError
from helpers.words.text import escape

KINDS = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"RIFF": "image/webp",
}
PUBLISHED = ("image/png", "image/svg+xml")
_IMAGE = re.compile(r"!\[((?:[^\]\\]|\\.)*)\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
_TAG = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_DATA = re.compile(r"data:(image/[a-z+.-]+);base64,(.*)", re.DOTALL)
_CODE = re.compile(r"(```.*?```|`[^`\n]*`)", re.DOTALL)
_WIDTH = re.compile(r"(\d+(?:\.\d+)?)(px|%|cm|mm|in)?")


def embed_in_cell(cell: NotebookNode, folder: Path) -> None:
    """Put the pictures that a Markdown cell names among its attachments.

    Parameters
    ----------
    cell : NotebookNode
        A Markdown cell; changed in place.
    folder : Path
        Where the notebook lies.

    Raises
    ------
    CellError
        If a picture is not there, is no picture, or would have to be fetched.
    """
    attachments = dict(cell.get("attachments", {}))
    kept: dict[str, dict[str, str]] = {}

    def place(address: str) -> str:
        name = unquote(address.removeprefix("attachment:"))
        if address.startswith("attachment:"):
            if name not in attachments:
                raise CellError(f"ảnh đính kèm «{name}» không có trong ô")
            bundle = attachments[name]
            data = {kind: "".join(coded) for kind, coded in bundle.items()}
            kind, coded = next(iter(data.items()))
            content = base64.b64decode(coded)
        else:
            kind, content = picture_at(address, folder)
        kept_name = f"picture-{len(kept) + 1}"
        kept[kept_name] = dict([published(kind, content)])
        return f"attachment:{kept_name}"

    cell.source = _with_images(cell.source, place)
    cell.pop("attachments", None)
    if kept:
        cell.attachments = kept


def embed_in_text(markdown: str, folder: Path) -> str:
    """Return the Markdown of an output with the pictures that it names as data in the text."""

    def place(address: str) -> str:
        kind, coded = published(*picture_at(address, folder))
        return f"data:{kind};base64,{coded}"

    return _with_images(markdown, place)


def _with_images(markdown: str, place: Callable[[str], str]) -> str:
    """Return Markdown whose pictures, tags included, are Markdown's own with another address."""

    def image(found: re.Match[str]) -> str:
        return f"![{found[1]}]({place(found[2])})"

    def tag(found: re.Match[str]) -> str:
        element = lxml.html.fragment_fromstring(found[0])
        wide = _WIDTH.fullmatch(element.get("width", "").strip())
        size = f"{{width={wide[1]}{wide[2] or 'px'}}}" if wide else ""
        return f"![{escape(element.get('alt', ''))}]({place(element.get('src', ''))}){size}"

    parts = _CODE.split(markdown)
    for number in range(0, len(parts), 2):
        # Tags first: what they become is not looked at again.
        pieces = _TAG.split(parts[number])
        tags = [tag(found) for found in _TAG.finditer(parts[number])]
        texts = [_IMAGE.sub(image, piece) for piece in pieces]
        parts[number] = "".join(text + made for text, made in zip(texts, [*tags, ""], strict=True))
    return "".join(parts)


def picture_at(address: str, folder: Path) -> tuple[str, bytes]:
    """Return the kind and the bytes of a picture in a file or in the address itself.

    Raises
    ------
    CellError
        If there is none, or it would have to be fetched.
    """
    if found := _DATA.fullmatch(address):
        return found[1], base64.b64decode(found[2])
    if re.match(r"[a-z][a-z0-9+.-]*:|//", address, re.IGNORECASE):
        raise CellError(
            f"ảnh «{address[:80]}» ở trên mạng: hãy tải về, đặt cạnh sổ tay rồi ghi tên tệp"
        )
    path = folder / unquote(address)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CellError(f"không có tệp ảnh «{unquote(address)}» cạnh sổ tay") from error
    kind = next((kind for mark, kind in KINDS.items() if content.startswith(mark)), "")
    if not kind and b"<svg" in content[:1000]:
        kind = "image/svg+xml"
    if not kind:
        raise CellError(f"tệp «{unquote(address)}» không phải ảnh PNG, JPEG, GIF, WebP hay SVG")
    return kind, content


def published(kind: str, content: bytes) -> tuple[str, str]:
    """Return a picture, in base64, in one of the forms that every format can hold."""
    if kind not in PUBLISHED:
        from PIL import Image, UnidentifiedImageError

        made = io.BytesIO()
        try:
            Image.open(io.BytesIO(content)).convert("RGBA").save(made, "PNG")
        except UnidentifiedImageError as error:
            raise CellError(f"không đọc được ảnh dạng {kind}") from error
        kind, content = "image/png", made.getvalue()
    return kind, base64.b64encode(content).decode()
