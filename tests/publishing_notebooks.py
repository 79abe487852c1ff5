"""Stamped notebooks as `execution` leaves them, with everything a report may hold."""

from __future__ import annotations

import atexit
import base64
import io
import json
import random
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import matplotlib as mpl
import nbformat
import pypdf
import yaml
from matplotlib.figure import Figure
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell

from helpers.project import Project

DIMENSIONS = (
    "Tham gia của người dân ở cấp cơ sở",
    "Công khai, minh bạch trong việc ra quyết định ở địa phương",
    "Trách nhiệm giải trình với người dân",
    "Kiểm soát tham nhũng trong khu vực công",
    "Thủ tục hành chính công",
    "Cung ứng dịch vụ công",
    "Quản trị môi trường",
    "Quản trị điện tử",
)
GROUPS = ("Thấp", "Trung bình thấp", "Trung bình cao", "Cao")
HOSTILE = "<script>alert('x')</script>"
TITLE = "Chỉ số hiệu quả quản trị và hành chính công cấp tỉnh năm 2024: Quảng Nam"


@cache
def shared_cache() -> Path:
    folder = Path(mkdtemp(prefix="chiso-test-"))
    atexit.register(rmtree, folder, ignore_errors=True)
    return folder


def project_in(folder: Path) -> Project:
    """A checkout with nothing in it; fonts are made once for all tests of a run."""
    (folder / "params" / "indices").mkdir(parents=True, exist_ok=True)
    (folder / "outputs").mkdir(exist_ok=True)
    if not (folder / "outputs" / ".cache").exists():
        (folder / "outputs" / ".cache").symlink_to(shared_cache(), target_is_directory=True)
    return Project(folder)


def bars(labels: tuple[str, ...], values: list[float]) -> dict[str, str]:
    """A bar chart as SVG and PNG, as a chart of `display` would put it out."""
    with mpl.rc_context({"svg.hashsalt": "chiso", "font.family": "DejaVu Sans"}):
        figure = Figure(figsize=(7, 3.4), layout="constrained")
        axes = figure.subplots()
        axes.barh(labels, values, color="#0b5563")
        axes.invert_yaxis()
        axes.set_xlabel("Điểm")
        axes.spines[["top", "right"]].set_visible(False)
        svg, png = io.StringIO(), io.BytesIO()
        figure.savefig(svg, format="svg", metadata={"Date": None})
        figure.savefig(png, format="png", dpi=200)
    return {
        "image/svg+xml": svg.getvalue(),
        "image/png": base64.b64encode(png.getvalue()).decode(),
        "text/plain": "<Figure>",
    }


def code(label: str, body: str, outputs: list[object], **options: object) -> object:
    lines = [f"#| label: {label}"] if label else []
    options.setdefault("echo", False)
    lines += [
        f"#| {key.replace('_', '-')}: {json.dumps(value, ensure_ascii=False)}"
        for key, value in options.items()
    ]
    return new_code_cell("\n".join([*lines, body]), outputs=outputs, execution_count=1)


def display(**data: object) -> object:
    return new_output("display_data", data={k.replace("__", "/"): v for k, v in data.items()})


def markdown(text: str) -> object:
    return new_output("display_data", data={"text/markdown": text, "text/plain": "…"})


def front_matter(**changes: object) -> object:
    values = {
        "title": TITLE,
        "subtitle": "Kết quả tám chỉ số nội dung, so với trung vị cả nước và các tỉnh cùng vùng",
        "description": "Báo cáo trình bày điểm, nhóm và thứ hạng của tỉnh trong năm đánh giá.",
        "date": "2024",
        "categories": ["PAPI", "2024", "Quảng Nam"],
        "lang": "vi",
        **changes,
    }
    text = yaml.safe_dump(values, allow_unicode=True, sort_keys=False)
    return new_raw_cell(f"---\n{text}---", id="front-matter")


def dimensions_table() -> str:
    rows = [
        f"| {name} | {5 + n / 7:.2f} | {5.3 + n / 9:.2f} | [{GROUPS[n % 4]}]{{.g{n % 4 + 1}}} |"
        for n, name in enumerate(DIMENSIONS)
    ]
    total = "| **Tổng điểm** | **43,21** | **42,75** | [Trung bình cao]{.g3} |"
    head = "| Chỉ số nội dung | Quảng Nam | Trung vị | Nhóm |\n|:---|---:|---:|:---|"
    return "\n".join([head, *rows, total]).replace(".", ",").replace("{,g", "{.g")


