"""A made-up province, so that every report can be tried without anybody's data.

Nothing here is a statement about a real place: names of units, sizes and effects are invented, and all
that is made from it carries the status «mô phỏng».
"""

from __future__ import annotations

from helpers.simulation.make import YEARS, Made, file_names, simulate
from helpers.simulation.store import OwnFileError
from helpers.simulation.world import SLUG

__all__ = ["SLUG", "YEARS", "Made", "OwnFileError", "file_names", "simulate"]
