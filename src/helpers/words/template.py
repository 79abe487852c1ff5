"""The small part of Jinja that a sentence may use, and a check that refuses the rest.

A sentence prints facts and asks whether one is there. It compares, counts and chooses nothing: that is
decided before, once, for every document.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

FILTERS = ("listed", "each", "count", "forms", "lower", "commas", "semicolons", "sentences")

_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.If,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Filter,
)
_NAMES: Mapping[type[nodes.Node], str] = {
    nodes.Compare: "phép so sánh",
    nodes.BinExpr: "phép tính",
    nodes.UnaryExpr: "phép tính",
    nodes.Concat: "phép nối (~)",
    nodes.Call: "lời gọi hàm",
    nodes.Getitem: "dấu ngoặc vuông",
    nodes.For: "vòng lặp",
    nodes.Assign: "set",
    nodes.AssignBlock: "set",
    nodes.Macro: "macro",
    nodes.CallBlock: "call",
    nodes.FilterBlock: "khối filter",
    nodes.Include: "include",
    nodes.Import: "import",
    nodes.FromImport: "import",
    nodes.Extends: "extends",
    nodes.Block: "block",
    nodes.With: "with",
    nodes.Test: "phép thử (is)",
    nodes.CondExpr: "if trong một dòng",
    nodes.Literal: "hằng số",
}
# What the parser itself says, in the order in which it is tried.
_PARSER = (
    (r"unexpected '}'", "thừa dấu }}."),
    (r"unexpected end of template", "thiếu {{% endif %}} hoặc thiếu dấu đóng."),
    (
        r"expected token 'end of print statement', got '?(.+?)'?$",
        "không hiểu «{0}» trong {{{{ }}}}.",
    ),
    (r"expected token '(.+?)', got '?(.+?)'?$", "cần «{0}» nhưng gặp «{1}»."),
    (r"[Uu]nknown tag '(\w+)'|unknown tag '(\w+)'", "không có lệnh «{0}»; chỉ có if, else, endif."),
    (r"No filter named '(\w+)'", "không có bộ lọc «{0}»."),
    (r"unexpected char '(.+?)'", "ký tự «{0}» không được đứng ở đây."),
    (r"unexpected '(.+?)'", "không được viết «{0}» ở đây."),
    (r"Expected an expression, got '(.+?)'", "trong {{{{ }}}} không có tên nào (gặp «{0}»)."),
    (r"Missing end of comment tag|Missing end of raw", "thiếu dấu đóng."),
)


@runtime_checkable
class Shown(Protocol):
    """What a template can print: it knows how."""

    def markup(self) -> Markup:
        """Write it as Markdown."""
        ...

    def part(self, name: str) -> object:
        """Return a part of it by name; raise LookupError if there is none."""
        ...


@dataclass(frozen=True)
class Fault:
    """What is wrong in a template.

    Parameters
    ----------
    line : int
        In the template, counted from 1.
    rule : str
    message : str
        Vietnamese.
    """

    line: int
    rule: str
    message: str


@dataclass(frozen=True)
class Used:
    """A name that a template uses.

    Parameters
    ----------
    path : tuple of str
        ``("high", "value")`` for ``high.value``.
    line : int
    sure : bool
        Whether it stands below an ``if`` that asks for it.
    asked : bool
        Whether it is asked for by an ``if``, not printed.
    """

    path: tuple[str, ...]
    line: int
    sure: bool
    asked: bool


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja without anything but the filters it is given."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Reach only for what a printed thing offers."""
        if isinstance(obj, Shown):
            try:
                return obj.part(attribute)
            except LookupError:
                pass
        return self.undefined(obj=obj, name=attribute)


def environment(filters: Mapping[str, Callable[..., object]]) -> Sandbox:
    """Return an environment with these filters and nothing of Jinja's own."""
    made = Sandbox(autoescape=True, undefined=StrictUndefined, finalize=_finalize)
    for table in (made.filters, made.tests, made.globals):
        table.clear()
    made.filters.update(filters)
    return made


def _finalize(value: object) -> object:
    if isinstance(value, Markup):
        return value
    if isinstance(value, Shown):
        return value.markup()
    if isinstance(value, StrictUndefined):
        return str(value)  # raises, naming what is not there
    raise TypeError(f"một câu không in được {type(value).__name__}")


def parse(text: str) -> tuple[nodes.Template | None, list[Fault]]:
    """Parse a template and tell what in it is not allowed."""
    faults = list(_braces(text))
    try:
        tree = _PARSE.parse(text)
    except TemplateSyntaxError as error:
        faults.append(Fault(error.lineno, "syntax", in_vietnamese(error.message or "")))
        return None, faults
    faults += _refused(tree)
    return (None if faults else tree), faults


