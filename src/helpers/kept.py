"""Keep what was made of files, for as long as these stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache, update_wrapper
from pathlib import Path
from typing import Any, Generic, ParamSpec, TypeVar

Given = ParamSpec("Given")
Made = TypeVar("Made")
Stamp = tuple[str, int, int]


class Kept(Generic[Given, Made]):
    """A function of files that is called once for each state of them.

    The files are looked at, never opened: what opens them is the function, so that the record of a
    report knows what it was made from. All arguments must be hashable.
    """

    def __init__(
        self,
        make: Callable[Given, Made],
        files: Callable[Given, Iterable[Path]],
        size: int,
    ) -> None:
        @lru_cache(maxsize=size)
        def kept(state: tuple[Stamp, ...], *args: Hashable, **named: Hashable) -> Made:
            call: Callable[..., Made] = make
            return call(*args, **named)

        self._kept: Callable[..., Made] = kept
        self._files = files
        self.forget: Callable[[], None] = kept.cache_clear
        update_wrapper(self, make)

    def __call__(self, *args: Given.args, **named: Given.kwargs) -> Made:
        """Return what the function makes of the files as they are now."""
        state = tuple(stamp(path) for path in self._files(*args, **named))
        return self._kept(state, *args, **named)


def while_unchanged(
    files: Callable[Given, Iterable[Path]], size: int = 32
) -> Callable[[Callable[Given, Made]], Kept[Given, Made]]:
    """Return a decorator for a function of files: what it returned is kept while they are the same.

    Parameters
    ----------
    files : callable
        Takes the function's arguments, returns the files that it reads.
    size : int
        How many results are kept.

    Examples
    --------
    >>> @while_unchanged(lambda path: [path])
    ... def lines(path: Path) -> int:
    ...     return len(path.read_text().splitlines())
    """

    def decorate(make: Callable[Given, Made]) -> Kept[Given, Made]:
        return Kept(make, files, size)

    return decorate


def stamp(path: Path) -> Stamp:
    """Return what changes when a file does: its path, time and size; zeros where there is no file."""
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return path.as_posix(), 0, 0
    return path.as_posix(), status.st_mtime_ns, status.st_size


@dataclass(frozen=True, repr=False)
class MakesOnce:
    """A frozen result that makes once what all reports of it share.

    Parameters
    ----------
    made : dict
        What was made, by name. Not handed on by ``replace``: what was made of other figures is not of
        these.
    """

    made: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, name: Hashable, make: Callable[[], Made]) -> Made:
        """Return what `make` returned the first time."""
        if name not in self.made:
            self.made[name] = make()
        found: Made = self.made[name]
        return found
