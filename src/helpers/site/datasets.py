"""What machines are told about a page's figures: schema.org Dataset as JSON-LD."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from helpers.site.settings import Site

_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ipynb": "application/x-ipynb+json",
}


def dataset(
    site: Site,
    address: str,
    name: str,
    description: str,
    files: Sequence[str],
    *,
    years: str,
    place: str,
    creator: str = "",
    keywords: Sequence[str] = (),
) -> Mapping[str, Any]:
    """Describe the figures of a page.

    Parameters
    ----------
    site : Site
    address : str
        Of the page.
    name, description : str
        A description of less than 50 characters is not accepted by search engines; the name is then
        put in front of it.
    files : sequence of str
        Addresses of the downloads.
    years : str
        ``2024``, or ``2020/2024`` for a span.
    place : str
        Whom the figures are about.
    creator : str
        Who measured; the publisher of the site if empty.
    keywords : sequence of str
    """
    text = description if len(description) >= 50 else f"{name}. {description}".strip()
    if len(text) < 50:
        text = f"{text} Số liệu kèm nguồn của từng con số, tải về được dạng CSV và Excel."
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": name,
        "description": text,
        "url": f"{site.address}{address}",
        "inLanguage": "vi",
        "isAccessibleForFree": True,
        "license": site.licence.url,
        "temporalCoverage": years,
        "spatialCoverage": {"@type": "Place", "name": place},
        "creator": {"@type": "Organization", "name": creator or site.publisher},
        "publisher": {"@type": "Organization", "name": site.publisher},
        "keywords": list(keywords),
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": f"{site.address}{file}",
                "encodingFormat": _TYPES[file.rpartition(".")[2]],
            }
            for file in files
            if file.rpartition(".")[2] in _TYPES
        ],
    }
