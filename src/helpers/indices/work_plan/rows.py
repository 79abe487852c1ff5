"""Rows of the work-plan tables as typed records."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from helpers.indices.work_plan.arithmetic import TaskState, task_state
from helpers.inputs.entry import ORIGIN

REMEDIED, UNDER_WAY, NOT_REMEDIED = "Đã khắc phục", "Đang khắc phục", "Chưa khắc phục"
ISSUED, PREPARED, CITED = "Đã ban hành", "Tham mưu ban hành", "Viện dẫn"
ROLES: Mapping[str, str] = {ISSUED: "issued", PREPARED: "prepared", CITED: "cited"}
"""Which part the office had in a document, and the end of its rules in the words."""
LEADERS = "Lãnh đạo"
_CLAIM = re.compile(
    r"(?:cao|thấp|nhiều|ít|nhanh|chậm|tốt|kém|lớn|nhỏ) nhất|đứng (?:đầu|cuối)|dẫn đầu|duy nhất",
    re.IGNORECASE,
)
"""Superlatives of an office: whether they hold is another question than that it says so."""
CARRIED_OUT = "Đã thực hiện"


@dataclass(frozen=True)
class Task:
    """A task of the plan; empty texts and None are what the office left open."""

    area: str
    name: str
    product: str
    owner: str
    due: datetime.date | None
    finished: datetime.date | None
    state: TaskState
    cause: str
    origin: str

    @property
    def days_late(self) -> int:
        """Days between the last day allowed and the day on which it was done; 0 where not known."""
        return (self.finished - self.due).days if self.finished and self.due else 0


@dataclass(frozen=True)
class Limit:
    """A limit that an assessment or the office itself found.

    Parameters
    ----------
    code : str
        By which measures refer to it.
    year : int or None
        Year in which it was found.
    state : str
        As stated, or empty.
    told : bool
        False for one of last year's delivery of which this year's says nothing.
    """

    code: str
    year: int | None
    text: str
    index: str
    criterion: str
    cause: str
    measure: str
    owner: str
    due: datetime.date | None
    state: str
    result: str
    origin: str
    told: bool = True

    @property
    def is_claim(self) -> bool:
        """Whether the text ranks something, which only figures could confirm."""
        return _CLAIM.search(self.text) is not None


@dataclass(frozen=True)
class Measure:
    """A measure for the next year; `limits` are the codes that it answers."""

    index: str
    text: str
    limits: tuple[str, ...]
    criterion: str
    owner: str
    due: datetime.date | None
    outcome: str
    origin: str

    @property
    def lacking(self) -> tuple[str, ...]:
        """What a measure needs and this one does not state: ``owner``, ``due``, ``outcome``."""
        needed = (("owner", self.owner), ("due", self.due), ("outcome", self.outcome))
        return tuple(name for name, value in needed if not value)


@dataclass(frozen=True)
class Document:
    """A document: known by its number and its date, since numbers restart every year."""

    role: str
    kind: str
    number: str
    date: datetime.date | None
    issuer: str
    subject: str
    serves: str
    note: str
    origin: str

    @property
    def lacking(self) -> tuple[str, ...]:
        """What of number and date is missing: ``number``, ``date``."""
        given = (("number", self.number), ("date", self.date))
        return tuple(name for name, value in given if not value)


@dataclass(frozen=True)
class Inspection:
    """An inspection of a unit."""

    unit: str
    form: str
    subject: str
    date: datetime.date | None
    state: str
    findings: int | None
    remedied: int | None
    conclusion: str
    origin: str

    @property
    def is_open(self) -> bool:
        """Whether less was put right than was found, as far as both are known."""
        if self.findings is None or self.remedied is None:
            return False
        return self.findings > self.remedied


@dataclass(frozen=True)
class Reception:
    """Citizens received by one kind of receiver in one period."""

    period: str
    by: str
    visits: int
    cases: int | None
    answered: int | None
    origin: str


def tasks(table: pd.DataFrame, day: datetime.date) -> tuple[Task, ...]:
    """Read the tasks, with their state on a day."""
    found = []
    for _, row in table.iterrows():
        due, finished = _date(row["han"]), _date(row["hoan_thanh"])
        state = task_state(_text(row["trang_thai"]), due, finished, day)
        found.append(
            Task(
                area=_text(row["linh_vuc"]),
                name=_text(row["nhiem_vu"]),
                product=_text(row["san_pham"]),
                owner=_text(row["don_vi"]),
                due=due,
                finished=finished,
                state=state,
                cause=_text(row["nguyen_nhan"]),
                origin=_text(row[ORIGIN]),
            )
        )
    return tuple(found)


def limits(table: pd.DataFrame) -> tuple[Limit, ...]:
    """Read the limits."""
    return tuple(
        Limit(
            code=_text(row["ma"]),
            year=_count(row["nam"]),
            text=_text(row["han_che"]),
            index=_text(row["chi_so"]),
            criterion=_text(row["tieu_chi"]),
            cause=_text(row["nguyen_nhan"]),
            measure=_text(row["bien_phap"]),
            owner=_text(row["don_vi"]),
            due=_date(row["han"]),
            state=_text(row["tinh_trang"]),
            result=_text(row["ket_qua"]),
            origin=_text(row[ORIGIN]),
        )
        for _, row in table.iterrows()
    )


def measures(table: pd.DataFrame) -> tuple[Measure, ...]:
    """Read the measures; codes of limits are parted by semicolons or commas."""
    return tuple(
        Measure(
            index=_text(row["chi_so"]),
            text=_text(row["bien_phap"]),
            limits=tuple(
                code.strip()
                for code in _text(row["han_che"]).replace(",", ";").split(";")
                if code.strip()
            ),
            criterion=_text(row["tieu_chi"]),
            owner=_text(row["don_vi"]),
            due=_date(row["han"]),
            outcome=_text(row["ket_qua"]),
            origin=_text(row[ORIGIN]),
        )
        for _, row in table.iterrows()
    )


def documents(table: pd.DataFrame) -> tuple[Document, ...]:
    """Read the documents, in their order."""
    return tuple(
        Document(
            role=_text(row["vai_tro"]),
            kind=_text(row["loai"]),
            number=_text(row["so_hieu"]),
            date=_date(row["ngay"]),
            issuer=_text(row["co_quan"]),
            subject=_text(row["trich_yeu"]),
            serves=_text(row["noi_dung"]),
            note=_text(row["ghi_chu"]),
            origin=_text(row[ORIGIN]),
        )
        for _, row in table.iterrows()
    )


def inspections(table: pd.DataFrame) -> tuple[Inspection, ...]:
    """Read the inspections."""
    return tuple(
        Inspection(
            unit=_text(row["don_vi"]),
            form=_text(row["hinh_thuc"]),
            subject=_text(row["noi_dung"]),
            date=_date(row["ngay"]),
            state=_text(row["trang_thai"]),
            findings=_count(row["ton_tai"]),
            remedied=_count(row["da_khac_phuc"]),
            conclusion=_text(row["ket_luan"]),
            origin=_text(row[ORIGIN]),
        )
        for _, row in table.iterrows()
    )


def receptions(table: pd.DataFrame) -> tuple[Reception, ...]:
    """Read the receptions of citizens."""
    return tuple(
        Reception(
            _text(row["ky"]),
            _text(row["nguoi_tiep"]),
            int(row["so_luot"]),
            _count(row["so_vu_viec"]),
            _count(row["da_tra_loi"]),
            _text(row[ORIGIN]),
        )
        for _, row in table.iterrows()
    )


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _date(value: object) -> datetime.date | None:
    return None if pd.isna(value) else pd.Timestamp(value).date()  # type: ignore[call-overload,arg-type]


def _count(value: object) -> int | None:
    return None if pd.isna(value) else int(value)  # type: ignore[call-overload]
