"""The same text on every machine: Python reads and writes UTF-8, whatever the locale says."""

from __future__ import annotations

import locale
import os
import sys


def in_utf8() -> None:
    """Start the command again in Python's UTF-8 mode if the locale has another encoding.

    The command line, names of files and what is printed would otherwise pass through the encoding of
    the locale, which knows no Vietnamese where it is ``C``. Python takes UTF-8 by itself there unless
    the environment forbids it, and in no other locale.
    """
    if sys.flags.utf8_mode or _is_utf8(locale.getencoding()):
        return
    arguments = [sys.executable, "-X", "utf8", *sys.orig_argv[1:]]
    os.execve(sys.executable, arguments, {**os.environ, "PYTHONUTF8": "1"})  # noqa: S606 – itself


def _is_utf8(encoding: str) -> bool:
    return encoding.casefold().replace("-", "").replace("_", "") == "utf8"
