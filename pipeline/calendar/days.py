"""Arithmetic of whole days: weeks, months, seasons, decades, centuries, and the Hijri calendar.

An interval is (first_day, last_day), both inclusive. Functions give None where the calendar has no such day.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from hijridate import Gregorian, Hijri

Interval = tuple[date, date]
_LENGTHS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_HIJRI_YEARS = (1343, 1500)  # the span of the Umm al-Qura tables in hijridate


def latest(weekday: int, day: date) -> date:
    """The latest such weekday (0 Monday to 6 Sunday) on or before the day."""
    return day - timedelta(days=(day.weekday() - weekday) % 7)


def week_of(day: date, starts: int) -> Interval:
    """The calendar week that holds the day; starts is its first weekday (0 Monday)."""
    first = latest(starts, day)
    return first, first + timedelta(days=6)


def day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_of(year: int, month: int) -> Interval | None:
    """A Gregorian month; None outside the years 1 to 9999."""
    if not 1 <= year <= 9999:
        return None
    last = _LENGTHS[month] + (month == 2 and calendar.isleap(year))
    return date(year, month, 1), date(year, month, last)


def month_back(day: date, months: int) -> tuple[int, int]:
    """(year, month) so many months before the month of the day; negative months lie ahead."""
    index = day.year * 12 + day.month - 1 - months
    return index // 12, index % 12 + 1


def years_of(first: int, last: int) -> Interval | None:
    """From 1 January of one year to 31 December of another."""
    return (date(first, 1, 1), date(last, 12, 31)) if 1 <= first <= last <= 9999 else None


def season_of(first_month: int, year: int) -> Interval | None:
    """Three months from the first month of a season in a year; winter runs into the next year."""
    first, last = month_of(year, first_month), month_of(year + (first_month + 2 > 12), (first_month + 1) % 12 + 1)
    return (first[0], last[1]) if first and last else None


def decade_of(year: int) -> Interval | None:
    return years_of(year // 10 * 10, year // 10 * 10 + 9)


def century_of(number: int) -> Interval | None:
    """The century of that number, counted as historians do: the twentieth is 1901 to 2000."""
    return years_of(number * 100 - 99, number * 100)


def hijri_day(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a Hijri date (Umm al-Qura calendar; the sighted moon may differ by a day)."""
    if not _HIJRI_YEARS[0] <= year <= _HIJRI_YEARS[1]:
        return None
    try:
        found = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(found.year, found.month, found.day)


def hijri_month(year: int, month: int) -> Interval | None:
    first = hijri_day(year, month, 1)
    following = hijri_day(year + month // 12, month % 12 + 1, 1)
    return (first, following - timedelta(days=1)) if first and following else None


def hijri_year(year: int) -> Interval | None:
    first, following = hijri_day(year, 1, 1), hijri_day(year + 1, 1, 1)
    return (first, following - timedelta(days=1)) if first and following else None


def hijri_year_of(day: date) -> int | None:
    """The Hijri year in which a Gregorian day falls; None outside the tables of hijridate."""
    try:
        return int(Gregorian(day.year, day.month, day.day).to_hijri().year)
    except (ValueError, OverflowError):
        return None


def hijri_years_in(year: int) -> list[int]:
    """The Hijri years that touch a Gregorian one."""
    ends = (hijri_year_of(day) for day in years_of(year, year) or ())
    return sorted({end for end in ends if end is not None})


def plus(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None
