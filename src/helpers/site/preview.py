"""Looking at the site while editing: a local server, and one report made again on every save.

Three processes: a server that knows files only; this one, which has the libraries imported and looks
for saved files; and for each save a forked child that makes the report and the pages that changed.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from pathlib import Path
from typing import Any

from helpers.execution.batch import LIBRARIES, Settings, order_for, plan_tasks
from helpers.execution.lock import alone, work_folder
from helpers.execution.order import RESULT
from helpers.execution.plan import Job
from helpers.execution.warm_parent import die_with_parent
from helpers.project import Project
from helpers.publishing import FORMATS
from helpers.publishing.fingerprint import fingerprint
from helpers.site.build import build_site

LOCAL = "127.0.0.1"
PULSE = 0.2
"""Seconds between two looks at the files."""
STAMP = "preview.stamp"
_RELOAD = "/__xem-thu.js"
_STATE = "/__xem-thu"
_SCRIPT = f"""(() => {{
  let known = null;
  const look = async () => {{
    try {{
      const now = await (await fetch("{_STATE}", {{ cache: "no-store" }})).text();
      if (known !== null && now !== known) location.reload();
      known = now;
    }} catch {{ /* the server is being started again */ }}
    setTimeout(look, 250);
  }};
  look();
}})();
"""

_OWN_NAMES = ("127.0.0.1", "localhost")
_NOT_HERE = "Trang xem thử chỉ trả lời tại 127.0.0.1 và localhost.\n"
_LONGEST_NAME, _LONGEST_PATH = 255, 4000


def serve(project: Project, job: Job, port: int, say: Callable[[str], None]) -> None:
    """Serve the site and keep it in step with what is being edited, until interrupted.

    Parameters
    ----------
    project : Project
    job : Job
        The report that is being worked on.
    port : int
        On this machine only; 0 takes a free one.
    say : callable
        Where messages to the user go.
    """
    stamp = project.cache / "site" / STAMP
    stamp.parent.mkdir(parents=True, exist_ok=True)
    site = project.outputs / "site"
    server = ThreadingHTTPServer((LOCAL, port), partial(Handler, site=site, stamp=stamp))
    # Before anything else is imported or any thread started: the server's process stays small.
    # ``fork`` where there is one; the handler holds nothing that another way could not carry.
    serving = multiprocessing.get_context("fork").Process(
        target=_serve, args=(server, os.getpid()), daemon=True
    )
    serving.start()
    taken = server.server_port
    server.socket.close()
    try:
        _watch(project, job, stamp, taken, say)
    except KeyboardInterrupt:
        say("Đã dừng xem thử.")
    finally:
        serving.terminate()
        serving.join()


def _serve(server: ThreadingHTTPServer, parent: int) -> None:
    """Serve until the parent ends, whatever ended it."""
    die_with_parent(parent)
    server.serve_forever()


def _watch(project: Project, job: Job, stamp: Path, port: int, say: Callable[[str], None]) -> None:
    address = f"http://{LOCAL}:{port}/"
    for name in LIBRARIES:
        import_module(name)
    import_module("helpers.publishing.pandoc")
    _remake(project, job, stamp, say)
    known, code = files_watched(project), code_watched()
    say(f"Mở {address} trong trình duyệt; báo cáo đang sửa: {address}{_address(job)}")
    say("Sửa sổ tay hoặc params rồi lưu: trang tự mở lại. Dừng bằng Ctrl-C.")
    while True:
        time.sleep(PULSE)
        if code_watched() != code:
            say("Mã nguồn helpers đã đổi: khởi động lại…")
            _start_again(port)
        now = files_watched(project)
        if now == known:
            continue
        saved = sorted(name for name in {**known, **now} if known.get(name) != now.get(name))
        known = now
        say(f"Đã lưu: {', '.join(saved[:3])}{'…' if len(saved) > 3 else ''}")
        _remake(project, job, stamp, say)


def _start_again(port: int) -> None:
    # The modules that were imported are the old ones; only a new process has the new ones. It takes the
    # same port, so that pages that are open find it.
    for child in multiprocessing.active_children():
        child.terminate()
        child.join()
    command = [sys.executable, "-m", "helpers.cli", *sys.argv[1:], "--port", str(port)]
    os.execv(sys.executable, command)  # noqa: S606 – the program itself


def _address(job: Job) -> str:
    from helpers.execution import NATIONAL
    from helpers.site import addresses

    if job.unit == NATIONAL:
        return addresses.index_year(job.report.index, job.year)
    if job.report.name == addresses.PROFILE:
        return f"{addresses.PROVINCES}{job.unit}/"
    return addresses.report(job.unit, job.year, job.report.name, job.office)


def _remake(project: Project, job: Job, stamp: Path, say: Callable[[str], None]) -> None:
    """Make the report and the site in a child, so that nothing is read from before the save."""
    started = time.perf_counter()
    # A daemon ends with this process: after Ctrl-C nobody waits for a half-made report.
    child = multiprocessing.get_context("fork").Process(
        target=_child, args=(project, job, os.getpid()), daemon=True
    )
    child.start()
    child.join()
    took = f"{time.perf_counter() - started:.1f}".replace(".", ",")
    if child.exitcode == 0:
        stamp.write_text(str(time.time_ns()), encoding="utf-8")
        say(f"Đã lập lại trong {took} giây.")
    else:
        say(f"Chưa lập lại được (sau {took} giây); trang giữ bản trước. Sửa lỗi trên rồi lưu lại.")


def _child(project: Project, job: Job, parent: int) -> None:
    die_with_parent(parent)
    try:
        make_again(project, job)
    except Exception as error:
        print(f"Lỗi: {error}", file=sys.stderr, flush=True)
        raise SystemExit(1) from None


def make_again(project: Project, job: Job) -> None:
    """Make one report in this process if it is out of date, then the pages that changed.

    Raises
    ------
    RuntimeError
        If the notebook failed; the message names the cell.
    PublishError
        If a page could not be made.
    """
    import json

    from helpers.execution.work import carry_out

    settings = Settings(
        formats=("html",),
        engine="pandoc",
        publisher="helpers.publishing:publish",
        made_with=fingerprint("pandoc", FORMATS, project),
        workers=1,
        others=False,  # a page is wanted at once; the next run makes the other formats again
    )
    (task,) = plan_tasks([job], settings, project)
    if task.run or task.formats:
        with work_folder(project, _tell_of_others) as folder:
            order = order_for(task, settings, project, folder, "")
            if carry_out(order.values()) != 0:
                text = (Path(order.folder) / RESULT).read_text(encoding="utf-8")
                raise RuntimeError(_told(json.loads(text)["error"]))
    with alone(project, _tell_of_others):
        build_site(project, workers=1)


def _tell_of_others() -> None:
    print("Một lần chạy khác đang ghi báo cáo; đợi lần chạy đó xong.", file=sys.stderr, flush=True)


def _told(error: Mapping[str, Any]) -> str:
    where = f"ô {error['cell']}: " if "cell" in error else ""
    return f"{where}{error['name']}: {error['message']}"


def files_watched(project: Project) -> dict[str, tuple[int, int]]:
    """Return time and size of everything a report is made from, by its path in the checkout."""
    folders = (project.notebooks, project.root / "params", project.root / "data")
    return dict(_states(project.root, (p for f in folders for p in f.rglob("*"))))


def code_watched() -> dict[str, tuple[int, int]]:
    """Return time and size of the modules, templates and styles of the helpers."""
    package = Path(__file__).resolve().parents[1]
    endings = {".py", ".j2", ".css", ".js", ".lua", ".html"}
    return dict(_states(package, (p for p in package.rglob("*") if p.suffix in endings)))


def _states(root: Path, paths: Iterator[Path]) -> Iterator[tuple[str, tuple[int, int]]]:
    for path in paths:
        # Editors write beside a file and rename; checkpoints and hidden files are not inputs.
        if any(part.startswith(".") for part in path.relative_to(root).parts):
            continue
        try:
            status = path.stat()
        except OSError:
            continue
        if path.is_file():
            yield path.relative_to(root).as_posix(), (status.st_mtime_ns, status.st_size)


def own_name(host: str) -> bool:
    """Tell whether a request was sent to a name of this machine's own.

    Examples
    --------
    >>> own_name("127.0.0.1:8000"), own_name("localhost"), own_name("tin.example:8000")
    (True, True, False)
    """
    name, _, port = host.rpartition(":") if host.count(":") == 1 else (host, "", "")
    return name.casefold() in _OWN_NAMES and (not port or port.isdecimal())


class Handler(SimpleHTTPRequestHandler):
    """Serves the site; pages get a script that opens them again after a save.

    Parameters
    ----------
    site : Path
        Folder of the site.
    stamp : Path
        File whose text changes when the site was made again.
    """

    def __init__(self, *given: Any, site: Path, stamp: Path, **named: Any) -> None:
        self._stamp = stamp
        super().__init__(*given, directory=str(site), **named)

    def do_GET(self) -> None:
        """Answer with a file, with the state of the site, or with the page for missing pages."""
        path = self.path.partition("?")[0]
        if not own_name(self.headers.get("Host", "")):
            # Another site whose name was made to point here (DNS rebinding) may not read the pages.
            self._answer(_NOT_HERE.encode(), "text/plain; charset=utf-8", 403)
        elif path == _STATE:
            text = self._stamp.read_text(encoding="utf-8") if self._stamp.is_file() else ""
            self._answer(text.encode(), "text/plain; charset=utf-8")
        elif path == _RELOAD:
            self._answer(_SCRIPT.encode(), "text/javascript; charset=utf-8")
        else:
            file = Path(self.translate_path(self.path))
            if any(len(os.fsencode(part)) > _LONGEST_NAME for part in file.parts) or (
                len(os.fsencode(file)) > _LONGEST_PATH
            ):
                file = Path(self.directory) / "404"  # no file system has such a name
            if file.is_dir():
                if not path.endswith("/"):
                    self.send_response(301)
                    self.send_header("Location", f"{path}/")
                    self.end_headers()
                    return
                file = file / "index.html"
            if not file.is_file():
                missing = Path(self.directory) / "404.html"
                self._answer(
                    with_reload(missing.read_text("utf-8")), "text/html; charset=utf-8", 404
                )
            elif file.suffix == ".html":
                self._answer(with_reload(file.read_text("utf-8")), "text/html; charset=utf-8")
            else:
                super().do_GET()

    def do_HEAD(self) -> None:
        """Answer as to GET, to own names alone."""
        if own_name(self.headers.get("Host", "")):
            super().do_HEAD()
        else:
            self.send_error(403)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the terminal belongs to what was saved and made."""

    def end_headers(self) -> None:
        """Let no browser keep a page that is being edited."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def _answer(self, content: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def with_reload(page: str) -> bytes:
    """Return a page that looks for news; its policy lets it ask the server that it came from."""
    return page.replace("</body>", f'<script src="{_RELOAD}" defer></script>\n</body>').encode()
