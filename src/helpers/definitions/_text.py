"""Text files as people save them."""

from __future__ import annotations

import codecs
from pathlib import Path

_HEAD = 400
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

SAVE_AS_UTF_8 = (
    "mở tệp, gõ lại hoặc chuyển sang Unicode những chữ sai, rồi lưu bằng bảng mã UTF-8 "
    "(Notepad: Lưu như, Mã hóa: UTF-8)."
)
"""What to do about a file that is not Unicode."""


class NotUnicodeError(ValueError):
    """A file is not text in Unicode.

    Parameters
    ----------
    line : int
        The first line that cannot be read, counted from 1.
    """

    def __init__(self, line: int) -> None:
        super().__init__(f"tệp không phải văn bản UTF-8 (từ dòng {line} dùng bảng mã khác)")
        self.line = line


def read_text(path: Path) -> str:
    """Read a text file: UTF-8 or UTF-16, with or without a byte order mark.

    Raises
    ------
    NotUnicodeError
        If it is in another encoding, such as the old ones of Vietnamese.
    """
    return decoded(path.read_bytes()).replace("\r\n", "\n").replace("\r", "\n")


def encoding_of(data: bytes) -> str:
    """Tell UTF-16 from UTF-8: by its mark, or by the zeros that Latin letters have in it.

    Examples
    --------
    >>> encoding_of("Mã;Giá trị".encode("utf-16-le")), encoding_of("Mã;Giá trị".encode())
    ('utf-16-le', 'utf-8-sig')
    """
    if data.startswith(UTF_16):
        return "utf-16"
    head = data[:_HEAD]
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if zeros.count(0) * 2 > len(zeros) and zeros.count(0) * 3 > head.count(0) * 2:
            return encoding
    return "utf-8-sig"


def decoded(data: bytes) -> str:
    """Decode the content of a file; see :func:`read_text`, which also makes all line ends alike."""
    encoding = encoding_of(data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotUnicodeError(data[: error.start].count(b"\n") + 1) from error
