"""Named features of a day as that of a trigger, in groups that are made once and shared."""

from __future__ import annotations

from pipeline.linear import Names


def reached(side: str, gap: str, reach: str, form: str) -> Names:
    return f"gap={side}/{gap}", f"cost={side}/{reach}", f"form={form}/{side}"


def nth(nearer: int, side: str, rival: bool, said: bool, own: int) -> Names:
    """Days nearer than this one, whether another trigger is, whether it is the day of a saying, days in all."""
    return (f"nearer={nearer}/{side}", f"rival_closer={rival}/{side}", f"said={said}/{side}", f"own={own}",
            f"nearer={nearer}/{rival}/{said}")  # fmt: skip


def word(place: str, word: str) -> Names:
    return (f"{place}={word}",)


def told(granularity: str, kind: str, rule: str, back: str, edge: str, conflict: bool) -> Names:
    return (f"granularity={granularity}/{kind}", f"rule={rule}", f"back={back}", f"edge={edge}",
            f"conflict={conflict}")  # fmt: skip


def since(back: str, form: str, family: str) -> Names:
    return f"back={back}/{form}", f"family_back={family}/{back}"


def crossed(kinds: frozenset[str], side: str) -> Names:
    return tuple([f"crossed={kind}/{side}" for kind in sorted(kinds)])


def cue_back(cues: frozenset[str], back: str) -> Names:
    return tuple([f"cue={cue}/{back}" for cue in sorted(cues)])


def trigger(trigger_id: str, side: str) -> Names:
    return (f"trigger={trigger_id}/{side}",)


def scene(way: str, kind: str, vague: bool, bound: bool, own: int, early: bool, index: int) -> Names:
    """The sentence that takes a day lent: its kind, what of time it has, the hour, how far down it stands."""
    return (f"way={way}", f"way={way}/{kind}", f"way_vague={way}/{vague}", f"way_bound={way}/{bound}",
            f"way_own={way}/{own}", f"way_early={way}/{early}", f"way_index={way}/{index}")  # fmt: skip


def opened(way: str, word: str, boundary: str) -> Names:
    return f"way_word={way}/{word}", f"way_opening={way}/{boundary}"


def also(ways: tuple[str, ...]) -> Names:
    return tuple([f"also={ways[0]}/{way}" for way in ways[1:]])


def cued(way: str, cues: frozenset[str]) -> Names:
    return tuple([f"way_cue={way}/{cue}" for cue in sorted(cues)])


def dated(way: str, back: str, length: str, rule: str, granularity: str) -> Names:
    names = (f"way_back={way}/{back}/{length}",)
    return (*names, f"lent_rule={rule}", f"lent_granularity={granularity}") if rule else names


def lacking(way: str, near: str, form: str, definite: bool, toll: bool, prefix: str) -> Names:
    """The trigger that lacks a day, and how near the nearest day of its own sentence is."""
    return (f"way_near={way}/{near}", f"way_form={way}/{form}/{int(definite)}", f"way_toll={way}/{toll}",
            f"way_prefix={way}/{prefix}")  # fmt: skip


def of_trigger(way: str, trigger_id: str, family: str) -> Names:
    return f"way_trigger={way}/{trigger_id}", f"way_family={way}/{family}"


def source(way: str, kin: bool, share: str, ahead: bool, kind: str, together: bool, days: int) -> Names:
    """The sentence that lends: whether it tells the same kind, how many words it shares, where it stands."""
    return (f"kin={way}/{kin}", f"share={way}/{share}", f"share={share}", f"ahead={way}/{ahead}",
            f"kin={way}/{kin}/{share}", f"kind_kin={kind}/{kin}", f"paragraph={way}/{together}",
            f"ahead={ahead}/{kin}/{way}", f"lent_days={days}/{way}")  # fmt: skip
