"""The published total of a province and year, in the form that the judge takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from helpers.facts.measured import Earlier, Group, Mark, Measured, Peers, Place
from helpers.facts.value import Key, Value, Why
from helpers.indices.scored.findings import scale_of, traced
from helpers.places import register, system_of_year

if TYPE_CHECKING:
    from helpers.indices.scored.result import ScoredResult
    from helpers.indices.scored.standing import Figure, Mean


def published(result: ScoredResult) -> Measured | None:
    """Return the province's published total; None if nothing was published."""
    told = result.published
    if told.total is None:
        return None
    key = Key(result.index, told.place.slug, result.year, unit=told.total.slug, code="published")
    means = (("country", told.national), ("region", told.region))
    return Measured(
        key,
        result.framework.short_name,
        _published_value(result, told.total),
        maximum=_maximum(result, told.total),
        peers=peers_of(result),
        printed_place=_printed_place(result, told.total),
        marks=tuple(
            Mark(kind, _mean_value(result, mean), mean.unit)  # type: ignore[arg-type]
            for kind, mean in means
            if mean is not None
        ),
        earlier=tuple(_published_before(result, key)),
        group=result.published_group,
    )


def _maximum(result: ScoredResult, total: Figure) -> Value | None:
    """Return the top of the scale: of the definition, or 1 where pages print an index of 0 to 1."""
    unit, _ = scale_of(result)
    if result.framework.is_score_tree:
        most = result.edition.root.maximum
        source = Why("definition_of_edition", {"edition": result.edition.key})
        return None if most is None else Value(most, unit, 0, source=source)
    return Value(1.0, unit, 0) if total.measure.startswith("index") else None


def peers_of(result: ScoredResult) -> Peers:
    """Return the published totals of all provinces; those that were not read are not delivered."""
    told = result.published
    values = {peer.slug: _published_value(result, peer) for peer in told.peers}
    units = register().units(system_of_year(result.year))
    return Peers(
        values,
        of="provinces",
        names={peer.slug: peer.unit for peer in told.peers},
        all_units=told.units,
        not_delivered=tuple(unit.slug for unit in units if unit.slug not in values),
    )


def _published_value(result: ScoredResult, figure: Figure) -> Value:
    unit, decimals = scale_of(result)
    if figure.value is None:
        return Value.unknown(Why("only_place_published"), unit, decimals, figure.error)
    if figure.doubt:
        return Value.unknown(
            Why("value_doubted", {"doubt": figure.doubt}), unit, decimals, figure.error
        )
    return Value(
        figure.value,
        unit,
        decimals,
        figure.error,
        status=figure.status,
        score="final",
        source=traced(result, figure),
    )


def _mean_value(result: ScoredResult, mean: Mean) -> Value:
    unit, decimals = scale_of(result)
    if mean.doubt:
        return Value.unknown(Why("value_doubted", {"doubt": mean.doubt}), unit, decimals)
    what = f"{result.framework.short_name} {mean.year}, {mean.unit}"
    source = Why("read_on_page", {"what": what, "origin": mean.origin, "page": mean.source})
    return Value(
        mean.value, unit, decimals, mean.error, status=mean.status, score="final", source=source
    )


def _printed_place(result: ScoredResult, figure: Figure) -> Place | None:
    if figure.rank is None:
        return None
    units = len(register().units(system_of_year(figure.year)))
    return Place(figure.rank, units, traced(result, figure, rank=True), figure.sharing)


def group_of(result: ScoredResult, figure: Figure) -> Group | None:
    """Return the group that is printed beside a figure, in the order that the definition gives."""
    names = result.framework.groups.names
    if figure.group not in names:
        return None
    order = names.index(figure.group) + 1
    return Group(figure.group, order, len(names), published=True, source=traced(result, figure))


def _published_before(result: ScoredResult, key: Key) -> Iterator[Earlier]:
    figure = result.published.before(result.year - 1)
    key = Key(key.index, key.province, result.year - 1, unit=key.unit, code=key.code)
    name = result.framework.short_name
    if figure is not None:
        value, place = _published_value(result, figure), _printed_place(result, figure)
        group = group_of(result, figure)
        then = Measured(key, name, value, printed_place=place, group=group)
        yield Earlier(then, barred=breaks(result.why_not_comparable))
    elif result.why_not_same_unit:
        # That the unit was another one is said even where nothing was published of it.
        nothing = Measured(key, name, Value.unknown(Why("no_value_in_sources")))
        yield Earlier(nothing, barred=breaks(result.why_not_same_unit))


def breaks(reasons: tuple[str, ...]) -> tuple[Why, ...]:
    """Return why two years must not be compared, as the judge takes it."""
    return tuple(Why("not_comparable", {"reason": reason}) for reason in reasons)
