"""Named features of a candidate: what a decider may weigh. Each is 0 or 1 unless its name ends in a count."""

from __future__ import annotations

from pipeline.records import Candidate, Reading


def features(candidate: Candidate, reading: Reading, group_count: int, title_groups: frozenset[str],
             lead: int) -> dict[str, float]:  # fmt: skip
    """Feature name → value. group_count: candidates of the same family in the article; title_groups: families that
    the title names; lead: index of the first body sentence."""
    head, when, where = candidate.head, candidate.when, candidate.where
    sentence = reading.sentences[candidate.sentence]
    on: set[str] = {
        f"family={candidate.family}",
        f"type={candidate.sub_event_type}",
        f"form={head.form}",
        f"strength={head.strength}",
        f"kind={sentence.kind}",
        f"trigger={head.trigger_id}",
        f"date={when.basis}",
        f"precision={when.time_precision}",
        f"place={where.basis}",
        f"geo={where.geo_precision}",
        f"form_date={head.form}/{when.basis}",
        f"strength_date={head.strength}/{when.basis}",
        f"strength_place={head.strength}/{where.basis}",
        f"family_form={candidate.family}/{head.form}",
    }
    on.update(f"signal={name}" for name in candidate.signals)
    if head.definite:
        on.add("definite")
        on.add(f"definite_date={when.basis}")
    if head.voice == "passive":
        on.add("passive")
    if when.event_date is not None:
        gap = (reading.clock.day - when.event_date).days
        bucket = (
            "future"
            if gap < 0
            else str(gap)
            if gap <= 2
            else "week"
            if gap <= 7
            else "month"
            if gap <= 31
            else ("quarter" if gap <= 90 else "old")
        )
        on.add(f"age={bucket}")
        if when.basis == "publication":
            on.add(f"undated_kind={sentence.kind}")
    position = candidate.sentence - lead
    on.add("position=lead" if position <= 0 else "position=second" if position == 1 else "position=early"
           if position <= 4 else "position=late")  # fmt: skip
    if candidate.killed:
        on.add("killed")
        on.add(f"killed_family={candidate.family}")
    if candidate.injured:
        on.add("injured")
    if candidate.crowd:
        on.add("crowd")
    for side, actor in (("actor1", candidate.actor1), ("actor2", candidate.actor2)):
        rule = actor.rule.split("+")[0] if actor.name else "actor.none"
        on.add(f"{side}={rule}")
        on.add(f"{side}_inter={actor.inter or 'none'}")
    if candidate.within >= 0:
        on.add("within")
        on.add(f"within_strength={head.strength}")
    if candidate.family in title_groups:
        on.add("family_in_title")
    elif title_groups:
        on.add("other_family_in_title")
    if where.place is not None and where.mention is not None:
        on.add(f"place_kind={where.place.kind}")
        if where.mention.confidence < 0.5:
            on.add("place_unsure")
    if where.place is None:
        on.add("nowhere")
    on.add("alone" if group_count == 1 else "few" if group_count <= 3 else "many")
    return dict.fromkeys(sorted(on), 1.0)
