"""The register of this checkout: who is in it, how it is asked, and the traps of 2025."""

from datetime import date

import pytest

from helpers.places import (
    SYSTEMS,
    Register,
    register,
    sort_key,
    system_of_year,
    unit_order,
)

CODES_WITH_TWO_MEANINGS = [
    ("15", "yen-bai", "lao-cai"),
    ("24", "bac-giang", "bac-ninh"),
    ("44", "quang-binh", "quang-tri"),
    ("52", "binh-dinh", "gia-lai"),
    ("80", "long-an", "tay-ninh"),
    ("82", "tien-giang", "dong-thap"),
    ("91", "kien-giang", "an-giang"),
]
UNCHANGED = {
    "ha-noi",
    "hue",
    "cao-bang",
    "lai-chau",
    "dien-bien",
    "son-la",
    "lang-son",
    "quang-ninh",
    "thanh-hoa",
    "nghe-an",
    "ha-tinh",
}


@pytest.fixture(scope="module")
def reg() -> Register:
    return register()


def test_there_are_63_units_and_then_34(reg):
    assert len(reg.units("63")) == 63
    assert len(reg.units("34")) == 34


@pytest.mark.parametrize("system", SYSTEMS)
def test_units_come_in_vietnamese_alphabetical_order(reg, system):
    names = [place.own_name for place in reg.units(system)]
    assert names == sorted(names, key=sort_key)
    assert names[0] == "An Giang"
    assert names.index("Cao Bằng") < names.index("Cần Thơ") < names.index("Đà Nẵng")


@pytest.mark.parametrize(("code", "until", "since"), CODES_WITH_TWO_MEANINGS)
def test_a_code_with_two_meanings_names_a_different_unit_in_each_system(reg, code, until, since):
    by_code = {(place.system, place.gso_code): place for place in reg.places}
    assert by_code["63", code].slug == until
    assert by_code["34", code].slug == since
    assert reg.successor_of(by_code["63", code]) == by_code["34", code]


def test_no_other_code_has_two_meanings(reg):
    by_code = {(place.system, place.gso_code): place for place in reg.places}
    changed = {
        place.gso_code
        for place in reg.units("34")
        if place.slug not in (by_code["63", place.gso_code].slug, "hue")
    }
    assert changed == {code for code, _, _ in CODES_WITH_TWO_MEANINGS}


def test_namesakes_of_the_two_systems_are_different_places(reg):
    old, new = reg.get("lam-dong", "63"), reg.get("lam-dong", "34")
    assert old.name == new.name
    assert old != new
    assert old.key != new.key
    assert set(new.predecessors) == {"binh-thuan", "dak-nong", "lam-dong"}


def test_23_units_were_merged_of_52_and_11_kept_their_territory(reg):
    merged = [place for place in reg.units("34") if place.is_merged]
    assert len(merged) == 23
    assert sum(len(place.predecessors) for place in merged) == 52
    assert {place.slug for place in reg.units("34") if not place.is_merged} == UNCHANGED


def test_the_34_units_are_an_exact_union_of_the_63(reg):
    listed = [slug for place in reg.units("34") for slug in place.predecessors]
    assert sorted(listed) == sorted(place.slug for place in reg.units("63"))
    for place in reg.units("63"):
        assert place in reg.predecessors_of(reg.successor_of(place))


def test_a_unit_in_force_has_no_successor_and_a_former_one_no_predecessors(reg):
    with pytest.raises(ValueError, match="chưa có đơn vị kế tiếp"):
        reg.successor_of(reg.get("hue", "34"))
    with pytest.raises(ValueError, match="không hợp thành"):
        reg.weights(reg.get("ha-noi", "63"))
    assert reg.predecessors_of(reg.get("ha-noi", "63")) == ()


def test_weights_are_population_shares_that_sum_to_one(reg):
    for place in reg.units("34"):
        weights = reg.weights(place)
        assert set(weights) == set(place.predecessors)
        assert sum(weights.values()) == pytest.approx(1)
    weights = reg.weights(reg.get("ho-chi-minh", "34"))
    assert weights["ho-chi-minh"] == pytest.approx(9227.6 / 12976.1)
    assert weights["binh-duong"] == pytest.approx(2580.6 / 12976.1)


