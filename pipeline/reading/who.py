"""Who did what to whom: the agent and the target of a trigger among the actors of its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.reading.clauses import Clauses
from pipeline.reading.tables import ReadingTables
from pipeline.records import ActorChoice, ActorMention, Document, Quantity, TriggerMention

FAR = 30.0
NOBODY = ActorChoice("", "", "", "actor.none")
VERBS = ("past", "present", "jussive", "future")
PERSONS = ("leader", "office")
UNARMED = ("Civilians", "Protesters")
# Families whose verbal noun takes its object, not its agent, right after it (اعتقال ناشط, خطف صحفي).
OBJECT_FAMILIES = ("arrest", "abduction", "attack", "disrupted_weapons", "destruction")


@dataclass(frozen=True)
class Sides:
    """Agent and target with what stands beside them; speaker is who reports (used when nobody else acts)."""

    agent: ActorMention | None
    target: ActorMention | None
    others: tuple[ActorMention, ...]
    speaker: ActorMention | None


def choice(mention: ActorMention, rule: str) -> ActorChoice:
    """A mention as one side; a person of a violent event stands for the group he leads."""
    name = mention.group_of if mention.kind in PERSONS and mention.group_of else mention.name
    return ActorChoice(name, mention.inter, mention.country, f"{rule}+{mention.rule}", mention)


def sides(document: Document, trigger: TriggerMention, actors: Sequence[ActorMention], clauses: Clauses,
          tables: ReadingTables) -> Sides:  # fmt: skip
    """Agent and target by position, preposition and voice. Works on one sentence; either side may be None."""
    scored: list[tuple[float, float, ActorMention]] = []
    speaker: ActorMention | None = None
    for mention in actors:
        if mention.kind == "hint":
            continue
        crossed = clauses.crossed(trigger.first, mention.first)
        if mention.first < trigger.first and "content" in crossed:
            if speaker is None and mention.kind not in ("civilians", "protesters"):
                speaker = mention
            continue
        distance = clauses.between(trigger.first, mention.first if mention.first > trigger.first else mention.last - 1)
        if distance > FAR:
            continue
        agent, target = _evidence(document, trigger, mention, tables)
        scored.append((agent - distance, target - distance, mention))
    agent_mention = _best(scored, 0, None)
    target_mention = _best(scored, 1, None)
    if agent_mention is not None and agent_mention is target_mention:
        agent_score = max(score for score, _, mention in scored if mention is agent_mention)
        target_score = max(score for _, score, mention in scored if mention is target_mention)
        if agent_score >= target_score:
            target_mention = _best(scored, 1, agent_mention)
        else:
            agent_mention = _best(scored, 0, target_mention)
    others = tuple(m for _, _, m in scored if m is not agent_mention and m is not target_mention)
    return Sides(agent_mention, target_mention, others, speaker)


def _best(
    scored: list[tuple[float, float, ActorMention]], side: int, taken: ActorMention | None
) -> ActorMention | None:
    pool = [(row[side], -row[2].first, row[2]) for row in scored if row[2] is not taken]
    pool = [item for item in pool if item[0] > -20.0]
    if taken is not None:
        pool = [item for item in pool if item[2].name != taken.name]
    return max(pool, key=lambda item: (item[0], item[1]))[2] if pool else None


def _evidence(document: Document, trigger: TriggerMention, mention: ActorMention,
              tables: ReadingTables) -> tuple[float, float]:  # fmt: skip
    """Points for agent and for target, from the words before the mention and its side of the trigger."""
    words, first = document.words, mention.first
    before = words[first - 1] if first else ""
    two_before = words[first - 2] if first > 1 else ""
    after = first > trigger.first
    verb = trigger.form in VERBS
    passive = trigger.voice == "passive"
    agent = target = 0.0
    joined = words[first]
    if before in tables.agent_markers or two_before in tables.agent_markers:
        agent += 12.0
    if before in tables.target_markers or two_before in tables.target_markers:
        target += 10.0
    if verb:
        if after:
            direct = first - trigger.last <= 1 and trigger.companion_first != first
            agent += (6.0 if direct and not passive else 0.0) - (0.0 if direct else 2.0)
            target += 6.0 if passive or not direct else 1.0
        else:
            agent += 3.0 if not passive else -4.0
            target += 3.0 if passive else -3.0
    else:
        direct = after and first - trigger.last <= 1
        takes_object = trigger.family in OBJECT_FAMILIES
        if direct and joined.startswith("ل") and not takes_object:
            agent += 5.0
        elif direct:
            target += 6.0 if takes_object else 0.0
            agent += 0.0 if takes_object else 6.0
        elif after:
            target += 3.0
        else:
            agent += 2.0
    if mention.kind in ("civilians", "protesters"):
        agent -= 9.0
        target += 2.0
    if mention.kind in PERSONS:
        agent -= 2.0
    for slot, role in trigger.roles:
        if slot == "subject" and role == "target" and after and verb:
            target += 3.0
        if slot == before and role == "agent":
            agent += 6.0
        if slot == before and role == "target":
            target += 6.0
    return agent, target


def victims(killed: Sequence[Quantity], actors: Sequence[ActorMention]) -> tuple[ActorMention, ...]:
    """Actors named as the people counted: they begin inside the quantity or right after it."""
    return tuple(m for m in actors if any(q.first <= m.first <= q.last + 1 for q in killed))
