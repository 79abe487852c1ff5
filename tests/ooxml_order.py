"""The order of elements that ECMA-376 part 1 (5th edition, Annex A) prescribes and Word insists on."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers "
    "pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE "
    "autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents "
    "suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr "
    "sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint "
    "noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect "
    "bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc "
    "pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi "
    "rtlGutter docGrid printerSettings sectPrChange",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc "
    "tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription "
    "tblPrChange",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection "
    "tcFitText vAlign hideMark headers cellIns cellDel cellMerge tcPrChange",
    "tblBorders": "top left start bottom right end insideH insideV",
    "tcBorders": "top left start bottom right end insideH insideV tl2br tr2bl",
    "pBdr": "top left bottom right between bar",
    "tblCellMar": "top left start bottom right end",
    "tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden "
    "unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr trPr "
    "tcPr tblStylePr",
    "tblStylePr": "pPr rPr tblPr trPr tcPr",
    "body": None,
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
}
# Bounds of references and fields, which may stand between others anywhere.
_ANYWHERE = {"bookmarkStart", "bookmarkEnd"}


def disorders(content: bytes) -> list[str]:
    """Return what in the parts of a DOCX stands in another order than the schema's."""
    found = []
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if name.startswith("word/") and name.endswith(".xml"):
                tree = etree.fromstring(package.read(name))
                found += [f"{name}: {problem}" for problem in _in_tree(tree)]
    return found


def _in_tree(tree: etree._Element) -> Iterator[str]:
    for element in tree.iter(f"{WORD}*"):
        name = element.tag.removeprefix(WORD)
        names = [child.tag.removeprefix(WORD) for child in element.iterchildren(f"{WORD}*")]
        if name == "tc" and (not names or names[-1] != "p"):
            yield "tc does not end with p"
        if name == "p" and names.count("pPr") > (1 if names[:1] == ["pPr"] else 0):
            yield f"p: {names}"
        if name == "body" and (names[-1] != "sectPr" or names.count("sectPr") != 1):
            yield "body does not end with its only sectPr"
        if not ORDERS.get(name):
            continue
        order = ORDERS[name].split()
        names = [child for child in names if child not in _ANYWHERE]
        unknown = [child for child in names if child not in order]
        if unknown:
            yield f"{name}: unknown {unknown}"
            continue
        places = [order.index(child) for child in names]
        repeats = name in ("tbl", "tr", "style", "sectPr")
        if places != sorted(places) or (not repeats and len(set(places)) < len(places)):
            yield f"{name}: {names}"
