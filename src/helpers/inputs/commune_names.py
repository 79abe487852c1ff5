"""Communes that are not among today's: told with what may be meant, never made another."""

from __future__ import annotations

from collections.abc import Iterable

from helpers.inputs.delivery import Delivery
from helpers.inputs.problems import Problem
from helpers.places import system_of_year
from helpers.places.communes import SINCE, communes, unknown_communes
from helpers.project import Project

COLUMN = "xa"
_LISTED = 5


def commune_problems(
    names: Iterable[object], file: str, sheet: str | None, delivery: Delivery, project: Project
) -> list[Problem]:
    """Warn of names that no commune of the province has since the communes of today exist.

    Parameters
    ----------
    names : iterable
        Cells of the column of communes; what is no text is passed over.
    file, sheet : str
        Where they stand.
    delivery : Delivery
        Before the communes of today nothing is known of them.
    project : Project
    """
    known = communes(delivery.province, project)
    if not known or system_of_year(delivery.year, project) != "34":
        return []
    unknown = unknown_communes((name for name in names if isinstance(name, str) and name), known)
    if not unknown:
        return []
    shown = [
        f"«{name}»" + (f" (có thể là {' hoặc '.join(f'«{one}»' for one in near)})" if near else "")
        for name, near in list(unknown.items())[:_LISTED]
    ]
    more = f" và {len(unknown) - _LISTED} tên khác" if len(unknown) > _LISTED else ""
    message = (
        f"Có {len(unknown)} tên không thuộc danh mục {len(known)} xã, phường, đặc khu của tỉnh từ "
        f"{SINCE}: {', '.join(shown)}{more}."
    )
    remedy = "sửa tên nếu viết sai; để nguyên nếu số liệu theo đơn vị cũ hoặc đơn vị mới đổi tên."
    return [Problem("warning", file, sheet, None, "unknown-commune", message, remedy)]
