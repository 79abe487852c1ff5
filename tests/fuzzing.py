"""Spoiled inputs of every kind, made from small sound ones, and what must come of each.

Either the reader refuses the file (an `InputError` that names it, in messages of at most 2,000 letters)
or it gives the values that another reader gives: the csv module, openpyxl, PyYAML.
"""

from __future__ import annotations

import contextlib
import csv
import multiprocessing
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import polars as pl
import yaml
from hypothesis import strategies as st
from inputs_workbooks import columns_sheet

from helpers.definitions.forms import load_forms
from helpers.indices.papi.read_workbook import read_papi_workbook
from helpers.inputs import records_excel
from helpers.inputs.delivery import Delivery
from helpers.inputs.entry_sheets import read_workbook
from helpers.inputs.office import RecordFile, read_office
from helpers.inputs.own_text import own_texts
from helpers.inputs.problems import InputError
from helpers.inputs.reading import read_entry
from helpers.inputs.records import read_record_file
from helpers.inputs.table_import import Stated, read_table
from helpers.places.words import bare

HEAD = ("Mã hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả", "Trạng thái", "Số lần yêu cầu bổ sung")
ROWS = [
    (f"HS-{n:03}", f"{n + 1:02}/03/2023", f"{n + 9:02}/03/2023", "Đang xử lý", str(n))
    for n in range(8)
]
SETTINGS = """office: {name: Sở Nội vụ, short: SNV}
status: official
document: {date: 2024-01-31, place: Hà Nội}
targets: {procedures.online_share: 50}
records: {dossiers: {columns: {ma_ho_so: Mã hồ sơ}}}
"""
OWN = "<!-- trước -->\nNăm 2023, đơn vị đã giải quyết {{procedures.received}} hồ sơ.\n"
SECTIONS = ("mo-dau",)
RESULTS = (("Tỉnh", "Điểm", "Thứ hạng"), ("Hà Giang", "84,12", "3"), ("Cần Thơ", "86,44", "1"))
IMPORTED, PAPI_YEAR = ("dti", 2016), 2019
NASTY = (
    *(b"\0", b"\xff", b'"', b";", b",", b"\n", b"\r", b"\t", b"'", b"=1+1", b"&#0;", b"&lt;", b"<"),
    *(
        b"1e999",
        b".nan",
        b"-.inf",
        b"!!float abc",
        b"? [a, b]\n: c\n",
        b"2024-02-30",
        b"&a *a",
        b"{",
    ),
    *(b"99999999999999999999", b"31/02/2023", b"1,234", b"1.234", b"#N/A", b"XFD1048576", b"A0"),
    *("ﬁ".encode(), "Tổng cộng".encode(), "Đã trả kết quả".encode(), b"\xef\xbb\xbf", b"\xff\xfe"),
    *(b"x" * 140_000, b't="e"', b't="s"', b"<f>A1</f>", b'hidden="1"', b'r="ZZZZZZZ1"'),
)


def sound(kind: str) -> bytes:
    """Return a file without a fault."""
    if kind.endswith(".csv"):
        target = StringIO()
        if kind == "records.csv":
            csv.writer(target).writerows([HEAD, *ROWS])
        elif kind == "import.csv":
            csv.writer(target, delimiter=";").writerows(RESULTS)
        else:
            csv.writer(target).writerows(
                [("Mã", "Giá trị", "Năm"), ("procedures.received", "5.182", "2023")]
            )
        return target.getvalue().encode()
    if kind.endswith(".xlsx"):
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = _TITLES[kind]
        rows: list[tuple[object, ...]]
        if kind == "records.xlsx":
            rows = [HEAD, *((*row[:4], int(row[4])) for row in ROWS)]
        elif kind == "import.xlsx":
            rows = [RESULTS[0], ("Hà Giang", 84.12, 3), ("Cần Thơ", 86.44, 1)]
        elif kind == "papi.xlsx":
            rows = [tuple(row) for row in columns_sheet(PAPI_YEAR)]
        else:
            rows = [("Mã", "Chỉ tiêu", "Đơn vị tính", "Năm 2022", "Năm 2023")]
            rows += [("procedures.received", "Tiếp nhận", "hồ sơ", 5_000, 5_182)]
        for row in rows:
            sheet.append(row)
        target = BytesIO()
        book.save(target)
        return target.getvalue()
    if kind == "records.parquet":
        target = BytesIO()
        pl.DataFrame({name: [row[i] for row in ROWS] for i, name in enumerate(HEAD)}).write_parquet(
            target
        )
        return target.getvalue()
    return (SETTINGS if kind == "settings.yml" else OWN).encode()


_TITLES = {
    "records.xlsx": "Hồ sơ",
    "entry.xlsx": "Số liệu chung",
    "import.xlsx": "Bảng",
    "papi.xlsx": str(PAPI_YEAR),
}
KINDS = (
    *("records.csv", "records.xlsx", "entry.csv", "entry.xlsx", "import.csv", "import.xlsx"),
    *("papi.xlsx", "records.parquet", "settings.yml", "own.md"),
)
_SOUND = {kind: sound(kind) for kind in KINDS}


