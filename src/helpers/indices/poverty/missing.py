"""What a delivery on poor households lacks, and what to deliver for it."""

from __future__ import annotations

from helpers.definitions.framework import FrameworkEdition
from helpers.facts.value import Why
from helpers.indices.poverty.breakdown import Tables
from helpers.indices.poverty.levels import State


def missing(
    state: State, before: State, tables: Tables, edition: FrameworkEdition, merged: bool = False
) -> tuple[Why, ...]:
    """Return a reason for each thing that could not be computed; its words say what to deliver.

    `merged` says that the unit of the year before was another: its figures are not asked for.
    """
    found = []
    if state.is_empty and not state.hidden:
        found.append(Why("lacks_level"))
    elif state.total is None and not state.hidden:
        found.append(Why("lacks_total"))
    if before.is_empty and not before.hidden and not merged:
        found.append(Why("lacks_before"))
    given = {
        "units": tables.units,
        "groups": tables.groups,
        "movement": tables.movement,
        "deprivations": tables.deprivations,
    }
    for name, table in given.items():
        if table.empty and (name != "deprivations" or edition.criteria):
            found.append(Why(f"lacks_{name}"))
    if tables.records is not None and not tables.records.has_all_households:
        found.append(Why("lacks_all_households"))
    return tuple(found)
