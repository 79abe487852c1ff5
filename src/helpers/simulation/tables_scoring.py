"""Scoring sheets of the made-up office: every row, with what was lost and what is done about it.

Criteria, points and their split are invented for the simulation. They follow the eight areas of the
national index in name only, because no annex with points was read.
"""

from __future__ import annotations

import numpy as np

from helpers.simulation.store import Row
from helpers.simulation.world import stream

# code | name | points | declared: r rate, y yes or no, s survey | share reached in 2022 | why not all
_SHEET = """
1|Công tác chỉ đạo, điều hành cải cách hành chính
1.1|Kế hoạch cải cách hành chính
1.1.1|Ban hành kế hoạch đúng thời hạn, đủ nội dung|1|y|1|
1.1.2|Mức độ hoàn thành kế hoạch|2|r|0.90|Một số nhiệm vụ hoàn thành sau thời hạn của kế hoạch
1.2|Thực hiện chế độ báo cáo cải cách hành chính
1.2.1|Số lượng báo cáo|0.5|y|1|
1.2.2|Thời hạn, chất lượng báo cáo|1|r|0.92|Một báo cáo quý gửi sau thời hạn
1.3|Kiểm tra cải cách hành chính
1.3.1|Tỷ lệ đơn vị trực thuộc được kiểm tra|1.5|r|0.85|Chưa kiểm tra hết số đơn vị trong kế hoạch
1.3.2|Xử lý các vấn đề phát hiện qua kiểm tra|1.5|r|0.80|Còn kiến nghị sau kiểm tra chưa thực hiện xong
1.4|Tuyên truyền cải cách hành chính|2|r|0.88|Số tin, bài chưa đạt số lượng trong kế hoạch
1.5|Sáng kiến trong cải cách hành chính|2|r|0.50|Chỉ có một sáng kiến được công nhận
1.6|Khảo sát về chỉ đạo, điều hành|2|s|0.84|
2|Cải cách thể chế
2.1|Xây dựng văn bản quy phạm pháp luật theo chương trình|3|r|0.90|Một văn bản trình chậm
2.2|Rà soát văn bản quy phạm pháp luật
2.2.1|Thực hiện kế hoạch rà soát|1.5|y|1|
2.2.2|Xử lý kết quả rà soát|1.5|r|0.82|Còn văn bản được kiến nghị nhưng chưa sửa đổi
2.3|Theo dõi thi hành pháp luật|2|r|0.88|Chưa xử lý hết kiến nghị qua theo dõi
2.4|Khảo sát về chất lượng văn bản|2|s|0.81|
3|Cải cách thủ tục hành chính
3.1|Công bố, công khai thủ tục hành chính
3.1.1|Trình công bố đúng thời hạn|2|r|0.90|Có thủ tục trình công bố chậm
3.1.2|Niêm yết, công khai đầy đủ|2|r|0.97|Có thủ tục chưa công khai kịp thời
3.2|Kết quả giải quyết hồ sơ
3.2.1|Tỷ lệ hồ sơ giải quyết trước hạn, đúng hạn|4|r|0.985|Còn hồ sơ giải quyết quá hạn
3.2.2|Xin lỗi khi giải quyết quá hạn|1|r|0.75|Chưa gửi thư xin lỗi cho mọi hồ sơ quá hạn
3.3|Tiếp nhận, xử lý phản ánh, kiến nghị|2|r|0.92|Có phản ánh xử lý quá thời hạn
3.4|Rà soát, đơn giản hóa thủ tục hành chính|3|r|0.70|Số thủ tục được đề xuất đơn giản hóa còn ít
3.5|Khảo sát về thủ tục hành chính|3|s|0.83|
4|Cải cách tổ chức bộ máy
4.1|Sắp xếp tổ chức bên trong theo quy định|3|y|1|
4.2|Quản lý biên chế được giao|3|y|1|
4.3|Kiểm tra việc thực hiện phân cấp, ủy quyền|2|r|0.80|Chưa kiểm tra hết các nội dung được phân cấp
4.4|Khảo sát về tổ chức bộ máy|2|s|0.85|
5|Cải cách chế độ công vụ
5.1|Thực hiện cơ cấu theo vị trí việc làm|3|r|0.90|Còn vị trí việc làm chưa bố trí đủ
5.2|Đào tạo, bồi dưỡng cán bộ, công chức|2|r|0.86|Kế hoạch bồi dưỡng hoàn thành chưa đủ
5.3|Đánh giá, phân loại công chức, viên chức|2|y|1|
5.4|Chấp hành kỷ luật, kỷ cương hành chính|3|r|0.93|Có công chức bị nhắc nhở về giờ giấc làm việc
5.5|Khảo sát về đội ngũ công chức|3|s|0.84|
6|Cải cách tài chính công
6.1|Giải ngân vốn đầu tư công|3|r|0.86|Tỷ lệ giải ngân chưa đạt kế hoạch
6.2|Quản lý, sử dụng tài sản công|2|y|1|
6.3|Thực hiện cơ chế tự chủ|2|r|0.85|Đơn vị sự nghiệp chưa tăng mức tự chủ
6.4|Khảo sát về tài chính công|2|s|0.86|
7|Xây dựng và phát triển chính quyền điện tử, chính quyền số
7.1|Ứng dụng công nghệ thông tin
7.1.1|Tỷ lệ văn bản ký số|2|r|0.98|Còn văn bản chưa ký số
7.1.2|Dùng chung dữ liệu|2|r|0.66|Chưa kết nối hết các hệ thống được giao
7.2|Dịch vụ công trực tuyến
7.2.1|Tỷ lệ dịch vụ có hồ sơ trực tuyến|3|r|0.72|Nhiều dịch vụ chưa phát sinh hồ sơ trực tuyến
7.2.2|Tỷ lệ hồ sơ nộp trực tuyến|3|r|0.78|Tỷ lệ hồ sơ nộp trực tuyến chưa đạt mục tiêu
7.2.3|Tỷ lệ thanh toán trực tuyến|2|r|0.64|Người nộp còn quen thanh toán tiền mặt
7.3|Số hóa hồ sơ, kết quả giải quyết|2|r|0.70|Chưa số hóa hết kết quả còn hiệu lực
7.4|Khảo sát về chính quyền điện tử|2|s|0.82|
8|Tác động của cải cách hành chính
8.1|Mức độ hài lòng của người dân, tổ chức|7.5|s|0.83|
8.2|Thực hiện chỉ tiêu kinh tế - xã hội được giao|3|r|0.90|Một chỉ tiêu chưa đạt mức được giao
8.3|Không phát sinh khiếu nại kéo dài|1|y|1|
"""
_LEVELS = ("linh_vuc", "tieu_chi", "thanh_phan")
_CUT, _CUT_OFTEN = 0.95, 0.3
"""What appraisal leaves of some self-scored points, and how often."""

