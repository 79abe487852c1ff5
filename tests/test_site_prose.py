"""What readers of the public pages are told: nothing of commands and settings of a checkout."""

from __future__ import annotations

import re

from site_made import pages, soup

# A source may name the table of published figures, which can be downloaded; settings are nobody's.
_NOT_PROSE = "script, style, details.source-list, [id^=nguon-], code, pre"
_OF_A_CHECKOUT = re.compile(
    r"\bchiso (?:run|new|import|publish|check|simulate|map|entry)\b"
    r"|\b(?:params|notebooks|data/provinces)/|\w\.(?:yml|py)\b"
)


def told(page) -> list[str]:
    """Return every text of a page that names a command or a file of a checkout."""
    for part in page.select(_NOT_PROSE):
        part.decompose()
    return [" ".join(text.split()) for text in page.find_all(string=_OF_A_CHECKOUT)]


def test_no_page_tells_readers_of_commands_or_files_of_a_checkout(site_project):
    site = site_project.outputs / "site"
    found = {str(page.relative_to(site)): told(soup(page)) for page in pages(site)}
    assert len(found) > 100
    assert {page: texts for page, texts in found.items() if texts} == {}


def test_such_a_sentence_is_found():
    from bs4 import BeautifulSoup

    text = "<p>Hãy chạy chiso import.</p><p>(params/site/site.yml)</p><p>Một chỉ số chiso.</p>"
    assert told(BeautifulSoup(text, "lxml")) == ["Hãy chạy chiso import.", "(params/site/site.yml)"]
