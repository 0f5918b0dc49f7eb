"""Whether two articles tell the same event: points for what agrees, facts that forbid it (codebook: aggregation)."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.dataset.members import Member

THRESHOLD = 5.5  # of two tellings
AVERAGE = 4.6  # of all pairs of two groups that are to be one event
PLACE = {"same": 3.0, "inside": 2.0, "site": 1.5, "province": 2.0, "wide": 1.0, "country": 1.0, "in_country": 0.5,
         "none": 2.5}  # fmt: skip
DAY = {"same": 2.0, "inferred": 1.4, "published": 1.2, "next": -1.25, "period": -1.0}
COPY = 3.0
SHARED_ACTOR = 0.6
OTHER_ACTOR = -2.5
CROSSED_ACTORS = -1.5  # a side in common, but another one did it
MUTUAL = {"clash", "agreement", "call", "protest", "riot"}  # families in which the order of the sides says little
TEXT = 5.0  # times the share of words in common
TAKEN = {"Government regains territory", "Non-state actor overtakes territory"}
LITTLE_TEXT = 0.22  # a share below it says nothing


@dataclass(frozen=True, slots=True)
class Verdict:
    """Points for two tellings being one event, and why. Below THRESHOLD they are not linked."""

    points: float
    reasons: str


def verdict(one: Member, other: Member, copies: bool) -> Verdict | None:
    """None where a hard fact forbids it: one article, another group, place, day, or a toll that cannot be reconciled.

    copies: whether the two articles are near-duplicates of one another.
    """
    if one.article == other.article or one.group != other.group:
        return None
    if one.country and other.country and one.country != other.country:
        return None
    place, day = place_of(one, other), day_of(one, other)
    if place is None or day is None:
        return None
    share = overlap(one, other)
    text = TEXT * share if share >= LITTLE_TEXT else 0.0
    points = PLACE[place] + DAY[day] + text + (COPY if copies else 0.0)
    kind, kind_points = _kind(one, other)
    toll, toll_points = _toll(one, other, share)
    actors, actor_points = _actors(one, other)
    if toll == "far" and text < 2.5 and not copies:
        return None
    if one.group == "call" and actors != "shared":
        return None
    points += kind_points + toll_points + actor_points
    parts = [f"place={place}", f"day={day}", f"kind={kind}", f"toll={toll}", f"actors={actors}", f"words={share:.2f}"]
    return Verdict(round(points, 3), "; ".join(parts + (["copies"] if copies else [])))


def place_of(one: Member, other: Member) -> str | None:
    """How the places of two tellings lie to one another; None when they are different places."""
    if not one.location or not other.location:
        if not one.country or not other.country:
            return "none" if one.group == "call" else None
        return "country" if one.location == other.location else "in_country"
    if one.place and one.place == other.place:
        return "province" if one.geo == 3 else "same"
    holds = (one.place and one.place in other.chain) or (other.place and other.place in one.chain)
    if holds:
        return "wide" if max(one.geo, other.geo) == 3 else "inside"
    if one.location == other.location:
        if one.geo == 3 or other.geo == 3:
            return "province" if one.geo == other.geo else "wide"
        return "site" if one.place and other.place else "same"
    return None


def day_of(one: Member, other: Member) -> str | None:
    """How the days of two tellings lie to one another; None when they are different days."""
    if one.precision == 1 and other.precision == 1:
        if one.day == other.day:
            told = one.told_day + other.told_day
            return ("published", "inferred", "same")[told]
        inferred = other if one.told_day else one
        known = one if one.told_day else other
        if one.told_day != other.told_day and inferred.day - known.day == 1:
            return "next"
        return None
    return "period" if one.first <= other.last and other.first <= one.last else None


def overlap(one: Member, other: Member) -> float:
    """Share of the shorter evidence's words that the other has too; 0 for sentences too short to tell."""
    least = min(len(one.words), len(other.words))
    return len(one.words & other.words) / least if least >= 5 else 0.0


def _kind(one: Member, other: Member) -> tuple[str, float]:
    if one.kind == other.kind:
        return "same", 1.0
    if {one.kind, other.kind} == TAKEN:
        return "opposite", -0.75
    if one.family == other.family:
        return "family", 0.5
    if one.group == "demonstration" or {one.family, other.family} <= {"shelling", "air_strike", "bombing"}:
        return "group", -0.5
    if "chemical" in (one.family, other.family):
        return "chemical", -1.0
    return "other", -2.0


def _toll(one: Member, other: Member, share: float) -> tuple[str, float]:
    a, b = one.toll, other.toll
    if a is None or b is None:
        return "untold", 0.0
    low, high = sorted((a, b))
    if low == high:
        return "equal", min(0.5 + 0.25 * low, 2.0) if low else 0.0
    if high - low <= 2 or high <= 1.5 * low:
        recurring = one.family == other.family == "attack" and share < LITTLE_TEXT  # killings recur in one town
        return "close", -0.75 if recurring else 0.0
    return ("far", -2.5) if high > 4 * max(low, 1) else ("apart", -1.5)


def _actors(one: Member, other: Member) -> tuple[str, float]:
    if not one.actors or not other.actors:
        return "unnamed", 0.0
    shared = one.actors & other.actors
    if one.group == "call":
        return ("shared" if len(shared) >= 2 else "other"), SHARED_ACTOR
    if not shared:
        return "other", OTHER_ACTOR
    mutual = one.family in MUTUAL or other.family in MUTUAL
    return ("shared", SHARED_ACTOR) if mutual or one.doer == other.doer or not (one.doer and other.doer) else (
        "crossed", CROSSED_ACTORS)  # fmt: skip
