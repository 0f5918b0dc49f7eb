"""What is said of a count of people."""

from __future__ import annotations

from pipeline.machinery.quick import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a count."""

    kind: str
    rule: str
    cue_first: int = -1
    cue_last: int = -1
    group: int = -1
    subset: bool = False
    cumulative: bool = False
