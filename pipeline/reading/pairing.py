"""The likeliest pair of sides of a trigger: how likely each is alone, and how well the two go together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from pipeline.linear import Group, Linear, Names, Twins
from pipeline.machinery.quick import dataclass
from pipeline.reading.cast import Cast
from pipeline.reading.who import ActorOption
from pipeline.records import ActorMention, TriggerMention

LIKELY = 5  # agents and targets each that are weighed in pairs
PairFeatures = tuple[int, int, tuple[Group, ...]]  # places of agent and target among the options, what is on
CROWDS = ("protest", "riot")  # families whose acting side is the crowd


@dataclass(frozen=True)
class Sides:
    """Agent and target, None for nobody; others stand beside them in the sentence."""

    agent: ActorOption | None
    target: ActorOption | None
    others: tuple[ActorMention, ...]
    sure: float = 0.0  # by how much the target outweighs nobody as the target


def sides(options: Sequence[ActorOption], trigger: TriggerMention, cast: Cast, side_models: Twins,
          pair_model: Linear) -> Sides:  # fmt: skip
    """The pair with the highest sum of weights; the last option is nobody. side_models weigh agents and targets."""
    family, form, voice = trigger.family, trigger.form, trigger.voice
    as_agents, as_targets = zip(*[side_models.scores(option.features) for option in options], strict=True)
    targets = _likeliest(options, as_targets)
    agents = [(0.0, options[-1])] if family in CROWDS else _likeliest(options, as_agents)
    alone = [
        (agent_score + target_score, -place, agent, target)
        for place, ((agent_score, agent), (target_score, target)) in enumerate(product(agents, targets))
        if not agent.identity or agent.identity != target.identity
    ]
    alone.sort(reverse=True)
    most = most_together(pair_model)
    untouched = float("-inf")  # the best score with nobody as target
    best = untouched, 0, options[-1], options[-1]  # of equals the pair that comes first
    for score, place, agent, target in alone:
        if score + most < (best[0] if target.identity else untouched):
            continue  # whatever the two are together, another pair is better
        score += pair_model.score(pair_features(agent, target, family, form, voice, cast))
        if not target.identity:
            untouched = max(untouched, score)
        if (score, place) > best[:2]:
            best = score, place, agent, target
    score, _, one, other = best
    others = tuple([o.mention for o in options if o is not one and o is not other and o.basis == "clause"])
    return Sides(one if one.identity else None, other if other.identity else None, others, score - untouched)


# The kinds (what stands before "=") of the names that may be on of two sides.
KINDS = ("sorts", "sorts", "who", "places", "places", "places", "pair_told")


def most_together(pair_model: Linear) -> float:
    """No less than what the model adds for any two sides."""
    return pair_model.bias + sum([pair_model.greatest.get(kind, 0.0) for kind in KINDS]) + 1e-6


def pairs(options: Sequence[ActorOption], trigger: TriggerMention,
          cast: Cast) -> list[PairFeatures]:  # fmt: skip
    """Every pair of different options by their places, agent first, with what is on (for training)."""
    family, form, voice = trigger.family, trigger.form, trigger.voice
    agents = [len(options) - 1] if family in CROWDS else range(len(options))
    return [
        (i, j, pair_features(options[i], options[j], family, form, voice, cast))
        for i in agents
        for j in range(len(options))
        if not options[i].identity or options[i].identity != options[j].identity
    ]


def _likeliest(options: Sequence[ActorOption], scores: Sequence[float]) -> list[tuple[float, ActorOption]]:
    """The options with the highest scores, the first of equals first."""
    best = sorted(range(len(options)), key=scores.__getitem__, reverse=True)[:LIKELY]
    return [(scores[place], options[place]) for place in best]


def pair_features(agent: ActorOption, target: ActorOption, family: str, form: str, voice: str,
                  cast: Cast) -> tuple[Group, ...]:  # fmt: skip
    """What is on of two different sides together, in groups."""
    one, other = agent.mention.first, target.mention.first
    order = "agent_first" if agent.basis == target.basis == "clause" and one < other else "-"
    told = _pair_told(agent.identity, target.identity, family, cast)
    return ((_sorts, agent.sort, target.sort, family), (_who, agent.identity, target.identity),
            (_places, agent.place, target.place, order, form, voice, family), (_told, told))  # fmt: skip


def _pair_told(agent: str, target: str, family: str, cast: Cast) -> str:
    """Whether a telling before had the same two sides, in its own family or any, or the other way round."""
    if not cast.pairs or not agent or not target:
        return "no"
    for name, told in ((family, "family"), ("", "any")):
        if (name, agent, target) in cast.pairs:
            return f"same/{told}"
        if (name, target, agent) in cast.pairs:
            return f"turned/{told}"
    return "no"


def _sorts(agent: str, target: str, family: str) -> Names:
    return f"sorts={agent}/{target}", f"sorts={agent}/{target}/{family}"


def _who(agent: str, target: str) -> Names:
    return (f"who={agent}>{target}",) if agent and target else ()


def _places(agent: str, target: str, order: str, form: str, voice: str, family: str) -> Names:
    return (f"places={agent}/{target}/{order}", f"places={agent}/{target}/{order}/{form}/{voice}",
            f"places={agent}/{target}/{order}/{family}")  # fmt: skip


def _told(told: str) -> Names:
    return (f"pair_told={told}",)
