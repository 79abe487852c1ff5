"""Which checks a table gets."""

from __future__ import annotations

from . import frames_tree, tables_office, tables_papi, tables_published
from .claims import At
from .pages import Page, Table


def read_table(page: Page, data: object, table: Table) -> list[At]:
    """All checks of a table, as places with their findings."""
    done: list[At] = []
    for room in (tables_papi, tables_published, tables_office):
        known = room.CHECKS.get((page.kind, table.name))
        if known is not None:
            done += known(page, data, table)
    for check in frames_tree.CHECKS.get((page.kind, table.name), ()):
        done += check(page, data, table)
    if table.key and page.kind in frames_tree.TREES:
        done += frames_tree.key_figures(page, data, table)
    if table.key:
        done += tables_papi.key_figures(page, data, table)
        done += tables_office.key_figures(page, data, table)
    done += tables_office.every_table(page, data, table)
    return done
