"""The method note of a SIPAS report, and what its forms were."""

from __future__ import annotations

from helpers.facts.disclosure import is_small
from helpers.indices.sipas import text_words as words
from helpers.indices.sipas.forms import Drawn
from helpers.indices.sipas.model import SipasResult
from helpers.indices.sipas.rules import dimensions, factors, items
from helpers.words.numbers import Number, in_words
from helpers.words.text import Text, escape, joined, paragraphs, upper_first

_OVERALL = {
    "mean_of_dimensions": "bình quân cộng các khía cạnh",
    "mean_of_factors": "bình quân cộng các yếu tố",
    "pooled_items": "số câu trả lời hài lòng chia cho số câu trả lời của tất cả tiêu chí",
}
_PART = {
    "mean": "mỗi yếu tố là bình quân cộng các tiêu chí{dimensions}",
    "pooled": (
        "mỗi yếu tố là số câu trả lời hài lòng chia cho số câu trả lời của các tiêu chí trong đó"
        "{dimensions}"
    ),
}
_DIMENSIONS = {
    "mean": ", mỗi khía cạnh là bình quân cộng các yếu tố",
    "pooled": ", mỗi khía cạnh cũng vậy",
}
_DECIDED = {
    "overall_rule": "cách tính chỉ số chung",
    "part_rule": "cách tính yếu tố",
    "scale": "thang đo",
    "scales": "thang đo",
    "minimum_sample": "mẫu tối thiểu",
    "share_answered": "phiếu hợp lệ",
    "population": "quy mô tổng thể",
    "designs": "thiết kế mẫu",
    "columns": "cột của tiêu chí",
    "parts_of": "các khía cạnh của chỉ số từng loại đơn vị",
}
_KIND = {
    "province": "toàn tỉnh",
    "department": "cơ quan",
    "district": "cấp huyện",
    "commune": "cấp xã",
}


def form_text(result: SipasResult) -> Text:
    """Say how many forms were issued, came back and were used, and why others were not."""
    survey = result.current.survey
    issued = result.current.figure("issued")
    returned, valid = result.current.figure("returned"), result.current.figure("valid")
    came = returned.value if returned is not None else None
    used = valid.value if valid is not None else None
    came_trace = returned.trace if returned is not None else ""
    used_trace = valid.trace if valid is not None else ""
    if survey is not None:
        came, came_trace = (
            float(survey.returned),
            f"đếm phiếu năm {result.year} trong {survey.origin}",
        )
        used, used_trace = float(survey.valid), f"đếm phiếu hợp lệ trong {survey.origin}"
    if survey is not None and is_small(survey.returned - survey.valid):
        # The two numbers together would tell of a few people.
        came = None
    parts = []
    if issued is not None:
        parts.append(f"phát ra {words.counted(issued.value, issued.trace)} phiếu")
    if came is not None:
        parts.append(
            f"thu về {words.counted(came, came_trace)} phiếu" + _share(came, issued, "phát ra")
        )
    if used is not None:
        base = (
            f" ({_percent(used, came, 'phiếu hợp lệ trên phiếu thu về')} số thu về)" if came else ""
        )
        verb = "" if came is not None else "có "
        parts.append(f"{verb}{words.counted(used, used_trace)} phiếu hợp lệ{base}")
    if not parts:
        return paragraphs("Số phiếu phát ra, thu về và hợp lệ chưa được cung cấp.")
    return paragraphs([f"Cuộc khảo sát {joined(parts)}.", _left_out(result)])


def _share(came: float, issued: object, _: str) -> str:
    value = getattr(issued, "value", 0.0)
    if not value:
        return ""
    return f" ({_percent(came, value, 'phiếu thu về trên phiếu phát ra')} số phát ra)"


def _percent(part: float, whole: float, rule: str) -> Number:
    return Number(words.percentage(part / whole * 100), f"tính toán: {rule}")


