"""Finding a unit by whatever a report, a workbook or a person calls it."""

import unicodedata
from dataclasses import replace

import pytest

from helpers.places import SYSTEMS, Register, RegisterError, UnknownPlaceError, fold, register


@pytest.fixture(scope="module")
def reg() -> Register:
    return register()


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Đà Nẵng", "da-nang"),
        ("da nang", "da-nang"),
        ("DA NANG", "da-nang"),
        ("Danang", "da-nang"),
        ("Thừa Thiên-Huế", "thua-thien-hue"),
        ("Thừa Thiên – Huế", "thua-thien-hue"),
        ("TT-Huế", "thua-thien-hue"),
        ("Huế", "thua-thien-hue"),
        ("TP. Huế", "thua-thien-hue"),
        ("TP. Hồ Chí Minh", "ho-chi-minh"),
        ("Thành phố Hồ Chí Minh", "ho-chi-minh"),
        ("Ho Chi Minh City", "ho-chi-minh"),
        ("TP.HCM", "ho-chi-minh"),
        ("tphcm", "ho-chi-minh"),
        ("hcm", "ho-chi-minh"),
        ("Hoà Bình", "hoa-binh"),
        ("Hòa Bình", "hoa-binh"),
        ("BR-VT", "ba-ria-vung-tau"),
        ("Bà Rịa–Vũng Tàu", "ba-ria-vung-tau"),
        ("dak lak", "dak-lak"),
        ("Đắc Lắc", "dak-lak"),
        ("Đăk Nông", "dak-nong"),
        ("ha-noi", "ha-noi"),
        ("tỉnh Quảng Nam", "quang-nam"),
        ("  Quảng Nam\u00a0 ", "quang-nam"),
        (unicodedata.normalize("NFD", "Quảng Ngãi"), "quang-ngai"),
    ],
)
def test_find_knows_the_spellings_met_in_reports(reg, text, slug):
    assert reg.find(text, "63").slug == slug


@pytest.mark.parametrize("system", SYSTEMS)
def test_find_knows_every_slug_name_and_alias(reg, system):
    for place in reg.units(system):
        for text in (place.slug, place.name, place.name_en, *place.aliases):
            assert reg.find(text, system).key == place.key
            assert reg.find(unicodedata.normalize("NFD", text.upper()), system).key == place.key


@pytest.mark.parametrize("system", SYSTEMS)
def test_initials_are_an_alias_only_where_no_other_unit_shares_them(reg, system):
    initials = {p.key: "".join(word[0] for word in fold(p.name).split()) for p in reg.units(system)}
    for place in reg.units(system):
        for alias in place.aliases:
            sharing = [key for key, letters in initials.items() if letters == fold(alias)]
            assert sharing in ([], [place.key]), alias


@pytest.mark.parametrize(
    "text", ["Hải Nam", "Quảng", "Sài Gòn", "Hà Tây", "ĐN", "HN", "", " ", "99"]
)
def test_find_refuses_what_names_no_unit_or_more_than_one(reg, text):
    with pytest.raises(UnknownPlaceError):
        reg.find(text, "63")


def test_find_proposes_the_nearest_names_and_never_takes_one(reg):
    with pytest.raises(UnknownPlaceError) as caught:
        reg.find("Quang Nan", "63")
    assert str(caught.value) == (
        'Không có tỉnh, thành phố nào tên "Quang Nan" trước ngày 01/7/2025. '
        "Có phải là: Quảng Nam, Quảng Ngãi, Quảng Ninh?"
    )


def test_find_says_nothing_near_where_nothing_is_near(reg):
    with pytest.raises(UnknownPlaceError) as caught:
        reg.find("xyzxyz", "34")
    assert str(caught.value) == ('Không có tỉnh, thành phố nào tên "xyzxyz" từ ngày 01/7/2025.')


def test_find_says_what_became_of_a_unit_of_the_63(reg):
    with pytest.raises(UnknownPlaceError) as caught:
        reg.find("tỉnh Quảng Nam", "34")
    assert str(caught.value) == (
        "Quảng Nam là tên đơn vị trước ngày 01/7/2025; "
        'từ ngày 01/7/2025 thuộc thành phố Đà Nẵng (mã: "da-nang").'
    )
    with pytest.raises(UnknownPlaceError, match="thuộc Thành phố Hồ Chí Minh"):
        reg.get("ba-ria-vung-tau", "34")


def test_find_says_what_a_unit_of_the_34_was_formed_of(reg):
    without_alias = tuple(replace(p, aliases=()) for p in reg.places)
    with pytest.raises(UnknownPlaceError) as caught:
        replace(reg, places=without_alias).find("Huế", "63")
    assert str(caught.value) == (
        "Huế là tên đơn vị từ ngày 01/7/2025; trước ngày 01/7/2025 địa bàn này gồm: Thừa Thiên Huế."
    )


@pytest.mark.parametrize("text", ["TP. Hòa Bình", "thành phố Yên Bái", "TP Vũng Tàu"])
def test_find_does_not_take_a_town_for_the_province_around_it(reg, text):
    with pytest.raises(UnknownPlaceError, match="không phải thành phố trực thuộc trung ương"):
        reg.find(text, "63")


def test_find_takes_bac_ninh_for_a_city_only_in_the_system_where_it_becomes_one(reg):
    assert reg.find("TP. Bắc Ninh", "34").slug == "bac-ninh"
    with pytest.raises(UnknownPlaceError):
        reg.find("TP. Bắc Ninh", "63")


def test_find_accepts_the_former_name_of_hue_as_its_territory_is_the_same(reg):
    assert reg.find("Thừa Thiên Huế", "34").slug == "hue"


def test_a_register_in_which_a_name_means_two_units_does_not_exist(reg):
    places = tuple(
        replace(p, aliases=(*p.aliases, "quang-ninh")) if p.key == ("63", "quang-nam") else p
        for p in reg.places
    )
    with pytest.raises(RegisterError, match="Quảng Ninh hoặc Quảng Nam"):
        replace(reg, places=places)
