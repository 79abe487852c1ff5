"""Annual reports of all offices that ship and of the made-up province, as text for tests."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from helpers.project import Project
from helpers.reports.annual import result as annual
from helpers.reports.annual import text as commentary
from helpers.reports.annual.result import AnnualResult
from helpers.reports.annual.tables import TABLES
from helpers.reports.annual.text import ANNEXES, SECTIONS_WRITTEN
from helpers.simulation import simulate
from helpers.words.text import plain

CHECKOUT = Path(__file__).resolve().parents[1]
SHIPPED = (
    ("quang-nam", 2023),
    ("an-giang", 2021),
    ("son-la", 2023),
    ("binh-thuan", 2022),
    ("thanh-hoa", 2023),
)
SIMULATED = ("tinh-mau", 2024)
SCALE = 0.02
SPAN = re.compile(r'\[([^\]\[]*)\]\{\.so title="([^"]*)"\}')


@dataclass(frozen=True)
class Report:
    """What an annual report prints, piece by piece, as Markdown."""

    result: AnnualResult
    texts: dict[str, str]
    tables: dict[str, str]
    captions: dict[str, str]

    @property
    def name(self) -> str:
        return f"{self.result.place.slug} {self.result.year}"

    @property
    def everything(self) -> str:
        return "\n\n".join((*self.texts.values(), *self.tables.values()))

    @property
    def prose(self) -> list[str]:
        """Paragraphs and list items of the body, without traces and headings."""
        body = "\n".join(text for name, text in self.texts.items() if not name.startswith("annex"))
        lines = (plain(line).strip() for line in body.split("\n"))
        return [line.removeprefix("- ") for line in lines if line and not line.startswith("#")]


def checkout_in(folder: Path) -> Project:
    """Copy what a report needs, with the deliveries that ship; the made-up ones are made anew."""
    for name in ("params", "data/published", "notebooks"):
        shutil.copytree(CHECKOUT / name, folder / name)
    for slug, year in SHIPPED:
        made = f"data/provinces/{slug}/{year}"
        shutil.copytree(CHECKOUT / made, folder / made)
    return Project(folder)


def simulated_in(project: Project) -> None:
    """Make the made-up province small."""
    simulate(project, scale=SCALE)


def report_of(result: AnnualResult) -> Report:
    """Write all that the notebook shows."""
    texts = {"mo-dau": commentary.opening(result).markdown}
    texts["indices"] = commentary.indices_lead(result).markdown
    for name in SECTIONS_WRITTEN:
        texts[name] = commentary.section(result, name).markdown
    texts["closing"] = commentary.closing(result).markdown
    for name in ANNEXES:
        texts[f"annex {name}"] = commentary.annex(result, name).markdown
    shown = [(table.__name__, table(result)) for table in TABLES]
    captions = {f"table {name}": table.caption for name, table in shown if not table.is_empty}
    return Report(
        result,
        {name: text for name, text in texts.items() if text},
        {name: table.markdown for name, table in shown if not table.is_empty},
        captions,
    )


def with_annexes(result: AnnualResult) -> AnnualResult:
    """Turn all annexes on, as an office does in its settings."""
    return replace(result, office=result.office.model_copy(update={"annexes": ANNEXES}))


@lru_cache(maxsize=16)
def report(slug: str, year: int, project: Project) -> Report:
    """Return the report of an office, made once for all tests."""
    return report_of(with_annexes(annual.evaluate(slug, year, project)))
