"""Named features of a candidate: what the decider weighs. Each one is on or off.

Beside single facts there are pairs of them; which pairs is a table (feature_crosses.csv: one, other).
Names come in groups that are on together: a function of names and what it hangs on (pipeline/linear.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.candidates import Candidate, Reading
from pipeline.linear import Cross, Group, Names, Pair
from pipeline.machinery.quick import dataclass
from pipeline.reading.clauses import Scale
from pipeline.reading.telling import Telling, group, town
from pipeline.reading.topics import Story, topic_groups
from pipeline.resources import PACKAGE, read_rows

CROSSES = PACKAGE / "reading" / "feature_crosses.csv"
AGES = Scale((-1, "future"), (0, "0"), (1, "1"), (2, "2"), (7, "week"), (31, "month"), (90, "quarter"), beyond="old")
POSITIONS = Scale((0, "lead"), (1, "second"), (4, "early"), (8, "middle"), beyond="late")
COUNTS = Scale((1, "alone"), (3, "few"), beyond="many")


@dataclass(frozen=True, slots=True)
class Features:
    """What is on of one candidate: groups of names, and the facts that may be paired, by name."""

    groups: tuple[Group, ...]
    facts: dict[str, str]


class Crosses:
    """The pairs of facts that a table of crosses names."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self.columns = list(pairs)
        self._crosses = [Cross(one, other) for one, other in pairs]
        self._ones, self._others = [one for one, _ in pairs], [other for _, other in pairs]

    @classmethod
    def load(cls, path: Path = CROSSES) -> Crosses:
        """Read a table with the columns one and other."""
        return cls([(row["one"], row["other"]) for row in read_rows(path)])

    def of(self, facts: dict[str, str]) -> Iterable[Pair]:
        """The pairs of a candidate's facts."""
        say = facts.__getitem__
        return zip(self._crosses, map(say, self._ones), map(say, self._others), strict=True)


def features(candidates: Sequence[Candidate], reading: Reading) -> list[Features]:
    """What is on of each candidate of an article; candidates are all of it, in text order."""
    telling = Telling.of(candidates, reading)
    story, found = Story.of(reading.topics, telling.kinds), []
    for position, candidate in enumerate(candidates):
        facts = _facts(position, candidate, reading, telling)
        own, told = _own(candidate, reading, telling, facts), _told(position, candidate, telling, facts)
        about = topic_groups(reading.topics, story, candidate.sentence, candidate.family)
        found.append(Features((*_words(candidate, reading), *own, *told, *about), facts))
    return found


def _facts(position: int, candidate: Candidate, reading: Reading, telling: Telling) -> dict[str, str]:
    """The facts that may be paired, by the names that feature_crosses.csv uses."""
    head, when, where, name = candidate.head, candidate.when, candidate.where, group(candidate.family)
    actor1, actor2, day = candidate.actor1, candidate.actor2, when.event_date
    return {
        "form": head.form,
        "strength": head.strength,
        "definite": _FLAG[head.definite],
        "voice": head.voice,
        "family": candidate.family,
        "date": when.basis,
        "age": "-" if day is None else AGES[(reading.clock.day - day).days],
        "place": where.basis,
        "place_kind": where.place.kind if where.place is not None else "-",
        "position": POSITIONS[candidate.sentence - telling.lead],
        "actor1": actor1.rule.partition("+")[0] if actor1.name else "-",
        "actor2": actor2.rule.partition("+")[0] if actor2.name else "-",
        "of_kind": COUNTS[telling.counts[name]],
        "twins": str(min(telling.places[name, town(candidate)], 4)),
        "ordinal": str(min(telling.ordinal[position], 3)),
        "signals": str(min(len(candidate.signals), 4)),
        "saying": _FLAG["saying" in candidate.signals],
        "killed": _FLAG[bool(candidate.killed)],
        "within": _FLAG[candidate.within >= 0],
        "first": _FLAG[telling.first.get(name) == position],
        "in_title": _FLAG[name in telling.titles],
    }


_FLAG = ("0", "1")


def _words(candidate: Candidate, reading: Reading) -> tuple[Group, ...]:
    """The trigger's form and the words around it."""
    head, words, family = candidate.head, reading.document.words, candidate.family
    sentence = reading.sentences[candidate.sentence]
    before = words[head.first - 1] if head.first > sentence.first else "^"
    two_before = words[head.first - 2] if head.first - 1 > sentence.first else "^"
    after = words[head.last] if head.last < sentence.last else "$"
    opens = head.first - sentence.first <= 1
    return (
        (_trigger, head.trigger_id, head.form, head.strength, head.definite, family),
        (_word, "before", before),
        (_word, "before2", two_before),
        (_word, "before_form", f"{before}/{head.form}"),
        (_word, "after", after),
        (_word, "opening", words[sentence.first]),
        (_shape, head.form, head.prefix, head.suffix != "", head.definite, head.voice, opens),
    )


def _trigger(trigger: str, form: str, strength: str, definite: bool, family: str) -> Names:
    return (f"form={form}", f"strength={strength}", f"trigger={trigger}",
            f"trigger_form={trigger}/{form}/{int(definite)}", f"family_form={family}/{form}")  # fmt: skip


