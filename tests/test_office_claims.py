"""What an office claims of its own figures is told as its claim until the figures show it."""

from __future__ import annotations

import shutil

import pytest
import sipas_made as made

from helpers.reports.annual import result as annual
from helpers.reports.annual.text import section

PLACE, YEAR = "quang-nam", 2024
CLAIM = "Mức độ hài lòng về phản ánh, kiến nghị thấp nhất trong năm yếu tố"
PLAIN = "Còn hồ sơ giải quyết quá hạn"


def limits_of(folder, forms, results=()):
    """Write what an annual report says of the limits that an office states."""
    project = made.checkout_in(folder)
    shutil.copytree(made.CHECKOUT / "params/measures", folder / "params/measures")
    made.deliver(project, PLACE, YEAR, forms=forms, results=results)
    rows = [f"HC01,{YEAR},“{CLAIM}”,SIPAS,B5", f"HC02,{YEAR},{PLAIN},Thủ tục hành chính,"]
    head = "ma,nam,han_che,chi_so,tieu_chi"
    quoted = [row.replace("“", '"').replace("”", '"') for row in rows]
    table = project.deliveries / PLACE / str(YEAR) / "han-che.csv"
    table.write_text("\n".join([head, *quoted]) + "\n", encoding="utf-8")
    return section(annual.evaluate(PLACE, YEAR, project), "han-che").markdown


@pytest.fixture(scope="module")
def printed_results():
    """Results as an office prints them, of which nobody knows the error."""
    values = {"B1": 86.4, "B2": 88.4, "B3": 85.1, "B4": 87.0, "B5": 79.3}
    return [made.printed("Sở, ngành", made.OFFICE, code, value) for code, value in values.items()]


def test_a_rank_that_no_figure_confirms_is_the_offices(tmp_path, printed_results):
    text = limits_of(tmp_path, (), printed_results)
    assert f"{CLAIM} (theo đánh giá của" in text
    assert f"{PLAIN}" in text


def test_a_rank_that_the_survey_shows_is_told_plainly(tmp_path):
    forms = made.agency_forms(YEAR)
    for row in forms:
        # The last two items are those of the factor named.
        row |= {f"c9_{n}": 2 for n in range(31, 34) if f"c9_{n}" in row}
    text = limits_of(tmp_path, forms)
    assert CLAIM in text
    assert "theo đánh giá của" not in text
