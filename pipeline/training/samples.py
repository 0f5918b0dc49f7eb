"""Labelled options and candidates: what hand-coded events say of the readings that the stages offer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.candidates import Candidate, Decision, Reading
from pipeline.kit import Kit
from pipeline.linear import Names, names_of
from pipeline.measuring.scoring import GROUPS, Measures, date_gap
from pipeline.reading import when, where
from pipeline.reading.days import DayOption
from pipeline.reading.features import Crosses, features
from pipeline.reading.listing import Further
from pipeline.reading.options import Option
from pipeline.reading.pairing import CROWDS
from pipeline.reading.tables import ReadingTables
from pipeline.reading.weighing import KindOption
from pipeline.reading.wording import Wording
from pipeline.records import Clock, PlaceMention, TriggerMention
from pipeline.reports import event_candidates
from pipeline.rows import report_rows
from pipeline.training.choice import Choice
from pipeline.training.sides import SideSample, side_sample

Row = dict[str, Any]
Key = tuple[int, int, str]  # sentence, first token, trigger id
PEACEFUL = "Peaceful protest"  # nobody intervenes in it, whomever it is against
RETOLD = -1  # a telling of a gold event in another sentence than the coder's
READ = ("day", "place", "listed", "agent", "target", "sides", "toll", "injury", "kind")  # models of a clause's reading
ELSEWHERE = -2  # the kind and day of a gold event, but another place


@dataclass
class Samples:
    """Features and labels of one article for each model."""

    day: list[Choice] = field(default_factory=list)
    place: list[Choice] = field(default_factory=list)
    listed: list[tuple[tuple[str, ...], int, float]] = field(default_factory=list)
    sides: list[SideSample] = field(default_factory=list)
    kinds: list[Choice] = field(default_factory=list)
    candidates: tuple[Candidate, ...] = ()
    rows: Sequence[Row] = ()
    decision: list[Names] = field(default_factory=list)  # features of the candidates
    labels: list[int] = field(default_factory=list)


def with_models(tables: ReadingTables, models: dict[str, Any]) -> ReadingTables:
    """The reading tables with those of the given models that read."""
    return replace(tables, **{f"{name}_model": models[name] for name in READ if name in models})


def samples(reading: Reading, events: Sequence[Row], kit: Kit, tables: ReadingTables, crosses: Crosses,
            wording: Wording, measures: Measures) -> Samples:  # fmt: skip
    """Read one article with the given models and label everything against its hand-coded events."""
    seen: dict[tuple[str, Key], Sequence[Any]] = {}

    def observe(kind: str, index: int, trigger: TriggerMention, options: Sequence[Any]) -> None:
        seen.setdefault((kind, (index, trigger.first, trigger.trigger_id)), options)

    candidates = event_candidates(
        reading, tables, kit.gazetteer.country_name, kit.scheme.family, observe
    )  # the options are those that the given models led to
    every = [Decision("coded", "event", 1.0)] * len(candidates)
    rows = report_rows(reading, candidates, every, kit.scheme, kit.gazetteer)[0]
    told = _by_sentence(reading, events)
    on = [
        (*names_of(one.groups, crosses.of(one.facts)), *wording.names(reading, c.sentence, c.family))
        for c, one in zip(candidates, features(candidates, reading), strict=True)
    ]
    labels = _labels(events, candidates, rows, told, measures)
    found = Samples(candidates=candidates, rows=rows, decision=on, labels=labels)
    found.day.extend(_day_choices(seen, told, reading))
    taken: dict[int, set[int]] = defaultdict(set)  # by sentence the places that its triggers took first
    for (kind, (sentence, _, _)), options in seen.items():
        best = where.best_option(options) if kind == "place" else None
        if best is not None:
            taken[sentence].add(id(best.mention))
    done: set[Key] = set()
    for candidate, row in zip(candidates, rows, strict=True):
        head = candidate.head
        key = (candidate.sentence, head.first, head.trigger_id)
        here = [e for e in told.get(candidate.sentence, ()) if measures.pair_score(e, row) > 0]
        if key in done or not here or candidate.family == "call":
            continue
        done.add(key)
        found.kinds.extend(_kind_sample(seen.get(("kind", key), ()), here))
        placed, more = seen.get(("place", key), ()), seen.get(("list", key), ())
        _place_samples(found, placed, more, taken[candidate.sentence], here, reading, kit, measures)
        wanted = [(e["actor1"] or "", "" if e["sub_event_type"] == PEACEFUL else e["actor2"] or "") for e in here]
        sides = side_sample(seen.get(("actor", key), ()), seen.get(("pair", key), ()), wanted, measures.actor_keys,
                            head.family in CROWDS)  # fmt: skip
        found.sides.extend([sides] if sides is not None else [])
    return found


def _by_sentence(reading: Reading, events: Sequence[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for event in events:
        at = event["evidence_at"] if "evidence_at" in event else reading.document.raw.find(event["evidence"][:40])
        index = next((i for i, s in enumerate(reading.sentences) if s.start <= at < s.end), None)
        if index is not None:
            found.setdefault(index, []).append(event)
    return found


def _day_choices(seen: dict[tuple[str, Key], Sequence[Any]], told: dict[int, list[Row]],
                 reading: Reading) -> list[Choice]:  # fmt: skip
    """The choice of a day for every trigger whose sentence tells an event of its group."""
    found: list[Choice] = []
    for sentence, events in told.items():
        for trigger in reading.triggers[sentence]:
            options = seen.get(("day", (sentence, trigger.first, trigger.trigger_id)), ())
            here = [event for event in events if GROUPS[event["family"]] == GROUPS.get(trigger.family)]
            if options and here:
                fits = [any(date_gap(e, _row(option, reading.clock)) == 0 for e in here) for option in options]
                found.append(([names_of(option.features) for option in options], fits))
    return found


def _row(option: DayOption, clock: Clock) -> Row:
    day = when.publication(clock) if option.mention is None else when.chosen(option.mention, option.basis)
    return {"event_date": day.event_date, "date_start": day.date_start, "date_end": day.date_end}


def _kind_sample(options: Sequence[KindOption], events: Sequence[Row]) -> list[Choice]:
    """The choice among the sub-event types that are told alike, when the sentence tells an event of one of them."""
    right = [any(event["sub_event_type"] == option.kind for event in events) for option in options]
    return [([option.names for option in options], right)] if any(right) else []


def _place_samples(found: Samples, options: Sequence[Option], more: Sequence[Further], taken: set[int],
                   events: Sequence[Row], reading: Reading, kit: Kit, measures: Measures) -> None:  # fmt: skip
    """The choice among a trigger's options, and whether each further place is that of another event, which no trigger
    of the sentence took first (taken: ids of mentions)."""

    def fits(mention: PlaceMention, event: Row) -> bool:
        row = {
            "country": kit.gazetteer.country_name(mention.place.country),
            "place_text": reading.document.raw[mention.start : mention.end],
            "location": None if mention.place.kind == "country" else mention.location.name,
        }
        return measures.same_place(event, row)

    found.place.append(
        ([names_of(o.features) for o in options], [any(fits(o.mention, e) for e in events) for o in options])
    )
    best = where.best_option(options)
    if best is not None:
        others = [event for event in events if not fits(best.mention, event)]
        for one in more:
            own = id(one.mention) not in taken and any(fits(one.mention, event) for event in others)
            found.listed.append((names_of(one.features), int(own), 1.0))


def _labels(
    events: Sequence[Row], candidates: Sequence[Candidate], rows: Sequence[Row], told: dict[int, list[Row]],
    measures: Measures,
) -> list[int]:  # fmt: skip
    """1 for what the coder's own sentence tells, RETOLD elsewhere, ELSEWHERE at another place, 0 for no event."""
    labels = [0] * len(rows)
    for event in events:
        hits = [i for i, row in enumerate(rows) if measures.pair_score(event, row) > 0]
        strict = [i for i in hits if measures.same_place(event, rows[i])]
        here = [i for i in strict or hits if event in told.get(candidates[i].sentence, ())]
        for i in hits:
            best = 1 if i in here else RETOLD if i in strict else ELSEWHERE
            labels[i] = max((labels[i], best), key=lambda label: (0, ELSEWHERE, RETOLD, 1).index(label))
    return labels
