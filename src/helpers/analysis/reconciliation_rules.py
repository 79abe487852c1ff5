"""The rules that figures of one report must obey among themselves, each with its name and reason."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Rule:
    """A rule of reconciliation.

    Parameters
    ----------
    code : str
        ``R1`` to ``R16``.
    title : str
        Vietnamese name.
    explanation : str
        Vietnamese sentence on what must hold.
    """

    code: str
    title: str
    explanation: str


_ALL = (
    Rule(
        "R1",
        "Tiếp nhận bằng đã giải quyết cộng đang giải quyết",
        "Số hồ sơ tiếp nhận bằng số đã giải quyết cộng số đang giải quyết, cộng số trả lại hoặc "
        "rút nếu "
        "được đếm riêng.",
    ),
    Rule(
        "R2",
        "Hồ sơ theo thời hạn",
        "Đã giải quyết bằng trước hạn cộng đúng hạn cộng quá hạn; đang giải quyết bằng trong hạn cộng "
        "quá hạn. Mỗi hồ sơ quá hạn phải rõ là đã hay đang giải quyết.",
    ),
    Rule(
        "R3",
        "Tiếp nhận theo cách nộp",
        "Số hồ sơ tiếp nhận bằng trực tuyến cộng trực tiếp, bưu chính cộng kỳ trước chuyển qua.",
    ),
    Rule(
        "R4",
        "Tỷ lệ đúng hạn và mẫu số",
        "Tỷ lệ trước và đúng hạn tính trên số hồ sơ đã giải quyết; cùng với tỷ lệ quá hạn là đủ "
        "một trăm "
        "phần trăm. Phải có số hồ sơ đã giải quyết thì mới kiểm tra được.",
    ),
    Rule(
        "R5",
        "Có hồ sơ quá hạn thì không ghi đủ một trăm phần trăm",
        "Khi có ít nhất một hồ sơ quá hạn, tỷ lệ trước và đúng hạn được in phải nhỏ hơn một trăm "
        "phần trăm.",
    ),
    Rule(
        "R6",
        "Kỳ trước chuyển qua",
        "Số hồ sơ kỳ trước chuyển qua bằng số đang giải quyết cuối kỳ trước.",
    ),
    Rule(
        "R7",
        "Hộ nghèo cộng hộ cận nghèo",
        "Hộ nghèo cộng hộ cận nghèo bằng tổng số, cả về số hộ và tỷ lệ; mọi cặp số hộ và tỷ lệ "
        "phải suy "
        "ra cùng một tổng số hộ dân cư.",
    ),
    Rule(
        "R8",
        "Mức thay đổi",
        "Mức thay đổi bằng giá trị cuối trừ giá trị gốc; thay đổi chung bằng tổng thay đổi của các "
        "phần; "
        "phải rõ năm gốc và rõ là điểm phần trăm hay phần trăm.",
    ),
    Rule(
        "R9",
        "Bình quân năm và mức đạt kế hoạch",
        "Bình quân mỗi năm bằng mức thay đổi chia cho số năm; mức đạt kế hoạch bằng kết quả chia "
        "cho kế "
        "hoạch của cùng năm và cùng đối tượng.",
    ),
    Rule(
        "R10",
        "Điểm, chỉ số và xếp loại",
        "Chỉ số bằng điểm chia cho điểm tối đa; điểm các phần cộng lại bằng tổng điểm và không "
        "vượt điểm "
        "tối đa; xếp loại phải kèm điểm.",
    ),
    Rule(
        "R11",
        "Thứ hạng, khoảng giá trị và số nêu nhiều lần",
        "Thứ hạng kèm tổng số đơn vị và không lớn hơn tổng số đó; giá trị nằm giữa thấp nhất và "
        "cao nhất; "
        "số nêu nhiều lần phải như nhau.",
    ),
    Rule(
        "R12",
        "Phần, toàn thể và tỷ lệ",
        "Phần không lớn hơn toàn thể; tỷ lệ bằng phần chia cho toàn thể và phải kèm mẫu số.",
    ),
    Rule(
        "R13",
        "Năm, đề mục và văn bản viện dẫn",
        "Năm nêu trong câu đúng với kỳ báo cáo; đề mục đánh số liên tục; văn bản viện dẫn có số, "
        "có ngày, "
        "và ngày đó không sau ngày báo cáo.",
    ),
    Rule(
        "R14",
        "Cộng các phần",
        "Số TTHC ban hành mới, sửa đổi và bãi bỏ cộng lại bằng tổng số được công bố; các dòng của bảng "
        "cộng lại bằng số chung.",
    ),
    Rule(
        "R15",
        "Sai số do làm tròn",
        "Mỗi số đã làm tròn có thể lệch nửa đơn vị của chữ số cuối cùng được in; chỉ khi vượt quá "
        "tổng các "
        "sai số này mới coi là không khớp.",
    ),
    Rule(
        "R16",
        "Kết quả trái chiều",
        "Một kết quả hoàn thành toàn bộ đi cùng thứ hạng ở một phần ba cuối, hoặc xếp loại dưới "
        "mức cao "
        "nhất, cần được giải thích.",
    ),
)

RULES: MappingProxyType[str, Rule] = MappingProxyType({rule.code: rule for rule in _ALL})
"""All rules by code. R1 to R15 are arithmetic and form; R16 asks for a word of explanation."""
