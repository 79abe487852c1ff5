"""What is counted from small record tables tells of no few persons: linear programs try to find out."""

from __future__ import annotations

import datetime

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from helpers.definitions.framework import load_framework
from helpers.definitions.load import DefinitionError
from helpers.facts.disclosure import LEAST, is_small, shares
from helpers.indices.poverty import breakdown
from helpers.indices.poverty.arithmetic import NEAR, NOT_POOR, POOR, Movement, rules_for
from helpers.indices.poverty.disclosure import HIDDEN, hidden_moves
from helpers.indices.poverty.households import (
    CAUSE_KIND,
    ETHNIC_KIND,
    MAJORITY,
    MINORITY_GROUP,
    MOVES,
    by_group,
    by_unit,
    classified,
    deprivations,
    movement,
)
from helpers.indices.poverty.levels import completed
from helpers.indices.poverty.moves import movements
from helpers.indices.procedures import rows as procedure_rows
from helpers.indices.procedures.disclosure import CAME, ENDED, OPEN, RESOLVED, hidden_months
from helpers.indices.procedures.records import count_dossiers
from helpers.indices.procedures.rows import late_columns
from helpers.indices.procedures.working_days import working_days
from helpers.inputs.entry import ORIGIN

EDITION = load_framework("poverty").edition(2024)
RULES = rules_for(EDITION, {})
DAYS = working_days(2022, 2025)
SEEDS = st.integers(0, 2**32 - 1)


class Reader:
    """Someone who knows what is printed, and that nothing is below zero."""

    def __init__(self) -> None:
        self.names: dict[object, int] = {}
        self.known: list[tuple[dict[int, float], float]] = []

    def at(self, name: object) -> int:
        return self.names.setdefault(name, len(self.names))

    def reads(self, value: float, *names: object, less: tuple[object, ...] = ()) -> None:
        """The sum of some cells less others is printed, or follows; an unknown one is not."""
        if np.isnan(value):
            return
        terms: dict[int, float] = {}
        for sign, cells in ((1.0, names), (-1.0, less)):
            for name in cells:
                terms[self.at(name)] = terms.get(self.at(name), 0.0) + sign
        self.known.append((terms, float(value)))

    def range_of(self, name: object) -> tuple[float, float]:
        """Return the smallest and the largest whole number that a cell may be."""
        matrix = np.zeros((len(self.known), len(self.names)))
        for row, (terms, _) in enumerate(self.known):
            for place, factor in terms.items():
                matrix[row, place] = factor
        right = np.array([value for _, value in self.known])
        aim = np.zeros(len(self.names))
        aim[self.at(name)] = 1.0
        ends = []
        for sign in (1.0, -1.0):
            found = linprog(sign * aim, A_eq=matrix, b_eq=right, bounds=(0, 10_000))
            assert found.status == 0, found.message
            ends.append(sign * found.fun)
        return np.ceil(ends[0] - 1e-6), np.floor(ends[1] + 1e-6)

    def cannot_tell(self, name: object) -> bool:
        low, high = self.range_of(name)
        return high > low


# Households --------------------------------------------------------------------------------------


def households(seed: int):
    """Make records of a small province, most groups of which are small."""
    rng = np.random.default_rng(seed)
    size = int(rng.integers(0, 160))
    weights = rng.dirichlet(np.full(4, 0.7))
    kinds = rng.choice([POOR, NEAR, NOT_POOR], size=size, p=rng.dirichlet([1, 1, 2]))
    before = np.where(rng.random(size) < 0.8, kinds, rng.choice([POOR, NEAR, NOT_POOR], size=size))
    frame = pl.DataFrame(
        {
            "huyen": rng.choice(["An", "Bình"], size=size, p=rng.dirichlet([1, 1])),
            "xa": rng.choice(["Một", "Hai", "Ba", ""], size=size, p=weights),
            "dan_toc": rng.choice(["Kinh", "Cơ Tu", "Mông", ""], size=size, p=weights[::-1]),
            "huyen_ngheo": rng.random(size) < 0.7,
            "thieu_1": rng.random(size) < rng.random(),
            "thieu_2": rng.random(size) < rng.random(),
            "tai_ngheo": rng.random(size) < 0.3,
            "nguyen_nhan": rng.choice(["Thiếu vốn", "Thiếu vốn; Khác", ""], size=size),
            "phan_loai_dau_ky": before,
            "phan_loai_cuoi_ky": kinds,
        },
        schema_overrides={
            **dict.fromkeys(("huyen", "xa", "dan_toc", "nguyen_nhan"), pl.String),
            **dict.fromkeys(("phan_loai_dau_ky", "phan_loai_cuoi_ky"), pl.String),
        },
    )
    return classified(frame, RULES, ())


