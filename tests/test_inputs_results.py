"""Published national results: what ships is sound, sources that disagree are all kept."""

from __future__ import annotations

import shutil

import pytest

from helpers.inputs.problems import InputError
from helpers.inputs.results import (
    conflicts,
    provinces_with_total,
    published_averages,
    published_results,
    settled,
)
from helpers.project import Project


@pytest.fixture
def copy(checkout, tmp_path) -> Project:
    project = Project(tmp_path)
    project.published.mkdir(parents=True)
    shutil.copytree(checkout.places, project.places)
    shutil.copytree(checkout.definitions, project.definitions)
    shutil.copytree(checkout.published / "par_index", project.published / "par_index")
    return project


def total(rows, year, slug):
    return rows[(rows["year"] == year) & (rows["slug"] == slug) & (rows["code"] == "total")]


def test_every_row_names_its_page_and_its_line(checkout):
    for index in ("par_index", "sipas", "dti", "ict_index", "service_quality"):
        rows = published_results(index, checkout)
        assert rows["source"].str.startswith("http").all()
        assert rows["origin"].str.match(rf"data/published/{index}/\w+\.csv, dòng \d+$").all()
        assert (rows["value"].notna() | rows["rank"].notna()).all()


def test_counts_of_the_collection(checkout):
    """published_results.md: PAR INDEX values of 19 provinces in 2023, 26 with a rank or a value."""
    rows = settled(published_results("par_index", checkout))
    of_year = rows[
        (rows["year"] == 2023) & (rows["level"] == "province") & (rows["code"] == "total")
    ]
    assert of_year["value"].notna().sum() == 19
    assert len(provinces_with_total(rows, 2023)) == len(of_year) == 26
    dti = published_results("dti", checkout)
    assert len(provinces_with_total(dti, 2022)) == 63


def test_sources_that_disagree_are_all_kept(checkout):
    rows = published_results("par_index", checkout)
    found = {(c.year, c.unit): sorted(c.rows["value"].unique()) for c in conflicts(rows)}
    assert found == {
        (2018, "Hà Nội"): [83.9, 83.98],
        (2018, "Quảng Ninh"): [89.06, 89.6],
        (2023, "Hòa Bình"): [86.76, 86.89],
        (2023, "Hải Phòng"): [91.81, 91.87],
    }


def test_two_dates_of_one_year_are_no_conflict(checkout):
    assert conflicts(published_results("service_quality", checkout)) == ()


def test_the_trusted_value_is_used_and_keeps_the_rank(checkout):
    rows = settled(published_results("par_index", checkout))
    quang_ninh = total(rows, 2018, "quang-ninh").iloc[0]
    assert (quang_ninh["value"], quang_ninh["rank"]) == (89.06, 1)
    # The page that corrects Hòa Bình's value prints no rank; the first one does.
    hoa_binh = total(rows, 2023, "hoa-binh").iloc[0]
    assert (hoa_binh["value"], hoa_binh["rank"]) == (86.76, 35)
    assert not rows.duplicated(["year", "level", "unit", "parent", "code"]).any()


def test_a_value_that_cannot_be_is_kept_with_its_doubt(checkout):
    da_nang = total(published_results("par_index", checkout), 2023, "da-nang").iloc[0]
    assert da_nang["value"] == 87.68
    assert "thứ hạng 12" in da_nang["doubt"]


def test_a_unit_of_the_34_is_looked_up_among_them(checkout):
    rows = published_results("dti", checkout)
    assert set(rows[rows["code"] == "total_34"]["slug"]) == {"ha-noi", "da-nang"}


def test_averages_of_the_regions(checkout):
    """Regional means of PAR INDEX 2023 and how far they lie above 2022, as published together."""
    rows = published_averages("par_index", checkout)
    regions = rows[(rows["level"] == "region") & (rows["doubt"] == "")]
    first = regions.drop_duplicates(["year", "unit"]).set_index(["year", "unit"])["value"]
    differences = {
        unit: round(first[(2023, unit)] - first[(2022, unit)], 2) for unit in first.loc[2022].index
    }
    assert differences == {
        "Bắc Trung Bộ và Duyên hải miền Trung": 2.57,
        "Trung du và miền núi phía Bắc": 2.72,
        "Đông Nam Bộ": 3.05,
        "Đồng bằng sông Hồng": 1.71,
    }


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (",Hà Tĩnh,ha-tinh,", ",Hà Tích,ha-tinh,", "unknown-place"),
        (",Hà Tĩnh,ha-tinh,", ",Hà Tĩnh,ha-tay,", "slug"),
        (",88.35,%,18,", ',"88,35",%,18,', "number"),
        (",88.35,%,18,", ",88.35,%,18b,", "rank"),
        (",88.35,%,18,", ",,%,,", "number"),
        (",88.35,%,18,", ",88.35,,18,", "unit_of_measure"),
        ("\nprovince,Hà Tĩnh,", "\ntỉnh,Hà Tĩnh,", "level"),
        ("\ndepartment,Sở Tài chính,,", "\ndepartment,Sở Tài chính,lam-dong,", "slug"),
        (",88.35,%,18,", ",88.35,%,18,x,", "fields"),
        ("level,unit,", "cap,unit,", "columns"),
    ],
)
def test_a_wrong_line_is_named(copy, old, new, rule):
    path = copy.published / "par_index" / "2023.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        published_results("par_index", copy)
    assert rule in {problem.rule for problem in caught.value.errors}
    assert all(problem.line for problem in caught.value.errors)
    assert "data/published/par_index/2023.csv · dòng" in str(caught.value)
