"""How tables, figures and key figures are laid out under Quarto, without Quarto.

Quarto hands numbered figures and tables to filters as floats. Here a filter around ``layout.lua`` makes
such floats of marked blocks: they have the fields that Quarto 1.10 documents (``identifier``,
``caption_long``, ``content``) and the number its crossref filter adds (``order.order``).
"""

from __future__ import annotations

import io
import subprocess

import docx
import pypandoc
import pytest
from docx.oxml.ns import qn
from lxml import html

from helpers.publishing.quarto_document import LAYOUT, layout_filter

LIKE_QUARTO = """
local filters = dofile("layout.lua")
local numbers = { fig = 0, tbl = 0 }

local function float_of(div)
  local kind = div.identifier:match("^(%a+)%-")
  numbers[kind] = numbers[kind] + 1
  local caption = div.content:remove(#div.content)
  return { identifier = div.identifier, order = { order = numbers[kind] },
    caption_long = pandoc.Plain(caption.content), content = div.content }
end

local steps = {}
for at, step in ipairs(filters) do
  if step.FloatRefTarget then
    steps[at] = { Div = function(div)
      if not div.classes:includes("float") then return nil end
      local float = float_of(div)
      -- A float that is handed back is laid out by Quarto, in boxes of its own.
      local made = step.FloatRefTarget(float) or float
      return made.caption_long and pandoc.Div(made.content, { "", { "quarto-float" } }) or made
    end }
  else
    steps[at] = step
  end
end
return steps
"""
REPORT = """\
:::: {.cell-output-display}
::: {.key-figures}
| Điểm | Nhóm |
|-----:|:-----|
| 41,00 | [Thấp]{.g1} |
:::
::::

:::: {#tbl-x .float}
| Chỉ số nội dung | Điểm | Vị trí |
|:-----------|------|-----:|
| Công khai, minh bạch trong việc ra quyết định ở địa phương | 4,86 | 52/61 |

Điểm theo chỉ số
::::

::: table-note
Đồng hạng: điểm như nhau.
:::

:::: {#fig-x .float}
![](a.svg){fig-alt="Quảng Nam thấp hơn"}

Vị trí của tỉnh
::::

- thiếu một

::: {.apart}
:::

- cách tính
"""


@pytest.fixture
def laid_out(tmp_path):
    def make(to: str, *, official: bool = False) -> bytes:
        (tmp_path / LAYOUT).write_text(layout_filter({} if official else None), encoding="utf-8")
        (tmp_path / "quarto.lua").write_text(LIKE_QUARTO, encoding="utf-8")
        (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
        done = subprocess.run(
            [pypandoc.get_pandoc_path(), f"--to={to}", "--lua-filter=quarto.lua", "--output=-"],
            input=REPORT.encode(),
            cwd=tmp_path,
            capture_output=True,
            check=True,
        )
        return done.stdout

    return make


@pytest.fixture
def page(laid_out):
    return html.fragment_fromstring(laid_out("html").decode(), create_parent="main")


def test_tables_of_a_page_are_regions_for_the_keyboard(page):
    regions = page.xpath("//div[@role='region']")
    assert [table.xpath("./ancestor::div[@role='region']") for table in page.iter("table")] == [
        [region] for region in regions
    ]
    assert [region.get("tabindex") for region in regions] == ["0", "0"]
    assert [region.get("aria-label") for region in regions] == [
        "Bảng số liệu",
        "Bảng\u00a01. Điểm theo chỉ số",
    ]


def test_heads_of_rows_and_columns_say_what_they_head(page):
    (table,) = page.xpath("//table[@id='tbl-x']")
    assert [cell.get("scope") for cell in table.xpath(".//thead//th")] == ["col"] * 3
    (row,) = table.xpath(".//tbody/tr")
    assert [(cell.tag, cell.get("scope")) for cell in row] == [
        ("th", "row"),
        ("td", None),
        ("td", None),
    ]


def test_key_figures_of_a_page_look_like_key_figures(page):
    first, second = page.xpath("//div[@role='region']")
    assert first.get("class").split() == ["table-scroll", "key"]
    assert second.get("class").split() == ["table-scroll", "fitted"]
    assert not page.xpath("//div[contains(@class, 'key-figures')]")


def test_captions_have_their_number_and_pictures_their_text(page):
    (figure,) = page.xpath("//figure[@id='fig-x']")
    assert figure.findtext(".//figcaption//strong") == "Hình\u00a01."
    assert "".join(figure.find("figcaption").itertext()).strip() == "Hình\u00a01. Vị trí của tỉnh"
    assert [image.get("alt") for image in page.iter("img")] == ["Quảng Nam thấp hơn"]
    assert not page.xpath("//*[contains(@class, 'quarto-float')]")


def test_pdf_has_key_figures_and_small_notes(laid_out):
    text = laid_out("typst").decode()
    assert text.count("#key-figures[") == 1
    assert text.index("#key-figures[") < text.index("41,00") < text.index("52/61")
    assert "#table-note[" in text
    # As wide as what stands in them, not as the dashes of the Markdown.
    assert "columns: (" in text


def test_lists_of_two_cells_are_two_lists(page, laid_out):
    assert [len(one.findall("li")) for one in page.iter("ul")] == [1, 1]
    assert not page.xpath(".//li/p | .//div[contains(@class, 'apart')]")
    # Typst would join lists that only a blank line keeps apart.
    between = laid_out("typst").decode().split("- thiếu một")[1].split("- cách tính")[0]
    assert between.strip().startswith("#block(height: 0pt")


def test_an_official_pdf_has_plain_tables(laid_out):
    assert "#key-figures[" not in laid_out("typst", official=True).decode()


def test_word_has_tables_that_the_pandoc_engine_would_have(laid_out):
    word = docx.Document(io.BytesIO(laid_out("docx")))
    body = word.element.body
    assert not body.findall(f".//{qn('w:tc')}//{qn('w:tbl')}")
    _, table = word.tables
    assert len({column.get(qn("w:w")) for column in table._tbl.find(qn("w:tblGrid"))}) > 1
    sides = [
        [side.get(qn("w:val")) for side in cell._tc.iter(qn("w:jc"))]
        for cell in table.rows[1].cells
    ]
    # Numbers to the right, where nothing says so too, and never a second alignment that wins.
    assert sides == [["left"], ["right"], ["right"]]
    assert [field.get(qn("w:instr")).split()[1] for field in body.iter(qn("w:fldSimple"))] == [
        "Bang",
        "Hinh",
    ]
    (note,) = [p for p in word.paragraphs if p.text.startswith("Đồng hạng")]
    assert note.style.name == "Table Small"
