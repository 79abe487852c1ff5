"""Which year, unit and system a sentence on PAPI speaks of."""

from __future__ import annotations

import re
from fractions import Fraction

from .claims import At
from .context import facts
from .numbers import N, count, prints
from .published import Papi

NAME = r"(?:(?:[Tt]ỉnh |[Tt]hành phố |TP\. )?[A-ZĐ][\wÀ-ỹ]*(?:(?: | - |-)[A-ZĐ][\wÀ-ỹ]*)*)"
GROUP = r"(?:Trung bình thấp|Trung bình cao|Thấp|Cao)"
TITLE = r"[A-ZĐ][^;:().]*?"
SHARED = r"đồng hạng|[Cc]ùng|bằng nhau|như nhau"


def papi(at: At) -> Papi:
    return facts(at).papi


def default_year(at: At) -> int:
    """The newest year of scores that the page can speak of."""
    years = [year for year in papi(at).years if year <= at.page.year]
    if at.page.slug != "ca-nuoc":
        system = system_of(at)
        known = [y for y in years if at.page.slug in papi(at).of(y, "total", system)]
        if at.page.kind == "papi":
            # Some have dimensions and no total.
            codes = [(y, code) for y in years for code in papi(at).codes(y)]
            known = [y for y, code in codes if at.page.slug in papi(at).of(y, code, system)]
        years = known or years
    return years[-1] if years else papi(at).years[0]


def year_before(at: At, place: int) -> int:
    """The year named last before a place in the paragraph, else the page's.

    What stands closed in brackets, such as "(thứ 3/63; năm 2022: 7,38 điểm)", is said by the way.
    """
    said = f"{at.before} {at.text.text[:place]}"
    said = re.sub(r"\([^()]*năm 20\d\d: [^()]*\)", "", said)
    known = [int(y) for y in re.findall(r"(?:[Nn]ăm|PAPI) (20\d\d)", said)]
    known = [year for year in known if year in papi(at).years]
    return known[-1] if known else default_year(at)


def system_of(at: At, units: int | None = None) -> str:
    """63 or 34, told by how many are counted, else by the year of the page."""
    if units is not None:
        return "34" if units <= 34 else "63"
    return "34" if at.page.kind == "province" and at.page.year >= 2025 else "63"


def old_slug(at: At) -> str:
    """Slug of the page's unit among the 63, where it kept its borders."""
    unit = facts(at).register.units["34"].get(at.page.slug)
    kept = unit is not None and len(unit.parts) == 1 and at.page.year >= 2025
    return unit.parts[0] if kept and unit else at.page.slug


def code_of(at: At, said: str) -> str | None:
    """Code of a criterion whose name the text is or ends with."""
    names = papi(at).names
    said = re.sub(r"^\d\. ", "", said.strip().rstrip(","))
    if said in names:
        return names[said]
    for name in sorted(names, key=len, reverse=True):
        if said.endswith(name):
            return names[name]
    return None


def own(at: At, code: str, year: int, system: str | None = None) -> Fraction | None:
    """Score of the page's own unit."""
    system = system or system_of(at)
    slug = at.page.slug
    return papi(at).of(year, code, system).get(slug)


def check_place(at: At, code: str, year: int, slug: str, rank: str, units: str) -> None:
    """A place and among how many."""
    system = system_of(at, count(units))
    scores = papi(at).of(year, code, system)
    if slug not in scores and system == "34":
        unit = facts(at).register.units["63"].get(slug)
        slug = unit.successor if unit else slug
    if slug not in scores:
        at.check(False, "vị trí", f"{slug} không có điểm {code} năm {year}")
        return
    place, n = papi(at).place(year, code, slug, system)
    at.check((count(rank), count(units)) == (place, n), "vị trí", f"{code} {year}: {place}/{n}")
    if tied := papi(at).tied(year, code, slug, system):
        text = at.text.text
        # Two contents may hold the same place, one of them shared.
        spots = [m.start() for m in re.finditer(rf"(?<!\d){rank}/{units}(?!\d)", text)]
        near = [text[max(0, spot - 90) : spot + 90] for spot in spots] or [text]
        told = any(re.search(SHARED, part) for part in (*near, text[:60]))
        at.check(bool(told), "đồng hạng", f"{code} {year}: điểm in như {tied}")


def check_group(at: At, code: str, year: int, slug: str, group: str, system: str) -> None:
    """A group of four."""
    if slug not in papi(at).of(year, code, system):
        return
    known = papi(at).group(year, code, slug, system)
    at.check(group in known, "nhóm", f"{code} {year}: nhóm {' hoặc '.join(sorted(known))}")


def check_score(at: At, code: str, year: int, slug: str, said: str, system: str) -> bool:
    """A score at its printed precision."""
    value = papi(at).of(year, code, system).get(slug)
    at.check(prints(said, value), "điểm", f"{code} {year} {slug}: {value and float(value):.4f}")
    return value is not None


__all__ = ["GROUP", "NAME", "TITLE", "N"]
