"""Which offices delivered something for a report kind."""

from __future__ import annotations

from helpers.inputs.delivery import Delivery
from helpers.inputs.entry import Entry
from helpers.inputs.reading import delivered_for, has_delivered, read_entry
from helpers.inputs.records import find_records
from helpers.project import Project


class NothingDeliveredError(LookupError):
    """An office delivered nothing for this report; the message says what to deliver."""


def with_topic(topic: str, project: Project, records: tuple[str, ...] = ()) -> tuple[Delivery, ...]:
    """Return the deliveries with a figure or table row of a topic, or one of its record files.

    A delivery that cannot be read is among them: its report then fails and says why, instead of being
    left out in silence.

    Parameters
    ----------
    topic : str
        ``poverty``, ``work_plan``, ….
    project : Project
    records : tuple of str
        Kinds of record files that are enough by themselves.
    """

    def wanted(entry: Entry) -> bool:
        return entry.has(topic) or any(
            find_records(kind, entry.delivery, project, entry.office) for kind in records
        )

    return delivered_for(project, wanted)


def entry_of(delivery: Delivery, project: Project) -> Entry | None:
    """Return a delivery if there is one; None where the office delivered nothing for the year.

    Raises
    ------
    InputError
        If there is a delivery with errors.
    """
    return read_entry(delivery, project) if has_delivered(delivery, project) else None
