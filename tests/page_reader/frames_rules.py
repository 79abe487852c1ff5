"""Frames of notes and heads: constants of definitions, headings, words about words."""

from __future__ import annotations

import re
from fractions import Fraction

from .claims import At, frame
from .context import facts
from .frames_office import KINDS, office
from .numbers import COUNT, N, count, parse, prints


@frame(r"NĂM (20\d\d)")
def heading_year(at: At, m: re.Match[str]) -> None:
    at.check(int(m[1]) in (at.page.year, at.page.year + 1), "năm trong tiêu đề", f"{at.page.year}")


@frame(r"ngày (\d{1,2}) tháng (\d{1,2}) năm (20\d\d)|(?:ngày )(\d{1,2}/\d{1,2}/20\d\d)")
def a_day(at: At, m: re.Match[str]) -> object:
    """The day of a document that the settings or the delivered list have."""
    said = (
        f"{int(m[1])}/{int(m[2])}/{m[3]}"
        if m[1]
        else "/".join(str(int(p)) for p in m[4].split("/"))
    )
    known = facts(at).days(at.page)
    return None if said in known else False


@frame(
    r"(?:Thông tư|Nghị định|Quyết định|Nghị quyết|Chỉ thị|Kế hoạch|Công văn|Luật|Bộ luật Dân "
    r"sự|Công điện|Hướng dẫn|Chương trình|Báo cáo|Quy chế)(?: số)? \d+[\w/&-]*"
)
def a_named_document(at: At, m: re.Match[str]) -> object:
    number = m[0].split(" ")[-1]
    known = facts(at).documents(at.page)
    if number in known or number.rstrip("-") in known:
        at.checked += 1
        return None
    text = facts(at).definition_text
    return (
        None
        if number in text
        or number.lower()
        in " ".join(facts(at).quotable(at.page.slug, at.page.year, at.page.office))
        else False
    )


@frame(r"(?:khoản \d+ Điều \d+|Điều \d+)")
def an_article(at: At, m: re.Match[str]) -> object:
    return None if "Dân sự" in at.text.text else False


@frame(
    r"[Mm]ức giảm mang dấu trừ|(?:số )?(?:thứ hạng, )?(?:mức )?thay đổi[^.;]{0,20}tăng, giảm", KINDS
)
def signs(at: At, m: re.Match[str]) -> None:
    """How numbers are written."""


@frame(rf"(?:tối đa|vào|trên) ({N}) điểm(?! phần)", ("procedures", "annual", "work_plan"))
def of_eighteen(at: At, m: re.Match[str]) -> object:
    return None if count(m[1]) == 18 else False


@frame(
    rf"(?:từ|đến|dưới|trên) ({N})%|không in thành 100%|chưa đến 100%|đến 100%|ghi 80%|(?<=: "
    rf")100% \(mặc định\)",
    ("service_quality", "annual", "procedures"),
)
def limits_of_rules(at: At, m: re.Match[str]) -> object:
    """Limits of the indicators of decision 766, as the definition has them."""
    if m[1] is None:
        return None
    text = at.text.text[: m.start()]
    code = re.findall(r"(\d\.\d[ab]?)", text)
    rules = office(at).service.rules
    if code and code[-1] in rules:
        target = rules[code[-1]].get("target")
        if rules[code[-1]].get("target_option"):
            return None
        at.check(
            target is not None and prints(m[1], round(100 * target)),
            "ngưỡng điểm tối đa",
            f"{code[-1]}: {target}",
        )
        return None
    return False


@frame(
    r"(?<![\d.])\d\.\d[ab]?(?=(?: từ |, |; | và |\.|:|$| \())",
    ("service_quality", "annual", "par_index", "dti", "work_plan"),
)
def indicator_code(at: At, m: re.Match[str]) -> object:
    return None if m[0] in facts(at).codes else False


@frame(r"^(\d\.\d[ab]?)\.$|^(\d\.\d[ab]?)\. ", ("service_quality", "annual"))
def numbered_indicator(at: At, m: re.Match[str]) -> object:
    return None if (m[1] or m[2]) in facts(at).codes else False


@frame(
    r"B[12] (?:đến|từ) \d+ điểm|chỉ số \d+ đến \d+|10 điểm mỗi chỉ số|[Bb]ảng điểm B1|[Đđ]iểm "
    r"B1, B2|1\.500\.000 đồng|2\.000\.000 đồng",
    ("poverty", "annual"),
)
def poverty_rules(at: At, m: re.Match[str]) -> object:
    text = facts(at).definition_text
    numbers = [
        n.replace(".", "")
        for n in re.findall(r"\d[\d.]*", m[0].replace("B1", "").replace("B2", ""))
    ]
    at.check(all(re.search(rf"(?<!\d){n}(?!\d)", text) for n in numbers), "số của định nghĩa", m[0])
    return None


SERVED = {
    "văn bản cơ quan đã ban hành": "Văn bản do cơ quan ban hành",
    "văn bản cơ quan đã tham mưu": "Văn bản do cơ quan tham mưu ban hành",
    "văn bản viện dẫn": "Văn bản được viện dẫn",
    "số liệu": "Số liệu",
}
"""What a sentence counts, and the kind of the rows that it stands for."""


