"""Whether two years of a criterion measure the same thing the same way."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.definitions.models import Break, Criterion, IndexDefinition


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


def compare_years(definition: IndexDefinition, code: str, earlier: int, later: int) -> Comparison:
    """Decide whether a criterion may be compared between two years.

    It may not if a break lies between them: one listed for the criterion itself, for one of its
    parts, or for a whole it belongs to; or if its subject, its scale or its list of parts differ
    between the editions. A sum is comparable only if all of its parts are.

    Parameters
    ----------
    definition : IndexDefinition
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
        for entry in definition.breaks
        if earlier < entry.after <= later and _touches(entry, new, definition)
    ]
    reasons = list(dict.fromkeys(entry.reason for entry in found))
    evidence = tuple(dict.fromkeys(address for entry in found for address in entry.evidence))
    if not reasons:
        reasons = _differences(definition, new, earlier)
    return Comparison(code, earlier, later, tuple(reasons), evidence)


def _touches(entry: Break, criterion: Criterion, definition: IndexDefinition) -> bool:
    if any(entry.code == below.code for below in criterion.walk()):
        return True
    edition = definition.edition(entry.after)
    if not entry.whole or not edition.has(entry.code):
        return False
    return any(criterion.code == below.code for below in edition.get(entry.code).walk())


def _differences(definition: IndexDefinition, new: Criterion, earlier: int) -> list[str]:
    edition = definition.edition(earlier)
    if not edition.has(new.code):
        return [f"năm {earlier} chưa đo nội dung này"]
    old = edition.get(new.code)
    if old.id != new.id:
        return [f"mã {new.code} năm {earlier} là nội dung khác ({old.name_vi})"]
    if (old.minimum, old.maximum) != (new.minimum, new.maximum):
        return ["thang điểm của nội dung này đã thay đổi"]
    if [part.id for part in old.children] != [part.id for part in new.children]:
        return ["các nội dung thành phần đã thay đổi"]
    reasons = [
        reason for part in new.children for reason in _differences(definition, part, earlier)
    ]
    return list(dict.fromkeys(reasons))
