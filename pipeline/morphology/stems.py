"""Stems of an Arabic verb from its root and measure (forms I-X and the four-letter forms Q and Qt).

Weak roots (hollow, doubled, defective, assimilated, hamzated) follow the school grammar; spelling.py seats hamzas.
"""

from __future__ import annotations

from dataclasses import dataclass

WEAK = "وي"
MEASURES = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "Q", "Qt")
# measure: past, present (without person prefix), passive past, passive present; 1-4 are the radicals.
_SOUND = {
    "I": ("1a2a3", "a12{}3", "1u2i3", "u12a3"),
    "II": ("1a2a3", "u1a2i3", "1u2i3", "u1a2a3"),
    "III": ("1ا2a3", "u1ا2i3", "1و2i3", "u1ا2a3"),
    "IV": ("ءa12a3", "u12i3", "ءu12i3", "u12a3"),
    "V": ("تa1a2a3", "aتa1a2a3", "تu1u2i3", "uتa1a2a3"),
    "VI": ("تa1ا2a3", "aتa1ا2a3", "تu1و2i3", "uتa1ا2a3"),
    "VII": ("اn1a2a3", "an1a2i3", "اn1u2i3", "un1a2a3"),
    "VIII": ("ا1t2a3", "a1ta2i3", "ا1t2i3", "u1ta2a3"),
    "IX": ("ا12a3", "a12a3", "ا12i3", "u12a3"),
    "X": ("است12a3", "aست12i3", "است12i3", "uست12a3"),
    "Q": ("1a23a4", "u1a23i4", "1u23i4", "u1a23a4"),
    "Qt": ("تa1a23a4", "aتa1a23a4", "تu1u23i4", "uتa1a23a4"),
}  # fmt: skip
_MASDAR = {"II": "تa12ي3", "III": "مu1ا2a3ة", "IV": "ءi12ا3", "V": "تa1a2u3", "VI": "تa1ا2u3", "VII": "ان1i2ا3",
           "VIII": "ا1ti2ا3", "IX": "ا12i3ا3", "X": "استi12ا3", "Q": "1a23a4ة", "Qt": "تa1a23u4"}  # fmt: skip


@dataclass(frozen=True)
class Side:
    """One tense in one voice. stem goes before vowels, closed before consonants and in the jussive.

    ending: sound, or for a defective verb the sound its stem ends in: aa (spelled ى, or ا when tall), ii or uu.
    """

    stem: str
    closed: str
    ending: str
    tall: bool = False


@dataclass(frozen=True)
class Stems:
    """Four sides and what is derived from them; a defective active participle is given with its ي (معتدي).

    masdar is "" for form I, whose verbal noun only a dictionary knows.
    """

    past: Side
    present: Side
    passive_past: Side
    passive_present: Side
    active_participle: str
    passive_participle: str
    masdar: str


def _fill(pattern: str, root: str, measure: str) -> str:
    text = pattern.replace("n", "ن")
    if measure == "VIII":
        text = _eighth(text, root)
    for number, letter in enumerate(root, 1):
        text = text.replace(str(number), letter)
    return text


def _eighth(pattern: str, root: str) -> str:
    """The ت of form VIII beside the first radical: اتصل، اصطدم، اطلع، ازدحم."""
    first = root[0]
    if first in "وي" or root == "ءخذ":
        return pattern.replace("1t", "ت")
    if first in "طدذ":
        return pattern.replace("1t", "د" if first == "ذ" else first)
    if first in "صضظ":
        return pattern.replace("1t", "1ط")
    return pattern.replace("1t", "1د" if first == "ز" else "1ت")


def stems(root: str, measure: str, vowel: str = "u") -> Stems:
    """The stems of one verb. root: its radicals without blanks, hamza as ء; vowel: of the present of form I (a, i, u).

    Raises ValueError for a measure or a number of radicals that does not exist.
    """
    if measure not in MEASURES or len(root) != (4 if measure in ("Q", "Qt") else 3):
        raise ValueError(f"no measure {measure!r} of {len(root)} radicals")
    patterns = [pattern.replace("{}", vowel) for pattern in _SOUND[measure]]
    masdar = _MASDAR.get(measure, "")
    if root[0] == "و" and measure == "I" and (vowel == "i" or (vowel == "a" and set(root[1:]) & set("ءهعحغخ"))):
        patterns[1] = patterns[1].replace("1", "", 1)  # يصل, يقع
    if root[0] in WEAK and measure in ("IV", "X"):
        masdar = masdar.replace("i12", "ي2")  # إيقاع, استيلاء
    last, middle = root[-1], root[-2]
    if len(root) == 3 and middle in WEAK and last not in WEAK and measure in ("I", "IV", "VII", "VIII", "X"):
        return _hollow(root, measure, vowel)
    if len(root) == 3 and middle == last and measure in ("I", "III", "IV", "VI", "VII", "VIII", "X"):
        return _doubled(root, measure, patterns, masdar)
    if last in WEAK:
        return _defective(root, measure, vowel, patterns, masdar)
    past, present, passive_past, passive_present = (_fill(p, root, measure) for p in patterns)
    sides = (Side(past, past, "sound"), Side(present, present, "sound"),
             Side(passive_past, passive_past, "sound"), Side(passive_present, passive_present, "sound"))  # fmt: skip
    active = _fill("1ا2i3", root, measure) if measure == "I" else "م" + _fill(_agent(patterns[1]), root, measure)
    passive = _fill("مa12و3", root, measure) if measure == "I" else "م" + _fill(patterns[3], root, measure)
    return Stems(*sides, active, passive, _fill(masdar, root, measure))


