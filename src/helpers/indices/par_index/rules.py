"""What only PAR INDEX has in its editions' rules."""

from __future__ import annotations

from pydantic import Field

from helpers.definitions.models import Frozen


class Block(Frozen):
    """A part of the 100 points: appraised, survey of leaders, SIPAS, socio-economic.

    Parameters
    ----------
    code : str
        As in ``data/published/par_index``.
    name : str
    maximum : float
        Points.
    source : str
        Where the maximum was read.
    """

    code: str
    name: str
    maximum: float
    source: str


class PublishedBand(Frozen):
    """A group of provinces as published in one year; `below` None means no upper limit."""

    name: str
    at_least: float
    below: float | None = None
    provinces: int | None = None


class YearGroups(Frozen):
    """The groups of one year, from high to low, and where they were read."""

    url: str
    bands: tuple[PublishedBand, ...]

    def group(self, value: float) -> PublishedBand | None:
        """Return the group of an index in percent, or None where no published group covers it."""
        for band in self.bands:
            if value >= band.at_least and (band.below is None or value < band.below):
                return band
        return None


class Counts(Frozen):
    """How many areas, criteria and component criteria the set has."""

    areas: int
    criteria: int
    components: int


class ParRules(Frozen):
    """Rules of an edition of PAR INDEX: parts of the total, and groups and counts by year."""

    blocks: tuple[Block, ...] = ()
    groups: dict[int, YearGroups] = Field(default_factory=dict)
    counts: dict[int, Counts] = Field(default_factory=dict)
