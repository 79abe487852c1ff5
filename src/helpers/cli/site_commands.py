"""The commands that make and show the website."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from helpers.cli.console import out, tell_of_others
from helpers.cli.options import CORES, EngineName, OneOffice, Workers
from helpers.cli.vietnamese import Command
from helpers.execution.lock import alone
from helpers.project import find_project

Years = Annotated[
    list[int] | None,
    typer.Option(
        "--year",
        metavar="NĂM",
        help="Chỉ lập lại trang của năm này, lặp lại được; trang năm khác giữ nguyên. "
        "Mặc định: mọi năm đã có báo cáo.",
    ),
]
Address = Annotated[
    str,
    typer.Option(
        metavar="ĐỊA CHỈ",
        help="Nơi trang sẽ đứng, ví dụ https://chiso.gov.vn/. Mặc định: params/site/site.yml.",
    ),
]
SiteEngine = Annotated[
    EngineName,
    typer.Option(
        "--engine",
        metavar="pandoc|quarto",
        help="pandoc (mặc định) viết trang tĩnh; quarto viết một dự án website Quarto.",
    ),
]
Remove = Annotated[
    bool,
    typer.Option(
        "--remove", help="Bỏ khỏi trang web cả những báo cáo không còn trong outputs/reports."
    ),
]
To = Annotated[Path | None, typer.Option("--to", metavar="THƯ MỤC", help="Mặc định: outputs/site.")]


def publish(
    year: Years = None,
    engine: SiteEngine = EngineName.pandoc,
    address: Address = "",
    to: To = None,
    jobs: Workers = CORES,
    remove: Remove = False,
) -> None:
    """Write the website from the executed reports; nothing is executed."""
    project = find_project()
    if engine is EngineName.quarto:
        from helpers.site.quarto_site import write_quarto_site

        with alone(project, tell_of_others):
            written = write_quarto_site(
                project, years=tuple(year or ()), address=address, folder=to, remove=remove
            )
        out.print(written.told(project), markup=False, soft_wrap=True)
        return
    from helpers.site import build_site
    from helpers.site.keeping import in_short

    with alone(project, tell_of_others):
        built = build_site(
            project,
            years=tuple(year or ()),
            address=address,
            workers=jobs,
            folder=to,
            remove=remove,
            say=lambda text: out.print(text, markup=False, soft_wrap=True),
        )
    if not built.reports:
        out.print(
            "Chưa có báo cáo nào đã chạy; trang chỉ có danh mục tỉnh, phương pháp và dữ liệu. "
            "Hãy chạy: chiso run --province all",
            markup=False,
            soft_wrap=True,
        )
    out.print(
        f"Trang web có {built.pages} mục, {built.reports} báo cáo: lập {built.made}, "
        f"giữ nguyên {built.pages - built.made}, bỏ {built.removed} tệp cũ.",
        markup=False,
        soft_wrap=True,
    )
    if built.foreign:
        out.print(
            f"Để nguyên {len(built.foreign)} tệp không do chiso lập: {in_short(built.foreign)}.",
            markup=False,
            soft_wrap=True,
        )
    if built.example_address:
        out.print(
            "Địa chỉ trang còn là địa chỉ ví dụ: ghi địa chỉ thật vào params/site/site.yml hoặc dùng "
            "--address, để sơ đồ trang, tin cập nhật và phần trích dẫn đúng.",
            markup=False,
            soft_wrap=True,
        )
    name = project.relative(built.folder / "index.html")
    out.print(f"Mở trang chủ: {name}", markup=False, soft_wrap=True)


def preview(
    report: Annotated[
        str, typer.Option("--report", metavar="TÊN", help="Sổ tay đang sửa. Mặc định: papi.")
    ] = "papi",
    province: Annotated[
        str, typer.Option("--province", metavar="TỈNH", help="Tỉnh, thành phố để xem thử.")
    ] = "quang-nam",
    office: OneOffice = "",
    year: Annotated[
        int | None, typer.Option("--year", metavar="NĂM", help="Mặc định: năm mới nhất có số liệu.")
    ] = None,
    port: Annotated[int, typer.Option("--port", metavar="CỔNG", min=0, max=65535)] = 4300,
) -> None:
    """Serve the site and make one report again whenever its notebook or parameters change."""
    from helpers.cli.choose import plan
    from helpers.site.preview import serve

    project = find_project()
    jobs = plan(project, [report], [province], year, [office] if office else None).jobs
    serve(project, jobs[0], port, lambda text: out.print(text, markup=False, soft_wrap=True))


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command(
        "publish",
        cls=Command,
        help="Lập trang web tĩnh outputs/site từ các báo cáo đã chạy; chỉ lập lại trang đã đổi.",
    )(publish)
    app.command(
        "preview",
        cls=Command,
        help="Mở trang ở máy này và tự lập lại khi sửa sổ tay hoặc params.",
    )(preview)