def _left_out(result: SipasResult) -> str:
    survey = result.current.survey
    if survey is None:
        return ""
    rule = f"đếm phiếu trong {survey.origin}"
    share = Number(
        words.percentage(result.rules.share_answered * 100, 0), "quy tắc trong định nghĩa"
    )
    few_answers = f"phiếu trả lời dưới {share} số tiêu chí được hỏi"
    said = []
    if is_small(survey.incomplete) or is_small(survey.without_weight):
        # Few people are not told of apart.
        both = _some(survey.incomplete + survey.without_weight, rule)
        unweighted = " hoặc thiếu trọng số" if survey.without_weight else ""
        said.append(f"{both} {few_answers}{unweighted}")
    else:
        if survey.incomplete:
            said.append(f"{words.counted(survey.incomplete, rule)} {few_answers}")
        if survey.without_weight:
            said.append(f"{words.counted(survey.without_weight, rule)} phiếu thiếu trọng số")
    if survey.other_years:
        said.append(f"{_some(survey.other_years, rule)} phiếu của năm khác")
    return f"Không dùng {joined(said)}." if said else ""


def _some(count: int, rule: str) -> Number | str:
    """Return a number of people, which is not told of fewer than five."""
    return "một số ít (dưới năm)" if is_small(count) else words.counted(count, rule)


def method(result: SipasResult) -> Text:
    """Write the method note as one list."""
    points = [
        _basis(result),
        _measure(result),
        _combination(result),
        _design(result),
        _ranking(result),
        _unconfirmed(result),
        _sources(result),
    ]
    return paragraphs("\n".join(f"- {point}" for point in points if point))


def _basis(result: SipasResult) -> str:
    quoted = joined([document.quoted for document in result.edition.legal_basis])
    return f"**Căn cứ.** {result.edition.name_vi}: {quoted}."


def _measure(result: SipasResult) -> str:
    edition, scale = result.edition, result.rules.used_scale
    levels = joined([scale.levels[code].lower() for code in scale.satisfied])
    asked = len(items(edition))
    parts = f"{in_words(len(factors(edition)))} yếu tố"
    if asked:
        count = words.counted(asked, "đếm tiêu chí trong định nghĩa")
        parts += f" và {count} tiêu chí"
    sure = "" if result.rules.satisfied_status == "verified" else " (chưa đối chiếu với văn bản)"
    return (
        f"**Đo lường.** {result.framework.sentence} Bản này gồm {parts}; người trả lời chọn trong "
        f"thang {scale.name}, hai mức {levels} được tính là hài lòng{sure}. Mẫu số của mỗi tiêu "
        "chí là số người có trả lời tiêu chí đó."
    )


def _combination(result: SipasResult) -> str:
    rules = result.rules
    reason = (
        "do địa phương quy định"
        if "overall_rule" in rules.decided
        else f"vì {rules.overall_reason}"
    )
    of_dimensions = _DIMENSIONS[rules.part_rule] if dimensions(result.edition) else ""
    parts = _PART[rules.part_rule].format(dimensions=of_dimensions)
    given = ""
    if result.current.survey is None:
        given = "Kết quả đơn vị cung cấp được giữ nguyên; chỉ phần chưa in mới được tính. "
    own = [_DECIDED[key] for key in rules.decided if key in _DECIDED]
    decided = f" Quy định riêng của địa phương: {joined(list(dict.fromkeys(own)))}." if own else ""
    return (
        f"**Cách gộp.** {given}{upper_first(parts)}. Chỉ số chung là "
        f"{_OVERALL[rules.overall_rule]}, {reason}. Các phép tính dùng số chưa làm tròn và chỉ làm "
        f"tròn một lần khi in.{_parts_of(result)}{decided}"
    )


def _parts_of(result: SipasResult) -> str:
    """Say which kinds of unit have an index of fewer dimensions."""
    said = []
    for kind, codes in result.rules.parts_of.items():
        if kind in result.current.units or kind == result.subject.kind:
            names = joined([result.edition.get(code).name_vi for code in codes])
            said.append(f" Chỉ số của {words.units(kind)} chỉ gồm khía cạnh {names}.")
    return "".join(said)


