"""Dates as they stand in workbooks and text files."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, time, timedelta

from helpers.inputs.faults import BadValueError

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
_VIETNAMESE = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?: \d{1,2}:\d{2}(?::\d{2})?)?")
_IN_WORDS = re.compile(r"(?:ngày )?(\d{1,2}) tháng (\d{1,2}) năm (\d{4})", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2}")
# Day 0 of Excel; right from 1 March 1900 on, which is before anything reported here.
_DAY_ZERO = date(1899, 12, 30)
_SERIALS = (18264, 73050)  # 1/1/1950 to 31/12/2099
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_MONTHS = 12
_REMEDY = "ghi ngày/tháng/năm, ví dụ 31/12/2023."


def read_date(raw: str | float | bool | date | datetime | time | None) -> date:
    """Read a day.

    Parameters
    ----------
    raw : object
        A date; the serial number by which Excel counts days; ``31/12/2023``, ``2023-12-31`` or
        ``ngày 31 tháng 12 năm 2023``. A time of day behind it is left out.

    Returns
    -------
    date

    Raises
    ------
    BadValueError
        If it is no day of the calendar, or says the year with two digits.
    """
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return _from_serial(float(raw))
    text = str(raw).strip()
    if re.fullmatch(r"\d{5}", text):
        return _from_serial(float(text))
    if found := _ISO.fullmatch(text):
        return _day(text, int(found[3]), int(found[2]), int(found[1]))
    if found := _VIETNAMESE.fullmatch(text) or _IN_WORDS.fullmatch(text):
        return _day(text, int(found[1]), int(found[2]), int(found[3]))
    if _SHORT_YEAR.fullmatch(text):
        raise BadValueError("short-year", f"ô ghi «{text}», năm chỉ có hai chữ số.", _REMEDY)
    raise BadValueError("not-a-date", f"ô ghi «{text}», không đọc được thành ngày.", _REMEDY)


def _from_serial(serial: float) -> date:
    if not _SERIALS[0] <= serial <= _SERIALS[1] + 1:
        raise BadValueError(
            "not-a-date", f"ô ghi số {serial:.12g}, không phải một ngày của Excel.", _REMEDY
        )
    return _DAY_ZERO + timedelta(days=int(serial))


def _day(text: str, day: int, month: int, year: int) -> date:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise BadValueError("not-a-date", f"ô ghi «{text}», không có năm {year}.", _REMEDY)
    if not 1 <= month <= _MONTHS:
        raise BadValueError(
            "not-a-date",
            f"ô ghi «{text}», không có tháng {month}; có thể đã ghi theo kiểu Mỹ (tháng trước ngày).",
            _REMEDY,
        )
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        message = f"ô ghi «{text}»: tháng {month}/{year} chỉ có {last} ngày."
        raise BadValueError("no-such-day", message, "kiểm tra lại ngày này.")
    return date(year, month, day)
