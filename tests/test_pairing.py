"""The likeliest pair of sides is the best of all pairs, although not all are weighed."""

from __future__ import annotations

import random

from pipeline.linear import Linear, Twins, names_of
from pipeline.reading.cast import Cast
from pipeline.reading.pairing import KINDS, LIKELY, most_together, pair_features, sides
from pipeline.reading.who import ActorOption
from pipeline.records import ActorMention, TriggerMention

TRIGGER = TriggerMention(3, 4, 0, 3, "t", "قصف", "shelling", "Shelling/artillery/missile attack", "past", "strong")


def options(rng: random.Random) -> list[ActorOption]:
    found = []
    for place in range(rng.randint(1, 7)):
        mention = ActorMention(place, place + 1, 0, 1, "", f"name {place}", "", "", "", "")
        found.append(ActorOption(mention, ((f"x={place}",),), "clause", f"name {place % 4}", rng.choice("ab"), "after"))
    nobody = ActorMention(-1, -1, -1, -1, "", "", "", "", "", "")
    return [*found, ActorOption(nobody, (("x=nobody",),), "nobody", "", "nobody", "nobody")]


def test_no_pair_outweighs_the_one_that_is_chosen() -> None:
    rng, cast = random.Random(7), Cast((), 0)
    for _ in range(300):
        given = options(rng)
        names = [name for option in given for name in option.features[0]]
        agent, target = (Linear({name: rng.randint(-9, 9) / 10 for name in names}, 0.1) for _ in range(2))
        every = {
            (i, j): pair_features(one, other, "shelling", "past", "", cast)
            for i, one in enumerate(given) for j, other in enumerate(given)
            if not one.identity or one.identity != other.identity
        }  # fmt: skip
        pair = Linear({name: rng.randint(-9, 9) / 10 for on in every.values() for name in names_of(on)})
        score = {
            (i, j): agent.score(given[i].features) + target.score(given[j].features) + pair.score(on)
            for (i, j), on in every.items()
        }
        likely = [sorted(range(len(given)), key=lambda i: -model.score(given[i].features))[:LIKELY]
                  for model in (agent, target)]  # fmt: skip
        asked = [(i, j) for i, j in score if i in likely[0] and j in likely[1]]
        best = max(score[key] for key in asked)
        chosen = sides(given, TRIGGER, cast, Twins(agent, target), pair)
        i, j = (given.index(side) if side is not None else len(given) - 1 for side in (chosen.agent, chosen.target))
        assert abs(score[i, j] - best) < 1e-9
        untouched = [score[key] for key in asked if key[1] == len(given) - 1]
        assert not untouched or abs(chosen.sure - (best - max(untouched))) < 1e-9


def test_the_bound_knows_every_kind_of_name() -> None:
    one, other, nobody = options(random.Random(1))[0], options(random.Random(5))[1], options(random.Random(1))[-1]
    on = pair_features(one, other, "clash", "past", "", Cast((), 0))
    assert sorted(name.partition("=")[0] for name in names_of(on)) == sorted(KINDS)
    assert len(names_of(pair_features(one, nobody, "clash", "past", "", Cast((), 0)))) < len(KINDS)
    model = Linear(dict.fromkeys(names_of(on), 1.0), 0.5)
    assert most_together(model) >= model.score(on)
