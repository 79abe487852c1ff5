"""What ordinary cells show becomes tables, pictures and sentences, or an error that names the cell."""

from __future__ import annotations

import base64
import io
import subprocess
import sys

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image

from helpers.execution.html_text import read_html
from helpers.execution.inline import make_shell, run_cells
from helpers.execution.options import CellError, cell_options
from helpers.execution.shown import MOST_TEXT, number_text
from helpers.execution.stamp import stamp


def png(colour="red", size=(30, 20)):
    made = io.BytesIO()
    Image.new("RGB", size, colour).save(made, "PNG")
    return made.getvalue()


def coded(content):
    return base64.b64encode(content).decode()


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    return make_shell(tmp_path_factory.mktemp("ipython"))


@pytest.fixture
def made(shell, tmp_path):
    """Run cells as a report does, and return the stamped ones."""

    def run(*cells):
        notebook = new_notebook(
            cells=[new_code_cell(one) if isinstance(one, str) else one for one in cells]
        )
        assert run_cells(notebook, shell) is None, notebook.cells
        return stamp(notebook, {}, tmp_path).cells[1:]

    return run


def shown(cell):
    return "\n\n".join(
        output["text"] if output.output_type == "stream" else "".join(output.data.values())
        for output in cell.outputs
    )


def test_a_frame_is_a_table_in_vietnamese_digits_without_the_numbering_of_its_rows(made):
    source = (
        "import pandas as pd\n"
        'pd.DataFrame({"tỉnh": ["A|B", "C"], "điểm": [4.5, None]}, index=[7, 3])'
    )
    (cell,) = made(source)
    (output,) = cell.outputs
    assert set(output.data) == {"text/markdown"}
    lines = output.data["text/markdown"].split("\n")
    assert [part.strip() for part in lines[0].strip("| ").split("|")] == ["tỉnh", "điểm"]
    assert lines[1].rstrip(" |").endswith(":"), "numbers stand at the right"
    assert lines[2] == "| A\\|B | 4,5 |"
    assert lines[3] == "| C | – |"
    assert "không có số liệu" in lines[-2]


def test_a_named_index_and_a_series_and_polars_are_tables(made):
    cells = made(
        'import pandas as pd\npd.Series({"Cao": 2, "Thấp": 1}, name="số tỉnh").rename_axis("nhóm")',
        'import polars as pl\npl.DataFrame({"a": [1, 2], "b": [0.5, 2.25]})',
    )
    assert "| nhóm | số tỉnh |" in shown(cells[0])
    assert "| Cao | 2 |" in shown(cells[0])
    assert "| 2 | 2,25 |" in shown(cells[1])
    assert "shape" not in shown(cells[1])
    assert "i64" not in shown(cells[1])


def test_a_long_and_a_wide_frame_are_cut_by_a_stated_rule_with_all_of_it_in_the_download(made):
    cells = made(
        "import pandas as pd\npd.DataFrame({'n': range(201), 'm': 1.0})",
        "pd.DataFrame({'n': range(200), 'm': 1.0})",
        "pd.DataFrame([range(13)], columns=list('abcdefghijklm'))",
    )
    long, whole, wide = (cell.outputs[0].data for cell in cells)
    assert "Bảng in 100 dòng đầu trong 201 dòng" in long["text/markdown"]
    assert "| 99 | 1 |" in long["text/markdown"]
    assert "| 100 | 1 |" not in long["text/markdown"]
    assert long["text/csv"].endswith("200,200,1.0\n")
    assert "[tệp CSV trên trang của báo cáo](#chiso-csv)" in long["text/markdown"]
    assert set(whole) == {"text/markdown"}
    assert "| 199 | 1 |" in whole["text/markdown"]
    assert "Bảng in 12 cột đầu trong 13 cột" in wide["text/markdown"]
    assert "m" in wide["text/csv"].split("\n")[0]


