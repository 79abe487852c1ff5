"""Tables of an office: survey, scores, households, dossiers, and what holds for every table."""

from __future__ import annotations

import re
from fractions import Fraction

from .claims import At
from .context import facts
from .frames_office import now, office, then
from .numbers import N, Value, count, exact, parse, prints, show
from .pages import Page, Table, Text
from .tables_papi import at_of
from .tables_survey import FEWEST, number, survey_parts, survey_units


def _column(table: Table, *starts: str) -> int | None:
    for start in starts:
        place = table.column(start)
        if place is not None:
            return place
    return None


def scored_table(page: Page, data: object, table: Table) -> list[At]:
    """Areas or criteria with maximum, points, share and loss."""
    done = []
    kind = "dti" if page.kind == "dti" or "DTI" in table.caption else "par_index"
    for row in table.rows:
        at = at_of(page, data, row[0], table)
        scores = office(at).scored(kind)
        code = re.match(r"^(\d+(?:\.\d+)*)\. ", row[0].text)
        if code is None or code[1] not in scores.names or not scores.under(code[1]):
            continue
        c = code[1]
        at.check(
            row[0].text[code.end() :] == scores.names[c], "bảng: tên tiêu chí", scores.names[c]
        )
        right: dict[str, Value] = {
            "Tối đa": scores.most(c),
            "Đạt": scores.sum(c),
            "Tỷ lệ đạt": scores.share(c),
            "Bị mất": scores.lost(c),
            "Mất": scores.lost(c),
            "Tự chấm": scores.self_scored(c)[0],
        }
        for head, cell in zip(table.heads[1:], row[1:], strict=False):
            if head in right and number(cell.text) is not None:
                at.check(prints(cell.text, right[head]), f"bảng: {head.lower()}", show(right[head]))
        done.append(at)
    return done


def service_table(page: Page, data: object, table: Table) -> list[At]:
    """Indicators of decision 766: ratio, share, points, maximum."""
    done = []
    for row in table.rows:
        at = at_of(page, data, row[0], table)
        service = office(at).service
        code = re.match(r"^(\d\.\d[ab]?)\.? ", row[0].text)
        if code is None or code[1] not in service.ratios:
            continue
        top, base = service.ratios[code[1]]
        for head, cell in zip(table.heads[1:], row[1:], strict=False):
            text = cell.text
            ratio = re.match(rf"^({N})/({N})$", text)
            if ratio:
                at.check(
                    (count(ratio[1]), count(ratio[2])) == (top, base),
                    "bảng: tử số, mẫu số",
                    f"{top}/{base}",
                )
            elif head == "Tỷ lệ" and number(text) is not None:
                at.check(prints(text, Fraction(100 * top, base)), "bảng: tỷ lệ", "")
            elif head == "Điểm" and number(text) is not None:
                at.check(
                    prints(text, service.points(code[1])),
                    "bảng: điểm",
                    show(service.points(code[1])),
                )
            elif head == "Điểm tối đa" and number(text) is not None and code[1] in service.maximum:
                at.check(prints(text, service.maximum[code[1]]), "bảng: điểm tối đa", "")
        done.append(at)
    return done


def communes(page: Page, data: object, table: Table) -> list[At]:
    """Households of communes are counted from the records: none below five."""
    done = []
    for row in table.rows:
        at = at_of(page, data, row[0], table)
        for head, cell in zip(table.heads, row, strict=False):
            if head in ("Hộ nghèo", "Hộ cận nghèo") and re.fullmatch(r"\d+", cell.text):
                at.check(
                    int(cell.text) == 0 or int(cell.text) >= FEWEST,
                    "nhóm dưới năm",
                    f"{head}: {cell.text} hộ",
                )
        done.append(at)
    return done


def late_procedures(page: Page, data: object, table: Table) -> list[At]:
    """Procedures with late dossiers, counted from the records."""
    done = []
    for row in table.rows:
        at = at_of(page, data, row[0], table)
        counts = office(at).dossiers.procedures.get(row[0].text)
        if counts is None:
            continue
        right = {
            "Tiếp nhận": "received",
            "Giải quyết quá hạn": "late",
            "Đang giải quyết quá hạn": "open_late",
        }
        for head, cell in zip(table.heads[1:], row[1:], strict=False):
            key = right.get(head)
            if key and re.fullmatch(r"[\d.]+", cell.text):
                at.check(count(cell.text) == counts[key], f"bảng: {head.lower()}", f"{counts[key]}")
            elif head.startswith("Bình quân") and number(cell.text) is not None:
                at.check(
                    counts["received"] >= FEWEST, "nhóm dưới năm", f"{counts['received']} hồ sơ"
                )
            elif head.startswith("Tỷ lệ quá hạn") and number(cell.text) is not None:
                share = Fraction(100 * (counts["late"] + counts["open_late"]), counts["received"])
                at.check(prints(cell.text, share), "bảng: tỷ lệ", show(share))
        done.append(at)
    return done


