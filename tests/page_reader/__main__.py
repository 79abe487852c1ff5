"""Read every page below a folder: ``python -m page_reader [outputs/reports] [root] [kind,kind]``."""

from __future__ import annotations

import sys
from pathlib import Path

from .pages import pages_of
from .report import read_all, show


def main() -> int:
    """Print what was found.

    Fails on a contradiction, on a kind of report of which less than 95 % was read in some year, and
    on a kind of which there was no page: without a list of kinds every notebook is one.
    """
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "outputs/reports").resolve()
    root = Path(sys.argv[2]).resolve() if len(sys.argv) > 2 else folder.parents[1]
    books = (root / "notebooks").glob("*.ipynb")
    every = sorted(path.stem for path in books if '"chiso"' in path.read_text(encoding="utf-8"))
    kinds = sys.argv[3].split(",") if len(sys.argv) > 3 else every
    result = read_all(root, [p for p in pages_of(folder) if p.stem in kinds])
    faults = result.faults(kinds)
    print(show(result))
    print("\n".join(f"HỎNG: {fault}" for fault in faults) or "Không có lỗi.")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
