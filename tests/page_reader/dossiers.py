"""Dossiers counted again: by field and unit from the form, by month, procedure and 766 from "
"the records."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from fractions import Fraction
from functools import cached_property
from pathlib import Path

import polars as pl
import yaml

from .places import rows

COLUMNS = {
    "received": "Tiếp nhận – Tổng số",
    "online": "Tiếp nhận trong kỳ – Trực tuyến",
    "direct": "Tiếp nhận trong kỳ – Trực tiếp, bưu chính",
    "carried": "Từ kỳ trước chuyển qua",
    "resolved": "Đã giải quyết – Tổng số",
    "early": "Đã giải quyết – Trước hạn",
    "on_time": "Đã giải quyết – Đúng hạn",
    "late": "Đã giải quyết – Quá hạn",
    "open": "Đang giải quyết – Tổng số",
    "open_in_time": "Đang giải quyết – Trong hạn",
    "open_late": "Đang giải quyết – Quá hạn",
}
FORM = "ho-so-tthc.csv"
RECORDS = "ho-so.parquet"
FEW = 5
"""Nothing counted from fewer records of persons is told."""
PETITION_DAYS = 15 + 5
"""Limit of decision 766 with the longest row of holidays."""


def number(text: str) -> int:
    """A count of the form; an empty cell is none."""
    return int(Fraction(text.replace(".", "").replace(",", "."))) if text.strip() else 0


def working_days(row: dict) -> int:
    """Days from Monday to Friday that a petition took; holidays are not taken out."""
    first, last = row["ngay_tiep_nhan"], row["ngay_xu_ly"]
    if last is None:
        return 0
    days = [first + dt.timedelta(n) for n in range(1, (last - first).days + 1)]
    return sum(d.weekday() < 5 for d in days)


class Dossiers:
    """What an office delivered on its dossiers of one year."""

    def __init__(self, folder: Path, year: int) -> None:
        self.year = year
        path = folder / FORM
        self.form = rows(path) if path.is_file() else []
        records = folder / RECORDS
        self.records = pl.read_parquet(records).to_dicts() if records.is_file() else []

    def sums(self, column: str) -> dict[str, Counter[str]]:
        """Counts by field or by unit, from the form."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for row in self.form:
            for key, head in COLUMNS.items():
                if head in row:
                    found[row[column]][key] += number(row[head])
            returned = next((h for h in row if h.startswith("Trả lại")), None)
            if returned:
                found[row[column]]["returned"] += number(row[returned])
        return dict(found)

    @cached_property
    def total(self) -> Counter[str]:
        """All fields together, from the form."""
        found: Counter[str] = Counter()
        for part in self.sums("Lĩnh vực giải quyết").values():
            found.update(part)
        return found

    @staticmethod
    def resolved(row: dict) -> bool:
        """Whether a result was reached; a dossier returned or withdrawn has none."""
        state = (row["trang_thai"] or "").lower()
        if any(word in state for word in ("trả lại", "rút", "từ chối", "dừng")):
            return False
        return row["ngay_giai_quyet"] is not None

    def due(self, row: dict) -> dt.date | None:
        return row["ngay_hen_tra"]

    def late(self, row: dict) -> bool:
        """Resolved after the day that was promised."""
        return self.resolved(row) and row["ngay_giai_quyet"] > row["ngay_hen_tra"]

    def open_late(self, row: dict) -> bool:
        """Not resolved at the end of the year though the promised day has passed."""
        return row["ngay_giai_quyet"] is None and row["ngay_hen_tra"] < dt.date(self.year, 12, 31)

    @cached_property
    def months(self) -> dict[int, Counter[str]]:
        """Received and resolved in each month, and what was open at its end."""
        found: dict[int, Counter[str]] = {month: Counter() for month in range(1, 13)}
        for row in self.records:
            came = row["ngay_tiep_nhan"]
            if came.year == self.year:
                found[came.month]["online" if row["kenh"] == "trực tuyến" else "direct"] += 1
            if self.resolved(row) and row["ngay_giai_quyet"].year == self.year:
                month = row["ngay_giai_quyet"].month
                found[month]["resolved"] += 1
                found[month]["late"] += self.late(row)
        for month, counts in found.items():
            end = dt.date(self.year + month // 12, month % 12 + 1, 1) - dt.timedelta(1)
            for row in self.records:
                closed = row["ngay_giai_quyet"]
                if row["ngay_tiep_nhan"] <= end and (closed is None or closed > end):
                    counts["left"] += 1
                    counts["left_late"] += row["ngay_hen_tra"] < end
        return found

    @cached_property
    def procedures(self) -> dict[str, Counter[str]]:
        """Counts by procedure, from the records."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for row in self.records:
            counts = found[f"{row['ten_tthc']} ({row['ma_tthc']})"]
            counts["received"] += 1
            counts["late"] += self.late(row)
            counts["open_late"] += self.open_late(row)
        return dict(found)


class Service:
    """The indicators of decision 766: ratios delivered, points from ratio, rule and maximum."""

    def __init__(self, folder: Path, params: Path, dossiers: Dossiers) -> None:
        with (params / "indices/service_quality.yml").open(encoding="utf-8") as file:
            edition = yaml.safe_load(file)["editions"][-1]
        self.groups: dict[str, list[str]] = {}
        self.names: dict[str, str] = {}
        self.maximum: dict[str, Fraction] = {}
        self.group_maximum: dict[str, Fraction] = {}
        for group in edition["criteria"]:
            self.groups[group["name_vi"]] = [c["code"] for c in group["children"]]
            self.group_maximum[group["name_vi"]] = Fraction(group["maximum"])
            for child in group["children"]:
                self.names[child["code"]] = child["name_vi"]
                if child["maximum"]:
                    self.maximum[child["code"]] = Fraction(child["maximum"])
        self.rules = edition["rules"]["indicators"]
        self.options = edition["rules"]["options"]
        self.bands = edition["bands"]
        self.ratios: dict[str, tuple[int, int]] = {}
        self.few: set[str] = set()
        path = folder / "chi-so-766.csv"
        for row in rows(path) if path.is_file() else []:
            if row["Tử số"] and row["Mẫu số"]:
                code = row["Mã chỉ tiêu"]
                self.ratios[code] = (number(row["Tử số"]), number(row["Mẫu số"]))
        self._count(dossiers, folder)

    def _count(self, dossiers: Dossiers, folder: Path) -> None:
        """What the records give where the office delivered no ratio."""
        all_of = dossiers.records
        if not all_of:
            return
        done = [row for row in all_of if dossiers.resolved(row)]
        paid = [row for row in all_of if (row["phi"] or 0) > 0]
        petitions = folder / "phan-anh-kien-nghi.parquet"
        people = pl.read_parquet(petitions).to_dicts() if petitions.is_file() else []
        unhappy = {row["ma_ho_so"] for row in people}
        in_time = [
            r
            for r in all_of
            if not dossiers.open_late(r)
            and (r["so_lan_bo_sung"] or 0) <= 1
            and (r["ngay_giai_quyet"] is None or r["ngay_giai_quyet"] <= r["ngay_hen_tra"])
        ]
        online = {r["ma_tthc"] for r in paid if "ổng" in (r["thanh_toan"] or "")}
        found = {
            "2.1": (len(in_time), len(all_of)),
            "4.1": (sum(bool(r["co_file_ket_qua"]) for r in done), len(done)),
            "4.2": (
                sum(bool(r["co_so_hoa"] and r["co_file_ket_qua"]) for r in all_of),
                len(all_of),
            ),
            "4.3": (sum(bool(r["tai_su_dung"]) for r in all_of), len(all_of)),
            "4.4": (sum(bool(r["lay_tu_kho_dmqg"]) for r in all_of), len(all_of)),
            "4.5b": (sum(bool(r["xac_thuc_vneid"]) for r in all_of), len(all_of)),
            "3.3": (dossiers.total["online"], dossiers.total["online"] + dossiers.total["direct"]),
            "3.5b": (len(online), len({r["ma_tthc"] for r in paid})),
            "3.6": (sum("ổng" in (r["thanh_toan"] or "") for r in paid), len(paid)),
            "5.4": (
                sum(
                    r["danh_gia"] != "không hài lòng" and r["ma_ho_so"] not in unhappy
                    for r in in_time
                ),
                len(all_of),
            ),
        }
        fine = [row for row in people if working_days(row) <= PETITION_DAYS]
        content = [
            row
            for row in fine
            if row["ket_qua_danh_gia"] != "không hài lòng" and not row["gui_lai"]
        ]
        found["5.2"] = (len(fine), len(people))
        found["5.3"] = (len(content), len(people))
        for code, ratio in found.items():
            if not 0 < ratio[1] < FEW:  # counted from so few records, it is not told
                self.ratios.setdefault(code, ratio)
            elif code not in self.ratios:
                self.few.add(code)

    def points(self, code: str) -> Fraction | None:
        """Points of an indicator from its ratio."""
        rule = self.rules[code]
        if rule["kind"] == "watched" or code not in self.maximum or code not in self.ratios:
            return None
        top, base = self.ratios[code]
        if not base:
            return Fraction(rule["zero"]) if rule.get("zero") is not None else None
        target = rule.get("target") or 1
        if rule.get("target_option"):
            target = self.options[rule["target_option"]]["default"]
        share = Fraction(top, base) / Fraction(str(target))
        return self.maximum[code] * min(share, Fraction(1))
