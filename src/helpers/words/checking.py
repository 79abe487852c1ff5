"""Check all words of all languages before anything is written: what a sentence uses and must have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from jinja2 import nodes

from helpers.facts.families import FAMILIES, Family
from helpers.facts.families_counted import COUNTED
from helpers.facts.families_stated import STATED
from helpers.facts.families_surveyed import SURVEYED
from helpers.facts.finding_fields import FIELDS, FLAG, MORE
from helpers.inputs.problems import InputError, Problem
from helpers.words.document import NAMES, SUBJECTS
from helpers.words.headings import KEYS
from helpers.words.library import Library, load, problem
from helpers.words.source import Entry, Variant, languages, only
from helpers.words.template import Used, filters, names, parse

VOCABULARY = ("term", "noun", "nouns")
FREE = ("why", "trace", "label", "table", "column", "cell", "note", "chart")
"""Families whose names depend on the rule, which says itself what it tells."""
MEMBER = ("name", "value", *MORE)
OWN_WORDS = ("case",)

_HEADING = re.compile(r"([a-z0-9_]+)(?:\[([a-z0-9_]+)\])?\.([a-z0-9_]+)(?:\.([a-z0-9_]+))?")
_DIGIT = re.compile(r"\d")


def check_words(root: Path) -> tuple[Problem, ...]:
    """Return everything that is wrong with the words of any language.

    Parameters
    ----------
    root : Path
        Of the checkout.
    """
    problems: list[Problem] = []
    spoken = languages(root)
    for index in indices(root):
        read: dict[str, Library] = {}
        own = only(root, index)
        for language in (own,) if own else spoken:
            try:
                read[language] = load(root, language, index)
            except InputError as error:
                problems += error.problems
                continue
            problems += check_library(read[language])
        problems += _same_headings(read)
    return tuple(dict.fromkeys(problems))


def indices(root: Path) -> tuple[str, ...]:
    """Return the names of the files of words of any language, families included."""
    files = (root / "params/words").glob("*/*.md")
    return tuple(sorted({path.stem for path in files}))


def _same_headings(read: Mapping[str, Library]) -> Iterator[Problem]:
    for language, library in read.items():
        for other, their in read.items():
            for heading in sorted(set(their.entries) - set(library.entries)):
                entry = their.entries[heading]
                yield Problem(
                    *("error", entry.file, None, None, "one-language"),
                    f"đề mục «{heading}» chưa có trong params/words/{language}.",
                    f"thêm đề mục ấy vào tệp cùng tên của «{language}», hoặc xóa ở «{other}».",
                    entry.line,
                )


def check_library(library: Library) -> Iterator[Problem]:
    """Yield what is wrong with the words of an index in one language."""
    for entry in library.entries.values():
        if entry.kind == "sentence":
            yield from _heading(entry)
        for variant in entry.variants:
            yield from check_text(library, entry, variant)
    yield from _all_cases(library)


def _heading(entry: Entry) -> Iterator[Problem]:
    found = _HEADING.fullmatch(entry.heading)
    if found is None:
        yield problem(entry, entry.line, "heading", "tên có quá nhiều dấu chấm.")
        return
    first, bracket, case, form = found.groups()
    if first in (*FREE, *VOCABULARY, "member", "section"):
        if bracket or form:
            yield problem(entry, entry.line, "heading", f"«{first}» chỉ có một dấu chấm.")
        return
    family = FAMILIES.get(first)
    if family is None:
        told = f"không có họ câu «{first}»; có: {', '.join(sorted(FAMILIES))}."
        yield problem(entry, entry.line, "family", told)
        return
    if case not in family.cases:
        told = f"họ «{first}» không có trường hợp «{case}»; có: {', '.join(family.cases)}."
        yield problem(entry, entry.line, "case", told)
    if bracket and bracket not in (*KEYS, *SUBJECTS):
        told = f"không có «[{bracket}]»; có: {', '.join(sorted((*KEYS, *SUBJECTS)))}."
        yield problem(entry, entry.line, "bracket", told)


def check_text(library: Library, entry: Entry, variant: Variant) -> Iterator[Problem]:
    """Yield what is wrong with one wording."""
    tree, faults = parse(variant.text)
    for fault in faults:
        yield problem(entry, variant.line + fault.line - 1, fault.rule, fault.message)
    if tree is None:
        return
    for used in names(tree):
        told = _name(library, entry, used)
        if told:
            yield problem(entry, variant.line + used.line - 1, "name", told)
    for name, arguments, line in filters(tree):
        told = _filter(library, name, arguments)
        if told:
            yield problem(entry, variant.line + line - 1, "filter", told)
    if entry.kind == "sentence" and entry.heading.partition("[")[0].partition(".")[0] in FAMILIES:
        yield from _digits(entry, variant, tree)


def _digits(entry: Entry, variant: Variant, tree: nodes.Template) -> Iterator[Problem]:
    for data in tree.find_all(nodes.TemplateData):
        # A label such as @tbl-2 is no number of the text.
        if _DIGIT.search(re.sub(r"@[\w-]+", "", data.data)):
            told = "số gõ tay trong câu không có nguồn; hãy dùng {{ ten }}."
            yield problem(entry, variant.line + data.lineno - 1, "digits", told)


def _filter(library: Library, name: str, arguments: tuple[str, ...]) -> str:
    wanted = {"each": 1, "count": 1, "forms": 2}.get(name, 0)
    if len(arguments) != wanted:
        return f"bộ lọc «{name}» cần {wanted} chữ trong ngoặc."
    if name == "each" and f"member.{arguments[0]}" not in library.entries:
        return f"không có đề mục «member.{arguments[0]}»."
    if name == "count":
        known = f"noun.{arguments[0]}" in library.entries or arguments[0] in library.terms.nouns
        return "" if known else f"không có danh từ «{arguments[0]}» trong terms.yml."
    return ""


def _name(library: Library, entry: Entry, used: Used) -> str:
    """Say what is wrong with a name that a sentence uses; empty if it may."""
    first, rest = used.path[0], used.path[1:]
    if first in VOCABULARY:
        return _vocabulary(library, first, rest)
    family, case = _of(entry)
    if family is not None and case in family.cases and first in (*family.allowed(case), *OWN_WORDS):
        return _field(family, case, used)
    if entry.heading.startswith("member."):
        return "" if first in MEMBER else _unknown(first, MEMBER)
    if entry.kind == "sentence" and entry.heading.partition(".")[0] in FREE:
        return ""
    if first in NAMES:
        return "" if not rest else f"«{first}» không có phần «{rest[0]}»."
    if first in SUBJECTS and rest:
        first, rest = rest[0], rest[1:]
    if first in FAMILIES:
        return _slot(library, entry, FAMILIES[first], rest)
    known: Iterable[str] = (
        *NAMES,
        *(family.allowed(case) if family and case in family.cases else ()),
    )
    return _unknown(first, known)


def _of(entry: Entry) -> tuple[Family | None, str]:
    found = _HEADING.fullmatch(entry.heading) if entry.kind == "sentence" else None
    return (None, "") if found is None else (FAMILIES.get(found[1]), found[3])


def _unknown(name: str, known: Iterable[str]) -> str:
    return f"không có «{name}»; ở đây có: {', '.join(sorted(set(known)))}."


def _vocabulary(library: Library, kind: str, rest: tuple[str, ...]) -> str:
    if len(rest) != 1:
        return f"viết {kind}.ten."
    if kind == "term":
        return "" if f"term.{rest[0]}" in library.entries else f"không có đề mục «term.{rest[0]}»."
    known = f"noun.{rest[0]}" in library.entries or rest[0] in library.terms.nouns
    return "" if known else f"không có danh từ «{rest[0]}» trong terms.yml."


def _field(family: Family, case: str, used: Used) -> str:
    name = used.path[0]
    if name in OWN_WORDS:
        return ""
    needed = name in family.cases[case] or name == "subject"
    flag = FIELDS.get(name) is FLAG
    if used.asked:
        if needed and not flag and used.path[1:2] not in [(one,) for one in MORE]:
            return f"«{name}» luôn có ở đây nên không cần hỏi; nó không phải câu hỏi có hay không."
        return ""
    if flag:
        return f"«{name}» chỉ dùng trong if, không in được."
    if not needed and not used.sure:
        return f"«{name}» có khi không có; hãy đặt trong {{% if {name} %}} … {{% endif %}}."
    return ""


def _slot(library: Library, entry: Entry, family: Family, rest: tuple[str, ...]) -> str:
    form = tuple(name for name in rest if name not in KEYS)
    if len(form) > 1 or len(rest) - len(form) > 1:
        return f"viết {family.name}, {family.name}.dang hoặc {family.name}.moc.dang."
    if not form:
        if entry.kind == "sentence":
            return f"trong một câu cần một dạng của «{family.name}», ví dụ tail."
        absent = [c for c in family.cases if f"{family.name}.{c}" not in library.entries]
        return f"chưa có câu nào cho «{family.name}»." if len(absent) == len(family.cases) else ""
    lacking = [c for c in family.cases if f"{family.name}.{c}.{form[0]}" not in library.entries]
    if lacking:
        return f"dạng «{form[0]}» của «{family.name}» còn thiếu trường hợp: {', '.join(lacking)}."
    return ""


def _all_cases(library: Library) -> Iterator[Problem]:
    stated = {name for name, *_ in (*STATED, *SURVEYED, *COUNTED)}
    sentences = [name for name, entry in library.entries.items() if entry.kind == "sentence"]
    spoken = {heading.partition(".")[0].partition("[")[0] for heading in sentences}
    for family in FAMILIES.values():
        # What is not judged is said by the families of indices that state it, wholly or not at all.
        for case in family.cases if family.name in spoken or family.name not in stated else ():
            heading = f"{family.name}.{case}"
            if heading not in library.entries:
                yield Problem(
                    *(
                        "error",
                        f"params/words/{library.language}/index.md",
                        None,
                        None,
                        "no-heading",
                    ),
                    f"chưa có câu cho «{heading}».",
                    f"thêm đề mục «## {heading}»; để trống bên dưới nếu không muốn nói gì.",
                )
