"""Named features of a candidate: what the decider weighs. Each one is on or off.

Beside single facts there are pairs of them; which pairs is a table (feature_crosses.csv: one, other).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.candidates import Candidate, Reading
from pipeline.quick import dataclass

AGES = ((-1, "future"), (0, "0"), (1, "1"), (2, "2"), (7, "week"), (31, "month"), (90, "quarter"))
POSITIONS = ((0, "lead"), (1, "second"), (4, "early"), (8, "middle"))
GROUPED = {
    "shelling": "explosion", "air_strike": "explosion", "bombing": "explosion", "chemical": "explosion",
    "protest": "demonstration", "riot": "demonstration",
}  # fmt: skip


def group(family: str) -> str:
    """The family group in which tellings may stand for one another."""
    return GROUPED.get(family, family)


@dataclass(frozen=True)
class Telling:
    """What the article as a whole says of a candidate's kind: how often, where first, whether in the title."""

    lead: int
    counts: Counter[str]
    places: Counter[tuple[str, str]]
    first: dict[str, int]
    titles: frozenset[str]
    ordinal: dict[int, int]
    in_sentence: Counter[int]

    @classmethod
    def of(cls, candidates: Sequence[Candidate], reading: Reading) -> Telling:
        """candidates in text order, indexed by position."""
        kinds = [s.kind for s in reading.sentences]
        first: dict[str, int] = {}
        ordinal: dict[int, int] = {}
        in_sentence: Counter[int] = Counter()
        for i, c in enumerate(candidates):
            if kinds[c.sentence] in ("body", "bullet"):
                first.setdefault(group(c.family), i)
            ordinal[i] = in_sentence[c.sentence]
            in_sentence[c.sentence] += not c.head.toll
        return cls(
            next((i for i, kind in enumerate(kinds) if kind == "body"), 0),
            Counter(group(c.family) for c in candidates),
            Counter((group(c.family), _place_id(c)) for c in candidates),
            first,
            frozenset(group(c.family) for c in candidates if kinds[c.sentence] == "title"),
            ordinal,
            in_sentence,
        )


def _place_id(candidate: Candidate) -> str:
    return candidate.where.location.place_id if candidate.where.location else ""


def _bucket(value: float, bounds: Sequence[tuple[float, str]], beyond: str) -> str:
    for bound, name in bounds:
        if value <= bound:
            return name
    return beyond


def features(position: int, candidate: Candidate, reading: Reading, telling: Telling,
             crosses: Sequence[tuple[str, str]]) -> dict[str, float]:  # fmt: skip
    """Feature name → 1.0; position is the candidate's place in the article's list of candidates."""
    on = [*_words(candidate, reading), *_own(candidate, reading), *_told(position, candidate, reading, telling)]
    facts = _facts(position, candidate, reading, telling)
    told = {name: f"{name}={value}" for name, value in facts.items()}
    on.extend([f"{told[one]}&{told[other]}" for one, other in crosses])
    return dict.fromkeys(on, 1.0)


def _facts(position: int, candidate: Candidate, reading: Reading, telling: Telling) -> dict[str, str]:
    """The facts that may be paired, by the names that feature_crosses.csv uses."""
    head, when, where, name = candidate.head, candidate.when, candidate.where, group(candidate.family)
    day = when.event_date
    return {
        "form": head.form,
        "strength": head.strength,
        "definite": str(int(head.definite)),
        "voice": head.voice,
        "family": candidate.family,
        "date": when.basis,
        "age": "-" if day is None else _bucket((reading.clock.day - day).days, AGES, "old"),
        "place": where.basis,
        "place_kind": where.place.kind if where.place is not None else "-",
        "position": _bucket(candidate.sentence - telling.lead, POSITIONS, "late"),
        "actor1": candidate.actor1.rule.split("+")[0] if candidate.actor1.name else "-",
        "actor2": candidate.actor2.rule.split("+")[0] if candidate.actor2.name else "-",
        "of_kind": _bucket(telling.counts[name], ((1, "alone"), (3, "few")), "many"),
        "twins": str(min(telling.places[(name, _place_id(candidate))], 4)),
        "ordinal": str(min(telling.ordinal[position], 3)),
        "signals": str(min(len(candidate.signals), 4)),
        "saying": str(int("saying" in candidate.signals)),
        "killed": str(int(bool(candidate.killed))),
        "within": str(int(candidate.within >= 0)),
        "first": str(int(telling.first.get(name) == position)),
        "in_title": str(int(name in telling.titles)),
    }