@frame(r"[Gg]ắn với các nội dung này, cơ quan cung cấp ([^.(]+)", ("papi_office", "annual"))
def work_listed(at: At, m: re.Match[str]) -> object:
    """Each count is that of what the table lists, and nothing listed is left uncounted."""
    said = {what: count(n) for n, what in re.findall(rf"({COUNT}) ({'|'.join(SERVED)})", m[1])}
    listed = served_rows(at)
    if listed is None:
        return None if delivered(at, said) else False
    at.check(said == listed, "số văn bản, số liệu", f"{listed}")
    return None


def served_rows(at: At) -> dict[str, int] | None:
    """Count the rows of the table by kind; a document that serves two contents is one document."""
    table = next((t for t in at.page.tables if t.name == "tbl-work"), None)
    if table is None:
        return None
    kinds = {kind: what for what, kind in SERVED.items()}
    rows = {(row[1].text, row[2].text, row[3].text) for row in table.rows}
    found: dict[str, int] = {}
    for kind, _, _ in rows:
        what = kinds.get(kind, kind)
        found[what] = found.get(what, 0) + 1
    return found


def delivered(at: At, said: dict[str, int]) -> bool:
    """Where the table is not on the page: no more is counted than the office has delivered at all."""
    roles = [row["Vai trò"] for row in office(at).table("van-ban")]
    most = {
        "văn bản cơ quan đã ban hành": roles.count("Đã ban hành"),
        "văn bản cơ quan đã tham mưu": roles.count("Tham mưu ban hành"),
        "văn bản viện dẫn": roles.count("Viện dẫn"),
        "số liệu": len(office(at).figures),
    }
    wrong = {what: n for what, n in said.items() if n > most[what]}
    at.check(not wrong, "số văn bản, số liệu", f"{most}")
    return bool(said)


@frame(
    r"(?:[Đđ]iểm|năm) gần nhất (?:đã có|có điểm)(?: là của năm (20\d\d))?(?: trước (20\d\d))?",
    ("papi_office", "annual"),
)
def newest_scores(at: At, m: re.Match[str]) -> object:
    years = [y for y in facts(at).papi.years if y < at.page.year]
    if m[1]:
        at.check(int(m[1]) == years[-1], "năm gần nhất", f"{years[-1]}")
    if m[2]:
        at.check(int(m[2]) == at.page.year, "năm", f"{at.page.year}")
    return None


@frame(
    rf"([A-ZĐ][^;:().]*?) đạt ({N}) điểm, thuộc nhóm (Trung bình thấp|Trung bình "
    rf"cao|Thấp|Cao), (?:xếp|đứng) (?:đồng hạng )?thứ (\d+)/(\d+)",
    ("papi_office", "annual"),
)
def scored_dimension(at: At, m: re.Match[str]) -> object:
    from .papi_context import check_group, check_place, check_score, code_of, year_before

    code = code_of(at, m[1])
    if code is None:
        return False
    year = year_before(at, m.end())
    check_score(at, code, year, at.page.slug, m[2], "63")
    check_group(at, code, year, at.page.slug, m[3], "63")
    check_place(at, code, year, at.page.slug, m[4], m[5])
    return None


@frame(r"(\d+)/(\d+) huyện, thị xã, thành phố", ("papi_office", "annual", "poverty"))
def districts_planned(at: At, m: re.Match[str]) -> object:
    a, b = office(at).figure("poverty.districts_planned"), office(at).figure("poverty.districts")
    at.check((int(m[1]), int(m[2])) == (a, b), "số huyện", f"{a}/{b}")
    return None


@frame(r"^(?:\w\) )?Giảm nghèo|(?<=: )[Gg]iảm nghèo|giảm nghèo", KINDS)
def the_field(at: At, m: re.Match[str]) -> None:
    """The field «Giảm nghèo», not a change."""


@frame(r"(?:Ưu tiên nguồn lực|tăng cường|[Tt]ăng cường|gia tăng|tăng tỷ lệ|giảm thời gian)", KINDS)
def planned(at: At, m: re.Match[str]) -> None:
    """What somebody plans to do."""


@frame(
    r"(?:chưa nói được|chưa rõ|chưa xác định|không rõ)[^.;]*(?:tăng hay giảm|đạt hay chưa "
    r"đạt|cao hay thấp)|khẳng định là đạt hay chưa đạt|chưa (?:thể )?(?:coi|nói) là (?:cao|thấp) hơn",
    KINDS,
)
def unsaid(at: At, m: re.Match[str]) -> None:
    """Something that is said not to be known."""


@frame(rf"[Cc]ó ({N}) lượt đánh giá đơn vị theo kỳ|Xếp loại: (\w+) ({N}) lượt", ("procedures",))
def assessments(at: At, m: re.Match[str]) -> object:
    rows = office(at).table("danh-gia-tthc")
    known = {(r["Kỳ đánh giá"], r["Đơn vị"]) for r in rows}
    at.check(
        count(m[1] or m[3]) <= len(known) and (m[2] is not None or count(m[1]) == len(known)),
        "số lượt đánh giá",
        f"{len(known)}",
    )
    return None