def provinces_table() -> str:
    draw = random.Random(1)  # noqa: S311 – made-up scores
    rows = []
    for rank in range(1, 64):
        name = HOSTILE if rank == 7 else f"Tỉnh thử nghiệm {rank}"
        scores = " | ".join(f"{draw.uniform(3, 8):.2f}".replace(".", ",") for _ in range(8))
        group = 4 - (rank - 1) // 16
        rows.append(f"| {rank} | {name} | {scores} | [{GROUPS[group - 1]}]{{.g{group}}} |")
    numbers = " | ".join(str(n) for n in range(1, 9))
    head = f"| Thứ tự | Tỉnh, thành phố | {numbers} | Nhóm |\n|---:|:---|{'---:|' * 8}:---|"
    return "\n".join([head, *rows])


def stamped(**changes: object) -> nbformat.NotebookNode:
    """A report of some pages."""
    trace = '[43,21]{.so title="PAPI 2024, tổng điểm, Quảng Nam: data/published/papi.csv, dòng 17"}'
    overview = (
        f"Chỉ số PAPI năm 2024 của tỉnh Quảng Nam đạt {trace} điểm trên thang 10–80, thuộc nhóm "
        'Trung bình cao, xếp thứ [24]{.so title="hạng"} trong 61 tỉnh, thành phố có số liệu; cao '
        "hơn trung vị cả nước 0,46 điểm. Kết quả này chủ yếu do Thủ tục hành chính công và Cung "
        "ứng dịch vụ công (@fig-dimensions, @tbl-dimensions). Danh sách đầy đủ ở @tbl-provinces."
    )
    hostile = (
        f'Ghi chú của đơn vị: {HOSTILE} và <b onclick="alert(1)">đậm</b>, '
        "[bấm vào đây](javascript:alert(1)), ![ảnh](https://example.org/theo-doi.png), "
        '[chữ]{onclick="alert(2)" style="position:fixed"}, thư a@b.vn, @nguoi-nao-do, 😀 中.'
    )
    cells = [
        front_matter(**changes),
        new_markdown_cell("# PAPI của một tỉnh", id="name"),
        code("", 'province = "quang-nam"', []),
        new_markdown_cell("## Kết quả chung", id="h1"),
        code("", "commentary.overview(result)", [markdown(overview)]),
        code(
            "fig-dimensions",
            "charts.dimensions(result)",
            [new_output("display_data", data=bars(DIMENSIONS, [5 + n / 7 for n in range(8)]))],
            fig_cap="Điểm tám chỉ số nội dung của Quảng Nam năm 2024 so với trung vị cả nước",
            fig_alt='Biểu đồ thanh tám nội dung; cao nhất là "Quản trị điện tử" 6,00 điểm.',
        ),
        code(
            "tbl-dimensions",
            "tables.dimensions(result)",
            [markdown(dimensions_table())],
            tbl_cap="Điểm và nhóm theo chỉ số nội dung, năm 2024",
        ),
        new_markdown_cell(
            "## Những nội dung cần quan tâm trong việc cung ứng dịch vụ công và công khai, minh "
            "bạch trong việc ra quyết định ở cấp cơ sở",
            id="h2",
        ),
        code(
            "",
            "commentary.weak(result)",
            [markdown(f"{overview}\n\n- Một điểm mạnh.\n- Một điểm yếu.")],
        ),
        new_markdown_cell("### Ghi chú", id="h3"),
        code("", "commentary.note(result)", [markdown(hostile)]),
        code(
            "fig-trend",
            "charts.trend(result)",
            [
                new_output(
                    "display_data",
                    data=bars(("2021", "2022", "2023", "2024"), [41, 42, 42.8, 43.2]),
                )
            ],
            fig_cap="Tổng điểm các năm",
            fig_alt="Bốn thanh, từ 41 điểm năm 2021 đến 43,2 điểm năm 2024.",
        ),
        new_markdown_cell("## Cả nước", id="h4"),
        code(
            "tbl-provinces",
            "tables.provinces(result)",
            [markdown(provinces_table())],
            tbl_cap="Điểm tám chỉ số nội dung của các tỉnh, thành phố",
        ),
        new_markdown_cell("## Phương pháp\n\nTrung vị là $x_{(n+1)/2}$ khi $n$ lẻ.", id="h5"),
        new_markdown_cell("## Nguồn số liệu\n\nXem <https://papi.org.vn>.", id="h6"),
    ]
    return new_notebook(cells=cells, metadata={"language_info": {"name": "python"}})


def write_stamped(project: Project, unit: str = "quang-nam", **changes: object) -> Path:
    path = project.outputs / "reports" / "2024" / unit / "papi.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(stamped(**changes), path)
    return path


def elements_of(reader: pypdf.PdfReader) -> list[pypdf.generic.DictionaryObject]:
    """The elements of the structure that screen readers go by."""
    found, waiting = [], [reader.root_object["/StructTreeRoot"]["/K"]]
    while waiting:
        item = waiting.pop()
        if hasattr(item, "get_object"):
            item = item.get_object()
        if isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict) and "/S" in item:
            found.append(item)
            if "/K" in item:
                waiting.append(item["/K"])
    return found
