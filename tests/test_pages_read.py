"""The finished pages, read from the first sentence to the last and recomputed from the data.

The reader (``page_reader``) imports nothing of the project. What it finds must be nothing; what it does
not understand must be little, of every kind of report in every year; and each fault that was once on a
page must be found when it is put back.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest
from batch_project import CHECKOUT, Choice, build, every_job, run
from page_faults import FAULTS, Fault
from page_reader.facts import Facts
from page_reader.pages import Text, pages_of, read
from page_reader.report import Result, read_all, read_page, show
from poverty_made import checkout_in

from helpers.cli.app import make_settings
from helpers.cli.options import EngineName, FormatName
from helpers.simulation import simulate

KINDS = sorted(
    path.stem
    for path in (CHECKOUT / "notebooks").glob("*.ipynb")
    if '"chiso"' in path.read_text(encoding="utf-8")  # a tutorial makes no page
)
PAGES = os.environ.get("CHISO_PAGES")
"""A folder of finished pages to read in place of the sample, beside the data they were made from."""
HTML = ("html",)
SAMPLE: tuple[Choice, ...] = (
    (("papi",), ("quang-nam", "an-giang", "ho-chi-minh"), 2024, HTML),
    (("papi",), ("an-giang", "quang-nam"), 2021, HTML),
    (("papi_national", "par_index_national", "dti_national"), (), 2024, HTML),
    (("par_index",), ("ha-noi", "son-la"), 2024, HTML),
    (("par_index",), ("yen-bai",), 2021, HTML),
    (("dti",), ("thanh-hoa",), 2022, HTML),
    (("pci",), ("da-nang", "nghe-an"), 2014, HTML),
    (("pci_national",), (), 2014, HTML),
    (("province",), ("an-giang", "quang-nam", "ho-chi-minh"), 2024, HTML),
    (("province",), ("an-giang", "cao-bang"), 2025, HTML),
    (("annual", "sipas", "work_plan", "reconciliation"), ("an-giang",), 2021, HTML),
    (("annual", "review", "sipas", "poverty", "papi_office"), ("quang-nam",), 2023, HTML),
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


def test_pages_of_every_kind_are_read_and_contradict_nothing(result):
    assert not result.faults(KINDS), show(result)
    assert sum(result.checked.values()) > 5 * sum(result.sentences.values())


def test_a_kind_that_is_little_read_or_not_there_fails(pages, facts):
    path = pages["2024/quang-nam/papi"]
    page, found = read(path), Result()
    read_page(page, facts, found)
    assert found.faults(["papi"]) == []
    assert found.faults(KINDS) == [f"{k}: không có trang nào" for k in KINDS if k != "papi"]
    few = sum(found.sentences.values()) // 15
    page.texts = [Text(f"Điều lạ số {n} cao hơn điều khác.", "p") for n in range(7, 7 + few)]
    read_page(page, facts, found)
    (fault,) = found.faults(["papi"])
    assert fault.startswith("papi 2024: chỉ đọc được 9")


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
def test_every_page_of_every_kind_province_and_year(tmp_path):
    """All that can be made of what ships and of simulated deliveries, made anew and read whole."""
    project = checkout_in(tmp_path, deliveries=True)
    simulate(project, scale=0.02)
    given = make_settings(project, [FormatName.html], EngineName.auto, workers=2)
    wanted = list(every_job(project))
    assert {job.report.name for job in wanted} == set(KINDS)
    for outcome in run(project, wanted, given):
        assert outcome.state == "done", (outcome.job, outcome.error)
    built = pages_of(project.outputs / "reports")
    assert len(built) == len(wanted)
    found = read_all(project.root, built)
    assert not found.faults(KINDS), show(found)
