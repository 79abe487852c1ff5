"""The notebooks on dossiers and service quality run whole, on printed figures and on made records."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import nbformat
import pytest
from service_made import CHECKOUT, checkout_in

from helpers.project import Project
from helpers.simulation import SLUG, simulate

SCALE = 0.005


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    made = checkout_in(tmp_path_factory.mktemp("notebooks"))
    for slug, year in (("thanh-hoa", 2023), ("quang-nam", 2023), (SLUG, 2023), (SLUG, 2024)):
        settings = CHECKOUT / "params" / "provinces" / slug
        shutil.copytree(settings, made.offices / slug, dirs_exist_ok=True)
        delivered = CHECKOUT / "data" / "provinces" / slug / str(year)
        if slug != SLUG:
            shutil.copytree(delivered, made.deliveries / slug / str(year))
    simulate(made, scale=SCALE)
    return made


def _run(project: Project, year: int, *units: str, reports: tuple[str, ...]) -> dict[str, str]:
    """Run reports as a user does; return what each executed notebook says, by unit and report."""
    arguments = [word for unit in units for word in ("--province", unit)]
    arguments += [word for report in reports for word in ("--report", report)]
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "helpers.cli",
            "run",
            *arguments,
            "--year",
            str(year),
            "--format",
            "html",
        ],
        env={**os.environ, "CHISO_PROJECT": str(project.root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return {
        f"{unit} {report}": _said(project, year, unit, report)
        for unit in units
        for report in reports
    }


def _said(project: Project, year: int, unit: str, report: str) -> str:
    folder = project.outputs / "reports" / str(year) / unit
    assert (folder / f"{report}.html").is_file()
    notebook = nbformat.read(folder / f"{report}.ipynb", as_version=4)
    outputs = [out for cell in notebook.cells if cell.cell_type == "code" for out in cell.outputs]
    assert not [out for out in outputs if out.output_type == "error"]
    return "\n".join(out.data.get("text/plain", "") for out in outputs if "data" in out)


def test_printed_figures_come_out_as_printed(project):
    said = _run(project, 2023, "thanh-hoa", "quang-nam", reports=("procedures",))
    for number in ("229.952", "227.149", "227.140", "2.803", "99,996%", "330.000"):
        assert number in said["thanh-hoa procedures"]
    assert "5.182" in said["quang-nam procedures"]
    assert "không nêu số hồ sơ đã giải quyết" in said["quang-nam procedures"]


def test_a_simulated_province_has_everything_but_is_marked(project):
    said = _run(project, 2024, SLUG, reports=("procedures", "service_quality"))
    dossiers = said[f"{SLUG} procedures"]
    assert "so với năm 2023" in dossiers
    assert "Tháng 12" in dossiers
    assert "lượt đánh giá đơn vị theo kỳ" in dossiers
    quality = said[f"{SLUG} service_quality"]
    assert "Tiến độ, kết quả giải quyết" in quality
    assert "số mô phỏng" in dossiers
    assert "số mô phỏng" in quality
