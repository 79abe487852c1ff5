"""Drawings as pictures, for Word."""

from __future__ import annotations

import struct

import pytest

from helpers.publishing.errors import PublishError
from helpers.publishing.raster import rasterize

RED = b'<svg xmlns="http://www.w3.org/2000/svg" width="72pt" height="36pt" viewBox="0 0 72 36">'
RED += b'<rect width="72" height="36" fill="red"/></svg>'


def size(picture):
    return struct.unpack(">II", picture[16:24])


def test_a_drawing_becomes_a_picture_of_its_size():
    made = rasterize({"fig-a": RED})
    assert made["fig-a"].startswith(b"\x89PNG")
    assert size(made["fig-a"]) == (200, 100)
    assert b"pHYs" in made["fig-a"]


def test_several_drawings_keep_their_names_and_repeat_byte_for_byte():
    wide = RED.replace(b'width="72pt"', b'width="144pt"').replace(b"0 0 72", b"0 0 144")
    made = rasterize({"a": RED, "b": wide})
    assert size(made["b"]) == (400, 100)
    assert rasterize({"a": RED, "b": wide}) == made
    assert rasterize({}) == {}


def test_what_is_no_drawing_is_refused():
    with pytest.raises(PublishError, match="SVG"):
        rasterize({"a": b"<svg"})


def test_text_of_a_drawing_is_drawn():
    shapes = b'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40" viewBox="0 0 200 40"'
    shapes += b" font-family=\"'Be Vietnam Pro',sans-serif\">%s</svg>"
    written = '<text x="5" y="25" font-size="13">Thừa Thiên Huế</text>'.encode()
    made = rasterize({"empty": shapes % b"", "written": shapes % written})
    assert len(made["written"]) > len(made["empty"]) + 500
