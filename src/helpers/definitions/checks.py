"""What a definition must hold to beyond the shape of its file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from helpers.definitions.framework import Framework, FrameworkEdition


def with_names(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a definition as read, its criteria with the names that its catalogue holds.

    Parameters
    ----------
    given : mapping
        With ``catalogue``: id → ``name_vi``, ``name_en``, ``short_vi``, ``printed``.

    Raises
    ------
    ValueError
        If an edition names an id that the catalogue does not have.
    """
    names = given["catalogue"]

    def named(node: Any, edition: Any) -> Any:
        if not isinstance(node, dict):
            return node
        if "id" in node and node["id"] not in names:
            raise ValueError(
                f"ấn bản {edition} dùng tiêu chí «{node['id']}» chưa khai trong catalogue"
            )
        own = {**names[node["id"]], **node} if "id" in node else dict(node)
        return own | {"children": [named(c, edition) for c in own.get("children", ())]}

    editions = [
        {**one, "criteria": [named(node, one.get("key")) for node in one.get("criteria", ())]}
        if isinstance(one, dict)
        else one
        for one in given.get("editions", ())
    ]
    return {**{k: v for k, v in given.items() if k != "catalogue"}, "editions": editions}


def check(framework: Framework, key: str) -> str:
    """Return the first thing that is wrong with a definition, as a Vietnamese clause; else nothing.

    Parameters
    ----------
    framework : Framework
    key : str
        Name of the file without its ending.
    """
    if framework.key != key:
        return f"key phải là «{key}», không phải «{framework.key}»."
    for found in (_of_editions(framework), _of_breaks(framework), _of_errors(framework)):
        if wrong := next(found, ""):
            return wrong
    return ""


def _of_editions(framework: Framework) -> Iterator[str]:
    for edition in framework.editions:
        yield from _of_edition(edition)
    for earlier, later in pairwise(framework.editions):
        if earlier.last_year is None or later.first_year != earlier.last_year + 1:
            after = "sau khi có last_year" if earlier.last_year is None else earlier.last_year + 1
            yield (
                f"ấn bản {later.key} phải bắt đầu từ năm {after}, ngay sau ấn bản {earlier.key}."
            )


def _of_edition(edition: FrameworkEdition) -> Iterator[str]:
    if edition.last_year is not None and edition.first_year > edition.last_year:
        yield (
            f"ấn bản {edition.key} có first_year ({edition.first_year}) sau last_year "
            f"({edition.last_year})."
        )
    codes = Counter(node.code for node in edition.nodes)
    twice = sorted(code for code, count in codes.items() if count > 1)
    if twice:
        yield f"ấn bản {edition.key} lặp lại mã {', '.join(twice)}."
    limits = [band.at_least for band in edition.bands]
    if limits != sorted(limits, reverse=True):
        yield f"bands của ấn bản {edition.key} phải xếp từ cao xuống."


def _span(framework: Framework) -> tuple[int, int | None]:
    return framework.editions[0].first_year, framework.editions[-1].last_year


def _covers(framework: Framework, year: int) -> bool:
    first, last = _span(framework)
    return first <= year and (last is None or year <= last)


def _outside(framework: Framework) -> str:
    first, last = _span(framework)
    return f"ngoài các năm {first} đến {last or 'nay'} của editions."


def _of_breaks(framework: Framework) -> Iterator[str]:
    for one in framework.breaks:
        if one.after != one.before + 1:
            yield (
                "breaks: before và after phải là hai năm liền nhau, không phải "
                f"{one.before} và {one.after}."
            )
        elif not (_covers(framework, one.before) and _covers(framework, one.after)):
            yield f"breaks nêu năm {one.before} và {one.after}, {_outside(framework)}"
        else:
            edition = framework.edition(one.after)
            for code in one.codes:
                if not edition.has(code):
                    yield f"breaks nêu mã «{code}», không có trong ấn bản năm {one.after}."


def _of_errors(framework: Framework) -> Iterator[str]:
    for one in framework.likely_errors:
        if not _covers(framework, one.first_year):
            yield f"likely_errors nêu năm {one.first_year}, {_outside(framework)}"
        elif not framework.edition(one.first_year).has(one.code):
            yield (
                f"likely_errors nêu mã «{one.code}», không có trong ấn bản năm {one.first_year}."
            )