@st.composite
def spoiled(draw: st.DrawFn) -> tuple[str, bytes]:
    """Draw a kind of file and its bytes after one to four accidents."""
    kind = draw(st.sampled_from(KINDS))
    data = _SOUND[kind]
    inside = kind.endswith(".xlsx") and draw(st.integers(0, 4)) > 0
    part = ""
    if inside:
        with zipfile.ZipFile(BytesIO(data)) as parts:
            names = [name for name in parts.namelist() if name.startswith("xl/") or "Types" in name]
            likely = ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"]
            part = draw(st.sampled_from([*names, *(one for one in likely if one in names)]))
            inner = parts.read(part)
        data = _repacked(data, part, _with_accidents(draw, inner))
    else:
        data = _with_accidents(draw, data)
    if not kind.endswith((".xlsx", ".parquet")) and draw(st.integers(0, 5)) == 0:
        encoding = draw(st.sampled_from(["utf-16", "cp1258", "utf-8-sig", "utf-16-le"]))
        data = data.decode("utf-8", errors="replace").encode(encoding, errors="replace")
    return kind, data


def _with_accidents(draw: st.DrawFn, data: bytes) -> bytes:
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(len(data) - 1, 0)))
        how = draw(st.sampled_from(["cut", "flip", "insert", "drop", "double", "swap"]))
        length = draw(st.integers(1, 40))
        if how == "cut":
            data = data[:at] if draw(st.integers(0, 3)) == 0 else data[: len(data) - length]
        elif how == "flip":
            data = data[:at] + bytes([draw(st.integers(0, 255))]) + data[at + 1 :]
        elif how == "insert":
            data = data[:at] + draw(st.sampled_from(NASTY)) + data[at:]
        elif how == "drop":
            data = data[:at] + data[at + length :]
        elif how == "double":
            data = data[:at] + data[at : at + length] * 3 + data[at + length :]
        else:
            data = data[:at] + draw(st.binary(max_size=8)) + data[at + length :]
    return data


def _repacked(data: bytes, part: str, content: bytes) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as parts, zipfile.ZipFile(target, "w") as made:
        for name in parts.namelist():
            made.writestr(name, content if name == part else parts.read(name))
    return target.getvalue()


def quick_trials(monkeypatch) -> None:
    """Let a small server fork the trials of Parquet files: a fresh interpreter for each takes 0.4 s.

    What a trial is stays the same: Polars reads the file in a process that may die of it.
    """
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload(["polars"])

    def ends_its_reader(path: Path) -> bool:
        trial = server.Process(target=pl.read_parquet, args=(str(path),))
        trial.start()
        trial.join()
        return (trial.exitcode or 0) < 0

    monkeypatch.setattr(records_excel, "_ends_its_reader", ends_its_reader)


def outcome(kind: str, data: bytes, project) -> str:
    """Read a spoiled file as the program does and hold it against the oracle.

    Returns
    -------
    str
        ``refused`` or ``read``, or ``read, not compared`` where no other reader reads it.
    """
    folder = project.deliveries / "quang-nam" / "2023"
    settings = project.offices / "quang-nam" / "2023.yml"
    for old in folder.iterdir():
        old.unlink()
    settings.write_text("office: {name: Sở Nội vụ}\n", encoding="utf-8")
    try:
        return _read(kind, data, folder, settings, project)
    except InputError as error:
        problems = error.problems
    assert problems
    for problem in problems:
        assert problem.file, problem
        assert len(str(problem)) <= 2_000, problem
    return "refused"


def _read(kind: str, data: bytes, folder: Path, settings: Path, project) -> str:
    if kind.startswith("records"):
        return _records(folder / f"ho-so.{kind.partition('.')[2]}", data, project)
    if kind.startswith(("import", "papi")):
        path = project.root / f"bang.{kind.partition('.')[2]}"
        path.write_bytes(data)
        return _imported(path, data, project, whole=kind.startswith("papi"))
    if kind == "settings.yml":
        settings.write_bytes(data)
        read = read_office(Delivery(2023, "quang-nam"), project)
        return _same_settings(data, read)
    if kind == "own.md":
        path = settings.with_suffix("") / "mo-dau.md"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        office = read_office(Delivery(2023, "quang-nam"), project)
        own_texts(office, Delivery(2023, "quang-nam"), SECTIONS, project)
        return "read, not compared"
    name = "nhap-lieu.xlsx" if kind == "entry.xlsx" else "so-lieu.csv"
    (folder / name).write_bytes(data)
    if kind == "entry.xlsx":
        read_workbook(folder / name, project)
    entry = read_entry(Delivery(2023, "quang-nam"), project)
    return _same_figures(kind, data, entry)


