"""The numbers of killed or injured that an article tells, lists added up: what a toll may be."""

from __future__ import annotations

from itertools import pairwise

from pipeline.candidates import Reading
from pipeline.machinery.quick import dataclass
from pipeline.reading.tolls import both_sides
from pipeline.records import Quantity

UNHARMED = "unharmed"
RAISED = "quantity.toll_total"
OVER = 2  # sentences between the counts of the two sides


@dataclass(frozen=True, slots=True)
class Toll:
    """A number that a sentence tells: a quantity alone, the members of a list, or two counts of different people.

    shape is one, list, both, sides (both with verbs of their own), or over (counts of two sentences); vague tells that
    a further member has no number (القيادي وعدد من مرافقيه).
    """

    sentence: int
    members: tuple[Quantity, ...]
    number: int
    vague: bool
    shape: str


def tolls_of(reading: Reading, kind: str) -> list[Toll]:
    """The numbers of one kind (killed or injured) in text order, then sums of two that stand side by side, or in two
    sentences of the body near each other: 12 مسلحا قتلوا. كما قتل جنديان.

    A total over a period is of no event; a raised toll of no named incident may be.
    """
    found: list[Toll] = []
    for index, quantities in enumerate(reading.quantities):
        if quantities:
            may_be = [q for q in quantities if not q.cumulative or q.rule == RAISED]
            _add(found, index, [q for q in may_be if q.kind == kind or _none_of(q, kind)])
    alone = [t for t in found if t.number and t.shape in ("one", "list") and not t.members[0].subset
             and not t.members[0].cumulative and reading.sentences[t.sentence].kind == "body"]  # fmt: skip
    for at, one in enumerate(alone):
        for other in alone[at + 1 :]:
            if other.sentence > one.sentence + OVER:
                break
            apart = other.sentence > one.sentence and other.members[0].noun != one.members[0].noun
            if apart and one.number != other.number:
                members = (*one.members, *other.members)
                found.append(Toll(one.sentence, members, one.number + other.number, one.vague or other.vague, "over"))
    return found


def _none_of(quantity: Quantity, kind: str) -> bool:
    """Whether it says that nobody was killed, or injured: where nobody is injured nobody is killed."""
    return quantity.kind == UNHARMED and (kind == "killed" or quantity.rule != "quantity.none_killed")


def _add(found: list[Toll], index: int, quantities: list[Quantity]) -> None:
    groups: dict[int, list[Quantity]] = {}
    for at, quantity in enumerate(quantities):
        listed = quantity.group >= 0 and not quantity.subset
        groups.setdefault(quantity.group if listed else -2 - at, []).append(quantity)
    alone = []
    for members in groups.values():
        numbered = tuple([q for q in members if q.low is not None])
        if numbered:
            shape = "list" if len(numbered) > 1 else "one"
            alone.append(Toll(index, numbered, sum(q.low or 0 for q in numbered), len(numbered) < len(members), shape))
    found.extend(alone)
    for one, other in pairwise([t for t in alone if t.number and not t.members[0].subset]):
        both = (*one.members, *other.members)
        found.append(Toll(index, both, one.number + other.number, one.vague or other.vague, _pair(one, other)))


def _pair(one: Toll, other: Toll) -> str:
    """Whether two counts are of different people: جنديين قتلا … قتلوا خمسة مهاجمين."""
    sides = len(one.members) == len(other.members) == 1 and both_sides(one.members[0], other.members[0])
    return "sides" if sides else "both"
