"""``chiso new`` and ``chiso check``: what an office does before there is a report."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Argument, Option

from helpers.cli.choose import NothingToDoError, find_office
from helpers.cli.console import err, out
from helpers.cli.options import OneOffice
from helpers.cli.vietnamese import Command
from helpers.inputs.delivery import Delivery, is_office_slug, office_slug
from helpers.inputs.problems import InputError, Problem, gathered
from helpers.places import Place, register, system_of_year
from helpers.project import Project, find_project

if TYPE_CHECKING:
    # The module of deliveries imports pandas, which most commands can do without.
    from helpers.inputs.entry import Entry

_ORDER = {"error": 0, "warning": 1, "note": 2}

Province = Annotated[
    str, Argument(metavar="TỈNH", help="Tên hoặc mã tỉnh, thành phố, ví dụ quang-nam.")
]
ReportYear = Annotated[
    int, Argument(metavar="NĂM", min=2000, max=2100, help="Năm báo cáo, ví dụ 2023.")
]
Unit = Annotated[
    str,
    Option(
        "--unit",
        metavar="TÊN",
        help="Tên cơ quan lập báo cáo. Mặc định: như năm trước, hoặc Ủy ban nhân dân tỉnh.",
    ),
]


OnlyTell = Annotated[bool, Option("--dry-run", help="Chỉ nêu các tệp sẽ chuyển.")]


def register_commands(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command(
        "new",
        cls=Command,
        short_help="Lập tệp thông số và sổ nhập liệu cho một cơ quan.",
        help="Lập tệp thông số và sổ nhập liệu cho một cơ quan và một năm; không ghi đè tệp đã có.",
    )(new)
    app.command(
        "check",
        cls=Command,
        short_help="Kiểm tra số liệu đã nhập, nêu cách xử lý từng lỗi.",
        help="Kiểm tra số liệu đã nhập: nêu tệp, trang tính, ô, điều chưa đúng và cách xử lý.",
    )(check)
    app.command(
        "move",
        cls=Command,
        short_help="Chuyển số liệu đã nộp ở cấp tỉnh vào thư mục của cơ quan.",
        help="Chuyển tệp thông số, số liệu và lời văn nộp dưới tên tỉnh vào thư mục riêng của cơ quan "
        "đã nộp; không ghi đè tệp nào.",
    )(move)


def new(province: Province, year: ReportYear, unit: Unit = "", office: OneOffice = "") -> None:
    """Lay out the settings and the entry workbook, and say what to do next."""
    from helpers.inputs.starting import start_delivery

    project = find_project()
    place = _place(province, year, project)
    delivery, unit = _new_delivery(place, year, " ".join(office.split()), " ".join(unit.split()))
    started = start_delivery(place, delivery, unit, project)
    for path in started.existing:
        out.print(f"Đã có, giữ nguyên: {project.relative(path)}", markup=False, soft_wrap=True)
    for path in started.written:
        out.print(f"Đã lập: {project.relative(path)}", markup=False, soft_wrap=True)
    if not started.written:
        raise NothingToDoError(
            f"Đã có đủ tệp của {place.name} năm {year} ({delivery.folder_name}); không tệp nào bị "
            "thay đổi. Muốn lập lại, hãy đổi tên hoặc chuyển tệp cũ đi trước."
        )
    if started.last is not None:
        out.print(f"Đã chép số liệu và các dòng của năm {year - 1}.", markup=False)
        if ended := register(project).same_parts(year - 1, year):
            out.print(
                f"Không chép các dòng theo huyện, xã: {'; '.join(ended)}.",
                markup=False,
                soft_wrap=True,
            )
    if started.another_office:
        out.print(
            f"Không chép số liệu năm {year - 1}: đó là số liệu của {started.another_office}.",
            markup=False,
            soft_wrap=True,
        )
    if started.another_unit:
        out.print(
            f"Không chép số liệu năm {year - 1}: {'; '.join(started.another_unit)}. Số liệu của một "
            f"đơn vị cũ không phải là số liệu năm {year - 1} của {place.full_name(year)}.",
            markup=False,
            soft_wrap=True,
        )
    if started.problems:
        out.print(
            f"Chưa chép được gì từ năm {year - 1} vì số liệu năm đó còn lỗi; xem: chiso check "
            f"{replace(delivery, year=year - 1).options}",
            markup=False,
            soft_wrap=True,
        )
    out.print(f"Điền hai tệp rồi chạy: chiso check {delivery.options}", markup=False)


def check(province: Province, year: ReportYear, office: OneOffice = "") -> None:
    """Print all problems; the exit status is 1 if there is an error."""
    from helpers.inputs.checking import check_delivery
    from helpers.reports.reconciliation.text import discrepancy_problems
    from helpers.words.checking import check_words

    project = find_project()
    place = _place(province, year, project)
    delivery = find_office(place, year, office, project)
    checked = check_delivery(delivery, project)
    ask = partial(discrepancy_problems, checked.entry) if checked.entry else tuple
    doubts = _told(ask, delivery, project)
    indices = _index_problems(delivery, project) if checked.entry else ()
    # What an index refuses would stop the annual report, too, before its own text is looked at.
    own = _own_text(delivery, project) if checked.entry and not indices else ()
    words = check_words(project.root)
    problems = sorted(
        dict.fromkeys((*checked.problems, *doubts, *indices, *own, *words)),
        key=lambda problem: _ORDER[problem.severity],
    )
    for problem in gathered(problems):
        out.print(str(problem), markup=False, soft_wrap=True)
    if checked.entry is not None:
        out.print(_summary(checked.entry, dict(checked.records)), markup=False, soft_wrap=True)
    counts = Counter(problem.severity for problem in problems)
    told = f"{counts['error']} lỗi, {counts['warning']} cảnh báo, {counts['note']} ghi chú."
    if counts["error"]:
        err.print(
            f"{told} Còn lỗi thì chưa lập được báo cáo: sửa rồi kiểm tra lại.",
            markup=False,
            soft_wrap=True,
        )
        raise typer.Exit(1)
    out.print(
        f"{told} Lập báo cáo: chiso run {delivery.run_options}",
        markup=False,
        soft_wrap=True,
    )


def move(
    province: Province, year: ReportYear, office: OneOffice = "", dry_run: OnlyTell = False
) -> None:
    """Move what an office delivered in its province's name into its own folder."""
    from helpers.inputs.moving import carry_out, moves_to
    from helpers.inputs.office import read_office

    project = find_project()
    place = _place(province, year, project)
    own = Delivery(year, place.slug)
    # A move that was stopped has taken no settings yet: they go last, and name the office.
    name = office or read_office(own, project).office.brief
    delivery, _ = _new_delivery(place, year, name, "")
    moves = moves_to(delivery, project)
    for source, target in moves:
        told = f"{project.relative(source)} → {project.relative(target)}"
        out.print(told, markup=False, soft_wrap=True)
    if dry_run:
        out.print(f"Sẽ chuyển {len(moves)} tệp; chưa chuyển gì.", markup=False)
        return
    carry_out(moves)
    out.print(
        f"Đã chuyển {len(moves)} tệp. Báo cáo đã lập ở outputs/reports/{year}/{place.slug} giữ nguyên. "
        f"Kiểm tra: chiso check {delivery.options}",
        markup=False,
        soft_wrap=True,
    )


