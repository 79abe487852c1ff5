"""The border of the program: beyond it no fault comes as a Python traceback.

What the rooms know to be wrong they say themselves, in one sentence (``helpers.cli.app``). What
nobody expected ends here: a package that is not there, a disk that is full, a file that may not be
written, and the faults of this program. The traceback goes into a file below ``outputs/logs``, and
the person is told what happened, what to do, and where the file lies.

Nothing but the standard library is imported before the command runs, so that a missing package is told
as well.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import platform
import re
import sys
import tempfile
import threading
import traceback
from collections.abc import Sequence
from datetime import datetime
from importlib import metadata
from pathlib import Path

from helpers.cli.exit_status import BUG, INTERRUPTED, REFUSED
from helpers.cli.requirements import INSTALL, asked
from helpers.cli.utf8 import in_utf8
from helpers.project import ProjectNotFoundError, find_project

_NAMELESS = "một tệp"

# Message and remedy; {file} is what was read or written.
_OF_THE_MACHINE = {
    errno.ENOSPC: (
        "đĩa đã đầy khi ghi {file}.",
        "xóa bớt để còn ít nhất 1 GiB (hoặc chạy: make clean) rồi chạy lại.",
    ),
    errno.EACCES: (
        "không có quyền đọc hoặc ghi {file}.",
        "đóng chương trình đang mở tệp này (Excel, Word), hoặc sửa quyền của tệp và thư mục.",
    ),
    errno.EROFS: ("ổ đĩa chứa {file} chỉ cho đọc.", "chép dự án sang nơi ghi được."),
    errno.EFBIG: ("{file} lớn hơn mức mà hệ thống cho phép.", "nới giới hạn kích thước tệp."),
    errno.EIO: ("ổ đĩa gặp lỗi khi đọc hoặc ghi {file}.", "kiểm tra ổ đĩa."),
    errno.ENOENT: (
        "không tìm thấy {file}.",
        "kiểm tra xem tệp có bị xóa hoặc đổi tên trong lúc chạy không.",
    ),
    errno.ENOTDIR: ("đường dẫn tới {file} đi qua một tệp.", "đổi tên tệp chắn chỗ thư mục."),
    errno.EISDIR: ("{file} là thư mục, lẽ ra là tệp.", "đổi tên thư mục này."),
    errno.EEXIST: ("{file} đã có và không phải là thư mục.", "đổi tên tệp này."),
    errno.ENAMETOOLONG: ("tên của {file} quá dài.", "đặt dự án vào thư mục có tên ngắn hơn."),
    errno.EMFILE: ("mở quá nhiều tệp cùng lúc.", "chạy lại với --jobs nhỏ hơn."),
    errno.EADDRINUSE: ("cổng này đang có chương trình khác dùng.", "chọn cổng khác bằng --port."),
}
_SAME = {
    errno.EDQUOT: errno.ENOSPC,
    errno.EPERM: errno.EACCES,
    errno.ENFILE: errno.EMFILE,
}


def main() -> None:
    """Run the command ``chiso``."""
    in_utf8()
    raise SystemExit(_status())


def _status() -> int:
    unheard: list[str] = []
    sys.unraisablehook = lambda told: unheard.extend(_traceback(told.exc_value))
    threading.excepthook = lambda told: _of_thread(told.exc_value)
    for stream in (sys.stdout, sys.stderr):
        # A terminal without Vietnamese letters shows other signs for them; that is no reason to stop.
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    causes = _Causes()
    reading = logging.getLogger("helpers.inputs")
    reading.setLevel(logging.INFO)
    reading.addHandler(causes)
    try:
        from helpers.cli.app import run_command

        return run_command()
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        return _told(error, unheard)
    finally:
        reading.removeHandler(causes)
        for log in dict.fromkeys(causes.logs):
            sys.stderr.write(f"Nguyên nhân tệp không đọc được: {log}\n")


class _Causes(logging.Handler):
    """Keeps what libraries raised about files (`helpers.inputs.unreadable`) in a log of their own."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.logs: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, BaseException) and (log := _write_log(error, ())):
            self.logs.append(log)


def _of_thread(error: BaseException | None) -> None:
    if isinstance(error, Exception):
        _told(error)


def _traceback(error: BaseException | None) -> list[str]:
    return traceback.format_exception(error) if error is not None else []


def _told(error: Exception, unheard: Sequence[str] = ()) -> int:
    """Say what happened, what to do, and where the traceback lies.

    Parameters
    ----------
    error : Exception
    unheard : sequence of str
        Tracebacks of what went wrong while things were cleared away; for the log.

    Returns
    -------
    int
        Exit status.
    """
    status, lines = _in_words(error)
    log = _write_log(error, unheard)
    lines.append(
        f"Nhật ký: {log}" if log else "Không ghi được tệp nhật ký: đĩa đầy hoặc không có quyền ghi."
    )
    sys.stderr.write("".join(f"{line}\n" for line in lines))
    return status


