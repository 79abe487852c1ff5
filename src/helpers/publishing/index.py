"""The page that lists every report that was built: ``outputs/index.html``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from helpers.execution.placing import is_kept
from helpers.execution.plan import report_paths
from helpers.execution.record import Record, read_record
from helpers.places.words import bare, sort_key, unit_order
from helpers.project import Project
from helpers.publishing.files import write_atomically
from helpers.publishing.front_matter import FrontMatter, front_matter_from, read_front_matter

NATIONAL = "ca-nuoc"
_NATIONAL_NAME = "Cả nước"
_FORMATS = {"html": "Xem", "pdf": "PDF", "docx": "Word", "ipynb": "Sổ tay"}


@dataclass(frozen=True)
class Entry:
    """A report that was built.

    Parameters
    ----------
    year, unit : str
        Names of the folders it lies in.
    name : str
        Name of the unit as the report writes it; the folder's name where the report does not.
    front_matter : FrontMatter
    links : tuple of (str, str)
        Label and relative address of every format that exists.
    """

    year: str
    unit: str
    name: str
    front_matter: FrontMatter
    links: tuple[tuple[str, str], ...]

    @property
    def search_text(self) -> str:
        """What the filter box looks in: lower case, without tones and diacritics."""
        matter = self.front_matter
        return bare(" ".join([self.year, self.name, matter.title, *matter.categories]))


def list_reports(project: Project) -> tuple[Entry, ...]:
    """Return the reports in the outputs: newest year first, the country, then units in order.

    Notebooks that failed (``….failed.ipynb``) and hidden folders are left out.

    Raises
    ------
    PublishError
        If a notebook has no front matter.
    """
    entries = [
        _entry(path, project.outputs)
        for path in report_paths(project.outputs / "reports", "*.ipynb")
        if not path.name.endswith(".failed.ipynb") and not is_kept(path)
    ]
    entries.sort(key=lambda entry: (sort_key(entry.front_matter.title), entry.links))
    entries.sort(key=lambda entry: (entry.unit != NATIONAL, unit_order(entry.name), entry.unit))
    entries.sort(key=lambda entry: entry.year, reverse=True)
    return tuple(entries)


def write_index(project: Project) -> Path:
    """Write ``outputs/index.html``: every report that was built, by year and unit.

    Returns
    -------
    Path
        The page; it carries its fonts and styles, and its links are relative.

    Raises
    ------
    PublishError
        If a notebook in the outputs has no front matter.
    """
    return write_atomically(
        project.outputs / "index.html", render_index(list_reports(project), project).encode()
    )


def render_index(entries: Sequence[Entry], project: Project) -> str:
    """Return the index page for `entries`, which are in the order to be shown."""
    from helpers.publishing.page import content_policy, page_parts

    years = [
        (year, [(name, list(reports)) for (_, name), reports in groupby(group, key=_unit_of)])
        for year, group in groupby(entries, key=lambda entry: entry.year)
    ]
    head, tail = page_parts(project, ["report.css", "index.css"], ["index.js"])
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "assets"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("index.html.j2").render(
        years=years, count=len(entries), head=head, tail=tail, policy=escape(content_policy(tail))
    )


def _unit_of(entry: Entry) -> tuple[str, str]:
    return entry.unit, entry.name


def _entry(path: Path, outputs: Path) -> Entry:
    record = read_record(path.with_name(f"{path.stem}.record.json"))
    matter = _front_matter(path, record)
    links = tuple(
        (label, quote(file.relative_to(outputs).as_posix()))
        for label, file in _files(path, record)
        if file.is_file()
    )
    year, unit = path.relative_to(outputs / "reports").parts[:2]
    return Entry(year, unit, _name(unit, matter), matter, links)


def _files(path: Path, record: Record | None) -> Iterator[tuple[str, Path]]:
    """Yield label and file: the usual one, and the new one where that is a person's."""
    for kind, label in _FORMATS.items():
        usual = path.with_suffix(f".{kind}")
        artefact = None if record is None else record.formats.get(kind)
        old = record is not None and artefact is not None and not record.fits(kind)
        yield (f"{label} (bản cũ)" if old else label), usual
        if artefact is not None and artefact.file != usual.name:
            yield f"{label} mới", path.with_name(artefact.file)


def _front_matter(path: Path, record: Record | None) -> FrontMatter:
    """Read the front matter from the record beside the notebook, which is small, if it still holds."""
    if record is not None and record.notebook.is_there(path.parent):
        return front_matter_from(record.front_matter)
    return read_front_matter(path)


def _name(unit: str, matter: FrontMatter) -> str:
    """Return the category that spells the folder's name, for example ``Quảng Nam``."""
    if unit == NATIONAL:
        return _NATIONAL_NAME
    spelt = (item for item in matter.categories if re.sub(r"\W+", "-", bare(item)) == unit)
    return next(spelt, unit)
