"""What ``params/site`` says: the site's name and address, and what was released."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError, field_validator

from helpers.definitions.complaints import complaint
from helpers.project import Project
from helpers.publishing import PublishError

EXAMPLE_ADDRESS = "https://chiso.example/"
"""Reserved by RFC 2606; a site that still says this has not been told where it stands."""

KINDS = {
    "release": "Công bố mới",
    "revision": "Điều chỉnh theo kế hoạch",
    "correction": "Đính chính",
}


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Licence(_Frozen):
    """Under what terms readers may use the figures and the text."""

    text: str
    name: str
    url: str


class Site(_Frozen):
    """Name, address and contact of the site."""

    name: str
    sentence: str
    publisher: str
    address: str
    contact: str = ""
    licence: Licence
    sentences: dict[str, str] = {}
    names: dict[str, str] = {}

    @field_validator("address")
    @classmethod
    def _is_a_folder(cls, value: str) -> str:
        if not value.startswith(("https://", "http://")):
            raise ValueError("địa chỉ phải bắt đầu bằng https:// hoặc http://")
        return value if value.endswith("/") else f"{value}/"


class SearchWords(_Frozen):
    """What people type that stands in no name: for provinces, indices and pages."""

    names: dict[str, tuple[str, ...]] = {}
    usual: dict[str, tuple[str, ...]] = {}
    terms: dict[str, tuple[str, ...]] = {}
    pages: dict[str, tuple[str, ...]] = {}

    @field_validator("terms", "pages", mode="before")
    @classmethod
    def _figures_are_words(cls, value: object) -> object:
        """Take 766 as it is typed: YAML reads a number."""
        if not isinstance(value, dict):
            return value
        return {
            key: [str(word) for word in words] if isinstance(words, list) else words
            for key, words in value.items()
        }


class Release(_Frozen):
    """Something put online or corrected.

    `pages` are those that a correction concerns; `needs` those without which nothing is announced.
    """

    date: datetime.date
    kind: Literal["release", "revision", "correction"]
    title: str
    text: str = ""
    pages: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

    @property
    def kind_name(self) -> str:
        """The kind in Vietnamese."""
        return KINDS[self.kind]

    @property
    def day(self) -> str:
        """The day as Vietnamese texts write it."""
        return f"{self.date.day}/{self.date.month}/{self.date.year}"

    def holds(self, there: Collection[str]) -> bool:
        """Whether the site has all that is announced; `there` are the addresses of its pages."""
        return all(f"{page.strip('/')}/" in there for page in self.needs)

    def concerns(self, address: str) -> bool:
        """Whether a page is named, or stands below one that is."""
        return any(address.startswith(f"{page.strip('/')}/") for page in self.pages)


def read_site(project: Project, address: str = "") -> Site:
    """Read ``params/site/site.yml``.

    Parameters
    ----------
    project : Project
    address : str
        Where the site will stand, instead of what the file says.

    Raises
    ------
    PublishError
        If the file is missing or not as expected.
    """
    path = project.root / "params" / "site" / "site.yml"
    values = _read(path)
    if address and isinstance(values, dict):
        values["address"] = address
    with _told_of(path):
        return Site.model_validate(values)


def read_search_words(project: Project) -> SearchWords:
    """Read ``params/site/search.yml``.

    Raises
    ------
    PublishError
        If the file is missing or not as expected.
    """
    path = project.root / "params" / "site" / "search.yml"
    with _told_of(path):
        return SearchWords.model_validate(_read(path) or {})


def read_releases(project: Project) -> tuple[Release, ...]:
    """Read ``params/site/releases.yml``, newest first.

    Raises
    ------
    PublishError
        If the file is missing or not as expected.
    """
    path = project.root / "params" / "site" / "releases.yml"
    with _told_of(path):
        found = TypeAdapter(tuple[Release, ...]).validate_python(_read(path) or [])
    return tuple(sorted(found, key=lambda release: release.date, reverse=True))


@contextlib.contextmanager
def _told_of(path: Path) -> Iterator[None]:
    """Say of which file it is that something is not as expected."""
    try:
        yield
    except ValidationError as error:
        raise PublishError(_complaint(path, error)) from error


def _read(path: Path) -> object:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise PublishError(f"Thiếu tệp params/site/{path.name}.") from error
    except yaml.YAMLError as error:
        raise PublishError(f"params/site/{path.name} không đúng YAML: {error}") from error


def _complaint(path: Path, error: ValidationError) -> str:
    return f"params/site/{path.name}: {complaint(error)}"
