"""Words that the poverty rules share: how a sentence calls figures and groups."""

from __future__ import annotations

from helpers.inputs.observations import Observation

PREFIX = "poverty."
NAMES = {
    "poor": "hộ nghèo",
    "near_poor": "hộ cận nghèo",
    "both": "hộ nghèo và hộ cận nghèo",
    "poor_rate": "tỷ lệ hộ nghèo",
    "poor_rate_target": "mục tiêu tỷ lệ hộ nghèo",
    "near_poor_rate": "tỷ lệ hộ cận nghèo",
    "both_rate": "tỷ lệ nghèo đa chiều",
}
GROUPS = {"huyen_ngheo": "huyện nghèo", "xa_ngheo": "xã nghèo", "dtts": "hộ dân tộc thiểu số"}
"""Groups of households as an office codes them, as a sentence calls them."""
POINTS = "điểm %"


def group_name(one: Observation) -> str:
    """Return how a sentence calls the part a figure is about."""
    return GROUPS.get(one.group, "nhóm này") if one.group else "toàn địa bàn"
