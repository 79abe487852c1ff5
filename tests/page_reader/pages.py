"""A finished page as text blocks, tables and figures, each with its traced numbers."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from lxml import html

PICTURE = re.compile(r'src="data:[^"]*"')
FIGURE = re.compile(r'<figure id="([^"]+)">(.*?)</figure>', re.DOTALL)
WIDE = re.compile(r'<svg[^>]*class="wide.*?</svg>', re.DOTALL)
DASHES = re.compile(r'<g class="c-mid-line"[^>]*stroke="#([0-9a-f]{6})"[^>]*>(.*?)</g>', re.DOTALL)
DASH = re.compile(r'<path d="M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)"/>')
DASH_LENGTHS = (8, 20)
"""Of a year's dash, and of the one in the key; a line between two years may be level by chance."""
MARK = re.compile(
    r"<use [^>]*x=['\"][\d.]+['\"] y=['\"][\d.]+['\"] style=['\"]fill: (?:%23|#)(\w+); stroke: "
    r"(?:%23|#)\1"
)
SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
CODE = re.compile(r"<(style|script)\b.*?</\1>", re.DOTALL)
SPACE = re.compile(r"\s+")
IN_FULL = re.compile(r"(?:Chỉ số )?Chỉ số (?:(?!Chỉ số)[^();.])+ \(([A-Z]+(?: [A-Z]+)?)\)")
"""An index written in full before its short form, as the text below the title first names it."""
ABBREVIATION = re.compile(r"(?:^|[\s(/,;])(?:TP|KT|TM|TL|TUQ|Q|P|tr|ThS|TS|đ/c|v\.v|Số)\.$")
END = re.compile(r"[.?!:…](?:[”»)\"])?(?=\s|$)")
TEXT = ("p", "li", "dd", "dt", "figcaption", "caption", "h1", "h2", "h3", "h4", "h5", "blockquote")


@dataclass(frozen=True)
class Traced:
    """A number with a trace: where it stands in its text, and what its title says."""

    start: int
    end: int
    text: str
    title: str
    target: str = ""


@dataclass
class Text:
    """One run of text: a paragraph, a list item, a caption, an alternative, a cell."""

    text: str
    kind: str
    heading: str = ""
    traced: list[Traced] = field(default_factory=list)
    near: str = ""
    """Caption or name of the table or figure it belongs to; the paragraph before a list item."""
    bold: list[str] = field(default_factory=list)

    def sentences(self) -> list[Text]:
        """Its sentences, with the traces that stand in them."""
        found = []
        start = 0
        for stop in _stops(self.text):
            piece = self.text[start:stop]
            lead = len(piece) - len(piece.lstrip())
            if piece.strip():
                begin = start + lead
                inside = [
                    Traced(t.start - begin, t.end - begin, t.text, t.title, t.target)
                    for t in self.traced
                    if start <= t.start < stop
                ]
                found.append(Text(piece.strip(), self.kind, self.heading, inside, self.near))
            start = stop
        return found


@dataclass
class Table:
    """A table of a page: its heads and its rows, each cell a text."""

    name: str
    caption: str
    heads: list[str]
    rows: list[list[Text]]
    heading: str = ""
    key: bool = False

    def column(self, start: str) -> int | None:
        """Place of the column whose head begins so."""
        return next((i for i, head in enumerate(self.heads) if head.startswith(start)), None)


@dataclass
class Page:
    """All that a reader sees on one page."""

    path: Path
    kind: str
    slug: str
    year: int
    title: str
    texts: list[Text]
    tables: list[Table]
    marks: dict[str, Counter[str]]
    """Name of a drawn figure to how many marks of each colour it has, the key included."""
    sources: dict[str, str]
    """Target of a traced number to the text of its source at the foot of the page."""
    office: str = ""
    """Folder of the office below that of its province; empty for the province's own page."""

    @property
    def name(self) -> str:
        inner = f"{self.slug}/{self.office}" if self.office else self.slug
        return f"{self.year}/{inner}/{self.kind}"


def pages_of(folder: Path) -> list[Path]:
    """Return the pages of provinces, and those of their offices one folder deeper."""
    return sorted(p for depth in ("*/*", "*/*/*") for p in folder.glob(f"{depth}/*.html"))


def _stops(text: str) -> list[int]:
    stops = []
    for found in END.finditer(text):
        before = text[: found.start() + 1]
        if before.endswith(":") and not re.match(r"\s*$", text[found.end() :]):
            continue
        if ABBREVIATION.search(before[-12:]):
            continue
        after = text[found.end() :].lstrip()
        if after and not (after[0].isupper() or after[0].isdigit() or after[0] in "«“(–"):
            continue
        if re.search(r"(?:^|\s)\d{1,2}\.$", before) and len(before.strip()) <= 4:
            continue
        stops.append(found.end())
    if not stops or stops[-1] != len(text):
        stops.append(len(text))
    return stops


