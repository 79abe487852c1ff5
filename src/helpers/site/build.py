"""Building the site: which pages there are, which of them changed, and writing those."""

from __future__ import annotations

import errno
import hashlib
import json
import multiprocessing
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from helpers.execution.warm_parent import die_with_parent
from helpers.project import Project
from helpers.publishing import PublishError
from helpers.publishing.files import ASSETS as REPORT_ASSETS
from helpers.publishing.files import write_atomically
from helpers.site.addresses import PROFILE
from helpers.site.frame import ROOM
from helpers.site.inventory import take_stock
from helpers.site.keeping import (
    files_of,
    in_short,
    is_asked_for,
    of_year,
    of_years,
    refuse_losses,
    reports_in,
    reports_on,
)
from helpers.site.plan import plan_site
from helpers.site.settings import EXAMPLE_ADDRESS, read_site

_STATE_VERSION = 1
_BESIDE = "site-"
_FEW = 6
"""Fewer changed pages than this are made in one process: to start others takes longer."""


class Page(Protocol):
    """What a page or a group of files is: an address, and a way to make its files."""

    @property
    def address(self) -> str:
        """Unique in the site."""

    def files(self, project: Project) -> dict[str, bytes]:
        """Return the files by their place in the site."""


@dataclass(frozen=True)
class Built:
    """What a build did.

    Parameters
    ----------
    folder : Path
        The site.
    pages : int
        How many pages and groups of files the site has.
    made : int
        How many of them were made now; the others had not changed.
    removed : int
        Files of pages that are no more.
    foreign : tuple of str
        Files that no page has written; they were left.
    reports : int
        How many reports the site shows.
    example_address : bool
        Whether the site still bears the address reserved for examples.
    """

    folder: Path
    pages: int
    made: int
    removed: int
    foreign: tuple[str, ...]
    reports: int
    example_address: bool


