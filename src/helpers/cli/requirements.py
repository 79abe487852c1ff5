"""What the project asks of Python packages, and what is there. Needs none of them itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from packaging.requirements import Requirement

INSTALL = "tools/setup.sh, hoặc: python -m pip install -e ."
"""Installs all of them."""


@dataclass(frozen=True)
class Asked:
    """A package that must be there to run.

    Parameters
    ----------
    requirement : Requirement
        Name and versions.
    version : str
        What is installed; empty if nothing is.
    """

    requirement: Requirement
    version: str

    @property
    def met(self) -> bool:
        """Whether it is installed, in a version that will do."""
        return bool(self.version) and self.requirement.specifier.contains(
            self.version, prereleases=True
        )

    def __str__(self) -> str:
        have = f"đang có {self.version}" if self.version else "chưa cài"
        return f"cần {self.requirement}, {have}"


def asked() -> Iterator[Asked]:
    """Yield what the project asks for without its extras.

    Raises
    ------
    ImportError
        If not even ``packaging`` is there, or the project is not installed.
    """
    from packaging.requirements import Requirement

    for line in metadata.requires("chiso") or ():
        requirement = Requirement(line)
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": ""}):
            continue
        try:
            version = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            version = ""
        yield Asked(requirement, version)


def modules_of(requirement: Requirement) -> tuple[str, ...]:
    """Return the names under which a package is imported: its own name, if it has that."""
    from packaging.utils import canonicalize_name

    wanted = canonicalize_name(requirement.name)
    found = [
        module
        for module, providers in _providers().items()
        if wanted in map(canonicalize_name, providers)
        and module.isidentifier()
        and not module.startswith("_")
    ]
    own = [module for module in found if canonicalize_name(module) == wanted]
    return tuple(sorted(own or found))


@cache
def _providers() -> Mapping[str, list[str]]:
    return metadata.packages_distributions()
