"""The border of every reader: what a library raises while it reads a file is a problem of that file.

Libraries for workbooks, text and Parquet raise errors of a hundred kinds, and other ones with their
next version; none of them is listed here. The cause goes to the log (``helpers.inputs``, level INFO,
which the command ``chiso`` writes below ``outputs/logs``), the person is told which file it is.
"""

from __future__ import annotations

import errno
import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from helpers.inputs.problems import InputError, Problem

_log = logging.getLogger("helpers.inputs")

_MACHINE = frozenset(
    {
        *(errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS, errno.EIO),
        *(errno.EMFILE, errno.ENFILE, errno.ENOMEM),
    }
)
"""What the machine, not the file, is to blame for: told at the border of the program."""
_STDERR = 2
_PANIC = "PanicException"
"""How a fault of a library in Rust arrives; it is no `Exception`."""

AGAIN = "lấy lại tệp gốc, hoặc mở bằng Excel hay LibreOffice rồi lưu lại."


@contextmanager
def problems_of(file: str, remedy: str = AGAIN) -> Iterator[None]:
    """Turn whatever is raised while a file is read into a problem of that file.

    Parameters
    ----------
    file : str
        Path from the root of the checkout, as problems name it.
    remedy : str
        What to do about a file that cannot be read.

    Raises
    ------
    InputError
        As it was raised, or made of anything else but faults of the machine.
    """
    try:
        yield
    except InputError:
        raise
    except MemoryError as error:
        message = "tệp cần nhiều bộ nhớ hơn mức máy có."
        raise _refused(
            file, "too-large", message, "chia nhỏ tệp, hoặc xóa trang, hàng, cột thừa."
        ) from error
    except BaseException as error:
        if isinstance(error, OSError) and error.errno in _MACHINE:
            raise
        if not isinstance(error, Exception) and type(error).__name__ != _PANIC:
            raise
        _log.info("%s", file, exc_info=error)
        message = f"không đọc được tệp; tệp hỏng hoặc chứa điều chưa hiểu được ({_kind(error)})."
        raise _refused(file, "unreadable", message, remedy) from error


@contextmanager
def noise_kept() -> Iterator[None]:
    """Keep from the screen what a library in Rust or C writes to it beside raising an error.

    A panic prints its own traceback past Python, to the file of number 2; it goes to the log.
    """
    try:
        screen = os.dup(_STDERR)
    except OSError:  # a program without a screen, such as a service
        yield
        return
    with tempfile.TemporaryFile() as kept:
        os.dup2(kept.fileno(), _STDERR)
        try:
            yield
        finally:
            os.dup2(screen, _STDERR)
            os.close(screen)
            kept.seek(0)
            if noise := kept.read().decode(errors="replace"):
                _log.info("%s", noise)


def _kind(error: BaseException) -> str:
    return type(error).__name__


def _refused(file: str, rule: str, message: str, remedy: str) -> InputError:
    return InputError([Problem("error", file, None, None, rule, message, remedy)])
