"""The engine that needs nothing but packages: nbconvert, pandoc and Typst.

It publishes the same executed notebook as Quarto does (docs/architecture.md). pandoc is called once
for each format; everything that must not differ between formats happens in one Lua filter.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from helpers.project import Project
from helpers.publishing.document import Document, read_document
from helpers.publishing.errors import PublishError
from helpers.publishing.files import write_atomically
from helpers.publishing.front_matter import read_notebook
from helpers.publishing.job import Job
from helpers.publishing.references import check_references


def publish_pandoc(notebook: Path, formats: Sequence[str], project: Project) -> tuple[Path, ...]:
    """Publish an executed, stamped notebook with pandoc and Typst.

    Parameters
    ----------
    notebook : Path
        Executed and stamped; left as it is.
    formats : sequence of {"html", "pdf", "docx"}
        What to write, beside the notebook and with its name.
    project : Project
        Where fonts and the Word template are kept once made.

    Returns
    -------
    tuple of Path
        The files written, in the order asked for.

    Raises
    ------
    PublishError
        If a format could not be written. The others are written all the same, and an earlier
        file of the failed format stays as it is.
    """
    read = read_notebook(notebook)
    document = read_document(read, notebook.name)
    check_references(read, notebook.name)
    failures: list[str] = []
    written: list[Path] = []
    # The page comes last: it links the files of the other formats that are there.
    for wanted in sorted(dict.fromkeys(formats), key=lambda kind: kind == "html"):
        target = notebook.with_suffix(f".{wanted}")
        try:
            with tempfile.TemporaryDirectory(prefix="chiso-") as folder:
                around = _around(document, wanted, project)
                job = Job(document, target, project, Path(folder), around)
                written.append(write_atomically(target, _maker(wanted)(job)))
        except PublishError as error:
            failures.append(str(error))
    if failures:
        raise PublishError("\n".join(failures))
    return tuple(notebook.with_suffix(f".{wanted}") for wanted in formats)


def _around(document: Document, wanted: str, project: Project) -> dict[str, str]:
    official = document.front_matter.official
    if official is None:
        return {}
    from helpers.publishing.official_parts import parts_for
    from helpers.publishing.serif import widths

    measured = widths(official, project) if wanted == "docx" else {}
    return parts_for(official, wanted, measured)


def _maker(wanted: str) -> Callable[[Job], bytes]:
    # Imported when needed: a page needs neither Typst nor python-docx.
    if wanted == "html":
        from helpers.publishing.page import make_page

        return make_page
    if wanted == "pdf":
        from helpers.publishing.pdf import make_pdf

        return make_pdf
    if wanted == "docx":
        from helpers.publishing.word import make_word

        return make_word
    raise PublishError(f"Không có định dạng «{wanted}»; chỉ có html, pdf, docx.")
