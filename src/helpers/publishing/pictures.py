"""Pictures that stand in the text of a stamped notebook: attachments and data."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

_CODE = re.compile(r"(```.*?```|`[^`\n]*`)", re.DOTALL)
_IMAGE = re.compile(
    r"!\[((?:[^\]\\]|\\.)*)\]\((?:attachment:([^)\s]+)|data:(image/[a-z+]+);base64,([A-Za-z0-9+/=]+))\)"
    r"(?:\{([^}\n]*)\})?"
)
_LABEL = re.compile(r"#(fig-[A-Za-z0-9][A-Za-z0-9_-]*)")
_WIDTH = re.compile(r"width=\"?(\d+(?:\.\d+)?(?:px|%|cm|mm|in)?)\"?")


@dataclass(frozen=True)
class Picture:
    """A picture in a text.

    Parameters
    ----------
    alt : str
        What the text says it shows, as Markdown; the caption, if it has a label.
    kind : str
        Media type: PNG or SVG, as the stamp leaves it.
    content : bytes
    label : str
        ``fig-…`` if the author wants it numbered.
    width : str
        Such as ``200px`` or ``50%``; empty if the author stated none.
    """

    alt: str
    kind: str
    content: bytes
    label: str = ""
    width: str = ""


def lift_pictures(
    text: str,
    attachments: Mapping[str, Mapping[str, str]],
    place: Callable[[Picture], str],
) -> str:
    """Return Markdown with what `place` returns for each picture in its place.

    Parameters
    ----------
    text : str
    attachments : mapping
        Of the cell: name to media type to data in base64.
    place : callable
    """

    def replaced(found: re.Match[str]) -> str:
        alt, name, kind, coded, attributes = found.groups(default="")
        if name:
            kind, coded = next(iter(attachments[name].items()))
        label, width = _LABEL.search(attributes), _WIDTH.search(attributes)
        stated = width[1] if width else ""
        return place(
            Picture(
                alt,
                kind,
                base64.b64decode("".join(coded)),
                label[1] if label else "",
                f"{stated}px" if stated[-1:].isdigit() else stated,
            )
        )

    parts = _CODE.split(text)
    parts[::2] = [_IMAGE.sub(replaced, part) for part in parts[::2]]
    return "".join(parts)
