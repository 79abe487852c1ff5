"""Keep the text of built pages, and compare two such sets: before and after a change of the code.

    python tools/keep_pages.py keep outputs FOLDER
    python tools/keep_pages.py compare FOLDER OTHER

``keep`` writes one plain file for each page below `outputs` (reports and site): headings, sentences,
table cells, captions, text alternatives and where each number comes from, one a line. ``compare``
prints the lines that differ, those that differ in a number apart from those that differ in wording
only, and ends with 1 if a number differs. A wording may change, a number may not.
"""

from __future__ import annotations

import argparse
import difflib
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import html

BLOCKS = frozenset(
    {"p", "li", "dt", "dd", "figcaption", "caption", "h1", "h2", "h3", "h4", "title"}
)
NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")


def lines_of(page: Path) -> Iterator[str]:
    """Return what a reader of one page sees or hears, one line a block or table row.

    Parameters
    ----------
    page : Path
        An HTML file.

    Yields
    ------
    str
        The kind of the line, a tab, its text; the source of each traced number follows its block.
    """
    tree = html.parse(str(page), html.HTMLParser(encoding="utf-8")).getroot()
    for node in tree.iter():
        if not isinstance(node.tag, str):
            continue
        if node.tag == "tr":
            yield "row\t" + " | ".join(_text(cell) for cell in node if isinstance(cell.tag, str))
        elif (
            node.tag in BLOCKS
            and not _inside(node, BLOCKS - {"li", "dd"})
            and (text := _text(node))
        ):
            yield f"{node.tag}\t{text}"
        if node.tag == "img" and node.get("alt"):
            yield "alt\t" + _clean(node.get("alt"))
        elif node.get("role") == "img" and node.get("aria-label"):
            yield "alt\t" + _clean(node.get("aria-label"))
        if "so" in (node.get("class") or "").split() and node.get("title"):
            yield f"trace\t{_text(node)}\t{_clean(node.get('title'))}"


def _inside(node: html.HtmlElement, tags: frozenset[str]) -> bool:
    return any(parent.tag in tags for parent in node.iterancestors())


def _text(node: html.HtmlElement) -> str:
    return _clean(node.text_content())


def _clean(text: str) -> str:
    return " ".join(text.split())


def keep(outputs: Path, folder: Path) -> int:
    """Write the lines of each page below `outputs` into `folder`; return how many pages there were."""
    count = 0
    for page in sorted(outputs.rglob("*.html")):
        if any(part.startswith(".") for part in page.relative_to(outputs).parts):
            continue
        target = folder / page.relative_to(outputs).with_suffix(".txt")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("\n".join(lines_of(page)) + "\n", encoding="utf-8")
        count += 1
    return count


def compare(folder: Path, other: Path) -> tuple[Counter[str], list[str]]:
    """Compare two sets that :func:`keep` wrote.

    Returns
    -------
    counts : Counter
        Pages ``equal``, ``only before``, ``only after``; lines ``number`` and ``wording``.
    told : list of str
        What differs, page by page; lines with other numbers begin with ``!``.
    """
    before = {path.relative_to(folder): path for path in folder.rglob("*.txt")}
    after = {path.relative_to(other): path for path in other.rglob("*.txt")}
    counts: Counter[str] = Counter()
    told: list[str] = []
    for name in sorted(before.keys() | after.keys()):
        if name not in after or name not in before:
            kind = "only before" if name in before else "only after"
            counts[kind] += 1
            told.append(f"{kind}: {name}")
            continue
        old = before[name].read_text(encoding="utf-8").splitlines()
        new = after[name].read_text(encoding="utf-8").splitlines()
        if old == new:
            counts["equal"] += 1
            continue
        told.append(f"--- {name}")
        for gone, come in _pairs(old, new):
            kind = "wording" if _numerals(gone) == _numerals(come) else "number"
            counts[kind] += 1
            mark = "!" if kind == "number" else " "
            told += [f"{mark} - {line}" for line in gone] + [f"{mark} + {line}" for line in come]
    return counts, told


def _pairs(old: list[str], new: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            yield old[a:b], new[c:d]


def _numerals(lines: list[str]) -> Counter[str]:
    return Counter(found for line in lines for found in NUMERAL.findall(line))


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["keep", "compare"])
    parser.add_argument("one", type=Path)
    parser.add_argument("other", type=Path)
    given = parser.parse_args()
    if given.what == "keep":
        print(f"{keep(given.one, given.other)} pages kept")
        return 0
    counts, told = compare(given.one, given.other)
    print("\n".join(told))
    print(dict(counts), file=sys.stderr)
    return 1 if counts["number"] or counts["only before"] else 0


if __name__ == "__main__":
    sys.exit(main())
