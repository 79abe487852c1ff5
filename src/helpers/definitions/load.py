"""Read ``params/indices/<index>.yml`` into frozen models, with errors that name file and key."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from helpers.definitions._yaml import read_yaml_file
from helpers.definitions.models import (
    Basis,
    Break,
    Criterion,
    Edition,
    GroupScheme,
    IndexDefinition,
    LikelyError,
    Note,
    Status,
    TermBase,
)
from helpers.project import Project, find_project


class DefinitionError(ValueError):
    """A definition file is wrong; the message names the file, the key and what is expected."""


class _Text(BaseModel):
    """Shape of the file. Kept apart from the models so that the text may stay short."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class _Name(_Text):
    vi: str
    en: str
    short: str | None = None


class _Node(_Text):
    code: str
    is_: str = Field(alias="is")
    vi: str | None = None
    parts: dict[str, str] = {}


class _Total(_Text):
    scale: tuple[float, float]
    printed_scale: str | None = None


class _Edition(_Text):
    key: str
    from_: int = Field(alias="from")
    to: int
    total: _Total
    dimension_scale: tuple[float, float]
    basis: tuple[Basis, ...]
    tree: tuple[_Node, ...]
    notes: tuple[Note, ...] = ()


class _Break(_Text):
    between: tuple[int, int]
    codes: tuple[str, ...]
    whole: bool = False
    reason: str
    status: Status
    evidence: tuple[str, ...] = Field(min_length=1)


class _Base(_Text):
    from_: int = Field(alias="from")
    to: int
    base: int
    evidence: str


class _LikelyError(_Text):
    code: str
    from_: int = Field(alias="from")
    standard_error: float = Field(gt=0)
    status: Literal["assumed"]
    basis: str
    evidence: tuple[str, ...] = Field(min_length=1)


class _File(_Text):
    key: str
    short_name: str
    name: _Name
    owner: str
    url: str
    rights: str
    unit: str
    decimals: int
    scale_by_number_of_parts: dict[int, tuple[float, float]]
    criteria: dict[str, _Name]
    editions: tuple[_Edition, ...] = Field(min_length=1)
    breaks: tuple[_Break, ...]
    groups: GroupScheme
    bases: tuple[_Base, ...] = ()
    likely_errors: tuple[_LikelyError, ...] = ()


def load_definition(index: str, project: Project | None = None) -> IndexDefinition:
    """Read the definition of an index.

    Parameters
    ----------
    index : str
        Name of the file in ``params/indices`` without its ending, such as ``"papi"``.
    project : Project, optional
        Defaults to the checkout around the current folder.

    Returns
    -------
    IndexDefinition

    Raises
    ------
    DefinitionError
        If the file is missing or wrong.

    Examples
    --------
    >>> papi = load_definition("papi")
    >>> papi.edition(2024).get("5.3").maximum
    3.33
    """
    path = (project or find_project()).definitions / f"{index}.yml"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in path.parent.glob("*.yml")))
        raise DefinitionError(f"Không có định nghĩa chỉ số «{index}». Các chỉ số đã có: {known}.")
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _read(path: Path, changed: int) -> IndexDefinition:
    """Read one file; `changed` makes an edited file a new entry of the cache."""
    name = f"params/indices/{path.name}"
    try:
        text: Any = read_yaml_file(path)
        file = _File.model_validate(text)
        return _build(file, name)
    except yaml.YAMLError as error:
        raise DefinitionError(f"{name}: không đọc được YAML: {error}") from error
    except ValidationError as error:
        lines = [
            f"  {'.'.join(str(part) for part in item['loc'])}: {item['msg']}"
            for item in error.errors()
        ]
        raise DefinitionError(f"{name} có khóa sai hoặc thiếu:\n" + "\n".join(lines)) from error