@frame(
    rf"Tổng điểm thẩm định từ ({N}) \(([^)]+)\) đến ({N}) \(([^)]+)\) trên tối đa ({N}) điểm",
    ("procedures",),
)
def assessed_range(at: At, m: re.Match[str]) -> object:
    """The lowest and the highest total, each with all rounds that have it, or their number."""
    totals: dict[str, Fraction] = {}
    for r in office(at).table("danh-gia-tthc"):
        if r["Điểm thẩm định"] and int(r["Chỉ số (1–11)"]) <= 9:
            key = f"{r['Đơn vị']}, {r['Kỳ đánh giá']}"
            totals[key] = totals.get(key, Fraction(0)) + parse(r["Điểm thẩm định"])
    if not totals:
        return False
    for said, names, end in (
        (m[1], m[2], min(totals.values())),
        (m[3], m[4], max(totals.values())),
    ):
        at.check(prints(said, end), "khoảng điểm thẩm định", f"{float(end):.2f}")
        holders = [key for key, total in totals.items() if total == end]
        number = re.fullmatch(rf"({N}) lượt", names)
        good = count(number[1]) == len(holders) if number else all(h in names for h in holders)
        at.check(good, "đồng hạng", f"{holders}")
    at.check(count(m[5]) == 18, "điểm tối đa", "18")
    return None


@frame(
    r"số không đứng đầu|nêu mức giảm|vượt chỉ tiêu được giao: |[Nn]guồn nêu vượt chỉ tiêu hơn",
    KINDS,
)
def of_print(at: At, m: re.Match[str]) -> None:
    """How a source prints or words a figure."""


@frame(
    rf"(?:(?:của|thời|mức|Kế hoạch|Mục tiêu|Theo|nguồn|Nguồn|bình quân)[^.;]*? )?(?:là "
    rf")?(giảm|tăng) ({N})(?: (?:hộ nghèo|điểm phần trăm|hộ))?(?![\d/])",
    ("poverty", "annual", "reconciliation"),
)
def told_by_source(at: At, m: re.Match[str]) -> object:
    """A change that the office itself stated: a figure of changes with this size and sign."""
    known = []
    for (code, _), entries in office(at).figures.items():
        for text, *_ in entries:
            if re.search(r"change|yearly|reduction", code):
                try:
                    value = parse(text)
                except ValueError:
                    continue
                known.append(-abs(value) if "reduction" in code else value)
    said = parse(m[2]) * (1 if m[1] == "tăng" else -1)
    sums = {known[i] + known[j] for i in range(len(known)) for j in range(i)}
    if said in known or said in sums:
        at.checked += 1
        return None
    return False


@frame(
    rf"^([^:]+): (−?{N}%?)\.?$", ("poverty", "annual", "reconciliation", "procedures", "work_plan")
)
def figure_by_label(at: At, m: re.Match[str]) -> object:
    """«Thay đổi tỷ lệ nghèo đa chiều: −2,1.»"""
    values = [text for entries in office(at).figures.values() for text, *_ in entries]
    for text in values:
        try:
            if parse(text) == parse(m[2]):
                at.checked += 1
                return None
        except ValueError:
            continue
    return False


@frame(
    r"(?:của|gồm|tất cả) (\d+) văn bản của cấp trên|căn cứ (\d+|một) văn bản của cấp trên",
    ("annual",),
)
def superior_documents(at: At, m: re.Match[str]) -> object:
    """Documents of others: the office's own are none of its superiors."""
    settings = office(at).settings.get("office") or {}
    symbol = settings.get("symbol") or "SLĐTBXH"
    cited = [r for r in office(at).table("van-ban") if r["Vai trò"] == "Viện dẫn"]
    own = re.search(rf"trong đó ({COUNT}) văn bản của (?:Sở|cơ quan)", at.text.text)
    higher = [
        r
        for r in cited
        if symbol not in (r["Số, ký hiệu"] or "")
        and not (r["Cơ quan ban hành"] or "").startswith("Sở LĐ")
    ]
    at.check(
        own is None and count(m[1] or m[2]) == len(higher),
        "văn bản của cấp trên",
        f"{len(higher)} trong {len(cited)} văn bản viện dẫn",
    )
    return None


@frame(rf"[Vv]iệc triển khai căn cứ ({COUNT}) văn bản, trong đó ({COUNT}) văn bản của", ("annual",))
def cited_documents(at: At, m: re.Match[str]) -> object:
    """Documents cited, and how many of them are the office's own."""
    symbol = (office(at).settings.get("office") or {}).get("symbol") or "SLĐTBXH"
    cited = [r for r in office(at).table("van-ban") if r["Vai trò"] == "Viện dẫn"]
    own = [r for r in cited if symbol in (r["Số, ký hiệu"] or "")]
    at.check(
        (count(m[1]), count(m[2])) == (len(cited), len(own)),
        "văn bản viện dẫn",
        f"{len(cited)}, của cơ quan {len(own)}",
    )
    return None
