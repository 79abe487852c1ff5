"""What only PAR INDEX and DTI have in their editions' rules."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Block(_Frozen):
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


class PublishedBand(_Frozen):
    """A group of provinces as published in one year; `below` None means no upper limit."""

    name: str
    at_least: float
    below: float | None = None
    provinces: int | None = None


class YearGroups(_Frozen):
    """The groups of one year, from high to low, and where they were read."""

    url: str
    bands: tuple[PublishedBand, ...]

    def group(self, value: float) -> PublishedBand | None:
        """Return the group of an index in percent, or None where no published group covers it."""
        for band in self.bands:
            if value >= band.at_least and (band.below is None or value < band.below):
                return band
        return None


class Counts(_Frozen):
    """How many areas, criteria and component criteria the set has."""

    areas: int
    criteria: int
    components: int


class ParRules(_Frozen):
    """Rules of an edition of PAR INDEX: parts of the total, and groups and counts by year."""

    blocks: tuple[Block, ...] = ()
    groups: dict[int, YearGroups] = {}
    counts: dict[int, Counts] = {}


class DtiRules(_Frozen):
    """Rules of an edition of DTI.

    Parameters
    ----------
    points : float or None
        Maximum of the set; None where its structure is not known.
    components : dict
        Number of component indicators of each main indicator.
    """

    points: float | None = None
    components: dict[str, int] = {}
