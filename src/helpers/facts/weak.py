"""What a report finds weak, in a form that the annual report can gather from all indices."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class WeakPoint:
    """One weakness that the figures show, or that the office stated itself.

    Parameters
    ----------
    index : str
        Key of the index: ``par_index``.
    code : str
        Criterion, as in the index's definition; the key of ``params/measures/<index>.yml``.
    name : str
        Name of the criterion, in Vietnamese.
    text : str
        One Markdown sentence with its traced numbers.
    importance : float
        0 to 1: how much it costs; for the order only.
    cause, measure, owner, deadline : str
        What the office stated; empty where it stated nothing. Never made up.
    of_province : bool
        Whether the whole province was measured, not the office that reports.
    counts : tuple of int
        The figures the statement is about, whole and parts: who states one of them states the same.
    """

    index: str
    code: str
    name: str
    text: str
    importance: float
    cause: str = ""
    measure: str = ""
    owner: str = ""
    deadline: str = ""
    of_province: bool = False
    counts: tuple[int, ...] = ()
