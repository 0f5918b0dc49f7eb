"""The event scheme: what follows from an ACLED sub-event type, and ACLED's labels, all from tables in schemas/."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.resources import folder, read_rows


@dataclass(frozen=True, slots=True)
class EventKind:
    """One sub-event type with what follows from it; rank 1 is highest in ACLED's hierarchy."""

    sub_event_type: str
    family: str
    event_type: str
    disorder_type: str
    rank: int


@dataclass(frozen=True)
class Scheme:
    """kinds by sub-event type; interactions by a sorted pair of inter labels, "" where a side is missing."""

    kinds: dict[str, EventKind]
    interactions: dict[tuple[str, ...], str]

    @classmethod
    def load(cls) -> Scheme:
        """Read schemas/families.csv and schemas/interactions.csv."""
        kinds = {}
        for row in read_rows(folder("schemas") / "families.csv"):
            kind = EventKind(
                row["sub_event_type"], row["family"], row["event_type"], row["disorder_type"], int(row["rank"])
            )
            kinds[kind.sub_event_type] = kind
        pairs = {}
        for row in read_rows(folder("schemas") / "interactions.csv"):
            pairs[tuple(sorted((row["inter1"], row["inter2"])))] = row["interaction"]
        return cls(kinds, pairs)

    def family(self, sub_event_type: str) -> str:
        """Raises KeyError for a sub-event type that the table does not have."""
        return self.kinds[sub_event_type].family

    def disorder_type(self, sub_event_type: str) -> str:
        """ACLED's disorder type, "" for what is outside ACLED. Raises KeyError for an unknown sub-event type."""
        return self.kinds[sub_event_type].disorder_type

    def interaction(self, inter1: str | None, inter2: str | None) -> str | None:
        """ACLED's interaction text for two inter labels in either order; None when neither side is known."""
        return self.interactions.get(tuple(sorted((inter1 or "", inter2 or ""))))