def tables_of(seed: int, *, districts_delivered: bool = False) -> breakdown.Tables:
    made, origin = households(seed), {ORIGIN: "đếm từ ho-dan"}
    units = by_unit(made, "xa").assign(**origin)
    whole = units[list(breakdown.UNIT_COUNTS)].sum(skipna=False).to_frame().T
    counted = {"units", "below", "groups", "movement", "deprivations"}
    if districts_delivered:
        counted.remove("units")
    return breakdown.Tables(
        units=by_unit(made, "huyen").assign(**origin) if districts_delivered else units,
        below=units[units["xa"] != ""] if not districts_delivered else units,
        groups=by_group(made).assign(**origin),
        movement=movement(made).assign(**origin),
        deprivations=deprivations(made, ("1", "2")).assign(**origin),
        records=made,
        counted=frozenset(counted),
        whole=whole,
    )


KINDS = ("poor", "near", "rest")


def counts_in(row: pd.Series) -> dict[str, float]:
    poor, near = float(row["ho_ngheo"]), float(row["ho_can_ngheo"])
    return {"poor": poor, "near": near, "rest": float(row["tong_ho"]) - poor - near}


@settings(max_examples=25, deadline=None)
@given(SEEDS, st.booleans())
def test_no_reader_finds_out_few_households_of_a_unit(seed, districts_delivered):
    tables = tables_of(seed, districts_delivered=districts_delivered)
    state = breakdown.summed(tables, 2024, RULES)
    communes, districts = (f(tables, RULES) for f in (breakdown.communes, breakdown.district_rows))
    if state.hidden or tables.units.empty or tables.whole.isna().any(axis=None):
        return
    every = by_unit(tables.records, "xa")
    reader = Reader()
    whole = [counts_in(row) for _, row in every.iterrows()]
    for kind in KINDS:
        reader.reads(
            sum(one[kind] for one in whole),
            *((row["huyen"], row["xa"], kind) for _, row in every.iterrows()),
        )
    for _, row in districts[~districts[HIDDEN]].iterrows():
        inside = every[every["huyen"] == row["huyen"]]["xa"]
        for kind, value in counts_in(row).items():
            reader.reads(value, *((row["huyen"], xa, kind) for xa in inside))
            assert districts_delivered or not is_small(value)
    for _, row in communes[~communes[HIDDEN]].iterrows():
        for kind, value in counts_in(row).items():
            reader.reads(value, (row["huyen"], row["xa"], kind))
            assert not is_small(value)
    for _, row in every.iterrows():
        for kind, value in counts_in(row).items():
            inside = every[every["huyen"] == row["huyen"]]
            alone = (inside["tong_ho"] > 0).sum() < 2
            if is_small(value) and not (districts_delivered and alone):
                assert reader.cannot_tell((row["huyen"], row["xa"], kind)), (row, kind)
    if districts[HIDDEN].any() or communes[HIDDEN].any():
        # The end of this year and the start of the next would be compared.
        assert tables.units.empty or communes["change"].isna().all()


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_no_reader_finds_out_few_households_of_a_group(seed):
    tables = tables_of(seed)
    state = breakdown.summed(tables, 2024, RULES)
    rows = breakdown.group_rows(tables, completed(state), RULES)
    if state.hidden or tables.groups.empty:
        return
    raw = tables.groups
    peoples = raw[raw["loai"] == ETHNIC_KIND]
    few = peoples["nhom"].str.lower() != MAJORITY
    whole = counts_in(tables.whole.iloc[0])
    reader = Reader()
    for kind in KINDS:
        reader.reads(whole[kind], *((name, kind) for name in peoples["nhom"]), ("", kind))
    for _, row in rows[~rows[HIDDEN]].iterrows():
        if row["loai"] == CAUSE_KIND:
            known = {"poor": float(row["ho_ngheo"]), "near": float(row["ho_can_ngheo"])}
        else:
            known = counts_in(row)
        for kind, value in known.items():
            assert not is_small(value)
            assert row["loai"] == ETHNIC_KIND or not is_small(whole[kind] - value)
            if row["loai"] == ETHNIC_KIND:
                reader.reads(value, (row["nhom"], kind))
            elif row["nhom"] == MINORITY_GROUP:
                reader.reads(value, *((name, kind) for name in peoples["nhom"][few]))
    for _, row in peoples.iterrows():
        for kind, value in counts_in(row).items():
            if is_small(value):
                assert reader.cannot_tell((row["nhom"], kind)), (row["nhom"], kind)


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_no_reader_finds_out_few_households_that_moved_or_are_deprived(seed):
    tables = tables_of(seed)
    state = completed(breakdown.summed(tables, 2024, RULES))
    start = breakdown.summed(tables, 2023, RULES, start=True)
    for one in movements(tables, RULES):
        values = dict(zip(MOVES, vars(one.movement).values(), strict=True))
        _check_movement(values, one.hidden)
        told = state.households(one.kind), start.households(one.kind)
        for measure, column in zip(told, ("cuoi_ky", "dau_ky"), strict=True):
            # What one table hides the others do not print.
            assert not (column in one.hidden and measure is not None)
    rows = breakdown.deprivation_rows(tables, EDITION, state, RULES)
    for count, of in (("ho_ngheo", "poor"), ("ho_can_ngheo", "near_poor")):
        base = tables.whole["ho_ngheo" if of == "poor" else "ho_can_ngheo"].iloc[0]
        for value in rows[count].dropna():
            assert not is_small(value)
            assert not is_small(base - value)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 40).flatmap(
        lambda whole: st.tuples(
            st.just(whole),
            st.integers(0, whole).flatmap(
                lambda base: st.tuples(st.just(base), st.lists(st.integers(0, base), max_size=4))
            ),
        )
    )
)
def test_no_share_tells_of_few_who_lack_a_mark_or_leave_it_open(made):
    whole, (base, counts) = made
    shut, no_share = shares(counts, [base] * len(counts), whole)
    reader = Reader()
    reader.reads(whole, "base", "open")
    for place, count in enumerate(counts):
        reader.reads(0, ("with", place), ("without", place), less=("base",))
        if not shut[place]:
            reader.reads(count, ("with", place))
        if not no_share[place] and count:
            # A share to two digits beside its count tells what it was taken of.
            reader.reads(base, "base")
        assert no_share[place] or not shut[place]
    if is_small(whole):
        assert all(shut)
        return
    for place, count in enumerate(counts):
        for name, value in (("with", count), ("without", base - count)):
            if is_small(value):
                assert reader.cannot_tell((name, place))
    if counts and is_small(whole - base):
        assert reader.cannot_tell("open")


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_no_cause_tells_of_few_who_leave_it_open(seed):
    tables = tables_of(seed)
    state = completed(breakdown.summed(tables, 2024, RULES))
    rows = breakdown.group_rows(tables, state, RULES)
    whole = float(tables.whole["ho_ngheo"].iloc[0])
    for _, row in rows[(rows["loai"] == CAUSE_KIND) & rows["of_poor"].notna()].iterrows():
        if row[HIDDEN]:
            continue
        base = float(row["goc_ngheo"])
        assert row["of_poor"] == pytest.approx(row["ho_ngheo"] / base * 100)
        assert not is_small(base - row["ho_ngheo"])
        assert not is_small(whole - base)