def _design(result: SipasResult) -> str:
    survey = result.current.survey
    if survey is None:
        return ""
    confidence = words.confidence(result)
    by_design: dict[str, list[str]] = {}
    for drawn in survey.drawn:
        by_design.setdefault(_drawn(drawn), []).append(_KIND[drawn.kind])
    parts = "; ".join(f"{joined(kinds)}: {design}" for design, kinds in by_design.items())
    weighted = any(drawn.weighted for drawn in survey.drawn)
    weights = "có trọng số theo tệp phiếu" if weighted else "các phiếu có trọng số bằng nhau"
    corrected = " Có hiệu chỉnh tổng thể hữu hạn." if any(d.corrected for d in survey.drawn) else ""
    if all(drawn.told for drawn in survey.drawn):
        assumed = "Tầng mẫu lấy theo tệp phiếu."
    else:
        assumed = (
            "Tệp phiếu không ghi tầng mẫu: theo giả định mặc định, các huyện (hoặc cơ quan) được "
            "khảo sát là các tầng cố định, nên sai số chưa gồm việc chọn huyện."
        )
    return (
        f"**Sai số.** Phương sai ước lượng bằng tuyến tính hóa Taylor theo tầng và cụm ({parts}), "
        f"{weights}; khoảng tin cậy {confidence} dùng phân vị t trên thang logit. {assumed}{corrected}"
    )


def _drawn(drawn: Drawn) -> str:
    strata = words.counted(drawn.strata, "đếm tầng trong tệp phiếu")
    clusters = words.counted(drawn.clusters, "đếm đơn vị mẫu bậc một trong tệp phiếu")
    what = "cụm" if drawn.clustered else "phiếu chọn riêng lẻ"
    lonely = ""
    if drawn.lonely and not drawn.clustered:
        # How few people stand in a stratum is not told.
        lonely = ", trong đó có tầng quá ít phiếu để ước lượng riêng"
    elif drawn.lonely:
        alone = words.counted(drawn.lonely, "đếm tầng chỉ có một đơn vị mẫu bậc một")
        lonely = f", trong đó {alone} tầng chỉ có một {what}"
    return f"{strata} tầng, {clusters} {what}{lonely}"


def _ranking(result: SipasResult) -> str:
    if not result.current.units:
        return ""
    limit = words.counted(result.rules.minimum_sample, "ngưỡng trong định nghĩa")
    sure = (
        "theo quy định của địa phương"
        if "minimum_sample" in result.rules.decided
        else "ngưỡng mặc định, chưa có văn bản quy định"
    )
    interval = (
        " Khoảng của thứ hạng suy ra từ so sánh từng cặp đơn vị với khoảng tin cậy điều chỉnh "
        "Bonferroni (Mogstad và cộng sự, 2024), không dùng mô phỏng."
        if result.current.survey is not None
        else ""
    )
    return (
        "**Xếp hạng.** Xếp từ cao xuống theo chỉ số chưa làm tròn; các đơn vị bằng nhau cùng thứ "
        f"hạng và đơn vị sau bị đẩy xuống tương ứng (1, 2, 2, 4). Đơn vị có dưới {limit} phiếu "
        f"hợp lệ không được xếp hạng ({sure}).{interval}"
    )


def _unconfirmed(result: SipasResult) -> str:
    said = [note.text for note in result.edition.notes if note.status in ("unverified", "inferred")]
    told = [note.text for note in result.edition.notes if note.status in ("verified", "derived")]
    unsure = f"**Điều chưa được xác nhận.** {'. '.join(said)}." if said else ""
    return " ".join(part for part in (unsure, f"{'. '.join(told)}." if told else "") if part)


def _sources(result: SipasResult) -> str:
    found = result.national
    facts = [*result.own.values(), *found.scores.values(), *found.means.values()]
    traces = [fact.trace for fact in facts]
    traces += [found.rank.trace] if found.rank is not None else []
    files = sorted({_file(trace) for trace in traces if "data/" in trace})
    return f"**Nguồn.** {escape(joined(files))}." if files else ""


def _file(trace: str) -> str:
    """Return the file that a trace names."""
    return trace[trace.index("data/") :].split(",")[0].split(" ")[0]
