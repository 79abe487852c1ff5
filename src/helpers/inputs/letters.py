"""Vietnamese text as it arrives: composed anew, or refused if it is in a font's own encoding.

Before Unicode, TCVN3 (ABC, fonts ``.VnTime``) and VNI (``VNI-Times``) put Vietnamese letters in the
places of Latin-1. Such text looks right only in its font; read as Unicode it is "Tû lÖ hé nghÌo".
Guessing the letters back would change names without anybody noticing, so it is refused with advice.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from helpers.inputs.faults import BadValueError

Encoding = Literal["TCVN3", "VNI", "mojibake"]

_SPACES = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u3000]+")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
# Letters and signs of Latin-1 that no Vietnamese word has, beside a letter.
_FOREIGN = "µ¸¹¨¾¼ÆÇËÎÏÑªÖØÜÞßäåæçëîïñöøûüþ¬"
_SIGNS = "¶·½®©¨\u00ad"
_BESIDE = re.compile(
    f"(?<=[A-Za-z])[{_FOREIGN}]|[{_FOREIGN}](?=[A-Za-z])|(?<=[A-Za-z])[{_SIGNS}](?=[A-Za-zà-ý])"
)
# Of these, what VNI has no use for.
_NOT_VNI = re.compile("(?<=[A-Za-zà-ÿ])[µ¸¹¨¾¼ª¬ßÞþçÇ¶·½©®\u00ad]|[µ¸¹¨¾¼ª¬ßÞþçÇ®](?=[A-Za-zà-ÿ])")
# VNI writes a tone as a letter of its own behind the vowel: "Haø Noäi", "ngheøo".
_VNI = re.compile(
    r"[aA][ùøûõïâáàåäêéèúüãëÙØÛÕÏÂÁÀÅÄÊÉÈÚÜÃË]|[eE][ùøûõïâåäÙØÛÕÏÂÅÄ]|[oO][ùøûõïâåäÙØÛÕÏÂÅÄ]"
)
_VNI_MORE = re.compile(r"[uUyY][ùøûõïÙØÛÕÏ]|[ôöÔÖ][ùøûõïÙØÛÕÏ]")
# UTF-8 that was read as Windows-1252.
_MOJIBAKE = re.compile("á[º»]|Ä[‘ƒ\u0090\u0091]|Æ[°¡¯]|Ã[¡ -¿]|â€|\ufffd")
_UNICODE_ONLY = re.compile("[ăĂđĐĩĨũŨơƠưƯ\u1ea0-\u1ef9]")

_ADVICE = {
    "TCVN3": "chuyển sang Unicode, ví dụ bằng UniKey (Ctrl+Shift+F6, nguồn TCVN3 (ABC), đích Unicode), "
    "rồi lưu lại.",
    "VNI": "chuyển sang Unicode, ví dụ bằng UniKey (Ctrl+Shift+F6, nguồn VNI Windows, đích Unicode), "
    "rồi lưu lại.",
    "mojibake": "mở tệp gốc và lưu lại thành CSV UTF-8.",
}


def legacy_encoding(text: str) -> Encoding | None:
    """Tell in which old encoding a text seems to be; None for ordinary text.

    Examples
    --------
    >>> legacy_encoding("Tû lÖ hé nghÌo"), legacy_encoding("Tyû leä hoä ngheøo")
    ('TCVN3', 'VNI')
    """
    if text.isascii():
        return None
    if _MOJIBAKE.search(text):
        return "mojibake"
    if _UNICODE_ONLY.search(text):
        return None
    if not _NOT_VNI.search(text) and (_VNI.search(text) or _VNI_MORE.search(text)):
        return "VNI"
    return "TCVN3" if _BESIDE.search(text) else None


def plain_text(text: str) -> str:
    """Return a text composed (NFC), without invisible characters and needless spaces.

    Raises
    ------
    BadValueError
        If the text is in an old encoding.
    """
    composed = unicodedata.normalize("NFC", text)
    encoding = legacy_encoding(composed)
    composed = _SPACES.sub(" ", _INVISIBLE.sub("", composed)).strip()
    if encoding is None:
        return composed
    seems = "hỏng dấu tiếng Việt" if encoding == "mojibake" else f"gõ bằng bảng mã {encoding}"
    raise BadValueError(
        "legacy-text",
        f"chữ «{composed[:40]}» có vẻ {seems}, không phải Unicode.",
        _ADVICE[encoding],
    )
