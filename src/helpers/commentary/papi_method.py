"""The method note of a PAPI report: what is stated, what is assumed, where the numbers come from."""

from __future__ import annotations

from helpers.analysis.papi import PapiCountry
from helpers.commentary import words
from helpers.commentary.numbers import in_words
from helpers.commentary.text import Text, joined, paragraphs

_STATUS = {
    "published": "PAPI công bố",
    "reconstructed": "suy ra bằng cách tính lại từ số liệu công bố",
    "inferred": "suy đoán từ bước nhảy của điểm số, chưa thấy văn bản xác nhận",
}


def method(country: PapiCountry) -> Text:
    """Write the method note.

    Parameters
    ----------
    country : PapiCountry

    Returns
    -------
    Text
        One list: measure, groups, comparison, what is not confirmed, the view on the 34 units, sources.
    """
    points = [
        _measure(country),
        _groups(country),
        _comparison(country),
        _unconfirmed(country),
        _errors(country),
        _merger(country),
        _checks(country),
        _sources(country),
    ]
    return paragraphs("\n".join(f"- {point}" for point in points if point))


def _measure(country: PapiCountry) -> str:
    edition = country.edition
    first = edition.dimensions[0]
    scale = f"{first.minimum:g} đến {first.maximum:g}"
    parts = words.counted(
        sum(len(d.children) for d in edition.dimensions), "nội dung thành phần trong định nghĩa"
    )
    return (
        f"**Thang đo.** PAPI năm {country.year} gồm {in_words(len(edition.dimensions))} chỉ số nội "
        f"dung, mỗi chỉ số từ {scale} điểm, với {parts} nội dung thành phần. Điểm tổng hợp là tổng "
        f"không có trọng số của các chỉ số nội dung, thang {edition.printed_scale}."
    )


def _groups(country: PapiCountry) -> str:
    total = country.current[country.current["code"] == country.edition.root.code]
    known = bool(total["group_confirmed"].all()) and not total.empty
    source = (
        "Số đơn vị của từng nhóm theo công bố của PAPI."
        if known
        else f"Với {words.counted(len(total), 'đơn vị có điểm tổng hợp')} đơn vị, số đơn vị của từng "
        "nhóm chưa được xác nhận đầy đủ từ nguồn."
    )
    return (
        f"**Nhóm.** {country.definition.groups.definition}; các nhóm chia riêng cho điểm tổng hợp và "
        f"cho từng chỉ số nội dung. {source} Thứ hạng do báo cáo này tính từ điểm chưa làm tròn và "
        "chỉ để tham khảo: PAPI không xếp hạng các địa phương."
    )


def _comparison(country: PapiCountry) -> str:
    return (
        "**So sánh giữa các năm.** Chỉ nêu tăng, giảm khi cách đo của cả hai năm như nhau. Một điểm "
        "tổng chỉ được so sánh khi mọi phần của nó so sánh được. Hiệu số tính từ điểm chưa làm tròn "
        "nên có thể lệch một đơn vị ở chữ số cuối so với hiệu của các điểm in trong bảng."
    )


def _unconfirmed(country: PapiCountry) -> str:
    first = country.years[0] if country.years else country.year
    breaks = [
        f"năm {b.before} và {b.after}, mã {b.code} ({_STATUS[b.status]})"
        for b in country.definition.breaks
        if b.status != "published" and first < b.after <= country.year
    ]
    notes = [note.text for note in country.edition.notes_for(country.year)]
    said = []
    if breaks:
        said.append(f"Thay đổi cách đo được xác định gián tiếp: {'; '.join(breaks)}")
    said += notes
    return f"**Điều chưa được xác nhận.** {'. '.join(said)}." if said else ""


def _errors(country: PapiCountry) -> str:
    rows = country.intervals[country.intervals["year"] == country.year]
    if rows.empty:
        return ""
    return (
        "**Sai số.** Sổ tính ghi khoảng tin cậy 95%, nhưng nửa khoảng bằng 1,645 lần sai số chuẩn, tức "
        "ứng với mức 90% nếu sai số chuẩn đúng. Khi so sánh hai năm, báo cáo dùng sai số chuẩn với mức "
        "95%."
    )


def _merger(country: PapiCountry) -> str:
    if country.merged.empty:
        return ""
    return (
        "**34 đơn vị.** Điểm theo 34 đơn vị là bình quân theo dân số trung bình năm 2020 (Tổng cục "
        "Thống kê, biểu V02.01), chỉ tính khi đủ số liệu của mọi tỉnh, thành phố hợp thành. Đơn vị "
        "cùng tên trước và sau ngày 1/7/2025 có thể là hai địa bàn khác nhau."
    )


def _checks(country: PapiCountry) -> str:
    wrong = country.detail.wrong_sums
    if wrong.empty:
        checked = "tổng các chỉ số nội dung bằng điểm tổng hợp"
        if country.has_sub_dimensions:
            checked += ", tổng các nội dung thành phần bằng điểm của chỉ số nội dung"
        most = "sai lệch không quá 0,0001 điểm"
        return f"**Kiểm tra.** Với mọi đơn vị có đủ số liệu, {checked} ({most})."
    listed = [
        f"{country.places.get(str(row.slug), country.system).name}, "
        f"{words.name(country.edition, str(row.code))}"
        for row in wrong.itertuples()
    ]
    return f"**Kiểm tra.** Tổng các phần khác điểm công bố ở: {joined(listed)}; báo cáo giữ số công bố."


def _sources(country: PapiCountry) -> str:
    files = joined(words.files(country.current["source"]))
    owner = country.definition.owner
    return (
        f"**Nguồn.** {owner}, Chỉ số PAPI năm {country.year} ({country.definition.url}); tệp: {files}. "
        f"{country.definition.rights}"
    )
