"""Tellings of the same event brought together: links, and groups in which nothing contradicts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.dataset.blocks import Spans, pairs
from pipeline.dataset.matching import AVERAGE, THRESHOLD, Verdict, verdict
from pipeline.dataset.members import Member

Copied = Callable[[str, str], bool]  # whether two articles are near-duplicates


class Link(NamedTuple):
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


class Comparing:
    """Verdicts on pairs of tellings, each worked out once; copied says whether two articles are near-duplicates."""

    def __init__(self, members: Iterable[Member], copied: Copied) -> None:
        self.ordered = sorted({member.id: member for member in members}.values(), key=lambda member: member.age)
        self._copied = copied
        self._seen: dict[tuple[str, str], Verdict | None] = {}

    def __call__(self, one: Member, other: Member) -> Verdict | None:
        if one.id > other.id:
            one, other = other, one
        key = one.id, other.id
        if key not in self._seen:
            self._seen[key] = verdict(one, other, self._copied(one.article, other.article))
        return self._seen[key]

    def links(self, spans: Spans | None = None) -> list[Link]:
        """What links the tellings that meet in a block, each pair once; with spans only in blocks of these days."""
        found = []
        for one, other in pairs(self.ordered, spans):
            if (min(one.id, other.id), max(one.id, other.id)) in self._seen:
                continue
            told = self(one, other)
            if told is not None and told.points >= THRESHOLD:
                first, second = (one, other) if one.age < other.age else (other, one)
                found.append(Link(first.id, second.id, told.points, told.reasons))
        return found


def clusters(members: Iterable[Member], copied: Copied, rulings: Rulings = Rulings()) -> list[Cluster]:
    """The events behind the tellings. The result depends on the set of tellings alone, not on their order.

    The strongest links join first, and two groups join only when no telling of one contradicts a telling of the other
    and their pairs have AVERAGE points in the mean; rulings are stronger than both. Cost grows linearly: a telling is
    compared with at most WINDOW neighbours of each place, day and group.
    """
    compare = Comparing(members, copied)
    return joined(compare.ordered, compare.links(), rulings, compare)


def joined(
    ordered: Sequence[Member],
    links: Iterable[Link],
    rulings: Rulings,
    compare: Callable[[Member, Member], Verdict | None],
) -> list[Cluster]:
    """The tellings, in order of age, in the groups that the links join; each link is to come once."""
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
