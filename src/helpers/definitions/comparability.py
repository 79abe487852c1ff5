"""Whether two years of a criterion measure the same thing the same way."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.definitions.framework import Framework, FrameworkBreak
from helpers.definitions.models import Node


@dataclass(frozen=True)
class Comparison:
    """The answer for one criterion and two years.

    Parameters
    ----------
    code : str
        The criterion as printed in the later year.
    earlier, later : int
        Years measured.
    reasons : tuple of str
        Vietnamese clauses that can follow "vì"; empty if the years may be compared.
    evidence : tuple of str
        Addresses behind the reasons.
    """

    code: str
    earlier: int
    later: int
    reasons: tuple[str, ...]
    evidence: tuple[str, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether a difference between the two years may be called a change."""
        return not self.reasons


def compare_years(definition: Framework, code: str, earlier: int, later: int) -> Comparison:
    """Decide whether a criterion may be compared between two years.

    It may not if a break lies between them: one listed for the criterion itself, for one of its
    parts, or for a whole it belongs to; or if its subject, its scale or its list of parts differ
    between the editions. A sum is comparable only if all of its parts are.

    Parameters
    ----------
    definition : Framework
    code : str
        The criterion as printed in `later`.
    earlier, later : int
        Years measured, in this order.

    Returns
    -------
    Comparison

    Raises
    ------
    ValueError
        If the years are not in order.
    KeyError
        If the later edition has no such code.
    """
    if earlier >= later:
        raise ValueError(f"Năm trước ({earlier}) phải nhỏ hơn năm sau ({later}).")
    new = definition.edition(later).get(code)
    found = [
        entry
        for entry in definition.every_break
        if earlier < entry.after <= later and _touches(entry, new, definition)
    ]
    reasons = list(dict.fromkeys(entry.reason for entry in found))
    evidence = tuple(dict.fromkeys(address for entry in found for address in entry.evidence))
    if not reasons:
        reasons = _differences(definition, new, earlier)
    return Comparison(code, earlier, later, tuple(reasons), evidence)


def _touches(entry: FrameworkBreak, criterion: Node, definition: Framework) -> bool:
    if not entry.codes or any(below.code in entry.codes for below in criterion.walk()):
        return True
    edition = definition.edition(entry.after)
    if not entry.whole:
        return False
    changed = (edition.get(code) for code in entry.codes if edition.has(code))
    return any(criterion.code == below.code for whole in changed for below in whole.walk())


def _differences(definition: Framework, new: Node, earlier: int) -> list[str]:
    edition = definition.edition(earlier)
    if not edition.has(new.code):
        return [f"năm {earlier} chưa đo nội dung này"]
    old = edition.get(new.code)
    if old.subject != new.subject:
        return [f"mã {new.code} năm {earlier} là nội dung khác ({old.name_vi})"]
    if (old.minimum, old.maximum) != (new.minimum, new.maximum):
        return ["thang điểm của nội dung này đã thay đổi"]
    if [part.subject for part in old.children] != [part.subject for part in new.children]:
        return ["các nội dung thành phần đã thay đổi"]
    reasons = [
        reason for part in new.children for reason in _differences(definition, part, earlier)
    ]
    return list(dict.fromkeys(reasons))
