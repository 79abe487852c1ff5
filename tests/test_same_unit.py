"""Whether a unit may be compared with itself is asked of the register, by everything that compares.

A made-up office of merged Đà Nẵng 2025 holds figures of old Đà Nẵng 2024, in its own workbook and in
last year's folder: nothing of it may be set beside 2025. The same office of Hà Tĩnh, whose borders
stayed, is compared.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import say_texts as par_words
import sipas_said
from annual_made import report_of

from helpers.indices.par_index.result import evaluate as par_index
from helpers.indices.poverty import result as poverty
from helpers.indices.poverty import text as poverty_words
from helpers.indices.procedures import result as procedures
from helpers.indices.scored.standing import read_published
from helpers.indices.sipas.result import evaluate as sipas
from helpers.inputs.checking import check_delivery
from helpers.inputs.delivery import Delivery
from helpers.inputs.reading import delivery_before, read_entry
from helpers.inputs.starting import start_delivery
from helpers.places import register
from helpers.project import Project
from helpers.reports.annual import result as annual
from helpers.reports.reconciliation import result as reconciliation
from helpers.reports.review import result as review
from helpers.words.text import plain

CHECKOUT = Path(__file__).resolve().parents[1]
MERGER = (
    "từ ngày 01/7/2025, thành phố Đà Nẵng và tỉnh Quảng Nam hợp nhất, lấy tên là thành phố Đà Nẵng"
)
FIGURES = {
    "poverty.households": ("hộ", 90000, 150000),
    "poverty.poor": ("hộ", 4500, 6772),
    "poverty.near_poor": ("hộ", 1710, 2700),
    "poverty.both": ("hộ", 6210, 9472),
    "poverty.poor_rate": ("%", "5,00", "4,51"),
    "poverty.near_poor_rate": ("%", "1,90", "1,80"),
    "poverty.both_rate": ("%", "6,90", "6,31"),
    "par_index.index": ("%", "88,75", "90,25"),
    "par_index.rank": ("thứ hạng", 5, 3),
    "par_index.units": ("đơn vị", 19, 19),
    "sipas.overall": ("%", "86,42", "87,15"),
    "procedures.received": ("hồ sơ", 5182, 9800),
    "procedures.carried_over": ("hồ sơ", 203, 500),
    "procedures.resolved": ("hồ sơ", 4875, 9467),
    "procedures.in_process": ("hồ sơ", 307, 333),
}
DISTRICTS = "huyen,xa,tong_ho,ho_ngheo,ho_can_ngheo,ho_ngheo_dau\n"


def deliver(project: Project, slug: str, year: int, *, before: bool) -> None:
    """Write the figures of an office, with those of the year before where that is asked."""
    folder = project.root / "data" / "provinces" / slug / str(year)
    folder.mkdir(parents=True)
    settings = project.root / "params" / "provinces" / slug / f"{year}.yml"
    settings.parent.mkdir(exist_ok=True)
    settings.write_text("office: {name: Sở Nội vụ}\n", encoding="utf-8")
    lines = ["ma,gia_tri,don_vi,nam"]
    for code, (unit, earlier, later) in FIGURES.items():
        values = [(year, later if year == 2025 else earlier)]
        if before:
            values.append((year - 1, earlier))
        for measured, value in values:
            quoted = f'"{value}"'
            printed = f'"{value}%"' if unit == "%" else quoted
            lines.append(f"{code},{printed},{unit},{measured}")
    (folder / "so-lieu.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    rows = "Quận Hải Châu,,40000,2000,800,1900\nHuyện Hòa Vang,,50000,2500,910,2400\n"
    (folder / "ho-ngheo-dia-ban.csv").write_text(DISTRICTS + rows, encoding="utf-8")


@pytest.fixture(scope="module")
def offices(tmp_path_factory) -> Project:
    root = tmp_path_factory.mktemp("offices")
    for name in ("params", "data/published", "notebooks"):
        shutil.copytree(CHECKOUT / name, root / name)
    project = Project(root)
    for slug in ("da-nang", "ha-tinh"):
        deliver(project, slug, 2024, before=False)
        deliver(project, slug, 2025, before=True)
    deliver(project, "quang-nam", 2024, before=False)
    return project


def place_of(slug: str, year: int, project: Project):
    places = register(project)
    return places.get(slug, places.system_of_year(year))


def test_every_comparison_of_two_years_names_whose_figures_they_are():
    # The index itself, and the country, ask about the measure alone.
    alone = {"definitions/framework.py", "indices/scored/national.py"}
    for path in sorted((CHECKOUT / "src" / "helpers").rglob("*.py")):
        name = path.relative_to(CHECKOUT / "src" / "helpers").as_posix()
        for call in re.findall(
            r"\.why_not_comparable\(([^()]*(?:\([^()]*\)[^()]*)*)\)",
            path.read_text(encoding="utf-8"),
        ):
            assert name in alone or "place=" in call, (name, call)


def before(project, slug, **options):
    """What was delivered for the year before 2025."""
    entry = read_entry(Delivery(2025, slug), project)
    return delivery_before(place_of(slug, 2025, project), entry, project, **options)


def test_last_years_delivery_is_that_of_the_same_unit(offices):
    assert before(offices, "da-nang") is None
    same = before(offices, "ha-tinh")
    assert same is not None
    assert (same.slug, same.year) == ("ha-tinh", 2024)


def test_a_unit_that_was_renamed_finds_its_delivery_under_the_old_name(offices, tmp_path):
    shutil.copytree(offices.root, tmp_path / "hue")
    project = Project(tmp_path / "hue")
    deliver(project, "thua-thien-hue", 2024, before=False)
    deliver(project, "hue", 2025, before=False)
    found = before(project, "hue")
    assert found is not None
    assert found.slug == "thua-thien-hue"


def test_last_years_delivery_of_another_office_is_not_this_offices(offices, tmp_path):
    """Sở Y tế was praised for what Sở Nội vụ had handed in the year before."""
    shutil.copytree(offices.root, tmp_path / "two")
    project = Project(tmp_path / "two")
    settings = project.offices / "ha-tinh" / "2025.yml"
    (project.root / "data/provinces/ha-tinh/2025/so-lieu.csv").write_text(
        'ma,gia_tri,don_vi,nam\nsipas.overall,"87,15%",%,2025\nprocedures.received,9800,hồ sơ,2025\n'
        'procedures.resolved,9467,hồ sơ,2025\npar_index.index,"90,25%",%,2025\n',
        encoding="utf-8",
    )
    assert sipas("ha-tinh", 2025, project).earlier is not None
    settings.write_text("office: {name: Sở Y tế}\n", encoding="utf-8")
    assert before(project, "ha-tinh") is None
    assert sipas("ha-tinh", 2025, project).earlier is None
    assert reconciliation.last_year(read_entry(Delivery(2025, "ha-tinh"), project), project) is None
    assert {one.rule for one in check_delivery(Delivery(2025, "ha-tinh"), project).problems} >= {
        "another-office"
    }
    # The poor of a province are counted by whichever office has the task.
    assert before(project, "ha-tinh", whoever=True) is not None
    settings.write_text(
        "office: {name: Sở Nội vụ tỉnh Hà Tĩnh, short: SỞ NỘI VỤ}\n", encoding="utf-8"
    )
    assert sipas("ha-tinh", 2025, project).earlier is not None


def test_no_index_of_a_merged_unit_is_compared_with_its_predecessor(offices):
    result = poverty.evaluate("da-nang", 2025, offices)
    assert all(change.reasons == (MERGER,) for change in result.computed)
    assert all(change.points is None for change in result.computed)
    assert "tăng" not in str(poverty_words.changes(result))
    assert MERGER in str(poverty_words.changes(result))
    assert result.why_not_since_start
    assert MERGER in par_index("da-nang", 2025, offices).why_not_comparable
    change = sipas_said.change(sipas("da-nang", 2025, offices))
    assert change.case == "barred"
    assert MERGER in sipas_said.reasons(change)
    found = procedures.evaluate("da-nang", 2025, offices)
    assert found.before is None
    assert MERGER in found.not_compared


def test_the_annual_report_of_a_merged_unit_tells_no_change_and_says_why(offices):
    made = report_of(annual.evaluate("da-nang", 2025, offices))
    body = "\n".join(made.prose)
    assert MERGER in body
    assert not re.search(r"[Ss]o với (cuối )?năm 2024", body)
    for row in made.tables["indices"].splitlines():
        # No value of the year before, no change beside it.
        assert not re.search(r"88,75|86,42|6,90|tăng|giảm", plain(row)), row


@pytest.fixture(scope="module")
def without_last_year(tmp_path_factory) -> Project:
    """An office of merged Đà Nẵng that delivers figures of 2025 alone."""
    root = tmp_path_factory.mktemp("alone")
    for name in ("params", "data/published", "notebooks"):
        shutil.copytree(CHECKOUT / name, root / name)
    project = Project(root)
    deliver(project, "da-nang", 2025, before=False)
    deliver(project, "ha-tinh", 2025, before=False)
    table = "data/provinces/da-nang/2025/ho-ngheo-dia-ban.csv"
    (project.root / table).unlink()
    return project


def test_without_figures_of_last_year_the_reason_is_still_the_merger(without_last_year):
    """It read «Chưa có số liệu cuối năm 2024», as if the office could deliver them."""
    project = without_last_year
    households = poverty.evaluate("da-nang", 2025, project)
    satisfied = sipas("da-nang", 2025, project)
    for text in (
        poverty_words.changes(households),
        sipas_said.changes(satisfied),
        sipas_said.brief(satisfied),
        par_words.changes(par_index("da-nang", 2025, project)),
    ):
        assert MERGER in str(text)
        assert "Chưa có" not in plain(str(text)), text
    assert "năm trước" not in str(sipas_said.missing(households))
    assert "năm trước" not in str(sipas_said.missing(satisfied))
    stayed = poverty.evaluate("ha-tinh", 2025, project)
    assert "hợp nhất" not in str(poverty_words.changes(stayed))


def test_document_and_slip_hold_no_figure_of_the_old_unit(offices):
    """What an office calls last year's are figures of a unit that it has joined since."""
    slip = review.evaluate("da-nang", 2025, offices)
    old = [str(one.origin) for one in slip.annual.entry.figures if one.year == 2024]
    assert len(old) == len(FIGURES)
    assert not [place for place in old if slip.printed.numbers_from(place)]
    assert not {one.where for one in slip.unused} & set(old)
    assert "Năm 2024" not in report_of(slip.annual).tables.get("indices", "")
    stayed = report_of(annual.evaluate("ha-tinh", 2025, offices)).tables["indices"]
    assert "Năm 2024" in stayed


