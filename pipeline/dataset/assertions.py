"""What must be true of a dataset before it is published: one line for each assertion that does not hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.dataset.config import Assertion

KEY = ("event_date", "country", "location", "sub_event_type", "actor1", "actor2")


@dataclass(frozen=True)
class Measured:
    """What assertions look at. last is the number of events of the last run, None on the first one."""

    events: pa.Table
    articles: int
    quarantined: int
    last: int | None = None
    withdrawn: int = 0


def failures(assertions: Sequence[Assertion], found: Measured) -> list[tuple[str, str]]:
    """(level, what is wrong) of each assertion that does not hold, in the order of the dataset file."""
    told = []
    for one in assertions:
        for value, what in _values(one, found):
            low, high = one.limits.get("minimum"), one.limits.get("maximum")
            if low is not None and value < low:
                told.append((one.level, f"{one.check}: {what} is {_number(value)}, less than {_number(low)}"))
            elif high is not None and value > high:
                told.append((one.level, f"{one.check}: {what} is {_number(value)}, more than {_number(high)}"))
    return told


def _values(one: Assertion, found: Measured) -> list[tuple[float, str]]:
    """(value, what it is) pairs of a check; none where there is nothing to measure."""
    events = found.events
    scoped = events.filter(pc.fill_null(events["acled_scope"], False))
    if one.check == "rows":
        return [(events.num_rows, "the number of events")]
    if one.check == "rows_by_month":
        return [(count, f"the number of events of {month}") for month, count in _months(one, events)]
    if one.check == "share_geo_precision_3":
        bad = pc.sum(pc.equal(scoped["geo_precision"], 3)).as_py() or 0
        return _share(bad, scoped.num_rows, "the share of events known only to their province")
    if one.check == "share_unknown_actors":
        bad = pc.sum(pc.starts_with(scoped["actor1"], "Unidentified")).as_py() or 0
        return _share(bad, scoped.num_rows, "the share of events by unidentified groups")
    if one.check == "share_quarantined":
        return _share(found.quarantined, found.articles + found.quarantined, "the share of records set aside")
    if one.check == "share_repeated":
        repeats = scoped.num_rows - scoped.group_by(list(KEY)).aggregate([]).num_rows
        return _share(repeats, scoped.num_rows, "the share of events that repeat date, place, type and actors")
    if one.check == "drift":
        if not found.last:
            return []
        change = abs(events.num_rows - found.last) / found.last
        return [(change, f"the change in the number of events ({found.last} → {events.num_rows})")]
    if not found.last:
        return []
    return _share(found.withdrawn, found.last, "the share of the last run's events that were withdrawn")


def _share(part: int, whole: int, what: str) -> list[tuple[float, str]]:
    return [(part / whole, f"{what} ({part} of {whole})")] if whole else []


def _months(one: Assertion, events: pa.Table) -> list[tuple[str, int]]:
    """Events of each month from the first to the last (or from "from" to "to"), months without any among them."""
    days: list[date] = events["event_date"].to_pylist()
    counts: Counter[str] = Counter(f"{day:%Y-%m}" for day in days)
    first = one.limits.get("from") or min(counts, default="")
    last = one.limits.get("to") or max(counts, default="")
    if not first or not last:
        return []
    year, month = int(first[:4]), int(first[5:7])
    found = []
    while f"{year:04d}-{month:02d}" <= last:
        name = f"{year:04d}-{month:02d}"
        found.append((name, counts[name]))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found


def _number(value: Any) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
