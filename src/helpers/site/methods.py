"""Method pages: what an index is, generated from ``params/indices``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from helpers.definitions import IndexDefinition, load_definition
from helpers.definitions.framework import Framework, FrameworkEdition, Node, load_framework
from helpers.definitions.models import Criterion, Edition
from helpers.project import Project
from helpers.site import addresses
from helpers.site.frame import render
from helpers.site.settings import Site

_CATALOGUE = re.compile(r"^criteria:", re.MULTILINE)
MARKS = {
    "unverified": "chưa kiểm chứng",
    "inferred": "suy luận, chưa thấy văn bản",
    "reconstructed": "tính lại từ số liệu đã công bố",
}


@dataclass(frozen=True)
class Basis:
    """A legal document or a source, as text."""

    text: str
    url: str = ""
    status: str = ""


@dataclass(frozen=True)
class Line:
    """A criterion as a line of a table."""

    level: int
    code: str
    name: str
    scale: str
    rule: str = ""
    status: str = ""


@dataclass(frozen=True)
class BandLine:
    """A grade and from which value it is given."""

    name: str
    at_least: str
    status: str = ""


@dataclass(frozen=True)
class EditionText:
    """An edition as its page shows it."""

    id: str
    span: str
    name: str
    basis: tuple[Basis, ...]
    scale_head: str
    criteria: tuple[Line, ...]
    bands: tuple[BandLine, ...] = ()
    notes: tuple[Basis, ...] = ()

    @property
    def has_rules(self) -> bool:
        """Whether any criterion says how its value is made."""
        return any(line.rule for line in self.criteria)


@dataclass(frozen=True)
class BreakText:
    """A change of method: between which years, of what, and why."""

    when: str
    what: str
    reason: str
    status: str


@dataclass(frozen=True)
class Method:
    """An index as its method page shows it."""

    key: str
    short_name: str
    name: str
    owner: str
    unit: str
    sentence: str
    editions: tuple[EditionText, ...]
    breaks: tuple[BreakText, ...]
    extra: tuple[str, ...] = ()


@dataclass(frozen=True)
class MethodPage:
    """Everything that a method page is made from."""

    method: Method
    site: Site
    years: tuple[tuple[int, str], ...] = ()

    @property
    def address(self) -> str:
        """Where the page stands."""
        return addresses.method(self.method.key)

    def files(self, project: Project) -> dict[str, bytes]:
        """Return the page."""
        page = render(
            "method.html.j2",
            self.site,
            self.address,
            f"Phương pháp {self.method.short_name}",
            section=addresses.METHODS,
            description=self.method.sentence or self.method.name,
            crumbs=(("Phương pháp", addresses.METHODS), (self.method.short_name, None)),
            method=self.method,
            years=self.years,
            marks=MARKS,
        )
        return {f"{self.address}index.html": page}


def methods(project: Project, site: Site) -> tuple[Method, ...]:
    """Read every definition in ``params/indices``, in the order of their file names.

    Raises
    ------
    DefinitionError
        If a file is not what its model expects.
    """
    return tuple(_method(path, project, site) for path in sorted(project.definitions.glob("*.yml")))


def _method(path: Path, project: Project, site: Site) -> Method:
    # PAPI keeps a catalogue of criteria beside its editions; every other index is a framework.
    if _CATALOGUE.search(path.read_text(encoding="utf-8")):
        return _of_definition(load_definition(path.stem, project), site)
    return _of_framework(load_framework(path.stem, project), site)


def _of_definition(definition: IndexDefinition, site: Site) -> Method:
    breaks = tuple(
        BreakText(
            f"{found.before}–{found.after}",
            definition.edition(found.after).get(found.code).name_vi
            if definition.edition(found.after).has(found.code)
            else found.code,
            found.reason,
            found.status,
        )
        for found in definition.breaks
    )
    return Method(
        key=definition.key,
        short_name=definition.short_name,
        name=definition.name_vi,
        owner=definition.owner,
        unit=definition.unit,
        sentence=site.sentences.get(definition.key, ""),
        editions=tuple(_edition_of(edition) for edition in reversed(definition.editions)),
        breaks=breaks,
        extra=(definition.groups.definition, definition.rights),
    )


def _edition_of(edition: Edition) -> EditionText:
    return EditionText(
        id=f"tu-{edition.first_year}",
        span=_span(edition.first_year, edition.last_year),
        name=f"Thang điểm tổng hợp in trong báo cáo: {edition.printed_scale}.",
        basis=tuple(Basis(basis.text, basis.url) for basis in edition.basis),
        scale_head="Thang điểm",
        criteria=tuple(_lines(edition.root, 0)),
        notes=tuple(Basis(note.text, "", note.status) for note in edition.notes),
    )


def _lines(criterion: Criterion, level: int) -> list[Line]:
    scale = f"{_short(criterion.minimum)}–{_short(criterion.maximum)}"
    code = "" if criterion.level == "total" else criterion.code
    found = [Line(level, code or "Tổng", criterion.name_vi, scale)]
    for child in criterion.children:
        found += _lines(child, level + 1)
    return found


def _of_framework(framework: Framework, site: Site) -> Method:
    return Method(
        key=framework.key,
        short_name=framework.short_name,
        name=framework.name_vi,
        owner=framework.owner,
        unit=framework.unit,
        sentence=framework.sentence or site.sentences.get(framework.key, ""),
        editions=tuple(_edition_text(edition) for edition in reversed(framework.editions)),
        breaks=tuple(
            BreakText(
                f"{found.before}–{found.after}", ", ".join(found.codes), found.reason, found.status
            )
            for found in framework.every_break
        ),
    )


def _edition_text(edition: FrameworkEdition) -> EditionText:
    return EditionText(
        id=f"tu-{edition.first_year}",
        span=_span(edition.first_year, edition.last_year),
        name=edition.name_vi,
        basis=tuple(
            Basis(f"{law.quoted}: {law.title}", law.url, law.status) for law in edition.legal_basis
        ),
        scale_head="Điểm tối đa",
        criteria=tuple(line for top in edition.criteria for line in _node_lines(top, 1)),
        bands=tuple(BandLine(b.name, _short(b.at_least), b.status) for b in edition.bands),
        notes=tuple(Basis(note.text, note.url, note.status) for note in edition.notes),
    )


def _node_lines(node: Node, level: int) -> list[Line]:
    scale = "" if node.maximum is None else _short(node.maximum)
    found = [Line(level, node.code, node.name_vi, scale, node.rule, node.status)]
    for child in node.children:
        found += _node_lines(child, level + 1)
    return found


def _span(first: int, last: int | None) -> str:
    if last == first:
        return f"Năm {first}"
    return f"Từ năm {first} đến nay" if last is None else f"Năm {first}–{last}"


def _short(value: float) -> str:
    return f"{value:g}".replace(".", ",")
