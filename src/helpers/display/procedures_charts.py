"""The charts of a report on dossiers: shares in time by field or unit, and the months of the year."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from helpers.analysis._procedure_rows import Row
from helpers.analysis.procedures import ProceduresResult
from helpers.commentary import numbers
from helpers.display import theme
from helpers.display._words import wrapped
from helpers.display.chart import Chart
from helpers.indices.known import known_enough
from helpers.indices.procedures_months import RESOLVED_UNKNOWN

CLASSES = (
    ("gq_truoc_han", "Trước hạn", "#0c2340", "", "#ffffff"),
    ("gq_dung_han", "Đúng hạn", "#6f9bc4", "", theme.INK),
    ("gq_qua_han", "Quá hạn", "#da7715", "////", theme.INK),
    ("other", "Khác", "#d5dbe0", "....", theme.INK),
)
"""Column, name, colour, hatch and colour of the label; told apart without colour by their order."""
MOST_ROWS = 15
NARROW = 0.07
"""A part below this share has no room for its label inside the bar."""
NAME_WIDTH = 30
LEFT = 2.3
RIGHT = 1.15
ROW = 0.36
HEAD = 0.42
FOOT = 0.45
MONTHS_HEIGHT = 3.0


def fields(result: ProceduresResult) -> Chart:
    """Draw the shares resolved before time, on time and late of each field."""
    return _shares(result, result.rows.fields, "lĩnh vực")


def units(result: ProceduresResult) -> Chart:
    """Draw the shares resolved before time, on time and late of each unit."""
    return _shares(result, result.rows.units, "đơn vị")


def _shares(result: ProceduresResult, rows: Sequence[Row], what: str) -> Chart:
    known = [row for row in rows if _parts(row) is not None]
    if not known:
        return Chart.nothing(f"Chưa có số liệu trước hạn, đúng hạn, quá hạn theo {what}.")
    # The lowest share in time first: that is what a reader looks for.
    ordered = sorted(known, key=lambda row: (-_late_share(row), row.name))[:MOST_ROWS]
    with theme.theme():
        figure = _draw(ordered)
    more = f" ({len(ordered)} {what} có tỷ lệ quá hạn cao nhất)" if len(known) > MOST_ROWS else ""
    unknown = any(row.value(RESOLVED_UNKNOWN) for row in rows)
    known_ones = ", không kể hồ sơ chưa rõ hạn hoặc ngày giải quyết" if unknown else ""
    caption = (
        f"Hồ sơ đã giải quyết theo {what} năm {result.year}, phần trăm trước hạn, đúng hạn và "
        f"quá hạn{known_ones}{more}"
    )
    return Chart(figure, caption, _alt(ordered, what))


def _parts(row: Row) -> tuple[float, ...] | None:
    """Return the shares of the classes of resolved dossiers, or None where they are not known."""
    unknown = row.value(RESOLVED_UNKNOWN) or 0
    total = (row.value("gq_tong") or 0) - unknown
    counts = [row.value(code) for code, *_ in CLASSES[:-1]]
    if not total or any(count is None for count in counts) or not known_enough(total, unknown):
        return None
    known = [count or 0 for count in counts]
    rest = total - sum(known)
    return None if rest < 0 else tuple(count / total for count in (*known, rest))


def _late_share(row: Row) -> float:
    parts = _parts(row)
    return parts[2] if parts else 0.0


def _draw(rows: Sequence[Row]) -> Figure:
    height = HEAD + ROW * len(rows) + FOOT
    figure = theme.new_figure(height)
    axes = figure.add_axes(
        (
            LEFT / theme.WIDTH,
            FOOT / height,
            (theme.WIDTH - LEFT - RIGHT) / theme.WIDTH,
            ROW * len(rows) / height,
        )
    )
    for place, row in enumerate(rows):
        _draw_row(axes, place, row)
    axes.set_xlim(0, 100)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_yticks(range(len(rows)), [wrapped(row.name, NAME_WIDTH) for row in rows])
    axes.tick_params(axis="y", labelcolor=theme.INK)
    axes.set_xlabel("% số hồ sơ đã giải quyết")
    axes.spines["left"].set_visible(False)
    theme.decimal_axis(axes.xaxis, 0)
    shown = [
        style for i, style in enumerate(CLASSES) if any((_parts(row) or ())[i] for row in rows)
    ]
    handles = [
        Patch(facecolor=colour, hatch=hatch, edgecolor="white", label=name)
        for _, name, colour, hatch, _ in shown
    ]
    figure.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(0, 1),
        ncols=len(handles),
        borderaxespad=0.2,
    )
    return figure


def _draw_row(axes: Axes, place: int, row: Row) -> None:
    start = 0.0
    for share, (_, _, colour, hatch, ink) in zip(_parts(row) or (), CLASSES, strict=True):
        if share:
            axes.barh(
                place, share * 100, left=start, height=0.66, color=colour, hatch=hatch,
                edgecolor="white", linewidth=0.6,
            )  # fmt: skip
        if share >= NARROW:
            text = numbers.percent(share, 1)
            box = {"facecolor": colour, "edgecolor": "none", "pad": 1.0} if hatch else None
            axes.text(
                start + share * 50, place, text, ha="center", va="center", color=ink,
                fontsize=theme.SMALL, bbox=box,
            )  # fmt: skip
        start += share * 100
    late = row.value("gq_qua_han") or 0
    said = f"{numbers.whole(late)} quá hạn" if late else "không quá hạn"
    unknown = row.value(RESOLVED_UNKNOWN)
    if unknown:
        said += f"\n{numbers.whole(unknown)} chưa rõ"
    axes.text(101.5, place, said, ha="left", va="center", fontsize=theme.SMALL, color=theme.QUIET)


def _alt(rows: Sequence[Row], what: str) -> str:
    worst = rows[0]
    late = worst.value("gq_qua_han") or 0
    sentences = [f"Thanh chồng của {numbers.whole(len(rows))} {what}, mỗi thanh là 100%."]
    if not late:
        return f"{sentences[0]} Không {what} nào có hồ sơ giải quyết quá hạn."
    share = numbers.percent(_late_share(worst), 2)
    sentences.append(
        f"Tỷ lệ quá hạn cao nhất ở {worst.name}: {share}, {numbers.whole(late)} hồ sơ."
    )
    clean = [row for row in rows if not row.value("gq_qua_han")]
    if clean:
        sentences.append(f"{numbers.whole(len(clean))} {what} không có hồ sơ giải quyết quá hạn.")
    return " ".join(sentences)


def months(result: ProceduresResult) -> Chart:
    """Draw what was received and resolved in each month, with the late ones written above."""
    rows = result.rows.months
    if len(rows) < 2:
        return Chart.nothing("Chưa có số liệu theo tháng.")
    if any("gq_tong" not in row.counts or _received(row) is None for row in rows):
        # A bar that is left out reads as none.
        return Chart.nothing(
            "Chưa đủ số hồ sơ tiếp nhận và đã giải quyết của mọi tháng để vẽ hình."
        )
    with theme.theme():
        figure = _draw_months(rows)
    low, high = (pick(rows, key=lambda row: row.counts["gq_tong"].value) for pick in (min, max))
    alt = (
        f"Giải quyết nhiều nhất ở tháng {high.name}: {numbers.whole(high.counts['gq_tong'].value)} "
        f"hồ sơ; ít nhất ở tháng {low.name}: {numbers.whole(low.counts['gq_tong'].value)} hồ sơ."
    )
    if all(row.value("gq_qua_han") is not None for row in rows):
        late = sum(row.value("gq_qua_han") or 0 for row in rows)
        alt += f" Cộng các tháng có {numbers.whole(late)} hồ sơ giải quyết quá hạn."
    return Chart(figure, f"Hồ sơ mới tiếp nhận và đã giải quyết theo tháng năm {result.year}", alt)


def _received(row: Row) -> int | None:
    """Return what came in a month: by its channels, or without what was carried over."""
    parts = [row.value(code) for code in ("tn_truc_tuyen", "tn_truc_tiep")]
    if None not in parts:
        return sum(part or 0 for part in parts)
    every, carried = row.value("tn_tong"), row.value("tn_ky_truoc")
    return None if every is None or carried is None else every - carried


def _draw_months(rows: Sequence[Row]) -> Figure:
    figure = theme.new_figure(MONTHS_HEIGHT)
    axes = figure.add_axes((0.1, 0.16, 0.88, 0.68))
    places = list(range(len(rows)))
    received = [_received(row) or 0 for row in rows]
    resolved = [row.value("gq_tong") or 0 for row in rows]
    axes.bar(
        [p - 0.2 for p in places], received, width=0.38, color="#c3d3e2", edgecolor=theme.QUIET,
        linewidth=0.6, label="Mới tiếp nhận",
    )  # fmt: skip
    axes.bar(
        [p + 0.2 for p in places], resolved, width=0.38, color="#0c2340", label="Đã giải quyết"
    )
    top = max(*received, *resolved, 1)
    for place, row in zip(places, rows, strict=True):
        late = row.value("gq_qua_han")
        if late is None:
            continue
        height = max(received[place], resolved[place])
        axes.text(
            place, height + top * 0.02, numbers.whole(late), ha="center", va="bottom",
            fontsize=theme.SMALL, color="#9a4d00" if late else theme.QUIET,
        )  # fmt: skip
    axes.set_ylim(0, top * 1.14)
    axes.set_xticks(places, [row.name for row in rows])
    axes.tick_params(axis="x", labelcolor=theme.INK)
    axes.set_xlabel("Tháng (số trên cột: hồ sơ giải quyết quá hạn)")
    axes.set_ylabel("Hồ sơ")
    axes.grid(axis="y")
    theme.decimal_axis(axes.yaxis, 0)
    figure.legend(loc="upper left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.2)
    return figure
