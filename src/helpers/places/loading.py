"""Reading ``params/places/`` into a register, refusing whatever does not fit together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from helpers.kept import while_unchanged
from helpers.project import Project, find_project

from .models import (
    SYSTEMS,
    Place,
    RegisterError,
    System,
    TerritorialSystem,
    Tile,
    TypeChange,
)
from .registry import Register
from .sheets import Row, read_rows
from .systems import read_systems
from .tiling import read_tiles
from .words import fold, prefix

_COMMON = ("slug", "name", "short_name", "name_en", "gso_code", "type", "region", "aliases")
_COLUMNS_63 = (*_COMMON, "successor", "population_2020", "population_source")
_COLUMNS_34 = (*_COMMON, "predecessors", "basis")
_COLUMNS_SIMULATED = ("slug", "system", "name", "name_en", "type")
_COLUMNS_CHANGES = ("slug", "system", "from", "type", "name", "basis")
_FILES = (
    "systems.yml",
    "units_63.csv",
    "units_34.csv",
    "type_changes.csv",
    "tiles_63.csv",
    "tiles_34.csv",
    "simulated.csv",
)

Changes = Mapping[tuple[System, str], Sequence[tuple[Row, TypeChange]]]


def register(project: Project | None = None) -> Register:
    """Return the register of provinces of a checkout.

    Files are read again only if one of them has changed.

    Parameters
    ----------
    project : Project, optional
        By default the checkout around the current folder.

    Returns
    -------
    Register

    Raises
    ------
    RegisterError
        If a file is missing or wrong; the message names file, row and column.
    """
    folder = (project or find_project()).places
    return _read(folder)


def tiles(system: System, project: Project | None = None) -> tuple[Tile, ...]:
    """Return the tile-grid map of a system.

    Parameters
    ----------
    system : {"63", "34"}
    project : Project, optional
        By default the checkout around the current folder.

    Returns
    -------
    tuple of Tile
        One tile for each unit, and one each for Hoàng Sa and Trường Sa.
    """
    return register(project).tiles(system)


def system_of_year(year: int, project: Project | None = None) -> System:
    """Return the territorial system that scores of a year speak of.

    Scores to 2024 speak of the 63 units. The merger of 1 July 2025 falls into the year 2025;
    its scores are taken to speak of the 34 units that exist at its end, because they are
    published about authorities that can still act on them. No national table of 2025 confirms
    this yet for every index: the years stand in ``params/places/systems.yml``, and a table that
    names its system itself is to be believed rather than this rule.

    Parameters
    ----------
    year : int
        Year measured, not year of publication.
    project : Project, optional
        By default the checkout around the current folder.

    Returns
    -------
    {"63", "34"}

    Raises
    ------
    ValueError
        If the year lies before the first system.
    """
    return register(project).system_of_year(year)


@while_unchanged(lambda folder: [folder / name for name in _FILES], size=8)
def _read(folder: Path) -> Register:
    systems = read_systems(folder / "systems.yml")
    by_id = {known.system: known for known in systems}
    changes = _read_changes(folder / "type_changes.csv")
    old = _read_old(folder / "units_63.csv", by_id["63"], changes)
    new = _read_new(folder / "units_34.csv", by_id["34"], changes, old)
    places = (*old, *new)
    for known in systems:
        _check_count(known, places)
    _check_changes(changes, places, by_id)
    tiling = tuple(t for s in SYSTEMS for t in read_tiles(folder / f"tiles_{s}.csv", s, places))
    simulated = _read_simulated(folder / "simulated.csv", by_id)
    return Register(places, systems, tiling, simulated)


def _read_simulated(path: Path, systems: Mapping[System, TerritorialSystem]) -> tuple[Place, ...]:
    return tuple(
        Place(
            slug=row.slug("slug"),
            system=row.system("system"),
            own_name=row.text("name"),
            name_en=row.text("name_en"),
            gso_code="",
            region="",
            region_en="",
            valid_from=systems[row.system("system")].valid_from,
            valid_to=systems[row.system("system")].valid_to,
            predecessors=(),
            successor=None,
            population_2020=0.0,
            aliases=(),
            original_type=row.unit_type("type"),
            type_changes=(),
            simulated=True,
        )
        for row in read_rows(path, _COLUMNS_SIMULATED)
    )


def _read_changes(path: Path) -> dict[tuple[System, str], list[tuple[Row, TypeChange]]]:
    changes: dict[tuple[System, str], list[tuple[Row, TypeChange]]] = {}
    for row in read_rows(path, _COLUMNS_CHANGES):
        change = TypeChange(
            row.day("from"), row.unit_type("type"), row.optional("name"), row.text("basis")
        )
        changes.setdefault((row.system("system"), row.slug("slug")), []).append((row, change))
    for entries in changes.values():
        entries.sort(key=lambda entry: entry[1].since)
    return changes


def _read_old(path: Path, system: TerritorialSystem, changes: Changes) -> tuple[Place, ...]:
    return tuple(
        _place(
            row,
            system,
            changes,
            predecessors=(),
            successor=row.slug("successor"),
            population=row.positive("population_2020"),
        )
        for row in read_rows(path, _COLUMNS_63)
    )


def _read_new(
    path: Path, system: TerritorialSystem, changes: Changes, old: tuple[Place, ...]
) -> tuple[Place, ...]:
    places = []
    for row in read_rows(path, _COLUMNS_34):
        slug = row.slug("slug")
        listed = row.names("predecessors")
        merged_into = {
            place.slug: place.population_2020 for place in old if place.successor == slug
        }
        if sorted(listed) != sorted(merged_into):
            raise row.fault(
                "predecessors",
                f"{', '.join(listed) or 'để trống'} không khớp với cột successor của "
                f"units_63.csv ({', '.join(sorted(merged_into)) or 'không có'}).",
            )
        places.append(
            _place(
                row,
                system,
                changes,
                predecessors=listed,
                successor=None,
                population=sum(merged_into.values()),
            )
        )
    known = {place.slug for place in places}
    for place in old:
        if place.successor not in known:
            raise RegisterError(
                f"params/places/units_63.csv: {place.name} có đơn vị kế tiếp "
                f'"{place.successor}" không có trong units_34.csv.'
            )
    return tuple(places)


def _place(
    row: Row,
    system: TerritorialSystem,
    changes: Changes,
    *,
    predecessors: tuple[str, ...],
    successor: str | None,
    population: float,
) -> Place:
    slug, name = row.slug("slug"), row.text("name")
    english = {region.name: region.name_en for region in system.regions}
    region = row.choice("region", english)
    dated = tuple(
        TypeChange(change.since, change.type, change.name or name, change.basis)
        for _, change in changes.get((system.system, slug), ())
    )
    return Place(
        slug=slug,
        system=system.system,
        own_name=name,
        name_en=row.text("name_en"),
        gso_code=row.code("gso_code"),
        region=region,
        region_en=english[region],
        valid_from=system.valid_from,
        valid_to=system.valid_to,
        predecessors=predecessors,
        successor=successor,
        population_2020=population,
        aliases=row.names("aliases"),
        original_type=row.unit_type("type"),
        type_changes=dated,
        short_name=_short_name(row, name),
    )


def _short_name(row: Row, name: str) -> str:
    short = row.optional("short_name")
    if short and (prefix(short) is None or fold(short) != fold(name)):
        raise row.fault("short_name", f'"{short}" phải là "TP." hoặc "Tỉnh" kèm tên "{name}".')
    return short


def _check_count(system: TerritorialSystem, places: tuple[Place, ...]) -> None:
    units = [place for place in places if place.system == system.system]
    file = f"params/places/units_{system.system}.csv"
    if len(units) != system.n_units:
        raise RegisterError(f"{file}: có {len(units)} đơn vị, phải là {system.n_units}.")
    for column, values in (
        ("slug", [place.slug for place in units]),
        ("gso_code", [place.gso_code for place in units]),
    ):
        repeated = [value for value, times in Counter(values).items() if times > 1]
        if repeated:
            raise RegisterError(f"{file}, cột {column}: lặp lại {', '.join(repeated)}.")


def _check_changes(
    changes: Changes,
    places: tuple[Place, ...],
    systems: Mapping[System, TerritorialSystem],
) -> None:
    known = {place.key for place in places}
    for (system, slug), entries in changes.items():
        for row, change in entries:
            if (system, slug) not in known:
                raise row.fault("slug", f'"{slug}" không có trong units_{system}.csv.')
            last = systems[system].valid_to
            if change.since <= systems[system].valid_from or (last and change.since > last):
                raise row.fault("from", f"nằm ngoài thời gian hiệu lực của {system} đơn vị.")
