"""How the places of one sentence stand to each other: lists, origin and direction, the wider and the narrower one."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.linear import Group, Names, names_of
from pipeline.reading.tables import ReadingTables
from pipeline.records import Document, Place, PlaceMention

LOCATING = ("country", "admin1", "region", "desert")  # after a comma these say where the place before lies
WIDE = ("country", "admin1", "region", "admin2")


def joined(document: Document, left: PlaceMention, right: PlaceMention, tables: ReadingTables) -> bool:
    """Whether the right place goes on the list of the left: a place that says where the left one lies does not."""
    if "between" in (left.relation, right.relation) or right.role == "container" or left.role == "container":
        return False
    between = document.words[left.last : right.first]
    also = document.words[right.first].startswith("و") or any(word.startswith("و") for word in between)
    if not also and (right.relation not in ("in", "part") or right.place.kind in LOCATING or "،" not in between):
        return False
    joiners = tables.place_joiners
    return len(between) <= 4 and all(word in joiners or word[1:] in joiners or word[0] == "و" for word in between)


def list_heads(document: Document, mentions: Sequence[PlaceMention], tables: ReadingTables) -> list[int]:
    """For each place the index of the first of its list (its own when it stands alone)."""
    heads = list(range(len(mentions)))
    for i in range(1, len(mentions)):
        if joined(document, mentions[i - 1], mentions[i], tables):
            heads[i] = heads[i - 1]
    return heads


def way_of(document: Document, mention: PlaceMention, tables: ReadingTables) -> str:
    """Whether the words before a place make it an origin ("from"), a goal ("to") or neither ("-")."""
    words, first = document.words, mention.first
    for word in (words[first], words[first - 1]) if first else (words[first],):
        if word in tables.origin_words:
            return "from"
        if word in tables.goal_words:
            return "to"
    clitic = document.raw[document.starts[first] : mention.start][-1:]
    return "to" if clitic and clitic in tables.goal_words else "-"


def inside(narrow: Place, wide: Place) -> bool:
    """Whether the first place is known to lie in the second."""
    if narrow.country != wide.country or narrow.place_id == wide.place_id:
        return False
    if wide.kind == "country":
        return True
    if wide.kind == "admin1":
        return narrow.kind != "admin1" and narrow.admin1 == wide.name
    if wide.kind == "admin2":
        return narrow.kind not in ("admin1", "admin2") and narrow.admin2 == wide.name
    return bool(wide.place_id) and wide.place_id == narrow.parent


def beside(mentions: Sequence[PlaceMention], heads: Sequence[int], ways: Sequence[str]) -> list[Group]:
    """Features of each place among those of its sentence."""
    found: list[Group] = []
    free = [m.role == "" and not m.metonym for m in mentions]
    wide = [m.place.kind in WIDE for m in mentions]
    for at, mention in enumerate(mentions):
        head = heads[at]
        listed = "alone" if heads.count(head) == 1 else "first" if head == at else "later"
        others = {way for i, way in enumerate(ways) if heads[i] != head and heads[i] == i}
        nested = set()
        for i, other in enumerate(mentions):
            if i != at and not other.metonym:
                side = "after" if i > at else "before"
                if inside(other.place, mention.place):
                    nested.add(f"narrower_{side}")
                elif inside(mention.place, other.place):
                    nested.add(f"wider_{side}")
        among = ""
        if free[at]:
            rest = {wide[i] for i in range(len(mentions)) if free[i] and i != at}
            among = "sole" if not rest else "mixed" if wide[at] not in rest or len(rest) > 1 else "alike"
        found.append((_beside, listed, ways[head], "to" in others, "from" in others, frozenset(nested), among,
                      width(mention.place.kind)))  # fmt: skip
    return found


def width(kind: str) -> str:
    """The kind itself where it is a wide one, else spot."""
    return kind if kind in WIDE else "spot"


def _beside(listed: str, way: str, goal: bool, origin: bool, nested: frozenset[str], among: str, wide: str) -> Names:
    on = [f"listed={listed}", f"way={way}/{goal}/{origin}", *[f"{name}/{wide}" for name in sorted(nested)]]
    return (*on, f"among={among}/{wide}") if among else tuple(on)


def of_family(family: str, group: Group) -> Names:
    """The names of a group again, each with the family."""
    return tuple(f"{family}/{name}" for name in names_of((group,)))
