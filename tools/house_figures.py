"""Count the figures by which the structure of the code is judged; see docs/architecture.md.

    python tools/house_figures.py

Prints one line a figure: lines and files of Python, characters of Vietnamese text in Python, places
that decide a verb of change or a comparison, classes for a value with a source, differences and
sortings in printing rooms, and the folders in which the Python of each index lives.
"""

from __future__ import annotations

import ast
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src" / "helpers"
OF_PROGRAM = frozenset({"cli", "inputs", "simulation", "definitions", "execution", "places"})
"""Rooms whose Vietnamese text is for a user of the program, not for a reader of reports."""
PRINTING = frozenset({"words", "display", "reports", "site"})
PRINTS = re.compile(r"(?:text|tables|charts|unit_tables|services)(?:_\w+)?\.py")
"""Files of an index that print."""
OPPOSITES = (
    ("tăng", "giảm"),
    ("cao hơn", "thấp hơn"),
    ("rise", "fall"),
    ("up", "down"),
    ("above", "below"),
)
"""Pairs of words of which a branch chooses one."""
INDICES = (
    *("papi", "sipas", "par_index", "dti", "service_quality", "procedures", "poverty", "work_plan"),
)
_NAMES = {
    "service_quality": ("service",),
    "procedures": ("procedure", "procedures"),
    "par_index": ("par",),
}
VIETNAMESE = re.compile(
    "[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹàáãèéìíòóõùúýĩũ]", re.IGNORECASE
)


def modules() -> Iterator[tuple[Path, str, ast.Module]]:
    """Yield path below the package, text and syntax tree of every module."""
    for path in sorted(SOURCE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        yield path.relative_to(SOURCE), text, ast.parse(text)


def vietnamese(tree: ast.Module) -> int:
    """Count the characters of string constants with Vietnamese letters, docstrings apart."""
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return sum(
        len(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docs
        and VIETNAMESE.search(unicodedata.normalize("NFC", node.value))
    )


def choices(tree: ast.Module) -> int:
    """Count the branches that choose between a word and its opposite."""
    return sum(
        any(_parts_hold(_branches(node), *pair) for pair in OPPOSITES) for node in ast.walk(tree)
    )


def _branches(node: ast.AST) -> list[list[ast.AST]]:
    match node:
        case ast.IfExp():
            return [[node.body], [node.orelse]]
        case ast.If():
            return [list(node.body), list(node.orelse)]
        case ast.Match():
            return [list(case.body) for case in node.cases]
    return []


def _parts_hold(branches: list[list[ast.AST]], one: str, other: str) -> bool:
    held = [_strings(branch) for branch in branches]
    with_one = [any(_word(one, text) for text in texts) for texts in held]
    with_other = [any(_word(other, text) for text in texts) for texts in held]
    return any(
        a and b and i != j
        for i, a in enumerate(with_one)
        for j, b in enumerate(with_other)
        if not (with_other[i] and with_one[j])
    )


def _strings(nodes: list[ast.AST]) -> list[str]:
    return [
        part.value
        for node in nodes
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]


def _word(word: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def values_with_source(tree: ast.Module) -> list[str]:
    """Return the names of classes that hold a number together with where it came from."""
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.ClassDef):
            continue
        fields = {
            part.target.id: ast.unparse(part.annotation)
            for part in node.body
            if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name)
        }
        number = any(
            name in ("value", "number", "count", "points") and re.search(r"float|int", kind)
            for name, kind in fields.items()
        )
        if number and fields.keys() & {"source", "trace", "origin", "sources"}:
            found.append(node.name)
    return found


def arithmetic(tree: ast.Module) -> tuple[int, int]:
    """Count differences of two values, and sortings, sums and extremes."""
    differences = sum(
        isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Sub)
        and not any(isinstance(side, ast.Constant) for side in (node.left, node.right))
        for node in ast.walk(tree)
    )
    orders = sum(
        isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Name) and node.func.id in ("sorted", "sum", "min", "max"))
            or (
                isinstance(node.func, ast.Attribute)
                and node.func.attr in ("sort", "sort_values", "nlargest", "nsmallest", "rank")
            )
        )
        for node in ast.walk(tree)
    )
    return differences, orders


def index_of(path: Path) -> str | None:
    """Return the index whose Python a file is, by the names in its path."""
    words = set(re.split(r"[/_.]", str(path)))
    for index in INDICES:
        if index in path.parts or index in path.stem:
            return index
        if words & set(_NAMES.get(index, ())):
            return index
    return None


def main() -> None:
    """Print all figures."""
    lines = files = text = verbs = differences = orders = 0
    classes: list[str] = []
    folders: dict[str, set[str]] = defaultdict(set)
    of_index: dict[str, int] = defaultdict(int)
    for path, source, tree in modules():
        room = path.parts[0] if len(path.parts) > 1 else ""
        lines += len(source.splitlines())
        files += 1
        if room not in OF_PROGRAM:
            text += vietnamese(tree)
            verbs += choices(tree)
        classes += [f"{path}:{name}" for name in values_with_source(tree)]
        if room in PRINTING or (room == "indices" and PRINTS.fullmatch(path.name)):
            some, more = arithmetic(tree)
            differences, orders = differences + some, orders + more
        if room != "simulation" and (index := index_of(path)):
            folders[index].add(str(path.parent))
            of_index[index] += 1
    print(f"lines of Python                                  {lines:>8,}")
    print(f"files                                            {files:>8,}")
    print(f"characters of Vietnamese text in Python          {text:>8,}")
    print(f"places that choose a verb of change or comparison{verbs:>8,}")
    print(f"classes for a value with a source                {len(classes):>8,}")
    print(f"differences in printing rooms                    {differences:>8,}")
    print(f"sortings, sums and extremes in printing rooms    {orders:>8,}")
    for index in INDICES:
        print(f"folders (files) of {index:<30}{len(folders[index]):>4} ({of_index[index]})")
    print("classes:", ", ".join(classes))


if __name__ == "__main__":
    main()
