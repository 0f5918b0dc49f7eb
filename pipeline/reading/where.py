"""The place of an event: the place mention of its clause in the right role; several places, several events."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from pipeline.candidates import PlaceChoice
from pipeline.reading.options import Option
from pipeline.reading.tables import ReadingTables
from pipeline.records import Document, PlaceMention

LOCATING = ("country", "admin1", "region", "desert")  # after a comma these say where the place before lies
EXCLUDED_ROLES = ("container", "anchor", "dateline", "source_city")
_SCORE = attrgetter("score")


def eligible(mention: PlaceMention) -> bool:
    """Whether a mention may be an event's place: not an actor (metonym), an orienting place or a dateline."""
    return not mention.metonym and mention.role not in EXCLUDED_ROLES


def best_option(options: Sequence[Option]) -> Option | None:
    """The option that the place model finds likeliest; the first of equals."""
    return max(options, key=_SCORE) if options else None


def coordinated(document: Document, best: PlaceMention, mentions: Sequence[PlaceMention],
                tables: ReadingTables) -> list[PlaceMention]:  # fmt: skip
    """The mention and the places joined to it by و or a comma (the list that the clause names), in text order."""
    free = [m for m in mentions if m is best or (eligible(m) and m.place.kind != "country")]
    if len(free) == 1:
        return [best]
    row = sorted(free, key=lambda m: m.first)
    position = row.index(best)
    group = [best]
    for step in (1, -1):
        current, index = best, position + step
        while 0 <= index < len(row):
            other = row[index]
            left, right = (current, other) if step == 1 else (other, current)
            if not _joined(document, left, right, tables):
                break
            group.append(other)
            current, index = other, index + step
    if len(group) == 1:
        return group
    unique = {m.location.place_id + "|" + m.place.place_id: m for m in sorted(group, key=lambda m: m.first)}
    return list(unique.values())


def _joined(document: Document, left: PlaceMention, right: PlaceMention, tables: ReadingTables) -> bool:
    """Whether the right place goes on the list of the left: a place that says where the left one lies does not."""
    if "between" in (left.relation, right.relation) or right.role == "container" or left.role == "container":
        return False
    between = document.words[left.last : right.first]
    joined = document.words[right.first].startswith("و") or any(word.startswith("و") for word in between)
    if not joined and (right.relation not in ("in", "part") or right.place.kind in LOCATING or "،" not in between):
        return False
    joiners = tables.place_joiners
    return len(between) <= 4 and all(word in joiners or word[1:] in joiners or word[0] == "و" for word in between)


def of_mention(mention: PlaceMention, basis: str, sure: float) -> PlaceChoice:
    """The choice that a mention makes; a country alone has no location. sure is the place model's probability."""
    country_only = "country" in (mention.place.kind, mention.location.kind)
    return PlaceChoice(
        mention.place,
        None if country_only else mention.location,
        3 if country_only else mention.geo_precision,
        f"{mention.rule}+{'country' if country_only and basis == 'clause' else basis}",
        mention,
        "country" if country_only else basis,
        sure,
    )
