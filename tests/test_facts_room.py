"""The room of the judge: no index, no language, nothing formatted, no room after it."""

from __future__ import annotations

import ast
import re

import pytest
from batch_project import CHECKOUT

ROOM = CHECKOUT / "src" / "helpers" / "facts"
BEFORE = {
    *("change", "discrepancy", "intervals", "region"),
    *("rows", "standing", "weak", "disclosure", "known"),
}
"""Modules from before the judge; the list only shrinks, and goes with what still asks them."""
MODULES = sorted(path for path in ROOM.glob("*.py") if path.stem not in BEFORE)
INDICES = {path.stem for path in (CHECKOUT / "params" / "indices").glob("*.yml")}


def trees():
    return [
        pytest.param(ast.parse(path.read_text(encoding="utf-8")), id=path.stem) for path in MODULES
    ]


def strings(tree):
    """Return the strings of a module without its docstrings."""
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and isinstance(node.body[0], ast.Expr)
    }
    # A string that stands alone documents the constant above it.
    docs |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def test_there_are_indices_to_look_for():
    assert {"papi", "dti"} <= INDICES


@pytest.mark.parametrize("tree", trees())
def test_the_judge_writes_no_sentence_and_names_no_index(tree):
    for text in strings(tree):
        assert text.isascii(), text
        assert text not in INDICES, text
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert not names & INDICES


@pytest.mark.parametrize("tree", trees())
def test_the_judge_imports_no_room_after_it_and_formats_nothing(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            module = node.module or ""
            assert not re.match(r"helpers\.(?!places|definitions|inputs|facts)", module), module
            assert module.split(".")[0] not in ("babel", "locale", "jinja2"), module


def test_modules_from_before_are_there():
    assert all((ROOM / f"{name}.py").is_file() for name in BEFORE)
