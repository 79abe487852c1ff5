"""The options that the commands share, as types with their help."""

from __future__ import annotations

import os
from enum import StrEnum
from typing import Annotated

from typer import Option

CORES = os.cpu_count() or 1


class FormatName(StrEnum):
    """Formats, as an option."""

    html = "html"
    pdf = "pdf"
    docx = "docx"


class EngineName(StrEnum):
    """Publishing engines, as an option."""

    auto = "auto"
    quarto = "quarto"
    pandoc = "pandoc"


Reports = Annotated[
    list[str] | None,
    Option(
        metavar="TÊN",
        help="Loại báo cáo (tên sổ tay), lặp lại được. Mặc định: mọi loại.",
    ),
]
Provinces = Annotated[
    list[str] | None,
    Option(
        metavar="TỈNH",
        help="Tên hoặc mã tỉnh, thành phố, lặp lại được. Mặc định (all): mọi nơi có số liệu.",
    ),
]
Offices = Annotated[
    list[str] | None,
    Option(
        "--office",
        metavar="CƠ QUAN",
        help="Mã hoặc tên cơ quan trong tỉnh (so-y-te), lặp lại được; all: mọi cơ quan đã nộp. Mặc "
        "định: báo cáo của chính tỉnh, thành phố.",
    ),
]
OneOffice = Annotated[
    str,
    Option(
        "--office",
        metavar="CƠ QUAN",
        help="Mã hoặc tên cơ quan trong tỉnh, ví dụ so-y-te. Mặc định: chính tỉnh, thành phố.",
    ),
]
Delivered = Annotated[
    bool,
    Option("--delivered", help="Chỉ những nơi đã nộp số liệu của năm (data/provinces)."),
]
Year = Annotated[
    int | None,
    Option(metavar="NĂM", help="Năm đánh giá. Mặc định: năm mới nhất có số liệu."),
]
Formats = Annotated[
    list[FormatName] | None,
    Option(
        "--format",
        metavar="html|pdf|docx",
        help="Định dạng, lặp lại được. Mặc định: cả ba.",
    ),
]
Engine = Annotated[
    EngineName,
    Option(
        metavar="auto|quarto|pandoc",
        help="Bộ xuất bản: auto chọn quarto nếu máy có, nếu không thì pandoc.",
    ),
]
Workers = Annotated[
    int,
    Option(
        "--jobs",
        metavar="SỐ",
        min=1,
        help="Số báo cáo lập cùng lúc. Mặc định: số nhân của máy.",
    ),
]
Timeout = Annotated[
    float,
    Option(metavar="SỐ", min=0, help="Số giây tối đa cho một báo cáo; 0 là không giới hạn."),
]
Memory = Annotated[
    float,
    Option(metavar="SỐ", min=0, help="GiB bộ nhớ tối đa cho một báo cáo; 0 là không giới hạn."),
]
Force = Annotated[bool, Option("--force", help="Lập lại cả những báo cáo còn đúng.")]
Wait = Annotated[
    bool,
    Option(
        "--wait/--no-wait",
        help="Khi một lần chạy khác đang ghi: đợi, hoặc dừng ngay và báo.",
    ),
]
DryRun = Annotated[
    bool,
    Option("--dry-run", help="Chỉ liệt kê báo cáo nào sẽ được lập và vì sao."),
]
Cluster = Annotated[
    str | None,
    Option(metavar="ĐỊA CHỈ", help="Địa chỉ bộ điều phối Dask, ví dụ tcp://may-chu:8786."),
]
Storage = Annotated[
    str,
    Option(
        metavar="ĐỊA CHỈ",
        help="Với --cluster, nếu không chung ổ đĩa: kho fsspec, ví dụ s3://kho/bao-cao.",
    ),
]
Sample = Annotated[
    int,
    Option(metavar="SỐ", min=0, help="Số báo cáo lấy ra để kiểm tra; 0 là tất cả."),
]
