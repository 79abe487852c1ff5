"""How pages are found: the search index, the site map, the feed and robots.txt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from helpers.project import Project
from helpers.site import addresses
from helpers.site.searching import SearchIndex
from helpers.site.settings import Release, Site


@dataclass(frozen=True)
class Discovery:
    """Everything that search, site map, feed and robots.txt are made from."""

    site: Site
    found: SearchIndex
    pages: tuple[str, ...]
    releases: tuple[Release, ...]
    address: str = addresses.COMMON

    def files(self, project: Project) -> dict[str, bytes]:
        """Return the files by their place in the site."""
        return {
            **self.found.files(),
            "sitemap.xml": sitemap(self.site, self.pages),
            "feed.xml": feed(self.site, self.releases),
            "robots.txt": (
                f"User-agent: *\nAllow: /\n\nSitemap: {self.site.address}sitemap.xml\n"
            ).encode(),
        }


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
