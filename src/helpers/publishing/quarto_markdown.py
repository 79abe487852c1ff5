"""Text from notebooks, made harmless for Quarto."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Sequence
from importlib.resources import as_file, files
from typing import cast

import pypandoc

from helpers.publishing.binary import engine_environment
from helpers.publishing.errors import PublishError

_SECONDS = 60.0
_HEADING = re.compile(r"(#{1,6}) ")
_FENCE = re.compile(r"(`{3,}|~{3,})")


def clean_markdown(texts: Sequence[str]) -> tuple[str, ...]:
    """Rewrite Markdown so that Quarto can only read it as Markdown.

    Raw HTML, TeX, YAML blocks and Quarto shortcodes come out as ordinary text; links other than
    http, https and mailto lose their target; pictures from the network or from outside the report
    are replaced by their description; attributes outside a short list are dropped. Spans such as
    ``[43,21]{.so title="…"}``, references such as ``@fig-x``, tables and mathematics stay.

    Quarto reads Markdown with raw HTML and runs shortcodes such as ``include`` wherever they
    stand, and has no option to turn both off, so the text is parsed and written again by pandoc.

    Parameters
    ----------
    texts : sequence of str
        Any number of Markdown texts; one pandoc process serves them all.

    Returns
    -------
    tuple of str
        As many texts, in the same order, without surrounding blank lines.

    Raises
    ------
    PublishError
        If pandoc fails or takes more than a minute.
    """
    if not texts:
        return ()
    with as_file(files("helpers.publishing") / "quarto_assets" / "clean.lua") as script:
        try:
            done = subprocess.run(
                [pypandoc.get_pandoc_path(), "lua", str(script)],
                input=json.dumps(list(texts)).encode(),
                capture_output=True,
                check=True,
                timeout=_SECONDS,
                env=engine_environment(),
            )
        except subprocess.CalledProcessError as error:
            raise PublishError(
                "Không đọc được văn bản của báo cáo trước khi đưa vào Quarto: "
                + error.stderr.decode(errors="replace").strip()
            ) from error
        except subprocess.TimeoutExpired as error:
            raise PublishError(
                f"Đọc văn bản của báo cáo quá {_SECONDS:.0f} giây, đã dừng pandoc."
            ) from error
    cleaned = cast(list[str], json.loads(done.stdout))
    return tuple(text.strip("\n") for text in cleaned)


def order_headings(texts: Sequence[str]) -> tuple[str, ...]:
    """Let the headings of a report begin at level 1 and go down one level at a time.

    A notebook often opens with its own name as the only heading of level 1; the title stands for
    it, so it is left out. A PDF that keeps to PDF/UA may not skip a level.

    Parameters
    ----------
    texts : sequence of str
        The Markdown cells of a report in their order, as `clean_markdown` writes them.

    Returns
    -------
    tuple of str
        The same cells with other levels.
    """
    lines = [text.split("\n") for text in texts]
    places = [(cell, row) for cell, rows in enumerate(lines) for row in _heading_rows(rows)]
    levels = {place: len(_HEADING.match(lines[place[0]][place[1]])[1]) for place in places}  # type: ignore[index]
    tops = [place for place in places if levels[place] == 1]
    if tops and tops == places[:1] == [(0, 0)]:
        lines[0][0] = ""
        del levels[places.pop(0)]
    top, before = min(levels.values(), default=1), 0
    for cell, row in places:
        level = min(levels[cell, row] - top + 1, before + 1)
        lines[cell][row] = "#" * level + lines[cell][row].lstrip("#")
        before = level
    return tuple("\n".join(rows).strip("\n") for rows in lines)


def _heading_rows(rows: Sequence[str]) -> Iterator[int]:
    fence = ""
    for row, line in enumerate(rows):
        mark = _FENCE.match(line)
        if mark and (not fence or line.strip() == fence):
            fence = "" if fence else mark[1]
        elif not fence and _HEADING.match(line):
            yield row
