"""The Word template that a report takes its styles, head and foot from: ours, or the office's own.

Two files ship, made by ``tools/word_templates.py``. An office copies one to ``params/word/``, opens it
in Word and puts its letterhead into it; from then on the copy serves.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.exceptions import PackageNotFoundError
from docx.shared import Pt, RGBColor

from helpers.project import Project
from helpers.publishing.errors import PublishError
from helpers.publishing.files import ASSETS, write_atomically
from helpers.publishing.front_matter import SIMULATED_BAND

REPORT, OFFICIAL = "bao-cao.docx", "van-ban.docx"
"""Of a report, and of a document to sign (Nghị định 30/2020/NĐ-CP)."""
OWN = Path("params", "word")
"""Where an office keeps its own, in the checkout."""
_WARN = RGBColor.from_string("8A3B00")


def word_template(project: Project, *, official: bool, simulated: bool) -> Path:
    """Return the Word template of a report.

    Parameters
    ----------
    project : Project
        Whose ``params/word`` is looked into first.
    official : bool
        Whether the report is a document to sign.
    simulated : bool
        Whether the head of every page says that the data are simulated; that copy is kept in
        ``outputs/.cache``.

    Raises
    ------
    PublishError
        If the office's own file is no Word file, or lacks a style that reports are written in.
    """
    name = OFFICIAL if official else REPORT
    own = project.root / OWN / name
    source = own if own.is_file() else ASSETS / name
    if source == own:
        _check(own, name)
    if not simulated:
        return source
    digest = hashlib.sha256(source.read_bytes() + Path(__file__).read_bytes()).hexdigest()[:12]
    copy = project.cache / f"{source.stem}-mo-phong-{digest}.docx"
    return copy if copy.is_file() else write_atomically(copy, _with_band(source))


def _check(own: Path, name: str) -> None:
    where = OWN / name
    try:
        styles = _styles(docx.Document(str(own)))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise PublishError(
            f"{where}: không phải tệp Word (.docx). Chép lại từ mẫu đi kèm và sửa trong Word, hoặc bỏ "
            "tệp này để dùng mẫu đi kèm."
        ) from error
    missing = sorted(_styles(docx.Document(str(ASSETS / name))) - styles)
    if missing:
        raise PublishError(
            f"{where}: thiếu kiểu «{'», «'.join(missing)}» mà báo cáo dùng. Chép lại từ mẫu đi kèm rồi "
            "sửa kiểu, không xóa."
        )


def _styles(word: WordDocument) -> set[str]:
    """Return the names of the styles of paragraphs, letters and tables."""
    kinds = (WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER, WD_STYLE_TYPE.TABLE)
    return {style.name for style in word.styles if style.type in kinds}


def _with_band(source: Path) -> bytes:
    """Say above whatever heads the pages that the data are simulated."""
    word = docx.Document(str(source))
    for section in word.sections:
        heads = [section.header]
        if section.different_first_page_header_footer:
            heads.append(section.first_page_header)
        for head in heads:
            first = head.paragraphs[0]
            band = first.insert_paragraph_before() if first.text or first.runs else first
            band.alignment = WD_ALIGN_PARAGRAPH.CENTER
            band.paragraph_format.space_after = Pt(0)
            run = band.add_run(f"{SIMULATED_BAND} – không phải kết quả thật")
            run.bold, run.font.size, run.font.color.rgb = True, Pt(9), _WARN
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()