def test_a_unit_whose_borders_stayed_is_compared_and_hears_nothing_of_borders(offices):
    result = poverty.evaluate("ha-tinh", 2025, offices)
    assert all(not change.reasons and change.points for change in result.computed)
    assert "So với cuối năm 2024" in str(poverty_words.changes(result))
    change = sipas_said.change(sipas("ha-tinh", 2025, offices))
    assert change is not None
    assert change.case != "barred"
    made = report_of(annual.evaluate("ha-tinh", 2025, offices))
    body = "\n".join((*made.prose, *made.tables.values()))
    assert "hợp nhất" not in body
    assert "địa giới cấp tỉnh" not in body


def test_districts_are_not_compared_across_the_end_of_the_district_level(offices):
    for slug in ("da-nang", "ha-tinh"):
        result = poverty.evaluate(slug, 2025, offices)
        assert any("không còn cấp huyện" in reason for reason in result.why_not_since_start)
    assert poverty.evaluate("ha-tinh", 2024, offices).why_not_since_start == ()


def test_check_says_that_figures_of_another_unit_are_not_compared(offices):
    told = [
        p
        for p in check_delivery(Delivery(2025, "da-nang"), offices).problems
        if p.rule == "another-unit"
    ]
    (warning,) = told
    assert MERGER in warning.message
    assert warning.message.startswith(f"{len(FIGURES)} số liệu của năm 2024")
    others = check_delivery(Delivery(2025, "ha-tinh"), offices).problems
    assert not [p for p in others if p.rule == "another-unit"]


