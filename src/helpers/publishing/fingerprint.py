"""How a format is made, in a few values: if they change, files made before are out of date."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from helpers.project import Project

_LIBRARIES = ("pypandoc_binary", "typst", "fontpkg-be-vietnam-pro", "fonttools", "nbconvert")


def fingerprint(engine: str, formats: Sequence[str], project: Project) -> dict[str, dict[str, str]]:
    """Describe how each format is made.

    Parameters
    ----------
    engine : {"quarto", "pandoc"}
        Already chosen.
    formats : sequence of str
    project : Project

    Returns
    -------
    dict of str to dict
        For each format the engine, the digest of this room's sources and the versions it uses. A page
        links the other formats, so it depends on which there are; a Word file on the office's own
        templates.
    """
    shared = {"engine": engine, "sources": _sources(project)}
    for name in _LIBRARIES:
        shared[name] = metadata.version(name)
    if engine == "quarto":
        from helpers.publishing.quarto import find_quarto, quarto_version

        shared["quarto"] = ".".join(str(part) for part in quarto_version(find_quarto()))
    made = {name: dict(shared) for name in formats}
    if "html" in made:
        made["html"]["links"] = " ".join(sorted(formats))
    if "docx" in made:
        made["docx"]["templates"] = _digest(sorted(project.root.glob("params/word/*.docx")))
    return made


def _sources(project: Project) -> str:
    """Return one digest of all that stands in this folder, and of the words Quarto is given."""
    room = Path(__file__).parent
    # Not what Python keeps of them: while it compiles, a file of a passing name stands there.
    kept = (path for path in sorted(room.rglob("*")) if "__pycache__" not in path.parts)
    files = [path for path in kept if path.is_file()]
    return _digest([path for path in (*files, project.root / "_language-vi.yml") if path.is_file()])


def _digest(files: Sequence[Path]) -> str:
    total = hashlib.sha256()
    for path in files:
        total.update(path.name.encode())
        total.update(path.read_bytes())
    return total.hexdigest()
