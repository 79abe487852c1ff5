"""What an index is in a given year: criteria, scales, groups and breaks.

Read from ``params/indices``.
"""

from helpers.definitions.comparability import Comparison, compare_years
from helpers.definitions.load import DefinitionError, load_definition
from helpers.definitions.models import (
    Basis,
    Break,
    Criterion,
    Edition,
    GroupScheme,
    IndexDefinition,
    LikelyError,
    Note,
)

__all__ = [
    "Basis",
    "Break",
    "Comparison",
    "Criterion",
    "DefinitionError",
    "Edition",
    "GroupScheme",
    "IndexDefinition",
    "LikelyError",
    "Note",
    "compare_years",
    "load_definition",
]
