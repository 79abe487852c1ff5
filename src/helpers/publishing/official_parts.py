"""Head and signature of an official document, in the words of each format.

The text is a person's: it is escaped for each format here and nowhere else.
"""

from __future__ import annotations

import json
from html import escape
from xml.sax.saxutils import escape as escape_xml

from helpers.publishing.official import MOTTO, NATION, Official

# Millimetres of the two columns of head and signature: 40 and 60 of 100 of the text's width.
LEFT, RIGHT = 66, 99
_TWIPS_PER_MM = 56.6929
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
        Width in millimetres of ``motto`` and ``agency`` as set in Word, for the rules below them;
        the other formats measure for themselves.

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

    to = "".join(f"<li>{escape(item)}</li>" for item in official.addressed_to)
    head = (
        '<div class="official-head"><div class="agency">'
        f'{lines(official.parent.upper())}<p class="strong">{escape(official.agency.upper())}</p>'
        f'<p>{escape(official.number_line)}</p></div><div class="nation">'
        f'<p class="strong">{NATION}</p><p class="strong motto">{MOTTO}</p>'
        f'<p class="date">{escape(official.date_line)}</p></div></div>'
        + (f'<div class="addressed">Kính gửi:<ul>{to}</ul></div>' if to else "")
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
        f"addressed-to: {many(official.addressed_to)}, bases: {many(official.bases_lines)})"
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
        [_paragraph("Official Number", official.number_line)],
        [_paragraph("Official Date", official.date_line)],
    ]
    addressed = official.addressed_to
    head = [
        _table([[agency, nation], second]),
        _paragraph("Official Kind", official.kind),
        _paragraph("Official Subject", official.subject),
        _rule(LEFT + RIGHT, 45),
        *(
            [_paragraph("Official Addressed", f"Kính gửi: {addressed[0]}")]
            if len(addressed) == 1
            else [_paragraph("Official Addressed", "Kính gửi:")] * bool(addressed)
            + [
                _paragraph("Official Addressed", f"- {item}{';' if item != addressed[-1] else '.'}")
                for item in addressed
            ]
        ),
        *(_paragraph("Official Basis", line) for line in official.bases_lines),
    ]
    left = [_paragraph("Official Recipients", "Nơi nhận:")]
    left += [_paragraph("Official Recipient", line) for line in official.recipient_lines]
    right = [_paragraph("Official Signer", line) for line in official.signer_lines]
    right += [_paragraph("Official Space", "")]
    right += [_paragraph("Official Signer", official.name_line)]
    return {"head": "".join(head), "signature": _table([[left, right]])}


def _paragraph(style: str, text: str) -> str:
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style.replace(" ", "")}"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{escape_xml(text)}</w:t></w:r></w:p>'
    )


def _rule(width: float, length: float) -> str:
    side = round((width - min(length, width)) / 2 * _TWIPS_PER_MM)
    return (
        '<w:p><w:pPr><w:pStyle w:val="OfficialRule"/><w:pBdr>'
        '<w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
        f'<w:ind w:left="{side}" w:right="{side}"/></w:pPr></w:p>'
    )


def _table(rows: list[list[list[str]]]) -> str:
    columns = (round(LEFT * _TWIPS_PER_MM), round(RIGHT * _TWIPS_PER_MM))
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
