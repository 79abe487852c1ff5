"""What a reader of a notebook reads, without publishing it: texts, tables, captions, alternatives."""

from __future__ import annotations

import ast
from dataclasses import dataclass

import nbformat

from helpers.words.text import plain


@dataclass(frozen=True)
class Shown:
    """One output of a notebook, as its reader gets it.

    Parameters
    ----------
    kind : str
        ``text``, ``table``, ``figure``, ``front_matter`` or ``heading``.
    text : str
        Without traces.
    """

    kind: str
    text: str


def read_notebook(path, province, year):
    """Run the cells of a notebook in this process and return what each shows.

    Parameters
    ----------
    path : Path
    province : str
    year : int

    Returns
    -------
    list of Shown
    """
    names, shown = {}, []
    for cell in nbformat.read(path, 4).cells:
        if cell.cell_type == "markdown":
            shown.append(Shown("heading", cell.source))
            continue
        value = _run(cell.source, names)
        if "parameters" in cell.metadata.get("tags", []):
            names |= {"province": province, "year": year}
        if value is not None:
            shown += _outputs(value)
    return shown


def _run(source, names):
    """Run a cell of the checkout's own and return the value of its last expression."""
    tree = ast.parse(source)
    last = tree.body[-1] if tree.body else None
    if isinstance(last, ast.Expr):
        tree.body[-1] = ast.copy_location(
            ast.Assign([ast.Name("_shown", ast.Store())], last.value), last
        )
    names["_shown"] = None
    exec(compile(ast.fix_missing_locations(tree), "cell", "exec"), names)  # noqa: S102
    return names["_shown"]


def _outputs(value):
    data, metadata = value._repr_mimebundle_()
    if not data:
        return []
    told = metadata["chiso"]
    found = []
    if told["kind"] in ("text", "table"):
        # A backslash keeps Markdown from reading a sign as its own; an asterisk marks a figure.
        markdown = data["text/markdown"].replace("\\*", "\N{DAGGER}")
        found.append(Shown(told["kind"], plain(markdown).replace("\\", "")))
    if told["kind"] == "front_matter":
        front = told["front_matter"]
        names = ("title", "subtitle", "description", "cite-as")
        found += [Shown("front_matter", front[name]) for name in names if name in front]
    found += [Shown("figure", told[name]) for name in ("caption", "alt") if told.get(name)]
    return found
