"""Who did what to whom: everyone who may be a side of a trigger, with the features that are on.

Sides are sought among the actors of the sentence, the hints of a nationality in it (صاروخ إيراني), the cast of the
whole story (pipeline/reading/cast.py) and the unnamed people that ACLED writes for a country.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache

from pipeline.candidates import ActorChoice
from pipeline.linear import Group
from pipeline.machinery.quick import dataclass
from pipeline.reading import sidefeatures as on
from pipeline.reading.cast import STATE, Cast, forces_of, identity, side_name
from pipeline.reading.clauses import GAPS, REACHES, Clauses
from pipeline.reading.tables import ReadingTables
from pipeline.records import ActorMention, CueMention, Document, Quantity, Sentence, TriggerMention

NOBODY = ActorChoice("", "", "", "actor.none")
STRUCK = 8.0  # clause costs within which an object is what the trigger strikes
VERBS = ("past", "present", "jussive", "future")
# Whom ACLED writes where nobody is named: name, kind, inter.
UNNAMED = (
    ("Civilians ({})", "civilians", "Civilians"),
    ("Unidentified Armed Group ({})", "unidentified", "Political militia"),
    ("Police Forces of {}", "state", STATE),
    ("Military Forces of {}", "state", STATE),
)


@dataclass(frozen=True, slots=True)
class ActorOption:
    """An actor that may be a side of the trigger, and the features that are on, in groups.

    basis is clause (named in the sentence), story (elsewhere in the article) or unnamed; identity is what makes two
    options one side; sort, place are what the choice of pairs weighs: its inter and whether it is at home, and where
    it stands.
    """

    mention: ActorMention
    features: tuple[Group, ...]
    basis: str
    identity: str
    sort: str
    place: str


def choice(option: ActorOption, rule: str) -> ActorChoice:
    """An option as one side."""
    mention = option.mention
    if option.basis == "unnamed":
        named = "actor.victims_unnamed" if mention.kind == "civilians" else "actor.unnamed"
        return ActorChoice(mention.name, mention.inter, mention.country, named)
    if option.basis != "clause":
        rule = "actor.story"
    return of_mention(mention, rule)


def of_mention(mention: ActorMention, rule: str) -> ActorChoice:
    """A mention as one side."""
    return ActorChoice(side_name(mention), mention.inter, mention.country, f"{rule}+{mention.rule}", mention)


def victims(killed: Sequence[Quantity], actors: Sequence[ActorMention]) -> tuple[ActorMention, ...]:
    """Actors named as the people counted: they begin inside the quantity or right after it."""
    return tuple([m for m in actors if any(q.first <= m.first <= q.last + 1 for q in killed)]) if killed else ()


@dataclass(frozen=True, slots=True)
class Named:
    """An actor of a sentence, with what does not hang on the trigger: the words that say what it does.

    before is the word before it and letter the first letter of its own word; joined is that letter where it may be a
    clitic, "-" else; preposition is the word before where it is one; agent and target are the names of markers; words
    are the features of its own and the neighbouring words, for each side of a trigger.
    """

    mention: ActorMention
    identity: str
    before: str
    letter: str
    joined: str
    preposition: str
    agent: str
    target: str
    speaks: bool
    words: dict[str, tuple[Group, ...]]


class SceneActors:
    """What a sentence's triggers share: its actors in text order, their first tokens, ascending, and what is struck."""

    def __init__(self, document: Document, index: int, sentence: Sentence, actors: Sequence[ActorMention],
                 cues: Sequence[CueMention], cast: Cast, story: str, tables: ReadingTables) -> None:  # fmt: skip
        words = document.words
        sayings = [c.first for c in cues if c.cue_class == "saying"]
        self.cast, self.index = cast, index
        self.named: list[Named] = []
        for mention in actors:
            if mention.kind == "hint":
                mention = forces_of(mention, story)
            first, last = mention.first, mention.last
            before, two_before = words[first - 1] if first else "", words[first - 2] if first > 1 else ""
            after = words[last] if last < len(words) else ""
            letter = words[first][:1]
            self.named.append(Named(
                mention, identity(mention), before, letter, letter if letter in _JOINED else "-",
                before if before in tables.before_place else "",
                _marker("agent_marker", before, two_before, tables.agent_markers),
                _marker("target_marker", before, two_before, tables.target_markers),
                any(0 <= first - said <= 2 or 0 < said - last <= 1 for said in sayings),
                {s: on.words(words[first], before, two_before, after, s) for s in ("before", "after")},
            ))  # fmt: skip
        self.firsts = sorted([named.mention.first for named in self.named])
        self.identities = frozenset([named.identity for named in self.named])
        self.beside = cast.beside(index, self.identities)
        self.known = self.identities | {member.identity for member, _ in self.beside}
        struck = tables.struck
        self.struck = [(at, struck[words[at]]) for at in range(sentence.first, sentence.last) if words[at] in struck]


_JOINED = frozenset("لبوف")


def _marker(name: str, before: str, two_before: str, markers: frozenset[str]) -> str:
    return name if before in markers else f"{name}.near" if two_before in markers else ""


