"""No report sees what another did, and every way to run a notebook gives the same bytes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from ordinary_kernel import execute

from helpers.execution import Job, Report
from helpers.execution.batch import Settings, plan_tasks, run_batch
from helpers.execution.explained import explain_abbreviations
from helpers.execution.stamp import write_notebook
from helpers.project import Project

SETTINGS = Settings(
    formats=(),
    engine="pandoc",
    publisher="helpers.publishing:publish",
    made_with={},
    workers=1,
    force=True,
)

PARAMETERS = 'province: str = "quang-nam"\nyear: int = 2024'

STATE = """
import decimal, hashlib, json, math, os, random, sys, warnings
import matplotlib, numpy, pandas
fixed = {k: v for k, v in os.environ.items() if not k.startswith(("JPY_", "PYTEST_"))}
state = {
    "rcParams": sorted((key, str(value)) for key, value in matplotlib.rcParams.items()),
    "environment": sorted(fixed.items()),
    "folder": os.getcwd(),
    "filters": [str(entry) for entry in warnings.filters],
    "files": sorted(
        os.readlink(f"/proc/self/fd/{number}")
        for number in os.listdir("/proc/self/fd")
        if os.path.isfile(f"/proc/self/fd/{number}")
    ),
    "patched": [hasattr(math, "smuggled"), math.sqrt(4), "smuggled" in sys.modules],
    "numpy": str(numpy.geterr()),
    "pandas": pandas.get_option("display.max_rows"),
    "decimal": decimal.getcontext().prec,
    "path": sys.path,
    "globals": "left_behind" in globals(),
    "umask": os.umask(0o22),
    "recursion": sys.getrecursionlimit(),
}
print(json.dumps(state))
"""

DRAWS = """
print(json.dumps([random.random(), float(numpy.random.rand()), numpy.random.randint(1 << 30)]))
"""

# Changes all that STATE looks at.
SOIL = """
matplotlib.rcParams["figure.figsize"] = (1, 1)
os.environ["CHISO_LEFT_BEHIND"] = province
os.environ.pop("HOME", None)
os.chdir("/")
warnings.simplefilter("ignore")
opened = open(os.path.join(os.path.dirname(os.__file__), "this.py"))
math.smuggled = math.sqrt = lambda x: -1
sys.modules["smuggled"] = math
numpy.seterr(all="ignore")
pandas.set_option("display.max_rows", 3)
decimal.getcontext().prec = 3
sys.path.insert(0, "/left-behind")
left_behind = True
os.umask(0o77)
sys.setrecursionlimit(5000)
random.seed(1)
numpy.random.seed(1)
after = [matplotlib.rcParams["figure.figsize"], math.sqrt(4), "smuggled" in sys.modules]
assert after == [[1.0, 1.0], -1, True]
"""


def notebook_of(*cells: str) -> nbformat.NotebookNode:
    """Return a notebook of a report; the first cell holds its parameters."""
    made = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source.strip()) for source in cells],
        metadata={
            "chiso": {"index": "papi", "scope": "province"},
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
    )
    made.cells[0].metadata["tags"] = ["parameters"]
    for number, cell in enumerate(made.cells):
        cell.id = f"c{number}"
    return made


@pytest.fixture(scope="module")
def project(shipped, tmp_path_factory) -> Project:
    """A checkout with a report that changes all it can."""
    folder = tmp_path_factory.mktemp("isolation")
    for name in ("params", "data"):
        (folder / name).symlink_to(shipped.root / name)
    (folder / "notebooks").mkdir()
    soiling = notebook_of(PARAMETERS, STATE, DRAWS, SOIL)
    nbformat.write(soiling, folder / "notebooks" / "soiling.ipynb")
    plots = notebook_of(
        PARAMETERS,
        "import matplotlib.pyplot as plt\nprint('một')\nplots = plt.plot([1, 2])\nprint('hai')",
        "import sys\nprint('lỗi', file=sys.stderr)\n[province, year]",
        "figure, axes = plt.subplots(figsize=(2, 1))\nprint(axes.get_title() == '')",
        "from IPython.display import display, clear_output, Markdown\n"
        "display('mất')\nclear_output(wait=True)\ndisplay(Markdown('**còn**'))",
        "import pandas as pd\npd.DataFrame({'a': [1]})",
        "get_ipython().execution_count, __name__, type(In).__name__, sorted(Out)",
    )
    nbformat.write(plots, folder / "notebooks" / "plots.ipynb")
    return Project(folder)


def job_of(project: Project, report: str, unit: str, year: int = 2024, scope="province") -> Job:
    path = project.notebooks / f"{report}.ipynb"
    return Job(Report(report, path, scope, "papi"), year, unit)


def printed(path: Path) -> list:
    """Return what the cells of a notebook printed, in order, as values."""
    cells = nbformat.read(path, 4).cells
    texts = [output.text for cell in cells for output in cell.get("outputs", [])]
    return [json.loads(text) for text in texts]


def run_in_batch(project: Project, *jobs: Job) -> list[Path]:
    done = run_batch(plan_tasks(jobs, SETTINGS, project), SETTINGS, project)
    assert [(entry.state, entry.error) for entry in done] == [("done", {})] * len(jobs)
    return [job.notebook(project) for job in jobs]


def test_reports_of_a_batch_see_nothing_of_each_other(project):
    jobs = [job_of(project, "soiling", unit) for unit in ("quang-nam", "ha-noi", "can-tho")]
    states = [printed(path) for path in run_in_batch(project, *jobs)]
    assert states[0][0] == states[1][0] == states[2][0]
    assert states[0][0]["patched"] == [False, 2.0, False]
    assert states[0][0]["globals"] is False


def test_random_numbers_of_a_batch_follow_from_the_parameters(project):
    jobs = [job_of(project, "soiling", unit) for unit in ("quang-nam", "ha-noi")]
    later = job_of(project, "soiling", "quang-nam", 2021)
    first = [printed(path)[1] for path in run_in_batch(project, *jobs, later)]
    again = [printed(path)[1] for path in run_in_batch(project, later, *reversed(jobs))]
    assert again == first[::-1]
    for place in range(3):
        assert len({str(draws[place]) for draws in first}) == 3


ENGINE = """
import json, pathlib, sys
import papermill
from helpers.execution.stamp import stamp, write_notebook