def _agent(present: str) -> str:
    """The present stem as an active participle: its last vowel becomes i (متقدِم)."""
    cut = max(present.rfind("a"), present.rfind("i"), present.rfind("u"))
    return present[:cut] + "i" + present[cut + 1 :]


def _hollow(root: str, measure: str, vowel: str) -> Stems:
    c1, c2, c3 = root[0], root[1], root[2]
    head = {"I": ("", "a"), "IV": ("ءa", "u"), "VII": ("ان", "aن"), "VIII": ("ا", "a"), "X": ("است", "aست")}[measure]
    first = _fill("1ta", root, measure) if measure == "VIII" else c1
    long = {"u": "و", "i": "ي", "a": "ا"}[vowel] if measure == "I" else "ا" if measure in ("VII", "VIII") else "ي"
    raised = head[0] if measure != "IV" else "ءu"
    past = Side(f"{head[0]}{first}ا{c3}", f"{head[0]}{first}{c3}", "sound")
    present = Side(f"{head[1]}{first}{long}{c3}", f"{head[1]}{first}{c3}", "sound")
    passive_past = Side(f"{raised}{first}ي{c3}", f"{raised}{first}{c3}", "sound")
    lifted = "u" + head[1][1:]
    passive_present = Side(f"{lifted}{first}ا{c3}", f"{lifted}{first}{c3}", "sound")
    if measure == "I":
        passive = f"مa{c1}{c2}{c3}"
        return Stems(past, present, passive_past, passive_present, f"{c1}اءi{c3}", passive, "")
    masdars = {"IV": f"ءi{c1}ا{c3}ة", "VII": f"ان{c1}iيا{c3}", "VIII": f"ا{first}iيا{c3}".replace("ai", "i"),
               "X": f"استi{c1}ا{c3}ة"}  # fmt: skip
    active = "م" + present.stem
    return Stems(past, present, passive_past, passive_present, active, "م" + passive_present.stem, masdars[measure])


def _doubled(root: str, measure: str, patterns: list[str], masdar: str) -> Stems:
    def side(pattern: str) -> Side:
        full = _fill(pattern, root, measure)
        tail = full.rfind(root[2])
        vowel_at = max(full.rfind(v, 0, tail) for v in "aiu")
        return Side(full[:vowel_at] + full[tail + 1 :], full, "sound")  # the pair is one written letter

    sides = (side(patterns[0]), side(patterns[1]), side(patterns[2]), side(patterns[3]))
    active = f"{root[0]}ا{root[1]}" if measure == "I" else "م" + sides[1].stem
    passive = f"مa{root[0]}{root[1]}و{root[2]}" if measure == "I" else "م" + sides[3].stem
    return Stems(*sides, active, passive, _fill(masdar, root, measure))


def _defective(root: str, measure: str, vowel: str, patterns: list[str], masdar: str) -> Stems:
    short = tuple(_fill(p, root, measure)[:-2] for p in patterns)  # without the last vowel and the weak radical
    tall = measure == "I" and root[2] == "و"
    past = Side(short[0], short[0], "aa", tall)
    if measure == "I":
        present = Side(short[1], short[1], {"u": "uu", "i": "ii", "a": "aa"}[vowel])
        if vowel == "a" and root[2] == "ي" and root not in ("سعي", "نهي", "رعي"):
            past = Side(short[0], short[0], "ii")  # لقي، بقي
    else:
        present = Side(short[1], short[1], "aa" if measure in ("V", "VI", "Qt") else "ii")
    sides = (past, present, Side(short[2], short[2], "ii"), Side(short[3], short[3], "aa"))
    if measure == "I":
        active, passive = f"{root[0]}ا{root[1]}", f"مa{root[0]}{root[1]}{root[2]}"
        return Stems(*sides, active + "ي", passive, "")
    active, passive = "م" + short[1], "م" + short[3] + "ى"
    noun = _fill(masdar, root, measure)
    noun = {"II": f"تa{root[0]}{root[1]}iيaة", "III": f"مu{root[0]}ا{root[1]}اة"}.get(measure, noun)
    if measure in ("V", "VI"):
        noun = noun[:-2] + "ي"
    elif measure in ("IV", "VII", "VIII", "X"):
        noun = noun[:-1] + "ء"
    return Stems(*sides, active + "ي", passive, noun)
