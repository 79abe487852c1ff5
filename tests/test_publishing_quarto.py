"""The Quarto engine: what it hands to Quarto, and what it does with what comes back."""

from __future__ import annotations

import base64
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import docx
import nbformat
import pypandoc
import pypdf
import pytest
import typst
import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell

from helpers.project import Project
from helpers.publishing.errors import PublishError
from helpers.publishing.page import PARTS, home_of, page_parts, with_tables
from helpers.publishing.quarto import find_quarto, publish_quarto, quarto_version
from helpers.publishing.quarto_folder import fill_folder, format_options
from helpers.publishing.quarto_markdown import clean_markdown
from helpers.words.text import escape

ROOT = Path(__file__).parents[1]
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><path d="M0 0h40v20z"/></svg>'
TRACE = '[43,21]{.so title="PAPI 2024, tổng điểm: data/published/papi.csv, dòng 17"}'
TABLE = f"""\
| Tỉnh | Điểm | Nhóm |
|:-----|-----:|:-----|
| Huế <script>alert(1)</script> | {TRACE} | [Cao]{{.g4}} |
"""

# The form in which Quarto writes a labelled figure.
FIGURE = """#figure([
#box(image("%s.svg", alt: "Mô tả"))
], caption: figure.caption(position: bottom, [Chú thích]),
kind: "quarto-float-fig", supplement: "Hình") <fig-dimensions>"""

FAKE = """\
#!{python}
import json, os, pathlib, shutil, signal, subprocess, sys, time
record = pathlib.Path({record!r})
if sys.argv[1:] == ["--version"]:
    print({version!r})
    sys.exit()
record.mkdir(exist_ok=True)
(record / "call.json").write_text(json.dumps(
    {{"arguments": sys.argv[1:], "folder": os.getcwd(), "environment": dict(os.environ)}}))
shutil.copytree(".", record / "folder", dirs_exist_ok=True)
mode = {mode!r}
if mode == "sleeps":
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    (record / "child").write_text(str(child.pid))
    print("đang chạy", flush=True)
    time.sleep(60)
if mode == "killed":
    os.kill(os.getpid(), signal.SIGKILL)
if mode == "fails":
    print("\\x1b[31mERROR: unexpected end of stream\\x1b[39m", file=sys.stderr)
    sys.exit(1)
picture = b'<img src="data:image/svg+xml;base64,PHN2ZyB3aWR0aD0iNDBweCIgaGVpZ2h0PSIyMHB4Ii8+">'
starts = {{"html": b"<!DOCTYPE html>" + picture, "typst": b"%PDF-1.7", "docx": b"PK"}}
for notebook in pathlib.Path().glob("*.ipynb"):
    source = "".join(json.loads(notebook.read_text())["cells"][0]["source"])
    for name, start in starts.items():
        if f"\\n  {{name}}:" in source and not (mode == "forgets pdf" and name == "typst"):
            kind = "pdf" if name == "typst" else name
            notebook.with_suffix("." + kind).write_bytes(start + b" new")
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    root = tmp_path / "checkout"
    (root / "params" / "indices").mkdir(parents=True)
    shutil.copy(ROOT / "_language-vi.yml", root)
    # Fonts and Word template are made once for all tests of a session.
    cache = tmp_path.parent / "chiso-cache"
    cache.mkdir(exist_ok=True)
    (root / "outputs").mkdir()
    (root / "outputs" / ".cache").symlink_to(cache)
    return Project(root)


@pytest.fixture
def notebook(project: Project) -> Path:
    path = project.outputs / "reports" / "2024" / "quang-nam" / "papi.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(stamped(), path)
    return path


def stamped(status: str = "computed"):
    front = {
        "title": "Báo cáo PAPI 2024: <b>Quảng Nam</b>",
        "subtitle": "So với cả nước",
        "description": "Kết quả {{< include /etc/passwd >}} chính",
        "date": "2024",
        "categories": ["PAPI", "2024", "Quảng Nam"],
        "lang": "vi",
        "status": status,
        "citation": "chiso (2025)",
    }
    picture = new_output(
        "display_data",
        data={"image/svg+xml": SVG, "image/png": PNG, "text/plain": "<Figure>"},
        metadata={"chiso": {"kind": "figure"}},
    )
    table = new_output(
        "execute_result",
        data={"text/html": "<table><tr><td>x</td></tr></table>", "text/markdown": TABLE},
    )
    return new_notebook(
        metadata={"kernelspec": {"name": "chiso-forked", "display_name": "x"}},
        cells=[
            new_raw_cell("---\n" + yaml.safe_dump(front, allow_unicode=True) + "---"),
            new_code_cell("province = 'quang-nam'", metadata={"tags": ["parameters"]}),
            new_markdown_cell("# PAPI\n\nMở đầu, xem @fig-dimensions và @tbl-dimensions."),
            new_markdown_cell(f"## Kết quả\n\nTổng điểm {TRACE}. <img src=x onerror=alert(1)>"),
            new_code_cell(
                "#| label: fig-dimensions\n#| fig-cap: 'Điểm [tám] trục'\n"
                "#| fig-alt: Huế cao hơn 'cả nước' 3,1 điểm\n#| echo: false\nsecret()",
                outputs=[new_output("stream", name="stderr", text="warning"), picture],
                metadata={"papermill": {"duration": 1}},
                execution_count=3,
            ),
            new_markdown_cell("#### Chi tiết\n\n[x](javascript:alert(1)) ![](http://x.vn/a.png)"),
            new_code_cell(
                "#| label: tbl-dimensions\n#| tbl-cap: Tám trục\ntables()", outputs=[table]
            ),
        ],
    )


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Put a program called quarto on the PATH that records how it was called.

    It stands for the process only: what Quarto does with what it is given, it does not know. See
    test_publishing_quarto_facts.py, and the tests below that need Quarto, for that.
    """
    record = tmp_path / "record"

    def install(mode: str = "works", version: str = "1.10.18") -> Path:
        folder = tmp_path / "bin"
        folder.mkdir()
        program = folder / "quarto"
        program.write_text(
            textwrap.dedent(FAKE).format(
                python=sys.executable, record=str(record), version=version, mode=mode
            )
        )
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
        return record

    return install


