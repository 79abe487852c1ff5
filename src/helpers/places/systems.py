"""Reading ``systems.yml``: when each territorial system was in force, and its regions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .models import SYSTEMS, Region, RegisterError, System, TerritorialSystem
from .sheets import read_utf8


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Basis(_Strict):
    text: str
    checked: str
    note: str = ""


class _Scores(_Strict):
    start: int = Field(alias="from")
    to: int | None


class _Region(_Strict):
    name: str
    name_en: str


class _System(_Strict):
    system: System
    valid_from: date
    valid_to: date | None
    units: int
    scores: _Scores
    basis: _Basis
    regions_basis: _Basis
    regions: tuple[_Region, ...]


def read_systems(path: Path) -> tuple[TerritorialSystem, ...]:
    """Read ``systems.yml``.

    Parameters
    ----------
    path : Path

    Returns
    -------
    tuple of TerritorialSystem
        One for each of `SYSTEMS`.

    Raises
    ------
    RegisterError
        If the file is missing, an entry is wrong, or a system is missing or doubled.
    """
    try:
        entries = yaml.safe_load(read_utf8(path))
        parsed = tuple(_System.model_validate(entry) for entry in entries)
    except (yaml.YAMLError, ValidationError, TypeError) as fault:
        raise RegisterError(f"params/places/systems.yml không đọc được: {fault}") from fault
    if sorted(entry.system for entry in parsed) != sorted(SYSTEMS):
        raise RegisterError(
            f"params/places/systems.yml phải có đúng các hệ thống {', '.join(SYSTEMS)}."
        )
    return tuple(
        TerritorialSystem(
            system=entry.system,
            valid_from=entry.valid_from,
            valid_to=entry.valid_to,
            scores_from=entry.scores.start,
            scores_to=entry.scores.to,
            n_units=entry.units,
            basis=entry.basis.text,
            regions_basis=entry.regions_basis.text,
            regions=tuple(Region(region.name, region.name_en) for region in entry.regions),
        )
        for entry in parsed
    )
