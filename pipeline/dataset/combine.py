"""The tellings of an event as one row: the best-known place and day, the lowest toll, all sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.contracts.schema import load_contract
from pipeline.contracts.scheme import Scheme
from pipeline.dataset.members import named
from pipeline.notes import NoteForms

Row = dict[str, Any]
PLACE = ("country", "iso", "region", "admin1", "admin2", "admin3", "location", "latitude", "longitude",
         "geo_precision", "place_rule")  # fmt: skip
DAY = ("event_date", "year", "time_precision", "date_start", "date_end", "date_rule")
KIND = ("sub_event_type", "event_type", "family", "disorder_type")
SIDES = ("actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting")
SCALES = ("Local partner", "Other", "New media", "Subnational", "National", "Regional", "International")


@dataclass(frozen=True)
class Combining:
    """scale_of gives an outlet's source_scale or ""; origin an article's oldest near-duplicate (itself when alone)."""

    scheme: Scheme
    forms: NoteForms
    scale_of: Mapping[str, str]
    origin: Mapping[str, str]


def combined(event_id: str, told: Sequence[Row], how: Combining) -> Row:
    """One event row from rows of members_schema, oldest first.

    The toll is the lowest number told (codebook: fatalities); without a number, the lowest that ACLED's words give.
    """
    first = told[0]
    columns = load_contract("events").names
    event: Row = {name: first[name] for name in columns}
    day = _best(told, lambda r: (r["time_precision"], r["date_rule"].startswith("date.publication")), "event_date")
    place = _best(told, lambda r: (not r["location"], r["geo_precision"] or 4, -len(r["chain"] or ())), "location")
    kind = _kind(told, how.scheme)
    sides = _best(told, lambda r: (-(named(r["actor1"]) + named(r["actor2"])), not r["actor1"]), "actor1")
    for source, names in ((day, DAY), (place, PLACE), (kind, KIND), (sides, SIDES)):
        event.update({name: source[name] for name in names})
    toll = _toll(told)
    event.update(fatalities=toll["fatalities"], fatalities_rule=toll["fatalities_rule"])
    event["injured"] = _least(told, "injured")
    crowd = min((r for r in told if r["crowd_size"] is not None), key=lambda r: r["crowd_size"], default=None)
    event["crowd_size"] = crowd["crowd_size"] if crowd else None
    tagged = crowd or kind
    event["tags"] = tagged["tags"] if tagged["family"] == event["family"] else kind["tags"]
    event.update(
        event_id=event_id,
        event_id_cnty=None,
        timestamp=max(r["timestamp"] for r in told),
        confidence=max(r["confidence"] for r in told),
        article_ids=list(dict.fromkeys(r["article_id"] for r in told)),
        report_ids=list(dict.fromkeys(one for r in told for one in r["report_ids"])),
    )
    _sources(event, told, how)
    return finished(event, how.forms)


def finished(event: Row, forms: NoteForms) -> Row:
    """The event with what follows from its other columns: acled_scope and notes."""
    needed = [column.name for column in load_contract("events").columns if column.required_where == "acled_scope"]
    event["acled_scope"] = event["family"] != "call" and all(event[name] is not None for name in needed)
    event["notes"] = forms.notes(event)
    return event


def _best(told: Sequence[Row], rank: Callable[[Row], Any], column: str) -> Row:
    """The best row by rank; among equals the value that most tell, then the oldest telling."""
    votes = Counter(row[column] for row in told)
    return min(enumerate(told), key=lambda pair: (rank(pair[1]), -votes[pair[1][column]], pair[0]))[1]


def _kind(told: Sequence[Row], scheme: Scheme) -> Row:
    """The highest sub-event type (codebook: hierarchy) of the family that most tell."""
    families = Counter(row["family"] for row in told)
    return min(told, key=lambda r: (-families[r["family"]], scheme.kinds[r["sub_event_type"]].rank))


def _toll(told: Sequence[Row]) -> Row:
    numbers = [row for row in told if row["told"] is not None]
    words = [row for row in told if row["fatalities"] and row["told"] is None]
    return min(numbers or words or told, key=lambda row: row["fatalities"])


def _least(told: Sequence[Row], column: str) -> Any:
    return min((row[column] for row in told if row[column] is not None), default=None)


def _sources(event: Row, told: Sequence[Row], how: Combining) -> None:
    """Outlets joined; of republished copies only the oldest that tells the event."""
    origins: dict[str, str] = {}
    for row in told:
        origins.setdefault(how.origin.get(row["article_id"], row["article_id"]), row["source"] or "")
    outlets = sorted({outlet for outlet in origins.values() if outlet})
    event["source"] = "; ".join(outlets) or None
    event["source_scale"] = scale([how.scale_of.get(outlet, "") for outlet in outlets])


def scale(scales: Sequence[str]) -> str | None:
    """ACLED's label for the scales of several outlets: the pair of the narrowest and the widest where ACLED has it."""
    found = sorted({one for one in scales if one}, key=SCALES.index)
    if not found:
        return None
    allowed = next(c.values for c in load_contract("events").columns if c.name == "source_scale")
    for narrow in found[:-1]:
        for pair in (f"{narrow}-{found[-1]}", f"{found[-1]}-{narrow}"):
            if pair in allowed:
                return pair
    return found[-1]
