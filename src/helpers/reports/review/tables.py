"""The tables of the review slip: what to settle, what is proposed, unused, and sources."""

from __future__ import annotations

from helpers.display.table import Cell, Prose, Table
from helpers.facts.value import Why
from helpers.reports.review.printed import Unused
from helpers.reports.review.result import Item, Slip, written
from helpers.words.text import upper_first

NOTHING = Table.nothing("Không có nội dung cho bảng này.")


def items(slip: Slip) -> Table:
    """Show what must be settled and what should be looked at, one matter a line."""
    return _listed(slip, [one for one in slip.items if one.kind != "proposal"], "review_items")


def proposals(slip: Slip) -> Table:
    """Show what the figures suggest and the office has not taken up."""
    return _listed(slip, [one for one in slip.items if one.kind == "proposal"], "review_proposals")


def _listed(slip: Slip, found: list[Item], caption: str) -> Table:
    if not found:
        return NOTHING
    rows: list[tuple[Cell, ...]] = [
        (
            str(number),
            _word(slip, f"review_kind_{one.kind}"),
            Prose(upper_first(written(slip, one.what))),
            _place(slip, one.where),
            _word(slip, one.act),
        )
        for number, one in enumerate(found, 1)
    ]
    heads = ("number", "kind", "what", "where", "act")
    kept = [n for n in range(len(heads)) if any(row[n] for row in rows)]
    return Table(
        header=tuple(_word(slip, f"review_head_{heads[n]}") for n in kept),
        rows=tuple(tuple(row[n] for n in kept) for row in rows),
        caption=_word(slip, caption),
        align="".join("rllll"[n] for n in kept),
    )


def unused(slip: Slip) -> Table:
    """Show what was typed and stands nowhere in the document."""
    if not slip.unused:
        return NOTHING
    heads = ("name", "rows", "where")
    return Table(
        header=tuple(_word(slip, f"review_head_{head}") for head in heads),
        rows=tuple(
            (
                _unused(slip, one),
                str(one.rows) if one.rows else "",
                _place(slip, one.where),
            )
            for one in slip.unused
        ),
        caption=_word(slip, "review_unused_table"),
        align="lrl",
    )


def _unused(slip: Slip, one: Unused) -> str:
    if not one.year:
        return one.name
    return written(slip, Why("review_of_year", {"name": one.name, "year": one.year}))


def sources(slip: Slip) -> Table:
    """Show where every number of the document comes from."""
    if not slip.printed.sources:
        return NOTHING
    return Table(
        header=(_word(slip, "review_head_numbers"), _word(slip, "review_head_source")),
        rows=tuple(
            ("; ".join(numbers), _place(slip, source))
            for source, numbers in slip.printed.sources.items()
        ),
        caption=_word(slip, "review_sources_table"),
        align="ll",
    )


def _place(slip: Slip, where: str) -> str:
    """Return a place without the folder of the delivery, which is the same in every line."""
    return where.replace(f"{slip.annual.entry.delivery.folder_name}/", "")


def _word(slip: Slip, rule: str) -> str:
    return upper_first(written(slip, Why(rule)))
