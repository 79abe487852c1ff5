"""A chart with its caption and text alternative, as a notebook shows and an engine publishes it."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

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


@dataclass(frozen=True)
class Chart:
    """A drawn figure, or the reason why there is none.

    Parameters
    ----------
    figure : matplotlib Figure or None
        None if there was nothing to draw. Transparent where it is laid over a ground.
    caption : str
        Vietnamese, without number and full stop.
    alt : str
        What the chart shows, in sentences, with the numbers that are drawn.
    reason : str
        Why nothing was drawn; empty for a drawn chart.
    ground : Ground or None
        What lies below the figure, of the same size.
    """

    figure: Figure | None
    caption: str
    alt: str
    reason: str = ""
    ground: Ground | None = None

    @classmethod
    def nothing(cls, reason: str) -> Chart:
        """Return a chart that shows nothing, with the reason as a Vietnamese sentence."""
        return cls(None, "", "", reason)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return self.figure is None

    def svg(self) -> str:
        """Return the figure as SVG, text as paths; the same figure gives the same bytes.

        Raises
        ------
        ValueError
            If the chart is empty.
        """
        if self.figure is None:
            raise ValueError(f"Không có hình để ghi. {self.reason}".strip())
        own = written(self.figure)
        return own_identifiers(lay_over(self.ground.svg, own) if self.ground else own)

    def __str__(self) -> str:
        """Return the text alternative, or the reason why there is no chart."""
        return self.alt or self.reason

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        if self.figure is None:
            return {}, {}
        data = {"image/svg+xml": self.svg(), "text/plain": self.alt}
        return data, {"chiso": {"kind": "figure", "caption": self.caption, "alt": self.alt}}

    def _ipython_display_(self) -> None:
        # IPython would print the repr of an object whose bundle is empty. A display method that
        # returns shows nothing at all; one that raises this leaves the bundle in charge.
        if self.figure is not None:
            raise NotImplementedError


def written(figure: Figure) -> str:
    """Return a figure as SVG, text as paths, shrunk; the same figure gives the same bytes."""
    from helpers.display.theme import theme

    buffer = BytesIO()
    with theme():
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return shrink(buffer.getvalue().decode("utf-8"))
