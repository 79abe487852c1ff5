"""What a checkout promises: files in step, notebooks clean and thin, nothing of one machine."""

from __future__ import annotations

import ast
import importlib.metadata
import json
import re
import subprocess
import sys
import tomllib
import zipfile

import pytest
import yaml
from batch_project import CHECKOUT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PYPROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
# What conda-forge calls otherwise.
CONDA_NAMES = {"brotli": "brotli-python", "matplotlib": "matplotlib-base"}


def tracked():
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    if listed.returncode != 0:
        pytest.skip("không phải bản git: không biết tệp nào thuộc dự án")
    return [CHECKOUT / name for name in listed.stdout.split("\0") if name]


def notebooks():
    return sorted((CHECKOUT / "notebooks").glob("*.ipynb"))


def test_conda_and_pip_ask_for_the_same():
    environment = yaml.safe_load((CHECKOUT / "environment.yml").read_text(encoding="utf-8"))
    conda = [line for line in environment["dependencies"] if isinstance(line, str)]
    (pip,) = [line["pip"] for line in environment["dependencies"] if isinstance(line, dict)]
    found = {Requirement(line).name: str(Requirement(line).specifier) for line in conda}
    found |= {
        Requirement(line).name: str(Requirement(line).specifier)
        for line in pip
        if not line.startswith("-e")
    }
    assert "-e ." in pip
    assert found.pop("python") == PYPROJECT["project"]["requires-python"]
    for name in ("pip", "quarto"):
        found.pop(name)
    wanted = {}
    lab = PYPROJECT["project"]["optional-dependencies"]["lab"]
    for line in [*PYPROJECT["project"]["dependencies"], *lab]:
        requirement = Requirement(line)
        wanted[CONDA_NAMES.get(requirement.name, requirement.name)] = str(requirement.specifier)
    assert found == wanted


