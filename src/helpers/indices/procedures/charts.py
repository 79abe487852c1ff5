"""The charts of a report on dossiers: shares in time by field or unit, and the months of the year."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from helpers.display import matplotlib_theme as theme
from helpers.display.chart import Chart
from helpers.display.figure_chart import figure_chart
from helpers.display.table import HIDDEN
from helpers.display.theme import wrapped
from helpers.facts.known import known_enough
from helpers.facts.leading import Population, leading, population
from helpers.indices.procedures import text_words as words
from helpers.indices.procedures.months import RESOLVED_UNKNOWN
from helpers.indices.procedures.result import ProceduresResult
from helpers.indices.procedures.rows import MONTHS, RESOLVED_LATE, Row
from helpers.words import numbers
from helpers.words.text import joined, upper_first

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
    among = population([row for row in rows if row.has_resolved], _late_share)
    known = among.known
    if not known:
        return Chart.nothing(f"Chưa có số liệu trước hạn, đúng hạn, quá hạn theo {what}.")
    ordered, more = _chosen(known, what, whole=among.is_whole)
    with theme.theme():
        figure = _draw(ordered)
    unknown = any(row.value(RESOLVED_UNKNOWN) for row in rows)
    known_ones = f", {words.WITHOUT_UNKNOWN}" if unknown else ""
    hidden = sum(row.hides_late for row in rows)
    not_told = f"; {hidden} {what} không nêu, {words.HIDDEN_WHY}" if hidden else ""
    lacking = among.lacking - hidden
    if lacking > 0:
        not_told += f"; {lacking} {what} chưa đủ số liệu nên không vẽ"
    caption = (
        f"Hồ sơ đã giải quyết theo {what} năm {result.year}, phần trăm trước hạn, đúng hạn và "
        f"quá hạn{known_ones}{more}{not_told}"
    )
    return figure_chart(figure, caption, _alt(ordered, what, among, hidden))


def _chosen(known: Sequence[Row], what: str, *, whole: bool) -> tuple[list[Row], str]:
    """Return the rows that are drawn, the highest share late first, and what they are of all."""
    shares = [(share, row) for row in known if (share := _late_share(row)) is not None]
    ordered = [row for _, row in sorted(shares, key=lambda pair: (-pair[0], pair[1].name))]
    if len(known) <= MOST_ROWS:
        return ordered, ""
    of = f"trong {numbers.whole(len(known))} {what}{'' if whole else ' có số liệu'}"
    late = [row for row in ordered if row.value("gq_qua_han")]
    if not late:
        return ordered[:MOST_ROWS], f" ({MOST_ROWS} {of}; không {what} nào có hồ sơ quá hạn)"
    if len(late) <= MOST_ROWS:
        return late, f" ({numbers.whole(len(late))} {what} có hồ sơ giải quyết quá hạn {of})"
    found = leading(late, lambda row: _late_share(row), MOST_ROWS, decimals=4)
    drawn = list(found.named) or late[:MOST_ROWS]
    highest = "có tỷ lệ quá hạn cao nhất " if found.named else ""
    return drawn, f" ({numbers.whole(len(drawn))} {what} {highest}{of})"


def _parts(row: Row) -> tuple[float, ...] | None:
    """Return the shares of the classes of resolved dossiers, or None where they are not known."""
    resolved, unclear = row.value("gq_tong"), row.unclear_of(RESOLVED_LATE)
    if resolved is None or unclear is None:
        return None
    total = resolved - unclear
    counts = [row.value(code) for code, *_ in CLASSES[:-1]]
    known = [count for count in counts if count is not None]
    if not total or len(known) < len(counts) or not known_enough(total, unclear):
        return None
    rest = total - sum(known)
    return None if rest < 0 else tuple(count / total for count in (*known, rest))


def _late_share(row: Row) -> float | None:
    parts = _parts(row)
    return None if parts is None else parts[2]


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
    late = row.value("gq_qua_han")
    said = f"{numbers.whole(late)} quá hạn" if late else "không quá hạn" if late == 0 else ""
    unknown = row.value(RESOLVED_UNKNOWN)
    if unknown:
        said += f"\n{numbers.whole(unknown)} chưa rõ"
    axes.text(101.5, place, said, ha="left", va="center", fontsize=theme.SMALL, color=theme.QUIET)


def _alt(rows: Sequence[Row], what: str, every: Population[Row], hidden: int) -> str:
    of, lacking = len(every.known), every.lacking - hidden
    counted = f"{numbers.whole(len(rows))} {what}"
    among = f" trong {numbers.whole(of)}" if of > len(rows) else ""
    sentences = [f"Thanh chồng của {counted}{among}, mỗi thanh là 100%."]
    best = leading(rows, _late_share, 1, decimals=4).one
    share = None if best is None else _late_share(best)
    most = None if best is None else best.value("gq_qua_han")
    late = [row for row in rows if row.value("gq_qua_han")]
    if not late:
        sentences.append(f"Không {what} nào trong hình có hồ sơ giải quyết quá hạn.")
    elif best is not None and share is not None and most is not None and not hidden:
        where = f"trong {numbers.whole(of)} {what} có số liệu, " if lacking > 0 else ""
        said = f"{where}tỷ lệ quá hạn cao nhất ở {best.name}: "
        said += f"{numbers.percent(share, 2)}, {numbers.whole(most)} hồ sơ."
        sentences.append(upper_first(said))
    clean = len(rows) - len(late)
    if late and clean:
        sentences.append(
            f"{numbers.whole(clean)} {what} trong hình không có hồ sơ giải quyết quá hạn."
        )
    if hidden:
        sentences.append(f"{numbers.whole(hidden)} {what} không nêu ({words.HIDDEN_WHY}).")
    if lacking > 0:
        sentences.append(f"{numbers.whole(lacking)} {what} chưa đủ số liệu nên không vẽ.")
    return " ".join(sentences)


def months(result: ProceduresResult) -> Chart:
    """Draw what was received and resolved in each month, with the late ones written above."""
    rows = result.rows.months
    if len(rows) < 2:
        return Chart.nothing("Chưa có số liệu theo tháng.")
    if any({"gq_tong", "tn_tong"} & row.hidden for row in rows):
        return Chart.nothing(f"Số hồ sơ của một số tháng không được nêu: {words.HIDDEN_WHY}.")
    received = [count for row in rows if (count := _received(row)) is not None]
    if any("gq_tong" not in row.counts for row in rows) or len(received) < len(rows):
        # A bar that is left out reads as none.
        return Chart.nothing(
            "Chưa đủ số hồ sơ tiếp nhận và đã giải quyết của mọi tháng để vẽ hình."
        )
    with theme.theme():
        figure = _draw_months(rows, received)
    resolved = [row.counts["gq_tong"].value for row in rows]
    among = "" if len(rows) == MONTHS else f"Trong {len(rows)} tháng có số liệu, "
    alt = " ".join(
        f"{among}{'giải' if among else 'Giải'} quyết {side} ở {_named(rows, number)}: "
        f"{numbers.whole(number)} hồ sơ."
        for side, number in (("nhiều nhất", max(resolved)), ("ít nhất", min(resolved)))
    )
    unclear = any(row.value(RESOLVED_UNKNOWN) or RESOLVED_UNKNOWN in row.hidden for row in rows)
    left = f", {words.WITHOUT_UNKNOWN}" if unclear else ""
    late = [count for row in rows if (count := row.value("gq_qua_han")) is not None]
    if len(late) == len(rows):
        alt += f" Cộng các tháng có {numbers.whole(sum(late))} hồ sơ giải quyết quá hạn{left}."
    caption = f"Hồ sơ mới tiếp nhận và đã giải quyết theo tháng năm {result.year}"
    if left:
        caption += f"; số quá hạn{left.removeprefix(',')}"
    if any("gq_qua_han" in row.hidden for row in rows):
        caption += f" ({HIDDEN}: số quá hạn {words.HIDDEN_WHY})"
    return figure_chart(figure, caption, alt)


def _named(rows: Sequence[Row], number: int) -> str:
    """Name the months in which that many were resolved."""
    return joined([f"tháng {r.name}" for r in rows if r.counts["gq_tong"].value == number])


def _received(row: Row) -> int | None:
    """Return what came in a month: by its channels, or without what was carried over."""
    online, direct = row.value("tn_truc_tuyen"), row.value("tn_truc_tiep")
    if online is not None and direct is not None:
        return online + direct
    every, carried = row.value("tn_tong"), row.value("tn_ky_truoc")
    return None if every is None or carried is None else every - carried


def _draw_months(rows: Sequence[Row], received: Sequence[int]) -> Figure:
    figure = theme.new_figure(MONTHS_HEIGHT)
    axes = figure.add_axes((0.1, 0.16, 0.88, 0.68))
    places = list(range(len(rows)))
    resolved = [row.counts["gq_tong"].value for row in rows]
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
        said = HIDDEN if "gq_qua_han" in row.hidden else "" if late is None else numbers.whole(late)
        height = max(received[place], resolved[place])
        axes.text(
            place, height + top * 0.02, said, ha="center", va="bottom",
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
