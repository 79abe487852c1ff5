"""Single figures side by side: given twice, or a part above its whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from helpers.definitions.forms import EntryForms, Topic
from helpers.inputs.grid import Grid, Position
from helpers.inputs.observations import Observation
from helpers.inputs.problems import Problem


@dataclass(frozen=True)
class FoundFigure:
    """A figure and the cell that it was read from."""

    figure: Observation
    cell: Position


def without_repetition(
    grid: Grid, found: list[FoundFigure], forms: EntryForms
) -> tuple[tuple[Observation, ...], list[Problem]]:
    """Keep one of two equal figures; two different ones stay only if each quotes its own sentence."""
    kept: dict[tuple[object, ...], list[FoundFigure]] = {}
    labels = {f"{t.key}.{field.code}": field.label for t in forms.topics for field in t.figures}
    problems = []
    for one in found:
        figure = one.figure
        same = kept.setdefault((figure.code, figure.year, figure.group, figure.since), [])
        if not same:
            same.append(one)
            continue
        first = same[0].figure
        place = [one.cell] if grid.lines else [same[0].cell, one.cell]
        if all(other.figure.printed != figure.printed for other in same):
            quoted = figure.origin.sentence and figure.origin.sentence != first.origin.sentence
            if quoted:
                same.append(one)
            problems.append(
                grid.problem(
                    "warning" if quoted else "error",
                    "figure-differs",
                    f"«{labels[figure.code]}» năm {figure.year} có hai giá trị khác nhau: "
                    f"{first.printed} và {figure.printed}.",
                    "kiểm tra giá trị nào đúng; nếu tài liệu in cả hai thì ghi câu của từng giá trị."
                    if not quoted
                    else "hỏi lại nơi lập tài liệu; báo cáo nêu cả hai giá trị.",
                    place,
                )
            )
        else:
            problems.append(
                grid.problem(
                    "note",
                    "figure-twice",
                    f"«{labels[figure.code]}» năm {figure.year} ghi hai lần cùng giá trị "
                    f"{figure.printed}.",
                    "có thể xóa một dòng.",
                    place,
                )
            )
    chosen = {id(one) for same in kept.values() for one in same}
    return tuple(one.figure for one in found if id(one) in chosen), problems


def parts_above(grid: Grid, found: list[FoundFigure], forms: EntryForms) -> Iterator[Problem]:
    """Check the pairs of a topic of which one may not be above the other."""
    by_key = {(one.figure.code, one.figure.year, one.figure.group): one for one in found}
    for topic in forms.topics:
        for low, high in topic.at_most:
            for (code, year, group), part in by_key.items():
                whole = by_key.get((f"{topic.key}.{high}", year, group))
                if code != f"{topic.key}.{low}" or whole is None:
                    continue
                if part.figure.value > whole.figure.value:
                    yield grid.problem(
                        "error",
                        "part-above-whole",
                        f"«{_label(topic, low)}» ({part.figure.printed}) lớn hơn "
                        f"«{_label(topic, high)}» ({whole.figure.printed}).",
                        "kiểm tra lại hai số này.",
                        [part.cell, whole.cell],
                    )


def shares_for_percent(grid: Grid, found: list[FoundFigure]) -> Iterator[Problem]:
    """Warn of a percentage below 1 that was typed as a bare number: 0,78 may stand for 78%."""
    for one in found:
        figure = one.figure
        # A sign that somebody wrote leaves no doubt; one that a program adds to a number does.
        raw = grid.cell(*one.cell)
        signed = (isinstance(raw, str) and "%" in raw) or one.cell in grid.percent
        if figure.unit == "%" and 0 < figure.value < 1 and not signed:
            yield grid.problem(
                "warning",
                "shares-for-percent",
                f"ô ghi {raw if isinstance(raw, str) else figure.printed.rstrip('%')}, được hiểu là "
                f"{figure.printed.rstrip('%')}%; có thể đã ghi 0,78 thay cho 78%.",
                "ghi theo phần trăm, kèm dấu %: 78,04%, hoặc 0,78% nếu đúng là dưới 1%.",
                one.cell,
            )


def _label(topic: Topic, code: str) -> str:
    return next(field.label for field in topic.figures if field.code == code)
