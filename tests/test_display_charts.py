"""Charts of the published years: what is drawn, what is said of it, and that both are the same."""

import io
import re
import subprocess
import sys
from itertools import pairwise

import drawn as drawings
import pandas as pd
import pytest
from IPython.core.formatters import DisplayFormatter

from helpers import charts, papi, tables
from helpers.display import strips as _strips
from helpers.display.theme import NARROW
from helpers.indices.papi import charts_history
from helpers.indices.papi import charts_tiles as _tiles
from helpers.words import numbers

NUMERAL = re.compile(r"[+−]?\d+(?:,\d+)")


@pytest.fixture(scope="module", autouse=True)
def _little_is_known(little_known):
    """Where nothing else is said, reports are made of PAPI's three years without parts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHISO_PROJECT", str(little_known.root))
        yield


@pytest.fixture(scope="module")
def country():
    return papi.evaluate_country(2024)


@pytest.fixture(scope="module")
def result(country):
    return papi.of_province(country.places.get("quang-nam", "63"), country)


@pytest.fixture(scope="module")
def drawn(result, country):
    return {
        "dimensions": charts.dimensions(result),
        "history": charts.history(result),
        "tile_map": charts.tile_map(result),
        "tile_map_34": charts.tile_map(result, "34"),
        "spread": charts.spread(country),
        "regions": charts.regions(country),
    }


NAMES = ["dimensions", "history", "tile_map", "tile_map_34", "spread", "regions"]


@pytest.mark.parametrize("name", NAMES)
def test_bundle_has_the_drawing_and_the_text_alternative(drawn, name):
    data, metadata = DisplayFormatter().format(drawn[name])
    assert set(data) == {"image/svg+xml", "text/plain", "text/html"}
    described = metadata["chiso"]
    assert described["kind"] == "figure"
    assert described["alt"] == data["text/plain"] == drawn[name].alt


@pytest.mark.parametrize("name", NAMES)
def test_caption_names_index_and_year_and_carries_no_number_and_no_full_stop(drawn, name):
    caption = drawn[name].caption
    assert not caption.endswith(".")
    assert not caption.startswith("Hình")
    assert "PAPI" in caption
    assert "2024" in caption


@pytest.mark.parametrize("name", NAMES)
def test_alternative_is_a_few_sentences(drawn, name):
    sentences = re.split(r"(?<=\.) (?=[A-ZĐÀ-Ỹ])", drawn[name].alt)
    assert 1 <= len(sentences) <= 4 + (name == "history")
    assert all(sentence.endswith(".") for sentence in sentences)


def test_caption_says_where_how_many_and_when(drawn):
    assert (
        drawn["dimensions"].caption
        == "Vị trí của Quảng Nam trong phân bố điểm 61 tỉnh, thành phố, PAPI 2024"
    )
    caption = drawn["tile_map_34"].caption
    assert "điểm tính từ 63 tỉnh, thành phố theo dân số 2020" in caption
    assert "nhóm chia lại trong 32 đơn vị tính được" in caption


def test_numbers_of_the_alternative_stand_in_the_table(result, drawn):
    printed = set(NUMERAL.findall(str(tables.dimensions(result))))
    told = NUMERAL.findall(drawn["dimensions"].alt)
    assert told
    assert set(told) <= printed


def test_numbers_of_the_national_alternative_stand_in_the_summary(country, drawn):
    summary = set(NUMERAL.findall(str(tables.summary(country))))
    *told, narrow, wide = NUMERAL.findall(drawn["spread"].alt)
    assert set(told) <= summary
    widths = [
        numbers.decimal(rows["highest"].iloc[0] - rows["lowest"].iloc[0])
        for code, rows in country.current.groupby("code")
        if code != "total"
    ]
    assert (narrow, wide) == (min(widths), max(widths))
    # The means of the totals stand in the figure alone: those of the scores, region by region.
    totals = country.current[country.current["code"] == "total"]
    region = {place.slug: place.region for place in country.places.units("63")}
    means = totals["value"].groupby(totals["slug"].map(region)).mean()
    regions, _, rest = drawn["regions"].alt.removesuffix(".").partition(". ")
    assert dict(re.findall(r"(?:^| và |[;:] )([^;:()]+?) \(([\d,]+)\)", regions)) == {
        name: numbers.decimal(mean) for name, mean in means.items()
    }
    assert set(NUMERAL.findall(rest)) <= summary


def test_alternatives_call_no_difference_higher_lower_risen_or_fallen(drawn):
    for name, chart in drawn.items():
        for word in ("cao hơn", "thấp hơn", "tăng", "giảm", "rộng nhất", "chênh lệch cao nhất"):
            assert word not in chart.alt, (name, word)


def test_a_group_among_the_34_is_not_that_of_the_63(countries):
    # reading.md: Lai Châu 2021 stood in two groups on one page.
    result = papi.of_province(countries[2021].places.get("lai-chau", "63"), countries[2021])
    old, new = charts.tile_map(result).alt, charts.tile_map(result, system="34").alt
    assert "thuộc nhóm Trung bình cao." in old
    assert "thuộc nhóm Trung bình thấp chia lại trong 32 đơn vị tính được." in new


def test_numbers_of_the_map_and_history_stand_in_their_tables(result, country, drawn):
    ranking = set(NUMERAL.findall(str(tables.ranking(country))))
    assert set(NUMERAL.findall(drawn["tile_map"].alt)) <= ranking
    merged = set(NUMERAL.findall(str(tables.merged(country))))
    assert set(NUMERAL.findall(drawn["tile_map_34"].alt)) <= merged
    medians = {numbers.decimal(value) for value in result.history["median"]}
    changes = set(NUMERAL.findall(str(tables.changes(result))))
    assert set(NUMERAL.findall(drawn["history"].alt)) <= changes | medians


def test_own_value_and_group_stand_beside_every_mark(result, drawn):
    shown = drawings.texts(drawn["dimensions"])
    for code in result.dimension_codes():
        own = result.score(code)
        group = result.definition.groups.names[own.group - 1]
        assert f"{numbers.decimal(own.value)} · {group}" in shown


def test_same_province_gives_the_same_bytes(result, drawn):
    again = charts.dimensions(result)
    assert again.svg() == drawn["dimensions"].svg() == drawn["dimensions"].svg()


def test_session_keeps_its_settings_and_its_figures(result):
    program = (
        # Read below RcParams: its own reading would settle the session's choice of backend.
        "import matplotlib as mpl; before = dict(dict.items(mpl.rcParams))\n"
        "from helpers import charts, papi\n"
        "chart = charts.tile_map(papi.evaluate('quang-nam', 2024)); chart._repr_mimebundle_()\n"
        "import matplotlib.pyplot as plt\n"
        "assert dict(dict.items(mpl.rcParams)) == before; assert plt.get_fignums() == []"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.mark.parametrize("system", ["63", "34"])
def test_both_archipelagos_are_drawn_and_labelled(result, system):
    shown = " ".join(drawings.texts(charts.tile_map(result, system))).replace("\n", " ")
    assert "Quần đảo Hoàng Sa (Đà Nẵng)" in shown
    assert "Quần đảo Trường Sa (Khánh Hòa)" in shown


def test_map_without_an_archipelago_is_refused(result, monkeypatch):
    grid = tuple(tile for tile in _tiles.tiles("63") if tile.slug != "truong-sa")
    monkeypatch.setattr(_tiles, "tiles", lambda system: grid)
    with pytest.raises(ValueError, match="Trường Sa"):
        charts.tile_map(result)


def test_map_has_a_tile_and_a_label_for_every_unit(country, drawn):
    shown = drawings.shown(drawn["tile_map"])
    assert [t.label for t in _tiles.tiles("63") if t.kind == "unit" and t.label not in shown] == []
    assert "Không có số liệu" in shown
    assert "Tiền Giang và Vĩnh Phúc" in drawn["tile_map"].alt


def test_map_of_34_marks_the_unit_a_province_now_belongs_to(drawn):
    assert "Đà Nẵng đạt 41,97 điểm" in drawn["tile_map_34"].alt
    assert "Hợp nhất từ nhiều đơn vị" in drawings.texts(drawn["tile_map_34"])


def test_no_line_crosses_a_break(result, drawn):
    crossed, lines = 0, 0
    for code in (result.edition.root.code, *result.dimension_codes()):
        rows = result.history[result.history["code"] == code].sort_values("year")
        pairs = list(pairwise(zip(rows["year"], rows["segment"], strict=True)))
        crossed += sum(old[1] != new[1] for old, new in pairs)
        lines += sum(old[1] == new[1] for old, new in pairs)
    roles = drawings.roles(drawn["history"].svg())
    assert 0 < roles.count("own-line") + roles.count("own-dotted") <= lines + 1  # and in the legend
    assert roles.count("band") == crossed + 1
    assert crossed > 0


def test_break_stands_before_the_first_year_of_the_new_method(result):
    assert charts_history.break_years(result.definition, "5", 2020, 2024) == (2021,)
    assert charts_history.break_years(result.definition, "8", 2018, 2021) == (2019, 2020)


def test_years_are_written_without_a_thousands_mark(drawn):
    labels = drawings.texts(drawn["history"])
    assert "2024" in labels
    assert "2.024" not in labels


def test_one_year_is_no_course(country):
    place = country.places.get("thua-thien-hue", "63")
    alone = papi.of_province(place, papi.evaluate_country(2020))
    assert charts.history(alone).is_empty


@pytest.mark.parametrize(
    ("slug", "year"),
    [("quang-nam", 2024), ("quang-ninh", 2024), ("kien-giang", 2024), ("ha-noi", 2021)],
)
def test_no_text_overlaps_another_or_is_cut(slug, year):
    result = papi.evaluate(slug, year)
    for chart in (charts.tile_map(result), charts.tile_map(result, "34")):
        assert drawings.faults(chart) == []


def test_rows_are_a_tidy_table_of_what_is_drawn(result, drawn):
    rows = pd.DataFrame(drawn["dimensions"].rows)
    own = rows[rows["unit"] == "quang-nam"]
    codes = result.dimension_codes()
    assert own["value"].tolist() == [result.score(code).value for code in codes]
    assert own["group"].tolist() == [result.score(code).group for code in codes]
    assert len(rows) == len(result.country.current[result.country.current["code"].isin(codes)])
    history = pd.DataFrame(drawn["history"].rows)
    assert len(history) == len(result.history)


def test_dots_on_one_level_do_not_touch_where_there_is_room():
    values = [5.0, 5.01, 5.02, 5.5, 5.51]
    levels = _strips.swarm(values, 0.05)
    for level in set(levels):
        row = sorted(v for v, at in zip(values, levels, strict=True) if at == level)
        assert all(b - a >= 0.05 for a, b in pairwise(row))


def test_groups_meet_between_their_nearest_values(country):
    rows = country.current[country.current["code"] == "5"]
    spans = _strips.group_spans(rows["value"].tolist(), rows["group"].tolist())
    assert [group for group, _, _ in spans] == [1, 2, 3, 4]
    assert spans[0][1] == rows["value"].min()
    assert spans[-1][2] == rows["value"].max()
    assert all(a[2] == b[1] for a, b in pairwise(spans))


def test_chart_of_sub_dimensions_that_are_not_known_shows_nothing(result):
    chart = charts.sub_dimensions(result)
    assert chart.is_empty
    assert DisplayFormatter().format(chart) == ({}, {})
    assert "nội dung thành phần" in chart.reason
    with pytest.raises(ValueError, match="Không có hình"):
        chart.svg()


def test_a_phone_reads_whole_names_in_eight_columns(result, drawn):
    shown = drawings.shown(drawn["tile_map"], NARROW)
    for tile in _tiles.tiles("63"):
        if tile.kind == "unit":
            assert result.country.places.get(tile.slug, "63").called("map") in shown
    assert 'class="narrow grid"' in drawn["tile_map"].svg(NARROW)


def test_the_own_unit_alone_is_framed_and_written_bold(country, drawn):
    roles = drawings.roles(drawn["tile_map"].svg())
    assert roles.count("own-frame") == 2  # and in the legend
    national = charts.tile_map(country)
    assert "own-frame" not in drawings.roles(national.svg())
    assert "Quảng Nam: 41,00 điểm" in drawings.texts(drawn["tile_map"])


def test_rows_of_the_map_hold_every_unit_and_leave_the_unknown_empty(drawn):
    lines = drawn["tile_map"].csv().splitlines()
    assert lines[0] == "unit,value,group"
    assert len(lines) == 64
    assert "vinh-phuc,," in lines
    (own,) = (line for line in lines if line.startswith("quang-nam,"))
    assert own.endswith(",1")


def test_csv_and_data_frame_hold_the_same(drawn):
    for name, chart in drawn.items():
        read = pd.read_csv(io.StringIO(chart.csv()))
        rows = pd.DataFrame(chart.rows)
        assert list(read.columns) == list(rows.columns), name
        assert len(read) == len(rows) > 0, name
        for column in read.columns:
            same = pytest.approx(rows[column].tolist(), abs=1e-4, nan_ok=True)
            assert read[column].tolist() == same, name
