"""The website: from executed reports and ``params/`` to static pages in ``outputs/site``.

The room never runs a notebook. It reads what ``chiso run`` has left in ``outputs/reports`` and the
text in ``params``, and writes pages that work from any static host and from a folder (``file://``).
"""

from __future__ import annotations

from helpers.site.build import Built, build_site

__all__ = ["Built", "build_site"]
