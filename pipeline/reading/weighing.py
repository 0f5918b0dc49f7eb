"""The sub-event type among those that are told with the same words, weighed: shelling or an air strike, a clash or a
change of control, a protest or a riot. The rules of pipeline/reading/kinds.py are one fact among others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from pipeline.candidates import ActorChoice
from pipeline.linear import Group, Linear, Names, names_of
from pipeline.machinery.memo import Remembered
from pipeline.machinery.quick import dataclass
from pipeline.records import Document, Sentence, TriggerMention, WeaponMention

# Grenades, of which a handful is hand-coded, are left to the rules.
SCOPES = (
    ("Air/drone strike", "Chemical weapon", "Remote explosive/landmine/IED",
     "Shelling/artillery/missile attack", "Suicide bomb"),
    ("Armed clash", "Government regains territory", "Non-state actor overtakes territory"),
    ("Excessive force against protesters", "Mob violence", "Peaceful protest", "Protest with intervention",
     "Violent demonstration"),
)  # fmt: skip
SCOPE_OF = {kind: scope for scope in SCOPES for kind in scope}
NEAR = 10  # words on each side of the trigger
RULE = "kind.weighed"


@dataclass(frozen=True, slots=True)
class KindOption:
    """One sub-event type and the facts that speak for or against it; right or wrong only in training."""

    kind: str
    facts: tuple[Group, ...]

    @property
    def names(self) -> Names:
        """Each fact with the type: what is fitted."""
        return tuple([f"{self.kind}: {fact}" for fact in names_of(self.facts)])


class KindModel:
    """The weights of "type: fact", looked up for all types of a scope at once."""

    def __init__(self, model: Linear) -> None:
        self._model = model

    def __bool__(self) -> bool:
        return bool(self._model.weights)

    @cached_property
    def _of_group(self) -> Callable[[tuple[tuple[str, ...], Group]], tuple[float, ...]]:
        weights = self._model.weights

        def of(asked: tuple[tuple[str, ...], Group]) -> tuple[float, ...]:
            scope, group = asked
            facts = names_of((group,))
            return tuple([sum([weights.get(f"{kind}: {fact}", 0.0) for fact in facts]) for kind in scope])

        return Remembered[tuple[tuple[str, ...], Group], tuple[float, ...]](of).__getitem__

    def best(self, rule_kind: str, facts: Sequence[Group]) -> str:
        """The likeliest type of the scope of rule_kind; the rule's own when it has no scope or there are no weights."""
        scope = SCOPE_OF.get(rule_kind)
        if scope is None or not self:
            return rule_kind
        sums = [sum(column) for column in zip(*[self._of_group((scope, group)) for group in facts], strict=True)]
        return max(zip(sums, [kind == rule_kind for kind in scope], scope, strict=True))[2]


def kind_facts(document: Document, sentence: Sentence, triggers: Sequence[TriggerMention], trigger: TriggerMention,
               weapons: Sequence[WeaponMention], kind: str, rule: str, sides: tuple[ActorChoice, ActorChoice],
               killed: bool, injured: bool, stem: Callable[[str], str]) -> tuple[Group, ...]:  # fmt: skip
    """What is known of one candidate: the rule's choice, its words, sides, people harmed, weapons, other triggers."""
    one, other = sides
    beside = dict.fromkeys([t.trigger_id for t in triggers if t is not trigger])
    around = range(max(sentence.first, trigger.first - NEAR), min(sentence.last, trigger.first + NEAR))
    stems = dict.fromkeys(map(stem, [document.words[token] for token in around]))
    stems.pop("", None)
    return (
        (_rule, kind, rule, trigger.trigger_id, trigger.form),
        (_side, "actor1", one.inter, one.name.partition(" (")[0], kind),
        (_side, "actor2", other.inter, other.name.partition(" (")[0], kind),
        (_sides, one.inter, other.inter),
        (_harm, killed, injured, kind),
        *[(_weapon, w.weapon, w.sub_event_type) for w in dict.fromkeys(weapons)],
        *[(_fact, "beside", trigger_id) for trigger_id in beside],
        *[(_fact, "kind_beside", k) for k in dict.fromkeys([t.sub_event_type for t in triggers if t is not trigger])],
        *[(_fact, "near", stem) for stem in stems],
    )


def options_of(kind: str, facts: tuple[Group, ...]) -> list[KindOption]:
    """The types that may be weighed against a kind, for training."""
    return [KindOption(other, facts) for other in SCOPE_OF.get(kind, ())]


def _rule(kind: str, rule: str, trigger: str, form: str) -> Names:
    return f"rule={kind}", f"kind_rule={rule}/{kind}", f"trigger={trigger}", f"trigger_form={trigger}/{form}"


def _side(side: str, inter: str, name: str, kind: str) -> Names:
    inter = inter or "none"
    return f"{side}={name or 'none'}", f"{side}_inter={inter}", f"{side}_inter_rule={inter}/{kind}"


def _sides(one: str, other: str) -> Names:
    return (f"inters={one or 'none'}/{other or 'none'}",)


def _harm(killed: bool, injured: bool, kind: str) -> Names:
    told = [name for name, on in (("killed", killed), ("injured", injured)) if on]
    return (*told, *[f"{name}={kind}" for name in told])


def _weapon(weapon: str, kind: str) -> Names:
    return (f"weapon={weapon}", f"weapon_kind={kind}") if kind else (f"weapon={weapon}",)


def _fact(name: str, value: str) -> Names:
    return (f"{name}={value}",)
