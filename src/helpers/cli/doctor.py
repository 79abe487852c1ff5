"""What this machine has, and what to do about what is missing."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from rich.console import Console

from helpers.cli.requirements import INSTALL, asked
from helpers.cli.trials import import_all, publish_report, read_records
from helpers.execution.warm import can_fork
from helpers.indices.papi import result as papi
from helpers.project import Project
from helpers.publishing import PublishError
from helpers.publishing.binary import pandoc_program
from helpers.publishing.quarto import MINIMUM, find_quarto, quarto_version
from helpers.publishing.serif import TIMES, serif_family

LEAST_DISK = 1 << 30
_MARKS = {"good": "tốt ", "note": "lưu ý", "bad": "LỖI "}


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; `bad` means that reports cannot be made."""

    state: Literal["good", "note", "bad"]
    text: str
    remedy: str = ""


def examine(project: Project, console: Console) -> bool:
    """Print all findings.

    Returns
    -------
    bool
        Whether reports can be made.
    """
    usable = True
    for check in (_python, _libraries, _engines, _trials, _face, _speed, _disk, _data):
        for finding in check(project):
            usable &= finding.state != "bad"
            console.print(f"{_MARKS[finding.state]}  {finding.text}", markup=False, soft_wrap=True)
            if finding.remedy:
                console.print(f"       → {finding.remedy}", markup=False, soft_wrap=True)
    return usable


def _python(project: Project) -> Iterator[Finding]:
    version = ".".join(str(part) for part in sys.version_info[:3])
    yield Finding("good", f"Python {version}, thư mục dự án {project.root}")


def _libraries(project: Project) -> Iterator[Finding]:
    """Compare what is installed with what the project asks for, and load it."""
    packages = tuple(asked())
    wrong = False
    for package in packages:
        if not package.met:
            wrong = True
            told = str(package)
            remedy = f'pip install "{package.requirement}"'
            yield Finding("bad", told[0].upper() + told[1:], remedy)
    for package, why in import_all(packages):
        wrong = True
        remedy = f'pip install --force-reinstall "{package.requirement}"'
        yield Finding("bad", f"Không nạp được gói {package.requirement.name} ({why})", remedy)
    if not wrong:
        yield Finding("good", f"Đủ {len(packages)} thư viện Python, đúng phiên bản, nạp được")


def _trials(project: Project) -> Iterator[Finding]:
    """Do in a scratch folder what a run does."""
    trials: tuple[tuple[str, Callable[[Path], None]], ...] = (
        ("đọc tệp bản ghi (Excel, Parquet)", read_records),
        ("xuất HTML, PDF và Word", partial(publish_report, project=project)),
    )
    for name, trial in trials:
        with TemporaryDirectory(prefix="chiso-doctor-") as folder:
            try:
                trial(Path(folder))
            except Exception as error:  # whatever is broken: it is told, and the next is tried
                kind = type(error).__name__
                yield Finding(
                    "bad", f"Thử {name}: không được ({kind}: {error})", f"cài lại: {INSTALL}"
                )
            else:
                yield Finding("good", f"Thử {name}: được")


def _engines(project: Project) -> Iterator[Finding]:
    try:
        pandoc, version = pandoc_program()
        yield Finding("good", f"pandoc {version} ({pandoc}), Typst {metadata.version('typst')}")
    except PublishError as error:
        yield Finding("bad", str(error), "pip install pypandoc_binary")
    if shutil.which("quarto") is None:
        yield Finding(
            "note",
            "Không có Quarto: báo cáo được xuất bằng pandoc và Typst",
            "nếu muốn dùng Quarto: conda env create -f environment.yml",
        )
        return
    try:
        found = quarto_version(find_quarto())
        yield Finding("good", f"Quarto {'.'.join(str(part) for part in found)}")
    except PublishError as error:
        least = ".".join(str(part) for part in MINIMUM)
        yield Finding("note", str(error), f"nâng Quarto lên từ {least}, hoặc dùng --engine pandoc")


def _face(project: Project) -> Iterator[Finding]:
    """Tell what official documents are set in; the decree asks for Times New Roman."""
    family = serif_family()
    if family is None:
        yield Finding(
            "note",
            f"Không có phông {TIMES}: bản PDF của văn bản hành chính dùng Libertinus Serif, "
            "không đúng phông mà Nghị định 30/2020/NĐ-CP yêu cầu (bản Word không bị ảnh hưởng)",
            f"chép bốn tệp phông {TIMES} vào {Path.home() / '.fonts'}, hoặc cài phông cùng bề rộng "
            "chữ: sudo apt-get install fonts-liberation2",
        )
    elif family == TIMES:
        yield Finding("good", f"Văn bản hành chính dùng phông {TIMES}")
    else:
        yield Finding(
            "note",
            f"Bản PDF của văn bản hành chính dùng {family}, phông có bề rộng chữ như {TIMES}; "
            f"bản Word ghi {TIMES}",
            f"nếu bản PDF cần đúng {TIMES}: chép bốn tệp phông vào {Path.home() / '.fonts'}",
        )


def _speed(project: Project) -> Iterator[Finding]:
    cores = os.cpu_count() or 1
    if can_fork():
        yield Finding("good", f"{cores} nhân; báo cáo chạy bằng tiến trình rẽ nhánh (nhanh)")
    else:
        yield Finding(
            "note", f"{cores} nhân; hệ này không rẽ nhánh tiến trình được nên chạy chậm hơn"
        )


def _disk(project: Project) -> Iterator[Finding]:
    project.outputs.mkdir(parents=True, exist_ok=True)
    if not os.access(project.outputs, os.W_OK):
        yield Finding("bad", f"Không ghi được vào {project.outputs}", "sửa quyền của thư mục này")
        return
    free = shutil.disk_usage(project.outputs).free
    text = f"Đĩa còn trống {free / (1 << 30):.1f} GiB".replace(".", ",")
    if free < LEAST_DISK:
        yield Finding("bad", text, "cần ít nhất 1 GiB: xóa bớt, hoặc chạy: make clean")
    else:
        yield Finding("good", text)


def _data(project: Project) -> Iterator[Finding]:
    years = papi.available(project)
    listed = ", ".join(f"{year} ({len(units)})" for year, units in sorted(years.items()))
    yield Finding("good", f"PAPI có số liệu các năm (số đơn vị): {listed}")
    if not project.imported.is_dir():
        yield Finding(
            "note",
            "Chưa nạp sổ tính chính thức: báo cáo PAPI chưa có các chỉ tiêu (câu hỏi)",
            "tải sổ tính tại papi.org.vn rồi chạy: chiso import papi TỆP.xlsm",
        )
