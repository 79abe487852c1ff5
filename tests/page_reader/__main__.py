"""Read every page below a folder: ``python -m page_reader [outputs/reports] [root]``."""

from __future__ import annotations

import sys
from pathlib import Path

from .report import read_all, show


def main() -> int:
    """Print what was found; fail on a contradiction or on less than 95 % read."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "outputs/reports").resolve()
    root = Path(sys.argv[2]).resolve() if len(sys.argv) > 2 else folder.parents[1]
    only = sys.argv[3].split(",") if len(sys.argv) > 3 else []
    pages = [p for p in sorted(folder.glob("*/*/*.html")) if not only or p.stem in only]
    result = read_all(root, pages)
    print(show(result))
    return int(bool(result.findings) or result.coverage() < 0.95)


if __name__ == "__main__":
    sys.exit(main())
