"""Write what varies into an executed notebook, so that every engine finds it (docs/architecture.md).

Quarto does not evaluate anything in a notebook that has already run: titles, captions and text
alternatives must stand in it as text. It may be rendered by hand, so what is stamped is fit for Quarto
as it stands: no key that means something else there, no shortcode in a text.
"""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import yaml
from nbformat import NotebookNode
from nbformat.v4.rwbase import split_lines

from helpers.execution.options import (
    FRONT_MATTER_ID,
    CellError,
    cell_options,
    is_hidden,
    named,
)
from helpers.execution.pictures import embed_in_cell
from helpers.execution.shown import panels, shown_outputs
from helpers.words.text import without_shortcodes

CITE_AS = "cite-as"
"""How to cite a report; ``citation`` is a word of Quarto's, which holds a mapping there."""
_CAPTION = {"figure": "fig-cap", "table": "tbl-cap"}


def stamp(
    notebook: NotebookNode, parameters: Mapping[str, object], folder: Path = Path()
) -> NotebookNode:
    """Return the notebook of record: an executed notebook with captions, title and no traces of time.

    Parameters
    ----------
    notebook : NotebookNode
        Executed; left as it is.
    parameters : mapping
        The values it ran with; kept in the front matter.
    folder : Path
        Where the notebook lies; pictures that it names are looked for there.

    Returns
    -------
    NotebookNode
        Running the same notebook twice gives the same bytes: times and random cell ids are gone.

    Raises
    ------
    CellError
        If something that a cell shows, or a picture that it names, cannot be published.
    """
    stamped: NotebookNode = nbformat.from_dict(json.loads(json.dumps(notebook)))
    front_matter: dict[str, Any] = {"lang": "vi"}
    cells = []
    for number, cell in enumerate(stamped.cells):
        if cell.cell_type == "raw" and cell.source.lstrip().startswith("---"):
            front_matter = {
                **(yaml.safe_load(cell.source.strip().strip("-")) or {}),
                **front_matter,
            }
            continue
        try:
            if cell.cell_type == "code":
                front_matter.update(_front_matter(cell))
                _stamp_cell(cell, folder)
            elif cell.cell_type == "markdown":
                embed_in_cell(cell, folder)
        except CellError as error:
            raise CellError(f"{named(stamped, number)}: {error}") from error
        cell.metadata = {
            key: value for key, value in cell.metadata.items() if key in ("tags", "chiso")
        }
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = "injected-parameters"
        cell.setdefault("id", f"cell-{number}")
        cells.append(cell)
    front_matter = _for_quarto(front_matter)
    front_matter["params"] = dict(parameters)
    head = nbformat.v4.new_raw_cell(fenced(front_matter))
    head.id = FRONT_MATTER_ID
    stamped.cells = [head, *cells]
    kept = ("kernelspec", "chiso")
    stamped.metadata = {key: stamped.metadata[key] for key in kept if key in stamped.metadata}
    # A kernel would add what it knows of its interpreter; the record has the versions.
    stamped.metadata["language_info"] = {"name": "python"}
    nbformat.validate(stamped)
    return stamped


def write_notebook(notebook: NotebookNode, target: Path) -> None:
    """Write a notebook under a temporary name and rename it.

    Texts are lists of lines, as Jupyter writes them: Quarto joins the lines of a text that is one
    string, and front matter becomes a paragraph.
    """
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        lines = split_lines(copy.deepcopy(notebook))
        text = json.dumps(lines, ensure_ascii=False, indent=1, sort_keys=True)
        temporary.write_text(text + "\n", encoding="utf-8")
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _harmless(value: Any) -> Any:
    """Return a text, or what holds texts, without Quarto's shortcodes."""
    if isinstance(value, str):
        return without_shortcodes(value)
    if isinstance(value, Mapping):
        return {key: _harmless(inner) for key, inner in value.items()}
    return [_harmless(inner) for inner in value] if isinstance(value, list) else value


def fenced(front_matter: Mapping[str, Any]) -> str:
    """Write front matter as the text of a first cell."""
    text = yaml.safe_dump(dict(front_matter), allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{text}---"


def _for_quarto(front_matter: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = _harmless(front_matter)
    if isinstance(made.get("citation"), str):
        made[CITE_AS] = made.pop("citation")
    return made


def _front_matter(cell: NotebookNode) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for output in cell.get("outputs", []):
        described = output.get("metadata", {}).get("chiso", {})
        # YAML writes plain mappings only, and those of a notebook are of a class of their own.
        found.update(json.loads(json.dumps(described.get("front_matter", {}))))
    return found


def _stamp_cell(cell: NotebookNode, folder: Path) -> None:
    author = cell_options(cell.source)
    options: dict[str, object] = {}
    outputs = []
    # What the author hides is not kept either: it may hold what differs from run to run.
    for output in () if is_hidden(author) else shown_outputs(cell, folder):
        described = output.get("metadata", {}).get("chiso")
        if described:
            if described["kind"] == "front_matter":
                continue
            data = output["data"]
            if "text/markdown" in data or "image/svg+xml" in data:
                data.pop("text/html", None)
            if described["kind"] in _CAPTION:
                key = _CAPTION[described["kind"]]
                options.setdefault(key, without_shortcodes(described["caption"]))
            if described.get("alt"):
                options.setdefault("fig-alt", without_shortcodes(described["alt"]))
        elif output.get("metadata", {}).get("alt"):
            options.setdefault("fig-alt", without_shortcodes(output["metadata"].pop("alt")))
        _make_harmless(output)
        outputs.append(output)
    if str(author.get("label", "")).startswith("fig-"):
        outputs = panels(outputs)
    cell.outputs = outputs
    options["echo"] = False
    if isinstance(author.get("fig-subcap"), list):
        told = author.pop("fig-subcap")
        lettered = "; ".join(f"({chr(97 + n)}) {text}" for n, text in enumerate(told))
        caption = str(author.pop("fig-cap", options.get("fig-cap", "")))
        options["fig-cap"] = without_shortcodes(f"{caption}: {lettered}" if caption else lettered)
        cell.source = _without_option(cell.source, "fig-subcap", "fig-cap")
    # What the author wrote wins over what the helpers propose.
    kept = {key: value for key, value in options.items() if key not in author}
    cell.source = _with_options(cell.source, kept)


def _make_harmless(output: NotebookNode) -> None:
    """Take shortcodes out of what an output says as text."""
    holder = output if output.output_type == "stream" else output.get("data", {})
    for key in ("text", "text/markdown", "text/plain"):
        if key in holder:
            holder[key] = _harmless(holder[key])


def _with_options(source: str, options: Mapping[str, object]) -> str:
    """Set cell options below those that a researcher wrote."""
    lines = source.split("\n")
    head = [line for line in lines if line.startswith("#|")]
    body = [line for line in lines if not line.startswith("#|")]
    # JSON strings are YAML strings on one line, whatever quotation marks a caption holds.
    written = [
        f"#| {key}: {json.dumps(value, ensure_ascii=False)}" for key, value in options.items()
    ]
    return "\n".join([*head, *written, *body])


def _without_option(source: str, *names: str) -> str:
    """Drop options, with the lines that go on with them."""
    kept, dropping = [], False
    for line in source.split("\n"):
        if line.startswith("#|"):
            text = line[2:].removeprefix(" ")
            if text[:1] not in ("", " ", "-"):
                dropping = text.split(":", 1)[0].strip() in names
            if dropping:
                continue
        kept.append(line)
    return "\n".join(kept)
