"""What all pages share as files: styles, script, fonts, the sign in the browser's tab."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass

from helpers.display.theme import chart_css
from helpers.project import Project
from helpers.publishing.files import ASSETS as REPORT_ASSETS
from helpers.publishing.fonts import page_font_css
from helpers.site import addresses
from helpers.site.frame import ROOM

_FACE = re.compile(
    r"font-weight:(?P<weight>\d+);font-style:(?P<style>\w+);font-display:swap;"
    r'src:url\("data:font/woff2;base64,(?P<data>[^"]+)"\)'
)
_COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)
SIGN = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" '
    'fill="#0b5563"/><path d="M7 24V18M13 24V14M19 24V10M25 24V6" stroke="#fff" stroke-width="3.4"/>'
    "</svg>\n"
)


@dataclass(frozen=True)
class CommonFiles:
    """Everything that stands in the folder of shared files."""

    address: str = f"{addresses.COMMON}#"

    def files(self, project: Project) -> dict[str, bytes]:
        """Return styles, script and fonts by their place in the site."""
        made: dict[str, bytes] = {}

        # A font that comes late waits for the next page: swapped in, it would break lines anew and move
        # what is being read (a title that loses a line moved a whole page, 0.3 of it).
        def lift(face: re.Match[str]) -> str:
            name = f"be-vietnam-pro-{face['weight']}-{face['style']}.woff2"
            made[f"{addresses.COMMON}{name}"] = base64.b64decode(face["data"])
            return (
                f"font-weight:{face['weight']};font-style:{face['style']};font-display:optional;"
                f'src:url("{name}")'
            )

        faces = _FACE.sub(lift, page_font_css(project))
        report = (REPORT_ASSETS / "report.css").read_text(encoding="utf-8")
        own = (ROOM / "assets" / "site.css").read_text(encoding="utf-8")
        ours = (ROOM / "assets" / name for name in ("search.js", "site.js"))
        sources = (*ours, REPORT_ASSETS / "charts.js")
        script = "\n".join(source.read_text("utf-8") for source in sources)
        style = _COMMENT.sub("", "\n".join([faces, report, chart_css(), own]))
        made[f"{addresses.COMMON}trang.css"] = style.encode()
        made[f"{addresses.COMMON}trang.js"] = script.encode()
        made[f"{addresses.COMMON}dau.svg"] = SIGN.encode()
        return made
