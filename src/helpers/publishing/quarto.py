"""Publishing a stamped notebook with Quarto."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
import uuid
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from helpers.project import Project
from helpers.publishing.binary import engine_environment
from helpers.publishing.errors import PublishError
from helpers.publishing.files import has_lost_letters
from helpers.publishing.front_matter import FrontMatter
from helpers.publishing.page import with_drawings, with_light_pictures, with_tables
from helpers.publishing.quarto_folder import Format, Version, fill_folder, result_path
from helpers.publishing.word import complete

MINIMUM: Version = (1, 7, 0)
TIMEOUT = 300.0

_LOG = "quarto.log"
_LINES = 12
_STARTS: Mapping[Format, tuple[bytes, ...]] = {
    "html": (b"<!DOCTYPE", b"<!doctype", b"<html"),
    "pdf": (b"%PDF-",),
    "docx": (b"PK",),
}
_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_ERROR = re.compile(r"\s*(ERROR|FATAL|Error|error)\b")
_TRACEBACK = re.compile(r"\s*stack traceback:|\s*\[C\]: |\s+\S+\.lua:\d+: in |\s+at .*\bfile://")
# Set by an outer Quarto, or able to change what is rendered.
_NOT_INHERITED = ("QUARTO_PROFILE", "QUARTO_EXECUTE_INFO", "QUARTO_PDF_STANDARD")


def publish_quarto(
    notebook: Path,
    formats: Sequence[Format],
    project: Project,
    *,
    timeout: float = TIMEOUT,
) -> tuple[Path, ...]:
    """Render a stamped notebook with one Quarto process, without executing anything.

    The notebook is copied into a working folder of its own, so that any number of reports can be
    published at the same time; the results are moved beside the notebook only when all formats
    have been written, each under a temporary name first.

    Parameters
    ----------
    notebook : Path
        Executed and stamped as docs/architecture.md says; it is only read.
    formats : sequence of {"html", "pdf", "docx"}
        What to write; repeated formats are written once.
    project : Project
        The checkout.
    timeout : float
        Seconds that Quarto may take for all formats together.

    Returns
    -------
    tuple of Path
        The files written, in the order of `formats`.

    Raises
    ------
    PublishError
        If Quarto is missing, too old, fails, is killed, takes too long or does not write a format.
        Files of an earlier run stay as they are.
    """
    wanted = tuple(dict.fromkeys(formats))
    if not wanted:
        return ()
    executable = find_quarto()
    version = quarto_version(executable)
    name = project.relative(notebook)
    if version < MINIMUM:
        raise PublishError(
            f"Quarto {_dotted(version)} quá cũ, cần từ {_dotted(MINIMUM)} trở lên. "
            "Hãy cập nhật Quarto hoặc dùng --engine pandoc."
        )
    with tempfile.TemporaryDirectory(prefix="chiso-quarto-", ignore_cleanup_errors=True) as made:
        folder = Path(made).resolve()
        report = fill_folder(folder, notebook, wanted, project, version)
        _run(executable, folder, name, report.front_matter.epoch, timeout)
        results = {kind: result_path(folder, kind) for kind in wanted}
        for kind, result in results.items():
            if not _is_complete(result, kind):
                raise PublishError(
                    f"Quarto không tạo được tệp {kind} cho {name}.\n{_cause(folder)}"
                )
            _check_letters(result, kind, notebook, name)
        if "docx" in results:
            _complete_word(results["docx"], report.front_matter, project, name)
        if "html" in results:
            page = results["html"].read_text(encoding="utf-8")
            page = with_light_pictures(with_drawings(page, report.drawings))
            page = with_tables(page, report.tables)
            results["html"].write_text(page, encoding="utf-8")
        return _deliver(results, notebook)


def find_quarto() -> str:
    """Return the path of the program ``quarto``.

    Raises
    ------
    PublishError
        If it is not on the PATH; the message says what to do.
    """
    found = shutil.which("quarto")
    if found is None:
        raise PublishError(
            "Không tìm thấy Quarto trên máy. Hãy cài đặt từ https://quarto.org/docs/download/ "
            "hoặc dùng --engine pandoc."
        )
    return found


def quarto_version(executable: str) -> Version:
    """Return the version of a Quarto, such as ``(1, 10, 18)``.

    Raises
    ------
    PublishError
        If the program does not answer within half a minute, or not with a version.
    """
    try:
        done = subprocess.run(
            [executable, "--version"],
            capture_output=True,
            check=True,
            encoding="utf-8",
            timeout=30,
            env=engine_environment(),
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise PublishError(f"Không chạy được «{executable} --version»: {error}") from error
    found = re.search(r"(\d+)\.(\d+)(?:\.(\d+))?", done.stdout)
    if found is None:
        raise PublishError(f"Không đọc được phiên bản Quarto từ «{done.stdout.strip()}».")
    return int(found[1]), int(found[2]), int(found[3] or 0)


def _run(executable: str, folder: Path, name: str, epoch: int, timeout: float) -> None:
    command = [executable, "render", ".", "--no-execute"]
    with (folder / _LOG).open("wb") as log:
        try:
            process = subprocess.Popen(
                command,
                cwd=folder,
                env={"SOURCE_DATE_EPOCH": str(epoch), **quarto_environment()},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except OSError as error:
            raise PublishError(f"Không khởi động được Quarto ({executable}): {error}") from error
        try:
            code = process.wait(timeout)
        except subprocess.TimeoutExpired as error:
            raise PublishError(
                f"Quarto chạy quá {timeout:.0f} giây với {name}, đã dừng.\n{_cause(folder)}"
            ) from error
        finally:
            # Also when the user interrupts: Quarto starts Deno, pandoc and Typst of its own.
            _kill(process)
    if code < 0:
        raise PublishError(
            f"Quarto bị dừng bởi tín hiệu {-code} khi xuất bản {name}.\n{_cause(folder)}"
        )
    if code > 0:
        raise PublishError(f"Quarto báo lỗi (mã {code}) khi xuất bản {name}.\n{_cause(folder)}")


def quarto_environment() -> dict[str, str]:
    """Return what every process of Quarto gets: UTF-8, UTC, no colours, nothing of an outer Quarto."""
    inherited = {
        key: value
        for key, value in engine_environment().items()
        if key not in _NOT_INHERITED and not key.startswith("QUARTO_PROJECT_")
    }
    # In another time zone Quarto would print the day or even the year before.
    return {**inherited, "TZ": "UTC", "NO_COLOR": "1"}


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _check_letters(result: Path, kind: Format, notebook: Path, name: str) -> None:
    """Refuse a file in which letters were lost that the notebook has."""
    if kind == "pdf" or has_lost_letters(notebook.read_bytes()):
        return  # a PDF does not hold its text as text; its page would show the same
    try:
        lost = has_lost_letters(result.read_bytes())
    except zipfile.BadZipFile:
        return  # told where the file is completed
    if lost:
        raise PublishError(f"Quarto làm mất chữ trong tệp {kind} của {name}; tệp không được giữ.")


def _complete_word(result: Path, front_matter: FrontMatter, project: Project, name: str) -> None:
    try:
        result.write_bytes(complete(result.read_bytes(), front_matter, project))
    except (zipfile.BadZipFile, KeyError) as error:
        raise PublishError(f"Quarto tạo tệp docx không đọc được cho {name}: {error}") from error


def _cause(folder: Path) -> str:
    return told_by_quarto((folder / _LOG).read_text(encoding="utf-8", errors="replace"))


def told_by_quarto(log: str) -> str:
    """Return from what Quarto has printed the cause of a failure, without colours and tracebacks.

    The cause stands where the first error does; the end is often a traceback of Lua alone.
    """
    lines = [line.rstrip() for line in _COLOURS.sub("", log).splitlines()]
    kept = [line for line in lines if line.strip() and not _TRACEBACK.match(line)]
    first = next((place for place, line in enumerate(kept) if _ERROR.match(line)), None)
    shown = kept[-_LINES:] if first is None else kept[first : first + _LINES]
    return "\n".join(shown) or "(Quarto không in ra gì)"


def _is_complete(result: Path, kind: Format) -> bool:
    if not result.is_file():
        return False
    with result.open("rb") as opened:
        return opened.read(64).lstrip().startswith(_STARTS[kind])


def _deliver(results: Mapping[Format, Path], notebook: Path) -> tuple[Path, ...]:
    """Put finished files beside the notebook; all are copied before the first is renamed."""
    # Not write_atomically: no format may be replaced while another can still fail to be copied.
    mark = uuid.uuid4().hex[:8]
    staged = {kind: notebook.with_name(f".{notebook.stem}.{mark}.{kind}.tmp") for kind in results}
    try:
        for kind, result in results.items():
            shutil.copyfile(result, staged[kind])
        final = tuple(notebook.with_suffix(f".{kind}") for kind in results)
        for temporary, target in zip(staged.values(), final, strict=True):
            temporary.replace(target)
    except OSError as error:
        raise PublishError(f"Không ghi được kết quả vào {notebook.parent}: {error}") from error
    finally:
        for temporary in staged.values():
            temporary.unlink(missing_ok=True)
    return final


def _dotted(version: Version) -> str:
    return ".".join(map(str, version))
