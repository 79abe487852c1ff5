"""How the entry workbook looks, and what its cells accept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from helpers.definitions.forms import Field
from helpers.inputs.values import written

FAMILY = "Times New Roman"  # what Vietnamese offices have and are told to write in
_INK, _DEEP, _PALE, _GREY, _LINE = "1F2933", "1F4E79", "DCE6F1", "6B7785", "B8C2CC"
_THIN = Side(style="thin", color=_LINE)
GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
TITLE = Font(name=FAMILY, size=14, bold=True, color=_DEEP)
BODY = Font(name=FAMILY, size=11, color=_INK)
BOLD = Font(name=FAMILY, size=11, bold=True, color=_INK)
HELP = Font(name=FAMILY, size=11, italic=True, color=_GREY)
CODE = Font(name=FAMILY, size=9, italic=True, color=_GREY)
HEADING = Font(name=FAMILY, size=11, bold=True, color="FFFFFF")
LINK = Font(name=FAMILY, size=11, underline="single", color=_DEEP)
DEEP_FILL = PatternFill("solid", start_color=_DEEP)
PALE_FILL = PatternFill("solid", start_color=_PALE)
WRAP = Alignment(wrap_text=True, vertical="top")
CENTRE = Alignment(wrap_text=True, vertical="center", horizontal="center")

LAST_ROW = 2000
"""Cells down to this row accept only what their column asks for."""

# The prefix makes LibreOffice write numbers the Vietnamese way; Excel follows the computer. Decimals
# stay General: there a typed 78,04% turns into a percentage that can be told from 0,7804.
_FORMATS = {
    "count": "[$-42A]#,##0",
    "number": "General",
    "points": "General",
    "percent": "General",
    "date": "[$-42A]dd/mm/yyyy",
    "year": "0",
}
_WIDTHS = {
    "count": 13,
    "number": 13,
    "points": 12,
    "percent": 13,
    "date": 14,
    "year": 10,
    "flag": 10,
}
_LONGEST_PROMPT = 250
_LONGEST_TITLE = 32


@dataclass(frozen=True)
class Lists:
    """Where the values of drop-downs stand: choices → range of the list sheet."""

    ranges: dict[tuple[str, ...], str]

    def of(self, choices: Sequence[str]) -> str:
        """Return the range of a list, as a formula."""
        return self.ranges[tuple(choices)]


def number_format(field: Field) -> str:
    """Return the format of a field's cells; text stays as typed: «1.10» is no number, «3/4» no date."""
    return _FORMATS.get(field.kind, "@")


def width(field: Field) -> float:
    """Return the width of a field's column, in characters."""
    if field.kind in _WIDTHS:
        return _WIDTHS[field.kind]
    longest = max((len(one) for one in field.choices), default=len(field.label))
    return min(max(14 if field.choices else 20, longest + 4), 34)


def accept(field: Field, lists: Lists) -> DataValidation:
    """Return what the cells of a field accept, with a hint when one is chosen and a word on mistakes.

    Excel checks what is typed, not what is pasted: ``chiso check`` looks at everything again.
    """
    hint = " ".join(part for part in (field.help, describe(field)) if part)
    rule = DataValidation(
        allow_blank=True,
        showInputMessage=True,
        showErrorMessage=True,
        errorStyle="stop",
        errorTitle="Giá trị không hợp lệ",
        error=_short(describe(field) or "Giá trị không hợp lệ."),
        promptTitle=field.label[:_LONGEST_TITLE],
        prompt=_short(hint) or None,
    )
    if field.kind in ("choice", "flag"):
        rule.type = "list"
        rule.formula1 = lists.of(field.choices or FLAGS)
    elif field.kind in ("count", "number", "points", "percent"):
        rule.type = "whole" if field.kind == "count" else "decimal"
        _limit(rule, field)
    elif field.kind == "year":
        rule.type, rule.operator = "whole", "between"
        rule.formula1, rule.formula2 = "1990", "2100"
    elif field.kind == "date":
        # Serial numbers of 1/1/1990 and 31/12/2100, as the formula may not depend on a language.
        rule.type, rule.operator = "date", "between"
        rule.formula1, rule.formula2 = "32874", "73415"
    else:
        rule.showErrorMessage = False
    return rule


FLAGS = ("có", "không")


def _limit(rule: DataValidation, field: Field) -> None:
    low, high = field.minimum, field.maximum
    if low is not None and high is not None:
        rule.operator, rule.formula1, rule.formula2 = "between", f"{low:g}", f"{high:g}"
    elif high is not None:
        rule.operator, rule.formula1 = "lessThanOrEqual", f"{high:g}"
    else:
        rule.operator = "greaterThanOrEqual"
        rule.formula1 = f"{low:g}" if low is not None else "-1000000000000"


def describe(field: Field) -> str:
    """Return in words what a field accepts; empty for text."""
    if field.kind == "percent":
        first = "Ghi theo phần trăm: 78,04 nghĩa là 78,04%"
    elif field.kind == "count":
        first = "Số nguyên"
    elif field.kind in ("number", "points"):
        first = "Số, có thể có phần thập phân"
    elif field.kind == "date":
        return "Ngày/tháng/năm, ví dụ 31/12/2023."
    elif field.kind == "year":
        return "Năm gồm bốn chữ số."
    elif field.kind == "flag":
        return "Chọn «có» hoặc «không»."
    elif field.kind == "choice":
        return "Chọn trong danh sách."
    else:
        return ""
    unit = f", đơn vị: {field.unit}" if field.unit and field.kind != "percent" else ""
    low = f", từ {written(field.minimum)}" if field.minimum is not None else ""
    high = (
        f" đến {written(field.maximum)}" if field.maximum is not None else " trở lên" if low else ""
    )
    return f"{first}{unit}{low}{high}."


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_PROMPT else text[: _LONGEST_PROMPT - 1] + "…"


def paper(sheet: Worksheet, heading: str, *, freeze: str) -> None:
    """Set up printing (A4 across, as wide as the page) and keep the heading in sight."""
    sheet.freeze_panes = freeze
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.zoomScale = 100
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    if heading:
        sheet.print_title_rows = heading
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top, sheet.page_margins.bottom = 0.6, 0.8
    sheet.page_margins.footer = 0.4
    sheet.oddFooter.left.text = "&A"
    sheet.oddFooter.right.text = "Trang &P/&N"


def set_widths(sheet: Worksheet, widths: Sequence[float]) -> None:
    """Set the widths of the columns from the first on."""
    for number, one in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = one
