"""What an ordinary cell shows, in the forms that every format of a report can hold.

The helpers' own objects bring Markdown and drawings. pandas, matplotlib and whatever else a researcher
uses bring HTML, pixels and the text of the object. Here these become a table, a picture or a sentence;
what cannot become one is an error that names the cell, never a memory address on a page.
"""

from __future__ import annotations

import base64
import re
import struct
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape as xml_escape

from nbformat import NotebookNode
from nbformat.v4 import new_output

from helpers.execution.html_text import read_html, table_note
from helpers.execution.options import CellError
from helpers.execution.pictures import embed_in_text, picture_at, published

MOST_TEXT = 20_000
"""Characters of a printed text that a report keeps."""
WHOLE_TABLE = "Toàn bộ bảng: [tệp CSV trên trang của báo cáo](#chiso-csv)"
"""Said below a table that is cut; publishing puts the file behind the link."""
_PICTURES = ("image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp")
_ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]{6,}|^<[\w.]+ (?:object|container)[^<>]*>$")
_SCALAR = re.compile(r"np\.(?:float|int|uint|bool|str)\w*\((.*)\)", re.DOTALL)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")
_DECIMALS = 4
_GAP, _LETTER = 12, 22


def shown_outputs(cell: NotebookNode, folder: Path) -> list[NotebookNode]:
    """Return the outputs of an executed cell as they are published.

    Parameters
    ----------
    cell : NotebookNode
        A code cell; left as it is.
    folder : Path
        Where the notebook lies, for pictures named by an output.

    Returns
    -------
    list of NotebookNode
        Outputs of the helpers come back as they are.

    Raises
    ------
    CellError
        If an output has no form that a page can hold.
    """
    outputs = list(cell.get("outputs", ()))
    drawn = any(set(_PICTURES) & set(_data(output)) for output in outputs)
    made: list[NotebookNode] = []
    for output in outputs:
        data = _data(output)
        if output.output_type in ("stream", "error") or "chiso" in output.get("metadata", {}):
            made.append(output)
        elif drawn and output.output_type == "execute_result" and set(data) == {"text/plain"}:
            continue  # the axes, labels or counts that a call of a plotting library returns
        else:
            made += _shown(output, data, folder)
    return made


def _data(output: NotebookNode) -> dict[str, Any]:
    return dict(output.get("data", {}))


def _shown(output: NotebookNode, data: dict[str, Any], folder: Path) -> list[NotebookNode]:
    for kind in _PICTURES:
        if kind in data:
            held = "".join(data[kind])
            content = held.encode() if kind == "image/svg+xml" else base64.b64decode(held)
            return [_picture(kind, content, output)]
    if "text/markdown" in data:
        return [_text(embed_in_text("".join(data["text/markdown"]), folder), output)]
    if "text/html" in data:
        return _from_html("".join(data["text/html"]), output, folder)
    if "text/latex" in data:
        return [_text(_formula("".join(data["text/latex"])), output)]
    plain = "".join(data.get("text/plain", "")) if set(data) <= {"text/plain"} else ""
    if not plain or _ADDRESS.search(plain):
        told = plain[:80] or ", ".join(sorted(data)) or "không có gì"
        raise CellError(
            f"kết quả ({told}) không có dạng in được lên trang: hãy đổi thành bảng, hình hoặc chữ, "
            "hoặc thêm dòng «#| output: false»"
        )
    return [_plain(plain, output)]


def _from_html(html: str, output: NotebookNode, folder: Path) -> list[NotebookNode]:
    read = read_html(html)
    if read.lost and not read.markdown and not read.pictures:
        raise CellError(
            f"kết quả là HTML cần trình duyệt chạy ({', '.join(read.lost)}), không in được: hãy vẽ "
            "bằng matplotlib, seaborn hay helpers.charts, hoặc thêm dòng «#| output: false»"
        )
    made = []
    if read.markdown:
        text = _text(read.markdown, output)
        if read.caption:
            text.metadata["chiso"] = {"kind": "table", "caption": read.caption}
        whole = output.get("data", {}).get("text/csv")
        if whole:
            text.data["text/csv"] = "".join(whole)
            text.data["text/markdown"] += f"\n\n{table_note(WHOLE_TABLE)}"
        made.append(text)
    for address, alternative in read.pictures:
        picture = _picture(*picture_at(address, folder), output)
        if alternative:
            picture.metadata["alt"] = alternative
        made.append(picture)
    return made


