"""The front matter of a stamped notebook: what a report says about itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from os import environ
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from helpers.publishing.errors import PublishError
from helpers.publishing.official import Official, official_from

if TYPE_CHECKING:
    import nbformat


STATUS_LABELS = {
    "official": "Số liệu chính thức",
    "computed": "Số liệu do hệ thống tính",
    "simulated": "Số liệu mô phỏng",
}
SIMULATED_BAND = "SỐ LIỆU MÔ PHỎNG"
_BOUNDS = re.compile(r"\A\s*---[ \t]*\n(?P<yaml>.*?)\n?---\s*\Z", re.DOTALL)
# The first day that a zip archive can hold; used where a report carries no date at all.
_FIRST_ZIP_DAY = date(1980, 1, 1)


@dataclass(frozen=True)
class FrontMatter:
    """What stands in the raw first cell of a stamped notebook.

    Parameters
    ----------
    title : str
        Title of the report.
    subtitle, description : str
        Empty where there is none.
    date : str
        As it is to be read: ``"2024"``, ``"31/12/2024"`` or ``"2024-12-31"``.
    categories : tuple of str
        For example ``("PAPI", "2024", "Quảng Nam")``.
    lang : str
        Language tag.
    citation : str
        How to cite the report, stamped as ``cite-as``; empty where there is none. ``citation``, a
        mapping, is for Quarto alone.
    status : str
        ``"official"``, ``"computed"``, ``"simulated"`` or empty.
    author : str
        Empty where nobody is named.
    official : Official or None
        Head and signature of an official document; None for an ordinary report.
    """

    title: str
    subtitle: str = ""
    description: str = ""
    date: str = ""
    categories: tuple[str, ...] = ()
    lang: str = "vi"
    citation: str = ""
    status: str = ""
    author: str = ""
    official: Official | None = None

    @property
    def simulated(self) -> bool:
        """Whether every page must say that the data are simulated."""
        return self.status == "simulated"

    @property
    def details(self) -> tuple[str, ...]:
        """Short facts below the title: categories, date and status, each said once."""
        stated = [*self.categories, self.date, STATUS_LABELS.get(self.status, "")]
        return tuple(dict.fromkeys(item for item in stated if item))

    @property
    def epoch(self) -> int:
        """Seconds since 1970 that stand as the date of making in a PDF or Word file.

        ``SOURCE_DATE_EPOCH`` comes first; then the date of the report, a year alone counting as its
        last day; so that publishing twice gives the same bytes.
        """
        if environ.get("SOURCE_DATE_EPOCH"):
            return int(environ["SOURCE_DATE_EPOCH"])
        day = _day(self.date) or _FIRST_ZIP_DAY
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
        return int(moment.timestamp())


def front_matter_of(notebook: nbformat.NotebookNode, name: str) -> FrontMatter:
    """Read the front matter of a stamped notebook.

    Parameters
    ----------
    notebook : NotebookNode
        Executed and stamped (docs/architecture.md, "Stamping").
    name : str
        What to call the notebook in a message.

    Returns
    -------
    FrontMatter

    Raises
    ------
    PublishError
        If the first cell is not a raw cell with front matter, or the front matter has no title.
    """
    found = _BOUNDS.match(notebook.cells[0].source) if notebook.cells else None
    if found is None or notebook.cells[0].cell_type != "raw":
        raise PublishError(
            f"{name}: ô đầu tiên không phải phần đầu báo cáo (---). "
            "Hãy chạy lại báo cáo bằng lệnh chiso run rồi xuất bản."
        )
    try:
        values = yaml.safe_load(found["yaml"])
    except yaml.YAMLError as error:
        raise PublishError(f"{name}: phần đầu báo cáo không đúng YAML: {error}") from error
    if not isinstance(values, Mapping) or not _text(values.get("title")):
        raise PublishError(f"{name}: phần đầu báo cáo thiếu tiêu đề (title).")
    return front_matter_from(values)


def read_front_matter(path: Path) -> FrontMatter:
    """Read the front matter of a stamped notebook from its file.

    Raises
    ------
    PublishError
        If the file is not a notebook or has no front matter.
    """
    return front_matter_of(read_notebook(path), path.name)


def read_notebook(path: Path) -> nbformat.NotebookNode:
    """Read a notebook file.

    Raises
    ------
    PublishError
        If there is no such file or it is not a notebook.
    """
    import nbformat  # slow to load, and an index of recorded reports does without

    try:
        notebook: nbformat.NotebookNode = nbformat.read(path, as_version=4)
    except FileNotFoundError as error:
        raise PublishError(f"Không có sổ tay {path.name} để xuất bản.") from error
    except (OSError, ValueError, nbformat.ValidationError, KeyError) as error:
        raise PublishError(f"{path.name} không phải sổ tay Jupyter đọc được: {error}") from error
    return notebook


def front_matter_from(values: Mapping[str, Any]) -> FrontMatter:
    """Take the front matter from values that were read before; `values` has a title."""
    categories = values.get("categories") or ()
    if isinstance(categories, str):
        categories = (categories,)
    author = values.get("author")
    if isinstance(author, list):
        author = ", ".join(_text(item) for item in author)
    # Notebooks stamped by version 0.2 have a text where Quarto wants a mapping.
    citation = values.get("cite-as") or values.get("citation")
    return FrontMatter(
        title=_text(values["title"]),
        subtitle=_text(values.get("subtitle")),
        description=_text(values.get("description")),
        date=_text(values.get("date")),
        categories=tuple(_text(item) for item in categories),
        lang=_text(values.get("lang")) or "vi",
        citation=citation if isinstance(citation, str) else "",
        status=_text(values.get("status")),
        author=_text(author),
        official=official_from(values.get("official")),
    )


def _text(value: object) -> str:
    """One line of text; YAML reads an unquoted 2024 as a number and 2024-12-31 as a date."""
    if value is None or isinstance(value, Mapping | bool):
        return ""
    return " ".join(str(value).split())


def _day(text: str) -> date | None:
    if found := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text):
        year, month, day = (int(part) for part in found.groups())
    elif found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text):
        day, month, year = (int(part) for part in found.groups())
    elif re.fullmatch(r"\d{4}", text):
        year, month, day = int(text), 12, 31
    else:
        return None
    try:
        return max(date(year, month, day), _FIRST_ZIP_DAY)
    except ValueError:
        return None
