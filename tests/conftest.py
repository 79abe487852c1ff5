"""What tests of several rooms share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from helpers.analysis import papi as analysis
from helpers.definitions import load_definition
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


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items):
    """Sort tests by group and tell xdist, where it runs them, which belong together."""
    order = list(GROUPS.values())
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))
    items.sort(key=lambda item: order.index(_group(item)) if _group(item) in order else len(order))


def _group(item):
    file = item.path.stem
    return next((group for start, group in GROUPS.items() if file.startswith(start)), file)


@pytest.fixture(scope="session")
def checkout() -> Project:
    return Project(CHECKOUT)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Official files that may not be passed on lie beside the checkout, where there are any."""
    folder = CHECKOUT.parent / "shared" / "data" / "test-only"
    if not folder.is_dir():
        pytest.skip("không có ../shared/data/test-only: các tệp chính thức không đi kèm dự án")
    return folder


@pytest.fixture(scope="session")
def papi_definition(checkout):
    return load_definition("papi", checkout)


@pytest.fixture(scope="session")
def shipped(tmp_path_factory) -> Project:
    """The checkout without what somebody imported into it, so that figures are the shipped ones."""
    folder = tmp_path_factory.mktemp("shipped")
    for name in ("params", "notebooks", "data/published"):
        shutil.copytree(CHECKOUT / name, folder / name)
    return Project(folder)


@pytest.fixture(scope="session")
def countries(shipped):
    """PAPI of every year that ships."""
    return {year: analysis.evaluate_country(year, shipped) for year in (2020, 2021, 2024)}


@pytest.fixture(scope="session")
def results(countries):
    """Every province and year that ships, by year and slug."""
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
