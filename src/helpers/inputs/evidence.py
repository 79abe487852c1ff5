"""What an office declares for a criterion, as text: ``82,5%``, ``41/50``, ``có``, ``A: 20; B: 10``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from helpers.places import fold

_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?")
_PART = re.compile(r"\s*([^:=;]+?)\s*[:=]\s*([^;]+?)\s*")
_YES = {"co", "dat", "dung han"}
_NO = {"khong", "chua", "khong dat"}
_NOT_ARISING = {"khong phat sinh", "khong ap dung"}


class EvidenceError(ValueError):
    """A declared text cannot be read; the message is Vietnamese."""


@dataclass(frozen=True)
class Evidence:
    """A declared text, read.

    Parameters
    ----------
    text : str
        As declared.
    number : float or None
        A number, percentage (in percent) or count; of ``a/b`` the percentage.
    said : bool or None
        True for *có*, False for *không*.
    not_arising : bool
        Whether the criterion did not arise and its maximum is taken off.
    parts : dict of str to float
        ``A: 20; B: 10``: option, as written, to count.
    with_plan : bool or None
        For two branches: ``có kế hoạch: 85%`` is True with number 85.
    """

    text: str
    number: float | None = None
    said: bool | None = None
    not_arising: bool = False
    parts: dict[str, float] = field(default_factory=dict)
    with_plan: bool | None = None


def read_evidence(text: str) -> Evidence:
    """Read a declared text.

    Parameters
    ----------
    text : str
        Vietnamese numbers: comma before decimals, full stops between thousands.

    Returns
    -------
    Evidence
        A text that is none of the forms is kept as a word, for rules that choose by words.

    Raises
    ------
    EvidenceError
        If it looks like a number or a ratio but is not one.
    """
    text = " ".join(text.split())
    folded = fold(text)
    if folded in _NOT_ARISING:
        return Evidence(text, not_arising=True)
    if folded in _YES or folded in _NO:
        return Evidence(text, said=folded in _YES)
    for opening, with_plan in (("khong co ke hoach", False), ("co ke hoach", True)):
        if folded.startswith(opening):
            return _with_plan(text, with_plan)
    if ";" in text or _PART.fullmatch(text):
        return Evidence(text, parts=_parts(text))
    if "/" in text and text[:1].isdigit():
        return Evidence(text, number=_ratio(text))
    if text[:1].isdigit() or text[:1] in "+-":
        return Evidence(text, number=_number(text))
    return Evidence(text)


def _with_plan(text: str, with_plan: bool) -> Evidence:
    inside = _PART.fullmatch(text)
    if inside is None:
        raise EvidenceError(f"«{text}» thiếu kết quả sau dấu hai chấm.")
    rest = read_evidence(inside[2])
    return Evidence(text, number=rest.number, said=rest.said, with_plan=with_plan)


def _parts(text: str) -> dict[str, float]:
    parts: dict[str, float] = {}
    for piece in filter(str.strip, text.split(";")):
        found = _PART.fullmatch(piece)
        if found is None:
            raise EvidenceError(f"«{piece.strip()}» không có dạng «A: 20».")
        if found[1] in parts:
            raise EvidenceError(f"phương án «{found[1]}» lặp lại.")
        parts[found[1]] = _number(found[2])
    return parts


def _ratio(text: str) -> float:
    a, _, b = text.partition("/")
    top, bottom = _number(a), _number(b)
    if bottom <= 0:
        raise EvidenceError(f"«{text}» có mẫu số bằng 0.")
    return top / bottom * 100


def _number(text: str) -> float:
    bare = text.strip().removesuffix("%").strip()
    if not _NUMBER.fullmatch(bare):
        raise EvidenceError(f"«{text.strip()}» không phải số (dùng dấu phẩy trước phần thập phân).")
    return float(bare.replace(".", "").replace(",", "."))
