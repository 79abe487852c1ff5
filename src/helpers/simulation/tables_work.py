"""Work plan, weaknesses, documents, inspections and reception of citizens of the made-up office."""

from __future__ import annotations

import datetime

from helpers.simulation.store import Row
from helpers.simulation.world import DISTRICTS, stream

_OFFICE = "Sở Nội vụ"
_PARTS = (
    "Văn phòng Sở",
    "Phòng Cải cách hành chính",
    "Phòng Công chức, viên chức",
    "Thanh tra Sở",
    "Phòng Tổ chức, biên chế",
)
_TASKS = (
    ("Chỉ đạo, điều hành", "Ban hành kế hoạch cải cách hành chính năm", "Kế hoạch", 1),
    ("Chỉ đạo, điều hành", "Kiểm tra cải cách hành chính tại các đơn vị", "Báo cáo kiểm tra", 10),
    ("Chỉ đạo, điều hành", "Sơ kết công tác cải cách hành chính 6 tháng", "Báo cáo", 7),
    ("Chỉ đạo, điều hành", "Tổ chức tập huấn nghiệp vụ cải cách hành chính", "Lớp tập huấn", 9),
    ("Cải cách thể chế", "Rà soát văn bản thuộc lĩnh vực nội vụ", "Báo cáo rà soát", 11),
    ("Cải cách thể chế", "Trình ban hành quy định phân cấp quản lý công chức", "Quyết định", 8),
    (
        "Cải cách thủ tục hành chính",
        "Trình công bố thủ tục hành chính mới, sửa đổi",
        "Quyết định",
        6,
    ),
    ("Cải cách thủ tục hành chính", "Đề xuất đơn giản hóa thủ tục hành chính", "Tờ trình", 9),
    (
        "Cải cách thủ tục hành chính",
        "Đo lường sự hài lòng của người dân, tổ chức",
        "Báo cáo kết quả",
        12,
    ),
    (
        "Cải cách thủ tục hành chính",
        "Rút ngắn thời gian giải quyết thủ tục hành chính",
        "Quyết định",
        10,
    ),
    ("Tổ chức bộ máy", "Sắp xếp đơn vị sự nghiệp công lập", "Đề án", 11),
    ("Tổ chức bộ máy", "Thẩm định đề án vị trí việc làm", "Báo cáo thẩm định", 9),
    ("Chế độ công vụ", "Bồi dưỡng kỹ năng giao tiếp cho công chức một cửa", "Lớp bồi dưỡng", 5),
    ("Chế độ công vụ", "Kiểm tra kỷ luật, kỷ cương hành chính", "Kết luận kiểm tra", 10),
    ("Chế độ công vụ", "Thi nâng ngạch công chức", "Kết quả thi", 12),
    ("Chuyển đổi số", "Số hóa hồ sơ cán bộ, công chức, viên chức", "Cơ sở dữ liệu", 12),
    ("Chuyển đổi số", "Kết nối phần mềm một cửa với cơ sở dữ liệu dân cư", "Kết nối vận hành", 6),
    ("Chuyển đổi số", "Nâng tỷ lệ hồ sơ nộp trực tuyến", "Báo cáo", 12),
)
_LATE_REASON = ("Chờ ý kiến thống nhất của các sở, ngành", "Thay đổi nhân sự phụ trách")
_LIMITS = (
    (
        "SIPAS",
        "Mức độ hài lòng về tiếp nhận, xử lý phản ánh, kiến nghị còn thấp",
        "B5",
        "Phòng Cải cách hành chính",
    ),
    (
        "Thủ tục hành chính",
        "Còn hồ sơ đất đai giải quyết quá hạn",
        "Tỷ lệ giải quyết trước hạn, đúng hạn",
        "Thanh tra Sở",
    ),
    ("PAR INDEX", "Số sáng kiến cải cách hành chính còn ít", "1.5", "Phòng Cải cách hành chính"),
    ("Bộ chỉ số 766", "Tỷ lệ khai thác lại dữ liệu số hóa thấp", "4.3", "Văn phòng Sở"),
    (
        "Giảm nghèo",
        "Tỷ lệ hộ nghèo ở hai huyện nghèo giảm chậm",
        "Tỷ lệ hộ nghèo",
        "Phòng Cải cách hành chính",
    ),
)
_MEASURES = (
    "Trả lời phản ánh, kiến nghị trong thời hạn và công khai kết quả",
    "Giao ban hằng tuần về hồ sơ sắp đến hạn, gửi thư xin lỗi khi quá hạn",
    "Phát động phong trào sáng kiến, xét công nhận hai lần trong năm",
    "Rà soát, nối dữ liệu đã số hóa với phần mềm một cửa",
    "Ưu tiên nguồn lực giảm nghèo cho hai huyện nghèo",
)


