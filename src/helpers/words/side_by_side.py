"""Two values of which no error is known: they stand side by side, and one note says why."""

from __future__ import annotations

CAVEAT = "chưa biết sai số khảo sát nên chưa kết luận về thay đổi"
"""Said once after values of two years that stand side by side without a known error."""
UNJOINED = " (không nối các năm chưa biết sai số khảo sát)"
"""Ends the caption of a chart over the years that leaves out lines for want of an error."""