@pytest.fixture
def filled(project, notebook, tmp_path):
    """Return a function that fills a working folder for some formats, without any Quarto."""

    def fill(kinds: tuple[str, ...]) -> Path:
        record = tmp_path / "filled"
        (record / "folder").mkdir(parents=True)
        fill_folder(record / "folder", notebook, kinds, project, (1, 10, 18))
        return record

    return fill


def call_of(record: Path) -> dict:
    return json.loads((record / "call.json").read_text())


def cells_of(record: Path, name: str) -> list:
    return nbformat.read(record / "folder" / name, as_version=4).cells


def front_of(record: Path, name: str) -> dict:
    return yaml.safe_load(cells_of(record, name)[0].source.strip("-\n"))


def beside(notebook: Path) -> set[str]:
    return {path.name for path in notebook.parent.iterdir()}


def test_one_process_renders_all_formats_without_executing(fake, project, notebook):
    record = fake()
    written = publish_quarto(notebook, ("pdf", "html", "html"), project)
    assert [path.name for path in written] == ["papi.pdf", "papi.html"]
    assert call_of(record)["arguments"] == ["render", ".", "--no-execute"]
    assert written[0].read_bytes() == b"%PDF-1.7 new"
    assert beside(notebook) == {"papi.ipynb", "papi.pdf", "papi.html"}


def test_what_quarto_writes_is_finished(fake, project, notebook):
    fake()
    (page,) = publish_quarto(notebook, ("html",), project)
    # A drawing is text in the page, not a picture in base64.
    assert "base64" not in page.read_text()
    assert "<svg" in page.read_text()
    # What the stand-in writes is no Word file, and is opened to be finished.
    with pytest.raises(PublishError, match="docx không đọc được"):
        publish_quarto(notebook, ("docx",), project)


def test_a_short_report_has_no_contents(filled):
    record = filled(("pdf",))
    assert front_of(record, "bao-cao.ipynb")["format"]["typst"]["toc"] is False


@pytest.mark.parametrize("name", ["typst-show.typ", "typst-show-official.typ"])
def test_figures_are_laid_out_where_those_of_the_pandoc_engine_are(name):
    # Said once, in report.typ and official.typ: a rule beside them would stay behind when they change.
    show = (ROOT / "src/helpers/publishing/quarto_assets" / name).read_text(encoding="utf-8")
    assert "quarto-float" not in show


