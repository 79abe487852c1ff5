"""Tables on PAR INDEX, SIPAS, DTI and on all years of a province."""

from __future__ import annotations

import re
from fractions import Fraction

from .claims import At
from .context import facts
from .frames_published import (
    INDEX,
    check_rank,
    check_value,
    index_of,
    results,
    takes_side,
    values_of,
)
from .numbers import N, count, prints, show
from .pages import Page, Table, Text
from .papi_context import papi, system_of
from .tables_papi import EMPTY, at_of, check


def peers(page: Page, data: object, table: Table) -> list[At]:
    """A line for each province with what was published of the year."""
    done = []
    for row in table.rows:
        at = at_of(page, data, row[0], table)
        slug = facts(at).register.slug(row[0].text)
        if slug is None:
            continue
        index, year = index_of(at), page.year
        for head, cell in zip(table.heads[1:], row[1:], strict=False):
            if cell.text in EMPTY:
                continue
            if "hạng" in head.lower() and re.match(r"\d", cell.text):
                check_rank(at, index, year, slug, cell.text.partition("/")[0])
            elif head == "Vùng":
                at.check(
                    facts(at).register.units["63"][slug].region == cell.text, "bảng: vùng", slug
                )
            elif (year_said := re.search(r"20\d\d", head)) and not re.match("Thay|Chênh", head):
                check_value(at, index, int(year_said[0]), slug, cell.text)
            elif (
                re.match(rf"^{N}%?(?: \(|$)", cell.text)
                and "Thay đổi" not in head
                and "Chênh" not in head
            ):
                check_value(at, index, year, slug, cell.text)
            elif re.match(r"Thay đổi|Chênh lệch", head) and re.match(rf"[+−]?{N}", cell.text):
                years = sorted({int(y) for y in re.findall(r"20\d\d", table.caption)})
                takes_side(at, index)
                good = results(at).comparable(index, years[0], years[-1])
                at.check(good, "qua mốc đổi cách tính", f"{index} {years}")
                gaps = [
                    b - a
                    for a in values_of(at, index, years[0], slug)
                    for b in values_of(at, index, years[-1], slug)
                ]
                at.check(
                    any(prints(cell.text, g) for g in gaps),
                    "bảng: thay đổi",
                    f"{[show(g, 4) for g in gaps]}",
                )
        done.append(at)
    return done


def means(page: Page, data: object, table: Table) -> list[At]:
    """The unit beside the means of country and regions."""
    done = []
    for row in table.rows:
        at = at_of(page, data, row[0], table)
        index, label = index_of(at), row[0].text
        text = row[1].text if len(row) > 1 else ""
        if not re.match(rf"^{N}", text):
            continue
        if "ả nước" in label:
            check(at, text, results(at).national(index, page.year), "bình quân cả nước")
        elif label.startswith("Vùng") or label.lower() in map(
            str.lower, results(at).regions(index, page.year)
        ):
            known = results(at).regions_said(index, page.year, re.sub(r"^Vùng ", "", label))
            at.check(any(prints(text, v) for v in known), "bảng: bình quân vùng", f"{known}")
        elif (slug := facts(at).register.slug(label)) is not None:
            check_value(at, index, page.year, slug, text)
        done.append(at)
    return done


def history(page: Page, data: object, table: Table) -> list[At]:
    """A line for each year: value, place and the mean of the country of that year."""
    done = []
    for row in table.rows:
        at = at_of(page, data, row[0], table)
        if not re.match(r"^(?:19|20)\d\d", row[0].text):
            continue
        index, year = index_of(at), int(row[0].text[:4])
        for head, cell in zip(table.heads[1:], row[1:], strict=False):
            _published_cell(at, index, year, page.slug, head, cell.text)
        done.append(at)
    return done


def _published_cell(at: At, index: str, year: int, slug: str, head: str, text: str) -> None:
    if text in EMPTY or not re.match(rf"^[+−]?{N}", text):
        return
    if "hạng" in head.lower():
        check_rank(at, index, year, slug, text.partition("/")[0])
    elif re.search(r"cả nước", head, re.IGNORECASE) and "So với" not in head:
        at.check(
            prints(text, results(at).national(index, year)), "bảng: bình quân cả nước", f"{year}"
        )
    elif re.match(r"Thay đổi|So với|Chênh", head):
        return
    else:
        check_value(at, index, year, slug, text)