def _flat(element: html.HtmlElement, kind: str, heading: str, near: str = "") -> Text:
    """Text of an element with blanks made one, and its traces at their places in it."""
    pieces: list[str] = []
    traced: list[tuple[int, int, str, str]] = []
    bold: list[str] = []

    def add(text: str | None) -> None:
        if text:
            pieces.append(text)

    def length() -> int:
        return sum(map(len, pieces))

    def walk(node: html.HtmlElement) -> None:
        start = length()
        if isinstance(node.tag, str) and node.tag not in ("ul", "ol", "table", "svg"):
            # What is written in full at its first use is read as it is written later.
            short = node.get("data-short")
            add(short or node.text)
            for child in () if short else node:
                walk(child)
            if node.tag == "br":
                add(" ")
            if "so" in (node.get("class") or "").split():
                traced.append((start, length(), node.get("title") or "", node.get("href") or ""))
            if node.tag == "strong":
                bold.append("".join(pieces)[start:].strip())
        if node is not element:
            add(node.tail)

    walk(element)
    raw = "".join(pieces)
    places = []
    flat: list[str] = []
    for character in raw:
        if character.isspace():
            if flat and flat[-1] != " ":
                flat.append(" ")
            places.append(len(flat))
            continue
        places.append(len(flat))
        flat.append(character)
    places.append(len(flat))
    text = "".join(flat)
    lead = len(text) - len(text.lstrip())
    text = text.strip()
    found = []
    for start, end, title, target in traced:
        a, b = places[start] - lead, places[end] - lead
        while a < b and text[a : a + 1] == " ":
            a += 1
        b = min(b, len(text))
        found.append(Traced(a, b, text[a:b].strip(), SPACE.sub(" ", title), target.lstrip("#")))
    found.sort(key=lambda t: (t.start, t.end))
    return Text(text, kind, heading, found, near, bold)


def _table(element: html.HtmlElement, heading: str, key: bool) -> Table:
    caption = element.find(".//caption")
    said = _flat(caption, "caption", heading).text if caption is not None else ""
    heads = [_flat(cell, "head", heading).text for cell in element.xpath("./thead/tr[last()]/*")]
    rows = []
    for row in element.xpath("./tbody/tr | ./tr | ./tfoot/tr"):
        cells = []
        for cell in row.xpath("./th | ./td"):
            cells.append(_flat(cell, "cell", heading, said))
            cells += [Text("", "cell") for _ in range(int(cell.get("colspan") or 1) - 1)]
        rows.append(cells)
    return Table(element.get("id") or "", said, heads, rows, heading, key)


def _dashes(figure: str) -> Counter[str]:
    """The level dashes of a drawing by the colour of their group, in the wide drawing alone."""
    wide = WIDE.search(figure)
    found: Counter[str] = Counter()
    for group in DASHES.finditer(wide[0] if wide else ""):
        for left, y, right, other in DASH.findall(group[2]):
            long = round(float(right) - float(left))
            found[group[1].lower()] += y == other and long in DASH_LENGTHS
    return found


def read(path: Path, text: str | None = None) -> Page:
    """Read a page from its file, or from a text given in its stead."""
    text = path.read_text(encoding="utf-8") if text is None else text
    marks = {
        figure[1]: Counter(colour.lower() for colour in MARK.findall(figure[2]))
        + _dashes(figure[2])
        for figure in FIGURE.finditer(text)
    }
    for pattern in (SVG, CODE):
        text = pattern.sub("", text)
    text = PICTURE.sub('src=""', text)
    tree = html.fromstring(text)
    for gone in tree.xpath("//nav | //svg | //*[@class='skip']"):
        gone.drop_tree()
    sources = {}
    for item in tree.xpath("//div[@class='sources']//*[starts-with(@id, 'nguon-')]"):
        sources[item.get("id")] = _flat(item, "source", "").text
    for gone in tree.xpath("//div[@class='sources']"):
        gone.drop_tree()
    texts: list[Text] = []
    tables: list[Table] = []
    heading = ""
    before = ""
    for meta in tree.xpath("//head/meta[@name='description']"):
        said = IN_FULL.sub(r"\1", SPACE.sub(" ", meta.get("content") or "").strip())
        texts.append(Text(said, "description"))
    for element in tree.iter():
        tag = element.tag
        if not isinstance(tag, str) or element.xpath("ancestor::head"):
            continue
        if tag == "table":
            scroll = " ".join(element.xpath("ancestor::div/@class"))
            table = _table(element, heading, "key" in scroll.split())
            tables.append(table)
            if table.caption:
                texts.append(Text(table.caption, "caption", heading, near=table.name))
        elif said := element.get("alt") or (
            element.get("role") == "img" and element.get("aria-label")
        ):
            alt = SPACE.sub(" ", said).strip()
            figure = element.xpath("ancestor::figure")
            name = figure[0].get("id") if figure else ""
            texts.append(Text(alt, "alt", heading, near=name or ""))
        elif tag in TEXT and not element.xpath("ancestor::table"):
            kind = "lead" if "lead" in (element.get("class") or "").split() else tag
            found = _flat(element, kind, heading, before)
            if kind == "lead":  # untraced: no place in it moves
                found.text = IN_FULL.sub(r"\1", found.text)
            if tag in ("h2", "h3", "h4") and found.text:
                heading = found.text
            if tag == "p":
                before = found.text
            if found.text:
                texts.append(found)
    title = (tree.findtext(".//title") or "").strip()
    folders = [parent.name for parent in path.parents]
    # A province's report lies below its year, that of one of its offices one folder deeper.
    office, *above = folders if folders[2].isdecimal() else ["", *folders]
    slug, year = above[:2]
    return Page(path, path.stem, slug, int(year), title, texts, tables, marks, sources, office)