def _check_movement(values: dict[str, int | None], hidden: frozenset[str]) -> None:
    reader = Reader()
    into, out = ("dau_ky", "tai", "phat_sinh", "tang_khac"), ("thoat", "giam_khac", "cuoi_ky")
    reader.reads(0, *into, less=out)
    known = {name: value for name, value in values.items() if value is not None}
    for name, value in known.items():
        assert name in hidden or not is_small(value)
        if name not in hidden:
            reader.reads(value, name)
    for name, value in known.items():
        if is_small(value):
            assert reader.cannot_tell(name), name


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.integers(0, 6), st.integers(0, 60)), min_size=6, max_size=6))
def test_no_flow_of_few_follows_from_start_and_end(flows):
    start, left, otherwise, back, new, entered = flows
    end = start - left - otherwise + back + new + entered
    if end < 0:
        return
    moved = Movement(start, left, otherwise, back, new, entered, end)
    hidden = hidden_moves(moved, LEAST)
    _check_movement(dict(zip(MOVES, vars(moved).values(), strict=True)), hidden)
    if start >= LEAST and end >= LEAST:
        assert not {"dau_ky", "cuoi_ky"} & hidden


@pytest.mark.parametrize("wrong", [4, 0, "năm", 5.5, None, True])
def test_the_threshold_may_not_be_lowered(wrong):
    with pytest.raises(DefinitionError, match="từ 5 trở lên"):
        rules_for(EDITION, {"smallest_cell": wrong})


