"""The wider place that follows a name: X في محافظة Y, X بريف Y, X (شمال Y), X شرق Y."""

from __future__ import annotations

from itertools import pairwise

from pipeline.gazetteer.load import WIDE_KINDS
from pipeline.placing.draft import Draft

GAP = 4


def link_containers(words: list[str], drafts: list[Draft], gap_words: frozenset[str]) -> None:
    """Mark X with the wider place that follows it: X في محافظة Y, X بريف Y, X (شمال Y), X شرق Y."""
    for inner, outer in pairwise(drafts):
        gap = words[inner.last : outer.first]
        if len(gap) > GAP or outer.listed or (inner.relation is not None and inner.relation.relation == "between"):
            continue
        if not all(word in gap_words or (word.startswith("ال") and inner.demonym) for word in gap):
            continue
        if gap and gap[-1] in ("،", "-", "–", "—") and not _wide(outer) and outer.distance is None:
            continue
        placed = outer.relation is not None and outer.relation.relation in ("direction", "near", "rural", "center")
        tied = outer.hit.prefix in ("ب", "ل") or words[outer.first].startswith("ب") or (bool(gap) and (
            gap[-1] in ("في", "(", "،", "من") or gap[0] in ("التابعه", "التابع", "الواقعه", "الواقع", "ضمن")
        ))
        if not gap and _region(outer) and not _only_wide(inner):
            placed = True
        if gap == ["من"] and not _wide(outer):
            continue
        if (placed and not _only_wide(inner)) or (tied and (_wide(outer) or _smaller(inner, outer))) or (
            placed and _wide(inner) and _wide(outer)
        ):
            inner.container = outer
            outer.inside = inner
    for inner, outer in pairwise(reversed(drafts)):  # قرى أ وب وج في ريف د: all of them lie there
        if inner.listed and inner.head is not None and inner.head is outer.head and inner.head.number in ("d", "p"):
            outer.container = outer.container or inner.container


def _wide(draft: Draft) -> bool:
    """Whether the draft may be a province, country or region."""
    if draft.territory or any(use.place.kind in WIDE_KINDS for use in draft.uses):
        return True
    kinds = draft.head.kinds if draft.head is not None else frozenset()
    return bool(kinds & {"admin1", "admin2", "country"}) and "valley" not in kinds


def _only_wide(draft: Draft) -> bool:
    return bool(draft.territory) or (bool(draft.uses) and all(use.place.kind in WIDE_KINDS for use in draft.uses))


def _region(draft: Draft) -> bool:
    """Whether the draft is a region that is named by a direction (شمالي سوريا)."""
    return bool(draft.uses) and all(use.place.kind in ("region", "country", "admin1") for use in draft.uses) and (
        draft.hit.prefix in ("", "ب")
    )


def _smaller(inner: Draft, outer: Draft) -> bool:
    """Whether the inner place is a part of a town (a district, square, camp) and the outer one may be its town."""
    parts = {"district", "square", "street", "facility", "neighbourhood", "road", "port", "airport", "camp", "village"}
    has = (inner.head is not None and bool(inner.head.kinds & parts)) or any(
        use.place.kind in parts for use in inner.uses
    )
    return has and (bool(outer.capital) or any(use.place.kind in ("city", "town") for use in outer.uses))
