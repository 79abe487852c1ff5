"""Frames on the sub-dimensions of PAPI, and on what is known of the error of a total."""

from __future__ import annotations

import re

from .claims import At, frame
from .numbers import N, prints
from .papi_context import default_year, own, papi

KINDS = ("papi", "papi_office", "province")
GROUPS = ("Cao", "Trung bình cao", "Trung bình thấp", "Thấp")
PLACED = (
    rf"([^:().]+?) \(({N}) điểm, (?:đồng hạng )?thứ (\d+)/(\d+)(?: \(đồng hạng\))?"
    rf"(?:, trung vị ({N}))?\)"
)


def parts(at: At) -> dict[str, str]:
    """Codes of the sub-dimensions of the year by their names."""
    return papi(at).parts(default_year(at))


def code_in(at: At, said: str) -> str | None:
    """Code of the sub-dimension whose name the words end with; a name may hold a semicolon."""
    ends = [name for name in parts(at) if said.strip().endswith(name)]
    return parts(at)[max(ends, key=len)] if ends else None


def relative(at: At, code: str) -> float:
    """Where the unit stands among those that have the score: 0 is the best."""
    place, units = papi(at).place(default_year(at), code, at.page.slug)
    return (place - 0.5) / units


def known(at: At) -> list[str]:
    year = default_year(at)
    return [code for code in parts(at).values() if at.page.slug in papi(at).of(year, code)]


@frame(PLACED, KINDS)
def part_placed(at: At, m: re.Match[str]) -> object:
    code = code_in(at, m[1])
    if code is None:
        return False
    year = default_year(at)
    at.check(prints(m[2], own(at, code, year)), "điểm", f"{code} {year}")
    right = papi(at).place(year, code, at.page.slug)
    at.check((int(m[3]), int(m[4])) == right, "vị trí", f"{code} {year}: {right}")
    if m[5]:
        at.check(prints(m[5], papi(at).middle(year, code)), "trung vị", f"{code} {year}")
    return None


@frame(
    rf"^Năm (20\d\d), ([^.;]+?) đạt ({N}) điểm, thuộc nhóm ({'|'.join(GROUPS)}), xếp (đồng hạng )?"
    rf"thứ (\d+)/(\d+)(?: \(năm (20\d\d): ({N}) điểm\))?",
    ("papi_office", "annual"),
)
def part_of_a_year(at: At, m: re.Match[str]) -> object:
    """What an office says of one sub-dimension of the year, with the year before in brackets."""
    year, slug = int(m[1]), at.page.slug
    code = papi(at).parts(year).get(m[2])
    if code is None:
        return False
    at.check(prints(m[3], own(at, code, year)), "điểm", f"{code} {year}")
    sets = papi(at).group(year, code, slug)
    at.check(m[4] in sets, "nhóm", f"{code} {year}: {sets}")
    right = papi(at).place(year, code, slug)
    at.check((int(m[6]), int(m[7])) == right, "vị trí", f"{code} {year}: {right}")
    tied = papi(at).tied(year, code, slug)
    at.check(bool(m[5]) == bool(tied), "đồng hạng", f"{code} {year}: {tied}")
    if m[8]:
        at.check(prints(m[9], own(at, code, int(m[8]))), "điểm năm trước", f"{code} {m[8]}")
    return None


@frame(rf"[Vv]ị trí (tốt|cao|thấp) nhất (?:là|ở) ((?:{PLACED}(?:; | và )?)+)", KINDS)
def ends_of_parts(at: At, m: re.Match[str]) -> object:
    said = [code_in(at, one[0]) for one in re.findall(PLACED, m[2])]
    if None in said:
        return False
    order = sorted((relative(at, code) for code in known(at)), reverse=m[1] == "thấp")
    ends = order[: len(said)]
    mine = sorted((relative(at, code) for code in said if code), reverse=m[1] == "thấp")
    at.check(mine == ends, "vị trí tốt nhất, thấp nhất", f"{said}")
    return None


