"""A stamped notebook as pandoc reads it: Markdown, figures, front matter.

nbconvert does the conversion; two preprocessors say what a report shows of a notebook: its
Markdown cells and what its code cells put out, never the code.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from nbconvert.exporters import MarkdownExporter
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode, from_dict

from helpers.execution import options
from helpers.publishing.drawing import inline_drawings
from helpers.publishing.errors import PublishError
from helpers.publishing.front_matter import FrontMatter, front_matter_of
from helpers.publishing.pictures import Picture, lift_pictures

FIGURE_DIV = "chiso-figure"
TABLE_DIV = "chiso-table"
NO_ALTERNATIVE = "Hình chưa có mô tả bằng lời"
_HEADINGS_WITHOUT_CONTENTS = 6
_LABEL = re.compile(r"(fig|tbl)-[A-Za-z0-9][A-Za-z0-9_-]*")
_LIST = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])[ \t]")
_APART = "::: {.apart}\n:::\n\n"
# Bytes that no font shows, and marks that reverse the direction of what follows them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)


@dataclass(frozen=True)
class Figure:
    """A picture of a report in the forms that the notebook holds.

    Parameters
    ----------
    label : str
        ``fig-…``, or a name made from its place where the cell has no label.
    alt : str
        Text alternative, plain text.
    svg, png : bytes or None
        At least one of them.
    narrow : bytes or None
        The drawing for a phone, if both may stand in a page
        (:func:`~helpers.publishing.drawing.inline_drawings`).
    width : str
        As the author stated it, such as ``200px``; empty for the picture's own.
    rows : str
        What is drawn, as CSV; empty where the cell handed none over.
    """

    label: str
    alt: str
    svg: bytes | None
    png: bytes | None
    narrow: bytes | None = None
    rows: str = ""
    width: str = ""


@dataclass(frozen=True)
class Document:
    """What a report shows, before it takes the form of a page.

    Parameters
    ----------
    name : str
        File name of the notebook, for messages.
    front_matter : FrontMatter
    markdown : str
        Pandoc's Markdown; figures and labelled tables are fenced divisions that carry the label as
        their identifier and the caption as their last paragraph.
    figures : mapping of str to Figure
        By label.
    tables : mapping of str to str
        Whole tables, of which the text holds a part, as CSV by the identifier that its link names.
    """

    name: str
    front_matter: FrontMatter
    markdown: str
    figures: Mapping[str, Figure] = field(default_factory=dict)
    tables: Mapping[str, str] = field(default_factory=dict)


def read_document(notebook: NotebookNode, name: str) -> Document:
    """Turn a stamped notebook into Markdown and figures.

    Parameters
    ----------
    notebook : NotebookNode
        Executed and stamped (docs/architecture.md, "Stamping"); left as it is.
    name : str
        File name of the notebook, for messages.

    Returns
    -------
    Document

    Raises
    ------
    PublishError
        If there is no front matter, a cell option is not YAML, a label stands twice, or the
        notebook ends in an error.
    """
    front_matter = front_matter_of(notebook, name)
    try:
        markdown, resources = markdown_exporter().from_notebook_node(notebook)
    except PublishError as error:
        raise PublishError(f"{name}: {error}") from error
    return Document(name, front_matter, clean(markdown), resources["figures"], resources["tables"])


@cache
def markdown_exporter() -> MarkdownExporter:
    """Return the exporter of all reports; setting it up takes longer than to use it."""
    # Given as classes: nbconvert makes the instances, and each exporter has its own.
    return MarkdownExporter(
        preprocessors=[DropFrontMatter, LiftOutputs],
        default_preprocessors=[],  # they would write every picture out once more
        optimistic_validation=True,
    )


def clean(text: str) -> str:
    """Return `text` in composed Unicode without control characters and direction marks."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", text))


def set_apart(text: str) -> str:
    """Return `text` so that a list it begins with does not go on the list of the cell before.

    What two cells say is two things: items that are missing are not items of the method. An empty
    division stands between them until assets/report_captions.lua drops it.
    """
    return f"{_APART}{text}" if _LIST.match(text) else text


def needs_contents(markdown: str) -> bool:
    """Tell whether a text has enough headings for a table of contents."""
    headings = sum(line.startswith(("# ", "## ", "### ")) for line in markdown.splitlines())
    return headings > _HEADINGS_WITHOUT_CONTENTS


def cell_options(source: str) -> dict[str, Any]:
    """Read the ``#|`` options at the head of a code cell.

    Raises
    ------
    PublishError
        If they are not a YAML mapping.
    """
    try:
        return options.cell_options(source)
    except options.CellError as error:
        raise PublishError(str(error)) from error


class DropFrontMatter(Preprocessor):
    """Leave out the raw first cell, which is read before."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Return the notebook without raw cells: they speak to one engine only."""
        nb.cells = [cell for cell in nb.cells if cell.cell_type != "raw"]
        return nb, resources


class LiftOutputs(Preprocessor):
    """Put in the place of every code cell what it shows, and gather the figures."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Return Markdown cells only; ``resources["figures"]`` holds the figures by label."""
        figures: dict[str, Figure] = {}
        tables: dict[str, str] = {}
        labels: set[str] = set()
        cells: list[NotebookNode] = []
        for cell in nb.cells:
            is_code = cell.cell_type == "code"
            if is_code:
                text = _shown(cell, figures, labels, tables)
            else:
                text = set_apart(_lifted(cell.source, cell.get("attachments", {}), figures, labels))
            # A blank line on both sides: a table or a division begins only after one.
            # Not by new_markdown_cell, which checks each cell against the schema of notebooks.
            shown = {"cell_type": "markdown", "source": f"\n{text}\n", "metadata": {}}
            cells.append(from_dict({**shown, "id": cell.get("id", f"cell-{len(cells)}")}))
        nb.cells = cells
        resources["figures"] = figures
        resources["tables"] = tables
        return nb, resources


