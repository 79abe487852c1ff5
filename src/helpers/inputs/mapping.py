"""Propose how a record file is read: which heading is which column, which word which value.

What is proposed goes into the settings of the office (``records: <kind>:``) after a person has said
yes; nothing is guessed while a file is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import yaml
from rapidfuzz import fuzz, process

from helpers.definitions._yaml import read_yaml_file
from helpers.definitions.forms import Field, RecordForm, load_forms
from helpers.inputs.atomic import write_atomically
from helpers.inputs.delivery import Delivery
from helpers.inputs.faults import BadValueError
from helpers.inputs.office import Office, RecordFile
from helpers.inputs.problems import InputError, Problem
from helpers.inputs.records import raw_table
from helpers.inputs.records_checks import clean_rows
from helpers.inputs.records_files import RawTable
from helpers.inputs.records_headings import heading_positions, likely_columns, mappable
from helpers.inputs.unreadable import problems_of
from helpers.inputs.values import read_value
from helpers.places.words import bare
from helpers.project import Project

ROWS_SHOWN = 10
_WORDS_AT_MOST = 60
"""Different words of a column that are still a list of values."""
_NEAR_WORD = 75.0
_FEW_HEADINGS = 2


@dataclass(frozen=True)
class Mapping:
    """What is proposed for a file.

    Parameters
    ----------
    form : RecordForm
    table : RawTable
    settings : RecordFile
        As they would stand in the settings, file and sheet among them where they are needed.
    positions : dict of str to int
        Column code → column of the file.
    open_words : dict of str to tuple of str
        Words for which no value is near enough: column code → words.
    unused : tuple of str
        Headings that stand for nothing.
    """

    form: RecordForm
    table: RawTable
    settings: RecordFile
    positions: dict[str, int]
    open_words: dict[str, tuple[str, ...]]
    unused: tuple[str, ...]

    def rows(self) -> list[dict[str, str]]:
        """Return the first rows as they would be understood: label → value; private columns hidden."""
        shown = []
        for number in range(min(ROWS_SHOWN, self.table.frame.height)):
            row = self.table.frame.row(number)
            told = {}
            for code, position in self.positions.items():
                field = self.form.column(code)
                hidden = code in self.form.private and code not in self.form.unique
                told[field.label] = "(không đọc)" if hidden else self._told(field, row[position])
            shown.append(told)
        return shown

    def _told(self, field: Field, cell: Any) -> str:
        words = {bare(word): value for word, value in field.words.items()}
        words |= {bare(w): v for w, v in self.settings.words.get(field.code, {}).items()}
        if isinstance(cell, str):
            cell = words.get(bare(cell), cell) if field.kind != "text" else cell
        try:
            value = read_value(cell, field)
        except BadValueError:
            return f"? {cell}"
        return value.printed if value.value is not None else "–"

    def as_yaml(self) -> str:
        """Return the lines for the settings."""
        return yaml.safe_dump(
            {"records": {self.form.key: _without_defaults(self.settings)}},
            allow_unicode=True,
            sort_keys=False,
            width=100,
        )


def propose(path: Path, project: Project, kind: str = "") -> Mapping:
    """Look at a record file and propose how it is read.

    Parameters
    ----------
    path : Path
    project : Project
    kind : str
        Key of the record form; empty to take the one that most headings fit.

    Raises
    ------
    InputError
        If the file cannot be read, or no headings are found.
    """
    forms = load_forms(project).records
    name = project.relative(path)
    known = [form for form in forms if not kind or form.key == kind]
    if not known:
        keys = ", ".join(form.key for form in forms)
        raise InputError(
            [_problem(name, "unknown-record", f"không có loại tệp «{kind}».", f"dùng: {keys}.")]
        )
    with problems_of(name):
        table = raw_table(path, name, _most_texts)
        table, _ = clean_rows(table)
    headings = [text for text in table.headings if text]
    named = [form for form in known if path.stem.casefold() == form.file]
    form = max(named or known, key=lambda one: _fit(headings, one))
    if _fit(headings, form) < _FEW_HEADINGS:
        raise InputError(
            [
                _problem(
                    name,
                    "no-headings",
                    f"các cột không giống cột của loại tệp nào: {', '.join(headings[:12])}.",
                    "chọn loại tệp bằng --kind, hoặc khai từng cột trong tệp thông số.",
                )
            ]
        )
    return _mapping(path, table, form)


def _mapping(path: Path, table: RawTable, form: RecordForm) -> Mapping:
    positions = heading_positions(table.headings, form, {})
    absent = mappable(form, positions)
    unused = [
        heading
        for number, heading in enumerate(table.headings)
        if heading and number not in positions.values()
    ]
    likely = likely_columns(unused, absent)
    columns = {field.code: heading for heading, field in likely.items()}
    positions |= {code: table.headings.index(heading) for code, heading in columns.items()}
    words: dict[str, dict[str, str]] = {}
    open_words: dict[str, tuple[str, ...]] = {}
    for code, position in positions.items():
        field = form.column(code)
        if field.kind not in ("choice", "flag"):
            continue
        own, left = _words(table.frame.get_column(str(position)), field)
        if own:
            words[code] = own
        if left:
            open_words[code] = left
    settings = RecordFile(
        file="" if path.stem.casefold() == form.file else path.name,
        columns=columns,
        words=words,
        number_rows=any(code not in positions for code in form.unique),
    )
    left_over = tuple(heading for heading in unused if heading not in likely)
    ordered = {c.code: positions[c.code] for c in form.columns if c.code in positions}
    return Mapping(form, table, settings, ordered, open_words, left_over)


def _words(raw: pl.Series, field: Field) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return what the words of a column may mean, and the words of which that is not known."""
    known = {bare(word): value for word, value in field.words.items()}
    values = {bare(value): value for value in (field.choices or ("có", "không"))}
    found: dict[str, str] = {}
    left: list[str] = []
    texts = raw.cast(pl.String).drop_nulls().str.strip_chars().unique(maintain_order=True)
    for text in [one for one in texts.to_list() if one][:_WORDS_AT_MOST]:
        told = bare(text)
        if told in known or told in values:
            continue
        try:
            read_value(text, field)
            continue
        except BadValueError:
            near = process.extractOne(
                told, [*known, *values], scorer=fuzz.token_set_ratio, score_cutoff=_NEAR_WORD
            )
        if near is None or text.isdecimal():
            left.append(text)
        else:
            found[text] = known.get(near[0]) or values[near[0]]
    return found, tuple(left)


