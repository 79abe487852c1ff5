"""Decision 766: comparisons, what sources disagree on, what is missing, how points were made."""

from __future__ import annotations

import pandas as pd

from helpers.indices.procedures.text_method import no_channel
from helpers.indices.service_quality import text_words as words
from helpers.indices.service_quality.records import NOT_DEDUCTED
from helpers.indices.service_quality.result import ServiceResult
from helpers.words.numbers import Number, decimal, whole
from helpers.words.text import Text, escape, joined, paragraphs

_STATUS = {"unverified": "Điều chưa được xác nhận", "inferred": "Điều báo cáo suy luận"}
"""Standing of a note → under what heading the method note tells it."""


def comparison(result: ServiceResult) -> Text:
    """Hold the points against the portal's and against published totals."""
    return paragraphs(_portal(result), _published(result))


def _portal(result: ServiceResult) -> str:
    shown = [
        one
        for one in result.score.indicators
        if one.ratio is not None and one.ratio.portal is not None and one.points is not None
    ]
    if not shown:
        return (
            "Điểm trên Cổng Dịch vụ công quốc gia chưa được cung cấp nên chưa đối chiếu được với "
            "điểm "
            "tính ở báo cáo này; điểm chính thức là điểm của Cổng."
        )
    different = result.portal_differences
    allowed = decimal(result.rules.published_tolerance, 3)
    counted = Number(whole(len(shown)), "đếm: chỉ tiêu có điểm trên Cổng")
    if not different:
        return (
            f"Điểm tính ở báo cáo này khớp với điểm trên Cổng ở cả {counted} chỉ tiêu có điểm "
            "trên Cổng "
            f"(sai lệch không quá {allowed} điểm)."
        )
    listed = [
        f"{one.node.code} (tính {words.points(result, one)}, Cổng ghi "
        f"{Number(decimal(one.ratio.portal), one.ratio.trace)})"
        for one in different
        if one.ratio is not None and one.ratio.portal is not None
    ]
    return (
        f"Trong {counted} chỉ tiêu có điểm trên Cổng, điểm tính ở báo cáo này khác ở "
        f"{joined(listed)}. "
        "Điểm chính thức là điểm của Cổng."
    )


def _published(result: ServiceResult) -> list[str]:
    if result.status == "simulated":
        return ["Số liệu mô phỏng không được đặt cạnh kết quả đã công bố của địa phương thật."]
    rows = result.published
    totals = rows[(rows["code"] == "total") & rows["value"].notna()]
    own = totals[totals["slug"] == result.place.slug]
    others = totals[totals["slug"] != result.place.slug]
    said = []
    for _, row in own.iterrows():
        rank = "" if pd.isna(row["rank"]) else f", xếp thứ {_rank(row)}"
        said.append(
            f"Kết quả đã công bố của {escape(str(row['unit']))}: {_value(row)} điểm{rank} "
            f"({escape(str(row['name']))})."
        )
    if len(others):
        counted = Number(whole(len(others)), "đếm: tổng điểm đã công bố tìm được của năm")
        said.append(
            f"Có {counted} kết quả khác của năm {result.year} đã được công bố (@tbl-published); "
            "chúng "
            "thuộc những ngày và cấp khác nhau nên chỉ để tham khảo."
        )
    if not said:
        said.append(f"Chưa tìm được kết quả đã công bố nào của năm {result.year} để so sánh.")
    return said


def _value(row: pd.Series) -> Number:
    return Number(decimal(float(row["value"])), f"{row['origin']}: {row['source']}")


def _rank(row: pd.Series) -> Number:
    return Number(whole(int(row["rank"])), f"{row['origin']}: {row['source']}")


def options(result: ServiceResult) -> Text:
    """Say what sources disagree on, what was chosen and why."""
    lines = []
    for key, option in result.rules.options.items():
        chosen = result.options[key]
        whose = "do đơn vị chọn" if key in result.own_options else "mặc định"
        lines.append(f"- {option.name}: {_option(key, chosen)} ({whose}); {option.reason}.")
    return (
        paragraphs("Các nguồn chưa thống nhất ở những điểm sau:", "\n".join(lines))
        if lines
        else Text(())
    )


def _option(key: str, value: float | None) -> str:
    if value is None:
        return "không áp dụng"
    if key.startswith("target"):
        return str(Number(f"{words.maximum(value * 100)}%", f"lựa chọn {key}"))
    if key.startswith("cap"):
        return "có" if value else "không"
    return f"{Number(words.maximum(value), f'lựa chọn {key}')} điểm"


def missing(result: ServiceResult) -> Text:
    """Say what could not be computed and what to deliver for it; empty if nothing is missing."""
    if not result.missing:
        return Text(())
    lead = "Những nội dung chưa tính được và số liệu cần bổ sung:"
    return paragraphs(lead, "\n".join(f"- {escape(sentence)}" for sentence in result.missing))


def method(result: ServiceResult) -> Text:
    """Write the method note: groups, rules, sources, legal basis, what is not confirmed."""
    maxima = [
        f"{group.name_vi} {words.top(result, group.scale[1])}" for group in result.edition.criteria
    ]
    left_out = [one.node.code for one in result.score.indicators if one.state == "not_applicable"]
    points = [
        f"**Thang điểm.** Tổng 100 điểm: {'; '.join(maxima)}.",
        "**Cách tính.** Điểm của chỉ tiêu tính từ tỷ lệ tử số trên mẫu số; cộng điểm chưa làm "
        "tròn và làm "
        "tròn một lần đến hai chữ số.",
        f"**Không áp dụng.** Chỉ tiêu {joined(left_out)} không áp dụng nên được bỏ ra cùng điểm "
        "tối đa, "
        "không tính là không điểm."
        if left_out
        else "",
        _sources(result),
        f"**Căn cứ.** {'; '.join(basis.quoted for basis in result.edition.legal_basis)}.",
        _unconfirmed(result),
        "**Số liệu mô phỏng.** Mọi số liệu trong báo cáo này là số mô phỏng, không phải của tỉnh "
        "nào."
        if result.status == "simulated"
        else "",
    ]
    return paragraphs("\n".join(f"- {point}" for point in points if point))


def _sources(result: ServiceResult) -> str:
    made: dict[str, list[str]] = {"đếm từ": [], "tính từ": []}
    for one in result.score.indicators:
        for start, codes in made.items():
            if one.ratio is not None and one.ratio.trace.startswith(start):
                codes.append(one.node.code)
    said = ["**Nguồn.** Tử số và mẫu số lấy từ bảng «Bộ chỉ số 766» nếu có."]
    if made["đếm từ"]:
        said.append(f"Chỉ tiêu {joined(made['đếm từ'])} đếm từ tệp hồ sơ và phản ánh, kiến nghị.")
    timed = [one.ratio for one in result.score.indicators if one.ratio is not None]
    if any(NOT_DEDUCTED in ratio.trace for ratio in timed):
        said.append(
            "Tệp hồ sơ không có số lần và thời gian chờ bổ sung nên các chỉ tiêu về thời hạn chưa trừ "
            "thời gian này."
        )
    if result.no_channel:
        said.append(no_channel(result.no_channel).strip())
    if made["tính từ"]:
        said.append(f"Chỉ tiêu {joined(made['tính từ'])} tính từ số liệu giải quyết hồ sơ.")
    return " ".join(said)


def _unconfirmed(result: ServiceResult) -> str:
    told = []
    for status, heading in _STATUS.items():
        notes = [note.text for note in result.edition.notes if note.status == status]
        if notes:
            told.append(f"**{heading}.** {'. '.join(notes)}.")
    return "\n- ".join(told)