def actor_options(scene: SceneActors, trigger: TriggerMention, harmed: Sequence[Quantity], clauses: Clauses,
                  country: str, rivals: Sequence[int]) -> list[ActorOption]:  # fmt: skip
    """Every actor of the sentence in text order, the rest of the cast, and the unnamed people of the country.

    harmed are the killed and injured of the clause; country is the English name of the event's country; rivals are
    the first tokens of the sentence's other triggers.
    """
    family, cast = trigger.family, scene.cast
    fallen = ("subject", "weapon") in trigger.roles and trigger.form in VERBS
    told = trigger.trigger_id, family
    shape = trigger.form, trigger.definite, min(len(scene.named), 4)
    fate = family, bool(harmed), fallen, _struck(scene, trigger, clauses)

    def about(option: str) -> tuple[Group, Group, Group]:
        return (on.about, option, *told), (on.shaped, option, *shape), (on.fated, option, *fate)

    options = []
    for named in scene.named:
        mention, who = named.mention, named.identity
        first = mention.first
        own = clauses.between(trigger.first, first)
        closer = bool(rivals) and any(clauses.between(rival, first) < own for rival in rivals)
        counted = bool(harmed) and any(q.first <= first <= q.last + 1 for q in harmed)
        home = _home(mention.country, country)
        side = "after" if first > trigger.first else "before"
        sort = _sort(mention.inter, home)
        features = (
            *_features(named, scene, trigger, counted, closer, own, clauses, home),
            *named.words[side],
            (on.identified, who, mention.kind, home, family, side),
            (on.told, cast.tags(who, family), cast.rank(who), "clause"),
            *about(f"clause/{sort}"),
        )
        options.append(ActorOption(mention, features, "clause", who, sort, side))
    for member, where in scene.beside:
        mention, who = member.mention, member.identity
        home = _home(mention.country, country)
        sort = _sort(mention.inter, home)
        features = (
            (on.beside, where, mention.kind, mention.inter, home, family),
            (on.identified, who, mention.kind, home, family, "story"),
            (on.told, cast.tags(who, family), cast.rank(who), "story"),
            *about(f"story/{sort}"),
        )
        options.append(ActorOption(mention, features, "story", who, sort, "story"))
    if country:
        known = scene.known
        for mention, who, word in unnamed(country):
            if who not in known:
                features = (
                    (on.unnamed_one, word, family),
                    (on.told, cast.tags(who, family), cast.rank(who), "unnamed"),
                    *about(f"unnamed/{word}"),
                )
                options.append(ActorOption(mention, features, "unnamed", who, _sort(mention.inter, "home"), "unnamed"))
    options.append(ActorOption(_NOBODY, about("nobody"), "nobody", "", "nobody", "nobody"))
    return options


_NOBODY = ActorMention(-1, -1, -1, -1, "", "", "", "", "", "actor.none")


@cache
def unnamed(country: str) -> tuple[tuple[ActorMention, str, str], ...]:
    """The people that ACLED writes for a country where nobody is named: mention, identity, first word."""
    found = []
    for pattern, kind, inter in UNNAMED:
        name = pattern.format(country)
        mention = ActorMention(-1, -1, -1, -1, "", name, inter, country, kind, "actor.unnamed")
        found.append((mention, identity(mention), name.partition(" ")[0]))
    return tuple(found)


def _struck(scene: SceneActors, trigger: TriggerMention, clauses: Clauses) -> str:
    """What kind of object stands nearest in the trigger's clause (a school, a checkpoint), "" for none."""
    best = min([(clauses.between(trigger.first, at), kind) for at, kind in scene.struck], default=None)
    return best[1] if best is not None and best[0] <= STRUCK else ""


def _home(mention: str, country: str) -> str:
    return "no_country" if not mention else "home" if mention == country else "foreign"


@cache
def _sort(inter: str, home: str) -> str:
    return f"{inter or 'none'}/{home}"


def _features(named: Named, scene: SceneActors, trigger: TriggerMention, harmed: bool, rival_closer: bool,
              reach: float, clauses: Clauses, home: str) -> tuple[Group, ...]:  # fmt: skip
    """harmed: it is among the killed and injured; rival_closer: another trigger is nearer; reach in clause costs."""
    mention, form, voice = named.mention, trigger.form, trigger.voice
    first, at = mention.first, trigger.first
    if first > at:
        side, gap = "after", first - trigger.last
        closer = bisect_left(scene.firsts, first) - bisect_right(scene.firsts, at)
    else:
        side, gap = "before", at - mention.last
        closer = bisect_right(scene.firsts, at) - bisect_right(scene.firsts, first)
    slots = on.slots(trigger.roles)
    before, letter = named.before if named.before in slots else "", named.letter if named.letter in slots else ""
    return (
        (on.reached, form, voice, side, GAPS[gap], REACHES[reach]),
        (on.known, mention.kind, mention.inter, trigger.family, form, voice, side),
        (on.placed, min(closer, 3), form, voice, side, named.joined, trigger.trigger_id),
        (on.between, home, clauses.crossed(at, first), side),
        (on.marked, named.agent, named.target, named.preposition, side, named.speaks, harmed),
        (on.roles_of, trigger.roles, before, letter, side),
        (on.common, rival_closer, side, trigger.family, min(len(scene.named), 4)),
    )
