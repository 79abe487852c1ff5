"""The Vietnamese words for Quarto: complete, Vietnamese, and the ones that readers see most."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

LANGUAGE = Path(__file__).parents[1] / "_language-vi.yml"

# Key and English text of Quarto's own table; the prefixes have no English entry of their own.
ENGLISH = {
    "toc-title-document": "Table of contents",
    "toc-title-website": "On this page",
    "related-formats-title": "Other Formats",
    "related-notebooks-title": "Notebooks",
    "source-notebooks-prefix": "Source",
    "other-links-title": "Other Links",
    "code-links-title": "Code Links",
    "launch-dev-container-title": "Launch Dev Container",
    "launch-binder-title": "Launch Binder",
    "article-notebook-label": "Article Notebook",
    "notebook-preview-download": "Download Notebook",
    "notebook-preview-download-src": "Download Source",
    "notebook-preview-back": "Back to Article",
    "manuscript-meca-bundle": "MECA Bundle",
    "section-title-abstract": "Abstract",
    "section-title-appendices": "Appendices",
    "section-title-footnotes": "Footnotes",
    "section-title-references": "References",
    "section-title-reuse": "Reuse",
    "section-title-copyright": "Copyright",
    "section-title-citation": "Citation",
    "appendix-attribution-cite-as": "For attribution, please cite this work as:",
    "appendix-attribution-bibtex": "BibTeX citation:",
    "appendix-view-license": "View License",
    "title-block-author-single": "Author",
    "title-block-author-plural": "Authors",
    "title-block-affiliation-single": "Affiliation",
    "title-block-affiliation-plural": "Affiliations",
    "title-block-published": "Published",
    "title-block-modified": "Modified",
    "title-block-keywords": "Keywords",
    "callout-tip-title": "Tip",
    "callout-note-title": "Note",
    "callout-warning-title": "Warning",
    "callout-important-title": "Important",
    "callout-caution-title": "Caution",
    "code-summary": "Code",
    "code-tools-menu-caption": "Code",
    "code-tools-show-all-code": "Show All Code",
    "code-tools-hide-all-code": "Hide All Code",
    "code-tools-view-source": "View Source",
    "code-tools-source-code": "Source Code",
    "tools-share": "Share",
    "tools-download": "Download",
    "code-line": "Line",
    "code-lines": "Lines",
    "copy-button-tooltip": "Copy to Clipboard",
    "copy-button-tooltip-success": "Copied!",
    "repo-action-links-edit": "Edit this page",
    "repo-action-links-source": "View source",
    "repo-action-links-issue": "Report an issue",
    "back-to-top": "Back to top",
    "search-no-results-text": "No results",
    "search-matching-documents-text": "matching documents",
    "search-copy-link-title": "Copy link to search",
    "search-hide-matches-text": "Hide additional matches",
    "search-more-match-text": "more match in this document",
    "search-more-matches-text": "more matches in this document",
    "search-clear-button-title": "Clear",
    "search-text-placeholder": "",
    "search-detached-cancel-button-title": "Cancel",
    "search-submit-button-title": "Submit",
    "search-label": "Search",
    "toggle-section": "Toggle section",
    "toggle-sidebar": "Toggle sidebar navigation",
    "toggle-dark-mode": "Toggle dark mode",
    "toggle-reader-mode": "Toggle reader mode",
    "toggle-navigation": "Toggle navigation",
    "crossref-fig-title": "Figure",
    "crossref-tbl-title": "Table",
    "crossref-lst-title": "Listing",
    "crossref-thm-title": "Theorem",
    "crossref-lem-title": "Lemma",
    "crossref-cor-title": "Corollary",
    "crossref-prp-title": "Proposition",
    "crossref-cnj-title": "Conjecture",
    "crossref-def-title": "Definition",
    "crossref-exm-title": "Example",
    "crossref-exr-title": "Exercise",
    "crossref-fig-prefix": "Figure",
    "crossref-tbl-prefix": "Table",
    "crossref-lst-prefix": "Listing",
    "crossref-ch-prefix": "Chapter",
    "crossref-apx-prefix": "Appendix",
    "crossref-sec-prefix": "Section",
    "crossref-eq-prefix": "Equation",
    "crossref-thm-prefix": "Theorem",
    "crossref-lem-prefix": "Lemma",
    "crossref-cor-prefix": "Corollary",
    "crossref-prp-prefix": "Proposition",
    "crossref-cnj-prefix": "Conjecture",
    "crossref-def-prefix": "Definition",
    "crossref-exm-prefix": "Example",
    "crossref-exr-prefix": "Exercise",
    "crossref-lof-title": "List of Figures",
    "crossref-lot-title": "List of Tables",
    "crossref-lol-title": "List of Listings",
    "environment-proof-title": "Proof",
    "environment-remark-title": "Remark",
    "environment-solution-title": "Solution",
    "listing-page-order-by": "Order By",
    "listing-page-order-by-default": "Default",
    "listing-page-order-by-date-asc": "Oldest",
    "listing-page-order-by-date-desc": "Newest",
    "listing-page-order-by-number-desc": "High to Low",
    "listing-page-order-by-number-asc": "Low to High",
    "listing-page-field-date": "Date",
    "listing-page-field-title": "Title",
    "listing-page-field-description": "Description",
    "listing-page-field-author": "Author",
    "listing-page-field-filename": "File Name",
    "listing-page-field-filemodified": "Modified",
    "listing-page-field-subtitle": "Subtitle",
    "listing-page-field-readingtime": "Reading Time",
    "listing-page-field-wordcount": "Word Count",
    "listing-page-field-categories": "Categories",
    "listing-page-minutes-compact": "{0} min",
    "listing-page-category-all": "All",
    "listing-page-no-matches": "No matching items",
    "listing-page-words": "{0} words",
    "listing-page-filter": "Filter",
    "draft": "Draft",
}


@pytest.fixture(scope="module")
def words() -> dict[str, str]:
    return yaml.safe_load(LANGUAGE.read_text(encoding="utf-8"))


def test_every_key_of_quarto_is_there_and_no_other(words):
    assert set(words) == set(ENGLISH)


@pytest.mark.parametrize("key", ENGLISH)
def test_word_is_there_and_not_english(words, key):
    assert words[key].strip()
    assert words[key] != ENGLISH[key]


def test_no_key_stands_twice():
    keys = re.findall(r"^([a-z-]+):", LANGUAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(keys) == len(set(keys))


def test_places_for_numbers_are_kept(words):
    for key, english in ENGLISH.items():
        assert words[key].count("{0}") == english.count("{0}"), key


def test_words_that_every_report_shows(words):
    assert words["crossref-fig-title"] == words["crossref-fig-prefix"] == "Hình"
    assert words["crossref-tbl-title"] == words["crossref-tbl-prefix"] == "Bảng"
    assert words["toc-title-document"] == "Mục lục"
