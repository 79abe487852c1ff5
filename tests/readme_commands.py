"""Run every command that the READMEs show, as a person without the test extra does.

Only the standard library is used, because this runs in the environment of users:

    .venv/bin/python tests/readme_commands.py [--bounds]
    .venv/bin/python tests/readme_commands.py --lab

The commands run in their order, in a copy of the checkout in which ``.venv`` is the environment of this
Python; then come all reports of the made-up province, with records in every format. With ``--bounds``
the environment must hold the lowest versions that ``pyproject.toml`` allows, and commands that make the
reports of all provinces are left out. ``--lab`` opens JupyterLab by ``make lab`` and closes it again.
``.ci/run`` calls all three.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
TEXTS = {
    name: (CHECKOUT / name).read_text(encoding="utf-8") for name in ("README.md", "README.vi.md")
}
PROGRAM = ".venv/bin/chiso"
INSTALLER = {"pip", "setuptools", "wheel"}
PATIENCE = 900
"""Seconds for one command."""


class FailedError(Exception):
    """A command did not do what the README says."""


def blocks(name: str, language: str) -> list[str]:
    """Return the blocks of a language in a README."""
    return re.findall(rf"```{language}\n(.*?)```", TEXTS[name], re.DOTALL)


def commands(name: str) -> list[str]:
    """Return the lines of all shell blocks without their comments."""
    lines = [line for block in blocks(name, "bash") for line in block.splitlines()]
    return [re.split(r"\s{2,}#", line)[0].strip() for line in lines if line.strip()]


def all_commands() -> list[str]:
    """Return the commands of all READMEs, each once, in their order."""
    return list(dict.fromkeys(line for name in TEXTS for line in commands(name)))


def named_in_text() -> set[str]:
    """Return what the READMEs name between the blocks: a command with its first argument, a target."""
    found = (re.findall(r"`((?:chiso|make|conda) [^`]+)`", text) for text in TEXTS.values())
    return {" ".join(line.split()[:2]) for lines in found for line in lines}


def check_environment(*, lowest: bool) -> None:
    """Refuse an environment with packages that no user has, or with others than the lowest."""
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name
    from packaging.version import Version

    extras = asked_extras()
    allowed: set[str] = set()
    asked = ["chiso"]
    while asked:
        name = canonicalize_name(asked.pop())
        if name in allowed:
            continue
        allowed.add(name)
        with contextlib.suppress(metadata.PackageNotFoundError):
            for line in metadata.requires(name) or ():
                wanted = Requirement(line)
                # "" is the package itself, the others are as in "package[extra]".
                chosen = ("", *extras.get(name, ()))
                if wanted.marker is None or any(
                    wanted.marker.evaluate({"extra": extra}) for extra in chosen
                ):
                    asked.append(wanted.name)
    there = {canonicalize_name(found.metadata["Name"]) for found in metadata.distributions()}
    more = there - allowed - INSTALLER
    if more:
        raise FailedError(
            f"không phải môi trường của người dùng, có thêm: {', '.join(sorted(more))}"
        )
    if not lowest:
        return
    for line in metadata.requires("chiso") or ():
        wanted = Requirement(line)
        if wanted.marker is not None and not wanted.marker.evaluate({"extra": ""}):
            continue
        (bound,) = [one.version for one in wanted.specifier if one.operator == ">="]
        have = metadata.version(wanted.name)
        if Version(have) != Version(bound):
            raise FailedError(f"không phải bản thấp nhất: {wanted}, đang có {have}")


def asked_extras() -> dict[str, set[str]]:
    """Return the extras that installed packages ask for, by the package that has them."""
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    extras: dict[str, set[str]] = {}
    for found in metadata.distributions():
        for line in found.requires or ():
            if "[" in line.partition(";")[0]:
                wanted = Requirement(line)
                extras.setdefault(canonicalize_name(wanted.name), set()).update(wanted.extras)
    return extras


class Copy:
    """A copy of the checkout as it is after ``git clone`` and ``tools/setup.sh``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("params", "notebooks", "data/published", "data/provinces"):
            made_up = shutil.ignore_patterns("tinh-mau") if name == "data/provinces" else None
            shutil.copytree(CHECKOUT / name, folder / name, ignore=made_up)
        (folder / ".venv").symlink_to(Path(sys.prefix).resolve(), target_is_directory=True)
        names = {"CHISO_PROJECT", "PYTHONPATH", "VIRTUAL_ENV"}
        self.environment = {key: value for key, value in os.environ.items() if key not in names}
        self.environment |= {"NO_COLOR": "1", "COLUMNS": "200"}

    def run(self, line: str, *, status: int = 0) -> str:
        """Run a command line; return what it printed.

        Raises
        ------
        FailedError
            If it ends with another status, or shows a Python traceback.
        """
        begun = time.monotonic()
        done = subprocess.run(
            shlex.split(line),
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        print(f"{time.monotonic() - begun:6.1f} s  {line.splitlines()[0][:140]}", flush=True)
        if done.returncode != status or "Traceback (most recent call last)" in done.stderr:
            raise FailedError(f"{line}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def python(self, code: str) -> str:
        """Run code in the environment of users, with the tests' own helpers beside it."""
        beside = f"import sys\nsys.path.insert(0, {str(CHECKOUT / 'tests')!r})\n"
        return self.run(shlex.join([".venv/bin/python", "-c", beside + code]))

    def has(self, *paths: str) -> None:
        """Check that files were made."""
        for path in paths:
            if not (self.folder / path).is_file():
                raise FailedError(f"không có tệp {path}")


@contextlib.contextmanager
def serving(
    line: list[str], folder: Path, environment: Mapping[str, str], address: str
) -> Iterator[bytes]:
    """Start a server, wait for its answer, and stop it and what it started."""
    begun = time.monotonic()
    with tempfile.TemporaryFile("w+") as told:
        process = subprocess.Popen(
            line,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=told,
            start_new_session=True,
        )
        try:
            while True:
                with contextlib.suppress(OSError):
                    with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310
                        content = answer.read()
                    break
                if process.poll() is not None or time.monotonic() - begun > PATIENCE:
                    told.seek(0)
                    raise FailedError(f"{shlex.join(line)} không trả lời\n{told.read()}")
                time.sleep(0.3)
            yield content
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=60)
    print(f"{time.monotonic() - begun:6.1f} s  {shlex.join(line)}", flush=True)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def run_commands(copy: Copy, *, lowest: bool) -> None:
    """Run the commands of the READMEs and look for what they say they make."""
    for line in all_commands():
        if line.startswith("make "):
            continue  # .ci/run calls the targets; tests/test_readme.py sees to it
        if not line.startswith(f"{PROGRAM} "):
            raise FailedError(f"không biết chạy lệnh này của README: {line}")
        of_all = line.startswith(f"{PROGRAM} run") and "--province" not in line
        if not (lowest and of_all and "--dry-run" not in line):
            copy.run(line)
    (example,) = blocks("README.md", "python")
    copy.python(example)
    copy.has(
        "data/provinces/ha-tinh/2024/so-noi-vu/nhap-lieu.xlsx",
        "outputs/site/index.html",
        *(f"outputs/reports/2021/ha-noi/papi.{kind}" for kind in ("html", "pdf", "docx")),
        *(f"outputs/reports/2024/{name}/papi.html" for name in ("da-nang", "thua-thien-hue")),
    )
    for report in ("annual", "sipas", "procedures", "poverty", "reconciliation"):
        copy.has(f"outputs/reports/2023/quang-nam/{report}.docx")
    reports = copy.folder / "outputs" / "reports" / "2024"
    if "SỐ LIỆU MÔ PHỎNG" not in (reports / "tinh-mau" / "annual.html").read_text("utf-8"):
        raise FailedError("báo cáo của Tỉnh Mẫu không ghi SỐ LIỆU MÔ PHỎNG")
    if not lowest and len(list(reports.glob("*/papi*.html"))) != 62:
        raise FailedError("không đủ báo cáo PAPI của mọi tỉnh năm 2024")


def run_main_job(copy: Copy) -> None:
    """Make all reports of the made-up province, and read its records in every format."""
    copy.run(f"{PROGRAM} check tinh-mau 2024")
    copy.run(f"{PROGRAM} run --province tinh-mau --year 2024")
    for report in ("annual", "sipas", "procedures", "service_quality", "poverty"):
        copy.has(*(f"outputs/reports/2024/tinh-mau/{report}.{kind}" for kind in ("pdf", "docx")))
    copy.python(
        "import polars as pl, openpyxl, pathlib\n"
        "folder = pathlib.Path('data/provinces/tinh-mau/2023')\n"
        "for name in ('ho-dan', 'ho-so', 'phieu-khao-sat'):\n"
        "    kept = folder / f'{name}.parquet'\n"
        "    frame = pl.read_parquet(kept).head(300)\n"
        "    kept.unlink()\n"
        "    if name == 'ho-so':\n"
        "        frame.write_csv(folder / 'ho-so.csv')\n"
        "        continue\n"
        "    book = openpyxl.Workbook()\n"
        "    for row in (frame.columns, *frame.rows()):\n"
        "        book.active.append(list(row))\n"
        "    book.save(folder / f'{name}.xlsx')\n"
    )
    told = copy.run(f"{PROGRAM} check tinh-mau 2023")
    for name in ("ho-dan.xlsx", "ho-so.csv", "phieu-khao-sat.xlsx"):
        if f"tệp «{name}» 300 dòng" not in told:
            raise FailedError(f"check không đọc đủ {name}:\n{told}")
    copy.run(f"{PROGRAM} run --province tinh-mau --year 2023 --format html")


def run_named_commands(copy: Copy) -> None:
    """Run what the READMEs name in their sentences: ``import`` and ``preview``."""
    copy.python(
        "from pathlib import Path\n"
        "from inputs_workbooks import save, whole_sheet\n"
        "save(Path('PAPI.xlsx'), {'2023': whole_sheet(2023)})"
    )
    copy.run(f"{PROGRAM} import papi PAPI.xlsx")
    port = free_port()
    line = [*shlex.split(PROGRAM), "preview", "--port", str(port)]
    with serving(line, copy.folder, copy.environment, f"http://127.0.0.1:{port}/") as page:
        if b"<html" not in page:
            raise FailedError("chiso preview không mở được trang")


def run_lab() -> None:
    """Open JupyterLab by ``make lab``, see that it shows the notebooks, and close it."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        settings = {
            "ServerApp": {"port": port, "port_retries": 0, "open_browser": False},
            "IdentityProvider": {"token": ""},
        }
        if os.geteuid() == 0:  # a container
            settings["ServerApp"]["allow_root"] = True
        (Path(folder) / "jupyter_server_config.json").write_text(json.dumps(settings), "utf-8")
        environment = {**os.environ, "JUPYTER_CONFIG_DIR": folder}
        address = f"http://127.0.0.1:{port}/api/contents/"
        with serving(["make", "lab"], CHECKOUT, environment, address) as listed:
            shown = {entry["name"] for entry in json.loads(listed)["content"]}
    lacking = {path.name for path in (CHECKOUT / "notebooks").glob("*.ipynb")} - shown
    if lacking:
        raise FailedError(f"JupyterLab không thấy: {', '.join(sorted(lacking))}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bounds", action="store_true", help="the environment has lowest versions")
    parser.add_argument("--lab", action="store_true", help="only make lab")
    chosen = parser.parse_args()
    try:
        if chosen.lab:
            run_lab()
            return 0
        check_environment(lowest=chosen.bounds)
        with tempfile.TemporaryDirectory(prefix="chiso-readme-") as folder:
            copy = Copy(Path(folder).resolve() / "chiso")
            run_commands(copy, lowest=chosen.bounds)
            run_main_job(copy)
            run_named_commands(copy)
    except FailedError as error:
        print(f"HỎNG: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
