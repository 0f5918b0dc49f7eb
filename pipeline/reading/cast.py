"""The cast of a story: everyone its sentences name, and which side the tellings before gave them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.linear import Names
from pipeline.machinery.quick import dataclass, replace
from pipeline.records import ActorMention

PERSONS = ("leader", "office")
MOST = 6  # members that are looked at beside those of the sentence
STATE, FOREIGN = "State forces", "External/Other forces"


def side_name(mention: ActorMention) -> str:
    """The name of a mention as one side; a person of a violent event stands for the group he leads."""
    return mention.group_of if mention.kind in PERSONS and mention.group_of else mention.name


def identity(mention: ActorMention) -> str:
    """What makes two mentions one side: the forces and the government of a state are one, others are their names."""
    if mention.kind in ("state", "hint") and mention.country:
        return f"state {mention.country}"
    name = side_name(mention)
    if mention.kind in PERSONS and name.startswith("Government of") and mention.country:
        return f"state {mention.country}"
    return name


@dataclass(slots=True)
class Member:
    """Somebody the article names: the mention that stands for him, the sentences that name him, how often."""

    mention: ActorMention
    identity: str
    sentences: list[int]
    titled: bool = False


class Cast:
    """Everyone the article names, and what the tellings so far made of them."""

    def __init__(self, actors: Sequence[Sequence[ActorMention]], titles: int) -> None:
        """actors by sentence; the first titles sentences are the title."""
        self.members: dict[str, Member] = {}
        for index, row in enumerate(actors):
            for mention in row:
                if mention.kind == "hint":
                    continue
                who = identity(mention)
                member = self.members.get(who)
                if member is None:
                    self.members[who] = Member(mention, who, [index], index < titles)
                    continue
                member.sentences.append(index)
                if _better(mention, member.mention):
                    member.mention = mention
        ranked = sorted(self.members.values(), key=lambda m: (-len(m.sentences), m.sentences[0]))
        self.ranked = ranked
        self._ranks = {member.identity: min(rank, 4) for rank, member in enumerate(ranked)}
        self._told: Counter[tuple[str, str, str]] = Counter()
        self._last: dict[tuple[str, str], str] = {}
        self.pairs: set[tuple[str, str, str]] = set()

    def rank(self, who: str) -> int:
        """0 for the one named most often, at most 4, -1 for one not named."""
        return self._ranks.get(who, -1)

    def tell(self, family: str, agent: str, target: str) -> None:
        """Remember the sides of a telling, identities or ""."""
        for side, who in (("agent", agent), ("target", target)):
            if who:
                self._told[family, side, who] += 1
                self._told["", side, who] += 1
                self._last[family, side] = self._last["", side] = who
        if agent and target:
            self.pairs.add((family, agent, target))
            self.pairs.add(("", agent, target))

    def tags(self, who: str, family: str) -> Names:
        """How the tellings before used him."""
        told, last = self._told, self._last
        if not last:
            return _UNTOLD
        on = []
        for side in ("agent", "target"):
            same, other = told.get((family, side, who), 0), told.get(("", side, who), 0)
            if same:
                on.append(f"told_{side}=same")
            elif other:
                on.append(f"told_{side}=other")
            if last.get((family, side)) == who:
                on.append(f"last_{side}=same")
            elif last.get(("", side)) == who:
                on.append(f"last_{side}=other")
        return tuple(on) or (_NEVER_SAME if any(f == family for f, _ in last) else _NEVER)

    def beside(self, index: int, named: frozenset[str]) -> list[tuple[Member, str]]:
        """Members the sentence does not name, most often named first, with where they stand nearest."""
        found = []
        for member in self.ranked:
            if member.identity not in named:
                found.append((member, _where(member, index)))
                if len(found) == MOST:
                    break
        return found


_UNTOLD, _NEVER, _NEVER_SAME = ("nothing_told",), ("never_told",), ("never_told_same",)


def _better(one: ActorMention, other: ActorMention) -> bool:
    """Whether a mention stands for its side better than another: forces rather than governments and persons."""
    return _order(one) < _order(other)


def _order(mention: ActorMention) -> int:
    if mention.kind in PERSONS:
        return 2
    return 1 if mention.name.startswith("Government of") else 0


def _where(member: Member, index: int) -> str:
    before = [s for s in member.sentences if s < index]
    if before and index - before[-1] <= 2:
        return f"before{index - before[-1]}"
    if member.titled:
        return "title"
    if before:
        return "before"
    return "next" if member.sentences[0] - index <= 2 else "after"


def forces_of(hint: ActorMention, story: str) -> ActorMention:
    """A nationality (صاروخ إيراني) as the forces of its state; story is the English name of the story's country."""
    inter = STATE if not story or hint.country == story else FOREIGN
    return replace(hint, name=hint.group_of or hint.name, inter=inter)