def test_the_threshold_may_be_raised_and_nothing_else_set():
    assert rules_for(EDITION, {"smallest_cell": 10}).smallest_cell == 10
    with pytest.raises(DefinitionError, match="smallest_cel"):
        rules_for(EDITION, {"smallest_cel": 10})


# Dossiers ----------------------------------------------------------------------------------------


def dossiers(seed: int):
    """Make the dossiers of a small office, most classes of which are few."""
    rng = np.random.default_rng(seed)
    size = int(rng.integers(5, 120))
    fields = [f"Lĩnh vực {name}" for name in "ABC"]
    weights = rng.dirichlet(np.full(3, 0.6))
    received = [
        datetime.date(2023, 11, 1) + datetime.timedelta(days=int(day))
        for day in rng.integers(0, 400, size=size)
    ]
    taken = rng.integers(1, 40, size=size)
    late = rng.random(size) < rng.choice([0.02, 0.2])
    state = rng.choice(
        ["Đã trả kết quả", "Đang xử lý", "Đã rút"], size=size, p=rng.dirichlet([8, 1, 0.5])
    )
    ended = [
        day + datetime.timedelta(days=int(n)) if one != "Đang xử lý" else None
        for day, n, one in zip(received, taken, state, strict=True)
    ]
    due = [
        None
        if rng.random() < 0.03
        else day
        + datetime.timedelta(days=int(n) - 1 if is_late else int(n) + int(rng.integers(0, 2)))
        for day, n, is_late in zip(received, taken, late, strict=True)
    ]
    frame = pl.DataFrame(
        {
            "ma_tthc": rng.choice(["1", "2", "3", "4", ""], size=size),
            "ten_tthc": [""] * size,
            "linh_vuc": rng.choice(fields, size=size, p=weights),
            "don_vi_giai_quyet": ["Sở"] * size,
            "kenh": rng.choice(["trực tuyến", "trực tiếp"], size=size, p=[0.9, 0.1]),
            "trang_thai": state,
            "ngay_tiep_nhan": received,
            "ngay_hen_tra": due,
            "ngay_giai_quyet": ended,
        },
        schema_overrides={
            "ngay_giai_quyet": pl.Date, "ngay_hen_tra": pl.Date, "ngay_tiep_nhan": pl.Date,
        },
    )  # fmt: skip
    return count_dossiers(frame, 2024, DAYS, datetime.date(2024, 12, 31))


LEAVES = (*CAME, *RESOLVED, *OPEN, "tra_lai")
SUMS = ((CAME, "tn_tong"), (ENDED, "tn_tong"), (RESOLVED, "gq_tong"), (OPEN, "dg_tong"))