_IN_CHARGE = (
    "Văn phòng Sở",
    "Phòng Cải cách hành chính",
    "Phòng Công chức, viên chức",
    "Thanh tra Sở",
    "Phòng Tổ chức, biên chế",
)

# Main indices of the DTI set of 2021-2023 with invented components; the sets after it were not read.
_DTI = (
    (
        "1",
        "Nhận thức số",
        100,
        (
            "Người đứng đầu chỉ đạo chuyển đổi số",
            "Chuyên mục về chuyển đổi số",
            "Tin, bài về chuyển đổi số",
        ),
        0.82,
    ),
    (
        "2",
        "Thể chế số",
        100,
        (
            "Kế hoạch chuyển đổi số hằng năm",
            "Quy chế quản lý dữ liệu",
            "Chính sách khuyến khích dùng dịch vụ trực tuyến",
        ),
        0.80,
    ),
    (
        "3",
        "Hạ tầng số",
        100,
        ("Tỷ lệ thuê bao băng rộng di động", "Trung tâm dữ liệu đạt chuẩn"),
        0.66,
    ),
    (
        "4",
        "Nhân lực số",
        100,
        ("Tỷ lệ công chức được bồi dưỡng kỹ năng số", "Tổ công nghệ số cộng đồng"),
        0.62,
    ),
    (
        "5",
        "An toàn thông tin mạng",
        100,
        ("Hệ thống thông tin được phê duyệt cấp độ", "Máy tính cài phần mềm phòng, chống mã độc"),
        0.70,
    ),
    (
        "7",
        "Hoạt động chính quyền số",
        200,
        (
            "Dữ liệu mở",
            "Dịch vụ công trực tuyến toàn trình",
            "Hồ sơ xử lý trực tuyến",
            "Báo cáo qua hệ thống thông tin",
        ),
        0.68,
    ),
    (
        "8",
        "Hoạt động kinh tế số",
        150,
        ("Doanh nghiệp dùng nền tảng số", "Doanh nghiệp nộp thuế điện tử"),
        0.52,
    ),
    (
        "9",
        "Hoạt động xã hội số",
        150,
        ("Người dân có danh tính số", "Người dân có tài khoản thanh toán"),
        0.56,
    ),
)


