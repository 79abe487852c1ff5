"""Random kills at random moments: after each, the next run must end with the bytes of a calm one.

Each round starts ``chiso run`` with nothing made yet, waits a random time, and kills with SIGKILL one
of its processes chosen at random: the command itself, a parent that forks, or one that makes a report.
Then the command is run again, and every file but the records, which hold times, is compared.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import random
import shutil
import signal
import subprocess
import time
from collections import Counter
from pathlib import Path

from common import (
    REPORT,
    YEAR,
    arguments,
    chiso,
    environment,
    every_nth,
    measured_units,
    print_machine,
    print_table,
    scratch_checkout,
    timed,
)

PATIENCE = 10.0


def main() -> None:
    """Kill, run again, compare, print."""
    options = arguments(
        "Random kills, then the same bytes.",
        kills=(10, "rounds; --all makes 1,000"),
        reports=(2, "reports of each run"),
        seed=(1, "of the random moments and victims"),
    )
    print_machine()
    chance = random.Random(options.seed)  # noqa: S311
    rounds = 1_000 if options.all else options.kills
    killed: Counter[str] = Counter()
    differing, left = [], 0
    with scratch_checkout() as root:
        command = _command(every_nth(measured_units(root), options.reports))
        timed(command, root)
        reports = root / "outputs" / "reports"
        shutil.rmtree(reports)
        whole = timed(command, root)[0]
        calm = _contents(root)
        for number in range(1, rounds + 1):
            shutil.rmtree(reports, ignore_errors=True)
            (root / "outputs" / "manifest.json").unlink(missing_ok=True)
            victim = _run_and_kill(command, root, chance.uniform(0, whole), chance)
            killed[victim] += 1
            left += bool(_processes(root))
            timed(command, root)
            if _contents(root) != calm:
                differing.append(f"round {number}, {victim}")
            if number % 20 == 0:
                print(f"{number} rounds, {len(differing)} with other bytes", flush=True)
    print_table([{"killed": what, "rounds": count} for what, count in sorted(killed.items())])
    print(f"Rounds after which a process was left running: {left}")
    print(f"Rounds after which the next run gave other bytes: {len(differing)} of {rounds}")
    for line in differing:
        print(f"  {line}")
    if differing or left:
        raise SystemExit(1)


def _command(units: list[str]) -> list[str]:
    provinces = [word for unit in units for word in ("--province", unit)]
    choice = ("--report", REPORT, "--year", str(YEAR), "--engine", "pandoc")
    return chiso("run", *choice, "--format", "html", "--format", "pdf", *provinces)


def _run_and_kill(command: list[str], root: Path, after: float, chance: random.Random) -> str:
    """Return what was killed; wait until nothing of the run is left."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env=environment(root), cwd=root, stdout=quiet, stderr=quiet)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(after)
    kinds: dict[str, list[int]] = {}
    for number in _processes(root):
        kinds.setdefault(_kind(number, process.pid), []).append(number)
    if not kinds:
        return "nothing, it was done"
    # By kind first, or the one command would hardly ever be hit among the many others.
    kind = chance.choice(sorted(kinds))
    with contextlib.suppress(ProcessLookupError):
        os.kill(chance.choice(kinds[kind]), signal.SIGKILL)
    process.wait()
    deadline = time.monotonic() + PATIENCE
    while _processes(root) and time.monotonic() < deadline:
        time.sleep(0.02)
    return kind


def _kind(number: int, command: int) -> str:
    if number == command:
        return "command"
    try:
        words = Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0")
        parent = int(Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return "other"
    if b"helpers.execution.warm_parent" not in words:
        return "pandoc or another program"
    # The first parent belongs to the command, its branch to it, and reports to the branch.
    if parent == command:
        return "first parent"
    try:
        above = int(Path(f"/proc/{parent}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return "other"
    return "parent of a year" if above == command else "report"


def _processes(root: Path) -> list[int]:
    """Return the processes that work for the copy, found by the variable that they inherit."""
    mark = f"CHISO_PROJECT={root}".encode()
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            with contextlib.suppress(OSError):
                if mark in (entry / "environ").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
    return found


def _contents(root: Path) -> dict[str, str]:
    """Return the digest of every file that a reader would find, and of any left half made."""
    outputs = root / "outputs"
    return {
        path.relative_to(outputs).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(outputs.rglob("*"))
        if path.is_file()
        and not path.name.endswith(".record.json")
        # What tells of the run itself names its time.
        and path.name not in ("manifest.json", "ket-qua-chay.md", "ket-qua-chay.xlsx")
        and path.relative_to(outputs).parts[0] != ".cache"
    }


if __name__ == "__main__":
    main()