def _index_problems(delivery: Delivery, project: Project) -> tuple[Problem, ...]:
    """Return what only an index can tell is wrong, such as a criterion that it does not have."""
    from helpers.reports.annual.result import PARTS

    def evaluated(evaluate: Callable[[str, int, Project, str], object]) -> tuple[Problem, ...]:
        with contextlib.suppress(LookupError):  # nothing was delivered for this index
            evaluate(delivery.province, delivery.year, project, delivery.office)
        return ()

    asked = (partial(evaluated, evaluate) for evaluate in PARTS.values())
    return tuple(problem for ask in asked for problem in _told(ask, delivery, project))


def _told(
    ask: Callable[[], tuple[Problem, ...]], delivery: Delivery, project: Project
) -> tuple[Problem, ...]:
    """Return the problems asked for, or those for which nothing could be asked."""
    from helpers.definitions import DefinitionError

    try:
        return ask()
    except InputError as error:
        return tuple(error.errors)
    except DefinitionError as error:
        settings = project.relative(delivery.settings(project))
        remedy = "sửa mục rules theo docs/data-entry.md và docs/rule-sets.md."
        return (Problem("error", settings, None, None, "bad-rules", str(error), remedy),)


def _own_text(delivery: Delivery, project: Project) -> tuple[Problem, ...]:
    """Return what is to be looked at again in the office's own words for the annual report."""
    from helpers.inputs.own_text import has_own_text
    from helpers.reports.annual.result import evaluate
    from helpers.reports.annual.text import own_text_problems

    # Without own words there is nothing to cite, and all indices need not be computed.
    if not has_own_text(delivery, project):
        return ()
    try:
        return own_text_problems(
            evaluate(delivery.province, delivery.year, project, delivery.office)
        )
    except InputError as error:
        return error.problems


def _new_delivery(place: Place, year: int, office: str, unit: str) -> tuple[Delivery, str]:
    """Return the key of a delivery that is to be laid out, and the name of its office.

    ``--office`` takes a slug or the office's name, from which the slug follows.
    """
    slug = office_slug(office)
    if office and not is_office_slug(slug):
        raise NothingToDoError(f"--office «{office}»: cần tên cơ quan, ví dụ so-y-te.")
    return Delivery(year, place.slug, slug), unit or ("" if slug == office else office)


def _place(text: str, year: int, project: Project) -> Place:
    try:
        return register(project).find(text, system_of_year(year, project))
    except ValueError as error:
        raise NothingToDoError(str(error)) from error


def _summary(entry: Entry, records: dict[str, int]) -> str:
    parts = [f"{len(entry.figures)} số liệu"]
    parts += [
        f"bảng «{form.sheet}» {len(entry.table(form.key))} dòng"
        for form in entry.forms.tables
        if len(entry.table(form.key))
    ]
    parts += [f"tệp «{file}» {rows} dòng" for file, rows in records.items()]
    return f"Đã đọc: {', '.join(parts)}."
