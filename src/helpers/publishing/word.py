"""From a document to a Word file whose bytes depend on nothing but the notebook."""

from __future__ import annotations

from helpers.publishing.pandoc import Job
from helpers.publishing.reference_docx import reference_docx


def make_word(job: Job) -> bytes:
    """Return a report as DOCX, with styles that an office can go on working with.

    Raises
    ------
    PublishError
        If pandoc fails; the message shows the first lines.
    """
    front_matter = job.document.front_matter
    names = job.write_figures("png")
    reference = reference_docx(job.project, simulated=front_matter.simulated)
    arguments = [
        "--to=docx",
        "--output=-",
        f"--reference-doc={reference}",
        # Word's language tags name the country as well.
        f"--metadata=lang:{'vi-VN' if front_matter.lang == 'vi' else front_matter.lang}",
        f"--metadata=title:{front_matter.title}",
        f"--metadata=subtitle:{front_matter.subtitle}",
        f"--metadata=date:{' · '.join(front_matter.details)}",
        f"--metadata=lead:{front_matter.description}",
        f"--metadata=description:{front_matter.description}",
        *(f"--metadata=author:{front_matter.author}" for _ in [0] if front_matter.author),
        *(f"--metadata=keywords:{item}" for item in front_matter.categories),
    ]
    return job.run_pandoc(arguments, names)
