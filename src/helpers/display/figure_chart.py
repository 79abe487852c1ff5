"""A chart that matplotlib or seaborn draws: national ones, drawn once a year, and researchers'."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from helpers.display.chart import Chart
from helpers.display.svg import lay_over, own_identifiers, shrink

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Ground:
    """What is the same in the charts of all provinces; drawn once and laid below what differs.

    Parameters
    ----------
    figure : matplotlib Figure
    svg : str
        The figure, written and shrunk.
    """

    figure: Figure
    svg: str

    @classmethod
    def of(cls, figure: Figure) -> Ground:
        """Write a figure once."""
        return cls(figure, written(figure))


@dataclass(frozen=True, kw_only=True)
class FigureChart(Chart):
    """A chart of one width, its text as paths.

    Parameters
    ----------
    figure : matplotlib Figure
        Transparent where it is laid over a ground.
    ground : Ground or None
        What lies below the figure, of the same size.
    """

    figure: Figure
    ground: Ground | None = None

    def _bundle(self) -> dict[str, Any]:
        return {"image/svg+xml": self.svg(), "text/plain": self.alt}


def figure_chart(
    figure: Figure, caption: str, alt: str, ground: Ground | None = None
) -> FigureChart:
    """Return a chart that shows a figure (see :class:`FigureChart`)."""

    def draw(width: int) -> str:
        own = written(figure)
        return own_identifiers(lay_over(ground.svg, own) if ground else own)

    return FigureChart(draw, caption, alt, figure=figure, ground=ground)


def written(figure: Figure) -> str:
    """Return a figure as SVG, text as paths, shrunk; the same figure gives the same bytes."""
    from helpers.display.matplotlib_theme import theme

    buffer = BytesIO()
    with theme():
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return shrink(buffer.getvalue().decode("utf-8"))