def _word(place: str, word: str) -> Names:
    return (f"{place}={word}",)


def _shape(form: str, prefix: str, suffix: bool, definite: bool, voice: str, opens: bool) -> Names:
    on = [f"prefix={prefix}/{form}", f"opens/{form}" if opens else f"later/{form}"]
    if definite:
        on.append(f"definite={form}")
    if voice:
        on.append(f"voice={voice}/{form}")
    if suffix:
        on.append("suffix")
    return tuple(on)


def _own(candidate: Candidate, reading: Reading, telling: Telling, facts: dict[str, str]) -> tuple[Group, ...]:
    """The candidate's own readings and the signals about it."""
    head, when, where, family = candidate.head, candidate.when, candidate.where, candidate.family
    inter1, inter2 = candidate.actor1.inter or "none", candidate.actor2.inter or "none"
    home = where.place is not None and where.place.country == reading.story_country
    return (
        (_kind, family, candidate.sub_event_type, telling.kinds[candidate.sentence]),
        (_precision, when.basis, when.time_precision, where.basis, where.geo_precision),
        (_bases, head.form, head.strength, head.definite, when.basis, where.basis),
        (_sure, where.basis, int(where.sure * 4)),
        (_signals, candidate.signals, family),
        (_age, facts["age"], family) if when.event_date is not None else (),
        (_people, bool(candidate.killed), bool(candidate.injured), bool(candidate.crowd), family),
        (_side, "actor1", facts["actor1"], inter1, family),
        (_side, "actor2", facts["actor2"], inter2, family),
        (_inters, family, inter1, inter2),
        (_within, head.strength, head.toll) if candidate.within >= 0 else (),
        ("nowhere",) if where.place is None else
        (_place, where.place.kind, where.mention.confidence < 0.5, home) if where.mention is not None else (),
    )  # fmt: skip


def _kind(family: str, sub_event_type: str, kind: str) -> Names:
    return f"family={family}", f"type={sub_event_type}", f"kind={kind}"


def _precision(date: str, time: int | None, place: str, geo: int | None) -> Names:
    return f"date={date}", f"precision={time}", f"place={place}", f"geo={geo}"


def _bases(form: str, strength: str, definite: bool, date: str, place: str) -> Names:
    return (f"form_date={form}/{date}", f"form_place={form}/{place}", f"strength_date={strength}/{date}",
            f"strength_place={strength}/{place}", f"date_place={date}/{place}",
            f"definite_date={int(definite)}/{date}", f"definite_place={int(definite)}/{place}")  # fmt: skip


def _sure(place: str, quarter: int) -> Names:
    return (f"sure={place}/{quarter}",)


def _signals(signals: tuple[str, ...], family: str) -> Names:
    count = min(len(signals), 4) or "none"
    return (*[f"signal={name}" for name in signals], *[f"family_signal={family}/{name}" for name in signals],
            f"signals={count}")  # fmt: skip


def _age(age: str, family: str) -> Names:
    return f"age={age}", f"family_age={family}/{age}"


def _people(killed: bool, injured: bool, crowd: bool, family: str) -> Names:
    told = [name for name, given in (("killed", killed), ("injured", injured), ("crowd", crowd)) if given]
    return tuple(on for name in told for on in (name, f"{name}={family}"))


def _side(side: str, rule: str, inter: str, family: str) -> Names:
    rule = "actor.none" if rule == "-" else rule
    return f"{side}={rule}", f"{side}_inter={inter}", f"{side}_family={family}/{rule}"


def _inters(family: str, one: str, other: str) -> Names:
    return (f"inters={family}/{one}/{other}",)


def _within(strength: str, toll: bool) -> Names:
    return "within", f"within_strength={strength}", f"within_toll={int(toll)}"


def _place(kind: str, unsure: bool, home: bool) -> Names:
    country = "story_country" if home else "other_country"
    return (f"place_kind={kind}", "place_unsure", country) if unsure else (f"place_kind={kind}", country)


def _told(position: int, candidate: Candidate, telling: Telling, facts: dict[str, str]) -> tuple[Group, ...]:
    """Where in the article it stands and what else the article says of its kind."""
    name, form, place = group(candidate.family), candidate.head.form, facts["position"]
    share = 4 * telling.counts[name] // len(telling.ordinal)
    triggers = min(telling.in_sentence[candidate.sentence], 4)
    return (
        (_position, place, form, candidate.when.basis),
        (_counts, facts["of_kind"], facts["twins"], share, facts["ordinal"], triggers),
        (_first, form) if telling.first.get(name) == position else (),
        (_titled, place) if name in telling.titles else ("other_kind_in_title",) if telling.titles else (),
    )


def _position(place: str, form: str, date: str) -> Names:
    return f"position={place}", f"position_form={place}/{form}", f"position_date={place}/{date}"


def _counts(of_kind: str, twins: str, share: int, ordinal: str, triggers: int) -> Names:
    return f"of_kind={of_kind}", f"twins={twins}", f"share={share}", f"ordinal={ordinal}", f"triggers={triggers}"


def _first(form: str) -> Names:
    return "first_of_kind", f"first_form={form}"


def _titled(place: str) -> Names:
    return "kind_in_title", f"kind_in_title={place}"