def _words(candidate: Candidate, reading: Reading) -> list[str]:
    """The trigger's form and the words around it."""
    head, words = candidate.head, reading.document.words
    sentence = reading.sentences[candidate.sentence]
    before = words[head.first - 1] if head.first > sentence.first else "^"
    two_before = words[head.first - 2] if head.first - 1 > sentence.first else "^"
    after = words[head.last] if head.last < sentence.last else "$"
    on = [
        f"form={head.form}",
        f"strength={head.strength}",
        f"trigger={head.trigger_id}",
        f"trigger_form={head.trigger_id}/{head.form}/{int(head.definite)}",
        f"family_form={candidate.family}/{head.form}",
        f"before={before}",
        f"before2={two_before}",
        f"before_form={before}/{head.form}",
        f"after={after}",
        f"opening={words[sentence.first]}",
        f"prefix={head.prefix}/{head.form}",
        f"opens/{head.form}" if head.first - sentence.first <= 1 else f"later/{head.form}",
    ]
    if head.definite:
        on.append(f"definite={head.form}")
    if head.voice:
        on.append(f"voice={head.voice}/{head.form}")
    if head.suffix:
        on.append("suffix")
    return on


def _own(candidate: Candidate, reading: Reading) -> list[str]:
    """The candidate's own readings and the signals about it."""
    head, when, where = candidate.head, candidate.when, candidate.where
    kind = reading.sentences[candidate.sentence].kind
    on = [
        f"family={candidate.family}",
        f"type={candidate.sub_event_type}",
        f"kind={kind}",
        f"date={when.basis}",
        f"precision={when.time_precision}",
        f"place={where.basis}",
        f"geo={where.geo_precision}",
        f"form_date={head.form}/{when.basis}",
        f"form_place={head.form}/{where.basis}",
        f"strength_date={head.strength}/{when.basis}",
        f"strength_place={head.strength}/{where.basis}",
        f"date_place={when.basis}/{where.basis}",
        f"definite_date={int(head.definite)}/{when.basis}",
        f"definite_place={int(head.definite)}/{where.basis}",
        f"sure={where.basis}/{int(where.sure * 4)}",
    ]
    on.extend(f"signal={name}" for name in candidate.signals)
    on.extend(f"family_signal={candidate.family}/{name}" for name in candidate.signals)
    on.append("signals=none" if not candidate.signals else f"signals={min(len(candidate.signals), 4)}")
    if when.event_date is not None:
        age = _bucket((reading.clock.day - when.event_date).days, AGES, "old")
        on += [f"age={age}", f"family_age={candidate.family}/{age}"]
    for name, told in (("killed", candidate.killed), ("injured", candidate.injured), ("crowd", candidate.crowd)):
        if told:
            on += [name, f"{name}={candidate.family}"]
    for side, actor in (("actor1", candidate.actor1), ("actor2", candidate.actor2)):
        rule = actor.rule.split("+")[0] if actor.name else "actor.none"
        on += [f"{side}={rule}", f"{side}_inter={actor.inter or 'none'}", f"{side}_family={candidate.family}/{rule}"]
    on.append(f"inters={candidate.family}/{candidate.actor1.inter or 'none'}/{candidate.actor2.inter or 'none'}")
    if candidate.within >= 0:
        on += ["within", f"within_strength={head.strength}", f"within_toll={int(head.toll)}"]
    if where.place is None:
        on.append("nowhere")
    elif where.mention is not None:
        on.append(f"place_kind={where.place.kind}")
        if where.mention.confidence < 0.5:
            on.append("place_unsure")
        on.append("story_country" if where.place.country == reading.story_country else "other_country")
    return on


def _told(position: int, candidate: Candidate, reading: Reading, telling: Telling) -> list[str]:
    """Where in the article it stands and what else the article says of its kind."""
    name = group(candidate.family)
    place = _bucket(candidate.sentence - telling.lead, POSITIONS, "late")
    twins = telling.places[(name, _place_id(candidate))]
    on = [
        f"position={place}",
        f"position_form={place}/{candidate.head.form}",
        f"position_date={place}/{candidate.when.basis}",
        f"of_kind={_bucket(telling.counts[name], ((1, 'alone'), (3, 'few')), 'many')}",
        f"twins={min(twins, 4)}",
        f"share={int(4 * telling.counts[name] / max(1, sum(telling.counts.values())))}",
        f"ordinal={min(telling.ordinal[position], 3)}",
        f"triggers={min(telling.in_sentence[candidate.sentence], 4)}",
    ]
    if telling.first.get(name) == position:
        on += ["first_of_kind", f"first_form={candidate.head.form}"]
    if name in telling.titles:
        on += ["kind_in_title", f"kind_in_title={place}"]
    elif telling.titles:
        on.append("other_kind_in_title")
    return on