def work_tables(year: int) -> dict[str, list[Row]]:
    """Return the rows of the tables by key of their form.

    Parameters
    ----------
    year : int

    Returns
    -------
    dict of str to list of mapping
    """
    return {
        "tasks": _tasks(year),
        "limits": _limits(year),
        "measures": _measures(year),
        "documents": _documents(year),
        "inspections": _inspections(year),
        "citizens": _citizens(year),
    }


def _tasks(year: int) -> list[Row]:
    chance = stream("tasks", year)
    rows: list[Row] = []
    for number, (field, task, product, month) in enumerate(_TASKS, start=1):
        due = datetime.date(year, month, 28)
        luck = float(chance.random())
        row: dict[str, str | datetime.date] = {
            "stt": str(number),
            "linh_vuc": field,
            "nhiem_vu": task,
            "san_pham": product,
            "don_vi": _PARTS[number % len(_PARTS)],
            "han": due,
            "trang_thai": "Đã hoàn thành",
        }
        if luck < 0.74 + 0.06 * (year - 2023):
            row["hoan_thanh"] = due - datetime.timedelta(days=int(chance.integers(0, 25)))
        elif luck < 0.90 and month <= 10:
            row["hoan_thanh"] = due + datetime.timedelta(days=int(chance.integers(3, 55)))
            row["nguyen_nhan"] = _LATE_REASON[number % len(_LATE_REASON)]
        else:
            row["trang_thai"] = "Đang thực hiện"
            row["nguyen_nhan"] = _LATE_REASON[number % len(_LATE_REASON)]
        rows.append(row)
    return rows


def _limits(year: int) -> list[Row]:
    """Return this year's weaknesses and what became of those of the year before."""
    rows: list[Row] = []
    for of_year in (year - 1, year):
        chosen = [n for n in range(len(_LIMITS)) if (n + of_year) % len(_LIMITS) < len(_LIMITS) - 1]
        for number in chosen:
            index, text, criterion, part = _LIMITS[number]
            row: dict[str, str | int | datetime.date] = {
                "ma": f"HC{of_year % 100}{number + 1:02d}",
                "nam": of_year,
                "han_che": text,
                "chi_so": index,
                "tieu_chi": criterion,
                "bien_phap": _MEASURES[number],
                "don_vi": part,
                "han": datetime.date(of_year + 1, 6 + number, 30),
            }
            if of_year < year:
                row["tinh_trang"] = ("Đã khắc phục", "Đang khắc phục", "Chưa khắc phục")[
                    (number + year) % 3
                ]
                row["ket_qua"] = "Theo báo cáo của đơn vị chịu trách nhiệm"
            rows.append(row)
    return rows


def _measures(year: int) -> list[Row]:
    return [
        {
            "stt": str(order),
            "chi_so": _LIMITS[number][0],
            "bien_phap": _MEASURES[number],
            "han_che": f"HC{year % 100}{number + 1:02d}",
            "tieu_chi": _LIMITS[number][2],
            "don_vi": _LIMITS[number][3],
            "han": datetime.date(year + 1, 6 + number, 30),
            "ket_qua": f"Tỷ lệ, điểm của tiêu chí năm {year + 1} cao hơn năm {year}",
        }
        for order, number in enumerate(
            (n for n in range(len(_LIMITS)) if (n + year) % len(_LIMITS) < len(_LIMITS) - 1),
            start=1,
        )
    ]


