"""Who fell with one person told alone: قتل مع سبعة آخرين, لقي مصرعه رفقة سائقه."""

from __future__ import annotations

from pipeline.machinery.quick import replace
from pipeline.quantities.count import NUMERIC, Count
from pipeline.quantities.marks import Mark
from pipeline.quantities.scene import Scene
from pipeline.quantities.told import Told

REACH = 16  # tokens between the person and the words that bring the company
CLOSE = 6  # the same where it must be seen who they were: with 5 others, with two of his guards
NEAR = 3  # the same where «مع» may as well tell whom somebody fought or met
_OWNED = ("ه", "ها")


def with_company(scene: Scene, told: list[tuple[Count, Told]]) -> list[tuple[Count, Told]]:
    """The counts, each person who was killed in a list with the people told to have been with them."""
    marks = scene.classes.get("company")
    if not marks:
        return told
    result = list(told)
    for mark in marks:
        _join(scene, mark, result)
    return result


def _join(scene: Scene, mark: Mark, told: list[tuple[Count, Told]]) -> None:
    person = next((i for i in reversed(range(len(told))) if _end(told[i]) <= mark.first), -1)
    if person < 0:
        return
    count, said = told[person]
    gap = mark.first - _end(told[person])
    if said.kind != "killed" or count.low != 1 or said.subset or gap > REACH:
        return
    if scene.cue_between(_end(told[person]), mark.first) or _hostile(scene, mark):
        return
    other = next((c for c in scene.counts if 0 <= c.first - mark.last <= 1), None)
    if other is None or not _together(scene, mark, other, gap):
        return
    group = said.group if said.group >= 0 else 2000 + person
    joined = Told("killed", "quantity.company", mark.first, mark.last, group)
    told[person] = (count, replace(said, group=group))
    at = next((i for i, (c, _) in enumerate(told) if c.first == other.first), -1)
    if at < 0:
        told.append((other, joined))
        told.sort(key=lambda item: item[0].first)
    elif told[at][1].kind == "number":
        told[at] = (other, joined)


def _end(item: tuple[Count, Told]) -> int:
    return max(item[0].last, item[1].cue_last)


def _hostile(scene: Scene, mark: Mark) -> bool:
    """Whether the words before speak of a fight: في اشتباكات مع خمسة مسلحين."""
    before = scene.by_last.get(mark.first)
    return before is not None and before.word("incident") is not None


def _together(scene: Scene, mark: Mark, other: Count, gap: int) -> bool:
    word = mark.word("company")
    sure = (word is not None and word.value == "sure") or gap <= NEAR
    words = scene.words
    if other.form == "singular":
        return other.low == 1 and (sure or (other.definite and words[other.first].endswith(_OWNED)))
    if other.form not in NUMERIC or not (other.people or other.bare):
        return False
    after = scene.by_first.get(other.last)
    others = after is not None and after.word("others") is not None
    if sure or other.noun.endswith(_OWNED) or words[other.last - 1].endswith(_OWNED):
        return True
    return gap <= CLOSE and (others or other.noun.endswith(("آخرين", "آخرون")))
