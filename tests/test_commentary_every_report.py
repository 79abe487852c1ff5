"""Every text of every province and year that ships, and of the national pages."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from inspect import signature
from statistics import median

import nbformat
import pytest
from papi_texts import (
    OF_COUNTRY,
    OF_PROVINCE,
    REFERENCE,
    SPAN,
    check_numerals,
    check_sentences,
    check_spacing,
    untraced,
)
from published_rows import lines
from words_made import CHECKOUT

from helpers import tables
from helpers.indices.papi import result as papi
from helpers.indices.papi import text as commentary
from helpers.indices.papi.arithmetic import check_sums
from helpers.project import Project
from helpers.words.terms import read_terms

YEARS = (2020, 2021, 2024)


@pytest.fixture(scope="module")
def texts(results, countries):
    """Markdown of every section: (year, slug or "ca-nuoc", section) to text."""
    made = {
        (year, slug, section.__name__): section(result).markdown
        for (year, slug), result in results.items()
        for section in OF_PROVINCE
    }
    made |= {
        (year, "ca-nuoc", section.__name__): section(country).markdown
        for year, country in countries.items()
        for section in OF_COUNTRY
    }
    return made


@pytest.fixture(scope="module")
def shipped_rows(little_known):
    """Lines of the published table by their number, as text and decimals."""
    return {f"{file}, dòng {line}": row for file, line, row in lines(little_known.root, "papi")}


@pytest.fixture(scope="module")
def values(shipped_rows):
    return {
        (int(row["year"]), row["slug"], row["code"]): Decimal(row["value"])
        for row in shipped_rows.values()
    }


def half_up(value):
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def printed(text):
    return Decimal(text.replace(".", "").replace(",", "."))


def test_every_report_has_a_text_in_every_section(texts):
    assert len(texts) == (63 + 60 + 61) * len(OF_PROVINCE) + len(YEARS) * len(OF_COUNTRY)
    assert all(texts.values())


def test_the_rule_for_numerals_lets_no_result_through():
    for text in ("đạt 43,21 điểm", "xếp thứ 5", "13/63", "có 7 tỉnh", "1.234", "2,5", "20245"):
        assert re.search(r"\d", untraced(text)), text
    for text in ("năm 2024", "ngày 01/7/2025", "thang 10-80", "mã 3.2 (", "8.1 và 8.2;"):
        assert not re.search(r"\d", untraced(text)), text


def test_every_numeral_has_a_trace(texts):
    for key, text in texts.items():
        check_numerals(key, text)


WORDS = tuple(read_terms(CHECKOUT, "vi").numbers)
"""Small counts, as the words write them."""


def test_every_trace_says_something(texts):
    for key, text in texts.items():
        for number, trace in SPAN.findall(text):
            counted = number.lower() in WORDS
            assert counted or re.fullmatch(r"[−+]?[\d.]+(,\d+)?(/[\d.]+)?", number), (key, number)
            assert len(trace) > 10, (key, trace)
            assert "nan" not in trace, (key, trace)
            assert ": /" not in trace, (key, trace)


def test_spacing_brackets_and_quotes(texts):
    for key, markdown in texts.items():
        check_spacing(key, markdown)


def test_sentences_end_with_a_full_stop_and_begin_with_a_capital(texts):
    for key, markdown in texts.items():
        check_sentences(key, markdown)


def test_texts_use_no_words_that_numbers_do_not_carry(texts):
    for key, markdown in texts.items():
        for word in ("vượt bậc", "đột phá", "ấn tượng", "năm nay", "năm ngoái", "vừa qua", "!"):
            assert word not in markdown, (key, word)


def test_references_lead_to_labels_of_the_notebook(texts, checkout):
    labels = {}
    for name in ("papi", "papi_national"):
        cells = nbformat.read(checkout.notebooks / f"{name}.ipynb", 4).cells
        labels[name] = set(re.findall(r"#\| label: (\S+)", "\n".join(c.source for c in cells)))
        assert labels[name]
    for (year, slug, section), text in texts.items():
        own = labels["papi_national" if slug == "ca-nuoc" else "papi"]
        for reference in REFERENCE.findall(text):
            assert reference[1:] in own, (year, slug, section, reference)


def test_a_score_is_that_of_the_line_it_names(texts, shipped_rows, countries):
    seen = 0
    pattern = re.compile(r"PAPI (\d{4}), (.+), ([^,]+): (data/published/papi/\d+\.csv, dòng \d+)")
    for key, text in texts.items():
        for number, trace in SPAN.findall(text):
            if not (found := pattern.fullmatch(trace)):
                continue
            year, name, province, line = found.groups()
            row = shipped_rows[line]
            criterion = countries[int(year)].edition.get(row["code"])
            assert row["year"] == year, key
            assert row["unit"] == province.removeprefix("TP. "), key  # the name for tables
            assert name == ("điểm tổng hợp" if row["code"] == "total" else criterion.name_vi), key
            assert printed(number) == half_up(Decimal(row["value"])), (key, number, trace)
            seen += 1
    assert seen > 184 * 4


def test_a_place_is_that_of_the_shipped_scores(texts, values, countries):
    seen = 0
    codes = {name_of(c): c.code for c in countries[2020].edition.nodes}
    pattern = re.compile(r"xếp theo (.+) làm tròn của (\d+) tỉnh, thành phố, PAPI (\d{4})")
    for (year, slug, section), text in texts.items():
        for span in SPAN.finditer(text):
            number, trace = span.groups()
            if not (found := pattern.fullmatch(trace)):
                continue
            name, units, of_year = found.groups()
            code = codes[name]
            all_values = [v for (y, _, c), v in values.items() if (y, c) == (int(of_year), code)]
            own = half_up(values[year, slug, code])
            rank = 1 + sum(half_up(value) > own for value in all_values)
            assert int(of_year) == year
            assert int(units) == len(all_values)
            if text[: span.start()].endswith(" trong "):  # among how many, said beside the place
                assert number == units, (year, slug, section)
                continue
            said = f"{rank}/{units}" if "/" in number else str(rank)
            assert number == said, (year, slug, section)
            seen += 1
    assert seen > 184 * 3


def name_of(criterion):
    return "điểm tổng hợp" if criterion.code == "total" else criterion.name_vi


def test_a_difference_is_rounded_once_from_unrounded_scores(texts, values, countries):
    seen = Counter()
    pattern = re.compile(
        r"hiệu số chưa làm tròn: PAPI (\d{4}), điểm tổng hợp, .*? và (?:"
        r"PAPI (\d{4}), điểm tổng hợp,.*|tính toán: (trung vị|bình quân) của (\d+) tỉnh, thành phố)"
    )
    for (year, slug, section), text in texts.items():
        if slug == "ca-nuoc":
            continue
        places, units = countries[year].places, totals(values, year)
        for number, trace in SPAN.findall(text):
            if not (found := pattern.fullmatch(trace)):
                assert "điểm tổng hợp" not in trace.partition("hiệu số chưa làm tròn")[2], trace
                continue
            later, earlier, kind, among = found.groups()
            assert int(later) == year
            if earlier:
                other = values[int(earlier), slug, "total"]
            elif kind == "trung vị":
                other = median(units.values())
                assert int(among) == len(units)
            else:
                region = places.get(slug, "63").region
                inside = [v for one, v in units.items() if places.get(one, "63").region == region]
                other = sum(inside) / len(inside)
                assert int(among) == len(inside)
            exact = half_up(abs(units[slug] - other))
            assert printed(number) == exact, (year, slug, section, trace)
            seen["năm" if earlier else kind] += 1
    assert seen == {"năm": 57, "trung vị": 181, "bình quân": 183}


def totals(values, year):
    return {slug: v for (y, slug, code), v in values.items() if (y, code) == (year, "total")}


def test_the_gap_to_the_country_is_over_the_units_of_both_years(texts, values):
    seen = 0
    trace = re.compile(
        r"hiệu số chưa làm tròn: giá trị và trung vị của (\d+) đơn vị có .*cả hai năm"
    )
    for (year, slug, section), text in texts.items():
        told = [(n, found) for n, one in SPAN.findall(text) if (found := trace.fullmatch(one))]
        if not told or slug == "ca-nuoc":
            continue
        before, now = totals(values, 2021), totals(values, year)
        both = before.keys() & now.keys()
        gaps = [
            half_up(units[slug] - median(units[one] for one in both)) for units in (before, now)
        ]
        said = [printed(number.replace("−", "-")) for number, _ in told]
        assert said == gaps, (year, slug, section)
        assert {int(found[1]) for _, found in told} == {len(both)}
        seen += 1
    assert seen == 58


MARGIN = Decimal("1.15029")
"""1,96 · √2 · 0,415: the 95 % margin of a difference of two totals without a published error."""


def test_no_total_inside_the_likely_error_is_said_to_move(texts, values):
    pattern = re.compile(
        r"điểm tổng hợp (nhiều khả năng đã (?:tăng|giảm)|chưa có thay đổi rõ rệt|làm)"
    )
    seen = Counter()
    for (year, slug, section), text in texts.items():
        if section == "changes" and slug != "ca-nuoc" and (found := pattern.search(text)):
            gap = values[year, slug, "total"] - values[2021, slug, "total"]
            said = found.group(1).split()[-1]
            if abs(gap) > MARGIN:
                assert said == ("tăng" if gap > 0 else "giảm"), (year, slug)
            elif half_up(values[year, slug, "total"]) == half_up(values[2021, slug, "total"]):
                assert said == "làm", (year, slug)
            else:
                assert said == "rệt", (year, slug)
            seen[said] += 1
    assert seen == {"tăng": 24, "giảm": 5, "rệt": 28, "làm": 1}


def test_sides_of_the_median_are_told_only_beyond_the_likely_error(texts, values):
    seen = Counter()
    for (year, slug, section), text in texts.items():
        if section != "overview" or slug == "ca-nuoc":
            continue
        units = [v for (y, _, c), v in values.items() if (y, c) == (year, "total")]
        gap = values[year, slug, "total"] - median(units)
        n = len(units)
        # The own score is one of those that the median is made of.
        margin = Decimal(1.959964 * 0.415 * (1 + (1.570796 - 2) / n) ** 0.5)
        read = SPAN.sub(r"\1", text)
        sure = re.search(r"Mức này nhiều khả năng (cao|thấp) hơn trung vị", read)
        assert bool(sure) == (abs(gap) > margin), (year, slug)
        if sure:
            assert sure.group(1) == ("cao" if gap > 0 else "thấp")
        seen[year, bool(sure)] += 1
    assert seen[2024, False] == 22


VERBS = re.compile(
    r"\b(tăng|giảm|vươn|tụt|cải thiện|suy giảm|chuyển từ nhóm|lên nhóm|xuống nhóm|"
    r"(?:cao|thấp) hơn|nhiều nhất|ít nhất|tốt hơn|kém hơn|hơn kém)\b"
)
ALLOWED = re.compile(
    r"nhiều khả năng đã (?:tăng|giảm)|nhiều khả năng (?:cao|thấp) hơn|kết luận chỉ số nội dung nào "
    r"tăng hay giảm|kéo tăng hoặc kéo giảm|số đơn vị tăng, giảm được đếm|trang tỉnh nêu tăng hoặc giảm"
)


def test_without_a_published_error_nothing_is_called_higher_lower_risen_or_fallen(texts):
    for key, text in texts.items():
        if key[2] != "method":
            left = ALLOWED.sub("", SPAN.sub(r"\1", text))
            assert not (found := VERBS.search(left)), (key, found and found.group())


def test_every_tie_of_a_total_is_told_with_whom(texts, values, countries):
    ties = 0
    for (year, slug, section), text in texts.items():
        if section != "overview" or slug == "ca-nuoc":
            continue
        own = half_up(values[year, slug, "total"])
        alike = [
            s
            for (y, s, c), v in values.items()
            if (y, c) == (year, "total") and s != slug and half_up(v) == own
        ]
        assert ("đồng hạng với " in text) == bool(alike), (year, slug)
        for other in alike:
            assert countries[year].places.get(other, "63").name in text
        ties += bool(alike)
    assert ties > 15


def test_every_tie_of_a_named_dimension_is_told(texts, values, countries):
    seen = Counter()
    pattern = re.compile(
        r"\(([\d,]+) điểm, (?:trung vị [\d,]+ điểm, )?(đồng hạng )?thứ (\d+)/(\d+)\)"
    )
    for (year, slug, section), text in texts.items():
        if section != "strengths_and_weaknesses":
            continue
        read = SPAN.sub(r"\1", text).replace("**", "")
        for dimension in countries[year].edition.dimensions:
            for found in re.finditer(re.escape(dimension.name_vi) + " " + pattern.pattern, read):
                scores = [
                    half_up(v)
                    for (y, _, c), v in values.items()
                    if (y, c) == (year, dimension.code)
                ]
                own = printed(found.group(1))
                assert own == half_up(values[year, slug, dimension.code])
                assert bool(found.group(2)) == (scores.count(own) > 1), (year, slug, dimension.code)
                assert int(found.group(3)) == 1 + sum(s > own for s in scores)
                seen[bool(found.group(2))] += 1
    assert min(seen.values()) > 100


def test_dimensions_of_one_place_are_named_together(texts):
    shared = 0
    pattern = re.compile(r"thứ (\d+/\d+)\)")
    for (year, slug, section), text in texts.items():
        if section != "strengths_and_weaknesses":
            continue
        read = SPAN.sub(r"\1", text)
        for sentence in re.split(r"(?<=\.)\s+", read):
            if not re.search("ị trí (?:tốt|thấp) nhất là", sentence) or "cùng có" in sentence:
                continue
            (own,) = pattern.findall(sentence)
            paragraph = next(p for p in read.split("\n\n") if sentence in p)
            assert pattern.findall(paragraph).count(own) == 1, (year, slug, sentence)
        shared += len(re.findall("cùng có vị trí", read))
    assert shared > 10


def test_2021_tells_no_change_at_all(texts):
    for (year, slug, section), markdown in texts.items():
        if year == 2021 and section == "changes":
            read = ALLOWED.sub("", SPAN.sub(r"\1", markdown))
            assert not re.search(r"\b(tăng|giảm)\b", read), slug
            assert "Có năm chỉ số nội dung so sánh được với năm 2020" in read


def test_2021_names_every_refused_score_with_its_reason(texts):
    for (year, _slug, section), text in texts.items():
        if year == 2021 and section == "changes":
            lines = [line for line in text.split("\n") if line.startswith("- ")]
            assert len(lines) == 4
            for line, reason in zip(lines, ("3.2", "5.2", "6.4", "nêu trên"), strict=True):
                assert reason in line


def test_2020_tells_no_change_at_all(texts):
    for (year, slug, section), text in texts.items():
        if year == 2020 and section == "changes":
            assert "không nêu thay đổi" in text, slug
            assert not re.search(r"\b(tăng|giảm)\b", text), slug


def test_2021_tables_show_no_difference_of_what_may_not_be_compared(results):
    for (year, slug), result in results.items():
        if year != 2021:
            continue
        data, _ = tables.changes(result)._repr_mimebundle_()
        rows = [line.split("|")[1:-1] for line in data["text/markdown"].split("\n")[2:11]]
        shown = [row[-1].strip() for row in rows]
        assert len(shown) == 9, slug
        for code, change in zip(result.top_codes(), shown, strict=True):
            if code in ("total", "3", "5", "6"):
                assert change == "không so sánh", (slug, code)
            else:
                assert re.search(r"[+−]?\d,\d\d", change), (slug, code)


def test_the_same_scores_give_the_same_text(texts, little_known, tmp_path):
    # a copy, because a year is computed once for each checkout
    little_known = Project(shutil.copytree(little_known.root, tmp_path / "copy"))
    for slug in ("quang-nam", "ha-noi"):
        again = papi.evaluate(slug, 2024, little_known)
        for section in OF_PROVINCE:
            assert section(again).markdown == texts[2024, slug, section.__name__]
    country = papi.evaluate_country(2021, little_known)
    for section in OF_COUNTRY:
        assert section(country).markdown == texts[2021, "ca-nuoc", section.__name__]


def test_titles_and_descriptions_name_province_year_and_the_printed_score(results, values):
    for (year, slug), result in results.items():
        front = commentary.title(result)
        full_name = result.place.full_name(year)
        assert front.title == f"Chỉ số PAPI năm {year} của {full_name}"
        assert front.categories == ("PAPI", str(year), result.place.name)
        score = str(half_up(values[year, slug, "total"])).replace(".", ",")
        assert f"đạt {score} điểm" in front.description
        assert "{" not in front.description
        assert front.description.endswith(".")


def test_names_are_those_of_the_year(results):
    hue = results[2024, "thua-thien-hue"]
    assert commentary.title(hue).title.endswith("tỉnh Thừa Thiên Huế")
    assert "mang tên thành phố Huế" in str(commentary.merger(hue))


def test_the_tolerance_told_is_the_one_used(texts):
    assert signature(check_sums).parameters["tolerance"].default == 0.0001
    assert "không quá 0,0001 điểm" in texts[2024, "ha-noi", "method"]