def months(page: Page, data: object, table: Table) -> list[At]:
    """Months, counted from the records."""
    keys = ["online", "direct", "resolved", "late", "left", "left_late"]
    done = []
    for row in table.rows:
        at = at_of(page, data, row[0], table)
        month = re.fullmatch(r"Tháng (\d+)", row[0].text)
        if month is None or not office(at).dossiers.records:
            continue
        counts = office(at).dossiers.months[int(month[1])]
        for key, cell in zip(keys, row[1:], strict=False):
            if re.fullmatch(r"[\d.]+", cell.text):
                at.check(count(cell.text) == counts[key], "bảng: tháng", f"{key}: {counts[key]}")
        done.append(at)
    return done


YEARLY = {
    "Cải cách hành chính": "par_index.share",
    "Mức độ hài lòng": "sipas.overall",
    "Chất lượng phục vụ": "service.points",
    "Hồ sơ giải quyết": "procedures.in_time_rate",
    "Chuyển đổi số": "dti.share",
    "Tỷ lệ nghèo": "poverty.both_rate",
}


def indices(page: Page, data: object, table: Table) -> list[At]:
    """Table 1 of the annual report: each cell is of the year of its heading."""
    done = []
    for row in table.rows:
        at = at_of(page, data, row[0], table)
        label = row[0].text
        key = next((v for k, v in YEARLY.items() if label.startswith(k)), None)
        papi = facts(at).papi
        values: dict[int, Value | None] = {}
        for head, cell in zip(table.heads, row, strict=False):
            year = re.fullmatch(r"Năm (20\d\d)", head)
            if not year or number(cell.text) is None:
                continue
            y = (
                int(re.search(r"\((?:năm )?(20\d\d)\)", cell.text)[1])
                if re.search(r"\((?:năm )?20\d\d\)", cell.text)
                else int(year[1])
            )  # type: ignore[index]
            if "PAPI" in label:
                values[y] = papi.of(y, "total").get(page.slug)
            elif key is not None:
                values[y] = (
                    now(at) if y == page.year else then(at) if y == page.year - 1 else {}
                ).get(key)
                if values[y] is None and key == "par_index.share":
                    values[y] = facts(at).results.value("par_index", y, page.slug)
                if values[y] is None:
                    continue
            else:
                continue
            right = "không có" if values[y] is None else show(values[y], 3)
            at.check(
                prints(cell.text, values[y]), "tiêu đề năm và giá trị", f"{label}, năm {y}: {right}"
            )
        moved = _column(table, "Thay đổi")
        if moved is not None and "PAPI" in label and number(row[moved].text) is not None:
            gap = number(row[moved].text)
            at.check(
                abs(float(gap or 0)) > papi.change_margin(page.slug, min(values), max(values))
                or "trong sai số" in row[-1].text,
                "thay đổi trong sai số",
                f"{gap}",
            )
        note = row[-1].text
        if "ao hơn bình quân" in note and key == "sipas.overall":
            survey = office(at).survey
            if survey is not None:
                ranked = survey.ranked("co_quan")
                pieces = [(1.0, "co_quan", office(at).agency, "total")]
                pieces += [(-1 / len(ranked), "co_quan", n, "total") for n in ranked]
                gap_ = float(exact(now(at)["sipas.overall"])) - sum(ranked.values()) / len(ranked)
                at.check(gap_ > survey.margin(pieces), "trong sai số", f"{gap_:.2f}")
        done.append(at)
    return done


def key_figures(page: Page, data: object, table: Table) -> list[At]:
    """The box of key figures of an office's report."""
    done: list[At] = []
    heads = {
        "Hồ sơ tiếp nhận": "procedures.received",
        "Đã giải quyết": "procedures.resolved",
        "Trước hạn, đúng hạn": "procedures.in_time_rate",
        "Giải quyết quá hạn": "procedures.late",
        "Mức độ hài lòng": "sipas.overall",
        "Tỷ lệ nghèo đa chiều": "poverty.both_rate",
        "Tỷ lệ hộ nghèo": "poverty.poor_rate",
        "Tỷ lệ hộ cận nghèo": "poverty.near_rate",
        "Điểm (tối đa 100)": "service.points",
        "Điểm đạt": f"{page.kind}.points",
        "Tỷ lệ đạt": f"{page.kind}.share",
    }
    for row in table.rows:
        for head, cell in zip(table.heads, row, strict=False):
            at = At(page, data, Text(f"{head}: {cell.text}", "cell"))
            key = heads.get(head)
            if key and key in now(at) and number(cell.text) is not None:
                at.check(
                    prints(cell.text, now(at)[key]), "ô số chính", f"{key}: {show(now(at)[key])}"
                )
            if (
                head == "So với bình quân"
                and page.kind == "sipas"
                and number(cell.text) is not None
            ):
                survey = office(at).survey
                if survey is not None:
                    ranked = survey.ranked("co_quan")
                    gap = float(exact(now(at)["sipas.overall"])) - sum(ranked.values()) / len(
                        ranked
                    )
                    pieces = [(1.0, "co_quan", office(at).agency, "total")]
                    pieces += [(-1 / len(ranked), "co_quan", n, "total") for n in ranked]
                    sure = abs(gap) > survey.margin(pieces) or "sai số" in cell.text
                    at.check(
                        prints(re.match(rf"[+−]?{N}", cell.text)[0], gap) and sure,
                        "trong sai số",
                        f"{gap:.2f}",
                    )  # type: ignore[index]
            done.append(at)
    return done


