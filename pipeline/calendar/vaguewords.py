"""Words that tell a time without days: الآن، مؤخرا، قريبا; and the same letters as other words."""

from __future__ import annotations

from pipeline.calendar.line import Found, Line


def vague(line: Line, index: int) -> Found | None:
    atom = line.atom(index, "vague")
    if atom is not None and atom.sub == "now" and line.made_name(index, "vague"):  # أفضل حالا
        return None
    if atom is not None and atom.sub == "former" and _former(line, index):
        return None
    if atom is not None and atom.sub == "near":  # قريبا جدا من الهدف
        end = line.end(index) + (line.word(line.end(index)) == "جدا")
        if line.atom(end, "from") is not None:
            return None
    if atom is not None and atom.sub == "now" and line.prefix(index) == "ك":  # the name كالان
        return None
    day = line.today if atom is not None and atom.sub == "now" else None
    return Found(index, line.end(index), day, day, "day", "date.vague", "vague")


def _former(line: Line, index: int) -> bool:
    """Whether the word agrees with an indefinite noun before it (قياديا سابقا) and tells no time."""
    noun, before = line.word(index - 1), line.word(index - 2)
    if len(noun) < 4 or not noun.endswith("ا") or noun.endswith(("نا", "ها", "وا", "ولا", "هما")):
        return False
    name = noun.endswith("يا")  # سوريا, unless أن or another such noun stands before it
    return not name or line.tables.outlook[before or "\0"] == "that" or before.endswith("ا")