def par_scoring(year: int) -> list[Row]:
    """Return the rows of the scoring sheet of public administration reform.

    Parameters
    ----------
    year : int

    Returns
    -------
    list of mapping
        Codes of ``params/entry/tables/par_scoring.yml``; points only on the lowest rows.
    """
    chance = stream("par scoring", year)
    rows: list[Row] = []
    for line in _SHEET.strip().splitlines():
        code, name, *rest = line.split("|")
        row: dict[str, str | float] = {"ma": code, "ten": name, "cap": _LEVELS[code.count(".")]}
        if rest:
            row |= _points(float(rest[0]), rest[1], float(rest[2]), rest[3], year, chance)
        rows.append(row)
    return rows


def _points(
    maximum: float, kind: str, reached: float, why: str, year: int, chance: np.random.Generator
) -> dict[str, str | float]:
    row: dict[str, str | float] = {"diem_toi_da": maximum}
    share = (
        min(1.0, reached + 0.018 * (year - 2022) + chance.normal(0, 0.02)) if reached < 1 else 1.0
    )
    if kind == "s":
        return row | {"diem_khao_sat": round(maximum * share, 2)}
    if kind == "y":
        return row | {"so_lieu": "có", "diem_tu_cham": maximum, "diem_tham_dinh": maximum}
    percent = round(100 * share, 1)
    mine = round(maximum * percent / 100, 4)
    checked = round(mine * _CUT, 4) if chance.random() < _CUT_OFTEN else mine
    declared = f"{percent:.1f}%".replace(".", ",")
    row |= {"so_lieu": declared, "diem_tu_cham": mine, "diem_tham_dinh": checked}
    if checked < maximum:
        row["ly_do_mat_diem"] = why
        row["bien_phap"] = "Lập danh sách việc còn lại, giao người làm và kiểm điểm hằng tháng"
        row["don_vi_chu_tri"] = _IN_CHARGE[int(chance.integers(len(_IN_CHARGE)))]
        row["thoi_han"] = f"Quý {('I', 'II', 'III')[int(chance.integers(3))]}/{year + 1}"
    return row


def dti_scoring(year: int) -> list[Row]:
    """Return the rows of the scoring sheet of digital transformation.

    Parameters
    ----------
    year : int

    Returns
    -------
    list of mapping
        Codes of ``params/entry/tables/dti_scoring.yml``; points only on components.
    """
    chance = stream("dti scoring", year)
    rows: list[Row] = []
    for code, name, points, components, reached in _DTI:
        rows.append({"ma_chi_so": code, "ten": name, "diem_toi_da": points})
        left = points
        for number, component in enumerate(components, start=1):
            last = number == len(components)
            maximum = left if last else round(points / len(components) / 5) * 5
            left -= maximum
            share = float(
                np.clip(reached + 0.05 * (year - 2022) + chance.normal(0, 0.06), 0.1, 0.98)
            )
            of = int(chance.integers(180, 420))
            reached_count = round(of * share)
            mine = round(maximum * reached_count / of, 2)
            rows.append(
                {
                    "ma_chi_so": f"{code}.{number}",
                    "ten": component,
                    "diem_toi_da": maximum,
                    "loai_quy_tac": "ty_le",
                    "a": reached_count,
                    "b": of,
                    "diem_tu_danh_gia": mine,
                    "diem_tham_dinh": mine,
                }
            )
    return rows