_PARSE = environment(dict.fromkeys(FILTERS, str))


def in_vietnamese(message: str) -> str:
    """Say a complaint of the parser in Vietnamese."""
    for pattern, told in _PARSER:
        if found := re.search(pattern, message):
            return told.format(*(group for group in found.groups() if group is not None))
    return f"mẫu câu không đúng dạng ({message})."


_TAGS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


def _braces(text: str) -> Iterator[Fault]:
    """A single brace prints as a brace: a name that was meant to be filled in, and was not."""
    rest = _TAGS.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    for number, line in enumerate(rest.split("\n"), 1):
        if "{#" in line:
            yield Fault(number, "comment", "ghi chú viết bằng <!-- -->, không bằng {# #}.")
        elif re.search(r"(?<![{}])[{}](?![{}%])", line):
            yield Fault(number, "brace", "dấu ngoặc nhọn đơn; viết {{ ten }}.")


def _refused(tree: nodes.Node) -> Iterator[Fault]:
    for node in _walk(tree):
        if isinstance(node, nodes.Filter):
            if node.name not in FILTERS:
                told = f"không có bộ lọc «{node.name}»; có: {', '.join(FILTERS)}."
                yield Fault(node.lineno, "filter", told)
            plain = all(
                isinstance(one, nodes.Const) and isinstance(one.value, str) for one in node.args
            )
            if not plain or node.kwargs or node.dyn_args or node.dyn_kwargs:
                told = "trong ngoặc của bộ lọc chỉ được có chữ đặt giữa hai dấu nháy."
                yield Fault(node.lineno, "filter", told)
        elif isinstance(node, nodes.If):
            for asked in _walk(node.test):
                if not isinstance(
                    asked, nodes.Name | nodes.Getattr | nodes.Not | nodes.And | nodes.Or
                ):
                    yield Fault(asked.lineno, "refused", _not_here(asked))
        elif not isinstance(node, _ALLOWED):
            yield Fault(node.lineno, "refused", _not_here(node))


def _not_here(node: nodes.Node) -> str:
    kinds = (name for kind, name in _NAMES.items() if isinstance(node, kind))
    what = next(kinds, type(node).__name__)
    return f"mẫu câu không được dùng {what}; việc ấy do phần tính toán quyết định."


def _walk(node: nodes.Node) -> Iterator[nodes.Node]:
    """Yield a node and all below it, but not the arguments of filters, which are looked at apart."""
    yield node
    if not isinstance(node, _ALLOWED):
        return  # it is refused whole
    if isinstance(node, nodes.Filter):
        if node.node is not None:
            yield from _walk(node.node)
        return
    for child in node.iter_child_nodes():
        yield from _walk(child)


def names(tree: nodes.Template) -> tuple[Used, ...]:
    """Return every name that a template uses, in its order."""
    return tuple(_names(tree, frozenset(), asked=False))


def filters(tree: nodes.Template) -> tuple[tuple[str, tuple[str, ...], int], ...]:
    """Return every filter that a template uses: name, arguments, line."""
    return tuple(
        (
            node.name,
            tuple(arg.value for arg in node.args if isinstance(arg, nodes.Const)),
            node.lineno,
        )
        for node in _walk(tree)
        if isinstance(node, nodes.Filter)
    )


Path = tuple[str, ...]


def _names(node: nodes.Node, sure: frozenset[Path], *, asked: bool) -> Iterator[Used]:
    if isinstance(node, nodes.Name | nodes.Getattr):
        path = _path(node)
        known = any(path[: len(one)] == one for one in sure)
        yield Used(path, node.lineno, known, asked)
    elif isinstance(node, nodes.If):
        yield from _names(node.test, sure, asked=True)
        for child in node.body:
            yield from _names(child, sure | _granted(node.test), asked=False)
        for child in (*node.elif_, *node.else_):
            more = _granted(node.test.node) if isinstance(node.test, nodes.Not) else frozenset()
            yield from _names(child, sure | more, asked=False)
    elif isinstance(node, nodes.Filter):
        if node.node is not None:
            yield from _names(node.node, sure, asked=asked)
    else:
        for child in node.iter_child_nodes():
            yield from _names(child, sure, asked=asked)


def _granted(test: nodes.Node) -> frozenset[Path]:
    """Return the names that are there where a condition holds."""
    if isinstance(test, nodes.And):
        return _granted(test.left) | _granted(test.right)
    if isinstance(test, nodes.Name | nodes.Getattr):
        return frozenset({_path(test)})
    return frozenset()


def _path(node: nodes.Node) -> Path:
    if isinstance(node, nodes.Getattr):
        return (*_path(node.node), node.attr)
    return (node.name,) if isinstance(node, nodes.Name) else ("",)
