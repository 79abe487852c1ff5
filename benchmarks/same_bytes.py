"""Two copies of a checkout give the same bytes, whatever surrounds them.

One lies under a path with spaces and Vietnamese letters, in another time zone, with another locale,
hash seed, umask and number of processes. Both run the same reports and publish the site; every file of
the outputs is compared but the records, which hold times. ``--all`` takes every report kind of a
made-up province with records of persons too, whose keys differ between two checkouts.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
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
    scratch_checkout,
)

_LEFT_OUT = (".cache", ".work", "logs")


@dataclass(frozen=True)
class Surroundings:
    """What must not matter."""

    variables: dict[str, str]
    umask: int
    jobs: int


ONE = Surroundings(
    {"TZ": "UTC", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "0"}, umask=0o022, jobs=1
)
OTHER = Surroundings(
    {
        "TZ": "Asia/Ho_Chi_Minh",
        "LANG": "vi_VN.UTF-8",
        "LC_ALL": "tr_TR.UTF-8",
        "PYTHONHASHSEED": "4711",
    },
    umask=0o077,
    jobs=2,
)


def main() -> None:
    """Make both, compare, print."""
    options = arguments("The same bytes in two surroundings.", reports=(2, "reports of PAPI"))
    print_machine()
    with (
        scratch_checkout() as one,
        tempfile.TemporaryDirectory(prefix="chiso bản thứ hai ") as folder,
    ):
        other = Path(folder) / "Thư mục khác"
        shutil.copytree(one, other)
        units = every_nth(measured_units(one), options.reports)
        commands = [
            ("run", "--report", REPORT, "--year", str(YEAR), *_provinces(units)),
            *([("simulate", "--scale", "0.02"), ("run", "--province", "tinh-mau")] * options.all),
            ("publish",),
        ]
        for root, around in ((one, ONE), (other, OTHER)):
            for command in commands:
                _run(command, root, around)
        left, right = _contents(one), _contents(other)
    differing = sorted(name for name in {*left, *right} if left.get(name) != right.get(name))
    print(f"{len(left)} files, {len(differing)} that differ")
    for name in differing[:20]:
        print(f"  {name}")
    if differing or not left:
        raise SystemExit(1)


def _provinces(units: list[str]) -> list[str]:
    return [word for unit in units for word in ("--province", unit)]


def _run(command: tuple[str, ...], root: Path, around: Surroundings) -> None:
    jobs = () if command[0] == "simulate" else ("--jobs", str(around.jobs))
    done = subprocess.run(
        chiso(*command, *jobs),
        env={**environment(root), **around.variables},
        cwd=root,
        umask=around.umask,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


def _contents(root: Path) -> dict[str, str]:
    outputs = root / "outputs"
    return {
        path.relative_to(outputs).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(outputs.rglob("*"))
        if path.is_file()
        and path.relative_to(outputs).parts[0] not in _LEFT_OUT
        and not path.name.endswith(".record.json")
        and path.name not in ("manifest.json", "ket-qua-chay.md", "ket-qua-chay.xlsx")
    }


if __name__ == "__main__":
    main()
