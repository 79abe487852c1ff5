"""Former room of what is written about each index: see `helpers.indices` and `helpers.reports`."""

from __future__ import annotations

from helpers.keys import forwarded

__getattr__ = forwarded(
    __name__,
    {
        "annual": "helpers.reports.annual.text",
        "papi_office": "helpers.reports.papi_office.text",
        "poverty": "helpers.indices.poverty.text",
        "procedures": "helpers.indices.procedures.text",
        "province": "helpers.reports.province.text",
        "reconciliation": "helpers.reports.reconciliation.text",
    },
)
