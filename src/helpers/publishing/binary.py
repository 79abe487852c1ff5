"""Where the pandoc program is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pypandoc

from helpers.publishing.errors import PublishError

# The first that takes --variable-json.
OLDEST = (3, 7)


def engine_environment(**more: str) -> dict[str, str]:
    """Return the environment of a program that publishes.

    Text is UTF-8 on every machine, whatever the locale of the one who runs the command.
    """
    return {**os.environ, "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "LANGUAGE": "", **more}


@cache
def pandoc_program() -> tuple[str, str]:
    """Return the path and the version of pandoc: the one that pypandoc_binary brings, if it does.

    ``pypandoc.get_pandoc_path`` is not asked: it tries the PATH first and writes a traceback into
    the log for every place without pandoc.

    Raises
    ------
    PublishError
        If there is none, or it is too old.
    """
    bundled = Path(pypandoc.__file__).parent / "files"
    places = [str(bundled / name) for name in ("pandoc", "pandoc.exe")]
    path = next((place for place in places if Path(place).is_file()), shutil.which("pandoc"))
    if path is None:
        raise PublishError("Không tìm thấy pandoc. Hãy cài gói pypandoc_binary hoặc pandoc.")
    said = subprocess.run(
        [path, "--version"],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env=engine_environment(),
    ).stdout
    found = re.search(r"(\d+)\.(\d+)[\d.]*", said)
    if found is None or (int(found[1]), int(found[2])) < OLDEST:
        raise PublishError(
            f"pandoc ở {path} quá cũ; cần từ bản {'.'.join(map(str, OLDEST))}. "
            "Hãy cài gói pypandoc_binary."
        )
    return path, found[0]