@pytest.mark.parametrize("system", SYSTEMS)
def test_population_adds_up_to_the_national_total_of_2020(reg, system):
    # NSO's total is 97,582.7; the two copies of Thừa Thiên Huế differ by 0.1.
    total = sum(place.population_2020 for place in reg.units(system))
    assert total == pytest.approx(97582.7, abs=0.2)


def test_regions_run_from_north_to_south_and_differ_between_the_systems(reg):
    assert reg.regions("63")[0] == reg.regions("34")[0] == "Trung du và miền núi phía Bắc"
    assert reg.regions("63")[-1] == reg.regions("34")[-1] == "Đồng bằng sông Cửu Long"
    assert "Tây Nguyên" in reg.regions("63")
    assert "Tây Nguyên" not in reg.regions("34")
    for system in SYSTEMS:
        assert {place.region for place in reg.units(system)} == set(reg.regions(system))


def test_seven_merged_units_straddle_two_regions_of_the_63(reg):
    straddling = {
        place.slug
        for place in reg.units("34")
        if len({unit.region for unit in reg.predecessors_of(place)}) > 1
    }
    assert straddling == {
        "phu-tho",
        "bac-ninh",
        "quang-ngai",
        "gia-lai",
        "dak-lak",
        "lam-dong",
        "tay-ninh",
    }


def test_thua_thien_hue_is_a_province_to_the_end_of_2024_and_a_city_since(reg):
    place = reg.get("thua-thien-hue", "63")
    (change,) = place.type_changes
    assert (change.since, change.type, change.name) == (date(2025, 1, 1), "thành phố", "Huế")
    assert place.full_name(2024) == "tỉnh Thừa Thiên Huế"
    assert place.full_name(2025) == "thành phố Huế"
    assert reg.get("hue", "34").full_name(2025) == "thành phố Huế"


@pytest.mark.parametrize(
    ("slug", "last_day_as_province"),
    [
        ("dong-nai", date(2026, 4, 29)),
        ("quang-ninh", date(2026, 8, 31)),
        ("bac-ninh", date(2026, 9, 19)),
    ],
)
def test_three_provinces_become_cities_in_2026(reg, slug, last_day_as_province):
    place = reg.get(slug, "34")
    (change,) = place.type_changes
    assert change.since.toordinal() == last_day_as_province.toordinal() + 1
    assert place.full_name(2025) == f"tỉnh {place.name}"
    assert place.full_name(2026) == f"thành phố {place.name}"


@pytest.mark.parametrize(
    ("system", "year", "cities"),
    [("63", 2024, 5), ("63", 2025, 6), ("34", 2025, 6), ("34", 2026, 9)],
)
def test_the_number_of_cities_at_the_end_of_a_year_is_that_of_the_law(reg, system, year, cities):
    assert sum(place.type_in(year) == "thành phố" for place in reg.units(system)) == cities


def test_full_name_for_backcast_figures_is_the_name_a_unit_began_with(reg):
    assert reg.get("dong-nai", "34").full_name(2020) == "tỉnh Đồng Nai"
    assert reg.get("quang-nam", "63").full_name(2024) == "tỉnh Quảng Nam"


@pytest.mark.parametrize(
    ("year", "system"), [(2011, "63"), (2023, "63"), (2024, "63"), (2025, "34"), (2026, "34")]
)
def test_scores_speak_of_63_units_to_2024_and_of_34_since(year, system):
    assert system_of_year(year) == system


def test_a_year_before_the_register_has_no_system():
    with pytest.raises(ValueError, match="1999"):
        system_of_year(1999)


def test_an_unknown_system_is_refused(reg):
    with pytest.raises(ValueError, match="'64': viết"):
        reg.units("64")


