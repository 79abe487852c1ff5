"""YAML that refuses a key given twice; by itself YAML keeps the last one without a word."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from helpers.definitions._text import NotUnicodeError, read_text

# The parser in C, where PyYAML was built with it, takes a tenth of the time.
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            # What looks like a date or a number and is none: 2024-02-30, !!int x.
            text = node.value if isinstance(node, yaml.ScalarNode) else "…"
            kind = "ngày có thật" if node.tag.endswith(":timestamp") else "giá trị hợp lệ"
            raise yaml.constructor.ConstructorError(
                None, None, f"«{text}» không phải {kind}", node.start_mark
            ) from error

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(
                    None, None, "khóa phải là chữ, không phải danh sách", key_node.start_mark
                )
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"khóa «{key}» lặp lại", key_node.start_mark
                )
            seen.add(key)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return mapping


class EncodingError(yaml.MarkedYAMLError):
    """A file of YAML is not in Unicode; the mark has the line."""


def read_yaml(text: str) -> Any:
    """Read a YAML document.

    Parameters
    ----------
    text : str

    Returns
    -------
    object
        What ``yaml.safe_load`` returns.

    Raises
    ------
    yaml.YAMLError
        If the text is not YAML, a mapping has a key twice, or a value is not what it looks like; the
        message has line and column.
    """
    return yaml.load(text, Loader=_Loader)  # noqa: S506  (a subclass of the safe loader)


def read_yaml_file(path: Path) -> Any:
    """Read a file of YAML.

    Raises
    ------
    yaml.YAMLError
        As `read_yaml`, and if the file is not in Unicode: an :class:`EncodingError`.
    """
    try:
        text = read_text(path)
    except NotUnicodeError as error:
        mark = yaml.Mark(path.name, 0, error.line - 1, 0, None, 0)
        raise EncodingError(problem=str(error), problem_mark=mark) from error
    return read_yaml(text)
