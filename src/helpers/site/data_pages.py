"""The data page: every published table as CSV and workbook, described for people and machines."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from markupsafe import Markup
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from helpers.definitions.framework import load_framework
from helpers.display.csv_text import csv_bytes, harmless
from helpers.execution.tracking import digest_path
from helpers.inputs.published import published, published_files, published_indices
from helpers.project import Project
from helpers.publishing import PublishError
from helpers.site import addresses
from helpers.site.datasets import dataset
from helpers.site.downloads import as_json, csvw, tables_xlsx
from helpers.site.frame import render
from helpers.site.listings import Group
from helpers.site.report_pages import about
from helpers.site.settings import Site
from helpers.site.taken_apart import CellOf, DataTable
from helpers.words.text import joined

_TYPES = {"text": "string", "whole": "integer", "number": "number", "address": "string"}


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Column(_Frozen):
    """A column: its name in the file, what it means, its kind."""

    name: str
    meaning: str
    type: str = "text"


class Series(_Frozen):
    """A table that readers can download whole (``params/site/data.yml``).

    ``source`` is a file, or ``data/published`` for the table of one published index.
    """

    file: str
    source: str
    title: str
    text: str
    rights: str = ""
    creator: str = ""
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class DataPage:
    """Everything that the data page is made from.

    Parameters
    ----------
    site : Site
    series : tuple of Series
    digests : tuple of str
        Of the tables' files.
    reports : int
        How many reports have figures of their own to download.
    """

    site: Site
    series: tuple[Series, ...]
    digests: tuple[str, ...]
    reports: int
    address: str = addresses.DATA

    def files(self, project: Project) -> dict[str, bytes]:
        """Return the page and the files of every table."""
        made: dict[str, bytes] = {}
        counts: dict[str, int] = {}
        for series in self.series:
            rows = _rows(project, series)
            counts[series.file] = len(rows)
            made |= self._files_of(series, rows)
        catalogue = {
            "@context": "http://www.w3.org/ns/csvw",
            "tables": [
                {k: v for k, v in self._csvw(s).items() if k != "@context"} for s in self.series
            ],
        }
        made[f"{self.address}csv-metadata.json"] = as_json(catalogue)
        made[f"{self.address}index.html"] = self._page(counts)
        return made

    def _csvw(self, series: Series) -> dict[str, object]:
        columns = [
            {
                "name": column.name,
                "titles": column.name,
                "dc:description": column.meaning,
                "datatype": _TYPES[column.type],
            }
            for column in series.columns
        ]
        described = dict(about(self.site, series.creator))
        described["dc:rights"] = series.rights
        return csvw(f"{series.file}.csv", series.title, columns, **described)

    def _files_of(self, series: Series, rows: list[list[str]]) -> dict[str, bytes]:
        head = [column.name for column in series.columns]
        kinds = [column.type for column in series.columns]
        table = DataTable(
            series.file,
            series.title,
            tuple(head),
            tuple(
                tuple(_cell(text, kind) for text, kind in zip(row, kinds, strict=True))
                for row in rows
            ),
            tuple(f"{column.name}: {column.meaning}" for column in series.columns),
        )
        cover = [
            ("Nội dung", series.text),
            ("Đơn vị công bố", series.creator),
            ("Quyền sử dụng", series.rights or self.site.licence.text),
            ("Địa chỉ", f"{self.site.address}{self.address}"),
        ]
        safe = [
            [harmless(text) if k == "text" else text for text, k in zip(row, kinds, strict=True)]
            for row in rows
        ]
        return {
            f"{self.address}{series.file}.csv": csv_bytes([head, *safe]),
            f"{self.address}{series.file}.csv-metadata.json": as_json(self._csvw(series)),
            f"{self.address}{series.file}.xlsx": tables_xlsx(series.title, cover, [table]),
        }

    def _page(self, counts: dict[str, int]) -> bytes:
        groups = [
            Group(
                "Tải toàn bộ chuỗi số liệu",
                "toan-bo",
                head=("Bảng", "Nội dung", "Số dòng", "Tải về"),
                caption="Các bảng số liệu đã công bố, kèm nguồn của từng dòng",
                rows=tuple(
                    (s.title, s.text, f"{counts[s.file]:,}".replace(",", "."), _links(s.file))
                    for s in self.series
                ),
                text="Tệp CSV dùng mã UTF-8, dấu phẩy ngăn cột và dấu chấm thập phân. Mỗi tệp có mô tả "
                "theo chuẩn CSV on the Web (tệp .csv-metadata.json).",
            ),
            Group(
                "Số liệu của từng báo cáo",
                "tung-bao-cao",
                text=f"Mỗi trang trong {self.reports} báo cáo có nút tải về: Excel (bìa, mục lục, "
                "ghi chú, mỗi bảng một trang tính), CSV (mỗi ô một dòng, kèm nguồn), sổ tay đã chạy, "
                "và PDF, Word nếu đã lập.",
            ),
        ]
        groups += [
            Group(
                f"Các cột của bảng: {s.title}",
                f"cot-{s.file}",
                head=("Cột", "Ý nghĩa", "Kiểu"),
                caption=f"Từ điển của {s.file}.csv" + (f". {s.rights}" if s.rights else ""),
                rows=tuple((c.name, c.meaning, _KINDS[c.type]) for c in s.columns),
            )
            for s in self.series
        ]
        files = [f"{self.address}{s.file}.{kind}" for s in self.series for kind in ("csv", "xlsx")]
        return render(
            "listing.html.j2",
            self.site,
            self.address,
            "Dữ liệu",
            section=addresses.DATA,
            description="Tải toàn bộ số liệu đã công bố dạng CSV và Excel, kèm mô tả và nguồn.",
            dataset=dataset(
                self.site,
                self.address,
                "Chỉ số quản trị cấp tỉnh của Việt Nam",
                self.site.sentence,
                files,
                years="2011/..",
                place="Việt Nam",
                keywords=[s.title for s in self.series],
            ),
            lead="Toàn bộ số liệu đã công bố mà các trang dùng, và số liệu của từng báo cáo.",
            groups=groups,
            crumbs=(("Dữ liệu", None),),
        )


_KINDS = {"text": "chữ", "whole": "số nguyên", "number": "số", "address": "địa chỉ"}


def data_page(project: Project, site: Site, reports: int) -> DataPage:
    """Read ``params/site/data.yml``.

    Raises
    ------
    PublishError
        If the file is not as expected or names a table that is not there.
    """
    path = project.root / "params" / "site" / "data.yml"
    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
        series = TypeAdapter(tuple[Series, ...]).validate_python(values)
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise PublishError(f"params/site/data.yml: {error}") from error
    series = tuple(table for one in series for table in _tables(one, project, site))
    files = [path for one in series for path in _files(one, project)]
    return DataPage(site, series, tuple(digest_path(path) for path in files), reports)


def _tables(series: Series, project: Project, site: Site) -> Iterator[Series]:
    """Yield the table itself, or one for each published index."""
    path = project.root / series.source
    if path == project.published:
        yield from (_of_index(series, index, project, site) for index in published_indices(project))
    elif path.is_file():
        yield series
    else:
        raise PublishError(f"params/site/data.yml: không có tệp {series.source}.")


def _of_index(series: Series, index: str, project: Project, site: Site) -> Series:
    """Return the table of a published index, named as its definition names it."""
    named, rights = site.names.get(index, index), ""
    if (project.definitions / f"{index}.yml").is_file():
        framework = load_framework(index, project)
        named, rights = framework.short_name, framework.rights
    rows = published(index, project)
    stated = [name for name in rows["publisher"].unique() if name]
    text = series.text.format(name=named)
    if (rows["status"] == "simulated").any():
        text = f"Có số liệu mô phỏng, không phải số liệu chính thức. {text}"
    return series.model_copy(
        update={
            "file": index,
            "title": series.title.format(name=named),
            "text": text,
            "rights": rights,
            "creator": joined(stated) or "Theo nguồn ghi ở từng dòng",
        }
    )


def _files(series: Series, project: Project) -> tuple[Path, ...]:
    path = project.root / series.source
    return published_files(series.file, project) if path == project.published else (path,)


def _rows(project: Project, series: Series) -> list[list[str]]:
    path = project.root / series.source
    if path == project.published:
        return _published_rows(project, series)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        missing = [c.name for c in series.columns if c.name not in (reader.fieldnames or ())]
        extra = [
            name for name in reader.fieldnames or () if name not in {c.name for c in series.columns}
        ]
        if missing or extra:
            raise PublishError(
                f"params/site/data.yml: {series.source} thiếu cột {missing}, có cột chưa mô tả {extra}."
            )
        return [[row[column.name] for column in series.columns] for row in reader]


def _published_rows(project: Project, series: Series) -> list[list[str]]:
    """Return the checked rows of an index; a value as its file writes it."""
    made = published(series.file, project)
    digits = made["decimals"].fillna(0).astype(int)
    values = [
        "" if value != value else f"{value:.{places}f}"
        for value, places in zip(made["value"], digits, strict=True)
    ]
    shown = made.assign(value=values)[[column.name for column in series.columns]]
    return shown.astype(object).where(shown.notna(), "").astype(str).to_numpy().tolist()


def _cell(text: str, kind: str) -> CellOf:
    if kind in ("whole", "number") and text:
        return CellOf(text, number=float(text) if kind == "number" else int(text))
    return CellOf(text)


def _links(file: str) -> Markup:
    return Markup(" · ").join(
        Markup('<a class="together" href="{0}" download aria-label="{1}: {0}">{1}</a>').format(
            f"{file}.{ending}", label
        )
        for ending, label in (("csv", "CSV"), ("xlsx", "Excel"), ("csv-metadata.json", "Mô tả"))
    )
