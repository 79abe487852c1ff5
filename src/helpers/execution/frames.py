"""DataFrames of pandas and polars, whole, as a report prints them.

pandas shows ten rows of a frame with more than sixty, which is right on a screen. A report prints up to
:data:`WHOLE` rows; of a longer frame the first :data:`FIRST`, and all of it goes into the download.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from helpers.execution.html_text import WIDEST

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

WHOLE = 200
FIRST = 100
_CLASSES = (
    ("pandas.core.frame", "DataFrame"),
    ("pandas", "DataFrame"),
    ("pandas.core.series", "Series"),
    ("pandas", "Series"),
    ("polars.dataframe.frame", "DataFrame"),
    ("polars.series.series", "Series"),
)


def show_whole_frames(shell: InteractiveShell) -> None:
    """Let a shell describe frames as a report prints them.

    Parameters
    ----------
    shell : InteractiveShell
        Nothing is imported before a frame is shown.
    """
    formatter = shell.display_formatter.mimebundle_formatter  # type: ignore[union-attr]
    for module, name in _CLASSES:
        formatter.for_type_by_name(module, name, _bundle)


def _bundle(shown: Any, include: Any = None, exclude: Any = None) -> dict[str, str]:
    import pandas as pd

    kind = type(shown)
    if kind.__module__.startswith("polars"):
        frame = shown.to_frame() if kind.__name__ == "Series" else shown
        shown = pd.DataFrame(frame.to_dict(as_series=False))
    elif kind.__name__ == "Series":
        shown = shown.to_frame("" if shown.name is None else shown.name)
    rows, columns = shown.shape
    first = shown if rows <= WHOLE else shown.head(FIRST)
    with pd.option_context("display.max_rows", None, "display.max_columns", None):
        # Also the width of a column: a sentence that ends in dots is lost.
        with pd.option_context("display.max_colwidth", None):
            html = first.to_html(notebook=True)
        bundle = {"text/html": html, "text/plain": repr(first)}
    if rows > WHOLE or columns > WIDEST:
        bundle["text/csv"] = shown.to_csv(lineterminator="\n")
        if rows > WHOLE:
            told = f"Bảng in {FIRST} dòng đầu trong {rows:,} dòng".replace(",", ".")
            bundle["text/html"] = f"{html}<p class='table-note'>{escape(told)}</p>"
    return bundle