def _output(data: dict[str, Any], output: NotebookNode) -> NotebookNode:
    count = {"execution_count": output.execution_count} if "execution_count" in output else {}
    made: NotebookNode = new_output(output.output_type, data=data, metadata={}, **count)
    return made


def _text(markdown: str, output: NotebookNode) -> NotebookNode:
    return _output({"text/markdown": markdown}, output)


def _picture(kind: str, content: bytes, output: NotebookNode) -> NotebookNode:
    kind, coded = published(kind, content)
    held = base64.b64decode(coded).decode() if kind == "image/svg+xml" else coded
    return _output({kind: held}, output)


def _formula(latex: str) -> str:
    bare = latex.strip().strip("$").strip()
    bare = re.sub(r"^\\displaystyle\s*", "", bare)
    return f"$$\n{bare}\n$$"


def _plain(text: str, output: NotebookNode) -> NotebookNode:
    """Return the text of a value; a number alone is written as Vietnamese texts write it."""
    if found := _SCALAR.fullmatch(text.strip()):
        text = found[1]
    if _NUMBER.fullmatch(text.strip()):
        return _text(number_text(text.strip()), output)
    return _output({"text/plain": text}, output)


def number_text(written: str) -> str:
    """Return a number as Python writes it in Vietnamese digits, with at most four decimals.

    >>> number_text("4.979999999")
    '4,98'
    """
    if "." not in written and "e" not in written:
        return written.replace("-", "−")
    value = f"{float(written):.{_DECIMALS}f}".rstrip("0").rstrip(".")
    return value.replace("-", "−").replace(".", ",")


def cut(text: str, length: int) -> str:
    """Return what a report keeps of a long printed text, with a note of what it leaves out.

    Parameters
    ----------
    text : str
        At least its first :data:`MOST_TEXT` characters.
    length : int
        Characters that were printed.
    """
    if length <= MOST_TEXT:
        return text
    told = f"{length:,}".replace(",", "."), f"{MOST_TEXT:,}".replace(",", ".")
    return f"{text[:MOST_TEXT]}\n[… đã cắt: ô in {told[0]} ký tự, ở đây giữ {told[1]} ký tự đầu]\n"


def panels(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Return outputs of a labelled figure with its several pictures as the panels of one.

    A label names one figure. Its pictures stand below each other, lettered (a), (b) and so on, as a
    drawing that holds them; so every format and engine numbers them as one.
    """
    pictures = [output for output in outputs if set(_PICTURES[:2]) & set(_data(output))]
    if len(pictures) < 2:
        return outputs
    parts, top, widest = [], 0.0, 0.0
    for number, picture in enumerate(pictures):
        kind = "image/png" if "image/png" in picture.data else "image/svg+xml"
        held = "".join(picture.data[kind])
        coded = held if kind == "image/png" else base64.b64encode(held.encode()).decode()
        wide, high = _size(kind, held)
        letter = f"({chr(ord('a') + number % 26)})"
        parts.append(
            f'<text x="0" y="{top + 15:g}" font-family="Be Vietnam Pro, sans-serif" font-size="14" '
            f'fill="#16262d">{xml_escape(letter)}</text><image x="0" y="{top + _LETTER:g}" '
            f'width="{wide:g}" height="{high:g}" '
            f'href="data:{kind};base64,{coded.replace(chr(10), "")}"/>'
        )
        top += _LETTER + high + _GAP
        widest = max(widest, wide)
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{widest:g}" height="{top:g}" '
        f'viewBox="0 0 {widest:g} {top:g}">{"".join(parts)}</svg>'
    )
    first = pictures[0]
    joined = _output({"image/svg+xml": drawing}, first)
    joined.metadata = first.get("metadata", NotebookNode())
    joined.metadata.get("chiso", {}).pop("narrow", None)
    return [joined if one is first else one for one in outputs if one not in pictures[1:]]


def _size(kind: str, held: str) -> tuple[float, float]:
    """Return width and height of a picture in CSS pixels."""
    if kind == "image/png":
        wide, high = struct.unpack(">II", base64.b64decode(held)[16:24])
        return float(wide), float(high)
    head = held[: held.find(">", held.find("<svg")) + 1]
    box = re.search(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"', head)
    if box:
        return float(box[1]), float(box[2])
    sizes = [re.search(rf'\b{name}="([\d.]+)', head) for name in ("width", "height")]
    wide, high = (float(found[1]) if found else 480.0 for found in sizes)
    return wide, high
