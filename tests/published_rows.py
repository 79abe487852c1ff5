"""The lines of ``data/published``, read with nothing of the project."""

from __future__ import annotations

import csv


def lines(root, index):
    """Yield path from the root, number and fields of every line of an index, its key and year added."""
    for path in sorted((root / "data" / "published" / index).glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for number, row in enumerate(csv.DictReader(stream), start=2):
                year = path.stem if path.stem.isdecimal() else ""
                about = {"index": index, "year": year, "level": row.get("level") or "province"}
                yield path.relative_to(root).as_posix(), number, {**row, **about}


def rows(root, *indices):
    """Return the fields of every line of some indices."""
    return [row for index in indices for _, _, row in lines(root, index)]
