"""Faults that stood on finished pages once, put back into a page to see that the reader finds them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """A fault, the page it is put into, and a word of the kind of finding it must give."""

    name: str
    page: str
    kind: str
    put_back: Callable[[str], str]


def said(sentence: str, heading: str = "") -> Callable[[str], str]:
    """Say a sentence on the page, below a heading or at the start."""

    def change(html: str) -> str:
        place = html.index("</h2>", html.index(heading) if heading else 0) + 5
        return f"{html[:place]}\n<p>{sentence}</p>\n{html[place:]}"

    return change


def swapped(pattern: str, new: str, count: int = 1) -> Callable[[str], str]:
    """Replace what a pattern finds; the pattern must be there."""

    def change(html: str) -> str:
        found, times = re.subn(pattern, new, html, count=count, flags=re.DOTALL)
        assert times, f"không có trên trang: {pattern}"
        return found

    return change


def row(table: str, *cells: str) -> Callable[[str], str]:
    """Add a line to a table."""

    def change(html: str) -> str:
        place = html.index("<tbody>", html.index(f'id="{table}"')) + 7
        line = "".join(f"<td>{cell}</td>" for cell in cells)
        return f"{html[:place]}\n<tr>{line}</tr>\n{html[place:]}"

    return change


QUANG_NAM, AN_GIANG, OLD = "2024/quang-nam/papi", "2024/an-giang/papi", "2021/an-giang/papi"
MODEL = "2024/tinh-mau/"

PUBLISHED = (
    Fault(
        "range of places",
        QUANG_NAM,
        "khoảng vị trí",
        swapped(r"(đứng từ thứ .{0,400}?>)54(<.{0,400}?>)59<", r"\g<1>20\g<2>25<"),
    ),
    Fault(
        "place without a dimension",
        QUANG_NAM,
        "vị trí khi bỏ",
        swapped(r"(nếu bỏ Cung ứng dịch vụ công \(.{0,200}?>)59<", r"\g<1>58<"),
    ),
    Fault(
        "score in the head",
        QUANG_NAM,
        "điểm",
        swapped(r'(<p class="lead">[^<]*?đạt )41,00', r"\g<1>41,10"),
    ),
    Fault(
        "place in the head",
        QUANG_NAM,
        "vị trí",
        swapped(r'(<p class="lead">[^<]*?thứ )55', r"\g<1>54"),
    ),
    Fault(
        "unit left out of a list",
        "2021/yen-bai/par_index",
        "đơn vị thuộc tỉnh",
        swapped(r"(id=\"tbl-below\".*?<tbody>\s*)<tr>.*?</tr>", r"\g<1>"),
    ),
    Fault(
        "place in a table",
        QUANG_NAM,
        "vị trí",
        swapped(r"(id=\"tbl-dimensions\".*?)55/61", r"\g<1>54/61"),
    ),
    Fault(
        "group in a table",
        QUANG_NAM,
        "nhóm",
        swapped(r"(id=\"tbl-dimensions\".*?)>Thấp<", r"\g<1>>Cao<"),
    ),
    Fault(
        "median in a table",
        QUANG_NAM,
        "trung vị",
        swapped(r"(id=\"tbl-dimensions\".*?)43,48", r"\g<1>43,84"),
    ),
    Fault(
        "score of a traced number",
        QUANG_NAM,
        "dấu vết",
        swapped(r"(2024\.csv, dòng 1149\">)4,36", r"\g<1>4,63"),
    ),
    Fault(
        "line of another year",
        QUANG_NAM,
        "dấu vết",
        swapped(r"papi/2024\.csv, dòng 1185", "papi/2021.csv, dòng 1111", 99),
    ),
    Fault(
        "number in an alternative",
        QUANG_NAM,
        "",
        swapped(r'((?:alt|aria-label)="[^"]*?)41,00', r"\g<1>40,00"),
    ),
    Fault(
        "higher for lower", QUANG_NAM, "hơn", said("Mức này cao hơn trung vị cả nước 2,48 điểm.")
    ),
    Fault(
        "a distance inside the error",
        AN_GIANG,
        "sai số",
        said("Mức này thấp hơn trung vị cả nước 0,59 điểm."),
    ),
    Fault(
        "a change inside the error",
        AN_GIANG,
        "sai số",
        said(
            "So với năm 2021, năm gốc của nhiệm kỳ, điểm tổng hợp tăng 0,69 điểm, từ 42,20 lên "
            "42,89 điểm."
        ),
    ),
    Fault(
        "rises and falls counted without error",
        AN_GIANG,
        "đếm tăng, giảm",
        said(
            "So với năm 2021, có tám chỉ số nội dung so sánh được, trong đó một chỉ số tăng và "
            "bảy chỉ số giảm."
        ),
    ),
    Fault(
        "largest rise without error",
        AN_GIANG,
        "tăng, giảm",
        said("So với năm 2021, tăng nhiều nhất là Quản trị môi trường (0,15 điểm)."),
    ),
    Fault(
        "a change across a break",
        OLD,
        "mốc",
        said("So với năm 2020, điểm tổng hợp giảm 1,65 điểm."),
    ),
    Fault(
        "a tie told as a plain place",
        OLD,
        "đồng hạng",
        said("Vị trí thấp nhất là Trách nhiệm giải trình với người dân: 3,95 điểm, thứ 57/60."),
    ),
    Fault(
        "the city as the person",
        "2024/ho-chi-minh/papi",
        "tên thành phố",
        said("Hồ Chí Minh chuyển từ nhóm Thấp sang nhóm Trung bình thấp."),
    ),
    Fault(
        "nearest in place, not in score",
        "2024/an-giang/province",
        "gần nhất",
        said(
            "Những đơn vị khác thì khác; những đơn vị có điểm gần An Giang nhất là Quảng Ngãi, "
            "Đắk Lắk, "
            "TP. Hồ Chí Minh và Hải Phòng."
        ),
    ),
    Fault(
        "merged into itself",
        "2024/an-giang/province",
        "hợp nhất",
        said("Từ ngày 1/7/2025, tỉnh An Giang được hợp nhất vào tỉnh An Giang."),
    ),
    Fault(
        "an invented national value",
        "2024/quang-nam/province",
        "hình vẽ",
        swapped(
            r'(class="wide.*?<g class="c-mid-line"[^>]*>)(<path[^>]*/>)(?=</g><g class="c-own")',
            r"\1" + r"\2" * 9,
        ),
    ),
    Fault(
        "a computed place told as published",
        "2025/cao-bang/province",
        "tự tính",
        said("PAPI năm 2024 đạt 41,33 điểm, thứ 32/32."),
    ),
    Fault(
        "a rise across an edition",
        "2024/ha-noi/par_index",
        "mốc",
        said("So với năm 2023 (91,43%), PAR INDEX của thành phố tăng 1,14 điểm phần trăm."),
    ),
    Fault(
        "a side of a score that was partly surveyed",
        "2024/ha-noi/par_index",
        "chưa biết sai số",
        said("Mức này cao hơn bình quân cả nước (88,37%) 4,20 điểm phần trăm."),
    ),
    Fault(
        "ends of means that were partly surveyed",
        "2024/ca-nuoc/par_index_national",
        "chưa biết sai số",
        said(
            "Trong 6 vùng, bình quân đã công bố cao nhất là Đồng bằng sông Hồng (90,17%), thấp nhất "
            "là Trung du và miền núi phía Bắc (88,20%)."
        ),
    ),
    Fault(
        "the most out of four",
        "2024/ca-nuoc/par_index_national",
        "số thiếu",
        said(
            "So với năm 2023, trong 4 đơn vị có giá trị của cả hai năm: tăng nhiều nhất là Hải "
            "Phòng (4,30 điểm %)."
        ),
    ),
    Fault(
        "the lowest of some regions",
        "2024/ca-nuoc/par_index_national",
        "vùng",
        said(
            "Trong 4 vùng có bình quân đã công bố, cao nhất là Đồng bằng sông Hồng (90,17%), "
            "thấp nhất là Trung du và miền núi phía Bắc (88,20%)."
        ),
    ),
    Fault(
        "a shared place told alone",
        "2022/thanh-hoa/dti",
        "đồng hạng",
        said("DTI năm 2022 của tỉnh Thanh Hóa xếp thứ 15/63."),
    ),
    Fault(
        "a published value",
        "2024/ha-noi/par_index",
        "giá trị",
        said("PAR INDEX năm 2024 của thành phố Hà Nội đạt 93,57%, xếp thứ 3/63."),
    ),
    Fault(
        "rises counted over the country",
        "2024/ca-nuoc/papi_national",
        "đếm tăng, giảm",
        said(
            "So với năm 2021, điểm tổng hợp tăng ở 39 và giảm ở 18 trong 58 tỉnh, thành phố có "
            "điểm cả hai năm."
        ),
    ),
)

OFFICES = (
    Fault(
        "above the mean inside the error",
        MODEL + "sipas",
        "sai số",
        said("Kết quả này cao hơn mức bình quân các cơ quan (79,25%) 3,42 điểm phần trăm."),
    ),
    Fault(
        "a range that leaves an office out",
        MODEL + "sipas",
        "khoảng",
        said(
            "Chỉ số của các cơ quan từ 69,89% (Sở Tài nguyên và Môi trường) đến 86,47% (Sở Tư pháp), "
            "chênh lệch 16,57 điểm phần trăm."
        ),
    ),
    Fault(
        "three weakest items inside the error",
        MODEL + "sipas",
        "thấp nhất",
        said(
            "Ba tiêu chí có mức độ hài lòng thấp nhất là: Bố trí hình thức tiếp nhận phản ánh, "
            "kiến nghị dễ dàng "
            "(69,30%); Tiếp nhận, xử lý phản ánh, kiến nghị đúng quy định (70,63%); Trang "
            "thiết bị đầy đủ, "
            "chất lượng tốt (72,05%)."
        ),
    ),
    Fault(
        "a commune with two forms",
        MODEL + "sipas",
        "nhóm dưới năm",
        row("tbl-communes", "Xã Hải Thanh 6", "không đủ mẫu", "–", "82,78%", "–", "2", "–"),
    ),
    Fault(
        "the lowest while lower ones are hidden",
        MODEL + "poverty",
        "thấp nhất",
        said("Tỷ lệ hộ nghèo thấp nhất là Huyện Đông Mẫu (0,55%)."),
    ),
    Fault(
        "four poor households of a commune",
        MODEL + "poverty",
        "nhóm dưới năm",
        row(
            "tbl-communes",
            "Xã Thượng Lâm 7",
            "Huyện Thượng Mẫu",
            "59",
            "8",
            "13,56%",
            "4",
            "6,78%",
            "20,34%",
            "+0,23",
        ),
    ),
    Fault("a share of households", MODEL + "poverty", "tỷ lệ hộ", swapped(r"16,44%", "14,64%", 99)),
    Fault(
        "limits that remain of all",
        MODEL + "annual",
        "hạn chế còn lại",
        said("Với bốn hạn chế còn lại, cơ quan chưa nêu nguyên nhân."),
    ),
    Fault(
        "own documents as superiors'",
        "2023/son-la/annual",
        "cấp trên",
        said("Việc triển khai căn cứ 19 văn bản của cấp trên, nêu ở phụ lục."),
    ),
    Fault(
        "documents counted that are not listed",
        "2023/son-la/papi_office",
        "số văn bản",
        said(
            "Gắn với các nội dung này, cơ quan cung cấp 2 văn bản cơ quan đã ban hành, 1 văn bản cơ "
            "quan đã tham mưu, 19 văn bản viện dẫn và 5 số liệu (Bảng 2)."
        ),
    ),
    Fault(
        "a year under the heading of another",
        MODEL + "annual",
        "tiêu đề năm",
        swapped(r"(Tỷ lệ nghèo đa chiều[^<]*</th>\s*<td.{0,400}?>)3,79%<", r"\g<1>3,11%<"),
    ),
    Fault(
        "a date before its own basis",
        "2021/an-giang/annual",
        "ngày văn bản",
        said("An Giang, ngày ……… tháng ……… năm 2021"),
    ),
    Fault(
        "who reports as who was measured",
        MODEL + "procedures",
        "ai được đo",
        said("Năm 2024, Sở Nội vụ (mô phỏng) tiếp nhận 4.657 hồ sơ thủ tục hành chính."),
    ),
    Fault(
        "one indicator, two values",
        MODEL + "procedures",
        "hai giá trị",
        row(
            "tbl-rates",
            "Tiến độ theo Bộ chỉ số 766",
            "4.569",
            "4.657",
            "Tổng số hồ sơ tiếp nhận",
            "98,11%",
            "–",
        ),
    ),
    Fault(
        "dossiers received",
        MODEL + "procedures",
        "số liệu của cơ quan",
        said("Đến cuối kỳ còn 266 hồ sơ đang giải quyết, trong đó 2 hồ sơ đã quá hạn."),
    ),
    Fault(
        "most late in one month, shared",
        "2024/tinh-mau/procedures",
        "tháng",
        said("Tháng 6 giải quyết nhiều nhất, 461 hồ sơ."),
    ),
    Fault(
        "fields with most late dossiers",
        MODEL + "procedures",
        "cao nhất",
        said(
            "Theo lĩnh vực, hồ sơ quá hạn có nhiều nhất ở Đường bộ (7 hồ sơ) và Đất đai (15 hồ sơ)."
        ),
    ),
    Fault(
        "points lost",
        MODEL + "par_index",
        "điểm bị mất",
        said("Điểm bị mất cộng lại là 12,30 điểm ở 36 tiêu chí."),
    ),
    Fault(
        "an end of areas that were partly surveyed",
        MODEL + "par_index",
        "cao nhất",
        said("Lĩnh vực đạt tỷ lệ cao nhất là Cải cách tổ chức bộ máy (94,32%)."),
    ),
    Fault(
        "best area",
        MODEL + "par_index",
        "cao nhất",
        said("Lĩnh vực đạt tỷ lệ cao nhất là Cải cách thể chế (91,54%)."),
    ),
    Fault(
        "a change of an index",
        MODEL + "service_quality",
        "thay đổi",
        said("So với năm 2023 (85,95 điểm trên thang 100), kết quả tăng 2,91 điểm."),
    ),
    Fault(
        "points of an indicator", MODEL + "service_quality", "điểm", swapped(r">5,79<", ">5,97<", 9)
    ),
    Fault(
        "tasks of the plan",
        MODEL + "work_plan",
        "số liệu của cơ quan",
        said("Tính đến ngày 31/12/2024, có 18 nhiệm vụ hoàn thành đúng hạn."),
    ),
)

DA_NANG, COUNTRY = "2014/da-nang/pci", "2014/ca-nuoc/pci_national"
TREES = (
    Fault(
        "total of a tree",
        DA_NANG,
        "giá trị công bố",
        swapped(r'(<p class="lead">[^<]*?đạt )66,87', r"\g<1>66,78"),
    ),
    Fault(
        "place of a tree",
        DA_NANG,
        "thứ hạng",
        swapped(r'(<p class="lead">[^<]*?thứ )1/63', r"\g<1>2/63"),
    ),
    Fault(
        "group of a tree",
        DA_NANG,
        "nhóm",
        swapped(r'(<p class="lead">[^<]*?nhóm )Rất tốt', r"\g<1>Tốt"),
    ),
    Fault(
        "weight of a part",
        DA_NANG,
        "trọng số",
        swapped(r"(id=\"tbl-parts\".*?)>20%<", r"\g<1>>25%<"),
    ),
    Fault(
        "a part left out",
        DA_NANG,
        "các thành phần",
        swapped(r"(id=\"tbl-parts\".*?<tbody>\s*)<tr>.*?</tr>", r"\g<1>"),
    ),
    Fault(
        "a weighted sum called unweighted",
        DA_NANG,
        "cách tính",
        swapped(r"(thành phần, nhân <[^>]*>)10", r"\g<1>1"),
    ),
    Fault(
        "a rise of a sampled score",
        DA_NANG,
        "chưa biết sai số",
        said("So với năm 2013, PCI năm 2014 cao hơn 0,42 điểm."),
    ),
    Fault(
        "group in the table of the country",
        COUNTRY,
        "nhóm",
        swapped(r"(id=\"tbl-results\".*?)>Rất tốt<", r"\g<1>>Khá<"),
    ),
)

FAULTS = (*PUBLISHED, *OFFICES, *TREES)
