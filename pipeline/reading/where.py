"""The place of an event: the place mention of its clause in the right role; several places, several events."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.reading.clauses import Clauses
from pipeline.reading.tables import ReadingTables
from pipeline.records import Document, PlaceChoice, PlaceMention, TriggerMention

FAR = 45.0
WIDE = {"country": 14.0, "region": 4.0, "admin1": 4.0, "sea": 4.0, "desert": 2.0}
EXCLUDED_ROLES = ("container", "anchor", "dateline", "source_city")


def eligible(mention: PlaceMention) -> bool:
    """Whether a mention may be an event's place: not an actor (metonym), an orienting place or a dateline."""
    return not mention.metonym and mention.role not in EXCLUDED_ROLES


def cost_of(document: Document, mention: PlaceMention, trigger: TriggerMention, clauses: Clauses,
            tables: ReadingTables) -> float:  # fmt: skip
    """How far a place stands from being the trigger's place: clause distance and what the words around it say."""
    after = mention.first >= trigger.first
    token = mention.first if after else mention.last - 1
    cost = clauses.between(trigger.first, token) + (0.0 if after else 3.0)
    cost += WIDE.get(mention.place.kind, 0.0)
    before = document.words[mention.first - 1] if mention.first else ""
    cost += tables.before_place.get(before, 0.0)
    if before not in tables.before_place and document.words[mention.first].startswith("ب"):
        cost -= 2.0
    return cost


def ranked(document: Document, mentions: Sequence[PlaceMention], trigger: TriggerMention,
           clauses: Clauses, tables: ReadingTables) -> list[tuple[float, PlaceMention]]:  # fmt: skip
    """Eligible mentions of the sentence, nearest first."""
    found = [(cost_of(document, m, trigger, clauses, tables), m) for m in mentions if eligible(m)]
    found.sort(key=lambda item: (item[0], item[1].first))
    return [(cost, mention) for cost, mention in found if cost <= FAR]


def coordinated(document: Document, best: PlaceMention, mentions: Sequence[PlaceMention],
                tables: ReadingTables) -> list[PlaceMention]:  # fmt: skip
    """The mention and the places joined to it by و or a comma (the list that the clause names), in text order."""
    row = sorted((m for m in mentions if eligible(m) and m.place.kind != "country"), key=lambda m: m.first)
    if best not in row:
        return [best]
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
    unique = {m.location.place_id + "|" + m.place.place_id: m for m in sorted(group, key=lambda m: m.first)}
    return list(unique.values())


def _joined(document: Document, left: PlaceMention, right: PlaceMention, tables: ReadingTables) -> bool:
    if left.relation == "between" or right.relation == "between":
        return False
    between = document.words[left.last : right.first]
    opens = document.words[right.first].startswith("و") or any(word[0] in "،و" for word in between)
    joiners = tables.place_joiners
    return opens and len(between) <= 4 and all(word in joiners or word[1:] in joiners for word in between)


def of_mention(mention: PlaceMention, basis: str) -> PlaceChoice:
    """The choice that a mention makes; a country alone has no location."""
    country_only = mention.place.kind == "country"
    return PlaceChoice(
        mention.place,
        None if country_only else mention.location,
        3 if country_only else mention.geo_precision,
        f"{mention.rule}+{basis}",
        mention,
        basis,
    )