def build_site(
    project: Project,
    *,
    years: Sequence[int] = (),
    address: str = "",
    workers: int = 0,
    folder: Path | None = None,
    remove: bool = False,
    say: Callable[[str], None] = lambda _: None,
) -> Built:
    """Write the site into ``outputs/site``; only pages whose inputs changed are made again.

    Nothing is executed: pages are made from executed notebooks, ``params`` and published tables.

    Parameters
    ----------
    project : Project
    years : sequence of int
        Only reports of these years are brought up to date; all if empty. Those of other years that the
        site has stay as they are.
    address : str
        Where the site will stand, instead of what ``params/site/site.yml`` says.
    workers : int
        Processes; as many as the machine has cores if 0.
    folder : Path, optional
        Where to write instead.
    remove : bool
        Whether reports that the site has and the outputs have no longer may leave the site.
    say : callable
        Told in Vietnamese what will vanish, before it does, and what cannot be shown.

    Returns
    -------
    Built

    Raises
    ------
    PublishError
        If a page could not be made, or if the site has reports that are no longer among the outputs and
        `remove` is not set. The site stays as it was: pages are made beside it, and put in their places
        when all of them are there.
    """
    site = read_site(project, address)
    target = folder or project.outputs / "site"
    there = files_of(target)
    standing = reports_in(there)
    stock = take_stock(project)
    if stock.incomplete:
        say(
            f"{len(stock.incomplete)} tệp bị mất hoặc đã bị sửa nên không đăng: "
            f"{in_short(stock.incomplete)}. Để lập lại: chiso run"
        )
    pages, reports = plan_site(project, site, of_years(stock, years, standing))
    lost = standing - reports_on(pages)
    if not remove:
        refuse_losses(lost, project.relative(target), stock)
    # By its place in the checkout, so that a copy of the outputs knows what stands in its site.
    state_path = project.cache / "site" / f"{_short(project.relative(target))}.json"
    known = _read_state(state_path)
    sources = _sources_digest()
    wanted = {page.address: _digest(sources, page) for page in pages}
    if len(wanted) != len(pages):
        twice = sorted(
            {p.address for p in pages if [q.address for q in pages].count(p.address) > 1}
        )
        raise PublishError(f"Hai trang cùng địa chỉ: {', '.join(twice)}.")
    changed = [
        page
        for page in pages
        if is_asked_for(page, years) and not _holds(known.get(page.address), wanted, page, target)
    ]
    state = {key: value for key, value in known.items() if key in wanted or not of_year(key, years)}
    beside = _beside(project)
    try:
        failures: list[str] = []
        for page_address, result in _make(
            changed, project, (target, beside), workers or os.cpu_count() or 1
        ):
            if isinstance(result, str):
                failures.append(result)
            else:
                state[page_address] = {"digest": wanted[page_address], "files": result}
        if failures:
            raise PublishError("\n".join(failures))
        _place(beside, target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    own = {name for entry in known.values() for name in entry["files"]}
    own |= {name for name in there if any(name.startswith(_folder(report)) for report in lost)}
    needed = {name for entry in state.values() for name in entry["files"]}
    removed = _sweep(target, sorted(n for n in (own & there) - needed if of_year(n, years)), say)
    foreign = tuple(sorted(there - own - needed))
    if changed or removed or state != known:
        text = json.dumps({"version": _STATE_VERSION, "pages": state}, ensure_ascii=False)
        write_atomically(state_path, text.encode())
    example = site.address == EXAMPLE_ADDRESS
    return Built(target, len(pages), len(changed), removed, foreign, reports, example)


def _make(
    pages: Sequence[Page], project: Project, folders: tuple[Path, Path], workers: int
) -> Iterable[tuple[str, dict[str, list[int]] | str]]:
    make = partial(make_page, project=project, target=folders[0], beside=folders[1])
    if len(pages) < _FEW or workers < 2:
        yield from map(make, pages)
        return
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    # Not even SIGKILL of this process leaves a worker behind.
    with ProcessPoolExecutor(
        workers, mp_context=context, initializer=die_with_parent, initargs=(os.getpid(),)
    ) as pool:
        try:
            yield from pool.map(make, pages, chunksize=4)
        except BrokenProcessPool as error:
            raise PublishError(
                "Một tiến trình lập trang đã bị dừng giữa chừng (thường vì máy hết bộ nhớ); trang web "
                "giữ nguyên như trước. Hãy chạy lại, có thể với --jobs nhỏ hơn."
            ) from error


def make_page(
    page: Page, project: Project, target: Path, beside: Path
) -> tuple[str, dict[str, list[int]] | str]:
    """Make the files of a page and write those that differ from the site's beside it.

    Returns
    -------
    tuple
        Its address; size and time of each file, or a sentence that says why there is none.
    """
    try:
        made = page.files(project)
    except PublishError as error:
        return page.address, str(error)
    written = {}
    for name, content in made.items():
        path = target / name
        # A file that is the same keeps its time, so that rsync and browsers leave it alone.
        if not (path.is_file() and path.read_bytes() == content):
            path = beside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            path.chmod(0o644)  # whoever serves the site reads it, whatever this user's umask
        status = path.stat()
        written[name] = [status.st_size, status.st_mtime_ns]
    return page.address, written


def _beside(project: Project) -> Path:
    """Give an empty folder for what is made; what a publish that was killed has left is removed."""
    work = project.outputs / ".work"
    work.mkdir(parents=True, exist_ok=True)
    for left in work.glob(f"{_BESIDE}*"):
        shutil.rmtree(left)
    return Path(tempfile.mkdtemp(prefix=_BESIDE, dir=work))


def _place(beside: Path, target: Path) -> None:
    """Put what was made in its place, pages last: a page never names a file that is not there yet."""
    files = [path for path in beside.rglob("*") if path.is_file()]
    for path in sorted(files, key=lambda path: (path.suffix == ".html", path)):
        place = target / path.relative_to(beside)
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            path.replace(place)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            # The site stands on another disk: copied beside its place first, then renamed.
            part = place.with_name(f".{place.name}.part")
            shutil.copy2(path, part)
            part.replace(place)


def _holds(entry: Any, wanted: dict[str, str], page: Page, target: Path) -> bool:
    if entry is None or entry["digest"] != wanted[page.address]:
        return False
    for name, (size, changed) in entry["files"].items():
        try:
            status = (target / name).stat()
        except OSError:
            return False
        if (status.st_size, status.st_mtime_ns) != (size, changed):
            return False
    return True


def _folder(report: str) -> str:
    """Return the folder of a report's page; of a profile only its notebook is surely its own."""
    folder, _, name = report.rpartition("/")
    return report if name == f"{PROFILE}.ipynb" else f"{folder}/"


def _sweep(target: Path, old: Sequence[str], say: Callable[[str], None]) -> int:
    """Remove files that earlier builds wrote and no page has any more; say so before."""
    if old:
        say(f"Bỏ {len(old)} tệp của các trang không còn: {in_short(old)}.")
    for name in old:
        path = target / name
        path.unlink(missing_ok=True)
        for folder in path.parents:
            if folder == target or any(folder.iterdir()):
                break
            folder.rmdir()
    return len(old)


def _read_state(path: Path) -> dict[str, Any]:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    pages = values.get("pages", {}) if values.get("version") == _STATE_VERSION else {}
    return dict(pages)


def _digest(sources: str, page: Page) -> str:
    """Return one digest of all that a page is made from: its fields say it all."""
    return hashlib.sha256(f"{sources}\n{page!r}".encode()).hexdigest()


def _sources_digest() -> str:
    """Return one digest of this room, of the report's styles and of the definitions' texts."""
    total = hashlib.sha256()
    files = [
        path for path in sorted(ROOM.rglob("*")) if path.suffix in (".py", ".j2", ".css", ".js")
    ]
    for path in [*files, REPORT_ASSETS / "report.css", REPORT_ASSETS.parent / "fonts.py"]:
        total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
