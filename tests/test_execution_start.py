"""How little is loaded to find that nothing has to be made."""

from __future__ import annotations

import subprocess
import sys


def test_the_command_loads_neither_jupyter_nor_matplotlib_before_it_runs_something() -> None:
    heavy = ("IPython", "nbformat", "nbconvert", "papermill", "matplotlib", "seaborn", "typst")
    program = (
        "import sys, helpers.cli.app, helpers.indices.papi.result\n"
        f"print(*(name for name in {heavy!r} if name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
