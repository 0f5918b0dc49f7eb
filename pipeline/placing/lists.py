"""The further names of a list after one head: بلدات أ وب وج, مدينتي أ وب, قرى (أ، ب)."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.placing.draft import Draft
from pipeline.placing.scan import Hit
from pipeline.placing.tables import Head, PlaceTables
from pipeline.placing.unlisted import named

_COMMAS = frozenset(("،", ",", "و", "/"))
_REACH = 6  # tokens between the two towns
_TOWNS = frozenset(("city", "town", "village", "district"))
_ANY = Head("", frozenset(("town", "village")), "self", "p", True)
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
    if word.startswith("و") and (word[1:] in tables.name_first or (len(word) > 3 and not comma) or word[1:3] == "ال"):
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
    return word.endswith("ت") or (len(word) <= 5 and word.startswith(_VERB_STARTS) and not word.endswith(("ين", "ا")))


def between(words: list[str], before: Draft, after: Draft, starts: Mapping[int, Hit],
            tables: PlaceTables) -> list[Draft]:  # fmt: skip
    """Drafts for names in no table that stand between two towns of one list: هامبورغ وX وساربروكن."""
    gap = words[before.last : after.first]
    joined = after.lead.startswith("و") or gap[-1:] in (["،"], [","])
    if not 1 <= len(gap) <= _REACH or not joined or not (_is_town(before) and _is_town(after)):
        return []
    head = before.head if before.head is not None and before.head.number == "p" else _ANY
    found = []
    for at in range(before.last, after.first):
        word = words[at]
        if word in _COMMAS:
            continue
        led = word.startswith("و") and len(word) > 3
        bare = word[1:] if led else word
        if at in starts or not (led or words[at - 1] in _COMMAS) or _no_member(bare, False, tables) or len(bare) < 3:
            return []
        if bare in tables.ordinary or named(words, at, bare, at + 1, starts, tables, head, True) is None:
            return []
        draft = Draft(Hit(at, at + 1, "و" if led else "", "head", head=head), at, at + 1, at, at + 1, (), head, True)
        draft.unlisted = draft.listed = True
        draft.lead, draft.before = "و" if led else "", words[at - 1]
        found.append(draft)
    return found


def _is_town(draft: Draft) -> bool:
    return draft.relation is None and any(use.place.kind in _TOWNS for use in draft.uses)
