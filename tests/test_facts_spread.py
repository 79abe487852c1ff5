"""Parts and units together: between which values they lie, and how far their places are open."""

from __future__ import annotations

from helpers.facts.measured import Measured, Peers
from helpers.facts.parts import strongest_and_weakest
from helpers.facts.spread import open_order, span, unordered
from helpers.facts.value import PERCENT, UNKNOWN, Key, Value, Why, sampling

KEY = Key("sipas", "ha-tinh", 2024, code="departments")


def group(numbers, error):
    values = {f"Sở {n}": Value(n, PERCENT, error=error) for n in numbers}
    parts = tuple(
        Measured(Key("sipas", "ha-tinh", 2024, unit=name, code=name), name, value)
        for name, value in values.items()
    )
    nothing = Value.unknown(Why("no_value"), PERCENT)
    return Measured(KEY, "SIPAS", nothing, peers=Peers(values), parts=parts, part_basis="value")


def names(findings):
    return {one.name for one in findings}


def test_a_published_span_names_who_holds_the_ends_unless_several_do():
    (named,) = span(group([80.0, 70.0, 90.0], UNKNOWN), published=True)
    assert (named.case, named.fields["low"].name, named.fields["high"].name) == (
        *("named", "Sở 70.0", "Sở 90.0"),
    )
    surveyed = span(group([80.0, 70.0], sampling(1.0, 60.0)))
    assert names(surveyed) == {"span.surveyed"}
    assert span(group([80.0], UNKNOWN)) == ()


def test_where_neither_end_is_known_it_is_said_once():
    near = strongest_and_weakest(group([80.0, 80.5, 81.0, 81.5], sampling(4.0, 60.0)))
    assert names(unordered(near)) == {"unordered.unsure", "ends.inside"}
    far = strongest_and_weakest(group([60.0, 80.5, 81.0], sampling(1.0, 60.0)))
    assert "weakest.sole" in names(unordered(far))
    assert not names(unordered(far)) & {"unordered.unsure", "unordered.unknown"}


def test_places_are_open_as_far_as_the_errors_say():
    assert names(open_order(group([80.0, 80.1, 80.2], sampling(4.0, 60.0)))) == {"open_places.none"}
    apart = open_order(group([60.0, 75.0, 90.0], sampling(0.5, 60.0)))
    assert names(apart) == {"open_places.settled"}
    two = open_order(group([60.0, 89.9, 90.0], sampling(0.5, 60.0)))
    assert names(two) == {"open_places.leaders"}
    assert (two[0].fields["n"].known, two[0].fields["steps"].known) == (2, 1)
    assert open_order(group([60.0, 70.0], UNKNOWN)) == ()


def test_who_leads_is_sole_several_unsure_unknown_or_too_few():
    def cases(numbers, error):
        found = strongest_and_weakest(group(numbers, error))
        return [one.case for one in found if one.family in ("strongest", "weakest")]

    exact = sampling(1.0, 60)
    assert cases([90.0, 80.0, 79.5, 70.0, 69.0], exact) == ["sole", "several"]
    assert cases([90.0, 80.0, 79.5, 70.0, 69.0], sampling(9.0, 60)) == ["unsure", "unsure"]
    assert cases([90.0, 80.0, 79.5], UNKNOWN) == ["unknown", "unknown"]
    # Of three that cannot be told apart nobody is named.
    assert cases([80.0, 79.5, 79.0], exact) == ["unsure", "unsure"]
    assert cases([80.0], exact) == ["few", "few"]
