"""Publish executed reports with both engines and say where the results differ.

Usage: python tools/compare_engines.py NOTEBOOK…   (needs Quarto and pdftotext on the PATH)

Compared are the text of page and PDF, captions, numbers, traces and links of a page, the structure of a
Word file (styles, alignments, widths of columns, fields) and what it says of itself. Exits with 1 if
anything differs; docs/quarto.md names what may.
"""

from __future__ import annotations

import difflib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import html

from helpers.project import find_project
from helpers.publishing import publish

_SHOWN = ("p", "li", "td", "th", "h1", "h2", "h3", "h4", "figcaption", "caption", "a", "img", "div")
_ATTRIBUTES = ("scope", "href", "title", "role", "tabindex", "aria-label", "alt", "width")


def page_lines(path: Path) -> list[str]:
    """Return what a page shows, one element a line, with links, traces and roles."""
    tree = html.parse(str(path)).getroot()
    lines = []
    for element in tree.iter(*_SHOWN):
        said = {key: element.get(key) for key in _ATTRIBUTES if element.get(key)}
        if element.tag == "div" and "role" not in said:
            continue
        if element.tag == "img":  # Quarto says twice what a picture is
            said = {key: text for key, text in said.items() if key in ("alt", "width")}
        text = "" if element.tag == "div" else _spaced(element.text_content())
        lines.append(f"{element.tag} {said} {text}")
    return lines


def paper_lines(path: Path) -> list[str]:
    """Return the text of a PDF without its layout, and without what each page says of itself."""
    done = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True)
    reader = pypdf.PdfReader(path)
    title = _spaced((reader.metadata and reader.metadata.title) or "")
    head = re.compile(r"(?:SỐ LIỆU MÔ PHỎNG\D+? )?" + re.escape(title))
    pages = []
    for page in done.stdout.decode().split("\f"):
        text = re.sub(r"(?:^|\s)Trang \d+/\d+(?=\s|$)", " ", page)
        # Where a page ends is the engine's affair; what it says is not.
        found = head.match(_spaced(text)) if pages else None
        pages.append(_spaced(text)[found.end() if found else 0 :])
    return [_spaced(line) for line in re.split(r"(?<=[.;:])\s", _spaced(" ".join(pages)))]


def word_lines(path: Path) -> list[str]:
    """Return the structure of a Word file, one paragraph or table a line, and its properties."""
    with zipfile.ZipFile(path) as parts:
        names = sorted(name for name in parts.namelist() if not name.startswith("word/media/"))
        body = parse_xml(parts.read("word/document.xml")).find(qn("w:body"))
        core = parse_xml(parts.read("docProps/core.xml"))
    said = sorted(f"{child.tag}: {child.text}" for child in core)
    return [*names, *said, *_blocks(body)]


def _blocks(parent: Any) -> Iterator[str]:
    for child in parent:
        if child.tag == qn("w:p"):
            styles = [s.get(qn("w:val")) for s in child.iter(qn("w:pStyle"))]
            sides = [s.get(qn("w:val")) for s in child.iter(qn("w:jc"))]
            fields = [s.get(qn("w:instr")) for s in child.iter(qn("w:fldSimple"))]
            text = _spaced("".join(node.text or "" for node in child.iter(qn("w:t"))))
            yield f"p {styles} {sides} {fields} {text}"
        elif child.tag == qn("w:tbl"):
            widths = [one.get(qn("w:w")) for one in child.find(qn("w:tblGrid"))]
            yield f"table {widths}"
            for cell in child.iter(qn("w:tc")):
                yield from _blocks(cell)


def _spaced(text: str) -> str:
    return " ".join(text.split())


READERS = {"html": page_lines, "pdf": paper_lines, "docx": word_lines}


def differences(notebook: Path) -> dict[str, list[str]]:
    """Publish a notebook with both engines; return the lines that differ, by format."""
    project = find_project(Path(__file__).parent)
    found = {}
    with tempfile.TemporaryDirectory() as made:
        for engine in ("pandoc", "quarto"):
            folder = Path(made) / engine
            folder.mkdir()
            shutil.copy(notebook, folder)
            publish(folder / notebook.name, tuple(READERS), engine, project)
        for kind, read in READERS.items():
            ours, theirs = (
                read(Path(made) / engine / f"{notebook.stem}.{kind}")
                for engine in ("pandoc", "quarto")
            )
            changed = difflib.unified_diff(ours, theirs, "pandoc", "quarto", n=0, lineterm="")
            found[kind] = list(changed)
    return found


def main() -> int:
    """Compare the notebooks named as arguments."""
    different = 0
    for name in sys.argv[1:]:
        for kind, lines in differences(Path(name)).items():
            print(f"{name} {kind}: {'giống' if not lines else f'{len(lines)} dòng khác'}")
            print(*(f"  {line[:200]}" for line in lines[:20]), sep="\n", end="\n" if lines else "")
            different += bool(lines)
    return 1 if different else 0


if __name__ == "__main__":
    raise SystemExit(main())
