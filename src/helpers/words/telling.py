"""Findings into sentences and sections. Nothing is compared, sorted or added here."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Hashable, Iterator, Mapping

from jinja2 import TemplateError
from markupsafe import Markup

from helpers.facts.families import FAMILIES, Finding
from helpers.facts.finding_fields import MORE, Member
from helpers.facts.value import PERCENT, Error, Value, Why
from helpers.inputs.problems import InputError
from helpers.words.document import NAMES, SUBJECTS, Document, Named
from helpers.words.filters import TELLING
from helpers.words.headings import KEYS, headings, keys_of
from helpers.words.library import Library, problem
from helpers.words.numbers import Number
from helpers.words.paragraphs import Piece, pieces
from helpers.words.printing import (
    Nothing,
    NotShownError,
    ShownInterval,
    ShownWord,
    argument,
    capital,
    polished,
    shown,
    unit_of,
    written,
)
from helpers.words.source import Entry, Variant
from helpers.words.text import Said, Text, literally, plain, unmarked


class Slot:
    """The findings of a family about one subject; printed as sentences, or in a form inside one.

    Parameters
    ----------
    telling : Telling
    subject, family : str
    key : str
        Year's role or mark; empty for all.
    form : str
        Heading below the case that is used inside another sentence: ``tail``.
    """

    def __init__(
        self, telling: Telling, subject: str, family: str, key: str = "", form: str = ""
    ) -> None:
        self._telling = telling
        self._subject = subject
        self._family = family
        self._key = key
        self._form = form

    def findings(self) -> list[Finding]:
        """Return the findings in the order in which they were given."""
        given = self._telling.document.findings.get(self._subject, ())
        return [one for one in given if one.family == self._family and self._fits(one)]

    def _fits(self, finding: Finding) -> bool:
        return not self._key or self._key in keys_of(finding)

    def __bool__(self) -> bool:
        return bool(self.findings())

    def said(self) -> list[Markup]:
        """Write what was not told before, one item a finding."""
        made = (self._telling.sentence(one, self._subject, self._form) for one in self.findings())
        return [item for item in made if item]

    def markup(self) -> Markup:
        """Write all of it."""
        return Markup(" ").join(self.said())

    def part(self, name: str) -> object:
        """Return the findings of one year or mark, or all in the form of that name."""
        known = any(name in keys_of(one) for one in self.findings())
        if not self._key and (known or name in KEYS):
            return Slot(self._telling, self._subject, self._family, name, self._form)
        return Slot(self._telling, self._subject, self._family, self._key, name)


class Subject:
    """The findings about one subject, by family."""

    def __init__(self, telling: Telling, subject: str) -> None:
        self._telling = telling
        self._subject = subject

    def markup(self) -> Markup:
        """Refuse: a subject is not a statement."""
        raise NotShownError("cần tên họ câu sau dấu chấm, ví dụ {{ published.change }}.")

    def part(self, name: str) -> object:
        """Return the findings of a family."""
        if name not in FAMILIES:
            raise LookupError(name)
        return Slot(self._telling, self._subject, name)


class Vocabulary:
    """What the index calls things: ``{{ term.x }}``, ``{{ noun.x }}``, ``{{ nouns.x }}``."""

    def __init__(self, telling: Telling, kind: str) -> None:
        self._telling = telling
        self._kind = kind

    def markup(self) -> Markup:
        """Refuse: a vocabulary is no word."""
        raise NotShownError("cần tên từ sau dấu chấm, ví dụ {{ noun.criterion }}.")

    def part(self, name: str) -> object:
        """Return the word."""
        words = self._telling.words
        if self._kind == "term":
            return self._telling.fragment(words.entry(f"term.{name}"), {})
        forms = words.noun(name)
        return ShownWord(forms[-1] if self._kind == "nouns" else forms[0])


class Telling:
    """One text being written: what it says is kept with file and line, and nothing is told twice.

    Parameters
    ----------
    words : Library
    document : Document
    without : collection of hashable
        Identities of findings that the document has told already.
    """

    def __init__(
        self, words: Library, document: Document, without: Collection[Hashable] = ()
    ) -> None:
        self.words = words
        self.document = document
        self._told: set[Hashable] = set(without)
        self._said: list[Said] = []
        self._notes: dict[str, Entry] = {}
        self._untranslated: dict[str, None] = {}
        self._inside = 0
        self._common: dict[str, Mapping[str, object]] = {}

    # What a text needs ----------------------------------------------------------------------------

    def section(self, name: str, *, heading: bool = False) -> Text:
        """Write a section; empty if nothing of it can be said."""
        return self.body(self._section(name), heading=heading)

    def _section(self, name: str) -> Entry:
        return self.words.entry(f"{self.document.prefix}{name}", name)

    def line(self, name: str) -> str:
        """Write a section that is one line without sentences, as a title is; empty if there is none."""
        if (
            name not in self.words.entries
            and f"{self.document.prefix}{name}" not in self.words.entries
        ):
            return ""
        return literally(" ".join(self.body(self._section(name)).paragraphs))

    def first(self, name: str) -> str:
        """Write the first sentence of a section, for a description; empty if it says nothing."""
        for variant in self._section(name).variants:
            for paragraph in pieces(variant):
                for piece in paragraph:
                    for path in piece.slots:
                        slot = self._at(path)
                        said = [] if slot is None else slot.said()
                        if said:
                            return literally(said[0])
        return ""

    def body(self, entry: Entry, *, heading: bool = False) -> Text:
        """Write the slots of a section in their order."""
        written: list[str] = []
        asked = False
        for variant in entry.variants:
            for paragraph in pieces(variant):
                text = self._paragraph(entry, paragraph)
                written += [text] if text else []
                asked = asked or any(piece.slots for piece in paragraph)
        written += self._collected()
        if asked and not self._said:
            return Text(())
        title = [f"## {self.title(entry)}"] if heading and entry.title else []
        return Text((*title, *written), tuple(self._said), tuple(self._untranslated))

    def title(self, entry: Entry) -> str:
        """Write the heading of a section."""
        variant = Variant(entry.title, entry.line)
        return capital(polished(self._render(entry, variant, self._context(""))))

    def _collected(self) -> list[str]:
        """Write the notes of what was said, each once a document whoever asks for it."""
        made: list[str] = []
        for entry in self._notes.values():
            text = capital(polished(self.fragment(entry, {})))
            if ("note", text) not in self._told:
                self._told.add(("note", text))
                self._said.append(Said(entry.heading, entry.file, entry.line, ("note", text)))
                made.append(text)
        return [" ".join(made)] if made else []

    def _paragraph(self, entry: Entry, paragraph: tuple[Piece, ...]) -> str:
        blocks: list[str] = []
        opening = ""
        bullets: list[str] = []
        for piece in paragraph:
            made = [text for text in self._piece(entry, piece) if text]
            if piece.opens:
                opening = " ".join(made)
            elif piece.bullet:
                bullets += [f"- {text}" for text in made]
            elif made:
                blocks += made
        # An opening after which no bullet came says nothing.
        told = [" ".join(blocks), opening if bullets else "", "\n".join(bullets)]
        return "\n\n".join(text for text in told if text)

    def _piece(self, entry: Entry, piece: Piece) -> Iterator[str]:
        if piece.slot and piece.bullet:
            slot = self._at(piece.slot)
            if slot is not None:
                yield from (polished(text) for text in slot.said())
                return
        before = len(self._said)
        text = self._render(entry, piece.variant, self._context(""))
        if piece.slots and len(self._said) == before:
            return
        yield capital(polished(text))

    def _at(self, path: tuple[str, ...]) -> Slot | None:
        found: object = self._context("").get(path[0])
        for name in path[1:]:
            if not isinstance(found, Slot | Subject):
                return None
            found = found.part(name)
        return found if isinstance(found, Slot) else None

    # Sentences ------------------------------------------------------------------------------------

    def sentence(self, finding: Finding, subject: str = "", form: str = "") -> Markup:
        """Write a finding: a sentence, or inside another one the form that is asked for."""
        if not form and not self._inside and finding.identity in self._told:
            return Markup()
        entry = self.words.entry(*headings(finding, subject, form))
        if form and not entry.variants:
            # A form that is left empty tells nothing, so a sentence may.
            return Markup()
        self._told.add(finding.identity)
        if not entry.variants:
            return Markup()
        variant = self._chosen(entry, finding)
        inside = bool(form) or self._inside > 0
        self._said.append(Said(entry.heading, entry.file, variant.line, finding.identity))
        note = f"{entry.heading}.note"
        if note in self.words.entries:
            self._notes[note] = self.words.entries[note]
        fields = self._fields(finding)
        optional = FAMILIES[finding.family].allowed(finding.case)
        absent = {name: Nothing(name) for name in optional - set(fields)}
        case = {"case": ShownWord(self._case(finding))}
        context = {**self._context(subject), **absent, **fields, **case}
        text = self._render(entry, variant, context)
        return Markup(text) if inside else Markup(capital(polished(text)))  # noqa: S704

    def _fields(self, finding: Finding) -> Mapping[str, object]:
        made: dict[str, object] = {}
        value = finding.fields.get("value")
        for name, given in finding.fields.items():
            if not isinstance(given, Error):
                made[name] = shown(self, name, given)
            elif given.has_interval and isinstance(value, Value):
                made[name] = ShownInterval(self, given, value)
            else:
                made[name] = Nothing(name)
        return made

    def _case(self, finding: Finding) -> str:
        words = self.words
        own = words.term("case", f"{finding.family}.{finding.case}")
        return own if own is not None else words.term("case", finding.case) or ""

    def _chosen(self, entry: Entry, finding: Finding) -> Variant:
        key = f"{finding.about}|{finding.family}|{finding.case}"
        position = zlib.crc32(key.encode()) + len(self._said)
        return entry.variants[position % len(entry.variants)]

    def member(self, item: object, form: str) -> Markup:
        """Write a part or unit by ``member.<form>``."""
        member = getattr(item, "member", None)
        if not isinstance(member, Member):
            raise NotShownError("each cần danh sách các phần hoặc đơn vị.")
        value = Nothing("value") if member.value is None else shown(self, "value", member.value)
        fields = {
            **{name: Nothing(name) for name in MORE},
            **{name: shown(self, name, told) for name, told in member.more.items()},
            "name": shown(self, "name", member.name),
            "value": value,
        }
        return self.fragment(self.words.entry(f"member.{form}"), fields)

    def why(self, why: Why) -> Markup:
        """Write a reason as part of a sentence."""
        return self.fragment(self.words.entry(f"why.{why.rule}"), self._arguments(why))

    def label(self, name: str, /, *, markdown: bool = False, **facts: object) -> str:
        """Write a caption, a head, a note or an alternative as it stands: ``label.<name>``.

        Parameters
        ----------
        name : str
            Of a part of a table or chart with its kind: ``table.tasks``, ``column.due``, ``cell.x``,
            ``note.x``, ``chart.x``; these begin with a capital, cells apart.
        markdown : bool
            Whether what comes out is Markdown, as a note is, and not plain text.
        **facts : object
            What it may tell besides the names of the document.
        """
        return self._label(name, facts, markdown=markdown)

    def part_label(self, kind: str, why: Why) -> str:
        """Write a part of a table by its rule: ``column`` and ``due`` are ``## column.due``."""
        return self._label(f"{kind}.{why.rule}", why.args)

    def _label(self, name: str, facts: Mapping[str, object], *, markdown: bool = False) -> str:
        fields = {key: argument(self, key, value) for key, value in facts.items()}
        kind, dot, _ = name.partition(".")
        entry = self.words.entry(name if dot else f"label.{name}")
        text = polished(self.fragment(entry, fields))
        if dot and kind != "cell":
            text = capital(text)
        return text if markdown else unmarked(text)

    def number(self, value: Value, *, unit: bool = False) -> Number:
        """Write a value for a cell: digits with where they come from, the sign of a percentage.

        Parameters
        ----------
        value : Value
        unit : bool
            Whether its unit is written, whatever it is; where a column holds several.
        """
        made = written(self, value)
        behind = unit_of(self, value) if unit or value.unit == PERCENT else ""
        return Number(f"{made.text}{behind}", made.trace)

    def trace(self, source: str | Why) -> str:
        """Write where a number comes from, without markup."""
        if isinstance(source, str):
            return source
        return self._rule(source)

    def _rule(self, source: Why) -> str:
        entry = self.words.entry(f"trace.{source.rule}")
        return plain(polished(self.fragment(entry, self._arguments(source)))).replace("\\", "")

    def source(self, value: Value) -> str:
        """Write where a value comes from; what the judge counted has no cell, and says so."""
        told = self.trace(value.source)
        if told:
            return told
        if value.unit in self.words.terms.nouns:
            return self.counted(value.unit)
        return plain(self.fragment(self.words.entry("trace.unsourced"), {}))

    def counted(self, what: str) -> str:
        """Write that a number was counted here; `what` is a code of a noun."""
        entry = self.words.entry("trace.counted")
        return plain(self.fragment(entry, {"what": ShownWord(self.words.noun(what)[-1])}))

    def _arguments(self, why: Why) -> Mapping[str, object]:
        return {name: argument(self, name, value) for name, value in why.args.items()}

    def fragment(self, entry: Entry, fields: Mapping[str, object]) -> Markup:
        """Write a part of a sentence; nothing where it is left out on purpose."""
        if not entry.variants:
            return Markup()
        self._inside += 1
        try:
            text = self._render(entry, entry.variants[0], {**self._context(""), **fields})
        finally:
            self._inside -= 1
        return Markup(" ".join(text.split()))  # noqa: S704

    def _render(self, entry: Entry, variant: Variant, context: Mapping[str, object]) -> str:
        template = self.words.template(entry, variant)
        try:
            return template.render(context)
        except (TemplateError, NotShownError, TypeError) as error:
            raise InputError([problem(entry, variant.line, "render", f"{error}")]) from error

    def _context(self, subject: str) -> Mapping[str, object]:
        if subject not in self._common:
            document = self.document
            named = {name: shown(self, name, value) for name, value in document.names.items()}
            self._common[subject] = {
                TELLING: self,
                **{name: Slot(self, subject, name) for name in FAMILIES},
                **{name: Subject(self, name) for name in SUBJECTS},
                **{kind: Vocabulary(self, kind) for kind in ("term", "noun", "nouns")},
                **{name: Nothing(name) for name in set(NAMES) - set(named)},
                **named,
            }
        return self._common[subject]

    # Names ----------------------------------------------------------------------------------------

    def word(self, name: str, code: str) -> str:
        """Return the word of a closed list for a code; a name where there is no such list."""
        found = self.words.term(name, code)
        if found is not None:
            return found
        if name in self.words.terms.lists and name != "name":
            raise NotShownError(f"terms.yml, danh mục «{name}», chưa có «{code}».")
        return self.name(code)

    def name(self, text: str) -> str:
        """Return a name of the data in the language of the document, as it is if there is none."""
        if self.words.terms.names_of_data:
            return text
        found = self.document.translated.get(text)
        if found is None:
            self._untranslated[text] = None
        return text if found is None else found

    def named(self, value: Named) -> str:
        """Return a name in the language of the document, that of the data if there is none."""
        return value.others.get(self.words.language) or self.name(value.of_data)
