"""The rows of events from the groups of their tellings, some thousands at a time, by any engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import pyarrow as pa

from pipeline.dataset.combine import Combining, combined
from pipeline.dataset.config import Dataset
from pipeline.dataset.spread import Where
from pipeline.writing.tables import to_table

Row = dict[str, Any]
EVENTS = 5_000  # events whose rows are made at a time


@dataclass(frozen=True)
class Share:
    """Events to be made: told holds the tellings of all, one event's after another's, oldest first.

    events gives (event id, number of tellings); origin the oldest near-duplicate of each article that has one.
    """

    events: list[tuple[str, int]]
    told: pa.Table
    origin: dict[str, str]


@dataclass(frozen=True)
class Maker:
    """Makes the rows of a share: those of the countries and families that are wanted (empty: all)."""

    how: Combining
    countries: frozenset[str]
    families: frozenset[str]

    def __call__(self, share: Share) -> pa.Table:
        how, told = replace(self.how, origin=share.origin), iter(share.told.to_pylist())
        rows = (combined(name, list(islice(told, count)), how) for name, count in share.events)
        return to_table([row for row in rows if self._wanted(row)], "events")

    def _wanted(self, row: Row) -> bool:
        country = not self.countries or row["country"] in self.countries
        return country and (not self.families or row["family"] in self.families)


def event_rows(table: pa.Table, groups: Mapping[str, Sequence[int]], how: Combining, dataset: Dataset,
               where: Where) -> pa.Table:  # fmt: skip
    """The events of the groups (event id → rows in the table of tellings) that the dataset wants, by event id."""
    maker = Maker(replace(how, origin={}), dataset.countries, dataset.families)
    shares = _shares(table, groups, how)
    made = where.run(shares, maker, "making the rows of some events", few=len(groups) <= EVENTS)
    return pa.concat_tables([to_table([], "events"), *made])


def _shares(table: pa.Table, groups: Mapping[str, Sequence[int]], how: Combining) -> Iterator[Share]:
    names = sorted(groups)
    for at in range(0, len(names), EVENTS):
        some = names[at : at + EVENTS]
        told = table.take(pa.array([row for name in some for row in groups[name]], pa.int64())).combine_chunks()
        articles = told["article_id"].to_pylist()
        origin = {one: how.origin[one] for one in articles if how.origin.get(one, one) != one}
        yield Share([(name, len(groups[name])) for name in some], told, origin)
