"""The words of one index in one language: sentences found by heading, compiled when first said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

from jinja2 import Template

from helpers.inputs.problems import InputError, Problem
from helpers.words.source import TERMS, Entry, Variant, chain, read_chain
from helpers.words.template import environment, parse
from helpers.words.terms import Terms, read_terms, split_forms


class Library:
    """Sentences, sections and terms of an index.

    Parameters
    ----------
    language, index : str
    entries : mapping of str to Entry
    terms : Terms
    filters : mapping of str to callable
        What sentences may use (:data:`helpers.words.template.FILTERS`).
    """

    def __init__(
        self,
        language: str,
        index: str,
        entries: Mapping[str, Entry],
        terms: Terms,
        filters: Mapping[str, Callable[..., object]],
    ) -> None:
        self.language = language
        self.index = index
        self.entries = entries
        self.terms = terms
        self._environment = environment(filters)
        self._compiled: dict[tuple[str, str], Template] = {}

    def entry(self, *headings: str) -> Entry:
        """Return what stands below the first of the headings that there is.

        Raises
        ------
        InputError
            If there is none.
        """
        for heading in headings:
            if heading in self.entries:
                return self.entries[heading]
        raise InputError([self._absent(headings[-1])])

    def _absent(self, heading: str) -> Problem:
        kind = f"## {heading}" if "." in heading else f"# {heading}"
        return Problem(
            *("error", f"params/words/{self.language}", None, None, "no-heading"),
            f"không có đề mục «{kind}» trong các tệp câu chữ của «{self.index}».",
            f"thêm đề mục vào {self.index}.md, hoặc vào index.md nếu dùng cho mọi chỉ số.",
        )

    def noun(self, key: str) -> tuple[str, ...]:
        """Return the forms of a noun: as the index calls it, else as the language does."""
        heading = f"noun.{key}"
        if heading in self.entries:
            return split_forms(self.entries[heading].variants[0].text)
        if key in self.terms.nouns:
            return split_forms(self.terms.nouns[key])
        raise InputError([self._absent(heading)])

    def term(self, name: str, code: str) -> str | None:
        """Return a word of a closed list; None if the list or the word is not there."""
        return self.terms.lists.get(name, {}).get(code)

    def template(self, entry: Entry, variant: Variant, text: str | None = None) -> Template:
        """Return a sentence, or a piece of a section, compiled."""
        source = variant.text if text is None else text
        key = (entry.heading, source)
        if key not in self._compiled:
            self._compiled[key] = self._compile(entry, variant, source)
        return self._compiled[key]

    def _compile(self, entry: Entry, variant: Variant, source: str) -> Template:
        _, faults = parse(source)
        if faults:
            raise InputError(
                problem(entry, variant.line + fault.line - 1, fault.rule, fault.message)
                for fault in faults
            )
        return self._environment.from_string(source)


def problem(entry: Entry, line: int, rule: str, message: str) -> Problem:
    """Return what is wrong with a sentence, with file and line."""
    told = f"trong «{entry.heading}»: {message}"
    remedy = "sửa dòng này; tên dùng được xem bằng lệnh: chiso words --list."
    return Problem("error", entry.file, None, None, rule, told, remedy, line)


def load(root: Path, language: str, index: str) -> Library:
    """Read the words of an index; a file that did not change is read once.

    Raises
    ------
    InputError
        If a file is missing or not of the form that :mod:`helpers.words.source` describes.
    """
    files = (*chain(root, language, index), root / "params/words" / language / TERMS)
    stamps = tuple(path.stat().st_mtime_ns if path.is_file() else 0 for path in files)
    return _load(root, language, index, stamps)


@lru_cache(maxsize=32)
def _load(root: Path, language: str, index: str, stamps: tuple[int, ...]) -> Library:
    from helpers.words.filters import FILTERS

    del stamps  # part of the key: a file that was edited is read again
    entries = read_chain(root, language, index)
    return Library(language, index, entries, read_terms(root, language), FILTERS)
