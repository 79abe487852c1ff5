"""The method note of the poverty report: standard, rates, hidden counts, what is not confirmed."""

from __future__ import annotations

from helpers.indices.poverty import text_words as words
from helpers.indices.poverty.breakdown import counted_in_records
from helpers.indices.poverty.checks import Conflict
from helpers.indices.poverty.households import GROUPS
from helpers.indices.poverty.result import PovertyResult
from helpers.inputs.corrections import Correction
from helpers.words.numbers import MINUS, Number, decimal, in_words, signed, whole
from helpers.words.text import Text, escape, joined, lower_first, paragraphs, upper_first

NO_GAPS = "Không phát hiện số liệu mâu thuẫn hoặc còn thiếu."


def missing(result: PovertyResult) -> Text:
    """List what could not be computed and what to deliver for it."""
    points = [*result.missing, *_records(result)]
    return paragraphs("\n".join(f"- {point}" for point in points))


def _records(result: PovertyResult) -> list[str]:
    records = result.tables.records
    if records is None:
        return []
    if counted_in_records(result.tables, result.year, result.rules.smallest_cell).hidden:
        return [
            "Danh sách hộ có nhóm dưới năm hộ nên số đếm không được nêu và không được đối chiếu ở đây "
            "với số đã cung cấp; chỗ không khớp, nếu có, ở báo cáo kiểm tra số liệu."
        ]
    trace = "đếm trong danh sách hộ"
    said = []
    if records.unknown:
        count = _of_records(records.unknown, trace)
        said.append(
            f"{count} hộ trong danh sách chưa có phân loại nên không được tính vào hộ nghèo, hộ "
            "cận nghèo hay tổng số hộ."
        )
    if records.disagreeing:
        count = _of_records(records.disagreeing, trace)
        said.append(
            f"{count} hộ có phân loại khác với phân loại tính từ điểm B1, B2; báo cáo dùng phân "
            "loại đã ghi, đề nghị rà soát lại các hộ này."
        )
    if records.from_points:
        count = _of_records(records.from_points, trace)
        said.append(f"{count} hộ chưa ghi phân loại, được phân loại từ điểm B1, B2.")
    return [*said, *_left_open(result)]


def _of_records(count: int, trace: str) -> str:
    return upper_first(words.few_or(count, trace))


def _left_open(result: PovertyResult) -> list[str]:
    """Say which attributes some households leave open: they are in no share of that attribute."""
    said = []
    left = result.unrecorded
    if "nguyen_nhan" in left and result.tables.are_counted("groups"):
        said.append(
            f"Nguyên nhân nghèo: {lower_first(words.left_open(result, 'nguyen_nhan'))}; tỷ lệ theo "
            "nguyên nhân chia cho số hộ nghèo có ghi nguyên nhân."
        )
    if "dan_toc" in left and result.tables.are_counted("groups"):
        said.append("Hộ chưa ghi dân tộc không được tính vào dân tộc nào.")
    groups = [name for code, name in GROUPS.items() if code in left]
    if groups and result.tables.are_counted("groups"):
        named = joined([f"«{name}»" for name in groups])
        said.append(f"Không tính nhóm {named} vì có hộ chưa ghi thuộc nhóm hay không.")
    return said


def gaps(result: PovertyResult) -> Text:
    """Tell contradictions and what is missing, or that nothing was found."""
    told = (*conflicts(result).paragraphs, *corrections(result).paragraphs)
    lacking = missing(result).paragraphs
    if lacking:
        told = (*told, "Những nội dung chưa tính được và số liệu cần bổ sung:", *lacking)
    return Text(told) if told else paragraphs(NO_GAPS)


def corrections(result: PovertyResult) -> Text:
    """List the figures with a declared error of the source, each with its note."""
    if not result.corrections:
        return Text(())
    points = [_correction(result, one) for one in result.corrections]
    return paragraphs(
        "Các số liệu sau được giữ như nguồn in và có lưu ý đã khai báo (dấu \\* trong bảng):",
        "\n".join(f"- {point}" for point in points),
    )


def _correction(result: PovertyResult, one: Correction) -> str:
    label = result.labels.get(one.figure, one.figure)
    group = f", {words.group(one.group)}" if one.group else ""
    note = Number(escape(one.note.rstrip(".")), one.origin)
    printed = f"{MINUS}{one.printed[1:]}" if one.printed.startswith("-") else one.printed
    return f"{label}{group}: {Number(printed, one.origin)}. {note}."


def conflicts(result: PovertyResult) -> Text:
    """Tell which delivered figures contradict each other; empty if none do."""
    if not result.conflicts:
        return Text(())
    said = [_conflict(found) for found in result.conflicts]
    return paragraphs(
        [
            *said,
            "Báo cáo giữ số liệu gốc và đề nghị cơ quan xác nhận.",
        ]
    )


def _conflict(found: Conflict) -> str:
    stated, expected = (
        _value(m.value, m.decimals, found.unit) for m in (found.stated, found.expected)
    )
    return (
        f"{upper_first(found.name)} được nêu là {Number(stated, found.stated.trace)}, trong khi "
        f"{found.how} cho {Number(expected, found.expected.trace)}."
    )


def _value(value: float, decimals: int, unit: str) -> str:
    if unit == "hộ":
        return f"{whole(round(value))} hộ"
    if unit == "%":
        return f"{decimal(value, decimals)}%"
    return f"{signed(value, decimals)} điểm phần trăm"


