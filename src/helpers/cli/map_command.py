"""``chiso map``: how a file from another program is read, proposed, shown, and written after a yes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Argument, Option

from helpers.cli.console import out
from helpers.cli.vietnamese import Command
from helpers.inputs.delivery import Delivery
from helpers.project import Project, find_project

if TYPE_CHECKING:
    # Polars and rapidfuzz, which most commands can do without.
    from helpers.inputs.mapping import Mapping

File = Annotated[
    Path,
    Argument(
        metavar="TỆP",
        help="Tệp bản ghi: data/provinces/<tỉnh>/<năm>/<cơ quan>/<tệp>.",
        resolve_path=True,
    ),
]
Kind = Annotated[
    str,
    Option(
        "--kind",
        metavar="LOẠI",
        help="dossiers, households, petitions hoặc survey; mặc định: loại giống nhất.",
    ),
]
Yes = Annotated[bool, Option("--yes", help="Ghi mà không hỏi.")]
_SHOWN = 40


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(
        "map",
        cls=Command,
        short_help="Đề xuất cách đọc một tệp xuất từ phần mềm khác.",
        help="Xem một tệp bản ghi, đề xuất cột nào, từ nào của tệp là cột nào, giá trị nào của biểu; "
        "cho xem mười dòng như chương trình hiểu, rồi ghi vào tệp thông số nếu được đồng ý.",
    )(map_file)


def map_file(path: File, kind: Kind = "", yes: Yes = False) -> None:
    """Propose, show ten rows, ask, write."""
    from helpers.inputs.mapping import propose, write_mapping

    project = find_project()
    made = propose(path, project, kind)
    _show(made)
    delivery = _delivery_of(path, project)
    if delivery is None:
        out.print(
            "Tệp không nằm trong data/provinces/<tỉnh>/<năm>/<cơ quan>/ nên chưa ghi gì: chép tệp "
            "vào đó rồi chạy lại, hoặc chép các dòng trên vào tệp thông số.",
            markup=False,
            soft_wrap=True,
        )
        return
    if not yes and not typer.confirm("Ghi cách đọc này vào tệp thông số?", default=False):
        out.print("Chưa ghi gì.", markup=False)
        return
    written = write_mapping(made, delivery, project)
    out.print(
        f"Đã ghi: {project.relative(written)}. Kiểm tra: chiso check {delivery.options}",
        markup=False,
        soft_wrap=True,
    )


def _show(made: Mapping) -> None:
    def say(text: str) -> None:
        out.print(text, markup=False, soft_wrap=True)

    say(f"Loại tệp: {made.form.title} ({made.form.key}); tiêu đề ở dòng {made.table.first_row}.")
    for code, position in made.positions.items():
        heading = made.table.headings[position]
        say(f"  «{heading}» → {made.form.column(code).label} ({code})")
    for code, words in made.settings.words.items():
        for word, value in words.items():
            say(f"  {made.form.column(code).label}: «{word}» → {value}")
    for code, left in made.open_words.items():
        choices = ", ".join(made.form.column(code).choices or ("có", "không"))
        listed = ", ".join(f"«{word}»" for word in left[:_SHOWN])
        say(
            f"  {made.form.column(code).label}: chưa rõ nghĩa của {listed}; tự khai ở khóa words, mỗi "
            f"từ là một trong: {choices}."
        )
    if made.unused:
        say(f"  Không dùng: {', '.join(f'«{one}»' for one in made.unused[:_SHOWN])}.")
    if made.settings.number_rows:
        say("  Không có cột mã: lấy số thứ tự dòng làm mã, không phát hiện được bản ghi trùng.")
    say("Mười dòng đầu như chương trình hiểu:")
    for number, row in enumerate(made.rows(), start=1):
        say(f"  {number}. " + "; ".join(f"{label}: {value}" for label, value in row.items()))
    say("Các dòng cho tệp thông số:")
    say(made.as_yaml().rstrip())


def _delivery_of(path: Path, project: Project) -> Delivery | None:
    """Return whose a delivered file is and of which year, from where it lies."""
    try:
        parts = path.relative_to(project.deliveries.resolve()).parts
    except ValueError:
        return None
    if len(parts) not in (3, 4) or not parts[1].isdecimal():
        return None
    return Delivery(int(parts[1]), parts[0], parts[2] if len(parts) == 4 else "")