def test_shortcodes_in_front_matter_are_taken_apart(filled):
    # An escape alone would be undone by Quarto.
    lead = front_of(filled(("html",)), "bao-cao.ipynb")["lead"]
    assert re.sub(r"\\(.)", r"\1", lead) == "Kết quả {{ < include /etc/passwd > }} chính"


def test_pages_of_both_engines_carry_the_same_scripts(filled, project):
    _, tail = page_parts(project, **PARTS)
    assert (filled(("html",)) / "folder" / "tail.html").read_text(encoding="utf-8") == tail


def test_a_whole_table_is_a_file_of_the_page_and_text_on_paper(project, notebook, tmp_path):
    made = stamped()
    said = "Toàn bộ bảng: [tệp CSV trên trang](#chiso-csv)"
    data = {"text/markdown": said, "text/csv": "tỉnh,điểm\nHuế,1\n"}
    made.cells.append(new_code_cell("frame", outputs=[new_output("display_data", data=data)]))
    nbformat.write(made, notebook)
    folder = tmp_path / "folder"
    folder.mkdir()
    report = fill_folder(folder, notebook, ("html", "pdf"), project, (1, 9, 0))
    written = nbformat.read(folder / "bao-cao.ipynb", as_version=4).cells[-1].outputs[0].data
    made_of = written["text/markdown"]
    for to, linked in (("html", True), ("typst", False)):
        filters = ["--lua-filter=document.lua", f"--to={to}"]
        command = [pypandoc.get_pandoc_path(), *filters]
        done = subprocess.run(
            command, input=made_of, cwd=folder, capture_output=True, check=True, text=True
        )
        assert ("chiso-csv-1" in done.stdout) is linked
        assert "tệp CSV trên trang" in " ".join(done.stdout.split())
        if linked:
            page = with_tables(done.stdout, report.tables)
            coded = re.search(r'href="data:text/csv;charset=utf-8;base64,([^"]+)"', page)
            assert base64.b64decode(coded[1]).decode() == "\ufefftỉnh,điểm\nHuế,1\n"


def test_an_address_is_a_link():
    assert clean_markdown(["Nguồn: https://papi.org.vn."]) == ("Nguồn: <https://papi.org.vn>.",)


def test_an_address_from_data_leads_where_it_was_written():
    address = "https://kinhtexahoi.vn/so-ho-ngheo_t114/~a?b=@c#d_e"
    (cleaned,) = clean_markdown([escape(f"Nguồn_1: {address}")])
    assert cleaned == f"Nguồn_1: <{address}>"


def test_a_page_that_is_made_elsewhere_in_the_outputs_leads_home(project):
    made = project.outputs / ".work" / "tmpx" / "job" / "papi.html"
    assert home_of(made, project) == "../../../index.html"


def test_working_folder_is_its_own_and_gone_afterwards(fake, project, notebook):
    before = notebook.read_bytes()
    record = fake()
    publish_quarto(notebook, ("html",), project)
    folder = Path(call_of(record)["folder"])
    assert not folder.exists()
    assert not folder.is_relative_to(project.root.resolve())
    assert notebook.read_bytes() == before


def test_only_asked_formats_are_in_the_working_folder(filled):
    record = filled(("docx",))
    settings = yaml.safe_load((record / "folder" / "_quarto.yml").read_text(encoding="utf-8"))
    assert settings["project"]["render"] == ["bao-cao-word.ipynb"]
    assert settings["language"] == "_language-vi.yml"
    assert settings["execute"]["enabled"] is False
    assert list(front_of(record, "bao-cao-word.ipynb")["format"]) == ["docx"]
    assert not (record / "folder" / "bao-cao.ipynb").exists()


def test_screen_and_pdf_get_svg_and_word_gets_png(filled):
    record = filled(("html", "pdf", "docx"))
    for name, kind in (("bao-cao.ipynb", "image/svg+xml"), ("bao-cao-word.ipynb", "image/png")):
        (figure,) = (cell for cell in cells_of(record, name) if "fig-cap" in cell.source)
        assert [list(output.data) for output in figure.outputs] == [[kind]]


