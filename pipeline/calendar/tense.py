"""Whether a day told without a week or a year lies ahead: what the words of its sentence say of its time."""

from __future__ import annotations

from datetime import date

from pipeline.calendar.line import Line

_REACH = 40  # words before a date in which its verb is sought
_AFTER = 8  # words after a date that begins its sentence
_LED = 3  # words that may stand before such a date (و، في، مساء)
_STOPS = frozenset((".", "؛", "\n", ":", "؟", "!"))
_OPENS, _CLOSES = frozenset(("«", "“")), frozenset(("»", "”", '"'))
_NAME = 4  # words of a quotation that is a name
_COMMAS = frozenset(("،", ","))
# Days ahead within which a date without a year is ahead save where a past verb stands beside it, is likely to be
# ahead, or only may be.
_SOON, _NEAR, _FAR = 40, 95, 200
_LONG = 4  # letters of a verb of the present
_BESIDE = 5  # words from such a date to its past verb
_UNTIL = 10  # words before a weekday in which قبل اجتماع may stand
_PARTS = frozenset(("daypart", "unit", "edge", "month_name"))  # they belong to a date that follows them


def weekday_level(back: int) -> int:
    """How readily a weekday so many days back is taken as the one of the days to come: 0 not at all, 2 gladly.

    A story tells of yesterday ten times as often as of the day six days back; tomorrow is as near as yesterday.
    """
    return 2 if back == 6 else 1 if back in (4, 5) else 0


def year_level(today: date, following: date) -> int:
    """The same for a day or a month without a year, by how near its next occurrence is; 3 is almost surely ahead."""
    days = (following - today).days
    return 3 if days <= _SOON else 2 if days <= _NEAR else 1 if days <= _FAR else 0


def ahead(line: Line, first: int, last: int, level: int, weekday: bool = False) -> bool:
    """Whether the words first..last name a day ahead: as likely as the level says, unless a past verb governs them.

    A weekday that nothing governs is not ahead behind a trigger (مقتل خمسة في غارة الأربعاء).
    """
    start = first
    while start > line.first and line.means(start - 1, _PARTS):
        start -= 1
    by = line.atom(start - 1, "by") is not None
    if by:
        start, level = start - 1, max(level, 1)
    elif line.atom(start - 1, "after") is not None:
        start -= 1
    if not level or line.atom(line.before(start - (line.word(start - 1) in _COMMAS)), "since") is not None:
        return False
    limit = line.atom(line.before(start), "until") is not None
    if limit and level > 1:
        return True
    sense, place = _governing(line, start, level)
    if not sense and start - place <= _LED:
        sense = _following(line, last)
    elif sense == "past" and (
        (level > 2 and start - place > _BESIDE) or (weekday and level > 1 and _before_it(line, start))
    ):
        return True
    if sense:
        return sense != "past"
    around = line.words[max(line.first, start - _REACH) : min(last + _LED, line.last)] if weekday else []
    if any(map(line.tables.tells.__getitem__, around)) and "future" not in map(line.tables.outlook.__getitem__, around):
        return by
    return by or (level > 1 and (start > line.first or last < line.last))


def _before_it(line: Line, index: int) -> bool:
    """Whether something is told as lying before the day, or as planned for it: قبل اجتماعهما الثلاثاء، كان مقررا
    الجمعة."""
    if line.tables.outlook[line.words[index - 1]] in ("future", "plan"):
        return True
    for place in range(index - 2, max(line.first, index - _UNTIL) - 1, -1):
        if line.words[place] in _STOPS:
            return False
        if line.atom(place, "before") is not None and not line.atom(place - 1, "from"):
            return not (line[place + 1][3] or line.tables.outlook[line.words[place + 1]] == "that")
    return False


def governed_by(line: Line, index: int) -> str:
    """future, plan (what is put off, called or waited for), present, past or "": the nearest such word before."""
    return _governing(line, index, 2)[0]


