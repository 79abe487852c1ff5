"""Single values of an office, by key: what is delivered, or what follows from tables and records."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from .numbers import Value
from .office import Office

LATE = ("quá hạn",)


def day(text: str) -> dt.date | None:
    """A day as delivered: 28/01/2024."""
    try:
        return dt.datetime.strptime(text.strip(), "%d/%m/%Y").date()
    except ValueError:
        return None


def tasks(office: Office) -> dict[str, int]:
    """Tasks of the plan by state at the end of the year."""
    found = dict.fromkeys(("all", "on_time", "late", "open", "open_late", "unknown"), 0)
    end = dt.date(office.year, 12, 31)
    for row in office.table("nhiem-vu"):
        found["all"] += 1
        due, done = day(row["Hạn hoàn thành"]), day(row["Ngày hoàn thành"])
        finished = "hoàn thành" in (row["Tình trạng"] or "").lower() or done is not None
        if "chưa" in (row["Tình trạng"] or "").lower():
            finished = done is not None
        if finished and due and done:
            found["on_time" if done <= due else "late"] += 1
        elif not finished and due:
            found["open_late" if due <= end else "open"] += 1
        else:
            found["unknown"] += 1
    return found


def scalars(office: Office) -> dict[str, Value]:
    """All of them; a key is missing where nothing was delivered."""
    found: dict[str, Value] = {}
    for (code, group), entries in office.figures.items():
        value = office.figure(code)
        if not group and value is not None and entries:
            found[code] = value
    _dossiers(office, found)
    _scores(office, found)
    _poverty(office, found)
    _plan(office, found)
    return found


def _dossiers(office: Office, found: dict[str, Value]) -> None:
    total = office.dossiers.total
    if office.dossiers.form:
        for key, count in total.items():
            found[f"procedures.{key}"] = count
        found["procedures.new"] = total["online"] + total["direct"]
        found["procedures.in_time"] = total["early"] + total["on_time"]
        found["procedures.overdue_all"] = total["late"] + total["open_late"]
        found["procedures.progress"] = total["early"] + total["on_time"] + total["open_in_time"]
    elif "procedures.received" in found:
        get = found.get
        if "procedures.resolved_in_time" in found:
            found["procedures.in_time"] = found["procedures.resolved_in_time"]
            if "procedures.resolved" in found:
                found["procedures.late"] = Fraction(get("procedures.resolved", 0)) - Fraction(
                    get("procedures.resolved_in_time", 0)
                )
        if "procedures.in_process_in_time" in found:
            found["procedures.open"] = found["procedures.in_process_in_time"]
            found["procedures.open_in_time"] = found["procedures.in_process_in_time"]
        if "procedures.in_time" in found and "procedures.open" in found:
            found["procedures.progress"] = Fraction(found["procedures.in_time"]) + Fraction(
                found["procedures.open"]
            )
            found["procedures.open_late"] = 0
            found["procedures.overdue_all"] = found.get("procedures.late", 0)
    rates = {
        "in_time_rate": ("in_time", "resolved"),
        "online_rate_of_new": ("online", "new"),
        "resolved_rate": ("resolved", "received"),
        "late_rate_of_resolved": ("late", "resolved"),
        "late_rate_of_all": ("overdue_all", "received"),
        "open_late_rate": ("open_late", "open"),
        "progress_rate": ("progress", "received"),
    }
    for key, (top, base) in rates.items():
        a, b = found.get(f"procedures.{top}"), found.get(f"procedures.{base}")
        if a is not None and b:
            found[f"procedures.{key}"] = 100 * Fraction(a) / Fraction(b)
    for key, top in (
        ("online_services", "online_services"),
        ("online_full", "online_full"),
        ("online_partial", "online_partial"),
    ):
        a, b = found.get(f"procedures.{top}"), found.get("procedures.listed")
        if a is not None and b:
            found[f"procedures.{key}_share"] = 100 * Fraction(a) / Fraction(b)


def _scores(office: Office, found: dict[str, Value]) -> None:
    for kind in ("par_index", "dti"):
        table = office.scored(kind)
        if table.got:
            found[f"{kind}.points"], found[f"{kind}.maximum"] = table.sum(), table.most()
            found[f"{kind}.share"], found[f"{kind}.lost"] = table.share(), table.lost()
            found[f"{kind}.self"], found[f"{kind}.self_maximum"] = table.self_scored()
            losing = [c for c in table.leaves if table.lost(c) > 0]
            found[f"{kind}.losing"] = len(losing)
            both = [c for c in table.own if c in table.got]
            found[f"{kind}.appraised_less"] = table.self_scored()[0] - sum(
                (table.got[c] for c in both), Fraction(0)
            )
    service = office.service
    if service.ratios:
        known = {c: p for c in service.names if (p := service.points(c)) is not None}
        found["service.points"] = sum(known.values(), Fraction(0))
        found["service.maximum"] = sum((service.maximum[c] for c in known), Fraction(0))
        found["service.lost"] = Fraction(found["service.maximum"]) - Fraction(
            found["service.points"]
        )
        found["service.short"] = sum(service.maximum[c] > p for c, p in known.items())
    survey = office.survey
    if survey is not None and office.agency:
        found["sipas.overall"] = survey.estimate("co_quan", office.agency, "total")[0]
        ranked = survey.ranked("co_quan")
        found["sipas.mean"] = sum(ranked.values()) / len(ranked)
        found["sipas.ranked"] = len(ranked)
        found["sipas.forms"] = survey.forms
        found["sipas.valid"] = len(survey.rows)
        found["sipas.answers"] = survey.answers("co_quan", office.agency, "total")


def _poverty(office: Office, found: dict[str, Value]) -> None:
    sums = office.poverty()
    if not sums or not sums["all"]:
        return
    for key, value in sums.items():
        found[f"poverty.{key}"] = value
    found["poverty.both"] = sums["poor"] + sums["near"]
    for key in ("poor", "near", "both"):
        found[f"poverty.{key}_rate"] = 100 * Fraction(found[f"poverty.{key}"]) / sums["all"]


def _plan(office: Office, found: dict[str, Value]) -> None:
    if office.table("nhiem-vu"):
        for key, number in tasks(office).items():
            found[f"tasks.{key}"] = number
        found["tasks.done"] = tasks(office)["on_time"] + tasks(office)["late"]
    elif "work_plan.tasks" in found:
        found["tasks.all"] = found["work_plan.tasks"]
        found["tasks.done"] = found.get("work_plan.tasks_done", 0)
    citizens = office.table("tiep-cong-dan")
    if citizens:
        found["citizens.all"] = sum(int(r["Số lượt tiếp"] or 0) for r in citizens)
        leaders = [r for r in citizens if "lãnh đạo" in r["Người tiếp"].lower()]
        found["citizens.leaders"] = sum(int(r["Số lượt tiếp"] or 0) for r in leaders)
    elif "work_plan.citizens_received" in found:
        found["citizens.all"] = found["work_plan.citizens_received"]
        found["citizens.leaders"] = found.get("work_plan.citizens_by_leaders", 0)
    visits = [r for r in office.table("thanh-tra-kiem-tra") if "đã" in r["Tình trạng"].lower()]
    if visits:
        found["inspections.units"] = len({r["Đơn vị được kiểm tra"] for r in visits})
        found["inspections.faults"] = sum(int(r["Số tồn tại được chỉ ra"] or 0) for r in visits)
        found["inspections.mended"] = sum(int(r["Số tồn tại đã khắc phục"] or 0) for r in visits)
    elif "work_plan.inspected" in found:
        found["inspections.units"] = found["work_plan.inspected"]
    documents = office.table("van-ban")
    for role in ("Đã ban hành", "Tham mưu ban hành", "Viện dẫn"):
        found[f"documents.{role}"] = sum(r["Vai trò"] == role for r in documents)
    limits = office.table("han-che")
    found["limits.year"] = sum(r.get("Năm nêu") == str(office.year) for r in limits)
    found["limits.before"] = sum((r.get("Năm nêu") or "9") < str(office.year) for r in limits)
    found["measures"] = len(office.table("bien-phap"))
    found["figures"] = sum(len(entries) for entries in office.figures.values())
