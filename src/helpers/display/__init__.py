"""Charts, tables and maps, with one look, and text alternatives from the same numbers."""

from __future__ import annotations

from helpers.keys import forwarded

__getattr__ = forwarded(
    __name__,
    {
        "annual_tables": "helpers.reports.annual.tables",
        "charts": "helpers.indices.papi.charts",
        "dti_charts": "helpers.indices.scored.charts",
        "dti_tables": "helpers.indices.scored.tables",
        "papi_office_tables": "helpers.reports.papi_office.tables",
        "par_index_charts": "helpers.indices.scored.charts",
        "par_index_tables": "helpers.indices.scored.tables",
        "poverty_charts": "helpers.indices.poverty.charts",
        "poverty_tables": "helpers.indices.poverty.tables",
        "procedures_charts": "helpers.indices.procedures.charts",
        "procedures_tables": "helpers.indices.procedures.tables",
        "province_charts": "helpers.reports.province.charts",
        "province_tables": "helpers.reports.province.tables",
        "published_country_charts": "helpers.indices.scored.charts_national",
        "published_country_tables": "helpers.indices.scored.tables_national",
        "reconciliation_tables": "helpers.reports.reconciliation.tables",
        "service_quality_charts": "helpers.indices.service_quality.charts",
        "service_quality_tables": "helpers.indices.service_quality.tables",
        "sipas_charts": "helpers.indices.sipas.charts",
        "sipas_tables": "helpers.indices.sipas.tables",
        "tables": "helpers.indices.papi.tables",
        "work_plan_charts": "helpers.indices.work_plan.charts",
        "work_plan_tables": "helpers.indices.work_plan.tables",
    },
)
