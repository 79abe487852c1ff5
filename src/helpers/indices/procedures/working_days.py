"""Working days of Vietnamese offices: public holidays, days off in lieu, and days worked instead.

An office works from Monday to Friday. Public holidays with their days off in lieu come from the library
`holidays`; what it does not have yet (a day off that the Prime Minister moves to a Saturday) is added
as data in ``params/indices/procedures.yml``. A time limit counts from the day after the day of receipt
(Bộ luật Dân sự số 91/2015/QH13 ngày 24/11/2015, khoản 2 Điều 147).
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import holidays
import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict

_FRIDAY = 4
_THURSDAY = 3
"""Day of the week of 1 January 1970, counted from Monday as 0."""

Days = npt.NDArray[np.datetime64]


class MovedDay(BaseModel):
    """A day off that is worked on another day instead.

    Parameters
    ----------
    free, worked : date
    source : str
        The announcement, for the method note.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    free: datetime.date
    worked: datetime.date
    source: str


@dataclass(frozen=True)
class WorkingDays:
    """The working days of some years, in order.

    Parameters
    ----------
    days : array of datetime64[D]
        Sorted; read only.
    first, last : date
        What the calendar covers, both included.
    """

    days: Days
    first: datetime.date
    last: datetime.date

    def is_working(self, dates: npt.ArrayLike) -> npt.NDArray[np.bool_]:
        """Tell for each date whether offices work on it.

        Raises
        ------
        ValueError
            If a date lies outside the calendar.
        """
        wanted = self._covered(dates)
        at = np.searchsorted(self.days, wanted)
        inside = np.minimum(at, len(self.days) - 1)
        return np.asarray(self.days[inside] == wanted)

    def due(self, received: npt.ArrayLike, limit: npt.ArrayLike) -> Days:
        """Return the day on which a limit in working days ends.

        The day of receipt does not count; the first working day after it is day one.

        Parameters
        ----------
        received : array of datetime64[D]
        limit : array of int
            Working days; 0 means the day of receipt itself.

        Returns
        -------
        array of datetime64[D]

        Raises
        ------
        ValueError
            If a limit is negative, or a date lies outside the calendar.
        """
        start = self._covered(received)
        length = np.asarray(limit, dtype=np.int64)
        if (length < 0).any():
            raise ValueError("Thời hạn giải quyết không thể là số âm.")
        at = np.searchsorted(self.days, start, side="right") + length - 1
        if (at >= len(self.days)).any():
            raise ValueError(f"Ngày hẹn trả vượt quá lịch làm việc (đến {self.last:%d/%m/%Y}).")
        return np.where(length == 0, start, self.days[np.maximum(at, 0)])

    def between(self, start: npt.ArrayLike, end: npt.ArrayLike) -> npt.NDArray[np.int64]:
        """Count the working days after `start` up to and with `end`; negative if `end` is earlier."""
        after = np.searchsorted(self.days, self._covered(end), side="right")
        before = np.searchsorted(self.days, self._covered(start), side="right")
        return (after - before).astype(np.int64)

    def _covered(self, dates: npt.ArrayLike) -> Days:
        wanted = np.asarray(dates, dtype="datetime64[D]")
        if wanted.size and (
            wanted.min() < np.datetime64(self.first) or wanted.max() > np.datetime64(self.last)
        ):
            raise ValueError(
                f"Lịch làm việc chỉ có từ {self.first:%d/%m/%Y} đến {self.last:%d/%m/%Y}."
            )
        return wanted


def working_days(first_year: int, last_year: int, moved: Sequence[MovedDay] = ()) -> WorkingDays:
    """Return the working days of whole years.

    Parameters
    ----------
    first_year, last_year : int
        Both included.
    moved : sequence of MovedDay
        Beside those that the library knows.

    Returns
    -------
    WorkingDays
    """
    return _working_days(first_year, last_year, tuple(moved))


@lru_cache(maxsize=16)
def _working_days(first_year: int, last_year: int, moved: tuple[MovedDay, ...]) -> WorkingDays:
    first, last = datetime.date(first_year, 1, 1), datetime.date(last_year, 12, 31)
    days = np.arange(np.datetime64(first), np.datetime64(last) + np.timedelta64(1, "D"))
    weekday = (days.astype(np.int64) + _THURSDAY) % 7
    known = holidays.country_holidays("VN", years=range(first_year, last_year + 1))
    off = [*known, *(day.free for day in moved)]
    worked = [*getattr(known, "weekend_workdays", ()), *(day.worked for day in moved)]
    works = (weekday <= _FRIDAY) & ~np.isin(days, np.array(off, dtype="datetime64[D]"))
    works |= np.isin(days, np.array(worked, dtype="datetime64[D]"))
    kept = days[works]
    kept.setflags(write=False)
    return WorkingDays(kept, first, last)
