"""HTML that a cell shows, as the Markdown and the tables that every format can hold.

pandas, Styler and great_tables describe themselves as HTML only, with identifiers that differ from run
to run. What a reader sees of it is kept: text, emphasis, lists, links, pictures and tables.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import lxml.html
from lxml.html import HtmlElement

from helpers.display.table import Table
from helpers.words.text import escape

WIDEST = 12
"""Columns of a table that are printed; the others are in the whole table."""
NAMELESS = "Mục"
"""Heads a column that has no name, such as the statistics of ``describe()``."""
_DROPPED = ("script", "style", "head", "template", "noscript", "title", "button", "input")
_LOST = ("script", "iframe", "canvas", "object", "embed", "video", "audio")
_BLOCKS = ("p", "div", "section", "article", "figure", "figcaption", "center", "header", "footer")
_DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL | re.IGNORECASE)
_SHAPE = re.compile(r"\d+ rows × \d+ columns|shape: \([\d_, ]+\)")
_DECIMAL = re.compile(r"[-−]?\d+\.\d+")
_UNFORMATTED = re.compile(r"[-−]?\d+\.\d{6}")
_NUMBER = re.compile(r"[-−+]?\d[\d.,\u00a0 ]*%?")
_ABSENT = ("", "nan", "NaN", "None", "NaT", "<NA>", "null")
_CUT = ("...", "…")


@dataclass
class Read:
    """What was found in a piece of HTML.

    Parameters
    ----------
    blocks : list of str
        Markdown, each a block of its own.
    caption : str
        That a table states of itself, as Markdown.
    pictures : list of (str, str)
        Address and text alternative of each picture.
    lost : list of str
        Names of elements that need a browser at work.
    """

    blocks: list[str] = field(default_factory=list)
    caption: str = ""
    pictures: list[tuple[str, str]] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    @property
    def markdown(self) -> str:
        """The blocks as one text."""
        return "\n\n".join(block for block in self.blocks if block.strip())


def read_html(html: str) -> Read:
    """Read HTML as an ordinary cell shows it.

    Parameters
    ----------
    html : str
        A fragment or a page.

    Returns
    -------
    Read
    """
    read = Read()
    html = _DRAWING.sub(lambda found: _as_picture(found[0]), html)
    try:
        root = lxml.html.fragment_fromstring(html, create_parent="div")
    except (lxml.etree.ParserError, ValueError):
        return read
    read.lost = sorted({str(one.tag) for one in root.iter(*_LOST)})
    for element in list(root.iter(*_DROPPED)):
        element.drop_tree()
    _read_blocks(root, read)
    return read


def table_note(markdown: str) -> str:
    """Return the note below a table as a block of its own."""
    return f"::: {{.table-note}}\n{markdown}.\n:::"


def _as_picture(drawing: str) -> str:
    coded = base64.b64encode(drawing.encode()).decode()
    return f'<img src="data:image/svg+xml;base64,{coded}">'


def _read_blocks(parent: HtmlElement, read: Read) -> None:
    """Add what an element holds: its blocks, and the running text between them."""
    running = _text(parent.text)

    def flush() -> None:
        nonlocal running
        if running.strip():
            read.blocks.append(running.strip())
        running = ""

    for child in parent.iterchildren(tag=lxml.etree.Element):
        tag = str(child.tag)
        if tag == "table":
            flush()
            table, caption = _table(child)
            read.blocks.append(table)
            read.caption = read.caption or caption
        elif tag in ("ul", "ol"):
            flush()
            read.blocks.append("\n".join(_items(child, read, tag == "ol")))
        elif re.fullmatch("h[1-6]", tag):
            flush()
            read.blocks.append(f"{'#' * int(tag[1])} {_inline(child, read)}")
        elif tag in ("pre",):
            flush()
            read.blocks.append(f"```\n{child.text_content().rstrip()}\n```")
        elif tag == "p" and child.get("class") == "table-note":
            flush()
            read.blocks.append(table_note(_inline(child, read)))
        elif tag == "hr":
            flush()
            read.blocks.append("---")
        elif tag in _BLOCKS or child.find(".//table") is not None:
            flush()
            if not _SHAPE.fullmatch(" ".join(child.text_content().split())):
                _read_blocks(child, read)
        elif not _SHAPE.fullmatch(" ".join(child.text_content().split())):
            running += _inline_of(child, read)
        running += _text(child.tail)
    flush()


def _items(element: HtmlElement, read: Read, ordered: bool) -> Iterator[str]:
    for number, item in enumerate(element.iterchildren("li"), start=1):
        inner = list(item.iterchildren("ul", "ol"))
        for one in inner:
            item.remove(one)
        yield f"{f'{number}.' if ordered else '-'} {_inline(item, read)}"
        for one in inner:
            yield from (f"    {line}" for line in _items(one, read, one.tag == "ol"))


def _text(text: str | None) -> str:
    if not text:
        return ""
    body = escape(f"x{' '.join(text.split())}")[1:] if text.strip() else ""
    before = " " if text[0].isspace() else ""
    after = " " if text[-1].isspace() and body else ""
    return f"{before}{body}{after}"


def _inline(element: HtmlElement, read: Read) -> str:
    parts = [_text(element.text)]
    for child in element.iterchildren(tag=lxml.etree.Element):
        parts += [_inline_of(child, read), _text(child.tail)]
    return re.sub(r" {2,}", " ", "".join(parts)).strip()


def _inline_of(element: HtmlElement, read: Read) -> str:
    tag = str(element.tag)
    if tag == "img":
        read.pictures.append((element.get("src", ""), element.get("alt", "")))
        return ""
    if tag == "br":
        return "\\\n"
    if tag == "code":
        return f"`{element.text_content()}`"
    inner = _inline(element, read)
    if not inner:
        return ""
    mark = {"b": "**", "strong": "**", "i": "*", "em": "*", "sup": "^", "sub": "~"}.get(tag, "")
    address = element.get("href", "") if tag == "a" else ""
    if address.startswith(("http://", "https://", "mailto:")):
        return f"[{inner}]({address})"
    return f"{mark}{inner}{mark}"


def _table(element: HtmlElement) -> tuple[str, str]:
    """Return a table as Markdown, and the caption that it states of itself."""
    captions = [" ".join(one.text_content().split()) for one in element.iterchildren("caption")]
    head, body, foot = _parts(element)
    titles = [row for row in head if _is_title(row)]
    captions += [" ".join(cell.text_content().split()) for row in titles for cell in row]
    names = _names(_grid([row for row in head if row not in titles], repeat=True))
    rows = _grid(body, repeat=False)
    width = max(len(names), *(len(row) for row in rows), 1) if rows else max(len(names), 1)
    names = [*names, *[""] * (width - len(names))]
    rows = [[*row, *[""] * (width - len(row))] for row in rows]
    if _numbers_rows(element, names, rows):
        names, rows = names[1:], [row[1:] for row in rows]
    if "dataframe" in element.get("class", "").split():
        rows = _with_commas(rows, _DECIMAL)
    elif "gt_table" not in element.get("class", "").split():
        # What an author has formatted stays; six decimals are what Styler writes by itself.
        rows = _with_commas(rows, _UNFORMATTED)
    notes = [escape(" ".join(row.text_content().split())) for row in foot]
    if any(set(row) <= {*_CUT, ""} for row in rows):
        notes.append("Bảng in rút gọn: các dòng ở giữa không in")
    if len(names) > WIDEST:
        notes.append(f"Bảng in {WIDEST} cột đầu trong {len(names)} cột")
        names, rows = names[:WIDEST], [row[:WIDEST] for row in rows]
    caption = escape(". ".join(caption for caption in captions if caption))
    if not rows or not names:
        return "", caption
    align = "".join("r" if _is_number(row[n] for row in rows) else "l" for n in range(len(names)))
    names = [name or NAMELESS for name in names]
    filled = tuple(tuple("" if cell in _ABSENT else cell for cell in row) for row in rows)
    note = ". ".join(note.rstrip(".") for note in notes)
    return Table(tuple(names), filled, "", align, note).markdown, caption


def _parts(table: HtmlElement) -> tuple[list[HtmlElement], list[HtmlElement], list[HtmlElement]]:
    head = table.xpath("./thead/tr")
    foot = table.xpath("./tfoot/tr")
    body = table.xpath("./tbody/tr | ./tr")
    if not head and body and not body[0].xpath("./td"):
        head, body = body[:1], body[1:]
    # polars says the kind of each column in a second row of its head.
    return [row for row in head if row.xpath("./th") or _is_title(row)], body, foot


def _is_title(row: HtmlElement) -> bool:
    return "gt_heading" in row.get("class", "").split()


def _grid(rows: Sequence[HtmlElement], *, repeat: bool) -> list[list[str]]:
    """Lay cells that span columns and rows out; `repeat` writes a spanning text over each column."""
    taken: dict[tuple[int, int], str] = {}
    for line, row in enumerate(rows):
        column = 0
        for cell in row.xpath("./th | ./td"):
            while (line, column) in taken:
                column += 1
            text = " ".join(cell.text_content().split())
            wide, high = (_span(cell.get(name)) for name in ("colspan", "rowspan"))
            for down in range(min(high, len(rows) - line)):
                for right in range(wide):
                    first = right == 0 and down == 0
                    taken[line + down, column + right] = text if first or repeat else ""
            column += wide
    width = 1 + max((column for _, column in taken), default=-1)
    return [[taken.get((line, column), "") for column in range(width)] for line in range(len(rows))]


def _span(written: str | None) -> int:
    return min(int(written), 1000) if written and written.isdigit() and written != "0" else 1


def _names(head: list[list[str]]) -> list[str]:
    """Join the rows of a head: a name above several columns stands before each of theirs."""
    return [" – ".join(dict.fromkeys(filter(None, column))) for column in zip(*head, strict=True)]


def _numbers_rows(element: HtmlElement, names: list[str], rows: list[list[str]]) -> bool:
    """Tell whether the first column is pandas' own numbering of rows, which says nothing."""
    ours = element.xpath("./tbody/tr/th[1]")
    plain = all(row[0].isdigit() or row[0] in _CUT for row in rows)
    return bool(ours) and len(names) > 1 and not names[0] and plain and len(ours) == len(rows)


def _with_commas(rows: list[list[str]], decimal: re.Pattern[str]) -> list[list[str]]:
    """Write pandas' decimal numbers with a comma, without the zeros that a whole column ends in."""
    columns = []
    for column in zip(*rows, strict=True):
        parts = [cell.partition(".")[2] for cell in column if decimal.fullmatch(cell)]
        digits = max((len(part.rstrip("0")) for part in parts), default=0)
        columns.append(
            [_with_comma(cell, digits) if decimal.fullmatch(cell) else cell for cell in column]
        )
    return [list(row) for row in zip(*columns, strict=True)]


def _with_comma(cell: str, digits: int) -> str:
    whole, _, part = cell.replace("-", "−").partition(".")
    return f"{whole},{part[:digits]}" if digits else whole


def _is_number(cells: Iterator[str]) -> bool:
    told = [cell for cell in cells if cell not in _ABSENT and cell not in _CUT]
    return bool(told) and all(_NUMBER.fullmatch(cell) for cell in told)