@settings(max_examples=20, deadline=None)
@given(SEEDS)
def test_no_reader_finds_out_few_dossiers_of_a_field(seed):
    tables = dossiers(seed)
    rows = procedure_rows.from_records(tables, "ho-so")
    if rows.few:
        assert not rows.total
        assert not rows.fields
        return
    lines = {line["name"]: line for line in tables.by_field.to_dicts()}
    if len(lines) < 2:
        return
    total = tables.total.row(0, named=True)
    reader = Reader()
    for code in LEAVES:
        if total[code] is not None:
            reader.reads(total[code], *((name, code) for name in lines))
    for row in rows.fields:
        for parts, sum_of in (
            (CAME, "tn_tong"),
            (ENDED, "tn_tong"),
            (RESOLVED, "gq_tong"),
            (OPEN, "dg_tong"),
        ):
            reader.reads(0, *((row.name, part) for part in parts), less=((row.name, sum_of),))
        for code, value in lines[row.name].items():
            if code in ("name", "days"):
                continue
            if code in row.hidden:
                assert row.value(code) is None
            elif value is not None:
                assert not is_small(value), (row.name, code)
                reader.reads(value, (row.name, code))
        if row.days is not None:
            assert sum(lines[row.name][code] or 0 for code in RESOLVED[:3]) >= LEAST
        if row.late_share is not None:
            assert not {"gq_qua_han", "gq_tong"} & row.hidden
    if any(is_small(line["tn_ky_truoc"]) for line in lines.values()):
        # Last year's report tells what was in process then, and may hide it of another field.
        assert all(set(CAME) <= row.hidden for row in rows.fields)
    for name, line in lines.items():
        # All dossiers of a kind in one field are the office's own number of them.
        for code, value in line.items():
            if code in ("name", "days") or not is_small(value or 0):
                continue
            assert reader.cannot_tell((name, code)), (name, code)


@settings(max_examples=10, deadline=None)
@given(SEEDS)
def test_no_reader_finds_out_few_dossiers_of_a_month(seed):
    tables = dossiers(seed)
    total, lines = tables.total.row(0, named=True), tables.by_month.to_dicts()
    reader = Reader()
    before = ("carried",)
    reader.reads(total["tn_ky_truoc"], before)
    if any(total[code] is None for code in ("gq_qua_han", "gq_tong", "dg_tong", "tra_lai")):
        return
    for code in (*CAME[:2], "gq_qua_han", "gq_tong", "tra_lai"):
        reader.reads(total[code], *((line["month"], code) for line in lines))
    printed = (*CAME[:2], "gq_tong", "gq_qua_han", "dg_tong", "dg_qua_han")
    for line, hidden in zip(lines, hidden_months(lines, total), strict=True):
        month = line["month"]
        cell = {code: (month, code) for code in (*printed, "tra_lai")}
        reader.reads(
            0, before, cell["tn_truc_tuyen"], cell["tn_truc_tiep"],
            less=(cell["gq_tong"], cell["tra_lai"], cell["dg_tong"]),
        )  # fmt: skip
        reader.reads(0, cell["gq_qua_han"], (month, "in_time"), less=(cell["gq_tong"],))
        reader.reads(0, cell["dg_qua_han"], (month, "open"), less=(cell["dg_tong"],))
        before = cell["dg_tong"]
        for code in printed:
            if code in hidden or line[code] is None:
                continue
            last = line is lines[-1] and code.startswith("dg_")
            assert last or not is_small(line[code]), (month, code)
            reader.reads(line[code], cell[code])
    for line in lines[:-1]:
        for code in printed:
            if is_small(line[code] or 0):
                assert reader.cannot_tell((line["month"], code)), (line["month"], code)


def late_known(row):
    """Late dossiers of a row as far as they are known."""
    return sum(row.value(code) or 0 for code in ("gq_qua_han", "dg_qua_han"))


@settings(max_examples=20, deadline=None)
@given(SEEDS)
@example(seed=4414)
def test_no_procedure_of_few_late_dossiers_is_listed(seed):
    tables = dossiers(seed)
    rows = procedure_rows.from_records(tables, "ho-so")
    shown = [row for row in rows.procedures if not row.hides_late]
    for row in shown:
        received = row.value("tn_tong") or 0
        late_ones = row.late_of(late_columns(shown))
        assert not is_small(received)
        # Of some dossier nobody knows whether it is late; what is known is not few either.
        assert late_ones is not None or row.has_unclear
        known = late_known(row)
        assert not is_small(known)
        assert not is_small(received - known)
    late = sum(tables.total.row(0, named=True)[code] or 0 for code in ("gq_qua_han", "dg_qua_han"))
    left = late - sum(map(late_known, shown))
    named = {row.code for row in shown}
    others = [line for line in tables.by_procedure.to_dicts() if line["code"] not in named]
    counted = [(line["gq_qua_han"] or 0) + (line["dg_qua_han"] or 0) for line in others]
    if any(row.has_late for row in shown) and any(is_small(count) for count in counted):
        assert not is_small(left)


def test_a_mean_of_few_is_not_told():
    assert procedure_rows.days_of(45, 1) is None
    assert procedure_rows.days_of(45, LEAST) == 9.0
