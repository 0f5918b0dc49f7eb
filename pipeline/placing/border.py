"""Which side of a border is meant."""

from __future__ import annotations

from pipeline.gazetteer.load import Gazetteer
from pipeline.placing.country import CountryScores
from pipeline.placing.draft import Draft

_ENOUGH = 0.5
_TOWARDS = frozenset(("باتجاه", "تجاه", "نحو", "صوب", "عبر", "الي", "عبور"))


def border_side(words: list[str], draft: Draft, story: str, scores: CountryScores, gazetteer: Gazetteer) -> None:
    """Move a place by the border with a country to the near side: قرب الحدود العراقية in a story about Syria."""
    place, inner = draft.chosen, draft.inside
    if place is None or place.kind != "country" or draft.relation is None or draft.role or draft.metonym:
        return
    near = inner.chosen.country if inner is not None and inner.chosen is not None else story
    if not near:  # the border's own name has kept the story open
        near = next((c for c, _ in scores.ranked[:2] if c != place.country and scores.share(c) >= _ENOUGH), "")
    if not near or near == place.country or words[draft.first - 1 if draft.first else 0] in _TOWARDS:
        return
    before = words[draft.name_first - 1] if draft.name_first else ""
    by_noun = before == "مع" or before.endswith("حدود")
    if by_noun or (draft.territory and draft.relation.relation in ("near", "border")
                   and words[draft.name_first].endswith("الحدود")):  # fmt: skip
        draft.chosen, draft.rule, draft.confidence = gazetteer.place(near), "place.border", 0.5
