"""The method note of a PAPI report: what is stated, what is assumed, where the numbers come from."""

from __future__ import annotations

import pandas as pd

from helpers.definitions import FrameworkEdition
from helpers.indices.papi import text_words as words
from helpers.indices.papi.result import PapiCountry
from helpers.words.numbers import Number, decimal, in_words
from helpers.words.text import Text, joined, lower_first, paragraphs

_STATUS = {
    "verified": "PAPI công bố",
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
    low, high = first.scale
    scale = f"{low:g} đến {high:g}"
    parts = words.counted(
        sum(len(d.children) for d in edition.dimensions), "nội dung thành phần trong định nghĩa"
    )
    return (
        f"**Thang đo.** PAPI năm {country.year} gồm {in_words(len(edition.dimensions))} chỉ số nội "
        f"dung, mỗi chỉ số từ {scale} điểm, với {parts} nội dung thành phần. Điểm tổng hợp là tổng "
        "không có trọng số của các chỉ số nội dung, "
        f"thang {words.scale(edition)}{_as_printed(edition)}."
    )


def _as_printed(edition: FrameworkEdition) -> str:
    """Say how the publisher prints the scale of the total, where that is not the sum of its parts'."""
    if edition.printed_scale == words.scale(edition):
        return ""
    return f" (PAPI in thang {edition.printed_scale})"


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
        f"**Nhóm.** Theo PAPI, {lower_first(country.definition.groups.definition)}; các nhóm chia "
        f"riêng cho điểm tổng hợp và cho từng chỉ số nội dung, theo điểm chưa làm tròn. {source}"
        f"{_sizes(country, total)} Thứ hạng do báo cáo này tính từ điểm làm tròn như in, điểm làm tròn "
        "như nhau thì đồng hạng, và chỉ để tham khảo: PAPI không xếp hạng các địa phương."
    )


def _sizes(country: PapiCountry, total: pd.DataFrame) -> str:
    """Say how many units each group has, and where the one on the median stands."""
    if total.empty:
        return ""
    names = country.definition.groups.names
    counts = [
        f"{name} {words.counted(int((total['group'] == number).sum()), 'đơn vị của nhóm')}"
        for number, name in reversed(list(enumerate(names, start=1)))
    ]
    said = f" Số đơn vị theo điểm tổng hợp: {joined(counts)}."
    middle = total[total["value"] == total["median"]]
    if middle.empty:
        return said
    group = names[int(middle["group"].iloc[0]) - 1]
    return f"{said} Đơn vị ở đúng trung vị thuộc nhóm {group}."


def _comparison(country: PapiCountry) -> str:
    return (
        "**So sánh giữa các năm.** Chỉ so sánh khi cách đo của cả hai năm như nhau, và chỉ nêu tăng, "
        "giảm khi hiệu số vượt sai số của nó. Một điểm tổng chỉ được so sánh khi mọi phần của nó so "
        "sánh được. Hiệu số tính từ điểm chưa làm tròn nên có thể lệch một đơn vị ở chữ số cuối so với "
        "hiệu của các điểm in trong bảng."
    )


def _unconfirmed(country: PapiCountry) -> str:
    first = country.years[0] if country.years else country.year
    breaks = [
        f"năm {b.before} và {b.after}, mã {joined(list(b.codes))} ({_STATUS[b.status]})"
        for b in country.definition.breaks
        if b.status != "verified" and first < b.after <= country.year
    ]
    notes = [note.text for note in country.edition.notes_for(country.year)]
    said = []
    if breaks:
        said.append(f"Thay đổi cách đo được xác định gián tiếp: {'; '.join(breaks)}")
    said += notes
    return f"**Điều chưa được xác nhận.** {'. '.join(said)}." if said else ""


def _errors(country: PapiCountry) -> str:
    said = []
    if not country.intervals[country.intervals["year"] == country.year].empty:
        said.append(
            "Sổ tính ghi khoảng tin cậy 95%, nhưng nửa khoảng bằng 1,645 lần sai số chuẩn, tức ứng với "
            "mức 90% nếu sai số chuẩn đúng. Báo cáo dùng sai số chuẩn với mức 95%; sai số in "
            "bằng không được coi là chưa biết."
        )
    likely = country.definition.likely_error(country.edition.root.code, country.year)
    if likely is not None:
        trace = f"params/indices/{country.definition.key}.yml, likely_errors: {likely.basis}"
        size = Number(decimal(likely.standard_error, 3), trace)
        said.append(
            "Ở năm PAPI không công bố sai số, sai số chuẩn của điểm tổng hợp được ước tính là "
            f"{size} điểm ({likely.basis}). Sai số ước tính chỉ dùng để không nêu những chênh lệch "
            "nhỏ; chênh lệch vượt sai số ước tính được nêu là “nhiều khả năng”."
        )
    said.append(
        "PAPI không công bố sai số của từng chỉ số nội dung, nên điểm của chúng chỉ được đặt cạnh "
        "nhau, không kết luận tăng hay giảm, hơn hay kém."
    )
    return f"**Sai số.** {' '.join(said)}"


def _merger(country: PapiCountry) -> str:
    if country.merged.empty:
        return ""
    return (
        "**34 đơn vị.** Điểm theo 34 đơn vị là bình quân theo dân số trung bình năm 2020 (Tổng cục "
        "Thống kê, biểu V02.01), chỉ tính khi đủ số liệu của mọi tỉnh, thành phố hợp thành. Đơn vị "
        "cùng tên trước và sau ngày 01/7/2025 có thể là hai địa bàn khác nhau."
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
        f"{country.places.get(str(row.slug), country.system).in_full}, "
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