def test_word_gets_date_and_lead_in_the_styles_of_its_template(filled):
    record = filled(("docx",))
    texts = [cell.source for cell in cells_of(record, "bao-cao-word.ipynb")]
    said = re.findall(r'::: \{custom-style="(\w+)"\}\n(.+?)\n:::', "\n".join(texts))
    assert [style for style, _ in said] == ["Date", "Lead"]
    assert said[1][1].startswith("Kết quả")
    styles = docx.Document(record / "folder" / "reference.docx").styles
    assert {"Date", "Lead"} <= {style.name for style in styles}


def test_code_html_and_private_metadata_do_not_reach_quarto(filled):
    record = filled(("html", "docx"))
    for name in ("bao-cao.ipynb", "bao-cao-word.ipynb"):
        text = (record / "folder" / name).read_text(encoding="utf-8")
        for private in ("secret()", "text/html", "papermill", "chiso-forked", "warning"):
            assert private not in text
        assert '"execution_count": 3' not in text


def test_text_from_data_is_text_to_quarto(filled):
    record = filled(("html",))
    texts = [cell.source for cell in cells_of(record, "bao-cao.ipynb")]
    texts += [
        output.data["text/markdown"]
        for cell in cells_of(record, "bao-cao.ipynb")
        for output in cell.get("outputs", [])
        if "text/markdown" in output.data
    ]
    whole = "\n".join(texts)
    # As Quarto reads it: pandoc's Markdown with raw HTML.
    page = pypandoc.convert_text(whole, "html", format="markdown")
    assert "<script" not in page
    assert "<img" not in page
    assert "javascript:" not in page
    assert "{{<" not in whole
    assert 'class="so"' in page
    assert "fig-dimensions" in page


def test_labels_captions_and_alternatives_are_options_of_the_cell(filled):
    record = filled(("html",))
    figure, table = (
        yaml.safe_load("\n".join(line[2:] for line in cell.source.splitlines()))
        for cell in cells_of(record, "bao-cao.ipynb")
        if cell.cell_type == "code"
    )
    assert figure == {
        "label": "fig-dimensions",
        "fig-cap": "Điểm \\[tám\\] trục",
        "fig-alt": "Huế cao hơn ’cả nước’ 3,1 điểm",
        "echo": False,
    }
    assert table == {"label": "tbl-dimensions", "tbl-cap": "Tám trục", "echo": False}


def test_headings_begin_at_one_without_gaps_and_the_title_stands_once(filled):
    record = filled(("html",))
    headings = [
        line
        for cell in cells_of(record, "bao-cao.ipynb")
        if cell.cell_type == "markdown"
        for line in cell.source.splitlines()
        if line.startswith("#")
    ]
    assert headings == ["# Kết quả", "## Chi tiết"]


def test_year_measured_is_no_day_of_publication(fake, project, notebook):
    record = fake()
    publish_quarto(notebook, ("html",), project)
    front = front_of(record, "bao-cao.ipynb")
    assert "date" not in front
    assert front["details"][:3] == ["PAPI", "2024", "Quảng Nam"]
    assert call_of(record)["environment"]["TZ"] == "UTC"


