"""The tile-grid maps show the country as its readers know it."""

import pytest

from helpers.places import SYSTEMS, register, tiles

# Units with a common border, from all parts of the country.
NEIGHBOURS = {
    "63": [
        ("ha-giang", "cao-bang"),
        ("dien-bien", "lai-chau"),
        ("ha-noi", "bac-ninh"),
        ("ha-noi", "hoa-binh"),
        ("quang-ninh", "hai-phong"),
        ("ninh-binh", "thanh-hoa"),
        ("thanh-hoa", "nghe-an"),
        ("nghe-an", "ha-tinh"),
        ("ha-tinh", "quang-binh"),
        ("quang-tri", "thua-thien-hue"),
        ("thua-thien-hue", "da-nang"),
        ("da-nang", "quang-nam"),
        ("quang-nam", "quang-ngai"),
        ("kon-tum", "gia-lai"),
        ("dak-lak", "phu-yen"),
        ("dak-nong", "binh-phuoc"),
        ("lam-dong", "khanh-hoa"),
        ("ninh-thuan", "binh-thuan"),
        ("dong-nai", "binh-thuan"),
        ("tay-ninh", "long-an"),
        ("ho-chi-minh", "dong-nai"),
        ("tien-giang", "ben-tre"),
        ("an-giang", "kien-giang"),
        ("kien-giang", "ca-mau"),
        ("bac-lieu", "soc-trang"),
    ],
    "34": [
        ("tuyen-quang", "cao-bang"),
        ("lai-chau", "dien-bien"),
        ("ha-noi", "phu-tho"),
        ("ha-noi", "hung-yen"),
        ("quang-ninh", "hai-phong"),
        ("ninh-binh", "thanh-hoa"),
        ("ha-tinh", "quang-tri"),
        ("quang-tri", "hue"),
        ("hue", "da-nang"),
        ("da-nang", "quang-ngai"),
        ("gia-lai", "dak-lak"),
        ("dak-lak", "khanh-hoa"),
        ("lam-dong", "dong-nai"),
        ("tay-ninh", "dong-thap"),
        ("ho-chi-minh", "dong-nai"),
        ("vinh-long", "can-tho"),
    ],
}


@pytest.fixture(params=SYSTEMS)
def system(request):
    return request.param


def by_slug(system):
    return {tile.slug: tile for tile in tiles(system)}


def test_every_unit_has_one_tile_and_no_two_tiles_overlap(system):
    units = [tile for tile in tiles(system) if tile.kind == "unit"]
    assert sorted(t.slug for t in units) == sorted(p.slug for p in register().units(system))
    positions = {(tile.column, tile.row) for tile in tiles(system)}
    assert len(positions) == len(tiles(system))


def test_both_archipelagos_lie_at_sea_east_of_the_coast_and_name_their_province(system):
    found = by_slug(system)
    east = max(tile.column for tile in found.values() if tile.kind == "unit")
    assert found["hoang-sa"].label == "Quần đảo Hoàng Sa (Đà Nẵng)"
    assert found["hoang-sa"].belongs_to == "da-nang"
    assert found["truong-sa"].label == "Quần đảo Trường Sa (Khánh Hòa)"
    assert found["truong-sa"].belongs_to == "khanh-hoa"
    assert min(found["hoang-sa"].column, found["truong-sa"].column) > east + 1
    assert found["hoang-sa"].row < found["truong-sa"].row


def test_neighbours_touch(system):
    found = by_slug(system)
    for one, other in NEIGHBOURS[system]:
        a, b = found[one], found[other]
        assert max(abs(a.column - b.column), abs(a.row - b.row)) == 1, (one, other)


def test_the_outline_is_that_of_the_country(system):
    units = {slug: tile for slug, tile in by_slug(system).items() if tile.kind == "unit"}
    top = "ha-giang" if system == "63" else "tuyen-quang"
    assert units[top].row == min(tile.row for tile in units.values())
    assert units["ca-mau"].row == max(tile.row for tile in units.values())
    assert units["dien-bien"].column == min(tile.column for tile in units.values())
    assert units["khanh-hoa"].column == max(tile.column for tile in units.values())
    # The Mekong delta's tip lies west of every tile of its three southern rows.
    south = [tile for tile in units.values() if tile.row >= units["ca-mau"].row - 2]
    assert units["ca-mau"].column == min(tile.column for tile in south)


def test_the_country_is_wide_in_the_north_and_the_south_and_narrow_between(system):
    rows = {}
    for tile in tiles(system):
        if tile.kind == "unit":
            rows.setdefault(tile.row, []).append(tile.column)
    found = by_slug(system)
    assert len(rows[found["ha-tinh"].row]) == 1
    assert max(len(rows[r]) for r in rows if r < found["ha-tinh"].row) >= 5
    assert max(len(rows[r]) for r in rows if r > found["khanh-hoa"].row) >= 3


def test_every_map_is_one_piece(system):
    left = {(tile.column, tile.row) for tile in tiles(system) if tile.kind == "unit"}
    border = [left.pop()]
    while border:
        column, row = border.pop()
        near = {(column + x, row + y) for x in (-1, 0, 1) for y in (-1, 0, 1)} & left
        left -= near
        border.extend(near)
    assert left == set()


def test_the_central_highlands_lie_west_of_the_coast_they_adjoin():
    found = by_slug("63")
    for inland, coast in [
        ("kon-tum", "quang-ngai"),
        ("gia-lai", "binh-dinh"),
        ("dak-lak", "phu-yen"),
    ]:
        assert found[inland].row == found[coast].row
        assert found[inland].column < found[coast].column
