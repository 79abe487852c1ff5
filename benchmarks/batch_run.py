"""Run PAPI reports through the batch engine: FORMATS (or none), then reports, or all of 2024.

The command ``chiso run`` always publishes; this leaves publishing out where it is not measured.
Prints one line: reports made, reports failed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from common import REPORT, YEAR

from helpers import publishing
from helpers.execution import Job, reports
from helpers.execution.batch import Settings, plan_tasks, run_batch
from helpers.indices.papi.result import available
from helpers.project import find_project
from helpers.publishing.fingerprint import fingerprint


def main(formats: Sequence[str], units: Sequence[str]) -> int:
    """Carry out; `units` are slugs, or ``report:slug:year``."""
    project = find_project()
    settings = Settings(
        formats=tuple(formats),
        engine="pandoc",
        publisher=f"{publishing.__name__}:publish",
        made_with=fingerprint("pandoc", formats, project),
        modules=("helpers.publishing.pandoc",) if formats else (),
        workers=os.cpu_count() or 1,
    )
    kinds = {report.name: report for report in reports(project)}
    named = [_parts(unit) for unit in units or available(project)[YEAR]]
    jobs = [Job(kinds[kind], year, slug) for kind, slug, year in named]
    outcomes = run_batch(plan_tasks(jobs, settings, project), settings, project)
    failed = [outcome for outcome in outcomes if outcome.state == "failed"]
    print(len(outcomes) - len(failed), len(failed))
    for outcome in failed[:3]:
        print(outcome.job.name, outcome.error, file=sys.stderr)
    return 1 if failed else 0


def _parts(unit: str) -> tuple[str, str, int]:
    if ":" not in unit:
        return REPORT, unit, YEAR
    kind, slug, year = unit.split(":")
    return kind, slug, int(year)


if __name__ == "__main__":
    chosen = [] if sys.argv[1] == "none" else sys.argv[1].split(",")
    raise SystemExit(main(chosen, sys.argv[2:]))
