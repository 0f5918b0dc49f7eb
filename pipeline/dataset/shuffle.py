"""The merge as a shuffle by block: any engine matches slabs of tellings, what slabs share is joined at the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.dataset.blocks import Slab, slabs
from pipeline.dataset.clusters import Comparing, Link, Rulings, joined
from pipeline.dataset.copies import Copies
from pipeline.dataset.members import LIGHT, member
from pipeline.dataset.spread import HERE, Where

Pair = tuple[str, str]


class Group(NamedTuple):
    """The tellings of one event, oldest first, by their rows in the table of tellings; and their links."""

    rows: tuple[int, ...]
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Piece:
    """All that a worker needs to match a slab: a table of LIGHT columns, its spans, which tellings others share.

    rows are the tellings' rows in the table of all; copied the pairs of articles in the slab that are near-duplicates.
    """

    table: pa.Table
    rows: list[int]
    shared: list[bool]
    spans: dict[Pair, tuple[int, int]]
    copied: frozenset[Pair]


@dataclass(frozen=True)
class Matched:
    """What a slab gives: whole groups, and the links of the tellings whose groups other slabs may add to."""

    groups: list[Group]
    links: list[Link]


def matched(piece: Piece) -> Matched:
    """Match the tellings of a slab. Groups that hold none which another slab shares are whole."""
    members = [member(row) for row in piece.table.to_pylist()]
    row_of = {one.id: row for one, row in zip(members, piece.rows, strict=True)}
    compare = Comparing(members, Copies(piece.copied, {}))
    links = compare.links(piece.spans)
    unfinished = _reached((one.id for one, more in zip(members, piece.shared, strict=True) if more), links)
    inside = [one for one in compare.ordered if one.id not in unfinished]
    found = joined(inside, [link for link in links if link.one not in unfinished], Rulings(), compare)
    groups = [Group(tuple(row_of[one.id] for one in cluster.members), cluster.links) for cluster in found]
    return Matched(groups, [link for link in links if link.one in unfinished])


def groups_of(table: pa.Table, near: Copies, rulings: Rulings, where: Where = HERE) -> list[Group]:
    """The events behind the tellings of a table (members_schema), ordered by their oldest: those of clusters().

    They are the same wherever they are found and whatever the size of slabs. Memory holds a few slabs for each worker,
    and at the end the tellings at the edges of slabs. Raises EngineError, coding.ReleaseError.
    """
    found = list(slabs(table))
    groups: list[Group] = []
    links: set[Link] = set()
    pieces = _pieces(table, found, near, rulings)
    for one in where.run(pieces, matched, "merging a stretch of days", few=len(found) < 2):
        groups += one.groups
        links.update(one.links)
    groups += _edges(table, groups, links, near, rulings)
    place = np.empty(table.num_rows, dtype=np.int64)
    order = [("published", "ascending"), ("member_id", "ascending")]
    place[pc.sort_indices(table.select(["published", "member_id"]), sort_keys=order).to_numpy()] = range(len(place))
    return sorted(groups, key=lambda group: place[group.rows[0]])


def _pieces(table: pa.Table, found: Iterable[Slab], near: Copies, rulings: Rulings) -> Iterator[Piece]:
    """What workers need of the table, a slab at a time. Tellings that people ruled on count as shared."""
    light = table.select(LIGHT)
    ruled = {one for pair in (*rulings.same, *rulings.different) for one in pair}
    copied: dict[str, list[str]] = defaultdict(list)
    for one, other in near.pairs:
        copied[one].append(other)
    for slab in found:
        own = light.take(slab.rows).combine_chunks()
        articles = set(own["article_id"].to_pylist()) if copied else set()
        pairs = {(one, other) for one in articles & copied.keys() for other in copied[one] if other in articles}
        touched = pc.is_in(own["member_id"], value_set=pa.array(sorted(ruled), pa.string())).to_numpy()
        shared = (slab.shared | touched).tolist()
        yield Piece(own, slab.rows.tolist(), shared, slab.spans, frozenset(pairs))


def _edges(table: pa.Table, whole: Iterable[Group], links: Iterable[Link], near: Copies,
           rulings: Rulings) -> list[Group]:  # fmt: skip
    """The groups of all tellings that are in no group yet."""
    left = np.ones(table.num_rows, dtype=bool)
    left[[row for group in whole for row in group.rows]] = False
    rows = np.flatnonzero(left).tolist()
    members = [member(row) for row in table.select(LIGHT).take(pa.array(rows, pa.int64())).to_pylist()]
    row_of = {one.id: row for one, row in zip(members, rows, strict=True)}
    compare = Comparing(members, near)
    found = joined(compare.ordered, links, rulings, compare)
    return [Group(tuple(row_of[one.id] for one in cluster.members), cluster.links) for cluster in found]


def _reached(start: Iterable[str], links: Iterable[Link]) -> set[str]:
    """The tellings to which links lead from those at the start, these among them."""
    near: dict[str, list[str]] = defaultdict(list)
    for link in links:
        near[link.one].append(link.other)
        near[link.other].append(link.one)
    found, waiting = set(), list(start)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += near.get(one, ())
    return found
