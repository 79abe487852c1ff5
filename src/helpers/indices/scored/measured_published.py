"""The published total of a province and year, in the form that the judge takes."""

from __future__ import annotations

from helpers.facts.measured import Earlier, Mark, Measured, Peers, Place
from helpers.facts.value import PERCENT, Key, Value, Why
from helpers.indices.scored.result import ScoredResult
from helpers.indices.scored.standing import Figure, Mean
from helpers.places import register, system_of_year


def published(result: ScoredResult) -> Measured | None:
    """Return the province's published total; None if nothing was published."""
    told = result.published
    if told.total is None:
        return None
    key = Key(result.index, told.place.slug, result.year, unit=told.total.slug, code="published")
    earlier = told.before(result.year - 1)
    means = (("country", told.national), ("region", told.region))
    return Measured(
        key,
        result.framework.short_name,
        _published_value(result, told.total),
        peers=peers_of(result),
        printed_place=_printed_place(result, told.total),
        marks=tuple(
            Mark(kind, _mean_value(result, mean), mean.unit)  # type: ignore[arg-type]
            for kind, mean in means
            if mean is not None
        ),
        earlier=() if earlier is None else (_published_before(result, key, earlier),),
    )


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
    unit, decimals = _scale(result)
    if figure.value is None:
        return Value.unknown(Why("only_place_published"), unit, decimals, figure.error)
    if figure.doubt:
        return Value.unknown(
            Why("value_doubted", {"doubt": figure.doubt}), unit, decimals, figure.error
        )
    source = f"{figure.origin} ({figure.source})"
    return Value(
        figure.value, unit, decimals, figure.error, status="official", score="final", source=source
    )


def _mean_value(result: ScoredResult, mean: Mean) -> Value:
    unit, decimals = _scale(result)
    if mean.doubt:
        return Value.unknown(Why("value_doubted", {"doubt": mean.doubt}), unit, decimals)
    source = f"{mean.origin} ({mean.source})"
    return Value(
        mean.value, unit, decimals, mean.error, status="official", score="final", source=source
    )


def _scale(result: ScoredResult) -> tuple[str, int]:
    if result.framework.unit == "%":
        return PERCENT, 2
    return "index", result.framework.decimals


def _printed_place(result: ScoredResult, figure: Figure) -> Place | None:
    if figure.rank is None:
        return None
    units = len(register().units(system_of_year(figure.year)))
    source = f"{figure.rank_origin} ({figure.rank_source})"
    return Place(figure.rank, units, source, figure.sharing)


def _published_before(result: ScoredResult, key: Key, figure: Figure) -> Earlier:
    then = Measured(
        Key(key.index, key.province, figure.year, unit=figure.slug, code=key.code),
        result.framework.short_name,
        _published_value(result, figure),
        printed_place=_printed_place(result, figure),
    )
    return Earlier(then, barred=breaks(result.why_not_comparable))


def breaks(reasons: tuple[str, ...]) -> tuple[Why, ...]:
    """Return why two years must not be compared, as the judge takes it."""
    return tuple(Why("not_comparable", {"reason": reason}) for reason in reasons)
