"""Dates as they stand in workbooks and text files."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, timezone

from helpers.inputs.faults import BadValueError

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
_ZONED = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)? ?(Z|[+-]\d{2}:?\d{2})"
)
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:\d{4}(?:\d{2})?)?")
"""yyyyMMdd, yyyyMMddHHmm, yyyyMMddHHmmss; ddMMyyyy cannot be read so, as there is no month 19 or 20."""
_HERE = timezone(timedelta(hours=7))
_VIETNAMESE = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?: \d{1,2}:\d{2}(?::\d{2})?)?")
_IN_WORDS = re.compile(r"(?:ngày )?(\d{1,2}) tháng (\d{1,2}) năm (\d{4})", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2}")
# Day 0 of Excel; right from 1 March 1900 on, which is before anything reported here.
_DAY_ZERO = date(1899, 12, 30)
_SERIALS = (18264, 73050)  # 1/1/1950 to 31/12/2099
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_MONTHS = 12
_FEWEST, _ENOUGH = 2, 6
"""Fewer dates could lie so by chance."""
_REMEDY = "ghi ngày/tháng/năm, ví dụ 31/12/2023."


def read_date(raw: str | float | bool | date | datetime | time | None, pattern: str = "") -> date:
    """Read a day.

    Parameters
    ----------
    raw : object
        A date; the serial number by which Excel counts days; ``31/12/2023``, ``2023-12-31`` or
        ``ngày 31 tháng 12 năm 2023``; ``20231231`` with or without a time. A time of day behind it is
        left out; with a zone (``2023-12-31T18:00:00Z``) the day is that in Viet Nam.
    pattern : str
        How the office's settings say texts are written: ``MM/dd/yyyy``, ``yyyyMMddHHmmss``.

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
    if pattern:
        return _by_pattern(f"{raw:.15g}" if isinstance(raw, float) else str(raw).strip(), pattern)
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        compact = _COMPACT.fullmatch(f"{raw:.15g}")
        return _compact(compact) if compact else _from_serial(float(raw))
    text = str(raw).strip()
    if found := _ZONED.fullmatch(text):
        return _zoned(text, found)
    if found := _COMPACT.fullmatch(text):
        return _compact(found)
    if re.fullmatch(r"\d{5}", text):
        return _from_serial(float(text))
    if found := _ISO.fullmatch(text):
        return _day(text, int(found[3]), int(found[2]), int(found[1]))
    if found := _VIETNAMESE.fullmatch(text) or _IN_WORDS.fullmatch(text):
        return _day(text, int(found[1]), int(found[2]), int(found[3]))
    if _SHORT_YEAR.fullmatch(text):
        raise BadValueError("short-year", f"ô ghi «{text}», năm chỉ có hai chữ số.", _REMEDY)
    raise BadValueError("not-a-date", f"ô ghi «{text}», không đọc được thành ngày.", _REMEDY)


def _compact(found: re.Match[str]) -> date:
    return _day(found[0], int(found[3]), int(found[2]), int(found[1]))


def _zoned(text: str, found: re.Match[str]) -> date:
    _day(text, int(found[3]), int(found[2]), int(found[1]))
    zone = found[7].replace("Z", "+00:00")
    zone = zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
    moment = f"{found[1]}-{found[2]}-{found[3]}T{found[4]}:{found[5]}:{found[6] or '00'}{zone}"
    try:
        return datetime.fromisoformat(moment).astimezone(_HERE).date()
    except (ValueError, OverflowError) as error:
        message = f"ô ghi «{text}», không đọc được thành ngày."
        raise BadValueError("not-a-date", message, _REMEDY) from error


_TOKENS = {"yyyy": r"(?P<y>\d{4})", "MM": r"(?P<m>\d{1,2})", "dd": r"(?P<d>\d{1,2})"}
_TIMES = {"HH": r"\d{1,2}", "mm": r"\d{2}", "ss": r"\d{2}"}


def swapped(label: str, stored: Sequence[int], texts: Sequence[int]) -> tuple[str, str] | None:
    """Find a column in which a spreadsheet set to month/day took days for months.

    Such a program turns 05/03/2023 into 3 May and leaves 20/05/2023 a text: then every real date has a
    day up to 12 and every text one above it.

    Parameters
    ----------
    label : str
        Of the column.
    stored, texts : sequence of int
        Days of the month of its cells that are dates, and of those that are texts.

    Returns
    -------
    tuple of str or None
        Message and remedy.
    """
    if min(len(stored), len(texts)) < _FEWEST or len(stored) + len(texts) < _ENOUGH:
        return None
    if max(stored) > _MONTHS or min(texts) <= _MONTHS:
        return None
    return (
        f"Cột «{label}»: {len(stored)} ô là ngày của Excel và đều có ngày từ 1 đến 12, {len(texts)} ô "
        "còn là chữ và đều có ngày từ 13 trở lên; Excel đặt theo kiểu Mỹ (tháng trước ngày) đã đổi "
        "chỗ ngày và tháng ở các ô đầu.",
        "lấy lại tệp gốc, đặt vùng (Region) của máy là Vietnam rồi mở lại, hoặc định dạng cột là chữ "
        "(Text) trước khi dán.",
    )


def is_pattern(pattern: str) -> bool:
    """Tell whether a pattern says year, month and day, once each."""
    return all(pattern.count(token) == 1 for token in _TOKENS)


def _by_pattern(text: str, pattern: str) -> date:
    expression = re.escape(pattern)
    compact = not re.search(r"[^a-zA-Z]", pattern)
    for token, digits in {**_TOKENS, **_TIMES}.items():
        exact = digits.replace("{1,2}", "{2}") if compact else digits
        expression = expression.replace(token, exact, 1)
    found = re.fullmatch(expression, text)
    if found is None:
        raise BadValueError(
            "not-a-date",
            f"ô ghi «{text}», không theo dạng «{pattern}» đã khai trong tệp thông số.",
            "sửa ô này, hoặc sửa dạng ngày ở khóa dates trong tệp thông số.",
        )
    return _day(text, int(found["d"]), int(found["m"]), int(found["y"]))


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