def method(result: PovertyResult) -> Text:
    """Write the method note as one list."""
    points = [
        f"**Chuẩn nghèo.** {result.edition.name_vi}. {_basis(result)}",
        _classes(result),
        "**Tỷ lệ.** Số hộ chia tổng số hộ dân cư của cùng địa bàn tại thời điểm rà soát. Tỷ lệ "
        "nghèo đa chiều gồm hộ nghèo và hộ cận nghèo. Tỷ lệ trong một nhóm chia cho số hộ của "
        "nhóm; tỷ lệ thiếu hụt chia cho số hộ nghèo (hoặc hộ cận nghèo). Khi đếm từ danh sách hộ, tỷ "
        "lệ theo một nội dung chỉ chia cho số hộ có ghi nội dung đó. Hiệu của hai tỷ lệ tính "
        "bằng điểm phần trăm từ giá trị chưa làm tròn.",
        "**Diễn biến.** Cuối năm bằng đầu năm trừ thoát nghèo và giảm khác, cộng tái nghèo, phát "
        "sinh và tăng khác. Chuyển giữa hộ nghèo và hộ cận nghèo, chuyển đi, chuyển đến tính là "
        "«khác».",
        _assumed(result),
        _hidden(result),
        _breaks(result),
        _unconfirmed(result),
        _sources(result),
    ]
    return paragraphs("\n".join(f"- {point}" for point in points if point))


def _basis(result: PovertyResult) -> str:
    named = [basis.quoted for basis in result.edition.legal_basis]
    said = [f"Căn cứ: {'; '.join(named)}."] if named else []
    if result.rules.income_line:
        trace = f"params/indices/poverty.yml, giai đoạn {result.edition.key}"
        lines = [
            f"{area.lower()} {Number(whole(line), trace)} đồng/người/tháng"
            for area, line in result.rules.income_line.items()
        ]
        said.append(f"Tiêu chí thu nhập: {joined(lines)}.")
    return " ".join(said)


def _classes(result: PovertyResult) -> str:
    rules = result.rules
    if not rules.complete:
        return (
            "**Phân loại hộ.** Lấy theo kết quả rà soát đã ghi; ngưỡng điểm của giai đoạn này chưa "
            "đủ để tính lại."
        )
    limits = []
    for rule in rules.classes:
        b1 = f"B1 đến {decimal(rule.b1_at_most, 0)} điểm" if rule.b1_at_most is not None else ""
        b2 = f"B2 từ {decimal(rule.b2_at_least, 0)} điểm" if rule.b2_at_least is not None else ""
        if b1:
            area = rule.area.lower()
            limits.append(f"{rule.name.lower()} {area}: {joined([p for p in (b1, b2) if p])}")
    return (
        "**Phân loại hộ.** Lấy theo kết quả rà soát; hộ chưa ghi phân loại được xếp theo điểm, quy "
        f"tắc đứng trước được xét trước: {'; '.join(limits)}."
    )


_ABSENT = {
    "phan_loai_dau_ky": ("đầu kỳ", "chưa có trên địa bàn"),
    "phan_loai_cuoi_ky": ("cuối kỳ", "không còn trên địa bàn"),
}


def _assumed(result: PovertyResult) -> str:
    """Tell which households are taken as absent because a class was left empty."""
    records = result.tables.records
    said = [
        f"{_of_records(records.assumed[column], 'đếm trong danh sách hộ')} hộ để trống phân loại "
        f"{end}, được hiểu là {meant}"
        for column, (end, meant) in _ABSENT.items()
        if records is not None and records.assumed.get(column)
    ]
    if not said:
        return ""
    text = "; ".join((said[0], *(one[0].lower() + one[1:] for one in said[1:])))
    return (
        f"**Ô trống trong danh sách hộ.** {text}, theo hướng dẫn của biểu; danh sách không tự nói điều "
        "này."
    )


def _hidden(result: PovertyResult) -> str:
    if not result.tables.counted:
        return ""
    fewest = in_words(result.rules.smallest_cell)
    return (
        "**Bảo vệ thông tin cá nhân.** Báo cáo không nêu tên, mã hộ, năm sinh, thôn. Số liệu đếm từ "
        f"danh sách hộ của nhóm dưới {fewest} hộ (hoặc còn lại dưới {fewest} hộ sau khi trừ nhóm đó) "
        "không được nêu; thêm một số mục khác cũng không được nêu để không suy ra được số đó từ tổng. "
        "Khi bảng theo địa bàn có dòng không nêu thì thay đổi so với đầu năm của từng địa bàn cũng "
        "không được nêu. Dòng không nêu được xếp cuối bảng. Bảng do cơ quan cung cấp được in như đã "
        "cung cấp."
    )


def _breaks(result: PovertyResult) -> str:
    reasons = [found.reason for found in result.framework.every_break]
    return f"**So sánh giữa các năm.** Không so sánh qua mốc đổi chuẩn: {'; '.join(reasons)}."


def _unconfirmed(result: PovertyResult) -> str:
    notes = [n.text for n in result.edition.notes if n.status in ("unverified", "inferred")]
    return f"**Điều chưa được xác nhận.** {'. '.join(notes)}." if notes else ""


def _sources(result: PovertyResult) -> str:
    office = result.office.office.name
    said = f"**Nguồn số liệu.** Số liệu do {office} cung cấp"
    if len(result.published):
        said += "; tỷ lệ của cả nước và của vùng theo các trang đã dẫn ở từng số"
    return f"{said}."
