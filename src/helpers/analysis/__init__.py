"""Former room of what each index computes: see :mod:`helpers.indices` and :mod:`helpers.reports`."""

from __future__ import annotations

from helpers.keys import forwarded

__getattr__ = forwarded(
    __name__,
    {
        "annual": "helpers.reports.annual.result",
        "dti": "helpers.indices.dti.result",
        "papi": "helpers.indices.papi.result",
        "papi_office": "helpers.reports.papi_office.result",
        "par_index": "helpers.indices.par_index.result",
        "poverty": "helpers.indices.poverty.result",
        "procedures": "helpers.indices.procedures.result",
        "province": "helpers.reports.province.result",
        "published_country": "helpers.indices.scored.national",
        "reconciliation": "helpers.reports.reconciliation.result",
        "service_quality": "helpers.indices.service_quality.result",
        "sipas": "helpers.indices.sipas.result",
        "work_plan": "helpers.indices.work_plan.result",
    },
)
