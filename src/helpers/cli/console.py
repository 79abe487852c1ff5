"""Where the command prints."""

from __future__ import annotations

from rich.console import Console

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def tell_of_others() -> None:
    """Say that another command holds the outputs and is waited for."""
    err.print("Một lần chạy khác đang ghi báo cáo; đợi lần chạy đó xong.", markup=False)
