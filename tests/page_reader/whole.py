"""What holds for a page as a whole: names, heads of documents, marks that a figure draws."""

from __future__ import annotations

import re

from .claims import At, frame
from .context import facts
from .frames_office import office
from .frames_published import INDEX, results
from .pages import Page, Text
from .papi_context import papi

BARE = re.compile(
    r"(?<!Thành phố )(?<!thành phố )(?<!TP\. )(?<!TP\.)(?<!Chủ tịch )(?<!đường )Hồ Chí Minh"
)
NATIONAL_MARK = "5a6672"
"""Colour of the marks «Cả nước» in the figure of all years."""
DAY = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(20\d\d)(?!\d)")
HEAD = re.compile(r"ngày (\S+) tháng (\S+) năm (20\d\d)")


def check_page(page: Page, data: object) -> At:
    """All checks of a page as a whole."""
    at = At(page, data, Text(page.title, "title"))
    _names(at)
    if page.kind == "annual":
        _document(at)
    _marks(at)
    return at


def _names(at: At) -> None:
    """The city is never printed as the person."""
    cells = [cell for table in at.page.tables for row in table.rows for cell in row]
    heads = [Text(head, "head") for table in at.page.tables for head in table.heads]
    for text in [*at.page.texts, *cells, *heads, Text(at.page.title, "title")]:
        bad = BARE.search(re.sub(r"https?://\S+", "", text.text))
        at.check("?@" not in text.text, "tham chiếu", "tham chiếu không tới đâu", text.text)
        at.check(not bad, "tên thành phố", "Thành phố Hồ Chí Minh, TP. Hồ Chí Minh", text.text)


def _document(at: At) -> None:
    """A document is not dated before what it cites; one with a number is no draft."""
    cited = []
    for row in office(at).table("van-ban"):
        found = DAY.search(row["Ngày ban hành"] or "")
        if found:
            cited.append((int(found[3]), int(found[2]), int(found[1]), row["Số, ký hiệu"]))
    for text in at.page.texts:
        head = HEAD.search(text.text)
        if not head or text.kind != "p" or len(text.text) > 120 or not cited:
            continue
        year = int(head[3])
        later = [c for c in cited if c[0] > year]
        if head[1].isdigit() and head[2].isdigit():
            later = [c for c in cited if c[:3] > (year, int(head[2]), int(head[1]))]
        at.check(not later, "ngày văn bản trước văn bản viện dẫn", f"{later[:2]}", text.text)


def _marks(at: At) -> None:
    """The figure of all years draws a mark of the country only where its value is known."""
    drawn = at.page.marks.get("fig-years")
    if at.page.kind != "province" or not drawn:
        return
    alt = next((t.text for t in at.page.texts if t.kind == "alt" and t.near == "fig-years"), "")
    known = 0
    for label, body in re.findall(
        r"(PAPI|PAR INDEX|SIPAS|DTI|PCI) của [^:]+: ([^.]*?)\.(?= |$)", alt
    ):
        for year in map(int, re.findall(r"năm (\d{4})", body)):
            if label == "PAPI":
                known += (year, "total") in papi(at).scores
            else:
                known += results(at).national(INDEX[label], year) is not None
    marks = drawn.get(NATIONAL_MARK, 0) - 1  # one of them stands in the key
    right = f"{known} giá trị cả nước đã biết, hình vẽ {marks}"
    at.check(
        marks <= known or (known == 0 and marks <= 0), "hình vẽ giá trị không có", right, alt[:120]
    )
    at.check(marks > 0 or known == 0, "hình thiếu giá trị cả nước", right, alt[:120])


def merged_here(at: At) -> bool:
    """Whether the page is of a unit that several old ones became."""
    unit = facts(at).register.units["34"].get(at.page.slug)
    return at.page.year >= 2025 and unit is not None and len(unit.parts) > 1


@frame(
    r"[Ss]o với (?:cuối )?năm (20\d\d)[^.;]*?(?:tăng|giảm|cao hơn|thấp hơn) [\d]|(?:tăng|giảm) "
    r"[\d][^.;]*? so với (?:cuối )?năm (20\d\d)"
)
def across_the_merger(at: At, m: re.Match[str]) -> object:
    """A merged unit is not compared with the old one of its name, scores weighted by people apart."""
    if not merged_here(at) or int(m[1] or m[2]) >= 2025 or "PAPI" in m[0] or "tổng hợp" in m[0]:
        return False
    at.check(False, "so sánh qua hợp nhất", "địa giới đã đổi từ ngày 1/7/2025")
    return None


__all__ = ["check_page", "facts"]
