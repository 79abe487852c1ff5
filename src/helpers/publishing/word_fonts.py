"""Fonts within a Word file, so that it looks the same where the family is not installed.

Source: ECMA-376 Part 1, 17.8.1 (font embedding) and Part 4, the obfuscation of embedded fonts.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from helpers.publishing.fonts import FAMILY

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_FONT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
# Elements that the schema of settings.xml puts before embedTrueTypeFonts.
_BEFORE = frozenset(
    qn(f"w:{name}")
    for name in (
        "writeProtection",
        "view",
        "zoom",
        "removePersonalInformation",
        "removeDateAndTime",
        "doNotDisplayPageBoundaries",
        "displayBackgroundShape",
        "printPostScriptOverText",
        "printFractionalCharacterWidth",
        "printFormsData",
    )
)


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
    table = parse_xml(parts["word/fontTable.xml"])
    entry = next(font for font in table if font.get(qn("w:name")) == FAMILY)
    relations = []
    done = dict(parts)
    for number, (slot, content) in enumerate(faces.items(), start=1):
        # The key only has to be a GUID; made from the name, it is the same every time.
        key = uuid.uuid5(uuid.NAMESPACE_URL, f"{FAMILY} {slot}")
        entry.append(
            parse_xml(
                f'<w:embed{slot} {nsdecls("w", "r")} r:id="rId{number}" '
                f'w:fontKey="{{{str(key).upper()}}}"/>'
            )
        )
        relations.append(
            f'<Relationship Id="rId{number}" Type="{_RELATION}" Target="fonts/font{number}.odttf"/>'
        )
        done[f"word/fonts/font{number}.odttf"] = obfuscate(content, key)
    done["word/fontTable.xml"] = serialize_part_xml(table)
    done["word/_rels/fontTable.xml.rels"] = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Relationships xmlns="{_RELATIONS}">{"".join(relations)}</Relationships>'
    ).encode()
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
    root = parse_xml(settings)
    root.insert(sum(child.tag in _BEFORE for child in root), OxmlElement("w:embedTrueTypeFonts"))
    return bytes(serialize_part_xml(root))


def _with_type(types: bytes) -> bytes:
    root = parse_xml(types)
    # A part with two entries for one extension would make Word refuse the file.
    if all(entry.get("Extension") != "odttf" for entry in root):
        default = f'<Default xmlns="{_TYPES}" Extension="odttf" ContentType="{_FONT_TYPE}"/>'
        root.insert(0, parse_xml(default))
    return bytes(serialize_part_xml(root))
