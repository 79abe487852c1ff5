"""One list of everything that was made, and of what it was made from."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from helpers.execution.plan import report_paths
from helpers.execution.record import Record, read_record
from helpers.project import Project


def write_manifest(project: Project) -> Path:
    """Write ``outputs/manifest.json`` from the records of all reports.

    Parameters
    ----------
    project : Project

    Returns
    -------
    Path
        A JSON file: for every report its parameters, the fingerprint of what it was made from, the
        digest of every file, the seconds by step, and the commit; files that a person changed and that
        were left; the versions of the libraries once.
    """
    reports = []
    versions: dict[str, dict[str, str]] = {}
    for path in report_paths(project.outputs / "reports", "*.record.json"):
        record = read_record(path)
        if record is None:
            continue
        key = _digest(record.versions)[:12]
        versions[key] = record.versions
        reports.append(_entry(record, path, key, project))
    target = project.outputs / "manifest.json"
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    body = {"reports": reports, "versions": versions}
    try:
        temporary.write_text(
            json.dumps(body, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    return target


def _entry(record: Record, path: Path, versions: str, project: Project) -> dict[str, Any]:
    folder = path.parent
    artefacts = {"notebook": record.notebook, **record.formats}
    return {
        "report": record.report,
        "unit": record.unit,
        **({"office": record.office} if record.office else {}),
        "year": record.year,
        "parameters": record.parameters,
        "fingerprint": fingerprint_of(record),
        "inputs": record.inputs,
        "versions": versions,
        "commit": record.commit,
        "seconds": record.times,
        "files": {
            kind: {
                "path": (folder / artefact.file).relative_to(project.outputs).as_posix(),
                "sha256": artefact.digest,
                "bytes": artefact.size,
                **({"engine": artefact.made_with["engine"]} if artefact.made_with else {}),
            }
            for kind, artefact in artefacts.items()
        },
        **({"kept": sorted(record.kept)} if record.kept else {}),
    }


def fingerprint_of(record: Record) -> str:
    """Return one digest of all that decides what an executed notebook says."""
    return _digest(
        [record.template, record.parameters, record.inputs, record.helpers, record.versions]
    )


def _digest(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
