"""What a site has already, so that publishing takes nothing away that nobody asked to be taken."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from helpers.publishing import PublishError
from helpers.site.inventory import Inventory, SiteReport
from helpers.site.province_pages import ProvincePage
from helpers.site.report_pages import ReportPage

_YEAR = re.compile(r"/(\d{4})/")
_FEW = 5


def files_of(target: Path) -> set[str]:
    """Return the files that stand in a folder, by their place in it."""
    return {
        Path(folder, name).relative_to(target).as_posix()
        for folder, _, names in os.walk(target)
        for name in names
    }


def reports_in(files: Iterable[str]) -> set[str]:
    """Return the reports among a site's files: each has its executed notebook there."""
    return {name for name in files if name.endswith(".ipynb")}


def reports_on(pages: Iterable[Any]) -> set[str]:
    """Return the same of pages that are to be made."""
    found = set()
    for page in pages:
        if isinstance(page, ReportPage):
            found.add(_notebook(page.report, page.address))
        elif isinstance(page, ProvincePage) and page.profile is not None:
            found.add(_notebook(page.profile, page.address))
    return found


def of_years(inventory: Inventory, years: Sequence[int], standing: Collection[str]) -> Inventory:
    """Return the reports of some years and those that a site has already; all if no year is given.

    Profiles stay: they speak of all years.
    """
    if not years:
        return inventory
    kept = tuple(
        r
        for r in inventory.reports
        if r.year in years or r.profile or _notebook(r, r.address) in standing
    )
    return replace(inventory, reports=kept)


def is_asked_for(page: Any, years: Sequence[int]) -> bool:
    """Tell whether a page is to be brought up to date: not if it is a report of another year."""
    return not years or not isinstance(page, ReportPage) or page.report.year in years


def of_year(name: str, years: Sequence[int]) -> bool:
    """Tell whether a file belongs to one of these years or to none; yes if no year is given."""
    found = _YEAR.search(f"/{name}")
    return not years or found is None or int(found[1]) in years


def refuse_losses(lost: Collection[str], where: str, inventory: Inventory) -> None:
    """Stop before anything is written if reports are on a site and no longer among the outputs.

    Raises
    ------
    PublishError
        It names the reports and says what to do.
    """
    if not lost:
        return
    found = "chưa có báo cáo nào" if not inventory.reports else "không còn các báo cáo này"
    raise PublishError(
        f"{where} đang có {len(lost)} báo cáo, nhưng outputs/reports {found}: "
        f"{in_short([name.rpartition('/')[0] for name in sorted(lost)])}. "
        "Chưa bỏ và chưa lập lại trang nào. Nếu thư mục outputs/reports chưa được chép đủ (cả các tệp "
        ".record.json), hãy chép lại hoặc chạy chiso run. Nếu muốn bỏ các trang này, chạy: "
        "chiso publish --remove"
    )


def in_short(names: Sequence[str]) -> str:
    """Return the first few of many names."""
    more = len(names) - _FEW
    return ", ".join(names[:_FEW]) + (f" và {more} mục khác" if more > 0 else "")


def _notebook(report: SiteReport, address: str) -> str:
    return f"{address}{report.name}.ipynb"
