"""How pages are found: the search index, the site map, the feed and robots.txt."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from helpers.places import Register
from helpers.places.words import bare, fold
from helpers.project import Project
from helpers.site import addresses
from helpers.site.inventory import Inventory
from helpers.site.methods import SIMULATED
from helpers.site.settings import Release, Site

SEARCH = f"{addresses.COMMON}tim-kiem.js"
# What people type that is no spelling of an official name.
_USUAL = {
    "ho-chi-minh": ("Sài Gòn", "SG"),
    "ba-ria-vung-tau": ("Vũng Tàu", "BRVT"),
    "ha-noi": ("HN",),
}


@dataclass(frozen=True)
class Entry:
    """A line of the search index.

    Parameters
    ----------
    kind : {0, 1, 2}
        Province, index or method, report: the order in which equally good hits are shown.
    label, note : str
    address : str
    keys : tuple of str
        Folded spellings; the first that fits best decides.
    """

    kind: int
    label: str
    note: str
    address: str
    keys: tuple[str, ...]


def entries(
    inventory: Inventory, indices: Iterable[tuple[str, str, str]], others: Iterable[tuple[str, str]]
) -> tuple[Entry, ...]:
    """Return what can be searched for.

    Parameters
    ----------
    inventory : Inventory
    indices : iterable of (short name, full name, address)
    others : iterable of (name, address)
        Pages of other units and parts of the site.
    """
    places = inventory.places
    found = _provinces(places)
    found += [
        Entry(1, short, name, address, (bare(short), bare(name)))
        for short, name, address in indices
    ]
    found += [Entry(1, name, "", address, (bare(name),)) for name, address in others]
    for report in inventory.reports:
        if not report.profile:
            words = bare(f"{report.matter.title} {report.unit_name} {report.year}")
            note = f"Báo cáo {report.year}{SIMULATED if report.matter.simulated else ''}"
            found.append(Entry(2, report.matter.title, note, report.address, (words,)))
    return tuple(found)


def _provinces(places: Register) -> list[Entry]:
    found = []
    for system in ("34", "63"):
        for place in places.units(system):
            if not addresses.own_page(place, places):
                continue
            spellings = [place.own_name, place.name_en, *place.aliases, *_USUAL.get(place.slug, ())]
            folded = [fold(s) for s in spellings] + [bare(s) for s in spellings]
            keys = dict.fromkeys(
                key for word in folded for key in (word, word.replace(" ", "")) if key
            )
            year = 2025 if system == "34" else 2024
            note = place.type_in(year)
            span = "từ 01/7/2025" if system == "34" else "trước 01/7/2025"
            same = system == "34" and not place.is_merged
            told = note if same else f"{note}, {span}"
            found.append(Entry(0, place.name, told, addresses.province(place, places), tuple(keys)))
    return found


@dataclass(frozen=True)
class Discovery:
    """Everything that search, site map, feed and robots.txt are made from."""

    site: Site
    found: tuple[Entry, ...]
    pages: tuple[str, ...]
    releases: tuple[Release, ...]
    address: str = addresses.COMMON

    def files(self, project: Project) -> dict[str, bytes]:
        """Return the files by their place in the site."""
        return {
            SEARCH: search_script(self.found),
            "sitemap.xml": sitemap(self.site, self.pages),
            "feed.xml": feed(self.site, self.releases),
            "robots.txt": (
                f"User-agent: *\nAllow: /\n\nSitemap: {self.site.address}sitemap.xml\n"
            ).encode(),
        }


def search_script(found: Sequence[Entry]) -> bytes:
    """Write the search index as a script, which a page opened from a folder may load too."""
    lines = [[e.kind, e.label, e.note, addresses.link("", e.address), list(e.keys)] for e in found]
    text = json.dumps(lines, ensure_ascii=False, separators=(",", ":"))
    return f"window.chisoSearch={text};\n".encode()


def sitemap(site: Site, pages: Iterable[str]) -> bytes:
    """Write the list of all pages for search engines."""
    lines = [f"<url><loc>{escape(site.address + page)}</loc></url>" for page in sorted(set(pages))]
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
            *lines,
            "</urlset>",
            "",
        ]
    ).encode()


def feed(site: Site, releases: Sequence[Release]) -> bytes:
    """Write the releases as an Atom feed; the time of the newest is the time of the feed."""
    updated = releases[0].date.isoformat() if releases else "2024-01-01"
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi">',
        f"<title>{escape(site.name)}</title>",
        f"<subtitle>{escape(' '.join(site.sentence.split()))}</subtitle>",
        f'<link href="{escape(site.address)}feed.xml" rel="self"/>',
        f'<link href="{escape(site.address)}"/>',
        f"<id>{escape(site.address)}</id>",
        f"<updated>{updated}T00:00:00+07:00</updated>",
        f"<author><name>{escape(site.publisher)}</name></author>",
    ]
    for number, release in enumerate(reversed(releases), start=1):
        where = f"{site.address}{addresses.RELEASES}"
        parts += [
            "<entry>",
            f"<title>{escape(f'{release.kind_name}: {release.title}')}</title>",
            f'<link href="{escape(where)}"/>',
            f"<id>{escape(where)}#{release.date.isoformat()}-{number}</id>",
            f"<updated>{release.date.isoformat()}T00:00:00+07:00</updated>",
            f'<content type="text">{escape(" ".join(release.text.split()) or release.title)}</content>',
            "</entry>",
        ]
    return "\n".join([*parts, "</feed>", ""]).encode()
