"""Frames on how things are measured, and on what is not known: held to the definitions."""

from __future__ import annotations

import re

from .claims import At, frame
from .context import facts
from .numbers import COUNT, N, count, prints
from .papi_context import default_year, papi

RULE = (
    r"(?:[Cc]hỉ nêu|nào|không kết luận|chưa kết luận được|chưa kết luận là|không nêu|chưa "
    r"nêu|kéo|không (?:tự )?gọi là|hoặc kéo|nói là|khẳng định|kết luận|coi là"
    r"|không viết|báo cáo không gọi|chưa gọi là) (?:là )?(?:có )?"
)


@frame(r"^(20\d\d)$")
def year_of_page(at: At, m: re.Match[str]) -> None:
    at.check(int(m[1]) == at.page.year, "năm của trang", str(at.page.year))


@frame(rf"{RULE}(?:điểm |mức )?(?:tăng|giảm)(?:(?:, | hoặc | hay | và |/)(?:kéo )?(?:tăng|giảm))*")
def rule_of_changes(at: At, m: re.Match[str]) -> None:
    """A sentence that says when a change is told, or that it is not known."""


@frame(r"(?:ghi|sổ|mức|số|phần|bảng|cột|yếu tố)[^.;]{0,40}(?:tăng|giảm), (?:tăng|giảm)")
def names_of_columns(at: At, m: re.Match[str]) -> None:
    """«Tăng, giảm» as the name of a column or of a kind of statement."""


@frame(r"gồm (\w+) chỉ số nội dung, mỗi chỉ số từ 1 đến 10 điểm, với (\d+) nội dung thành phần")
def parts_of_papi(at: At, m: re.Match[str]) -> object:
    years = [int(y) for y in re.findall(r"PAPI năm (20\d\d)", at.text.text)]
    year = years[-1] if years else default_year(at)
    editions = papi(at).definition["editions"]
    edition = next(e for e in editions if e["first_year"] <= year <= (e["last_year"] or 9999))
    dimensions = edition["criteria"][0]["children"]
    right = (len(dimensions), sum(len(node["children"]) for node in dimensions))
    # PAPI prints 28 also for the years in which one of them gave no points
    allowed = {right, (right[0], 28)} if right[0] == 8 else {right}
    at.check((count(m[1]), count(m[2])) in allowed, "số nội dung", f"{right}")
    return None


@frame(
    rf"tổng các chỉ số nội dung bằng điểm tổng hợp(?:, tổng các nội dung thành phần bằng điểm của "
    rf"chỉ số nội dung)? \(sai lệch không quá ({N}) điểm\)"
)
def sums_agree(at: At, m: re.Match[str]) -> None:
    known = papi(at)
    bad = []
    year = default_year(at)
    for slug, value in known.of(year, "total").items():
        parts = [known.of(year, code).get(slug) for code in known.codes(year)]
        if all(part is not None for part in parts):
            gap = abs(float(sum(p for p in parts if p is not None) - value))
            if gap > float(m[1].replace(",", ".")):
                bad.append((year, slug))
    at.check(not bad, "tổng các chỉ số nội dung", f"{bad[:3]}")


@frame(
    r"(?:bình quân )?theo dân số(?: trung bình)?(?: năm)? 2020(?: \(Tổng cục Thống kê, biểu V02\.01\))?"
)
def population(at: At, m: re.Match[str]) -> None:
    """The weights of merged units are the people of 2020; the scores are recomputed with them."""


@frame(
    r"Điểm theo 34 đơn vị|(?:[Vv]ới |phân bố điểm |toàn cảnh |của )(\d+) (?:đơn vị|tỉnh, thành "
    r"phố)(?!\w)"
)
def units_with_scores(at: At, m: re.Match[str]) -> object:
    if m[1] is None:
        return None
    year = default_year(at)
    years = re.findall(r"PAPI (?:năm )?(20\d\d)", at.text.text)
    known = {
        len(papi(at).of(int(y), "total", s))
        for y in [*years, year]
        for s in ("63", "34")
        if int(y) in papi(at).years
    }
    if count(m[1]) in known or m[1] in ("63", "34"):
        at.checked += 1
        return None
    return False


@frame(r"tính toán từ 63 tỉnh, thành phố")
def from_the_63(at: At, m: re.Match[str]) -> None:
    """How a map of 34 units came about."""


@frame(r"\(1, 2, 2, 4\)|từ 0 đến 100 điểm|[Mm]ẫu số của|95%|[Bb]iểu V\d+\.\d+")
def fixed(at: At, m: re.Match[str]) -> None:
    """Notation that is no claim on data."""


@frame(
    r"chênh lệch (?:nhỏ|này)[^.]*|[Cc]hênh lệch giữa các đơn vị liền kề thường nhỏ hơn sai số "
    r"khảo sát[^.]*"
)
def caution(at: At, m: re.Match[str]) -> None:
    """A caution takes certainty away; it claims nothing of the unit."""


@frame(
    r"Trong một nhóm, tên được xếp theo thứ tự chữ cái|từ điểm chưa làm tròn nên có thể lệch[^.]*"
)
def order_of_names(at: At, m: re.Match[str]) -> None:
    """Checked on the table itself."""


@frame(
    rf"(?:ngưỡng|dưới|từ|ít nhất|trên|quá) ({COUNT}) (?:phiếu|hộ|người|câu trả lời|dòng)(?: "
    rf"hợp lệ)?(?: trở lên)?"
)
def thresholds(at: At, m: re.Match[str]) -> object:
    return count(m[1]) in (3, 5, 15, 30)


@frame(rf"^({N})% (?:là )?mức (?:mặc định)")
def defaults(at: At, m: re.Match[str]) -> object:
    return prints(m[1], 80)


@frame(r"[Tt]rong đó (?:phần|mức) [^.;]*? (?:chưa|không) (?:rõ|biết)[^.;]*")
def unknown_part(at: At, m: re.Match[str]) -> None:
    """Something said to be unknown."""


__all__ = ["facts"]


def _lines(at: At) -> list[dict[str, str]]:
    year = str(at.page.year)
    return [row for row in papi(at).lines.values() if row["year"] == year]


@frame(r"[Ss]ố liệu năm (20\d\d) đọc từ bản sao công khai: (.+?)\.?$", ("papi", "papi_national"))
def copies_read(at: At, m: re.Match[str]) -> None:
    at.check(int(m[1]) == at.page.year, "năm", str(at.page.year))
    known = {row["source"] for row in _lines(at)}
    said = set(re.split(r", | và ", m[2]))
    at.check(said == known, "bản đã đọc", "; ".join(sorted(known)))


@frame(
    r"(?:[Tt]rong|[Cc]ả) ([\d.]+) giá trị của năm(?:, ([\d.]+) giá trị)? chỉ thấy ở một bản"
    r"(?:, các giá trị khác có ở ít nhất hai bản)?",
    ("papi", "papi_national"),
)
def seen_in_one(at: At, m: re.Match[str]) -> None:
    rows = _lines(at)
    once = sum(row["note"] == "chỉ thấy ở một nguồn" for row in rows)
    at.check(count(m[1]) == len(rows), "số giá trị", str(len(rows)))
    at.check(count(m[2] or m[1]) == once, "chỉ thấy ở một bản", str(once))
