"""The finished pages, read from the first sentence to the last and recomputed from the data.

The reader (``page_reader``) imports nothing of the project. What it finds must be nothing; what it does
not understand must be little; and each fault that was once on a page must be found when it is put back.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest
from batch_project import CHECKOUT, Choice, build
from page_faults import FAULTS, Fault
from page_reader.facts import Facts
from page_reader.pages import read
from page_reader.report import Result, read_page, show
from poverty_made import checkout_in

from helpers.simulation import simulate

LEAST_READ = 0.95
PAGES = os.environ.get("CHISO_PAGES")
"""A folder of finished pages to read in place of the sample, beside the data they were made from."""
HTML = ("html",)
SAMPLE: tuple[Choice, ...] = (
    (("papi",), ("quang-nam", "an-giang", "ho-chi-minh"), 2024, HTML),
    (("papi",), ("an-giang", "quang-nam"), 2021, HTML),
    (("papi_national", "par_index_national", "dti_national"), (), 2024, HTML),
    (("par_index",), ("ha-noi", "son-la"), 2024, HTML),
    (("dti",), ("thanh-hoa",), 2022, HTML),
    (("province",), ("an-giang", "quang-nam", "ho-chi-minh"), 2024, HTML),
    (("province",), ("an-giang", "cao-bang"), 2025, HTML),
    (("annual", "sipas", "work_plan", "reconciliation"), ("an-giang",), 2021, HTML),
    (("annual", "sipas", "poverty", "papi_office"), ("quang-nam",), 2023, HTML),
    (("annual", "procedures"), ("thanh-hoa",), 2023, HTML),
    (("annual", "papi_office"), ("son-la",), 2023, HTML),
    (
        (
            "annual",
            "sipas",
            "procedures",
            "service_quality",
            "poverty",
            "work_plan",
            "par_index",
            "dti",
            "reconciliation",
        ),
        ("tinh-mau",),
        2024,
        HTML,
    ),
)


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> dict[str, Path]:
    """Finished pages by «year/unit/report»: a sample of all kinds, or those that somebody built."""
    if PAGES:
        folder = Path(PAGES).resolve()
    else:
        project = checkout_in(tmp_path_factory.mktemp("pages"), deliveries=True)
        simulate(project, scale=0.02)
        build(project, *SAMPLE)
        folder = project.outputs / "reports"
    found = sorted(folder.glob("*/*/*.html"))
    assert found
    return {f"{p.parent.parent.name}/{p.parent.name}/{p.stem}": p for p in found}


@pytest.fixture(scope="module")
def facts(pages) -> Facts:
    return Facts(next(iter(pages.values())).parents[4])


@pytest.fixture(scope="module")
def result(pages, facts) -> Result:
    found = Result()
    for path in pages.values():
        read_page(read(path), facts, found)
    return found


def test_no_page_contradicts_the_data(result):
    assert not result.findings, show(result)


def test_nearly_every_sentence_is_understood(result):
    assert result.coverage() >= LEAST_READ, show(result)
    assert sum(result.checked.values()) > 5 * sum(result.sentences.values())


def test_the_reader_imports_nothing_of_the_project():
    for path in (CHECKOUT / "tests" / "page_reader").glob("*.py"):
        assert not re.search(r"^\s*(?:from|import) helpers\b", path.read_text("utf-8"), re.M), path


def findings(path: Path, html: str, facts: Facts) -> Counter[tuple[str, str]]:
    """Kind and wording of what the reader finds on a page."""
    found = Result()
    read_page(read(path, html), facts, found)
    return Counter((f.kind, f.said) for f in found.findings)


@pytest.fixture(scope="module")
def as_built(pages, facts):
    """What is found on the page as it was built, once for each page."""
    known: dict[str, Counter[tuple[str, str]]] = {}

    def of(page: str) -> Counter[tuple[str, str]]:
        if page not in known:
            known[page] = findings(pages[page], pages[page].read_text(encoding="utf-8"), facts)
        return known[page]

    return of


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_that_is_put_back_is_found(fault: Fault, pages, facts, as_built):
    html = pages[fault.page].read_text(encoding="utf-8")
    new = findings(pages[fault.page], fault.put_back(html), facts) - as_built(fault.page)
    assert any(fault.kind in kind for kind, _ in new), (fault.name, new)


@pytest.mark.slow
def test_every_page_that_was_built():
    """Whatever stands in ``outputs/reports``; ``python -m page_reader`` does the same with a list."""
    built = sorted((CHECKOUT / "outputs" / "reports").glob("*/*/*.html"))
    if not built:
        pytest.skip("chưa có trang nào trong outputs/reports: chạy chiso run trước")
    facts, found = Facts(CHECKOUT), Result()
    for path in built:
        read_page(read(path), facts, found)
    assert not found.findings, show(found)
    assert found.coverage() >= LEAST_READ, show(found)
