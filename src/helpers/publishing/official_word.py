"""What neither pandoc nor Quarto can do to the text of an official document in Word.

Source of the layout: Nghị định số 30/2020/NĐ-CP of 5 March 2020, Phụ lục I.
"""

from __future__ import annotations

import copy
import re
from typing import Any

from docx.enum.text import WD_COLOR_INDEX
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn

from helpers.words.text import BLANK

LANDSCAPE_COLUMNS = 10
"""An annex with a table of as many columns lies on its side; ``official.lua`` makes the table fit."""
_TITLES = frozenset({"Title", "Subtitle", "Author", "Date", "Abstract"})
_CAPTIONS = frozenset({"TableCaption", "ImageCaption", "Caption"})
_TEXT = frozenset({"BodyText", "FirstParagraph"})
_NOTE = frozenset({"TableSmall"})
_TABLE_CAPTION, _FIELDS = "TableCaption", {"Bảng": "Bang", "Hình": "Hinh"}
_ITEM = re.compile(r"[-+] |\d+\. ")
_NUMBERED = re.compile(r"(Bảng|Hình)[ \u00a0](\d+)")
_RECIPIENTS = "OfficialRecipients"
# Letters of a line of 165 mm at 14 points, with some to spare.
_LINE = 95
# The order that ECMA-376 (5th edition, part 1, 17.3.1.26) gives to the properties of a paragraph.
PARAGRAPH_ORDER = (
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "framePr",
    "widowControl",
    "numPr",
    "suppressLineNumbers",
    "pBdr",
    "shd",
    "tabs",
    "suppressAutoHyphens",
    "kinsoku",
    "wordWrap",
    "overflowPunct",
    "topLinePunct",
    "autoSpaceDE",
    "autoSpaceDN",
    "bidi",
    "adjustRightInd",
    "snapToGrid",
    "spacing",
    "ind",
    "contextualSpacing",
    "mirrorIndents",
    "suppressOverlap",
    "jc",
    "textDirection",
    "textAlignment",
    "textboxTightWrap",
    "outlineLvl",
    "divId",
    "cnfStyle",
    "rPr",
    "sectPr",
    "pPrChange",
)


def finished(document: bytes) -> bytes:
    """Complete the text of an official document.

    The title that is printed by itself goes, as the head says it; the sections that end before an
    annex get the page layout, lying on their sides where a table is wide; each annex counts its pages
    from 1; the end of the text stays with the signature; numbers of captions are fields; what is left
    to fill in is yellow.

    Parameters
    ----------
    document : bytes
        ``word/document.xml``.
    """
    root = parse_xml(document)
    body = root.find(qn("w:body"))
    for paragraph in list(body.iterchildren(qn("w:p"))):
        if _styles(paragraph) & _TITLES:
            body.remove(paragraph)
    _unwrap_floats(body)
    for paragraph in body.iter(qn("w:p")):
        _mend_properties(paragraph)
        if _styles(paragraph) & _CAPTIONS:
            _number_by_field(paragraph)
    _lay_out_sections(body)
    _keep_with_signature(body)
    _keep_announcements(body)
    _air_below_tables(body)
    for run in list(body.iter(qn("w:r"))):
        _highlight_blanks(run)
    return bytes(serialize_part_xml(root))


def whole_rows(root: Any) -> None:
    """Forbid page breaks within the rows of tables, which no style can.

    Rows that hold a table themselves are left alone: they may be longer than a page.
    """
    for row in root.iter(qn("w:tr")):
        if row.find(f".//{qn('w:tbl')}") is not None:
            continue
        properties = row.get_or_add_trPr()
        if properties.find(qn("w:cantSplit")) is None:
            properties.insert(0, OxmlElement("w:cantSplit"))


