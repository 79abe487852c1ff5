"""Names of units in record files: one spelling each, near misses proposed, unknown ones refused."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from helpers.definitions.forms import Field, RecordForm
from helpers.inputs.problems import Problem
from helpers.inputs.records_files import RawTable
from helpers.places.words import identity, near_key, near_names

_SHOWN, _COMPARED = 5, 50


def same_spelling(
    table: RawTable, frame: pl.DataFrame, form: RecordForm, positions: dict[str, int]
) -> tuple[pl.DataFrame, list[Problem]]:
    """Give names that differ in case, spaces or the place of a tone mark the spelling met most.

    Names that are nearly the same are proposed, never made one: a tone tells two communes apart.

    Returns
    -------
    DataFrame
    list of Problem
        A note for each column that was changed, a warning about names nearly the same.
    """
    problems = []
    for code in form.names:
        if code not in positions:
            continue
        counts = (
            frame.get_column(code)
            .drop_nulls()
            .value_counts()
            .sort(["count", code], descending=[True, False])
        )
        chosen: dict[str, str] = {}
        changed: dict[str, str] = {}
        for name in counts.get_column(code).to_list():
            usual = chosen.setdefault(identity(name), name)
            if usual != name:
                changed[name] = usual
        if changed:
            frame = frame.with_columns(pl.col(code).replace(changed))
            listed = "; ".join(f"«{a}» → «{b}»" for a, b in sorted(changed.items())[:5])
            problems.append(
                table.problem(
                    "spelling",
                    f"Cột «{form.column(code).label}» có tên viết nhiều kiểu, đã gộp: {listed}.",
                    "nếu đó là những đơn vị khác nhau thì đặt tên khác hẳn nhau.",
                    severity="note",
                )
            )
        problems += _near(table, form.column(code), positions[code], sorted(chosen.values()), frame)
    return frame, problems


def _near(
    table: RawTable, field: Field, position: int, names: list[str], frame: pl.DataFrame
) -> list[Problem]:
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(near_key(name), []).append(name)
    pairs = [
        (one, other)
        for group in groups.values()
        for number, one in enumerate(group[:_COMPARED])
        for other in group[number + 1 : _COMPARED]
        if near_names(one, other)
    ]
    if not pairs:
        return []
    listed = "; ".join(f"«{one}» và «{other}»" for one, other in pairs[:_SHOWN])
    more = f" và {len(pairs) - _SHOWN} cặp khác" if len(pairs) > _SHOWN else ""
    rows = frame.get_column(field.code).is_in([name for pair in pairs for name in pair])
    example = f'records: {{…: {{words: {{{field.code}: {{"{pairs[0][0]}": "{pairs[0][1]}"}}}}}}}}'
    return [
        table.problem(
            "near-names",
            f"Cột «{field.label}» có tên gần giống nhau, được tính là các đơn vị khác nhau: "
            f"{listed}{more}.",
            f"nếu là một đơn vị thì ghi cùng một tên, hoặc khai trong tệp thông số: {example}.",
            [(int(row), position) for row in rows.fill_null(value=False).arg_true()],
            severity="warning",
        )
    ]


def check_units(
    table: RawTable,
    frame: pl.DataFrame,
    form: RecordForm,
    positions: dict[str, int],
    allowed: Collection[str],
) -> list[Problem]:
    """Find units that the office's settings do not list (key ``rules: <kind>: units``)."""
    code = next(
        (one for one in ("co_quan", "don_vi_giai_quyet", "don_vi", "huyen") if one in positions),
        None,
    )
    if not allowed or code is None:
        return []
    known = {identity(name) for name in allowed}
    names = [
        name
        for name in frame.get_column(code).drop_nulls().unique().sort()
        if identity(name) not in known
    ]
    if not names:
        return []
    rows = [
        int(row) for row in frame.get_column(code).is_in(names).fill_null(value=False).arg_true()
    ]
    listed = ", ".join(f"«{name}»" for name in names[:5])
    return [
        table.problem(
            "unknown-unit",
            f"Cột «{form.column(code).label}» có {len(names)} tên không thuộc danh sách đơn vị: "
            f"{listed}.",
            "sửa tên, hoặc bổ sung vào danh sách units trong tệp thông số.",
            [(row, positions[code]) for row in rows],
        )
    ]
