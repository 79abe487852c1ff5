"""Whatever the truth is: printed by rounding, nothing is found; one figure changed, it is found."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from reconciliation_made import YEAR, count, figure, figures, written

from helpers.reports.reconciliation.result import reconcile

P, Q = "procedures.", "poverty."
counts = st.integers(0, 300_000)
DECIMALS = st.integers(0, 3)


def share(part, whole):
    return Fraction(100 * part, whole)


def rate_text(part, whole, decimals):
    """As offices should print it: digits are added until late dossiers show."""
    text = written(share(part, whole), decimals, "%")
    while part < whole and text.startswith("100"):
        decimals += 1
        text = written(share(part, whole), decimals, "%")
    return text


@st.composite
def dossiers(draw):
    """A consistent set on dossiers: texts by code."""
    early, on_time, late = draw(counts), draw(counts), draw(counts)
    in_time, overdue, returned = draw(counts), draw(counts), draw(counts)
    resolved, process = early + on_time + late, in_time + overdue
    assume(resolved > 0)
    received = resolved + process + returned
    online = draw(st.integers(0, received))
    direct = draw(st.integers(0, received - online))
    told = {
        "received": received,
        "received_online": online,
        "received_direct": direct,
        "carried_over": received - online - direct,
        "resolved": resolved,
        "resolved_early": early,
        "resolved_on_time": on_time,
        "resolved_in_time": early + on_time,
        "resolved_late": late,
        "in_process": process,
        "in_process_in_time": in_time,
        "in_process_overdue": overdue,
        "returned": returned,
    }
    decimals = draw(DECIMALS)
    made = {P + name: count(value) for name, value in told.items()}
    made[P + "in_time_rate"] = rate_text(early + on_time, resolved, decimals)
    made[P + "late_rate"] = written(share(late, resolved), draw(DECIMALS), "%")
    return made


def dossier_figures(made):
    before = figure(P + "in_process", made[P + "carried_over"], YEAR - 1)
    return figures(before, *made.items())


@given(dossiers())
def test_consistent_dossiers_are_left_alone(made):
    assert reconcile(dossier_figures(made), {}) == ()


@given(dossiers(), st.data())
def test_fewer_figures_are_never_a_contradiction(made, data):
    # Dossiers returned must be told if there are any: without them R1 cannot hold.
    kept = {P + "returned", *data.draw(st.sets(st.sampled_from(sorted(made))))}
    found = reconcile(figures(*((code, made[code]) for code in kept)), {})
    assert all(one.severity == "thiếu mẫu số" for one in found)


BOUND = sorted(
    P + name
    for name in (
        "received",
        "received_online",
        "received_direct",
        "carried_over",
        "resolved",
        "resolved_early",
        "resolved_on_time",
        "resolved_in_time",
        "resolved_late",
        "in_process",
        "in_process_in_time",
        "in_process_overdue",
        "returned",
    )
)


@given(dossiers(), st.sampled_from(BOUND), st.integers(1, 5_000))
def test_one_changed_count_is_found(made, code, more):
    changed = {**made, code: count(int(made[code].replace(".", "")) + more)}
    found = reconcile(dossier_figures(changed), {})
    assert any(one.severity in ("mâu thuẫn", "không rõ nghĩa") for one in found)
    assert any(one.concerns(code, YEAR) for one in found)


@given(dossiers(), st.sampled_from([3, -3]))
def test_one_changed_rate_is_found(made, points):
    rate = float(made[P + "in_time_rate"].rstrip("%").replace(",", "."))
    assume(0 <= rate + points <= 100)
    changed = {**made, P + "in_time_rate": written(Fraction(str(rate)) + points, 3, "%")}
    assert "R4" in {one.rule for one in reconcile(dossier_figures(changed), {})}


@st.composite
def review(draw):
    """A consistent review of poor households over `years`, as printed figures."""
    years = draw(st.integers(1, 4))
    households = draw(st.integers(20_000, 1_000_000))
    before = draw(st.integers(20_000, 1_000_000))
    poor, near = (draw(st.integers(1, households // 3)) for _ in "ab")
    poor_then, near_then = (draw(st.integers(1, before // 3)) for _ in "ab")
    start = YEAR - years
    shares = {
        "poor": (share(poor, households), share(poor_then, before)),
        "near_poor": (share(near, households), share(near_then, before)),
        "both": (share(poor + near, households), share(poor_then + near_then, before)),
    }
    made = {
        (Q + "households", YEAR, None): count(households),
        (Q + "households", start, None): count(before),
        (Q + "poor", YEAR, None): count(poor),
        (Q + "near_poor", YEAR, None): count(near),
        (Q + "both", YEAR, None): count(poor + near),
        (Q + "both", start, None): count(poor_then + near_then),
        (Q + "both_change", YEAR, start): count(poor + near - poor_then - near_then),
    }
    for name, (now, then) in shares.items():
        made[Q + f"{name}_rate", YEAR, None] = written(now, 2, "%")
        made[Q + f"{name}_rate", start, None] = written(then, 2, "%")
        made[Q + f"{name}_rate_change", YEAR, start] = written(now - then, 2)
    now, then = shares["poor"]
    made[Q + "poor_rate_yearly", YEAR, start] = written((now - then) / years, 2)
    if years == 1 and draw(st.booleans()):
        plan = draw(st.integers(1, 50_000))
        made[Q + "poor", start, None] = count(poor_then)
        made[Q + "plan_reduction", YEAR, None] = count(plan)
        attained = written(Fraction(100 * (poor_then - poor), plan), 0, "%")
        made[Q + "plan_attainment", YEAR, None] = attained
    return made


def review_figures(made):
    return figures(
        *(figure(code, text, year, since=since) for (code, year, since), text in made.items())
    )


@given(review())
def test_a_consistent_review_is_left_alone(made):
    assert reconcile(review_figures(made), {}) == ()


@given(review(), st.sampled_from(["poor", "near_poor", "both"]), st.integers(1, 500))
def test_a_changed_number_of_households_is_found(made, name, more):
    key = (Q + name, YEAR, None)
    changed = {**made, key: count(int(made[key].replace(".", "")) + more)}
    assert "R7" in {one.rule for one in reconcile(review_figures(changed), {})}


@given(
    review(),
    st.sampled_from(["poor_rate_change", "near_poor_rate_change", "both_rate_change"]),
    st.sampled_from(["0.1", "-0.1", "1", "-5"]),
)
def test_a_changed_change_is_found(made, name, more):
    (key,) = (one for one in made if one[0] == Q + name)
    value = Fraction(made[key].replace(",", ".")) + Fraction(more)
    found = reconcile(review_figures({**made, key: written(value, 2)}), {})
    assert any(one.rule == "R8" and one.concerns(Q + name, YEAR) for one in found)


@given(st.integers(1, 70), st.data())
def test_consistent_ranks_and_shares_are_left_alone(units, data):
    rank = data.draw(st.integers(1, units))
    values = sorted(data.draw(st.lists(st.integers(0, 10_000), min_size=units, max_size=units)))
    own, mean = Fraction(values[-rank], 100), Fraction(sum(values), 100 * units)
    listed = data.draw(st.integers(1, 500))
    online = data.draw(st.integers(0, listed))
    made = figures(
        ("sipas.rank", count(rank)),
        ("sipas.units", count(units)),
        ("sipas.overall", written(own, 2, "%")),
        ("sipas.mean_of_units", written(mean, 2, "%")),
        ("sipas.best", written(Fraction(values[-1], 100), 2, "%")),
        ("sipas.lowest", written(Fraction(values[0], 100), 2, "%")),
        (P + "listed", count(listed)),
        (P + "online_services", count(online)),
        (P + "online_rate", written(share(online, listed), data.draw(DECIMALS), "%")),
    )
    assert reconcile(made, {}) == ()


ALLOWED = (
    "announced=trên 10; announced_new=8; announced_amended=3; announced_abolished=1",
    "carried_over=trên 90; in_process@=100",
    "sipas.rank=trên 20; sipas.units=trên 19",
    "par_index.maximum=trên 95; par_index.points=96,00; par_index.index=90,00%",
    "in_time_rate=100%; resolved_late=không quá 5; resolved=100000",
    "in_time_rate=dưới 100%; resolved_late=5",
    "resolved=trên 330; resolved_in_time=320; in_time_rate=96,00%",
    "resolved=100; received=trên 90; resolved_in_time=94; overdue=trên 5",
    "poverty.plan_attainment=trên 100%; poverty.plan_reduction=300",
)
"""Figures with bounds, ``@`` of the year before: each may be true beside the others."""


def read(text):
    made = []
    for one in text.split("; "):
        name, _, told = one.partition("=")
        number = told.rpartition(" ")[2]
        code = name if "." in name else P + name
        year = YEAR - 1 if name.endswith("@") else YEAR
        made.append(figure(code.rstrip("@"), number, year=year, sentence=f"Cả năm có {told}."))
    return figures(*made)


@pytest.mark.parametrize("text", ALLOWED)
def test_a_bound_is_not_contradicted_by_what_it_allows(text):
    assert [one for one in reconcile(read(text), {}) if one.severity == "mâu thuẫn"] == []


@pytest.mark.parametrize(
    "text", ["carried_over=trên 90; in_process@=80", "sipas.rank=trên 20; sipas.units=19"]
)
def test_a_bound_is_contradicted_by_what_it_rules_out(text):
    assert [one.severity for one in reconcile(read(text), {})] == ["mâu thuẫn"]