def _lifted(
    text: str,
    attachments: Mapping[str, Mapping[str, str]],
    figures: dict[str, Figure],
    labels: set[str],
) -> str:
    """Gather the pictures that a text holds; leave in their place what refers to them."""

    def place(picture: Picture) -> str:
        alone = picture.label and _claim(picture.label, "fig-", labels)
        name = alone or f"hinh-khong-so-{len(figures) + 1}"
        figures[name] = Figure(
            label=name,
            alt=clean(" ".join(picture.alt.split())) or NO_ALTERNATIVE,
            svg=picture.content if picture.kind == "image/svg+xml" else None,
            png=picture.content if picture.kind != "image/svg+xml" else None,
            width=picture.width,
        )
        return (
            _division(FIGURE_DIV, name, "", picture.alt) if alone else f"![](chiso-figure:{name})"
        )

    return lift_pictures(text, attachments, place)


def _shown(
    cell: NotebookNode, figures: dict[str, Figure], labels: set[str], tables: dict[str, str]
) -> str:
    options = cell_options(cell.source)
    if options.get("include") is False or options.get("output") is False:
        return ""
    label = options.get("label")
    named = str(label) if label and _LABEL.fullmatch(str(label)) else ""
    if named in labels:
        raise PublishError(f"nhãn «{named}» được dùng hai lần; mỗi hình, bảng cần một nhãn riêng.")
    parts = []
    if options.get("echo") is True:
        code = "\n".join(line for line in cell.source.splitlines() if not line.startswith("#|"))
        parts.append(verbatim(code))
    for output in cell.get("outputs", []):
        if output.output_type == "error":
            raise PublishError(
                f"báo cáo dừng vì lỗi {output.ename}: {output.evalue}. "
                "Hãy sửa rồi chạy lại trước khi xuất bản."
            )
        if output.output_type == "stream":
            # Warnings on stderr are for whoever runs the notebook, not for readers.
            if output.name == "stdout":
                parts.append(verbatim(output.text))
            continue
        data = output.get("data", {})
        if "image/svg+xml" in data or "image/png" in data:
            parts.append(_figure(output, options, _claim(named, "fig-", labels), figures))
        elif "text/markdown" in data:
            text = _lifted(data["text/markdown"], {}, figures, labels)
            text = named_table(text, data, tables)
            claimed = _claim(named, "tbl-", labels) if named.startswith("tbl-") else ""
            parts.append(_table(text, options, claimed) if claimed else set_apart(text))
        elif "text/plain" in data:
            parts.append(verbatim(data["text/plain"]))
    return "\n\n".join(parts)


def named_table(text: str, data: Mapping[str, Any], tables: dict[str, str]) -> str:
    """Return a text whose link to a whole table names it, and keep that table, if there is one.

    Parameters
    ----------
    text : str
    data : mapping
        Of the output that says the text; the table is CSV in it.
    tables : dict of str to str
        Identifier to CSV, as :func:`~helpers.publishing.page.with_tables` takes it; is added to.
    """
    if "text/csv" not in data:
        return text
    name = f"chiso-csv-{len(tables) + 1}"
    tables[name] = data["text/csv"]
    return text.replace("](#chiso-csv)", f"](#{name})")


def _claim(label: str, prefix: str, labels: set[str]) -> str:
    """Return `label` if it fits and is still free; the first output of its cell takes it."""
    if not label.startswith(prefix) or label in labels:
        return ""
    labels.add(label)
    return label


def _figure(
    output: Mapping[str, Any], options: Mapping[str, Any], label: str, figures: dict[str, Figure]
) -> str:
    data = output["data"]
    caption = _line(options.get("fig-cap"))
    alt = _line(options.get("fig-alt")) or caption or NO_ALTERNATIVE
    name = label or f"hinh-khong-so-{len(figures) + 1}"
    svg, png = data.get("image/svg+xml"), data.get("image/png")
    pair = inline_drawings(output)
    figures[name] = Figure(
        label=name,
        alt=clean(alt),
        svg="".join(svg).encode() if svg else None,
        png=base64.b64decode("".join(png)) if png else None,
        narrow=pair[0].encode() if pair else None,
        rows=drawn_rows(output),
    )
    return _division(FIGURE_DIV, name, "", caption)


def drawn_rows(output: Mapping[str, Any]) -> str:
    """Return what a chart draws, as CSV; empty where its cell handed none over."""
    rows = output.get("metadata", {}).get("chiso", {}).get("rows", "")
    return clean(rows) if isinstance(rows, str) else ""


def _table(text: str, options: Mapping[str, Any], label: str) -> str:
    return _division(TABLE_DIV, label, text, _line(options.get("tbl-cap")))


def _division(kind: str, label: str, body: str, caption: str) -> str:
    # Longer than any fence within, so that the text of a cell cannot close it.
    fence = ":" * (3 + max((len(run) for run in re.findall(r":{3,}", body + caption)), default=0))
    return f"{fence} {{#{label} .{kind}}}\n\n{body}\n\n{caption}\n\n{fence}"


def verbatim(text: str) -> str:
    """Return a text as a block of code, whatever fences it holds."""
    fence = "`" * (3 + max((len(run) for run in re.findall(r"`{3,}", text)), default=0))
    return f"{fence}\n{text.rstrip()}\n{fence}"


def _line(value: object) -> str:
    return " ".join(str(value).split()) if value is not None else ""
