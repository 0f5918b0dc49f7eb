"""Columns in the compact forms that the report page reads: indices into lists, differences, joined ids."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

EPOCH = date(1970, 1, 1).toordinal()


class Listed:
    """Gives each value the index at which it stands in values; None is -1."""

    def __init__(self, values: Iterable[Any] = ()) -> None:
        self.values: list[Any] = list(values)
        self._at = {value: i for i, value in enumerate(self.values)}

    def of(self, value: Any) -> int:
        if value is None:
            return -1
        if (at := self._at.get(value)) is None:
            at = self._at[value] = len(self.values)
            self.values.append(value)
        return at

    def all(self, values: Iterable[Any]) -> list[int]:
        return [self.of(value) for value in values]


def days(values: Iterable[date]) -> list[int]:
    """Days since 1970-01-01, each as the difference from the one before."""
    return differences([day.toordinal() - EPOCH for day in values])


def differences(values: Sequence[int]) -> list[int]:
    return [value - before for before, value in zip((0, *values), values, strict=False)]


def counts(values: Iterable[int | None]) -> list[int]:
    """Counts of people; null is -1."""
    return [-1 if value is None else value for value in values]


def joined(ids: Iterable[str]) -> str:
    """Ids of 16 hexadecimal digits, one after the other; other ids are separated by line breaks."""
    whole = list(ids)
    return "".join(whole) if all(len(i) == 16 for i in whole) else "\n" + "\n".join(whole)