def test_a_styler_and_a_great_table_are_the_same_in_every_run(made):
    styler = (
        "import pandas as pd\n"
        'frame = pd.DataFrame({"tỉnh": ["A"], "điểm": [4.5]})\n'
        'frame.style.format({"điểm": "{:.2f} đ"}).set_caption("Điểm")'
    )
    table = (
        "from great_tables import GT\n"
        'GT(frame).tab_header("Điểm", "năm nay").tab_spanner("Nhóm", ["điểm"])'
        '.tab_source_note("Nguồn X")'
    )
    first, second = made(styler, table), made(styler, table)
    assert [shown(cell) for cell in first] == [shown(cell) for cell in second]
    assert "| A | 4.50 đ |" in shown(first[0])
    assert cell_options(first[0].source)["tbl-cap"] == "Điểm"
    assert cell_options(first[1].source)["tbl-cap"] == "Điểm. năm nay"
    assert "Nhóm – điểm" in shown(first[1])
    assert "Nguồn X." in shown(first[1])


def test_html_keeps_its_text_lists_links_and_tables(made):
    (cell,) = made(
        "from IPython.display import HTML\n"
        'HTML(\'<h3>Mục</h3><p>Một <b>đậm</b>, *sao* <a href="https://e.org">đây</a>'
        '<a href="javascript:x()">kia</a></p><ul><li>x<ul><li>y</ul></ul><script>1</script>\')'
    )
    assert shown(cell) == (
        "### Mục\n\nMột **đậm**, \\*sao\\* [đây](https://e.org)kia\n\n- x\n    - y"
    )


def test_spans_of_a_table_are_laid_out():
    read = read_html(
        "<table><thead><tr><th rowspan=2>a</th><th colspan=2>b</th></tr><tr><th>c</th><th>d</th></tr>"
        "</thead><tbody><tr><td rowspan=2>1</td><td>2</td><td>3</td></tr><tr><td>4</td><td>5</td></tr>"
    )
    lines = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in read.markdown.split("\n")
    ]
    assert lines[0] == ["a", "b – c", "b – d"]
    assert lines[2:4] == [["1", "2", "3"], ["–", "4", "5"]]


def test_a_figure_does_not_publish_what_its_last_call_returned(made):
    (cell,) = made(
        "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.title('Điểm')"
    )
    assert [set(output.data) for output in cell.outputs] == [{"image/png"}]


def test_two_pictures_of_a_label_are_panels_of_one_figure(made):
    source = (
        "#| label: fig-a\n#| fig-cap: Hai hình\n#| fig-subcap: [Cột, Chấm]\n"
        "import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.show()\nplt.plot([2, 1]); plt.show()"
    )
    (cell,) = made(source)
    (output,) = cell.outputs
    assert output.data["image/svg+xml"].count("<image ") == 2
    assert "(b)" in output.data["image/svg+xml"]
    assert cell_options(cell.source)["fig-cap"] == "Hai hình: (a) Cột; (b) Chấm"


@pytest.mark.parametrize(
    ("value", "text"),
    [("2.0", "2"), ("4.979999999", "4,98"), ("-1", "−1"), ("1e-9", "0"), ("12", "12")],
)
def test_numbers_are_written_in_vietnamese_digits(value, text):
    assert number_text(value) == text


def test_a_number_alone_and_a_value_in_the_text(made):
    number, text = made(
        "import numpy as np\nx = np.float64(4.975)\nname = 'Huế *'\nx",
        new_markdown_cell("Điểm `{python} x` của `{python} name`, `x` để nguyên."),
    )
    assert shown(number) == "4,975"
    assert text.source == "Điểm 4,975 của Huế \\*, `x` để nguyên."


def test_a_value_that_cannot_be_computed_names_its_cell(made):
    with pytest.raises(CellError, match=r"ô 1 .*không tính được .*khong_co.*NameError"):
        made(new_markdown_cell("Điểm `{python} khong_co`"))


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("object()", "<object at"),
        ("(i for i in range(3))", "<generator object"),
        (
            "from IPython.display import HTML\nHTML('<div><canvas id=\"a\"></canvas></div>')",
            "cần trình duyệt chạy (canvas)",
        ),
        (
            "from IPython.display import HTML\nHTML('<img src=\"https://e.org/a.png\">')",
            "trên mạng",
        ),
    ],
)
def test_what_cannot_be_published_is_an_error_that_names_the_cell(made, source, told):
    with pytest.raises(CellError) as error:
        made("x = 1", source)
    assert str(error.value).startswith("ô 2 («")
    assert told in str(error.value)
    (cell,) = made(f"#| output: false\n{source}")
    assert cell.outputs == []


