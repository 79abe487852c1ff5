"""Working days of Vietnamese offices, against a count day by day."""

from __future__ import annotations

import datetime

import holidays
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.indices.procedures.working_days import MovedDay, working_days

D = datetime.date
DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("received", "limit", "due"),
    [
        (D(2023, 10, 2), 1, D(2023, 10, 3)),
        (D(2023, 10, 6), 1, D(2023, 10, 9)),  # a Friday: Monday is day one
        (D(2023, 10, 7), 1, D(2023, 10, 9)),  # filed on a Saturday, online
        (D(2023, 10, 2), 0, D(2023, 10, 2)),
        (D(2023, 4, 28), 3, D(2023, 5, 8)),  # the long holiday of 29/4 to 3/5
        (D(2024, 2, 7), 1, D(2024, 2, 15)),  # Tết of 2024
        (D(2024, 4, 26), 1, D(2024, 5, 2)),  # Monday 29/4 off
        (D(2024, 5, 3), 1, D(2024, 5, 4)),  # … and Saturday 4/5 worked for it
        (D(2023, 8, 31), 5, D(2023, 9, 11)),  # 1/9, 2/9 and 4/9 in lieu
    ],
)
def test_a_limit_ends_where_an_official_would_count_it(received, limit, due):
    calendar = working_days(2023, 2024)
    assert calendar.due([received], [limit]).astype(object).tolist() == [due]


def test_a_day_moved_by_decision_can_be_added_as_data():
    moved = MovedDay(free=D(2026, 1, 2), worked=D(2026, 1, 10), source="Bộ Nội vụ, 25/12/2025")
    plain, added = working_days(2025, 2026), working_days(2025, 2026, [moved])
    dates = [D(2026, 1, 2), D(2026, 1, 10)]
    assert plain.is_working(dates).tolist() == [True, False]
    assert added.is_working(dates).tolist() == [False, True]
    assert added.between(dates[0], dates[1]) == 6


def test_what_the_calendar_does_not_cover_is_an_error():
    calendar = working_days(2023, 2023)
    with pytest.raises(ValueError, match="từ 01/01/2023 đến 31/12/2023"):
        calendar.due([D(2022, 12, 31)], [1])
    with pytest.raises(ValueError, match="vượt quá lịch"):
        calendar.due([D(2023, 12, 29)], [1])
    with pytest.raises(ValueError, match="số âm"):
        calendar.due([D(2023, 12, 1)], [-1])


def _works(day: datetime.date) -> bool:
    known = holidays.country_holidays("VN", years=day.year)
    return day in known.weekend_workdays or (day.weekday() < 5 and day not in known)


@given(
    st.dates(D(2019, 1, 1), D(2025, 6, 30)),
    st.integers(0, 60),
)
def test_counting_day_by_day_gives_the_same(received, limit):
    calendar = working_days(2019, 2025)
    day, left = received, limit
    while left:
        day += DAY
        left -= _works(day)
    assert calendar.due([received], [limit]).astype(object).tolist() == [day]
    assert int(calendar.between(received, day)) == limit


def test_numpy_agrees_where_no_saturday_is_worked():
    calendar = working_days(2021, 2023)
    off = sorted(holidays.country_holidays("VN", years=[2021, 2022, 2023]))
    starts = np.arange("2021-01-01", "2023-06-01", dtype="datetime64[D]")
    for limit in (1, 5, 30):
        ends = np.busday_offset(starts, limit, roll="backward", holidays=off)
        assert (calendar.due(starts, np.full(len(starts), limit)) == ends).all()
