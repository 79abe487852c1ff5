"""Tables and charts of PAR INDEX and DTI, and the notebooks that show them."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
import say_texts as dti_texts
import say_texts as par_texts
import scoring_made as made
from drawn import faults, texts

from helpers.display.theme import NARROW
from helpers.indices.dti import result as dti
from helpers.indices.par_index import result as par_index
from helpers.indices.scored import charts as dti_charts
from helpers.indices.scored import charts as par_index_charts
from helpers.indices.scored import tables as dti_tables
from helpers.indices.scored import tables as par_index_tables
from helpers.indices.scored.scoring import Item, Scoring
from helpers.places import register
from helpers.words.text import plain

SIPAS = "sipas.overall,82%,%,2024,,,,,\n"
CHARTS = ("areas", "position", "history")


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    project = made.project_at(tmp_path_factory.mktemp("scored"))
    made.deliver(project, made.ROWS, SIPAS)
    return par_index.evaluate(made.SLUG, made.YEAR, project)


def cells(table, column):
    return [plain(str(row[column])) for row in table.rows]


def test_the_areas_of_an_office(own):
    table = par_index_tables.areas(own)
    assert cells(table, 0) == [
        "1. Chỉ đạo, điều hành",
        "3. Cải cách thủ tục hành chính",
        "8. Tác động",
        "Tổng",
    ]
    assert cells(table, 1) == ["10", "10", "15", "35"]
    assert cells(table, 3) == ["6,50", "9,90", "11,58", "27,98"]
    assert cells(table, 4)[-1] == "79,93%"
    assert cells(table, 5) == ["3,50", "0,10", "3,43", "7,03"]


def test_losses_largest_first_with_cause_and_owner(own):
    table = par_index_tables.losses(own)
    assert cells(table, 0)[0] == "1.2. Hoàn thành kế hoạch"
    assert cells(table, 3) == ["2,00", "1,80", "1,63", "1,50", "0,10"]
    assert cells(table, len(table.header) - 1)[0] == "Văn phòng, 31/3/2025"


def test_data_that_do_not_fit_the_rule(own):
    table = par_index_tables.checks(own)
    assert [cells(table, column) for column in range(1, 4)] == [["85%"], ["3,00"], ["5,00"]]


def test_key_figures(own, checkout):
    assert cells(par_index_tables.key_figures(own), 2) == ["79,93%"]
    published = par_index_tables.key_figures(par_index.evaluate("ha-tinh", 2023, checkout))
    assert [plain(str(cell)) for cell in published.rows[0]] == [
        "88,35%",
        "18/63",
        "B",
        "86,98%",
    ]
    grade = par_index_tables.key_figures(par_index.evaluate("binh-thuan", 2022, checkout))
    assert grade.header == ("Xếp loại",)


def test_published_tables(checkout):
    result = par_index.evaluate("kon-tum", 2023, checkout)
    parts = par_index_tables.parts(result)
    assert ("Điểm thẩm định", "54,95", "điểm", "61,5", "89,35%") in [
        tuple(plain(str(cell)) for cell in row[:5]) for row in parts.rows
    ]
    means = par_index_tables.means(result)
    assert "88,32%" in plain(means.note)  # the other page's mean of Đồng bằng sông Hồng
    peers = par_index_tables.peers(result)
    assert len(peers.rows) == 26
    assert "Đà Nẵng" in peers.note


def test_a_unit_of_which_only_the_place_is_known_is_named_too(checkout):
    result = par_index.evaluate("ho-chi-minh", 2021, checkout)
    table = par_index_tables.below(result)
    assert len(table.rows) == len(result.published.below) == 30
    assert cells(table, 0)[:3] == [
        "Sở Tư pháp",
        "Sở Kế hoạch và Đầu tư",
        "Ban Quản lý An toàn thực phẩm",
    ]
    assert cells(table, 1)[:3] == ["95,06", "", ""]
    assert cells(table, 2) == [*map(str, range(1, 13)), "", *map(str, range(1, 17)), ""]
    said = plain(str(par_texts.published(result)))
    assert "trong thành phố, đã đọc được của 30 sở, huyện hoặc xã, trong đó 4 nơi có giá" in said
    said = plain(str(par_texts.published(par_index.evaluate("yen-bai", 2021, checkout))))
    assert "đã đọc được của 6 sở, huyện hoặc xã, đều chỉ có thứ hạng" in said


def test_points_published_as_lost_stand_in_the_table_that_the_text_names(checkout):
    result = par_index.evaluate("dak-lak", 2017, checkout)
    parts = par_index_tables.parts(result)
    assert len(parts.rows) == 7
    assert parts.rows[0][2] == "điểm mất"
    assert "Tỷ lệ đạt" not in parts.header


def test_percent_signs_on_points_give_no_share(checkout):
    """Quảng Nam 2023: the page prints "%" on figures that can only be points."""
    parts = par_index_tables.parts(par_index.evaluate("quang-nam", 2023, checkout))
    assert "Tỷ lệ đạt" not in parts.header


def test_digits_of_the_page_are_kept(checkout):
    parts = par_index_tables.parts(par_index.evaluate("da-nang", 2020, checkout))
    assert not parts.is_empty
    components = dti_tables.parts(dti.evaluate("da-nang", 2022, checkout))
    assert cells(components, 1)[:2] == ["1,0000", "0,9000"]


def test_a_long_list_shows_ends_and_neighbours(checkout):
    table = dti_tables.peers(dti.evaluate("ha-tinh", 2022, checkout))
    assert cells(table, 0)[6] == "Hà Tĩnh"
    assert len(table.rows) == 13
    assert "50 tỉnh, thành phố" in table.note


def test_a_chart_has_the_numbers_it_draws_in_words(own, checkout):
    chart = par_index_charts.areas(own)
    assert "Cải cách thủ tục hành chính 99,00%" in chart.alt
    assert faults(chart) == []
    assert "chưa có điểm" not in texts(chart)
    history = par_index_charts.history(par_index.evaluate("ha-tinh", 2023, checkout))
    assert "85,95% năm 2022" in history.alt
    assert "thay đổi từ năm 2022" in history.alt
    assert faults(history) == []
    assert {"85,95", "88,35"} <= set(texts(history, NARROW))


def test_the_province_is_drawn_among_most_of_the_country_or_not_at_all(checkout):
    result = par_index.evaluate("ha-tinh", 2023, checkout)
    assert par_index_charts.position(result).is_empty
    peers = tuple(
        replace(result.published.total, slug=unit.slug, unit=unit.name, value=60 + n / 4)
        for n, unit in enumerate(register(checkout).units("63"))
    )
    most = replace(result, published=replace(result.published, peers=peers[:32]))
    position = par_index_charts.position(most)
    assert "32/63" in position.alt
    assert "bình quân vùng 86,82%" in position.alt
    assert faults(position) == []
    assert "Bình quân vùng 86,82%" in texts(position)


def test_what_is_not_there_is_not_drawn(checkout):
    result = par_index.evaluate("binh-thuan", 2022, checkout)
    for name in CHARTS:
        chart = getattr(par_index_charts, name)(result)
        assert chart.is_empty
        assert chart.reason
    few = dti_charts.position(dti.evaluate("da-nang", 2022, checkout))
    assert few.is_empty


def test_the_same_result_draws_the_same_bytes(own):
    assert par_index_charts.areas(own).svg() == par_index_charts.areas(own).svg()


@pytest.mark.parametrize(
    ("index", "province", "year"),
    [
        ("par_index", "ha-tinh", 2023),
        ("par_index", "binh-thuan", 2022),
        ("par_index", made.SLUG, made.YEAR),
        ("dti", "da-nang", 2022),
        ("dti", "ha-tinh", 2022),
    ],
)
def test_every_label_of_a_notebook_is_met_or_left_out(checkout, own, index, province, year):
    """Every figure and table that a text refers to must be shown by the notebook."""
    modules = {
        "par_index": (par_index, par_texts, par_index_charts, par_index_tables),
        "dti": (dti, dti_texts, dti_charts, dti_tables),
    }
    analysis, texts, charts, tables = modules[index]
    result = own if province == made.SLUG else analysis.evaluate(province, year, checkout)
    notebook = json.loads((checkout.notebooks / f"{index}.ipynb").read_text(encoding="utf-8"))
    source = "\n".join("".join(cell["source"]) for cell in notebook["cells"])
    call = r"#\| label: ((?:fig|tbl)-[a-z-]+)\nshow\.(chart|table)\(result, \"(\w+)\"\)"
    labels = {label: (room, name) for label, room, name in re.findall(call, source)}
    assert len(labels) > 5
    shown = set()
    for label, (room, name) in labels.items():
        module = charts if room == "chart" else tables
        if not getattr(module, name)(result).is_empty:
            shown.add(label)
    for section in ("overview", "areas", "losses", "published", "changes", "method", "missing"):
        said = getattr(texts, section)(result).markdown
        for label in re.findall(r"@((?:fig|tbl)-[a-z-]+)", said):
            assert label in shown, (section, label)


def test_the_self_score_is_marked_only_where_it_has_the_maximum_of_the_bar(own):
    """A share without survey criteria beside one with them read as a cut by the appraisal."""
    items = (
        Item("1", "Thể chế", maximum=15.0),
        Item("1.1", "Kế hoạch", "1", 10.0, self_points=9.0, appraised=8.0),
        Item("1.2", "Khảo sát", "1", 5.0, survey=3.0),
        Item("2", "Thủ tục", maximum=10.0, self_points=9.0, appraised=8.0),
    )
    result = replace(own, scoring=Scoring(items), areas=("1", "2"))
    alt = par_index_charts.areas(result).alt
    assert "Thể chế 73,33%;" in alt
    assert "Thủ tục 80,00% (tự chấm 90,00%)" in alt
    shown = [plain(str(row[2])) for row in par_index_tables.areas(result).rows]
    assert shown == ["9,00/10", "9,00/10", "18,00/20"]
