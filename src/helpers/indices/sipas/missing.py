"""What a SIPAS report cannot say, and what to deliver so that it can."""

from __future__ import annotations

from helpers.facts.comparison import HALF_PRINTED
from helpers.indices.sipas.model import SipasResult
from helpers.indices.sipas.rules import TOTAL
from helpers.indices.sipas.year import SipasYear
from helpers.places import register


def missing(result: SipasResult) -> tuple[str, ...]:
    """Return Vietnamese sentences, the most important first; empty if nothing is missing."""
    return tuple(
        sentence
        for sentence in (
            silent_forms(result.current),
            _overall(result),
            _factors(result),
            _errors(result),
            _ranks(result),
            _left_out(result),
            _earlier(result),
            _forms(result),
            _disagreement(result),
        )
        if sentence
    )


def silent_forms(year: SipasYear) -> str:
    """Say that forms were delivered and hold no answer that the edition knows; else nothing."""
    if not year.silent_file:
        return ""
    return (
        f"Tệp {year.silent_file} không có câu trả lời năm {year.year} cho tiêu chí nào của "
        f"{year.edition.name_vi}: cần kiểm tra tiêu đề cột, hoặc khai báo cột của từng tiêu chí ở "
        "rules: sipas: columns trong tệp thông số của tỉnh."
    )


def _overall(result: SipasResult) -> str:
    table = result.units
    hidden = table is not None and table.loc[table["unit"] == result.subject.unit, "hidden"].any()
    if TOTAL in result.own or hidden:
        return ""
    return (
        "Chưa tính được chỉ số chung vì có tiêu chí hoặc yếu tố không có kết quả: cần bổ "
        "sung dòng total trong bảng «Kết quả SIPAS», hoặc đủ câu trả lời cho mọi tiêu chí."
    )


def _factors(result: SipasResult) -> str:
    if not result.factor_codes:
        return (
            "Kết quả theo yếu tố chưa được cung cấp nên chưa xác định được yếu tố nào kéo giảm "
            "mức độ hài lòng: cần tệp phieu-khao-sat, hoặc các dòng theo yếu tố trong bảng "
            "«Kết quả SIPAS»."
        )
    if not result.item_codes and result.edition.nodes:
        return (
            "Kết quả theo tiêu chí chưa được cung cấp nên chưa nêu được tiêu chí thấp nhất: "
            "cần tệp phieu-khao-sat, hoặc các dòng theo tiêu chí trong bảng «Kết quả SIPAS»."
        )
    return ""


def _errors(result: SipasResult) -> str:
    if result.overall is None or result.overall.has_interval:
        return ""
    if result.current.survey is not None and result.subject.kind in result.current.survey.asked:
        return (
            "Sai số của chỉ số chung không ước lượng được vì mỗi tầng chỉ có một cụm được khảo "
            "sát: cần ghi cụm và tầng mẫu trong tệp phiếu."
        )
    return (
        "Chưa có sai số khảo sát vì kết quả không được tính từ phiếu: cần tệp "
        "phieu-khao-sat, kèm tầng, cụm và trọng số nếu có."
    )


def _ranks(result: SipasResult) -> str:
    standing = result.standing()
    if result.subject.kind == "province":
        return ""
    table = result.units
    if table is not None and (table["unit"] == result.subject.unit).any():
        # It was measured: that it is not ranked, and why, is told with its result.
        return ""
    if standing is None:
        return (
            "Chưa có thứ hạng của đơn vị: cần số liệu sipas.rank và sipas.units, hoặc kết quả "
            "của mọi đơn vị được xếp hạng."
        )
    if standing.units is None:
        return "Chưa có số đơn vị được xếp hạng (sipas.units) nên thứ hạng chưa so sánh được."
    return ""


def _left_out(result: SipasResult) -> str:
    survey = result.current.survey
    lonely = sum(drawn.lonely for drawn in survey.drawn) if survey is not None else 0
    if not lonely:
        return ""
    return (
        "Có tầng quá ít cụm hoặc phiếu để ước lượng riêng; sai số của tầng này được lấy quanh bình "
        "quân chung, thường lớn hơn thực tế."
    )


def _earlier(result: SipasResult) -> str:
    if result.earlier is not None or register().same_unit(
        result.place, result.year - 1, result.year
    ):
        return ""
    return (
        f"Chưa có kết quả năm {result.year - 1} nên chưa so sánh được với năm trước: cần số "
        "liệu của năm đó, hoặc dòng của năm đó trong bảng «Kết quả SIPAS»."
    )


def _forms(result: SipasResult) -> str:
    if result.current.figure("issued") is not None:
        return ""
    return "Chưa có số phiếu phát ra (sipas.issued) nên chưa tính được tỷ lệ phiếu thu về."


def _disagreement(result: SipasResult) -> str:
    printed, own = result.current.figure("overall"), result.own.get(TOTAL)
    if printed is None or own is None or own.trace == printed.trace:
        return ""
    if abs(printed.value - own.value) <= max(printed.half, HALF_PRINTED):
        return ""
    return (
        "Chỉ số chung do đơn vị báo cáo (sipas.overall) khác với kết quả tính từ phiếu "
        "hoặc bảng; báo cáo dùng kết quả tính được, cần kiểm tra lại."
    )