def _build(file: _File, name: str) -> IndexDefinition:
    editions = tuple(_edition(text, file, name) for text in file.editions)
    for edition in editions:
        _check_edition(edition, name)
    for earlier, later in pairwise(editions):
        if later.first_year != earlier.last_year + 1:
            raise DefinitionError(
                f"{name}: ấn bản {later.key} phải bắt đầu từ năm {earlier.last_year + 1}, "
                f"ngay sau ấn bản {earlier.key}."
            )
    breaks = tuple(
        Break(
            before=text.between[0],
            after=text.between[1],
            code=code,
            whole=text.whole,
            reason=text.reason,
            status=text.status,
            evidence=text.evidence,
        )
        for text in file.breaks
        for code in text.codes
    )
    definition = IndexDefinition(
        key=file.key,
        short_name=file.short_name,
        name_vi=file.name.vi,
        name_en=file.name.en,
        owner=file.owner,
        url=file.url,
        rights=file.rights,
        unit=file.unit,
        decimals=file.decimals,
        editions=editions,
        breaks=breaks,
        groups=file.groups,
        bases=tuple(
            TermBase(first_year=b.from_, last_year=b.to, base=b.base, evidence=b.evidence)
            for b in file.bases
        ),
        likely_errors=tuple(
            LikelyError(
                code=e.code,
                first_year=e.from_,
                standard_error=e.standard_error,
                status=e.status,
                basis=e.basis,
                evidence=e.evidence,
            )
            for e in file.likely_errors
        ),
    )
    for error in definition.likely_errors:
        if not editions[0].first_year <= error.first_year <= editions[-1].last_year:
            raise DefinitionError(
                f"{name}: likely_errors nêu năm {error.first_year}, ngoài các năm "
                f"{editions[0].first_year} đến {editions[-1].last_year} của editions."
            )
        if not definition.edition(error.first_year).has(error.code):
            raise DefinitionError(
                f"{name}: likely_errors nêu mã «{error.code}», không có trong ấn bản năm "
                f"{error.first_year}."
            )
    for entry in breaks:
        if entry.after != entry.before + 1:
            raise DefinitionError(
                f"{name}: breaks.between phải là hai năm liền nhau, "
                f"không phải {entry.before} và {entry.after}."
            )
        if not editions[0].first_year <= entry.before < entry.after <= editions[-1].last_year:
            raise DefinitionError(
                f"{name}: breaks.between nêu năm {entry.before} và {entry.after}, ngoài các năm "
                f"{editions[0].first_year} đến {editions[-1].last_year} của editions."
            )
        if not definition.edition(entry.after).has(entry.code):
            raise DefinitionError(
                f"{name}: breaks nêu mã «{entry.code}», không có trong ấn bản năm {entry.after}."
            )
    return definition


def _check_edition(edition: Edition, name: str) -> None:
    if edition.first_year > edition.last_year:
        raise DefinitionError(
            f"{name}: ấn bản {edition.key} có from ({edition.first_year}) sau to ({edition.last_year})."
        )
    codes = Counter(criterion.code for criterion in edition.criteria)
    twice = [code for code, count in codes.items() if count > 1]
    if twice:
        raise DefinitionError(f"{name}: ấn bản {edition.key} lặp lại mã {', '.join(twice)}.")
    for criterion in edition.criteria:
        if criterion.minimum >= criterion.maximum:
            raise DefinitionError(
                f"{name}: ấn bản {edition.key}, mã «{criterion.code}»: thang điểm phải đi từ thấp đến "
                f"cao, không phải {criterion.minimum:g} đến {criterion.maximum:g}."
            )


def _edition(text: _Edition, file: _File, name: str) -> Edition:
    def named(key: str) -> _Name:
        if key not in file.criteria:
            raise DefinitionError(
                f"{name}: ấn bản {text.key} dùng tiêu chí «{key}» chưa khai trong criteria."
            )
        return file.criteria[key]

    def part(code: str, key: str, siblings: int) -> Criterion:
        if siblings not in file.scale_by_number_of_parts:
            raise DefinitionError(
                f"{name}: ấn bản {text.key}, mã «{code}»: scale_by_number_of_parts "
                f"không có thang điểm cho {siblings} nội dung thành phần."
            )
        minimum, maximum = file.scale_by_number_of_parts[siblings]
        return Criterion(
            code=code,
            id=key,
            name_vi=named(key).vi,
            name_en=named(key).en,
            short_vi=named(key).short or named(key).vi,
            level="sub_dimension",
            minimum=minimum,
            maximum=maximum,
        )

    def dimension(node: _Node) -> Criterion:
        own = named(node.is_)
        return Criterion(
            code=node.code,
            id=node.is_,
            name_vi=node.vi or own.vi,
            name_en=own.en,
            short_vi=own.short or own.vi,
            level="dimension",
            minimum=text.dimension_scale[0],
            maximum=text.dimension_scale[1],
            children=tuple(part(code, key, len(node.parts)) for code, key in node.parts.items()),
        )

    total = named("total")
    minimum, maximum = text.total.scale
    return Edition(
        key=text.key,
        first_year=text.from_,
        last_year=text.to,
        root=Criterion(
            code="total",
            id="total",
            name_vi=total.vi,
            name_en=total.en,
            short_vi=total.short or total.vi,
            level="total",
            minimum=minimum,
            maximum=maximum,
            children=tuple(dimension(node) for node in text.tree),
        ),
        printed_scale=text.total.printed_scale or f"{minimum:g}-{maximum:g}",
        basis=text.basis,
        notes=text.notes,
    )