def test_same_day_is_used_for_the_bytes(fake, project, notebook, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.setenv("QUARTO_PROFILE", "draft")
    monkeypatch.setenv("QUARTO_PROJECT_ROOT", "/elsewhere")
    record = fake()
    publish_quarto(notebook, ("pdf",), project)
    environment = call_of(record)["environment"]
    assert environment["SOURCE_DATE_EPOCH"] == "1700000000"
    assert not any(key.startswith("QUARTO_") for key in environment)


def test_pages_carry_all_they_need(filled):
    record = filled(("html",))
    html = front_of(record, "bao-cao.ipynb")["format"]["html"]
    assert html["embed-resources"] is True
    assert html["html-math-method"] == "mathml"
    folder = record / "folder"
    for name in (html["template"], *html["include-in-header"], *html["include-after-body"]):
        text = (folder / name).read_text(encoding="utf-8")
        assert "https://" not in text
        assert "http://" not in text
    assert "default-src &#x27;none&#x27;" in (folder / "page.html").read_text(encoding="utf-8")
    assert front_of(record, "bao-cao.ipynb")["home"] == "../../../index.html"


@pytest.mark.parametrize(
    ("version", "expected"), [((1, 7, 0), False), ((1, 8, 27), False), ((1, 9, 0), True)]
)
def test_accessible_pdf_is_asked_for_where_quarto_knows_it(version, expected):
    assert (format_options("pdf", version).get("pdf-standard") == "ua-1") is expected


@pytest.mark.parametrize(
    ("mode", "says"),
    [
        ("fails", "ERROR: unexpected end of stream"),
        ("killed", "tín hiệu 9"),
        ("forgets pdf", "không tạo được tệp pdf"),
    ],
)
def test_failure_says_what_happened_and_keeps_what_was_there(fake, project, notebook, mode, says):
    fake(mode)
    for kind in ("html", "pdf"):
        notebook.with_suffix(f".{kind}").write_text("old")
    with pytest.raises(PublishError, match=says) as raised:
        publish_quarto(notebook, ("html", "pdf"), project)
    assert "\x1b" not in str(raised.value)
    assert "papi.ipynb" in str(raised.value)
    assert beside(notebook) == {"papi.ipynb", "papi.html", "papi.pdf"}
    for kind in ("html", "pdf"):
        assert notebook.with_suffix(f".{kind}").read_text() == "old"


def test_too_slow_quarto_is_ended_with_all_it_started(fake, project, notebook):
    record = fake("sleeps")
    with pytest.raises(PublishError, match="quá 2 giây"):
        publish_quarto(notebook, ("html",), project, timeout=2)
    child = int((record / "child").read_text())
    deadline = time.monotonic() + 5
    while _runs(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _runs(child)
    assert beside(notebook) == {"papi.ipynb"}


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_missing_quarto_is_said_with_a_way_out(project, notebook, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PublishError, match="--engine pandoc"):
        publish_quarto(notebook, ("html",), project)


def test_too_old_quarto_is_refused(fake, project, notebook):
    fake(version="1.5.57")
    with pytest.raises(PublishError, match=r"1\.5\.57 quá cũ, cần từ 1\.7\.0"):
        publish_quarto(notebook, ("html",), project)


def test_answer_that_is_no_version_is_refused(fake):
    fake(version="không rõ")
    with pytest.raises(PublishError, match="phiên bản"):
        quarto_version(find_quarto())


def test_notebook_that_ended_in_an_error_is_not_published(fake, project, notebook):
    made = nbformat.read(notebook, as_version=4)
    made.cells[-1].outputs = [new_output("error", ename="KeyError", evalue="'x'", traceback=[])]
    nbformat.write(made, notebook)
    fake()
    with pytest.raises(PublishError, match="KeyError"):
        publish_quarto(notebook, ("html",), project)


def test_missing_language_file_is_said(fake, project, notebook):
    (project.root / "_language-vi.yml").unlink()
    fake()
    with pytest.raises(PublishError, match=r"_language-vi\.yml"):
        publish_quarto(notebook, ("html",), project)


def quarto_like(folder: Path, notebook: str, *, to: str, template: str) -> str:
    """Render a notebook of the working folder as Quarto would, for what concerns our templates."""
    cells = nbformat.read(folder / notebook, as_version=4).cells
    parts = [cells[0].source]
    for number, cell in enumerate(cells[1:]):
        if cell.cell_type == "markdown":
            parts.append(cell.source)
            continue
        for output in cell.outputs:
            if "text/markdown" in output.data:
                parts.append(output.data["text/markdown"])
            else:
                (folder / f"{number}.svg").write_text(output.data["image/svg+xml"])
                picture = (
                    f'<img src="{number}.svg" alt="Mô tả">' if to == "html" else FIGURE % number
                )
                parts.append(f"```{{={'html' if to == 'html' else 'typst'}}}\n{picture}\n```")
    command = [
        pypandoc.get_pandoc_path(), "--standalone", "--toc", f"--to={to}",
        f"--template={template}", "--lua-filter=layout.lua", "--metadata=pagetitle:x",
        "--include-in-header=head.html", "--include-after-body=tail.html",
    ]  # fmt: skip
    done = subprocess.run(
        command, input="\n\n".join(parts), cwd=folder, capture_output=True, check=True, text=True
    )
    return done.stdout


@pytest.mark.parametrize("status", ["computed", "simulated"])
def test_typst_partial_lays_out_an_accessible_pdf(project, notebook, tmp_path, status):
    nbformat.write(stamped(status), notebook)
    folder = tmp_path / "folder"
    folder.mkdir()
    fill_folder(folder, notebook, ("html", "pdf"), project, (1, 9, 0))
    for name in ("head.html", "tail.html"):
        (folder / name).write_text("")
    (folder / "template.typ").write_text(
        "$typst-template.typ()$\n\n$page.typ()$\n\n$typst-show.typ()$\n\n$body$\n"
    )
    text = quarto_like(folder, "bao-cao.ipynb", to="typst-citations", template="template.typ")
    assert "#quartile(4)[Cao]" in text
    assert "columns: 3," in text  # as wide as what stands in them
    (folder / "bao-cao.typ").write_text(text)
    typst.compile(
        folder / "bao-cao.typ",
        output=folder / "bao-cao.pdf",
        root=folder,
        font_paths=[str(folder / "fonts")],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )
    pdf = pypdf.PdfReader(folder / "bao-cao.pdf")
    words = "".join(page.extract_text() for page in pdf.pages)
    assert ("SỐ LIỆU MÔ PHỎNG" in words) is (status == "simulated")
    assert "Mục lục" in words
    # A figure stands below the paragraph that names it, never above the title.
    said = words.replace("\u00a0", " ")
    assert said.index("Quảng Nam") < said.index("Mở đầu") < said.index("Hình 1. Chú thích")
    assert str(pdf.trailer["/Root"]["/Lang"]).startswith("vi")
    assert "Quảng Nam" in (pdf.metadata.title or "")
    # The number of a caption stands out, a reference is seen to be a link.
    assert any("Hình" in text and "SemiBold" in face for text, face in runs_of(pdf))
    show = (folder / "typst-show.typ").read_text(encoding="utf-8")
    assert "#show ref: set text(fill: teal)" in show


def runs_of(pdf: pypdf.PdfReader) -> list[tuple[str, str]]:
    """Return pieces of text with the name of their face."""
    runs: list[tuple[str, str]] = []

    def visit(text, _cm, _tm, font, _size):
        runs.append((text, str((font or {}).get("/BaseFont", ""))))

    for page in pdf.pages:
        page.extract_text(visitor_text=visit)
    return runs


def test_page_template_prints_what_the_front_matter_says(project, notebook, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    fill_folder(folder, notebook, ("html", "pdf"), project, (1, 9, 0))
    page = quarto_like(folder, "bao-cao.ipynb", to="html", template="page.html")
    assert '<html lang="vi">' in page
    assert "&lt;b&gt;Quảng Nam&lt;/b&gt;" in page
    assert 'href="papi.pdf"' in page
    assert "Trích dẫn: chiso (2025)" in page
    assert 'aria-label="Mục lục"' in page
    assert "<script>alert" not in page


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("quarto") is None, reason="Quarto is not installed")
def test_both_engines_publish_the_same(notebook):
    spec = importlib.util.spec_from_file_location("compare", ROOT / "tools" / "compare_engines.py")
    compare = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(compare)
    # Text of the notebook that the engines treat each in its own way is left to their own tests.
    made = stamped()
    made.cells = [
        cell for cell in made.cells if "<" not in cell.source and "x.vn" not in cell.source
    ]
    made.cells.insert(0, stamped().cells[0])
    made.cells[0].source = re.sub(r"</?b>|\{\{<.*?>\}\} ", "", made.cells[0].source)
    figure = next(cell for cell in made.cells if "fig-alt" in cell.source)
    figure.source = figure.source.replace("'cả nước'", "cả nước")
    nbformat.write(made, notebook)
    assert compare.differences(notebook) == {"html": [], "pdf": [], "docx": []}


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("quarto") is None, reason="Quarto is not installed")
def test_quarto_itself_publishes_a_report(project, notebook):
    written = publish_quarto(notebook, ("html", "pdf", "docx"), project)
    page = written[0].read_text(encoding="utf-8")
    assert "Hình" in page
    assert "Bảng" in page
    assert "Mục lục" in page
    assert "cdn" not in page
    assert "<script>alert" not in page
    pdf = pypdf.PdfReader(written[1])
    assert str(pdf.trailer["/Root"]["/Lang"]).startswith("vi")
    assert written[2].read_bytes().startswith(b"PK")
