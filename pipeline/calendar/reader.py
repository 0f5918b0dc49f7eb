"""The whole grammar: which reader may begin at a word, and the pass over a sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache

from pipeline.calendar.afterwards import AFTER_IT, after_it
from pipeline.calendar.amounts import SUB_DAY
from pipeline.calendar.counted import PARTS, counted
from pipeline.calendar.daywords import day_word, daypart
from pipeline.calendar.edges import edge
from pipeline.calendar.explicit import day_month, numeric
from pipeline.calendar.habits import habit
from pipeline.calendar.holidays import holiday
from pipeline.calendar.joins import BOUNDS, DASHES, bound, corresponding, dashed, day_list, earlier, span
from pipeline.calendar.line import Found, Line
from pipeline.calendar.monthday import day_of_month
from pipeline.calendar.months import month_list
from pipeline.calendar.periods import period
from pipeline.calendar.relatives import relative
from pipeline.calendar.vaguewords import vague
from pipeline.calendar.weekdays import lone_weekday, weekday
from pipeline.calendar.windows import TENS, duration, window
from pipeline.calendar.words import INNER, Meaning
from pipeline.calendar.years import of_two_years, year

_Reader = Callable[[Line, int], Found | None]
_NUMBER, _UNIT, _WEEKDAY = frozenset(("number",)), frozenset(("unit",)), frozenset(("weekday",))
_BRACKETS = frozenset(("،", ",", "(", "-", "–", "/"))  # a printed date may follow
_NOTHING = frozenset[str]()
# Marks join what stands before and after them; a comma joins no figures of one date.
_MARKS = {mark: frozenset(("mark",)) for mark in ("/", "-", "–", "—", "\\", "(")} | {
    mark: frozenset(("comma",)) for mark in ("،", ",")
}
_DAY, _YEAR = frozenset(("number", "day_number")), frozenset(("number", "year_number"))
_FIGURES = frozenset(("number", "figures"))  # with dots: 19.4.2019


def point(line: Line, index: int) -> Found | None:
    """Any expression that names days by itself; None when none begins at the word."""
    if index in line.read_ahead:
        return line.read_ahead.pop(index)
    meaning, length, _, kinds = line[index]
    if not kinds:
        return None
    end = index + length
    if "number" in kinds:
        number = line.number(index)
        end = number[1] if number is not None else end
        if kinds == _NUMBER and number is not None and _counts_unit(line, index, end):
            return window(line, index)
        kinds = _number_kinds(line.words[index], number) if kinds == _NUMBER else kinds | _DAY
    following = line[end][3] or _MARKS.get(line.word(end), _NOTHING)
    if not following and "unit" in kinds and of_two_years(line, end):  # السنة المالية 2016-2017
        following = _NUMBER
    for reader in _plan(meaning, kinds, following):
        if (found := reader(line, index)) is not None:
            return found
    return None


def _counts_unit(line: Line, index: int, end: int) -> bool:
    """Whether a number counts the unit after it (خمس سنوات): then it is no day of a month and no year."""
    meaning, _, _, kinds = line[end]
    return kinds == _UNIT and not meaning.atoms["unit"].definite and len(line.words[index]) != 4


def _number_kinds(word: str, number: tuple[int, int] | None) -> frozenset[str]:
    """What a number that is no other calendar word may be beside a number."""
    if "." in word:
        return _FIGURES
    if number is not None and 1 <= number[0] <= 31:
        return _DAY
    return _YEAR if len(word) == 4 and word.isdecimal() else _NUMBER


@lru_cache(maxsize=20_000)
def _plan(meaning: Meaning, kinds: frozenset[str], following: frozenset[str]) -> tuple[_Reader, ...]:
    """The readers that may begin at a word with these meanings, in the order of their right of way.

    following are the kinds of the word after the phrase or the number, or "mark" or "comma" for a mark. They only
    spare readers that would find nothing: a reader that comes to take other words after the first is to be told here
    (tests/test_dates_shortcuts.py reads every case with all readers).
    """
    unit, number = meaning.atoms.get("unit"), "number" in kinds
    fronted = ("modifier", "before") in meaning.uses
    day = not kinds.isdisjoint(("day_number", "ordinal", "first_of_month"))  # it may be the day of a month
    month = not kinds.isdisjoint(("month", "month_name"))
    parted = unit is not None and unit.sub not in SUB_DAY
    dated = bool(following - {"mark", "comma"})

    def then(*after: str) -> bool:
        return not following.isdisjoint(after)

    order: tuple[tuple[_Reader, bool], ...] = (
        (vague, "vague" in kinds),
        (daypart, ("daypart", "before") in meaning.uses and dated),
        (day_word, unit is not None and unit.sub == "day" and not unit.definite and dated),
        (relative, "relative" in kinds),
        (counted, "ordinal" in kinds and then("weekday", "unit", *PARTS)),
        (counted, (parted or not kinds.isdisjoint(("weekday", *PARTS))) and then("ordinal")),
        (weekday, "weekday" in kinds or (fronted and then("weekday"))),
        (holiday, "holiday" in kinds or ("ordinal" in kinds and then("unit"))),
        (window, ("last" in kinds and dated) or not kinds.isdisjoint(TENS) or (number and then("unit"))),
        (window, "ordinal" in kinds and then("number", "unit")),
        (window, unit is not None and unit.definite and unit.value != 1 and dated),
        (day_list, day and then("mark", "comma", "and", "to", "until", "number", "ordinal", "first_of_month")),
        (numeric, "figures" in kinds or (number and then("mark"))),
        (day_month, day and then("mark", "of", "month", "month_name", "unit")),
        (day_month, month and then("mark", "comma", "month", "number")),
        (day_of_month, dated and not kinds.isdisjoint(("day_number", "ordinal"))),
        (edge, "edge" in kinds and dated),
        (month_list, unit is not None and unit.sub == "month" and not unit.definite and dated),
        (period, month or "decade" in kinds or (fronted and then("unit", "season", "relative"))),
        (period, unit is not None and (unit.sub == "weekend" or then("number", "ordinal", "modifier", "decade"))),
        (period, "season" in kinds),
        (year, "year_number" in kinds),
    )
    return tuple(dict.fromkeys(reader for reader, fits in order if fits))


_COUNTED = frozenset(("unit", "or", "to"))  # ثلاثة أو أربعة أشهر
_SPANS, _EARLIER = frozenset(("from", "between")), frozenset(("earlier", "later", "hours_of"))
_AFTER_WEEKDAY = frozenset((
    "daypart", "modifier", "weekday", "of", "month", "month_name", "unit", "number", "season", "decade", "ordinal",
    "first_of_month", "corresponding",
))  # fmt: skip
_AMOUNTS = frozenset(("during", "about", "more", "less", "several", "half", "quarter_of", "unit", "number", "the"))


def _number(line: Line, index: int) -> Found | None:
    """A number that is no other calendar word: a quantity unless a calendar word or a mark follows or it is a year."""
    word, following = line.words[index], line.word(index + 1)
    plain = following not in _MARKS and len(word) != 4 and "." not in word
    if plain and not line[index + 1][3] and not (following and line.tables.numerals.goes_on[following]):
        return None
    found = point(line, index)
    if found is not None:
        return _with_second(line, found)
    number = line.number(index)
    return duration(line, index) if number is not None and line.means(number[1], _COUNTED) else None


def _ordinary(line: Line, index: int) -> bool:
    """Whether a unit stands alone among other words, a noun as any other (الأمين العام، يوم دام)."""
    meaning, length, _, _ = line[index]
    unit, following = meaning.atoms["unit"], line.word(index + length)
    if unit.value > 1 or unit.sub == "weekend" or unit.use == "adverb" or line.prefix(index).endswith("ب"):
        return False
    if not following or following in _MARKS:
        return False
    return not (line[index + length][3] or line.joined(index + length) or of_two_years(line, index + length))


def _weekday_alone(line: Line, index: int) -> Found | None:
    """A weekday after which nothing stands that could belong to it, as after most; None for all others."""
    meaning, length, _, _ = line[index]
    atom, end = meaning.atoms["weekday"], index + length
    if not atom.definite or not line[end + (line.word(end) in _BRACKETS)][3].isdisjoint(_AFTER_WEEKDAY):
        return None
    return lone_weekday(line, index, end, atom.value)


def expression(line: Line, index: int) -> Found | None:
    """The date expression that begins at the word, bounds and ranges before what they hold."""
    kinds = line[index][3]
    if kinds <= INNER:
        return None
    if kinds == _NUMBER:
        return _number(line, index)
    if kinds == _WEEKDAY and (lone := _weekday_alone(line, index)) is not None:
        return lone
    if kinds == _UNIT and _ordinary(line, index):
        return None
    for reader in _led(kinds):
        if (found := reader(line, index, point)) is not None:
            return found
    found = habit(line, index) if "every" in kinds else point(line, index)
    if found is not None:
        return _with_second(line, found)
    if "during" in kinds and (inside := point(line, line.end(index))) is not None:
        line.read_ahead[line.end(index)] = inside
        return None
    if kinds == _UNIT and line[index][0].atoms["unit"].definite:
        return None
    return duration(line, index) if kinds & _AMOUNTS else None


def _with_second(line: Line, found: Found) -> Found:
    """The expression with the day to which a dash leads, or with the same day in another calendar."""
    if line.word(found.last) in DASHES:
        found = dashed(line, found, point)
    return corresponding(line, found, point) if "corresponding" in line[found.last][3] else found


def _after_it(line: Line, index: int, _point: _Reader) -> Found | None:
    return after_it(line, index)


@cache
def _led(kinds: frozenset[str]) -> tuple[Callable[[Line, int, _Reader], Found | None], ...]:
    """The readers of words that lead to a date, in the order of their right of way."""
    order = ((span, _SPANS), (bound, BOUNDS), (earlier, _EARLIER), (_after_it, AFTER_IT))
    return tuple(reader for reader, words in order if kinds & words)


def expressions(line: Line, starts: Sequence[int]) -> list[Found]:
    """The date expressions that begin at the words of starts, left to right, without overlap."""
    reached, found = line.first, list[Found]()
    for index in starts:
        if index >= reached and (hit := expression(line, index)) is not None:
            reached = max(hit.last, index + 1)
            two = hit.rule == "date.weekday" and hit.last == hit.first + 1 and _the_two(line, hit)
            if hit.kind != "name" and not two:
                found.append(hit)
    return found


def _the_two(line: Line, hit: Found) -> bool:
    """Whether a lone weekday is a number: after بين (الخلاف بين الاثنين), as days would be two, or before a verb of two
    (الاثنين سيتجنبان)."""
    if "between" in line[hit.first - 1][3]:
        return True
    place, atom = hit.last, line.atom(hit.first, "weekday")
    if atom is None or atom.value:
        return False
    if line.word(place) == "(":
        place = next((p + 1 for p in range(place, min(place + 8, line.last)) if line.words[p] == ")"), place)
    verb = line.word(place)
    return verb.endswith("ان") and len(verb) > 4 and verb.startswith(
        (*line.tables.present_prefixes, *line.tables.verb_prefixes))  # fmt: skip
