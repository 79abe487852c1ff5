"""Read the official PAPI workbook: take the sheets that hold a year, refuse those that cannot.

A sheet that repeats another year is refused with a warning and the others are taken; anything that
could not be understood is an error and nothing is taken.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from helpers.definitions import Framework, FrameworkEdition, load_framework
from helpers.indices.papi.read_checks import (
    Judged,
    coverage,
    judge,
    labels_of_another_edition,
    wrong_sums,
)
from helpers.indices.papi.read_details import Row, indicator_rows, interval_rows
from helpers.indices.papi.read_sheet import PapiSheet, read_sheet
from helpers.indices.papi.read_years import differs_from_known, repeats_earlier, values_by_year
from helpers.inputs.columns import (
    INDICATOR_COLUMNS,
    INTERVAL_COLUMNS,
    SCORE_COLUMNS,
    ImportedTables,
    SheetReport,
    frame,
)
from helpers.inputs.problems import NOTHING_TO_DO, InputError, Problem, Where, cell_name
from helpers.inputs.workbook import Workbook
from helpers.places import Place, register, system_of_year
from helpers.project import Project

INDEX = "papi"

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_LEFTOVER = re.compile(r"_process$", re.IGNORECASE)
_REASON_LEFTOVER = "bảng phụ do macro để lại"
_REASON_NO_YEAR = "tên trang tính không có năm"


def read_papi_workbook(
    path: Path, project: Project, known: pd.DataFrame | None = None, year: int | None = None
) -> ImportedTables:
    """Read an official PAPI workbook.

    Parameters
    ----------
    path : Path
        ``.xlsx`` or ``.xlsm`` with one sheet for each year, its name the year or containing it.
        A workbook of one sheet may have the year in the name of the file instead.
    project : Project
    known : DataFrame, optional
        Table of scores known before. A sheet that repeats one of its earlier years is refused; a
        sheet that differs from the same year is told.
    year : int, optional
        Of the only sheet, whatever the names of sheet and file say.

    Returns
    -------
    ImportedTables

    Raises
    ------
    InputError
        If the file cannot be opened, if a sheet holds something that cannot be understood, or if no
        sheet is left to be taken.
    """
    book = Workbook(path)
    definition = load_framework(INDEX, project)
    places = register(project)
    reports, problems, by_year = _sort_sheets(book, year)
    years = {}
    for year, name in by_year.items():
        try:
            edition = definition.edition(year)
        except LookupError as error:
            reason = f"chưa có định nghĩa PAPI cho năm {year}"
            remedy = "bổ sung ấn bản trong params/indices/papi.yml rồi nạp lại."
            reports[name] = SheetReport(name, year, taken=False, reason=reason)
            where = Where(book.name, name)
            problems.append(where.warning("no-edition", str(error.args[0]), remedy))
            continue
        years[year] = read_sheet(book.sheet(name), year, book.name, places, _codes(edition))

    earlier = values_by_year(known, besides=set(years))
    taken: list[PapiSheet] = []
    for year, sheet in years.items():
        name = sheet.where.sheet
        refusal = repeats_earlier(sheet, earlier, {s.year: s.where.sheet for s in taken})
        if refusal is not None:
            problems.append(refusal)
            reports[name] = SheetReport(name, year, taken=False, reason=refusal.message)
            continue
        earlier[year] = {key: one.value for key, one in sheet.scores().items() if one.value}
        taken.append(sheet)
        reports[name] = SheetReport(name, year, taken=True)

    problems += _stars(taken, book.name)
    rows = _Rows()
    for sheet in taken:
        problems += sheet.problems
        problems += rows.add(sheet, definition, places.units(system_of_year(sheet.year)))
        problems += differs_from_known(sheet, known)
    if not rows.scores and not any(one.severity == "error" for one in problems):
        problems.append(_nothing_left(book.name, bool(by_year)))
    if any(one.severity == "error" for one in problems):
        raise InputError(problems)
    return ImportedTables(
        index=INDEX,
        file=book.name,
        sha256=book.sha256,
        scores=frame(rows.scores, SCORE_COLUMNS),
        indicators=frame(rows.indicators, INDICATOR_COLUMNS),
        intervals=frame(rows.intervals, INTERVAL_COLUMNS),
        sheets=tuple(reports[name] for name in book.sheet_names),
        problems=tuple(problems),
    )


def _codes(edition: FrameworkEdition) -> dict[str, str]:
    """Return the codes of criteria by their names in lower case, however they are printed."""
    return {
        name.casefold(): node.code
        for node in edition.nodes
        for name in (node.name_vi, node.name_en, node.short_vi, *node.printed)
        if name and node.code != "total"
    }


def _sort_sheets(
    book: Workbook, asked: int | None
) -> tuple[dict[str, SheetReport], list[Problem], dict[int, str]]:
    """Find the sheet of each year, in the order of the years."""
    reports: dict[str, SheetReport] = {}
    problems: list[Problem] = []
    names: defaultdict[int, list[str]] = defaultdict(list)
    leftovers, without_year = [], []
    for name in book.sheet_names:
        found = _YEAR.findall(name)
        if _LEFTOVER.search(name):
            leftovers.append(name)
            reports[name] = SheetReport(name, None, taken=False, reason=_REASON_LEFTOVER)
        elif len(set(found)) == 1:
            names[int(found[0])].append(name)
        else:
            without_year.append(name)
            reports[name] = SheetReport(name, None, taken=False, reason=_REASON_NO_YEAR)
    in_file_name = set(_YEAR.findall(book.name))
    if not names and len(without_year) == 1 and len(in_file_name) == 1:
        names[int(in_file_name.pop())] = [without_year.pop()]
    elif len(names) == len(in_file_name) == 1:
        problems += _two_years(book, int(min(in_file_name)), names, asked)
    if asked is not None:
        sheets = [name for several in names.values() for name in several] + without_year
        if len(sheets) != 1:
            message = f"Có {len(sheets)} trang tính nhưng chỉ hỏi một năm ({asked})."
            remedy = "chỉ dùng --year với sổ có một trang tính."
            problems.append(Problem("error", book.name, None, None, "one-year", message, remedy))
        else:
            names = defaultdict(list, {asked: sheets})
            without_year = []
    if leftovers:
        message = f"Bỏ qua các trang tính do macro để lại: {', '.join(leftovers)}."
        problems.append(
            Problem("note", book.name, None, None, "leftover-sheets", message, NOTHING_TO_DO)
        )
    if without_year:
        message = f"Bỏ qua các trang tính không có năm trong tên: {', '.join(without_year)}."
        remedy = "nếu trang tính có điểm PAPI, đặt tên trang tính là năm đo, như 2023."
        problems.append(Problem("note", book.name, None, None, "no-year", message, remedy))
    for year, several in names.items():
        if len(several) > 1:
            listed = ", ".join(f"«{name}»" for name in several)
            message = f"Năm {year} có {len(several)} trang tính: {listed}."
            remedy = "chỉ giữ một trang tính cho mỗi năm."
            problems.append(Problem("error", book.name, None, None, "year-twice", message, remedy))
    return reports, problems, {year: names[year][0] for year in sorted(names)}


def _two_years(
    book: Workbook, of_file: int, names: Mapping[int, list[str]], asked: int | None
) -> list[Problem]:
    """Ask for the year where the only sheet and the file are called by different ones."""
    of_sheet, (sheet, *_) = next(iter(names.items()))
    if asked is not None or of_sheet == of_file:
        return []
    message = f"Tên tệp ghi năm {of_file}, tên trang tính «{sheet}» ghi năm {of_sheet}."
    remedy = f"xem điểm là của năm nào rồi nạp lại với --year {of_file} hoặc --year {of_sheet}."
    return [Problem("error", book.name, sheet, None, "two-years", message, remedy)]


def _nothing_left(file: str, has_years: bool) -> Problem:
    message = (
        "Không trang tính nào dùng được."
        if has_years
        else "Sổ tính không có trang tính nào của một năm."
    )
    remedy = "dùng sổ tính PAPI tải từ papi.org.vn, mỗi năm một trang tính mang tên năm đo."
    return Problem("error", file, None, None, "nothing-usable", message, remedy)


def _stars(sheets: Iterable[PapiSheet], file: str) -> list[Problem]:
    """Tell once about the asterisks, whose foot-notes the sheets do not print."""
    labels = sum(line.starred for sheet in sheets for line in sheet.layout.lines)
    names = [f"{name} ({sheet.year})" for sheet in sheets for name in sheet.starred]
    if not labels and not names:
        return []
    message = f"Đã bỏ dấu * ở {labels} nhãn"
    if names:
        message += f" và ở tên tỉnh: {', '.join(names)}"
    message += "; sổ tính không in chú thích cho dấu này."
    return [Problem("note", file, None, None, "stars", message, NOTHING_TO_DO)]


class _Rows:
    """Collects the rows of all sheets."""

    def __init__(self) -> None:
        self.scores: list[Row] = []
        self.indicators: list[Row] = []
        self.intervals: list[Row] = []

    def add(
        self, sheet: PapiSheet, definition: Framework, units: tuple[Place, ...]
    ) -> list[Problem]:
        """Take the rows of a sheet and return what was found."""
        edition = definition.edition(sheet.year)
        judged = judge(sheet, edition)
        problems = [*judged.problems, *wrong_sums(sheet, judged.scores, edition)]
        covered = coverage(sheet, judged, units)
        problems += [covered] if covered else []
        labels = labels_of_another_edition(sheet, definition)
        problems += [labels] if labels else []
        system = system_of_year(sheet.year)
        order = {criterion.code: n for n, criterion in enumerate(edition.nodes)}
        totals, of_totals = _totals(sheet, judged, edition)
        rank = {place.slug: n for n, place in enumerate(sheet.places)}
        printed = [
            (sheet.year, system, slug, code, one.value, "official", sheet.source(one.cell))
            for (slug, code), one in judged.scores.items()
        ]
        self.scores += sorted(
            [*printed, *totals], key=lambda r: (rank[str(r[2])], order[str(r[3])])
        )
        indicators, of_indicators = indicator_rows(sheet, judged)
        intervals, of_intervals = interval_rows(sheet, judged)
        self.indicators += indicators
        self.intervals += intervals
        return [*problems, *of_totals, *of_indicators, *of_intervals]


def _totals(
    sheet: PapiSheet, judged: Judged, edition: FrameworkEdition
) -> tuple[list[Row], list[Problem]]:
    """Sum the dimensions where a sheet prints no total at all, as those of 2015 to 2017."""
    if any(line.kind == "total" for line in sheet.layout.lines):
        return [], []
    codes = [dimension.code for dimension in edition.dimensions]
    system = system_of_year(sheet.year)
    rows: list[Row] = []
    for place in sheet.places:
        parts = [judged.scores.get((place.slug, code)) for code in codes]
        known = [part for part in parts if part is not None]
        if len(known) == len(codes):
            cells = f"{cell_name(*known[0].cell)} … {cell_name(*known[-1].cell)}"
            source = (
                f"{sheet.where.file}, trang tính {sheet.where.sheet}, ô {cells}: "
                f"tổng {len(codes)} chỉ số nội dung"
            )
            value = sum(part.value for part in known)
            rows.append((sheet.year, system, place.slug, "total", value, "computed", source))
    if not rows:
        return [], []
    message = (
        f"Trang tính không in điểm tổng hợp; điểm tổng hợp được tính bằng tổng {len(codes)} chỉ số "
        f"nội dung cho {len(rows)} tỉnh."
    )
    return rows, [sheet.where.note("total-computed", message, NOTHING_TO_DO)]
