"""The rules of SIPAS that an edition or a province sets, and what they mean for adding items up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from helpers.definitions import DefinitionError
from helpers.definitions.complaints import complaints
from helpers.definitions.framework import FrameworkEdition, Node, Standing
from helpers.indices.sipas.design import Composition
from helpers.indices.sipas.sample import Floats

TOTAL = "total"
"""Code of the overall index."""

OverallRule = Literal["mean_of_dimensions", "mean_of_factors", "pooled_items"]
PartRule = Literal["mean", "pooled"]
Kind = Literal["province", "department", "district", "commune"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Scale(_Frozen):
    """The levels of an answer, and which of them count as satisfied."""

    name: str
    levels: dict[int, str]
    satisfied: tuple[int, ...]

    @model_validator(mode="after")
    def _known_levels(self) -> Scale:
        if not self.satisfied or not set(self.satisfied) <= set(self.levels):
            raise ValueError("satisfied phải nêu ít nhất một mức có trong levels")
        return self


class ColumnsOfDesign(_Frozen):
    """Columns that name the stratum and the cluster a response was drawn in.

    Without clusters every response is drawn by itself.
    """

    strata: tuple[str, ...]
    clusters: tuple[str, ...]


class SurveyTarget(_Frozen):
    """A satisfaction that a programme aims at, in percent."""

    year: int
    value: float
    text: str


class SipasRules(_Frozen):
    """How answers become an index.

    Parameters
    ----------
    overall_rule : {"mean_of_dimensions", "mean_of_factors", "pooled_items"}
    overall_reason : str
        Why, as a Vietnamese clause that can follow "vì".
    part_rule : {"mean", "pooled"}
        A factor is the mean of its items and a dimension that of its factors, or answers are counted
        together.
    scale : str
        Key of `scales`.
    minimum_sample : int
        Valid forms a unit needs to be ranked.
    population : dict
        Unit → number it was drawn from (dossiers, households), for the finite-population correction.
    share_answered : float
        Share of the items asked that a valid form answers at least.
    columns : dict
        Item → column of the survey file.
    parts_of : dict
        Kind of unit → dimensions that its index is made of; all where it is not named.
    published_codes : dict
        Code of a part in published results → code of the edition.
    decided : tuple of str
        Rules that the province set itself.
    """

    overall_rule: OverallRule
    overall_reason: str
    part_rule: PartRule
    scale: str
    scales: dict[str, Scale]
    satisfied_status: Standing
    minimum_sample: int
    share_answered: float
    confidence: float
    interval: Literal["logit", "plain"]
    given_strata: str
    designs: dict[Kind, ColumnsOfDesign]
    columns: dict[str, str] = {}
    parts_of: dict[Kind, tuple[str, ...]] = {}
    published_codes: dict[str, str] = {}
    targets: tuple[SurveyTarget, ...] = ()
    population: dict[str, float] = {}
    decided: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _known_scale(self) -> SipasRules:
        if self.scale not in self.scales:
            raise ValueError(f"scale «{self.scale}» không có trong scales")
        return self

    @property
    def used_scale(self) -> Scale:
        """The scale of this survey."""
        return self.scales[self.scale]


def rules_for(edition: FrameworkEdition, own: Mapping[str, Any]) -> SipasRules:
    """Read an edition's rules with what a province set itself (``rules: {sipas: …}``).

    Raises
    ------
    DefinitionError
        If a rule does not exist or has a wrong value; the message names it.
    """
    merged = {**edition.rules, **own, "decided": tuple(sorted(own))}
    if "scales" in own:
        merged["scales"] = {**edition.rules.get("scales", {}), **own["scales"]}
    if "columns" in own:
        merged["columns"] = {**edition.rules.get("columns", {}), **own["columns"]}
    try:
        return SipasRules.model_validate(merged)
    except ValidationError as error:
        place, said = next(complaints(error))
        raise DefinitionError(f"SIPAS, quy tắc «{place}»: {said}.") from error


def items(edition: FrameworkEdition) -> tuple[Node, ...]:
    """Return the items of an edition; none where it only knows factors."""
    return tuple(n for factor in factors(edition) for n in factor.children)


def factors(edition: FrameworkEdition) -> tuple[Node, ...]:
    """Return the factors (yếu tố): the criteria above the items."""
    found = []
    for top in edition.criteria:
        deep = any(child.children for child in top.children)
        found += list(top.children) if deep else [top]
    return tuple(found)


def dimensions(edition: FrameworkEdition) -> tuple[Node, ...]:
    """Return the dimensions (khía cạnh) above the factors; none in editions without them."""
    tops = edition.criteria
    return tuple(top for top in tops if any(child.children for child in top.children))


def composition(
    edition: FrameworkEdition, asked: Sequence[str], rules: SipasRules
) -> tuple[Composition, tuple[str, ...]]:
    """Say how every reported share is made of the items that were asked.

    Parts without an item that was asked are left out; the overall index comes last.

    Parameters
    ----------
    edition : FrameworkEdition
    asked : sequence of str
        Codes of the items that the survey asked, in the order of the columns of answers.
    rules : SipasRules

    Returns
    -------
    Composition
    tuple of str
        Codes of the reported shares.
    """
    made = _Columns(list(asked), rules.part_rule == "pooled")
    for code in asked:
        made.item(code)
    present: dict[str, list[str]] = {}
    for factor in factors(edition):
        parts = [node.code for node in factor.children if node.code in asked]
        if parts:
            present[factor.code] = parts
            made.part(factor.code, parts, parts)
    tops = []
    for dimension in dimensions(edition):
        inside = [node.code for node in dimension.children if node.code in present]
        if inside:
            tops.append(dimension.code)
            made.part(dimension.code, inside, [code for f in inside for code in present[f]])
    if rules.overall_rule == "pooled_items":
        made.pooled(TOTAL, list(asked))
    elif rules.overall_rule == "mean_of_factors" or not tops:
        made.mean(TOTAL, list(present))
    else:
        made.mean(TOTAL, tops)
    return made.composition(), tuple(made.codes)


class _Columns:
    """Collects pools (which answers are counted together) and their combinations."""

    def __init__(self, asked: list[str], count_together: bool) -> None:
        self.asked = asked
        self.count_together = count_together
        self.pools: list[Floats] = []
        self.codes: list[str] = []
        self.weights: dict[str, dict[int, float]] = {}

    def item(self, code: str) -> None:
        self.pooled(code, [code])

    def pooled(self, code: str, of: list[str]) -> None:
        self.pools.append(np.array([float(name in of) for name in self.asked]))
        self.codes.append(code)
        self.weights[code] = {len(self.pools) - 1: 1.0}

    def mean(self, code: str, parts: list[str]) -> None:
        found: dict[int, float] = {}
        for part in parts:
            for pool, weight in self.weights[part].items():
                found[pool] = found.get(pool, 0.0) + weight / len(parts)
        self.codes.append(code)
        self.weights[code] = found

    def part(self, code: str, parts: list[str], inside: list[str]) -> None:
        if self.count_together:
            self.pooled(code, inside)
        else:
            self.mean(code, parts)

    def composition(self) -> Composition:
        combine = np.zeros((len(self.pools), len(self.codes)))
        for column, code in enumerate(self.codes):
            for pool, weight in self.weights[code].items():
                combine[pool, column] = weight
        return Composition(np.stack(self.pools, axis=1), combine)
