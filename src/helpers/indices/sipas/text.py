"""What a SIPAS report says, section by section, and what the annual report takes from it."""

from __future__ import annotations

from helpers.facts.weak import WeakPoint
from helpers.indices.sipas import judged
from helpers.indices.sipas import text_changes as sipas_changes
from helpers.indices.sipas import text_method as sipas_method
from helpers.indices.sipas import text_overview as sipas_overview
from helpers.indices.sipas import text_parts as sipas_parts
from helpers.indices.sipas import text_units as sipas_units
from helpers.indices.sipas import text_words as words
from helpers.indices.sipas.model import SipasResult
from helpers.indices.sipas.rules import TOTAL
from helpers.words.numbers import Number, whole
from helpers.words.text import FrontMatter, Text, paragraphs, plain

__all__ = [
    "brief",
    "changes",
    "country",
    "factors",
    "forms",
    "items",
    "method",
    "missing",
    "overview",
    "title",
    "units",
    "weak_points",
]

_SPREAD = 20.0
"""Percentage points behind the best that count as the whole weight of a weakness."""


def title(result: SipasResult) -> FrontMatter:
    """Return title, subtitle and description of the report."""
    where = result.subject.label
    description = (
        plain(sipas_overview.level(result))
        if TOTAL in result.own
        else f"Mức độ hài lòng theo từng phần của {where} năm {result.year}."
    )
    return FrontMatter(
        title=f"Chỉ số hài lòng (SIPAS) năm {result.year} của {where}",
        subtitle=result.framework.name_vi,
        description=description,
        categories=(result.framework.short_name, str(result.year), result.place.name),
        date=str(result.year),
        status="simulated" if result.status == "simulated" else "official",
        citation=(
            f"{result.office.office.name}: Chỉ số hài lòng (SIPAS) năm {result.year}. Báo cáo "
            "được lập tự động từ số liệu đơn vị cung cấp."
        ),
    )


def overview(result: SipasResult) -> Text:
    """Say the result first: level, place, against whom, how sure."""
    return sipas_overview.overview(result)


def factors(result: SipasResult) -> Text:
    """Say which factor is high and which is low."""
    return sipas_parts.factor_text(result)


def items(result: SipasResult) -> Text:
    """Name the items with the lowest satisfaction."""
    return sipas_parts.item_text(result)


def units(result: SipasResult) -> Text:
    """Say how units of each kind differ."""
    return sipas_units.unit_text(result)


def changes(result: SipasResult) -> Text:
    """Say what changed since the year before, or why nothing may be said."""
    return sipas_changes.change_text(result)


def country(result: SipasResult) -> Text:
    """Set the province's published result beside the country."""
    return sipas_units.country_text(result)


def forms(result: SipasResult) -> Text:
    """Say how many forms were issued, came back and were used."""
    return sipas_method.form_text(result)


def missing(result: SipasResult) -> Text:
    """Say what could not be computed and what to deliver for it; empty if nothing is missing."""
    if not result.missing:
        return Text(())
    return paragraphs(
        "Những nội dung chưa tính được và số liệu cần bổ sung:",
        "\n".join(f"- {sentence}" for sentence in result.missing),
    )


def method(result: SipasResult) -> Text:
    """Write the method note."""
    return sipas_method.method(result)


def brief(result: SipasResult) -> Text:
    """Say in a few paragraphs what the annual report needs: level, place, change, weak parts."""
    if TOTAL not in result.own:
        return overview(result)
    parts = sipas_parts.compared(result, result.factor_codes, "yếu tố") if _several(result) else []
    # Of many items only what surely stands apart is news beside the factors.
    lowest = items(result).paragraphs[0] if sipas_parts.weakest_items(result) else ""
    return paragraphs(
        [
            sipas_overview.level(result),
            sipas_overview.distance(result),
            sipas_overview.not_ranked(result),
            sipas_overview.target(result),
        ],
        [sipas_changes.overall_change(result), sipas_changes.unit_changes(result)],
        [*(_without_references(text) for text in parts), _without_references(lowest)],
    )


def _several(result: SipasResult) -> bool:
    return len(result.factor_codes) > 1


def _without_references(text: str) -> str:
    """Drop references to figures and tables, which the annual report does not hold."""
    for part in (" (@fig-factors và @tbl-factors)", " (@fig-items và @tbl-items)"):
        text = text.replace(part, "")
    return text


def weak_points(result: SipasResult) -> tuple[WeakPoint, ...]:
    """Return what surely is weak: below the mean of the peers, and the lowest parts.

    What the survey error hides is no weakness; where no error is known nothing is.
    """
    found = []
    mean = judged.against_mean(result)
    if mean is not None and mean.case == "lower":
        found.append(
            WeakPoint(
                index=result.index,
                code=TOTAL,
                name="Mức độ hài lòng chung",
                text=f"{sipas_overview.level(result)} {sipas_overview.distance(result)}",
                importance=_weight(-mean.gap),
            )
        )
    best = max((fact.value for fact in result.own.values()), default=0.0)
    for code, text in _lowest(result):
        weight = _weight(best - result.own[code].value)
        name = result.edition.get(code).name_vi
        found.append(WeakPoint(result.index, code, name, text, weight))
    return tuple(found)


def _lowest(result: SipasResult) -> list[tuple[str, str]]:
    """Return the item, else the factor, that alone is the lowest, with a sentence.

    That one of two or three is the lowest makes none of them a weakness.
    """
    for codes, what in ((result.item_codes, "tiêu chí"), (result.factor_codes, "yếu tố")):
        low = judged.extreme_part(result, codes, highest=False)
        if low.case == "sole":
            (code,) = low.names
            said = f"{words.quoted(result, code)} chỉ đạt {words.own(result, code)}"
            count = Number(whole(len(codes)), f"đếm: {what} có kết quả")
            among = f"{count} {what} có kết quả của SIPAS năm {result.year}"
            return [(code, f"{said}, thấp nhất trong {among}.")]
    return []


def _weight(gap: float) -> float:
    return min(max(gap / _SPREAD, 0.0), 1.0)
