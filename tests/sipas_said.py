"""What a SIPAS report says and has judged, for tests: one function a section, and the findings."""

from __future__ import annotations

from pathlib import Path

from helpers.facts.changes import change as judged_changes
from helpers.indices.sipas.labels import gap_of
from helpers.indices.sipas.rules import TOTAL
from helpers.words.say import say
from helpers.words.say import title as title_of

CHECKOUT = Path(__file__).resolve().parents[1]


def _section(name):
    def said(result):
        return say(result, name, heading=False, root=CHECKOUT)

    said.__name__ = name
    return said


overview, factors, items, units, changes, country, forms, missing, method, brief = (
    _section(name)
    for name in (
        *("overview", "factors", "items", "units", "changes"),
        *("country", "forms", "missing", "method", "brief"),
    )
)


def title(result):
    """Front matter of the report."""
    return title_of(result, root=CHECKOUT)


def change(result, code=TOTAL):
    """What was found of the change of a score since the year before; None without that year."""
    total = result.found.measured[TOTAL]
    of = next(one for one in (total, *total.parts) if one.key.code == code)
    return next((one for one in judged_changes(of) if one.case != "no_earlier"), None)


def reasons(found):
    """Reasons of the data why two years are not compared."""
    return [why.args.get("reason", why.rule) for why in found.fields.get("why", ())]


def gap(found):
    """The difference with its sign."""
    return gap_of(found)


def number(result, family, field, key="", subject=""):
    """A number of a finding; None where there is none."""
    found = result.found.of(subject, family, key)
    value = None if found is None else found.fields.get(field)
    return None if value is None else value.known


def mean(result):
    """The mean that the result is set beside."""
    return number(result, "against", "mark", "mean")


def ends(result):
    """Lowest and highest result of the peers as the overview tells them."""
    found = result.found.of("", "span")
    return found.fields["low"].value.known, found.fields["high"].value.known


def place(result):
    """Place and number of units as they may be told; None where they may not."""
    rank = number(result, "place", "rank")
    return None if rank is None else (rank, number(result, "place", "units"))