def _records(path: Path, data: bytes, project) -> str:
    path.write_bytes(data)
    form = load_forms(project).record("dossiers")
    read = read_record_file(path, form, RecordFile(), 2023, path.name).frame
    rows = _independent(path, data)
    if rows is None:
        return "read, not compared"
    own = [_plain(value) for value in read.get_column("ma_ho_so").to_list()]
    days = read.get_column("ngay_tiep_nhan").to_list()
    seen = _columns(rows)
    if seen is None:
        return "read, not compared"
    assert own == [code for code, _ in seen], (own, seen)
    for mine, (_, other) in zip(days, seen, strict=True):
        if other is not None:
            assert mine == other, (mine, other)
    return "read"


def _imported(path: Path, data: bytes, project, *, whole: bool) -> str:
    """Every value that an import would keep is a number of the file."""
    if whole:
        kept = list(read_papi_workbook(path, project).scores["value"])
    else:
        made = read_table(path, *IMPORTED, Stated("official", "thử"), project)
        lines = list(csv.DictReader(StringIO(made.content)))
        kept = [float(line["value"]) for line in lines if line.get("value")]
    rows = _independent(path, data)
    if rows is None:
        return "read, not compared"
    # A comma file may hold decimal commas, so its cells are not where the csv module sees them.
    texts = [str(cell) for row in rows for cell in row]
    if path.suffix == ".csv":
        texts = re.findall(r"[\d.,]*\d", ";".join(map(",".join, rows)))
    there = {number for text in texts for number in _numbers(text)}
    assert {round(one, 9) for one in kept} <= there, (kept, there)
    return "read"


def _numbers(text: str) -> Iterator[float]:
    """Read a number by the Vietnamese and by the English convention."""
    for point, thousands in ((",", "."), (".", ",")):
        with contextlib.suppress(ValueError, OverflowError):
            yield round(float(text.replace(thousands, "").replace(point, ".")), 9)


def _independent(path: Path, data: bytes) -> list[list[object]] | None:
    """Read a table with another library; None if that cannot."""
    try:
        if path.suffix == ".xlsx":
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                book = openpyxl.load_workbook(BytesIO(data), data_only=True)
            return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
        if path.suffix == ".parquet":
            frame = pl.read_parquet(BytesIO(data))
            return [list(frame.columns), *map(list, frame.rows())]
        utf_16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
        text = data.decode("utf-16" if utf_16 else "utf-8-sig")
        return [list(row) for row in csv.reader(StringIO(text, newline=""))]
    except Exception:
        return None


def _columns(rows: list[list[object]]) -> list[tuple[str, date | None]] | None:
    """Return codes and days below the two headings; None where the layout itself was spoiled."""
    for at, row in enumerate(rows):
        heads = [_plain(cell) for cell in row]
        if heads[: len(HEAD)] == list(HEAD):
            below = [one for one in rows[at + 1 :] if any(_plain(cell) for cell in one)]
            if any(len(one) < 2 for one in below):
                return None
            return [(_plain(one[0]), _day(one[1])) for one in below]
    return None


def _plain(cell: object) -> str:
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell or "")
    text = re.sub(r"[\u200b-\u200f\u2060\ufeff\u00ad]", "", unicodedata.normalize("NFC", text))
    return " ".join(text.split())


def _day(cell: object) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    found = re.fullmatch(r"\s*(\d{1,2})/(\d{1,2})/(\d{4})\s*", str(cell or ""))
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


def _same_settings(data: bytes, read) -> str:
    utf_16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        values = yaml.safe_load(data.decode("utf-16" if utf_16 else "utf-8-sig"))
    except (yaml.YAMLError, UnicodeError, ValueError):
        return "read, not compared"
    assert read.office.name == values["office"]["name"]
    assert dict(read.targets) == {k: float(v) for k, v in (values.get("targets") or {}).items()}
    return "read"


def _same_figures(kind: str, data: bytes, entry) -> str:
    if kind != "entry.csv":
        rows = _independent(Path("x.xlsx"), data)
        if rows is None:
            return "read, not compared"
        if not rows:
            assert not len(entry.figures)
            return "read"
        if [bare(_plain(cell)) for cell in rows[0][:1]] != ["ma"]:
            return "read, not compared"
        numbers = {cell for row in rows[1:] for cell in row if isinstance(cell, int | float)}
        for figure in entry.figures:
            if figure.unit == "hồ sơ" and figure.printed.replace(".", "").isdigit():
                assert figure.value in numbers or _typed(figure.printed, rows), figure
        return "read"
    for figure in entry.figures:
        digits = re.sub(r"\D", "", figure.printed)
        assert digits, figure
        assert digits.encode() in re.sub(rb"[^0-9]", b"", data.replace(b"\0", b"")), figure
    return "read"


def _typed(printed: str, rows: list[list[object]]) -> bool:
    return any(_plain(cell) == printed for row in rows for cell in row)