def _governing(line: Line, index: int, level: int) -> tuple[str, int]:
    """The sense of the nearest telling word before the index, and its place; asides between commas are left out."""
    words, outlook = line.words, line.tables.outlook
    place, stop = index - 1, max(line.first, index - _REACH)
    while place >= stop and ((word := words[place]) not in _STOPS or _in_a_time(words, place)):
        sense = outlook[word]
        if word in _COMMAS and place < index - 1:
            place = _before_aside(line, place)
            continue
        opens = word in _OPENS or (word == '"' and words[line.first : index].count('"') % 2 == 1)
        if opens and (index - place > _NAME or not _closes_soon(line, index)):
            return "", place - _LED  # the date is in speech, of which the verb before it tells nothing
        if sense == "relative":  # التي فرضتها مدريد في أكتوبر
            verb = words[place + 1] if place + 1 < index else ""
            return "" if not verb or verb.startswith(line.tables.present_prefixes) else "past", place
        if sense == "vote" and level < 2 and line.atom(place - 1, "to") is None:  # دعا … إلى التصويت الأحد
            sense = ""
        if sense == "that":
            sense = _subjunctive(line, place + 1) if level > 1 and place + 1 < index else ""
        if sense and (sense != "was" or line.tables.cue[word]):
            return _settled(line, sense, place, stop, index, level), place
        place -= 1
    return "", place + 1


def _subjunctive(line: Line, place: int) -> str:
    """present for a verb of the present behind أن (عليه أن يكون) or على أن; else ""."""
    word, on = line.words[place], line.atom(place - 2, "from_event") is not None
    if len(word) < _LONG or line[place][3] or line.atom(place - 2, "before") is not None:
        return ""
    return "present" if word.startswith(line.tables.ongoing_prefixes) or (
        on and word.startswith(line.tables.present_prefixes)) else ""  # fmt: skip


def _closes_soon(line: Line, index: int) -> bool:
    """Whether the quotation that holds the date ends with it (انتظارا لـ «موقعة الخميس»)."""
    return any(line.word(place) in _CLOSES for place in range(index + 1, index + 4))


def _in_a_time(words: list[str], place: int) -> bool:
    """Whether a mark stands within a time of day (5:00)."""
    return words[place - 1 : place] != [] and words[place - 1].isdecimal() and words[place + 1].isdecimal()


def _settled(line: Line, sense: str, place: int, stop: int, index: int, level: int) -> str:
    """The sense of a word with what stands around it: كان يلتقي and قبل أن تعلن are past, دعا إلى is a plan."""
    words, outlook = line.words, line.tables.outlook
    if sense == "was":
        return "past"
    if sense == "vote":
        return "plan"
    if sense == "call":
        called = any(line.atom(p, "to") or words[p].startswith("ل") for p in range(place + 1, index))
        return "plan" if called else "past"
    was = any(outlook[words[p]] == "was" for p in range(max(stop, place - 4), place))
    if sense == "present":
        told = level < 2 and line.atom(place - 2, "before") is not None
        return "past" if was or told else sense
    if level < 2 and was and not words[place].startswith(line.tables.verb_prefixes):
        return "past"  # كان يفترض أن
    return sense


def _before_aside(line: Line, comma: int) -> int:
    """The place before a comma, or before the relative clause (الذي فاز باللقب) that it closes."""
    words = line.words
    opens = comma - 1
    while opens >= line.first and words[opens] not in _COMMAS and words[opens] not in _STOPS:
        opens -= 1
    if opens < line.first or words[opens] not in _COMMAS or opens + 1 >= comma:
        return comma - 1
    return opens - 1 if line.tables.outlook[words[opens + 1]] == "relative" else comma - 1


def _following(line: Line, index: int) -> str:
    """The sense of the words after a date that begins its sentence; a chronology (12 مايو: …) tells of the past."""
    for place in range(index, min(index + _AFTER, line.last)):
        word = line.words[place]
        if word in _STOPS:
            return "past" if place == index and word == ":" else ""
        sense = line.tables.outlook[word]
        if sense in ("future", "present", "plan", "past", "was"):
            return "past" if sense == "was" else sense
    return "past" if line.last - index > 1 else ""
