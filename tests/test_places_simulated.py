"""The simulated province is found by name and is nowhere among the real ones."""

from __future__ import annotations

import pytest

from helpers.places import UnknownPlaceError, register, tiles

SLUG = "tinh-mau"


@pytest.mark.parametrize("text", [SLUG, "Tỉnh Mẫu", "tỉnh mẫu", "Model Province"])
def test_the_simulated_province_is_found(text):
    place = register().find(text, "63")
    assert place.slug == SLUG
    assert place.simulated
    assert register().get(SLUG, "63") is place


def test_its_name_is_not_said_twice():
    place = register().find(SLUG, "63")
    assert place.full_name(2024) == "tỉnh Mẫu"
    assert place.name == "Tỉnh Mẫu"


@pytest.mark.parametrize("system", ["63", "34"])
def test_it_is_no_unit(system):
    places = register()
    assert SLUG not in {place.slug for place in places.units(system)}
    assert not any(place.simulated for place in places.units(system))
    assert SLUG not in {tile.belongs_to for tile in tiles(system)}
    assert len(places.units("63")) == 63
    for unit in places.units("34"):
        assert SLUG not in unit.predecessors


def test_it_is_not_proposed_for_a_misspelled_name():
    with pytest.raises(UnknownPlaceError) as caught:
        register().find("Maux", "63")
    assert "Tỉnh Mẫu" not in str(caught.value)


def test_the_other_system_says_that_it_is_simulated():
    with pytest.raises(UnknownPlaceError, match="mô phỏng"):
        register().find(SLUG, "34")


def test_official_figures_cannot_be_about_it():
    with pytest.raises(UnknownPlaceError, match="không có trong số liệu chính thức"):
        register().find_unit("Tỉnh Mẫu", "63")
    assert register().find_unit("Cà Mau", "63").slug == "ca-mau"
