"""The first sheet of the entry workbook: how to fill it in."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from openpyxl.worksheet.worksheet import Worksheet

from helpers.definitions.forms import EntryForms, TableForm
from helpers.inputs import entry_styles as styles
from helpers.inputs.delivery import Delivery
from helpers.inputs.entry_sheets import GUIDE, WORKBOOK
from helpers.inputs.figure_sheets import SHEET
from helpers.inputs.workbook import Workbook
from helpers.places import Place

_STEPS = (
    "Điền trang «Số liệu chung» và các trang bảng mà cơ quan có số liệu. Không cần điền hết: phần nào "
    "không có số liệu thì báo cáo nói rõ là chưa có.",
    "Giữ nguyên tên trang tính, dòng tiêu đề và dòng mã (chữ nghiêng nhỏ dưới tiêu đề). Cột có dấu * "
    "là bắt buộc.",
    "Ô để trống nghĩa là không có số liệu; không phát sinh thì ghi 0. Không dùng dấu «-».",
    "Số viết theo cách Việt Nam: 5.182 hoặc 5182; 78,04. Tỷ lệ ghi theo phần trăm: 78,04 nghĩa là "
    "78,04%. Không ghi đơn vị vào ô số; «13/15» phải tách thành hai ô.",
    "Ngày ghi ngày/tháng/năm, ví dụ 31/12/2023.",
    "Chữ gõ bằng bảng mã Unicode. Chữ TCVN3 (.VnTime) hoặc VNI phải chuyển sang Unicode trước, ví dụ "
    "bằng UniKey.",
    "Không gộp ô, không ẩn dòng hay cột, không để hai bảng trên một trang. Không cần dòng tổng cộng.",
    "Lưu tệp với đúng tên {file}, không đặt mật khẩu, rồi chạy lệnh: chiso check {options}",
)


_OFFICE = "Cơ quan"
_COLUMNS_NAMED = 8
_LINE = 125  # characters of a line of the second column, as printed


def sheet_order(forms: EntryForms) -> list[TableForm]:
    """Return the tables in the order of their topics, as the single figures have them."""
    topics = [topic.key for topic in forms.topics]
    known = {topic: number for number, topic in enumerate(topics)}
    return sorted(forms.tables, key=lambda form: known.get(form.topic, len(topics)))


def office_of_workbook(path: Path) -> str:
    """Return the office that an entry workbook was laid out for; empty where it does not say.

    Raises
    ------
    InputError
        If the workbook cannot be read.
    """
    book = Workbook(path, again="lấy lại tệp gốc")
    rows = book.sheet(GUIDE).rows if GUIDE in book.sheet_names else ()
    return next((str(row[1]).strip() for row in rows if len(row) > 1 and row[0] == _OFFICE), "")


def write_guide(
    sheet: Worksheet, unit: str, place: Place, delivery: Delivery, forms: EntryForms
) -> None:
    """Write the guide.

    Parameters
    ----------
    sheet : Worksheet
        An empty sheet; it gets its name here.
    unit : str
        Name of the office.
    place : Place
        Its province.
    delivery : Delivery
    forms : EntryForms
    """
    sheet.title, year = GUIDE, delivery.year
    rows = count(1)
    row = next(rows)
    sheet.cell(row, 1, f"Sổ nhập liệu năm {year}").font = styles.TITLE
    sheet.row_dimensions[row].height = 24
    _line(sheet, next(rows), _OFFICE, unit)
    _line(sheet, next(rows), "Địa phương", place.full_name(year))
    next(rows)
    sheet.cell(next(rows), 1, "Cách điền").font = styles.BOLD
    for number, step in enumerate(_STEPS, 1):
        words = step.format(file=WORKBOOK, options=delivery.options)
        _line(sheet, next(rows), str(number), words)
    next(rows)
    sheet.cell(next(rows), 1, "Các trang tính").font = styles.BOLD
    row = next(rows)
    for column, text in enumerate(("Trang tính", "Nội dung"), 1):
        cell = sheet.cell(row, column, text)
        cell.font, cell.fill, cell.border = styles.HEADING, styles.DEEP_FILL, styles.GRID
    listed = [(SHEET, "Số liệu đơn lẻ theo từng nhóm việc, của năm báo cáo và năm trước.")]
    listed += [(form.sheet, f"{form.title}. {form.help}".strip()) for form in sheet_order(forms)]
    for name, text in listed:
        row = next(rows)
        _line(sheet, row, name, text)
        link = sheet.cell(row, 1)
        link.hyperlink = f"#'{name}'!A1"
        link.font = styles.LINK
        link.border = sheet.cell(row, 2).border = styles.GRID
    if forms.records:
        next(rows)
        sheet.cell(
            next(rows), 1, "Tệp bản ghi (để cùng thư mục, không bắt buộc)"
        ).font = styles.BOLD
        for record in forms.records:
            columns = ", ".join(field.code for field in record.columns[:_COLUMNS_NAMED])
            more = len(record.columns) - _COLUMNS_NAMED
            rest = f" và {more} cột khác" if more > 0 else ""
            text = (
                f"Mỗi dòng là một {record.title}; tệp CSV, XLSX hoặc Parquet. Các cột: {columns}{rest};"
                f" xem params/entry/records/{record.key}.yml."
            )
            _line(sheet, next(rows), record.file, text)
    styles.set_widths(sheet, (26, 110))
    styles.paper(sheet, "", freeze="A2")


def _line(sheet: Worksheet, row: int, name: str, text: str) -> None:
    first, second = sheet.cell(row, 1, name), sheet.cell(row, 2, text)
    first.font, second.font = styles.BOLD, styles.BODY
    first.alignment = second.alignment = styles.WRAP
    if name.isdecimal():
        first.font = styles.BODY
    sheet.row_dimensions[row].height = 15.5 * max(1, -(-len(text) // _LINE))
