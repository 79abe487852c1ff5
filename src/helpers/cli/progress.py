"""How far a batch has come: a live table on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from collections.abc import Sequence
from types import TracebackType

from rich.console import Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from helpers.cli.console import err
from helpers.execution import Job
from helpers.execution.batch import Outcome, Task

STATES = {"running": "đang chạy", "done": "xong", "cached": "còn đúng", "failed": "hỏng"}


class Display:
    """Follows a batch by what :func:`helpers.execution.batch.run_batch` tells.

    Parameters
    ----------
    tasks : sequence of Task
    """

    def __init__(self, tasks: Sequence[Task]) -> None:
        self._kinds = list(dict.fromkeys(task.job.report.name for task in tasks))
        self._total = {k: sum(t.job.report.name == k for t in tasks) for k in self._kinds}
        self._counts = {kind: dict.fromkeys(STATES, 0) for kind in self._kinds}
        self._to_make = sum(bool(task.reasons) for task in tasks)
        self._made = 0
        self._started = time.monotonic()
        self._running: dict[Job, None] = {}
        live = err.is_terminal and self._to_make > 0
        self._live = Live(console=err, refresh_per_second=8, transient=True) if live else None

    def __enter__(self) -> Display:
        if self._live:
            self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Take the live table away."""
        if self._live:
            self._live.stop()
            self._live = None

    def listen(self, event: str, job: Job, outcome: Outcome | None) -> None:
        """Take in the start or the end of a job."""
        counts = self._counts[job.report.name]
        if event == "start":
            counts["running"] += 1
            self._running[job] = None
        elif outcome is not None:
            if self._running.pop(job, job) is None:
                counts["running"] -= 1
            counts[outcome.state] += 1
            if outcome.state != "cached":
                self._made += 1
                if self._live is None:
                    self._line(job, outcome)
        if self._live:
            self._live.update(self._table())

    def _line(self, job: Job, outcome: Outcome) -> None:
        took = f"{outcome.seconds:.1f}".replace(".", ",")
        err.print(
            f"[{self._made}/{self._to_make}] {STATES[outcome.state]} {job.name} ({took} giây)",
            markup=False,
            soft_wrap=True,
        )

    def _table(self) -> Group:
        table = Table("Báo cáo", "Tất cả", *STATES.values(), box=None, pad_edge=False)
        for kind in self._kinds:
            numbers = (str(count) if count else "" for count in self._counts[kind].values())
            table.add_row(kind, str(self._total[kind]), *numbers)
        now = ", ".join(f"{job.whose} {job.year}" for job in self._running)
        return Group(table, Text(f"{self._time_left()} {now}".strip(), style="dim"))

    def _time_left(self) -> str:
        if not self._made:
            return ""
        spent = time.monotonic() - self._started
        left = round(spent / self._made * (self._to_make - self._made))
        minutes, seconds = divmod(left, 60)
        return (
            f"còn khoảng {minutes} phút {seconds:02d} giây ·"
            if minutes
            else f"còn {seconds} giây ·"
        )