def imports(path):
    """Return the packages that a module names, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def test_what_the_code_imports_is_declared():
    """What is only in the test extra, or only there because another package brought it, is not there
    for users, or not for long. (.ci/run runs the commands without the extra as well.)"""
    asked = [
        *PYPROJECT["project"]["dependencies"],
        *PYPROJECT["project"]["optional-dependencies"]["cluster"],
    ]
    declared = {canonicalize_name(Requirement(line).name) for line in asked}
    # What a declared package is made of and hands out: the kernel, the face, Jinja's text.
    declared |= {"ipython", "jupyter-client", "traitlets", "fontpkg", "markupsafe"}
    providers = importlib.metadata.packages_distributions()
    for path in sorted((CHECKOUT / "src").rglob("*.py")):
        for name in imports(path) - sys.stdlib_module_names - {"helpers", "__main__"}:
            brought = {canonicalize_name(provider) for provider in providers.get(name, ())}
            assert brought & declared, f"{path.relative_to(CHECKOUT)}: {name}"


def test_no_conversion_needs_a_package_that_is_not_declared():
    """Polars and pandas import these by themselves when one of their functions is called."""
    needs_more = re.compile(
        r"\.to_pandas\(|\.from_pandas\(|\.to_arrow\(|\.from_arrow\(|\.write_excel\(|"
        r"\bpd\.read_parquet\(|\.to_parquet\(|\bpl\.read_(?:database|delta|ods)\(|\.to_markdown\("
    )
    for folder in ("src", "notebooks"):
        for path in sorted((CHECKOUT / folder).rglob("*.*")):
            if path.suffix in (".py", ".ipynb"):
                found = needs_more.search(path.read_text(encoding="utf-8"))
                assert found is None, f"{path.relative_to(CHECKOUT)}: {found[0]}"


def test_the_version_is_the_same_everywhere():
    from helpers import __version__

    version = PYPROJECT["project"]["version"]
    assert __version__ == version
    citation = yaml.safe_load((CHECKOUT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == version
    assert f"## {version} " in (CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", notebooks(), ids=lambda path: path.stem)
def test_a_notebook_is_clean_and_thin(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert sum("parameters" in cell["metadata"].get("tags", []) for cell in code) == 1
    labels = []
    for cell in code:
        source = "".join(cell["source"])
        assert cell["outputs"] == []
        assert cell["execution_count"] is None
        assert len(source.splitlines()) <= 7, source
        assert "def " not in source
        labels += re.findall(r"#\| label: (\S+)", source)
        drawn = re.match(r"(?:#\|.*\n)*(charts|tables)\.(\w+)", source)
        if drawn and drawn[2] != "key_figures":
            assert "#| label:" in source, source
    assert len(labels) == len(set(labels))


def test_no_file_holds_a_path_of_a_machine_or_a_registry():
    machine = re.compile(r"(?<![\w.])/(?:home|root|Users|work|farm)/\w|index-url|--registry")
    allowed = {"tests/test_checkout.py"}
    for path in tracked():
        name = path.relative_to(CHECKOUT).as_posix()
        if name in allowed or path.suffix in (".png", ".svg", ".woff2") or not path.is_file():
            continue
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as parts:
                text = "\n".join(parts.read(part).decode("utf-8") for part in parts.namelist())
        else:
            text = path.read_text(encoding="utf-8")
        for line in text.splitlines():
            assert not machine.search(line), f"{name}: {line[:120]}"


def test_nothing_generated_or_official_is_tracked():
    for path in tracked():
        name = path.relative_to(CHECKOUT).as_posix()
        assert not name.startswith("data/imported")
        assert name == "outputs/.gitkeep" or not name.startswith("outputs/"), name
        # The Word templates ship; no other Word file does.
        template = name.startswith("src/helpers/publishing/assets/") and path.suffix == ".docx"
        assert template or path.suffix not in (".xlsm", ".xlsx", ".pdf", ".docx", ".parquet"), name
        assert not path.is_file() or path.stat().st_size < 1_000_000, name


def test_rooms_import_only_rooms_before_them():
    order = (
        *("project", "keys", "kept", "show", "tidy", "places", "definitions", "inputs", "facts"),
        "robustness",
        *("words", "display", "indices", "reports", "execution", "publishing", "site"),
        *("simulation", "cli"),
    )
    source = CHECKOUT / "src" / "helpers"
    for path in source.rglob("*.py"):
        room = path.relative_to(source).parts[0].removesuffix(".py")
        if room in ("__init__", "analysis", "commentary"):  # the last two only forward
            continue
        for used in re.findall(r"^\s*from helpers\.(\w+)", path.read_text(encoding="utf-8"), re.M):
            assert order.index(used) <= order.index(room), f"{path.name} imports {used}"
        if room in ("execution", "publishing"):
            text = path.read_text(encoding="utf-8")
            assert "helpers.indices" not in text


def test_no_two_modules_need_each_other():
    """A circle of imports, those inside functions too, is one module in several files."""
    source = CHECKOUT / "src"
    names = {
        ".".join(path.relative_to(source).with_suffix("").parts).removesuffix(".__init__"): path
        for path in sorted(source.rglob("*.py"))
    }
    left = {name: needed_modules(path, names) - {name} for name, path in names.items()}
    while ends := {name for name, needs in left.items() if not needs & left.keys()} | (
        left.keys() - set().union(*left.values())
    ):
        left = {name: needs for name, needs in left.items() if name not in ends}
    assert {name: sorted(needs & left.keys()) for name, needs in left.items()} == {}


def needed_modules(path, names):
    """Return the modules of the package that a module imports, but for type checkers' eyes."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    unseen = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    found = set()
    for node in ast.walk(tree):
        if node in unseen:
            continue
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            inside = {f"{node.module}.{alias.name}" for alias in node.names} & names.keys()
            found |= inside | ({node.module} if len(inside) < len(node.names) else set())
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found & names.keys()
