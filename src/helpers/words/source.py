"""Read the Markdown files that hold the sentences: which heading says what, in which file and line.

``params/words/<language>/index.md`` is read first, then the family of the index (``scored.md``), then
``<index>.md``. A heading of a later file replaces the one of the same name in an earlier file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from helpers.definitions._text import NotUnicodeError, read_text
from helpers.inputs.problems import InputError, Problem

COMMON = "index"
"""Name of the file of every index."""
FAMILY = "scored"
"""Family of an index that has no file of words of its own: a tree of scores."""
TERMS = "terms.yml"

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_EXTENDS = re.compile(r"extends:\s*([a-z][a-z0-9_]*)\.md\s*")
_ONLY = re.compile(r"only:\s*([a-z]{2})\s*")
_SECTION = re.compile(r"#\s+([a-z][a-z0-9_]*)\s*(?:\|\s*(.+?)\s*)?")
_NAME = re.compile(r"[a-z][a-z0-9_]*(?:\[[a-z0-9_]+\])?(?:\.[a-z0-9_]+)+")

Kind = Literal["section", "sentence"]


@dataclass(frozen=True)
class Variant:
    """One wording, and the line that it begins on."""

    text: str
    line: int


@dataclass(frozen=True)
class Entry:
    """What stands below a heading.

    Parameters
    ----------
    heading : str
        ``overview``, ``against.higher``, ``against[region].higher``, ``trace.difference``.
    kind : {"section", "sentence"}
    file : str
        Path from the root of the checkout.
    line : int
        Of the heading, counted from 1.
    variants : tuple of Variant
        One for a section; none where a sentence is left out on purpose.
    title : str
        Heading of the section as the document prints it.
    """

    heading: str
    kind: Kind
    file: str
    line: int
    variants: tuple[Variant, ...]
    title: str = ""


def languages(root: Path) -> tuple[str, ...]:
    """Return the languages that have words: folders below ``params/words``."""
    return tuple(sorted(path.parent.name for path in (root / "params/words").glob(f"*/{TERMS}")))


def chain(root: Path, language: str, index: str) -> tuple[Path, ...]:
    """Return the files of an index in the order in which they are read.

    Parameters
    ----------
    root : Path
        Of the checkout.
    language : str
    index : str
        Key of the index; one without a file of its own takes the words of its family.

    Raises
    ------
    InputError
        If a file is missing or names a family that does not exist.
    """
    folder = root / "params/words" / language
    files: list[Path] = []
    name = index if (folder / f"{index}.md").is_file() else FAMILY
    while name:
        path = folder / f"{name}.md"
        if path in files:
            raise InputError(
                [_problem(root, path, 1, "extends", f"{name}.md dẫn vòng lại chính nó.")]
            )
        if not path.is_file():
            where = files[-1] if files else path
            told = f"không có tệp câu chữ {path.name} trong params/words/{language}."
            raise InputError([_problem(root, where, 1, "no-file", told)])
        files.append(path)
        name = "" if name == COMMON else _extends(path, root)
    return tuple(reversed(files))


def only(root: Path, index: str) -> str:
    """Return the one language that an index is written in, as a document to be signed; else empty.

    Parameters
    ----------
    root : Path
        Of the checkout.
    index : str
        Name of a file of words, which says ``only: vi`` before its first heading.
    """
    files = sorted((root / "params/words").glob(f"*/{index}.md"))
    return next((said for path in files if (said := _head(_ONLY, path, root))), "")


def _extends(path: Path, root: Path) -> str:
    return _head(_EXTENDS, path, root) or COMMON


def _head(wanted: re.Pattern[str], path: Path, root: Path) -> str:
    for line in _lines(path, root):
        if found := wanted.fullmatch(line):
            return found[1]
        if line.startswith("#"):
            break
    return ""


def read_chain(root: Path, language: str, index: str) -> Mapping[str, Entry]:
    """Read all headings of an index, the later file winning.

    Raises
    ------
    InputError
        With every problem of the form: file, line and what to do.
    """
    entries: dict[str, Entry] = {}
    problems: list[Problem] = []
    for path in chain(root, language, index):
        found, wrong = read_file(path, root)
        entries |= found
        problems += wrong
    if problems:
        raise InputError(problems)
    return entries


def read_file(path: Path, root: Path) -> tuple[dict[str, Entry], list[Problem]]:
    """Read one file: its headings, and what is wrong with its form."""
    found: dict[str, Entry] = {}
    problems: list[Problem] = []
    for names, kind, title, line, body in _blocks(_lines(path, root), path, root, problems):
        variants = _section(body) if kind == "section" else _variants(body, path, root, problems)
        for name in names:
            if name in found:
                told = f"đề mục «{name}» đứng hai lần (dòng {found[name].line})."
                problems.append(_problem(root, path, line, "twice", told))
            shown = path.relative_to(root).as_posix()
            found[name] = Entry(name, kind, shown, line, variants, title)
    return found, problems


Block = tuple[list[str], Kind, str, int, list[tuple[int, str]]]


def _blocks(lines: list[str], path: Path, root: Path, problems: list[Problem]) -> Iterator[Block]:
    block: Block | None = None
    for number, line in enumerate(lines, 1):
        if line.startswith("#"):
            if block is not None:
                yield block
            block = _heading(number, line)
            if block is None:
                told = f"đề mục «{line}» không đúng dạng."
                problems.append(_problem(root, path, number, "heading", told))
        elif block is not None:
            block[4].append((number, line))
        elif line.strip() and not (_EXTENDS.fullmatch(line) or _ONLY.fullmatch(line)):
            told = "chữ đứng trước đề mục đầu tiên."
            problems.append(_problem(root, path, number, "stray", told))
    if block is not None:
        yield block


def _heading(number: int, line: str) -> Block | None:
    if section := _SECTION.fullmatch(line):
        return [section[1]], "section", section[2] or "", number, []
    names = [name.strip() for name in line.removeprefix("##").split(",")]
    if line.startswith("## ") and all(_NAME.fullmatch(name) for name in names):
        return names, "sentence", "", number, []
    return None


def _section(body: list[tuple[int, str]]) -> tuple[Variant, ...]:
    while body and not body[0][1].strip():
        body = body[1:]
    text = "\n".join(line for _, line in body).rstrip()
    return (Variant(text, body[0][0]),) if text else ()


def _variants(
    body: list[tuple[int, str]], path: Path, root: Path, problems: list[Problem]
) -> tuple[Variant, ...]:
    made: list[list[str]] = []
    at: list[int] = []
    several = any(line.startswith("~") for _, line in body)
    for number, line in body:
        if line.startswith("~"):
            made.append([line[1:].strip()])
            at.append(number)
        elif made:
            made[-1].append(line)
        elif line.strip() and several:
            told = "có dòng đứng trước cách nói đầu tiên (dòng bắt đầu bằng ~)."
            problems.append(_problem(root, path, number, "variant", told))
        elif line.strip():
            made.append([line])
            at.append(number)
    texts = ["\n".join(lines).rstrip() for lines in made]
    for text, number in zip(texts, at, strict=True):
        if not text:
            told = "dòng ~ không có chữ nào."
            problems.append(_problem(root, path, number, "variant", told))
    return tuple(Variant(text, number) for text, number in zip(texts, at, strict=True))


def _lines(path: Path, root: Path) -> list[str]:
    """Return the lines without comments; a line that held nothing else is no blank line."""
    try:
        text = read_text(path)
    except NotUnicodeError as error:
        raise InputError([_problem(root, path, error.line, "not-unicode", f"{error}.")]) from error
    hidden = "\0"
    without = _COMMENT.sub(lambda found: hidden + f"\n{hidden}" * found[0].count("\n"), text)
    lines = []
    for line in without.split("\n"):
        kept = line.replace(hidden, "").strip()
        # Inside a section a comment must not part two paragraphs, so such a line is a space.
        lines.append(kept if kept or hidden not in line else " ")
    return lines


_REMEDIES = {
    "extends": "sửa dòng «extends:» ở đầu tệp.",
    "no-file": "thêm tệp hoặc sửa dòng «extends:» ở đầu tệp.",
    "twice": "giữ một đề mục, xóa hoặc đổi tên đề mục kia.",
    "heading": "viết «# muc | Tên mục» cho một mục, «## ho.truong_hop» cho một câu "
    "(chữ thường không dấu, số, gạch dưới; nhiều tên cách nhau bằng dấu phẩy).",
    "stray": "đặt dòng này dưới một đề mục, hoặc đặt trong <!-- --> nếu là ghi chú.",
    "variant": "viết mỗi cách nói thành một dòng bắt đầu bằng ~, sau dấu ~ là câu.",
    "not-unicode": "lưu tệp bằng bảng mã UTF-8.",
}


def _problem(root: Path, path: Path, line: int, rule: str, message: str) -> Problem:
    shown = path.relative_to(root).as_posix()
    return Problem("error", shown, None, None, rule, message, _REMEDIES[rule], line)
