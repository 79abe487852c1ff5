"""No page calls the city by the person's name: sentences, captions, tables and alternatives."""

from __future__ import annotations

import re

import pytest
import say_texts as country_words
import say_texts as dti_words
import say_texts as par_words

from helpers.indices.dti import result as dti
from helpers.indices.papi import charts, tables
from helpers.indices.papi import text as commentary
from helpers.indices.par_index import result as par_index
from helpers.indices.scored import charts_national as published_country_charts
from helpers.indices.scored import national as published_country
from helpers.indices.scored import tables as dti_tables
from helpers.indices.scored import tables as par_index_tables
from helpers.indices.scored import tables_national as published_country_tables
from helpers.inputs.problems import InputError
from helpers.words.text import FrontMatter, plain

BARE = re.compile(r"(?<!Thành phố )(?<!thành phố )(?<!TP\. )Hồ Chí Minh")


def printed(module, result) -> list[str]:
    """Return what the public functions of a module show of a result, where they know it."""
    found: list[str] = []
    for name in module.__all__ if hasattr(module, "__all__") else dir(module):
        make = getattr(module, name)
        # Functions of the module itself that take the result alone.
        if name.startswith("_") or not callable(make) or isinstance(make, type):
            continue
        if not getattr(make, "__module__", "").startswith(module.__name__):
            continue
        try:
            shown = make(result)
        except (TypeError, AttributeError, ValueError, InputError):
            continue
        if isinstance(shown, FrontMatter):
            found += [shown.title, shown.subtitle, shown.description, *shown.categories]
        elif hasattr(shown, "alt"):
            found += [shown.caption, shown.alt]
        elif hasattr(shown, "rows") and hasattr(shown, "caption"):
            found += [shown.caption, shown.markdown]
        else:
            found.append(plain(str(shown)))
    return found


def check(texts: list[str]) -> int:
    for text in texts:
        assert not BARE.search(text), BARE.search(text)
    return sum("Hồ Chí Minh" in text for text in texts)


@pytest.mark.parametrize("slug", ["ho-chi-minh", "binh-duong", "ba-ria-vung-tau", "ha-noi"])
def test_papi_pages(results, slug):
    for year in (2020, 2021, 2024):
        result = results[year, slug]
        texts = [
            text for module in (commentary, tables, charts) for text in printed(module, result)
        ]
        assert check(texts) or slug == "ha-noi"


def test_papi_of_the_country(countries):
    for country in countries.values():
        texts = [t for module in (commentary, tables, charts) for t in printed(module, country)]
        assert check(texts)


def test_scored_indices(shipped):
    seen = 0
    for index, words, shown in (
        (par_index, par_words, par_index_tables),
        (dti, dti_words, dti_tables),
    ):
        for year, slugs in index.available(shipped).items():
            if "ho-chi-minh" in slugs:
                result = index.evaluate("ho-chi-minh", year, shipped)
                seen += check(printed(words, result) + printed(shown, result))
    assert seen


def test_scored_indices_of_the_country(shipped):
    seen = 0
    for index in ("par_index", "dti"):
        for year in (2022, 2023, 2024):
            country = published_country.evaluate(index, year, shipped)
            for module in (country_words, published_country_tables, published_country_charts):
                seen += check(printed(module, country))
    assert seen
