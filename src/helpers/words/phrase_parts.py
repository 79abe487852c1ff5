"""The parts of sentences about findings: values with their units, places, what is compared."""

from __future__ import annotations

from helpers.facts.figures import Beside, Earlier, Measured, Value
from helpers.facts.judgement import Finding
from helpers.words.numbers import Number, decimal, magnitude, percent, place, whole
from helpers.words.text import joined
from helpers.words.wording import verb

_PERCENT = "%"


def amount(measured: Measured, value: Value) -> str:
    """Write a value with its unit: ``78,04%``, ``85,78 điểm``, ``24.669 hộ``."""
    if measured.unit == _PERCENT:
        return str(Number(percent(value.value / 100, measured.decimals), value.source))
    text = decimal(value.value, measured.decimals)
    return f"{Number(text, value.source)} {measured.unit}".rstrip()


def size_of(measured: Measured, value: Value) -> str:
    """Write the size of a difference with its unit: ``3,24 điểm phần trăm``."""
    unit = "điểm phần trăm" if measured.unit == _PERCENT else measured.unit
    return f"{Number(magnitude(value.value, measured.decimals), value.source)} {unit}".rstrip()


def own(finding: Finding) -> str:
    """Write the criterion's own value; a finding without one is a fault."""
    measured = finding.about
    if measured.value is None:
        raise ValueError(f"{measured.name} không có giá trị.")
    return amount(measured, measured.value)


def standing(measured: Measured) -> str:
    """Write grade and place, as the end of the first sentence."""
    parts = []
    if measured.maximum is not None and measured.unit == "điểm":
        top = Number(_top(measured.maximum, measured.decimals), f"điểm tối đa của {measured.name}")
        parts.append(f" trên thang {top}")
    if measured.grade.startswith("nhóm "):
        parts.append(f", thuộc {measured.grade}")
    elif measured.grade:
        parts.append(f", xếp loại {measured.grade}")
    held = measured.place
    if held is not None and held.units is not None and held.units > 1:
        parts.append(f", đứng thứ {Number(place(held.rank, held.units), held.source)}")
    elif held is not None and held.units is None:
        parts.append(f", xếp thứ {Number(whole(held.rank), held.source)}")
    return "".join(parts)


def gap(finding: Finding) -> str:
    """Write the size of the difference that the finding is about."""
    return size_of(finding.about, finding.values["gap"])


def beside_of(finding: Finding) -> tuple[Beside, str]:
    """Return what the value is compared with, and its value written."""
    if finding.beside is None:
        raise ValueError(f"«{finding.kind}» cần một giá trị để so sánh.")
    return finding.beside, amount(finding.about, finding.beside.value)


def earlier_of(finding: Finding) -> tuple[Earlier, str]:
    """Return the earlier year that the finding looks back to, and its value written."""
    if finding.earlier is None:
        raise ValueError(f"«{finding.kind}» cần một năm trước đó.")
    return finding.earlier, amount(finding.about, finding.earlier.value)


def verb_of(finding: Finding) -> str:
    """Return the verb that the wording table has for the change; without certainty if assumed."""
    if finding.size is None or finding.direction is None:
        raise ValueError(f"«{finding.kind}» cần độ lớn và chiều.")
    if finding.assumed:
        return f"nhiều khả năng đã {verb('clear', finding.direction)}"
    return verb(finding.size, finding.direction)


def names_of(finding: Finding) -> str:
    """Join the criteria that the finding names, each with its value."""
    return joined([f"{child.name} ({_score(child)})" for child in finding.named])


def _score(child: Measured) -> str:
    """Write a criterion's value, beside its maximum where it has one: ``8,00/10 điểm``."""
    if child.value is None:
        raise ValueError(f"{child.name} không có giá trị.")
    if child.maximum is None or child.unit == _PERCENT:
        return amount(child, child.value)
    top = _top(child.maximum, child.decimals)
    both = f"{decimal(child.value.value, child.decimals)}/{top}"
    return f"{Number(both, child.value.source)} {child.unit}"


def _top(maximum: float, decimals: int) -> str:
    """Write a maximum, without digits that say nothing: ``10``, ``61,50``."""
    return decimal(maximum, 0 if float(maximum).is_integer() else decimals)


def places_of(finding: Finding) -> tuple[str, str]:
    """Write the places of the earlier and of this year."""
    measured, earlier = finding.about, finding.earlier
    held = measured.place
    if earlier is None or earlier.rank is None or held is None or held.units is None:
        raise ValueError("cần thứ hạng của cả hai năm và số đơn vị.")
    source = f"thứ hạng năm {earlier.year}"
    before = place(earlier.rank, earlier.units) if earlier.units else whole(earlier.rank)
    now = Number(place(held.rank, held.units), held.source)
    return str(Number(before, source)), str(now)
