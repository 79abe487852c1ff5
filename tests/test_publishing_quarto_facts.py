"""What Quarto makes of the files that are given to it: facts of its schemas, and rules learned with it.

No Quarto is needed: quarto_facts.py holds what it takes and what it refuses.
"""

from __future__ import annotations

import json

import nbformat
import pytest
import yaml
from batch_project import CHECKOUT
from fontTools.ttLib import TTFont
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from quarto_facts import LOG, front_faults, notebook_faults, settings_faults

from helpers.display.chart import Chart
from helpers.display.table import Table
from helpers.display.theme import NARROW
from helpers.execution import Job, find_report
from helpers.execution.stamp import stamp, write_notebook
from helpers.project import Project
from helpers.publishing.errors import PublishError
from helpers.publishing.fonts import PAPER_FAMILY, SIGNS_FAMILY, paper_fonts
from helpers.publishing.front_matter import front_matter_of, read_front_matter
from helpers.publishing.page import with_light_pictures
from helpers.publishing.quarto import told_by_quarto
from helpers.publishing.quarto_folder import format_options, project_settings
from helpers.publishing.quarto_notebook import read_report
from helpers.publishing.quarto_template import copy_template, render_command, render_template
from helpers.publishing.serif import SERIF_FAMILY, serif_fonts
from helpers.words.text import FrontMatter, Text, without_shortcodes

HOSTILE = "Ngày {{< include /etc/passwd >}} và >}}"


def executed():
    matter = FrontMatter("Báo cáo " + HOSTILE, "Huế", HOSTILE, ("PAPI",), "2024", citation="chiso")
    shown = [
        matter,
        Text(("Điểm {{< meta x >}}.",)),
        Table(("A",), (("1",),), "Bảng {{< x >}}", "l"),
    ]
    cells = []
    for at, one in enumerate(shown):
        data, metadata = one._repr_mimebundle_()
        output = new_output("display_data", data=data, metadata=metadata)
        cells.append(new_code_cell(f"show({at})", outputs=[output], id=f"c-{at}"))
    return new_notebook(cells=[*cells, new_markdown_cell("## Kết quả\n\nMở đầu.", id="m")])


@pytest.fixture
def stamped(tmp_path):
    path = tmp_path / "papi.ipynb"
    write_notebook(stamp(executed(), {"province": "hue", "year": 2024}), path)
    return path


def test_a_stamped_notebook_is_fit_for_quarto_as_it_stands(stamped):
    assert notebook_faults(stamped) == []
    cells = json.loads(stamped.read_text(encoding="utf-8"))["cells"]
    said = [output["data"] for cell in cells for output in cell.get("outputs", ())]
    assert "{{<" not in json.dumps(said)
    assert not any("{{<" in "".join(cell["source"]) for cell in cells)


def test_what_it_says_is_still_read(stamped):
    assert read_front_matter(stamped).citation == "chiso"


def test_a_citation_stamped_before_is_read_too(stamped):
    old = nbformat.read(stamped, as_version=4)
    old.cells[0].source = old.cells[0].source.replace("cite-as:", "citation:")
    assert front_matter_of(old, "cũ").citation == "chiso"
    assert front_faults(yaml.safe_load(old.cells[0].source.strip("-\n"))) == ["citation: str"]


def test_a_text_that_somebody_wrote_as_citation_is_stamped_as_cite_as():
    notebook = executed()
    described = notebook.cells[0].outputs[0].metadata["chiso"]["front_matter"]
    described["citation"] = described.pop("cite-as")
    matter = yaml.safe_load(stamp(notebook, {}).cells[0].source.strip("-\n"))
    assert matter["cite-as"] == "chiso"
    assert front_faults(matter) == []


def test_every_settings_file_says_what_quarto_takes():
    for name in ("_quarto.yml", "notebooks/_quarto.yml"):
        settings = yaml.safe_load((CHECKOUT / name).read_text(encoding="utf-8"))
        assert settings_faults(settings, (CHECKOUT / name).parent) == [], name
        assert settings["lang"] == "vi"
        assert ((CHECKOUT / name).parent / settings["language"]).is_file()
        assert settings["crossref"]["title-delim"] == ". "
    assert settings_faults(project_settings(["bao-cao.ipynb"]), CHECKOUT) == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda s: s["crossref"].update({"title-delim": "."}), "is a path"),
        (lambda s: s["project"].update(render=[]), "lose the settings"),
        (lambda s: s["format"]["html"].pop("html-math-method"), "network"),
        (lambda s: s["format"]["html"].update(theme="cosmo"), "network"),
    ],
)
def test_the_rules_tell_the_faults_that_were(change, says):
    settings = yaml.safe_load((CHECKOUT / "notebooks/_quarto.yml").read_text(encoding="utf-8"))
    change(settings)
    assert [fault for fault in settings_faults(settings, CHECKOUT) if says in fault]


