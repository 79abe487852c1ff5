"""Make an SVG written by matplotlib small, and safe beside others in one HTML page."""

from __future__ import annotations

import hashlib
import re

_METADATA = re.compile(r"<metadata>.*?</metadata>", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ID = re.compile(r' id="([^"]+)"')
_REFERENCE = re.compile(r'(url\(#|href="#)([^")]+)')
_LONG_NUMBER = re.compile(r"scale\([^)]*\)|-?\d+\.\d{3,}")
_BETWEEN_TAGS = re.compile(r">\s+<")
_SPACES = re.compile(r"\s+")


def shrink(svg: str) -> str:
    """Return the same picture in fewer bytes.

    Coordinates keep two decimals (a hundredth of a point); comments, metadata and indentation go.

    Parameters
    ----------
    svg : str
        As written by matplotlib with text as paths, so that no white space inside it is read.
    """
    inline = svg[svg.index("<svg") :]  # no XML declaration or document type inside a page
    inline = _COMMENT.sub("", _METADATA.sub("", inline))
    inline = _LONG_NUMBER.sub(_shorter, inline)
    return _SPACES.sub(" ", _BETWEEN_TAGS.sub("><", inline)).replace(' "', '"').strip()


def lay_over(below: str, above: str) -> str:
    """Lay one picture over another of the same size.

    Parameters
    ----------
    below, above : str
        Shrunk pictures; nothing of `above` covers what it does not draw.
    """
    above = _ID.sub(r' id="over-\1"', above)
    above = _REFERENCE.sub(r"\1over-\2", above)
    inside = above[above.index(">") + 1 : above.rindex("</svg>")]
    end = below.rindex("</svg>")
    return below[:end] + inside + below[end:]


def _shorter(found: re.Match[str]) -> str:
    text = found[0]
    if text.startswith("scale"):
        return text  # a factor is not a coordinate: its digits multiply
    short = f"{float(text):.2f}".rstrip("0").rstrip(".")
    return "0" if short in ("-0", "") else short


def own_identifiers(svg: str) -> str:
    """Give a picture identifiers of its own, and only those it uses.

    They are made from a digest of the picture, since an identifier may occur once in a page that holds
    many pictures.
    """
    used = sorted({found[1] for found in _REFERENCE.findall(svg)})
    mark = "c" + hashlib.sha256(svg.encode("utf-8")).hexdigest()[:7]
    names = {name: f"{mark}-{number}" for number, name in enumerate(used)}
    kept = _ID.sub(lambda m: f' id="{names[m[1]]}"' if m[1] in names else "", svg)
    return _REFERENCE.sub(lambda m: m[1] + names[m[2]], kept)
