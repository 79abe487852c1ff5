"""What the charts of one PAPI report cost, both widths, beside one bare matplotlib chart.

Run: ``python benchmarks/charts.py``. CPU times of one process, the median of many; the ratio to the
matplotlib chart, which is measured in the same run, holds on any machine.
"""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable

from helpers import charts, papi
from helpers.display.chart import Chart
from helpers.display.theme import NARROW, WIDE

ROUNDS = 15


def cpu_ms(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median CPU time of a call, in milliseconds."""
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken) * 1000


def drawn(make: Callable[[], Chart]) -> None:
    """Make a chart and write both widths."""
    chart = make()
    chart.svg(NARROW)
    chart.svg(WIDE)


def bare_matplotlib() -> None:
    """Write eight rows of 61 dots, one width."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7.2, 5))
    axes = figure.add_subplot()
    for row in range(8):
        axes.plot(range(61), [row] * 61, "o", markersize=3)
    figure.savefig(io.BytesIO(), format="svg")


def main() -> None:
    """Print one line a chart."""
    country = papi.evaluate_country(2024)
    result = papi.of_province(country.places.get("quang-nam", "63"), country)
    made: dict[str, Callable[[], Chart]] = {
        "dimensions, over the ground of the year": lambda: charts.dimensions(result),
        "history (nine panels)": lambda: charts.history(result),
        "map of 63 units": lambda: charts.tile_map(result),
        "map of 34 units": lambda: charts.tile_map(result, "34"),
    }
    for make in made.values():
        drawn(make)  # what the year shares
    bare_matplotlib()
    base = cpu_ms(bare_matplotlib)
    for name, make in made.items():
        taken = cpu_ms(lambda make=make: drawn(make))  # type: ignore[misc]
        print(f"{name}: {taken:.1f} ms, {base / taken:.0f} times less than bare matplotlib")
    print(f"a bare matplotlib chart, one width: {base:.1f} ms")


if __name__ == "__main__":
    main()
