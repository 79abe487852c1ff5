"""What may not be compared with an earlier year, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from helpers.definitions import FrameworkEdition
from helpers.indices.papi import text_words as words
from helpers.words.text import joined, upper_first


def refusals(
    edition: FrameworkEdition,
    earlier: int,
    found: Mapping[tuple[str, ...], Sequence[str]],
    told: Sequence[str],
) -> str:
    """Write which criteria may not be compared with a year, gathered by reason.

    Parameters
    ----------
    edition : FrameworkEdition
        The definition of the later year.
    earlier : int
        Year looked back to.
    found : mapping
        From the reasons to the codes they hold for (see
        :func:`helpers.indices.papi.findings.not_comparable`).
    told : sequence of str
        All codes with a score in both years; if one reason holds for all of them, one sentence says
        so.

    Returns
    -------
    str
        A sentence, or a sentence with a list below it; empty if everything may be compared.
    """
    if not found:
        return ""
    if len(found) == 1:
        reasons, codes = next(iter(found.items()))
        if tuple(codes) == tuple(told):
            what = "các chỉ số nội dung"
            if edition.root.code in codes:
                what = f"điểm tổng hợp và {what}"
            return f"Không so sánh {what} với năm {earlier}, vì {'; '.join(reasons)}."
    total = edition.root.code
    parts = {
        reasons: kept
        for reasons, codes in found.items()
        if (kept := [code for code in codes if code != total])
    }
    lines = [
        f"- {joined([f'**{upper_first(name)}**' for name in words.names(edition, codes)])}: "
        f"{'; '.join(reasons)}"
        for reasons, codes in parts.items()
    ]
    of_parts = {reason for reasons in parts for reason in reasons}
    of_total = next((reasons for reasons, codes in found.items() if total in codes), None)
    if of_total is not None:
        # The total is refused with its parts; their reasons need not be read twice.
        sums = "là tổng điểm các chỉ số nội dung, kể cả phần đổi cách đo nêu trên"
        why = sums if of_parts & {*of_total} else "; ".join(of_total)
        lines.append(f"- **{upper_first(words.name(edition, total))}**: {why}")
    return (
        f"Không so sánh các điểm số sau với năm {earlier}, vì cách đo đã thay đổi:\n\n"
        + ";\n".join(lines)
        + "."
    )
