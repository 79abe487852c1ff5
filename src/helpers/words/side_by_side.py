"""Two values of which no error is known: they stand side by side, and one note says why."""

from __future__ import annotations

CAVEAT = "chưa biết sai số khảo sát nên chưa kết luận về thay đổi"
"""Said once after values of two years that stand side by side without a known error."""
UNJOINED = " (không nối các năm chưa biết sai số khảo sát)"
"""Ends the caption of a chart over the years that leaves out lines for want of an error."""


def beside(mark: str, value: object) -> str:
    """Set a value beside a mark where no error is known: a clause whose subject is the value."""
    return f"được đặt cạnh {mark} là {value}"


def unpublished(owner: str, name: str) -> str:
    """Say, once a page, why values of an index stand side by side."""
    return (
        f"{owner} không công bố sai số khảo sát của {name}, nên các giá trị được đặt cạnh nhau, không "
        "kết luận giá trị nào cao hơn, thấp hơn, tăng hay giảm."
    )
