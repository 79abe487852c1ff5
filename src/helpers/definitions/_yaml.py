"""YAML that refuses a key given twice; by itself YAML keeps the last one without a word."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import yaml

# The parser in C, where PyYAML was built with it, takes a tenth of the time.
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"khóa «{key}» lặp lại", key_node.start_mark
                )
            seen.add(key)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return mapping


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
        If the text is not YAML, or a mapping has a key twice; the message has line and column.
    """
    return yaml.load(text, Loader=_Loader)  # noqa: S506  (a subclass of the safe loader)
