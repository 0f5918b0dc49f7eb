"""Deaths and injuries told without a count: a named person, two people of one verb, members before a shared verb; and
that nobody was hurt."""

from __future__ import annotations

from pipeline.quantities.count import Count
from pipeline.quantities.marks import Mark
from pipeline.quantities.scene import LIST_GAP, Scene
from pipeline.quantities.told import Told
from pipeline.quick import replace

UNHARMED = "unharmed"  # a kind of its own: the number is 0
_PLURAL_ENDS = ("ون", "ين", "ات")


def extras(scene: Scene, told: list[tuple[Count, Told]]) -> list[tuple[Count, Told]]:
    """The counts with what one verb says of a list before it, and with counts that no number or noun shows."""
    told = _shared(scene, told)
    used = {said.cue_first for _, said in told}
    added = []
    for cue in scene.cues:
        word = cue.word("cue")
        if word is None or cue.first in used:
            continue
        if word.value == "post2" and not any(0 <= cue.first - count.last <= LIST_GAP for count, _ in told):
            added.append(_count(cue.first, cue.last, 2, "", word.kind, "quantity.dual_verb", cue))
        elif word.value == "death" and (name := _name(scene, cue.last)):
            added.append(_count(cue.last, cue.last + 1, 1, name, word.kind, "quantity.named_person", cue))
    for mark in scene.classes.get("unharmed", ()):
        added.append(_count(mark.first, mark.last, 0, "", UNHARMED, "quantity.none_injured", mark))
    for mark in scene.classes.get("harm", ()):
        if scene.denied(mark.first):
            added.append(_count(mark.first, mark.last, 0, "", UNHARMED, "quantity.no_harm", mark))
    return sorted(told + added, key=lambda item: item[0].first) if added else told


def _count(first: int, last: int, low: int, noun: str, kind: str, rule: str, cue: Mark) -> tuple[Count, Told]:
    count = Count(first, last, "named", low, low, "exact", noun, "", first, "", True, False, "")
    return count, Told(kind, rule, cue.first, cue.last)


def _name(scene: Scene, token: int) -> str:
    """The first word of a person's name after مقتل, that is a word no table knows and that is no plural."""
    word = scene.words[token] if token < len(scene.words) else ""
    if token in scene.by_first or word in scene.functions:
        return ""
    return word if word.isalpha() and len(word) > 2 and not word.endswith(_PLURAL_ENDS) else ""


def _shared(scene: Scene, told: list[tuple[Count, Told]]) -> list[tuple[Count, Told]]:
    """جنديان وخمسة مدنيين أصيبوا: the verb behind the last member speaks of the first too."""
    result = list(told)
    for index in range(len(result) - 1, 0, -1):
        count, said = result[index]
        before, earlier = result[index - 1]
        if said.rule == "quantity.verb_after" and earlier.rule == "quantity.people" and scene.listed(before, count):
            group = said.group if said.group >= 0 else 1000 + index
            result[index] = (count, replace(said, group=group))
            result[index - 1] = (before, replace(said, group=group, rule="quantity.verb_after"))
    return result
