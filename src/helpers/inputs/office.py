"""The settings of an office for a year: ``params/provinces/<province>/<year>[/<office>].yml``."""

from __future__ import annotations

import datetime
import re
import unicodedata
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError

from helpers.definitions._text import SAVE_AS_UTF_8
from helpers.definitions._yaml import EncodingError, read_yaml_file
from helpers.definitions.complaints import complaints
from helpers.inputs.codes import LARGEST
from helpers.inputs.delivery import Delivery
from helpers.inputs.problems import InputError, Problem
from helpers.inputs.unreadable import problems_of
from helpers.project import Project

DataStatus = Literal["official", "computed", "simulated"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Signer(_Frozen):
    """Who signs. What is empty stays a dotted blank in the document."""

    authority: Literal["", "TM.", "KT.", "TL.", "TUQ.", "Q."] = ""
    on_behalf_of: str = ""
    title: str = ""
    name: str = ""


class Document(_Frozen):
    """The official document that the annual report is."""

    number: str = ""
    date: datetime.date | None = None
    place: str = ""
    subject: str = ""
    bases: tuple[str, ...] = ()
    addressed_to: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signer: Signer = Signer()
    secrecy: str = ""
    urgency: str = ""


def _same(name: str) -> str:
    """Return a name as it is compared: with its tones, without capitals and marks."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", name).casefold()))


class OfficeName(_Frozen):
    """Who reports."""

    name: str
    short: str = ""
    parent: str = ""
    symbol: str = ""

    @property
    def brief(self) -> str:
        """The short name, or the full one."""
        return self.short or self.name

    def is_also(self, other: OfficeName) -> bool:
        """Whether another year's settings name the same office: by its full or its short name."""
        mine, others = ({_same(n) for n in (one.name, one.short) if n} for one in (self, other))
        return bool(mine & others)

    @property
    def again(self) -> str:
        """What the office calls itself once it has been named: ``Sở``, ``Văn phòng``."""
        kinds = ("Sở", "Ban", "Văn phòng", "Thanh tra", "Chi cục", "Trung tâm", "Phòng")
        named = self.name
        return next((kind for kind in kinds if named.startswith(f"{kind} ")), self.brief)


class RecordFile(_Frozen):
    """A record file that is named, laid out or worded otherwise than the form.

    Parameters
    ----------
    file : str
        Name inside the folder of the delivery.
    sheet : str
        Of a workbook; empty for the first.
    columns : dict
        The form's column code → heading in the file.
    words : dict
        The form's column code → word or code in the file → value of the form:
        ``{"trang_thai": {"4": "Đang xử lý"}}``.
    dates : dict
        The form's column code → how its texts are written: ``{"ngay_tra": "MM/dd/yyyy"}``.
    number_rows : bool
        Whether the number of its row stands for the code of a record where the file has none.
    """

    model_config = ConfigDict(coerce_numbers_to_str=True)

    file: str = Field(default="", max_length=200, pattern=r"^[^\x00-\x1f]*$")
    sheet: str = ""
    columns: dict[str, str] = {}
    words: dict[str, dict[str, str]] = {}
    dates: dict[str, str] = {}
    number_rows: bool = False


class OwnText(_Frozen):
    """A person's own text for a section of the annual report: instead, before or after."""

    replace: str = ""
    before: str = ""
    after: str = ""


class Office(_Frozen):
    """An office and its year.

    Parameters
    ----------
    office : OfficeName
    status : {"official", "computed", "simulated"}
    document : Document
    targets : dict
        Figure code → value aimed at: ``{"procedures.online_share": 50}``.
    records : dict
        Record kind → file and columns, where they differ from the form.
    papi : tuple of str
        Codes of the PAPI dimensions and sub-dimensions the office is responsible for.
    rules : dict
        Index → what the province decided itself, such as ``{"sipas": {"overall": "pooled_items"}}``
        or ``{"par_index": {"rule_set": "bo-chi-so.yml"}}``.
    sections : dict
        Section of the annual report → own text.
    offices : tuple of str
        Of a province: names of the offices whose figures it expects, to say who has not delivered.
    annexes : tuple of {"diem-mat", "so-lieu", "van-ban"}
        Annexes of the annual report: lost points, figures by field and place, documents. None unless
        asked for.
    """

    office: OfficeName
    status: DataStatus = "official"
    document: Document = Document()
    targets: dict[str, Annotated[FiniteFloat, Field(ge=-LARGEST, le=LARGEST)]] = {}
    records: dict[str, RecordFile] = {}
    papi: tuple[str, ...] = ()
    rules: dict[str, dict[str, Any]] = {}
    sections: dict[str, OwnText] = Field(default_factory=dict)
    offices: tuple[str, ...] = ()
    annexes: tuple[Literal["diem-mat", "so-lieu", "van-ban"], ...] = ()


def read_office(delivery: Delivery, project: Project) -> Office:
    """Read the settings of an office.

    Raises
    ------
    InputError
        If the file is missing, is not YAML, or holds something unknown; the problem names line or key.
    """
    path = delivery.settings(project)
    name = project.relative(path)
    if not path.is_file():
        raise InputError(
            [
                Problem(
                    "error",
                    name,
                    None,
                    None,
                    "no-settings",
                    "chưa có tệp thông số của cơ quan và năm này.",
                    f"chạy lệnh: chiso new {delivery.options}",
                )
            ]
        )
    with problems_of(name, SAVE_AS_UTF_8):
        return _read(path, name)


def _read(path: Path, name: str) -> Office:
    try:
        text = read_yaml_file(path)
        return Office.model_validate(text or {})
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        what = getattr(error, "problem", None) or str(error)
        unicode = isinstance(error, EncodingError)
        raise InputError(
            [
                Problem(
                    "error",
                    name,
                    None,
                    None,
                    "encoding" if unicode else "not-yaml",
                    f"{what}." if unicode else f"không đọc được YAML: {what}.",
                    SAVE_AS_UTF_8
                    if unicode
                    else "sửa dòng này; mỗi dòng có dạng «khóa: giá trị», thụt lề bằng dấu cách.",
                    line,
                )
            ]
        ) from error
    except ValidationError as error:
        raise InputError(
            Problem(
                "error",
                name,
                None,
                None,
                "bad-setting",
                f"khóa «{key}» không đúng ({said}).",
                "xem các khóa được phép trong docs/data-entry.md.",
            )
            for key, said in complaints(error)
        ) from error
