"""What does not change between years: departments, districts, fields, and streams of chance."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Literal

import numpy as np

SLUG = "tinh-mau"
SEED = 20240612
"""Changing it changes every simulated figure."""

Terrain = Literal["miền núi", "đồng bằng", "hải đảo"]


@dataclass(frozen=True)
class District:
    """A district.

    Parameters
    ----------
    name : str
    terrain : {"miền núi", "đồng bằng", "hải đảo"}
    share : float
        Of the province's households.
    urban : int
        How many of its eight communes are urban.
    minority : float
        Share of households of ethnic minorities.
    poverty : float
        Shift of the income points (B1): negative is poorer.
    poor_list : bool
        Whether it is a poor district (huyện nghèo).
    """

    name: str
    terrain: Terrain
    share: float
    urban: int
    minority: float
    poverty: float
    poor_list: bool = False


DISTRICTS = (
    District("Thành phố Mẫu An", "đồng bằng", 0.17, 8, 0.01, 24.0),
    District("Thành phố Mẫu Giang", "đồng bằng", 0.13, 6, 0.01, 22.0),
    District("Thị xã Bình Mẫu", "đồng bằng", 0.12, 4, 0.01, 16.0),
    District("Huyện Đông Mẫu", "đồng bằng", 0.13, 1, 0.01, 10.0),
    District("Huyện Nam Mẫu", "đồng bằng", 0.12, 1, 0.01, 8.0),
    District("Huyện Phú Mẫu", "đồng bằng", 0.11, 1, 0.02, 4.0),
    District("Huyện Trung Mẫu", "miền núi", 0.09, 1, 0.12, -6.0),
    District("Huyện Tây Mẫu", "miền núi", 0.06, 1, 0.74, -24.0, poor_list=True),
    District("Huyện Thượng Mẫu", "miền núi", 0.05, 0, 0.85, -32.0, poor_list=True),
    District("Huyện đảo Hải Mẫu", "hải đảo", 0.02, 1, 0.01, -4.0),
)
COMMUNES = 8
"""Communes of each district."""

HAMLETS = 24
"""Hamlets (thôn) of each commune."""


@dataclass(frozen=True)
class Department:
    """A department that settles dossiers and is judged by citizens.

    Parameters
    ----------
    name : str
    level : float
        Effect on satisfaction, in standard deviations of a person's answer.
    share : float
        Of the dossiers.
    late : float
        Share of dossiers settled late.
    online : float
        Share of dossiers filed online in 2022.
    fields : tuple of (str, int, float)
        Field, limit in working days, share within the department.
    """

    name: str
    level: float
    share: float
    late: float
    online: float
    fields: tuple[tuple[str, int, float], ...]


DEPARTMENTS = (
    Department(
        "Sở Nội vụ",
        0.22,
        0.02,
        0.004,
        0.55,
        (
            ("Tổ chức, hội", 15, 0.3),
            ("Công chức, viên chức", 20, 0.4),
            ("Thi đua, khen thưởng", 25, 0.3),
        ),
    ),
    Department(
        "Sở Tư pháp",
        0.30,
        0.16,
        0.006,
        0.52,
        (("Lý lịch tư pháp", 10, 0.8), ("Hộ tịch", 3, 0.1), ("Luật sư, công chứng", 10, 0.1)),
    ),
    Department(
        "Sở Kế hoạch và Đầu tư",
        0.10,
        0.10,
        0.010,
        0.78,
        (("Đăng ký doanh nghiệp", 3, 0.85), ("Đầu tư", 25, 0.15)),
    ),
    Department(
        "Sở Tài chính",
        0.14,
        0.01,
        0.003,
        0.60,
        (("Quản lý giá", 5, 0.5), ("Tài sản công", 30, 0.5)),
    ),
    Department(
        "Sở Công Thương",
        0.34,
        0.17,
        0.001,
        0.93,
        (("Xúc tiến thương mại", 3, 0.7), ("Hóa chất", 12, 0.1), ("Lưu thông hàng hóa", 10, 0.2)),
    ),
    Department(
        "Sở Nông nghiệp và Phát triển nông thôn",
        -0.02,
        0.05,
        0.012,
        0.45,
        (("Thủy sản", 6, 0.5), ("Trồng trọt, bảo vệ thực vật", 5, 0.3), ("Lâm nghiệp", 15, 0.2)),
    ),
    Department(
        "Sở Giao thông vận tải",
        0.18,
        0.20,
        0.008,
        0.40,
        (("Đường bộ", 5, 0.9), ("Đường thủy nội địa", 5, 0.1)),
    ),
    Department(
        "Sở Xây dựng",
        -0.12,
        0.03,
        0.022,
        0.48,
        (("Hoạt động xây dựng", 20, 0.6), ("Quy hoạch xây dựng", 15, 0.2), ("Nhà ở", 30, 0.2)),
    ),
    Department(
        "Sở Tài nguyên và Môi trường",
        -0.42,
        0.13,
        0.060,
        0.25,
        (("Đất đai", 15, 0.8), ("Môi trường", 30, 0.1), ("Tài nguyên nước, khoáng sản", 30, 0.1)),
    ),
    Department(
        "Sở Thông tin và Truyền thông",
        0.20,
        0.005,
        0.002,
        0.85,
        (("Báo chí, xuất bản", 7, 0.7), ("Phát thanh, truyền hình", 10, 0.3)),
    ),
    Department(
        "Sở Lao động - Thương binh và Xã hội",
        0.04,
        0.055,
        0.015,
        0.42,
        (
            ("Người có công", 24, 0.45),
            ("Việc làm", 5, 0.3),
            ("Bảo trợ xã hội", 20, 0.15),
            ("Giáo dục nghề nghiệp", 10, 0.1),
        ),
    ),
    Department(
        "Sở Văn hóa, Thể thao và Du lịch",
        0.24,
        0.02,
        0.004,
        0.66,
        (("Du lịch", 7, 0.5), ("Di sản, nghệ thuật", 10, 0.3), ("Thể thao", 7, 0.2)),
    ),
    Department(
        "Sở Khoa học và Công nghệ",
        0.28,
        0.005,
        0.002,
        0.70,
        (("An toàn bức xạ", 15, 0.5), ("Đo lường, chất lượng", 5, 0.5)),
    ),
    Department(
        "Sở Giáo dục và Đào tạo",
        0.06,
        0.015,
        0.005,
        0.50,
        (("Văn bằng, chứng chỉ", 3, 0.7), ("Cơ sở giáo dục", 20, 0.3)),
    ),
    Department(
        "Sở Y tế",
        -0.06,
        0.027,
        0.018,
        0.47,
        (
            ("Khám bệnh, chữa bệnh", 20, 0.5),
            ("Dược, mỹ phẩm", 15, 0.4),
            ("An toàn thực phẩm", 12, 0.1),
        ),
    ),
)


def stream(*names: str | int) -> np.random.Generator:
    """Return the stream of chance of a topic; the same names always give the same numbers.

    A topic has a stream of its own so that a change in one leaves the figures of the others.

    Examples
    --------
    >>> bool(stream("a", 1).random() == stream("a", 1).random())
    True
    """
    keys = [zlib.crc32(str(name).encode()) for name in names]
    return np.random.default_rng([SEED, *keys])


def commune_name(district: int, commune: int) -> str:
    """Return the name of a commune (xã or phường) of a district, both counted from 0."""
    kind = "Phường" if commune < DISTRICTS[district].urban else "Xã"
    return f"{kind} {_ORDINAL[district]} {commune + 1}"


_ORDINAL = (
    "An Bình",
    "Giang Hòa",
    "Bình Thuận Mẫu",
    "Đông Phú",
    "Nam Hưng",
    "Phú Lộc Mẫu",
    "Trung Sơn",
    "Tây Sơn Mẫu",
    "Thượng Lâm",
    "Hải Thanh",
)
