"""An event's summary in ACLED's notes style, made from its fields alone (codebook: notes)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.resources import folder, read_rows

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day_words(day: date) -> str:
    """19 April 2019, without a leading zero and whatever the locale."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@dataclass(frozen=True)
class NoteForms:
    """Sub-event type → (label, sentence with a target, sentence without), from schemas/notes.csv."""

    forms: dict[str, tuple[str, str, str]]

    @classmethod
    def load(cls) -> NoteForms:
        rows = read_rows(folder("schemas") / "notes.csv")
        return cls({r["sub_event_type"]: (r["label"], r["with_target"], r["without_target"]) for r in rows})

    def notes(self, event: dict[str, Any]) -> str:
        """One paragraph: when, who, what, whom, where, how many dead. Works on any event row."""
        label, both, alone = self.forms[event["sub_event_type"]]
        day = day_words(event["event_date"])
        told = (both if event["actor2"] else alone).format(a=event["actor1"] or "an unknown group", b=event["actor2"])
        opening = f"{'On' if event['time_precision'] == 1 else 'Around'} {day}, {told}"
        parts = [f"{label}: {opening}" if label else opening]
        if event["location"]:
            around = [a for a in (event["admin2"], event["admin1"]) if a and a != event["location"]]
            parts.append(f" {'near' if event['geo_precision'] == 2 else 'in'} {event['location']}")
            parts.append(f" ({', '.join(around)})" if around else "")
        parts.append(".")
        if event["event_type"] != "Diplomacy":
            parts.append(_toll(event["fatalities"], event["injured"]))
        return "".join(parts)


def _toll(dead: int, injured: int | None) -> str:
    if dead:
        text = " There was 1 reported fatality." if dead == 1 else f" There were {dead} reported fatalities."
    else:
        text = " There were no reported fatalities."
    return f"{text} {injured} injured." if injured else text
