"""What Quarto takes, refuses or reads otherwise: facts of its schemas, and rules learned with it.

The facts are those of Quarto 1.10 (``src/resources/schema``), written down for the keys that this
project uses; each rule is a fault that a real Quarto has shown.
"""

from __future__ import annotations

import json
from pathlib import Path

import yaml

# Key to the types that Quarto's schemas allow.
FRONT_MATTER = {
    "title": (str,),
    "subtitle": (str,),
    "description": (str,),
    "date": (str,),
    "lang": (str,),
    "categories": (list, str),
    "citation": (dict, bool),  # CSL; a text ends in an assertion since 1.8
    "params": (dict,),
    "format": (dict, str),
    "toc": (bool,),
}
PROJECT = {
    "type": (str,),
    "render": (list,),
    "output-dir": (str,),
    "pre-render": (str, list),
    "resources": (list, str),
}
SETTINGS = {
    "lang": (str,),
    "language": (str, dict),
    "crossref": (dict, bool),
    "tbl-colwidths": (bool, list, str),
    "format-links": (bool, list),
}
# Where Quarto expects a path; in any other setting a text that is one is made relative to the page.
PATHS = {"language", "output-dir", "pre-render", "href", "theme", "path", "template", "filters"}

# How Quarto tells a failure: the cause stands first, in colour, and is followed by tracebacks.
LOG = (
    "\x1b[1mpandoc\x1b[22m\n"
    "\x1b[91mERROR: Shortcode 'include' not found\x1b[39m\n"
    "stack traceback:\n" + "\t[C]: in function 'error'\n" * 20
    + "    at renderFiles (file:///quarto.js:1)\n"
)  # fmt: skip


def front_faults(matter: dict) -> list[str]:
    """Say what in a front matter Quarto refuses or runs."""
    found = [
        f"{key}: {type(matter[key]).__name__}"
        for key, types in FRONT_MATTER.items()
        if key in matter and not isinstance(matter[key], types)
    ]
    text = yaml.safe_dump(matter, allow_unicode=True, width=10_000)
    return [*found, *(sign for sign in ("{{<", ">}}") if sign in text)]


def notebook_faults(path: Path) -> list[str]:
    """Say what in a notebook file Quarto reads otherwise than Jupyter does."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    found = [f"{cell['id']}: source" for cell in cells if not isinstance(cell["source"], list)]
    for cell in cells:
        for output in cell.get("outputs", ()):
            for kind, data in output.get("data", {}).items():
                found += [f"{cell['id']}: {kind}"] if isinstance(data, str) else []
                found += [f"{cell['id']}: {kind} loads scripts"] if kind == "text/html" else []
    head = "".join(cells[0]["source"])
    return [*found, *front_faults(yaml.safe_load(head.strip("-\n")))]


def settings_faults(settings: dict, folder: Path) -> list[str]:
    """Say what in a `_quarto.yml` Quarto refuses, leaves aside or takes for something else."""
    found = [
        f"{key}: {type(holder[key]).__name__}"
        for holder, facts in ((settings, SETTINGS), (settings["project"], PROJECT))
        for key, types in facts.items()
        if key in holder and not isinstance(holder[key], types)
    ]
    if not settings["project"].get("render"):
        found.append("render: files that are not named lose the settings")
    html = settings.get("format", {}).get("html", {})
    if html and html.get("html-math-method") != "mathml":
        found.append("html-math-method: fetched from the network")
    # Of Quarto's themes only Bootstrap itself fetches no fonts.
    theme = html.get("theme", "default")
    if html and (theme if isinstance(theme, str) else theme[0]) != "default":
        found.append(f"theme: {theme} fetches from the network")

    def texts(value, key=""):
        if isinstance(value, dict):
            for name, inner in value.items():
                yield from texts(inner, name)
        elif isinstance(value, list):
            for inner in value:
                yield from texts(inner, key)
        elif isinstance(value, str) and key not in PATHS:
            yield key, value

    rest = {key: value for key, value in settings.items() if key != "project"}
    paths = [(key, text) for key, text in texts(rest) if (folder / text).exists() and text.strip()]
    return [*found, *(f"{key}: «{text}» is a path" for key, text in paths)]