def write_mapping(made: Mapping, delivery: Delivery, project: Project) -> Path:
    """Write a mapping into the settings of an office; everything else in them stays as it is written.

    Raises
    ------
    InputError
        If there are no settings, or they could not be read with the mapping in them.
    """
    path = delivery.settings(project)
    name = project.relative(path)
    with problems_of(name):
        settings = read_yaml_file(path) or {}
        records = {**(settings.get("records") or {})}
        records[made.form.key] = _without_defaults(made.settings)
        Office.model_validate({**settings, "records": records})
        text = _with_records(path.read_text(encoding="utf-8-sig"), records)
        Office.model_validate(yaml.safe_load(text))
    write_atomically(path, text.encode())
    return path


def _with_records(text: str, records: dict[str, Any]) -> str:
    """Put `records` in the place of what stands there, or at the end."""
    made = yaml.safe_dump({"records": records}, allow_unicode=True, sort_keys=False, width=100)
    node = yaml.compose(text)
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    if isinstance(node, yaml.MappingNode) and node.flow_style:
        return yaml.safe_dump(
            {**yaml.safe_load(text), "records": records}, allow_unicode=True, sort_keys=False
        )
    for key, value in pairs:
        if key.value == "records":
            after = text[value.end_mark.index :]
            if value.flow_style or not isinstance(value, yaml.CollectionNode):
                after = after.removeprefix("\n")
            return text[: key.start_mark.index] + made + after
    return f"{text.rstrip()}\n{made}" if text.strip() else made


def _without_defaults(settings: RecordFile) -> dict[str, Any]:
    return settings.model_dump(exclude_defaults=True)


def _fit(headings: list[str], form: RecordForm) -> int:
    """Return how many columns of a form a file seems to have."""
    known = heading_positions(headings, form, {})
    rest = [heading for number, heading in enumerate(headings) if number not in known.values()]
    return len(known) + len(likely_columns(rest, mappable(form, known)))


def _most_texts(sheet: str | None, rows: Any) -> int | None:
    """Take the first row with most different texts for the headings."""
    del sheet
    counts = [
        len({text for text in row if any(letter.isalpha() for letter in text)}) for row in rows
    ]
    best = max(counts, default=0)
    return counts.index(best) if best >= _FEW_HEADINGS else None


def _problem(name: str, rule: str, message: str, remedy: str) -> Problem:
    return Problem("error", name, None, None, rule, message, remedy)
