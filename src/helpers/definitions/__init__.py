"""What an index is in a given year: criteria, scales, groups and breaks.

Read from ``params/indices``.
"""

from helpers.definitions.comparability import Comparison, compare_years
from helpers.definitions.framework import (
    Framework,
    FrameworkBreak,
    FrameworkEdition,
    load_framework,
)
from helpers.definitions.load import DefinitionError
from helpers.definitions.models import GroupScheme, LikelyError, Node

__all__ = [
    "Comparison",
    "DefinitionError",
    "Framework",
    "FrameworkBreak",
    "FrameworkEdition",
    "GroupScheme",
    "LikelyError",
    "Node",
    "compare_years",
    "load_framework",
]
