"""Copy the stamped notebooks to where Quarto may work on them; Quarto runs this before it renders.

Quarto writes pages beside their source and then moves them into its output folder, and it takes along
whatever lies there with the name of a page: beside the reports that would be their HTML, PDF and Word
files. So its inputs are copies, and ``outputs/reports`` is only read.

Standard library only: it runs with whatever Python Quarto finds.
"""

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REPORTS = ROOT / "outputs" / "reports"
PAGES = ROOT / "outputs" / "quarto" / "reports"


def _notebooks(folder):
    """Return the notebooks of provinces, and of their offices one folder deeper."""
    return sorted([*folder.glob("*/*/*.ipynb"), *folder.glob("*/*/*/*.ipynb")])


def bring_pages(reports, pages):
    """Make the notebooks of one folder the same as those of another.

    Parameters
    ----------
    reports : Path
        Where the stamped notebooks are: ``<year>/<place>[/<office>]/<report>.ipynb``.
    pages : Path
        Where their copies go; copies of notebooks that are no longer there are removed.

    Returns
    -------
    int
        How many notebooks there are.
    """
    # A second dot marks what is no report: a run that failed, a file that somebody has changed.
    wanted = {
        path.relative_to(reports): path for path in _notebooks(reports) if "." not in path.stem
    }
    for old in _notebooks(pages):
        if old.relative_to(pages) not in wanted:
            old.unlink()
    for name, source in wanted.items():
        copy = pages / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        if not copy.is_file() or copy.read_bytes() != source.read_bytes():
            shutil.copyfile(str(source), str(copy))
    return len(wanted)


if __name__ == "__main__":
    if not bring_pages(REPORTS, PAGES):
        print("Chưa có báo cáo nào; hãy chạy: chiso run --province all")