source, running, target, parameters, folder = sys.argv[1:]
executed = papermill.execute_notebook(
    source,
    running,
    parameters=json.loads(parameters),
    engine_name="chiso",
    cwd=folder,
    progress_bar=False,
)
write_notebook(stamp(executed, json.loads(parameters)), pathlib.Path(target))
"""


def run_with_engine(project: Project, job: Job, target: Path) -> Path:
    """Run a job's notebook as ``papermill --engine chiso`` does, in a fresh process, and stamp it."""
    running = target.with_name(f"running-{target.name}")
    paths = [str(job.report.path), str(running), str(target)]
    subprocess.run(
        [sys.executable, "-c", ENGINE, *paths, json.dumps(job.parameters), str(project.notebooks)],
        check=True,
        timeout=120,
    )
    return target


def test_the_command_papermill_knows_the_engine(project, tmp_path):
    job = job_of(project, "soiling", "ha-noi")
    target = tmp_path / "a.ipynb"
    command = [sys.executable, "-m", "papermill", "--engine", "chiso", "--no-progress-bar"]
    paths = ["--cwd", str(project.notebooks), str(job.report.path), str(target)]
    subprocess.run(
        [*command, *paths, "-p", "province", "ha-noi"], check=True, capture_output=True, timeout=60
    )
    assert printed(target)[0]["patched"] == [False, 2.0, False]


CASES = [
    ("papi", "quang-nam", 2024),
    ("papi", "ha-noi", 2021),
    ("papi_national", "ca-nuoc", 2024),
    ("papi_national", "ca-nuoc", 2020),
    ("plots", "quang-nam", 2024),
]


@pytest.fixture(scope="module", params=CASES, ids=lambda case: "-".join(map(str, case)))
def case(request, project, shipped) -> tuple[Project, Job, str]:
    """A job, and the notebook that an ordinary kernel makes of it."""
    report, unit, year = request.param
    where = project if report == "plots" else shipped
    job = job_of(where, report, unit, year, "national" if unit == "ca-nuoc" else "province")
    wanted = execute(job, where).read_text("utf-8")
    assert '"output_type"' in wanted
    return where, job, wanted


def test_the_engine_of_papermill_gives_the_bytes_of_an_ordinary_kernel(case, tmp_path):
    where, job, wanted = case
    assert run_with_engine(where, job, tmp_path / "a.ipynb").read_text("utf-8") == wanted


def test_a_batch_gives_the_bytes_of_an_ordinary_kernel(case, tmp_path):
    """But for abbreviations, which a batch explains once the notebook has run."""
    where, job, wanted = case
    notebook = nbformat.reads(wanted, as_version=4)
    explain_abbreviations(notebook, where.root)
    write_notebook(notebook, tmp_path / "wanted.ipynb")
    [made] = run_in_batch(where, job)
    assert made.read_text("utf-8") == (tmp_path / "wanted.ipynb").read_text("utf-8")