def _documents(year: int) -> list[Row]:
    made = (
        (
            "Đã ban hành",
            "Kế hoạch",
            f"12/KH-SNV-{year % 100}",
            (1, 12),
            _OFFICE,
            "Cải cách hành chính năm",
            "PAR INDEX",
        ),
        (
            "Đã ban hành",
            "Kế hoạch",
            f"45/KH-SNV-{year % 100}",
            (2, 20),
            _OFFICE,
            "Khắc phục hạn chế về chỉ số hài lòng",
            "SIPAS",
        ),
        (
            "Đã ban hành",
            "Công văn",
            f"308/SNV-{year % 100}",
            (5, 15),
            _OFFICE,
            "Đôn đốc giải quyết hồ sơ quá hạn",
            "Thủ tục hành chính",
        ),
        (
            "Tham mưu ban hành",
            "Quyết định",
            f"512/QĐ-UBND-{year % 100}",
            (3, 8),
            "UBND Tỉnh Mẫu",
            "Bộ tiêu chí chấm điểm cải cách hành chính",
            "PAR INDEX",
        ),
        (
            "Tham mưu ban hành",
            "Kế hoạch",
            f"77/KH-UBND-{year % 100}",
            (4, 2),
            "UBND Tỉnh Mẫu",
            "Đo lường sự hài lòng của người dân",
            "SIPAS",
        ),
    )
    rows: list[Row] = [
        {
            "vai_tro": role,
            "loai": kind,
            "so_hieu": number,
            "ngay": datetime.date(year, *day),
            "co_quan": issuer,
            "trich_yeu": title,
            "noi_dung": about,
        }
        for role, kind, number, day, issuer, title, about in made
    ]
    rows.append(
        {
            "vai_tro": "Viện dẫn",
            "loai": "Quyết định",
            "so_hieu": "766/QĐ-TTg",
            "ngay": datetime.date(2022, 6, 23),
            "co_quan": "Thủ tướng Chính phủ",
            "trich_yeu": "Bộ chỉ số chỉ đạo, điều hành và đánh giá chất lượng phục vụ",
            "noi_dung": "Bộ chỉ số 766",
        }
    )
    return rows


def _inspections(year: int) -> list[Row]:
    chance = stream("inspections", year)
    rows: list[Row] = []
    for number, district in enumerate(DISTRICTS):
        done = number != (year % len(DISTRICTS))
        row: dict[str, str | int | datetime.date] = {
            "don_vi": f"UBND {district.name[0].lower()}{district.name[1:]}",
            "hinh_thuc": "Thanh tra" if number % 4 == 0 else "Kiểm tra",
            "noi_dung": "Công tác cải cách hành chính, kỷ luật hành chính",
            "ngay": datetime.date(year, 2 + number, 15),
            "trang_thai": "Đã thực hiện" if done else "Theo kế hoạch",
        }
        if done:
            found = int(chance.integers(0, 6))
            row |= {"ton_tai": found, "da_khac_phuc": int(chance.binomial(found, 0.8))}
        rows.append(row)
    return rows


def _citizens(year: int) -> list[Row]:
    chance = stream("citizens", year)
    rows: list[Row] = []
    for quarter in ("Quý I", "Quý II", "Quý III", "Quý IV"):
        for person, usual in (("Lãnh đạo", 7), ("Thanh tra, bộ phận tiếp công dân", 26)):
            times = int(chance.poisson(usual)) + 1
            cases = int(chance.binomial(times, 0.85))
            rows.append(
                {
                    "ky": quarter,
                    "nguoi_tiep": person,
                    "so_luot": times,
                    "so_nguoi": times + int(chance.poisson(3)),
                    "so_vu_viec": cases,
                    "doan_dong_nguoi": 0,
                    "da_tra_loi": int(chance.binomial(cases, 0.93)),
                }
            )
    return rows
