"""What makes a format anew: the sources of the room, not what Python keeps of them."""

from __future__ import annotations

from pathlib import Path

from helpers import publishing
from helpers.publishing.fingerprint import fingerprint


def test_a_file_that_python_is_just_compiling_makes_no_report_anew(checkout):
    """Two runs beside each other: one compiled a module while the other looked, and made all anew."""
    before = fingerprint("pandoc", publishing.FORMATS, checkout)
    folder = Path(publishing.__file__).parent / "__pycache__"
    folder.mkdir(exist_ok=True)
    half = folder / "job.cpython-311.pyc.140213"
    half.write_bytes(b"half")
    try:
        assert fingerprint("pandoc", publishing.FORMATS, checkout) == before
    finally:
        half.unlink()
