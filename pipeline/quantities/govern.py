"""How far a cue reaches: the count it governs, the agent it does not count, two cues that share a count."""

from __future__ import annotations

from pipeline.quantities.count import NUMERIC, Count
from pipeline.quantities.marks import Mark
from pipeline.quantities.scene import Scene

VERB_REACH = 6  # tokens between a verb and its object: قتل مسلحون يستقلون سيارة شرطيا
MASDAR_REACH = 2
NOUN_REACH = 6


def governs(scene: Scene, cue: Mark, value: str, gap: int, count: Count) -> bool:
    """Whether a cue can reach the count at this distance."""
    if value == "with":
        return count.prefix == "ب" and gap <= VERB_REACH and count.form in NUMERIC
    if value == "strict":
        someone = count.people or (count.bare and count.form == "vague")
        return gap == 0 and someone and count.form in ("number", "vague", "dual")
    if gap and count.prefix not in ("", "ال") and not (value == "noun" and count.prefix in ("ب", "ل")):
        return False
    if any(scene.words[at] in ":؛" for at in range(cue.last, count.first)):
        return False
    prepositional = gap > 0 and scene.preposition(count.first)
    if count.form in ("plural", "collective") and count.definite:
        return False
    if not count.people:
        return gap == 0 and not prepositional and count.form in NUMERIC
    if count.definite and count.form == "dual" and gap:
        return False
    if count.form in ("singular", "plural", "collective", "others"):
        is_object = value in ("verb", "post") and (count.accusative or _behind_agent(scene, cue, count))
        reach = VERB_REACH if is_object else 0
        return gap <= reach and not prepositional
    if value == "noun":
        return gap <= NOUN_REACH
    if prepositional:
        return False
    return gap <= (MASDAR_REACH if value in ("masdar", "death") else VERB_REACH)


def _behind_agent(scene: Scene, cue: Mark, count: Count) -> bool:
    """Whether a plural agent stands between the verb and a single object: اغتال مسلحون مجهولون الصحفي."""
    behind = scene.by_first.get(cue.last)
    word = behind.word("noun") if behind is not None and count.form == "singular" else None
    between = scene.words[cue.last : count.first]
    plain = all(not w.startswith("ال") or w in scene.functions for w in between) and "ان" not in between
    return word is not None and word.value in "px" and not word.definite and plain


def agent(scene: Scene, cue: Mark, value: str, kind: str, count: Count, gap: int) -> bool:
    """Whether the count is who did it: قتل مسلح خمسة جنود, قتل جندي فلسطينيا."""
    if value != "verb" or kind == "crowd" or gap > 1 or count.accusative:
        return False
    if count.form not in ("singular", "plural", "dual", "one_of"):
        return False
    for later in scene.counts:
        if later.first < count.last or later.first - count.last > VERB_REACH or later.prefix:
            continue
        if scene.cue_between(count.last, later.first):
            return False
        if scene.preposition(later.first):
            continue
        is_object = later.accusative or later.form in ("number", "vague") or _behind_agent(scene, cue, later)
        if is_object and scene.subset_of(later) is None:
            return later.people
    return False


def joint(scene: Scene, cue: Mark, kind: str) -> Mark | None:
    """The other cue of قتل وأصيب, مقتل وإصابة: what they govern together is neither."""
    before = scene.by_last.get(cue.first)
    word = before.word("cue") if before is not None else None
    if before is not None and word is not None and cue.prefix == "و" and {word.kind, kind} <= {"killed", "injured"}:
        return before if word.kind != kind else None
    return None