def test_a_long_print_is_cut_with_a_note_and_takes_no_memory(made):
    (cell,) = made("for _ in range(1000): print('x' * 99_999)")
    text = cell.outputs[0]["text"]
    assert len(text) < MOST_TEXT + 200
    assert "ô in 100.000.000 ký tự, ở đây giữ 20.000 ký tự đầu" in text


def test_a_cell_that_is_not_to_be_run_is_not_run(made):
    (cell,) = made("#| eval: false\nraise SystemError")
    assert cell.outputs == []


def test_options_of_the_author_win():
    output = new_output(
        "display_data",
        data={"image/svg+xml": "<svg/>"},
        metadata={"chiso": {"kind": "figure", "caption": "máy", "alt": "máy"}},
    )
    source = "#| label: fig-a\n#| fig-cap: >\n#|   của\n#|   tôi\n#| echo: true\nf()"
    notebook = new_notebook(cells=[new_code_cell(source, outputs=[output])])
    cell = stamp(notebook, {}).cells[1]
    found = cell_options(cell.source)
    assert found == {"label": "fig-a", "fig-cap": "của tôi\n", "echo": True, "fig-alt": "máy"}
    assert cell.source.endswith("\nf()")


def test_pictures_of_a_text_go_into_the_notebook(made, tmp_path):
    (tmp_path / "hình").mkdir()
    (tmp_path / "hình" / "bản đồ.png").write_bytes(png())
    photo = io.BytesIO()
    Image.new("RGB", (8, 8), "blue").save(photo, "JPEG")
    (tmp_path / "a.jpg").write_bytes(photo.getvalue())
    cell = new_markdown_cell(
        "![một](attachment:x.png) `![mã](khong.png)`\n\n<img src='a.jpg' alt='hai' width=\"20\">\n\n"
        "![ba](h%C3%ACnh/b%E1%BA%A3n%20%C4%91%E1%BB%93.png){#fig-ba}",
        attachments={"x.png": {"image/png": coded(png("blue"))}},
    )
    (text,) = made(cell)
    assert text.source == (
        "![một](attachment:picture-1) `![mã](khong.png)`\n\n![hai](attachment:picture-2){width=20px}"
        "\n\n![ba](attachment:picture-3){#fig-ba}"
    )
    kinds = [kind for bundle in text.attachments.values() for kind in bundle]
    assert kinds == ["image/png"] * 3
    assert text.attachments["picture-3"]["image/png"] == coded(png())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("![x](khong.png)", "không có tệp ảnh «khong.png»"),
        ("![x](https://e.org/a.png)", "ở trên mạng"),
        ("![x](attachment:a.png)", "«a.png» không có trong ô"),
    ],
)
def test_a_picture_that_is_not_there_names_its_cell(made, text, told):
    with pytest.raises(CellError, match="ô 1 ") as error:
        made(new_markdown_cell(text))
    assert told in str(error.value)


def test_a_second_shell_of_a_process_shows_figures_too(tmp_path):
    """Matplotlib reads the environment once, and its figures went to the shell that came before."""
    program = (
        "import sys; from pathlib import Path\n"
        "import matplotlib; matplotlib.use('agg'); import matplotlib.pyplot\n"
        "from nbformat.v4 import new_code_cell, new_notebook\n"
        "from helpers.execution.inline import make_shell, run_cells\n"
        "for _ in range(2):\n"
        "    source = 'import matplotlib.pyplot as plt; plt.plot([1, 2]);'\n"
        "    notebook = new_notebook(cells=[new_code_cell(source)])\n"
        "    assert run_cells(notebook, make_shell(Path(sys.argv[1]))) is None\n"
        "    print(*[key for output in notebook.cells[0].outputs for key in output.data])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert ["image/png" in line for line in done.stdout.splitlines()] == [True, True]
