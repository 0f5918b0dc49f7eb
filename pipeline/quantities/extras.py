"""Deaths and injuries told without a count: a named person, two people of one verb, members before a shared verb; and
that nobody was hurt."""

from __future__ import annotations

from pipeline.machinery.quick import replace
from pipeline.quantities.company import with_company
from pipeline.quantities.count import NUMERIC, Count
from pipeline.quantities.govern import VERB_REACH
from pipeline.quantities.marks import Mark
from pipeline.quantities.scene import LIST_GAP, Scene
from pipeline.quantities.told import Told

AGENT_REACH = 3  # tokens between a verb and its object: قتلت قوات الأمن أحدهم
SUBJECT_REACH = 14  # tokens between a person with name and office, and the verb
STRONG = ("killed", "injured")
ONE_OF = ("verb", "death", "masdar")
UNHARMED = "unharmed"  # a kind of its own: the number is 0
_QUOTES = frozenset('"«“')
_PLURAL_ENDS = ("ون", "ين", "ات")


def extras(scene: Scene, told: list[tuple[Count, Told]]) -> list[tuple[Count, Told]]:
    """The counts with what one verb says of a list before it, and with counts that no number or noun shows."""
    told = _shared(scene, told)
    used = {said.cue_first for _, said in told}
    added = [*_one_of_them(scene, told)]
    for cue in scene.cues:
        word = cue.word("cue")
        if word is None or cue.first in used:
            continue
        if word.value == "post2" and not any(0 <= cue.first - count.last <= LIST_GAP for count, _ in told):
            added.append(_count(cue.first, cue.last, 2, "", word.kind, "quantity.dual_verb", cue))
        elif word.value == "death" and (name := _name(scene, at := _behind_quote(scene, cue.last))):
            added.append(_count(at, at + 1, 1, name, word.kind, "quantity.named_person", cue))
        elif cue.word("fell") is not None and _fell_alone(scene, cue):
            added.append(_count(cue.first, cue.last, 1, "", word.kind, "quantity.singular_verb", cue))
    for mark in scene.classes.get("unharmed", ()):
        added.append(_count(mark.first, mark.last, 0, "", UNHARMED, "quantity.none_injured", mark))
    for mark in scene.classes.get("harm", ()):
        if scene.denied(mark.first):
            added.append(_count(mark.first, mark.last, 0, "", UNHARMED, "quantity.no_harm", mark))
    told = sorted(told + added, key=lambda item: item[0].first) if added else told
    return with_company(scene, _killed_them(scene, told))


def _one_of_them(scene: Scene, told: list[tuple[Count, Told]]) -> list[tuple[Count, Told]]:
    """مقتل أحدهم, قتلت الشرطة أحدهما: one, where the cue governs no number."""
    numbered = {said.cue_first for count, said in told if count.low is not None}
    found = []
    for mark in scene.classes.get("subset", ()):
        word = mark.word("subset")
        cue = next((c for c in reversed(scene.cues) if c.last <= mark.first), None)
        said = cue.word("cue") if cue is not None else None
        if word is None or word.value != "one" or cue is None or said is None or said.kind not in STRONG:
            continue
        after = scene.by_first.get(mark.last)
        if said.value not in ONE_OF or (after is not None and after.word("noun") is not None):
            continue  # أحدهما جندي tells of two who were counted before
        reach = AGENT_REACH if said.value == "verb" else 0
        if mark.first - cue.last <= reach and cue.first not in numbered:
            found.append(_count(mark.first, mark.last, 1, "", said.kind, "quantity.one_of_them", cue))
    return found


def _fell_alone(scene: Scene, cue: Mark) -> bool:
    """Whether a singular verb of death speaks of one person told before it: القائد فلان قتل في غارة, الذي قتل أمس."""
    words, before, after = scene.words, scene.by_last.get(cue.first), scene.by_first.get(cue.last)
    if scene.denied(cue.first) or cue.prefix not in ("", "و", "ف"):
        return False
    for count in scene.counts:
        with_them = scene.by_last.get(count.first)
        company = with_them is not None and with_them.word("company") is not None
        if cue.last <= count.first < cue.last + VERB_REACH and count.form != "singular" and not company:
            return False
    follower = words[cue.last] if cue.last < len(words) else "."
    ended = not follower.isalpha() or (follower.startswith("ب") and len(follower) > 3)
    phrase = after is not None and (after.word("preposition") or after.word("lead") or after.word("company"))
    if not (ended or phrase):
        return False
    if before is not None and before.word("fell_before") is not None:
        return True
    near = [m for m in scene.found if cue.first - SUBJECT_REACH <= m.first and m.last <= cue.first
            and (m.word("noun") or m.value is not None or m.word("vague"))]  # fmt: skip
    noun = near[-1].word("noun") if near else None
    return noun is not None and noun.value == "s" and not noun.kind and not scene.cue_between(near[-1].last, cue.first)


def _count(first: int, last: int, low: int, noun: str, kind: str, rule: str, cue: Mark) -> tuple[Count, Told]:
    count = Count(first, last, "named", low, low, "exact", noun, "", first, "", True, False, "")
    return count, Told(kind, rule, cue.first, cue.last)


def _behind_quote(scene: Scene, token: int) -> int:
    return token + 1 if token < len(scene.words) and scene.words[token] in _QUOTES else token


def _name(scene: Scene, token: int) -> str:
    """The first word of a person's name after مقتل, that is a word no table knows and that is no plural."""
    word = scene.words[token] if token < len(scene.words) else ""
    if token in scene.by_first or word in scene.functions:
        return ""
    return word if word.isalpha() and len(word) > 2 and not word.endswith(_PLURAL_ENDS) else ""


def _killed_them(scene: Scene, told: list[tuple[Count, Told]]) -> list[tuple[Count, Told]]:
    """أطلق النار على عشرة أشخاص وقتلهم: the people counted before it were killed."""
    result = told
    for mark in scene.classes.get("them", ()):
        at = next((i for i in reversed(range(len(told))) if told[i][0].last <= mark.first), -1)
        if at >= 0 and told[at][0].form in NUMERIC and told[at][1].rule == "quantity.people" and \
                mark.first - told[at][0].last <= SUBJECT_REACH and not scene.attempted(mark.first):  # fmt: skip
            result = [*result[:at], (told[at][0], Told("killed", "quantity.killed_them", mark.first, mark.last)),
                      *result[at + 1 :]]  # fmt: skip
    return result


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
