"""Which tellings are worth comparing: the blocks they stand in, and how the blocks are cut into slabs of work.

A block is a group of families, a country, a day and a place. A telling stands in the blocks of its own days and places
and looks into those of the day before and after, and of the places around it. A slab is a stretch of group, country and
day with everything that stands in its blocks or looks into them: what its blocks find, they find whatever lies in
other slabs.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.dataset.members import GROUPS, Member

WINDOW = 64  # most neighbours that a telling is compared with in one block
PERIOD = 31  # longest period in days whose days are all looked up
SLAB = 20_000  # tellings from which on a slab ends with the day
EPOCH = date(1970, 1, 1).toordinal()
APART = 4_000_000  # days between two groups or countries on the line of keys: more than there are from year 1 to 9999

Block = tuple[str, str, int, str]  # group, country, day, place
Spans = Mapping[tuple[str, str], tuple[int, int]]  # group and country → first and last day
Ints = npt.NDArray[np.int64]


def homes(member: Member) -> Iterator[Block]:
    """The blocks in which a telling is found."""
    for day in _days(member):
        for place in _own(member):
            yield member.group, member.country, day, place


def looked(member: Member) -> Iterator[Block]:
    """The blocks whose tellings a telling is compared with; some may come twice."""
    places = {*_own(member), *member.chain, f"country:{member.country}"}
    for day in _days(member):
        for place in places:
            for near in (day - 1, day, day + 1):
                yield member.group, member.country, near, place


def pairs(members: Sequence[Member], spans: Spans | None = None) -> Iterator[tuple[Member, Member]]:
    """Pairs worth comparing, each at least once: tellings of two articles that meet in a block.

    With spans only in blocks of these days. In a block of more than WINDOW tellings each meets its neighbours alone.
    """
    blocks: dict[Block, list[Member]] = defaultdict(list)
    for member in members:
        for key in homes(member):
            if spans is None or _inside(key, spans):
                blocks[key].append(member)
    orders = {}
    for key, block in blocks.items():
        if len(block) > WINDOW:
            block.sort(key=_alike)
            orders[key] = [_alike(member) for member in block]
    for member in members:
        for key in looked(member):
            near = blocks.get(key, [])
            if key in orders:
                at = bisect_left(orders[key], _alike(member))
                near = near[max(0, at - WINDOW // 2) : at + WINDOW // 2]
            for other in near:
                if other.article != member.article:
                    yield member, other


def _inside(block: Block, spans: Spans) -> bool:
    first, last = spans.get(block[:2], (1, 0))
    return first <= block[2] <= last


def _alike(member: Member) -> tuple[Any, ...]:
    """The order in a crowded block: tellings that may be one stand near one another."""
    return member.kind, member.toll is None, member.toll or 0, sorted(member.actors), member.age


def _own(member: Member) -> set[str]:
    """The keys under which a telling is found: its place and its town; its country when it has neither."""
    keys = {key for key in (member.place if member.location else "", member.location) if key}
    return keys or {f"country:{member.country}"}


def _days(member: Member) -> range:
    if member.precision == 1 or member.last - member.first >= PERIOD:
        return range(member.day, member.day + 1)
    return range(member.first, member.last + 1)


@dataclass(frozen=True)
class Slab:
    """rows are the places, in the table of all tellings, of those that a slab needs; spans the days of its blocks.

    shared tells of each of the rows whether another slab needs it too: nothing else can tie it to others.
    """

    rows: Ints
    shared: npt.NDArray[np.bool_]
    spans: dict[tuple[str, str], tuple[int, int]]


def slabs(table: pa.Table) -> Iterator[Slab]:
    """The slabs of a table of tellings (members_schema), by group, country and day; each block is in one of them."""
    if not table.num_rows:
        return
    names, code = _codes(table)
    first, last = _reach(table)
    start, end = code * APART + first, code * APART + last
    order = np.argsort(start, kind="stable")
    sorted_start = start[order]
    cuts = _cuts(sorted_start)
    shared = np.searchsorted(cuts, start - 1, "right") != np.searchsorted(cuts, end + 1, "right")
    for low, high in zip(cuts, [*cuts[1:], None], strict=True):
        begin = int(np.searchsorted(sorted_start, low - 1 - PERIOD))
        stop = len(order) if high is None else int(np.searchsorted(sorted_start, high, "right"))
        near = order[begin:stop]
        rows = np.sort(near[end[near] + 1 >= low])
        spans = {}
        for one in np.unique(code[rows]).tolist():
            highest = APART if high is None else int(high) - 1 - one * APART
            spans[names[one]] = int(low) - one * APART, highest
        yield Slab(rows, shared[rows], spans)


def _codes(table: pa.Table) -> tuple[list[tuple[str, str]], Ints]:
    """The groups and countries that there are, and which of them each row has."""
    families = pc.dictionary_encode(table["family"].combine_chunks())
    groups = [GROUPS.get(family, family) for family in families.dictionary.to_pylist()]
    countries = pc.dictionary_encode(pc.fill_null(table["country"].combine_chunks(), ""))
    listed = countries.dictionary.to_pylist()
    number = {name: at for at, name in enumerate(sorted(set(groups)))}
    place = {name: at for at, name in enumerate(sorted(listed))}
    by_family = np.array([number[group] for group in groups], dtype=np.int64)
    by_country = np.array([place[country] for country in listed], dtype=np.int64)
    code = by_family[families.indices.to_numpy()] * len(place) + by_country[countries.indices.to_numpy()]
    return [(group, country) for group in sorted(number) for country in sorted(place)], code


def _reach(table: pa.Table) -> tuple[Ints, Ints]:
    """First and last of the days of each row (ordinals), as _days tells them."""
    day, first, last = (
        table[name].combine_chunks().cast(pa.int32()).to_numpy().astype(np.int64) + EPOCH
        for name in ("event_date", "date_start", "date_end")
    )
    one = (table["time_precision"].to_numpy() == 1) | (last - first >= PERIOD)
    return np.where(one, day, first), np.where(one, day, last)


def _cuts(start: Ints) -> Ints:
    """The keys at which slabs begin, from all keys in order."""
    cuts, at = [int(start[0]) - 1], SLAB
    while at < len(start):
        at = int(np.searchsorted(start, start[at - 1], "right"))
        if at < len(start):
            cuts.append(int(start[at]))
        at += SLAB
    return np.array(cuts, dtype=np.int64)