@pytest.mark.parametrize("name", ["_quarto.yml", "notebooks/_quarto.yml"])
def test_headings_begin_below_the_title(name):
    formats = yaml.safe_load((CHECKOUT / name).read_text(encoding="utf-8"))["format"]
    # The notebooks begin with level 2.
    assert "shift-heading-level-by" not in formats["html"]
    assert formats["docx"]["shift-heading-level-by"] == -1


def test_a_template_is_copied_and_never_written_into(tmp_path):
    job = Job(find_report("papi", Project(CHECKOUT)), 2024, "quang-nam")
    project = Project(CHECKOUT, tmp_path)
    before = (CHECKOUT / "notebooks" / "papi.ipynb").read_bytes()
    copy = copy_template(job, project)
    assert (CHECKOUT / "notebooks" / "papi.ipynb").read_bytes() == before
    assert copy == tmp_path / "quarto" / "notebooks" / "2024" / "quang-nam" / "papi.ipynb"
    settings = yaml.safe_load((tmp_path / "quarto/notebooks/_quarto.yml").read_text("utf-8"))
    assert (tmp_path / "quarto/notebooks" / settings["language"]).resolve().is_file()
    assert settings["project"]["render"] == ["**/*.ipynb"]
    command = render_command(copy, job, "quarto", "html")
    assert command[2:] == [
        str(copy), "-P", "province:quang-nam", "-P", "year:2024", "--execute", "--to", "html",
    ]  # fmt: skip


def test_under_quarto_nothing_has_an_html_form_and_the_title_is_metadata(monkeypatch):
    monkeypatch.setenv("QUARTO_DOCUMENT_PATH", "/x")
    for one in (Text(("Một.",)), Table(("A",), (("1",),), "Bảng", "l")):
        assert "text/html" not in one._repr_mimebundle_()[0]
    chart = Chart(lambda width: f'<svg class="{width}"/>', "Hình", "Mô tả")
    data, metadata = chart._repr_mimebundle_()
    assert set(data) == {"image/svg+xml", "text/plain"}
    assert metadata["chiso"]["narrow"] == chart.svg(NARROW)
    block = FrontMatter("PAPI: Huế", "", "", (), "2024")._repr_mimebundle_()[0]["text/markdown"]
    assert yaml.safe_load(block.strip("-\n"))["title"] == "PAPI: Huế"


def test_signs_of_shortcodes_are_text_before_quarto_sees_them(stamped):
    assert without_shortcodes("{{{< x >}}}") == "{{{ < x > }}}"
    report = read_report(nbformat.read(stamped, as_version=4), "papi")
    assert front_faults({key: str(value) for key, value in report.matter.items()}) == []


def test_the_cause_is_told_without_colours_and_tracebacks():
    assert told_by_quarto(LOG) == "ERROR: Shortcode 'include' not found"


def test_a_template_that_quarto_cannot_render_says_why(tmp_path):
    job = Job(find_report("papi", Project(CHECKOUT)), 2024, "quang-nam")
    program = tmp_path / "quarto"
    program.write_text(f"#!/bin/sh\ncat <<'END'\n{LOG}END\nexit 1\n", encoding="utf-8")
    program.chmod(0o755)
    with pytest.raises(PublishError) as raised:
        render_template(job, Project(CHECKOUT, tmp_path / "outputs"), str(program), "html")
    assert str(raised.value).splitlines()[1:] == ["ERROR: Shortcode 'include' not found"]


def test_fonts_for_pdf_have_names_that_no_font_of_the_machine_has(tmp_path):
    # Not the checkout's, which keeps what was made before.
    project = Project(tmp_path)
    families = set()
    for path in (*paper_fonts(project).iterdir(), *serif_fonts(project).iterdir()):
        with TTFont(path) as font:
            names = {str(font["name"].getName(number, 3, 1, 0x409) or "") for number in (1, 16)}
        families |= names - {""}
    assert families <= {PAPER_FAMILY, SIGNS_FAMILY, SERIF_FAMILY}
    assert format_options("pdf", (1, 10, 0), official=True)["mainfont"] == SERIF_FAMILY
    room = CHECKOUT / "src" / "helpers" / "publishing" / "assets"
    for name, family in (("report.typ", PAPER_FAMILY), ("official.typ", SERIF_FAMILY)):
        assert f'("{family}"' in (room / name).read_text(encoding="utf-8")


def test_pictures_are_text_in_the_page():
    page = '<img src="data:image/svg+xml;base64,PHN2ZyB3aWR0aD0iNDBweCIgaGVpZ2h0PSIyMHB4Ii8+">'
    made = with_light_pictures(page)
    assert "base64" not in made
    assert 'width="40" height="20"' in made


def test_contents_stand_where_there_is_enough_to_find():
    assert format_options("pdf", (1, 10, 0), contents=False)["toc"] is False
    assert format_options("pdf", (1, 10, 0))["toc"] is True
