"""Tables on PAPI: every cell computed again."""

from __future__ import annotations

import re
from fractions import Fraction
from statistics import median

from .claims import At
from .context import facts
from .numbers import N, count, exact, parse, prints
from .pages import Page, Table, Text
from .papi_context import code_of, default_year, papi, system_of

PAIR = re.compile(rf"^([+−]?{N}) \(([^)]+)\)$")
EMPTY = ("–", "", "…")


def at_of(page: Page, data: object, cell: Text, table: Table) -> At:
    """A cell as a place of claims, said with its table."""
    return At(
        page, data, Text(f"{table.caption or table.name}: {cell.text}", "cell", near=table.name)
    )


def check(at: At, text: str, value: Fraction | None, what: str) -> None:
    """A cell against a value; an empty cell is a missing value."""
    if text in EMPTY:
        at.check(value is None, f"bảng: {what}", "có giá trị")
        return
    if not re.match(rf"^[+−]?{N}", text):
        return
    at.check(
        prints(text, value),
        f"bảng: {what}",
        f"{'không có' if value is None else f'{float(value):.3f}'}",
    )


def row_code(at: At, row: list[Text]) -> str | None:
    return code_of(at, row[0].text)


def dimensions(page: Page, data: object, table: Table) -> list[At]:
    """Score, group, place, median, distance and the highest of each criterion."""
    done = []
    for row in table.rows:
        at = at_of(page, data, row[0], table)
        year = _year_of(at, table)
        code = row_code(at, row)
        slug = page.slug if page.slug in papi(at).of(year, "total") else _old_slug(at, page.slug)
        if code is None or slug is None:
            continue
        scores = papi(at).of(year, code)
        middle = papi(at).middle(year, code)
        place, units = papi(at).place(year, code, slug)
        for head, cell in zip(table.heads, row, strict=False):
            text = cell.text
            if head.startswith("Điểm"):
                check(at, text, scores.get(slug), "điểm")
            elif head == "Nhóm":
                at.check(text in papi(at).group(year, code, slug), "bảng: nhóm", f"{code}")
            elif head.startswith("Vị trí") and "/" in text:
                at.check(_place(text) == (place, units), "bảng: vị trí", f"{place}/{units}")
                tied = papi(at).tied(year, code, slug)
                at.check(bool(tied) == ("đồng hạng" in text), "đồng hạng", f"{code}: {tied}")
            elif head == "Trung vị":
                check(at, text, middle, "trung vị")
            elif head.startswith("So với trung vị") and middle is not None:
                check(at, text, scores[slug] - middle, "so với trung vị")
            elif head.startswith("Cao nhất") and (pair := PAIR.match(text)):
                best = papi(at).ends(year, code)[0]
                check(at, pair[1], scores[best[0]], "cao nhất")
                named = [facts(at).register.slug(n) for n in re.split(r", | và |; ", pair[2])]
                at.check(set(named) == set(best), "bảng: nơi cao nhất", f"{best}")
        done.append(at)
    return done


def _place(text: str) -> tuple[int, int]:
    top, _, rest = text.partition("/")
    return count(re.sub(r"\D", "", top)), count(re.match(r"\d+", rest)[0])  # type: ignore[index]


def _old_slug(at: At, slug: str) -> str | None:
    unit = facts(at).register.units["34"].get(slug)
    return unit.parts[0] if unit and len(unit.parts) == 1 else None


def _year_of(at: At, table: Table) -> int:
    years = [int(y) for y in re.findall(r"(?:PAPI|năm) (20\d\d)", table.caption)]
    known = [y for y in years if y in papi(at).years]
    return known[0] if known else default_year(at)


