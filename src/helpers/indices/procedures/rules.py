"""What the definition of dossier statistics holds beside its criteria."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from helpers.definitions.framework import Standing
from helpers.indices.procedures.working_days import MovedDay


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ReportColumn(_Frozen):
    """A column of counts in the report form."""

    code: str
    number: int
    group: str
    label: str


class RateRule(_Frozen):
    """How a rate is made, with the name of its denominator.

    Parameters
    ----------
    key, name : str
    numerator, denominator : tuple of str
        Columns that are added up.
    base : str
        The denominator in words: ``số hồ sơ đã giải quyết``.
    unknown : tuple of str
        Columns of dossiers in the denominator that leave open whether they belong to the numerator;
        they are taken out of it.
    counts : str
        What it counts, in a sentence, where its name alone could be taken for another rate's.
    status : str
        How sure the denominator is.
    """

    key: str
    name: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    base: str
    unknown: tuple[str, ...] = ()
    counts: str = ""
    status: Standing = "verified"


class IdentityRule(_Frozen):
    """A total and the parts that must add up to it; `other` names a remainder."""

    key: str
    total: str
    parts: tuple[str, ...]
    name: str
    other: str = ""


class ProcedureRules(_Frozen):
    """What only this index has in its definition."""

    columns: tuple[ReportColumn, ...]
    rates: tuple[RateRule, ...]
    identities: tuple[IdentityRule, ...]
    moved_days: tuple[MovedDay, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The columns of the form, in its order."""
        return tuple(column.code for column in self.columns)

    def rate(self, key: str) -> RateRule:
        """Return the rule of a rate; raises `KeyError` if there is none."""
        for rule in self.rates:
            if rule.key == key:
                return rule
        raise KeyError(f"Không có tỷ lệ «{key}» trong params/indices/procedures.yml.")
