"""What one office delivered for one year: its figures, tables, documents and records."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from pathlib import Path

import polars as pl
import yaml

from .dossiers import Dossiers, Service
from .numbers import Value, parse
from .places import rows
from .scored import Scored
from .series import Series
from .survey import Survey


class Office:
    """Files of ``data/provinces/<slug>/<year>[/<office>]`` and the settings of that year."""

    def __init__(self, root: Path, slug: str, year: int, own: str = "") -> None:
        self.root, self.slug, self.year, self.own = root, slug, year, own
        self.folder = root / f"data/provinces/{slug}/{year}" / own
        self.params = root / "params"
        path = self.params / f"provinces/{slug}" / (f"{year}/{own}.yml" if own else f"{year}.yml")
        self.path = path
        self.settings: dict = {}
        if path.is_file():
            with path.open(encoding="utf-8") as file:
                self.settings = yaml.safe_load(file) or {}

    @property
    def exists(self) -> bool:
        return self.folder.is_dir()

    @cached_property
    def before(self) -> Office:
        """The year before; it may not exist."""
        return Office(self.root, self.slug, self.year - 1, self.own)

    @cached_property
    def names(self) -> list[str]:
        office = self.settings.get("office") or {}
        return [name for name in (office.get("name"), office.get("short")) if name]

    def table(self, name: str) -> list[dict[str, str]]:
        """Lines of a delivered table, none if it was not delivered."""
        path = self.folder / f"{name}.csv"
        return rows(path) if path.is_file() else []

    @cached_property
    def figures(self) -> dict[tuple[str, str], list[tuple[str, str, str]]]:
        """Single figures: code and group to (text, year, since)."""
        found: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
        for row in self.table("so-lieu"):
            key = (row["ma"], row.get("nhom") or "")
            entry = (row["gia_tri"], row.get("nam") or "", row.get("so_voi_nam") or "")
            found.setdefault(key, []).append(entry)
        return found

    def figure(self, code: str) -> Fraction | None:
        """A single figure of the year itself."""
        for text, year, _ in self.figures.get((code, ""), []):
            if not year or year == str(self.year):
                try:
                    return parse(text)
                except ValueError:
                    return None
        return None

    @cached_property
    def dossiers(self) -> Dossiers:
        return Dossiers(self.folder, self.year)

    @cached_property
    def service(self) -> Service:
        return Service(self.folder, self.params, self.dossiers)

    @cached_property
    def survey(self) -> Survey | None:
        there = (self.folder / "phieu-khao-sat.parquet").is_file()
        return Survey(self.folder, self.params, self.year) if there else None

    @cached_property
    def agency(self) -> str:
        """The office as the survey and the dossiers name it."""
        return (self.settings.get("office") or {}).get("name", "").split(" (")[0]

    def scored(self, kind: str) -> Scored:
        return Scored(self.folder, kind, self.params / f"provinces/{self.slug}")

    @cached_property
    def series(self) -> list[Series]:
        """All values by name that texts and figures order and compare."""
        return [
            s
            for s in (
                *self._scored(),
                *self._survey(),
                *self._dossiers(),
                *self._service(),
                *self._poverty(),
            )
            if s.values
        ]

    def _scored(self) -> list[Series]:
        found = []
        for kind in ("par_index", "dti"):
            table = self.scored(kind)
            if not table.got:
                continue
            areas = {table.names[c]: c for c in table.areas}
            leaves = {table.names[c]: c for c in table.leaves}
            exact = {n: c for n, c in leaves.items() if c not in table.surveyed}
            codes = {**leaves, **areas}

            def apart(
                a: str, b: str, table: Scored = table, codes: dict[str, str] = codes
            ) -> float | None:
                return table.apart(codes[a], codes[b])

            found += [
                Series(f"{kind}: tỷ lệ đạt", {n: table.share(c) for n, c in areas.items()}, apart),
                Series(f"{kind}: điểm mất", {n: table.lost(c) for n, c in areas.items()}, apart),
                # Only what nobody was asked about is ordered.
                Series(f"{kind}: mất theo tiêu chí", {n: table.lost(c) for n, c in exact.items()}),
                Series(f"{kind}: điểm", {n: table.sum(c) for n, c in areas.items()}),
            ]
        return found

    def _survey(self) -> list[Series]:
        survey = self.survey
        if survey is None or not self.agency:
            return []
        mine = ("co_quan", self.agency)
        found = []

        def margin(a: str, b: str) -> float:
            codes = {label: code for code, label in survey.labels.items()}
            return survey.margin([(1, *mine, codes[a]), (-1, *mine, codes[b])])

        factors = list(survey.tree["B"])
        items = [item for codes in survey.tree["B"].values() for item in codes]
        for name, codes in (("yếu tố", factors), ("tiêu chí", items)):
            values = {survey.labels[c]: survey.estimate(*mine, c)[0] for c in codes}
            values = {label: value for label, value in values.items() if value == value}
            short = {s: label for s, label in survey.short.items() if label in values}
            found.append(Series(f"SIPAS: {name}", values, margin, aliases=short))
        for column in ("co_quan", "huyen", "xa"):

            def between(a: str, b: str, column: str = column) -> float | None:
                known = all(survey.freedom(column, n, "total") > 0 for n in (a, b))
                pair = [(1.0, column, a, "total"), (-1.0, column, b, "total")]
                return survey.margin(pair) if known else None

            found.append(Series(f"SIPAS: {column}", dict(survey.ranked(column)), between))
            every = {row[column] for row in survey.rows}
            found.append(
                Series(
                    f"SIPAS: {column}, mọi nơi",
                    {
                        n: survey.estimate(column, n, "total")[0]
                        for n in every
                        if survey.estimate(column, n, "total")[0]
                        == survey.estimate(column, n, "total")[0]
                    },
                    between,
                )
            )
        return found

    def _dossiers(self) -> list[Series]:
        found = []
        for head in ("Lĩnh vực giải quyết", "Đơn vị giải quyết"):
            sums = self.dossiers.sums(head)
            for key, name in (
                ("late", "quá hạn"),
                ("received", "tiếp nhận"),
                ("resolved", "giải quyết"),
            ):
                values: dict[str, Value] = {n: c[key] for n, c in sums.items()}
                found.append(Series(f"TTHC {head}: {name}", values))
            overdue: dict[str, Value] = {n: c["late"] + c["open_late"] for n, c in sums.items()}
            found.append(Series(f"TTHC {head}: mọi hồ sơ quá hạn", overdue))
            rates: dict[str, Value] = {
                n: Fraction(100 * c["late"], c["resolved"])
                for n, c in sums.items()
                if c["resolved"]
            }
            found.append(Series(f"TTHC {head}: tỷ lệ quá hạn", rates))
        if self.dossiers.records:
            late: dict[str, Value] = {
                name.rpartition(" (")[0]: c["late"] + c["open_late"]
                for name, c in self.dossiers.procedures.items()
            }
            found.append(Series("TTHC thủ tục: quá hạn", late))
            for key in ("resolved", "late", "left"):
                values = {f"tháng {m}": c[key] for m, c in self.dossiers.months.items()}
                found.append(Series(f"TTHC tháng: {key}", values))
        return found

    def _service(self) -> list[Series]:
        service = self.service
        if not service.ratios:
            return []
        points: dict[str, Value] = {}
        shares: dict[str, Value] = {}
        lost: dict[str, Value] = {}
        missing: dict[str, Value] = {}
        for group, codes in service.groups.items():
            known = {c: service.points(c) for c in codes}
            got = sum((p for p in known.values() if p is not None), Fraction(0))
            most = sum((service.maximum[c] for c, p in known.items() if p is not None), Fraction(0))
            if most:
                points[group], lost[group] = got, most - got
            if most == service.group_maximum[group]:  # only whole groups are set side by side
                shares[group] = 100 * got / most
            for code, value in known.items():
                if value is not None:
                    missing[service.names[code]] = service.maximum[code] - value
        return [
            Series("766: điểm nhóm", points),
            Series("766: tỷ lệ nhóm", shares),
            Series("766: mất theo nhóm", lost),
            Series("766: thiếu theo chỉ tiêu", missing),
        ]

    def _poverty(self) -> list[Series]:
        found = []
        places = self.table("ho-ngheo-dia-ban")
        if places:
            name = next(iter(places[0]))
            for column, what in (
                ("Số hộ nghèo cuối năm", "nghèo"),
                ("Số hộ cận nghèo cuối năm", "cận nghèo"),
            ):
                rates: dict[str, Value] = {}
                counts: dict[str, Value] = {}
                for row in places:
                    if row[column] and row["Tổng số hộ dân cư"]:
                        counts[row[name]] = int(row[column])
                        rates[row[name]] = Fraction(
                            100 * int(row[column]), int(row["Tổng số hộ dân cư"])
                        )
                # Aggregates of the office itself: printed as delivered, however few.
                found.append(Series(f"tỷ lệ hộ {what} theo địa bàn", rates))
                found.append(Series(f"hộ {what} theo địa bàn", counts))
        groups = self.table("ho-ngheo-nhom")
        for kind in ("Nhóm đối tượng", "Dân tộc", "Nguyên nhân"):
            mine = [row for row in groups if row["Cách phân nhóm"] == kind]
            for column, what in (
                ("Số hộ nghèo cuối năm", "nghèo"),
                ("Số hộ cận nghèo cuối năm", "cận nghèo"),
            ):
                known = [row for row in mine if row[column]]
                found.append(
                    Series(f"{kind}: hộ {what}", {r["Nhóm"]: int(r[column]) for r in known})
                )
                found.append(
                    Series(
                        f"{kind}: tỷ lệ hộ {what}",
                        {
                            r["Nhóm"]: Fraction(100 * int(r[column]), int(r["Tổng số hộ của nhóm"]))
                            for r in known
                            if r["Tổng số hộ của nhóm"]
                        },
                    )
                )
        lacking = self.table("chi-so-thieu-hut")
        end = self.poverty()
        for column, what in (
            ("Số hộ nghèo thiếu hụt", "poor"),
            ("Số hộ cận nghèo thiếu hụt", "near"),
        ):
            base = end.get(what)
            if lacking and base:
                values: dict[str, Value] = {
                    r["Tên chỉ số"]: Fraction(100 * int(r[column]), int(base)) for r in lacking
                }
                found.append(Series(f"thiếu hụt của hộ {what}", values))
        return found

    @cached_property
    def households(self) -> list[dict[str, str]]:
        """Households of the year by place and kind, where records were delivered."""
        path = self.folder / "ho-dan.parquet"
        if not path.is_file():
            return []
        return pl.read_parquet(path, columns=["huyen", "xa", "phan_loai_cuoi_ky"]).to_dicts()

    def poverty(self) -> dict[str, Fraction]:
        """Households at the end of the year and at its start, summed over the places."""
        places = self.table("ho-ngheo-dia-ban")
        heads = {
            "all": "Tổng số hộ dân cư",
            "poor": "Số hộ nghèo cuối năm",
            "near": "Số hộ cận nghèo cuối năm",
            "all_start": "Tổng số hộ dân cư đầu năm",
            "poor_start": "Số hộ nghèo đầu năm",
            "near_start": "Số hộ cận nghèo đầu năm",
        }
        if not places:
            return {}
        return {
            key: Fraction(sum(int(row[head]) for row in places if row.get(head)))
            for key, head in heads.items()
        }
