"""The copy of a stamped notebook that Quarto renders."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

import yaml
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell

from helpers.publishing.document import (
    NO_ALTERNATIVE,
    cell_options,
    drawn_rows,
    named_table,
    needs_contents,
    set_apart,
    verbatim,
)
from helpers.publishing.drawing import inline_drawings
from helpers.publishing.errors import PublishError
from helpers.publishing.front_matter import FrontMatter, front_matter_of
from helpers.publishing.page import drawing
from helpers.publishing.pictures import Picture as TextPicture
from helpers.publishing.pictures import lift_pictures
from helpers.publishing.quarto_markdown import clean_markdown, order_headings
from helpers.publishing.raster import rasterize
from helpers.publishing.references import check_references
from helpers.words.text import without_shortcodes

Picture = Literal["image/svg+xml", "image/png"]

_LINES = ("title", "subtitle", "lead", "cite-as")
_PRINTED = (*_LINES, "details")
_CAPTIONS = ("fig-cap", "tbl-cap")
_OPTIONS = ("label", *_CAPTIONS, "fig-alt")
_KINDS = (("image/svg+xml", "image/png"), ("text/markdown",), ("text/plain",))
_HEADING = re.compile(r"^#{1,6} ", re.MULTILINE)
_NOTE = re.compile(r"\n\n:{3,} table-note\n(?:(?!:{3}).*\n)+:{3,}\Z")
_ADDRESS = re.compile(r"<(https?://[^>\s]+)>")
_LABEL = re.compile(r"(fig|tbl)-[A-Za-z0-9][A-Za-z0-9_-]*")


@dataclass(frozen=True)
class Report:
    """What a stamped notebook holds for its readers, without code and safe to render.

    Attributes
    ----------
    front_matter : FrontMatter
        As stamped: plain text.
    matter : mapping
        What of it Quarto prints, as Markdown: title, subtitle, lead, details, cite-as.
    cells : tuple of NotebookNode
        Markdown cells, and code cells reduced to their options and outputs.
    drawings : mapping of str to str
        Label of a figure to the HTML of its two widths, which goes into the page when Quarto has made
        it: in the notebook it would make the page fetch scripts from the network.
    tables : mapping of str to str
        Identifier that a link names to a whole table, as CSV, which goes into the page likewise.
    """

    front_matter: FrontMatter
    matter: Mapping[str, Any]
    cells: tuple[NotebookNode, ...]
    drawings: Mapping[str, str]
    tables: Mapping[str, str]

    @property
    def is_long(self) -> bool:
        """Whether it has enough headings for a table of contents."""
        texts = [cell.source for cell in self.cells if cell.cell_type == "markdown"]
        return needs_contents("\n".join(texts))


def read_report(notebook: NotebookNode, name: str) -> Report:
    """Take from a stamped notebook what is to be published.

    Parameters
    ----------
    notebook : NotebookNode
        Executed and stamped as docs/architecture.md says. It is not changed.
    name : str
        What to call the notebook in a message.

    Returns
    -------
    Report
        Every Markdown text has been through `clean_markdown`, and the headings through
        `order_headings`.

    Raises
    ------
    PublishError
        If there is no front matter, a cell ends in an error or its options are not YAML, or the
        texts cannot be read.
    """
    front = front_matter_of(notebook, name)
    matter: dict[str, Any] = {
        "title": front.title,
        "subtitle": front.subtitle,
        "lead": front.description,
        "cite-as": front.citation,
        "details": dict(enumerate(front.details)),
    }
    tables: dict[str, str] = {}
    try:
        cells = [
            part
            for cell in notebook.cells[1:]
            for part in (*_code_of(cell), *([_reduced(cell, tables)] if _is_shown(cell) else ()))
        ]
    except PublishError as error:
        raise PublishError(f"{name}: {error}") from error
    check_references(notebook, name)
    slots = [*_front_slots(matter), *(slot for cell in cells for slot in _slots(cell))]
    # Before the cleaning: an escape of pandoc's is undone by Quarto in front matter.
    texts = [without_shortcodes(text) for text, _ in slots]
    for (_, put), text in zip(slots, clean_markdown(texts), strict=True):
        put(text)
    matter["details"] = list(matter["details"].values())
    official = front.official is not None
    lifted = [official or _has_heading(cell) or bool(cell.get("attachments")) for cell in cells]
    cells = [_lifted(cell) if one else cell for cell, one in zip(cells, lifted, strict=True)]
    cells = [part for cell in cells for part in _with_note_below(cell)]
    prose = [cell for cell in cells if cell.cell_type == "markdown"]
    for cell, text in zip(prose, order_headings([cell.source for cell in prose]), strict=True):
        cell.source = set_apart(text)
    drawings = dict(pair for cell in notebook.cells[1:] for pair in _drawings(cell))
    return Report(front, matter, tuple(cells), drawings, tables)


def write_notebook(
    report: Report,
    formats: Mapping[str, Mapping[str, Any]],
    picture: Picture,
    extra: Mapping[str, Any] = MappingProxyType({}),
) -> NotebookNode:
    """Make the notebook that Quarto renders into some formats.

    The date goes among the details and never into Quarto's own field ``date``: Quarto would print
    the year measured as the first of January and call it the day of publication.

    Parameters
    ----------
    report : Report
        What to publish.
    formats : mapping of str to mapping
        Quarto's names of the formats (``html``, ``typst``, ``docx``) with their options.
    picture : {"image/svg+xml", "image/png"}
        Which form of a figure to keep where there are both. Word needs PNG; Quarto would choose
        SVG for every format.
    extra : mapping, optional
        More front matter for the templates.

    Returns
    -------
    NotebookNode
        Its first cell holds the front matter; kernel and language are always Python, so that no
        kernel has to be installed to publish.
    """
    written = report.matter
    matter = {key: written[key] for key in _PRINTED if written[key]}
    matter |= {
        "simulated": report.front_matter.simulated,
        "lang": "vi",
        **extra,
        "format": {name: dict(options) for name, options in formats.items()},
    }
    text = yaml.safe_dump(matter, allow_unicode=True, sort_keys=False, width=10_000)
    lead, end = [], []
    if "docx" in formats and report.front_matter.official is None:
        # The templates of the other formats have places of their own for these.
        # In the styles that Word's template has for them.
        styled = {"Date": " · ".join(written["details"]), "Lead": written["lead"]}
        lead = [
            f'::: {{custom-style="{key}"}}\n{text}\n:::' for key, text in styled.items() if text
        ]
        end = [f"Trích dẫn: {written['cite-as']}"] if written["cite-as"] else []
    made: NotebookNode = new_notebook(
        cells=[
            new_raw_cell(f"---\n{text}---"),
            *(new_markdown_cell(text) for text in lead),
            *(_with_picture(cell, picture) for cell in report.cells),
            *(new_markdown_cell(text) for text in end),
        ]
    )
    made.metadata = {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python"},
    }
    return made


def _is_shown(cell: NotebookNode) -> bool:
    if cell.cell_type == "code":
        options = cell_options(cell.source)
        hidden = options.get("include") is False or options.get("output") is False
        return not hidden and any(_published(output) is not None for output in cell.outputs)
    return bool(cell.cell_type == "markdown")


def _code_of(cell: NotebookNode) -> list[NotebookNode]:
    """Return the code of a cell as text, if its author wants it shown."""
    options = cell_options(cell.source) if cell.cell_type == "code" else {}
    if options.get("echo") is not True or options.get("include") is False:
        return []
    code = "\n".join(line for line in cell.source.splitlines() if not line.startswith("#|"))
    made: NotebookNode = new_markdown_cell(verbatim(code))
    made.id = f"{cell.get('id', made.id)}-code"[-64:]
    return [made]


def _published(output: NotebookNode) -> NotebookNode | None:
    """Return what of an output Quarto may see, or nothing.

    HTML and JavaScript make Quarto load scripts from the network, so neither is handed on, but for
    drawings that hold shapes and text only (:mod:`helpers.publishing.drawing`); they carry `alt`.
    """
    if output.output_type == "error":
        raise PublishError(
            f"báo cáo dừng vì lỗi {output.ename}: {output.evalue}. "
            "Hãy sửa rồi chạy lại trước khi xuất bản."
        )
    if output.output_type == "stream":
        data = {"text/plain": output.text} if output.name == "stdout" else {}
    else:
        data = output.get("data", {})
    for kinds in _KINDS:
        kept = {kind: data[kind] for kind in kinds if kind in data}
        if kept:
            break
    else:
        return None
    if "text/plain" in kept:
        # Quarto runs shortcodes inside blocks of code too.
        kept["text/plain"] = without_shortcodes(kept["text/plain"])
    made: NotebookNode = NotebookNode(
        output_type="display_data", data=NotebookNode(kept), metadata=NotebookNode()
    )
    return made


def _reduced(cell: NotebookNode, tables: dict[str, str]) -> NotebookNode:
    made: NotebookNode
    if cell.cell_type == "markdown":
        text, attachments = _with_attachments(cell.source, cell.get("attachments", {}), 0)
        made = new_markdown_cell(text)
    else:
        outputs = []
        attachments = {}
        for source in cell.outputs:
            output = _published(source)
            if output is None:
                continue
            outputs.append(output)
            if "text/markdown" in output.data:
                text, found = _with_attachments(output.data["text/markdown"], {}, len(attachments))
                output.data["text/markdown"] = named_table(text, source.data, tables)
                attachments |= found
        made = new_code_cell(outputs=outputs, metadata={"options": _options(cell.source)})
    made.id = cell.get("id", made.id)
    if attachments:
        made.attachments = attachments
    return made


def _with_attachments(
    text: str, attachments: Mapping[str, Mapping[str, str]], first: int
) -> tuple[str, dict[str, dict[str, str]]]:
    """Return Markdown whose pictures are attachments in pixels, which every format can hold."""
    found: dict[str, dict[str, str]] = {}

    def place(picture: TextPicture) -> str:
        name = f"picture-{first + len(found) + 1}.png"
        content = picture.content
        if picture.kind == "image/svg+xml":
            content = rasterize({name: content})[name]
        found[name] = {"image/png": base64.b64encode(content).decode()}
        width = f"width={picture.width}" if picture.width else ""
        told = " ".join(filter(None, (f"#{picture.label}" if picture.label else "", width)))
        return f"![{picture.alt}](attachment:{name}){f'{{{told}}}' if told else ''}"

    return lift_pictures(text, attachments, place), found


def _drawings(cell: NotebookNode) -> Iterator[tuple[str, str]]:
    """Give the label of a figure and its two drawings as one picture, if it has both."""
    options = cell_options(cell.source) if cell.cell_type == "code" else {}
    alt = str(options.get("fig-alt") or options.get("fig-cap") or NO_ALTERNATIVE)
    for output in cell.get("outputs", ()):
        pair = inline_drawings(output)
        if pair is not None and "label" in options:
            label = str(options["label"])
            yield label, drawing(label, *pair, " ".join(alt.split()), drawn_rows(output))
            return


def _has_heading(cell: NotebookNode) -> bool:
    texts = [output.data.get("text/markdown", "") for output in cell.get("outputs", ())]
    return any(_HEADING.search(text) for text in texts)


def _lifted(cell: NotebookNode) -> NotebookNode:
    """Return what a cell says as a Markdown cell, if it says nothing else.

    The helpers write whole sections, headings included, and headings are ordered and numbered in the
    text only.
    """
    if cell.cell_type != "code" or "label" in cell.metadata.options:
        return cell
    if not all("text/markdown" in output.data for output in cell.outputs):
        return cell
    made: NotebookNode = new_markdown_cell(
        "\n\n".join(set_apart(output.data["text/markdown"]) for output in cell.outputs)
    )
    made.id = cell.id
    if cell.get("attachments"):
        made.attachments = cell.attachments
    return made


def _with_note_below(cell: NotebookNode) -> list[NotebookNode]:
    """Take what a numbered table is to be read with out of the box that Quarto puts around it."""
    if cell.cell_type != "code" or not str(cell.metadata.options.get("label", "")).startswith(
        "tbl-"
    ):
        return [cell]
    notes = []
    for output in cell.outputs:
        if found := _NOTE.search(output.data.get("text/markdown", "")):
            output.data["text/markdown"] = output.data["text/markdown"][: found.start()]
            notes.append(new_markdown_cell(found[0].strip("\n")))
            notes[-1].id = f"{cell.id}-note-{len(notes)}"[-64:]
    return [cell, *notes]


def _options(source: str) -> NotebookNode:
    found = cell_options(source)
    options = NotebookNode({key: found[key] for key in _OPTIONS if key in found})
    if "label" in options and not _LABEL.fullmatch(str(options.label)):
        del options["label"]
    if "fig-alt" in options:
        options["fig-alt"] = _attribute(str(options["fig-alt"]))
    return options


def _attribute(text: str) -> str:
    # Quarto writes the text between single quotes in Markdown, where these characters would end it.
    plain = without_shortcodes(" ".join(text.split())).replace("\\", "\\\\")
    return plain.replace("'", "’").replace('"', "”")


Slot = tuple[str, Callable[[str], None]]


def _front_slots(matter: dict[str, Any]) -> Iterator[Slot]:
    for key in _LINES:
        yield matter[key], _setter(matter, key, one_line=True, linked=False)
    for place, text in matter["details"].items():
        yield text, _setter(matter["details"], place, one_line=True, linked=False)


def _slots(cell: NotebookNode) -> Iterator[Slot]:
    if cell.cell_type == "markdown":
        yield cell.source, _setter(cell, "source")
        return
    options = cell.metadata.options
    for key in _CAPTIONS:
        if key in options:
            yield str(options[key]), _setter(options, key, one_line=True)
    for output in cell.outputs:
        if "text/markdown" in output.data:
            yield output.data["text/markdown"], _setter(output.data, "text/markdown")


def _setter(
    holder: Any, key: str | int, *, one_line: bool = False, linked: bool = True
) -> Callable[[str], None]:
    def put(text: str) -> None:
        if not linked:
            # An address in front matter is text: it is printed in attributes too.
            text = _ADDRESS.sub(r"\1", text)
        holder[key] = " ".join(text.split()) if one_line else text

    return put


def _with_picture(cell: NotebookNode, picture: Picture) -> NotebookNode:
    made = deepcopy(cell)
    if made.cell_type == "code" and picture == "image/png":
        _add_pictures(made)
    if made.cell_type == "code":
        options = {**made.metadata.pop("options"), "echo": False}
        made.source = _option_lines(options)
        for output in made.outputs:
            if picture in output.data:
                output.data = NotebookNode({picture: output.data[picture]})
    return made


def _add_pictures(cell: NotebookNode) -> None:
    """Give every drawing of a cell its form in pixels."""
    bare = {
        str(number): output.data["image/svg+xml"].encode()
        for number, output in enumerate(cell.outputs)
        if "image/svg+xml" in output.data and "image/png" not in output.data
    }
    for number, picture in rasterize(bare).items():
        cell.outputs[int(number)].data["image/png"] = base64.b64encode(picture).decode()


def _option_lines(options: Mapping[str, Any]) -> str:
    # JSON is YAML on one line.
    lines: Sequence[str] = [
        f"#| {key}: {json.dumps(value, ensure_ascii=False)}" for key, value in options.items()
    ]
    return "\n".join(lines)
