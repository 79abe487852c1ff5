"""Every number taken from data/published stands in the line its trace names, and claims hold there.

The two files are read here with the csv module: what the pages say is held against the lines
themselves, not against what the package made of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

import published_rows
import pytest
import say_texts as country_texts
import say_texts as dti_texts
import say_texts as par_texts
from batch_project import CHECKOUT

from helpers.indices.dti import result as dti
from helpers.indices.par_index import result as par_index
from helpers.indices.scored import national as published_country
from helpers.indices.scored import tables as dti_tables
from helpers.indices.scored import tables as par_index_tables
from helpers.indices.scored import tables_national as published_country_tables
from helpers.reports.province import result as province
from helpers.reports.province import tables as province_tables
from helpers.reports.province import text as province_texts
from helpers.words.numbers import Number
from helpers.words.text import plain

INDICES = {
    "par_index": (par_index, par_texts, par_index_tables),
    "dti": (dti, dti_texts, dti_tables),
}
SPAN = re.compile(r'\[([^\]\[]*)\]\{\.so title="([^"]*)"\}')
LINE = re.compile(r"(data/published/[a-z_]+/\w+\.csv), dòng (\d+)")
SECTIONS = ("overview", "published", "changes", "brief")
TABLES = ("key_figures", "parts", "means", "peers", "history")
PROVINCES = (
    *("ha-noi", "ho-chi-minh", "da-nang", "hai-phong", "kon-tum", "quang-nam", "ha-tinh"),
    *("thanh-hoa", "yen-bai", "son-la", "hoa-binh", "dak-nong"),
)
SUPERLATIVE = re.compile(
    r"(?:cao|thấp|nhiều|ít|nhanh|chậm|gần|tốt|lớn) nhất|đứng đầu|dẫn đầu|duy nhất|phần lớn|hầu hết",
    re.IGNORECASE,
)


def lines() -> dict[tuple[str, int], dict[str, str]]:
    """Return every line of the files by number, as the file has it."""
    indices = (path.name for path in (CHECKOUT / "data" / "published").iterdir() if path.is_dir())
    return {
        (file, number): row
        for index in indices
        for file, number, row in published_rows.lines(CHECKOUT, index)
    }


LINES = lines()


def numbers(*markdown: str) -> Iterator[tuple[str, str]]:
    for text in markdown:
        yield from SPAN.findall(text)


def of_tables(tables: object, names: tuple[str, ...], result: object) -> Iterator[tuple[str, str]]:
    for name in names:
        for row in getattr(tables, name)(result).rows:
            for cell in row:
                if isinstance(cell, Number):
                    yield cell.text, cell.trace


def printed(text: str) -> Decimal:
    """Read a number as it is printed; signs and percent signs say nothing of the line."""
    plain_text = re.sub(r"[^\d,]", "", text.split(" (")[0])
    return Decimal(plain_text.replace(",", "."))


def rounded(value: Decimal, like: Decimal) -> Decimal:
    return value.quantize(like, ROUND_HALF_UP)


def fault(text: str, trace: str) -> str:
    """Say what is wrong with a number of one line, or with a difference of two."""
    found = [LINES[name, int(number)] for name, number in LINE.findall(trace)]
    if not found or "đếm" in trace:
        return ""
    if "hiệu số" in trace:
        one, other = found
        column = "rank" if "thứ hạng" in trace else "value"
        if not one[column] or not other[column]:
            return f"{text}: {column} is empty in a line of {trace}"
        shown = printed(text)
        gap = abs(Decimal(one[column]) - Decimal(other[column]))
        return "" if rounded(gap, shown) == shown else f"{text} is not {gap}: {trace}"
    for row in found:
        rank = row.get("rank", "")
        if text.rstrip("%") in row.get("doubt", ""):
            continue
        if ("/" in text and "," not in text) or "thứ hạng" in trace:
            if text.split("/")[0] != rank:
                return f"place {text} is not {rank or 'empty'}: {trace}"
        elif not row["value"]:
            return f"{text}: no value in {trace}"
        else:
            shown = printed(text.split("/")[0])
            if rounded(Decimal(row["value"]), shown) != shown:
                return f"{text} is not {row['value']}: {trace}"
    return ""


def scored_results() -> list[tuple[str, str, int]]:
    return [
        (index, slug, year)
        for index, (module, _, _) in INDICES.items()
        for year, slugs in module.available().items()
        for slug in slugs
        if slug != "tinh-mau"
    ]


@pytest.mark.parametrize("index", INDICES)
def test_every_trace_of_a_scored_report_leads_to_its_cell(index, shipped):
    module, texts, tables = INDICES[index]
    checked, faults = 0, []
    for year, slugs in module.available(shipped).items():
        for slug in slugs:
            result = module.evaluate(slug, year, shipped)
            found = [
                *numbers(*(getattr(texts, section)(result).markdown for section in SECTIONS)),
                *of_tables(tables, TABLES, result),
            ]
            checked += len(found)
            faults += [f"{slug} {year}: {told}" for pair in found if (told := fault(*pair))]
    assert faults == []
    assert checked > 500


@pytest.mark.parametrize("index", INDICES)
def test_every_trace_of_a_page_on_the_country_leads_to_its_cell(index, shipped):
    faults = []
    for year in INDICES[index][0].available(shipped):
        country = published_country.evaluate(index, year, shipped)
        sections = (country_texts.overview, country_texts.regions, country_texts.changes)
        found = [
            *numbers(*(section(country).markdown for section in sections)),
            *of_tables(published_country_tables, ("results", "regions", "changes"), country),
        ]
        faults += [f"{year}: {told}" for pair in found if (told := fault(*pair))]
    assert faults == []


@pytest.mark.parametrize("slug", PROVINCES)
def test_every_trace_of_a_province_leads_to_its_cell(slug, shipped):
    for year in (2024, 2025):
        if slug not in province.available(shipped)[year]:
            continue
        profile = province.evaluate(slug, year, shipped)
        found = [
            *numbers(province_texts.overview(profile).markdown),
            *of_tables(province_tables, ("key_figures", "years", "neighbours", "parts"), profile),
        ]
        # What this site computes for merged units has several lines, or none.
        found = [pair for pair in found if "bình quân" not in pair[1] and "xếp theo" not in pair[1]]
        assert [told for pair in found if (told := fault(*pair))] == []


@pytest.mark.parametrize("index", INDICES)
def test_nothing_is_the_most_of_an_incomplete_country(index, shipped):
    """«Tăng nhiều nhất» of 4 of 63, «thấp nhất» with two regions missing, were told."""
    for year in INDICES[index][0].available(shipped):
        country = published_country.evaluate(index, year, shipped)
        told = plain(country_texts.overview(country).markdown)
        assert not SUPERLATIVE.search(told), told
        if not country.all_moved:
            said = plain(country_texts.changes(country).markdown)
            assert not re.search(r"nhiều nhất là", said), said
        means = means_of(index, year)
        said = plain(country_texts.regions(country).markdown)
        if len(means) < 6:
            assert not SUPERLATIVE.search(said), said


def means_of(index: str, year: int) -> dict[str, set[Decimal]]:
    """Return the trusted means of the regions, each with what pages print for it."""
    found: dict[str, set[Decimal]] = defaultdict(set)
    for row in LINES.values():
        about = (row["index"], row["year"], row["level"], row["code"])
        if about == (index, str(year), "region", "total") and not row.get("doubt"):
            found[row["unit"]].add(Decimal(row["value"]))
    return found


def test_means_of_partly_surveyed_scores_have_no_end(shipped):
    """2023: six means; which of them is the lowest nobody knows, as no error is published."""
    country = published_country.evaluate("par_index", 2023, shipped)
    assert len(means_of("par_index", 2023)) == 6
    said = plain(country_texts.regions(country).markdown)
    assert said == "Bình quân đã công bố của các vùng được đặt cạnh nhau (@tbl-regions)."
    assert not SUPERLATIVE.search(said)


def test_the_first_place_is_said_to_be_a_published_place(shipped):
    country = published_country.evaluate("par_index", 2024, shipped)
    said = plain(country_texts.overview(country).markdown)
    assert "Theo thứ hạng công bố, xếp thứ 1/63 là" in said


def test_a_count_is_not_set_beside_itself(shipped):
    """«Của 12 trong 63 tỉnh, trong đó 12 đơn vị chỉ có thứ hạng» was told."""
    for index, (module, texts, _) in INDICES.items():
        for year, slugs in module.available(shipped).items():
            country = published_country.evaluate(index, year, shipped)
            told = plain(country_texts.overview(country).markdown)
            said = [told, *(plain(texts.published(module.evaluate(slugs[0], year)).markdown),)]
            for text in said:
                for count, part in re.findall(r"của (\d+)/\d+ tỉnh[^.]*?trong đó (\d+) nơi", text):
                    assert 0 < int(part) < int(count), text


def shared_places() -> dict[tuple[str, str, str], set[str]]:
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in LINES.values():
        if (row["level"], row["code"]) == ("province", "total") and row.get("rank"):
            found[row["index"], row["year"], row["rank"]].add(row["unit"])
    return {key: names for key, names in found.items() if len(names) > 1}


def test_a_place_that_was_given_twice_is_said_to_be(shipped):
    """DTI 2022 has two provinces at 15/63."""
    shared = shared_places()
    assert ("dti", "2022", "15") in shared
    for (index, year, rank), names in shared.items():
        if index not in INDICES:
            continue
        module, texts, _ = INDICES[index]
        for slug in module.available(shipped)[int(year)]:
            result = module.evaluate(slug, int(year), shipped)
            total = result.published.total
            if total is None or str(total.rank) != rank:
                continue
            said = plain(texts.overview(result).markdown)
            for other in names - {total.unit}:
                assert f"cùng thứ hạng cho {other}" in said, said


def test_the_older_index_is_placed_among_its_units(shipped):
    said = plain(dti_texts.changes(dti.evaluate("thanh-hoa", 2022, shipped)).markdown)
    assert "xếp thứ 17/63 (nguồn công bố ghi cùng thứ hạng cho Bà Rịa - Vũng Tàu)" in said


@pytest.mark.parametrize("index", INDICES)
def test_a_side_is_told_only_of_numbers_that_print_apart(index, shipped):
    """Values that print alike, or that pages print otherwise by more than the gap, have no side."""
    module, texts, _ = INDICES[index]
    for year, slugs in module.available(shipped).items():
        for slug in slugs:
            result = module.evaluate(slug, year, shipped)
            for section in ("overview", "changes"):
                said = plain(getattr(texts, section)(result).markdown)
                for size in re.findall(
                    r"(?:cao hơn|thấp hơn|tăng|giảm)[^.;]*? ([\d,]+) điểm", said
                ):
                    assert Decimal(size.replace(",", ".")) > 0, said


def test_published_areas_are_ranked_only_if_all_are_known(shipped):
    for year, slugs in par_index.available(shipped).items():
        for slug in slugs:
            result = par_index.evaluate(slug, year, shipped)
            said = plain(par_texts.published(result).markdown)
            ranked = {
                row["code"]
                for row in LINES.values()
                if (row["index"], row["year"], row.get("slug")) == ("par_index", str(year), slug)
                and row.get("rank")
                and row["code"].isdigit()
            }
            if 2 <= len(ranked) < 8:
                assert f"nêu thứ hạng của {len(ranked)}/8 lĩnh vực" in said
                assert not SUPERLATIVE.search(said), said


def test_units_named_beside_a_province_are_next_to_it(shipped):
    """40 of 63 pages called the neighbours in place «điểm gần nhất»."""
    cent = Decimal("0.01")
    scores = {slug: rounded(value, cent) for slug, value in papi_totals().items()}
    checked = 0
    for slug in province.available(shipped)[2024]:
        profile = province.evaluate(slug, 2024, shipped)
        said = plain(province_texts.neighbours(profile).markdown)
        assert not SUPERLATIVE.search(said)
        if profile.neighbour_year != 2024:
            continue
        own = scores[slug]
        by_name = {
            name: n.place.slug
            for n in profile.neighbours
            for name in (n.place.name, n.place.in_full)
        }
        for side, names in re.findall(r"(liền trên|liền dưới|cùng vị trí) là ([^;(]*)", said):
            named = {by_name[name] for name in re.split(r", | và ", names.strip())}
            if side == "cùng vị trí":
                assert named == {s for s, v in scores.items() if v == own and s != slug}
                continue
            beyond = {s: v for s, v in scores.items() if (v > own) == (side == "liền trên")}
            beyond = {s: v for s, v in beyond.items() if v != own}
            furthest = max(abs(scores[s] - own) for s in named)
            assert named == {s for s, v in beyond.items() if abs(v - own) <= furthest}, said
            assert len(named) >= min(2, len(beyond))
            checked += 1
    assert checked > 100


def papi_totals() -> dict[str, Decimal]:
    """Return the totals of 2024, the sum of the dimensions where the file has none."""
    told, summed = {}, defaultdict(Decimal)
    for row in LINES.values():
        if row["index"] == "papi" and row["year"] == "2024":
            if row["code"] == "total":
                told[row["slug"]] = Decimal(row["value"])
            elif row["code"].isdigit():
                summed[row["slug"]] += Decimal(row["value"])
    return told or dict(summed)