def every_table(page: Page, data: object, table: Table) -> list[At]:
    """What holds in any table: shares of printed counts, losses, sums."""
    done = []
    heads = table.heads
    for row in table.rows:
        at = at_of(page, data, row[0] if row else Text("", "cell"), table)
        values = {head: number(cell.text) for head, cell in zip(heads, row, strict=False)}
        texts = {head: cell.text for head, cell in zip(heads, row, strict=False)}
        most, got, lost = (
            values.get("Tối đa"),
            values.get("Đạt"),
            values.get("Mất", values.get("Bị mất")),
        )
        if most is not None and got is not None and lost is not None:
            at.check(
                abs(most - got - lost) <= Fraction(11, 1000),
                "bảng: mất = tối đa − đạt",
                f"{show(most - got)}",
            )
        top, base = values.get("Tử số"), values.get("Mẫu số")
        if top is not None and base:
            share = texts.get(f"Năm {page.year}", "")
            if share.endswith("%"):
                at.check(
                    prints(share, 100 * top / base),
                    "bảng: tỷ lệ = tử số/mẫu số",
                    show(100 * top / base),
                )
        if row and "766" in row[0].text and top is not None and "2.1" in office(at).service.ratios:
            right = office(at).service.ratios["2.1"]
            at.check((top, base) == right, "một chỉ tiêu, hai giá trị", f"chỉ tiêu 2.1: {right}")
        for head, cell in zip(heads, row, strict=False):
            ratio = re.match(rf"^({N})/({N})$", cell.text)
            if ratio and "Tỷ lệ" in texts and texts["Tỷ lệ"].endswith("%") and parse(ratio[2]):
                at.check(
                    prints(texts["Tỷ lệ"], 100 * parse(ratio[1]) / parse(ratio[2])),
                    "bảng: tỷ lệ",
                    head,
                )
        _households(at, heads, row)
        done.append(at)
    _sums(page, data, table, done)
    return done


def _households(at: At, heads: list[str], row: list[Text]) -> None:
    """The share that follows a count is the count over all households of the line."""
    if "Tổng số hộ" not in heads:
        return
    base = number(row[heads.index("Tổng số hộ")].text)
    if not base:
        return
    for place, head in enumerate(heads[:-1]):
        if (
            head in ("Hộ nghèo", "Hộ cận nghèo")
            and heads[place + 1].startswith("Tỷ lệ")
            and place + 1 < len(row)
        ):
            top = number(row[place].text)
            if top is not None and row[place + 1].text.endswith("%"):
                at.check(
                    prints(row[place + 1].text, 100 * top / base),
                    "bảng: tỷ lệ hộ",
                    show(100 * top / base),
                )


def _sums(page: Page, data: object, table: Table, done: list[At]) -> None:
    """A line «Cộng» or «Tổng số» is the sum of the lines above, where all of them show."""
    for place, row in enumerate(table.rows):
        if not row or not re.match(r"^(?:Cộng|Tổng cộng|Tổng số)$", row[0].text):
            continue
        above = [r for r in table.rows[:place] if not re.match(r"^\(1\)", r[0].text)]
        if len(above) < 2:
            continue
        at = at_of(page, data, row[0], table)
        for column in range(1, len(row)):
            said = row[column].text
            cells = [r[column].text for r in above if column < len(r)]
            if not re.fullmatch(r"[\d.]+", said) or any(
                not re.fullmatch(r"[\d.]+", c) for c in cells
            ):
                continue
            if table.heads[column].startswith(("Tỷ lệ", "Bình quân", "Thay đổi")):
                continue
            total = sum(count(c) for c in cells)
            at.check(count(said) == total, "bảng: cộng", f"{table.heads[column]}: {total}")
        done.append(at)


CHECKS = {
    ("sipas", "tbl-departments"): survey_units,
    ("sipas", "tbl-districts"): survey_units,
    ("sipas", "tbl-communes"): survey_units,
    ("sipas", "tbl-factors"): survey_parts,
    ("sipas", "tbl-items"): survey_parts,
    ("sipas", "tbl-changes"): survey_parts,
    ("par_index", "tbl-areas"): scored_table,
    ("par_index", "tbl-losses"): scored_table,
    ("dti", "tbl-areas"): scored_table,
    ("dti", "tbl-losses"): scored_table,
    ("annual", "tbl-par-losses"): scored_table,
    ("annual", "tbl-dti-losses"): scored_table,
    ("annual", "tbl-service"): service_table,
    ("service_quality", "tbl-indicators"): service_table,
    ("poverty", "tbl-communes"): communes,
    ("procedures", "tbl-procedures"): late_procedures,
    ("procedures", "tbl-months"): months,
    ("annual", "tbl-indices"): indices,
}
