"""Numbers in columns of text: a code is what a spreadsheet shows, or it is refused, never guessed."""

from __future__ import annotations

import math
import re
from decimal import Decimal

from helpers.inputs.faults import BadValueError

LARGEST = 1e15
DIGITS = 15
"""Numbers beyond are not kept exactly by spreadsheets, nor by a float."""
NOISE = 1e-13
"""Share of a number below which its last digits come from binary fractions, not from a person."""
UNKNOWN_CODE = "unknown-code"
"""Rule of a number that stands where a word belongs."""


def as_typed(raw: float) -> Decimal:
    """Return the number that a person typed or a formula meant.

    A program stores binary fractions: 78.04 comes back as 78.04000000000001, and a sum has a little
    more of it. What a spreadsheet keeps, 15 digits, is kept: 1234567890123 is no 1234567890120.

    Examples
    --------
    >>> [str(as_typed(one)) for one in (78.04000000000001, 1234567890123.0, 1234567890.1234)]
    ['78.04', '1234567890123', '1234567890.1234']
    """
    if float(raw).is_integer():
        return Decimal(int(raw))
    kept, short = Decimal(f"{raw:.{DIGITS}g}"), Decimal(f"{raw:.12g}")
    return short if abs(kept - short) <= abs(kept) * Decimal(NOISE) else kept


def number_as_text(raw: float, number_format: str = "General") -> str:
    """Return a number that stands in a column of text as a spreadsheet shows it: a code is no number.

    Parameters
    ----------
    raw : int or float
    number_format : str
        Of the cell: ``0.00`` shows 1.1 as 1.10, ``000`` shows 7 as 007.

    Raises
    ------
    BadValueError
        If digits were lost already: a spreadsheet keeps 15 of them.
    """
    if math.isnan(raw) or math.isinf(raw) or abs(raw) > LARGEST:
        raise BadValueError(
            "lost-digits",
            f"ô chứa số {raw:.15g} ở chỗ của chữ; bảng tính chỉ giữ {DIGITS} chữ số đầu của một số.",
            "định dạng cột là chữ (Text) rồi gõ hoặc dán lại mã.",
        )
    shape = number_format.split(";")[0].strip()
    if found := re.fullmatch(r"(0*)0(?:\.(0+))?", shape):
        places = len(found[2] or "")
        width = len(found[1]) + 1 + (places + 1 if places else 0)
        shown = f"{raw:0{width}.{places}f}"
        if float(shown) == float(f"{raw:.15g}"):
            return shown
        raise BadValueError(
            "number-for-text",
            f"ô hiện «{shown}» nhưng chứa số {raw:.15g}; không rõ mã nào là đúng.",
            "định dạng ô là chữ (Text) rồi gõ lại mã.",
        )
    if shape == "@" or shape.casefold() == "general" or float(raw).is_integer():
        return f"{raw:.15g}" if not float(raw).is_integer() else f"{int(raw)}"
    raise BadValueError(
        "number-for-text",
        f"ô chứa số {raw:.15g} ở chỗ của chữ, và định dạng ô («{shape}») làm nó hiện khác đi.",
        "định dạng ô là chữ (Text) rồi gõ lại như muốn đọc.",
    )


def is_code(raw: object) -> bool:
    """Tell whether a cell holds a bare number where a word belongs: a code of some program."""
    if isinstance(raw, bool):
        return False
    return isinstance(raw, int | float) or (isinstance(raw, str) and raw.strip().isdecimal())


def unknown_code(raw: object) -> BadValueError:
    """Return the refusal of a code: its place in a list of ours is not its meaning."""
    text = f"{raw:.12g}" if isinstance(raw, int | float) else str(raw).strip()
    return BadValueError(
        UNKNOWN_CODE,
        f"ô ghi mã «{text}», không rõ mã này là giá trị nào.",
        "ghi giá trị bằng chữ thay cho mã.",
    )


def too_large(text: str) -> BadValueError:
    """Return the refusal of a number that is not kept exactly."""
    return BadValueError(
        "too-large",
        f"ô ghi «{text}», quá lớn hoặc có nhiều chữ số hơn mức một con số giữ được ({DIGITS}).",
        "kiểm tra lại số và đơn vị tính; mã số thì ghi ở cột chữ.",
    )


def ambiguous(text: str, thousands: str, decimal: str) -> BadValueError:
    """Return the refusal of a number that can be read in two ways."""
    return BadValueError(
        "ambiguous-number",
        f"ô ghi «{text}», có thể là {thousands} hoặc {decimal}.",
        f"ghi «{thousands}» nếu là số nguyên, «{decimal}» nếu là số thập phân "
        "(dấu phẩy trước phần thập phân).",
    )