def changes(page: Page, data: object, table: Table) -> list[At]:
    """Two years side by side; no difference where they may not be compared."""
    done = []
    for row in table.rows:
        at = at_of(page, data, row[0], table)
        code = row_code(at, row)
        if code is None:
            continue
        years = [int(y) for y in re.findall(r"20\d\d", " ".join(table.heads))]
        later = max(years)
        for head, cell in zip(table.heads, row, strict=False):
            year = re.search(r"20\d\d", head)
            if year and head.startswith("Điểm"):
                check(at, cell.text, papi(at).of(int(year[0]), code).get(page.slug), "điểm")
            elif year and head.startswith("Vị trí") and "/" in cell.text:
                right = papi(at).place(int(year[0]), code, page.slug)
                at.check(_place(cell.text) == right, "bảng: vị trí", f"{right}")
            elif re.match(r"Thay đổi|Chênh lệch|Hiệu số", head):
                earlier = int(year[0]) if year else min(years)
                gap = papi(at).change(code, page.slug, earlier, later)
                if re.match(rf"^[+−]?{N}", cell.text):
                    at.check(
                        gap is not None and prints(cell.text, gap),
                        "bảng: thay đổi",
                        f"{float(gap or 0):.3f}",
                    )
                    moved = re.search(r"tăng|giảm", cell.text)
                    if moved and gap is not None:
                        sure = code == "total" and abs(float(gap)) > papi(at).change_margin(
                            at.page.slug, earlier, later
                        )
                        at.check(sure, "bảng: thay đổi trong sai số", f"{float(gap):.2f}")
                elif "không so sánh" in cell.text:
                    at.check(gap is None, "bảng: không so sánh", "so sánh được")
        done.append(at)
    return done


def summary(page: Page, data: object, table: Table) -> list[At]:
    """Number of units, median, mean and both ends of each criterion."""
    done = []
    for row in table.rows:
        at = at_of(page, data, row[0], table)
        code = row_code(at, row)
        if code is None:
            continue
        year = _year_of(at, table)
        scores = papi(at).of(year, code)
        best, worst = papi(at).ends(year, code)
        mean = sum(scores.values(), Fraction(0)) / len(scores)
        for head, cell in zip(table.heads, row, strict=False):
            if head == "Số tỉnh":
                at.check(cell.text == str(len(scores)), "bảng: số tỉnh", f"{len(scores)}")
            elif head == "Trung vị":
                check(at, cell.text, papi(at).middle(year, code), "trung vị")
            elif head == "Bình quân":
                check(at, cell.text, mean, "bình quân")
            elif head in ("Thấp nhất", "Cao nhất") and (pair := PAIR.match(cell.text)):
                slugs = worst if head == "Thấp nhất" else best
                check(at, pair[1], scores[slugs[0]], head.lower())
                at.check(
                    set(facts(at).register.list_of(pair[2])) == set(slugs),
                    f"bảng: nơi {head.lower()}",
                    f"{slugs}",
                )
        done.append(at)
    return done


def by_unit(page: Page, data: object, table: Table) -> list[At]:
    """A line for each unit or region: group, place, total and the dimensions."""
    done = []
    system = "34" if table.name == "tbl-merged" or "34" in table.caption else "63"
    order: dict[str, list[str]] = {}
    for row in table.rows:
        at = at_of(page, data, row[0], table)
        year = _year_of(at, table)
        slug = facts(at).register.slug(row[0].text, system)
        members = facts(at).register.regions(system).get(row[0].text)
        if slug is None and members is None:
            continue
        for head, cell in zip(table.heads[1:], row[1:], strict=False):
            code = (
                head
                if re.fullmatch(r"[1-8]", head)
                else ("total" if head == "Điểm tổng hợp" else "")
            )
            if head == "Nhóm" and slug and cell.text not in EMPTY:
                at.check(
                    cell.text in papi(at).group(year, "total", slug, system), "bảng: nhóm", slug
                )
                order.setdefault(cell.text, []).append(row[0].text)
            elif head == "Vị trí" and slug and re.match(r"\d", cell.text):
                at.check(
                    count(cell.text.partition("/")[0])
                    == papi(at).place(year, "total", slug, system)[0],
                    "bảng: vị trí",
                    slug,
                )
            elif head == "Số tỉnh" and members:
                codes = ["total", *papi(at).codes(year)]
                of = [papi(at).of(year, one, system) for one in codes]
                n = sum(any(s in one for one in of) for s in members)
                at.check(cell.text == str(n), "bảng: số tỉnh", f"{n}")
            elif head == "Hình thành từ" and slug:
                parts = facts(at).register.units["34"][slug].parts
                if cell.text != "giữ nguyên":
                    named = {
                        facts(at).register.slug(n)
                        for n in re.findall(facts(at).register.pattern, cell.text)
                    }
                    at.check(named == set(parts), "bảng: hình thành từ", f"{parts}")
                else:
                    at.check(len(parts) == 1, "bảng: hình thành từ", f"{parts}")
            elif code:
                scores = papi(at).of(year, code, system)
                if members is not None:
                    known = [v for s, v in scores.items() if s in members]
                    value = sum(known, Fraction(0)) / len(known) if known else None
                else:
                    value = scores.get(slug or "")
                check(at, cell.text, value, "điểm")
        done.append(at)
    return done


