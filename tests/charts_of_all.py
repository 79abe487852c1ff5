"""The charts of every report kind, from what the repository ships and from made-up cases."""

from __future__ import annotations

import helpers
from helpers import show
from helpers.display.chart import Chart
from helpers.project import Project

DRAWN: dict[str, tuple[tuple[str, ...], ...]] = {
    "dti": (("areas",), ("position",), ("history",)),
    "par_index": (("areas",), ("position",), ("history",)),
    "poverty": (("levels",), ("districts",), ("deprivations",)),
    "procedures": (("fields",), ("units",), ("months",)),
    "service_quality": (("groups",),),
    "sipas": (("factors",), ("items",), ("units", "department"), ("units", "district")),
    "work_plan": (("tasks",),),
}
"""Function of the charts of an index, and what it asks for besides."""


def of_offices(project: Project, indices: tuple[str, ...] = tuple(DRAWN)) -> dict[str, Chart]:
    """Return what is drawn for every office that has what an index needs."""
    found: dict[str, Chart] = {}
    for index in indices:
        module = helpers.index(index)
        offices = [
            (slug, year)
            for year, slugs in module.available(project).items()
            for slug in slugs
            if (project.deliveries / slug / str(year)).is_dir()
        ]
        for slug, year in offices:
            result = module.evaluate(slug, year, project)
            for name, *more in DRAWN[index]:
                chart = show.chart(result, name, *more)
                found[" ".join((index, slug, str(year), name, *more))] = chart
    return {name: chart for name, chart in found.items() if not chart.is_empty}
