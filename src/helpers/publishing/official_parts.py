"""Head and signature of an official document, in the words of each format.

The text is a person's: it is escaped for each format here and nowhere else.
"""

from __future__ import annotations

import json
from html import escape
from xml.sax.saxutils import escape as escape_xml

from helpers.publishing.official import MARK_HEIGHT, MOTTO, NATION, Official

# Millimetres of the two columns of head and signature: 40 and 60 of 100 of the text's width.
LEFT, RIGHT = 66, 99
_TWIPS_PER_MM = 56.6929
# Longer names of recipients run over lines, so that the whole stays in the middle (official.typ too).
WIDEST_ADDRESSED = 115
# Millimetres that "- " takes at 14 points, and that Word leaves above and below a framed line.
_DASH = 3.2
_FRAME_AIR = 1.2
_AIR = '<w:spacing w:after="160"/>'
_NO_LINES = "".join(
    f'<w:{side} w:val="nil"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def parts_for(official: Official, kind: str, widths: dict[str, float]) -> dict[str, str]:
    """Return the raw parts that the Lua filter puts around the text.

    Parameters
    ----------
    official : Official
    kind : {"html", "pdf", "docx"}
    widths : dict
        Width in millimetres of ``motto``, ``agency``, ``to`` and ``addressed`` as set in Word (see
        :func:`helpers.publishing.serif.widths`); the other formats measure for themselves.

    Returns
    -------
    dict
        ``head``, ``signature`` and ``reference``.
    """
    made = {"html": _html, "pdf": _typst, "docx": _word}[kind](official, widths)
    return {**made, "reference": official.reference}


# HTML -------------------------------------------------------------------------------------------


def _html(official: Official, widths: dict[str, float]) -> dict[str, str]:
    def lines(*texts: str) -> str:
        return "".join(f"<p>{escape(text)}</p>" for text in texts if text)

    lines_to = official.addressed_lines
    several = len(lines_to) > 1
    to = "".join(f"<li>{escape(item[2:] if several else item)}</li>" for item in lines_to)
    marks = "".join(
        f'<p><span class="mark">{escape(word)}</span></p>' for word, _ in official.marks
    )
    head = (
        '<div class="official-head"><div class="agency">'
        f'{lines(official.parent.upper())}<p class="strong">{escape(official.agency.upper())}</p>'
        f'<p>{escape(official.number_line)}</p>{marks}</div><div class="nation">'
        f'<p class="strong">{NATION}</p><p class="strong motto">{MOTTO}</p>'
        f'<p class="date">{escape(official.date_line)}</p></div></div>'
        + (f'<div class="addressed"><p>Kính gửi:</p><ul>{to}</ul></div>' if to else "")
        + (f'<div class="bases">{lines(*official.bases_lines)}</div>' if official.bases else "")
    )
    recipients = "".join(f"<li>{escape(item[2:])}</li>" for item in official.recipient_lines)
    signature = (
        '<div class="official-signature"><div class="recipients"><p>Nơi nhận:</p>'
        f'<ul>{recipients}</ul></div><div class="signer">'
        + "".join(f'<p class="strong">{escape(line)}</p>' for line in official.signer_lines)
        + f'<p class="strong name">{escape(official.name_line)}</p></div></div>'
    )
    return {"head": head, "signature": signature}


# Typst ------------------------------------------------------------------------------------------


def _typst(official: Official, widths: dict[str, float]) -> dict[str, str]:
    def many(items: tuple[str, ...]) -> str:
        return "(" + "".join(f"{_string(item)}, " for item in items) + ")"

    head = (
        "#official-head("
        f"parent: {_string(official.parent.upper())}, agency: {_string(official.agency.upper())}, "
        f"number: {_string(official.number_line)}, date: {_string(official.date_line)}, "
        f"kind: {_string(official.kind)}, subject: {_string(official.subject)}, "
        f"marks: ({''.join(f'({_string(word)}, {length}mm), ' for word, length in official.marks)}), "
        f"addressed-to: {many(official.addressed_lines)}, bases: {many(official.bases_lines)})"
    )
    signature = (
        f"#official-signature(recipients: {many(official.recipient_lines)}, "
        f"signer: {many(official.signer_lines)}, name: {_string(official.name_line)})"
    )
    return {"head": head, "signature": signature}


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


# Word -------------------------------------------------------------------------------------------


def _word(official: Official, widths: dict[str, float]) -> dict[str, str]:
    agency = [
        _paragraph("Official Parent", official.parent.upper()) if official.parent else "",
        _paragraph("Official Agency", official.agency.upper()),
        _rule(LEFT, min(widths["agency"], LEFT) * 0.4),
    ]
    nation = [
        _paragraph("Official Nation", NATION),
        _paragraph("Official Motto", MOTTO),
        _rule(RIGHT, widths["motto"]),
    ]
    second = [
        [_paragraph("Official Number", official.number_line), *map(_mark, official.marks)],
        [_paragraph("Official Date", official.date_line)],
    ]
    head = [
        _table([[agency, nation], second]),
        _paragraph("Official Kind", official.kind),
        _paragraph("Official Subject", official.subject),
        _rule(LEFT + RIGHT, 45),
        *_addressed(official.addressed_lines, widths),
        *(_paragraph("Official Basis", line) for line in official.bases_lines),
    ]
    left = [_paragraph("Official Recipients", "Nơi nhận:")]
    left += [_paragraph("Official Recipient", line) for line in official.recipient_lines]
    right = [_paragraph("Official Signer", line) for line in official.signer_lines]
    right += [_paragraph("Official Space", "")]
    right += [_paragraph("Official Signer", official.name_line)]
    return {"head": "".join(head), "signature": _table([[left, right]])}


def _addressed(lines: tuple[str, ...], widths: dict[str, float]) -> list[str]:
    """One on the line of "Kính gửi:"; several below it, their dashes under the colon."""
    style = "Official Addressed"
    if len(lines) < 2:
        return [_paragraph(style, f"Kính gửi: {line}", _AIR) for line in lines]
    widest = min(widths["addressed"], WIDEST_ADDRESSED)
    side = (LEFT + RIGHT - widths["to"] - widest) / 2
    start = _twips(side)
    dash = _twips(side + widths["to"])
    hang = _twips(_DASH)
    right = start if widths["addressed"] > widest else 0
    return [
        _paragraph(style, "Kính gửi:", f'<w:ind w:left="{start}"/><w:jc w:val="left"/>'),
        *(
            _paragraph(
                style,
                line,
                f"{_AIR if line is lines[-1] else ''}"
                f'<w:ind w:left="{dash + hang}" w:right="{right}" w:hanging="{hang}"/>'
                '<w:jc w:val="left"/>',
            )
            for line in lines
        ),
    ]


def _mark(mark: tuple[str, int]) -> str:
    word, length = mark
    side = _twips((LEFT - length) / 2)
    frame = "".join(
        f'<w:{edge} w:val="single" w:sz="8" w:space="1" w:color="C00000"/>'
        for edge in ("top", "left", "bottom", "right")
    )
    height = _twips(MARK_HEIGHT - _FRAME_AIR)
    return _paragraph(
        "Official Mark",
        word,
        f'<w:pBdr>{frame}</w:pBdr><w:spacing w:line="{height}" w:lineRule="exact"/>'
        f'<w:ind w:left="{side}" w:right="{side}"/>',
    )


def _paragraph(style: str, text: str, layout: str = "") -> str:
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style.replace(" ", "")}"/>{layout}</w:pPr>'
        f'<w:r><w:t xml:space="preserve">{escape_xml(text)}</w:t></w:r></w:p>'
    )


def _twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS_PER_MM)


def _rule(width: float, length: float) -> str:
    side = _twips((width - min(length, width)) / 2)
    return (
        '<w:p><w:pPr><w:pStyle w:val="OfficialRule"/><w:pBdr>'
        '<w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
        f'<w:ind w:left="{side}" w:right="{side}"/></w:pPr></w:p>'
    )


def _table(rows: list[list[list[str]]]) -> str:
    columns = (_twips(LEFT), _twips(RIGHT))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    body = "".join(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{"".join(cell)}</w:tc>'
            for width, cell in zip(columns, row, strict=True)
        )
        + "</w:tr>"
        for row in rows
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(columns)}" w:type="dxa"/>'
        f'<w:tblBorders>{_NO_LINES}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
        '<w:tblLook w:val="0000"/>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"
    )
