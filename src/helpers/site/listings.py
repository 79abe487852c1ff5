"""Pages that are lists: all provinces, all indices, an index's years, all methods, the data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from helpers.project import Project
from helpers.site.frame import render
from helpers.site.settings import Site


@dataclass(frozen=True)
class Group:
    """A heading with a list of links, or with a table.

    Parameters
    ----------
    name, id : str
    links : tuple of (label, address, note)
    text : str
        Above the list.
    style : str
        Class of the list.
    head, caption, rows
        Of the table.
    level : {2, 3}
        Of the heading.
    """

    name: str
    id: str
    links: tuple[tuple[str, str, str], ...] = ()
    text: str = ""
    style: str = ""
    head: tuple[str, ...] = ()
    caption: str = ""
    rows: tuple[tuple[Any, ...], ...] = ()
    level: int = 2


@dataclass(frozen=True)
class ListPage:
    """Everything that a list is made from."""

    address: str
    site: Site
    title: str
    lead: str
    section: str
    groups: tuple[Group, ...]
    crumbs: tuple[tuple[str, str | None], ...]
    dataset: tuple[tuple[str, Any], ...] = field(default=())
    simulated: bool = False
    description: str = ""
    """For search engines, where the lead is another page's, too."""

    def files(self, project: Project) -> dict[str, bytes]:
        """Return the page."""
        page = render(
            "listing.html.j2",
            self.site,
            self.address,
            self.title,
            section=self.section,
            description=self.description or self.lead,
            dataset=dict(self.dataset),
            simulated=self.simulated,
            lead=self.lead,
            groups=self.groups,
            crumbs=self.crumbs,
        )
        return {f"{self.address}index.html": page}


@dataclass(frozen=True)
class Part:
    """A heading with paragraphs and a list, all of them text."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    id: str = ""


@dataclass(frozen=True)
class TextPage:
    """Everything that a page of plain text is made from."""

    address: str
    site: Site
    title: str
    lead: str
    parts: tuple[Part, ...]
    section: str = ""
    file: str = ""
    anywhere: bool = False

    def files(self, project: Project) -> dict[str, bytes]:
        """Return the page."""
        page = render(
            "text.html.j2",
            self.site,
            self.address,
            self.title,
            section=self.section,
            description=self.lead,
            anywhere=self.anywhere,
            lead=self.lead,
            parts=self.parts,
            crumbs=((self.title, None),),
        )
        return {self.file or f"{self.address}index.html": page}
