"""Time the estimation of a survey: all items and units in one pass, and ``svy`` item by item.

100,000 responses to 33 items in 200 units, drawn in strata and clusters, one answer in twenty missing.
The library is timed on a few items and its time is scaled to all of them; both the loop over items
and its own call with several items at once are given. The largest difference of the standard errors
is printed too: only the speed of equal results is worth comparing.

Run: python benchmarks/sipas_design.py [--responses 100000] [--items-timed 4]
"""

from __future__ import annotations

import argparse
import time

import numpy as np
import polars as pl
import svy

from helpers.indices.sipas.design import Estimates, estimate, items_alone
from helpers.indices.sipas.sample import Design

ITEMS, UNITS, CLUSTERS = 33, 200, 10


def sample(responses: int) -> tuple[np.ndarray, np.ndarray, Design, np.ndarray]:
    """Make answers, design and units; always the same."""
    random = np.random.default_rng(20240101)
    unit = random.integers(0, UNITS, responses)
    cluster = unit * CLUSTERS + random.integers(0, CLUSTERS, responses)
    level = 0.8 + 0.1 * random.standard_normal(UNITS * CLUSTERS)[cluster]
    answered = (random.random((responses, ITEMS)) > 0.05).astype(float)
    satisfied = (random.random((responses, ITEMS)) < level[:, None]) * answered
    return satisfied, answered, Design(random.uniform(0.5, 2, responses), unit, cluster), unit


def library(
    satisfied: np.ndarray, answered: np.ndarray, design: Design, unit: np.ndarray, items: int
) -> svy.Sample:
    """Hand the first items to the library."""
    columns = {
        f"y{k}": pl.Series(np.where(answered[:, k] > 0, satisfied[:, k], np.nan)).fill_nan(None)
        for k in range(items)
    }
    frame = pl.DataFrame(
        {"unit": unit, "cluster": design.psus, "weight": design.weights, **columns}
    )
    return svy.Sample(frame, svy.Design(stratum="unit", psu="cluster", wgt="weight"))


def difference(found: Estimates, items: list[svy.Estimate]) -> float:
    """Return the largest difference of the standard errors."""
    return max(
        abs(found.error[cell.by_level[0], k] - cell.se)
        for k, item in enumerate(items)
        for cell in item.estimates
        if cell.y_level == 1.0
    )


def main() -> None:
    """Time both and print what was found."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--responses", type=int, default=100_000)
    options.add_argument("--items-timed", type=int, default=4)
    given = options.parse_args()
    satisfied, answered, design, unit = sample(given.responses)

    own = []
    for _ in range(5):
        start = time.perf_counter()
        found = estimate(satisfied, answered, design, unit, items_alone(ITEMS))
        own.append(time.perf_counter() - start)

    timed = given.items_timed
    sampled = library(satisfied, answered, design, unit, timed)
    names = [f"y{k}" for k in range(timed)]
    start = time.perf_counter()
    looped = [
        sampled.estimation.prop(name, by="unit", drop_nulls=True, deff="wr") for name in names
    ]
    loop = (time.perf_counter() - start) / timed * ITEMS
    start = time.perf_counter()
    sampled.estimation.mean(names, by="unit", drop_nulls=True)
    several = (time.perf_counter() - start) / timed * ITEMS

    best = min(own)
    print(f"{given.responses} responses, {ITEMS} items, {UNITS} units")
    print(f"one pass, best of {len(own)}:             {best:8.3f} s, worst {max(own):.3f} s")
    print(
        f"svy.prop by item, scaled from {timed}:     {loop:8.3f} s, {loop / best:.0f} times as long"
    )
    print(
        f"svy.mean, several items, scaled:     {several:8.3f} s, {several / best:.0f} times as long"
    )
    print(f"largest difference of standard errors: {difference(found, looped):.1e}")


if __name__ == "__main__":
    main()
