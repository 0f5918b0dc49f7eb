"""The names of what is on of a toll as an event's, in groups; "at" is where it stands (RANKS of toll_options.py)."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.linear import Names


def _on(*flags: tuple[str, bool]) -> Iterable[str]:
    return [name for name, given in flags if given]


def own(rule: str, exact: str, size: str, shape: str, vague: bool, subset: bool) -> Names:
    """What its own words say."""
    return (f"rule={rule}", f"exact={exact}", f"size={size}", f"shape={shape}", f"shape={shape}&rule={rule}",
            *_on(("vague_member", vague), ("subset", subset)))  # fmt: skip


def told(at: str, holder: str, place: str, day: str, alone: str, shape: str) -> Names:
    """Where it stands, whose clause holds it, and the place and day of its sentence."""
    return (f"at={at}", f"holder={holder}", f"place={place}", f"day={day}", f"events={alone}",
            f"at={at}&holder={holder}", f"at={at}&place={place}", f"at={at}&day={day}", f"at={at}&events={alone}",
            f"holder={holder}&events={alone}", f"holder={holder}&place={place}", f"at={at}&shape={shape}",
            f"place={place}&events={alone}")  # fmt: skip


def known(at: str, rule: str, name: str, size: str, shape: str) -> Names:
    """The kind of the event beside place, size and shape."""
    return (f"at={at}&rule={rule}", f"group={name}", f"at={at}&group={name}", f"group={name}&size={size}",
            f"group={name}&shape={shape}", f"at={at}&group={name}&shape={shape}")  # fmt: skip


def ranked(title: str, rank: str, times: int, numbers: int, at: str) -> Names:
    """The number among the article's numbers of its kind."""
    return (f"title={title}", f"rank={rank}", f"times={times}", f"numbers={numbers}", f"at={at}&title={title}",
            f"at={at}&rank={rank}", f"rank={rank}&numbers={numbers}", f"title={title}&rank={rank}")  # fmt: skip


def around(kin: bool, strange: bool, between: bool, rival: bool, lead: bool, gap: str, cues: frozenset[str], at: str,
           kind: str) -> Names:  # fmt: skip
    """The sentence it stands in: triggers of the event's kind and of others, heads of other events, cues."""
    beside = "+".join(_on(("kin", kin), ("strange", strange))) or "-"
    flags = _on(("rival_between", between), ("rival_beside", rival), ("lead", lead))
    return (f"beside={beside}", f"at={at}&beside={beside}", f"gap={gap}", f"kind={kind}", *flags,
            *[f"at={at}&{name}" for name in flags], *[f"cue={cue}" for cue in sorted(cues)])  # fmt: skip


def rivals(nearer: int, kin: int, placed: int, siblings: str, at: str, name: str) -> Names:
    """Other events that stand nearer, or at a place that its sentence names; those of the same trigger."""
    return (f"nearer={nearer}", f"nearer_kin={kin}", f"rival_placed={placed}", f"siblings={siblings}",
            f"at={at}&nearer={nearer}", f"at={at}&nearer_kin={kin}", f"at={at}&siblings={siblings}",
            f"nearer={nearer}&rival_placed={placed}", f"group={name}&nearer={nearer}")  # fmt: skip


def joined(before: str, reach: str, closer: bool, crossed: frozenset[str], others: bool, at: str,
           single: bool) -> Names:  # fmt: skip
    """The word before it, the clause boundaries up to the event's words, people without a number beside it."""
    stranger = "closer" if closer else "none"
    boundaries = [f"crossed={kind}" for kind in sorted(crossed)]
    side = reach.partition("/")[0]
    return (f"before={before}", f"reach={reach}", f"stranger={stranger}", f"reach={reach}&stranger={stranger}",
            f"at={at}&stranger={stranger}", *boundaries, *[f"{boundary}&{side}" for boundary in boundaries],
            *_on(("with_others", others), ("one_with_others", others and single)))  # fmt: skip


def telling(host: str, signals: frozenset[str], sure: str, place: str, day: str, form: str, tellings: int, at: str,
            name: str) -> Names:  # fmt: skip
    """The event's own telling, and the event that the words of death are a part of."""
    return (f"host={host}", f"at={at}&host={host}", f"sure={sure}", f"event_place={place}", f"event_day={day}",
            f"at={at}&event_place={place}", f"form={form}", f"at={at}&form={form}", f"tellings={tellings}",
            f"at={at}&tellings={tellings}", f"host={host}&group={name}",
            *[f"signal={signal}" for signal in sorted(signals)])  # fmt: skip
