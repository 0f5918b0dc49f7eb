"""The name of a month, in one calendar set or two (نيسان/أبريل), or its number (شهر 12)."""

from __future__ import annotations

from pipeline.calendar.line import Line
from pipeline.machinery.quick import dataclass

_MONTH_KINDS = frozenset(("month", "month_name", "unit"))
_OPENED = frozenset(("/", "(", "-", "–", "_"))  # before the month's name in another calendar set


@dataclass(frozen=True, slots=True)
class MonthRead:
    """A month name with its double (نيسان/أبريل): number, calendar, how far it may stand alone, end token."""

    month: int
    calendar: str
    use: str
    end: int
    named: bool = False  # the word شهر stood before it
    doubled: bool = False


def month_read(line: Line, index: int) -> MonthRead | None:
    """A month at the word, with شهر before it and its name in another calendar set after it."""
    _, length, _, kinds = line[index]
    if kinds.isdisjoint(_MONTH_KINDS):
        if not kinds and line.word(index) == "(" and line.word(index + 2) == ")":  # 12 (آذار) مارس
            first, second = line.atom(index + 1, "month"), month_read(line, index + 3)
            return second if first is not None and second is not None and first.value == second.month else None
        return None
    named = "month_name" in kinds and line.atom(index + length, "month") is not None
    if not named and "unit" in kinds and (numbered := _month_number(line, index)) is not None:
        return numbered
    place = index + length if named else index
    atom = line.atom(place, "month")
    if atom is None:
        return None
    end = line.end(place) if named else index + length
    doubled = False
    opened = line.word(end)
    step = end + 1 if opened in _OPENED else end
    other = line[step][0].atoms.get("month")
    beside = other is not None and (opened == "/" or step == end) and other.value != atom.value
    if beside and other is not None and other.sub == atom.sub and atom.definite and not other.definite:
        atom = other  # كانون الثاني/ديسمبر: the first is a misprint
    elif beside and other is not None and other.sub == atom.sub and opened == "/" and (
            other.definite and not atom.definite):
        end, doubled, other = line.end(step), True, None  # يونيو/تموز: the second is one
    if other is not None and (other.value, other.sub) == (atom.value, atom.sub):
        after = line.end(step)
        if opened != "(":
            end, doubled = after, True
        elif line.word(after) == ")":
            end, doubled = after + 1, True
    return MonthRead(atom.value, atom.sub, atom.use, end, named, doubled)


def _month_number(line: Line, index: int) -> MonthRead | None:
    """شهر 12، شهر 3 القادم، شهر 9 عام 2021: a month by its number, when no counted noun follows."""
    meaning, length, _, _ = line[index]
    unit = meaning.atoms["unit"]
    if unit.sub != "month" or unit.value != 1:
        return None
    number, end = line.digits(index + length), index + length + 1
    if number is None or not 1 <= number <= 12:
        return None
    told = line.tables.bare_year(line.word(end)) is not None or line.atom(end, "modifier", "after") is not None
    after = line.atom(end if line.atom(end, "of") is None else line.end(end), "unit")
    if line.closed(end) or told or (after is not None and after.sub == "year" and after.value == 1):
        return MonthRead(number, "gregorian", "yes", end, named=True)
    return None
