"""The texts and tables of the check of figures: numbers as printed, words that stay words."""

from __future__ import annotations

import pandas as pd
import pytest
from papi_texts import SPAN
from reconciliation_made import figure, figures

from helpers.definitions.forms import load_forms
from helpers.definitions.framework import load_framework
from helpers.display.table import Prose, Table
from helpers.inputs.delivery import Delivery
from helpers.inputs.entry import Entry
from helpers.inputs.office import Office, OfficeName
from helpers.places import register
from helpers.reports.reconciliation import tables
from helpers.reports.reconciliation import text as commentary
from helpers.reports.reconciliation.result import Reconciliation, reconcile
from helpers.words.text import plain


def result_of(*given, status="official", **tables_of):
    office = Office(office=OfficeName(name="Sở Nội vụ"), status=status)
    made = figures(*given)
    entry = Entry(Delivery(2023, "quang-nam"), office, load_forms(), made, tables_of)
    framework = load_framework("reconciliation")
    return Reconciliation(
        index="reconciliation",
        place=register().find("quang-nam", "63"),
        year=2023,
        office=office,
        framework=framework,
        edition=framework.edition(2023),
        entry=entry,
        discrepancies=reconcile(made, tables_of, None, 2023),
        corrections=(),
        missing=(),
    )


@pytest.mark.parametrize(
    ("code", "text", "shown"),
    [
        ("procedures.received", "5.182", "5.182"),
        ("procedures.received", "5182", "5.182"),
        ("procedures.resolved_late", "04", "04"),
        ("sipas.overall", "78,04%", "78,04%"),
        ("sipas.overall", "78,04", "78,04%"),
        ("poverty.near_poor_rate", "1,90%", "1,90%"),
        ("poverty.poor_rate_change", "-2,02", "\N{MINUS SIGN}2,02"),
        ("par_index.grade", "Khá", "Khá"),
    ],
)
def test_a_figure_is_shown_as_it_was_printed(code, text, shown):
    assert commentary.as_printed(figure(code, text)) == shown


def test_a_consistent_delivery_is_said_to_be_so():
    result = result_of(("procedures.received", "10"))
    assert "không tìm thấy chỗ nào không khớp" in str(commentary.overview(result))
    assert commentary.findings(result).markdown == ""
    assert tables.discrepancies(result).is_empty
    assert "Chưa có đính chính" in str(commentary.corrections(result))
    # No sentence was quoted, so that there is no column for it.
    assert len(tables.figures(result).header) == 5


def test_more_findings_than_the_text_tells_are_in_the_table():
    given = [("sipas.rank", "2"), ("par_index.rank", "3"), ("dti.rank", "4")]
    result = result_of(*given, ("procedures.online_rate", "14%"))
    assert len(result.discrepancies) == 4
    assert commentary.findings(result).markdown.count("\n- ") == commentary.MOST_TOLD
    assert "@tbl-discrepancies" in commentary.findings(result).markdown
    assert len(tables.discrepancies(result).rows) == 4


def test_simulated_figures_are_marked_on_the_title():
    given = ("procedures.received", "10")
    assert commentary.title(result_of(given, status="simulated")).status == "simulated"
    assert commentary.title(result_of(given)).status == "official"


def test_the_rules_table_counts_what_each_rule_found():
    result = result_of(("sipas.rank", "2"))
    counts = {row[0].split(".")[0]: row[-1] for row in tables.rules(result).rows}
    assert len(counts) == 17
    assert counts["R11"] == "1"
    assert sum(int(count) for count in counts.values()) == 1


def test_words_of_a_source_come_out_as_text():
    """Markup in the name of a document or field is printed, not obeyed."""
    name = 'Luật [x]{.so title="y"} | <b>*đậm*</b>'
    documents = pd.DataFrame(
        [{"vai_tro": "Viện dẫn", "loai": "Luật", "so_hieu": "", "ngay": pd.NaT, "trich_yeu": name}]
    ).assign(origin="van-ban.csv, dòng 2")
    row = {"linh_vuc": "{0} | [a]", "tn_tong": 10.0, "gq_tong": 5.0, "dg_tong": 4.0}
    fields = pd.DataFrame([row]).assign(origin="ho-so-tthc.csv, dòng 2")
    result = result_of(documents=documents, procedures_report=fields)
    assert len(result.discrepancies) == 2
    for found in result.discrepancies:
        markdown = commentary.statement(found)
        assert "<b>" not in markdown
        assert "y" not in [trace for _, trace in SPAN.findall(markdown)]
    html = tables.discrepancies(result)._repr_mimebundle_()[0]["text/html"]
    assert "<b>" not in html
    assert "&lt;b&gt;*đậm*" in html.replace("\\", "")


def test_every_number_of_a_statement_has_its_origin():
    late = figure("procedures.resolved_late", "04", line=7)
    result = result_of(late, ("procedures.late_rate", "0,24%"))
    (one,) = result.discrepancies
    traces = dict(SPAN.findall(commentary.statement(one)))
    assert traces["04"] == "so-lieu.csv, dòng 7"
    assert traces["1.633"].startswith("tính toán: số hồ sơ quá hạn chia cho tỷ lệ quá hạn")
    assert "1.633 đến 1.702" in plain(commentary.statement(one))


def test_weak_points_are_left_to_the_indices():
    assert commentary.weak_points(result_of(("sipas.rank", "2"))) == ()


def test_a_column_of_sentences_gets_more_room_than_a_column_of_words():
    sentence = "Một câu dài hơn ba mươi chữ cái, để cột này cần nhiều chỗ hơn trên giấy."
    table = Table(("a", "b"), ((sentence, Prose(sentence)),), "", "ll")
    left, right = (len(rule) for rule in table.pipe.splitlines()[1].strip("| ").split(" | "))
    assert left < right
