"""What a delivery on poor households lacks, and what to deliver for it."""

from __future__ import annotations

from helpers.definitions.framework import FrameworkEdition
from helpers.indices.poverty.breakdown import Tables
from helpers.indices.poverty.levels import State

_ASK = {
    "units": "Chưa có bảng «Hộ nghèo theo địa bàn» nên chưa biết tỷ lệ của từng địa bàn.",
    "groups": (
        "Chưa có bảng «Hộ nghèo theo nhóm» nên chưa biết tỷ lệ trong hộ dân tộc thiểu số, ở huyện "
        "nghèo, xã nghèo, và nguyên nhân nghèo."
    ),
    "movement": (
        "Chưa có bảng «Diễn biến hộ nghèo» nên chưa biết bao nhiêu hộ thoát nghèo, tái nghèo và "
        "phát sinh mới."
    ),
    "deprivations": (
        "Chưa có bảng «Thiếu hụt dịch vụ» nên chưa biết hộ nghèo, hộ cận nghèo thiếu hụt những "
        "dịch vụ nào."
    ),
}


def missing(
    state: State, before: State, tables: Tables, edition: FrameworkEdition, merged: bool = False
) -> tuple[str, ...]:
    """Return one Vietnamese sentence for each thing that could not be computed.

    `merged` says that the unit of the year before was another: its figures are not asked for.
    """
    said = []
    if state.is_empty and not state.hidden:
        said.append(
            "Chưa có số hộ nghèo, hộ cận nghèo và tỷ lệ cuối năm: ghi các số liệu «Số hộ nghèo», "
            "«Số hộ cận nghèo» và «Tổng số hộ dân cư»."
        )
    elif state.total is None and not state.hidden:
        said.append(
            "Chưa có tổng số hộ dân cư nên chưa kiểm tra trực tiếp được các tỷ lệ: ghi số liệu "
            "«Tổng số hộ dân cư»."
        )
    if before.is_empty and not before.hidden and not merged:
        said.append(
            "Chưa có số liệu cuối năm trước nên chương trình chưa tự tính được thay đổi trong năm: "
            "ghi ở cột năm trước hoặc các cột «đầu năm»."
        )
    given = {
        "units": tables.units,
        "groups": tables.groups,
        "movement": tables.movement,
        "deprivations": tables.deprivations,
    }
    for name, table in given.items():
        if table.empty and (name != "deprivations" or edition.criteria):
            said.append(_ASK[name])
    if tables.records is not None and not tables.records.has_all_households:
        said.append(
            "Danh sách hộ chỉ gồm hộ được rà soát nên không tính được tỷ lệ từ danh sách: cần tổng "
            "số hộ dân cư của từng địa bàn."
        )
    return tuple(said)