def _in_words(error: Exception) -> tuple[int, list[str]]:
    if isinstance(error, ImportError) and (error.name or "").partition(".")[0] != "helpers":
        return REFUSED, _missing_package(error)
    if isinstance(error, MemoryError):
        return REFUSED, [
            "Lỗi: máy không đủ bộ nhớ. Cách xử lý: chạy lại với --jobs nhỏ hơn, hoặc đóng bớt "
            "chương trình khác."
        ]
    if (refused := _of_the_system(error)) is not None:
        return REFUSED, [_machine(refused)]
    if isinstance(error, UnicodeDecodeError):
        likely = next((f"«{_short(path)}»" for path in _files_at_hand(error)), _NAMELESS)
        return REFUSED, [
            f"Lỗi: {likely} không phải văn bản UTF-8. Cách xử lý: lưu lại tệp bằng bảng mã UTF-8."
        ]
    kind = type(error).__name__
    return BUG, [
        f"Lỗi của chương trình chiso, không phải của số liệu: {kind}: {error}",
        "Cách xử lý: chạy lại; nếu vẫn lỗi, hãy gửi tệp nhật ký dưới đây cho người bảo trì. "
        "Trước khi gửi, xem lại để tệp không có số liệu riêng.",
    ]


def _missing_package(error: ImportError) -> list[str]:
    named = f"«{error.name.partition('.')[0]}»" if error.name else "cần thiết"
    lines = [f"Lỗi: không nạp được gói Python {named} ({error})."]
    with contextlib.suppress(ImportError):  # not even the package that reads the list is there
        lines += [f"  {package}" for package in asked() if not package.met]
    return [*lines, f"Cách xử lý: cài lại các gói mà chiso cần: {INSTALL}"]


def _of_the_system(error: Exception) -> OSError | None:
    """Return the system's own error, which libraries in C and Rust only quote in theirs."""
    if isinstance(error, OSError):
        return error
    quoted = re.search(r"\bIO_(E[A-Z]+)\b|\(os error (\d+)\)", str(error))
    if quoted is None:
        return None
    number = getattr(errno, quoted[1], 0) if quoted[1] else int(quoted[2])
    return OSError(number, os.strerror(number), tempfile.gettempdir()) if number else None


def _machine(error: OSError) -> str:
    number = _SAME.get(error.errno or 0, error.errno or 0)
    at = error.filename2 or error.filename or next(iter(_files_at_hand(error)), None)
    file = f"«{_short(at)}»" if isinstance(at, str | Path) else _NAMELESS
    if number in _OF_THE_MACHINE:
        message, remedy = _OF_THE_MACHINE[number]
    else:
        message = f"hệ thống không đọc hoặc ghi được {{file}} ({error.strerror or error})."
        remedy = "xem lại tệp, ổ đĩa và mạng rồi chạy lại."
    return f"Lỗi: {message.format(file=file)} Cách xử lý: {remedy}"


def _files_at_hand(error: BaseException) -> list[Path]:
    """Return the files that the functions of this program had in hand, the innermost first."""
    found: list[Path] = []
    for frame, _ in traceback.walk_tb(error.__traceback__):
        if str(frame.f_globals.get("__name__", "")).partition(".")[0] == "helpers":
            found += [value for value in frame.f_locals.values() if isinstance(value, Path)]
    return [path for path in dict.fromkeys(reversed(found)) if path.is_file()]


def _short(path: str | Path) -> str:
    try:
        return find_project().relative(Path(path))
    except (ProjectNotFoundError, OSError, ValueError):
        return str(path)


def _write_log(error: BaseException, unheard: Sequence[str]) -> str:
    """Write the traceback into a file of its own; return its name, or nothing if that fails."""
    now = datetime.now().astimezone()
    try:
        version = metadata.version("chiso")
    except metadata.PackageNotFoundError:
        version = "?"
    text = "".join(
        [
            f"chiso {version}, Python {platform.python_version()}, {platform.platform()}\n",
            f"{now.isoformat(timespec='seconds')}: {' '.join(sys.argv[1:])}\n",
            *(f"tệp: {_short(path)}\n" for path in _files_at_hand(error)),
            "\n",
            *_traceback(error),
            *unheard,
        ]
    )
    name = f"{now:%Y%m%d-%H%M%S}-{os.getpid()}.log"
    for folder in _log_folders():
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            with (folder / name).open("a", encoding="utf-8", errors="backslashreplace") as log:
                log.write(text)
            return _short(folder / name)
    return ""


def _log_folders() -> tuple[Path, ...]:
    elsewhere = Path(tempfile.gettempdir()) / "chiso-logs"
    try:
        return (find_project().outputs / "logs", elsewhere)
    except (ProjectNotFoundError, OSError):
        return (elsewhere,)
