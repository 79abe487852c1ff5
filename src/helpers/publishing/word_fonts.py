"""Fonts within a Word file, so that it looks the same where the family is not installed.

Source: ECMA-376 Part 1, 17.8.1 (font embedding) and Part 4, the obfuscation of embedded fonts.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from lxml import etree

from helpers.publishing.fonts import FAMILY

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_FONT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
# Elements that the schema of settings.xml puts before embedTrueTypeFonts.
_BEFORE = {
    f"{{{_W}}}{name}"
    for name in (
        "writeProtection view zoom removePersonalInformation removeDateAndTime "
        "doNotDisplayPageBoundaries displayBackgroundShape printPostScriptOverText "
        "printFractionalCharacterWidth printFormsData"
    ).split()
}


def embed_fonts(parts: Mapping[str, bytes], faces: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts of a Word file with the faces of the family in it.

    Parameters
    ----------
    parts : mapping of str to bytes
        Names within the package to contents.
    faces : mapping of str to bytes
        ``"Regular"``, ``"Bold"``, ``"Italic"``, ``"BoldItalic"`` to TrueType files.

    Returns
    -------
    dict
        All parts, the changed and the new ones among them.
    """
    table = _parse(parts["word/fontTable.xml"])
    relations = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})
    entry = next(font for font in table if font.get(f"{{{_W}}}name") == FAMILY)
    done = dict(parts)
    for number, (slot, content) in enumerate(faces.items(), start=1):
        # The key only has to be a GUID; made from the name, it is the same every time.
        key = uuid.uuid5(uuid.NAMESPACE_URL, f"{FAMILY} {slot}")
        embedded = etree.SubElement(entry, f"{{{_W}}}embed{slot}", nsmap={"r": _R})
        embedded.set(f"{{{_R}}}id", f"rId{number}")
        embedded.set(f"{{{_W}}}fontKey", f"{{{str(key).upper()}}}")
        relation = etree.SubElement(relations, f"{{{_RELATIONS}}}Relationship")
        relation.set("Id", f"rId{number}")
        relation.set("Type", f"{_R}/font")
        relation.set("Target", f"fonts/font{number}.odttf")
        done[f"word/fonts/font{number}.odttf"] = obfuscate(content, key)
    done["word/fontTable.xml"] = _write(table)
    done["word/_rels/fontTable.xml.rels"] = _write(relations)
    done["word/settings.xml"] = _with_setting(parts["word/settings.xml"])
    done["[Content_Types].xml"] = _with_type(parts["[Content_Types].xml"])
    return done


def obfuscate(content: bytes, key: uuid.UUID) -> bytes:
    """Return a font file as Word stores it: its first 32 bytes combined with the key.

    Applied twice it gives the font again.
    """
    mask = key.bytes[::-1] * 2
    return bytes(a ^ b for a, b in zip(content[:32], mask, strict=True)) + content[32:]


def _with_setting(settings: bytes) -> bytes:
    root = _parse(settings)
    place = sum(child.tag in _BEFORE for child in root)
    root.insert(place, etree.Element(f"{{{_W}}}embedTrueTypeFonts"))
    return _write(root)


def _with_type(types: bytes) -> bytes:
    root = _parse(types)
    if any(entry.get("Extension") == "odttf" for entry in root):
        return types
    default = etree.Element(f"{{{_TYPES}}}Default", Extension="odttf", ContentType=_FONT_TYPE)
    root.insert(0, default)
    return _write(root)


def _parse(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def _write(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
