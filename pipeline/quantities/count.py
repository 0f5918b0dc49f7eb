"""A possible count of people, before its kind is known."""

from __future__ import annotations

from pipeline.machinery.quick import dataclass

NUMERIC = ("number", "vague", "dual", "one_of")  # forms that give or stand for a number


@dataclass(frozen=True, slots=True)
class Count:
    """A possible count. form: number, dual, singular, plural, vague, one_of, met, pronoun, others, collective, thing or
    named.

    first and last cover modifiers and noun; noun is its raw word or "";
    noun_kind the kind that the noun itself tells; people is False when no known noun of people follows;
    bare when nothing countable follows at all; prefix holds clitics before the first word.
    """

    first: int
    last: int
    form: str
    low: int | None
    high: int | None
    exact: str
    noun: str
    noun_kind: str
    noun_first: int
    vague: str
    people: bool
    bare: bool
    prefix: str
    definite: bool = False
    accusative: bool = False