def _styles(paragraph: Any) -> set[str]:
    found = paragraph.findall(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return {style.get(qn("w:val")) for style in found}


def _lay_out_sections(body: Any) -> None:
    last = body.find(qn("w:sectPr"))
    plain = copy.deepcopy(last)
    annex, wide = False, False
    for child in list(body):
        for columns in child.iter(qn("w:tblGrid")):
            wide |= len(columns) >= LANDSCAPE_COLUMNS
        section = last if child is last else child.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        if section is None:
            continue
        whole = copy.deepcopy(plain)
        if annex:
            _restart_pages(whole)
        if annex and wide:
            _turn(whole)
        section.getparent().replace(section, whole)
        annex, wide = True, False


def _restart_pages(section: Any) -> None:
    number = section.find(qn("w:pgNumType"))
    if number is None:
        number = OxmlElement("w:pgNumType")
        section.find(qn("w:pgMar")).addnext(number)
    number.set(qn("w:start"), "1")


def _turn(section: Any) -> None:
    size = section.find(qn("w:pgSz"))
    width, height = size.get(qn("w:w")), size.get(qn("w:h"))
    size.set(qn("w:w"), height)
    size.set(qn("w:h"), width)
    size.set(qn("w:orient"), "landscape")


def _keep_with_signature(body: Any) -> None:
    """Keep the end of the text on the page of the signature: Word holds two lines of a paragraph."""
    for table in body.iterchildren(qn("w:tbl")):
        if not any(_RECIPIENTS in _styles(paragraph) for paragraph in table.iter(qn("w:p"))):
            continue
        before = table.getprevious()
        for _ in range(2):
            if before is None or before.tag != qn("w:p"):
                break
            before.get_or_add_pPr().get_or_add_keepNext()
            # A last paragraph of one line takes the one before it along.
            if len("".join(node.text or "" for node in before.iter(qn("w:t")))) > _LINE:
                break
            before = before.getprevious()


def _keep_announcements(body: Any) -> None:
    """Keep what announces a list, or stands as a heading without being one, with what follows."""
    for paragraph in body.iterchildren(qn("w:p")):
        runs = [run for run in paragraph.iter(qn("w:r")) if run.find(qn("w:t")) is not None]
        text = "".join(node.text or "" for node in paragraph.iter(qn("w:t"))).strip()
        if not text or not _styles(paragraph) & _TEXT:
            continue
        bold = all(run.find(f"{qn('w:rPr')}/{qn('w:b')}") is not None for run in runs)
        if bold or (text.endswith(":") and _is_item(paragraph.getnext())):
            paragraph.get_or_add_pPr().get_or_add_keepNext()


def _is_item(following: Any) -> bool:
    if following is None or following.tag != qn("w:p"):
        return False
    text = "".join(node.text or "" for node in following.iter(qn("w:t")))
    return _ITEM.match(text) is not None


def _air_below_tables(body: Any) -> None:
    """Set text off from the table above it, which no style of a table can."""
    for table in body.iterchildren(qn("w:tbl")):
        after = next(table.itersiblings(qn("w:p"), qn("w:tbl")), None)
        if after is not None and after.tag == qn("w:p") and _styles(after) & (_TEXT | _NOTE):
            spacing = after.get_or_add_pPr().get_or_add_spacing()
            spacing.set(qn("w:before"), "160")


def _unwrap_floats(body: Any) -> None:
    """Take captions and tables out of the tables of one cell that Quarto lays floats out in.

    Inside a cell, rows would not break over pages and heads would not repeat.
    """
    for table in list(body.iterchildren(qn("w:tbl"))):
        cells = [cell for row in table.findall(qn("w:tr")) for cell in row.findall(qn("w:tc"))]
        if len(cells) != 1:
            continue
        held = [child for child in cells[0] if child.tag != qn("w:tcPr")]
        if not any(child.tag == qn("w:p") and _styles(child) & _CAPTIONS for child in held):
            continue
        tabular = any(child.tag == qn("w:tbl") for child in held)
        if tabular and held[-1].tag == qn("w:p") and not "".join(held[-1].itertext()).strip():
            held.pop()
        for child in held:
            if child.tag == qn("w:p") and tabular and _styles(child) & _CAPTIONS:
                for style in child.findall(f"{qn('w:pPr')}/{qn('w:pStyle')}"):
                    style.set(qn("w:val"), _TABLE_CAPTION)
            table.addprevious(child)
        body.remove(table)


def _mend_properties(paragraph: Any) -> None:
    """Leave one set of properties: Quarto writes its own behind pandoc's, out of order."""
    found = paragraph.findall(qn("w:pPr"))
    if len(found) <= 1:
        return
    first = found[0]
    for more in found[1:]:
        for child in more:
            old = first.find(child.tag)
            if old is not None:
                first.remove(old)
        first.extend(list(more))
        paragraph.remove(more)
    known = {qn(f"w:{name}"): place for place, name in enumerate(PARAGRAPH_ORDER)}
    first[:] = sorted(first, key=lambda child: known.get(child.tag, len(known)))


def _number_by_field(paragraph: Any) -> None:
    """Turn the "Bảng 3" of a caption into words and a field, so that Word counts it again."""
    if paragraph.find(f".//{qn('w:fldSimple')}") is not None:
        return
    runs = [run for run in paragraph.iter(qn("w:r")) if run.find(qn("w:t")) is not None]
    texts = [run.find(qn("w:t")).text or "" for run in runs]
    found = _NUMBERED.match("".join(texts))
    if found is None:
        return
    word, number = found.groups()
    first, left = runs[0], found.end()
    for run, text in zip(runs, texts, strict=True):
        # The same run may go on behind the number.
        taken = min(left, len(text))
        run.find(qn("w:t")).text = text[taken:]
        left -= taken
        if left == 0:
            break
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" SEQ {_FIELDS[word]} \\* ARABIC ")
    field.append(_run_like(first, number))
    first.addprevious(_run_like(first, f"{word}\u00a0"))
    first.addprevious(field)


def _highlight_blanks(run: Any) -> None:
    """Set each blank of a run apart, with the yellow of Word's own marker behind it."""
    node = run.find(qn("w:t"))
    if node is None or BLANK.search(node.text or "") is None:
        return
    for part in re.split(f"({BLANK.pattern})", node.text):
        if not part:
            continue
        made = _run_like(run, part)
        if BLANK.fullmatch(part):
            made.get_or_add_rPr().highlight_val = WD_COLOR_INDEX.YELLOW
        run.addprevious(made)
    run.getparent().remove(run)


def _run_like(run: Any, text: str) -> Any:
    made = OxmlElement("w:r")
    properties = run.find(qn("w:rPr"))
    if properties is not None:
        made.append(copy.deepcopy(properties))
    node = OxmlElement("w:t")
    node.set(qn("xml:space"), "preserve")
    node.text = text
    made.append(node)
    return made
