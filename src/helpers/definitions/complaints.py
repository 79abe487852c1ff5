"""What is wrong with a settings file, said in Vietnamese whatever checked it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

_SAID = {
    "bool_parsing": "phải là true hoặc false",
    "bool_type": "phải là true hoặc false",
    "date_from_datetime_parsing": "phải là ngày dạng 2023-12-31",
    "date_parsing": "phải là ngày dạng 2023-12-31",
    "date_type": "phải là ngày dạng 2023-12-31",
    "dict_type": "phải gồm các khóa con",
    "extra_forbidden": "khóa này không tồn tại",
    "finite_number": "phải là số hữu hạn",
    "float_parsing": "phải là số",
    "float_type": "phải là số",
    "greater_than": "phải lớn hơn {gt}",
    "greater_than_equal": "phải từ {ge} trở lên",
    "int_from_float": "phải là số nguyên",
    "int_parsing": "phải là số nguyên",
    "int_type": "phải là số nguyên",
    "less_than": "phải nhỏ hơn {lt}",
    "less_than_equal": "phải không quá {le}",
    "list_type": "phải là danh sách",
    "literal_error": "phải là một trong {expected}",
    "missing": "thiếu khóa bắt buộc",
    "model_attributes_type": "phải gồm các khóa con",
    "model_type": "phải gồm các khóa con",
    "string_pattern_mismatch": "không đúng dạng {pattern}",
    "string_too_long": "dài quá {max_length} chữ",
    "string_too_short": "không được để trống",
    "string_type": "phải là chữ; hãy đặt trong dấu nháy",
    "too_long": "có quá {max_length} mục",
    "too_short": "cần ít nhất {min_length} mục",
    "tuple_type": "phải là danh sách",
}


def complaints(error: ValidationError) -> Iterator[tuple[str, str]]:
    """Yield the key that is wrong, its parents before it, and what is wrong with it."""
    for one in error.errors():
        yield ".".join(str(part) for part in one["loc"]), _said({**one})


def complaint(error: ValidationError) -> str:
    """Return the first complaint as ``key: what is wrong``."""
    key, said = next(complaints(error))
    return f"{key}: {said}" if key else said


def _said(one: Mapping[str, Any]) -> str:
    known = dict(one.get("ctx", {}))
    if "expected" in known:
        known["expected"] = str(known["expected"]).replace(" or ", ", ")
    if one["type"] in _SAID:
        return _SAID[one["type"]].format(**known)
    return str(one["msg"]).removeprefix("Value error, ")
