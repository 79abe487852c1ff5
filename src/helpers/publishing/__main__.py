"""``python -m helpers.publishing NOTEBOOK --format html``: publish one executed notebook."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from helpers.project import ProjectNotFoundError, find_project
from helpers.publishing import FORMATS, PublishError, publish


def main(arguments: Sequence[str] | None = None) -> int:
    """Publish the notebook that the command line names.

    Parameters
    ----------
    arguments : sequence of str, optional
        Instead of those of the process.

    Returns
    -------
    int
        Exit status: 0 if every format was written, 1 if not, 2 for a mistake on the command line.
    """
    given = _parser().parse_args(arguments)
    formats = tuple(dict.fromkeys(given.formats)) or FORMATS
    notebook: Path = given.notebook
    try:
        project = find_project(notebook.resolve().parent)
        written = publish(notebook, formats, given.engine, project)
    except (PublishError, ProjectNotFoundError) as error:
        print(f"Lỗi: {error}", file=sys.stderr)
        return 1
    for path in written:
        print(path)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m helpers.publishing",
        usage="%(prog)s SỔ_TAY [--format ĐỊNH_DẠNG] [--engine BỘ_XUẤT_BẢN]",
        description="Xuất một sổ tay đã chạy ra HTML, PDF hoặc Word, đặt cạnh sổ tay.",
        add_help=False,
    )
    parser.add_argument("notebook", metavar="SỔ_TAY", type=Path, help="sổ tay .ipynb đã chạy")
    parser.add_argument(
        "--format",
        dest="formats",
        action="append",
        default=[],
        choices=FORMATS,
        help="html, pdf hoặc docx, có thể lặp lại; mặc định: cả ba",
    )
    parser.add_argument(
        "--engine",
        default="auto",
        choices=("auto", "quarto", "pandoc"),
        help="bộ xuất bản: auto chọn quarto nếu máy có, nếu không thì pandoc",
    )
    parser.add_argument("-h", "--help", action="help", help="in hướng dẫn này")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
