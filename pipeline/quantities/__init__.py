"""Counts of people: killed, injured, captured, in a crowd, or people of whom nothing is said."""

from __future__ import annotations

from pipeline.quantities.count import Count
from pipeline.quantities.counts import counts
from pipeline.quantities.kinds import tell
from pipeline.quantities.marks import marks
from pipeline.quantities.scene import Scene
from pipeline.quantities.tables import QuantityTables
from pipeline.quantities.told import Told
from pipeline.records import Document, Quantity, Sentence

__all__ = ["QuantityTables", "quantity_mentions"]


def quantity_mentions(document: Document, sentence: Sentence, tables: QuantityTables) -> tuple[Quantity, ...]:
    """All counts of people in one sentence, in text order.

    Numbers that count no people (ages, years, distances, calibres, money, weapons, vehicles, dates, times) give
    nothing. low and high are null for words without a number (عشرات); the kind is number when nothing says what
    happened to the people counted.
    """
    found = marks(document, sentence.first, sentence.last, tables)
    if not found:
        return ()
    scene = Scene(document.words, found, tables.functions)
    scene.counts = counts(document, scene, sentence)
    told = tell(scene)
    return tuple(_quantity(document, count, said) for count, said in told)


def _quantity(document: Document, count: Count, said: Told) -> Quantity:
    return Quantity(
        count.first, count.last, document.starts[count.first], document.ends[count.last - 1], said.kind,
        count.low, count.high, count.exact, count.noun, said.rule, said.cumulative, count.vague,
        said.group, said.subset, said.cue_first, said.cue_last,
    )  # fmt: skip
