"""Numerals that are names: years, dates, documents, tables, scales. Each is held to what it names."""

from __future__ import annotations

import re

from .claims import At, frame
from .facts import Facts


def facts(at: At) -> Facts:
    """The facts of a reading, typed."""
    assert isinstance(at.facts, Facts)
    return at.facts


@frame(
    r"(?:[Nn]ăm|các năm|cuối năm|từ năm|[Qq]uý (?:I{1,3}|IV) năm|[Qq]uý "
    r"(?:I{1,3}|IV)/|[Tt]háng \d{1,2}/) ?(?:19|20)\d\d"
    r"(?:(?:, | và | hoặc |-|–| đến |, năm | và năm | đến năm )(?:19|20)\d\d)*(?!\d|/\d)"
)
def a_year(at: At, found: re.Match[str]) -> object:
    years = [int(y) for y in re.findall(r"(?:19|20)\d\d", found[0])]
    return all(1990 <= y <= at.page.year + 6 for y in years)


@frame(r"(?:giai đoạn|nhiệm kỳ|qua các năm,?|chuẩn nghèo) ?\d{4}(?:-|–| đến )\d{4}")
def a_period(at: At, found: re.Match[str]) -> None:
    first, last = re.findall(r"\d{4}", found[0])
    at.check(int(first) < int(last), "giai đoạn", "năm đầu phải trước năm cuối")


@frame(r"qua các năm, ((?:19|20)\d\d)$")
def the_only_year(at: At, found: re.Match[str]) -> None:
    """A series of which one year is known ends in the page's own year."""
    at.check(int(found[1]) <= at.page.year, "năm", f"{at.page.year}")


@frame(r"(?:Bảng|Hình) (\d+)(?! cột)")
def a_reference(at: At, found: re.Match[str]) -> None:
    there = any(t.text.startswith(f"{found[0]}.") for t in at.page.texts)
    at.check(there, "tham chiếu", f"trang không có {found[0]}")


@frame(
    r"(?:PAPI|PAR INDEX|SIPAS|DTI|PCI|TTHC|ICT Index|Điểm|Vị trí|Năm|So với|Thay đổi so với|năm) "
    r"(?:19|20)\d\d(?:[–-](?:19|20)\d\d)?(?!\d)"
)
def an_index_and_year(at: At, found: re.Match[str]) -> object:
    return all(1990 <= int(y) <= at.page.year + 6 for y in re.findall(r"\d{4}", found[0]))


@frame(
    r"\d+[a-z]?(?:/\d{4})?/(?:[A-ZĐ]+\d*(?:-[A-ZĐa-z&]+)*(?:-\d+)?|TTg)[\wĐ]*(?:-\w+)*(?: ngày "
    r"(\d{1,2}/\d{1,2}/\d{4}))?"
)
def a_document(at: At, found: re.Match[str]) -> object:
    number = found[0].split(" ngày ")[0]
    known = facts(at).documents(at.page)
    if number not in known:
        return False
    if found[1] and known[number]:
        dates = {tuple(int(p) for p in d.split("/")) for d in known[number]}
        said = tuple(int(p) for p in found[1].split("/"))
        at.check(said in dates, "văn bản", f"{number}: ngày {', '.join(sorted(known[number]))}")
    return True


@frame(r"Bảng 11 cột")
def the_form(at: At, found: re.Match[str]) -> None:
    return None


@frame(r"(?:Bộ chỉ số|Decision|Quyết định) 766(?!/)")
def the_766(at: At, found: re.Match[str]) -> None:
    return None


@frame(r"ngày 0?1/0?7/2025")
def the_merger(at: At, found: re.Match[str]) -> None:
    return None


@frame(r"(?:ngày |ngày …+ tháng …+ năm )?31/12/(\d{4})")
def year_end(at: At, found: re.Match[str]) -> None:
    at.check(int(found[1]) in (at.page.year, at.page.year - 1), "ngày", "cuối năm báo cáo")


@frame(r"thang (?:điểm )?(\d+)[-–](\d+)")
def a_scale(at: At, found: re.Match[str]) -> None:
    known = {("10", "80"), ("8", "80"), ("6", "60"), ("0", "1"), ("1", "10"), ("0", "100")}
    at.check((found[1], found[2]) in known, "thang điểm", "không có thang này")


@frame(r"(?:thang|trên|tối đa|/|trong) (?:1\.000|100)(?: điểm)?(?: tối đa áp dụng)?(?!\d)")
def a_full_mark(at: At, found: re.Match[str]) -> None:
    return None


@frame(r"(?:mỗi chỉ số )?từ 1 đến 10 điểm|\(thang 1-10\)")
def one_to_ten(at: At, found: re.Match[str]) -> None:
    return None


@frame(
    r"(?:cả nước (?:còn|có) |[Tt]heo |[Nn]hìn theo |[Tt]rong |trong số |của |gồm |toàn cảnh "
    r"|kết quả của )?(34|63) (?:tỉnh|đơn vị hành chính|đơn vị(?= sau| mới|\.|,| \())"
)
def units_of_the_country(at: At, found: re.Match[str]) -> None:
    return None


@frame(r"[Kk]hoảng tin cậy 95%")
def confidence(at: At, found: re.Match[str]) -> None:
    return None


@frame(
    r"(?:mã|nội dung thành phần|[Cc]hỉ tiêu|[Tt]iêu chí|của|bỏ) \d\.\d+[ab]?(?:(?:, | và |,? "
    r"đến )\d\.\d+[ab]?)*|(?<!\d)\d\.\d[ab]? và \d\.\d(?! điểm)"
)
def a_code(at: At, found: re.Match[str]) -> object:
    codes = re.findall(r"\d\.\d+[ab]?", found[0])
    return all(code in facts(at).codes for code in codes)


@frame(r"^(?:\d+|[a-zđ])\. (?=\w)|^\(?\d+\)[.)]? ")
def a_heading_number(at: At, found: re.Match[str]) -> None:
    return None


@frame(r"[ARrQqHC]{1,2}\d{1,4}(?!\d)")
def a_rule_code(at: At, found: re.Match[str]) -> None:
    return None


@frame(r"(?:https?://|data/|params/|www\.)\S+")
def an_address(at: At, found: re.Match[str]) -> None:
    return None


@frame(r"(?:^|(?<=; )|(?<=: ))[1-8]: (?=[A-ZĐ])")
def a_key_of_columns(at: At, found: re.Match[str]) -> None:
    name = re.match(r"[^;.]+", at.text.text[found.end() :])
    code = found[0].strip().rstrip(":")
    known = facts(at).papi.names
    at.check(name is not None and known.get(name[0].strip()) == code, "tên cột", f"cột {code}")
