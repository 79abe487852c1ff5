"""The lines of a PDF page as they were printed: text, place, size and font."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

MM = 25.4 / 72
ASCENT = 0.7  # of a capital letter, in parts of the size


@dataclass(frozen=True)
class Line:
    """A line of a PDF page, lengths in millimetres from the left and the top of the page."""

    text: str
    left: float
    right: float
    top: float
    size: float
    font: str


def lines_of(path, page):
    document = pypdfium2.PdfDocument(path)
    sheet = document[page]
    height = sheet.get_height()
    text = sheet.get_textpage()
    found = []
    for char in range(text.count_chars()):
        letter = text.get_text_range(char, 1)
        if not letter.strip():
            continue
        left, _, right, _ = (value * MM for value in text.get_charbox(char, loose=True))
        across, up = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(text, char, across, up)
        buffer = ctypes.create_string_buffer(128)
        pdfium.FPDFText_GetFontInfo(text, char, buffer, 128, ctypes.c_int())
        size = pdfium.FPDFText_GetFontSize(text, char)
        top = (height - up.value - size * ASCENT) * MM
        found.append((letter, left, right, top, size, buffer.value.decode()))
    lines = []
    for letter, left, right, top, size, font in found:
        last = lines[-1] if lines else None
        if last and abs(last.top - top) < 1 and last.size == size and -1 <= left - last.right < 12:
            gap = " " if left - last.right > 0.8 else ""
            lines[-1] = Line(last.text + gap + letter, last.left, right, last.top, size, last.font)
        else:
            lines.append(Line(letter, left, right, top, size, font))
    return lines


def line_with(lines, text):
    squeezed = text.replace(" ", "")
    for line in lines:
        if squeezed in line.text.replace(" ", ""):
            return line
    raise AssertionError(f"không thấy «{text}» trong {[line.text for line in lines]}")
