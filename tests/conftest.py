"""What tests of several rooms share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import settings
from official_files import official
from papi_years import YEARS, three_years

from helpers.definitions import load_framework
from helpers.indices.papi import result as analysis
from helpers.project import Project

# How long an example takes says more about the machine than about the code.
settings.register_profile("checkout", deadline=None)
settings.load_profile("checkout")

CHECKOUT = Path(__file__).resolve().parents[1]

# Files whose tests stay on one worker where several run. Longest first, so that no worker is left
# alone with them at the end.
GROUPS = {
    "test_every_report": "every report",
    "test_readme": "readme",
    "test_site_": "site",  # all look at one website, which takes a while to build
    "test_execution_": "processes",  # they kill processes and look at what is left and how long it took
}


def pytest_collection_modifyitems(items):
    """Put the long groups first."""
    order = {name: place for place, name in enumerate(GROUPS.values())}
    items.sort(key=lambda item: order.get(_group(item.nodeid), len(order)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Give a worker one group after another, a file being a group unless GROUPS says otherwise."""
    from xdist.scheduler.loadscope import LoadScopeScheduling

    class ByGroup(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return _group(nodeid)

    return ByGroup(config, log)


def _group(nodeid):
    file = nodeid.split("::")[0].rpartition("/")[2].removesuffix(".py")
    return next((group for start, group in GROUPS.items() if file.startswith(start)), file)


@pytest.fixture(scope="session")
def checkout() -> Project:
    return Project(CHECKOUT)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Official files that may not be passed on lie beside the checkout, where there are any."""
    return official("data", "test-only")


@pytest.fixture(scope="session")
def papi_definition(checkout):
    return load_framework("papi", checkout)


@pytest.fixture(scope="session")
def shipped(tmp_path_factory) -> Project:
    """The checkout without what somebody imported into it, so that figures are the shipped ones."""
    folder = tmp_path_factory.mktemp("shipped")
    for name in ("params", "notebooks", "data/published"):
        shutil.copytree(CHECKOUT / name, folder / name)
    return Project(folder)


@pytest.fixture(scope="session")
def little_known(tmp_path_factory) -> Project:
    """A checkout with PAPI of three years, down to the dimensions; not to be changed."""
    return three_years(tmp_path_factory.mktemp("little"))


@pytest.fixture(scope="session")
def countries(little_known):
    """PAPI where little is known, by year."""
    return {year: analysis.evaluate_country(year, little_known) for year in YEARS}


@pytest.fixture(scope="session")
def results(countries):
    """Every province and year where little is known, by year and slug."""
    return {
        (year, place.slug): analysis.of_province(place, country)
        for year, country in countries.items()
        for place in country.measured
    }


@pytest.fixture(scope="session")
def site_project(tmp_path_factory) -> Project:
    """A checkout with a few executed reports and the website made from them; not to be changed."""
    from site_made import make_site

    return make_site(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def browser():
    """Chromium, without a window; its loop of events must not outlive the tests that know of it."""
    from site_made import CHROMIUM

    if not Path(CHROMIUM).is_file():
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
        )
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def site(site_project) -> Path:
    """Where the pages of `site_project` lie."""
    return site_project.outputs / "site"


@pytest.fixture
def open_page(browser, site):
    """Open a page by its place in the site or its path; it may load nothing but files, nor complain."""
    contexts = []

    def open_(name: str, *, width: int = 1280, height: int = 900, scheme: str = "light", **more):
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, **more
        )
        contexts.append(context)
        tab = context.new_page()
        tab.complaints, tab.asked = [], []
        tab.on("console", lambda message: tab.complaints.append(message.text))
        tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
        tab.on("request", lambda request: tab.asked.append(request.url))
        tab.goto((site / name).as_uri())
        return tab

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def chiso(monkeypatch, capsys):
    """The command in this process: its exit status, and all that it printed in one line."""
    from helpers.cli import main

    def run(*words):
        monkeypatch.setattr("sys.argv", ["chiso", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return ended.value.code, " ".join((told.out + told.err).split())

    return run
