"""Which headings may hold the sentence of a finding, and how sections tell findings apart."""

from __future__ import annotations

from helpers.facts.families import Finding

KEYS = frozenset(
    {
        *("previous", "base"),
        *("target", "mean", "pooled", "median", "region", "country", "best", "lowest", "self"),
        *("forms", "answers"),
        *("basis", "structure", "rules", "sums", "scoring", "groups", "breaks", "notes", "owner"),
        *("aside", "sources", "copies", "office", "pages", "sum", "found", "errors", "ranking"),
        *("value", "parts", "error", "error_of_parts", "peers", "spread"),
        *("dates", "not_compared", "portal", "published", "impossible", "options", "left_out"),
        *("unconfirmed", "inferred", "simulated"),
        *("plan", "tasks", "follow_up", "limits", "documents", "citizens", "inspections"),
        *("measures", "gaps", "conflicts", "corrections", "empty"),
        *("announced", "digitised", "apologies", "assessed", "months", "nothing"),
        *("online_rate", "online_full", "device_unsatisfied"),
        *(
            "opening",
            "single",
            "first",
            "second",
            "third",
            "indices",
            "earlier",
            "plan",
            "late",
        ),
        *("open", "done", "citizens", "inspected", "limits", "causes", "tasks", "closing"),
        *("prepared", "prepared_each", "prepared_alone", "issued", "issued_each", "issued_alone"),
        *("units", "units_open", "units_each", "offices", "offices_without"),
    }
)
"""What tells two findings of one family apart, as sections write it: ``{{ against.mean }}``."""


def keys_of(finding: Finding) -> frozenset[str]:
    """Return by what a finding is told apart from others of its family: slot, and role of the year."""
    role = finding.fields.get("role")
    return frozenset(key for key in (finding.slot, role) if isinstance(key, str) and key)


def headings(finding: Finding, subject: str, form: str) -> tuple[str, ...]:
    """Return the headings that may hold a finding's sentence, the most particular first."""
    tail = f"{finding.case}.{form}" if form else finding.case
    role = finding.fields.get("role")
    own = [finding.slot, role if isinstance(role, str) else "", subject]
    brackets = [f"[{one}]" for one in own if one]
    return tuple(f"{finding.family}{bracket}.{tail}" for bracket in (*brackets, ""))
