"""The dated register of provinces: 63 units to 30 June 2025, 34 since 1 July 2025.

>>> from helpers.places import register
>>> register().find("TT-Huế", "63").full_name(2024)
'tỉnh Thừa Thiên Huế'
"""

from __future__ import annotations

from .loading import register, system_of_year, tiles
from .models import (
    SYSTEMS,
    Place,
    Region,
    RegisterError,
    System,
    TerritorialSystem,
    Tile,
    TypeChange,
    UnitType,
    UnknownPlaceError,
)
from .registry import Register, listed
from .words import fold, sort_key, unit_order

__all__ = [
    "SYSTEMS",
    "Place",
    "Region",
    "Register",
    "RegisterError",
    "System",
    "TerritorialSystem",
    "Tile",
    "TypeChange",
    "UnitType",
    "UnknownPlaceError",
    "fold",
    "listed",
    "register",
    "sort_key",
    "system_of_year",
    "tiles",
    "unit_order",
]