def test_deliveries_are_not_reconciled_across_a_merger(offices):
    entry = read_entry(Delivery(2025, "da-nang"), offices)
    assert reconciliation.last_year(entry, offices) is None
    found = reconciliation.discrepancies(entry, None, offices)
    assert not [one for one in found if any(o.year == 2024 for o in one.observations)]
    result = reconciliation.evaluate("da-nang", 2025, offices)
    assert any(MERGER in said for said in result.missing)
    # R6 of the unit that stayed: 500 carried over, 307 in process at the end of last year.
    stayed = reconciliation.evaluate("ha-tinh", 2025, offices).discrepancies
    assert [one for one in stayed if one.rule == "R6"]


def started(project, slug):
    place = place_of(slug, 2025, project)
    return start_delivery(place, Delivery(2025, slug), "Sở Nội vụ", project)


def test_a_new_workbook_of_a_merged_unit_carries_nothing_over(offices, tmp_path):
    shutil.copytree(offices.root, tmp_path / "new")
    project = Project(tmp_path / "new")
    for slug in ("da-nang", "ha-tinh"):
        shutil.rmtree(project.root / "data" / "provinces" / slug / "2025")
        (project.root / "params" / "provinces" / slug / "2025.yml").unlink()
    merged = started(project, "da-nang")
    assert merged.last is None
    assert merged.another_unit == (MERGER,)
    assert not len(read_entry(Delivery(2025, "da-nang"), project).figures)
    stayed = started(project, "ha-tinh")
    assert stayed.last is not None
    assert not stayed.another_unit
    entry = read_entry(Delivery(2025, "ha-tinh"), project)
    assert entry.figures.get("poverty.poor", 2024).value == 4500
    # The districts of 2024 are no rows of 2025.
    assert entry.table("poverty_units").empty


def test_published_years_of_another_territory_are_not_the_units_own(checkout):
    for index in ("par_index", "dti", "sipas"):
        for slug in ("da-nang", "an-giang", "ho-chi-minh"):
            found = read_published(index, place_of(slug, 2025, checkout), 2025, checkout)
            assert all(figure.year >= 2025 for figure in found.history), (index, slug)
        hue = read_published(index, place_of("hue", 2025, checkout), 2025, checkout)
        old = read_published(index, place_of("thua-thien-hue", 2024, checkout), 2024, checkout)
        assert [f for f in hue.history if f.year < 2025] == list(old.history)
