"""All forms of an Arabic verb that news uses: third persons of past and present, both voices, participles, masdars."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipeline.morphology.nouns import noun_forms, participle_forms
from pipeline.morphology.spelling import Form, spell
from pipeline.morphology.stems import Side, stems

# Person → ending after a sound stem; the third feminine plural closes the stem.
_PAST = (("s", "m", "a"), ("s", "f", "aت"), ("d", "m", "ا"), ("d", "f", "aتا"), ("p", "m", "uوا"), ("p", "f", "نa"))
# Person → prefix and ending; the short ones without ن are subjunctive and jussive.
_PRESENT = (("s", "m", "ي", ""), ("s", "f", "ت", ""), ("d", "m", "ي", "انi"), ("d", "f", "ت", "انi"),
            ("p", "m", "ي", "uونa"), ("p", "f", "ي", "نa"), ("d", "m", "ي", "ا"), ("p", "m", "ي", "uوا"))  # fmt: skip
# What stands between a defective stem and the ending, by the sound the stem ends in and the ending.
_WEAK_PAST = {
    "aa": {"a": "ى", "aت": "ت", "ا": "يا", "aتا": "تا", "uوا": "وا", "نa": "ين"},
    "ii": {"a": "ي", "aت": "يت", "ا": "يا", "aتا": "يتا", "uوا": "وا", "نa": "ين"},
}
_WEAK_PRESENT = {
    "aa": {"": "ى", "انi": "يان", "uونa": "ون", "نa": "ين", "ا": "يا", "uوا": "وا"},
    "ii": {"": "ي", "انi": "يان", "uونa": "ون", "نa": "ين", "ا": "يا", "uوا": "وا"},
    "uu": {"": "و", "انi": "وان", "uونa": "ون", "نa": "ون", "ا": "وا", "uوا": "وا"},
}


def _variants(stem: str) -> list[str]:
    """Spellings of a sound form; a final hamza after a is written on ا too: بدأوا beside بدؤوا."""
    written = [spell(stem)]
    if "aءuو" in stem:
        written.append(spell(stem.replace("aءuو", "اu_و")).replace("_", ""))
    return written


def _past(side: Side, voice: str) -> list[Form]:
    found = []
    for number, gender, ending in _PAST:
        if side.ending == "sound":
            stems_ = _variants((side.closed if ending == "نa" else side.stem) + ending)
        else:
            tail = _WEAK_PAST[side.ending][ending]
            if side.tall and side.ending == "aa":
                tail = {"ى": "ا", "يا": "وا", "ين": "ون"}.get(tail, tail)
            stems_ = [spell(side.stem + tail)]
        for spelling in stems_:
            found.extend(_with_pronoun(spelling, "past", number, gender, voice, side, ending))
    return found


def _present(side: Side, voice: str) -> list[Form]:
    found = []
    for number, gender, prefix, ending in _PRESENT:
        if side.ending == "sound":
            written = _variants(prefix + (side.closed if ending == "نa" else side.stem) + ending)
        else:
            written = [spell(prefix + side.stem + _WEAK_PRESENT[side.ending][ending])]
        for spelling in written:
            found.extend(_with_pronoun(spelling, "present", number, gender, voice, side, ending))
    for gender, prefix in (("m", "ي"), ("f", "ت")):
        if side.ending != "sound" or (side.closed != side.stem and len(side.closed) < len(side.stem)):
            short = spell(prefix + side.closed)
            found.append(Form(short, "jussive", "s", gender, voice, joined=True))
    return found


def _with_pronoun(spelling: str, form: str, number: str, gender: str, voice: str, side: Side,
                  ending: str) -> list[Form]:  # fmt: skip
    """The form alone, and what an object pronoun is joined to (قصفوا → قصفو, رمى → رما)."""
    if ending == "uوا":
        return [Form(spelling, form, number, gender, voice),
                Form(spelling[:-1], form, number, gender, voice, alone=False, joined=True)]  # fmt: skip
    if side.ending == "aa" and ending in ("a", ""):
        return [Form(spelling, form, number, gender, voice),
                Form(spelling[:-1] + "ا", form, number, gender, voice, alone=False, joined=True)]  # fmt: skip
    return [Form(spelling, form, number, gender, voice, joined=True)]


def verb_forms(root: str, measure: str, vowel: str = "u", masdars: Iterable[str] = (), passive: bool = True,
               participles: bool = True) -> list[Form]:  # fmt: skip
    """All folded spellings of one verb, unique, the active reading first.

    masdars: folded verbal nouns, each alone or as singular/plural ("اشتباك/اشتباكات"); empty takes the measure's own.
    Spellings that both voices share have voice "".
    """
    parts = stems(root, measure, vowel)
    finite = _past(parts.past, "active") + _present(parts.present, "active")
    if not passive:  # a verb without passive has no object, hence no object pronoun
        finite = [replace(form, joined=False) for form in finite if form.alone]
    else:
        finite += _past(parts.passive_past, "passive") + _present(parts.passive_present, "passive")
    merged: dict[tuple[str, str, str, str, bool], Form] = {}
    for form in finite:
        key = (form.spelling, form.form, form.number, form.gender, form.alone)
        known = merged.get(key)
        if known is None:
            merged[key] = form
        elif known.voice != form.voice:
            merged[key] = Form(form.spelling, form.form, form.number, form.gender, "", False, form.alone,
                               known.joined or form.joined)  # fmt: skip
    found = list(merged.values())
    for masdar in tuple(masdars) or ((spell(parts.masdar),) if parts.masdar else ()):
        word, _, plural = masdar.partition("/")
        if not plural and measure != "I":
            plural = word[:-1] + "ات" if word.endswith("ه") else word + "ات"
        plurals = (plural,) if plural else ()
        found.extend(noun_forms(word, plurals, "f" if word.endswith("ه") else "m", "masdar"))
    if participles:
        found.extend(participle_forms(spell(parts.active_participle), "active", parts.past.ending != "sound"))
        if passive:
            found.extend(participle_forms(spell(parts.passive_participle), "passive", False))
    return list(dict.fromkeys(found))
