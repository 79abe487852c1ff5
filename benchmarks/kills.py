"""Random kills at random moments: nothing half made is ever to be seen, and the next run mends all.

A round starts ``chiso run`` or ``chiso publish`` and kills its processes with SIGKILL, one after the
other and chosen at random: one that makes a report or a page, pandoc, a parent that forks, at last the
command itself. It may be started and killed again up to four times. After each start no process may be
left, and every file that stands in its place is whole: byte for byte that of a calm run, or, on the
website, the one that stood there before. At the end of a round the command runs undisturbed, and all
files but the records, which hold times, must be those of a calm run.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import time
from collections import Counter
from dataclasses import dataclass, field
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
STARTS = 4
"""How often a command is started and killed at most before it may end in peace."""
SELDOM = 0.05
ENDING = ("command", "first parent", "parent of a year")
"""What takes the whole run along: killed seldom, or a run would hardly ever be hit twice."""
OLD_ADDRESS = "https://truoc.example.vn/"


def main() -> None:
    """Kill, run again, compare, print."""
    options = arguments(
        "Random kills, then the same bytes.",
        kills=(20, "kills; --all makes 1,000"),
        reports=(24, "small reports of a run; one round in six makes two of PAPI in HTML and PDF"),
        previews=(2, "previews that are killed; --all kills 10"),
        seed=(1, "of the random moments and victims"),
    )
    print_machine()
    wanted = 1_000 if options.all else options.kills
    with scratch_checkout() as root:
        _trim(root)
        trial = _Trial(root, random.Random(options.seed))  # noqa: S311
        units = measured_units(root)
        small = _Run(root, "small", every_nth(units, options.reports), ("html",))
        papi = _Run(root, REPORT, every_nth(units, 2), ("html", "pdf"))
        publish = _Publish(root)
        number = 0
        while trial.killed.total() < wanted:
            number += 1
            trial.round((small, publish, small, papi, small, publish)[number % 6], wanted)
            print(f"{trial.killed.total()} kills in {number} rounds: {trial.short()}", flush=True)
        for _ in range(10 if options.all else options.previews):
            trial.preview(papi.units[0])
        _report(trial, number)


@dataclass
class _Trial:
    """What was killed in a checkout, and what went wrong after it."""

    root: Path
    chance: random.Random
    killed: Counter[tuple[str, str]] = field(default_factory=Counter)
    left: list[str] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)

    def round(self, what: _Run | _Publish, wanted: int) -> None:
        """Start and kill a command some times, then let it end and compare."""
        before = what.prepare()
        for _ in range(self.chance.randint(1, STARTS)):
            if self.killed.total() >= wanted:
                break
            self.start_and_kill(what, wanted)
            for name, digest in _contents(self.root, what.folders).items():
                if digest not in (what.calm.get(name), before.get(name)):
                    self.torn.append(f"{what.name}: {name}")
        timed(what.command, self.root)
        now = _contents(self.root, what.everything)
        for name in sorted({*now, *what.calm}):
            if now.get(name) != what.calm.get(name):
                self.differing.append(f"{what.name}: {name}")
                print(f"  other bytes after {what.name}: {name}", flush=True)

    def start_and_kill(self, what: _Run | _Publish, wanted: int) -> None:
        """Start a command and kill one of its processes after the other until it ends."""
        quiet = subprocess.DEVNULL
        process = subprocess.Popen(
            what.command, env=environment(self.root), cwd=self.root, stdout=quiet, stderr=quiet
        )
        pause = self.chance.uniform(0, what.whole / 4)
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(pause)
            if process.poll() is not None or self.killed.total() >= wanted - 1:
                break
            if (found := self._victim(process.pid)) is not None:
                kind, victim = found
                with contextlib.suppress(ProcessLookupError):
                    os.kill(victim, signal.SIGKILL)
                    self.killed[what.name, kind] += 1
            pause = self.chance.uniform(0, what.whole / what.pieces)
        if process.poll() is None:
            process.kill()
            self.killed[what.name, "command"] += 1
        process.wait()
        self._wait_for_the_end(what.name)

    def preview(self, unit: str) -> None:
        """Kill a preview; the server and what it makes must end with it."""
        choice = ("--report", REPORT, "--province", unit, "--year", str(YEAR), "--port", "0")
        quiet = subprocess.DEVNULL
        process = subprocess.Popen(
            chiso("preview", *choice),
            env=environment(self.root),
            cwd=self.root,
            stdout=quiet,
            stderr=quiet,
        )
        time.sleep(self.chance.uniform(1, 15))
        process.kill()
        process.wait()
        self.killed["preview", "command"] += 1
        self._wait_for_the_end("preview")

    def short(self) -> str:
        """Say how many faults there were."""
        return f"{len(self.torn)} torn, {len(self.differing)} other files, {len(self.left)} running"

    def _victim(self, command: int) -> tuple[str, int] | None:
        """Choose a process; mostly none while libraries are imported, when nothing is written."""
        kinds: dict[str, list[int]] = {}
        for number in _processes(self.root):
            kinds.setdefault(_kind(number, command), []).append(number)
        small = sorted(kind for kind in kinds if kind not in ENDING)
        large = sorted(kind for kind in kinds if kind in ENDING) or ["command"]
        if self.chance.random() > SELDOM:
            if not small:
                return None
            large = small
        kind = self.chance.choice(large)
        return kind, self.chance.choice(kinds.get(kind, [command]))

    def _wait_for_the_end(self, name: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while _processes(self.root):
            if time.monotonic() > deadline:
                self.left.append(name)
                for number in _processes(self.root):
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(number, signal.SIGKILL)
                return
            time.sleep(0.02)


class _Run:
    """``chiso run`` of some reports, and what a calm one makes."""

    folders = ("reports",)
    everything = ("",)

    def __init__(self, root: Path, report: str, units: list[str], formats: tuple[str, ...]) -> None:
        self.root, self.units, self.name = root, units, f"run of {report}"
        self.pieces = 2 * len(units)
        self.command = chiso(
            *("run", "--report", report, "--year", str(YEAR), "--engine", "pandoc"),
            *(word for one in formats for word in ("--format", one)),
            *(word for unit in units for word in ("--province", unit)),
        )
        self.prepare()
        self.whole = timed(self.command, root)[0]
        self.calm = _contents(root, self.everything)

    def prepare(self) -> dict[str, str]:
        """Take away all that was made."""
        shutil.rmtree(self.root / "outputs" / "reports", ignore_errors=True)
        shutil.rmtree(self.root / "outputs" / "site", ignore_errors=True)
        (self.root / "outputs" / "manifest.json").unlink(missing_ok=True)
        return {}


class _Publish:
    """``chiso publish`` over a site with other pages, and what a calm one makes."""

    name = "publish"
    pieces = 4
    folders = everything = ("site",)

    def __init__(self, root: Path) -> None:
        self.root, self.command = root, chiso("publish")
        self.site, self.state = root / "outputs" / "site", root / "outputs" / ".cache" / "site"
        self.kept = root / "kept"
        timed(chiso("publish", "--address", OLD_ADDRESS), root)
        shutil.copytree(self.site, self.kept / "site")
        shutil.copytree(self.state, self.kept / "state")
        self.old = _contents(root, self.folders)
        self.whole = timed(self.command, root)[0]
        self.calm = _contents(root, self.everything)
        self.reports = self.kept / "reports"
        shutil.copytree(root / "outputs" / "reports", self.reports)

    def prepare(self) -> dict[str, str]:
        """Put the older site in its place."""
        outputs = self.root / "outputs"
        for place, kept in (
            (self.site, "site"),
            (self.state, "state"),
            (outputs / "reports", "reports"),
        ):
            shutil.rmtree(place, ignore_errors=True)
            shutil.copytree(self.kept / kept, place)
        return self.old


def _trim(root: Path) -> None:
    """Keep the results of two years and add a small report: more kills in the same time."""
    for folder in (root / "data" / "published").iterdir():
        if folder.is_dir() and folder.name != REPORT:
            shutil.rmtree(folder)
    for path in (root / "data" / "published" / REPORT).glob("*.csv"):
        if path.stem not in (str(YEAR), str(YEAR - 1)):
            path.unlink()
    notebook = json.loads((root / "notebooks" / f"{REPORT}.ipynb").read_text(encoding="utf-8"))
    wanted = ("parameters", "import index", "title(", '"method"')
    notebook["cells"] = [
        cell
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
        and any(word in "".join(cell["source"]) + str(cell["metadata"]) for word in wanted)
    ]
    (root / "notebooks" / "small.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def _report(trial: _Trial, rounds: int) -> None:
    print_table(
        [
            {"of": of, "killed": what, "kills": count}
            for (of, what), count in sorted(trial.killed.items())
        ]
    )
    print(f"{trial.killed.total()} kills in {rounds} rounds and previews")
    for told, found in (
        ("Files in their place that were not whole", trial.torn),
        ("Files that differ after the next calm run", trial.differing),
        ("Starts after which a process was left running", trial.left),
    ):
        print(f"{told}: {len(found)}")
        for line in found[:20]:
            print(f"  {line}")
    if trial.torn or trial.differing or trial.left:
        raise SystemExit(1)


def _kind(number: int, command: int) -> str:
    if number == command:
        return "command"
    try:
        words = Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0")
        parent = int(Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return "other"
    if b"publish" in words:
        return "worker"
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


def _contents(root: Path, folders: tuple[str, ...]) -> dict[str, str]:
    """Return the digest of every file that a reader would find, and of any left half made."""
    outputs = root / "outputs"
    return {
        path.relative_to(outputs).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in folders
        for path in sorted((outputs / folder).rglob("*"))
        if path.is_file()
        and not path.name.endswith((".record.json", ".failed.ipynb"))
        # What tells of the run itself names its time.
        and path.name not in ("manifest.json", "ket-qua-chay.md", "ket-qua-chay.xlsx")
        # Logs tell of the kills, caches are made again, the lock is an empty file.
        and path.relative_to(outputs).parts[0] not in (".cache", "logs")
        and path != outputs / ".work" / "lock"
    }


if __name__ == "__main__":
    main()
