"""Text files as people save them."""

from __future__ import annotations

import codecs
from pathlib import Path

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
    """Read a text file: UTF-8 with or without a byte order mark, or UTF-16 with one.

    Raises
    ------
    NotUnicodeError
        If it is in another encoding, such as the old ones of Vietnamese.
    """
    return decoded(path.read_bytes()).replace("\r\n", "\n").replace("\r", "\n")


def decoded(data: bytes) -> str:
    """Decode the content of a file; see :func:`read_text`, which also makes all line ends alike."""
    encoding = "utf-16" if data.startswith(UTF_16) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotUnicodeError(data[: error.start].count(b"\n") + 1) from error
