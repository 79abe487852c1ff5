"""What is missing from a report on dossiers, and how its numbers were made."""

from __future__ import annotations

from helpers.facts.disclosure import LEAST, is_small
from helpers.facts.intervals import Interval, printed
from helpers.indices.procedures import text_words as words
from helpers.indices.procedures.disclosure import hidden_total
from helpers.indices.procedures.left_open import Counted, counted_columns
from helpers.indices.procedures.reading import FIGURES
from helpers.indices.procedures.records import DossierTables
from helpers.indices.procedures.result import ProceduresResult
from helpers.words.numbers import Number, in_words, whole
from helpers.words.text import Text, joined, paragraphs

_STATUS = {"unverified": "Điều chưa được xác nhận", "inferred": "Điều báo cáo suy luận"}
"""Standing of a note → under what heading the method note tells it."""
_SOURCES = {
    "table": "bảng «Hồ sơ TTHC» do đơn vị cung cấp",
    "records": "tệp ho-so do đơn vị cung cấp, mỗi dòng một hồ sơ",
    "figures": "các số liệu đơn lẻ do đơn vị cung cấp",
}


def missing(result: ProceduresResult) -> Text:
    """Say what could not be computed and what to deliver for it; empty if nothing is missing."""
    if not result.missing:
        return Text(())
    lead = "Những nội dung chưa tính được và số liệu cần bổ sung:"
    return paragraphs(lead, "\n".join(f"- {sentence}" for sentence in result.missing))


def method(result: ProceduresResult) -> Text:
    """Write the method note: sources, rates, classes, legal basis, what is not confirmed."""
    points = [
        _source(result),
        _rates(result),
        _classes(result),
        _hidden(result),
        _derived(result),
        _typed(result),
        _legal(result),
        _unconfirmed(result),
        _simulated(result),
    ]
    return paragraphs("\n".join(f"- {point}" for point in points if point))


def _source(result: ProceduresResult) -> str:
    also = " Chi tiết theo thủ tục và tháng lấy từ tệp ho-so." if result.tables else ""
    if result.source != "table":
        also = ""
    return f"**Nguồn.** Số liệu tổng hợp lấy từ {_SOURCES[result.source]}.{also}"


def _rates(result: ProceduresResult) -> str:
    return (
        "**Tỷ lệ.** Mỗi tỷ lệ nêu rõ mẫu số; các tỷ lệ khác mẫu số không so sánh với nhau. Tỷ lệ "
        "được tính "
        "từ số chưa làm tròn và làm tròn một lần; khi còn hồ sơ quá hạn, tỷ lệ không in thành "
        "100% mà "
        "được thêm chữ số thập phân."
    )


def _classes(result: ProceduresResult) -> str:
    tables = result.tables
    if tables is None:
        return ""
    skipped_count = _of_records(
        tables.left_out, "đếm: hồ sơ tiếp nhận sau kỳ hoặc kết thúc trước kỳ"
    )
    skipped = (
        f" Có {skipped_count} hồ sơ trong tệp không thuộc kỳ báo cáo nên không được đếm."
        if tables.left_out
        else ""
    )
    return (
        "**Phân loại hồ sơ.** Hồ sơ giải quyết xong trước ngày hẹn trả là trước hạn, vào ngày hẹn "
        "trả là "
        "đúng hạn, sau ngày hẹn trả là quá hạn. Hồ sơ đang giải quyết được xét tại ngày "
        f"{tables.report_date:%d/%m/%Y}.{_as_filed(tables)} Hồ sơ không có ngày hẹn trả "
        "nhưng có thời hạn thì ngày hẹn trả bằng ngày tiếp nhận cộng thời hạn theo ngày làm việc. Ngày "
        "tiếp nhận không tính vào thời hạn (khoản 2 Điều 147 Bộ luật Dân sự số 91/2015/QH13 ngày "
        "24/11/2015); thứ bảy, chủ "
        "nhật, ngày lễ, Tết và ngày nghỉ bù, hoán đổi cũng vậy. Hồ sơ chưa rõ hạn hoặc ngày giải "
        "quyết không được tính vào tỷ lệ nào; tỷ lệ chỉ được nêu khi biết rõ ít nhất một nửa số hồ sơ "
        f"của mẫu số.{skipped}{_undated(tables)}{no_channel(tables.no_channel)}"
    )


def _of_records(count: int, trace: str) -> str:
    """Return a number of dossiers in the file; of few only that they are few."""
    if is_small(count):
        return f"một số ít (dưới {in_words(LEAST)})"
    return str(Number(whole(count), trace))


