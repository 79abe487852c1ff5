"""What the benchmarks share: a copy of the checkout, whole processes timed, plain tables."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
REPORT = "papi"
YEAR = 2024
_COPIED = ("params", "notebooks", "data", "src")
_LIBRARIES = ("papermill", "matplotlib", "pandas", "pypandoc_binary", "typst")


@contextmanager
def scratch_checkout() -> Iterator[Path]:
    """Copy the checkout to a temporary folder, its sources too: an edit meanwhile changes nothing."""
    with tempfile.TemporaryDirectory(prefix="chiso-benchmark-") as folder:
        root = Path(folder)
        for name in _COPIED:
            ignored = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "imported")
            shutil.copytree(CHECKOUT / name, root / name, ignore=ignored)
        words = CHECKOUT / "_language-vi.yml"
        if words.is_file():
            shutil.copy(words, root)
        yield root


def environment(root: Path) -> dict[str, str]:
    """Return the variables of a process that works on the copy, with the copied sources."""
    return {**os.environ, "CHISO_PROJECT": str(root), "PYTHONPATH": str(root / "src")}


def chiso(*arguments: str) -> list[str]:
    """Return the command line of the command itself."""
    return [sys.executable, "-m", "helpers.cli", *arguments]


def batch(formats: Sequence[str], units: Sequence[str]) -> list[str]:
    """Return the command line of the batch engine with any formats, none included."""
    script = Path(__file__).with_name("batch_run.py")
    return [sys.executable, str(script), ",".join(formats) or "none", *units]


def papermill(root: Path, unit: str, target: Path) -> list[str]:
    """Return papermill's command line for one report, with an ordinary kernel."""
    source = root / "notebooks" / f"{REPORT}.ipynb"
    values = ["-p", "province", unit, "-p", "year", str(YEAR)]
    return [
        *(sys.executable, "-m", "papermill", str(source), str(target), *values),
        *("--no-progress-bar", "--cwd", str(root / "notebooks")),
    ]


def timed(command: Sequence[str], root: Path) -> tuple[float, str]:
    """Run a command to its end; return seconds and what it printed.

    Raises
    ------
    SystemExit
        If it fails, with what it complained of.
    """
    started = time.perf_counter()
    done = subprocess.run(
        command, env=environment(root), cwd=root, capture_output=True, text=True, check=False
    )
    took = time.perf_counter() - started
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return took, done.stdout


def measured_units(root: Path) -> tuple[str, ...]:
    """Return the units that have scores of the year."""
    from helpers.indices.papi.result import available
    from helpers.project import Project

    return available(Project(root))[YEAR]


def every_nth(units: Sequence[str], count: int) -> list[str]:
    """Return `count` units spread evenly over all, so that a sample is not one corner."""
    count = min(count, len(units))
    return [units[number * len(units) // count] for number in range(count)]


def arguments(description: str, **options: tuple[int, str]) -> argparse.Namespace:
    """Read the command line: every option is a whole number with a default and a help text."""
    parser = argparse.ArgumentParser(description=description)
    for name, (default, text) in options.items():
        parser.add_argument(
            f"--{name}", type=int, default=default, help=f"{text} (default {default})"
        )
    parser.add_argument("--all", action="store_true", help="full size")
    return parser.parse_args()


def print_machine() -> None:
    """Print what the figures hold for."""
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in _LIBRARIES)
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg()[:2])
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC; {os.cpu_count()} cores; load before: {load}")
    print(f"Python {platform.python_version()}, {versions}\n", flush=True)


def print_table(rows: Sequence[Mapping[str, object]]) -> None:
    """Print rows with equal keys as a plain table."""
    names = list(rows[0])
    lines = [names, *([str(row[name]) for name in names] for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(names))]
    for line in lines:
        print("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)))
    print(flush=True)


def verdict(value: float, target: float, *, at_least: bool) -> str:
    """Say whether a target was met."""
    met = value >= target if at_least else value <= target
    return f"{'at least' if at_least else 'at most'} {target:g}: {'met' if met else 'MISSED'}"