def all_years(page: Page, data: object, table: Table) -> list[At]:
    """Every index and year of a province."""
    done = []
    label = ""
    for row in table.rows:
        at = at_of(page, data, row[0], table)
        label = row[0].text or label
        year = next((int(c.text) for c in row[1:3] if re.fullmatch(r"20\d\d|19\d\d", c.text)), None)
        if year is None:
            continue
        system = system_of(at)
        for head, cell in zip(table.heads[1:], row[1:], strict=False):
            text = cell.text
            if head == "Năm" or text in EMPTY or not re.match(rf"^{N}", text):
                continue
            if label.startswith("PAPI"):
                if "/" in text:
                    if page.slug in papi(at).of(year, "total", system):
                        right = papi(at).place(year, "total", page.slug, system)
                        said = (
                            count(text.partition("/")[0]),
                            count(re.sub(r"\D.*", "", text.partition("/")[2])),
                        )
                        at.check(said == right, "bảng: vị trí", f"{right}")
                elif "ước" in head:
                    check(at, text, papi(at).middle(year, "total", system), "trung vị cả nước")
                else:
                    check(at, text, papi(at).of(year, "total", system).get(page.slug), "điểm")
            elif label in INDEX:
                _published_cell(at, INDEX[label], year, page.slug, head, text)
        note = row[-1].text
        if (
            label.startswith("PAPI")
            and system == "34"
            and page.slug in papi(at).of(year, "total", system)
        ):
            at.check(
                "tính" in note or "tính" in " ".join(t.text for t in page.texts if t.kind == "p"),
                "số tự tính",
                "trang tính",
            )
        done.append(at)
    return done


def parts(page: Page, data: object, table: Table) -> list[At]:
    """The newest result of each old unit of a merged one, the year in brackets."""
    done = []
    for row in table.rows:
        at = at_of(page, data, row[0], table)
        slug = facts(at).register.slug(row[0].text)
        if slug is None:
            continue
        for head, cell in zip(table.heads[1:], row[1:], strict=False):
            found = re.match(rf"^({N})%? \((20\d\d)(?:, còn nghi ngờ)?\)", cell.text)
            if not found:
                continue
            if head == "PAPI":
                check(at, found[1], papi(at).of(int(found[2]), "total").get(slug), "điểm")
            elif head in INDEX:
                check_value(at, INDEX[head], int(found[2]), slug, found[1])
        done.append(at)
    return done


def regions(page: Page, data: object, table: Table) -> list[At]:
    """Published means of the regions, high to low."""
    done = []
    shown = []
    for row in table.rows:
        at = at_of(page, data, row[0], table)
        if not re.match(N, row[1].text):
            continue
        known = results(at).regions_said(index_of(at), page.year, row[0].text)
        at.check(any(prints(row[1].text, v) for v in known), "bảng: bình quân vùng", f"{known}")
        shown.append(known[0] if known else Fraction(0))
        done.append(at)
    return done


def inside_province(page: Page, data: object, table: Table | None) -> At:
    """Departments, districts and communes of a province: all of them, none that was left out."""
    cell = Text(page.title, "title")
    at = At(page, data, cell) if table is None else at_of(page, data, cell, table)
    key = (index_of(at), str(page.year), page.slug)
    known = {
        r["unit"]: (r["value"], r["rank"])
        for r in results(at).lines.values()
        if (r["index"], r["year"], r["parent_slug"]) == key and r["code"] == "total"
    }
    shown = set()
    for row in table.rows if table is not None else []:
        name = row[0].text
        value, rank = known.get(name, ("", ""))
        shown.add(name)
        texts = dict(zip(table.heads, [cell.text for cell in row], strict=True)) if table else {}
        for head, text in texts.items():
            if "hạng" in head:
                place = re.match(r"\d+", text)
                at.check((place[0] if place else "") == rank, "thứ hạng công bố", f"{name}: {rank}")
            elif head != "Đơn vị":
                check(at, text, Fraction(value) if value else None, "giá trị công bố")
    at.check(shown == set(known), "đơn vị thuộc tỉnh", f"{sorted(shown ^ set(known))}")
    return at


CHECKS = {
    ("par_index", "tbl-peers"): peers,
    ("dti", "tbl-peers"): peers,
    ("pci", "tbl-peers"): peers,
    ("par_index", "tbl-means"): means,
    ("dti", "tbl-means"): means,
    ("par_index", "tbl-history"): history,
    ("dti", "tbl-history"): history,
    ("pci", "tbl-history"): history,
    ("par_index_national", "tbl-results"): peers,
    ("dti_national", "tbl-results"): peers,
    ("pci_national", "tbl-results"): peers,
    ("par_index_national", "tbl-changes"): peers,
    ("dti_national", "tbl-changes"): peers,
    ("pci_national", "tbl-changes"): peers,
    ("par_index_national", "tbl-regions"): regions,
    ("province", "tbl-years"): all_years,
    ("province", "tbl-parts"): parts,
}
