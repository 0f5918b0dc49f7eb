"""Nouns that stand for a place named before: المدينة, القطاع, العاصمة. They are places of low confidence."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.gazetteer.load import WIDE_KINDS
from pipeline.placing.draft import Draft
from pipeline.placing.judge import stripped
from pipeline.placing.named import Naming
from pipeline.placing.scan import Hit
from pipeline.placing.sentence import Context
from pipeline.placing.tables import Anaphor
from pipeline.records import Place, Sentence

SURE = 0.4
_REACH = 2


def with_anaphors(context: Context, sentence: Sentence, read: list[Draft], hits: Sequence[Hit],
                  at: Sequence[int]) -> list[Draft]:  # fmt: skip
    """The read drafts of a sentence and those of its anaphoric nouns, which stand at the tokens at, in text order."""
    words, tables, found = context.words, context.tables, list(read)
    for index in at:
        prefix, noun = tables.anaphora[words[index]]
        if any(draft.first <= index < draft.last for draft in read) or _is_part(index, hits):
            continue
        after = words[index + 1] if index + 1 < sentence.last else ""
        if after.startswith("ال") or any(draft.first == index + 1 and not draft.hit.prefix for draft in read):
            continue
        relation = next((hit for hit in hits if hit.last == index and hit.relation is not None), None)
        before = stripped(words[index - 1]) if index > sentence.first else ""
        led = relation is not None or prefix.endswith(("ب", "ل")) or before in tables.preposition
        if not led and not noun.anywhere:
            continue
        place = _meant(context, noun, index, read)
        if place is None:
            continue
        first = relation.first if relation is not None else index
        draft = Draft(Hit(index, index + 1, prefix, "anaphor"), first, index + 1, index, index + 1, ())
        draft.relation = relation.relation if relation is not None else None
        draft.lead = relation.prefix if relation is not None else prefix
        draft.chosen, draft.rule, draft.confidence = place, "place.anaphora", SURE
        if any(first - _REACH <= inner.last <= first and _smaller(inner) for inner in read):
            draft.role = "container"
        found.append(draft)
    return sorted(found, key=lambda draft: draft.first)


def _is_part(index: int, hits: Sequence[Hit]) -> bool:
    """Whether the noun is a word of a longer phrase (المدينة المنورة)."""
    return any(hit.first <= index < hit.last and (hit.last - hit.first > 1 or hit.kind == "not") for hit in hits)


def _smaller(draft: Draft) -> bool:
    """Whether the draft is a place inside the one that the noun means (حي الزيتون في المدينة)."""
    return draft.chosen is not None and draft.chosen.kind not in WIDE_KINDS and not draft.metonym


def _meant(context: Context, noun: Anaphor, index: int, read: Sequence[Draft]) -> Place | None:
    naming: Naming = context.naming
    if noun.capital:
        story = context.story
        others = {draft.chosen.country for draft in read if draft.chosen is not None} - {"", story}
        return context.gazetteer.capital(story) if story and not others else None

    def fits(place: Place) -> bool:
        if place.kind not in noun.kinds:
            return False
        return not noun.named or noun.named in context.gazetteer.arabic_name(place).split()

    return naming.before(index, fits, read)
