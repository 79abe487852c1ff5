"""Reading the tile-grid maps, on which every unit is one square."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from .models import Place, RegisterError, System, Tile
from .sheets import Row, read_rows

_COLUMNS = ("system", "slug", "kind", "belongs_to", "column", "row", "label")
_LONGEST_LABEL = 8
# A published map of Viet Nam must show both (Luật Đo đạc và bản đồ 2018, Điều 6 khoản 4), so a
# map without them is refused here rather than noticed in print.
_ARCHIPELAGOS = {"hoang-sa": "da-nang", "truong-sa": "khanh-hoa"}


def read_tiles(path: Path, system: System, places: tuple[Place, ...]) -> tuple[Tile, ...]:
    """Read the tiles of a system.

    Parameters
    ----------
    path : Path
        ``tiles_63.csv`` or ``tiles_34.csv``.
    system : {"63", "34"}
    places : tuple of Place
        Units of both systems; each unit of `system` needs one tile.

    Returns
    -------
    tuple of Tile
        In the order of the file.

    Raises
    ------
    RegisterError
        If two tiles overlap or share a label, a unit has no tile or two, or one of the two
        archipelagos is missing.
    """
    units = {place.slug: place for place in places if place.system == system}
    tiles: dict[str, Tile] = {}
    for row in read_rows(path, _COLUMNS):
        tile = _tile(row, system, units)
        for other in tiles.values():
            if (other.column, other.row) == (tile.column, tile.row):
                raise row.fault("column", f"ô trùng vị trí với {other.slug}.")
            if other.slug == tile.slug:
                raise row.fault("slug", f'"{tile.slug}" đã có ô khác.')
            if other.label == tile.label:
                raise row.fault("label", f'"{tile.label}" đã dùng cho {other.slug}.')
        tiles[tile.slug] = tile
    missing = sorted((set(units) | set(_ARCHIPELAGOS)) - set(tiles))
    if missing:
        raise RegisterError(f"params/places/{path.name}: thiếu ô của {', '.join(missing)}.")
    return tuple(tiles.values())


def _tile(row: Row, system: System, units: Mapping[str, Place]) -> Tile:
    if row.system("system") != system:
        raise row.fault("system", f'phải là "{system}".')
    slug, owner = row.slug("slug"), row.slug("belongs_to")
    kind = row.choice("kind", ("unit", "archipelago"))
    label = row.text("label")
    if kind == "unit":
        if slug not in units:
            raise row.fault("slug", f'"{slug}" không có trong units_{system}.csv.')
        # A name that may not be shortened stands in two lines.
        if len(label) > _LONGEST_LABEL and label != units[slug].short_name:
            raise row.fault("label", f'"{label}" dài quá {_LONGEST_LABEL} ký tự.')
    elif slug not in _ARCHIPELAGOS:
        raise row.fault("slug", f'"{slug}" phải là {" hoặc ".join(_ARCHIPELAGOS)}.')
    if owner != _ARCHIPELAGOS.get(slug, slug):
        raise row.fault("belongs_to", f'phải là "{_ARCHIPELAGOS.get(slug, slug)}".')
    return Tile(
        slug=slug,
        system=system,
        column=row.whole("column"),
        row=row.whole("row"),
        label=label,
        kind="unit" if kind == "unit" else "archipelago",
        belongs_to=owner,
    )
