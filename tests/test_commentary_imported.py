"""Texts of the years that come from the official workbook, with parts, gaps and intervals."""

from __future__ import annotations

import shutil

import pandas as pd
import pytest
from papi_texts import OF_COUNTRY, OF_PROVINCE, check_numerals, check_sentences, check_spacing
from scipy.stats import false_discovery_control, norm

from helpers.indices.papi import result as papi
from helpers.indices.papi import text as commentary
from helpers.indices.papi.importing import import_papi
from helpers.project import Project
from helpers.words.numbers import in_words


@pytest.fixture(scope="module")
def project(shared, shipped, tmp_path_factory):
    copy = Project(shutil.copytree(shipped.root, tmp_path_factory.mktemp("with") / "imported"))
    import_papi(shared / "PAPI-2015-2023.xlsm", copy)
    return copy


@pytest.mark.parametrize("year", [2015, 2016, 2018, 2019, 2022, 2023])
def test_every_text_keeps_the_rules(project, year):
    country = papi.evaluate_country(year, project)
    texts = {section.__name__: section(country).markdown for section in OF_COUNTRY}
    odd = with_gaps(country)
    chosen = [p for n, p in enumerate(country.measured) if n % 6 == 0 or p.slug in odd]
    for place in chosen:
        result = papi.of_province(place, country)
        for section in OF_PROVINCE:
            texts[f"{place.slug} {section.__name__}"] = section(result).markdown
    for name, text in texts.items():
        key = (year, name)
        assert text, key
        check_numerals(key, text)
        check_spacing(key, text)
        check_sentences(key, text)


def with_gaps(country):
    """Units with some scores missing, or with an error printed as zero."""
    rows = country.current
    counts = rows[rows["code"].isin(c.code for c in country.edition.nodes)]
    counts = counts.groupby("slug").size()
    zero = country.intervals[country.intervals["standard_error"] == 0]
    return {*counts[counts < counts.max()].index, *zero["slug"]}


def test_a_difference_inside_the_printed_error_is_not_called_a_change(project):
    said = str(commentary.changes(papi.evaluate("ha-noi", 2023, project)))
    assert said.startswith(
        "So với năm 2022, điểm tổng hợp chưa có thay đổi rõ rệt (43,90 và 43,96 điểm): chênh lệch 0,06 "
        "điểm nằm trong sai số khảo sát (±"
    )
    # 2021 has no printed error: what is said of it rests on the assumed one.
    assert "So với năm 2021, năm gốc của nhiệm kỳ, điểm tổng hợp" in said
    assert "sai số ước tính (±" in said


def test_the_counts_of_2023_are_those_of_the_printed_errors(project, shared):
    rows = pd.read_csv(shared / "papi_totals_ci.csv")
    wide = rows.pivot_table(
        index="province_vi", columns="year", values=["total_unweighted", "standard_error"]
    )
    wide = wide.dropna(subset=[("total_unweighted", 2022), ("total_unweighted", 2023)])
    gap = wide["total_unweighted", 2023] - wide["total_unweighted", 2022]
    before, after = wide["standard_error", 2022], wide["standard_error", 2023]
    known = (before > 0) & (after > 0)
    # Counted together: Benjamini and Hochberg over the units of which both errors are printed.
    chances = 2 * norm.sf((gap / (before**2 + after**2) ** 0.5).abs()[known])
    sure = gap[known][false_discovery_control(chances) <= 0.05]
    up, down = (sure > 0).sum(), (sure < 0).sum()
    unknown = (~known).sum()
    said = str(commentary.changes(papi.evaluate_country(2023, project)))
    unmoved = len(gap) - up - down - unknown
    assert said.startswith(
        f"So với năm 2022, trong {len(gap)} tỉnh, thành phố có điểm tổng hợp cả hai năm, "
        f"{in_words(up)} đơn vị tăng, {in_words(down)} đơn vị giảm vượt sai số khảo sát, {unmoved} "
        f"đơn vị chưa thay đổi rõ rệt và {in_words(unknown)} đơn vị chưa có đủ sai số để kết luận"
    )
    assert unknown == 3


@pytest.mark.parametrize("slug", ["soc-trang", "bac-lieu", "ca-mau"])
def test_an_error_printed_as_zero_is_not_taken_for_certainty(project, slug):
    result = papi.evaluate(slug, 2022, project)
    assert result.interval is None
    assert "không kèm sai số khảo sát của năm 2022" in str(commentary.overview(result))


def test_bac_giang_2022_has_dimensions_but_no_total(project):
    result = papi.evaluate("bac-giang", 2022, project)
    assert not result.has_total
    assert result.dimension_codes() == ("3", "6", "7", "8")
    assert "không công bố điểm tổng hợp của tỉnh Bắc Giang" in str(commentary.overview(result))


def test_no_change_is_told_across_2018(project):
    for slug in ("ha-noi", "quang-ninh"):
        said = str(commentary.changes(papi.evaluate(slug, 2018, project)))
        assert said.startswith("Không so sánh ")
        assert "tăng" not in said
        assert "giảm" not in said
