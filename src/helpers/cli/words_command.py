"""``chiso words``: where a sentence of a report is written, and which sentences there are."""

from __future__ import annotations

from typing import Annotated

import typer

from helpers.cli.choose import NothingToDoError
from helpers.cli.console import out
from helpers.cli.vietnamese import Command
from helpers.project import find_project

What = Annotated[
    str,
    typer.Argument(
        metavar="CÂU|CHỈ SỐ",
        help="Một đoạn của báo cáo, ví dụ «Mức này thấp hơn»; với --list là mã chỉ số, ví dụ dti.",
    ),
]
Listed = Annotated[
    bool, typer.Option("--list", help="Liệt kê mọi đề mục của một chỉ số, tên dùng được và câu.")
]
Language = Annotated[
    str, typer.Option("--language", metavar="vi|en", help="Ngôn ngữ khi liệt kê. Mặc định: vi.")
]


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command(
        "words",
        cls=Command,
        help="Tìm tệp và dòng của một câu trong báo cáo, hoặc liệt kê các câu của một chỉ số.",
    )(words)


def words(what: What = "", listed: Listed = False, language: Language = "vi") -> None:
    """Print file and line of sentences; the likeliest first."""
    from helpers.words.catalogue import find, indices, listing
    from helpers.words.source import languages

    root = find_project().root
    if listed:
        known = indices(root)
        if what and what not in known:
            raise NothingToDoError(f"Chưa có tệp câu chữ «{what}.md»; hiện có: {', '.join(known)}.")
        if language not in languages(root):
            spoken = ", ".join(languages(root))
            raise NothingToDoError(f"Chưa có câu chữ tiếng «{language}»; hiện có: {spoken}.")
        for line in listing(root, language, what or "index"):
            out.print(line, markup=False, soft_wrap=True)
        return
    if not what.strip():
        raise NothingToDoError("Cần một đoạn của báo cáo đặt trong dấu nháy, hoặc --list.")
    hits = find(root, what)
    if not hits:
        raise NothingToDoError(f"Không có câu nào trong params/words chứa chữ của «{what}».")
    for hit in hits:
        out.print(str(hit), markup=False, soft_wrap=True)
