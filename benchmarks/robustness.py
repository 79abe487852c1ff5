"""How long regenerations of a composite index take: ``python benchmarks/robustness.py``.

COINr 1.1.14 (R 4.2, ``get_sensitivity``) took 51 s on one quiet core for 2,500 regenerations of PAPI
2021 (60 units, 8 dimensions), measured elsewhere: 49 a second.
"""

from __future__ import annotations

import resource
import sys
import time

import numpy as np
import pandas as pd

from helpers.robustness import Assumptions, Tree, regenerate

COINR_SECONDS, COINR_REGENERATIONS = 51, 2_500


def measured(units: int, indicators: int, draws: int, workers: int) -> float:
    """Return the seconds that regenerations of a made-up table take."""
    rng = np.random.default_rng(1)
    table = pd.DataFrame(
        rng.normal(size=(units, indicators)) + rng.normal(size=(units, 1)),
        columns=[f"i{n}" for n in range(indicators)],
    )
    tree = Tree.flat(list(table))
    started = time.perf_counter()
    ranking = regenerate(table, tree, Assumptions(), draws, workers=workers)
    took = time.perf_counter() - started
    assert ranking.counts.sum() == draws * units
    return took


def main() -> None:
    """Print both cases with what COINr needed for the first."""
    small = min(measured(60, 8, 100_000, 2) for _ in range(3))
    rate, theirs = 100_000 / small, COINR_REGENERATIONS / COINR_SECONDS
    print(
        f"60 units x 8, 100,000 regenerations: {small:.2f} s ({rate / theirs:,.0f} x COINr's rate)"
    )
    large = measured(3_000, 100, 10_000, 2)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"3,000 units x 100, 10,000 regenerations: {large:.1f} s, at most {peak:.2f} GiB")
    if peak > 1:
        sys.exit("more than 1 GiB")


if __name__ == "__main__":
    main()
