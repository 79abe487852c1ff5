"""The search index: what can be found, in a first piece and one piece for the reports of each unit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from helpers.places import Register
from helpers.places.words import bare
from helpers.publishing import PublishError
from helpers.site import addresses
from helpers.site.inventory import Inventory, SiteReport
from helpers.site.methods import SIMULATED, Method
from helpers.site.settings import SearchWords

SEARCH = f"{addresses.COMMON}tim-kiem.js"
PIECES = f"{addresses.COMMON}tim-kiem/"
PLACE, PAGE, METHOD, CRITERION = range(4)
"""Kinds of entries: the order in which equally good hits are shown; a report comes behind them."""


@dataclass(frozen=True)
class Entry:
    """A line of the first piece.

    Parameters
    ----------
    kind : int
    label, note : str
    address : str
    keys : tuple of str
        What is typed for it; of an index the first is its short name.
    named : tuple of str
        Places that lie in it. A hit says which.
    piece : str
        Of a place: its piece with reports; empty if it has none.
    index : str
        The index whose reports are found by these keys too; empty if there is none.
    """

    kind: int
    label: str
    note: str
    address: str
    keys: tuple[str, ...]
    named: tuple[str, ...] = ()
    piece: str = ""
    index: str = ""


@dataclass(frozen=True)
class SearchIndex:
    """All that the search field knows: the first piece, and the reports of each unit."""

    entries: tuple[Entry, ...]
    pieces: tuple[tuple[str, tuple[SiteReport, ...]], ...] = ()

    def files(self) -> dict[str, bytes]:
        """Return the scripts by their place in the site.

        They are scripts because a page that is opened from a folder may load nothing else.
        """
        lines = [_line(entry) for entry in self.entries]
        made = {SEARCH: f"window.chisoSearch={_json(lines)};\n".encode()}
        for name, reports in self.pieces:
            rows = [
                [r.matter.title, _note(r), addresses.link("", r.address), r.index, r.year]
                for r in reports
            ]
            text = f"(window.chisoSearchOf??={{}})[{_json(name)}]={_json(rows)};\n"
            made[f"{PIECES}{name}.js"] = text.encode()
        return made


def _line(entry: Entry) -> list[object]:
    where = entry.address if "#" not in entry.address else entry.address.partition("#")[0]
    link = addresses.link("", where) + entry.address[len(where) :]
    line: list[object] = [entry.kind, entry.label, entry.note, link, list(entry.keys)]
    line += [list(entry.named), entry.piece, entry.index]
    while not line[-1]:
        line.pop()
    return line


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def search_index(
    inventory: Inventory,
    known: Sequence[Method],
    words: SearchWords,
    pages: Iterable[tuple[str, str]],
    units: Iterable[tuple[str, str]] = (),
) -> SearchIndex:
    """Return what can be searched for.

    Parameters
    ----------
    inventory : Inventory
    known : sequence of Method
        Every index with a definition.
    words : SearchWords
        What people type that stands in no name.
    pages : iterable of (name, address)
        Parts of the site.
    units : iterable of (name, address)
        Pages of units that the register does not know.

    Raises
    ------
    PublishError
        If a word is said to belong to a province, an index or a page that there is not.
    """
    pages = tuple(pages)
    _check(words, inventory.places, known, pages)
    pieces: dict[str, list[SiteReport]] = {}
    for report in inventory.reports:
        if not report.profile and not report.national:
            pieces.setdefault(report.unit, []).append(report)
    found = _provinces(inventory.places, words, pieces)
    for name, address in units:
        slug = address.removeprefix(addresses.PROVINCES).partition("/")[0]
        found.append(Entry(PLACE, name, "", address, (name,), piece=slug if slug in pieces else ""))
    found += _indices(inventory, known, words)
    found += [
        Entry(PAGE, name, "", address, (name, *words.pages.get(address.partition("#")[0], ())))
        if "#" not in address
        else Entry(PAGE, name, "Vùng", address, (name,))
        for name, address in pages
    ]
    return SearchIndex(
        tuple(found),
        # The report of the index itself comes before others about it.
        tuple(
            (unit, tuple(sorted(of, key=lambda r: (-r.year, r.name != r.index))))
            for unit, of in sorted(pieces.items())
        ),
    )


def _check(
    words: SearchWords,
    places: Register,
    known: Sequence[Method],
    pages: Sequence[tuple[str, str]],
) -> None:
    slugs = {unit.slug for unit in places.units("63")}
    there = {
        "names": (slugs, [slug for of in words.names.values() for slug in of]),
        "usual": (slugs | {unit.slug for unit in places.units("34")}, list(words.usual)),
        "terms": ({method.key for method in known}, list(words.terms)),
        "pages": ({address for _, address in pages}, list(words.pages)),
    }
    for part, (allowed, used) in there.items():
        for one in used:
            if one not in allowed:
                raise PublishError(f"params/site/search.yml: mục {part}: không có “{one}”.")


def _provinces(
    places: Register, words: SearchWords, pieces: dict[str, list[SiteReport]]
) -> list[Entry]:
    found = []
    for system in ("34", "63"):
        for place in places.units(system):
            if not addresses.own_page(place, places):
                continue
            parts = place.predecessors if system == "34" else (place.slug,)
            named = [name for name, slugs in words.names.items() if set(slugs) & set(parts)]
            usual = words.usual.get(place.slug, ())
            keys = _distinct([place.own_name, *place.aliases, *usual, place.name_en])
            note = place.type_in(2025 if system == "34" else 2024)
            span = "từ 01/7/2025" if system == "34" else "trước 01/7/2025"
            same = system == "34" and not place.is_merged
            found.append(
                Entry(
                    PLACE,
                    place.name,
                    note if same else f"{note}, {span}",
                    addresses.province(place, places),
                    keys,
                    tuple(named),
                    place.slug if place.slug in pieces else "",
                )
            )
    return found


def _distinct(spellings: Iterable[str]) -> tuple[str, ...]:
    """Leave out what is another spelling without its marks: it would fit wrong tones too."""
    kept: dict[str, None] = {}
    for one in spellings:
        if one and not (one.isascii() and bare(one) in map(bare, kept)):
            kept[one] = None
    return tuple(kept)


def _indices(inventory: Inventory, known: Sequence[Method], words: SearchWords) -> list[Entry]:
    found = []
    for method in known:
        has_reports = any(report.index == method.key for report in inventory.reports)
        terms = words.terms.get(method.key, ())
        own = addresses.method(method.key)
        main = addresses.index(method.key) if has_reports else own
        english = (method.name_en,) if method.name_en else ()
        keys = (method.short_name, method.name, *english, *terms)
        found.append(Entry(PAGE, method.label, method.name, main, keys, index=method.key))
        names = (method.short_name, method.name)
        asked = [
            f"{ask} {name}" for ask in ("Phương pháp", "cách tính", "method") for name in names
        ]
        label = f"Phương pháp {method.label}"
        found.append(Entry(METHOD, label, method.name, own, tuple(asked)))
        newest = next((r.address for r in inventory.national(method.key)), main)
        lines = [line for edition in method.editions for line in edition.criteria if line.level]
        for name in dict.fromkeys(line.name for line in lines):
            other = dict.fromkeys(o.name_en for o in lines if o.name == name and o.name_en)
            note = f"Nội dung của {method.label}"
            found.append(Entry(CRITERION, name, note, newest, (name, *other), index=method.key))
    short = {method.key: method.short_name for method in known}
    for report in inventory.reports:
        if report.national:
            name = short.get(report.index, report.matter.title)
            keys = (
                f"{name} {report.year}",
                f"{name} cả nước {report.year}",
                f"{name} national {report.year}",
                report.matter.title,
                *(f"{m.name} {report.year}" for m in known if m.key == report.index),
            )
            found.append(Entry(PAGE, report.matter.title, _note(report), report.address, keys))
    return found


def _note(report: SiteReport) -> str:
    return f"Báo cáo {report.year}{SIMULATED if report.matter.simulated else ''}"
