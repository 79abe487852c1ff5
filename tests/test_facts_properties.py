"""What holds for every figure, not only for those of the cases."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.facts import (
    FAMILIES,
    NONE,
    UNKNOWN,
    Earlier,
    Error,
    Finding,
    Key,
    Mark,
    Measured,
    Peers,
    Value,
    Why,
    judge,
    mark_of,
    rounding,
    sampling,
)
from helpers.facts.changes import tally_units
from helpers.facts.compared import between
from helpers.facts.comparison import false_discoveries, margin, p_value
from helpers.facts.finding_fields import FIELDS

numbers = st.integers(0, 10_000).map(lambda n: n / 100)
known_errors = st.one_of(
    st.just(NONE),
    st.integers(0, 2).map(rounding),
    st.builds(
        sampling,
        st.floats(0.01, 10),
        st.sampled_from([3.0, 10.0, math.inf]),
        st.sampled_from(["published", "computed", "assumed"]),
    ),
)
errors = st.one_of(known_errors, st.just(UNKNOWN))
values = st.builds(lambda number, error: Value(number, error=error), numbers, errors)
hidden = Value.suppressed(Why("small_group"))
SIDES = ("higher", "lower", "likely_higher", "likely_lower")
SAID_OF_A_SIDE = {
    *("higher", "lower", "up", "down", "gained", "lost", "met", "missed", "sole", "apart"),
    *("one", "several", "offset", "behind", "sure"),
}


def peers_of(told, **more):
    return Peers({f"u{number}": value for number, value in enumerate(told)}, of="units", **more)


def one_of(peers, unit="u0", **more):
    return Measured(
        Key("made", "p", 2024, unit=unit), "total", peers.values[unit], peers=peers, **more
    )


@given(values, values)
def test_a_comparison_turns_with_its_sides(one, other):
    turned = {"higher": "lower", "lower": "higher"}
    case = between(one, other).case
    words = case.split("_")
    assert between(other, one).case == "_".join(turned.get(word, word) for word in words)


@given(values, values, st.integers(1, 5000))
def test_where_a_gap_is_no_side_a_smaller_one_is_none(one, other, step):
    """If a to b is refused so is a to anything between them."""
    if between(one, other).sign == 0 and between(one, other).case not in ("equal", "same_print"):
        nearer = replace(other, number=one.known + (other.known - one.known) * step / 5000)
        assert between(one, nearer).sign == 0


@given(known_errors, known_errors, st.integers(1, 100))
def test_a_claim_of_more_comparisons_needs_no_smaller_gap(one, other, more):
    halves = [margin(one, other, comparisons=n).half for n in (more, more + 1)]
    assert halves[0] <= halves[1]


@given(st.floats(0.1, 5), st.floats(0.1, 5), st.floats(-1, 1))
def test_a_margin_without_covariance_holds_for_every_one(one, other, correlation):
    pair = (sampling(one), sampling(other))
    told = margin(*pair, covariance=None)
    true = margin(*pair, covariance=correlation * one * other)
    assert told.at_least - 1e-9 <= true.half <= told.half + 1e-9


@given(numbers, numbers, errors)
def test_an_unknown_error_never_gives_a_side(one, other, error):
    case = between(Value(one, error=UNKNOWN), Value(other, error=error)).case
    assert case in ("unknown", "inside", "same_print")


@given(numbers, numbers, st.floats(0.01, 10))
def test_an_assumed_error_never_makes_a_side_sure(one, other, size):
    assumed = sampling(size, origin="assumed")
    assert not between(Value(one, error=assumed), Value(other)).is_sure


@given(st.lists(values, min_size=2, max_size=7))
def test_ties_are_ties_of_both(told):
    ranks = peers_of(told).ranks
    for unit, others in ranks.alike.items():
        for other in others:
            assert unit in ranks.alike[other]
            assert ranks.place[unit] == ranks.place[other]
    assert sorted(ranks.place.values())[0] == 1


@given(st.lists(values, min_size=2, max_size=6), st.permutations(range(6)))
def test_another_order_and_other_names_of_the_peers_change_nothing(told, order):
    def said(peers, own):
        made = judge(one_of(peers, own, marks=(mark_of(peers, own, "mean"),)))
        return [(one.family, one.case) for one in made]

    names = {f"u{number}": f"other{order[number]}" for number in range(len(told))}
    items = [(names[f"u{number}"], value) for number, value in enumerate(told)]
    mixed = Peers(dict(sorted(items)), of="units")
    assert said(peers_of(told), "u0") == said(mixed, names["u0"])


@given(st.lists(values, min_size=2, max_size=6), st.integers(0, 5))
def test_what_is_hidden_never_follows(told, place):
    """Nothing that is said can be turned into the hidden value: no holder, no mean, no end."""
    told = [*told, hidden]
    peers = peers_of(told)
    measured = one_of(peers, marks=(mark_of(peers, "u0", "mean"),))
    said = judge(measured)
    assert not any(one.family in ("best", "lowest") and one.case != "unknown_top" for one in said)
    assert not any(one.family == "against" and one.case != "barred" for one in said)
    parts = tuple(
        Measured(Key("made", "p", 2024, code=f"c{n}"), f"c{n}", value, maximum=Value(100.0))
        for n, value in enumerate(told)
    )
    whole = Measured(
        Key("made", "p", 2024), "total", Value(50.0), maximum=Value(100.0),
        parts=parts, part_basis="value",
    )  # fmt: skip
    for one in judge(whole):
        assert one.family not in ("ends", "drivers") or one.case == "barred"
        assert one.family not in ("strongest", "weakest") or one.case == "barred"
        assert one.family != "lost" or one.case == "unknown"


def test_a_hidden_value_carries_nothing():
    with pytest.raises(ValueError, match="carries no number"):
        Value(3.0, hidden=Why("small_group"))


@given(st.lists(numbers, min_size=3, max_size=6), st.lists(numbers, min_size=3, max_size=6))
def test_without_any_known_error_nothing_takes_a_side(now, then):
    size = min(len(now), len(then))

    def year(told, when, earlier=()):
        peers = peers_of([Value(number, error=UNKNOWN) for number in told[:size]])
        parts = tuple(
            Measured(
                Key("made", "p", when, unit="u0", code=f"c{n}"), f"c{n}",
                Value(number, error=UNKNOWN),
                earlier=tuple(Earlier(before.measured.parts[n]) for before in earlier),
            )
            for n, number in enumerate(told[:size])
        )  # fmt: skip
        return Measured(
            Key("made", "p", when, unit="u0"), "total", peers.values["u0"], peers=peers,
            marks=(mark_of(peers, "u0", "median"), Mark("target", Value(50.0))),
            earlier=earlier, parts=parts, part_basis="value",
            weights=dict.fromkeys((part.key.code for part in parts), 1.0),
        )  # fmt: skip

    for one in judge(year(now, 2024, (Earlier(year(then, 2023)),))):
        assert one.case not in SAID_OF_A_SIDE, one.name
        if one.family == "tally":
            assert not {"up", "down", "likely_up", "likely_down"} & set(one.fields)


@given(st.lists(values, min_size=2, max_size=6))
def test_each_identity_is_said_once(told):
    peers = peers_of(told)
    said = judge(
        one_of(peers, marks=(mark_of(peers, "u0", "mean"), mark_of(peers, "u0", "median")))
    )
    assert len({one.identity for one in said}) == len(said)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_many_findings_stand_by_the_worst_that_passes(told):
    stands = false_discoveries(told)
    for p, one in zip(told, stands, strict=True):
        assert one == any(p <= q for q, other in zip(told, stands, strict=True) if other)
        if p <= 0.05 / len(told):
            assert one


@given(st.floats(0.1, 50), st.floats(0.1, 5))
def test_a_chance_below_one_in_twenty_is_a_gap_beyond_the_margin(gap, size):
    error = Error("sampling", standard_error=size)
    half = margin(error, NONE).half
    if not math.isclose(gap, half):
        assert (p_value(gap, error) < 0.05) == (gap > half)


def test_among_many_units_a_change_that_one_in_twenty_makes_by_chance_is_not_counted():
    error = sampling(1.0)
    gaps = {"far": 8.0, "near": 2.9, **{f"u{n}": 0.5 for n in range(20)}}

    def unit(name, year, number, earlier=()):
        key = Key("made", name, year)
        return Measured(key, name, Value(number, error=error), earlier=earlier)

    units = [
        unit(name, 2024, 50 + gap, (Earlier(unit(name, 2023, 50.0)),)) for name, gap in gaps.items()
    ]
    alone = {one.case for one in judge(units[1]) if one.family == "change"}
    assert alone == {"up"}
    made = tally_units(Key("made", "", 2024), units, units[0].earlier[0])
    assert [member.code for member in made.fields["up"]] == ["far"]
    assert "near" in [member.code for member in made.fields["unclear"]]


def test_a_number_is_no_condition():
    with pytest.raises(TypeError, match="no condition"):
        bool(Value(0.0))


def test_what_families_name_is_a_field():
    for family in FAMILIES.values():
        for fields in family.cases.values():
            assert {*fields, *family.optional} <= {*FIELDS, "subject"}


@pytest.mark.parametrize(
    ("family", "case", "fields", "slot"),
    [
        ("levels", "value", {}, ""),
        ("level", "valued", {}, ""),
        ("level", "value", {}, ""),
        ("level", "value", {"value": Value(1.0), "gap": Value(1.0)}, ""),
        ("level", "value", {"value": 1.0}, ""),
        ("level", "value", {"value": Value(1.0)}, "2024"),
        ("level", "value", {"value": hidden}, ""),
        ("change", "no_earlier", {"role": "previous"}, ""),
    ],
)
def test_a_finding_is_what_its_family_declares(family, case, fields, slot):
    with pytest.raises(ValueError, match=r"level|change|value"):
        Finding(Key("made", "p", 2024), family, case, fields, slot)
