"""An event's summary in ACLED's notes style, made from its fields alone (codebook: notes)."""

from __future__ import annotations

from datetime import date
from typing import Any

# Sub-event type → (sentence with both sides, sentence when nobody is named as target).
PHRASES = {
    "Armed clash": ("{a} clashed with {b}", "{a} took part in armed clashes"),
    "Government regains territory": ("{a} regained territory from {b}", "{a} regained territory"),
    "Non-state actor overtakes territory": ("{a} took territory from {b}", "{a} took territory"),
    "Shelling/artillery/missile attack": ("{a} shelled {b}", "{a} carried out shelling"),
    "Air/drone strike": ("{a} carried out an air or drone strike against {b}", "{a} carried out an air or drone strike"),
    "Suicide bomb": ("{a} carried out a suicide bombing against {b}", "{a} carried out a suicide bombing"),
    "Remote explosive/landmine/IED": ("an explosive device of {a} hit {b}", "an explosive device of {a} went off"),
    "Grenade": ("{a} threw a grenade at {b}", "{a} threw a grenade"),
    "Chemical weapon": ("{a} used a chemical weapon against {b}", "{a} used a chemical weapon"),
    "Attack": ("{a} attacked {b}", "{a} carried out an attack"),
    "Sexual violence": ("{a} committed sexual violence against {b}", "{a} committed sexual violence"),
    "Abduction/forced disappearance": ("{a} abducted {b}", "{a} abducted people"),
    "Peaceful protest": ("{a} held a protest", "{a} held a protest"),
    "Protest with intervention": ("{a} held a protest in which {b} intervened", "{a} held a protest that was dispersed"),
    "Excessive force against protesters": ("{b} used force against {a}", "force was used against {a}"),
    "Violent demonstration": ("{a} demonstrated violently, facing {b}", "{a} demonstrated violently"),
    "Mob violence": ("{a} attacked {b}", "{a} took part in mob violence"),
    "Agreement": ("{a} and {b} reached an agreement", "{a} reached an agreement"),
    "Arrests": ("{a} arrested {b}", "{a} made arrests"),
    "Change to group/activity": ("{a} changed its activity or position towards {b}", "{a} changed its activity or position"),
    "Disrupted weapons use": ("{a} stopped an attack by {b}", "{a} stopped an attack or seized weapons"),
    "Headquarters or base established": ("{a} set up a base", "{a} set up a base"),
    "Looting/property destruction": ("{a} looted or destroyed property of {b}", "{a} looted or destroyed property"),
    "Non-violent transfer of territory": ("{a} took over territory from {b} without fighting",
                                          "{a} took over territory without fighting"),
    "Other": ("an event involved {a} and {b}", "an event involved {a}"),
    "Phone call": ("{a} and {b} spoke by telephone", "{a} spoke by telephone"),
}  # fmt: skip
LABELLED = {"Agreement": "Agreement", "Arrests": "Arrests", "Disrupted weapons use": "Weapons seizure",
            "Change to group/activity": "Movement of forces", "Looting/property destruction": "Property destruction",
            "Headquarters or base established": "Base", "Non-violent transfer of territory": "Non-violent transfer",
            "Other": "Other"}  # fmt: skip


def day_words(day: date) -> str:
    """19 April 2019, without a leading zero and whatever the locale."""
    months = "January February March April May June July August September October November December".split()
    return f"{day.day} {months[day.month - 1]} {day.year}"


def notes(event: dict[str, Any]) -> str:
    """One paragraph: when, who, what, whom, where, how many dead. Works on any event row."""
    precision = event["time_precision"] or 1
    day = day_words(event["event_date"])
    opening = f"On {day}" if precision == 1 else f"Around {day}"
    both, alone = PHRASES[event["sub_event_type"]]
    text = (both if event["actor2"] else alone).format(a=event["actor1"] or "an unknown group", b=event["actor2"] or "")
    label = LABELLED.get(event["sub_event_type"])
    parts = [f"{label}: " if label else "", opening, ", ", text]
    if event["location"]:
        around = [a for a in (event["admin2"], event["admin1"]) if a and a != event["location"]]
        parts.append(f" {'near' if event['geo_precision'] == 2 else 'in'} {event['location']}")
        parts.append(f" ({', '.join(around)})" if around else "")
    parts.append(".")
    if event["event_type"] != "Diplomacy":
        dead = event["fatalities"]
        people = "was 1 reported fatality" if dead == 1 else f"were {dead} reported fatalities"
        parts.append(f" There {people if dead else 'were no reported fatalities'}.")
        if event["injured"]:
            parts.append(f" {event['injured']} injured.")
    return "".join(parts)