def test_a_city_that_bears_a_persons_name_is_never_written_by_the_name_alone(reg):
    for system in ("63", "34"):
        city = reg.get("ho-chi-minh", system)
        for use in ("first", "caption", "title"):
            assert city.called(use) == "Thành phố Hồ Chí Minh"
        for use in ("later", "table", "map", "chart"):
            assert city.called(use) == "TP. Hồ Chí Minh"
        assert (city.in_full, city.name) == ("Thành phố Hồ Chí Minh", "TP. Hồ Chí Minh")
        # Decree 30/2020, annex II: this one type has a capital inside a sentence as well.
        assert city.full_name(2024) == "Thành phố Hồ Chí Minh"
        (tile,) = (t for t in reg.tiles(system) if t.slug == "ho-chi-minh")
        assert tile.label == city.called("map")


def test_every_other_unit_is_written_by_its_name_in_every_use(reg):
    for place in (*reg.units("63"), *reg.units("34")):
        if place.slug != "ho-chi-minh":
            assert {place.called(u) for u in ("first", "later", "table", "title")} == {
                place.own_name
            }
    assert reg.get("ba-ria-vung-tau", "63").name == "Bà Rịa - Vũng Tàu"
    assert reg.get("thua-thien-hue", "63").name == "Thừa Thiên Huế"
    assert reg.get("hue", "34").name == "Huế"


def test_units_stand_in_the_order_of_their_own_names(reg):
    slugs = [unit.slug for unit in reg.units("63")]
    assert slugs[slugs.index("ho-chi-minh") - 1 : slugs.index("ho-chi-minh") + 2] == [
        "hoa-binh",
        "ho-chi-minh",
        "hung-yen",
    ]
    names = [unit.name for unit in reg.units("63")]
    assert sorted(names, key=unit_order) == names


def test_one_sentence_tells_of_a_merger_and_names_all_who_joined(reg):
    told = "từ ngày 01/7/2025, tỉnh An Giang và tỉnh Kiên Giang hợp nhất, lấy tên là tỉnh An Giang"
    for slug, system in (("an-giang", "63"), ("kien-giang", "63"), ("an-giang", "34")):
        assert reg.merger(reg.get(slug, system)) == told
    assert reg.merger(reg.get("binh-duong", "63")) == (
        "từ ngày 01/7/2025, tỉnh Bà Rịa - Vũng Tàu, tỉnh Bình Dương và Thành phố Hồ Chí Minh hợp "
        "nhất, lấy tên là Thành phố Hồ Chí Minh"
    )
    for place in (*reg.units("63"), *reg.units("34")):
        now = reg.current(place)
        said = reg.merger(place)
        assert bool(said) == now.is_merged
        if said:
            for old in reg.predecessors_of(now):
                assert old.full_name(2024) in said.partition(" hợp nhất")[0]


def test_whether_a_unit_may_be_compared_with_itself_is_one_answer(reg):
    merged = reg.get("da-nang", "34")
    reasons = reg.same_unit(merged, 2024, 2025)
    assert reasons == (
        "từ ngày 01/7/2025, thành phố Đà Nẵng và tỉnh Quảng Nam hợp nhất, lấy tên là thành phố "
        "Đà Nẵng",
    )
    assert reg.same_unit(reg.get("quang-nam", "63"), 2023, 2026) == reasons
    assert reg.same_unit(reg.get("da-nang", "63"), 2023, 2024) == ()
    assert reg.same_unit(merged, 2025, 2026) == ()
    unchanged = [unit for unit in reg.units("34") if not unit.is_merged]
    assert len(unchanged) == 11
    for unit in unchanged:
        assert reg.same_unit(unit, 2024, 2025) == ()
        (old,) = reg.predecessors_of(unit)
        assert reg.same_unit(old, 2024, 2025) == ()
    assert reg.same_unit(reg.get("tinh-mau", "63"), 2024, 2025) == ()


def test_districts_and_communes_end_with_the_two_level_government_everywhere(reg):
    assert reg.same_parts(2023, 2024) == ()
    assert "không còn cấp huyện" in reg.same_parts(2024, 2025)[0]
