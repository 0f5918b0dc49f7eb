"""The further names of a list after one head: بلدات أ وب وج, مدينتي أ وب, قرى (أ، ب)."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.placing.draft import Draft
from pipeline.placing.scan import Hit
from pipeline.placing.tables import PlaceTables
from pipeline.placing.unlisted import named

_COMMAS = frozenset(("،", ",", "و", "/"))
_ENDS = ("ين", "ون", "ات", "ي")
_VERB_STARTS = ("ي", "ت", "ن", "ا", "س")


def next_in_list(words: list[str], before: Draft, last: int, starts: Mapping[int, Hit],
                 tables: PlaceTables) -> Draft | None:  # fmt: skip
    """A draft for a name in no table that continues the list which before ends, or None when the list is over.

    A name that a table has is read by itself: its hit takes over the head (see drafts.py).
    """
    head, at = before.head, before.last
    if head is None or head.number not in ("d", "p") or not head.unlisted:
        return None
    member = not before.own_head or (before.unlisted and before.hit.first == before.name_first)
    if head.number == "d" and member:
        return None
    comma = at < last and words[at] in _COMMAS
    while at < last and words[at] in _COMMAS:
        at += 1
    if at >= last:
        return None
    word, prefix = words[at], ""
    if word.startswith("و") and (word[1:] in tables.name_first or (len(word) > 3 and not comma)):
        word, prefix = word[1:], "و"
    elif not comma:
        return None
    hit = starts.get(at)
    if hit is not None and not (hit.kind == "name" and word in tables.name_first and hit.last - hit.first == 1):
        return None
    if word not in tables.name_first and _no_member(word, head.number == "d", tables):
        return None
    twin = head.number == "d" and word in tables.ordinary and word not in tables.name_first  # مديريتي شدا ومنبه
    village = bool(prefix) and "village" in head.kinds and len(word) > 4 and word.endswith(_ENDS)  # وحزارين
    name = (at, at + 1) if twin else named(words, at, word, last, starts, tables, head, village)
    if name is None:
        return None
    draft = Draft(Hit(at, at + 1, prefix, "head", head=head), at, name[1], at, name[1], (), head, True)
    draft.unlisted = draft.listed = True
    draft.lead = prefix
    draft.before = words[at - 1]
    return draft


def _no_member(word: str, dual: bool, tables: PlaceTables) -> bool:
    """Whether a word after و or a comma is no name but the text that goes on."""
    if word in tables.common or "ال" + word in tables.common or word in tables.heads:
        return True
    if word.startswith("ال"):
        return word[2:] in tables.common or word.endswith(("يه", "ين", "ات", "ون"))
    if dual:
        return False
    return word.endswith("ت") or (len(word) <= 5 and word.startswith(_VERB_STARTS))
