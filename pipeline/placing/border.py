"""Which side of a border is meant."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.gazetteer.load import Gazetteer
from pipeline.placing.country import CountryScores
from pipeline.placing.draft import Draft

_ENOUGH = 0.5
_TOWARDS = frozenset(("باتجاه", "تجاه", "نحو", "صوب", "عبر", "الي", "عبور"))
_BESIDE = ("متاخم", "محاذ", "قرب", "قريب", "مجاور", "تخوم", "مشارف", "مطل", "تطل", "يطل", "مشرف")
_WATER = frozenset(("sea", "river"))


def border_side(words: list[str], draft: Draft, kept: Sequence[Draft], story: str, scores: CountryScores,
                gazetteer: Gazetteer) -> None:  # fmt: skip
    """Move a place by the border with a country to the near side: قرب الحدود العراقية in a story about Syria.

    What lies near or beside a country (المتاخمة لتركيا) does not lie in it either. kept: the places of the sentence.
    """
    place = draft.chosen
    if place is None or place.kind != "country" or draft.relation is None or draft.role or draft.metonym:
        return
    before = _before(draft, kept)
    if draft.listed and before is not None and before.rule == "place.border" and before.relation == draft.relation:
        draft.chosen, draft.rule, draft.confidence = before.chosen, before.rule, before.confidence
        return
    near = _near(draft, kept, place.country, gazetteer.capitals) or story
    if not near:  # the border's own name has kept the story open
        near = next((c for c, _ in scores.ranked[:2] if c != place.country and scores.share(c) >= _ENOUGH), "")
    if not near or near == place.country or words[draft.first - 1 if draft.first else 0] in _TOWARDS:
        return
    noun = words[draft.name_first - 1] if draft.name_first else ""
    relation = words[draft.first : draft.name_first]
    beside = draft.relation.relation == "near" and any(stem in word for word in relation for stem in _BESIDE)
    border = draft.relation.relation in ("near", "border") and words[draft.name_first].endswith("حدود")
    if "داخل" in relation:
        return
    if noun == "مع" or noun.endswith("حدود") or (border if draft.territory else beside):
        draft.chosen, draft.rule, draft.confidence = gazetteer.place(near), "place.border", 0.5


def _before(draft: Draft, kept: Sequence[Draft]) -> Draft | None:
    return next((other for other in reversed(kept) if other.last <= draft.first), None)


def _near(draft: Draft, kept: Sequence[Draft], beyond: str, capitals: frozenset[str]) -> str:
    """The country of what lies by the border: the place that these words describe, else the last one named before."""
    inner = draft.inside
    named = [inner] if inner is not None else []
    named += [other for other in reversed(kept) if other.last <= draft.first]
    for other in named:
        place = other.chosen
        if place is None or place.kind in _WATER or place.country in ("", beyond):
            continue
        if other.head is not None and other.head.kinds & _WATER:
            continue
        if other is inner or (place.kind != "country" and place.place_id not in capitals):
            return place.country
    return ""
