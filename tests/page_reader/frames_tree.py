"""Frames and tables on an index that is one tree of published scores (PCI)."""

from __future__ import annotations

import re
from functools import cache

from .claims import At, frame
from .context import facts
from .frames_published import check_value, index_of
from .numbers import COUNT, N, count, prints, show
from .pages import Page, Table
from .papi_context import NAME
from .tables_papi import at_of
from .tree import Tree

TREES = ("pci",)
PAGES = ("pci", "pci_national")


@cache
def _tree(root: object, index: str, results: object) -> Tree:
    return Tree(root, index, results)  # type: ignore[arg-type]


def tree(at: At) -> Tree:
    known = facts(at)
    return _tree(known.root, index_of(at), known.results)


@frame(
    rf"(?:PCI năm (20\d\d) của ({NAME}) đạt|[Nn]ăm (20\d\d), ({NAME}) đạt) ({N}) điểm "
    rf"\(tối đa (\d+) điểm\)(?: ở PCI)?, xếp thứ (\d+)/(\d+) theo điểm công bố"
    rf"(?:, đồng hạng với ([^.]*?))?(?:, thuộc nhóm ([^.]+?))?\.?$",
    TREES,
)
def level(at: At, m: re.Match[str]) -> object:
    year, slug, known = int(m[1] or m[3]), at.page.slug, tree(at)
    named = re.sub(r"^(?:tỉnh|thành phố) ", "", m[2] or m[4])
    at.check(facts(at).register.slug(named, "63") == slug, "tên đơn vị", slug)
    at.check(year == at.page.year, "năm", str(at.page.year))
    totals = known.of(year, "total")
    at.check(slug in totals and prints(m[5], totals[slug]), "giá trị công bố", slug)
    at.check(int(m[6]) == known.top(year)["maximum"], "tối đa", str(known.top(year)["maximum"]))
    at.check(
        known.place(year, slug) == (int(m[7]), int(m[8])), "thứ hạng", str(known.place(year, slug))
    )
    others = known.tied(year, slug)
    at.check(bool(m[9]) == bool(others), "đồng hạng", f"{sorted(others)}")
    if m[9] and not re.search(r"\d|đơn vị", m[9]):
        said = {facts(at).register.slug(n, "63") for n in re.split(r", | và ", m[9])}
        at.check(said == others, "đồng hạng", f"{sorted(others)}")
    at.check((m[10] or "") == known.group(year, slug), "nhóm", known.group(year, slug))
    at.check(abs(known.made_up(year, slug) - totals[slug]) < 1e-5, "tổng có trọng số", slug)
    return None


@frame(r"(\d+)/(\d+) chỉ số thành phần có điểm công bố", TREES)
def parts_known(at: At, m: re.Match[str]) -> None:
    known, year = tree(at), at.page.year
    there = [p for p in known.parts(year).values() if at.page.slug in known.of(year, p["code"])]  # type: ignore[arg-type]
    right = (len(there), len(known.parts(year)))
    at.check((int(m[1]), int(m[2])) == right, "số thành phần", f"{right}")


@frame(rf"[Gg]iá trị công bố năm (20\d\d) là ({N}) điểm", TREES)
def year_before(at: At, m: re.Match[str]) -> None:
    at.check(int(m[1]) == at.page.year - 1, "năm trước", str(at.page.year - 1))
    check_value(at, index_of(at), int(m[1]), at.page.slug, m[2])


@frame(rf"bình quân có trọng số của ({COUNT}) thành phần, nhân (\d+)", PAGES)
def structure(at: At, m: re.Match[str]) -> None:
    top = tree(at).top(at.page.year)
    right = (len(top["children"]), top.get("times", 1), top["aggregation"])  # type: ignore[arg-type]
    at.check((count(m[1]), int(m[2]), "weighted_mean") == right, "cách tính", f"{right}")


@frame(rf"(?:. |^)({NAME}) đạt ({N})(?=\.|;)", TREES)
def own_dot(at: At, m: re.Match[str]) -> object:
    """The own value at the end of the alternative of the spread."""
    if not at.text.text.startswith(m[0].strip(". ")) and "Biểu đồ chấm" not in at.before:
        return False
    check_value(at, index_of(at), at.page.year, at.page.slug, m[2])
    return None


@frame(r"[Gg]iá trị của hai năm ở (\d+) tỉnh, thành phố được đặt cạnh nhau", PAGES)
def beside(at: At, m: re.Match[str]) -> None:
    known, year = tree(at), at.page.year
    both = known.of(year, "total").keys() & known.of(year - 1, "total").keys()
    at.check(int(m[1]) == len(both), "số đơn vị có hai năm", str(len(both)))


def parts(page: Page, data: object, table: Table) -> list[At]:
    """Every part of the definition once, in its order, with score, scale and weight."""
    known: Tree | None = None
    done, names = [], []
    for row in table.rows:
        at = at_of(page, data, row[0], table)
        known = tree(at)
        part = known.parts(page.year).get(row[0].text)
        names.append(row[0].text)
        at.check(part is not None, "tên thành phần", row[0].text)
        cells = dict(zip(table.heads, [cell.text for cell in row], strict=True))
        if part is not None:
            value = known.of(page.year, str(part["code"])).get(page.slug)
            at.check(value is not None and prints(cells["Điểm"], value), "điểm", show(value or 0))
            scale = f"{part['minimum']} đến {part['maximum']}"
            at.check(cells["Thang điểm"] == scale, "thang điểm", scale)
            weight = known.weight(page.year, part)
            at.check(prints(cells["Trọng số"].rstrip("%"), weight), "trọng số", show(weight))
        done.append(at)
    if known is not None:
        at = at_of(page, data, table.rows[0][0], table)
        right = list(known.parts(page.year))
        at.check(names == right, "các thành phần", f"{right}")
        done.append(at)
    return done


def groups(page: Page, data: object, table: Table) -> list[At]:
    """The group beside each province or year is the one that the line prints."""
    done = []
    for row in table.rows:
        cells = dict(zip(table.heads, [cell.text for cell in row], strict=True))
        if "Nhóm" not in cells:
            continue
        at = at_of(page, data, row[0], table)
        year = int(row[0].text) if table.heads[0] == "Năm" else page.year
        slug = page.slug if table.heads[0] == "Năm" else facts(at).register.slug(row[0].text)
        at.check(cells["Nhóm"] == tree(at).group(year, slug or ""), "nhóm", f"{year} {slug}")
        done.append(at)
    return done


def key_figures(page: Page, data: object, table: Table) -> list[At]:
    """The own score and group, written large."""
    (row,) = table.rows
    at = at_of(page, data, row[0], table)
    cells = dict(zip(table.heads, [cell.text for cell in row], strict=True))
    check_value(at, index_of(at), page.year, page.slug, cells["PCI"])
    at.check(cells.get("Nhóm", "") == tree(at).group(page.year, page.slug), "nhóm", page.slug)
    return [at]


CHECKS = {
    ("pci", "tbl-parts"): (parts,),
    ("pci", "tbl-peers"): (groups,),
    ("pci", "tbl-history"): (groups,),
    ("pci_national", "tbl-results"): (groups,),
}
