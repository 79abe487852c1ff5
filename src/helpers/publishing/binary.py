"""Where the pandoc program is."""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pypandoc

from helpers.publishing.errors import PublishError

# The first that takes --variable-json.
OLDEST = (3, 7)


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
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"(\d+)\.(\d+)[\d.]*", said)
    if found is None or (int(found[1]), int(found[2])) < OLDEST:
        raise PublishError(
            f"pandoc ở {path} quá cũ; cần từ bản {'.'.join(map(str, OLDEST))}. "
            "Hãy cài gói pypandoc_binary."
        )
    return path, found[0]