def largest_changes(page: Page, data: object, table: Table) -> list[At]:
    """Median change and the largest ones; a name for a rise only beyond the error."""
    done = []
    for row in table.rows:
        at = at_of(page, data, row[0], table)
        code = row_code(at, row)
        years = [int(y) for y in re.findall(r"năm (20\d\d)", table.caption)]
        if code is None or len(years) < 2:
            continue
        earlier, later = min(years), max(years)
        gaps = {
            s: g
            for s in papi(at).of(later, code)
            if (g := papi(at).change(code, s, earlier, later)) is not None
        }
        if not gaps:
            continue
        for head, cell in zip(table.heads, row, strict=False):
            if head == "Số tỉnh":
                at.check(cell.text == str(len(gaps)), "bảng: số tỉnh", f"{len(gaps)}")
            elif year := re.fullmatch(r"Trung vị (20\d\d)", head):
                both = [papi(at).of(int(year[1]), code)[s] for s in gaps]
                check(at, cell.text, exact(median(both)), "trung vị")
            elif head.startswith("Trung vị"):
                check(at, cell.text, exact(median(gaps.values())), "trung vị thay đổi")
            elif (pair := PAIR.match(cell.text)) and re.search(r"nhất", head):
                end = (
                    max(gaps.values())
                    if re.search(r"Tăng|Cao|[Ll]ớn", head)
                    else min(gaps.values())
                )
                check(at, pair[1], end, head)
                at.check(
                    gaps.get(facts(at).register.slug(pair[2]) or "") == end,
                    f"bảng: nơi {head.lower()}",
                    "",
                )
                if re.search(r"Tăng|Giảm", head) and code != "total":
                    at.check(
                        False,
                        "tăng, giảm khi chưa biết sai số",
                        "sai số của chỉ số nội dung chưa được công bố",
                    )
        done.append(at)
    return done


def neighbours(page: Page, data: object, table: Table) -> list[At]:
    """Nearest units with score and place."""
    done = []
    for row in table.rows:
        at = at_of(page, data, row[0], table)
        system, year = system_of(at), default_year(at)
        slug = facts(at).register.slug(re.sub(r" \(trang này\)", "", row[0].text), system)
        if slug is None:
            continue
        for cell in row[1:]:
            if "/" in cell.text:
                right = papi(at).place(year, "total", slug, system)
                at.check(_place(cell.text) == right, "bảng: vị trí", f"{right}")
            elif re.match(rf"^{N}$", cell.text):
                check(at, cell.text, papi(at).of(year, "total", system).get(slug), "điểm")
        done.append(at)
    return done


def key_figures(page: Page, data: object, table: Table) -> list[At]:
    """The box of key figures."""
    if page.kind not in ("papi", "province") or not table.rows:
        return []
    at = at_of(page, data, table.rows[0][0], table)
    year, system = default_year(at), system_of(at)
    scores = papi(at).of(year, "total", system)
    if page.slug not in scores:
        return []
    for head, cell in zip(table.heads, table.rows[0], strict=False):
        if head == "Điểm tổng hợp" or head.startswith("PAPI"):
            year_said = re.search(r"20\d\d", head)
            check(
                at,
                cell.text,
                papi(at)
                .of(int(year_said[0]) if year_said else year, "total", system)
                .get(page.slug),
                "điểm",
            )
        elif head == "Nhóm":
            at.check(
                cell.text in papi(at).group(year, "total", page.slug, system), "bảng: nhóm", ""
            )
        elif head == "Vị trí" and "/" in cell.text:
            at.check(
                _place(cell.text) == papi(at).place(year, "total", page.slug, system),
                "bảng: vị trí",
                "",
            )
        elif head.startswith("So với trung vị"):
            middle = papi(at).middle(year, "total", system)
            assert middle is not None
            check(at, cell.text, scores[page.slug] - middle, "so với trung vị")
    return [at]


CHECKS = {
    ("papi", "tbl-dimensions"): dimensions,
    ("province", "tbl-dimensions"): dimensions,
    ("papi_office", "tbl-contents"): dimensions,
    ("papi", "tbl-changes"): changes,
    ("papi_national", "tbl-summary"): summary,
    ("papi_national", "tbl-regions"): by_unit,
    ("papi_national", "tbl-ranking"): by_unit,
    ("papi_national", "tbl-merged"): by_unit,
    ("papi_national", "tbl-largest-changes"): largest_changes,
    ("province", "tbl-neighbours"): neighbours,
}
__all__ = ["CHECKS", "key_figures", "parse"]
