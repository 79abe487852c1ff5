"""What PAPI's method note states: what is said, what is assumed, where the numbers come from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from helpers.facts.families import Finding, Member
from helpers.facts.value import Key, Value, Why, count
from helpers.inputs.published import published
from helpers.project import find_project
from helpers.words.document import Named

if TYPE_CHECKING:
    from helpers.indices.papi.result import PapiCountry

SEEN_ONCE = "chỉ thấy ở một nguồn"
"""What the lines of ``data/published/papi`` note of a value that no second copy confirms."""


def method(country: PapiCountry) -> tuple[Finding, ...]:
    """Return the statements of the method note, each with its reasons.

    Parameters
    ----------
    country : PapiCountry
    """
    stated = {
        "scoring": tuple(_measure(country)),
        "groups": tuple(_groups(country)),
        "breaks": tuple(_unconfirmed(country)),
        "errors": tuple(_errors(country)),
        "aside": () if country.merged.empty else (Why("merged_by_population"),),
        "sums": tuple(_checks(country)),
        "sources": tuple(Why("file", {"file": name}) for name in _files(country)),
        "copies": tuple(_copies(country)),
    }
    about = Key(country.index, "", country.year, code="method")
    return tuple(
        Finding(about, "method", "stated", {"why": why}, slot)
        for slot, why in stated.items()
        if why
    )


def _measure(country: PapiCountry) -> Iterator[Why]:
    edition = country.edition
    low, high = edition.dimensions[0].scale
    parts = sum(len(dimension.children) for dimension in edition.dimensions)
    told = {
        "dimensions": count(len(edition.dimensions), "part", Why("counted_in_definition")),
        "least": f"{low:g}",
        "most": f"{high:g}",
        "parts": count(parts, "part", Why("counted_in_definition")),
    }
    own, (lowest, highest) = edition.printed_scale, edition.root.scale
    if own == f"{lowest:g}-{highest:g}":
        yield Why("scales", told)
    else:
        yield Why("scales_as_printed", {**told, "printed": own})


def _groups(country: PapiCountry) -> Iterator[Why]:
    total = country.current[country.current["code"] == country.edition.root.code]
    groups = country.definition.groups
    yield Why("groups_defined", {"text": Named(groups.definition, {"en": groups.definition_en})})
    known = bool(total["group_confirmed"].all()) and not total.empty
    yield Why(
        "sizes_published" if known else "sizes_unconfirmed",
        {"units": count(len(total), "unit", Why("totals_known"))},
    )
    if total.empty:
        return
    sizes = tuple(
        Member(
            name, name, count(int((total["group"] == order).sum()), "unit", Why("units_of_group"))
        )
        for order, name in reversed(list(enumerate(groups.names, start=1)))
    )
    yield Why(
        "sizes_of_groups", {"parts": tuple(Why("size_of_group", _size(one)) for one in sizes)}
    )
    middle = total[total["value"] == total["median"]]
    if not middle.empty:
        name = groups.names[int(middle["group"].iloc[0]) - 1]
        yield Why("group_of_median", {"group": name})
    yield Why("places_by_print")


def _size(one: Member) -> dict[str, object]:
    return {"group": one.name, "n": one.value}


def _unconfirmed(country: PapiCountry) -> Iterator[Why]:
    first = country.years[0] if country.years else country.year
    found = [
        Why(
            "indirect_break",
            {
                "before": one.before,
                "after": one.after,
                "codes": tuple(one.codes),
                "status": Why(f"known_{one.status}"),
            },
        )
        for one in country.definition.breaks
        if one.status != "verified" and first < one.after <= country.year
    ]
    if found:
        yield Why("indirect_breaks", {"breaks": tuple(found)})
    for note in country.edition.notes_for(country.year):
        yield Why("note", {"text": note.text.rstrip(".")})


def _errors(country: PapiCountry) -> Iterator[Why]:
    if not country.intervals[country.intervals["year"] == country.year].empty:
        yield Why("intervals_of_workbook")
    likely = country.definition.likely_error(country.edition.root.code, country.year)
    if likely is not None:
        basis = Named(likely.basis, {"en": likely.basis_en})
        source = Why("likely_errors", {"file": f"{country.definition.key}.yml", "derived": basis})
        size = Value(likely.standard_error, decimals=3, source=source)
        yield Why("likely_error", {"error_size": size, "derived": basis})
    yield Why("no_error_of_dimensions")


def _checks(country: PapiCountry) -> Iterator[Why]:
    wrong = country.detail.wrong_sums
    if wrong.empty:
        yield Why("sums_agree_below" if country.has_sub_dimensions else "sums_agree")
        return
    found = []
    for row in wrong.itertuples():
        place = country.places.get(str(row.slug), country.system)
        node = country.edition.get(str(row.code))
        rule = "wrong_total" if node is country.edition.root else "wrong_sum"
        found.append(Why(rule, {"who": place.in_full, "what": node.name_vi}))
    yield Why("sums_differ", {"parts": tuple(found)})


def _copies(country: PapiCountry) -> Iterator[Why]:
    """State from which copies the lines of the year were read, and how many stand in one alone."""
    files = _files(country)
    rows = published(country.index, country.project or find_project())
    rows = rows[(rows["year"] == country.year) & (rows["value"].notna())]
    if any(not name.startswith("data/published/") for name in files) or rows.empty:
        return  # a workbook that somebody took in is named as the file itself
    copies = tuple(Why("copy", {"address": str(url)}) for url in rows["source"].unique())
    yield Why("read_from_copies", {"copies": copies})
    once = int((rows["note"] == SEEN_ONCE).sum())
    source = Why("lines_of_file", {"file": files[0]})
    whole = count(len(rows), "unit", source)
    if once == len(rows):
        yield Why("all_seen_once", {"n": whole})
    elif once:
        yield Why("seen_once", {"n": count(once, "unit", source), "whole": whole})


def _files(country: PapiCountry) -> list[str]:
    """Return the files that scores came from, without line or cell."""
    return sorted({str(source).split(", ", 1)[0] for source in country.current["source"]})
