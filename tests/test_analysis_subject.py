"""Who reports is not who was measured: sums over authorities are the province's, and so is DTI."""

from __future__ import annotations

import pytest
import say_texts as dti_texts
import say_texts as par_texts
import scoring_made
from service_made import checkout_in, deliver, report_row

from helpers.indices.dti import result as dti
from helpers.indices.par_index import result as par_index
from helpers.indices.procedures import result as procedures
from helpers.indices.procedures import tables as procedures_tables
from helpers.indices.procedures import text as procedure_texts
from helpers.indices.scored import charts as dti_charts
from helpers.indices.scored import tables as dti_tables
from helpers.indices.scored import tables as par_index_tables
from helpers.inputs.office import Office, OfficeName
from helpers.inputs.subject import of_units
from helpers.places import register
from helpers.reports.annual.adapters import headline_of
from helpers.words.text import plain

OFFICE = Office(office=OfficeName(name="Sở Nội vụ tỉnh Quảng Nam", short="Sở Nội vụ"))


@pytest.mark.parametrize(
    ("units", "name"),
    [
        ([], "Sở Nội vụ"),
        (["", "Sở Nội vụ"], "Sở Nội vụ"),
        (
            ["Phòng Công chức", "Văn phòng Sở", "Chi cục Văn thư", "Thanh tra Sở", "Quản lý"],
            "Sở Nội vụ",
        ),
        (["Sở Nội vụ", "Sở Tư pháp"], "các cơ quan của tỉnh Quảng Nam"),
        (["UBND huyện Duy Xuyên"], "các cơ quan của tỉnh Quảng Nam"),
        (["Phòng Công chức", "Thành phố Hội An"], "các cơ quan của tỉnh Quảng Nam"),
    ],
)
def test_authorities_beside_the_office_make_the_sum_the_provinces(checkout, units, name):
    found = of_units(OFFICE, register(checkout).get("quang-nam", "63"), 2023, units)
    assert found.name == name
    assert found.is_office == (name == "Sở Nội vụ")


@pytest.fixture(scope="module")
def dossiers(tmp_path_factory):
    project = checkout_in(tmp_path_factory.mktemp("dossiers"))
    for slug, units in (
        ("quang-nam", ("Sở Thử nghiệm", "Sở Tư pháp")),
        ("an-giang", ("Phòng A", "Phòng B")),
    ):
        rows = [report_row("Việc làm", 50, 40, 10, 60, 30, 2, don_vi=unit) for unit in units]
        deliver(project, slug, 2023, ho_so_tthc=rows)
    return project


@pytest.mark.parametrize(
    ("slug", "who", "of"),
    [
        ("quang-nam", "các cơ quan của tỉnh Quảng Nam", "các cơ quan tỉnh Quảng Nam"),
        ("an-giang", "Sở Thử nghiệm", "Sở Thử nghiệm"),
    ],
)
def test_text_title_caption_and_annual_name_whose_dossiers_they_are(dossiers, slug, who, of):
    """«Sở Nội vụ tiếp nhận 4.657 hồ sơ» stood above a table in which it received 89."""
    result = procedures.evaluate(slug, 2023, dossiers)
    assert f"Năm 2023, {who} tiếp nhận" in plain(procedure_texts.overview(result).markdown)
    assert procedure_texts.title(result).title.endswith(f"của {of}")
    assert procedures_tables.fields(result).caption.endswith(f"của {of}")
    assert headline_of("procedures", result).name.args["whom"] == of


@pytest.fixture(scope="module")
def scored(tmp_path_factory):
    project = scoring_made.project_at(tmp_path_factory.mktemp("scored"))
    scoring_made.deliver(project, scoring_made.ROWS, "sipas.overall,82%,%,2024,,,,,\n")
    folder = project.deliveries / scoring_made.SLUG / str(scoring_made.YEAR)
    points = [(code, 100, 80) for code in "12345"]
    points += [("7", 200, 150), ("8", 150, 90), ("9", 150, 120)]
    lines = [f"{code},{most},{value},{value}" for code, most, value in points]
    text = "\n".join(["ma_chi_so,diem_toi_da,diem_tu_danh_gia,diem_tham_dinh", *lines])
    (folder / "cham-diem-dti.csv").write_text(text + "\n", encoding="utf-8")
    return project


def test_the_set_of_the_province_measures_the_province(scored):
    """«Sở Nội vụ đạt 752,01/1.000»: the 1.000 points are those of the province."""
    result = dti.evaluate(scoring_made.SLUG, scoring_made.YEAR, scored)
    said = plain(dti_texts.overview(result).markdown)
    assert result.subject.name == "tỉnh Mẫu"
    assert "Năm 2024, tỉnh Mẫu đạt 760,00" in said
    for text in (
        said,
        dti_texts.title(result).title,
        dti_tables.areas(result).caption,
        dti_charts.areas(result).caption,
        dti_charts.areas(result).alt,
        plain(dti_texts.brief(result).markdown),
    ):
        assert "Sở" not in text
    assert headline_of("dti", result).name.args["whom"] == "tỉnh Mẫu"


def test_the_set_of_the_departments_measures_the_department(scored):
    result = par_index.evaluate(scoring_made.SLUG, scoring_made.YEAR, scored)
    assert result.subject.name == "Sở Thử"
    assert "Sở Thử đạt 27,98/35 điểm" in plain(par_texts.overview(result).markdown)
    assert par_index_tables.areas(result).caption.startswith("Điểm của Sở Thử")
