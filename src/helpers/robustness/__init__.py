"""Composite-index analysis on a table of units and a tree of indicators.

Pure functions of numbers: construction (impute, treat, normalise, aggregate), audit, uncertainty,
sensitivity, trends. They know no index and no notebook; a table is a DataFrame, a row a unit and
a column an indicator, absence is NaN and stays so unless it is imputed by name.

The names and the arithmetic follow the OECD/JRC handbook (2008) and COINr 1.1.14, whose values the
tests reproduce.
"""

from helpers.robustness.audit import (
    correlations,
    cronbach,
    cronbach_interval,
    describe,
    flags,
    principal_components,
)
from helpers.robustness.construction import aggregate, impute, normalise, ranks, treat
from helpers.robustness.sensitivity import drop_one, rank_shift, sobol
from helpers.robustness.tree import Tree
from helpers.robustness.trends import compare_groups, convergence, trends
from helpers.robustness.uncertainty import Assumptions, Ranking, regenerate
from helpers.robustness.weights import denominate, equal_influence, outrank, pca_weights

__all__ = [
    "Assumptions",
    "Ranking",
    "Tree",
    "aggregate",
    "compare_groups",
    "convergence",
    "correlations",
    "cronbach",
    "cronbach_interval",
    "denominate",
    "describe",
    "drop_one",
    "equal_influence",
    "flags",
    "impute",
    "normalise",
    "outrank",
    "pca_weights",
    "principal_components",
    "rank_shift",
    "ranks",
    "regenerate",
    "sobol",
    "treat",
    "trends",
]