def _hidden(result: ProceduresResult) -> str:
    if result.tables is None:
        return ""
    fewest = in_words(LEAST)
    return (
        "**Bảo vệ thông tin cá nhân.** Số đếm từ tệp ho-so theo lĩnh vực, đơn vị, thủ tục, tháng không "
        f"được nêu khi dưới {fewest} hồ sơ hoặc khi từ đó suy ra được số dưới {fewest}; số ngày bình "
        f"quân chỉ được nêu khi có từ {fewest} hồ sơ. Biểu tổng hợp do cơ quan cung cấp và số của toàn "
        "bộ hồ sơ được in đủ."
    )


def _as_filed(tables: DossierTables) -> str:
    if tables.stated:
        return ""
    return (
        " Tệp không có trạng thái, nên hồ sơ có ngày giải quyết được tính là đã giải quyết, kể cả hồ "
        "sơ trả lại, rút nếu có."
    )


def no_channel(count: int) -> str:
    """Say how many dossiers have no channel and are counted as direct; empty if all have one."""
    if not count:
        return ""
    number = _of_records(count, "đếm: dòng của tệp ho-so để trống «Kênh tiếp nhận»")
    return (
        f" Có {number} hồ sơ trong tệp để trống kênh tiếp nhận, được tính là trực tiếp theo mô tả dữ "
        "liệu của Cổng Dịch vụ công quốc gia; nếu trong đó có hồ sơ trực tuyến thì tỷ lệ trực tuyến "
        "thực tế cao hơn."
    )


def _undated(tables: DossierTables) -> str:
    if not tables.undated:
        return ""
    count = _of_records(tables.undated, "đếm: hồ sơ tiếp nhận trước kỳ, không rõ ngày kết thúc")
    return (
        f" Có {count} hồ sơ tiếp nhận từ trước, không rõ còn giải quyết hay đã kết thúc ngày nào, nên "
        "chưa biết có thuộc kỳ báo cáo hay không và không được đếm."
    )


def _derived(result: ProceduresResult) -> str:
    if result.source != "figures":
        return ""
    names = {
        column.code: f"{column.group.lower()} {column.label.lower()}"
        for column in result.rules.columns
    }
    made = [names[code] for code, count in result.total.items() if count.derived and code in names]
    if not made:
        return ""
    return (
        f"**Số liệu suy ra.** Các số sau không có trong nguồn mà tính từ các số có trong nguồn: "
        f"{joined(made)}."
    )


def _typed(result: ProceduresResult) -> str:
    """Set the figures an office typed beside the dossiers that it delivered, where they differ."""
    tables = result.tables
    if tables is None or not tables.total.height:
        return ""
    whole = tables.total.row(0, named=True)
    counted = counted_columns(whole, hidden_total(whole), tables.undated)
    said = []
    for code, column in FIGURES.items():
        typed, made = result.figure(code), counted.get(column)
        if typed is None or made is None or typed.value != typed.value:
            continue
        if printed(typed).meets(Interval(made.low, made.high)):
            continue
        label = result.forms.figure(typed.code).label
        about = f"{typed.bound} " if typed.bound else ""
        stated = f"«{label}» được kê khai là {about}{words.printed(typed)}"
        said.append(f"{stated}, {_beside(made)}")
    if not said:
        return ""
    return f"**Số kê khai khác tệp ho-so.** {'; '.join(said)}. Đề nghị đơn vị kiểm tra."


def _beside(made: Counted) -> str:
    if made.hidden:
        return f"không khớp với tệp ho-so (số đếm không được nêu: {words.HIDDEN_WHY})"
    trace = "đếm trong tệp ho-so"
    low, high = (Number(whole(int(end)), trace) for end in (made.low, made.high))
    return f"đếm trong tệp ho-so được {low}" + (f" đến {high}" if made.high > made.low else "")


def _legal(result: ProceduresResult) -> str:
    bases = [basis.quoted for basis in result.edition.legal_basis]
    return f"**Căn cứ.** {'; '.join(bases)}." if bases else ""


def _unconfirmed(result: ProceduresResult) -> str:
    told = []
    for status, heading in _STATUS.items():
        notes = [note.text for note in result.edition.notes if note.status == status]
        if notes:
            told.append(f"**{heading}.** {'. '.join(notes)}.")
    return "\n- ".join(told)


def _simulated(result: ProceduresResult) -> str:
    if result.status != "simulated":
        return ""
    said = "Mọi số liệu trong báo cáo này là số mô phỏng, không phải của tỉnh nào."
    return f"**Số liệu mô phỏng.** {said}"
