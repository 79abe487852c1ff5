"""Method pages: what an index is, generated from ``params/indices``."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.definitions.framework import Framework, FrameworkEdition, Node, load_framework
from helpers.definitions.models import TOTAL
from helpers.inputs.published import published
from helpers.project import Project
from helpers.site import addresses
from helpers.site.frame import render
from helpers.site.settings import Site

MARKS = {
    "unverified": "chưa kiểm chứng",
    "inferred": "suy luận, chưa thấy văn bản",
    "reconstructed": "tính lại từ số liệu đã công bố",
}


SIMULATED = " (số liệu mô phỏng)"
"""Behind the name of whatever is made of figures that somebody made up."""


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
    name_en: str = ""


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
    """An index as its method page shows it; ``simulated`` if a line of what was published says so."""

    key: str
    short_name: str
    name: str
    owner: str
    unit: str
    sentence: str
    editions: tuple[EditionText, ...]
    breaks: tuple[BreakText, ...]
    extra: tuple[str, ...] = ()
    simulated: bool = False
    name_en: str = ""

    @property
    def label(self) -> str:
        """Its short name; one whose scores are made up is never named without saying so."""
        return f"{self.short_name}{SIMULATED if self.simulated else ''}"


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
            description=f"Phương pháp: {self.method.name}. {self.method.sentence}".strip(),
            crumbs=(("Phương pháp", addresses.METHODS), (self.method.short_name, None)),
            simulated=self.method.simulated,
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
    return tuple(
        _method(load_framework(path.stem, project), site, project)
        for path in sorted(project.definitions.glob("*.yml"))
    )


def _method(framework: Framework, site: Site, project: Project) -> Method:
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
                f"{found.before}–{found.after}",
                ", ".join(_name(framework.edition(found.after), code) for code in found.codes),
                found.reason,
                found.status,
            )
            for found in framework.every_break
        ),
        extra=tuple(said for said in (framework.groups.definition, framework.rights) if said),
        simulated=bool((published(framework.key, project)["status"] == "simulated").any()),
        name_en=framework.name_en,
    )


def _name(edition: FrameworkEdition, code: str) -> str:
    return edition.get(code).name_vi if edition.has(code) else code


def _edition_text(edition: FrameworkEdition) -> EditionText:
    printed = f"Thang điểm tổng hợp in trong báo cáo: {edition.printed_scale}."
    laws = [Basis(f"{law.quoted}: {law.title}", law.url, law.status) for law in edition.legal_basis]
    scaled = any(node.minimum is not None for node in edition.nodes)
    return EditionText(
        id=f"tu-{edition.first_year}",
        span=_span(edition.first_year, edition.last_year),
        name=edition.name_vi or (printed if edition.printed_scale else ""),
        basis=(*laws, *(Basis(basis.text, basis.url) for basis in edition.basis)),
        scale_head="Thang điểm" if scaled else "Điểm tối đa",
        criteria=tuple(line for top in edition.criteria for line in _lines(top)),
        bands=tuple(BandLine(b.name, _short(b.at_least), b.status) for b in edition.bands),
        notes=tuple(Basis(note.text, note.url, note.status) for note in edition.notes),
    )


def _lines(node: Node, level: int | None = None) -> list[Line]:
    """Return a criterion and what is below it; the total stands above the first level."""
    own = (0 if node.code == TOTAL else 1) if level is None else level
    code = "Tổng" if node.code == TOTAL else node.code
    found = [Line(own, code, node.name_vi, _scale(node), node.rule, node.status, node.name_en)]
    for child in node.children:
        found += _lines(child, own + 1)
    return found


def _scale(node: Node) -> str:
    if node.maximum is None:
        return ""
    most = _short(node.maximum)
    return most if node.minimum is None else f"{_short(node.minimum)}–{most}"


def _span(first: int, last: int | None) -> str:
    if last == first:
        return f"Năm {first}"
    return f"Từ năm {first} đến nay" if last is None else f"Năm {first}–{last}"


def _short(value: float) -> str:
    return f"{value:g}".replace(".", ",")