@frame(
    r"[Tt]rong (\d+) nội dung thành phần(?: năm (20\d\d))?(?:, [^,;]+ có (\d+) ở nhóm Cao, (\d+) ở "
    r"nhóm Trung bình cao, (\d+) ở nhóm Trung bình thấp và (\d+) ở nhóm Thấp)?",
    KINDS,
)
def groups_of_parts(at: At, m: re.Match[str]) -> object:
    year = default_year(at)
    at.check(int(m[1]) == len(known(at)), "số nội dung thành phần", f"{len(known(at))}")
    if m[3]:
        at.check(int(m[2]) == year, "năm", f"{year}")
        sets = [papi(at).group(year, code, at.page.slug) for code in known(at)]
        for name, said in zip(GROUPS, m.groups()[2:], strict=True):
            sure, may = sum(s == {name} for s in sets), sum(name in s for s in sets)
            at.check(sure <= int(said) <= may, "số nội dung trong nhóm", f"{name}: {sure}–{may}")
    return None


@frame(rf"[Tt]rung vị cả nước là ({N}) điểm; chưa có sai số khảo sát để so sánh", KINDS)
def no_error(at: At, m: re.Match[str]) -> None:
    year = default_year(at)
    at.check(prints(m[1], papi(at).middle(year, "total")), "trung vị", f"{year}")
    at.check(papi(at).error(year, at.page.slug) is None, "sai số", "có sai số của năm này")


@frame(
    rf"điểm tổng hợp là ({N}) điểm, năm (20\d\d) là ({N}) điểm; chưa có đủ sai số khảo sát để kết "
    r"luận về thay đổi",
    KINDS,
)
def no_error_of_one(at: At, m: re.Match[str]) -> None:
    later, earlier, slug = default_year(at), int(m[2]), at.page.slug
    for said, year in ((m[1], later), (m[3], earlier)):
        at.check(prints(said, own(at, "total", year)), "điểm", f"{year}")
    unknown = None in (papi(at).error(later, slug), papi(at).error(earlier, slug))
    at.check(unknown, "sai số", "có sai số của cả hai năm")
    at.check(papi(at).comparable("total", earlier, later), "qua mốc đổi cách tính", f"{earlier}")


@frame(rf"[Kk]hoảng tin cậy được công bố của điểm tổng hợp là từ ({N}) đến ({N}) điểm", KINDS)
def interval(at: At, m: re.Match[str]) -> None:
    low, high = papi(at).intervals.get((default_year(at), at.page.slug), (None, None))
    at.check(prints(m[1], low) and prints(m[2], high), "khoảng tin cậy", f"{low}–{high}")


@frame(
    r"Sổ tính ghi khoảng tin cậy 95%, nhưng nửa khoảng bằng 1,645 lần sai số chuẩn, tức ứng với mức "
    r"90% nếu sai số chuẩn đúng"
)
def width(at: At, m: re.Match[str]) -> None:
    """What is wrong with the label of the printed intervals holds of every one that ships."""
    off = [
        key
        for key, (low, high) in papi(at).intervals.items()
        if abs(float(high - low) / 2 / papi(at).printed_errors[key[0]][key[1]] - 1.645) > 0.001
    ]
    at.check(not off, "nửa khoảng tin cậy", f"{off[:3]}")


@frame(r"Báo cáo dùng sai số chuẩn với mức 95%")
def level(at: At, m: re.Match[str]) -> None:
    """The margins of the page are computed with it."""


@frame(
    rf"tổng các nội dung thành phần bằng điểm của chỉ số nội dung \(sai lệch không quá ({N}) điểm\)"
)
def sums_of_parts(at: At, m: re.Match[str]) -> None:
    year, most = default_year(at), float(m[1].replace(",", "."))
    bad = []
    for slug in papi(at).of(year, "total"):
        for code in papi(at).codes(year):
            below = [c for c in parts(at).values() if c.startswith(f"{code}.")]
            values = [papi(at).of(year, c).get(slug) for c in below]
            whole = papi(at).of(year, code).get(slug)
            if whole is not None and None not in values:
                gap = abs(float(sum(v for v in values if v is not None) - whole))
                bad += [(slug, code)] if gap > most else []
    at.check(not bad, "tổng các nội dung thành phần", f"{bad[:3]}")


@frame(
    r"Không tính lại được thứ hạng vì thiếu điểm của ít nhất một chỉ số nội dung",
    ("papi", "province"),
)
def not_regenerated(at: At, m: re.Match[str]) -> None:
    year = default_year(at)
    every = all(at.page.slug in papi(at).of(year, code) for code in papi(at).codes(year))
    at.check(not every, "thiếu điểm", "có điểm của mọi chỉ số nội dung")
