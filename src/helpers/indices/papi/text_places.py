"""A province beside its region, and in the units of 1 July 2025."""

from __future__ import annotations

from helpers.facts.comparison import rounded
from helpers.facts.standing import alike
from helpers.indices.papi import text_compared as compared
from helpers.indices.papi import text_words as words
from helpers.indices.papi.errors import against_region
from helpers.indices.papi.result import PapiResult
from helpers.places import Place
from helpers.words.numbers import Number, place
from helpers.words.text import Text, joined, paragraphs, upper_first


def region(result: PapiResult) -> Text:
    """Set the province beside its region."""
    if not result.has_total:
        return paragraphs(
            "Không có điểm tổng hợp nên không so sánh với bình quân vùng; các chỉ số nội dung xem "
            "@tbl-dimensions."
        )
    score = result.score(result.edition.root.code)
    rows = result.country.current
    in_region = {p.slug for p in result.country.measured if p.region == result.place.region}
    peers = rows[(rows["code"] == score.code) & rows["slug"].isin(in_region)]
    units = words.units(result.country)
    mean = words.computed(
        score.region_mean, f"bình quân giản đơn của {len(peers)} {units} trong vùng"
    )
    own = rounded(score.value, result.definition.decimals)
    printed = [rounded(value, result.definition.decimals) for value in peers["value"]]
    rank = Number(
        place(sum(value > own for value in printed) + 1, len(peers)),
        "xếp theo điểm tổng hợp làm tròn trong vùng",
    )
    if len(peers) == 1:
        return paragraphs(
            f"Trong vùng {result.place.region} chỉ {result.place.name} có điểm tổng hợp, nên chưa có "
            "đơn vị cùng vùng để so sánh (@fig-map)."
        )
    tie = "đồng hạng " if printed.count(own) > 1 else ""
    verdict = against_region(result, score.code)
    said = [
        f"Vùng {result.place.region} có {words.counted(len(peers), 'đơn vị của vùng có điểm')} "
        f"{units} có điểm tổng hợp, bình quân {mean} điểm.",
        f"Theo điểm công bố, {result.place.in_full} xếp {tie}thứ {rank} trong vùng (@fig-map).",
    ]
    if verdict.case != "unknown":
        clause = compared.against(
            verdict, "bình quân vùng", mean, "điểm của tỉnh và bình quân vùng"
        )
        said.append(f"Điểm của {result.place.name} {clause}.")
    return paragraphs(said)


def kept(old: Place, new: Place) -> str:
    """Say that a unit kept its borders on 1 July 2025, and its name of today if it has another."""
    renamed = f" và mang tên {new.full_name(2025)}" if new.own_name != old.own_name else ""
    return (
        "Khi cả nước sắp xếp còn 34 đơn vị hành chính cấp tỉnh từ ngày 01/7/2025, "
        f"{old.in_full} giữ nguyên địa giới{renamed}"
    )


def merger(result: PapiResult) -> Text:
    """Say what became of the province on 1 July 2025, and what the scores say of the new unit."""
    new = result.successor
    if new is None:
        return paragraphs(f"Số liệu năm {result.year} theo 34 đơn vị hành chính cấp tỉnh.")
    old = [result.country.places.get(slug, "63") for slug in new.predecessors]
    rows = result.country.merged
    if len(old) == 1:
        return paragraphs(
            [
                f"{kept(result.place, new)}, nên điểm không thay đổi; nhóm ở @fig-map-34 chia lại "
                "trong các đơn vị mới tính được.",
                _split(result, new),
            ]
        )
    opening = f"{upper_first(result.country.places.merger(new))}."
    total = rows[(rows["code"] == result.edition.root.code) & (rows["slug"] == new.slug)]
    if total.empty:
        missing = result.country.detail.incomplete[new.slug]
        without = joined([result.country.places.get(slug, "63").in_full for slug in missing])
        return paragraphs(
            f"{opening} Chưa tính được điểm của đơn vị mới vì năm {result.year} không đủ số liệu của "
            f"{without}."
        )
    row = total.iloc[0]
    tied = (rows["code"] == result.edition.root.code) & (rows["rank"] == row["rank"])
    tie = "đồng hạng " if tied.sum() > 1 else ""
    score = words.computed(float(row["value"]), f"{row['source']}, PAPI {result.year}")
    rank = Number(
        place(int(row["rank"]), int(row["n"])),
        "xếp theo điểm làm tròn trong các đơn vị của 34 tỉnh, thành phố tính được",
    )
    return paragraphs(
        [
            opening,
            f"Tính bình quân theo dân số năm 2020, điểm tổng hợp năm {result.year} của đơn vị mới là "
            f"{score} điểm, {tie}thứ {rank} trong các đơn vị tính được (@fig-map-34).",
            _split(result, new),
            "Đây là số liệu do báo cáo này tính để tham khảo, không phải số liệu PAPI công bố.",
        ]
    )


def _split(result: PapiResult, new: Place) -> str:
    """Say with whom the new unit prints alike and yet is of another group; empty for nobody."""
    rows = result.country.merged
    rows = rows[rows["code"] == result.edition.root.code]
    own = rows[rows["slug"] == new.slug]
    if own.empty:
        return ""
    others = alike(rows, new.slug, result.definition.decimals)
    others = others[others["group"] != own["group"].iloc[0]]
    if others.empty:
        return ""
    names = [result.country.places.get(slug, "34").in_full for slug in others["slug"]]
    return (
        f"{upper_first(new.full_name(2025))} có cùng điểm làm tròn với {joined(names)} nhưng thuộc "
        "nhóm khác, vì nhóm chia theo điểm chưa làm tròn."
    )
