"""Where a checkout keeps its things."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

_MARK = Path("params") / "indices"


class ProjectNotFoundError(FileNotFoundError):
    """No checkout was found from where the program stands."""


@dataclass(frozen=True)
class Project:
    """A checkout: the folders that the other rooms read from and write to.

    Parameters
    ----------
    root : Path
        The folder that holds ``notebooks/``, ``params/`` and ``data/``.
    outputs_at : Path, optional
        Where to write instead of ``outputs/``; for a run that is only compared with another.
    """

    root: Path
    outputs_at: Path | None = None

    @property
    def notebooks(self) -> Path:
        """One thin notebook per report kind."""
        return self.root / "notebooks"

    @property
    def definitions(self) -> Path:
        """What each index is, as dated text."""
        return self.root / "params" / "indices"

    @property
    def places(self) -> Path:
        """The dated register of provinces and regions."""
        return self.root / "params" / "places"

    @property
    def entry_forms(self) -> Path:
        """What an office is asked for: figures, tables and record files."""
        return self.root / "params" / "entry"

    @property
    def offices(self) -> Path:
        """An office's settings for a year: ``<slug>/<year>.yml``."""
        return self.root / "params" / "provinces"

    @property
    def deliveries(self) -> Path:
        """What an office delivered for a year: ``<slug>/<year>/``."""
        return self.root / "data" / "provinces"

    @property
    def published(self) -> Path:
        """National published results that ship with the project."""
        return self.root / "data" / "published"

    @property
    def imported(self) -> Path:
        """Official workbooks taken in by ``chiso import``; git-ignored."""
        return self.root / "data" / "imported"

    @property
    def outputs(self) -> Path:
        """Generated files only."""
        return self.outputs_at or self.root / "outputs"

    @property
    def cache(self) -> Path:
        """Things made once and used by every report: fonts, drawing caches."""
        return self.root / "outputs" / ".cache"

    def relative(self, path: Path) -> str:
        """Return `path` as written from the root, with forward slashes, for messages and traces."""
        try:
            return path.resolve().relative_to(self.root.resolve()).as_posix()
        except ValueError:
            return path.as_posix()


def find_project(start: Path | None = None) -> Project:
    """Find the checkout around a folder.

    Looks at the environment variable ``CHISO_PROJECT``, then at `start` (by default the current
    folder) and the folders above it, then at the folders above this package, which is where an
    editable installation keeps it.

    Parameters
    ----------
    start : Path, optional
        Where to begin looking.

    Returns
    -------
    Project

    Raises
    ------
    ProjectNotFoundError
        If no folder with ``params/indices`` is found; the message says what to do.
    """
    named = os.environ.get("CHISO_PROJECT")
    if named:
        candidates = [Path(named)]
    else:
        here = (start or Path.cwd()).resolve()
        package = Path(__file__).resolve().parent
        candidates = [here, *here.parents, *package.parents]
    for folder in candidates:
        if (folder / _MARK).is_dir():
            return Project(folder.resolve())
    looked = named or str(start or Path.cwd())
    raise ProjectNotFoundError(
        f"Không tìm thấy thư mục dự án từ «{looked}»: cần một thư mục có params/indices. "
        "Hãy chạy lệnh trong thư mục đã tải về, hoặc đặt biến môi trường CHISO_PROJECT."
    )
