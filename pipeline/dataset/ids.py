"""Ids that never move: which id an event has, what became of every id that was ever given."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from pipeline.dataset.members import Member

LOST = "lost:"  # before a founder that its article tells no more: its id may come to stand for another telling
ADDED = "added:"  # before the founder of an event that a person added
MATCH = 5.0  # points from which a telling of a changed article is the one of before


class Aged(Protocol):
    """What ids rest on of a telling: its id and its age, publication first."""

    @property
    def id(self) -> str: ...

    @property
    def published(self) -> int: ...

    @property
    def age(self) -> tuple[int, str]: ...


@dataclass(frozen=True, slots=True)
class Entry:
    """An id that was given once. founder is the telling that it goes with, founded that telling's publication.

    status: live, alias (into says of which event), withdrawn (its tellings are gone), dropped (by a correction),
    outside (of the dataset's countries or families).
    """

    event_id: str
    founder: str
    founded: int
    status: str = "live"
    into: str = ""
    reason: str = ""
    event_id_cnty: str = ""
    first_run: str = ""
    last_run: str = ""


def rematched(before: Sequence[Member], after: Sequence[Member]) -> dict[str, str]:
    """Tellings of one article before and after it changed (or the rules did): old id → new id, where they are one.

    What tells the same kind of event, of the same day and place or in nearly the same words, is the same telling;
    the best matches first.
    """
    scored = []
    for old in before:
        for new in after:
            points = _alike(old, new)
            if points >= MATCH:
                scored.append((-points, old.age, new.age, old.id, new.id))
    found: dict[str, str] = {}
    taken: set[str] = set()
    for *_, old_id, new_id in sorted(scored):
        if old_id not in found and new_id not in taken:
            found[old_id] = new_id
            taken.add(new_id)
    return found


def _alike(old: Member, new: Member) -> float:
    if old.group != new.group:
        return 0.0
    union = len(old.words | new.words)
    words = len(old.words & new.words) / union if union else 1.0
    same_id, same_day, same_place = old.id == new.id, old.day == new.day, old.location == new.location
    return 6 * words + 2 * same_day + 2 * same_place + (old.kind == new.kind) + 2 * (same_id and words >= 0.5)


def assign(
    groups: Sequence[Sequence[Aged]],
    ledger: Mapping[str, Entry],
    moved: Mapping[str, str],
    told_by: Mapping[str, Sequence[str]],
) -> tuple[list[str], dict[str, Entry]]:
    """(event id of each group, the entries that are known, with founders where they are now).

    moved maps tellings of before to those of now ("": told no more; a telling that is not in it kept its id); told_by
    gives the tellings that an id had in the last run, to find another founder when the founder's article was withdrawn.
    A group takes the oldest id whose founder it holds; without one it takes its oldest telling's id, or a new one where
    that is in use.
    """
    present = {member.id: member for group in groups for member in group}
    entries: dict[str, Entry] = {}
    held: dict[str, list[str]] = defaultdict(list)
    for event_id in sorted(ledger):
        entry = ledger[event_id]
        founder = moved.get(entry.founder, entry.founder)
        if founder not in present:
            others = [moved.get(one, one) for one in told_by.get(event_id, ())]
            heirs = sorted((present[one].age, one) for one in others if one in present)
            founder = heirs[0][1] if heirs else ""
        lost = LOST + entry.founder if moved.get(entry.founder) == "" else entry.founder
        entries[event_id] = replace(entry, founder=founder or lost)
        if founder:
            held[founder].append(event_id)
    names: list[str] = []
    used: set[str] = set(entries)
    for group in groups:
        oldest = min(group, key=lambda member: member.age)
        known = [event_id for member in group for event_id in held.get(member.id, ())]
        if known:
            name = min(known, key=lambda event_id: (entries[event_id].founded, event_id))
        else:
            name, again = oldest.id, 0
            while name in used:
                again += 1
                name = hashlib.sha256(f"{oldest.id}\x1fagain\x1f{again}".encode()).hexdigest()[:16]
        used.add(name)
        names.append(name)
    return names, entries


def settled(
    names: Iterable[tuple[str, Sequence[Aged], str]],
    entries: Mapping[str, Entry],
    run: str,
    gone: str,
) -> dict[str, Entry]:
    """The ledger after a run. names gives (event id, tellings, status) of each event; gone is the reason for
    withdrawing ids without tellings. Events outside the dataset get no entry unless they had one.
    """
    ledger = dict(entries)
    by_founder: dict[str, list[str]] = defaultdict(list)
    for event_id, entry in entries.items():
        by_founder[entry.founder].append(event_id)
    seen: set[str] = set()
    for name, members, status in names:
        ids = {one for member in members for one in by_founder.get(member.id, ())}
        for event_id in sorted(ids | {name}):
            seen.add(event_id)
            if event_id not in ledger:
                if status == "outside":
                    continue
                oldest = min(members, key=lambda member: member.age)
                ledger[event_id] = Entry(event_id, oldest.id, oldest.published, first_run=run, last_run=run)
            elif event_id == name:
                ledger[event_id] = _turned(ledger[event_id], status, "", _WHY.get(status, ""), run)
            else:
                ledger[event_id] = _turned(ledger[event_id], "alias", name, "merged into an older event", run)
    for event_id in sorted(entries.keys() - seen):
        entry = entries[event_id]
        if entry.status != "withdrawn" and not entry.founder.startswith(ADDED):
            ledger[event_id] = _turned(entry, "withdrawn", "", gone, run)
    return ledger


_WHY = {"outside": "no longer in the dataset's countries or families"}


def _turned(entry: Entry, status: str, into: str, reason: str, run: str) -> Entry:
    if (entry.status, entry.into) == (status, into):
        return entry
    return replace(entry, status=status, into=into, reason=reason, last_run=run)


def numbered(ledger: Mapping[str, Entry], countries: Mapping[str, str]) -> dict[str, Entry]:
    """The ledger with an event_id_cnty for every live event that has none; countries maps event ids to ISO3 codes.

    Numbers count up by country, older events first, and are never given twice.
    """
    last: dict[str, int] = defaultdict(int)
    for entry in ledger.values():
        if entry.event_id_cnty:
            last[entry.event_id_cnty[:3]] = max(last[entry.event_id_cnty[:3]], int(entry.event_id_cnty[3:]))
    numbered = dict(ledger)
    for entry in sorted(ledger.values(), key=lambda e: (e.founded, e.event_id)):
        iso = countries.get(entry.event_id)
        if entry.status == "live" and not entry.event_id_cnty and iso:
            last[iso] += 1
            numbered[entry.event_id] = replace(entry, event_id_cnty=f"{iso}{last[iso]}")
    return numbered
