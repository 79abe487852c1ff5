"""The tables of the national report."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from helpers.definitions import compare_years
from helpers.display.table import Cell, Strong, Table
from helpers.indices.papi import charts_words as words
from helpers.indices.papi.result import PapiCountry
from helpers.indices.papi.tables_province import badge
from helpers.places import Place, System
from helpers.words import numbers
from helpers.words.text import escape, joined


def ranking(country: PapiCountry) -> Table:
    """Build the table of all units (see :func:`tables.ranking`)."""
    total = country.edition.root.code
    scores = _by_unit(country.current)
    places = sorted(  # stable, so that Vietnamese order stays inside a group
        country.places.units(country.system),
        key=lambda place: -_group(scores, place.slug, total),
    )
    codes = [dimension.code for dimension in country.edition.dimensions]
    rows: list[tuple[Cell, ...]] = []
    for place in places:
        own = scores.get(place.slug, {})
        top = own.get(total)
        cells: list[Cell] = [place.name]
        if top is None:
            cells += ["", "", ""]
        else:
            cells += [
                badge(words.group_name(country, int(top["group"])), int(top["group"])),
                words.score(country, total, place.slug, top),
                numbers.whole(int(top["rank"])),
            ]
        cells += [
            words.score(country, code, place.slug, own[code]) if code in own else ""
            for code in codes
        ]
        rows.append(tuple(cells))
    measured = country.current[country.current["code"] == total]
    places_note = (
        f"Vị trí tính trong {numbers.whole(len(measured))} {words.UNITS} có điểm tổng hợp"
        if len(measured)
        else ""
    )
    split = _split_note(country, country.current, country.system)
    ties = words.TIES.replace("Đồng hạng", "Cùng vị trí") if (measured["tied"] > 1).any() else ""
    return Table(
        header=("Tỉnh, thành phố", "Nhóm", "Điểm tổng hợp", "Vị trí", *codes),
        rows=tuple(rows),
        caption=(
            f"Nhóm, điểm tổng hợp và điểm các chỉ số nội dung của các {words.UNITS}, "
            f"{words.index_and_year(country)}"
        ),
        align="ll" + "r" * (2 + len(codes)),
        note=". ".join(
            part for part in (places_note, ties, split, _dimension_key(country)) if part
        ),
    )


Scores = dict[str, dict[str, pd.Series]]


def _by_unit(table: pd.DataFrame) -> Scores:
    found: Scores = {}
    for _, row in table.iterrows():
        found.setdefault(str(row["slug"]), {})[str(row["code"])] = row
    return found


def _group(scores: Scores, slug: str, total: str) -> int:
    row = scores.get(slug, {}).get(total)
    return 0 if row is None else int(row["group"])


def _dimension_key(country: PapiCountry) -> str:
    told = "; ".join(f"{d.code}: {d.short}" for d in country.edition.dimensions)
    return f"Các chỉ số nội dung: {escape(told)}"


def regions(country: PapiCountry) -> Table:
    """Build the table of regional means (see :func:`tables.regions`)."""
    table = country.regions
    if table.empty:
        return Table.nothing(f"Năm {country.year} chưa có điểm để tính bình quân vùng.")
    # The totals stand in the figure; here are the dimensions.
    codes = [d.code for d in country.edition.dimensions if (table["code"] == d.code).any()]
    mean = {(str(r["region"]), str(r["code"])): float(r["mean"]) for _, r in table.iterrows()}
    count = table.groupby("region")["n"].max()
    rows = []
    for region in country.places.regions(country.system):
        if region not in count.index:
            continue
        cells: list[Cell] = [region, numbers.whole(int(count[region]))]
        cells += [
            numbers.decimal(mean[region, code], country.definition.decimals)
            if (region, code) in mean
            else ""
            for code in codes
        ]
        rows.append(tuple(cells))
    return Table(
        header=("Vùng", "Số tỉnh", *codes),
        rows=tuple(rows),
        caption=f"Điểm bình quân các chỉ số nội dung theo vùng, {words.index_and_year(country)}",
        align="l" + "r" * (1 + len(codes)),
        note=f"Bình quân giản đơn của các {words.UNITS} có số liệu. {_dimension_key(country)}",
    )


def summary(country: PapiCountry) -> Table:
    """Build the table of the spread of each criterion (see :func:`tables.summary`)."""
    decimals, rows = country.definition.decimals, []
    for code in words.top_codes(country.edition):
        units = country.current[country.current["code"] == code]
        if units.empty:
            continue
        first = units.iloc[0]
        low = words.edge_names(country, units, highest=False)
        high = words.edge_names(country, units, highest=True)
        rows.append(
            (
                _name(country, code),
                numbers.whole(int(first["n"])),
                numbers.decimal(first["median"], decimals),
                numbers.decimal(first["mean"], decimals),
                f"{numbers.decimal(first['lowest'], decimals)} ({low})",
                f"{numbers.decimal(first['highest'], decimals)} ({high})",
            )
        )
    if not rows:
        return Table.nothing(f"Năm {country.year} chưa có điểm.")
    return Table(
        header=("Chỉ số nội dung", "Số tỉnh", "Trung vị", "Bình quân", "Thấp nhất", "Cao nhất"),
        rows=tuple(rows),
        caption=f"Phân bố điểm của các {words.UNITS}, {words.index_and_year(country)}",
        align="lrrrll",
        minor=(4, 5),
    )


def _name(country: PapiCountry, code: str) -> Cell:
    if code == country.edition.root.code:
        return Strong(words.TOTAL)
    return f"{code}. {country.edition.get(code).name_vi}"


def merged(country: PapiCountry) -> Table:
    """Build the table of the 34 units (see :func:`tables.merged`)."""
    if country.merged.empty:
        return Table.nothing(
            f"Điểm năm {country.year} đã được đo theo 34 tỉnh, thành phố, không cần quy đổi."
            if country.system == "34"
            else f"Năm {country.year} chưa đủ điểm để quy đổi sang 34 tỉnh, thành phố."
        )
    scores = _by_unit(country.merged)
    rows = [_merged_cells(country, unit, scores) for unit in country.places.units("34")]
    left_out = [
        _left_out(country, country.places.get(slug, "34"), parts)
        for slug, parts in country.detail.incomplete.items()
    ]
    note = (
        "Tính toán từ điểm của 63 tỉnh, thành phố, bình quân theo dân số trung bình năm 2020; "
        f"{country.definition.short_name} không công bố các số này. Nhóm chia lại trong các đơn vị "
        "tính được"
    )
    if left_out:
        note += f". Chưa tính được: {escape(joined(left_out))}"
    if split := _split_note(country, country.merged, "34"):
        note += f". {split}"
    return Table(
        header=(
            *("Tỉnh, thành phố", "Hình thành từ", "Nhóm", "Điểm tổng hợp"),
            *(dimension.code for dimension in country.edition.dimensions),
        ),
        rows=tuple(rows),
        caption=f"Điểm {words.index_and_year(country)} quy đổi theo 34 {words.UNITS}",
        align="lll" + "r" * (1 + len(country.edition.dimensions)),
        note=f"{note}. {_dimension_key(country)}",
    )


def _left_out(country: PapiCountry, unit: Place, lacking: Iterable[str]) -> str:
    """Name a unit without a score, and what it lacks unless that is the unit itself."""
    if not unit.is_merged:
        return unit.name
    return f"{unit.name} (thiếu {joined(_names(country, lacking))})"


def _split_note(country: PapiCountry, table: pd.DataFrame, system: System) -> str:
    """Say which units print the same total and stand in two groups; nothing if there are none."""
    apart = [
        joined(words.in_order(country, tie, system))
        for tie in words.split_ties(country, table, country.edition.root.code)
    ]
    if not apart:
        return ""
    return (
        "Điểm làm tròn như nhau nhưng khác nhóm, vì nhóm chia theo điểm chưa làm tròn: "
        f"{escape('; '.join(apart))}"
    )


def _names(country: PapiCountry, slugs: Iterable[str]) -> list[str]:
    return words.in_order(country, list(slugs), "63")


def _merged_cells(country: PapiCountry, unit: Place, scores: Scores) -> tuple[Cell, ...]:
    own, total = scores.get(unit.slug, {}), country.edition.root.code
    top = own.get(total)
    codes = (total, *(dimension.code for dimension in country.edition.dimensions))
    group: Cell = (
        ""
        if top is None
        else badge(words.group_name(country, int(top["group"])), int(top["group"]))
    )
    return (
        unit.name,
        joined(_names(country, unit.predecessors)) if unit.is_merged else "giữ nguyên",
        group,
        *(
            words.score(country, code, unit.slug, own[code], system="34") if code in own else ""
            for code in codes
        ),
    )


def largest_changes(country: PapiCountry, earlier: int | None) -> Table:
    """Build the table of both years side by side (see :func:`tables.largest_changes`)."""
    earlier = country.previous_year if earlier is None else earlier
    if earlier is None:
        return Table.nothing(f"Bộ số liệu chưa có năm nào trước năm {country.year}.")
    if earlier >= country.year:
        raise ValueError(f"Năm so sánh ({earlier}) phải trước năm báo cáo ({country.year}).")
    table = country.standing[country.standing["system"] == country.system]
    before = table[table["year"] == earlier]
    rows, refused = [], []
    for code in words.top_codes(country.edition):
        old = before[before["code"] == code].set_index("slug")["value"]
        new = country.current[country.current["code"] == code].set_index("slug")["value"]
        both = [slug for slug in new.index if slug in old.index]
        if not both:
            continue
        answer = compare_years(country.definition, code, earlier, country.year)
        if not answer.allowed:
            name = words.short_name(country.edition, code)
            refused.append(f"{name}: {'; '.join(answer.reasons)}")
            continue
        rows.append(_change_row(country, code, old[both], new[both]))
    if not rows:
        why = f" {'. '.join(refused)}." if refused else ""
        return Table.nothing(
            f"Không có chỉ số nào so sánh được giữa năm {earlier} và năm {country.year}.{why}"
        )
    notes = ["Chênh lệch của từng tỉnh, thành phố tính từ điểm chưa làm tròn"]
    if refused:
        notes.append(escape(f"Không so sánh được. {'. '.join(refused)}"))
    return Table(
        header=(
            *("Chỉ số nội dung", "Số tỉnh", f"Trung vị {earlier}", f"Trung vị {country.year}"),
            *("Trung vị của chênh lệch", "Một nửa số tỉnh nằm trong"),
        ),
        rows=tuple(rows),
        caption=(
            f"Điểm năm {earlier} và năm {country.year} của các {words.UNITS} có số liệu cả hai năm, "
            f"{country.definition.short_name}"
        ),
        align="lrrrrr",
        note=". ".join(notes),
    )


def _change_row(
    country: PapiCountry, code: str, old: pd.Series, new: pd.Series
) -> tuple[Cell, ...]:
    """Set both years side by side; the ends of the differences would be made of noise."""
    decimals = country.definition.decimals
    difference = new - old
    low, high = (float(difference.quantile(share)) for share in (0.25, 0.75))
    return (
        _name(country, code),
        numbers.whole(len(difference)),
        numbers.decimal(float(old.median()), decimals),
        numbers.decimal(float(new.median()), decimals),
        numbers.signed(float(difference.median()), decimals),
        f"{numbers.signed(low, decimals)} đến {numbers.signed(high, decimals)}",
    )
