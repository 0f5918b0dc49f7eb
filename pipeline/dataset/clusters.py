"""Tellings of the same event brought together: blocks, links, and groups in which nothing contradicts."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.dataset.matching import AVERAGE, THRESHOLD, Verdict, verdict
from pipeline.dataset.members import Member

WINDOW = 64  # most neighbours that a telling is compared with in one block
PERIOD = 31  # longest period in days whose days are all looked up


@dataclass(frozen=True, slots=True)
class Link:
    """Two tellings that may be one event, the first one older."""

    one: str
    other: str
    points: float
    reasons: str


@dataclass(frozen=True)
class Rulings:
    """What people ruled, as pairs of member ids: the same event, or different ones."""

    same: frozenset[tuple[str, str]] = frozenset()
    different: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class Cluster:
    """The tellings of one event, oldest first; links hold, for each telling but one, what ties it to the others."""

    members: tuple[Member, ...]
    links: tuple[Link, ...] = ()


@dataclass
class _Unit:
    """Tellings that are one by ruling, or one telling."""

    members: list[Member]
    cluster: list[_Unit] = field(default_factory=list)


def clusters(
    members: Iterable[Member], copies: Callable[[str, str], bool], rulings: Rulings = Rulings()
) -> list[Cluster]:
    """The events behind the tellings. The result depends on the set of tellings alone, not on their order.

    copies says whether two articles are near-duplicates. The strongest links join first, and two groups join only when
    no telling of one contradicts a telling of the other and their pairs have AVERAGE points in the mean; rulings are
    stronger than both. Cost grows linearly: a telling is compared with at most WINDOW neighbours of each place, day and
    group.
    """
    known = {member.id: member for member in members}
    ordered = sorted(known.values(), key=lambda member: member.age)
    seen: dict[tuple[str, str], Verdict | None] = {}

    def compare(one: Member, other: Member) -> Verdict | None:
        key = (one.id, other.id) if one.id < other.id else (other.id, one.id)
        if key not in seen:
            seen[key] = verdict(known[key[0]], known[key[1]], copies(one.article, other.article))
        return seen[key]

    links = []
    for one, other in _pairs(ordered):
        found = compare(one, other)
        if found is not None and found.points >= THRESHOLD:
            first, second = sorted((one, other), key=lambda member: member.age)
            links.append(Link(first.id, second.id, found.points, found.reasons))
    return _joined(ordered, links, rulings, compare)


def _joined(
    ordered: Sequence[Member],
    links: list[Link],
    rulings: Rulings,
    compare: Callable[[Member, Member], Verdict | None],
) -> list[Cluster]:
    units, used = _units(ordered, rulings)
    apart = {frozenset(pair) for pair in rulings.different}
    touched = {one for pair in rulings.different for one in pair}

    def points(one: _Unit, other: _Unit) -> float | None:
        """The best of the pairs; None when all contradict one another or a ruling says so."""
        if touched and any(m.id in touched for m in one.members):
            for a in one.members:
                if any(frozenset((a.id, b.id)) in apart for b in other.members):
                    return None
        found = [compare(a, b) for a in one.members for b in other.members]
        return max((verdict.points for verdict in found if verdict is not None), default=None)

    def joins(left: list[_Unit], right: list[_Unit]) -> bool:
        total = 0.0
        for one in left:
            for other in right:
                found = points(one, other)
                if found is None:
                    return False
                total += found
        return total >= AVERAGE * len(left) * len(right)

    for link in sorted(links, key=lambda link: (-link.points, link.one, link.other)):
        left, right = units[link.one].cluster, units[link.other].cluster
        if left is right or not joins(left, right):
            continue
        if len(left) < len(right):
            left, right = right, left
        for unit in right:
            unit.cluster = left
        left.extend(right)
        used.append(link)
    tied: dict[int, list[Link]] = defaultdict(list)
    for link in used:
        tied[id(units[link.one].cluster)].append(link)
    found, done = [], set()
    for member in ordered:
        group = units[member.id].cluster
        if id(group) not in done:
            done.add(id(group))
            inside = sorted((m for unit in group for m in unit.members), key=lambda m: m.age)
            found.append(Cluster(tuple(inside), tuple(sorted(tied[id(group)], key=lambda k: (k.other, k.one)))))
    return found


def _units(ordered: Sequence[Member], rulings: Rulings) -> tuple[dict[str, _Unit], list[Link]]:
    units = {member.id: _Unit([member]) for member in ordered}
    used = []
    for one, other in sorted(rulings.same):
        if one in units and other in units and units[one] is not units[other]:
            used.append(Link(one, other, 100.0, "ruling"))
            for member in units[other].members:
                units[one].members.append(member)
                units[member.id] = units[one]
    for unit in units.values():
        if not unit.cluster:
            unit.cluster.append(unit)
    return units, used


def _pairs(ordered: Sequence[Member]) -> Iterator[tuple[Member, Member]]:
    """Pairs worth comparing, each at least once: tellings of a group whose places and days touch."""
    blocks: dict[tuple[str, str, int, str], list[Member]] = defaultdict(list)
    for member in ordered:
        for day in _days(member):
            for place in _own(member):
                blocks[member.group, member.country, day, place].append(member)
    crowded = {key for key, block in blocks.items() if len(block) > WINDOW}
    orders = {}
    for key in crowded:
        blocks[key].sort(key=_alike)
        orders[key] = [_alike(member) for member in blocks[key]]
    for member in ordered:
        looked = {*_own(member), *member.chain, f"country:{member.country}"}
        for day in _days(member):
            for place in looked:
                for near in (day - 1, day, day + 1):
                    key = (member.group, member.country, near, place)
                    block = blocks.get(key, [])
                    if key in crowded:
                        at = bisect_left(orders[key], _alike(member))
                        block = block[max(0, at - WINDOW // 2) : at + WINDOW // 2]
                    for other in block:
                        if other.article != member.article:
                            yield member, other


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
