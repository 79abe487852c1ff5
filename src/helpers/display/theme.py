"""The one look of every chart: colours by name, the style of every role, and its mirror in CSS.

A drawing carries hex colours as attributes, so that its bytes serve paper, Word and download as they
are; every element has the class of its role, and the style sheet of a page overrules the colours by
class, for dark screens and forced colours. Both are written from the tables here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

FONT = "Be Vietnam Pro"
PAPER_FONT = "Chiso Sans"
"""What the copy of the font for PDF is called (see :mod:`helpers.publishing.fonts`)."""

NARROW, WIDE = 320, 660
"""The two widths that every chart is drawn at, in units: a phone; a page and a screen."""
TURN = 560
"""CSS pixels of the column from which on the wide drawing is shown."""
NARROW_SIZE, WIDE_SIZE = 12.5, 13.0
"""Units; 11 px in the narrowest column each is shown in, 9.5 pt on A4."""
TILE_SIZE, GRID_WIDTH = 10.6, 333
"""Units of names on the tiles of a phone, and the CSS pixels below which such a drawing is not
shrunk, so that they stay 11 px: a narrower column scrolls."""

INK = "#1c2733"
QUIET = "#5a6672"
"""Text of less weight; 5.9:1 on white."""
DOT = "#858f99"
"""Marks of the other provinces; 3.3:1 on white."""
RULE = "#d5dbe0"
BAND = "#eef1f4"
OWN = "#b3124a"
"""Accent of the province a report is about; 6.6:1 on white and none of the group colours."""


@dataclass(frozen=True)
class GroupStyle:
    """How a quartile group is shown: never by colour alone.

    Parameters
    ----------
    colour : str
        At least 3:1 on white; from orange to navy, darker with every step, so that the order
        survives colour blindness and a grey print.
    marker : str
        ``v`` and ``^`` triangles, ``D`` a diamond, ``s`` a square.
    on_colour : str
        Text on top of `colour`, at least 4.5:1.
    """

    colour: str
    marker: str
    on_colour: str


GROUPS: dict[int, GroupStyle] = {
    1: GroupStyle("#da7715", "v", INK),
    2: GroupStyle("#80704f", "D", "#ffffff"),
    3: GroupStyle("#235f8c", "s", "#ffffff"),
    4: GroupStyle("#0c2340", "^", "#ffffff"),
}
"""Styles of the groups, 1 lowest to 4 highest, as numbered in the standing of scores."""


@dataclass(frozen=True)
class Colour:
    """A colour of the charts: on white, on a dark screen, and as the system's own.

    Parameters
    ----------
    light, dark : str
        Hex; `dark` stands on #10191d.
    forced : str
        System colour of CSS.
    """

    light: str
    dark: str
    forced: str


COLOURS: Mapping[str, Colour] = {
    "paper": Colour("#ffffff", "#10191d", "Canvas"),
    "ink": Colour(INK, "#e3eaea", "CanvasText"),
    "quiet": Colour(QUIET, "#a3b4b8", "CanvasText"),
    "dot": Colour(DOT, "#7b888f", "GrayText"),
    "rule": Colour(RULE, "#31434a", "GrayText"),
    "band": Colour(BAND, "#1d2c33", "Canvas"),
    "own": Colour(OWN, "#ff8fb3", "Highlight"),
    "fill": Colour(GROUPS[3].colour, "#6fa8d6", "CanvasText"),
    "soft": Colour("#a9c4dd", "#3d6a90", "Canvas"),
    "g1": Colour(GROUPS[1].colour, "#e5852a", "CanvasText"),
    "g2": Colour(GROUPS[2].colour, "#b39f74", "CanvasText"),
    "g3": Colour(GROUPS[3].colour, "#6fa8d6", "CanvasText"),
    "g4": Colour(GROUPS[4].colour, "#dbe8f4", "CanvasText"),
    "on1": Colour(GROUPS[1].on_colour, "#10191d", "Canvas"),
    "on2": Colour(GROUPS[2].on_colour, "#10191d", "Canvas"),
    "on3": Colour(GROUPS[3].on_colour, "#10191d", "Canvas"),
    "on4": Colour(GROUPS[4].on_colour, "#10191d", "Canvas"),
}

_HALO = {
    "stroke": "paper",
    "stroke-width": "3",
    "stroke-linejoin": "round",
    "paint-order": "stroke",
}


def _stroke(colour: str, width: float, **more: str) -> dict[str, str]:
    told = {name.replace("_", "-"): value for name, value in more.items()}
    return {"fill": "none", "stroke": colour, "stroke-width": f"{width:g}", **told}


STYLES: Mapping[str, Mapping[str, str]] = {
    "ground": {"fill": "paper"},
    "ink": {"fill": "ink"},
    "quiet": {"fill": "quiet"},
    "own": {"fill": "own"},
    "own-label": {"fill": "own", **_HALO},
    "ink-label": {"fill": "ink", **_HALO},
    "quiet-label": {"fill": "quiet", **_HALO},
    "grid": _stroke("rule", 1),
    "dots": _stroke("dot", 4.4, stroke_linecap="round"),
    "big-dots": _stroke("dot", 6.4, stroke_linecap="round"),
    "best": {"fill": "paper", "stroke": "ink", "stroke-width": "1.5"},
    "tick": _stroke("ink", 1.7),
    "dash": _stroke("quiet", 1.4, stroke_dasharray="5 3"),
    "point-line": _stroke("ink", 1.4, stroke_dasharray="1.5 3"),
    "own-line": _stroke("own", 2.2, stroke_linejoin="round"),
    "own-dotted": _stroke("own", 2.2, stroke_dasharray="2 3.5"),
    "own-hollow": {"fill": "paper", "stroke": "own", "stroke-width": "1.7"},
    "own-mark": {"fill": "own", "stroke": "paper", "stroke-width": "1.3"},
    "mid-line": _stroke("quiet", 1.3),
    "mid-dotted": _stroke("quiet", 1.3, stroke_dasharray="2 3"),
    "mid-mark": {"fill": "quiet"},
    "hatch": _stroke("dot", 1),
    "band": {"fill": "band"},
    "fill": {"fill": "fill"},
    "soft": {"fill": "soft"},
    "dot-fill": {"fill": "dot"},
    "rule-fill": {"fill": "rule"},
    "paper-fill": {"fill": "paper"},
    "stripe": _stroke("ink", 0.9),
    "pale-stripe": _stroke("paper", 1.1),
    "edge": _stroke("quiet", 0.8),
    "fill-line": _stroke("fill", 2.2),
    "fill-mark": {"fill": "fill", "stroke": "paper", "stroke-width": "1"},
    "fill-hollow": {"fill": "paper", "stroke": "fill", "stroke-width": "1.6"},
    "rest": {"fill": "paper", "stroke": "quiet", "stroke-width": "1"},
    "frame": _stroke("quiet", 1, stroke_dasharray="3 2"),
    "own-frame": _stroke("own", 3),
    "paper-frame": _stroke("paper", 5),
    "fold": {"fill": "paper"},
    "dot-mark": {"fill": "dot"},
    **{f"bar{g}": {"fill": f"g{g}"} for g in GROUPS},
    **{f"mark{g}": {"fill": f"g{g}", "stroke": "paper", "stroke-width": "1.5"} for g in GROUPS},
    **{f"on{g}": {"fill": f"on{g}"} for g in GROUPS},
}
"""What an element of a role looks like: attributes of SVG, a colour by its name."""


def attributes(role: str) -> str:
    """Return class and look of a role as attributes, colours in hex."""
    style = STYLES[role]
    told = "".join(
        f' {name}="{COLOURS[value].light if value in COLOURS else value}"'
        for name, value in style.items()
    )
    return f'class="c-{role}"{told}'


def chart_css() -> str:
    """Return the rules of a page that shows charts: colours by class, and which width is shown.

    Returns
    -------
    str
        CSS; a drawing inside a page takes its colours from it, light, dark, forced, and on paper.
    """
    light = _variables("light")
    rules = [
        f":root{{{light}}}",
        f"@media (prefers-color-scheme:dark){{:root{{{_variables('dark')}}}}}",
        f"@media (forced-colors:active){{:root{{{_variables('forced')}}}}}",
        f"@media print{{:root{{{light}}}}}",
    ]
    for role, style in STYLES.items():
        told = ";".join(
            f"{name}:var(--c-{value})" for name, value in style.items() if value in COLOURS
        )
        rules.append(f".c-{role}{{{told}}}")
    # On a page the page itself is the paper.
    return "\n".join([*rules, ":is(.drawing,.whole) .c-ground{fill:none}", switch_css(), PRINT])


def switch_css() -> str:
    """Return the rules that show one of the two widths, by the width of the column."""
    return (
        ".drawing{display:block;container-type:inline-size;overflow-x:auto}"
        ".drawing svg{display:block;width:100%;height:auto}"
        f".drawing .narrow{{max-width:440px}}.drawing .narrow.grid{{min-width:{GRID_WIDTH}px}}"
        f".drawing .wide{{display:none;max-width:{WIDE + 140}px}}"
        f"@container (min-width:{TURN}px){{.drawing .narrow{{display:none}}"
        ".drawing .wide{display:block}}"
    )


PRINT = "@media print{.drawing .narrow{display:none}.drawing .wide{display:block}}"


def _variables(kind: str) -> str:
    return "".join(f"--c-{name}:{getattr(colour, kind)};" for name, colour in COLOURS.items())
