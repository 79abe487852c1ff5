"""Words that depend on the data: names, groups, sources and traced numbers of a PAPI result."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from helpers.definitions import FrameworkEdition
from helpers.definitions.models import TOTAL
from helpers.facts.leading import population
from helpers.facts.standing import alike, holders
from helpers.indices.papi.result import PapiCountry, PapiResult
from helpers.words.numbers import Number, decimal, magnitude, place, whole
from helpers.words.text import joined

MOST_TIED = 3
"""Units of one printed score that are named; more are counted."""


def name(edition: FrameworkEdition, code: str) -> str:
    """Return how a criterion is called inside a sentence."""
    criterion = edition.get(code)
    return "điểm tổng hợp" if criterion.code == TOTAL else criterion.name_vi


def names(edition: FrameworkEdition, codes: Iterable[str]) -> list[str]:
    """Return the names of several criteria."""
    return [name(edition, code) for code in codes]


def group(result: PapiResult, number: int) -> str:
    """Return the name of a quartile group (1 lowest to 4 highest)."""
    return result.definition.groups.names[number - 1]


def scale(edition: FrameworkEdition) -> str:
    """Return the scale of the total, a sum of dimensions that have their own: ``8-80``."""
    low, high = edition.root.scale
    return f"{low:g}-{high:g}"


def units(country: PapiCountry) -> str:
    """Return what is measured: provinces and cities."""
    return "tỉnh, thành phố" if country.system == "63" else "đơn vị cấp tỉnh"


def slug_names(country: PapiCountry, slugs: Iterable[str]) -> list[str]:
    """Return the names of units of the country's system, for a list in running text, in order."""
    wanted = set(slugs)
    return [unit.in_full for unit in country.places.units(country.system) if unit.slug in wanted]


def own_score(result: PapiResult, code: str) -> Number:
    """Return the province's score with its source."""
    score = result.score(code)
    return published_score(result, code, result.year, score.value, score.source)


def published_score(result: PapiResult, code: str, year: int, value: float, source: str) -> Number:
    """Return a score of the province in any year with its source."""
    edition = result.definition.edition(year)
    trace = f"PAPI {year}, {name(edition, code)}, {result.place.name}: {source}"
    return Number(decimal(value, result.definition.decimals), trace)


def own_place(result: PapiResult, code: str) -> Number:
    """Return the province's place among all units with a score."""
    score = result.score(code)
    return Number(place(score.rank, score.n), _rank_trace(result, code, score.n))


def held(result: PapiResult, code: str) -> str:
    """Return place and tie of a score: ``thứ 3/61``, ``đồng hạng thứ 3/61``."""
    tie = "đồng hạng " if result.score(code).tied > 1 else ""
    return f"{tie}thứ {own_place(result, code)}"


def own_rank(result: PapiResult, code: str) -> Number:
    """Return the province's place without the number of units, for a sentence that names it."""
    score = result.score(code)
    return Number(whole(score.rank), _rank_trace(result, code, score.n))


def _rank_trace(result: PapiResult, code: str, n: int) -> str:
    return (
        f"xếp theo {name(result.edition, code)} làm tròn của {n} "
        f"{units(result.country)}, PAPI {result.year}"
    )


def tied_with(result: PapiResult, code: str) -> str:
    """Say with whom the province shares its place, and that they print alike; empty for none."""
    rows = result.country.current
    rows = rows[rows["code"] == code]
    others = alike(rows, result.place.slug, result.definition.decimals)
    if others.empty:
        return ""
    names = slug_names(result.country, others["slug"])
    if len(names) > MOST_TIED:
        count = counted(len(names), "đơn vị có cùng điểm làm tròn")
        said = f"{count} {units(result.country)} khác"
    else:
        said = joined(names)
    apart = set(others["group"]) != {result.score(code).group}
    why = "; nhóm chia theo điểm chưa làm tròn" if apart else ""
    return f"đồng hạng với {said} (điểm làm tròn như nhau{why})"


def difference(value: float, rule: str, decimals: int = 2) -> Number:
    """Return the size of a difference; `rule` says between what."""
    return Number(magnitude(value, decimals), f"hiệu số chưa làm tròn: {rule}")


def computed(value: float, rule: str, decimals: int = 2) -> Number:
    """Return a value that this project computed; `rule` says how."""
    return Number(decimal(value, decimals), f"tính toán: {rule}")


def counted(value: int, rule: str) -> Number:
    """Return a count with what was counted."""
    return Number(whole(value), f"đếm: {rule}")


def ends_among(country: PapiCountry, code: str) -> str:
    """Return whom an end of the order is the end of: the country, or the units with a score."""
    scored = set(country.current.loc[country.current["code"] == code, "slug"])
    among = population(
        country.places.units(country.system), lambda unit: 1.0 if unit.slug in scored else None
    )
    if among.is_whole:
        return "cả nước"
    number = counted(len(among.known), f"{units(country)} có điểm trong số liệu PAPI")
    return f"trong {number} {units(country)} có số liệu"


def leaders(country: PapiCountry, code: str) -> str:
    """Return the names of the units with the highest printed score."""
    return holders_named(country, code, highest=True)


def holders_named(country: PapiCountry, code: str, *, highest: bool) -> str:
    """Return the names of the units with the highest or lowest printed score."""
    rows = country.current[country.current["code"] == code]
    best = holders(rows, highest=highest, decimals=country.definition.decimals)
    return joined(slug_names(country, best))


def files(sources: pd.Series) -> list[str]:
    """Return the files that scores came from, without line or cell."""
    return sorted({str(source).split(", ", 1)[0] for source in sources})
