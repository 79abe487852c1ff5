"""What each index found, in the one form that the commentary engine judges.

An adapter fills only what its result knows. Values stay unrounded; names fit inside a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from helpers.facts.figures import Measured
from helpers.reports.annual.poverty import poverty
from helpers.reports.annual.scored import dti, par_index
from helpers.reports.annual.service import procedures, service_quality
from helpers.reports.annual.survey import papi, sipas

if TYPE_CHECKING:
    from helpers.reports.annual.result import AnnualResult


@dataclass(frozen=True)
class Headline:
    """An index in one line of the report.

    Parameters
    ----------
    key : str
        Key of the index.
    title : str
        As the first column of a table names it.
    measured : Measured
    children : tuple of Measured
        Criteria of one kind below it.
    """

    key: str
    title: str
    measured: Measured
    children: tuple[Measured, ...] = ()


Adapter = Callable[[Any], tuple[Measured, tuple[Measured, ...]] | None]

_ADAPTERS: Mapping[str, tuple[str, Adapter]] = {
    "par_index": ("Cải cách hành chính (PAR INDEX)", par_index),
    "sipas": ("Mức độ hài lòng (SIPAS)", sipas),
    "papi": ("Quản trị và hành chính công (PAPI)", papi),
    "service_quality": ("Chất lượng phục vụ (Bộ chỉ số 766)", service_quality),
    "procedures": ("Hồ sơ giải quyết trước hạn, đúng hạn", procedures),
    "dti": ("Chuyển đổi số (DTI)", dti),
    "poverty": ("Tỷ lệ nghèo đa chiều", poverty),
}


def headlines(result: AnnualResult) -> tuple[Headline, ...]:
    """Return the indices that have a headline value or place, in the order of the report."""
    found = (headline(result, key) for key in _ADAPTERS)
    return tuple(one for one in found if one is not None)


def own_headlines(result: AnnualResult) -> tuple[Headline, ...]:
    """Return the indices that measure who reports: the province's are not a department's.

    Parameters
    ----------
    result : AnnualResult
    """
    return tuple(
        one
        for one in headlines(result)
        if result.is_province or (one.key != "papi" and one.measured.code != "published")
    )


def headline(result: AnnualResult, key: str) -> Headline | None:
    """Return an index in one line; None where there is neither value nor place.

    Parameters
    ----------
    result : AnnualResult
    key : str
        Key of the index.
    """
    part = result.part(key)
    if part is None or key not in _ADAPTERS:
        return None
    title, adapter = _ADAPTERS[key]
    made = adapter(part)
    if made is None:
        return None
    return Headline(key, title, *made)
