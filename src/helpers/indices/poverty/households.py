"""Counts from records of households: the tables of the review, and nothing of a single household.

Polars, because a province has hundreds of thousands of households. What comes out are the tables
that an office without records delivers itself, so that everything after is the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd
import polars as pl

from helpers.facts.known import known_enough
from helpers.indices.poverty.arithmetic import AVERAGE, NEAR, NOT_POOR, POOR, PovertyRules

END, START = "cuoi", "dau"
AREAS = {"NT": "Nông thôn", "TT": "Thành thị"}
MAJORITY = "kinh"
"""The ethnic majority; every other group counts as a minority (dân tộc thiểu số)."""
GROUPS = {
    "huyen_ngheo": "Hộ ở huyện nghèo",
    "xa_ngheo": "Hộ ở xã nghèo, xã đặc biệt khó khăn",
    "chinh_sach_co_cong": "Hộ có thành viên là người có công",
    "khong_co_kha_nang_lao_dong": "Hộ không có khả năng lao động",
}
MINORITY_GROUP = "Hộ dân tộc thiểu số"
MOVES = ("dau_ky", "thoat", "giam_khac", "tai", "phat_sinh", "tang_khac", "cuoi_ky")
"""Columns of the table of movement."""
BASES = ("goc_ngheo", "goc_can_ngheo")
"""Poor and near-poor households of which an attribute is recorded: what a share of them is taken of."""
END_COUNTS = ("tong_ho", "ho_ngheo", "ho_can_ngheo", "ho_trung_binh")
_UNKNOWN = "_khong_ro"
GONE, NOT_YET = "Không còn trên địa bàn", "Chưa có trên địa bàn"
"""What a record says of an end of the year at which the household was not in the place."""
START_KNOWN, END_KNOWN = "dau_ro", "cuoi_ro"
GROUP_KIND, ETHNIC_KIND, CAUSE_KIND = "Nhóm đối tượng", "Dân tộc", "Nguyên nhân"


@dataclass(frozen=True)
class Classified:
    """Households with their class at both ends of the year.

    Parameters
    ----------
    frame : DataFrame
        The records without what names a household; ``dau`` and ``cuoi`` hold the class, null where the
        household was not in the place or its class is not known; ``dau_ro`` and ``cuoi_ro`` tell the
        two apart.
    from_points : int
        Households classified by points because the review gave no class.
    unknown : int
        Households that are not known to be gone at the end of the year and whose class is not known.
    disagreeing : int
        Households whose points give another class than the review.
    assumed : mapping of str to int
        Column → households that leave it empty and were read as absent at that end of the year.
    """

    frame: pl.DataFrame
    from_points: int
    unknown: int
    disagreeing: int
    assumed: Mapping[str, int] = field(default_factory=dict)

    @property
    def has_all_households(self) -> bool:
        """Whether households that are not poor are among the records, so that rates can be computed."""
        return bool(self.frame[END].is_in([NOT_POOR, AVERAGE]).any())


def classified(
    records: pl.DataFrame,
    rules: PovertyRules,
    private: tuple[str, ...],
    assumed: Mapping[str, int] | None = None,
) -> Classified:
    """Drop what names a household and settle its class.

    The class that the review gave stands; points decide only where it gave none at either end of the
    year and the edition's cut-offs are complete.

    Parameters
    ----------
    records : DataFrame
        By codes of ``params/entry/records/households.yml``.
    rules : PovertyRules
    private : tuple of str
        Columns that must not go further.
    assumed : mapping of str to int, optional
        What reading took an empty cell for (see :class:`helpers.inputs.records.Records`).

    Returns
    -------
    Classified
    """
    kept = records.drop([name for name in private if name in records.columns])
    given = _column(kept, "phan_loai_cuoi_ky", pl.String)
    start = _column(kept, "phan_loai_dau_ky", pl.String)
    given, start = _emptied(given), _emptied(start)
    computed = _from_points(kept, rules)
    frame = kept.with_columns(
        _class(given, GONE).alias("_given"),
        _class(start, NOT_YET).alias(START),
        (given == GONE).fill_null(value=False).alias("_gone"),
        start.is_not_null().alias(START_KNOWN),
        computed.alias("_computed"),
    )
    # Where classes are stated at the end only, nobody knows which of the others are gone.
    states_end = frame["_given"].is_not_null().any()
    may_stay = not states_end or frame[START].is_not_null().any()
    points = pl.when(~pl.col("_gone") & pl.lit(may_stay)).then(pl.col("_computed"))
    frame = frame.with_columns(pl.coalesce(pl.col("_given"), points).alias(END))
    frame = frame.with_columns((pl.col(END).is_not_null() | pl.col("_gone")).alias(END_KNOWN))
    counted = frame.select(
        points=(pl.col("_given").is_null() & pl.col(END).is_not_null()).sum(),
        unknown=(~pl.col(END_KNOWN)).sum(),
        disagreeing=(_poverty(pl.col("_given")) != _poverty(pl.col("_computed"))).sum(),
    ).row(0)
    left = frame.drop("_given", "_computed", "_gone")
    from_points, unknown, disagreeing = (int(n) for n in counted)
    return Classified(left, from_points, unknown, disagreeing, assumed or {})


def _class(given: pl.Expr, absent: str) -> pl.Expr:
    return pl.when(given == absent).then(None).otherwise(given)


def _poverty(name: pl.Expr) -> pl.Expr:
    """Return a class with the two that are not poor taken together: points do not part them."""
    return pl.when(name == AVERAGE).then(pl.lit(NOT_POOR)).otherwise(name)


def _column(frame: pl.DataFrame, name: str, kind: type[pl.DataType]) -> pl.Expr:
    return pl.col(name) if name in frame.columns else pl.lit(None, dtype=kind)


def _emptied(text: pl.Expr) -> pl.Expr:
    return pl.when(text == "").then(None).otherwise(text)


def _from_points(frame: pl.DataFrame, rules: PovertyRules) -> pl.Expr:
    if not rules.complete or not {"b1", "b2", "khu_vuc"} <= set(frame.columns):
        return pl.lit(None, dtype=pl.String)
    area = pl.col("khu_vuc").replace(AREAS)
    found: pl.Expr = pl.lit(None, dtype=pl.String)
    for rule in reversed(rules.classes):
        fits = area == rule.area
        if rule.b1_over is not None:
            fits &= pl.col("b1") > rule.b1_over
        if rule.b1_at_most is not None:
            fits &= pl.col("b1") <= rule.b1_at_most
        if rule.b2_at_least is not None:
            fits &= pl.col("b2") >= rule.b2_at_least
        found = pl.when(fits).then(pl.lit(rule.name)).otherwise(found)
    known = pl.all_horizontal(pl.col("b1", "b2").is_not_null())
    return pl.when(known).then(found).otherwise(None)


def by_unit(households: Classified, level: str) -> pd.DataFrame:
    """Count households by district or commune, in the columns of the table ``poverty_units``.

    Parameters
    ----------
    households : Classified
    level : {"huyen", "xa"}

    Returns
    -------
    DataFrame
        ``huyen, xa, khu_vuc, tong_ho, ho_ngheo, ho_can_ngheo, tong_ho_dau, ho_ngheo_dau,
        ho_can_ngheo_dau, ho_trung_binh``, by name; numbers of all households are NaN if the records
        hold only those that were reviewed, and all counts where too few households have a class.
    """
    keys = ["huyen"] if level == "huyen" else ["huyen", "xa"]
    frame = _with(households.frame, "huyen", "xa", "khu_vuc")
    areas = pl.col("khu_vuc").drop_nulls()
    counted = frame.group_by(keys).agg(
        khu_vuc=pl.when(areas.n_unique() == 1).then(areas.first()).otherwise(None),
        **_counts(),
        ho_trung_binh=(pl.col(END) == AVERAGE).sum(),
    )
    table = _in_pandas(counted.sort(keys))
    if "xa" not in table:
        table.insert(1, "xa", "")
    table["khu_vuc"] = table["khu_vuc"].map(AREAS).fillna("")
    return _without_totals(table.fillna({"huyen": "", "xa": ""}), households)


def recorded(frame: pl.DataFrame, name: str) -> pl.Series:
    """Tell of which households an attribute is recorded; an empty text records nothing.

    Parameters
    ----------
    frame : DataFrame
    name : str
        A column, which may be lacking.
    """
    if name not in frame.columns:
        return pl.repeat(value=False, n=frame.height, eager=True)
    values = frame[name]
    if values.dtype != pl.String:
        return values.is_not_null()
    return (values.str.strip_chars() != "").fill_null(value=False)


def unrecorded(households: Classified, codes: tuple[str, ...]) -> dict[str, tuple[int, int, int]]:
    """Count the households that leave an attribute open, of all, of the poor and of the near-poor.

    Parameters
    ----------
    households : Classified
    codes : tuple of str
        The edition's indicators of deprivation.

    Returns
    -------
    dict
        By column, where it was delivered and some household leaves it open; causes and deprivations are
        asked of poor and near-poor households alone.
    """
    frame, found = households.frame, {}
    of_all = ["dan_toc", *GROUPS]
    for name in (*of_all, "nguyen_nhan", *(f"thieu_{code}" for code in codes)):
        known = recorded(frame, name)
        if not known.any():
            continue
        lacking = frame.filter(~known)[END]
        poor, near = (int((lacking == kind).sum()) for kind in (POOR, NEAR))
        every = len(lacking) if name in of_all else poor + near
        if every:
            found[name] = (every, poor, near)
    return found


def by_group(households: Classified) -> pd.DataFrame:
    """Count households by group, ethnic group and cause, in the columns of ``poverty_groups``.

    Of a cause there are besides, as :data:`BASES`, the households of which any cause is recorded: one
    that leaves its cause open is no household without that cause. Where none of a class records one,
    the count of the class is NaN.
    """
    frame = _with(households.frame, "dan_toc", "nguyen_nhan")
    folded = pl.col("dan_toc").str.strip_chars().str.to_lowercase()
    parts = []
    with_people = recorded(frame, "dan_toc")
    if with_people.any():
        minority = frame.filter((folded != MAJORITY) & (folded != ""))
        parts.append(_group(minority, GROUP_KIND, MINORITY_GROUP))
    for column, name in GROUPS.items():
        # Of a group that some households leave open neither the number nor the rate is known.
        if column in frame.columns and not frame[column].null_count() and frame[column].any():
            parts.append(_group(frame.filter(pl.col(column)), GROUP_KIND, name))
    ethnic = frame.filter(with_people)
    parts += [
        _group(rows, ETHNIC_KIND, str(name[0]))
        for name, rows in ethnic.group_by(["dan_toc"], maintain_order=True)
    ]
    parts += _causes(frame)
    if not parts:
        return pd.DataFrame(
            columns=["loai", "nhom", *(c for c in _counts() if c != _UNKNOWN), *BASES]
        )
    table = _without_totals(pd.concat(parts, ignore_index=True), households)
    table = table.reindex(columns=list(dict.fromkeys([*table.columns, *BASES])))
    table.loc[table["loai"] == CAUSE_KIND, ["tong_ho", "tong_ho_dau"]] = float("nan")
    return table


def _group(rows: pl.DataFrame, kind: str, name: str) -> pd.DataFrame:
    counted = _in_pandas(rows.select(**_counts()))
    counted.insert(0, "nhom", name)
    counted.insert(0, "loai", kind)
    return counted


def _causes(frame: pl.DataFrame) -> list[pd.DataFrame]:
    now = frame.filter(recorded(frame, "nguyen_nhan")).filter(pl.col(END).is_in([POOR, NEAR]))
    bases = [float((now[END] == name).sum()) for name in (POOR, NEAR)]
    single = (
        now.with_columns(pl.col("nguyen_nhan").str.split(";"))
        .explode("nguyen_nhan")
        .with_columns(pl.col("nguyen_nhan").str.strip_chars())
        .filter(pl.col("nguyen_nhan") != "")
    )
    found = []
    for name, rows in single.group_by(["nguyen_nhan"], maintain_order=True):
        counted = _group(rows, CAUSE_KIND, str(name[0]))
        # What moved households in an earlier year is not asked, so causes have no start of the year.
        counted[["ho_ngheo_dau", "ho_can_ngheo_dau"]] = float("nan")
        counted[list(BASES)] = bases
        lacking = [
            column
            for column, base in zip(("ho_ngheo", "ho_can_ngheo"), bases, strict=True)
            if not base
        ]
        counted[lacking] = float("nan")
        found.append(counted)
    return found


def movement(households: Classified) -> pd.DataFrame:
    """Count who left and who entered each class, in the columns of ``poverty_movement``.

    Who left is NaN where a household that was in the class leaves its end open, who entered where one
    that is in it leaves its start open: neither is the same as having moved away or in.

    Leaving for the other of the two classes and entering from it count as "khác", so that escaping
    means to be neither poor nor near-poor. Without classes at both ends of the year there is no row;
    who came back and who is new is NaN where a household does not say whether it had escaped before.
    """
    frame = _with_flag(households.frame, "tai_ngheo")
    if not all(frame[end].is_not_null().any() for end in (START, END)):
        return pd.DataFrame(columns=["loai_ho", "huyen", *MOVES])
    rows = []
    for name, other in ((POOR, NEAR), (NEAR, POOR)):
        was, is_now = pl.col(START) == name, pl.col(END) == name
        was, is_now = was.fill_null(value=False), is_now.fill_null(value=False)
        out, into = was & ~is_now, is_now & ~was
        escaped = pl.col(END).is_in([AVERAGE, NOT_POOR]).fill_null(value=False)
        otherwise = pl.col(START).is_null() | (pl.col(START) == other)
        entered, back = into & ~otherwise, pl.col("tai_ngheo")
        # Of a household whose other end is open nobody knows whether it moved at all.
        stays_known = (~was | pl.col(END_KNOWN)).all()
        comes_known = (~is_now | pl.col(START_KNOWN)).all()
        said = comes_known & (~entered | back.is_not_null()).all()
        counted = _in_pandas(
            frame.select(
                dau_ky=was.sum(),
                thoat=pl.when(stays_known).then((out & escaped).sum()).cast(pl.Float64),
                giam_khac=pl.when(stays_known).then((out & ~escaped).sum()).cast(pl.Float64),
                tai=pl.when(said).then((entered & back).sum()).cast(pl.Float64),
                phat_sinh=pl.when(said).then((entered & ~back).sum()).cast(pl.Float64),
                tang_khac=pl.when(comes_known).then((into & otherwise).sum()).cast(pl.Float64),
                cuoi_ky=is_now.sum(),
            )
        )
        counted.insert(0, "huyen", "")
        counted.insert(0, "loai_ho", name)
        rows.append(counted)
    return pd.concat(rows, ignore_index=True)


def deprivations(households: Classified, codes: tuple[str, ...]) -> pd.DataFrame:
    """Count the poor and near-poor deprived in each indicator, as in ``poverty_deprivations``.

    Parameters
    ----------
    households : Classified
    codes : tuple of str
        The edition's indicators, ``"1"`` … ``"12"``; one that the records lack is left out.

    Returns
    -------
    DataFrame
        ``chi_so, ho_ngheo, ho_can_ngheo`` and :data:`BASES`: the deprived, and those of which the mark
        is recorded. A count is NaN where it is recorded of no household of the class.
    """
    frame = households.frame
    rows = []
    for code in codes if frame[END].is_not_null().any() else ():
        mark = f"thieu_{code}"
        if not recorded(frame, mark).any():
            continue
        marks = [frame.filter(pl.col(END) == name)[mark].drop_nulls() for name in (POOR, NEAR)]
        counts = [float(one.sum()) if len(one) else float("nan") for one in marks]
        if any(map(len, marks)):
            rows.append([float(code), *counts, *(float(len(one)) for one in marks)])
    return pd.DataFrame(rows, columns=["chi_so", "ho_ngheo", "ho_can_ngheo", *BASES])


def _counts() -> dict[str, pl.Expr]:
    return {
        "tong_ho": pl.col(END).is_not_null().sum(),
        "ho_ngheo": (pl.col(END) == POOR).sum(),
        "ho_can_ngheo": (pl.col(END) == NEAR).sum(),
        "tong_ho_dau": pl.col(START).is_not_null().sum(),
        "ho_ngheo_dau": (pl.col(START) == POOR).sum(),
        "ho_can_ngheo_dau": (pl.col(START) == NEAR).sum(),
        _UNKNOWN: (~pl.col(END_KNOWN)).sum(),
    }


def _in_pandas(counted: pl.DataFrame) -> pd.DataFrame:
    """Return a table of names and counts for pandas, column by column.

    Polars' own ``to_pandas`` needs pyarrow, 165 MB that nothing else here needs: Polars reads and
    writes Parquet by itself, and fastexcel hands its sheets over without it. A table of counts has a
    few hundred rows, so nothing is gained by Arrow either.
    """
    return pd.DataFrame({name: counted[name].to_numpy() for name in counted.columns})


def _with(frame: pl.DataFrame, *names: str) -> pl.DataFrame:
    lacking = [pl.lit("", dtype=pl.String).alias(n) for n in names if n not in frame.columns]
    return frame.with_columns(lacking)


def _with_flag(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    if name in frame.columns:
        return frame
    return frame.with_columns(pl.lit(None, pl.Boolean).alias(name))


def _without_totals(table: pd.DataFrame, households: Classified) -> pd.DataFrame:
    counts = [name for name in table.columns if table[name].dtype.kind in "iufb"]
    table[counts] = table[counts].astype("float64")
    of_class = table["tong_ho"].copy()
    if not households.has_all_households:
        table[["tong_ho", "tong_ho_dau"]] = float("nan")
    if not households.frame[START].is_not_null().any():
        table[["tong_ho_dau", "ho_ngheo_dau", "ho_can_ngheo_dau"]] = float("nan")
    # Households whose class nobody gave belong to none; where they are most, nothing is known.
    known = households.frame[END].is_not_null().any()
    pairs = zip(of_class, table[_UNKNOWN], strict=True)
    few = [not known or not known_enough(count, unknown) for count, unknown in pairs]
    table.loc[few, [name for name in END_COUNTS if name in table]] = float("nan")
    return table.drop(columns=_UNKNOWN)
