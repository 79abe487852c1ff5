"""One cell as people in Viet Nam fill it in → one value, or what is wrong with it.

A Vietnamese number has a comma before its decimals and dots between its thousands; a spreadsheet set
to English has it the other way round. What can be read in one way only is read; what could be read in
two ways is refused, because a wrong guess would be a thousand times too large or too small.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from helpers.definitions.forms import Field
from helpers.inputs.codes import (
    DIGITS,
    LARGEST,
    ambiguous,
    as_typed,
    is_code,
    number_as_text,
    too_large,
    unknown_code,
)
from helpers.inputs.dates import read_date
from helpers.inputs.faults import BadValueError
from helpers.inputs.letters import plain_text
from helpers.places.words import bare

RawValue = str | float | int | bool | date | datetime | time | None
"""A cell as a file holds it; None or an empty text for an empty cell."""

Value = float | str | bool | date | None

NUMERIC = ("count", "number", "percent", "points")
"""Kinds that hold a number."""

_DIGITS = re.compile(r"\d+")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_VIETNAMESE = re.compile(r"(?:\d+|[1-9]\d{0,2}(?:\.\d{3})+),\d+")
_POINT = re.compile(r"\d+\.\d+")
_ENGLISH = re.compile(r"[1-9]\d{0,2}(?:(?:,\d{3})+\.\d+|(?:,\d{3}){2,})")
_ONE_COMMA = re.compile(r"[1-9]\d{0,2},\d{3}")
_FRACTION = re.compile(r"(\d[\d.]*)\s*/\s*(\d[\d.]*)")
_SPACED = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_EXCEL_ERROR = re.compile(r"#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|####*)")
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2012": "-"})
_PERCENT_UNITS = {"%", "điểm %", "điểm phần trăm", "phần trăm"}
_NO_DATA = {"kcdl", "na", "n a", "khong co so lieu", "chua co so lieu"}
_YES = {"co", "x", "1", "true", "dung", "yes"}
_NO = {"khong", "0", "false", "sai", "no"}
_YEARS = (1900, 2100)
LONGEST_TEXT = 32_767
"""Letters of a cell, as many as Excel keeps."""


@dataclass(frozen=True)
class Reading:
    """A cell that was understood.

    Parameters
    ----------
    value : float, str, bool, date or None
        None for an empty cell; a percentage in percent.
    printed : str
        As written, for a number that a program stored: written the Vietnamese way.
    decimals : int
        Digits after the comma, as written.
    """

    value: Value
    printed: str = ""
    decimals: int = 0


_EMPTY = Reading(None)


def read_value(
    raw: RawValue, field: Field, *, percent_format: bool = False, number_format: str = "General"
) -> Reading:
    """Read a cell as its field asks.

    Parameters
    ----------
    raw : str, float, int, bool, date, time or None
        As the file holds it; an Excel error as its text (``#N/A``).
    field : Field
        Kind, unit, limits and choices.
    percent_format : bool
        Whether a spreadsheet shows the cell as a percentage: then it holds 0.7804 where a person
        sees 78,04%.
    number_format : str
        How a spreadsheet shows a number; it decides what a number in a column of text is.

    Returns
    -------
    Reading

    Raises
    ------
    BadValueError
        If the cell cannot be understood or breaks a limit.
    """
    if raw is None or (isinstance(raw, float) and math.isnan(raw)):
        return _EMPTY
    if isinstance(raw, str):
        raw = plain_text(raw)
        if len(raw) > LONGEST_TEXT:
            raise BadValueError(
                "too-long",
                f"ô có {written(len(raw))} chữ («{raw[:40]}…»), nhiều hơn mức đọc được "
                f"({written(LONGEST_TEXT)}).",
                "rút gọn ô này, hoặc chuyển phần dài sang tài liệu khác.",
            )
        if not raw:
            return _EMPTY
        if _EXCEL_ERROR.fullmatch(raw):
            raise BadValueError(
                "excel-error",
                f"ô chứa lỗi của Excel ({raw}).",
                "sửa công thức hoặc ghi thẳng giá trị; không có số liệu thì để trống.",
            )
    if field.kind in NUMERIC:
        return _number(raw, field, percent_format)
    if field.kind == "date":
        found = read_date(raw, field.date_format)
        return Reading(found, f"{found:%d/%m/%Y}")
    if field.kind == "year":
        return _year(raw)
    if field.kind == "flag":
        return _flag(raw)
    if field.kind == "choice":
        return _choice(raw, field)
    return _text(raw, percent_format, number_format)


def written(value: float, decimals: int | None = None) -> str:
    """Write a number the Vietnamese way: dots between thousands, a comma before decimals.

    Parameters
    ----------
    value : float
    decimals : int, optional
        Without it, as many as the value has.

    Examples
    --------
    >>> written(5182), written(78.04), written(-1234.5, 2)
    ('5.182', '78,04', '-1.234,50')
    """
    exact = Decimal(repr(value)) if decimals is None else Decimal(f"{value:.{decimals}f}")
    if decimals is None and exact == exact.to_integral_value():
        exact = exact.to_integral_value()
    return f"{exact:,f}".translate(str.maketrans(",.", ".,"))


def _number(raw: RawValue, field: Field, percent_format: bool) -> Reading:
    if isinstance(raw, bool):
        raise BadValueError("not-a-number", "ô chứa đúng/sai ở chỗ của số.", _WRITE_NUMBER)
    if isinstance(raw, date | time):
        raise BadValueError(
            "date-for-number",
            f"ô chứa ngày giờ ({_shown(raw)}) ở chỗ của số; Excel thường tự đổi những gì gõ như "
            "«1/2» hay «12.5» thành ngày.",
            "định dạng ô là số (Number) rồi gõ lại số.",
        )
    if isinstance(raw, str):
        reading = _number_in_text(raw, field)
    else:
        reading = _number_in_cell(raw, field, percent_format)
    _check_limits(reading, field)
    return reading


_WRITE_NUMBER = "ghi một số vào ô, hoặc để trống nếu không có số liệu."


def _number_in_cell(raw: float | None, field: Field, percent_format: bool) -> Reading:
    assert raw is not None  # noqa: S101  (read_value has answered for an empty cell)
    if math.isinf(raw):
        raise BadValueError("not-a-number", "ô chứa giá trị vô hạn.", _WRITE_NUMBER)
    if abs(raw) > LARGEST:
        raise too_large(f"{raw:.15g}")
    exact = as_typed(raw)
    if percent_format:
        if not _takes_percent(field):
            raise BadValueError(
                "percent-format",
                f"ô được định dạng phần trăm, nhưng «{field.label}» không tính bằng phần trăm.",
                "đổi định dạng ô thành số (Number) rồi gõ lại.",
            )
        exact *= 100
    exact = exact.normalize()
    if exact == exact.to_integral_value():
        exact = exact.to_integral_value()
    exponent = exact.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    value = float(exact)
    printed = written(value, decimals) + ("%" if field.unit == "%" else "")
    return Reading(value, printed, decimals)


def _number_in_text(text: str, field: Field) -> Reading:
    body = text.translate(_MINUS)
    if bare(body) in _NO_DATA:
        return _EMPTY
    if not re.search(r"\d", body):
        if set(body) <= set("-. …"):
            raise BadValueError(
                "dash",
                f"ô ghi «{text}»; không rõ là số 0 hay không có số liệu.",
                "ghi 0 nếu không phát sinh, để trống nếu không có số liệu.",
            )
        raise BadValueError("not-a-number", f"ô ghi «{text}» ở chỗ của số.", _WRITE_NUMBER)
    sign = ""
    if body[0] in "+-":
        sign, body = ("-" if body[0] == "-" else ""), body[1:].strip()
    if body.endswith("%"):
        if not _takes_percent(field):
            raise BadValueError(
                "percent-sign",
                f"ô ghi «{text}», nhưng «{field.label}» không tính bằng phần trăm.",
                f"ghi số theo đơn vị {field.unit or 'của cột này'}.",
            )
        body = body[:-1].strip()
    body = _SPACED.sub("", body)
    if found := _FRACTION.fullmatch(body):
        raise BadValueError(
            "fraction",
            f"ô ghi «{text}», là hai số.",
            f"ghi {found[1]} vào ô này và {found[2]} vào ô của tổng số (ví dụ «Số đơn vị được "
            "xếp hạng», «Mẫu số»).",
        )
    exact = Decimal(sign + _plain(body, text, sign, field))
    if abs(exact) > LARGEST or len(exact.normalize().as_tuple().digits) > DIGITS:
        raise too_large(text)
    exponent = exact.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return Reading(float(exact), text, decimals)


def _plain(body: str, text: str, sign: str, field: Field) -> str:
    """Return digits with a point before the decimals."""
    if _DIGITS.fullmatch(body):
        return body
    if _VIETNAMESE.fullmatch(body):
        if field.kind == "count" and _ONE_COMMA.fullmatch(body):
            whole = body.replace(",", "")
            raise BadValueError(
                "ambiguous-number",
                f"ô ghi «{text}», có thể là {whole} viết kiểu Anh hoặc {body}; số đếm không có phần "
                "thập phân.",
                f"ghi «{whole}» nếu đúng là số đó.",
            )
        return body.replace(".", "").replace(",", ".")
    if _THOUSANDS.fullmatch(body):
        return _dotted(body, text, sign, field)
    if _POINT.fullmatch(body):
        return body
    if _ENGLISH.fullmatch(body):
        return body.replace(",", "")
    raise BadValueError(
        "not-a-number",
        f"ô ghi «{text}», không đọc được thành số.",
        f"chỉ ghi số, {_example(field)}; đơn vị và lời giải thích ghi ở cột khác.",
    )


def _example(field: Field) -> str:
    if field.kind == "count" and field.maximum is not None:
        return f"từ {written(field.minimum or 0)} đến {written(field.maximum)}"
    return "ví dụ 5.182" if field.kind == "count" else "ví dụ 5.182 hoặc 78,04"


def _dotted(body: str, text: str, sign: str, field: Field) -> str:
    """Read 1.234: a count has thousands; elsewhere only the limits of the field can decide."""
    thousands, decimal = body.replace(".", ""), body
    if field.kind == "count" or body.count(".") > 1:
        return thousands
    fits = [one for one in (thousands, decimal) if _within(float(sign + one), field)]
    if len(fits) == 1:
        return fits[0]
    raise ambiguous(text, sign + thousands, sign + body.replace(".", ","))


def _within(value: float, field: Field) -> bool:
    low = -math.inf if field.minimum is None else field.minimum
    high = math.inf if field.maximum is None else field.maximum
    return low <= value <= high


def _check_limits(reading: Reading, field: Field) -> None:
    value = reading.value
    if not isinstance(value, float):
        return
    if field.kind == "count" and not value.is_integer():
        raise BadValueError(
            "not-whole",
            f"ô ghi «{reading.printed}», nhưng «{field.label}» là số đếm.",
            "ghi số nguyên, không có phần thập phân.",
        )
    if field.minimum == 0 and value < 0:
        raise BadValueError(
            "negative",
            f"ô ghi «{reading.printed}», nhưng «{field.label}» không thể âm.",
            "kiểm tra lại số này.",
        )
    if not _within(value, field):
        limits = [
            f"từ {written(field.minimum)}" if field.minimum is not None else "",
            f"đến {written(field.maximum)}" if field.maximum is not None else "",
        ]
        raise BadValueError(
            "out-of-range",
            f"ô ghi «{reading.printed}», ngoài giới hạn của «{field.label}» "
            f"({' '.join(part for part in limits if part)}).",
            "kiểm tra lại số và đơn vị tính.",
        )


def _takes_percent(field: Field) -> bool:
    return field.kind == "percent" or field.unit.strip().casefold() in _PERCENT_UNITS


def _year(raw: RawValue) -> Reading:
    text = f"{raw:.12g}" if isinstance(raw, int | float) else str(raw).strip()
    if re.fullmatch(r"\d{4}", text) and _YEARS[0] <= int(text) <= _YEARS[1]:
        return Reading(float(text), text)
    raise BadValueError(
        "year", f"ô ghi «{_shown(raw)}», không phải một năm.", "ghi năm gồm bốn chữ số, ví dụ 2023."
    )


def _flag(raw: RawValue) -> Reading:
    text = bare(str(int(raw)) if isinstance(raw, bool | int | float) else str(raw))
    if text in _YES or text in _NO:
        return Reading(text in _YES, "có" if text in _YES else "không")
    if is_code(raw):
        raise unknown_code(raw)
    raise BadValueError(
        "not-a-flag", f"ô ghi «{_shown(raw)}».", "ghi «có» hoặc «không», hoặc để trống."
    )


def _choice(raw: RawValue, field: Field) -> Reading:
    if isinstance(raw, date | time):
        raise BadValueError(
            "date-for-text",
            f"ô chứa ngày giờ ({_shown(raw)}); Excel tự đổi những gì gõ như «1.2» thành ngày.",
            f"định dạng ô là chữ (Text) rồi chọn lại: {_listed(field.choices)}.",
        )
    text = f"{raw:.12g}" if isinstance(raw, int | float) else str(raw)
    same = {one.casefold(): one for one in reversed(field.choices)}
    alike = {bare(one): one for one in reversed(field.choices)}
    found = same.get(text.casefold()) or alike.get(bare(text))
    if found is None and is_code(raw):
        raise unknown_code(raw)
    if found is None:
        raise BadValueError(
            "unknown-choice",
            f"ô ghi «{text}», không thuộc các giá trị của «{field.label}».",
            f"chọn một trong: {_listed(field.choices)}.",
        )
    return Reading(found, found)


def _text(raw: RawValue, percent_format: bool, number_format: str) -> Reading:
    if isinstance(raw, date | time):
        raise BadValueError(
            "date-for-text",
            f"ô chứa ngày giờ ({_shown(raw)}) ở chỗ của chữ; Excel tự đổi những gì gõ như «01/2023» "
            "thành ngày.",
            "định dạng ô là chữ (Text) rồi gõ lại.",
        )
    if isinstance(raw, bool):
        text = "có" if raw else "không"
    elif percent_format and isinstance(raw, int | float):
        text = written(float(f"{raw * 100:.10g}")) + "%"
    else:
        text = number_as_text(raw, number_format) if isinstance(raw, int | float) else str(raw)
    return Reading(text, text)


def _listed(choices: tuple[str, ...], at_most: int = 8) -> str:
    more = f" … ({len(choices)} giá trị)" if len(choices) > at_most else ""
    return ", ".join(f"«{one}»" for one in choices[:at_most]) + more


def _shown(raw: RawValue) -> str:
    if isinstance(raw, date):
        return f"{raw:%d/%m/%Y}"
    if isinstance(raw, time):
        return f"{raw:%H:%M}"
    return str(raw)
