"""Composite-index analysis on a table of units and a tree of indicators.

Pure functions of numbers: construction (impute, treat, normalise, aggregate), audit, uncertainty,
sensitivity, trends. They know no index and no notebook; a table is a DataFrame, a row a unit and
a column an indicator, absence is NaN and stays so unless it is imputed by name.

The names and the arithmetic follow the OECD/JRC handbook (2008) and COINr 1.1.14, whose values the
tests reproduce.
"""

from helpers.robustness.audit import correlations, cronbach, describe, flags, principal_components
from helpers.robustness.construction import aggregate, impute, normalise, ranks, treat
from helpers.robustness.sensitivity import drop_one, rank_shift, sobol
from helpers.robustness.tree import Tree
from helpers.robustness.trends import compare_groups, convergence, trends
from helpers.robustness.uncertainty import Assumptions, Ranking, regenerate

__all__ = [
    "Assumptions",
    "Ranking",
    "Tree",
    "aggregate",
    "compare_groups",
    "convergence",
    "correlations",
    "cronbach",
    "describe",
    "drop_one",
    "flags",
    "impute",
    "normalise",
    "principal_components",
    "rank_shift",
    "ranks",
    "regenerate",
    "sobol",
    "treat",
    "trends",
]
