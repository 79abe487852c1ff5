"""Official files and whole reports that may not be passed on: where they lie, if they are here.

They lie beside the checkout in ``shared``, or where the environment variable ``CHISO_SHARED`` says.
Without them their tests are skipped with a reason; where the variable is set, that is a failure.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_SET = os.environ.get("CHISO_SHARED")
SHARED = Path(_SET) if _SET else Path(__file__).resolve().parents[2] / "shared"


def official(*parts: str) -> Path:
    """Return a file or folder; skip the test that asks where there is none."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        missing = f"không có {'/'.join(('shared', *parts))}: tệp chính thức không đi kèm dự án"
        if _SET:
            pytest.fail(f"CHISO_SHARED={_SET}: {missing}")
        pytest.skip(missing)
    return path
