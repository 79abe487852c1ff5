"""What an office is asked for: the figures, tables and record files, as text in ``params/entry/``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from helpers.definitions._yaml import read_yaml_file
from helpers.definitions.complaints import complaint
from helpers.definitions.load import DefinitionError
from helpers.kept import while_unchanged
from helpers.project import Project, find_project

OTHER = "Khác"
"""Label of what the list of a form does not have."""

Kind = Literal["text", "count", "number", "percent", "points", "date", "year", "choice", "flag"]
"""What a cell holds. ``percent`` is in percent (78,04 means 78.04), ``flag`` is có/không."""


LOCALITY = ("huyen", "xa")
"""Columns that name a district or a commune."""
_LEVEL, _LOCAL = "cap", ("Huyện", "Xã")


def of_locality(row: Mapping[str, Any]) -> bool:
    """Tell whether a row of any table is about a district or a commune."""
    named = any(isinstance(row.get(code), str) and row[code] for code in LOCALITY)
    return named or row.get(_LEVEL) in _LOCAL


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Field(_Frozen):
    """One thing asked for: a column of a table or of a record file, or a single figure.

    Parameters
    ----------
    code : str
        Name in the program and in the heading row of record files: ``tn_tong``.
    label : str
        Vietnamese heading as the official form prints it.
    kind : {"text", "count", "number", "percent", "points", "date", "year", "choice", "flag"}
    unit : str
        Unit of measure, shown beside the label: ``hồ sơ``, ``%``.
    required : bool
        Whether a row without it is an error.
    minimum, maximum : float or None
        Limits of the value, both allowed.
    choices : tuple of str
        Values allowed, for ``choice``; empty means any.
    also : tuple of str
        Other headings under which exports bring it.
    words : dict of str to str
        Other words for values, compared without accents and case: ``{"dislike": "không hài lòng"}`` for
        a choice, ``{"rất hài lòng": "5"}`` for a count. A number stands for a choice only if it is
        among them.
    empty : str
        Choice that an empty cell of a record file means, where the source of the form says so; without
        it an empty cell is not known. A column with no value at all was not delivered.
    empty_beside : str
        Column that must say something other than its own `empty` for this: a household with a class at
        the start of the year and none at its end is gone, one with neither is not known.
    help : str
        A Vietnamese sentence for the person who fills it in.
    date_format : str
        How texts of a date column are written, if otherwise than people write them: ``MM/dd/yyyy``.
    labels : tuple of str
        For a text of records that becomes the label of a row: the only ones that there may be. Any
        other text tells of a person; such records are counted as :data:`OTHER`.
    separator : str
        Between several labels in one cell.
    """

    code: str
    label: str
    kind: Kind
    unit: str = ""
    required: bool = False
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    words: dict[str, str] = {}
    empty: str = ""
    empty_beside: str = ""
    help: str = ""
    date_format: str = ""
    labels: tuple[str, ...] = ()
    separator: str = ""

    @model_validator(mode="after")
    def _choices_for_choice(self) -> Field:
        if self.kind == "choice" and not self.choices:
            raise ValueError(f"«{self.code}» là loại lựa chọn nhưng không có danh sách lựa chọn")
        if self.empty and self.empty not in self.choices:
            raise ValueError(f"«{self.code}»: empty không thuộc danh sách lựa chọn")
        return self


class Topic(_Frozen):
    """Single figures that belong together: ``procedures``, ``poverty`` and so on.

    Parameters
    ----------
    key, title : str
    figures : tuple of Field
    at_most : tuple of (str, str)
        Pairs of figures of which the first may not be above the second: a rank and the number ranked.
    """

    key: str
    title: str
    figures: tuple[Field, ...]
    at_most: tuple[tuple[str, str], ...] = ()

    @model_validator(mode="after")
    def _pairs_of_its_own(self) -> Topic:
        codes = {field.code for field in self.figures}
        if not {code for pair in self.at_most for code in pair} <= codes:
            raise ValueError("at_most nêu số liệu không có trong nhóm")
        return self


class TableForm(_Frozen):
    """A table asked for: one sheet of the entry workbook, or one CSV file.

    Parameters
    ----------
    key : str
        Name in the program: ``procedures_report``; also of the YAML file that describes it.
    sheet : str
        Name of the sheet, at most 31 characters.
    file : str
        Name of the CSV file that may stand instead of the sheet, without ending: ``ho-so-tthc``.
    title : str
        Vietnamese title above the table.
    topic : str
        The report kind it serves.
    help : str
        Vietnamese guidance, shown on the guide sheet.
    columns : tuple of Field
    unique : tuple of str
        Columns that together name a row; two rows with the same are an error.
    carry_over : bool
        Whether ``chiso new`` copies last year's rows (without their values) as a start.
    carry : tuple of (str, str)
        What it copies beside the columns of `unique`: column of the new year, column of last year, such
        as the count at the beginning of a year and the one at the end of the year before.
    names_alone : bool
        Whether a row with nothing but names means something, such as the heading of criteria; elsewhere
        it is a row that was carried over and not filled in, and is left out.
    at_most : tuple of (str, str)
        Pairs of columns of which the first may not be above the second: a numerator and its
        denominator, an earlier and a later date.
    """

    key: str
    sheet: str
    file: str
    title: str
    topic: str
    help: str = ""
    columns: tuple[Field, ...]
    unique: tuple[str, ...] = ()
    carry_over: bool = False
    carry: tuple[tuple[str, str], ...] = ()
    names_alone: bool = False
    at_most: tuple[tuple[str, str], ...] = ()

    def column(self, code: str) -> Field:
        """Return the column `code`.

        Raises
        ------
        KeyError
            If the table has no such column.
        """
        for column in self.columns:
            if column.code == code:
                return column
        raise KeyError(f"Bảng «{self.key}» không có cột «{code}».")

    @model_validator(mode="after")
    def _sane(self) -> TableForm:
        codes = [column.code for column in self.columns]
        if len(set(codes)) != len(codes):
            raise ValueError("có hai cột cùng mã")
        if not set(self.unique) <= set(codes):
            raise ValueError("unique nêu cột không có trong bảng")
        if not {code for pair in (*self.at_most, *self.carry) for code in pair} <= set(codes):
            raise ValueError("at_most hoặc carry nêu cột không có trong bảng")
        if len(self.sheet) > 31:
            raise ValueError(f"tên trang tính «{self.sheet}» dài quá 31 ký tự")
        return self


class Expected(_Frozen):
    """What a record should say, so that nothing is left unknown.

    Parameters
    ----------
    any_of : tuple of str
        Columns of which one should be filled in.
    column : str
        Only for records in which this column is one of `among`; empty for all.
    among : tuple of str
    once_delivered : bool
        Whether it is asked only where the file has a value in one of the columns `any_of` at all.
    why : str
        What is not known without it, in Vietnamese.
    """

    any_of: tuple[str, ...]
    column: str = ""
    among: tuple[str, ...] = ()
    once_delivered: bool = False
    why: str


class RecordForm(_Frozen):
    """A file of records (one row a form, dossier or household) asked for.

    Parameters
    ----------
    key : str
        ``survey``, ``dossiers``, ``households``, ….
    file : str
        Name of the file without ending; CSV, XLSX and Parquet are taken.
    title : str
        What a row is, in Vietnamese: ``phiếu khảo sát``.
    columns : tuple of Field
    unique : tuple of str
        Columns that together name a record.
    private : tuple of str
        Columns that must never reach an output.
    names : tuple of str
        Columns with names of units or fields, whose spellings are made the same.
    ordered : tuple of pairs of str
        Date columns of which the first cannot be after the second.
    expected : tuple of Expected
        A record that lacks it is told in a warning; it counts in no rate that needs it.
    """

    key: str
    file: str
    title: str
    columns: tuple[Field, ...]
    unique: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    ordered: tuple[tuple[str, str], ...] = ()
    expected: tuple[Expected, ...] = ()

    def column(self, code: str) -> Field:
        """Return the column `code`; raises `KeyError` if there is none."""
        for column in self.columns:
            if column.code == code:
                return column
        raise KeyError(f"Loại bản ghi «{self.key}» không có cột «{code}».")

    @model_validator(mode="after")
    def _sane(self) -> RecordForm:
        codes = [column.code for column in self.columns]
        if len(set(codes)) != len(codes):
            raise ValueError("có hai cột cùng mã")
        dates = {column.code for column in self.columns if column.kind == "date"}
        if not {code for pair in self.ordered for code in pair} <= dates:
            raise ValueError("ordered nêu cột không phải ngày")
        if not {*self.unique, *self.private, *self.names} <= set(codes):
            raise ValueError("unique, private hoặc names nêu cột không có trong bản ghi")
        asked = {c for one in self.expected for c in (*one.any_of, one.column) if c}
        asked |= {column.empty_beside for column in self.columns if column.empty_beside}
        if not asked <= set(codes):
            raise ValueError("expected hoặc empty_beside nêu cột không có trong bản ghi")
        return self


class EntryForms(_Frozen):
    """All that an office can deliver."""

    topics: tuple[Topic, ...]
    tables: tuple[TableForm, ...]
    records: tuple[RecordForm, ...]

    def figure(self, code: str) -> Field:
        """Return the single figure ``<topic>.<code>``.

        Raises
        ------
        KeyError
            If no topic has it.
        """
        topic, _, name = code.partition(".")
        for candidate in self.topics:
            if candidate.key == topic:
                for field in candidate.figures:
                    if field.code == name:
                        return field
        raise KeyError(f"Không có số liệu mang mã «{code}» trong params/entry/figures.yml.")

    def table(self, key: str) -> TableForm:
        """Return the table called `key`; raises `KeyError` if there is none."""
        for table in self.tables:
            if table.key == key:
                return table
        raise KeyError(f"Không có bảng «{key}» trong params/entry/tables.")

    def record(self, key: str) -> RecordForm:
        """Return the record file called `key`; raises `KeyError` if there is none."""
        for record in self.records:
            if record.key == key:
                return record
        raise KeyError(f"Không có loại bản ghi «{key}» trong params/entry/records.")


def load_forms(project: Project | None = None) -> EntryForms:
    """Read ``params/entry/``: ``figures.yml``, ``tables/*.yml``, ``records/*.yml``.

    Parameters
    ----------
    project : Project, optional

    Returns
    -------
    EntryForms

    Raises
    ------
    DefinitionError
        If a file is not what the models expect; the message names the file and the place in it.
    """
    return _load((project or find_project()).entry_forms)


def _files(folder: Path) -> list[Path]:
    return [folder / "figures.yml", *sorted(folder.glob("*/*.yml"))]


@while_unchanged(_files, size=8)
def _load(folder: Path) -> EntryForms:
    figures = _mapping(folder / "figures.yml")
    topics = [{"key": key, **value} for key, value in figures.items()]
    return EntryForms(
        topics=tuple(_checked(Topic, topic, folder / "figures.yml") for topic in topics),
        tables=tuple(
            _checked(TableForm, {"key": path.stem, **_mapping(path)}, path)
            for path in sorted((folder / "tables").glob("*.yml"))
        ),
        records=tuple(
            _checked(RecordForm, {"key": path.stem, **_mapping(path)}, path)
            for path in sorted((folder / "records").glob("*.yml"))
        ),
    )


Model = TypeVar("Model", bound=BaseModel)


def _mapping(path: Path) -> dict[str, Any]:
    try:
        value = read_yaml_file(path)
    except yaml.YAMLError as error:
        raise DefinitionError(f"{path.name}: {error}") from error
    if not isinstance(value, dict):
        raise DefinitionError(f"{path.name}: cần các khóa và giá trị, không phải danh sách.")
    return value


def _checked(model: type[Model], value: object, path: Path) -> Model:
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise DefinitionError(f"{path.name}: {complaint(error)}") from error
